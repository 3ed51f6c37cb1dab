/* Indicators of support: hours asked, staffed and needed, what part of need is known and met, cases and who waits. By group and by kind of work at the ticks of
 * the buurt tables only (wks_city_level_is_costly). */
#ifndef WKS_MEASURE_SUPPORT_LEVEL_H
#define WKS_MEASURE_SUPPORT_LEVEL_H

#include "measure/series.h"
#include "measure/window.h"
#include "scenario/scenario.h"
#include "world/world.h"

/* Households with need for support that have a home of their own. Need in tenths of an hour a week. */
typedef struct wks_support_level_facts {
    int64_t n, n_known, n_cases;
    int64_t need, known, met;
} wks_support_level_facts;

/** By group of the scenario (bits of household.groups) and, in the last slot, of everybody. O(households). */
void wks_support_level_facts_of(const wks_world *world, wks_support_level_facts out[WKS_WINDOW_GROUPS]);

/** Appends the city's rows. `sum`: facts of this tick. Shares are NaN without need. With real people (world.hides_few) what tells of fewer than ten households, or of all but fewer
 *  than ten, is NaN; hours of staff are no people. */
wks_status wks_support_level_city(const wks_scenario *scenario, const wks_world *world,
                                  const wks_support_level_facts sum[WKS_WINDOW_GROUPS], wks_series *out, wks_err *err);
/** Appends the rows of buurten and wijken, as the scenario asks: hours needed and given. */
wks_status wks_support_level_areas(const wks_scenario *scenario, const wks_world *world, wks_series *out, wks_err *err);

#endif
