/* Where a household looks that looks for a home. Part of process search. */
#ifndef WKS_PROCESS_SEARCH_WHERE_H
#define WKS_PROCESS_SEARCH_WHERE_H

#include "process/search_state.h"

/** Social, market or both, by income, registration and need. O(1). */
wks_search wks_search_where_of(const wks_search_pass *self, int32_t household_row);

/** Has a home for as long as a study that has ended: must find another one. */
static inline bool wks_search_where_must_go(const wks_household_table *household, int32_t i)
{
    return household->temporary[i] == WKS_CONTRACT_STUDY && household->place[i] == WKS_PLACE_HOUSED && !household->is_student[i];
}

#endif
