#include "measure/counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/marks.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/par.h"
#include "base/vector.h"

enum { BLOCK = 16384, EVERYBODY = WKS_WINDOW_GROUPS - 1, FRICTION = 3 };

/* Burdens are added in whole steps of 2^-38, so that the order of rows does not matter; room for a hundred million tenants. */
static const double BURDEN_ONE = 274877906944.0;
/* None comes near it: a rent of 1,000 euros a month and an income of 1,000 a year are 12. What a damaged state holds stays within 64 bits. */
static const double MOST_BURDEN = 100.0;

/* Sums of one block of households. */
typedef struct wks_counts_block {
    int64_t burden_sum[WKS_WINDOW_GROUPS]; /* of 1 / BURDEN_ONE */
    double burden_n[WKS_WINDOW_GROUPS], burden_high[WKS_WINDOW_GROUPS];
    wks_counts_low low;
    int64_t unhoused_months[WKS_N_PLACES][WKS_COUNTS_MONTHS];
} block_sums;

typedef struct wks_counts_pass {
    wks_counts *counts;
    const wks_world *world;
    const wks_law *law;
} pass;

wks_status wks_counts_create(int32_t n_buurten, int32_t n_groups, wks_counts *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)n_buurten;

    *out = (wks_counts){.n_buurten = n_buurten, .n_groups = n_groups};
    out->group = wks_mem_array(n * (size_t)n_groups, sizeof *out->group);
    out->all = wks_mem_array(n, sizeof *out->all);
    out->social = wks_mem_array(n, sizeof *out->social);
    out->social_vacant = wks_mem_array(n, sizeof *out->social_vacant);
    out->market_vacant = wks_mem_array(n, sizeof *out->market_vacant);
    if (out->group == NULL || out->all == NULL || out->social == NULL || out->social_vacant == NULL || out->market_vacant == NULL) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts of %d buurten", n_buurten);
    }
out:
    return rc;
}

void wks_counts_free(wks_counts *counts)
{
    free(counts->group);
    free(counts->all);
    free(counts->social);
    free(counts->social_vacant);
    free(counts->market_vacant);
    free(counts->blocks);
    *counts = (wks_counts){0};
}

static double burden_of(const wks_world *world, const wks_law *law, int32_t i)
{
    const double rent = (double)world->unit.rent_eur[world->household.unit_row[i]];
    const double income = (double)world->household.income_eur[i];
    const int32_t age = wks_month_age(world->household.head_birth_month[i], world->month);
    return 12 * (rent - wks_law_huurtoeslag(law, income, rent, world->household.n_persons[i], age)) / income;
}

/* ---- kept by differences ---- */

/* A household comes (number 1) or goes (-1). */
static void change_state(wks_counts *counts, const wks_track_state *state, int32_t number)
{
    const int32_t registered = (state->facts & WKS_TRACK_REGISTERED) != 0 ? number : 0;
    const int32_t active = (state->facts & WKS_TRACK_ACTIVE) != 0 ? number : 0;
    const int32_t resident = wks_track_lives_here(state) ? number : 0;
    uint32_t bits = state->groups;

    if (state->key == 0) return;
    counts->place[wks_track_place(state)] += number;
    counts->registered[EVERYBODY] += registered;
    counts->active[EVERYBODY] += active;
    counts->households[EVERYBODY] += resident;
    if (state->buurt_row >= 0) counts->all[state->buurt_row] += number;
    for (int32_t g = 0; bits != 0 && g < counts->n_groups; g++, bits >>= 1) {
        if ((bits & 1u) == 0) continue;
        counts->registered[g] += registered;
        counts->active[g] += active;
        counts->households[g] += resident;
        if (state->buurt_row >= 0) counts->group[(int64_t)g * counts->n_buurten + state->buurt_row] += number;
    }
}

void wks_counts_begin(wks_counts *counts, const wks_track *track)
{
    for (int32_t h = 0; h < track->n; h++) {
        const wks_track_state state = wks_track_was(track, h);
        change_state(counts, &state, 1);
    }
}

/* ---- counted anew ---- */

/* A hand count over the bits of one household that was ever low: bit 0 is now, bit 12 a year ago. */
static void add_low(wks_counts_low *low, uint32_t past, int32_t known)
{
    const bool now = past & 1u, then = past >> 12 & 1u, before = past >> 13 & 1u;

    low->now += known > 0 && now;
    if (known <= 12) return;
    low->then += then;
    low->out += then && !now;
    low->known += now;
    low->entered += now && !then;
    if (known <= 13 || !before || then) return;
    low->left++;
    low->relapsed += (past & 0xFFFu) != 0;
}

static int32_t months_of(const wks_world *world, int32_t i)
{
    const int32_t months = world->month - world->household.since_month[i];
    return months < 0 ? 0 : months < WKS_COUNTS_MONTHS ? months : WKS_COUNTS_MONTHS - 1;
}

