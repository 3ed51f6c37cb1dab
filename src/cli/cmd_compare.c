#include <stdio.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/check_estimate.h"
#include "cli/commands.h"
#include "cli/comparison_folder.h"
#include "cli/comparison_tables.h"
#include "cli/progress.h"
#include "report/html.h"

static wks_status finish(wks_comparison *all, const wks_options *options, const char *folder, wks_status batch, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_stopped = batch == WKS_ERR_STOPPED;
    wks_problems problems = WKS_PROBLEMS_INIT;

    WKS_TRY(wks_comparison_folder_list(all, err));
    WKS_TRY(wks_comparison_tables_joint(all, folder, !is_stopped, err));
    WKS_TRY(wks_comparison_folder_save(all, folder, is_stopped ? "interrupted" : "complete", err)); /* the report tells what it says */
    if (!is_stopped) WKS_TRY(wks_html_write(folder, options->lang, &problems, err));
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
                                   .report_context = progress};

    const wks_check_estimate estimate = wks_check_estimate_make(all->load, all->n, options->threads);
    wks_check_estimate_warn(&estimate);
    WKS_TRY(wks_comparison_folder_open(all, options, folder, err));
    WKS_TRY(wks_comparison_tables_differences(all, folder, options->lang, err));
    WKS_TRY(wks_comparison_populate(all, options, err));
    batch = wks_batch_run(all->member, all->n, &how, err);
    wks_progress_end(progress);
    if (batch != WKS_OK && batch != WKS_ERR_PARTIAL && batch != WKS_ERR_STOPPED) {
        (void)wks_comparison_folder_save(all, folder, "failed", NULL);
        return batch;
    }
    rc = finish(all, options, folder, batch, &later);
    if (rc == WKS_OK) return batch;
    if (err != NULL) *err = later;
out:
    return rc;
}

wks_status wks_cmd_compare_files(const wks_options *options, const char *const *path, int32_t n, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_comparison all = {.opened = wks_manifest_seconds()};
    wks_progress progress;

    wks_progress_start(&progress, options);
    WKS_TRY(wks_comparison_load(&all, options, path, n, err));
    if (wks_load_goes_on(options)) {
        for (int32_t i = 0; i < all.n; i++)
            WKS_TRY(wks_load_extend(&all.load[i], folder, err));
        if (wks_comparison_folder_is_done(&all, folder)) {
            wks_log_say(WKS_LOG_INFO, "%s is complete: nothing to do", folder);
            printf("%s/report.html\n", folder);
            goto out;
        }
    } else if (wks_file_folder_has_entries(folder) && !options->force) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", folder);
    }
    if (options->dry_run) {
        const wks_scenario *first = &all.load[0].scenario;
        printf("%d scenarios%s, replications %d to %d of %d ticks would be written to %s\n", n,
               all.n_theories == 3   ? " under three theories"
               : all.n_theories == 2 ? " under two theories"
                                     : "",
               first->first_replication, first->first_replication + first->n_replications - 1, first->n_ticks, folder);
        goto out;
    }
    rc = run_all(&all, options, folder, &progress, err);
    if (rc == WKS_OK || rc == WKS_ERR_PARTIAL) printf("%s/report.html\n", folder);
out:
    wks_comparison_free(&all);
    return rc;
}

wks_status wks_cmd_compare_run(const wks_options *options, wks_err *err)
{
    return wks_cmd_compare_files(options, options->argument, options->n_arguments,
                                 options->output == NULL ? "results/compare" : options->output, err);
}
