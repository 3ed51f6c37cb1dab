#include "measure/counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "base/par.h"

enum { BLOCK = 16384, EVERYBODY = WKS_WINDOW_GROUPS - 1, FRICTION = 3 };

/* Sums of one block of households; `place` tables by buurt follow behind it. */
typedef struct wks_counts_block {
    int64_t registered[WKS_WINDOW_GROUPS], active[WKS_WINDOW_GROUPS], households[WKS_WINDOW_GROUPS];
    int64_t place[WKS_N_PLACES];
    double burden_sum[WKS_WINDOW_GROUPS], burden_n[WKS_WINDOW_GROUPS], burden_high[WKS_WINDOW_GROUPS];
    wks_counts_low low;
    int64_t unhoused_months[WKS_N_PLACES][WKS_COUNTS_MONTHS];
} block_sums;

typedef struct wks_counts_pass {
    wks_counts *counts;
    const wks_world *world;
    const wks_law *law;
    size_t stride; /* bytes a block */
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

static void add_to_slot(block_sums *sum, int32_t slot, bool registered, bool active, bool resident, bool pays, double burden)
{
    sum->registered[slot] += registered;
    sum->active[slot] += active;
    sum->households[slot] += resident;
    if (!pays) return;
    sum->burden_sum[slot] += burden;
    sum->burden_n[slot] += 1;
    sum->burden_high[slot] += burden > WKS_COUNTS_HIGH_BURDEN;
}

/* A hand count over the bits of one household: bit 0 is now, bit 12 a year ago. */
static void add_low(wks_counts_low *low, uint32_t past, int32_t known)
{
    const bool now = past & 1u, then = past >> 12 & 1u, before = past >> 13 & 1u;

    low->n += known > 0;
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

/* Rows of the table by group a household counts in: its groups, and everybody. */
static void add_household(const pass *self, block_sums *sum, double *group, double *all, int32_t i)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const wks_place place = (wks_place)household->place[i];
    const bool resident = place != WKS_PLACE_OUTSIDE && place != WKS_PLACE_COA;
    const bool registered = household->registered_month[i] != WKS_NO_MONTH;
    const bool active = household->search[i] == WKS_SEARCH_SOCIAL || household->search[i] == WKS_SEARCH_BOTH;
    const int32_t unit = household->unit_row[i];
    const bool pays = self->law != NULL && unit >= 0 && world->unit.rent_eur[unit] > 0 && household->income_eur[i] > 1000;
    const double burden = pays ? burden_of(world, self->law, i) : 0;
    const int32_t buurt = unit < 0 ? WKS_NONE : world->dwelling.buurt_row[world->unit.dwelling_row[unit]];

    sum->place[place]++;
    add_low(&sum->low, household->low_past[i], household->low_known[i]);
    if (place != WKS_PLACE_HOUSED) sum->unhoused_months[place][months_of(world, i)]++;
    if (buurt >= 0) all[buurt] += 1;
    add_to_slot(sum, EVERYBODY, registered, active, resident, pays, burden);
    uint32_t bits = household->groups[i];
    for (int32_t g = 0; bits != 0 && g < self->counts->n_groups; g++, bits >>= 1) {
        if ((bits & 1u) == 0) continue;
        add_to_slot(sum, g, registered, active, resident, pays, burden);
        if (buurt >= 0) group[(int64_t)g * self->counts->n_buurten + buurt] += 1;
    }
}

static void take_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    char *base = (char *)self->counts->blocks + (size_t)block * self->stride;
    void *start = base;
    block_sums *sum = start;
    void *tables = base + sizeof *sum;
    double *all = tables;
    double *group = all + self->counts->n_buurten;

    memset(base, 0, self->stride);
    for (int64_t i = begin; i < end; i++) {
        if (self->world->household.key[i] != 0) add_household(self, sum, group, all, (int32_t)i);
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

static void add_blocks(wks_counts *counts, int64_t n_blocks, size_t stride)
{
    const size_t n = (size_t)counts->n_buurten;
    for (int64_t b = 0; b < n_blocks; b++) {
        char *base = (char *)counts->blocks + (size_t)b * stride;
        void *start = base, *tables = base + sizeof(block_sums);
        const block_sums *sum = start;
        const double *all = tables, *group = all + n;
        for (int32_t g = 0; g < WKS_WINDOW_GROUPS; g++) {
            counts->registered[g] += sum->registered[g];
            counts->active[g] += sum->active[g];
            counts->households[g] += sum->households[g];
            counts->burden_sum[g] += sum->burden_sum[g];
            counts->burden_n[g] += sum->burden_n[g];
            counts->burden_high[g] += sum->burden_high[g];
        }
        sum_low(&counts->low, &sum->low);
        for (int32_t p = 0; p < WKS_N_PLACES; p++) {
            counts->place[p] += sum->place[p];
            for (int32_t m = 0; m < WKS_COUNTS_MONTHS; m++)
                counts->unhoused_months[p][m] += sum->unhoused_months[p][m];
        }
        for (size_t i = 0; i < n; i++)
            counts->all[i] += all[i];
        for (size_t i = 0; i < n * (size_t)counts->n_groups; i++)
            counts->group[i] += group[i];
    }
}

static void clear(wks_counts *counts)
{
    const size_t n = (size_t)counts->n_buurten;
    memset(counts->group, 0, n * (size_t)counts->n_groups * sizeof *counts->group);
    memset(counts->all, 0, n * sizeof *counts->all);
    memset(counts->social, 0, n * sizeof *counts->social);
    memset(counts->social_vacant, 0, n * sizeof *counts->social_vacant);
    memset(counts->market_vacant, 0, n * sizeof *counts->market_vacant);
    memset(counts->registered, 0, sizeof counts->registered);
    memset(counts->active, 0, sizeof counts->active);
    memset(counts->households, 0, sizeof counts->households);
    memset(counts->place, 0, sizeof counts->place);
    memset(counts->unhoused_months, 0, sizeof counts->unhoused_months);
    memset(counts->burden_sum, 0, sizeof counts->burden_sum);
    memset(counts->burden_n, 0, sizeof counts->burden_n);
    memset(counts->burden_high, 0, sizeof counts->burden_high);
    counts->low = (wks_counts_low){0};
    counts->persons = 0;
    counts->streefhuur_sum = 0;
    counts->streefhuur_n = counts->n_capped = 0;
}

static int64_t count_residents(const wks_world *world)
{
    const wks_person_table *person = &world->person;
    const int32_t youngest = world->month - 12 * 18, oldest = world->month - 12 * 65;
    int64_t n = 0;

    for (int32_t i = 0; i < person->base.n_rows; i++)
        n +=
            person->institution_row[i] >= 0 && person->key[i] != 0 && person->birth_month[i] <= youngest && person->birth_month[i] > oldest;
    return n;
}

/* Added in whole cents: the order of rows does not matter. */
static void count_rents(wks_counts *counts, const wks_world *world)
{
    int64_t cents = 0;

    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.key[d] == 0 || world->dwelling.tenure[d] != WKS_TENURE_SOCIAL || world->dwelling.n_units[d] != 1) continue;
        cents += (int64_t)(100 * wks_dwelling_streefhuur(&world->dwelling, d) + 0.5);
        counts->streefhuur_n++;
        counts->n_capped += wks_dwelling_is_capped(&world->dwelling, d);
    }
    counts->streefhuur_sum = (double)cents / 100;
}

