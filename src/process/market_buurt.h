/* Buurten as seekers on the market see them: leefbaarheid, centre, incomes, origins. A part of process market. */
#ifndef WKS_PROCESS_MARKET_BUURT_H
#define WKS_PROCESS_MARKET_BUURT_H

#include "process/market_state.h"

/** Fills one area a buurt, from leefbaarheid of the previous tick and who lives there now; what has no weight in `p` is not counted.
 *  O(households + dwellings). WKS_ERR_NOMEM. */
wks_status wks_market_buurt_areas(wks_tick *tick, const double *p, wks_market_area **out, wks_err *err);

#endif