static void add_burden(const pass *self, block_sums *sum, int32_t i)
{
    const wks_world *world = self->world;
    const int32_t unit = world->household.unit_row[i];

    if (unit < 0 || !(world->unit.rent_eur[unit] > 0) || !(world->household.income_eur[i] > 1000)) return;
    const double burden = burden_of(world, self->law, i);
    const int64_t steps = (int64_t)((burden < MOST_BURDEN ? burden : MOST_BURDEN) * BURDEN_ONE + 0.5);
    uint64_t bits = ((uint64_t)world->household.groups[i] & ((UINT64_C(1) << self->counts->n_groups) - 1)) | UINT64_C(1) << EVERYBODY;
    for (int32_t g = 0; bits != 0; g++, bits >>= 1) {
        if ((bits & 1u) == 0) continue;
        sum->burden_sum[g] += steps;
        sum->burden_n[g] += 1;
        sum->burden_high[g] += burden > WKS_COUNTS_HIGH_BURDEN;
    }
}

/* Rows that more is to be read of than that they are there: without a home, or low income at some time. Returns how many have a known past. */
WKS_VECTOR static int32_t mark(const wks_household_table *household, int64_t begin, int64_t n, uint8_t *restrict out)
{
    const uint64_t *key = household->key + begin;
    const uint8_t *place = household->place + begin, *known = household->low_known + begin;
    const uint16_t *past = household->low_past + begin;
    int32_t n_known = 0;

    for (int64_t i = 0; i < n; i++)
        out[i] = key[i] != 0;
    for (int64_t i = 0; i < n; i++)
        n_known += out[i] & (known[i] > 0);
    for (int64_t i = 0; i < n; i++)
        out[i] &= (place[i] != WKS_PLACE_HOUSED) | (past[i] != 0);
    return n_known;
}

static void take_rows(const pass *self, block_sums *sum, int64_t begin, int64_t n)
{
    const wks_household_table *household = &self->world->household;
    uint8_t marked[WKS_PAR_BLOCK + WKS_MARKS_BEHIND];

    sum->low.n += mark(household, begin, n, marked);
    memset(marked + n, 0, WKS_MARKS_BEHIND);
    for (int64_t m = wks_marks_next(marked, n, 0); m < n; m = wks_marks_next(marked, n, m + 1)) {
        const int64_t i = begin + m;
        const uint8_t place = household->place[i];
        if (household->low_past[i] != 0) add_low(&sum->low, household->low_past[i], household->low_known[i]);
        if (place != WKS_PLACE_HOUSED) sum->unhoused_months[place][months_of(self->world, (int32_t)i)]++;
    }
}

static void take_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    const wks_household_table *household = &self->world->household;
    block_sums *all = self->counts->blocks, *sum = &all[block];

    *sum = (block_sums){0};
    for (int64_t i = begin; i < end; i += WKS_PAR_BLOCK)
        take_rows(self, sum, i, end - i < WKS_PAR_BLOCK ? end - i : WKS_PAR_BLOCK);
    for (int64_t i = begin; i < end && self->law != NULL; i++) {
        if (household->key[i] != 0) add_burden(self, sum, (int32_t)i);
    }
}

static void sum_low(wks_counts_low *to, const wks_counts_low *from)
{
    to->n += from->n;
    to->now += from->now;
    to->then += from->then;
    to->out += from->out;
    to->known += from->known;
    to->entered += from->entered;
    to->left += from->left;
    to->relapsed += from->relapsed;
}

static void add_blocks(wks_counts *counts, int64_t n_blocks)
{
    const block_sums *sum = counts->blocks;
    int64_t burden_sum[WKS_WINDOW_GROUPS] = {0};

    for (int64_t b = 0; b < n_blocks; b++, sum++) {
        for (int32_t g = 0; g < WKS_WINDOW_GROUPS; g++) {
            burden_sum[g] += sum->burden_sum[g];
            counts->burden_n[g] += sum->burden_n[g];
            counts->burden_high[g] += sum->burden_high[g];
        }
        sum_low(&counts->low, &sum->low);
        for (int32_t p = 0; p < WKS_N_PLACES; p++) {
            for (int32_t m = 0; m < WKS_COUNTS_MONTHS; m++)
                counts->unhoused_months[p][m] += sum->unhoused_months[p][m];
        }
    }
    for (int32_t g = 0; g < WKS_WINDOW_GROUPS; g++)
        counts->burden_sum[g] = (double)burden_sum[g] / BURDEN_ONE;
}

/* What is kept by differences. */
static void clear_kept(wks_counts *counts)
{
    const size_t n = (size_t)counts->n_buurten;
    memset(counts->group, 0, n * (size_t)counts->n_groups * sizeof *counts->group);
    memset(counts->all, 0, n * sizeof *counts->all);
    memset(counts->registered, 0, sizeof counts->registered);
    memset(counts->active, 0, sizeof counts->active);
    memset(counts->households, 0, sizeof counts->households);
    memset(counts->place, 0, sizeof counts->place);
}

