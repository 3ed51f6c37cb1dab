#include "measure/encounter_level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/vector.h"
#include "measure/selection.h"

enum { EVERYBODY = WKS_WINDOW_GROUPS - 1, STEPS = 1000 };

/* Households with a home; contacts of their adults in thousandths, so that no order matters. */
typedef struct wks_encounter_level_sums {
    int64_t households, adults, contacts, lonely, counted; /* counted: process encounter gave them contacts, which are above 0 then */
} sums;

/* Who lives in homes labelled gemengd. */
typedef struct wks_encounter_level_gemengd {
    int64_t carriers, askers, others, mixed;
} gemengd;

typedef struct wks_encounter_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    wks_series *out;
    const char *level;
} context;

static wks_status add(const context *self, const char *indicator, const char *group, int32_t row, bool is_told, double value, wks_err *err)
{
    if (!wks_selection_has(self->scenario, indicator)) return WKS_OK;
    return wks_series_add(self->out, indicator, group, "", self->level, row, is_told ? value : NAN, err);
}

static double ratio(int64_t part, int64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

static void take_in(sums *sum, const wks_household_table *household, int32_t i)
{
    sum->households++;
    sum->adults += household->n_adults[i];
    sum->contacts += household->n_adults[i] * (int64_t)(STEPS * (double)household->contacts[i] + 0.5);
    sum->lonely += household->lonely[i];
    sum->counted += household->contacts[i] > 0;
}

/* Nobody's contacts were counted (process encounter was never on): not known, rather than none. */
static double mean_contacts(const sums *sum)
{
    return sum->counted > 0 ? ratio(sum->contacts, STEPS * sum->adults) : NAN;
}

static void take_gemengd(gemengd *sum, const wks_household_table *household, int32_t i)
{
    if (wks_household_is_asker(household, i)) {
        sum->askers++;
        sum->mixed += household->mixed[i];
    } else if (household->motivated[i])
        sum->carriers++;
    else
        sum->others++;
}

/* ---- counting ---- */

/* Blocks hold a table of their own: sums by what each byte of `groups` is, from which those of the groups follow. */
enum { BLOCK = 8192, BYTE = 256, MOST_BYTES = 4 };

typedef struct wks_encounter_level_pass {
    const wks_world *world;
    int32_t n_bytes;
    sums *sum; /* blocks x bytes x values of a byte */
} pass;

/* Of one household: numbers that stay below their number of bits over WKS_PAR_BLOCK households, in one word, so that they are added at once. */
enum { HOUSEHOLDS_BITS = 13, ADULTS_AT = 3 * HOUSEHOLDS_BITS }; /* households, lonely, counted; adults */

typedef struct wks_encounter_level_rows {
    uint64_t numbers[WKS_PAR_BLOCK];
    double contacts[WKS_PAR_BLOCK]; /* whole numbers */
    uint8_t is_here[WKS_PAR_BLOCK];
} rows;

/* As take_in has it; nothing of who has no home. */
WKS_VECTOR static void read_rows(const wks_household_table *household, int64_t begin, int64_t n, rows *restrict out)
{
    const uint64_t *key = household->key + begin;
    const float *contacts = household->contacts + begin;
    const uint8_t *place = household->place + begin, *n_adults = household->n_adults + begin, *lonely = household->lonely + begin;

    for (int64_t i = 0; i < n; i++)
        out->is_here[i] = (place[i] == WKS_PLACE_HOUSED) & (key[i] != 0);
    for (int64_t i = 0; i < n; i++) {
        const uint64_t is_here = out->is_here[i], is_counted = contacts[i] > 0;
        out->numbers[i] = is_here * (UINT64_C(1) + ((uint64_t)lonely[i] << HOUSEHOLDS_BITS) + (is_counted << 2 * HOUSEHOLDS_BITS) +
                                     ((uint64_t)n_adults[i] << ADULTS_AT));
    }
    for (int64_t i = 0; i < n; i++)
        out->contacts[i] = (double)(out->is_here[i] * n_adults[i]) * floor(STEPS * (double)(contacts[i] > 0 ? contacts[i] : 0) + 0.5);
}

static void add_numbers(sums *to, uint64_t numbers, int64_t contacts)
{
    const uint64_t most = (UINT64_C(1) << HOUSEHOLDS_BITS) - 1;

    to->households += (int64_t)(numbers & most);
    to->lonely += (int64_t)(numbers >> HOUSEHOLDS_BITS & most);
    to->counted += (int64_t)(numbers >> 2 * HOUSEHOLDS_BITS & most);
    to->adults += (int64_t)(numbers >> ADULTS_AT);
    to->contacts += contacts;
}

static void count_rows(const pass *self, int64_t begin, int64_t n, rows *read, sums *sum)
{
    const uint32_t *groups = self->world->household.groups + begin;

    read_rows(&self->world->household, begin, n, read);
    for (int32_t k = 0; k < self->n_bytes; k++) {
        uint64_t numbers[BYTE] = {0};
        double contacts[BYTE] = {0};
        for (int64_t i = 0; i < n; i++) {
            const uint8_t value = (uint8_t)(groups[i] >> (8 * k));
            numbers[value] += read->numbers[i];
            contacts[value] += read->contacts[i];
        }
        for (int32_t value = 0; value < BYTE; value++)
            if (numbers[value] != 0) add_numbers(&sum[k * BYTE + value], numbers[value], (int64_t)contacts[value]);
    }
}

static void count_block(int64_t begin, int64_t end, int64_t block, void *data)
{
    const pass *self = data;
    rows read;

    for (int64_t i = begin; i < end; i += WKS_PAR_BLOCK)
        count_rows(self, i, end - i < WKS_PAR_BLOCK ? end - i : WKS_PAR_BLOCK, &read, self->sum + block * self->n_bytes * BYTE);
}

static void put_together(sums *to, const sums *from)
{
    to->households += from->households;
    to->adults += from->adults;
    to->contacts += from->contacts;
    to->lonely += from->lonely;
    to->counted += from->counted;
}

/* WKS_WINDOW_GROUPS sums. */
static void sum_groups(const pass *self, int32_t n_groups, int64_t n_blocks, sums *out)
{
    for (int64_t b = 1; b < n_blocks; b++) {
        for (int32_t i = 0; i < self->n_bytes * BYTE; i++)
            put_together(&self->sum[i], &self->sum[b * self->n_bytes * BYTE + i]);
    }
    for (int32_t value = 0; value < BYTE && n_blocks > 0; value++)
        put_together(&out[EVERYBODY], &self->sum[value]);
    for (int32_t g = 0; g < n_groups && n_blocks > 0; g++) {
        for (int32_t value = 0; value < BYTE; value++)
            if ((value >> g % 8 & 1) != 0) put_together(&out[g], &self->sum[g / 8 * BYTE + value]);
    }
}

/* Homes labelled gemengd are few: they are looked for, not their residents. */
static void count_gemengd(const wks_world *world, gemengd *mix)
{
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.label[d] != WKS_LABEL_GEMENGD || world->dwelling.key[d] == 0) continue;
        for (int32_t u = world->dwelling.first_unit_row[d]; u != WKS_NONE; u = world->unit.next_row[u]) {
            const int32_t h = world->unit.household_row[u];
            if (h != WKS_NONE && world->household.place[h] == WKS_PLACE_HOUSED) take_gemengd(mix, &world->household, h);
        }
    }
}

