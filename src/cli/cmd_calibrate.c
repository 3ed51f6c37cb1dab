#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "cli/check_estimate.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/study_folder.h"
#include "study/calibrate_tables.h"

typedef struct calibration {
    const wks_options *options;
    wks_study study;
    wks_evaluate *evaluate;
    wks_study_folder folder;
    wks_progress progress;
    int64_t n_before, n_total; /* trials of earlier batches; about how many there will be */
} calibration;

/* Trials come in batches whose number is not known before. */
static void report(int64_t n_done, int64_t n_failed, int64_t n_jobs, void *context)
{
    calibration *self = context;
    const int64_t done = self->n_before + n_done, total = self->n_total > done ? self->n_total : done + 1;
    const wks_batch_progress state = {
        .n_jobs = total, .n_done = done, .n_failed = n_failed, .n_ticks = total, .n_ticks_done = done, .is_study = true};

    wks_progress_report(&state, &self->progress);
    if (n_done == n_jobs) self->n_before = done;
}

/* A parameter of something else than a process stays in the study: the key `members` of a scenario cannot carry it. */
static void warn_of_paths(const wks_study *study)
{
    for (int32_t i = 0; i < study->n_parameters; i++) {
        if (study->function[0] != '\0' || strncmp(study->parameter[i].path, "processes.", 10) == 0) continue;
        wks_log_say(WKS_LOG_WARNING,
                    "%s is no parameter of a process: members.csv tells it, but the key members of a scenario cannot carry it",
                    study->parameter[i].path);
    }
}

static bool can_be_carried(const wks_study *study)
{
    for (int32_t i = 0; i < study->n_parameters; i++) {
        if (strncmp(study->parameter[i].path, "processes.", 10) != 0) return false;
    }
    return study->function[0] == '\0';
}

static void say_plan(const calibration *self)
{
    const wks_study *study = &self->study;

    printf("%s: %s, at most %d points of %d replications in %d scenarios, would be written to %s\n", study->name, study->calibration.method,
           (int)wks_calibrate_budget(study), (int)study->n_replications, (int)study->n_scenarios, self->folder.path);
    wks_check_estimate_study(self->evaluate, (int64_t)wks_calibrate_budget(study) * study->n_replications, self->options->threads);
}

static wks_status tell(const wks_calibrate *result, const calibration *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;

    WKS_TRY(wks_calibrate_tables_write(result, self->folder.path, err));
    WKS_TRY(wks_study_folder_codebook(&self->folder, &self->study, wks_calibrate_tables_files, err));
    WKS_TRY(wks_calibrate_tables_print(result, &text, err));
    printf("%s\n%s\n", text.data, self->folder.path);
    if (can_be_carried(&self->study) && result->kind != WKS_CALIBRATE_BEST && result->n_members > 0)
        printf("Carry the set into a comparison: wijksim compare BASE ALT... --set members=%s/members.csv\n", self->folder.path);
out:
    wks_text_free(&text);
    return rc;
}

static wks_status fit(calibration *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err later = WKS_ERR_INIT;
    wks_calibrate result = {0};
    wks_trials_clock clock = {.deadline = wks_progress_rules(&self->progress, self->options).deadline};
    const wks_calibrate_options options = {
        .evaluate = wks_evaluate_trial,
        .context = self->evaluate,
        .identity = wks_evaluate_identity(self->evaluate),
        .trials = {.journal = self->folder.journal,
                   .threads = self->options->threads,
                   .stop = wks_progress_stop_flag(),
                   .clock = &clock,
                   .report = report,
                   .report_context = self},
    };

    wks_evaluate_until(self->evaluate, clock.deadline);
    self->n_total = (int64_t)wks_calibrate_budget(&self->study) * self->study.n_replications;
    rc = wks_calibrate_run(&self->study, &options, &result, err);
    wks_progress_end(&self->progress);
    self->folder.manifest.trials_failed = result.n_failed;
    if (rc == WKS_OK || rc == WKS_ERR_PARTIAL) {
        const wks_status told = tell(&result, self, &later);
        if (told != WKS_OK) {
            if (err != NULL) *err = later;
            rc = told;
        }
    }
    wks_calibrate_free(&result);
    return rc;
}

static wks_status read_study(calibration *self, const wks_options *options, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    const wks_read_options read = {.set = options->set,
                                   .n_set = options->n_set,
                                   .seed = options->seed,
                                   .seed_population = options->seed_population,
                                   .first_replication = options->first_replication,
                                   .n_replications = options->n_replications,
                                   .ticks = options->ticks};
    const wks_status rc = wks_study_file_read(options->argument[0], &read, &self->study, &problems, err);

    wks_load_print(&problems, options->quiet);
    wks_problems_free(&problems);
    return rc;
}

static wks_status run_all(calibration *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;

    rc = wks_evaluate_create(&self->study, self->options->threads, wks_progress_stop_flag(), &self->evaluate, &problems, err);
    wks_load_print(&problems, self->options->quiet);
    wks_problems_free(&problems);
    if (rc == WKS_OK && self->options->dry_run) {
        say_plan(self);
        return rc;
    }
    if (rc != WKS_OK || wks_study_folder_is_done(&self->folder, self->options, &self->study, self->evaluate, NULL)) return rc;
    rc = wks_study_folder_open(&self->folder, self->options, &self->study, self->evaluate, wks_calibrate_tables_files, err);
    if (rc == WKS_OK) rc = fit(self, err);
    wks_study_folder_close(&self->folder, wks_calibrate_tables_files, rc);
    return rc;
}

wks_status wks_cmd_calibrate_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    calibration self = {.options = options};

    wks_progress_start(&self.progress, options);
    WKS_TRY(read_study(&self, options, err));
    WKS_TRY(wks_calibrate_ready(&self.study, err)); /* before a folder is made */
    WKS_TRY(wks_study_folder_init(&self.folder, options, &self.study, err));
    self.folder.kind = "calibrate";
    if (!options->quiet) warn_of_paths(&self.study);
    rc = run_all(&self, err);
out:
    wks_progress_tell_end(&self.progress, rc);
    wks_evaluate_destroy(self.evaluate);
    wks_study_folder_free(&self.folder);
    wks_study_file_free(&self.study);
    return rc;
}
