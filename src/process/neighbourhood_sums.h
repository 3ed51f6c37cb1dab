/* Who lives in a buurt and what stands there, added up: a part of process neighbourhood. */
#ifndef WKS_PROCESS_NEIGHBOURHOOD_SUMS_H
#define WKS_PROCESS_NEIGHBOURHOOD_SUMS_H

#include "process/neighbourhood_state.h"

/** Sums of every buurt, in a buffer of the tick that lasts until they are asked for again. O(households + dwellings); parallel. WKS_ERR_NOMEM. */
wks_status wks_neighbourhood_sums_take(wks_tick *tick, const wks_neighbourhood_sums **out, wks_err *err);

/** v of docs/odd.md: vulnerable households as a share of all, one whose need is met counting for 1 - support_effect. 0 without households. */
double wks_neighbourhood_sums_weighted(const wks_world *world, const double *p, const wks_neighbourhood_sums *sum, int32_t buurt_row);

#endif
