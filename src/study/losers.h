/* Who is better off and who is worse off: the same households in the same replications under two scenarios, outcome by outcome (measure/household_fate.h). */
#ifndef WKS_STUDY_LOSERS_H
#define WKS_STUDY_LOSERS_H

#include "study/run_pair.h"

extern const char wks_losers_header[];

/** Writes losers.csv: for each pair, group and outcome how many households are better off, equal and worse off, added up over the replications that both
 *  have; better + equal + worse = n. `group`: measured groups of the reference, as it was there when first seen; empty is everybody. Rows only_reference and
 *  only_scenario count households that exist in one of the two only (n; group everybody for the latter). With real people a row is told only when in every replication
 *  each of its three cells is ten or more, and what it leaves of everybody's too. The stores of the pairs must have followed their households. Reads two files side by side: memory does not grow with households.
 *  WKS_ERR_IO when a file is missing or damaged. O(households x groups x outcomes) a replication. */
wks_status wks_losers_write(const char *path, const wks_run_pair *pair, int32_t n, wks_err *err);

#endif
