/* What became of households with notice of demolition or renovation, since the start of the run. */
#ifndef WKS_MEASURE_REHOUSING_H
#define WKS_MEASURE_REHOUSING_H

#include "measure/series.h"
#include "scenario/scenario.h"
#include "world/world.h"

/** City: displaced (demolition) and renovation by state, return_rights by what became of them: counts of cases, so their sums are all households that
 *  got notice. Untold (NaN) when few. O(cases). */
wks_status wks_rehousing_city(const wks_scenario *scenario, const wks_world *world, wks_series *out, wks_err *err);
/** Demolition by buurt: households that had to leave it (from) and those that found a lasting home in it (to), the ones from there included. Arrays of
 *  buurten, zeroed here. O(cases + buurten). */
void wks_rehousing_buurten(const wks_world *world, double *from, double *to);

#endif
