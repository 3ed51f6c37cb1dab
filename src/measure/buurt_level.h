/* Indicators per buurt and per wijk. */
#ifndef WKS_MEASURE_BUURT_LEVEL_H
#define WKS_MEASURE_BUURT_LEVEL_H

#include "measure/counts.h"
#include "measure/series.h"
#include "scenario/scenario.h"

/** Appends the rows of all buurten (and wijken when the scenario asks for them). Groups with origin or with vulnerability are shares like others; what
 *  may be shown per buurt is decided where it is shown. */
wks_status wks_buurt_level_add(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, const wks_window *window,
                               wks_series *out, wks_err *err);

#endif
