/* The folder of a comparison: its manifest, what an earlier one left there, the run folders inside. */
#ifndef WKS_CLI_COMPARISON_FOLDER_H
#define WKS_CLI_COMPARISON_FOLDER_H

#include "cli/comparison.h"

/** Opens the folder and the run folders in it: new or empty, with --force after what an earlier comparison left is removed, else it must be the same
 *  comparison, which then goes on (WKS_ERR_USAGE otherwise). */
wks_status wks_comparison_folder_open(wks_comparison *all, const wks_options *options, const char *folder, wks_err *err);
/** Removes what a comparison or a run left in the folder, its scenario folders included; other files stay. */
wks_status wks_comparison_folder_empty(const char *folder, wks_err *err);
/** The same, and removes the folder itself unless something else is in it. */
wks_status wks_comparison_folder_discard(const char *folder, wks_err *err);
/** Prints what --resume would go on with in each run folder; nothing when there is none yet. Errors as those of open. */
wks_status wks_comparison_folder_plan(const wks_comparison *all, const char *folder, wks_err *err);
/** True when the folder holds this very comparison, complete and with its report: nothing is left to do. */
bool wks_comparison_folder_is_done(const wks_comparison *all, const char *folder);
/** Lists in the manifest which replications are whole: those that every run has. */
wks_status wks_comparison_folder_list(wks_comparison *all, wks_err *err);
/** Writes the manifest with that status. */
wks_status wks_comparison_folder_save(wks_comparison *all, const char *folder, const char *status, wks_err *err);

#endif
