#include "report/section_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/proof.h"

enum { R_OWNER, R_RULE, R_YEAR, R_MET, N_COLUMNS };
static const char *const column_name[N_COLUMNS] = {"owner", "rule", "year", "met"};

/* Replications in which a rule was met, by owner and rule. */
typedef struct tally {
    const char *owner, *rule;
    size_t n, n_met;
} tally;

static bool is_met(const char *cell)
{
    return strcmp(cell, "1") == 0 || strcmp(cell, "true") == 0 || strcmp(cell, "yes") == 0;
}

static wks_status count(const wks_csv *csv, const int *column, tally **out, size_t *out_n, wks_err *err)
{
    *out = NULL;
    *out_n = 0;
    for (size_t i = 0; i < csv->n_rows; i++) {
        if (wks_csv_cell(csv, i, column[R_MET])[0] == '\0') continue; /* nothing to judge that year */
        const char *owner = wks_csv_cell(csv, i, column[R_OWNER]), *rule = wks_csv_cell(csv, i, column[R_RULE]);
        size_t at = 0;
        while (at < *out_n && (strcmp((*out)[at].owner, owner) != 0 || strcmp((*out)[at].rule, rule) != 0))
            at++;
        if (at == *out_n) {
            tally *grown = wks_mem_resize(*out, at, at + 1, sizeof *grown);
            if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the rules");
            *out = grown;
            grown[(*out_n)++] = (tally){owner, rule, 0, 0};
        }
        (*out)[at].n++;
        (*out)[at].n_met += is_met(wks_csv_cell(csv, i, column[R_MET]));
    }
    return WKS_OK;
}

static void years_cell(wks_page *page, size_t scenario, const tally *of, const char *what, size_t n)
{
    const wks_dossier *d = page->dossier;
    wks_proof_open(page, "td class=\"n\"", false, (double)n, "years", what, wks_dossier_text(d, d->scenario[scenario].name), of->owner,
                   of->rule, NULL);
    wks_page_rawf(page, "%zu</td>", n);
}

/* Which rules a table holds. */
typedef enum which { WHICH_ALL, WHICH_BROKEN, WHICH_KEPT } which;

/* Adds how many rows it wrote, or would write. */
static wks_status write_scenario(wks_page *page, size_t scenario, which of, bool is_counted, size_t *n_rows, wks_problems *problems,
                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_csv *csv = &page->dossier->compliance[scenario];
    int column[N_COLUMNS];
    tally *list = NULL;
    size_t n = 0;
    bool all = true;

    for (int i = 0; i < N_COLUMNS; i++) {
        column[i] = wks_csv_column(csv, column_name[i]);
        if (column[i] < 0) wks_problems_error(problems, csv->path, 1, 0, "no column '%s'", column_name[i]);
        all = all && column[i] >= 0;
    }
    if (!all) goto out;
    WKS_TRY(count(csv, column, &list, &n, err));
    for (size_t i = 0; i < n; i++) {
        if (of != WHICH_ALL && (list[i].n_met < list[i].n) != (of == WHICH_BROKEN)) continue;
        ++*n_rows;
        if (is_counted) continue;
        wks_page_raw(page, "<tr><td>");
        wks_page_scenario(page, scenario);
        wks_page_raw(page, "</td><td>");
        wks_page_text(page, list[i].owner[0] == '\0' ? wks_page_words(page, "alle", "all") : list[i].owner);
        wks_page_raw(page, "</td><th scope=\"row\">");
        wks_page_text(page, wks_page_word(page, "rule", list[i].rule));
        wks_page_raw(page, "</th>");
        years_cell(page, scenario, &list[i], "met", list[i].n_met);
        years_cell(page, scenario, &list[i], "judged", list[i].n);
        wks_page_raw(page, "</tr>\n");
    }
out:
    free(list);
    return rc;
}

static wks_status write_table(wks_page *page, which of, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    size_t n = 0;

    wks_page_table(page, "rules",
                   wks_page_words(page, "In hoeveel jaren (geteld over alle herhalingen) aan de regel is voldaan",
                                  "In how many years (counted over all replications) the rule was met"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\">Eigenaar</th><th scope=\"col\">Regel</th>"
                 "<th scope=\"col\" class=\"n\">Voldaan</th><th scope=\"col\" class=\"n\">Jaren</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\">Owner</th><th scope=\"col\">Rule</th>"
                 "<th scope=\"col\" class=\"n\">Met</th><th scope=\"col\" class=\"n\">Years</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (d->compliance[i].n_rows > 0) WKS_TRY(write_scenario(page, i, of, false, &n, problems, err));
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
out:
    return rc;
}

wks_status wks_section_rules_write(wks_page *page, wks_problems *problems, wks_err *err)
{
    enum { MOST_ROWS = 12 };
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    size_t n = 0, n_rows = 0, n_kept = 0;

    for (size_t i = 0; i < d->n_scenarios; i++)
        n += d->compliance[i].n_rows > 0;
    if (n == 0) return WKS_OK;
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (d->compliance[i].n_rows > 0) WKS_TRY(write_scenario(page, i, WHICH_ALL, true, &n_rows, problems, err));
    }
    if (problems->n_errors > 0) goto out; /* told once */
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (d->compliance[i].n_rows > 0) WKS_TRY(write_scenario(page, i, WHICH_KEPT, true, &n_kept, problems, err));
    }
    wks_page_section(page, "regels", "Regels nageleefd", "Rules kept");
    if (n_rows <= MOST_ROWS || n_kept == 0) {
        WKS_TRY(write_table(page, WHICH_ALL, problems, err));
    } else {
        if (n_kept < n_rows) WKS_TRY(write_table(page, WHICH_BROKEN, problems, err));
        wks_page_raw(page, "<details><summary>");
        wks_proof_count(page, n_kept, "kept", NULL);
        wks_page_raw(page, " ");
        wks_page_say(page, "regels waaraan altijd is voldaan</summary>\n", "rules that were always met</summary>\n");
        WKS_TRY(write_table(page, WHICH_KEPT, problems, err));
        wks_page_raw(page, "</details>\n");
    }
    wks_page_section_end(page);
out:
    return rc;
}
