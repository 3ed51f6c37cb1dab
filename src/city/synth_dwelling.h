/* The stock of a buurt: complexes, dwellings and units with their attributes. */
#ifndef WKS_CITY_SYNTH_DWELLING_H
#define WKS_CITY_SYNTH_DWELLING_H

#include "city/synth_plan.h"

/** Makes plan->complex, dwelling and unit_household (all vacant) from the stock: corporatie dwellings in complexes of about 20 to 150 with
 * label and streefhuur policy, private rent and owner-occupied homes in one complex each; size, year of building, WWS points, value (mean
 * = the buurt's WOZ) and asked rent. Labels never exceed the households of corporatie apartments that fit them (household.cell).
 * O(dwellings x points of the polygon). */
wks_status wks_synth_dwelling_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

/** Limits of a year in EUR a month, as in scenario/law (which city may not include; a test holds them equal): 0 liberalisatiegrens, 1 low
 * and 2 high aftoppingsgrens. Outside 2022-2026: 3 % a year. */
double wks_synth_dwelling_limit(int32_t year, int32_t which);
/** Maximum rent by WWS points, idem. */
double wks_synth_dwelling_wws_rent(int32_t year, double points);

#endif
