/* Who looks this month: seekers who react to adverts, and those a direct channel may propose. */
#ifndef WKS_RULES_ROUND_SEEKERS_H
#define WKS_RULES_ROUND_SEEKERS_H

#include "rules/round_region.h"

/** Households whose search is social or both, that look this month (draw ALLOC_REACT) and were not housed in this round, by the region they look in. Parallel. */
wks_status wks_round_seekers_looking(wks_round_month *month, wks_round_crowd *out, wks_err *err);
/** Households a direct channel may propose and that were not housed in this round, by the region they are in. Parallel. */
wks_status wks_round_seekers_direct(wks_round_month *month, int32_t channel, wks_round_crowd *out, wks_err *err);
/** Those of one turn, with all that adverts ask of them, until the next is made. Parallel. */
wks_status wks_round_seekers_pool(wks_round_month *month, const wks_round_crowd *crowd, int32_t turn, wks_round_pool *out, wks_err *err);

#endif
