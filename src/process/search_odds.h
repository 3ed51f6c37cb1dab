/* Chances of what may happen to a household in a month, and draws that are above all of them. Part of process search.
 *
 * Few of all households leave, start or stop in a month, and a chance takes the home, the rent and the law to know. So the draw comes first: most are above
 * a bound on all chances that is told from the household's own row, most others above one that knows the home too. */
#ifndef WKS_PROCESS_SEARCH_ODDS_H
#define WKS_PROCESS_SEARCH_ODDS_H

#include "process/search_state.h"

enum { WKS_SEARCH_ADULT = 18, WKS_SEARCH_OLDEST = WKS_SEARCH_AGES - 1 };

/* Chances of one draw, in this order. */
typedef struct wks_search_odds {
    double leave, stop, calm, press, orient;
} wks_search_odds;

/** Fills the tables by age, duration, buurt and belief, and the bounds. `pull` has room for all buurten and is kept. O(buurten). */
void wks_search_odds_prepare(wks_search_pass *self, double *pull);
/** Chances of a household of `age` (clamped to the table) that would look `where`. O(1). */
void wks_search_odds_of(const wks_search_pass *self, int32_t household_row, int32_t age, wks_search where, wks_search_odds *out);
/** True: the draw, 64 bits that give wks_rng_unit64, is not below the sum of the chances of this household, wherever it looks; so it changes nothing. False: it
 *  may. Why it is a bound: factors that only lower are left out, the others are at their largest. Test: test_search_odds.c. O(1). */
bool wks_search_odds_spare(const wks_search_pass *self, int32_t household_row, int32_t age, uint64_t draw);

#endif
