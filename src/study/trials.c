#include "study/trials.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/journal.h"
#include "base/machine.h"
#include "base/mem.h"
#include "base/name_index.h"
#include "base/par.h"

typedef struct wks_trials_work {
    const wks_trials_plan *plan;
    const wks_trials_options *options;
    double *out;
    int64_t *job; /* what is to be run: point * n_replications + replication */
    int64_t n;
    wks_trials_count count;
    bool has_journal, is_fatal;
    wks_journal journal;
    int64_t first_failed; /* number of the job whose message is in err */
    wks_err err;
    pthread_mutex_t lock;
} work;

/* ---- the journal: "replication,parameters;outcomes" a line ---- */

void wks_trials_header(const wks_trials_plan *plan, wks_text *out)
{
    wks_text_addf(out, "wijksim trials 1: %d parameters, %d outcomes, %s", plan->n_parameters, plan->n_outcomes,
                  plan->identity == NULL ? "" : plan->identity);
}

void wks_trials_numbers(const double *value, int32_t n, wks_text *out)
{
    char number[32];
    for (int32_t i = 0; i < n; i++) {
        if (i > 0) wks_text_add_char(out, ',');
        wks_text_add(out, wks_text_exact(value[i], number));
    }
}

void wks_trials_key(const double *point, int32_t n_parameters, int32_t replication, wks_text *out)
{
    wks_text_add_integer(out, replication);
    wks_text_add_char(out, ',');
    wks_trials_numbers(point, n_parameters, out);
}

static void add_key(const wks_trials_plan *plan, int64_t job, wks_text *out)
{
    wks_trials_key(plan->point + job / plan->n_replications * plan->n_parameters, plan->n_parameters,
                   plan->first_replication + (int32_t)(job % plan->n_replications), out);
}

/* n numbers between commas, empty for NaN; false when it is something else. Changes `text`. */
static bool read_numbers(char *text, double *out, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        char *end = strchr(text, ',');
        if ((end == NULL) != (i + 1 == n)) return false;
        if (end != NULL) *end = '\0';
        out[i] = NAN;
        if (text[0] != '\0' && !wks_text_parse_double(text, &out[i])) return false;
        if (end != NULL) text = end + 1;
    }
    return true;
}

/* Cuts every line into its key and its outcomes. */
static wks_status cut_lines(wks_journal *journal, char **outcome, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < journal->n_lines; i++) {
        char *semicolon = strchr(journal->line[i], ';');
        if (semicolon == NULL) WKS_FAIL(err, WKS_ERR_DATA, "%s: line %zu is no job", journal->path, i + 2);
        *semicolon = '\0';
        outcome[i] = semicolon + 1;
    }
out:
    return rc;
}

