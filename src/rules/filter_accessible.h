/* Who needs an accessible home, shared by the filter `accessible` and the key `label_first`. */
#ifndef WKS_RULES_FILTER_ACCESSIBLE_H
#define WKS_RULES_FILTER_ACCESSIBLE_H

#include "rules/part.h"

/** Has a mobility need that a landlord may know of: formal support (Wmo indication), a valid medical urgency, or an oldest member of at least
 *  `age_from` years. */
bool wks_filter_accessible_needs(const wks_world *world, int32_t household_row, double age_from);

#endif
