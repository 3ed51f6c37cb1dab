#include "report/section_sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/proof.h"
#include "report/sensitivity.h"
#include "report/study_page.h"

static void say_luck(wks_page *page, const wks_sensitivity *t, const char *outcome)
{
    for (size_t row = 0; row < t->variance.n_rows; row++) {
        if (strcmp(wks_study_page_cell(&t->variance, row, "outcome"), outcome) != 0) continue;
        const double between = wks_study_page_number(&t->variance, row, "between_points"),
                     error = wks_study_page_number(&t->variance, row, "error_of_point"),
                     mean = wks_study_page_number(&t->variance, row, "mean");
        wks_page_say(page, "<p>Gemiddelde ", "<p>Mean ");
        wks_proof_open(page, "span", false, mean, "variance", "mean", outcome, NULL);
        wks_study_page_value(page, mean, mean);
        wks_page_say(page, "</span> over ", "</span> over ");
        wks_proof_open(page, "span", false, wks_study_page_number(&t->variance, row, "n_points"), "variance", "n_points", outcome, NULL);
        wks_page_text(page, wks_study_page_cell(&t->variance, row, "n_points"));
        wks_page_raw(page, "</span>");
        wks_page_say(page, " punten", " points");
        if (wks_study_page_number(&t->variance, row, "n_dropped") > 0.0) {
            wks_page_raw(page, " (");
            wks_proof_open(page, "span", false, wks_study_page_number(&t->variance, row, "n_dropped"), "variance", "n_dropped", outcome,
                           NULL);
            wks_page_text(page, wks_study_page_cell(&t->variance, row, "n_dropped"));
            wks_page_raw(page, "</span>");
            wks_page_say(page, " punten zonder uitkomst tellen niet mee)", " points without an outcome are left out)");
        }
        wks_page_raw(page, ". ");
        if (between > 0.0 && isfinite(error)) {
            const double share = fmin(error / between, 1.0);
            wks_page_say(page, "Van wat tussen punten verschilt, is ", "Of what differs between points, ");
            wks_proof_open(page, "span", true, share, "variance", "share", outcome, NULL);
            wks_notation_value(page->lang, (wks_notation_format){true, 0}, share, &page->html);
            wks_page_raw(page, "</span>");
            wks_page_say(page, " toeval van de runs.", " is the luck of the runs.");
            if (share > 0.5)
                wks_page_say(page, " <strong>Dat is het meeste: neem meer herhalingen voordat u iets uit de volgorde afleidt.</strong>",
                             " <strong>That is most of it: take more replications before reading anything into the order.</strong>");
        }
        wks_page_raw(page, "</p>\n");
        return;
    }
}

