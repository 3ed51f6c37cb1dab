/* What households carry besides income: time at the address and in the region, kin, vulnerability, equity, contract rent. */
#ifndef WKS_CITY_SYNTH_TRAIT_H
#define WKS_CITY_SYNTH_TRAIT_H

#include "city/synth_plan.h"

/** Makes context->kin_anywhere once the targets of all plans are known: what the weights of kin are where a buurt has no place, the same for
 *  every such buurt (free() it). O(buurten). */
wks_status wks_synth_trait_prepare(wks_synth_plan_context *context, wks_err *err);

/** Sets the traits of every household of a plan, one stream a household: months at the address by tenure (social: a mixture of short and
 * long tenancies, so that the hazard falls with time; never before 18 nor before the building), region and kin (near ones more often),
 * flags of vulnerability by tenure, income, source and age, equity, and the contract rent, below the asked rent after long stays. `plan`
 * without a buurt keeps the flags it has. O(households x log buurten), and O(buurten) more where the
 * buurt has a place. */
wks_status wks_synth_trait_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

#endif
