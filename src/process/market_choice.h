/* Which of the vacancies that it meets a household wants: random utility. A part of process market. */
#ifndef WKS_PROCESS_MARKET_CHOICE_H
#define WKS_PROCESS_MARKET_CHOICE_H

#include "process/market_state.h"

/** What a household brings to every home that it looks at. */
wks_market_seeker wks_market_choice_seeker(const wks_market_pass *pass, int32_t household_row);

/** False when the household cannot or may not have the unit: above its means or the landlord's income norm, without a permit, of a kind that is not for it
 *  (rooms: one or two persons without a self-contained home; for sale: not students). Else its systematic utility. */
bool wks_market_choice_utility(const wks_market_pass *pass, wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy,
                               double *out);

/** The best of a keyed sample of each kind of vacancies, or waiting (unit_row -1): utility plus a standard Gumbel taste of the pair, so that among the
 *  vacancies met, U, and waiting, W, P(j) = exp(U_j) / (exp(W) + sum exp(U_i)). Samples are points on rings of vacancy keys: what is met does
 *  not depend on what a home is like, so no correction for sampling is needed. O(sample). Test: test_market_choice.c. */
wks_market_choice wks_market_choice_of(const wks_market_pass *pass, int32_t household_row);

/** Fills taste_bound. */
void wks_market_choice_bounds(wks_market_pass *pass);

#endif
