/* Incomes and their sources. */
#ifndef WKS_CITY_SYNTH_INCOME_H
#define WKS_CITY_SYNTH_INCOME_H

#include "city/synth_plan.h"

/** Source and income of every household: benefits by the buurt's bijstand, ao and ww, pension from 67, study, work otherwise; lognormal by
 *  composition and age. Work and supplementary pensions are scaled so that incomes add up to the buurt's mean income per person, within
 *  bounds (factor 0.5 to 3). Spreads and levels: assumptions near CBS income statistics. O(persons). */
wks_status wks_synth_income_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

#endif
