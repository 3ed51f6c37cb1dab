#include "cli/verify_tables.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/study_folder.h"
#include "cli/verify_parts.h"
#include "study/calibrate_tables.h"
#include "study/sweep_tables.h"

static bool is_sweep(const wks_verify_study *self)
{
    return strcmp(self->manifest->kind, "sweep") == 0;
}

static bool is_complete(const wks_verify_study *self)
{
    return strcmp(self->manifest->status, "complete") == 0;
}

static const char *const *tables_of(const wks_verify_study *self)
{
    return is_sweep(self) ? wks_sweep_tables_names : wks_calibrate_tables_files;
}

/* ---- the folder in which tables are made again ---- */

static wks_status make_scratch(wks_verify_study *self, wks_err *err)
{
    const char *root = getenv("TMPDIR");

    self->scratch = wks_file_join(root == NULL || root[0] == '\0' ? "/tmp" : root, "wijksim-verify-XXXXXX");
    if (self->scratch == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    if (mkdtemp(self->scratch) != NULL) return WKS_OK;
    const wks_status rc = wks_err_set(err, WKS_ERR_IO, "cannot make a folder like %s", self->scratch);
    free(self->scratch);
    self->scratch = NULL;
    return rc;
}

static void remove_one(const char *folder, const char *name)
{
    char *path = wks_file_join(folder, name);

    if (path != NULL) (void)wks_file_remove(path, NULL);
    free(path);
}

static void discard_scratch(wks_verify_study *self)
{
    if (self->scratch == NULL) return;
    for (const char *const *name = tables_of(self); *name != NULL; name++)
        remove_one(self->scratch, *name);
    remove_one(self->scratch, "codebook.csv");
    remove_one(self->scratch, "journal");
    (void)rmdir(self->scratch);
    free(self->scratch);
    self->scratch = NULL;
}

void wks_verify_tables_free(wks_verify_study *self)
{
    if (self->has_journal) wks_journal_close(&self->journal);
    self->has_journal = false;
    discard_scratch(self);
}

/* ---- the journal ---- */

/* What is wrong with it, without the path of the copy; its line as a line. */
static void tell_journal(const wks_verify_study *self, const char *copy, const char *message, wks_verify_list *list)
{
    const size_t n = strlen(copy);
    const char *text = strncmp(message, copy, n) == 0 ? message + n + strspn(message + n, ": ") : message;
    wks_text what = WKS_TEXT_INIT;
    char *end = NULL;
    const long long line = strncmp(text, "line ", 5) == 0 ? strtoll(text + 5, &end, 10) : 0;

    if (end != NULL) text = end + strspn(end, " ");
    wks_text_add_bytes(&what, text, strcspn(text, ";"));
    wks_verify_rows_add(list, self->journal_path, line, NULL, NULL, NULL, what.data == NULL ? "damaged" : what.data);
    wks_text_free(&what);
}

/* Lines are read from a copy: reading a journal is going on with it. */
static wks_status read_journal(wks_verify_study *self, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text header = WKS_TEXT_INIT;
    wks_err own = WKS_ERR_INIT;
    char *bytes = NULL, *copy = wks_file_join(self->scratch, "journal");
    size_t n = 0;
    const wks_trials_plan plan = {
        .n_parameters = self->study.n_parameters, .n_outcomes = self->study.n_outcomes, .identity = self->manifest->scenario_hash};

    if (copy == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(self->journal_path)) {
        wks_verify_rows_add(list, self->journal_path, 0, NULL, NULL, NULL, "no such file");
        goto out;
    }
    WKS_TRY(wks_file_read(self->journal_path, &bytes, &n, err));
    WKS_TRY(wks_file_write(copy, bytes, n, err));
    wks_trials_header(&plan, &header);
    if (header.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a journal");
    rc = wks_journal_open(copy, header.data, &self->journal, &own);
    self->has_journal = rc == WKS_OK;
    if (rc == WKS_ERR_DATA) {
        tell_journal(self, copy, own.message, list);
        rc = WKS_OK;
    } else if (rc != WKS_OK) {
        (void)wks_err_set(err, rc, "%s", own.message);
    }
out:
    wks_text_free(&header);
    free(bytes);
    free(copy);
    return rc;
}

/* ---- tables made again from the journal ---- */

/* In the place of running a trial: it is not in the journal. */
static wks_status is_missing(const double *point, int32_t replication, double *out, void *context, wks_err *err)
{
    const wks_verify_study *self = context;
    (void)point;
    (void)out;
    return wks_err_set(err, self->manifest->trials_failed > 0 ? WKS_ERR_DATA : WKS_ERR_STOPPED,
                       "the journal has not every trial that these tables tell of: one of replication %d is missing", replication);
}

static wks_trials_options from_journal(const char *copy)
{
    return (wks_trials_options){.journal = copy, .threads = 1}; /* nothing runs */
}

static wks_status sweep_again(wks_verify_study *self, const char *copy, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text words = WKS_TEXT_INIT;
    wks_trials_count count = {0};
    wks_sweep *sweep = &self->sweep;
    const wks_study *study = &self->study;
    const wks_trials_plan plan = {.point = sweep->point,
                                  .n_points = sweep->n_points,
                                  .n_parameters = study->n_parameters,
                                  .n_outcomes = study->n_outcomes,
                                  .first_replication = study->first_replication,
                                  .n_replications = study->n_replications,
                                  .evaluate = is_missing,
                                  .context = self,
                                  .identity = self->manifest->scenario_hash};
    const wks_trials_options how = from_journal(copy);
    wks_err own = WKS_ERR_INIT;

    WKS_TRY(wks_sweep_prepare(sweep, study->n_replications, err));
    sweep->has_trials = true;
    count.is_done = sweep->is_done;
    rc = wks_trials_run(&plan, &how, sweep->value, &count, &own); /* what is missing is failed in the tables, or has to be told there */
    if (rc == WKS_ERR_NOMEM || rc == WKS_ERR_IO || (rc == WKS_ERR_DATA && count.n_failed == 0)) WKS_FAIL(err, rc, "%s", own.message);
    rc = WKS_OK;
    wks_sweep_round(sweep);
    WKS_TRY(wks_sweep_tables_outcomes(sweep, self->scratch, study->first_replication, err));
    WKS_TRY(wks_sweep_tables_analysis(sweep, self->scratch, &words, err));
out:
    wks_text_free(&words);
    return rc;
}

static wks_status calibrate_again(wks_verify_study *self, const char *copy, wks_err *err)
{
    const wks_calibrate_options options = {
        .evaluate = is_missing, .context = self, .identity = self->manifest->scenario_hash, .trials = from_journal(copy)};
    wks_status rc = wks_calibrate_run(&self->study, &options, &self->fit, err);

    self->fit.options = NULL; /* it ends here */
    self->point = self->fit.value;
    self->n_points = self->fit.archive.n;
    if (rc == WKS_ERR_PARTIAL) rc = WKS_OK;
    if (rc == WKS_OK) rc = wks_calibrate_tables_write(&self->fit, self->scratch, err);
    return rc;
}

/* The parameters of a line: behind the number of the replication, up to the outcomes. */
static const char *parameters_of(const wks_journal *journal, size_t i, size_t *out_n)
{
    const char *begin = strchr(journal->line[i], ',');

    *out_n = begin == NULL ? 0 : strcspn(begin + 1, ";");
    return begin == NULL ? "" : begin + 1;
}

static bool is_new_point(const wks_journal *journal, size_t i)
{
    size_t n = 0, n_before = 0;
    const char *own = parameters_of(journal, i, &n);

    for (size_t k = i; k > 0; k--) { /* those of one point stand near each other */
        const char *before = parameters_of(journal, k - 1, &n_before);
        if (n == n_before && memcmp(own, before, n) == 0) return false;
    }
    return true;
}

static bool read_point(const char *text, int32_t n, double *out)
{
    bool is_good = true;

    for (int32_t i = 0; i < n; i++) {
        char *end = NULL;
        out[i] = strtod(text, &end);
        is_good = is_good && end != text && *end == (i + 1 < n ? ',' : ';');
        text = end + (*end != '\0');
    }
    return is_good;
}

/* A calibration that has not ended has no evaluations yet: its points are those of the journal. */
static wks_status find_points(wks_verify_study *self, wks_err *err)
{
    const int32_t k = self->study.n_parameters;
    size_t n = 0;

    self->found = wks_mem_array(self->journal.n_lines * (size_t)k + 1, sizeof *self->found);
    if (self->found == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the points of a journal");
    self->point = self->found;
    self->n_points = 0;
    for (size_t i = 0; i < self->journal.n_lines; i++)
        if (is_new_point(&self->journal, i) &&
            read_point(parameters_of(&self->journal, i, &n), k, self->found + (size_t)self->n_points * (size_t)k))
            self->n_points++;
    return WKS_OK;
}

/* Holds every table that was made again against that of the folder. */
static wks_status compare_tables(const wks_verify_study *self, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *const *table = tables_of(self);

    for (bool is_last = false; !is_last; table += !is_last) {
        is_last = *table == NULL;
        const char *name = is_last ? "codebook.csv" : *table;
        char *there = wks_file_join(self->path, name), *again = wks_file_join(self->scratch, name);
        if (there == NULL || again == NULL) rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
        if (rc == WKS_OK && wks_file_exists(again)) rc = wks_verify_parts_table(there, again, "the journal gives another line", list, err);
        free(there);
        free(again);
        if (rc != WKS_OK) return rc;
    }
    return rc;
}

static wks_status make_tables(wks_verify_study *self, wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err own = WKS_ERR_INIT;
    const wks_study_folder folder = {.kind = self->manifest->kind, .path = self->scratch};
    char *copy = wks_file_join(self->scratch, "journal");

    if (copy == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!is_complete(self) || self->manifest->block.of > 0) {
        wks_text_addf(notes, "%s has no tables yet: only its journal is compared\n", self->path);
        if (!is_sweep(self)) WKS_TRY(find_points(self, err));
        goto out;
    }
    rc = is_sweep(self) ? sweep_again(self, copy, &own) : calibrate_again(self, copy, &own);
    if (rc == WKS_ERR_NOMEM || rc == WKS_ERR_IO) WKS_FAIL(err, rc, "%s", own.message);
    if (rc != WKS_OK) {
        rc = WKS_OK;
        tell_journal(self, copy, own.message, list);
        goto out;
    }
    WKS_TRY(wks_study_folder_codebook(&folder, &self->study, tables_of(self), err));
    WKS_TRY(compare_tables(self, list, err));
out:
    free(copy);
    return rc;
}

/* ---- the whole ---- */

/* A sweep whose outcomes came from elsewhere (--results-in) has none of its own. */
static bool has_trials(const wks_verify_study *self)
{
    bool has = !is_sweep(self) || !is_complete(self) || self->manifest->block.of > 0;

    for (size_t i = 0; i < self->manifest->n_tables; i++)
        has = has || strcmp(self->manifest->table[i].name, "trials.csv") == 0 || strcmp(self->manifest->table[i].name, "journal") == 0;
    return has;
}

wks_status wks_verify_tables_check(wks_verify_study *self, wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!has_trials(self)) {
        wks_text_addf(notes, "%s holds outcomes from elsewhere (--results-in) and no trials: nothing is run again\n", self->path);
        goto out;
    }
    WKS_TRY(make_scratch(self, err));
    WKS_TRY(read_journal(self, list, err));
    if (self->has_journal) WKS_TRY(make_tables(self, list, notes, err));
    discard_scratch(self); /* trials that are run again may take long, and be broken off */
out:
    return rc;
}
