#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/check_estimate.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/study_folder.h"
#include "study/evaluate.h"
#include "study/sweep_tables.h"

typedef struct wks_cmd_sweep {
    const wks_options *options;
    wks_study study;
    wks_sweep sweep;
    wks_evaluate *evaluate;
    wks_study_folder folder;
    wks_progress progress;
    wks_problems problems;
    bool is_mute; /* merge -q: no ranking in words */
} sweeping;

/* ---- reading ---- */

static wks_status read_study(sweeping *self, wks_err *err)
{
    const wks_options *options = self->options;
    const wks_read_options read = {.set = options->set,
                                   .n_set = options->n_set,
                                   .seed = options->seed,
                                   .seed_population = options->seed_population,
                                   .ticks = options->ticks,
                                   .first_replication = options->first_replication,
                                   .n_replications = options->n_replications};
    return wks_study_file_read(options->argument[0], &read, &self->study, &self->problems, err);
}

static wks_status read_design(sweeping *self, wks_err *err)
{
    const wks_options *options = self->options;
    wks_status rc = WKS_OK;

    if (options->design_in == NULL) return wks_sweep_make(&self->study, &self->sweep, err);
    WKS_TRY(wks_sweep_read(options->design_in, &self->study, &self->sweep, &self->problems, err));
    if (self->study.design.method[0] == '\0')
        WKS_FAIL(err, WKS_ERR_DATA, "%s has no design; expected design = { method = \"...\"; }, which says how --design-in is analysed",
                 self->study.path);
out:
    return rc;
}

/* ---- words ---- */

static int64_t runs_of(const sweeping *self)
{
    int64_t n_scenarios = 0;
    const wks_study *study = &self->study;
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        bool is_needed = false;
        for (int32_t i = 0; i < study->n_outcomes; i++)
            is_needed = is_needed || study->outcome[i].scenario_index == s || (study->outcome[i].is_contrast && s == 0);
        n_scenarios += is_needed;
    }
    return (n_scenarios > 0 ? n_scenarios : 1) * (int64_t)self->sweep.n_points * study->n_replications;
}

static void say_plan(const sweeping *self)
{
    const wks_study *study = &self->study;

    printf("%s: %s of %d parameters, %d points, replications %d to %d: %lld runs", study->name, study->design.method, study->n_parameters,
           self->sweep.n_points, study->first_replication, study->first_replication + study->n_replications - 1, (long long)runs_of(self));
    if (study->ticks > 0) printf(" of %d ticks", study->ticks);
    printf(" would be written to %s\n", self->folder.path);
    for (int32_t p = 0; p < study->n_parameters; p++) {
        int32_t n = 0;
        for (int32_t s = 0; s < study->n_scenarios; s++)
            n += study->parameter[p].is_in[s];
        if (n == study->n_scenarios) continue;
        printf("  %s is a key of", study->parameter[p].name);
        for (int32_t s = 0; s < study->n_scenarios; s++)
            if (study->parameter[p].is_in[s]) printf(" %s", study->scenario_name[s]);
        printf(" only\n");
    }
    wks_check_estimate_study(self->evaluate, (int64_t)self->sweep.n_points * study->n_replications, self->options->threads);
}

static void report_trials(int64_t n_done, int64_t n_failed, int64_t n_jobs, void *context)
{
    const wks_batch_progress state = {
        .n_jobs = n_jobs, .n_done = n_done, .n_failed = n_failed, .n_ticks = n_jobs, .n_ticks_done = n_done + n_failed, .is_study = true};
    wks_progress_report(&state, context);
}

/* ---- running ---- */

static wks_trials_plan plan_of(const sweeping *self)
{
    const wks_study *study = &self->study;
    return (wks_trials_plan){.point = self->sweep.point,
                             .n_points = self->sweep.n_points,
                             .n_parameters = study->n_parameters,
                             .n_outcomes = study->n_outcomes,
                             .first_replication = study->first_replication,
                             .n_replications = study->n_replications,
                             .evaluate = wks_evaluate_trial,
                             .context = self->evaluate,
                             .part = self->options->part,
                             .n_parts = self->options->n_parts,
                             .identity = wks_evaluate_identity(self->evaluate)};
}

static wks_status run_trials(sweeping *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_trials_count count = {0};
    const wks_trials_plan plan = plan_of(self);
    wks_trials_clock clock = {.deadline = wks_progress_rules(&self->progress, self->options).deadline};
    const wks_trials_options how = {.journal = self->folder.journal,
                                    .threads = self->options->threads,
                                    .stop = wks_progress_stop_flag(),
                                    .clock = &clock,
                                    .report = report_trials,
                                    .report_context = &self->progress};

    wks_evaluate_until(self->evaluate, clock.deadline);
    WKS_TRY(wks_sweep_prepare(&self->sweep, self->study.n_replications, err));
    self->sweep.has_trials = true;
    count.is_done = self->sweep.is_done;
    rc = wks_trials_run(&plan, &how, self->sweep.value, &count, err);
    self->folder.manifest.trials_failed = count.n_failed;
    wks_progress_end(&self->progress);
    if (rc != WKS_OK && rc != WKS_ERR_PARTIAL) goto out;
    wks_err later = WKS_ERR_INIT;
    const wks_status tidy = wks_trials_tidy(&plan, self->folder.journal, &later);
    if (tidy != WKS_OK) {
        *err = later;
        rc = tidy;
    }
    wks_sweep_round(&self->sweep);
out:
    return rc;
}

