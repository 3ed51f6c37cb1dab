/* Indicators of the whole city that follow lives over years: moves by age, tenure and distance, turnover and survival of tenancies, composition. Measured with the buurt
 * tables only (wks_city_level_is_costly): they have many rows and mean little in one month. */
#ifndef WKS_MEASURE_LIFE_LEVEL_H
#define WKS_MEASURE_LIFE_LEVEL_H

#include "measure/flows.h"
#include "measure/mobility.h"
#include "measure/series.h"
#include "measure/tenancy.h"
#include "scenario/scenario.h"

/** Appends the rows. Which rows there are depends on nothing but the selection of indicators. With real people (world.hides_few) what tells of
 *  fewer than ten, or of all but fewer than ten, is NaN; of classes that make a whole all are told or none. */
wks_status wks_life_level_add(const wks_scenario *scenario, const wks_world *world, const wks_mobility *mobility,
                              const wks_tenancy *tenancy, const wks_flows *flows, wks_series *out, wks_err *err);

#endif
