#include "report/section_waterbed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/proof.h"
#include "report/topic.h"

/* ---- by distance ---- */

enum { SCENARIO, THEORY, TICK, BAND, INDICATOR, GROUP, DIFFERENCE, VERDICT, BUURTEN, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"scenario", "theory",          "tick",    "band",   "indicator",
                                             "group",    "mean_difference", "verdict", "buurten"};
static const char *const bands[] = {"inside", "touching", "under_1_km", "1_2_km", "2_4_km", "over_4_km"};
enum { N_BANDS = sizeof bands / sizeof *bands };

typedef struct waterbed_table {
    const wks_csv *csv;
    int column[N_COLUMNS];
    const char *last; /* tick */
} table;

static const char *cell(const table *self, size_t row, int column)
{
    return wks_csv_cell(self->csv, row, self->column[column]);
}

/* Rows of a scenario at the last tick, under the theory that is shown. */
static bool is_shown(const wks_page *page, const table *self, size_t row, size_t scenario)
{
    const wks_dossier *d = page->dossier;

    return strcmp(cell(self, row, SCENARIO), wks_dossier_text(d, d->scenario[scenario].name)) == 0 &&
           strcmp(cell(self, row, TICK), self->last) == 0 && strcmp(cell(self, row, THEORY), wks_dossier_text(d, d->main_theory)) == 0 &&
           !wks_dossier_is_private(d, cell(self, row, GROUP));
}

static bool is_same_line(const table *self, size_t a, size_t b)
{
    return strcmp(cell(self, a, INDICATOR), cell(self, b, INDICATOR)) == 0 && strcmp(cell(self, a, GROUP), cell(self, b, GROUP)) == 0;
}

/* First row of its line: no row before it has the same indicator and group. */
static bool begins_line(const wks_page *page, const table *self, size_t row, size_t scenario)
{
    for (size_t i = 0; i < row; i++) {
        if (is_shown(page, self, i, scenario) && is_same_line(self, i, row)) return false;
    }
    return true;
}

static double largest_of(const wks_page *page, const table *self, size_t row, size_t scenario)
{
    double largest = 0, value;

    for (size_t i = row; i < self->csv->n_rows; i++) {
        if (!is_shown(page, self, i, scenario) || !is_same_line(self, i, row)) continue;
        if (wks_text_parse_double(cell(self, i, DIFFERENCE), &value) && fabs(value) > largest) largest = fabs(value);
    }
    return largest;
}

static void write_difference(wks_page *page, const table *self, size_t row, wks_notation_format format)
{
    const char *verdict = row == SIZE_MAX ? "" : cell(self, row, VERDICT);
    const bool is_proved = strcmp(verdict, "higher") == 0 || strcmp(verdict, "lower") == 0;
    double value = NAN;

    if (row == SIZE_MAX || !wks_text_parse_double(cell(self, row, DIFFERENCE), &value)) value = NAN;
    wks_proof_open(page, "td class=\"n\"", format.percent, value, "waterbed", row == SIZE_MAX ? "" : cell(self, row, SCENARIO),
                   row == SIZE_MAX ? "" : cell(self, row, INDICATOR), row == SIZE_MAX ? "" : cell(self, row, GROUP),
                   row == SIZE_MAX ? "" : cell(self, row, BAND), NULL);
    if (is_proved) wks_page_raw(page, "<strong>");
    wks_notation_difference(page->lang, format, value, &page->html);
    wks_page_raw(page, is_proved ? "</strong></td>" : "</td>");
}

static void write_line(wks_page *page, const table *self, size_t row, size_t scenario)
{
    const int32_t indicator = wks_dossier_name(page->dossier, cell(self, row, INDICATOR));
    const int32_t group = wks_dossier_name(page->dossier, cell(self, row, GROUP));
    const wks_notation_format format = wks_notation_choose(wks_page_unit(page, indicator), largest_of(page, self, row, scenario));

    wks_page_raw(page, "<tr><th scope=\"row\">");
    wks_page_text(page, indicator >= 0 ? wks_page_indicator(page, indicator) : cell(self, row, INDICATOR));
    if (cell(self, row, GROUP)[0] != '\0') {
        wks_page_raw(page, ", ");
        wks_page_text(page, group >= 0 ? wks_page_group(page, group) : cell(self, row, GROUP));
    }
    wks_page_raw(page, "</th>");
    for (int32_t k = 0; k < N_BANDS; k++) {
        size_t found = SIZE_MAX;
        for (size_t i = row; i < self->csv->n_rows && found == SIZE_MAX; i++) {
            if (strcmp(cell(self, i, BAND), bands[k]) == 0 && is_shown(page, self, i, scenario) && is_same_line(self, i, row)) found = i;
        }
        write_difference(page, self, found, format);
    }
    wks_page_raw(page, "</tr>\n");
}

