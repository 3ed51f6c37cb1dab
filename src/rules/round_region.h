/* A round by region: homes and who looks for them are brought together region after region (world/region.h), each month beginning with another one,
 * so that a quota of the whole rule set does not always go to the same region first. A city is one region. */
#ifndef WKS_RULES_ROUND_REGION_H
#define WKS_RULES_ROUND_REGION_H

#include "rules/round_vacancies.h"
#include "world/region.h"

/* Households that may get a home, in order of the turn of the region they look in; those of turn t are row[start[t] .. start[t + 1]). */
typedef struct wks_round_crowd {
    int32_t *row;
    const int32_t *start;
} wks_round_crowd;

/** When the region of a buurt is served this month, from 0. */
int32_t wks_round_region_turn(const wks_world *world, int32_t buurt_row);
/** Which region is served at a turn. */
int32_t wks_round_region_at(const wks_world *world, int32_t turn);

/** Puts n adverts in order of turn, as they were within one; out_start[t] is where turn t begins, until the next call. O(n + regions). */
wks_status wks_round_region_adverts(wks_round_month *month, wks_advert *advert, int32_t n, const int32_t **out_start, wks_err *err);
/** The same of items that name adverts. */
wks_status wks_round_region_items(wks_round_month *month, const wks_advert *advert, int32_t n, wks_round_vacancies_item *item,
                                  const int32_t **out_start, wks_err *err);

/** Households in order of turn; `elsewhere` as in wks_region_map. *row is put in order. Parallel. */
wks_status wks_round_region_crowd(wks_round_month *month, int32_t *row, int32_t n, double elsewhere, wks_round_crowd *out, wks_err *err);

#endif
