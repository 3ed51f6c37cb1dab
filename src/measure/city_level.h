/* Indicators of the whole city. */
#ifndef WKS_MEASURE_CITY_LEVEL_H
#define WKS_MEASURE_CITY_LEVEL_H

#include "measure/counts.h"
#include "measure/series.h"
#include "scenario/scenario.h"

/** True at the ticks of the buurt tables, at which indicators that cost more are measured: rent burden, scores, flows between buurten. */
bool wks_city_level_is_costly(const wks_scenario *scenario, int32_t tick);

/** Appends the city's rows of this tick. Which rows there are depends on the scenario and the tick only, never on the state. */
wks_status wks_city_level_add(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, const wks_window *window,
                              wks_series *out, wks_err *err);

#endif
