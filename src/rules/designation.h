/* Designation under the Wbmgp (Rotterdam Act): articles 8, 9 and 10 hold in areas that the minister designates, for a term. */
#ifndef WKS_RULES_DESIGNATION_H
#define WKS_RULES_DESIGNATION_H

#include "rules/part.h"

/** Whether a part of the rule set (NULL: none) designates the buurt this month. A permit (huisvestingsvergunning) alone is no designation. O(parts). */
bool wks_designation_holds(const wks_world *world, const wks_rule_set *rules, int32_t buurt_row);

#endif
