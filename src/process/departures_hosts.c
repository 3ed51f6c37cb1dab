#include "process/departures_hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"

typedef wks_departures_hosts_guest guest;

static uint64_t place_on_ring(uint64_t key, int32_t tick)
{
    uint64_t x = key ^ (UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(uint32_t)tick);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

static int by_point(const void *left, const void *right)
{
    const guest *a = left, *b = right;
    return (a->point > b->point) - (a->point < b->point);
}

static int by_row(const void *left, const void *right)
{
    const guest *a = left, *b = right;
    return (a->row > b->row) - (a->row < b->row);
}

enum { RING_PARTS = 256 };

/* Last guest whose point is not beyond `at`; the one before the first is the last of all. `start` has the first guest of each part of the ring. */
static int32_t guest_before(const guest *item, int32_t n, const int32_t *start, uint64_t at)
{
    const uint32_t part = (uint32_t)(at >> 56);
    int32_t i = start[part];
    while (i < start[part + 1] && item[i].point <= at)
        i++;
    return i > 0 ? i - 1 : n - 1;
}

static bool may_host(const wks_world *world, const uint8_t *flag, int32_t i)
{
    const wks_household_table *household = &world->household;

    if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED || flag[i] != 0 || household->n_guests[i] > 2) return false;
    return world->unit.kind[household->unit_row[i]] != WKS_UNIT_ROOM;
}

/* The ring again in finer parts, a bit each: those in which a host may be nearer to a guest than `reach`. */
enum { NEAR_BITS = 16, NEAR_WORDS = (1 << NEAR_BITS) / 64, ROWS_OF_REACH = 64 };
typedef struct wks_departures_hosts_near {
    uint64_t bit[NEAR_WORDS], reach;
} near_parts;

static bool is_near(const near_parts *near, uint64_t at)
{
    const uint64_t part = at >> (64 - NEAR_BITS);
    return (near->bit[part / 64] >> part % 64 & 1) != 0;
}

/* So many hosts follow a point within reach that nearly surely one of them may have the guest. */
static void make_near(int32_t n_rows, const guest *item, int32_t n, near_parts *out)
{
    const uint64_t step = UINT64_MAX / (uint64_t)(n_rows + 1);

    memset(out->bit, 0, sizeof out->bit);
    out->reach = step > UINT64_MAX / 2 / ROWS_OF_REACH ? UINT64_MAX / 2 : step * ROWS_OF_REACH;
    for (int32_t g = 0; g < n; g++) {
        const uint64_t first = item[g].point >> (64 - NEAR_BITS);
        const uint64_t n_parts = (item[g].point - (first << (64 - NEAR_BITS)) + out->reach) >> (64 - NEAR_BITS);
        for (uint64_t k = 0; k <= n_parts; k++) {
            const uint64_t part = (first + k) % (UINT64_C(1) << NEAR_BITS);
            out->bit[part / 64] |= UINT64_C(1) << part % 64;
        }
    }
}

typedef struct finding {
    const wks_world *world;
    const uint8_t *flag;
    const near_parts *near;
    const int32_t *start;
    guest *item; /* a copy of all guests for each block of households */
    int32_t n;
} finding;

/* The nearest after each point among the households of a block. */
static void find_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const finding *self = context;
    guest *item = &self->item[block * self->n];
    const uint64_t *key = self->world->household.key;
    const int32_t tick = self->world->tick;

    for (int32_t i = (int32_t)begin; i < (int32_t)end; i++) {
        const uint64_t at = place_on_ring(key[i], tick);
        if (self->near != NULL && !is_near(self->near, at)) continue;
        guest *found = &item[guest_before(item, self->n, self->start, at)];
        if (found->host >= 0 && at - found->point >= found->gap) continue;
        if (!may_host(self->world, self->flag, i)) continue;
        found->gap = at - found->point;
        found->host = i;
    }
}

/* The nearest after each point among households in `near` parts; NULL: everywhere. What blocks found is compared in their order: of equal ones the first row. */
static wks_status find_nearest(wks_tick *tick, const uint8_t *flag, const near_parts *near, const int32_t *start, guest *item, int32_t n,
                               wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_rows = tick->world->household.base.n_rows;
    const int64_t size = wks_par_block_size(n_rows, WKS_PAR_BLOCK), n_blocks = wks_par_blocks(n_rows, size);
    finding self = {tick->world, flag, near, start, wks_tick_buffer(tick, WKS_SLOT_HOSTS, (size_t)n_blocks * (size_t)n, sizeof *item), n};

    if (self.item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d guests", n);
    for (int64_t b = 0; b < n_blocks; b++)
        memcpy(&self.item[b * n], item, (size_t)n * sizeof *item);
    wks_par_for(n_rows, size, tick->world->threads, find_block, &self);
    for (int64_t b = 0; b < n_blocks; b++) {
        for (int32_t g = 0; g < n; g++) {
            const guest *of = &self.item[b * n + g];
            if (of->host >= 0 && (item[g].host < 0 || of->gap < item[g].gap)) item[g] = *of;
        }
    }
out:
    return rc;
}

/* Whether the near parts told all: a host within reach, or the next guest stands within it. */
static bool all_found(const guest *item, int32_t n, uint64_t reach)
{
    for (int32_t g = 0; g < n; g++) {
        const bool has_host = item[g].host >= 0 && item[g].gap <= reach;
        const bool next_is_near = n > 1 && item[(g + 1) % n].point - item[g].point <= reach;
        if (!has_host && !next_is_near) return false;
    }
    return true;
}

wks_status wks_departures_hosts_find(wks_tick *tick, const uint8_t *flag, guest *item, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t start[RING_PARTS + 1];
    near_parts near;

    if (n == 0) goto out;
    qsort(item, (size_t)n, sizeof *item, by_point);
    for (int32_t part = 0, i = 0; part <= RING_PARTS; part++) {
        while (i < n && part < RING_PARTS && item[i].point >> 56 < (uint64_t)part)
            i++;
        start[part] = part == RING_PARTS ? n : i;
    }
    make_near(tick->world->household.base.n_rows, item, n, &near);
    WKS_TRY(find_nearest(tick, flag, &near, start, item, n, err));
    if (!all_found(item, n, near.reach)) WKS_TRY(find_nearest(tick, flag, NULL, start, item, n, err));
    /* Nobody between a point and the next: the host of the next one. Twice around the ring. */
    for (int32_t k = 2 * n - 1; k >= 0; k--) {
        if (item[k % n].host < 0) item[k % n].host = item[(k + 1) % n].host;
    }
    qsort(item, (size_t)n, sizeof *item, by_row);
out:
    return rc;
}

int32_t wks_departures_hosts_of(const guest *list, int32_t n, int32_t row)
{
    int32_t low = 0, high = n - 1;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (list[middle].row < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return list[low].host;
}