/* Fills in what the journal holds; the rest goes to the list of jobs, as far as it is in this part. */
static wks_status list_jobs(work *all, int64_t begin, int64_t end, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_trials_plan *plan = all->plan;
    const int64_t total = (int64_t)plan->n_points * plan->n_replications;
    char **outcome = wks_mem_array(all->journal.n_lines, sizeof *outcome);
    wks_name_index index = {0};
    wks_text key = WKS_TEXT_INIT;

    all->job = wks_mem_array((size_t)(end - begin), sizeof *all->job);
    if (outcome == NULL || all->job == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %lld trials", (long long)total);
    WKS_TRY(cut_lines(&all->journal, outcome, err));
    WKS_TRY(wks_name_index_create(all->journal.line, all->journal.n_lines, all->options->threads, &index, err));
    for (int64_t job = 0; job < total; job++) {
        int64_t row = -1;
        const bool is_ours = job >= begin && job < end;
        if (all->journal.n_lines > 0) {
            wks_text_clear(&key);
            add_key(plan, job, &key);
            if (key.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a trial");
            row = wks_name_index_find(&index, key.data);
        }
        if (row < 0) {
            if (is_ours) all->job[all->n++] = job;
            continue;
        }
        wks_text_clear(&key);
        wks_text_add(&key, outcome[row]); /* read from a copy: the same point may stand there again */
        if (key.failed || !read_numbers(key.data, all->out + job * plan->n_outcomes, plan->n_outcomes))
            WKS_FAIL(err, key.failed ? WKS_ERR_NOMEM : WKS_ERR_DATA, "%s: line %lld holds no %d outcomes", all->journal.path,
                     (long long)row + 2, plan->n_outcomes);
        if (is_ours) all->count.n_found++;
        if (all->count.is_done != NULL) all->count.is_done[job] = true;
    }
out:
    wks_name_index_free(&index);
    wks_text_free(&key);
    free(outcome);
    return rc;
}

static wks_status keep(work *all, int64_t job, wks_err *err)
{
    wks_text line = WKS_TEXT_INIT;
    wks_status rc;

    if (!all->has_journal || all->is_fatal) return WKS_OK; /* a full disk may have torn the last line: nothing goes behind it */
    add_key(all->plan, job, &line);
    wks_text_add_char(&line, ';');
    wks_trials_numbers(all->out + job * all->plan->n_outcomes, all->plan->n_outcomes, &line);
    rc = line.failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a trial") : wks_journal_append(&all->journal, line.data, err);
    wks_text_free(&line);
    return rc;
}

/* ---- the jobs ---- */

/* A trial that begins now would be cut off at the deadline, and be lost. */
static bool is_late(const wks_trials_clock *clock)
{
    return clock != NULL && clock->deadline > 0 && wks_machine_seconds() + clock->trial_s > clock->deadline;
}

static void note_length(wks_trials_clock *clock, double took_s)
{
    if (clock != NULL) clock->trial_s = took_s > 0.95 * clock->trial_s ? took_s : 0.95 * clock->trial_s;
}

/* The stop is not raised for a trial that would be late: others that are under way may still end in time. */
static bool must_stop(work *all)
{
    bool stop;
    (void)pthread_mutex_lock(&all->lock);
    stop = all->is_fatal || is_late(all->options->clock);
    (void)pthread_mutex_unlock(&all->lock);
    return stop || wks_stop_is_raised(all->options->stop);
}

/* The message that is told is that of the first job in order, whichever ended first. */
static void note_failure(work *all, int64_t job, wks_status rc, const wks_err *err)
{
    const bool is_fatal = rc == WKS_ERR_IO || rc == WKS_ERR_NOMEM;
    all->count.n_failed++;
    if (all->is_fatal && !is_fatal) return;
    if (all->first_failed >= 0 && all->first_failed < job && all->is_fatal == is_fatal) return;
    all->first_failed = job;
    all->err = *err;
    all->err.status = rc;
    all->is_fatal = is_fatal;
}

static void run_job(int64_t number, void *context)
{
    work *all = context;
    const wks_trials_plan *plan = all->plan;
    const int64_t job = all->job[number];
    double *out = all->out + job * plan->n_outcomes;
    wks_err err = WKS_ERR_INIT;
    wks_status rc = WKS_ERR_STOPPED;
    const double begun = wks_machine_seconds();

    if (!must_stop(all)) {
        rc = plan->evaluate(plan->point + job / plan->n_replications * plan->n_parameters,
                            plan->first_replication + (int32_t)(job % plan->n_replications), out, plan->context, &err);
    }
    for (int32_t i = 0; i < plan->n_outcomes; i++)
        if (rc != WKS_OK || !isfinite(out[i])) out[i] = NAN;
    (void)pthread_mutex_lock(&all->lock);
    if (rc == WKS_OK) rc = keep(all, job, &err);
    if (rc == WKS_OK) {
        note_length(all->options->clock, wks_machine_seconds() - begun);
        all->count.n_run++;
        if (all->count.is_done != NULL) all->count.is_done[job] = true;
    } else if (rc == WKS_ERR_STOPPED) {
        all->count.n_left++;
    } else {
        note_failure(all, job, rc, &err);
    }
    if (rc != WKS_ERR_STOPPED && all->options->report != NULL) {
        const wks_trials_count *count = &all->count;
        all->options->report(count->n_found + count->n_run, count->n_failed, count->n_jobs, all->options->report_context);
    }
    (void)pthread_mutex_unlock(&all->lock);
}

static wks_status outcome(const work *all, wks_err *err)
{
    const wks_trials_count *count = &all->count;

    if (all->is_fatal) return wks_err_set(err, all->err.status, "%s", all->err.message);
    if (count->n_left > 0)
        return wks_err_set(err, WKS_ERR_STOPPED, "stopped with %lld of %lld trials done; the same command with --resume goes on",
                           (long long)(count->n_found + count->n_run), (long long)count->n_jobs);
    if (count->n_failed == 0) return WKS_OK;
    const bool is_nothing = count->n_found + count->n_run == 0;
    return wks_err_set(err, is_nothing ? all->err.status : WKS_ERR_PARTIAL,
                       "%lld of %lld trials failed; the first: point %lld, replication %lld: %s", (long long)count->n_failed,
                       (long long)count->n_jobs, (long long)(all->first_failed / all->plan->n_replications + 1),
                       (long long)(all->plan->first_replication + all->first_failed % all->plan->n_replications), all->err.message);
}

wks_status wks_trials_run(const wks_trials_plan *plan, const wks_trials_options *options, double *out, wks_trials_count *count,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    work all = {.plan = plan, .options = options, .out = out, .journal = WKS_JOURNAL_INIT, .first_failed = -1, .err = WKS_ERR_INIT};
    const int64_t total = (int64_t)plan->n_points * plan->n_replications;
    const int32_t n_parts = plan->n_parts < 1 ? 1 : plan->n_parts, part = plan->part < 1 ? 1 : plan->part;
    const int64_t begin = total * (part - 1) / n_parts, end = total * part / n_parts;
    wks_text header = WKS_TEXT_INIT;

    pthread_mutex_init(&all.lock, NULL);
    if (count != NULL) all.count.is_done = count->is_done;
    for (int64_t i = 0; i < total && all.count.is_done != NULL; i++)
        all.count.is_done[i] = false;
    for (int64_t i = 0; i < total * plan->n_outcomes; i++)
        out[i] = NAN;
    if (options->journal != NULL) {
        wks_trials_header(plan, &header);
        if (header.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", options->journal);
        WKS_TRY(wks_journal_open(options->journal, header.data, &all.journal, err));
        all.has_journal = true;
    }
    all.count.n_jobs = end - begin;
    WKS_TRY(list_jobs(&all, begin, end, err));
    wks_par_jobs(all.n, options->threads, run_job, &all);
    if (all.has_journal && !all.is_fatal) WKS_TRY(wks_journal_flush(&all.journal, err));
    rc = outcome(&all, err);
out:
    if (count != NULL) *count = all.count;
    wks_journal_close(&all.journal);
    wks_text_free(&header);
    free(all.job);
    pthread_mutex_destroy(&all.lock);
    return rc;
}

wks_status wks_trials_join(const wks_trials_plan *plan, const char *journal, const char *const *other, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text header = WKS_TEXT_INIT;
    wks_journal whole = WKS_JOURNAL_INIT, part = WKS_JOURNAL_INIT;

    wks_trials_header(plan, &header);
    if (header.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", journal);
    WKS_TRY(wks_journal_open(journal, header.data, &whole, err));
    for (int32_t i = 0; i < n; i++) {
        WKS_TRY(wks_journal_open(other[i], header.data, &part, err));
        for (size_t k = 0; k < part.n_lines; k++)
            WKS_TRY(wks_journal_append(&whole, part.line[k], err));
        wks_journal_close(&part);
    }
    WKS_TRY(wks_journal_flush(&whole, err));
out:
    wks_journal_close(&part);
    wks_journal_close(&whole);
    wks_text_free(&header);
    return rc;
}

wks_status wks_trials_tidy(const wks_trials_plan *plan, const char *journal, wks_err *err)
{
    wks_text header = WKS_TEXT_INIT;
    wks_status rc;

    wks_trials_header(plan, &header);
    rc = header.failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", journal) : wks_journal_sort(journal, header.data, err);
    wks_text_free(&header);
    return rc;
}
