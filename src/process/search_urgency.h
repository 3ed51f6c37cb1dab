/* Who gets an urgentieverklaring, and when it expires. Part of process search. */
#ifndef WKS_PROCESS_SEARCH_URGENCY_H
#define WKS_PROCESS_SEARCH_URGENCY_H

#include "process/search_state.h"

/** False: housed, not frail and without an urgency, so that there is nothing to decide. */
static inline bool wks_search_urgency_concerns(const wks_household_table *household, int32_t i)
{
    return household->place[i] != WKS_PLACE_HOUSED || household->urgency[i] != WKS_URGENCY_NONE ||
           (household->vulnerability[i] & WKS_VULNERABLE_FRAIL) != 0;
}

/** Grants and ends urgency; who gets it looks for a social home from now on, pressed. Writes the household's own row. */
void wks_search_urgency_decide(const wks_search_pass *self, int32_t household_row);

#endif
