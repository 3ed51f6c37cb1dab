#include "report/section_precision.h"

#include <math.h>
#include <string.h>

#include "report/proof.h"

static double number_at(const wks_csv *csv, size_t row, const char *name)
{
    const int column = wks_csv_column(csv, name);
    double value = NAN;
    return column >= 0 && wks_text_parse_double(wks_csv_cell(csv, row, column), &value) ? value : NAN;
}

static const char *text_at(const wks_csv *csv, size_t row, const char *name)
{
    const int column = wks_csv_column(csv, name);
    return column < 0 ? "" : wks_csv_cell(csv, row, column);
}

static int32_t name_at(const wks_page *page, const wks_csv *csv, size_t row, const char *column)
{
    const char *text = text_at(csv, row, column);
    return text[0] == '\0' ? 0 : wks_dossier_name(page->dossier, text);
}

/* Rows under the theory of the page, of outcomes that the results know. */
static bool is_told(const wks_page *page, const wks_csv *csv, size_t row)
{
    const char *theory = text_at(csv, row, "theory");
    const bool is_main = page->dossier->n_theories < 2 || wks_dossier_name(page->dossier, theory) == page->dossier->main_theory;
    return is_main && name_at(page, csv, row, "indicator") > 0;
}

/* "<outcome> <unit>", and the area when it is not the city. */
static void add_outcome(wks_page *page, const wks_csv *csv, size_t row)
{
    const wks_dossier_series series = {.indicator = name_at(page, csv, row, "indicator"),
                                       .group = name_at(page, csv, row, "group"),
                                       .scale = name_at(page, csv, row, "scale")};
    wks_text name = WKS_TEXT_INIT;

    wks_page_raw(page, "<tr><th scope=\"row\">");
    wks_page_series(page, &series, &name);
    wks_page_text(page, name.data != NULL ? name.data : "");
    page->html.failed = page->html.failed || name.failed;
    wks_text_free(&name);
    if (text_at(csv, row, "area")[0] != '\0') {
        wks_page_raw(page, ", ");
        wks_page_text(page, text_at(csv, row, "area"));
    }
    wks_page_raw(page, " <span class=\"unit\">");
    wks_page_text(page, wks_notation_unit_of_difference(page->lang, wks_page_unit(page, series.indicator)));
    wks_page_raw(page, "</span></th><td>");
}

static void add_scenario(wks_page *page, const char *name)
{
    const int32_t number = wks_dossier_name(page->dossier, name);
    size_t s = 0;

    while (s < page->dossier->n_scenarios && page->dossier->scenario[s].name != number)
        s++;
    if (s < page->dossier->n_scenarios) {
        wks_page_scenario(page, s);
    } else {
        wks_page_text(page, name);
    }
    wks_page_raw(page, "</td>");
}

/* A width of the file, in the scale of differences. */
static void width_cell(wks_page *page, const char *unit, double value)
{
    const wks_notation_format format = wks_notation_choose(unit, isfinite(value) ? fabs(value) : 0.0);
    char number[32];

    if (!isfinite(value)) {
        wks_page_raw(page, "<td class=\"n\">&#8211;</td>");
        return;
    }
    wks_page_rawf(page, "<td class=\"n\" data-d=\"%s\">", wks_text_number(value, number));
    wks_notation_number(page->lang, format.percent ? value * 100.0 : value, format.decimals, &page->html);
    wks_page_raw(page, "</td>");
}

/* ---- precision ---- */

static void write_reached(wks_page *page, const wks_csv *csv, size_t row)
{
    const char *reached = text_at(csv, row, "reached");

    wks_page_raw(page, "<td>");
    if (strcmp(reached, "yes") == 0) {
        wks_page_say(page, "gehaald", "reached");
    } else if (reached[0] != '\0') {
        wks_page_say(page, "niet gehaald", "not reached");
    } else {
        wks_page_say(page, "niets gevraagd", "nothing asked");
    }
    wks_page_raw(page, "</td>");
}

