/* Rows of the growth of groups, split into moves, onset in place, recovery and households formed or ended (growth.h). */
#ifndef WKS_MEASURE_GROWTH_LEVEL_H
#define WKS_MEASURE_GROWTH_LEVEL_H

#include "measure/growth.h"
#include "measure/series.h"

/* The column group for households with any vulnerability, beside the groups of the scenario. */
#define WKS_GROWTH_LEVEL_ANY "any_vulnerability"

/** Appends the city's rows. NaN before the first month. With real people (world.hides_few) a group's five figures are told or hidden together: the last
 *  would follow from the others and its numbers. */
wks_status wks_growth_level_city(const wks_scenario *scenario, const wks_world *world, const wks_growth *growth, wks_series *out,
                                 wks_err *err);
/** Appends those of every buurt, when the scenario asks for buurten. Of wijken there are none: moves within a wijk are no growth of it. */
wks_status wks_growth_level_buurten(const wks_scenario *scenario, const wks_world *world, const wks_growth *growth, wks_series *out,
                                    wks_err *err);

#endif
