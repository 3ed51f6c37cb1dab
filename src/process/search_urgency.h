/* Who gets an urgentieverklaring, and when it expires. Part of process search. */
#ifndef WKS_PROCESS_SEARCH_URGENCY_H
#define WKS_PROCESS_SEARCH_URGENCY_H

#include "process/search_state.h"

/** Grants and ends urgency; who gets it looks for a social home from now on, pressed. Writes the household's own row. */
void wks_search_urgency_decide(const wks_search_pass *self, int32_t household_row);

#endif
