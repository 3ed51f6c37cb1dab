/* Segregation in the run: indices of src/segregation on the households of every measured group, and of attributes, at four scales. */
#ifndef WKS_MEASURE_SEGREGATION_LEVEL_H
#define WKS_MEASURE_SEGREGATION_LEVEL_H

#include "measure/counts.h"
#include "measure/profile.h"
#include "measure/series.h"

typedef struct wks_segregation_level wks_segregation_level; /* opaque: what is wanted, tables reused from tick to tick */
wks_status wks_segregation_level_create(const wks_scenario *scenario, wks_segregation_level **out, wks_err *err);
void wks_segregation_level_destroy(wks_segregation_level *level);

/** True at the first and the last tick and every output.segregation_every ticks (0: output.buurt_every): all indices at all scales. At other ticks D, H
 *  and xPx by buurt and wijk only. */
bool wks_segregation_level_is_due(const wks_scenario *scenario, int32_t tick);

/** Appends the rows of this tick: what the scenario selects only, and nothing is computed for what it does not. Groups against all others; `group` is an
 *  attribute (wks_profile_kind_name) in rows of all its categories together. Which rows there are depends on the scenario and the tick only.
 *  Of real people (world.hides_few) NaN unless the group and the rest are ten or more; of an attribute, unless that holds for every category.
 *  The same bytes for any number of threads and row order. O(buurten * groups); when due wks_profile_take, O(areas log areas) a group and scale, and
 *  O(buurten^2) for the kernel. */
wks_status wks_segregation_level_add(wks_segregation_level *level, const wks_world *world, const wks_counts *counts, wks_series *out,
                                     wks_err *err);

#endif
