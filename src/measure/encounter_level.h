/* Indicators of encounter: light contacts and loneliness of the city by group and of wijken, gemengd wonen and what it costs the regular queue. */
#ifndef WKS_MEASURE_ENCOUNTER_LEVEL_H
#define WKS_MEASURE_ENCOUNTER_LEVEL_H

#include "measure/series.h"
#include "measure/window.h"
#include "scenario/scenario.h"
#include "world/world.h"

/** Appends the rows of city.csv. Which rows there are depends on nothing but the selection of indicators and the groups. With real people
 *  (world.hides_few) what tells of fewer than ten, or of all but fewer than ten, is NaN. O(households). */
wks_status wks_encounter_level_city(const wks_scenario *scenario, const wks_world *world, const wks_window *window, wks_series *out,
                                    wks_err *err);
/** Appends the rows of buurt.csv: light contacts of buurten and wijken, loneliness of wijken only, as of other troubles of health. */
wks_status wks_encounter_level_areas(const wks_scenario *scenario, const wks_world *world, wks_series *out, wks_err *err);

#endif
