/* Which indicators a scenario asks for, and the table of all there are. */
#ifndef WKS_MEASURE_SELECTION_H
#define WKS_MEASURE_SELECTION_H

#include "scenario/scenario.h"

/** True when the scenario lists no indicators or lists this one. */
bool wks_selection_has(const wks_scenario *scenario, const char *indicator);

#endif
