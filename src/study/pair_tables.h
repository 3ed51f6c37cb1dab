/* The tables of a comparison about who and where: losers.csv, untouched.csv and waterbed.csv. */
#ifndef WKS_STUDY_PAIR_TABLES_H
#define WKS_STUDY_PAIR_TABLES_H

#include "study/run_pair.h"

/** Writes them into `folder` for pairs of scenarios with a city; without a city none. Logs when no pair names areas. With `is_whole` (nothing of the comparison is
 *  left to run) what is kept of single real people is removed, so that it does not go along with the results; a comparison that is extended then runs them again. */
wks_status wks_pair_tables_write(const char *folder, const wks_run_pair *pair, int32_t n, bool is_whole, wks_err *err);

#endif
