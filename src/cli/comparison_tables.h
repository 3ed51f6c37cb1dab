/* The joint tables of a comparison: what differs in words, summary.csv, contrasts.csv, breakeven.csv. */
#ifndef WKS_CLI_COMPARISON_TABLES_H
#define WKS_CLI_COMPARISON_TABLES_H

#include "cli/comparison.h"

/** Writes differences.txt in the language asked, and in both for a report that is made later in the other one. */
wks_status wks_comparison_tables_differences(const wks_comparison *all, const char *folder, const char *lang, wks_err *err);
/** Writes summary.csv, contrasts.csv, precision.csv (noted in the manifest; what was asked is printed when `is_whole`), with the three theories breakeven.csv, and codebook.csv, losers.csv and
 *  waterbed.csv, and drift.csv in the folder of each run with a run-in, from what the run folders hold. `is_whole`: nothing of the comparison is left to run (study/pair_tables.h). */
wks_status wks_comparison_tables_joint(wks_comparison *all, const char *folder, bool is_whole, wks_err *err);

#endif
