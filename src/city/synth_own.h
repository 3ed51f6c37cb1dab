/* A corporatie's own data in the synthetic population: own dwellings take the place of synthetic corporatie dwellings, own seekers give
 * their inschrijfduur to synthetic households. Margins stay as they are, keys stay synthetic. Nothing happens in a city without own data. */
#ifndef WKS_CITY_SYNTH_OWN_H
#define WKS_CITY_SYNTH_OWN_H

#include "city/synth_plan.h"

/** True if the city has own dwellings: then there is one owner more. */
bool wks_synth_own_has_dwellings(const wks_city *city);

/** Before vacancies and rooms: moves corporatie dwellings between the types towards the own ones, other tenures the other way, so that both
 *  margins hold. */
void wks_synth_own_stock(const wks_synth_plan_context *context, wks_synth_plan *plan);
/** Before values and rents: places, sizes, years, labels and complexes of the own dwellings. Those beyond the margin are left out. */
wks_status wks_synth_own_dwellings(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);
/** After rents: points, asked rents and segment of the own dwellings. */
void wks_synth_own_prices(const wks_synth_plan_context *context, wks_synth_plan *plan);
/** After traits: the rents of their tenants. */
void wks_synth_own_rents(const wks_synth_plan_context *context, wks_synth_plan *plan);

/** When all buurten are made: every own seeker's registration, income and urgency go to a synthetic household of the same size and age, in
 *  the same buurt where that is known; who searched without being matched is registered only, so that the inschrijfduur of active seekers
 *  is that of the own data. Fills the report's counts. Serial. */
wks_status wks_synth_own_finish(const wks_synth_plan_context *context, wks_synth_report *report, wks_err *err);

#endif
