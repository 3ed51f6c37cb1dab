/* Which households a lever does not touch: the same household in the same replication under two scenarios, its life so far laid side by side at the end of every year
 * (measure/household_life.h). */
#ifndef WKS_STUDY_UNTOUCHED_H
#define WKS_STUDY_UNTOUCHED_H

#include "study/run_pair.h"

extern const char wks_untouched_header[];

/** Writes untouched.csv: for each pair and end of a year how many resident households are there under both, how many of them had the same state at every end of a
 *  year so far (identical, share_identical) and have the same state now (same_now, share_same_now: some grow alike again), and how many are there under one of the two only;
 *  added up over the replications that both have. `area`: empty is the whole city; `inside` and `outside` the areas that the difference between the scenarios names
 *  (target_areas.h), by where it lives in the reference (who is there under the scenario only: there; who has no address: outside). A scenario against itself: shares of exactly 1.
 *  With real people figures are told only when in every replication each part of a cell is ten or more, inside and outside together or neither. The stores must
 *  have followed their households. Reads two files side by side: memory does not grow with households. WKS_ERR_IO when a file is missing or damaged. O(households x years). */
wks_status wks_untouched_write(const char *path, const wks_run_pair *pair, int32_t n, wks_err *err);

#endif
