#include "process/market_vacancy.h"

#include <stdlib.h>

#include "process/buffer_slots.h"
#include "process/market_price.h"

/* Keys decide between equal places. */
static int by_place(const void *left, const void *right)
{
    const wks_market_vacancy *a = left, *b = right;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

static int32_t kind_of(const wks_world *world, int32_t unit)
{
    const int32_t dwelling = world->unit.dwelling_row[unit];
    if (world->unit.key[unit] == 0 || world->unit.household_row[unit] >= 0 || world->unit.lettable_month[unit] > world->month ||
        wks_rare_i32(&world->unit.reserved_row, unit) >= 0) {
        return WKS_NONE;
    }
    const wks_tenure tenure = (wks_tenure)world->dwelling.tenure[dwelling];
    if (tenure == WKS_TENURE_SOCIAL) return WKS_NONE;
    if (world->unit.kind[unit] == WKS_UNIT_ROOM) return WKS_MARKET_ROOM;
    return tenure == WKS_TENURE_OWNER ? WKS_MARKET_OWNER : WKS_MARKET_RENT;
}

/* Where each region begins, and its cheapest. */
static void index_regions(const wks_world *world, wks_market_ring *ring)
{
    int32_t at = 0;

    for (int32_t r = 0; r < ring->n_regions; r++) {
        ring->first[r] = at;
        ring->cheapest_of[r] = HUGE_VAL;
        for (; at < ring->n && wks_region_of_buurt(world, ring->item[at].buurt_row) == r; at++) {
            if (ring->item[at].reserve_eur < ring->cheapest_of[r]) ring->cheapest_of[r] = ring->item[at].reserve_eur;
        }
    }
    ring->first[ring->n_regions] = at;
}

/* The entry table and the cheapest, for items in order of place. */
static void index_ring(const wks_world *world, wks_market_ring *ring)
{
    int32_t at = 0;
    for (int32_t b = 0; b <= WKS_MARKET_BUCKETS; b++) {
        while (at < ring->n && (int32_t)(ring->item[at].place >> WKS_MARKET_BUCKET_SHIFT) < b)
            at++;
        ring->bucket[b] = at;
    }
    ring->cheapest_eur = ring->n > 0 ? ring->item[0].reserve_eur : 0;
    for (int32_t i = 1; i < ring->n; i++) {
        if (ring->item[i].reserve_eur < ring->cheapest_eur) ring->cheapest_eur = ring->item[i].reserve_eur;
    }
    if (ring->first != NULL) index_regions(world, ring);
}

void wks_market_vacancy_renew(const wks_world *world, wks_market_ring ring[WKS_MARKET_KINDS])
{
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        int32_t n = 0;
        for (int32_t i = 0; i < ring[kind].n; i++) {
            if (world->unit.household_row[ring[kind].item[i].unit_row] < 0) ring[kind].item[n++] = ring[kind].item[i];
        }
        ring[kind].n = n;
        index_ring(world, &ring[kind]);
    }
}

static bool looks_at_income(const wks_world *world, const double *p, int32_t unit)
{
    return wks_rng_once(&world->seed, world->unit.key[unit], (uint32_t)world->tick, WKS_RNG_LANDLORD_PICK) < p[WKS_MARKET_P_BY_INCOME];
}

