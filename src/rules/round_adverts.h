/* Vacant social units of this month as adverts, their channels, and the boards that phases of the round work with. */
#ifndef WKS_RULES_ROUND_ADVERTS_H
#define WKS_RULES_ROUND_ADVERTS_H

#include "rules/round_state.h"

/** All vacant social units that may be let this month (not those being emptied for demolition, nor reserved ones when `reserved` is false, only those
 *  when true), in date order: the month they became lettable, then a keyed draw. Channel -1 when none applies. */
wks_status wks_round_adverts_list(wks_round_month *month, wks_advert **out, int32_t *out_n, int32_t *out_n_reserved, wks_err *err);

/** A unit as it would be advertised at its present rent; channel 0. */
wks_advert wks_round_adverts_of_unit(const wks_world *world, int32_t unit_row);
/** Whether channel `c` is for such units (its label and areas). */
bool wks_round_adverts_applies(const wks_round_month *month, const wks_advert *advert, int32_t c);
/** The channel a unit starts in: drawn by the shares of those that apply to it (label, areas) with a draw it keeps while it is vacant, unless it was sent
 *  on. -1: none applies. */
int32_t wks_round_adverts_channel(const wks_round_month *month, const wks_advert *advert);
/** The next channel after `channel` in the list (cyclic) that applies to the unit; only advertised ones when asked. -1: there is no other. */
int32_t wks_round_adverts_next_channel(const wks_round_month *month, const wks_advert *advert, int32_t channel, bool is_advertised);

/** Places and kinds of n adverts of one phase. */
wks_status wks_round_adverts_board(wks_round_month *month, const wks_advert *advert, int32_t n, wks_round_board *out, wks_err *err);

#endif
