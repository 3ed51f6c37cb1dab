#include "process/market_vacancy.h"

#include <stdlib.h>

#include "base/par.h"
#include "process/buffer_slots.h"
#include "process/market_price.h"

enum { SPOTS_AT_ONCE = 128 };

/* Keys decide between equal places. */
static int by_place(const void *left, const void *right)
{
    const wks_market_spot *a = left, *b = right;
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
            if (ring->spot[at].reserve_eur < ring->cheapest_of[r]) ring->cheapest_of[r] = ring->spot[at].reserve_eur;
        }
    }
    ring->first[ring->n_regions] = at;
}

/* Bits of 2 n to 4 n entries; a part whose width is no power of two uses more than half of them. */
static int32_t bits_for(int32_t n)
{
    int32_t bits = 1;

    while (INT64_C(1) << bits < 2 * (int64_t)n)
        bits++;
    return bits;
}

/* Entries of the part of one region, in which items first .. end stand. @return where those of the next region begin */
static int32_t index_part(wks_market_ring *ring, int32_t region, int32_t bucket, int32_t first, int32_t end)
{
    wks_market_part *part = &ring->part[region];
    int32_t wide = 0;

    while (wide < 64 && ring->width >> wide != 0)
        wide++;
    part->begin = wks_market_vacancy_place(ring->n_regions, region, 0);
    const int32_t bits = bits_for(end - first);
    part->bucket = bucket;
    part->shift = wide > bits ? wide - bits : 1;
    for (uint64_t b = 0; b <= ring->width >> part->shift; b++) {
        while (first < end && (ring->spot[first].place - part->begin) >> part->shift < b)
            first++;
        ring->bucket[bucket++] = first;
    }
    ring->bucket[bucket] = end;
    return bucket + 1;
}

/* Entries that index_part may need for n items in so many regions: fewer than four for each item, and three in a region without one. */
static size_t most_buckets(int32_t n, int32_t n_regions)
{
    return 4 * (size_t)n + 4 * (size_t)n_regions;
}

/* The entry table and the cheapest, for items in order of place. */
static void index_ring(const wks_world *world, wks_market_ring *ring)
{
    int32_t bucket = 0;

    if (ring->first != NULL) index_regions(world, ring);
    for (int32_t r = 0; r < (ring->n_regions > 1 ? ring->n_regions : 1); r++)
        bucket = index_part(ring, r, bucket, ring->first == NULL ? 0 : ring->first[r], ring->first == NULL ? ring->n : ring->first[r + 1]);
    ring->cheapest_eur = ring->n > 0 ? ring->spot[0].reserve_eur : 0;
    for (int32_t i = 1; i < ring->n; i++) {
        if (ring->spot[i].reserve_eur < ring->cheapest_eur) ring->cheapest_eur = ring->spot[i].reserve_eur;
    }
}

