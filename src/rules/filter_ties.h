/* Local ties (maatschappelijke of economische binding), shared by the filter `ties` and the ordering key `ties_first`. */
#ifndef WKS_RULES_FILTER_TIES_H
#define WKS_RULES_FILTER_TIES_H

#include "rules/part.h"

/* Which of a unit's own draws decides that it is reserved for residents (part.h: wks_part_unit_draw): a filter and a key with the same share mean the
 * same units. */
enum { WKS_FILTER_TIES_DRAW = 1 };

/** Lives in the region since that many years (not from outside, nor in the asylum reception). */
bool wks_filter_ties_has(const wks_world *world, int32_t household_row, double years);

#endif
