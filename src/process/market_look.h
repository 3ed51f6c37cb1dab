/* Who looks around on the market this month meets vacancies, and which of them it wants: random utility. A part of process market. */
#ifndef WKS_PROCESS_MARKET_LOOK_H
#define WKS_PROCESS_MARKET_LOOK_H

#include "process/market_state.h"

/** Of each seeker of rows [begin, end) of pass->seeker, in pass->choice: the best of a keyed sample of each kind of vacancies, or waiting (item -1): utility
 *  plus a standard Gumbel taste of the pair, so that among the vacancies met, U, and waiting, W, P(j) = exp(U_j) / (exp(W) + sum exp(U_i)). Samples are
 *  points on rings of vacancy keys: what is met does not depend on what a home is like, so no correction for sampling is needed. O(sample) a
 *  seeker. Random words come for many seekers at once, and only of homes within means; a utility is worked out only where the taste drawn lets it win.
 *  Test: test_market_look.c (the same, one seeker and one home after another; shares of the logit). */
void wks_market_look_around(const wks_market_pass *pass, int32_t begin, int32_t end);

/** Fills taste_bound, and bounds of the vacancies in pass->ring. */
void wks_market_look_bounds(wks_market_pass *pass);

#endif
