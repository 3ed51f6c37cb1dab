#include "report/section_costs.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/proof.h"
#include "report/section_theories.h"

enum { SCENARIO, THEORY, INDICATOR, GROUP, LEVEL, DIFFERENCE, LOW, HIGH, EUR, HOURS, PER_EUR, PER_HOURS, PAIRS, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"scenario",        "theory",         "indicator", "group",          "level",
                                             "mean_difference", "ci_low",         "ci_high",   "eur_difference", "hours_difference",
                                             "per_million_eur", "per_1000_hours", "n_pairs"};
/* A difference in money below this in every scenario is not worth a table (EUR over the whole run). */
static const double least_eur = 50000;

typedef struct wks_costs_table {
    const wks_csv *csv;
    int column[N_COLUMNS];
} table;

static bool open_table(const wks_dossier *d, table *out)
{
    out->csv = &d->effects;
    if (d->effects.n_columns == 0 || d->effects.n_rows == 0 || !d->is_comparison) return false;
    for (int i = 0; i < N_COLUMNS; i++) {
        out->column[i] = wks_csv_column(out->csv, names[i]);
        if (out->column[i] < 0) return false;
    }
    return true;
}

bool wks_section_costs_has(const wks_dossier *dossier)
{
    table ignored;
    return open_table(dossier, &ignored);
}

static const char *cell(const table *self, size_t row, int column)
{
    return wks_csv_cell(self->csv, row, self->column[column]);
}

static double number(const table *self, size_t row, int column)
{
    double value = NAN;
    return wks_text_parse_double(cell(self, row, column), &value) ? value : NAN;
}

/* Enough pairs to read its interval. */
static bool has_pairs(const table *self, size_t row)
{
    return number(self, row, PAIRS) >= WKS_DOSSIER_LEAST_PAIRS;
}

static bool is_of(const wks_page *page, const table *self, size_t row, size_t scenario, int32_t theory)
{
    const wks_dossier *d = page->dossier;
    return strcmp(cell(self, row, SCENARIO), wks_dossier_text(d, d->scenario[scenario].name)) == 0 &&
           strcmp(cell(self, row, THEORY), wks_dossier_text(d, theory)) == 0;
}

/* Rows that may be shown: of the city, and of the target areas together unless the group is private. */
static bool is_shown(const wks_page *page, const table *self, size_t row)
{
    const char *level = cell(self, row, LEVEL);
    if (level[0] == '\0') return true;
    return strcmp(level, "areas") == 0 && !wks_dossier_is_private(page->dossier, cell(self, row, GROUP));
}

static bool is_same_line(const table *self, size_t a, size_t b)
{
    return strcmp(cell(self, a, INDICATOR), cell(self, b, INDICATOR)) == 0 && strcmp(cell(self, a, GROUP), cell(self, b, GROUP)) == 0 &&
           strcmp(cell(self, a, LEVEL), cell(self, b, LEVEL)) == 0;
}

/* The row of a line for a scenario under a theory; SIZE_MAX if there is none. */
static size_t find(const wks_page *page, const table *self, size_t line, size_t scenario, int32_t theory)
{
    for (size_t i = 0; i < self->csv->n_rows; i++)
        if (is_same_line(self, i, line) && is_of(page, self, i, scenario, theory)) return i;
    return SIZE_MAX;
}

static bool begins_line(const wks_page *page, const table *self, size_t row)
{
    if (!is_shown(page, self, row)) return false;
    for (size_t i = 0; i < row; i++)
        if (is_same_line(self, i, row)) return false;
    return true;
}

/* ---- money and hours ---- */

/* A row that tells what a scenario costs more; SIZE_MAX if there is none. */
static size_t cost_row(const wks_page *page, const table *self, size_t scenario)
{
    for (size_t i = 0; i < self->csv->n_rows; i++)
        if (is_of(page, self, i, scenario, page->dossier->main_theory) && isfinite(number(self, i, EUR))) return i;
    return SIZE_MAX;
}

static bool any_costs(const wks_page *page, const table *self)
{
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        const size_t row = cost_row(page, self, s);
        if (row != SIZE_MAX && fabs(number(self, row, EUR)) >= least_eur) return true;
    }
    return false;
}

