/* The ceiling on social rent per wijk, for who builds. */
#ifndef WKS_RULES_SPREIDING_SOCIAL_CEILING_H
#define WKS_RULES_SPREIDING_SOCIAL_CEILING_H

#include "rules/part.h"

/** Whether one social dwelling more in this buurt would bring its wijk above a ceiling of the rule set in force (or keep it above). O(dwellings). */
/** How many of n social dwellings more fit under it in this buurt, those ordered and not completed yet counted as built. O(dwellings). */
int32_t wks_spreiding_social_ceiling_room(const wks_scenario *scenario, const wks_world *world, int32_t buurt_row, int32_t n);
bool wks_spreiding_social_ceiling_binds(const wks_scenario *scenario, const wks_world *world, int32_t buurt_row);

#endif
