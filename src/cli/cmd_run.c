#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/check_estimate.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/part.h"
#include "cli/plan.h"
#include "cli/progress.h"
#include "cli/until_precise.h"
#include "output/seal.h"
#include "scenario/model.h"
#include "scenario/outcomes.h"
#include "study/drift.h"

static wks_status write_precision(const wks_matrix *matrix, const wks_compare_options *how, const wks_scenario *scenario, wks_store *store,
                                  bool prints, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_compare_set set = {NULL, &matrix, 1};
    wks_precision_line *line = NULL;
    size_t n = 0;
    char *path = wks_file_join(store->folder, "precision.csv");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_precision_file_lines(&set, 1, how, scenario->precision.look_ahead, &line, &n, err));
    WKS_TRY(wks_precision_file_write(path, line, n, err));
    wks_until_precise_note(line, n, &store->manifest);
    WKS_TRY(wks_manifest_write(&store->manifest, store->folder, err));
    if (prints) wks_until_precise_print(line, n);
out:
    free(line);
    free(path);
    return rc;
}

/* Whether a run has tables over its replications beside its own. */
static bool asks_tables(const wks_scenario *scenario)
{
    return wks_outcomes_ask_precision(scenario) || (scenario->model.warmup > 0 && wks_model_has_city(scenario));
}

/* What an earlier session was asked and this one is not. */
static wks_status remove_unasked(const wks_scenario *scenario, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *precision = wks_file_join(folder, "precision.csv");

    if (precision == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_outcomes_ask_precision(scenario)) WKS_TRY(wks_file_remove(precision, err));
    WKS_TRY(wks_drift_tidy(folder, scenario, err));
out:
    free(precision);
    return rc;
}

static const char *const over_replications[] = {"precision.csv", "drift.csv", NULL};

wks_status wks_cmd_run_tables(const struct wks_load *load, struct wks_store *store, bool prints, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &load->scenario;
    const wks_compare_options how = {wks_declared_of(scenario), scenario->catalogue, 1};
    wks_matrix matrix = {0};

    WKS_TRY(remove_unasked(scenario, store->folder, err));
    if (!asks_tables(scenario)) return WKS_OK;
    WKS_TRY(wks_matrix_read(store->folder, &matrix, err));
    if (load->city.own.is_there) wks_matrix_hide_partial(&matrix);
    matrix.theory = wks_scenario_choice(scenario, "neighbourhood", "theory");
    if (wks_outcomes_ask_precision(scenario)) WKS_TRY(write_precision(&matrix, &how, scenario, store, prints, err));
    WKS_TRY(wks_drift_write(store->folder, scenario, &matrix, &how.declared, err));
    WKS_TRY(wks_seal_more(store->folder, over_replications, &store->manifest, err));
    WKS_TRY(wks_manifest_write(&store->manifest, store->folder, err));
out:
    wks_matrix_free(&matrix);
    return rc;
}

static bool is_whole(wks_status rc)
{
    return rc == WKS_OK || rc == WKS_ERR_PARTIAL || rc == WKS_ERR_PRECISION;
}

static wks_status run_loaded(wks_load *load, int32_t first_batch, const wks_options *options, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world population;
    wks_store store = {0};
    wks_progress progress;
    const wks_store_options how = {wks_load_goes_on(options), options->force, options->command, options->threads, false, load->block};

    wks_world_init(&population);
    const wks_check_estimate estimate = wks_check_estimate_make(load, 1, options->threads);
    wks_check_estimate_warn(&estimate);
    wks_progress_start(&progress, options);
    if (!wks_store_is_used(folder) || how.resume || how.force) WKS_TRY(wks_part_claim(folder, &load->block, how.force, err));
    WKS_TRY(wks_store_open(folder, &load->scenario, &load->city, &how, &store, err));
    WKS_TRY(wks_err_context(err, wks_load_population(load, options->threads, &population, NULL, err), "synthetic population of %s",
                            load->city.name));
    const wks_batch_options batch = {.threads = options->threads,
                                     .verify = options->verify,
                                     .stop = wks_progress_stop_flag(),
                                     .report = wks_progress_report,
                                     .report_context = &progress,
                                     .pausing = wks_progress_rules(&progress, options)};
    wks_batch_member member = {.scenario = &load->scenario, .population = &population, .store = &store, .take = &population};
    wks_until_precise until = {load, &member, 1, 1, first_batch, options->first_replication >= 0};
    rc = wks_until_precise_run(&until, &batch, err);
    wks_progress_end(&progress);
    if (is_whole(rc) && load->block.of == 0) {
        wks_err own = WKS_ERR_INIT;
        const wks_status told = wks_cmd_run_tables(load, &store, true, &own);
        if (told != WKS_OK) {
            *err = WKS_ERR_INIT;
            WKS_FAIL(err, told, "%s", own.message);
        }
    }
    if (is_whole(rc)) printf("%s\n", folder);
out:
    wks_progress_tell_end(&progress, rc);
    wks_store_close(&store);
    wks_world_free(&population);
    return rc;
}

/* What --dry-run says; an existing folder is told as in earnest. */
static wks_status say_plan(const wks_load *load, const wks_options *options, const char *folder, wks_err *err)
{
    const wks_scenario *scenario = &load->scenario;

    if (wks_store_is_used(folder) && !options->force && !wks_load_goes_on(options)) {
        return wks_err_set(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force",
                           folder);
    }
    if (scenario->n_replications == 0) {
        printf("%s: no replications (there are more parts than replications) would be written to %s\n", scenario->name, folder);
        return WKS_OK;
    }
    printf("%s: replications %d to %d of %d ticks would be written to %s\n", scenario->name, scenario->first_replication,
           scenario->first_replication + scenario->n_replications - 1, scenario->n_ticks, folder);
    if (wks_outcomes_ask_precision(scenario) && options->first_replication < 0)
        printf("more would be added until the half-widths asked are reached, at most %d replications\n",
               scenario->precision.max_replications);
    return wks_load_goes_on(options) ? wks_plan_print(folder, load, NULL, false, err) : WKS_OK;
}

wks_status wks_cmd_run_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_load load = {0};
    wks_text folder = WKS_TEXT_INIT, name = WKS_TEXT_INIT;

    WKS_TRY(wks_load_scenario(options->argument[0], options, &load, err));
    wks_part_narrow(options, &load);
    wks_text_addf(&name, "results/%s", load.scenario.name);
    if (name.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_part_folder(options, name.data, &folder, err));
    const int32_t first_batch = load.scenario.n_replications;
    if (wks_load_goes_on(options)) {
        WKS_TRY(wks_load_extend(&load, folder.data, err));
        if (options->first_replication < 0) wks_until_precise_complete(&load, 1, first_batch);
        if (wks_store_is_done(folder.data, &load.scenario, &load.city) &&
            wks_until_precise_is_done(&load, folder.data, NULL, 0, options->first_replication >= 0, &rc, err)) {
            wks_log_say(WKS_LOG_INFO, "%s is complete: nothing to do", folder.data);
            printf("%s\n", folder.data);
            goto out;
        }
    }
    if (options->dry_run) {
        WKS_TRY(say_plan(&load, options, folder.data, err));
        goto out;
    }
    rc = run_loaded(&load, first_batch, options, folder.data, err);
out:
    wks_text_free(&name);
    wks_text_free(&folder);
    wks_load_free(&load);
    return rc;
}
