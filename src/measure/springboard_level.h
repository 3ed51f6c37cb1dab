/* Rows of springboard.h, and of wijkbasisbanen. */
#ifndef WKS_MEASURE_SPRINGBOARD_LEVEL_H
#define WKS_MEASURE_SPRINGBOARD_LEVEL_H

#include "measure/series.h"
#include "measure/springboard.h"
#include "scenario/scenario.h"

/** Appends the city's rows: `springboard` of buurten with much social rent, `springboard_elsewhere` of the others, `jobs_taken`. NaN before the first
 *  whole year and where nobody is. With real people (world.hides_few) a share that tells of few is NaN. */
wks_status wks_springboard_level_city(const wks_scenario *scenario, const wks_world *world, const wks_springboard *springboard,
                                      wks_series *out, wks_err *err);
/** The same by buurt and wijk, where the scenario writes these; vulnerable_stay not below wijk. O(areas + households). */
wks_status wks_springboard_level_areas(const wks_scenario *scenario, const wks_world *world, const wks_springboard *springboard,
                                       wks_series *out, wks_err *err);

#endif
