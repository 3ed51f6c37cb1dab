#include "rules/round_region.h"

#include <string.h>

#include "base/par.h"

static int32_t turn_of(const wks_world *world, int32_t region)
{
    const int32_t n = wks_region_n(world);

    return (region + n - world->tick % n) % n;
}

int32_t wks_round_region_turn(const wks_world *world, int32_t buurt_row)
{
    return turn_of(world, wks_region_of_buurt(world, buurt_row));
}

int32_t wks_round_region_at(const wks_world *world, int32_t turn)
{
    return (turn + world->tick) % wks_region_n(world);
}

/* Puts n items of `size` bytes in order of their turns, as they were within one. `turn` may be NULL where there is one region. */
static wks_status sort(wks_round_month *month, wks_round_slot slot, const int32_t *turn, int32_t n, void *item, size_t size,
                       const int32_t **out_start, wks_err *err)
{
    const int32_t n_turns = wks_region_n(month->world);
    int32_t *start = wks_round_buffer(month->round, slot, (size_t)n_turns + 2, sizeof *start, err);
    char *from = item, *copy;

    if (start == NULL) return WKS_ERR_NOMEM;
    *out_start = start;
    memset(start, 0, ((size_t)n_turns + 2) * sizeof *start);
    start[n_turns] = n;
    if (n_turns == 1) return WKS_OK;
    copy = wks_round_buffer(month->round, WKS_ROUND_SLOT_REGION_COPY, (size_t)n, size, err);
    if (copy == NULL) return WKS_ERR_NOMEM;
    start[n_turns] = 0;
    for (int32_t i = 0; i < n; i++)
        start[turn[i] + 2]++;
    for (int32_t t = 0; t < n_turns; t++)
        start[t + 2] += start[t + 1];
    memcpy(copy, from, (size_t)n * size);
    for (int32_t i = 0; i < n; i++)
        memcpy(from + (size_t)start[turn[i] + 1]++ * size, copy + (size_t)i * size, size);
    return WKS_OK;
}

/* Room for the turns of n things; NULL without memory. */
static int32_t *turns(wks_round_month *month, int32_t n, wks_err *err)
{
    return wks_round_buffer(month->round, WKS_ROUND_SLOT_REGION_TURN, (size_t)n, sizeof(int32_t), err);
}

wks_status wks_round_region_adverts(wks_round_month *month, wks_advert *advert, int32_t n, const int32_t **out_start, wks_err *err)
{
    int32_t *turn = turns(month, n, err);

    if (turn == NULL) return WKS_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++)
        turn[i] = wks_round_region_turn(month->world, advert[i].buurt_row);
    return sort(month, WKS_ROUND_SLOT_REGION_ADVERTS, turn, n, advert, sizeof *advert, out_start, err);
}

wks_status wks_round_region_items(wks_round_month *month, const wks_advert *advert, int32_t n, wks_round_vacancies_item *item,
                                  const int32_t **out_start, wks_err *err)
{
    int32_t *turn = turns(month, n, err);

    if (turn == NULL) return WKS_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++)
        turn[i] = wks_round_region_turn(month->world, advert[item[i].index].buurt_row);
    return sort(month, WKS_ROUND_SLOT_REGION_ADVERTS, turn, n, item, sizeof *item, out_start, err);
}

typedef struct asking {
    const wks_world *world;
    wks_region_map map;
    const int32_t *row;
    int32_t *turn;
} asking;

static void ask_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const asking *self = context;

    (void)block;
    for (int64_t i = begin; i < end; i++)
        self->turn[i] = turn_of(self->world, wks_region_looks_in(self->world, &self->map, self->row[i]));
}

wks_status wks_round_region_crowd(wks_round_month *month, int32_t *row, int32_t n, double elsewhere, wks_round_crowd *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = month->world;
    asking self = {.world = world, .map = {.elsewhere = elsewhere}, .row = row};

    if (wks_region_n(world) > 1) {
        self.map.until =
            wks_round_buffer(month->round, WKS_ROUND_SLOT_REGION_HOMES, (size_t)world->buurt.base.n_rows, sizeof(int64_t), err);
        self.turn = turns(month, n, err);
        if (self.map.until == NULL || self.turn == NULL) return WKS_ERR_NOMEM;
        wks_region_map_fill(world, &self.map);
        wks_par_for(n, 0, world->threads, ask_rows, &self);
    }
    out->row = row;
    WKS_TRY(sort(month, WKS_ROUND_SLOT_REGION_SEEKERS, self.turn, n, row, sizeof *row, &out->start, err));
out:
    return rc;
}
