#include "report/section_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/notation.h"
#include "report/proof.h"

enum { R_OWNER, R_RULE, R_YEAR, R_MET, N_COLUMNS };
static const char *const column_name[N_COLUMNS] = {"owner", "rule", "year", "met"};

/* Years of replications in which a rule was met, by scenario, owner and rule. */
typedef struct tally {
    size_t scenario;
    const char *owner, *rule;
    size_t n, n_met;
} tally;

typedef struct tallies {
    tally *item;
    size_t n;
} tallies;

static bool is_met(const char *cell)
{
    return strcmp(cell, "1") == 0 || strcmp(cell, "true") == 0 || strcmp(cell, "yes") == 0;
}

static bool find_columns(const wks_csv *csv, int *column, wks_problems *problems)
{
    bool all = true;

    for (int i = 0; i < N_COLUMNS; i++) {
        column[i] = wks_csv_column(csv, column_name[i]);
        if (column[i] < 0) wks_problems_error(problems, csv->path, 1, 0, "no column '%s'", column_name[i]);
        all = all && column[i] >= 0;
    }
    return all;
}

static wks_status count(const wks_csv *csv, size_t scenario, const int *column, tallies *list, wks_err *err)
{
    const size_t first = list->n;

    for (size_t i = 0; i < csv->n_rows; i++) {
        if (wks_csv_cell(csv, i, column[R_MET])[0] == '\0') continue; /* nothing to judge that year, or not a whole one */
        const char *owner = wks_csv_cell(csv, i, column[R_OWNER]), *rule = wks_csv_cell(csv, i, column[R_RULE]);
        size_t at = first;
        while (at < list->n && (strcmp(list->item[at].owner, owner) != 0 || strcmp(list->item[at].rule, rule) != 0))
            at++;
        if (at == list->n) {
            tally *grown = wks_mem_resize(list->item, at, at + 1, sizeof *grown);
            if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the rules");
            list->item = grown;
            grown[list->n++] = (tally){scenario, owner, rule, 0, 0};
        }
        list->item[at].n++;
        list->item[at].n_met += is_met(wks_csv_cell(csv, i, column[R_MET]));
    }
    return WKS_OK;
}

static wks_status count_all(const wks_dossier *d, tallies *list, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int column[N_COLUMNS];

    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (d->compliance[i].n_rows == 0 || !find_columns(&d->compliance[i], column, problems)) continue;
        WKS_TRY(count(&d->compliance[i], i, column, list, err));
    }
out:
    return rc;
}

/* ---- words ---- */

/* "corporatie-1" is "corporatie 1"; nobody is all of them together. */
static void write_owner(wks_page *page, const char *owner)
{
    if (owner[0] == '\0') wks_page_say(page, "alle samen", "all together");
    for (; *owner != '\0'; owner++) {
        const char one[] = {*owner == '-' || *owner == '_' ? ' ' : *owner, '\0'};
        wks_page_text(page, one);
    }
}

/* A rule part with a name of its own is not in the codebook: "spreiding.eigen_plafond" is "eigen plafond (onderdeel van de regels)". */
static void write_rule(wks_page *page, const char *rule)
{
    const char *words = wks_page_word(page, "rule", rule), *name = strchr(rule, '.');

    if (strcmp(words, rule) != 0 || name == NULL) {
        wks_page_text(page, words);
        return;
    }
    for (name++; *name != '\0'; name++) {
        const char one[] = {*name == '_' || *name == '.' ? ' ' : *name, '\0'};
        wks_page_text(page, one);
    }
    wks_page_say(page, " (onderdeel van de regels)", " (part of the rules)");
}

static void write_cell(wks_page *page, size_t n, const char *what, const char *rule, const char *scenario, const char *owner)
{
    wks_proof_open(page, "td class=\"n\"", false, (double)n, "years", what, rule, scenario, owner, NULL);
    wks_notation_number(page->lang, (double)n, 0, &page->html);
    wks_page_raw(page, "</td>");
}

/* ---- what was not always met ---- */

