/* The stigma of a designation: a part of process neighbourhood. It acts on prices and choice (process market) and refusals (process allocation). */
#ifndef WKS_PROCESS_NEIGHBOURHOOD_STIGMA_H
#define WKS_PROCESS_NEIGHBOURHOOD_STIGMA_H

#include "process/neighbourhood_state.h"

/** While designated, by an event `designate` or by Wbmgp 8, 9 or 10 in the rule set in force, a buurt has the stigma of that level; afterwards it fades by
 *  stigma_fade a month. O(buurten x parts). */
void wks_neighbourhood_stigma_month(wks_tick *tick, const double *p);

#endif
