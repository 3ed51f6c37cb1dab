#include "report/section_theories.h"

#include <math.h>
#include <string.h>

#include "report/proof.h"

static bool is_of_theory(const wks_page *page, int32_t indicator)
{
    return strncmp(wks_dossier_text(page->dossier, indicator), "leefbaarheid", 12) == 0;
}

void wks_section_theories_caution(wks_page *page, const wks_dossier_series *series)
{
    const wks_dossier *d = page->dossier;

    if (!is_of_theory(page, series->indicator)) return;
    if (d->breakeven.n_rows > 0) {
        wks_page_say(page, " <a class=\"unit\" href=\"#omslag\">(hangt af van de theorie: zie het omslagpunt)</a>",
                     " <a class=\"unit\" href=\"#omslag\">(depends on the theory: see the break-even value)</a>");
    } else {
        wks_page_say(page, " <a class=\"unit\" href=\"#grenzen\">(niet onder alle drie de theorieën gerekend: geen rangorde)</a>",
                     " <a class=\"unit\" href=\"#grenzen\">(not run under all three theories: no ranking)</a>");
    }
}

enum { A, B, INDICATOR, T0, LOW_T0, HIGH_T0, T1, LOW_T1, HIGH_T1, T2, LOW_T2, HIGH_T2, END, VALUE, LOW, HIGH, VERDICT, N_COLUMNS };
static const char *const columns[N_COLUMNS] = {"scenario_a",    "scenario_b", "indicator", "difference_t0", "low_t0", "high_t0",
                                               "difference_t1", "low_t1",     "high_t1",   "difference_t2", "low_t2", "high_t2",
                                               "strength_t2",   "breakeven",  "ci_low",    "ci_high",       "verdict"};

static double number_at(const wks_csv *csv, size_t row, int column)
{
    double value = NAN;
    return wks_text_parse_double(wks_csv_cell(csv, row, column), &value) ? value : NAN;
}

static void add_scenario(wks_page *page, const char *name)
{
    const int32_t number = wks_dossier_name(page->dossier, name);

    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        if (page->dossier->scenario[s].name != number) continue;
        wks_page_scenario(page, s);
        return;
    }
    wks_page_text(page, name);
}

/* A span of a number of breakeven.csv, or of its part of the strength under T2. */
static void open_number(wks_page *page, const wks_csv *csv, size_t row, const int *column, double value, const char *name)
{
    wks_proof_open(page, "span", false, value, "theories", name, wks_csv_cell(csv, row, column[A]), wks_csv_cell(csv, row, column[B]),
                   wks_csv_cell(csv, row, column[INDICATOR]), NULL);
}

static void open_part(wks_page *page, const wks_csv *csv, size_t row, const int *column, double value, const char *name)
{
    wks_proof_open(page, "span", true, value, "strength", name, wks_csv_cell(csv, row, column[A]), wks_csv_cell(csv, row, column[B]),
                   wks_csv_cell(csv, row, column[INDICATOR]), NULL);
}

static void difference_cell(wks_page *page, const wks_csv *csv, size_t row, const int *column, int first)
{
    const wks_notation_format format = {false, 4};
    const double value = number_at(csv, row, column[first]), low = number_at(csv, row, column[first + 1]),
                 high = number_at(csv, row, column[first + 2]);

    wks_page_raw(page, "<td class=\"n\">");
    open_number(page, csv, row, column, value, columns[first]);
    wks_notation_difference(page->lang, format, value, &page->html);
    wks_page_raw(page, "</span>");
    if (isfinite(low) && isfinite(high)) {
        wks_page_raw(page, " <span class=\"unit\">(");
        open_number(page, csv, row, column, low, columns[first + 1]);
        wks_notation_number(page->lang, low, format.decimals, &page->html);
        wks_page_say(page, "</span> tot ", "</span> to ");
        open_number(page, csv, row, column, high, columns[first + 2]);
        wks_notation_number(page->lang, high, format.decimals, &page->html);
        wks_page_raw(page, "</span>)</span>");
    }
    wks_page_raw(page, "</td>");
}

/* Of the link's strength under T2, in percent. */
static void breakeven_cell(wks_page *page, const wks_csv *csv, size_t row, const int *column)
{
    const wks_notation_format format = {true, 0};
    const double end = number_at(csv, row, column[END]), value = number_at(csv, row, column[VALUE]);
    const double low = number_at(csv, row, column[LOW]), high = number_at(csv, row, column[HIGH]);

    wks_page_raw(page, "<td class=\"n\">");
    if (isfinite(value)) {
        open_part(page, csv, row, column, value / end, columns[VALUE]);
        wks_notation_value(page->lang, format, value / end, &page->html);
        wks_page_raw(page, "</span>");
    } else {
        wks_page_raw(page, "&#8211;");
    }
    if (isfinite(low) && isfinite(high)) {
        wks_page_raw(page, " <span class=\"unit\">(");
        open_part(page, csv, row, column, low / end, columns[LOW]);
        wks_notation_number(page->lang, 100.0 * low / end, format.decimals, &page->html);
        wks_page_say(page, "</span> tot ", "</span> to ");
        open_part(page, csv, row, column, high / end, columns[HIGH]);
        wks_notation_number(page->lang, 100.0 * high / end, format.decimals, &page->html);
        wks_page_raw(page, "</span>)</span>");
    }
    wks_page_raw(page, "</td>");
}

