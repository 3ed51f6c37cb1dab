/* Informal carrying capacity: what residents can give neighbours, derived from traits. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_CAPACITY_H
#define WKS_PROCESS_SUPPORT_CAPACITY_H

#include "process/support_state.h"

/** Thousandths of an hour a week of one adult, by age of the oldest (below 70, 70 to 79, 80 and over), work, and carrier in gemengd wonen. */
void wks_support_capacity_table(const double *p, int32_t out[3][2][2]);
/** What a household gives: 0 unless it has a home, is settled and has no needs of its own. O(1). */
int32_t wks_support_capacity_of(const wks_support_pass *pass, int32_t household_row);
/** The same of one that has a home and no needs (no trait of WKS_SUPPORT_NEEDS). O(1). */
int32_t wks_support_capacity_here(const wks_support_pass *pass, int32_t household_row);

#endif