static void write_indices(wks_page *page, const wks_sensitivity *t, const wks_sensitivity_rank *list, size_t n)
{
    double largest = 0.0;

    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fmax(fabs(list[i].main.value), isfinite(list[i].beside) ? fabs(list[i].beside) : 0.0));
    wks_page_table(
        page, "indices",
        wks_page_words(page, "Maten van gevoeligheid, met twee intervallen van 95 %", "Indices of sensitivity, with two 95 % intervals"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">",
                 "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">");
    wks_page_text(page, strcmp(t->index, "mu_star") == 0 ? "mu*" : t->index);
    wks_page_say(page,
                 "</th><th scope=\"col\" class=\"n\">steekproef van punten</th><th scope=\"col\" class=\"n\">toeval van de runs</th><th "
                 "scope=\"col\" class=\"n\">",
                 "</th><th scope=\"col\" class=\"n\">sample of points</th><th scope=\"col\" class=\"n\">luck of the runs</th><th "
                 "scope=\"col\" class=\"n\">");
    wks_page_text(page, t->beside);
    wks_page_raw(page, "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < n; i++) {
        wks_page_raw(page, "<tr>");
        wks_sensitivity_head(page, t->study, list[i].main.name);
        wks_study_page_number_cell(page, list[i].main.value, largest);
        wks_study_page_range_cell(page, list[i].main.low, list[i].main.high, largest);
        wks_study_page_range_cell(page, list[i].main.luck_low, list[i].main.luck_high, largest);
        wks_study_page_number_cell(page, list[i].beside, largest);
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* Rows of main_effects.csv of a parameter stand one after the other. */
static void write_effects(wks_page *page, const wks_sensitivity *t, const char *outcome)
{
    enum { MOST = 64 };
    const wks_csv *csv = &t->effects;
    double low = INFINITY, high = -INFINITY, mean[MOST];

    for (size_t row = 0; row < csv->n_rows; row++) {
        const double value = wks_study_page_number(csv, row, "mean");
        if (strcmp(wks_study_page_cell(csv, row, "outcome"), outcome) != 0 || !isfinite(value)) continue;
        low = fmin(low, value);
        high = fmax(high, value);
    }
    if (!(low <= high)) return;
    const double largest = fmax(fabs(low), fabs(high));
    wks_page_table(page, "effects",
                   wks_page_words(page, "Gemiddelde uitkomst langs elke parameter (alle lijnen op dezelfde schaal)",
                                  "Mean outcome along each parameter (all lines on one scale)"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">bij de laagste waarden</th><th scope=\"col\" "
                 ">verloop</th><th "
                 "scope=\"col\" class=\"n\">bij de hoogste waarden</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">at the lowest values</th><th scope=\"col\" "
                 ">course</th><th "
                 "scope=\"col\" class=\"n\">at the highest values</th></tr></thead><tbody>\n");
    for (size_t row = 0; row < csv->n_rows;) {
        const char *parameter = wks_study_page_cell(csv, row, "parameter");
        size_t end = row, n = 0;
        while (end < csv->n_rows && strcmp(wks_study_page_cell(csv, end, "parameter"), parameter) == 0 &&
               strcmp(wks_study_page_cell(csv, end, "outcome"), wks_study_page_cell(csv, row, "outcome")) == 0) {
            if (n < MOST) mean[n++] = wks_study_page_number(csv, end, "mean");
            end++;
        }
        if (strcmp(wks_study_page_cell(csv, row, "outcome"), outcome) == 0) {
            wks_page_raw(page, "<tr>");
            wks_sensitivity_head(page, t->study, parameter);
            wks_study_page_number_cell(page, mean[0], largest);
            wks_page_raw(page, "<td>");
            wks_bars_course(&page->html, mean, n, low, high);
            wks_page_raw(page, "</td>");
            wks_study_page_number_cell(page, wks_study_page_number(csv, end - 1, "mean"), largest);
            wks_page_raw(page, "</tr>\n");
        }
        row = end;
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

static wks_status write_outcome(wks_page *page, const wks_sensitivity *t, const char *outcome, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text title = WKS_TEXT_INIT;
    size_t n = 0;
    wks_sensitivity_rank *list = wks_sensitivity_ranking(t, page->lang, outcome, &n);

    if (list == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a ranking");
    wks_study_page_outcome(page, t->study, outcome, &title);
    wks_study_page_element(page, "h3", title.data != NULL ? title.data : outcome);
    wks_page_raw(page, "\n");
    say_luck(page, t, outcome);
    if (n > 0) {
        wks_sensitivity_say_ranking(page, list, n);
        wks_sensitivity_figure(page, t, title.data != NULL ? title.data : outcome, list, n);
        write_indices(page, t, list, n);
    } else {
        wks_page_say(page, "<p>Dit ontwerp geeft geen maten van gevoeligheid; de gemiddelden hieronder wel.</p>\n",
                     "<p>This design gives no indices of sensitivity; it does give the means below.</p>\n");
    }
    write_effects(page, t, outcome);
out:
    free(list);
    wks_text_free(&title);
    return rc;
}

/* The outcomes in the order of variance.csv, which has a row for each. */
static wks_status write_outcomes(wks_page *page, const wks_sensitivity *t, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_page_section(page, "uitkomst", "Welke aannames doen ertoe?", "Which assumptions matter?");
    if (wks_study_page_string(t->study, "question")[0] != '\0') {
        wks_study_page_element(page, "p class=\"question\"", wks_study_page_string(t->study, "question"));
        wks_page_raw(page, "\n");
    }
    wks_page_say(
        page,
        "<p class=\"note\">Dikke streep bij een balk: interval van de steekproef van punten; dunne streep: interval van het toeval van de "
        "runs (van mu*, een gemiddelde van groottes, afgekapt op nul: begint het daar, dan kan het effect ook niets zijn). Ontbreekt een "
        "streep, dan waren er te weinig punten of herhalingen.</p>\n",
        "<p class=\"note\">Thick line at a bar: interval of the sample of points; thin line: interval of the luck of the runs (of mu*, a "
        "mean of "
        "sizes, cut off at zero: where it begins there, the effect may as well be none). Where a "
        "line "
        "is missing there were too few points or replications.</p>\n");
    for (size_t row = 0; row < t->variance.n_rows; row++)
        WKS_TRY(write_outcome(page, t, wks_study_page_cell(&t->variance, row, "outcome"), err));
    wks_page_section_end(page);
out:
    return rc;
}

static void write_design(wks_page *page, const wks_sensitivity *t)
{
    const wks_config_node *design = t->study == NULL ? NULL : wks_config_get(t->study, "design");
    size_t n_failed = 0;

    wks_page_section(page, "ontwerp", "Wat is gevarieerd?", "What was varied?");
    wks_study_page_parameters(page, t->study);
    for (size_t row = 0; row < t->trials.n_rows; row++)
        n_failed += strcmp(wks_study_page_cell(&t->trials, row, "status"), "failed") == 0;
    wks_page_say(page, "<p>Ontwerp: ", "<p>Design: ");
    wks_page_text(page, wks_study_page_string(design, "method"));
    wks_page_raw(page, ". ");
    if (t->trials.n_columns == 0) {
        wks_page_say(page, "De uitkomsten zijn door een ander programma berekend.", "The outcomes were computed by another program.");
    } else {
        wks_proof_count(page, t->trials.n_rows, "rows", "trials.csv");
        wks_page_raw(page, " ");
        wks_page_say(page, "proeven (een punt in een herhaling), waarvan ", "trials (a point in a replication), of which ");
        if (n_failed > 0) wks_page_raw(page, "<strong>");
        wks_proof_count(page, n_failed, "failed", NULL);
        wks_page_raw(page, " ");
        wks_page_say(page, "mislukt", "failed");
        wks_page_raw(page, n_failed > 0 ? "</strong>." : ".");
    }
    wks_page_raw(page, "</p>\n");
    wks_page_section_end(page);
}

static void write_limits(wks_page *page)
{
    wks_page_section(page, "grenzen", "Wat dit niet kan zeggen", "What this cannot say");
    wks_page_say(
        page,
        "<ul class=\"limits\">\n<li>Of een parameter in werkelijkheid belangrijk is: het gaat om het model, binnen de bereiken "
        "hierboven.</li>\n"
        "<li>Welke waarde klopt: daarvoor is een kalibratie (wijksim calibrate).</li>\n"
        "<li>Iets over aannames die hier niet zijn gevarieerd, of over de vorm van het model zelf.</li>\n"
        "<li>Dat een parameter zonder aantoonbaar effect geen effect heeft: het kan te klein zijn om te zien met zoveel "
        "herhalingen.</li>\n</ul>\n",
        "<ul class=\"limits\">\n<li>Whether a parameter matters in reality: this is about the model, within the ranges above.</li>\n"
        "<li>Which value is right: that is what a calibration is for (wijksim calibrate).</li>\n"
        "<li>Anything about assumptions that were not varied here, or about the form of the model itself.</li>\n"
        "<li>That a parameter without a visible effect has none: it may be too small to see with so many replications.</li>\n</ul>\n");
    wks_page_section_end(page);
}

wks_status wks_section_sensitivity_write(wks_page *page, const wks_config_node *settings, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sensitivity t = {0};

    WKS_TRY(wks_sensitivity_read(page, settings, &t, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    WKS_TRY(write_outcomes(page, &t, err));
    write_design(page, &t);
    write_limits(page);
out:
    wks_sensitivity_free(&t);
    return rc;
}