static void clear_rest(wks_counts *counts)
{
    const size_t n = (size_t)counts->n_buurten;
    memset(counts->social, 0, n * sizeof *counts->social);
    memset(counts->social_vacant, 0, n * sizeof *counts->social_vacant);
    memset(counts->market_vacant, 0, n * sizeof *counts->market_vacant);
    memset(counts->unhoused_months, 0, sizeof counts->unhoused_months);
    memset(counts->burden_sum, 0, sizeof counts->burden_sum);
    memset(counts->burden_n, 0, sizeof counts->burden_n);
    memset(counts->burden_high, 0, sizeof counts->burden_high);
    counts->low = (wks_counts_low){0};
    counts->persons = 0;
    counts->streefhuur_sum = 0;
    counts->streefhuur_n = counts->n_capped = 0;
}

/* Sixteen numbers at once. */
enum { SIXTEEN = 16 };
static inline bool none_below_0(const int32_t *row)
{
    int32_t any = 0;

    for (int32_t i = 0; i < SIXTEEN; i++)
        any |= row[i];
    return any >= 0;
}

/* Nearly nobody lives in an institution. */
static int64_t count_residents(const wks_world *world)
{
    const wks_person_table *person = &world->person;
    const wks_rare *institution = &person->institution_row;
    const int32_t youngest = world->month - 12 * 18, oldest = world->month - 12 * 65;
    int64_t n = 0;

    for (int32_t e = 0; e < institution->n_entries; e++) {
        const int32_t i = institution->entry[e].row;
        n += i >= 0 && person->key[i] != 0 && person->birth_month[i] <= youngest && person->birth_month[i] > oldest;
    }
    return n;
}

/* Rents added in whole cents: the order of rows does not matter. */
static void count_stock(wks_counts *counts, const wks_world *world)
{
    const wks_dwelling_table *dwelling = &world->dwelling;
    int64_t cents = 0;

    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (dwelling->tenure[d] != WKS_TENURE_SOCIAL || dwelling->key[d] == 0) continue;
        counts->social[dwelling->buurt_row[d]] += dwelling->n_units[d];
        if (dwelling->n_units[d] != 1) continue;
        cents += (int64_t)(100 * wks_dwelling_streefhuur(dwelling, d) + 0.5);
        counts->streefhuur_n++;
        counts->n_capped += wks_dwelling_is_capped(dwelling, d);
    }
    counts->streefhuur_sum = (double)cents / 100;
}

static void count_if_vacant(wks_counts *counts, const wks_world *world, int32_t u)
{
    if (world->unit.household_row[u] >= 0 || world->unit.key[u] == 0 || world->unit.lettable_month[u] > world->month + FRICTION) return;
    const int32_t dwelling = world->unit.dwelling_row[u], buurt = world->dwelling.buurt_row[dwelling];
    (world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL ? counts->social_vacant : counts->market_vacant)[buurt] += 1;
}

/* Homes that stand empty for other reasons than a change of occupant never become lettable and do not count. */
static void count_vacant(wks_counts *counts, const wks_world *world)
{
    const int32_t n = world->unit.base.n_rows;

    for (int32_t begin = 0; begin < n; begin += SIXTEEN) {
        if (begin + SIXTEEN <= n && none_below_0(world->unit.household_row + begin)) continue;
        for (int32_t u = begin; u < n && u < begin + SIXTEEN; u++)
            count_if_vacant(counts, world, u);
    }
}

static wks_status count_rest(wks_counts *counts, const wks_world *world, const wks_law *law, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int64_t size = wks_par_block_size(world->household.base.n_rows, BLOCK),
                  n_blocks = wks_par_blocks(world->household.base.n_rows, size);
    pass self = {counts, world, law};

    if (counts->n_blocks < n_blocks) {
        free(counts->blocks);
        counts->blocks = wks_mem_array((size_t)n_blocks, sizeof(block_sums));
        counts->n_blocks = counts->blocks == NULL ? 0 : n_blocks;
        if (counts->blocks == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for partial counts");
    }
    clear_rest(counts);
    wks_par_for(world->household.base.n_rows, size, world->threads, take_block, &self);
    add_blocks(counts, n_blocks);
    count_stock(counts, world);
    count_vacant(counts, world);
    counts->residents = count_residents(world);
    for (int32_t b = 0; b < counts->n_buurten; b++)
        counts->persons += world->buurt.n_persons[b];
out:
    return rc;
}

/* ---- all ---- */

wks_status wks_counts_take(wks_counts *counts, const wks_world *world, const wks_law *law, wks_err *err)
{
    clear_kept(counts);
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        const wks_track_state state = wks_track_is(world, h);
        change_state(counts, &state, 1);
    }
    return count_rest(counts, world, law, err);
}

wks_status wks_counts_follow(wks_counts *counts, const wks_track *track, const wks_world *world, const wks_law *law, wks_err *err)
{
    for (int32_t h = wks_track_next(track, 0); h != WKS_NONE; h = wks_track_next(track, h + 1)) {
        const wks_track_state was = wks_track_was(track, h), is = wks_track_is(world, h);
        change_state(counts, &was, -1);
        change_state(counts, &is, 1);
    }
    return count_rest(counts, world, law, err);
}
