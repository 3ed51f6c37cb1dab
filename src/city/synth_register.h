/* Registrations as woningzoekende at the start. */
#ifndef WKS_CITY_SYNTH_REGISTER_H
#define WKS_CITY_SYNTH_REGISTER_H

#include "city/synth_plan.h"

/** Sets person.registered_month of every adult of a household by living through the yearly process from the 18th birthday (for social
 * tenants from the month they were housed, when a registration ended): register and lapse with the rates of wks_synth_default; afterwards
 * latent units without a registered adult register their head until the share latent_registered is reached. Then who is searching: all
 * latent units, and housed households by tenure. Who has waited longer than searchers do (search_limit_months) would have been housed:
 * such households seldom search, such latent units registered later. One stream a person, one a household. */
void wks_synth_register_make(const wks_synth_plan_context *context, wks_synth_plan *plan);

/** Probability per year that an unregistered adult of that age registers. */
double wks_synth_register_rate(int32_t age);

#endif
