#include "measure/flows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"

enum { RANDOM_HOMES = 8 };

const char *const wks_flows_band_name[WKS_FLOWS_BANDS] = {"under_500_m", "500_m_1_km", "1_2_km", "2_5_km", "over_5_km"};

/* A move of this calendar year. */
typedef struct wks_flows_move {
    int32_t from, to;
    uint32_t groups;
} year_move;

struct wks_flows {
    const wks_scenario *scenario;
    wks_flows_sums month[WKS_WINDOW_MONTHS];
    int32_t next;
    year_move *move;
    int32_t n_moves, capacity;
    wks_flows_row *row;
    int32_t n_rows, row_capacity;
};

wks_status wks_flows_create(const wks_scenario *scenario, wks_flows **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_flows *flows = wks_mem_array(1, sizeof *flows);

    *out = flows;
    if (flows == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for flows");
    flows->scenario = scenario;
out:
    return rc;
}

void wks_flows_destroy(wks_flows *flows)
{
    if (flows == NULL) return;
    free(flows->move);
    free(flows->row);
    free(flows);
}

/* --- tenure and distance -------------------------------------------------------------------------------------------- */

static int32_t band_of(double dx, double dy)
{
    static const double limit[WKS_FLOWS_BANDS - 1] = {500, 1000, 2000, 5000};
    const double squared = dx * dx + dy * dy;
    int32_t band = 0;

    while (band < WKS_FLOWS_BANDS - 1 && squared >= limit[band] * limit[band])
        band++;
    return band;
}

static int by_key(const void *left, const void *right)
{
    const wks_moves_household *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

/* Keys are hashes: the next household by key has nothing in common with this one, and the order of rows and threads does not matter. */
static void count_distances(wks_flows_sums *sum, const wks_moves_household *item, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        sum->distance[band_of((double)item[i].to_x_m - (double)item[i].from_x_m, (double)item[i].to_y_m - (double)item[i].from_y_m)]++;
        for (int32_t k = 1; k <= RANDOM_HOMES && k < n; k++) {
            const wks_moves_household *other = &item[(i + k) % n];
            sum->random[band_of((double)other->to_x_m - (double)item[i].from_x_m, (double)other->to_y_m - (double)item[i].from_y_m)]++;
        }
    }
}

static bool is_within(const wks_moves_household *item)
{
    return item->to < WKS_N_TENURES && isfinite(item->from_x_m) && isfinite(item->from_y_m) && isfinite(item->to_x_m) &&
           isfinite(item->to_y_m);
}

static wks_status take_distances(wks_flows_sums *sum, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = 0;
    wks_moves_household *within = wks_mem_array((size_t)world->moves.n, sizeof *within);

    if (within == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d moves", world->moves.n);
    for (int32_t i = 0; i < world->moves.n; i++) {
        if (is_within(&world->moves.household[i])) within[n++] = world->moves.household[i];
    }
    qsort(within, (size_t)n, sizeof *within, by_key);
    count_distances(sum, within, n);
out:
    free(within);
    return rc;
}

/* --- wijken --------------------------------------------------------------------------------------------------------- */

static int32_t place_of(const wks_world *world, int32_t buurt_row, uint8_t footing)
{
    if (buurt_row >= 0) return world->buurt.wijk_row[buurt_row];
    return footing == WKS_MOVES_ELSEWHERE ? WKS_FLOWS_OUTSIDE : WKS_FLOWS_SHELTER;
}

static wks_status take_moves(wks_flows *flows, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t needed = (size_t)flows->n_moves + (size_t)world->moves.n;

    if (needed > (size_t)flows->capacity) {
        const size_t larger = wks_mem_capacity((size_t)flows->capacity, needed);
        year_move *grown = wks_mem_resize(flows->move, (size_t)flows->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the moves of a year");
        flows->move = grown;
        flows->capacity = (int32_t)larger;
    }
    for (int32_t i = 0; i < world->moves.n; i++) {
        const wks_moves_household *item = &world->moves.household[i];
        flows->move[flows->n_moves++] =
            (year_move){place_of(world, item->from_buurt_row, item->from), place_of(world, item->to_buurt_row, item->to), item->groups};
    }
out:
    return rc;
}

wks_status wks_flows_tick(wks_flows *flows, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_flows_sums *month = &flows->month[flows->next];

    if (world->moves.is_incomplete) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the moves of tick %d", world->tick);
    *month = (wks_flows_sums){0};
    for (int32_t i = 0; i < world->moves.n; i++)
        month->tenure[world->moves.household[i].from][world->moves.household[i].to]++;
    WKS_TRY(take_distances(month, world, err));
    WKS_TRY(take_moves(flows, world, err));
    flows->next = (flows->next + 1) % WKS_WINDOW_MONTHS;
out:
    return rc;
}

wks_flows_sums wks_flows_sums_of(const wks_flows *flows)
{
    wks_flows_sums sum = {{{0}}, {0}, {0}};

    for (int32_t m = 0; m < WKS_WINDOW_MONTHS; m++) { /* those to come are 0 */
        for (int32_t i = 0; i < WKS_N_MOVES_FOOTINGS; i++) {
            for (int32_t j = 0; j < WKS_N_MOVES_FOOTINGS; j++)
                sum.tenure[i][j] += flows->month[m].tenure[i][j];
        }
        for (int32_t k = 0; k < WKS_FLOWS_BANDS; k++) {
            sum.distance[k] += flows->month[m].distance[k];
            sum.random[k] += flows->month[m].random[k];
        }
    }
    return sum;
}

static int by_pair(const void *left, const void *right)
{
    const year_move *a = left, *b = right;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static wks_status add_row(wks_flows *flows, wks_flows_row row, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (flows->n_rows == flows->row_capacity) {
        const size_t larger = wks_mem_capacity((size_t)flows->row_capacity, (size_t)flows->n_rows + 1);
        wks_flows_row *grown = wks_mem_resize(flows->row, (size_t)flows->row_capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the rows of flows");
        flows->row = grown;
        flows->row_capacity = (int32_t)larger;
    }
    flows->row[flows->n_rows++] = row;
out:
    return rc;
}

/* The moves of one pair: everybody, then each group. */
static wks_status add_pair(wks_flows *flows, const wks_world *world, const year_move *move, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_flows_row row = {wks_month_year(world->month), move->from, move->to, "", n};

    if (!wks_world_may_tell(world, n)) goto out;
    WKS_TRY(add_row(flows, row, err));
    for (int32_t g = 0; g < flows->scenario->n_groups; g++) {
        if (!flows->scenario->group[g].measure) continue;
        row.group = flows->scenario->group[g].name;
        row.moves = 0;
        for (int32_t i = 0; i < n; i++)
            row.moves += move[i].groups >> g & 1u;
        if (row.moves > 0 && wks_world_may_tell_part(world, (double)row.moves, n)) WKS_TRY(add_row(flows, row, err));
    }
out:
    return rc;
}

wks_status wks_flows_rows(wks_flows *flows, const wks_world *world, const wks_flows_row **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_end = wks_month_of_year(world->month) == 11 || world->tick == flows->scenario->n_ticks;

    *out = NULL;
    *out_n = 0;
    if (!is_end || flows->n_moves == 0) goto out;
    flows->n_rows = 0;
    qsort(flows->move, (size_t)flows->n_moves, sizeof *flows->move, by_pair);
    for (int32_t i = 0, n; i < flows->n_moves; i += n) {
        n = 1;
        while (i + n < flows->n_moves && by_pair(&flows->move[i], &flows->move[i + n]) == 0)
            n++;
        WKS_TRY(add_pair(flows, world, &flows->move[i], n, err));
    }
    flows->n_moves = 0;
    *out = flows->row;
    *out_n = flows->n_rows;
out:
    return rc;
}

wks_status wks_flows_carry(wks_flows *flows, int32_t n_wijken, wks_carry *carry, wks_err *err)
{
    int32_t n = flows->n_moves;

    wks_carry_tag(carry, "flows");
    for (int32_t m = 0; m < WKS_WINDOW_MONTHS; m++) {
        WKS_CARRY_TABLE(carry, flows->month[m].tenure, int64_t);
        WKS_CARRY_FIELDS(carry, flows->month[m].distance);
        WKS_CARRY_FIELDS(carry, flows->month[m].random);
    }
    wks_carry_i32(carry, &flows->next);
    wks_carry_must(carry, flows->next >= 0 && flows->next < WKS_WINDOW_MONTHS, "flows of other months");
    wks_carry_count(carry, &n, 2 * sizeof(int32_t) + sizeof(uint32_t));
    flows->move = wks_carry_room(carry, flows->move, (size_t)flows->capacity, (size_t)n, sizeof *flows->move);
    if (wks_carry_failed(carry)) return wks_carry_status(carry, err);
    if (flows->capacity < n) flows->capacity = n;
    flows->n_moves = n;
    for (int32_t i = 0; i < n; i++) {
        year_move *move = &flows->move[i];
        wks_carry_i32(carry, &move->from);
        wks_carry_i32(carry, &move->to);
        WKS_CARRY_FIELD(carry, move->groups);
        wks_carry_must(carry,
                       move->from >= WKS_FLOWS_OUTSIDE && move->from < n_wijken && move->to >= WKS_FLOWS_OUTSIDE && move->to < n_wijken,
                       "a move between wijken that are not there");
    }
    return wks_carry_status(carry, err);
}
