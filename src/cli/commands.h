/* The table of subcommands, and one function each; files cmd_<command>.c. */
#ifndef WKS_CLI_COMMANDS_H
#define WKS_CLI_COMMANDS_H

#include "cli/options.h"

/** Every command, in the order in which help lists them. */
extern const wks_command wks_commands_table[];
extern const int wks_commands_count;

wks_status wks_cmd_calibrate_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_check_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_compare_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_demo_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_describe_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_export_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_explain_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_manual_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_measure_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_merge_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_report_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_run_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_show_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_show_diff(const wks_options *options, wks_err *err);
wks_status wks_cmd_sweep_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_synth_run(const wks_options *options, wks_err *err);
wks_status wks_cmd_verify_run(const wks_options *options, wks_err *err);

/** Tables over the replications of a run: with a run-in drift.csv; when half-widths of means are asked precision.csv, the manifest and a table on standard
 *  output. */
struct wks_load;
struct wks_store;
wks_status wks_cmd_run_tables(const struct wks_load *load, struct wks_store *store, bool prints, wks_err *err);
/** Lists the replications of a comparison that ran, and writes its joint tables and, unless it was stopped, its report; of a part only the list. */
struct wks_comparison;
wks_status wks_cmd_compare_finish(struct wks_comparison *all, const wks_options *options, const char *folder, bool is_stopped,
                                  wks_err *err);
/** Compares scenario files and writes the joint tables and the report into `folder`: what compare and demo share. */
wks_status wks_cmd_compare_files(const wks_options *options, const char *const *path, int32_t n, const char *folder, wks_err *err);

/** Whether a folder holds a sweep or a part of one; and joins such parts into argument 0, by what folder `common` of the others says: what merge does with them. */
bool wks_cmd_sweep_is(const char *folder);
wks_status wks_cmd_sweep_join(const wks_options *options, int32_t common, wks_err *err);

/** Replaces this program by wijksim-import beside it; returns only on failure. */
wks_status wks_cmd_import_exec(int argc, char **argv, wks_err *err);

#endif
