#include <stdio.h>

#include "base/file.h"
#include "base/log.h"
#include "base/machine.h"
#include "cli/branching.h"
#include "cli/check_estimate.h"
#include "cli/commands.h"
#include "cli/comparison_folder.h"
#include "cli/comparison_tables.h"
#include "cli/part.h"
#include "cli/progress.h"
#include "cli/until_precise.h"
#include "output/seal.h"
#include "report/html.h"
#include "scenario/outcomes.h"

/* Joint tables, as they are when the comparison ends: what verify holds them against. */
static const char *const joint[] = {
    "summary.csv",  "contrasts.csv", "precision.csv",   "breakeven.csv",      "effects.csv",        "losers.csv", "untouched.csv",
    "waterbed.csv", "codebook.csv",  "differences.txt", "differences.nl.txt", "differences.en.txt", NULL};

wks_status wks_cmd_compare_finish(wks_comparison *all, const wks_options *options, const char *folder, bool is_stopped, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_part = all->load[0].block.of > 0; /* what is told of all replications waits for merge */
    wks_problems problems = WKS_PROBLEMS_INIT;

    WKS_TRY(wks_comparison_folder_list(all, err));
    if (!is_part) WKS_TRY(wks_comparison_tables_joint(all, folder, !is_stopped, err));
    if (!is_part) WKS_TRY(wks_seal_files(folder, joint, &all->manifest, err));
    WKS_TRY(wks_comparison_folder_save(all, folder, is_stopped ? "interrupted" : "complete", err)); /* the report tells what it says */
    if (!is_stopped && !is_part) WKS_TRY(wks_html_write(folder, options->lang, &problems, err));
out:
    if (rc != WKS_OK) (void)wks_comparison_folder_save(all, folder, "failed", NULL);
    wks_load_print(&problems, options->quiet);
    wks_problems_free(&problems);
    return rc;
}

static wks_status run_all(wks_comparison *all, const wks_options *options, const char *folder, wks_progress *progress, wks_err *err)
{
    wks_status rc = WKS_OK, batch;
    wks_err later = WKS_ERR_INIT;
    const wks_batch_options how = {.threads = options->threads,
                                   .verify = options->verify,
                                   .stop = wks_progress_stop_flag(),
                                   .report = wks_progress_report,
                                   .report_context = progress,
                                   .pausing = wks_progress_rules(progress, options)};

    const wks_check_estimate estimate = wks_check_estimate_make(all->load, all->n, options->threads);
    wks_check_estimate_warn(&estimate);
    WKS_TRY(wks_comparison_folder_open(all, options, folder, err));
    WKS_TRY(wks_comparison_tables_differences(all, folder, options->lang, err));
    WKS_TRY(wks_comparison_populate(all, options, err));
    wks_branching_plan(all, options);
    wks_until_precise until = {all->load, all->member, all->n, all->n_scenarios, all->first_batch, options->first_replication >= 0};
    batch = wks_until_precise_run(&until, &how, err);
    wks_progress_end(progress);
    all->manifest.replications_asked = all->load[0].scenario.n_replications;
    if (batch != WKS_OK && batch != WKS_ERR_PARTIAL && batch != WKS_ERR_STOPPED && batch != WKS_ERR_PRECISION) {
        (void)wks_comparison_folder_save(all, folder, "failed", NULL);
        return batch;
    }
    rc = wks_cmd_compare_finish(all, options, folder, batch == WKS_ERR_STOPPED, &later);
    if (rc == WKS_OK) return batch;
    if (err != NULL) *err = later;
out:
    return rc;
}

static void say_where(const wks_comparison *all, const char *folder)
{
    printf(all->load[0].block.of > 0 ? "%s\n" : "%s/report.html\n", folder);
}

static void say_plan(const wks_comparison *all, const char *folder)
{
    const wks_scenario *first = &all->load[0].scenario;
    const char *theories = all->n_theories == 3 ? " under three theories" : all->n_theories == 2 ? " under two theories" : "";

    printf("%d scenarios%s, ", all->n_scenarios, theories);
    if (first->n_replications == 0) {
        printf("no replications (there are more parts than replications) would be written to %s\n", folder);
        return;
    }
    printf("replications %d to %d of %d ticks would be written to %s\n", first->first_replication,
           first->first_replication + first->n_replications - 1, first->n_ticks, folder);
}

wks_status wks_cmd_compare_files(const wks_options *options, const char *const *path, int32_t n, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_comparison all = {.opened = wks_machine_seconds()};
    wks_progress progress;

    wks_progress_start(&progress, options);
    WKS_TRY(wks_comparison_load(&all, options, path, n, err));
    for (int32_t i = 0; i < all.n; i++)
        wks_part_narrow(options, &all.load[i]);
    if (wks_load_goes_on(options)) {
        for (int32_t i = 0; i < all.n; i++)
            WKS_TRY(wks_load_extend(&all.load[i], folder, err));
        if (options->first_replication < 0) wks_until_precise_complete(all.load, all.n, all.first_batch);
        if (wks_comparison_folder_is_done(&all, folder) &&
            wks_until_precise_is_done(all.load, folder, (const char *const *)all.part, all.n, options->first_replication >= 0, &rc, err)) {
            wks_log_say(WKS_LOG_INFO, "%s is complete: nothing to do", folder);
            say_where(&all, folder);
            goto out;
        }
    } else if (wks_store_is_used(folder) && !options->force) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", folder);
    }
    if (options->dry_run) {
        say_plan(&all, folder);
        const wks_scenario *first = &all.load[0].scenario;
        if (wks_outcomes_ask_precision(first) && options->first_replication < 0)
            printf("more would be added until the half-widths asked are reached, at most %d replications\n",
                   first->precision.max_replications);
        if (wks_load_goes_on(options)) WKS_TRY(wks_comparison_folder_plan(&all, folder, err));
        goto out;
    }
    rc = run_all(&all, options, folder, &progress, err);
    if (rc == WKS_OK || rc == WKS_ERR_PARTIAL || rc == WKS_ERR_PRECISION) say_where(&all, folder);
out:
    wks_progress_tell_end(&progress, rc);
    wks_comparison_free(&all);
    return rc;
}

wks_status wks_cmd_compare_run(const wks_options *options, wks_err *err)
{
    wks_text folder = WKS_TEXT_INIT;
    wks_status rc = wks_part_folder(options, "results/compare", &folder, err);

    if (rc == WKS_OK) rc = wks_cmd_compare_files(options, options->argument, options->n_arguments, folder.data, err);
    wks_text_free(&folder);
    return rc;
}