/* Beside a threshold: the difference that an interval can still hide. */
static void write_precision_row(wks_page *page, const wks_csv *csv, size_t row)
{
    const char *unit = wks_page_unit(page, name_at(page, csv, row, "indicator"));
    const double pairs = number_at(csv, row, "n_pairs"), width = number_at(csv, row, "half_width");

    add_outcome(page, csv, row);
    add_scenario(page, text_at(csv, row, "scenario"));
    width_cell(page, unit, number_at(csv, row, "threshold"));
    width_cell(page, unit, number_at(csv, row, "half_width_asked"));
    width_cell(page, unit, pairs >= WKS_DOSSIER_LEAST_PAIRS ? width : NAN);
    wks_page_value_cell(page, (wks_notation_format){false, 0}, pairs, false);
    write_reached(page, csv, row);
    wks_page_value_cell(page, (wks_notation_format){false, 0}, number_at(csv, row, "n_needed"), false);
    wks_page_raw(page, "</tr>\n");
}

/* Whether the scenario asks anything of any outcome: without it the table would only repeat what was reached. */
static bool asks(const wks_page *page, const wks_csv *csv)
{
    for (size_t i = 0; csv->n_columns > 0 && i < csv->n_rows; i++) {
        if (!is_told(page, csv, i)) continue;
        if (isfinite(number_at(csv, i, "threshold")) || isfinite(number_at(csv, i, "half_width_asked"))) return true;
    }
    return false;
}

static void say_nothing_asked(wks_page *page)
{
    wks_page_say(page,
                 "<p class=\"note\">Er is geen drempel gekozen (het kleinste verschil dat telt) en geen nauwkeurigheid gevraagd: dat twee "
                 "scenario’s gelijkwaardig zijn is dan niet te zeggen. Beide kiest u per uitkomst in het scenario, onder "
                 "<code>outcomes</code>.</p>\n",
                 "<p class=\"note\">No threshold was chosen (the smallest difference that matters) and no precision was asked: that two "
                 "scenarios are equivalent cannot be said then. Both are chosen by outcome in the scenario, under "
                 "<code>outcomes</code>.</p>\n");
}

void wks_section_precision_write(wks_page *page)
{
    const wks_csv *csv = &page->dossier->precision;
    size_t n = 0;

    if (!asks(page, csv)) {
        if (page->dossier->is_comparison && csv->n_columns > 0) say_nothing_asked(page);
        return;
    }
    for (size_t i = 0; csv->n_columns > 0 && i < csv->n_rows; i++) {
        if (!is_told(page, csv, i)) continue;
        if (n++ == 0) {
            wks_page_table(page, "precision asked",
                           wks_page_words(page, "Gevraagde en bereikte nauwkeurigheid", "Precision asked and reached"));
            wks_page_say(
                page,
                "<thead><tr><th scope=\"col\">Uitkomst</th><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Drempel</th>"
                "<th scope=\"col\" class=\"n\">Half interval gevraagd</th><th scope=\"col\" class=\"n\">bereikt</th><th scope=\"col\" "
                "class=\"n\">Paren</th><th scope=\"col\">Oordeel</th><th scope=\"col\" class=\"n\">Herhalingen nodig</th></tr></thead>"
                "<tbody>\n",
                "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Threshold</th>"
                "<th scope=\"col\" class=\"n\">Half interval asked</th><th scope=\"col\" class=\"n\">reached</th><th scope=\"col\" "
                "class=\"n\">Pairs</th><th scope=\"col\">Verdict</th><th scope=\"col\" class=\"n\">Replications needed</th></tr></thead>"
                "<tbody>\n");
        }
        write_precision_row(page, csv, i);
    }
    if (n == 0) return;
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_say(
        page,
        "<p class=\"note\">Drempel: het kleinste verschil dat volgens de opdrachtgever telt. Ligt het 90 %-interval geheel binnen "
        "de drempel, dan staat in het oordeel dat het verschil zeker kleiner is: de scenario’s zijn dan voor die uitkomst "
        "gelijkwaardig. Zonder drempel is dat niet te zeggen. Herhalingen nodig: geschat uit de spreiding tot nu toe. Waarden: "
        "precision.csv.</p>\n",
        "<p class=\"note\">Threshold: the smallest difference that matters to who asked. Where the whole 90% interval lies within "
        "the threshold the verdict says that the difference is surely smaller: then the scenarios are equivalent for that outcome. "
        "Without a threshold that cannot be said. Replications needed: estimated from the spread so far. Values: "
        "precision.csv.</p>\n");
}

