/* Process arrivals: the exchange of households with the rest of the country that keeps the city as it is, from the population at tick 0 alone. Decision 0011. */
#ifndef WKS_PROCESS_ARRIVALS_BALANCE_H
#define WKS_PROCESS_ARRIVALS_BALANCE_H

#include "process/arrivals_state.h"

/** Fills world->balance.{in, out, donor}; needs world->balance.change (process demography). O(households). */
void wks_arrivals_balance_start(wks_tick *tick, const wks_settings *settings);
/** Households that come from the region in a year, all cells together. */
double wks_arrivals_balance_total(const wks_world *world);

#endif
