#include "rules/round_vacancies.h"

#include <stdlib.h>

#include "rules/round_adverts.h"

void wks_round_vacancies_instead(wks_round_month *month, const wks_advert *advert, wks_part_vacancy what)
{
    wks_instead_do(month->world, month->context.law, advert, what);
    for (int32_t g = 0; g < month->rules->n_guards; g++) {
        const wks_round_guard *guard = &month->rules->guard[g];
        if (guard->part->done != NULL) guard->part->done(&month->context, guard->settings, guard->state, advert);
    }
}

/* The first part that wants something else than letting has it. */
static wks_part_vacancy decide(wks_round_month *month, wks_advert *advert)
{
    wks_part_vacancy what = WKS_PART_LET;

    for (int32_t g = 0; g < month->rules->n_guards; g++) {
        const wks_round_guard *guard = &month->rules->guard[g];
        if (guard->part->vacancy == NULL) continue;
        const wks_part_vacancy wish = guard->part->vacancy(&month->context, guard->settings, guard->state, advert);
        if (what == WKS_PART_LET || what == WKS_PART_KEEP) what = wish == WKS_PART_LET ? what : wish;
    }
    return what;
}

void wks_round_vacancies_decide(wks_round_month *month, wks_advert *advert, int32_t *n)
{
    wks_world *world = month->world;
    int32_t n_left = 0;

    for (int32_t i = 0; i < *n; i++) {
        const uint8_t label = advert[i].label;
        const wks_part_vacancy what = decide(month, &advert[i]);
        if (what == WKS_PART_KEEP && world->unit.n_adverts[advert[i].unit_row] == 0) world->ledger.ceiling_kept++; /* once a vacancy */
        if (what != WKS_PART_LET && what != WKS_PART_KEEP && wks_instead_may(world, month->context.law, &advert[i], what)) {
            wks_round_vacancies_instead(month, &advert[i], what);
            continue;
        }
        if (advert[i].label != label) advert[i].channel = wks_round_adverts_channel(month, &advert[i]);
        advert[n_left++] = advert[i];
    }
    *n = n_left;
}

static int by_preference(const void *left, const void *right)
{
    const wks_round_vacancies_item *a = left, *b = right;

    if (a->prefer > b->prefer) return -1;
    if (a->prefer < b->prefer) return 1;
    return (a->index > b->index) - (a->index < b->index);
}

static const wks_round_guard *with_preference(const wks_round_month *month)
{
    for (int32_t g = 0; g < month->rules->n_guards; g++) {
        if (month->rules->guard[g].part->prefer != NULL) return &month->rules->guard[g];
    }
    return NULL;
}

wks_status wks_round_vacancies_order(wks_round_month *month, const wks_advert *advert, int32_t n, int32_t channel,
                                     wks_round_vacancies_item **out, int32_t *out_n, wks_err *err)
{
    const wks_round_guard *guard = with_preference(month);
    wks_round_vacancies_item *item = wks_round_buffer(month->round, WKS_ROUND_SLOT_ORDER, (size_t)n, sizeof *item, err);

    if (item == NULL) return WKS_ERR_NOMEM;
    *out = item;
    *out_n = 0;
    for (int32_t i = 0; i < n; i++) {
        if (advert[i].channel != channel) continue;
        const double prefer = guard == NULL ? 0.0 : guard->part->prefer(&month->context, guard->settings, guard->state, &advert[i]);
        item[(*out_n)++] = (wks_round_vacancies_item){prefer, i};
    }
    if (guard != NULL && *out_n > 1) qsort(item, (size_t)*out_n, sizeof *item, by_preference);
    return WKS_OK;
}
