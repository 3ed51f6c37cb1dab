/* What ties a household to its buurt or lets it go, beside its home: schools, a rise out of low income, having settled. Part of process search. */
#ifndef WKS_PROCESS_SEARCH_TIES_H
#define WKS_PROCESS_SEARCH_TIES_H

#include "process/search_state.h"

/** Factor on starting to look and on leaving the region of a household with a home, from 0; exactly 1 without programme and with `rise` and
 *  `settled` at 1. Risers and settled newcomers leave buurten with much social rent (WKS_BUURT_MUCH_SOCIAL) sooner. Families: with children and an income above the DAEB limit of the year. O(1). */
double wks_search_ties_of(const wks_search_pass *self, int32_t household_row);
/** Largest value it can have this month, at least 1. O(buurten). */
double wks_search_ties_most(const wks_search_pass *self);

#endif
