/* What lettings.csv knows of a letting, taken down before the household moves. */
#ifndef WKS_RULES_ROUND_LOG_H
#define WKS_RULES_ROUND_LOG_H

#include "rules/round_state.h"

/** The letting of an advert to a household as it stands now: the offer's own figures (candidates, rank, refusals, excluded, order_part) are the caller's. */
wks_status wks_round_log_add(wks_round_month *month, const wks_advert *advert, int32_t household_row, wks_letting_reason reason,
                             wks_letting **out, wks_err *err);
/** A part kept this household from this home (letting.h). */
wks_status wks_round_log_passed(wks_round_month *month, const wks_advert *advert, int32_t household_row, wks_letting_cause cause,
                                wks_err *err);
/** Records an offer when recording is on. */
wks_status wks_round_log_offer(wks_round_month *month, const wks_round_offer *offer, wks_err *err);

#endif
