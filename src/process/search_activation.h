/* Who begins and stops looking for a home, how hard, and who leaves the region. Part of process search.
 *
 * An active search has an intensity (household.urge). Oriented seekers look now and then and are choosy; pressed seekers look every month and accept more.
 * Need makes people pressed: no home, a home that does not fit, the wish to move by age, tenure and duration. Registered households that could do with
 * another home become oriented, and remain so for years; who is pressed and finds nothing calms down. Belief about success holds both back. */
#ifndef WKS_PROCESS_SEARCH_ACTIVATION_H
#define WKS_PROCESS_SEARCH_ACTIVATION_H

#include "process/search_state.h"

/** Tick 0: fills world->balance.leave from world->balance.out and the hazards of this population. Whole numbers are added up. O(households). */
void wks_search_activation_balance(wks_search_pass *self);
/** One draw of each household of rows [begin, end) between leaving, stopping, starting and changing intensity. Writes their own rows; self->flag tells who
 *  registers. The draws come first (search_odds.h). */
void wks_search_activation_decide(const wks_search_pass *self, int32_t begin, int32_t end);
/** Intensity of a search that began elsewhere (at tick 0, by arriving, by losing a home): a keyed draw by place. */
wks_urge wks_search_activation_first_urge(const wks_search_pass *self, int32_t household_row);

#endif
