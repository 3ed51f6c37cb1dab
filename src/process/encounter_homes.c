#include "process/encounter_homes.h"

#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"

typedef wks_encounter_homes_sums sums;

/* Of one block of rows. */
typedef struct wks_encounter_homes_counts {
    int32_t households, settled, adults;
} counts;

typedef struct wks_encounter_homes_pass {
    const wks_world *world;
    wks_encounter_homes *out;
    counts *block;   /* n_blocks * n_buurten */
    bool has_shared; /* some complex has shared space, or has not forgotten it */
} pass;

enum { YEAR = 12 };

static bool is_shared(const wks_world *world, int32_t complex)
{
    return world->complex.shared[complex] != 0 || world->complex.contacts[complex] != 0;
}

static bool has_shared(const wks_world *world)
{
    for (int32_t c = 0; c < world->complex.base.n_rows; c++) {
        if (world->complex.key[c] != 0 && is_shared(world, c)) return true;
    }
    return false;
}

/* Who has no neighbours of its own is in no sum: a guest has those of its host, in shelter the mean of the city counts. */
static int32_t without_home(const wks_world *world, int32_t i)
{
    const uint8_t place = world->household.place[i];

    if (place == WKS_PLACE_OUTSIDE || place == WKS_PLACE_COA) return WKS_ENCOUNTER_HOMES_ELSEWHERE;
    const int32_t buurt = wks_world_buurt_of(world, i);
    return buurt >= 0 ? buurt : world->buurt.base.n_rows;
}

static bool is_apart(const pass *self, int32_t i, int32_t d)
{
    const wks_world *world = self->world;

    return wks_household_is_referred(&world->household, i) || world->dwelling.label[d] == WKS_LABEL_GEMENGD ||
           (self->has_shared && is_shared(world, world->dwelling.complex_row[d]));
}

static void look_at_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t *const dwelling_row = world->unit.dwelling_row, *const buurt_row = world->dwelling.buurt_row;
    const int32_t settled_from = world->month - YEAR;
    int32_t *const buurt = self->out->buurt, *const portiek = self->out->portiek, *const apart = self->out->apart + begin;
    counts *const sum = self->block + block * world->buurt.base.n_rows;
    int32_t n_apart = 0;

    memset(sum, 0, (size_t)world->buurt.base.n_rows * sizeof *sum);
    for (int64_t k = begin; k < end; k++) {
        const int32_t i = (int32_t)k;
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) {
            portiek[i] = 0;
            buurt[i] = household->key[i] == 0 ? WKS_ENCOUNTER_HOMES_NOBODY : without_home(world, i);
            continue;
        }
        const int32_t d = dwelling_row[household->unit_row[i]], b = buurt_row[d];
        counts *const here = &sum[b];
        here->households++;
        here->settled += household->since_month[i] <= settled_from;
        here->adults += household->n_adults[i];
        portiek[i] = world->dwelling.portiek[d];
        buurt[i] = b;
        if (!is_apart(self, i, d)) continue;
        buurt[i] = WKS_ENCOUNTER_HOMES_APART;
        apart[n_apart++] = i;
    }
    self->out->n_apart[block] = n_apart;
}

static void add_up(const counts *block, int64_t n_blocks, int32_t n_buurten, sums *out)
{
    memset(out, 0, (size_t)n_buurten * sizeof *out);
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t b = 0; b < n_buurten; b++) {
            const counts *part = &block[k * n_buurten + b];
            out[b].households += part->households;
            out[b].settled += part->settled;
            out[b].adults += part->adults;
        }
    }
}

wks_status wks_encounter_homes_take(wks_tick *tick, wks_encounter_homes *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows, n_buurten = world->buurt.base.n_rows;

    out->block_size = wks_par_block_size(n, WKS_PAR_BLOCK);
    out->n_blocks = wks_par_blocks(n, out->block_size);
    out->buurt = wks_tick_buffer(tick, WKS_SLOT_ROWS_A, (size_t)n, sizeof *out->buurt);
    out->portiek = wks_tick_buffer(tick, WKS_SLOT_ROWS_B, (size_t)n, sizeof *out->portiek);
    out->apart = wks_tick_buffer(tick, WKS_SLOT_ROWS_C, (size_t)n, sizeof *out->apart);
    out->n_apart = wks_tick_buffer(tick, WKS_SLOT_ENCOUNTER_N_APART, (size_t)out->n_blocks, sizeof *out->n_apart);
    out->sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)n_buurten, sizeof *out->sum);
    pass self = {world, out, wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)out->n_blocks * (size_t)n_buurten, sizeof *self.block),
                 has_shared(world)};
    if (out->buurt == NULL || out->portiek == NULL || out->apart == NULL || out->n_apart == NULL || out->sum == NULL || self.block == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the neighbours of %d households", n);
    wks_par_for(n, out->block_size, world->threads, look_at_block, &self);
    add_up(self.block, out->n_blocks, n_buurten, out->sum);
out:
    return rc;
}