static wks_status write_tables(sweeping *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text words = WKS_TEXT_INIT;

    WKS_TRY(wks_sweep_tables_outcomes(&self->sweep, self->folder.path, self->study.first_replication, err));
    WKS_TRY(wks_sweep_tables_analysis(&self->sweep, self->folder.path, &words, err));
    WKS_TRY(wks_study_folder_codebook(&self->folder, &self->study, wks_sweep_tables_names, err));
    printf("%s\n%s", self->folder.path, words.data == NULL || self->is_mute ? "" : words.data);
out:
    wks_text_free(&words);
    return rc;
}

static wks_status write_design(sweeping *self, const char *path, wks_err *err)
{
    return wks_sweep_tables_design(&self->sweep, path, err);
}

/* The journals of parts together. */
static wks_status join(const sweeping *self, const char *const *piece, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_trials_plan plan = plan_of(self);

    for (int32_t i = 0; i < n; i++) {
        char *journal = wks_file_join(piece[i], "journal");
        const char *const one = journal;
        rc = journal == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path")
                             : wks_trials_join(&plan, self->folder.journal, &one, 1, err);
        free(journal);
        WKS_TRY(rc);
    }
out:
    return rc;
}

/* With pieces: their trials are taken first, what failed there is tried again. */
static wks_status run_all(sweeping *self, const char *const *piece, int32_t n_pieces, wks_err *err)
{
    wks_status rc = WKS_OK, trials = WKS_OK;
    wks_err later = WKS_ERR_INIT;
    char *design = wks_file_join(self->folder.path, "design.csv");

    if (design == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (self->options->results_in != NULL) /* before anything is removed: it may lie in the folder */
        WKS_TRY(wks_sweep_results(self->options->results_in, &self->sweep, &self->problems, err));
    WKS_TRY(wks_study_folder_open(&self->folder, self->options, &self->study, self->evaluate, wks_sweep_tables_names, err));
    WKS_TRY(write_design(self, design, err));
    if (n_pieces > 0) WKS_TRY(join(self, piece, n_pieces, err));
    if (self->options->results_in == NULL) trials = run_trials(self, err);
    if (self->options->n_parts > 1) { /* a part has no tables: merge makes them */
        if (trials == WKS_OK || trials == WKS_ERR_PARTIAL) printf("%s\n", self->folder.path);
    } else if (trials == WKS_OK || trials == WKS_ERR_PARTIAL) {
        rc = write_tables(self, &later);
        if (rc != WKS_OK) {
            *err = later;
            trials = rc;
        }
    }
    rc = trials;
out:
    wks_study_folder_close(&self->folder, wks_sweep_tables_names, rc);
    free(design);
    return rc;
}

static wks_status prepare(sweeping *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_options *options = self->options;

    WKS_TRY(read_study(self, err));
    WKS_TRY(read_design(self, err));
    if (options->design_out != NULL) {
        WKS_TRY(write_design(self, options->design_out, err));
        printf("%s: %d points\n", options->design_out, self->sweep.n_points);
        goto out;
    }
    WKS_TRY(wks_study_folder_init(&self->folder, options, &self->study, err));
    WKS_TRY(wks_evaluate_create(&self->study, options->threads, wks_progress_stop_flag(), &self->evaluate, &self->problems, err));
out:
    return rc;
}

static void release(sweeping *self)
{
    wks_load_print(&self->problems, self->options->quiet);
    wks_problems_free(&self->problems);
    wks_evaluate_destroy(self->evaluate);
    wks_sweep_free(&self->sweep);
    wks_study_folder_free(&self->folder);
    wks_study_file_free(&self->study);
}

static bool has_trials(const sweeping *self)
{
    char *path = wks_file_join(self->folder.path, "trials.csv");
    const bool has = path != NULL && wks_file_exists(path);

    free(path);
    return has;
}

static bool is_done(const sweeping *self)
{
    wks_text design = WKS_TEXT_INIT;
    bool done = false;

    wks_sweep_tables_design_text(&self->sweep, &design);
    if (self->options->results_in == NULL) /* nor what came of results from elsewhere: no trials */
        done = (self->options->n_parts > 1 || has_trials(self)) &&
               wks_study_folder_is_done(&self->folder, self->options, &self->study, self->evaluate, &design);
    wks_text_free(&design);
    return done;
}

wks_status wks_cmd_sweep_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    sweeping self = {.options = options, .problems = WKS_PROBLEMS_INIT};

    wks_progress_start(&self.progress, options);
    if (options->results_in != NULL && options->n_parts > 1)
        WKS_FAIL(err, WKS_ERR_USAGE, "--results-in runs nothing that could be divided; leave --part out (in a Slurm array: --part 1/1)");
    WKS_TRY(prepare(&self, err));
    if (options->design_out != NULL) goto out;
    if (options->dry_run) {
        say_plan(&self);
        goto out;
    }
    if (!is_done(&self)) rc = run_all(&self, NULL, 0, err);
out:
    wks_progress_tell_end(&self.progress, rc);
    release(&self);
    return rc;
}

