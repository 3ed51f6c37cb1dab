/* To which adverts seekers react, and the candidates of every advert that follow from it. */
#ifndef WKS_RULES_ROUND_REACTIONS_H
#define WKS_RULES_ROUND_REACTIONS_H

#include "rules/round_state.h"

enum { WKS_ROUND_REACTIONS_SEEN_FACTOR = 2, WKS_ROUND_REACTIONS_SEEN_LEAST = 12 };

/** How many adverts a seeker sees in a month (assumption): twice what it may react to, 12 at least. Who may react to no more than that sees all. */
int32_t wks_round_reactions_n_seen(const wks_round_behaviour *behaviour);

/** Every seeker of the pool reacts to at most k of the adverts it sees, the best that beat staying. Counts reactions of households and registrations.
 *  Parallel over fixed blocks of seekers. O(seekers x seen). */
wks_status wks_round_reactions_make(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                                    wks_round_lists *out, wks_err *err);
/** Without reactions: everybody in the pool is a candidate for every advert that it may have. */
wks_status wks_round_reactions_all(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                                   wks_round_lists *out, wks_err *err);

#endif
