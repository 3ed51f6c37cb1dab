/* Where newcomers lived before: from abroad or elsewhere in the country, and whether they leave a self-contained home behind there. */
#ifndef WKS_PROCESS_ARRIVALS_CAME_H
#define WKS_PROCESS_ARRIVALS_CAME_H

#include "world/household.h"

/** Chance that a household from elsewhere in the country leaves a self-contained home behind: assumption, so that about half do not, as CBS finds of all
 *  who move into a freed home [S113]; who lives alone more often left a room, parents or a partner. @param level  factor; the result is within 0 to 1 */
double wks_arrivals_came_home_chance(int32_t age, int32_t n_adults, double level);
/** One draw for life that follows from the key, the same in every run: no other draw shifts. Only who moves from the region (not for study, not from COA or
 *  detention) can leave a home. */
wks_came wks_arrivals_came_from(uint64_t household_key, bool is_mover, bool is_abroad, int32_t age, int32_t n_adults, double level);

#endif