/* ---- drift ---- */

static const struct verdict_words {
    const char *verdict, *nl;
} verdicts[] = {
    {"not defined", "niet te zeggen"},
    {"too few replications", "te weinig herhalingen"},
    {"smaller than the threshold you set", "kleiner dan de drempel: gelijkwaardig"},
    {"drifts", "verloopt nog"},
    {"no drift shown", "geen verloop aangetoond"},
};

static const char *verdict_words(const wks_page *page, const char *verdict)
{
    for (size_t i = 0; page->lang == WKS_NOTATION_NL && i < sizeof verdicts / sizeof *verdicts; i++)
        if (strcmp(verdicts[i].verdict, verdict) == 0) return verdicts[i].nl;
    return verdict;
}

static void open_drift(wks_page *page, const wks_csv *csv, size_t row)
{
    wks_page_say(page, "<p>De eerste maanden zijn een inloop: het model zoekt er zijn evenwicht. Gekeken is van maand ",
                 "<p>The first months are a run-in: the model finds its balance in them. Looked at were months ");
    wks_proof_open(page, "span", false, number_at(csv, row, "from_tick"), "drift", "from_tick", NULL);
    wks_page_rawf(page, "%.0f</span> ", number_at(csv, row, "from_tick"));
    wks_page_say(page, "tot ", "to ");
    wks_proof_open(page, "span", false, number_at(csv, row, "to_tick"), "drift", "to_tick", NULL);
    wks_page_rawf(page, "%.0f</span>", number_at(csv, row, "to_tick"));
    wks_page_say(page, " of uitkomsten dan nog verlopen.</p>\n", ", for outcomes that still drift.</p>\n");
    wks_page_table(page, "precision drift", wks_page_words(page, "Verloop aan het eind van de inloop", "Drift at the end of the run-in"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Uitkomst</th><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Per jaar</th>"
                 "<th scope=\"col\" class=\"n\">95 %-interval</th><th scope=\"col\">Oordeel</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">A year</th>"
                 "<th scope=\"col\" class=\"n\">95% interval</th><th scope=\"col\">Verdict</th></tr></thead><tbody>\n");
}

static void write_drift_row(wks_page *page, const wks_csv *csv, size_t row)
{
    const double mean = number_at(csv, row, "drift_per_year"), low = number_at(csv, row, "ci_low"), high = number_at(csv, row, "ci_high");
    const bool is_known = number_at(csv, row, "n") >= WKS_DOSSIER_LEAST_PAIRS;
    double largest = isfinite(mean) ? fabs(mean) : 0.0;

    if (is_known && isfinite(low) && isfinite(high)) largest = fmax(largest, fmax(fabs(low), fabs(high)));
    const wks_notation_format format = wks_notation_choose(wks_page_unit(page, name_at(page, csv, row, "indicator")), largest);
    add_outcome(page, csv, row);
    add_scenario(page, text_at(csv, row, "scenario"));
    wks_page_difference_cell(page, format, mean, false);
    wks_page_interval_cell(page, format, is_known ? low : NAN, is_known ? high : NAN, false);
    wks_page_raw(page, "<td>");
    wks_page_text(page, verdict_words(page, text_at(csv, row, "verdict")));
    wks_page_raw(page, "</td></tr>\n");
}

void wks_section_precision_drift(wks_page *page)
{
    size_t n = 0;

    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        const wks_csv *csv = &page->dossier->drift[s];
        for (size_t i = 0; csv->n_columns > 0 && i < csv->n_rows; i++) {
            if (!is_told(page, csv, i)) continue;
            if (n++ == 0) open_drift(page, csv, i);
            write_drift_row(page, csv, i);
        }
    }
    if (n == 0) return;
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_say(
        page,
        "<p class=\"note\">‘Geen verloop aangetoond’ is geen bewijs van evenwicht: het interval zegt hoe groot het verloop nog kan "
        "zijn. Waarden: drift.csv.</p>\n",
        "<p class=\"note\">‘No drift shown’ is no proof of balance: the interval tells how large the drift may be. "
        "Values: drift.csv.</p>\n");
}
