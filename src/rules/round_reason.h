/* Why an offer was refused, in a word: the term of utility that told most against the home, compared with staying. */
#ifndef WKS_RULES_ROUND_REASON_H
#define WKS_RULES_ROUND_REASON_H

#include "rules/round_state.h"

/** The reason of a refusal: of the terms rent (price), rooms (size), leefbaarheid, distance and taste (of this household for this dwelling), each less
 *  the same term of staying, and of the expectation of better (accept_wait times relative seniority), the one most against. Where nothing speaks
 *  against the home: better. `seniority` as in wks_round_utility_accept. Draws nothing new. O(1).
 *  @param out_difference  NULL, or WKS_N_LETTING_REFUSALS values in units of utility, negative = against (no_show: 0)
 *  A way of telling, not a second model of choice (assumption). */
wks_letting_refusal wks_round_reason_of(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place,
                                        double seniority, double *out_difference);

#endif
