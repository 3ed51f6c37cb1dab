/* Indicators of the whole city about leefbaarheid: dimensions, classes, spread and clustering of scores over buurten, focus areas. Measured with the buurt tables
 * only (wks_city_level_is_costly). */
#ifndef WKS_MEASURE_SCORE_LEVEL_H
#define WKS_MEASURE_SCORE_LEVEL_H

#include "measure/counts.h"
#include "measure/series.h"
#include "scenario/scenario.h"

#define WKS_SCORE_LEVEL_GAP   "leefbaarheid_gap"
#define WKS_SCORE_LEVEL_NAMED "named"

/** Appends the rows. Classes, sd, clustering and correlation are over the buurten with a published score at tick 0, each counting once, as BZK's figures are:
 *  at tick 0 they are those of the input. NaN: fewer than two such buurten (Moran: three with a place), or nothing varies. Dimensions and gaps are weighted by
 *  households. Areas, not people: nothing is hidden. O(buurten x events). */
wks_status wks_score_level_add(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, wks_series *out,
                               wks_err *err);

/** The gap of the areas that events of a scenario name, those to come included: the one measure of a month that depends on later events. Weighted by households (counts->all). NaN: none is
 *  named, or all. O(buurten x events). */
double wks_score_level_gap_of_named(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts);

#endif