/* Whether a line is in sight when there are many: the score, the load, and what was shown to differ in any band. */
static bool is_first(const wks_page *page, const table *self, size_t row, size_t scenario)
{
    if (cell(self, row, GROUP)[0] == '\0' &&
        (strcmp(cell(self, row, INDICATOR), "leefbaarheid") == 0 || strcmp(cell(self, row, INDICATOR), "load") == 0))
        return true;
    for (size_t i = row; i < self->csv->n_rows; i++) {
        const char *verdict = cell(self, i, VERDICT);
        if (strcmp(verdict, "higher") != 0 && strcmp(verdict, "lower") != 0) continue;
        if (is_shown(page, self, i, scenario) && is_same_line(self, i, row)) return true;
    }
    return false;
}

static void open_lines(wks_page *page)
{
    wks_page_table(page, "levels",
                   wks_page_words(page, "Verschil met de referentie aan het eind, naar afstand van het doelgebied",
                                  "Difference from the reference at the end, by distance from the target areas"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Uitkomst</th>", "<thead><tr><th scope=\"col\">Outcome</th>");
    for (int32_t k = 0; k < N_BANDS; k++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        wks_page_text(page, wks_page_word(page, "band", bands[k]));
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
}

/* Lines that are first, that are not, or (NULL) all; returns how many. */
static size_t write_lines(wks_page *page, const table *self, size_t scenario, const bool *are_first)
{
    size_t n = 0;

    for (size_t i = 0; i < self->csv->n_rows; i++) {
        if (!is_shown(page, self, i, scenario) || !begins_line(page, self, i, scenario)) continue;
        if (are_first != NULL && is_first(page, self, i, scenario) != *are_first) continue;
        if (n++ == 0) open_lines(page);
        write_line(page, self, i, scenario);
    }
    if (n == 0) return 0;
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    return n;
}

static size_t count_lines(const wks_page *page, const table *self, size_t scenario, size_t *out_n_first)
{
    size_t n = 0;

    *out_n_first = 0;
    for (size_t i = 0; i < self->csv->n_rows; i++) {
        if (!is_shown(page, self, i, scenario) || !begins_line(page, self, i, scenario)) continue;
        n++;
        *out_n_first += is_first(page, self, i, scenario);
    }
    return n;
}

static void write_scenario(wks_page *page, const table *self, size_t scenario)
{
    enum { MOST_LINES = 12 };
    const bool yes = true, no = false;
    size_t n_first, n = count_lines(page, self, scenario, &n_first);

    if (n == 0) return;
    wks_page_raw(page, "<h4>");
    wks_page_scenario(page, scenario);
    wks_page_raw(page, "</h4>\n");
    if (n <= MOST_LINES || n_first == n) {
        (void)write_lines(page, self, scenario, NULL);
        return;
    }
    (void)write_lines(page, self, scenario, &yes);
    wks_page_say(page, "<details><summary>Andere uitkomsten naar afstand</summary>\n",
                 "<details><summary>Other outcomes by distance</summary>\n");
    (void)write_lines(page, self, scenario, &no);
    wks_page_raw(page, "</details>\n");
}

void wks_section_waterbed_bands(wks_page *page)
{
    table self = {.csv = &page->dossier->waterbed, .last = ""};
    double last = -1, tick;

    if (self.csv->n_columns == 0 || self.csv->n_rows == 0) return;
    for (int i = 0; i < N_COLUMNS; i++) {
        self.column[i] = wks_csv_column(self.csv, names[i]);
        if (self.column[i] < 0) return;
    }
    for (size_t i = 0; i < self.csv->n_rows; i++) {
        if (!wks_text_parse_double(cell(&self, i, TICK), &tick) || tick <= last) continue;
        last = tick;
        self.last = cell(&self, i, TICK);
    }
    wks_page_say(page, "<h3>Naar afstand</h3>\n", "<h3>By distance</h3>\n");
    for (size_t s = 1; s < page->dossier->n_scenarios; s++)
        write_scenario(page, &self, s);
    wks_page_say(
        page,
        "<p class=\"note\">Doelgebied: de gebieden die maatregelen en regels noemen die alleen in een van beide scenario’s gelden. Scores "
        "en aandelen zijn gewogen naar huishoudens in de referentie bij het begin; aantallen zijn opgeteld. Vet: het 95 %-interval "
        "sluit nul uit (tien paren of meer). Intervallen: waterbed.csv.</p>\n",
        "<p class=\"note\">Target areas: those named by measures and rules that hold in one of the two scenarios only. Scores and shares "
        "are weighted by households in the reference at the start; numbers are added up. Bold: the 95% interval excludes zero (ten "
        "pairs or more). Intervals: waterbed.csv.</p>\n");
}

/* ---- where they end up ---- */

static const char *const causes[] = {"demolition", "renovation", "spreiding", "area_filter"};
static const char *const destinations[] = {"renovated",    "same_buurt", "city",     "other", "stayed",  "waiting",
                                           "wisselwoning", "joined",     "unhoused", "left",  "stopped", "dissolved"};
static const char *const distances[] = {"same_home", "same_complex", "same_buurt", "under_1_km", "1_2_km", "2_5_km", "over_5_km", ""};
enum { N_DISTANCES = sizeof distances / sizeof *distances };

/* Households of a scenario in all replications; destination NULL: all of the cause. */
static double households_of(const wks_csv *csv, const char *cause, const char *destination, const char *distance)
{
    const int column[4] = {wks_csv_column(csv, "cause"), wks_csv_column(csv, "destination"), wks_csv_column(csv, "distance"),
                           wks_csv_column(csv, "households")};
    double sum = 0, value;

    if (column[0] < 0 || column[1] < 0 || column[2] < 0 || column[3] < 0) return 0;
    for (size_t i = 0; i < csv->n_rows; i++) {
        if (strcmp(wks_csv_cell(csv, i, column[0]), cause) != 0) continue;
        if (destination != NULL &&
            (strcmp(wks_csv_cell(csv, i, column[1]), destination) != 0 || strcmp(wks_csv_cell(csv, i, column[2]), distance) != 0))
            continue;
        if (wks_text_parse_double(wks_csv_cell(csv, i, column[3]), &value)) sum += value;
    }
    return sum;
}

static double all_of(const wks_page *page, const char *cause, const char *destination, const char *distance)
{
    double sum = 0;
    for (size_t s = 0; s < page->dossier->n_scenarios; s++)
        sum += households_of(&page->dossier->destinations[s], cause, destination, distance);
    return sum;
}

/* Complete replications of the results. */
static double replications_of(const wks_dossier *d)
{
    const wks_json *list = wks_json_get(d->manifest, "replications");
    double n = 0;

    for (size_t i = 0; i < wks_json_size(list); i++)
        n += strcmp(wks_json_text(wks_json_get(wks_json_at(list, i), "status")), "complete") == 0;
    return n;
}

/* No distance is one of a move that has none, but unknown where others of its kind have one: a home without a place. */
static void write_distance(wks_page *page, const char *cause, const char *destination, const char *distance)
{
    bool is_unknown = false;

    for (int32_t i = 0; distance[0] == '\0' && i < N_DISTANCES; i++)
        is_unknown = is_unknown || (distances[i][0] != '\0' && all_of(page, cause, destination, distances[i]) > 0);
    wks_page_raw(page, "<td>");
    if (distance[0] != '\0') wks_page_text(page, wks_page_word(page, "distance", distance));
    if (is_unknown) wks_page_say(page, "onbekend (buurt zonder plaats)", "unknown (buurt without a place)");
    wks_page_raw(page, "</td>");
}

static void write_counts(wks_page *page, const char *cause, const char *destination, const char *distance, double n)
{
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        const double households = households_of(&page->dossier->destinations[s], cause, destination, distance) / n;
        wks_page_value_cell(page, (wks_notation_format){false, 1}, households, false);
    }
    wks_page_raw(page, "</tr>\n");
}

static void write_cause(wks_page *page, const char *cause, double n)
{
    wks_page_table(page, "levels", wks_page_word(page, "cause", cause));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Bestemming</th><th scope=\"col\">Afstand</th>",
                 "<thead><tr><th scope=\"col\">Destination</th><th scope=\"col\">Distance</th>");
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++) {
        for (int32_t k = 0; k < N_DISTANCES; k++) {
            if (!(all_of(page, cause, destinations[i], distances[k]) > 0)) continue;
            wks_page_raw(page, "<tr><th scope=\"row\">");
            wks_page_text(page, wks_page_word(page, "destination", destinations[i]));
            wks_page_raw(page, "</th>");
            write_distance(page, cause, destinations[i], distances[k]);
            write_counts(page, cause, destinations[i], distances[k], n);
        }
    }
    wks_page_say(page, "<tr><th scope=\"row\">Allen</th><td></td>", "<tr><th scope=\"row\">All</th><td></td>");
    write_counts(page, cause, NULL, NULL, n);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

void wks_section_waterbed_streams(wks_page *page)
{
    const double n = replications_of(page->dossier);
    bool any = false;

    for (size_t i = 0; n > 0 && i < sizeof causes / sizeof *causes; i++) {
        if (!(all_of(page, causes[i], NULL, NULL) > 0)) continue;
        if (!any) wks_page_say(page, "<h3>Waar men terechtkomt</h3>\n", "<h3>Where people end up</h3>\n");
        any = true;
        write_cause(page, causes[i], n);
    }
    if (!any) return;
    wks_page_say(
        page,
        "<p class=\"note\">Huishoudens per herhaling die hun woning uit moesten, of die een regel van een woning afhield (de eerste keer), "
        "naar hun eerste woning daarna of hun situatie aan het eind; ieder staat in precies een regel. Van buurt naar buurt, met de "
        "verandering van leefbaarheid en huur: destinations.csv.</p>\n",
        "<p class=\"note\">Households a replication that had to leave their home, or that a rule kept from one (the first time), by their "
        "first home after it or their situation at the end; everybody is in exactly one row. From buurt to buurt, with the change of "
        "leefbaarheid and rent: destinations.csv.</p>\n");
}
