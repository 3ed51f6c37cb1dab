/* In which order the processes of one month run: that of the registry, or with the market before allocation. */
#ifndef WKS_PROCESS_TICK_ORDER_H
#define WKS_PROCESS_TICK_ORDER_H

#include "process/tick.h"

/** Fills order[0..n) with the indices of the `n` processes `spec` in the order of this month: with probability processes.market.first, drawn by the month
 *  alone (the same in all scenarios of a replication), the market takes the place just before allocation. */
void wks_tick_order(const wks_tick *tick, const wks_spec *const *spec, int32_t n, int32_t *order);

#endif
