/* Counts of a finished run at a tick, out of its buurt.csv. */
#ifndef WKS_CLI_MEASURE_RUN_H
#define WKS_CLI_MEASURE_RUN_H

#include "cli/measure_folder.h"

/** Reads the run in `folder` (of a comparison: --scenario) at --tick (default: the last there is) of --replication (default: the first) at --level buurt or
 *  wijk: households by group, a table [group, rest] for each label of `out`. WKS_ERR_USAGE naming what is there. */
wks_status wks_measure_run_read(const char *folder, const wks_options *options, wks_measure_folder *out, wks_err *err);

#endif
