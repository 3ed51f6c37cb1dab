/* Households of a buurt: who lives together. */
#ifndef WKS_CITY_SYNTH_HOUSEHOLD_H
#define WKS_CITY_SYNTH_HOUSEHOLD_H

#include "city/synth_plan.h"

/** Makes plan->household from the persons, by the margin of household types, and puts every person into a household or an institution.
 *  Children first (all minors and part of the young adults), in families of similar ages; parents of fitting ages, then couples, then
 *  others; who remains lives alone. Persons beyond what the households hold live in institutions. Where there are too few adults for the
 *  published households, the mix of household types is changed as little as needed: the report shows it. Students are marked. */
wks_status wks_synth_household_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

#endif