static const char *verdict_words(const wks_page *page, const char *verdict)
{
    static const char *const words[][2] = {
        {"flips", "de volgorde slaat om"},
        {"flips more than once", "de volgorde slaat meer dan eens om"},
        {"does not flip between T0 and T2", "slaat niet om tussen T0 en T2"},
        {"within the noise", "geen volgorde aangetoond onder alle theorieën"},
        {"too few pairs", "te weinig herhalingen"},
        {"exactly equal", "gelijk"},
        {"not defined", "niet te zeggen"},
    };
    for (size_t i = 0; page->lang == WKS_NOTATION_NL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], verdict) == 0) return words[i][1];
    }
    return verdict;
}

static void write_row(wks_page *page, const wks_csv *csv, size_t row, const int *column)
{
    const int32_t indicator = wks_dossier_name(page->dossier, wks_csv_cell(csv, row, column[INDICATOR]));

    wks_page_raw(page, "<tr><th scope=\"row\">");
    wks_page_text(page, indicator > 0 ? wks_page_indicator(page, indicator) : wks_csv_cell(csv, row, column[INDICATOR]));
    wks_page_raw(page, ": ");
    add_scenario(page, wks_csv_cell(csv, row, column[B]));
    wks_page_say(page, " min ", " less ");
    add_scenario(page, wks_csv_cell(csv, row, column[A]));
    wks_page_raw(page, "</th>");
    difference_cell(page, csv, row, column, T0);
    difference_cell(page, csv, row, column, T1);
    difference_cell(page, csv, row, column, T2);
    breakeven_cell(page, csv, row, column);
    wks_page_raw(page, "<td>");
    wks_page_text(page, verdict_words(page, wks_csv_cell(csv, row, column[VERDICT])));
    wks_page_raw(page, "</td></tr>\n");
}

static void write_table(wks_page *page, const wks_csv *csv, const int *column)
{
    wks_page_say(page, "<h3 id=\"omslag\">Leefbaarheid onder drie theorieën, en waar de volgorde omslaat</h3>\n",
                 "<h3 id=\"omslag\">Leefbaarheid under three theories, and where the order turns</h3>\n");
    wks_page_say(page,
                 "<p class=\"note\">Omslagpunt: hoe sterk de score van bewoners met onvervulde steunvraag moet afhangen, in procenten van "
                 "T2 (T0 is 0 %), voordat de "
                 "volgorde van twee scenario’s omdraait; tussen haakjes de sterktes waarbij geen volgorde is aangetoond. Hoe sterk dat "
                 "verband is, weet niemand.</p>\n",
                 "<p class=\"note\">Break-even value: how strongly the score would have to depend on residents with unmet support need, in "
                 "percent of T2 (T0 is 0%), before "
                 "the order of two scenarios turns; in brackets the strengths at which no order is shown. How strong that link is, nobody "
                 "knows.</p>\n");
    wks_page_table(page, "theories",
                   wks_page_words(page, "Verschil in leefbaarheid per theorie en omslagpunt",
                                  "Difference in leefbaarheid by theory and break-even value"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Verschil</th><th scope=\"col\" class=\"n\">T0</th><th scope=\"col\" class=\"n\">T1</th>"
                 "<th scope=\"col\" class=\"n\">T2</th><th scope=\"col\" class=\"n\">Omslagpunt</th><th "
                 "scope=\"col\">Oordeel</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Difference</th><th scope=\"col\" class=\"n\">T0</th><th scope=\"col\" class=\"n\">T1</th>"
                 "<th scope=\"col\" class=\"n\">T2</th><th scope=\"col\" class=\"n\">Break-even</th><th "
                 "scope=\"col\">Verdict</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < csv->n_rows; i++) {
        const char *indicator = wks_csv_cell(csv, i, column[INDICATOR]);
        if (strcmp(indicator, "leefbaarheid") == 0 || strcmp(indicator, "leefbaarheid_gap") == 0) write_row(page, csv, i, column);
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

void wks_section_theories_write(wks_page *page)
{
    const wks_csv *csv = &page->dossier->breakeven;
    int column[N_COLUMNS];
    bool is_whole = csv->n_rows > 0;

    if (wks_page_find_city(page, "leefbaarheid") == NULL) return;
    for (int i = 0; i < N_COLUMNS && is_whole; i++) {
        column[i] = wks_csv_column(csv, columns[i]);
        is_whole = column[i] >= 0;
    }
    if (is_whole) {
        write_table(page, csv, column);
        return;
    }
    wks_page_say(
        page,
        "<p class=\"note\">Een volgorde van scenario’s naar leefbaarheid staat hier niet: die vraagt de drie theorieën naast elkaar "
        "(wijksim compare … --theories T0,T1,T2).</p>\n",
        "<p class=\"note\">An order of scenarios by leefbaarheid is not given here: it takes the three theories side by side "
        "(wijksim compare … --theories T0,T1,T2).</p>\n");
}
