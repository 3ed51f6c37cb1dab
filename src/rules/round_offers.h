/* Offers in order: who is housed already is skipped, spreiding parts and norms are asked, the candidate answers; the letting is carried out at once. */
#ifndef WKS_RULES_ROUND_OFFERS_H
#define WKS_RULES_ROUND_OFFERS_H

#include "rules/round_rank.h"

/** Lets the adverts of a board in their order. `out_is_let[i]` tells which. `first_number` is the number of the board's first advert in the sequence. */
wks_status wks_round_offers_make(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                                 const wks_round_lists *lists, int32_t first_number, uint8_t *out_is_let, wks_err *err);
/** A reserved unit is for the household it was reserved for, if that looks for a home; refused, the reservation ends. */
wks_status wks_round_offers_reserved(wks_round_month *month, const wks_advert *advert, int32_t number, bool *out_is_let, wks_err *err);

/** For `explain`: what this seeker would answer to an offer of this advert under month->rules (the draws are those of the round: keyed by the pair), and the
 *  chance that it accepts if it answers. Changes nothing. */
wks_round_outcome wks_round_offers_answer(wks_round_month *month, const wks_round_seeker *seeker, const wks_advert *advert,
                                          const wks_round_place *place);
double wks_round_offers_chance(wks_round_month *month, const wks_round_seeker *seeker, const wks_advert *advert,
                               const wks_round_place *place, double *out_seniority);

#endif