static wks_status count_groups(const context *self, sums out[WKS_WINDOW_GROUPS], wks_err *err)
{
    wks_status rc = WKS_OK;
    const int64_t n = self->world->household.base.n_rows, size = wks_par_block_size(n, BLOCK), n_blocks = wks_par_blocks(n, size);
    const int32_t n_groups = self->scenario->n_groups;
    pass each = {.world = self->world, .n_bytes = n_groups <= 8 ? 1 : (n_groups + 7) / 8};

    WKS_BUG_IF(each.n_bytes > MOST_BYTES);
    each.sum = wks_mem_array((size_t)n_blocks * (size_t)each.n_bytes * BYTE, sizeof *each.sum);
    if (each.sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for encounter by group");
    wks_par_for(n, size, self->world->threads, count_block, &each);
    sum_groups(&each, n_groups, n_blocks, out);
out:
    free(each.sum);
    return rc;
}

static void count_wijken(const wks_world *world, sums *out)
{
    const wks_household_table *household = &world->household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) continue;
        const int32_t d = world->unit.dwelling_row[household->unit_row[i]];
        take_in(&out[world->buurt.wijk_row[world->dwelling.buurt_row[d]]], household, i);
    }
}

/* ---- rows ---- */

static wks_status add_group(const context *self, const char *name, const sums *sum, const sums *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const bool is_group = sum == all ? wks_world_may_tell(world, (double)sum->households)
                                     : wks_world_may_tell_part(world, (double)sum->households, (double)all->households);
    const bool is_lonely = is_group && wks_world_may_tell_part(world, (double)sum->lonely, (double)sum->households) &&
                           (sum == all || wks_world_may_tell_part(world, (double)sum->lonely, (double)all->lonely));

    WKS_TRY(add(self, "light_contacts", name, WKS_NONE, is_group, mean_contacts(sum), err));
    WKS_TRY(add(self, "lonely_share", name, WKS_NONE, is_lonely, ratio(sum->lonely, sum->households), err));
out:
    return rc;
}