wks_status wks_counts_take(wks_counts *counts, const wks_world *world, const wks_law *law, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)counts->n_buurten;
    const int64_t size = wks_par_block_size(world->household.base.n_rows, BLOCK),
                  n_blocks = wks_par_blocks(world->household.base.n_rows, size);
    pass self = {counts, world, law, sizeof(block_sums) + n * (1 + (size_t)counts->n_groups) * sizeof(double)};

    if (counts->blocks_size < (size_t)n_blocks * self.stride) {
        free(counts->blocks);
        counts->blocks = wks_mem_array((size_t)n_blocks, self.stride);
        counts->blocks_size = counts->blocks == NULL ? 0 : (size_t)n_blocks * self.stride;
        if (counts->blocks == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for partial counts");
    }
    clear(counts);
    wks_par_for(world->household.base.n_rows, size, world->threads, take_block, &self);
    add_blocks(counts, n_blocks, self.stride);
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (world->unit.key[u] == 0) continue;
        const int32_t dwelling = world->unit.dwelling_row[u], buurt = world->dwelling.buurt_row[dwelling];
        const bool social = world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL;
        counts->social[buurt] += social;
        /* Homes that stand empty for other reasons than a change of occupant never become lettable and do not count. */
        if (world->unit.household_row[u] < 0 && world->unit.lettable_month[u] <= world->month + FRICTION)
            (social ? counts->social_vacant : counts->market_vacant)[buurt] += 1;
    }
    count_rents(counts, world);
    counts->residents = count_residents(world);
    for (int32_t b = 0; b < counts->n_buurten; b++)
        counts->persons += world->buurt.n_persons[b];
out:
    return rc;
}
