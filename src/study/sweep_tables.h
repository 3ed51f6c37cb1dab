/* The tables of a sweep, and its ranking in words. */
#ifndef WKS_STUDY_SWEEP_TABLES_H
#define WKS_STUDY_SWEEP_TABLES_H

#include "base/text.h"
#include "study/sweep.h"

extern const char *const wks_sweep_tables_names[]; /* every table, NULL at the end */

/** design.csv: a column a parameter, a row a point. */
wks_status wks_sweep_tables_design(const wks_sweep *sweep, const char *path, wks_err *err);
void wks_sweep_tables_design_text(const wks_sweep *sweep, wks_text *out);
/** outcomes.csv (means over replications, a row a point in the order of the design; empty unless every replication is defined), outcomes_sd.csv (standard deviation over
 *  replications) and trials.csv (point,replication,status, outcomes; point from 1). The last two with replications only. */
wks_status wks_sweep_tables_outcomes(const wks_sweep *sweep, const char *folder, int32_t first_replication, wks_err *err);
/** sensitivity.csv, variance.csv and main_effects.csv; adds the ranking of every outcome to `out` (for a person). */
wks_status wks_sweep_tables_analysis(const wks_sweep *sweep, const char *folder, wks_text *out, wks_err *err);

#endif