static void write_costs(wks_page *page, const table *self)
{
    wks_page_table(page, "levels",
                   wks_page_words(page,
                                  "Meer uitgaven aan sociale programma’s dan de referentie, alle betalers samen, over de hele periode",
                                  "More spending on social programmes than the reference, all payers together, over the whole period"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Miljoen euro</th><th scope=\"col\" "
                 "class=\"n\">Uren personeel</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Million euros</th><th scope=\"col\" "
                 "class=\"n\">Staff hours</th></tr></thead><tbody>\n");
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        const size_t row = cost_row(page, self, s);
        wks_page_raw(page, "<tr><th scope=\"row\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
        const double million = row == SIZE_MAX ? NAN : number(self, row, EUR) / 1e6;
        wks_proof_open(page, "td class=\"n\"", false, million, "million", wks_dossier_text(page->dossier, page->dossier->scenario[s].name),
                       NULL);
        wks_notation_difference(page->lang, (wks_notation_format){false, 2}, million, &page->html);
        wks_page_raw(page, "</td>");
        wks_page_difference_cell(page, (wks_notation_format){false, 0}, row == SIZE_MAX ? NAN : number(self, row, HOURS), false);
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* ---- effect ---- */

static double largest_of(const wks_page *page, const table *self, size_t line, int column)
{
    double largest = 0.0;
    for (size_t i = line; i < self->csv->n_rows; i++) {
        if (is_same_line(self, i, line) && fabs(number(self, i, column)) > largest) largest = fabs(number(self, i, column));
    }
    (void)page;
    return largest;
}

static wks_notation_format format_of(const wks_page *page, const table *self, size_t line, int column)
{
    const int32_t indicator = wks_dossier_name(page->dossier, cell(self, line, INDICATOR));
    return wks_notation_choose(wks_page_unit(page, indicator), largest_of(page, self, line, column));
}

static void add_name(wks_page *page, const table *self, size_t line)
{
    const wks_dossier *d = page->dossier;
    const int32_t indicator = wks_dossier_name(d, cell(self, line, INDICATOR)), group = wks_dossier_name(d, cell(self, line, GROUP));
    const char *unit = indicator > 0 ? wks_notation_unit_of_difference(page->lang, wks_page_unit(page, indicator)) : "";

    wks_page_text(page, indicator > 0 ? wks_page_indicator(page, indicator) : cell(self, line, INDICATOR));
    if (cell(self, line, GROUP)[0] != '\0') {
        wks_page_raw(page, ", ");
        wks_page_text(page, group > 0 ? wks_page_group(page, group) : cell(self, line, GROUP));
    }
    if (unit[0] == '\0') return;
    wks_page_raw(page, " <span class=\"unit\">");
    wks_page_text(page, unit);
    wks_page_raw(page, "</span>");
}

static bool is_of_leefbaarheid(const table *self, size_t line)
{
    return strncmp(cell(self, line, INDICATOR), "leefbaarheid", 12) == 0;
}

/* Why there is no effect for a million, or the effect. */
static void ratio_cell(wks_page *page, const table *self, size_t row, wks_notation_format format)
{
    const double per = row == SIZE_MAX ? NAN : number(self, row, PER_EUR);

    if (isfinite(per)) {
        wks_page_difference_cell(page, format, per, false);
        return;
    }
    wks_page_raw(page, "<td class=\"n verdict flat\">");
    const wks_page_sign sign =
        row == SIZE_MAX || !has_pairs(self, row) ? WKS_PAGE_TOO_FEW : wks_page_sign_of(number(self, row, LOW), number(self, row, HIGH));
    if (sign == WKS_PAGE_HIGHER || sign == WKS_PAGE_LOWER) {
        wks_page_say(page, "kost niets extra", "no extra cost");
    } else {
        wks_page_text(page, row == SIZE_MAX ? "–" : wks_page_sign_words(page, sign));
    }
    wks_page_raw(page, "</td>");
}

static void ratio_row(wks_page *page, const table *self, size_t line, int32_t theory)
{
    const wks_dossier *d = page->dossier;
    const wks_dossier_series *city = wks_page_find_city(page, cell(self, line, INDICATOR));

    wks_page_raw(page, "<tr><th scope=\"row\">");
    add_name(page, self, line);
    if (d->n_theories > 1 && is_of_leefbaarheid(self, line)) {
        wks_page_say(page, ", theorie ", ", theory ");
        wks_page_text(page, wks_dossier_text(d, theory));
    }
    if (city != NULL) wks_section_theories_caution(page, city);
    wks_page_raw(page, "</th>");
    for (size_t s = 1; s < d->n_scenarios; s++)
        ratio_cell(page, self, find(page, self, line, s, theory), format_of(page, self, line, PER_EUR));
    wks_page_raw(page, "</tr>\n");
}

/* A line that has an effect for a million in any scenario, under any theory. */
static bool has_ratio(const table *self, size_t line)
{
    for (size_t i = line; i < self->csv->n_rows; i++)
        if (is_same_line(self, i, line) && isfinite(number(self, i, PER_EUR))) return true;
    return false;
}

/* Dimensions of leefbaarheid are in the folded table only. */
static bool is_main(const table *self, size_t line)
{
    return strncmp(cell(self, line, INDICATOR), "leefbaarheid_", 13) != 0;
}

static void head_of_scenarios(wks_page *page)
{
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
}

static void level_heading(wks_page *page, const char *level, size_t n_columns)
{
    wks_page_rawf(page, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%zu\">", n_columns);
    wks_page_say(page, level[0] == '\0' ? "Hele stad" : "Doelgebied", level[0] == '\0' ? "Whole city" : "Target areas");
    wks_page_raw(page, "</th></tr>\n");
}

static void write_ratios(wks_page *page, const table *self)
{
    static const char *const levels[] = {"areas", ""};
    const wks_dossier *d = page->dossier;

    wks_page_table(page, "contrasts ratios",
                   wks_page_words(page, "Verschil met de referentie aan het eind, per miljoen euro meer",
                                  "Difference from the reference at the end, for each million euros more"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Uitkomst</th>", "<thead><tr><th scope=\"col\">Outcome</th>");
    head_of_scenarios(page);
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < 2; k++) {
        bool any = false;
        for (size_t i = 0; i < self->csv->n_rows; i++) {
            if (strcmp(cell(self, i, LEVEL), levels[k]) != 0 || !begins_line(page, self, i) || !is_main(self, i) || !has_ratio(self, i))
                continue;
            if (!any) level_heading(page, levels[k], d->n_scenarios);
            any = true;
            for (size_t t = 0; t < d->n_theories; t++)
                if (d->theory[t] == d->main_theory || is_of_leefbaarheid(self, i)) ratio_row(page, self, i, d->theory[t]);
        }
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* ---- all of it, folded ---- */

static void detail_row(wks_page *page, const table *self, size_t line, size_t row, size_t scenario)
{
    wks_page_raw(page, "<tr><th scope=\"row\">");
    add_name(page, self, line);
    wks_page_raw(page, "</th><td>");
    wks_page_say(page, cell(self, line, LEVEL)[0] == '\0' ? "hele stad" : "doelgebied",
                 cell(self, line, LEVEL)[0] == '\0' ? "whole city" : "target areas");
    wks_page_raw(page, "</td><td>");
    wks_page_scenario(page, scenario);
    wks_page_raw(page, "</td>");
    const wks_notation_format format = format_of(page, self, line, DIFFERENCE);
    wks_page_difference_cell(page, format, number(self, row, DIFFERENCE), false);
    const bool is_read = has_pairs(self, row);
    wks_page_interval_cell(page, format, is_read ? number(self, row, LOW) : NAN, is_read ? number(self, row, HIGH) : NAN, false);
    wks_page_difference_cell(page, format_of(page, self, line, PER_EUR), number(self, row, PER_EUR), false);
    wks_page_difference_cell(page, format_of(page, self, line, PER_HOURS), number(self, row, PER_HOURS), false);
    wks_page_raw(page, "</tr>\n");
}

static void write_details(wks_page *page, const table *self)
{
    wks_page_say(page, "<details><summary>Alle uitkomsten, met interval en per 1.000 uur</summary>\n",
                 "<details><summary>All outcomes, with interval and for 1,000 hours</summary>\n");
    wks_page_table(page, "levels",
                   wks_page_words(page, "Verschil met de referentie aan het eind, en per miljoen euro en 1.000 uur meer",
                                  "Difference from the reference at the end, and for a million euros and 1,000 hours more"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Uitkomst</th><th scope=\"col\">Waar</th><th scope=\"col\">Scenario</th><th scope=\"col\" "
                 "class=\"n\">Verschil</th><th scope=\"col\" class=\"n\">95 %-interval</th><th scope=\"col\" class=\"n\">Per miljoen "
                 "euro</th><th scope=\"col\" class=\"n\">Per 1.000 uur</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\">Where</th><th scope=\"col\">Scenario</th><th scope=\"col\" "
                 "class=\"n\">Difference</th><th scope=\"col\" class=\"n\">95% interval</th><th scope=\"col\" class=\"n\">A million "
                 "euros</th><th scope=\"col\" class=\"n\">1,000 hours</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < self->csv->n_rows; i++) {
        if (!begins_line(page, self, i)) continue;
        for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
            const size_t row = find(page, self, i, s, page->dossier->main_theory);
            if (row != SIZE_MAX) detail_row(page, self, i, row, s);
        }
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
}

static void say_limits(wks_page *page)
{
    wks_page_say(
        page,
        "<p class=\"note\">Bouw, sloop en renovatie zitten niet in dit geld. Het effect is dat van het hele scenario, ook van zijn regels, "
        "gemeten aan het eind. Hoger is niet altijd beter, en ‘geen verschil aangetoond’ is geen nul. Een getal per miljoen zegt niet dat "
        "dubbel geld dubbel effect geeft, en niets over wat geen getal heeft. Is een scenario goedkoper, dan is het wat elke bespaarde "
        "miljoen kost.</p>\n",
        "<p class=\"note\">Building, demolition and renovation are not in this money. The effect is that of the whole scenario, of its "
        "rules "
        "too, at the end. Higher is not always better, and ‘no difference shown’ is not zero. A number for a million does not say that "
        "double "
        "the money gives double the effect, and nothing about what has no number. Where a scenario is cheaper it is what each million "
        "saved "
        "costs.</p>\n");
}

void wks_section_costs_write(wks_page *page)
{
    table self;
    bool any_ratio = false, any_pairs = false;

    if (!open_table(page->dossier, &self)) return;
    wks_page_section(page, "kosten", "Wat kost het, wat levert het op?", "What does it cost, what does it bring?");
    if (!any_costs(page, &self)) {
        wks_page_say(page,
                     "<p>Deze scenario’s verschillen vrijwel niet in uitgaven aan sociale programma’s: er is geen effect per euro.</p>\n",
                     "<p>These scenarios hardly differ in spending on social programmes: there is no effect for a euro.</p>\n");
        wks_page_section_end(page);
        return;
    }
    write_costs(page, &self);
    for (size_t i = 0; i < self.csv->n_rows; i++) {
        any_pairs = any_pairs || has_pairs(&self, i);
        any_ratio = any_ratio || (is_main(&self, i) && is_shown(page, &self, i) && has_ratio(&self, i));
    }
    if (any_ratio) {
        write_ratios(page, &self);
    } else if (any_pairs) {
        wks_page_say(page, "<p>Voor geen van de belangrijkste uitkomsten is een effect per euro aangetoond.</p>\n",
                     "<p>For none of the main outcomes an effect for a euro was shown.</p>\n");
    } else {
        wks_page_say(page, "<p>Met minder dan 10 herhalingen is er geen effect per euro te zeggen.</p>\n",
                     "<p>With fewer than 10 replications no effect for a euro can be told.</p>\n");
    }
    if (any_pairs) write_details(page, &self);
    say_limits(page);
    wks_page_section_end(page);
}