static void write_broken(wks_page *page, const tallies *list)
{
    wks_page_table(page, "rules",
                   wks_page_words(page, "In hoeveel hele jaren (van alle herhalingen samen) aan de regel is voldaan",
                                  "In how many whole years (of all replications together) the rule was met"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\">Eigenaar</th><th scope=\"col\">Regel</th>"
                 "<th scope=\"col\" class=\"n\">Voldaan</th><th scope=\"col\" class=\"n\">Jaren</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\">Owner</th><th scope=\"col\">Rule</th>"
                 "<th scope=\"col\" class=\"n\">Met</th><th scope=\"col\" class=\"n\">Years</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < list->n; i++) {
        const tally *row = &list->item[i];
        if (row->n_met == row->n) continue;
        wks_page_raw(page, "<tr><td>");
        wks_page_scenario(page, row->scenario);
        wks_page_raw(page, "</td><td>");
        write_owner(page, row->owner);
        wks_page_raw(page, "</td><th scope=\"row\">");
        write_rule(page, row->rule);
        wks_page_raw(page, "</th>");
        const char *name = wks_dossier_text(page->dossier, page->dossier->scenario[row->scenario].name);
        write_cell(page, row->n_met, "met", row->rule, name, row->owner);
        write_cell(page, row->n, "judged", row->rule, name, row->owner);
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* ---- what was ---- */

/* Whether the rule of row `at` stands in an earlier row that was always met. */
static bool is_told(const tallies *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (list->item[i].n_met == list->item[i].n && strcmp(list->item[i].rule, list->item[at].rule) == 0) return true;
    return false;
}

static void write_kept_rule(wks_page *page, const tallies *list, size_t at)
{
    size_t n = 0, n_years = 0;

    for (size_t i = at; i < list->n; i++) {
        if (list->item[i].n_met < list->item[i].n || strcmp(list->item[i].rule, list->item[at].rule) != 0) continue;
        n++;
        n_years += list->item[i].n;
    }
    wks_page_raw(page, "<tr><th scope=\"row\">");
    write_rule(page, list->item[at].rule);
    wks_page_raw(page, "</th>");
    write_cell(page, n, "owners", list->item[at].rule, NULL, NULL);
    write_cell(page, n_years, "kept", list->item[at].rule, NULL, NULL);
    wks_page_raw(page, "</tr>\n");
}

/* A line a rule, for the scenarios and owners for which it was always met. */
static void write_kept(wks_page *page, const tallies *list, size_t n_kept)
{
    wks_page_raw(page, "<details><summary>");
    wks_proof_count(page, n_kept, "kept", NULL);
    wks_page_raw(page, " ");
    wks_page_say(page, "keer is een regel in elk jaar nageleefd (per scenario en eigenaar)</summary>\n",
                 "times a rule was kept in every year (by scenario and owner)</summary>\n");
    wks_page_table(page, "rules", wks_page_words(page, "Regels waaraan altijd is voldaan", "Rules that were always met"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Regel</th><th scope=\"col\" class=\"n\">Scenario’s × eigenaren</th>"
                 "<th scope=\"col\" class=\"n\">Jaren, allemaal voldaan</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\" class=\"n\">Scenarios × owners</th>"
                 "<th scope=\"col\" class=\"n\">Years, all met</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < list->n; i++)
        if (list->item[i].n_met == list->item[i].n && !is_told(list, i)) write_kept_rule(page, list, i);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
}

/* ---- years that do not count ---- */

/* Whether any row of the year of this row has a verdict; `*out_is_first` when no earlier row is of that year. */
static bool is_judged(const wks_csv *csv, size_t row, int year, int met, bool *out_is_first)
{
    const char *wanted = wks_csv_cell(csv, row, year);
    bool is_found = false;

    *out_is_first = true;
    for (size_t i = 0; i < csv->n_rows && !is_found; i++) {
        if (strcmp(wks_csv_cell(csv, i, year), wanted) != 0) continue;
        if (i < row) *out_is_first = false;
        is_found = wks_csv_cell(csv, i, met)[0] != '\0';
    }
    return is_found;
}

/* "Alleen hele jaren tellen mee; niet: 2030 (1 maand)." */
static void write_left_out(wks_page *page, const wks_csv *csv)
{
    const int year = wks_csv_column(csv, "year"), met = wks_csv_column(csv, "met"), months = wks_csv_column(csv, "months");
    size_t n = 0;

    for (size_t i = 0; i < csv->n_rows && months >= 0; i++) {
        const char *number = wks_csv_cell(csv, i, months);
        bool is_first;
        if (i > 0 && strcmp(wks_csv_cell(csv, i, year), wks_csv_cell(csv, i - 1, year)) == 0) continue;
        if (is_judged(csv, i, year, met, &is_first) || !is_first) continue;
        if (n++ == 0) wks_page_say(page, "<p>Alleen hele jaren tellen mee; niet meegeteld: ", "<p>Only whole years count; left out: ");
        if (n > 1) wks_page_raw(page, ", ");
        wks_page_text(page, wks_csv_cell(csv, i, year));
        wks_page_raw(page, " (");
        wks_proof_count(page, strtoul(number, NULL, 10), "months", wks_csv_cell(csv, i, year));
        wks_page_say(page, strcmp(number, "1") == 0 ? " maand)" : " maanden)", strcmp(number, "1") == 0 ? " month)" : " months)");
    }
    if (n > 0) wks_page_raw(page, ".</p>\n");
}

wks_status wks_section_rules_write(wks_page *page, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    tallies list = {0};
    size_t n_kept = 0, some = d->n_scenarios;

    for (size_t i = d->n_scenarios; i-- > 0;)
        if (d->compliance[i].n_rows > 0) some = i;
    if (some == d->n_scenarios) return WKS_OK;
    WKS_TRY(count_all(d, &list, problems, err));
    if (problems->n_errors > 0) goto out; /* told once */
    for (size_t i = 0; i < list.n; i++)
        n_kept += list.item[i].n_met == list.item[i].n;
    wks_page_section(page, "regels", "Regels nageleefd", "Rules kept");
    if (list.n == 0)
        wks_page_say(page, "<p>Er is geen heel kalenderjaar om te toetsen.</p>\n", "<p>There is no whole calendar year to judge.</p>\n");
    if (n_kept < list.n) write_broken(page, &list);
    if (n_kept > 0) write_kept(page, &list, n_kept);
    write_left_out(page, &d->compliance[some]);
    wks_page_section_end(page);
out:
    free(list.item);
    return rc;
}
