#include "report/section_losers.h"

#include <math.h>
#include <string.h>

#include "report/chart.h"

enum { L_COUNT = 3, L_SCENARIO, L_GROUP, L_OUTCOME, L_N }; /* of the columns of losers.csv that are read */

typedef struct losers {
    const wks_csv *csv;
    int column[L_N];
} losers;

static const char *cell(const losers *self, size_t row, int column)
{
    return self->column[column] < 0 ? "" : wks_csv_cell(self->csv, row, self->column[column]);
}

/* A row with numbers, under the theory of the page. */
static bool is_told(const wks_page *page, const losers *self, size_t row)
{
    const int theory = wks_csv_column(self->csv, "theory");
    const bool is_main = page->dossier->n_theories < 2 || theory < 0 ||
                         wks_dossier_name(page->dossier, wks_csv_cell(self->csv, row, theory)) == page->dossier->main_theory;
    return is_main && cell(self, row, 0)[0] != '\0' && strcmp(cell(self, row, L_COUNT), "0") != 0;
}

static bool is_everybody(const losers *self, size_t row)
{
    return cell(self, row, L_GROUP)[0] == '\0';
}

static size_t scenario_of(const wks_page *page, const char *name)
{
    const int32_t number = wks_dossier_name(page->dossier, name);
    size_t s = 0;
    while (s < page->dossier->n_scenarios && page->dossier->scenario[s].name != number)
        s++;
    return s;
}

/* The scenario, and the group when it is not everybody. */
static void write_heading(wks_page *page, const losers *self, size_t row)
{
    const char *scenario = cell(self, row, L_SCENARIO), *group = cell(self, row, L_GROUP);
    const int32_t name = wks_dossier_name(page->dossier, group);
    const size_t s = scenario_of(page, scenario);

    wks_page_raw(page, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"6\">");
    if (s < page->dossier->n_scenarios) {
        wks_page_scenario(page, s);
    } else {
        wks_page_text(page, scenario);
    }
    if (group[0] != '\0') {
        wks_page_raw(page, " &#183; ");
        wks_page_text(page, name > 0 ? wks_page_group(page, name) : group);
    }
    wks_page_raw(page, "</th></tr>\n");
}

static void write_row(wks_page *page, const losers *self, size_t row)
{
    static const char *const css[] = {"better", "equal", "worse"};
    double count[4], share[3];

    for (int i = 0; i < 4; i++) {
        if (!wks_text_parse_double(cell(self, row, i), &count[i])) count[i] = NAN;
    }
    for (int i = 0; i < 3; i++)
        share[i] = count[3] > 0.0 ? count[i] / count[3] : NAN;
    wks_page_raw(page, "<tr><td>");
    wks_page_text(page, wks_page_word(page, "outcome", cell(self, row, L_OUTCOME)));
    wks_page_raw(page, "</td>");
    for (int i = 0; i < 4; i++)
        wks_page_value_cell(page, (wks_notation_format){false, 0}, count[i], count[3] < WKS_DOSSIER_FEW);
    wks_page_raw(page, "<td class=\"w\">");
    if (!(page->dossier->real_people && count[3] < WKS_DOSSIER_FEW)) wks_chart_shares(&page->html, share, css, 3);
    wks_page_raw(page, "</td></tr>\n");
}

static bool is_same_heading(const losers *self, size_t a, size_t b)
{
    return strcmp(cell(self, a, L_SCENARIO), cell(self, b, L_SCENARIO)) == 0 && strcmp(cell(self, a, L_GROUP), cell(self, b, L_GROUP)) == 0;
}

/* Rows of everybody, of groups, or both. */
static void write_table(wks_page *page, const losers *self, bool with_everybody, bool with_groups)
{
    size_t last = SIZE_MAX;

    wks_page_table(page, "contrasts losers",
                   wks_page_words(page, "Dezelfde huishoudens onder referentie en scenario: hoeveel beter, gelijk, slechter af",
                                  "The same households under reference and scenario: how many better, equal, worse off"));
    wks_page_say(
        page,
        "<thead><tr><th scope=\"col\">Uitkomst</th><th scope=\"col\" class=\"n\">Beter</th><th scope=\"col\" class=\"n\">Gelijk</th>"
        "<th scope=\"col\" class=\"n\">Slechter</th><th scope=\"col\" class=\"n\">Aantal</th>"
        "<th scope=\"col\" class=\"w\"><span class=\"ends\"><span>beter</span><span>slechter</span></span></th></tr></thead>\n",
        "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"n\">Better</th><th scope=\"col\" class=\"n\">Equal</th>"
        "<th scope=\"col\" class=\"n\">Worse</th><th scope=\"col\" class=\"n\">Number</th>"
        "<th scope=\"col\" class=\"w\"><span class=\"ends\"><span>better</span><span>worse</span></span></th></tr></thead>\n");
    for (size_t i = 0; i < self->csv->n_rows; i++) {
        if (!(is_everybody(self, i) ? with_everybody : with_groups) || !is_told(page, self, i)) continue;
        if (last == SIZE_MAX || !is_same_heading(self, last, i)) {
            wks_page_raw(page, last == SIZE_MAX ? "<tbody>" : "</tbody>\n<tbody>");
            write_heading(page, self, i);
        }
        last = i;
        write_row(page, self, i);
    }
    if (last != SIZE_MAX) wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

static bool find_columns(losers *self)
{
    static const char *const names[L_N] = {"better", "equal", "worse", "n", "scenario", "group", "outcome"};

    if (self->csv->n_columns == 0) return false;
    for (int i = 0; i < L_N; i++) {
        self->column[i] = wks_csv_column(self->csv, names[i]);
        if (i <= L_COUNT && self->column[i] < 0) return false;
    }
    return true;
}

void wks_section_losers_write(wks_page *page)
{
    enum { MOST_ROWS = 40 };
    losers self = {.csv = &page->dossier->losers};
    size_t n = 0, n_everybody = 0;

    if (!find_columns(&self)) return;
    for (size_t i = 0; i < self.csv->n_rows; i++) {
        n += is_told(page, &self, i);
        n_everybody += is_told(page, &self, i) && is_everybody(&self, i);
    }
    wks_page_say(page, "<h3>Winnaars en verliezers</h3>\n", "<h3>Winners and losers</h3>\n");
    if (n <= MOST_ROWS || n_everybody == 0) {
        write_table(page, &self, true, true);
    } else {
        write_table(page, &self, true, false);
        wks_page_say(page, "<details><summary>Winnaars en verliezers per groep</summary>\n",
                     "<details><summary>Winners and losers by group</summary>\n");
        write_table(page, &self, false, true);
        wks_page_raw(page, "</details>\n");
    }
    wks_page_say(
        page,
        "<p class=\"note\">Huishoudens van alle herhalingen samen. Lees beter naast slechter: een toewijzing aan een ander verandert wie "
        "daarna geluk heeft, dus er zijn er altijd veel van beide; wat een regel doet is het verschil. Groep: bij het begin, in de "
        "referentie. Leefbaarheid is een gemodelleerde score.</p>\n",
        "<p class=\"note\">Households of all replications together. Read better beside worse: a letting to another household changes who "
        "is lucky afterwards, so there are always many of both; what a rule does is the difference. Group: at the start, in the "
        "reference. Leefbaarheid is a modelled score.</p>\n");
}