static wks_status add_gemengd(const context *self, const gemengd *mix, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const double carriers = (double)mix->carriers, askers = (double)mix->askers, others = (double)mix->others;
    const bool is_told = wks_world_may_tell(world, carriers) && wks_world_may_tell(world, askers) && wks_world_may_tell(world, others);

    WKS_TRY(add(self, "gemengd_households", "carriers", WKS_NONE, is_told, carriers, err));
    WKS_TRY(add(self, "gemengd_households", "askers", WKS_NONE, is_told, askers, err));
    WKS_TRY(add(self, "gemengd_households", "others", WKS_NONE, is_told, others, err));
    WKS_TRY(add(self, "mixed_contacts", "", WKS_NONE, wks_world_may_tell(world, askers), ratio(mix->mixed, 100 * mix->askers), err));
    int64_t tenths = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        tenths += world->buurt.carried[b];
    WKS_TRY(add(self, "carried_hours", "", WKS_NONE, wks_world_may_tell(world, carriers), (double)tenths / 10, err));
out:
    return rc;
}

/* What gemengd wonen took from the regular offer in twelve months, and who got it. */
static wks_status add_lettings(const context *self, const wks_window *window, wks_err *err)
{
    static const char *const kind[WKS_WINDOW_N_GEMENGD] = {"", "carriers_queue", "carriers_other", "askers", "others"};
    wks_status rc = WKS_OK;
    int64_t n[WKS_WINDOW_N_GEMENGD] = {0}, waited = 0;
    bool is_told = window->n_months > 0;

    for (int32_t m = 0; m < window->n_months; m++) {
        for (int32_t i = 0; i < window->month[m].n; i++) {
            const wks_window_letting *letting = &window->month[m].letting[i];
            n[letting->gemengd]++;
            if (letting->gemengd == WKS_WINDOW_GEMENGD_QUEUE) waited += letting->wait_months;
        }
    }
    n[0] = 0;
    for (int32_t k = 1; k < WKS_WINDOW_N_GEMENGD; k++) {
        is_told = is_told && wks_world_may_tell(self->world, (double)n[k]);
        n[0] += n[k];
    }
    for (int32_t k = 0; k < WKS_WINDOW_N_GEMENGD; k++)
        WKS_TRY(add(self, "gemengd_lettings", kind[k], WKS_NONE,
                    is_told || (k == 0 && window->n_months > 0 && wks_world_may_tell(self->world, (double)n[0])), (double)n[k], err));
    WKS_TRY(add(self, "gemengd_wait_months", "", WKS_NONE, wks_world_may_tell(self->world, (double)n[WKS_WINDOW_GEMENGD_QUEUE]),
                ratio(waited, n[WKS_WINDOW_GEMENGD_QUEUE]), err));
out:
    return rc;
}

wks_status wks_encounter_level_city(const wks_scenario *scenario, const wks_world *world, const wks_window *window, wks_series *out,
                                    wks_err *err)
{
    wks_status rc = WKS_OK;
    const context self = {scenario, world, out, ""};
    gemengd mix = {0};
    sums sum[WKS_WINDOW_GROUPS] = {{0}};

    WKS_TRY(count_groups(&self, sum, err));
    count_gemengd(world, &mix);
    WKS_TRY(add_group(&self, "", &sum[EVERYBODY], &sum[EVERYBODY], err));
    for (int32_t g = 0; g < scenario->n_groups; g++)
        if (scenario->group[g].measure) WKS_TRY(add_group(&self, scenario->group[g].name, &sum[g], &sum[EVERYBODY], err));
    WKS_TRY(add_gemengd(&self, &mix, err));
    WKS_TRY(add_lettings(&self, window, err));
out:
    return rc;
}

/* Of a buurt: the mean of all adults follows from its columns. */
static wks_status add_buurten(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_buurt_table *buurt = &self->world->buurt;
    const wks_household_table *household = &self->world->household;
    bool is_counted = false;

    for (int32_t i = 0; i < household->base.n_rows && !is_counted; i++)
        is_counted = household->key[i] != 0 && household->contacts[i] > 0;
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double contacts = is_counted ? buurt->contacts_start[b] * buurt->inside_start[b] * buurt->contacts[b] : NAN;
        WKS_TRY(add(self, "light_contacts", "", b, buurt->n_households[b] > 0 && wks_world_may_tell(self->world, buurt->n_households[b]),
                    contacts, err));
    }
out:
    return rc;
}

wks_status wks_encounter_level_areas(const wks_scenario *scenario, const wks_world *world, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    context self = {scenario, world, out, "buurt"};
    sums *sum = NULL;

    if (scenario->output.buurt) WKS_TRY(add_buurten(&self, err));
    self.level = "wijk";
    if (!scenario->output.wijk) goto out;
    sum = wks_mem_array((size_t)world->n_wijken, sizeof *sum);
    if (sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for encounter by wijk");
    count_wijken(world, sum);
    for (int32_t w = 0; w < world->n_wijken; w++) {
        const sums *here = &sum[w];
        const bool is_lonely = wks_world_may_tell_part(world, (double)here->lonely, (double)here->households);
        WKS_TRY(add(&self, "light_contacts", "", w, wks_world_may_tell(world, (double)here->households), mean_contacts(here), err));
        WKS_TRY(add(&self, "lonely_share", "", w, is_lonely, ratio(here->lonely, here->households), err));
    }
out:
    free(sum);
    return rc;
}
