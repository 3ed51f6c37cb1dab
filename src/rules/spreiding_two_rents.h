/* Two rents (tweehurenbeleid): which dwellings of a rule set are on offer at two rents. */
#ifndef WKS_RULES_SPREIDING_TWO_RENTS_H
#define WKS_RULES_SPREIDING_TWO_RENTS_H

#include "rules/part.h"

/** True when a part two_rents of the rule set holds for this dwelling: in its areas, and its complex among the drawn share. O(parts). */
bool wks_spreiding_two_rents_applies(const wks_world *world, const wks_rule_set *rules, int32_t dwelling_row);

#endif
