/* Plans into the world's tables, through the world's own verbs. */
#ifndef WKS_CITY_SYNTH_WORLD_H
#define WKS_CITY_SYNTH_WORLD_H

#include "city/synth_plan.h"

/** Room for what the targets of the plans ask for, buurten with their state, owners. */
wks_status wks_synth_world_begin(const wks_synth_plan_context *context, wks_world *world, wks_err *err);
/** The buurten of a city at tick 0 with nobody in them, in an initialised world: enough to ask which rows are measured. O(buurten). WKS_ERR_NOMEM. */
wks_status wks_synth_world_nobody(const wks_city *city, int32_t start_month, wks_world *world, wks_err *err);
/** Adds one plan: complexes, dwellings, units, households, persons, residents, registrations. In the order of buurten, one at a time.
 *  O(rows). */
wks_status wks_synth_world_add(const wks_synth_plan_context *context, const wks_synth_plan *plan, wks_world *world, wks_err *err);
/** What needs all of it: shares at the start, the city's mean leefbaarheid; clears the flows; gives back
 *  memory that was reserved and is not used. */
wks_status wks_synth_world_end(wks_world *world, wks_err *err);

#endif
