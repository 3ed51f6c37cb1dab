/* Who gets a vacancy and at what price: bids, lots, the move and the money. A part of process market. */
#ifndef WKS_PROCESS_MARKET_BID_H
#define WKS_PROCESS_MARKET_BID_H

#include "process/market_state.h"

/** A closed bid in EUR: asking price x (1 + bid_sd z), z normal by pair and month, at most what the buyer can pay and at most the price at which
 *  the home is worth no more to it than waiting. `gain`: utility above waiting at the asking price, > 0. */
double wks_market_bid_for_sale(const wks_market_pass *pass, const wks_market_seeker *seeker, const wks_market_vacancy *vacancy,
                               double gain);

/** By what the landlord orders who wants a unit, highest first: a lot (the second word of the pair's taste), or the income where this landlord looks at incomes; in rooms students
 *  first. */
double wks_market_bid_for_rent(const wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy, uint32_t lot);

/** Gives every vacancy to the highest valid bid for it (of equal ones the lower household key), books prices and moves the winners, in order of the vacancies'
 *  keys. Counts applications by buurt; who did not get its choice comes in loser[0..*out_n_losers), which may be the array of seekers. Items that rather
 *  wait are left alone. Serial. O(n + vacancies). */
wks_status wks_market_bid_settle(const wks_market_pass *pass, wks_tick *tick, const wks_market_choice *item, int32_t n,
                                 int32_t *applications, int32_t *loser, int32_t *out_n_losers, wks_err *err);

#endif