/* Offered since it could first be let or sold in its present tenure. */
static wks_market_vacancy vacancy_of(const wks_tick *tick, const double *p, int32_t unit, int32_t kind)
{
    const wks_world *world = tick->world;
    const int32_t dwelling = world->unit.dwelling_row[unit], months = world->month - world->unit.lettable_month[unit];
    const double price =
        kind == WKS_MARKET_OWNER ? wks_market_price_asked(world, p, dwelling, months) : wks_market_price_rent(tick, p, unit, months);

    return (wks_market_vacancy){.key = world->unit.key[unit],
                                .place = wks_market_vacancy_place(wks_region_n(world),
                                                                  wks_region_of_buurt(world, world->dwelling.buurt_row[dwelling]),
                                                                  world->unit.key[unit]),
                                .price_eur = price,
                                .reserve_eur = kind == WKS_MARKET_OWNER ? p[WKS_MARKET_P_RESERVE] * price : price,
                                .x_m = (double)world->dwelling.x_m[dwelling],
                                .y_m = (double)world->dwelling.y_m[dwelling],
                                .unit_row = unit,
                                .buurt_row = world->dwelling.buurt_row[dwelling],
                                .rooms = kind == WKS_MARKET_ROOM ? 1 : world->dwelling.rooms[dwelling],
                                .by_income = kind == WKS_MARKET_RENT && looks_at_income(world, p, unit),
                                .is_house = kind != WKS_MARKET_ROOM && world->dwelling.type[dwelling] == WKS_DWELLING_SINGLE_FAMILY};
}

/* Rows of units that nobody lives in, in the buffer of seekers: those are listed later. */
static wks_status list_empty(wks_tick *tick, int32_t **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_unit_table *unit = &tick->world->unit;
    int32_t n = 0;

    for (int32_t u = 0; u < unit->base.n_rows; u++)
        n += unit->household_row[u] < 0;
    *out = wks_tick_buffer(tick, WKS_SLOT_SEEKERS, (size_t)n, sizeof **out);
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d empty units", n);
    *out_n = 0;
    for (int32_t u = 0; u < unit->base.n_rows; u++) {
        if (unit->household_row[u] < 0) (*out)[(*out_n)++] = u;
    }
out:
    return rc;
}

wks_status wks_market_vacancy_rings(wks_tick *tick, const double *p, wks_market_ring out[WKS_MARKET_KINDS], int32_t *vacancies,
                                    wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n_regions = wks_region_n(world);
    int32_t count[WKS_MARKET_KINDS] = {0}, n_empty = 0, *empty = NULL;
    int32_t *first = wks_tick_buffer(tick, WKS_SLOT_REGION_FIRST, (size_t)WKS_MARKET_KINDS * ((size_t)n_regions + 1), sizeof *first);
    double *cheapest = wks_tick_buffer(tick, WKS_SLOT_REGION_CHEAPEST, (size_t)WKS_MARKET_KINDS * (size_t)n_regions, sizeof *cheapest);
    wks_market_vacancy *list[WKS_MARKET_KINDS];

    if (first == NULL || cheapest == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d regions", n_regions);

    WKS_TRY(list_empty(tick, &empty, &n_empty, err));
    for (int32_t i = 0; i < n_empty; i++) {
        const int32_t kind = kind_of(world, empty[i]);
        if (kind >= 0) count[kind]++;
    }
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        list[kind] = wks_tick_buffer(tick, WKS_SLOT_VACANCY_OWNER + kind, (size_t)count[kind], sizeof **list);
        if (list[kind] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d vacancies", count[kind]);
        count[kind] = 0;
    }
    for (int32_t i = 0; i < n_empty; i++) {
        const int32_t kind = kind_of(world, empty[i]);
        if (kind < 0) continue;
        list[kind][count[kind]] = vacancy_of(tick, p, empty[i], kind);
        if (vacancies != NULL) vacancies[list[kind][count[kind]].buurt_row]++;
        count[kind]++;
    }
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        if (count[kind] > 1) qsort(list[kind], (size_t)count[kind], sizeof **list, by_place);
        out[kind].item = list[kind];
        out[kind].n = count[kind];
        out[kind].n_regions = n_regions;
        out[kind].first = n_regions > 1 ? &first[kind * (n_regions + 1)] : NULL;
        out[kind].cheapest_of = n_regions > 1 ? &cheapest[kind * n_regions] : NULL;
        index_ring(world, &out[kind]);
    }
out:
    return rc;
}