/* ---- parts ---- */

bool wks_cmd_sweep_is(const char *folder)
{
    wks_manifest manifest = {0};
    const bool is = wks_manifest_read(folder, &manifest, NULL) == WKS_OK && strcmp(manifest.kind, "sweep") == 0;
    wks_manifest_free(&manifest);
    return is;
}

/* Of how many parts a folder says it is one; 0: of none. */
static int32_t parts_of(const char *folder)
{
    wks_manifest manifest = {0};
    const int32_t n = wks_manifest_read(folder, &manifest, NULL) == WKS_OK && strcmp(manifest.kind, "sweep") == 0 ? manifest.block.of : 0;

    wks_manifest_free(&manifest);
    return n > 0 ? n : 0;
}

/* Which of the n parts are not there: the first ones by number. */
static void check_missing(sweeping *self, const char *first, const bool *seen, int32_t n)
{
    enum { MOST = 20 };
    int32_t missing = 0;

    for (int32_t i = 0; i < n; i++) {
        if (seen[i]) continue;
        if (missing++ < MOST)
            wks_problems_error(&self->problems, first, 0, 0, "the others do not join on: part %d of %d is missing", i + 1, n);
    }
    if (missing > MOST) wks_problems_error(&self->problems, first, 0, 0, "%d parts are missing in all", missing);
}

/* A piece is a part of this very study that has ended, and each of the n parts is there once. */
static void check_piece(sweeping *self, const char *folder, const char *first, bool *seen, int32_t n)
{
    wks_manifest manifest = {0};
    char *design = wks_file_join(folder, "design.csv"), *first_design = wks_file_join(first, "design.csv"), here[65] = "", there[65] = "-";

    if (wks_manifest_read(folder, &manifest, NULL) != WKS_OK || strcmp(manifest.kind, "sweep") != 0) {
        wks_problems_error(&self->problems, folder, 0, 0, "this is no part of a sweep");
        goto out;
    }
    if (strcmp(manifest.scenario_hash, wks_evaluate_identity(self->evaluate)) != 0 || design == NULL || first_design == NULL ||
        wks_file_sha256(design, here, NULL) != WKS_OK || wks_file_sha256(first_design, there, NULL) != WKS_OK || strcmp(here, there) != 0)
        wks_problems_error(&self->problems, folder, 0, 0,
                           "another study: scenarios, city, parameters, outcomes, seeds, ticks, design or program differ");
    if (strcmp(manifest.status, "complete") != 0)
        wks_problems_error(&self->problems, folder, 0, 0, "this part is %s; go on with it first: the same command with --resume",
                           manifest.status);
    const wks_manifest_block *block = &manifest.block;
    const bool is_ours = block->of == n && block->number >= 1 && block->number <= n && block->first == self->study.first_replication &&
                         block->n_replications == self->study.n_replications;
    if (block->of < 1) {
        wks_problems_error(&self->problems, folder, 0, 0, "this is a whole study, no part of one");
    } else if (!is_ours) {
        wks_problems_error(&self->problems, folder, 0, 0,
                           "part %d of %d with other replications or another number of parts than %s (of %d)", block->number, block->of,
                           first, n);
    } else if (seen[block->number - 1]) {
        wks_problems_error(&self->problems, folder, 0, 0, "part %d of %d is there twice", block->number, n);
    } else {
        seen[block->number - 1] = true;
    }
out:
    free(design);
    free(first_design);
    wks_manifest_free(&manifest);
}

wks_status wks_cmd_sweep_join(const wks_options *options, int32_t common, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_options own = *options;
    const char *const *piece = options->argument + 1;
    const int32_t n = options->n_arguments - 1;
    sweeping self = {.options = &own, .problems = WKS_PROBLEMS_INIT, .is_mute = options->quiet};
    char *study = wks_file_join(piece[common], "study.cfg"), *design = wks_file_join(piece[common], "design.csv");
    const int32_t n_parts = parts_of(piece[common]);
    bool *seen = wks_mem_array((size_t)n_parts + 1, sizeof *seen);

    wks_progress_start(&self.progress, options);
    if (study == NULL || design == NULL || seen == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    own.argument[0] = study;
    own.n_arguments = 1;
    own.output = options->argument[0];
    own.design_in = design;
    own.part = own.n_parts = 0;
    WKS_TRY(prepare(&self, err));
    for (int32_t i = 0; i < n; i++)
        check_piece(&self, piece[i], piece[common], seen, n_parts);
    if (self.problems.n_errors == 0) check_missing(&self, piece[common], seen, n_parts);
    WKS_TRY(wks_problems_status(&self.problems, err));
    rc = run_all(&self, piece, n, err);
out:
    wks_progress_tell_end(&self.progress, rc);
    release(&self);
    free(study);
    free(design);
    free(seen);
    return rc;
}