void wks_market_vacancy_renew(const wks_world *world, wks_market_ring ring[WKS_MARKET_KINDS])
{
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        int32_t n = 0;
        for (int32_t i = 0; i < ring[kind].n; i++) {
            if (world->unit.household_row[ring[kind].spot[i].unit_row] >= 0) continue;
            ring[kind].spot[n] = ring[kind].spot[i];
            ring[kind].item[n++] = ring[kind].item[i];
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

/* Rows of empty units of a block of units: how many, then the rows from the place of the block on. */
typedef struct emptiness {
    const int32_t *household_row;
    int32_t *place, *row;
} emptiness;

static void count_empty(int64_t begin, int64_t end, int64_t block, void *context)
{
    const emptiness *self = context;
    int32_t n = 0;

    for (int64_t u = begin; u < end; u++)
        n += self->household_row[u] < 0;
    self->place[block] = n;
}

static void take_empty(int64_t begin, int64_t end, int64_t block, void *context)
{
    const emptiness *self = context;
    int32_t *out = &self->row[self->place[block]];

    for (int64_t u = begin; u < end; u++) {
        if (self->household_row[u] < 0) *out++ = (int32_t)u;
    }
}

/* Rows of units that nobody lives in, in the buffer of seekers: those are listed later. */
static wks_status list_empty(wks_tick *tick, int32_t **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_unit_table *unit = &tick->world->unit;
    const int32_t n_rows = unit->base.n_rows, n_blocks = (int32_t)wks_par_blocks(n_rows, 0);
    emptiness self = {.household_row = unit->household_row,
                      .place = wks_tick_buffer(tick, WKS_SLOT_LIST_PLACES, (size_t)n_blocks, sizeof *self.place)};
    int32_t n = 0;

    if (self.place == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d blocks", n_blocks);
    wks_par_for(n_rows, 0, tick->world->threads, count_empty, &self);
    for (int32_t b = 0; b < n_blocks; b++) {
        const int32_t n_here = self.place[b];
        self.place[b] = n;
        n += n_here;
    }
    self.row = *out = wks_tick_buffer(tick, WKS_SLOT_SEEKERS, (size_t)n, sizeof **out);
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d empty units", n);
    wks_par_for(n_rows, 0, tick->world->threads, take_empty, &self);
    *out_n = n;
out:
    return rc;
}

/* Where a vacancy is on the ring; what it costs comes later. */
static wks_market_spot spot_of(const wks_world *world, int32_t unit)
{
    const int32_t region = wks_region_of_buurt(world, world->dwelling.buurt_row[world->unit.dwelling_row[unit]]);
    const uint64_t key = world->unit.key[unit];

    return (wks_market_spot){.place = wks_market_vacancy_place(wks_region_n(world), region, key), .key = key, .unit_row = unit};
}

/* One ring whose vacancies are filled in by block. */
typedef struct filling {
    const wks_tick *tick;
    const double *p;
    wks_market_ring *ring;
    int32_t kind;
} filling;

static void fill(int64_t begin, int64_t end, int64_t block, void *context)
{
    const filling *self = context;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        self->ring->item[i] = vacancy_of(self->tick, self->p, self->ring->spot[i].unit_row, self->kind);
        self->ring->spot[i].reserve_eur = self->ring->item[i].reserve_eur;
    }
}

static wks_status make_room(wks_tick *tick, wks_market_ring out[WKS_MARKET_KINDS], const int32_t count[WKS_MARKET_KINDS], wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_regions = wks_region_n(tick->world), n_all = count[0] + count[1] + count[2];
    const size_t n_first = (size_t)WKS_MARKET_KINDS * ((size_t)n_regions + 1);
    int32_t *first = wks_tick_buffer(tick, WKS_SLOT_REGION_FIRST, n_first, sizeof *first), at = 0;
    double *cheapest = wks_tick_buffer(tick, WKS_SLOT_REGION_CHEAPEST, n_first, sizeof *cheapest);
    wks_market_spot *spot = wks_tick_buffer(tick, WKS_SLOT_VACANCY_SPOTS, (size_t)n_all, sizeof *spot);
    wks_market_vacancy *item = wks_tick_buffer(tick, WKS_SLOT_VACANCIES, (size_t)n_all, sizeof *item);
    wks_market_part *part = wks_tick_buffer(tick, WKS_SLOT_VACANCY_PARTS, (size_t)WKS_MARKET_KINDS * (size_t)n_regions, sizeof *part);
    const size_t n_buckets = most_buckets(count[0], n_regions) + most_buckets(count[1], n_regions) + most_buckets(count[2], n_regions);
    int32_t *bucket = wks_tick_buffer(tick, WKS_SLOT_VACANCY_BUCKETS, n_buckets, sizeof *bucket);

    if (part == NULL || bucket == NULL || first == NULL || cheapest == NULL || spot == NULL || item == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d vacancies in %d regions", n_all, n_regions);
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        out[kind].spot = &spot[at];
        out[kind].item = &item[at];
        out[kind].width = wks_market_vacancy_width(n_regions);
        out[kind].part = &part[kind * n_regions];
        out[kind].bucket = bucket;
        bucket += most_buckets(count[kind], n_regions);
        at += count[kind];
        out[kind].n = 0;
        out[kind].n_regions = n_regions;
        out[kind].first = n_regions > 1 ? &first[kind * (n_regions + 1)] : NULL;
        out[kind].cheapest_of = n_regions > 1 ? &cheapest[kind * n_regions] : NULL;
    }
out:
    return rc;
}

wks_status wks_market_vacancy_rings(wks_tick *tick, const double *p, wks_market_ring out[WKS_MARKET_KINDS], int32_t *vacancies,
                                    wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    int32_t count[WKS_MARKET_KINDS] = {0}, n_empty = 0, n = 0, *empty = NULL;

    WKS_TRY(list_empty(tick, &empty, &n_empty, err));
    for (int32_t i = 0; i < n_empty; i++) {
        const int32_t kind = kind_of(world, empty[i]);
        if (kind < 0) continue;
        count[kind]++;
        empty[n++] = empty[i];
    }
    WKS_TRY(make_room(tick, out, count, err));
    for (int32_t i = 0; i < n; i++) {
        wks_market_ring *ring = &out[kind_of(world, empty[i])];
        ring->spot[ring->n++] = spot_of(world, empty[i]);
        if (vacancies != NULL) vacancies[world->dwelling.buurt_row[world->unit.dwelling_row[empty[i]]]]++;
    }
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        filling self = {tick, p, &out[kind], kind};
        if (out[kind].n > 1) qsort(out[kind].spot, (size_t)out[kind].n, sizeof *out[kind].spot, by_place);
        wks_par_for(out[kind].n, SPOTS_AT_ONCE, world->threads, fill, &self);
        index_ring(world, &out[kind]);
    }
out:
    return rc;
}
