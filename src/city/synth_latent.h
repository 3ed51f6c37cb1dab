/* Latent units: adults and groups that want a home of their own and have none. */
#ifndef WKS_CITY_SYNTH_LATENT_H
#define WKS_CITY_SYNTH_LATENT_H

#include "city/synth_plan.h"

/** Young adults at their parents who want to leave, and ex-partners who still share the home, become latent units with the household they
 *  left as host. Household types stay what they are: children at home count for the parents, one parent is left of a separated couple. Makes room in
 *  plan->household for them. WKS_ERR_NOMEM. O(persons). */
wks_status wks_synth_latent_split(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

/** Makes the plan of people without a buurt: in shelter, and status holders at COA who wait for this city, single or as families. */
wks_status wks_synth_latent_outside(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

#endif
