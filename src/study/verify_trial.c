#include "study/verify_trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Lines that the file has before the first trial: the header. */
enum { BEFORE_FIRST = 2 };

wks_status wks_verify_trial_find(const wks_verify_trial *trial, const double *point, int32_t replication, int64_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text key = WKS_TEXT_INIT;

    *out_row = -1;
    wks_trials_key(point, trial->study->n_parameters, replication, &key);
    wks_text_add_char(&key, ';');
    if (key.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a trial");
    for (size_t i = 0; i < trial->journal->n_lines && *out_row < 0; i++)
        if (strncmp(trial->journal->line[i], key.data, key.length) == 0) *out_row = (int64_t)i;
out:
    wks_text_free(&key);
    return rc;
}

/* Cell by cell: outcomes have no comma in them. */
static void compare(const wks_verify_trial *trial, const char *expected, const char *found, int64_t row, wks_verify_list *list)
{
    for (int32_t i = 0; i < trial->study->n_outcomes; i++) {
        const size_t n_expected = strcspn(expected, ","), n_found = strcspn(found, ",");
        if (n_expected != n_found || memcmp(expected, found, n_found) != 0) {
            wks_text wanted = WKS_TEXT_INIT, there = WKS_TEXT_INIT;
            wks_text_add_bytes(&wanted, expected, n_expected);
            wks_text_add_bytes(&there, found, n_found);
            wks_verify_rows_add(list, trial->path, row + BEFORE_FIRST, trial->study->outcome[i].name, wanted.data, there.data,
                                "the rerun gives another outcome");
            wks_text_free(&wanted);
            wks_text_free(&there);
        }
        expected += n_expected + (expected[n_expected] == ',');
        found += n_found + (found[n_found] == ',');
    }
    if (*found != '\0') wks_verify_rows_add(list, trial->path, row + BEFORE_FIRST, NULL, NULL, found, "more outcomes than the study has");
}

wks_status wks_verify_trial_rerun(const wks_verify_trial *trial, const double *point, int32_t replication, int64_t row,
                                  wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    wks_err own = WKS_ERR_INIT;
    const int32_t n = trial->study->n_outcomes;
    double *out = wks_mem_array((size_t)n, sizeof *out);

    if (out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the outcomes of a trial");
    rc = trial->evaluate(point, replication, out, trial->context, &own);
    if (rc == WKS_ERR_NOMEM || rc == WKS_ERR_STOPPED) WKS_FAIL(err, rc, "%s", own.message);
    if (rc != WKS_OK) {
        rc = WKS_OK;
        wks_verify_rows_add(list, trial->path, row + BEFORE_FIRST, NULL, NULL, own.message, "the rerun of this trial fails");
        goto out;
    }
    for (int32_t i = 0; i < n; i++)
        if (!isfinite(out[i])) out[i] = (double)NAN;
    wks_trials_numbers(out, n, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the outcomes of a trial");
    compare(trial, text.data, strchr(trial->journal->line[row], ';') + 1, row, list);
    if (list->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for what differs");
out:
    free(out);
    wks_text_free(&text);
    return rc;
}
