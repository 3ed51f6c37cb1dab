#include "study/untouched.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/lives.h"
#include "study/target_areas.h"

const char wks_untouched_header[] = "reference,scenario,theory,tick,area,households,identical,share_identical,same_now,share_same_now,"
                                    "only_reference,only_scenario\n";

typedef enum wks_untouched_area { CITY, INSIDE, OUTSIDE, N_AREAS } area;
static const char *const area_name[N_AREAS] = {"", "inside", "outside"};

typedef struct wks_untouched_counts {
    int64_t both, identical, same_now, only_reference, only_scenario;
} counts;

typedef struct wks_untouched_year {
    int32_t tick;
    counts cell[N_AREAS];
    bool is_hidden[N_AREAS], is_hidden_only[N_AREAS];
} year;

typedef struct wks_untouched_table {
    const wks_run_pair *pair;
    bool *is_target; /* by buurt */
    bool has_targets;
    year *item;
    int32_t n, capacity;
} table;

/* --- one replication ---------------------------------------------------------------------------------------------------- */

static area area_of(const table *self, const wks_household_life *life)
{
    return life->buurt != WKS_HOUSEHOLD_LIFE_NOWHERE && self->is_target[life->buurt] ? INSIDE : OUTSIDE;
}

static void count_both(counts *out, const wks_household_life *reference, const wks_household_life *scenario)
{
    out->both++;
    out->identical += reference->life == scenario->life && reference->state == scenario->state;
    out->same_now += reference->state == scenario->state;
}

/* The block of one tick. */
static wks_status join(const table *self, wks_lives_reader *reference, wks_lives_reader *scenario, counts out[N_AREAS], wks_err *err)
{
    wks_status rc = WKS_OK;

    while (reference->has_item || scenario->has_item) {
        const bool in_reference = reference->has_item && (!scenario->has_item || reference->item.who <= scenario->item.who);
        const bool in_scenario = scenario->has_item && (!reference->has_item || scenario->item.who <= reference->item.who);
        const area where = area_of(self, in_reference ? &reference->item : &scenario->item);
        if (in_reference && in_scenario) {
            count_both(&out[CITY], &reference->item, &scenario->item);
            count_both(&out[where], &reference->item, &scenario->item);
        } else if (in_reference) {
            out[CITY].only_reference++;
            out[where].only_reference++;
        } else {
            out[CITY].only_scenario++;
            out[where].only_scenario++;
        }
        if (in_reference) WKS_TRY(wks_lives_next(reference, err));
        if (in_scenario) WKS_TRY(wks_lives_next(scenario, err));
    }
out:
    return rc;
}

static year *year_of(table *self, int32_t tick)
{
    for (int32_t i = 0; i < self->n; i++) {
        if (self->item[i].tick == tick) return &self->item[i];
    }
    if (self->n == self->capacity) {
        const size_t larger = wks_mem_capacity((size_t)self->capacity, (size_t)self->n + 1);
        year *grown = wks_mem_resize(self->item, (size_t)self->capacity, larger, sizeof *grown);
        if (grown == NULL) return NULL;
        self->item = grown;
        self->capacity = (int32_t)larger;
    }
    self->item[self->n] = (year){.tick = tick};
    return &self->item[self->n++];
}

static bool is_few(int64_t part, int64_t whole)
{
    return part < WKS_WORLD_FEW || whole - part < WKS_WORLD_FEW;
}

static void fold(year *all, const counts one[N_AREAS])
{
    for (int32_t a = 0; a < N_AREAS; a++) {
        counts *sum = &all->cell[a];
        sum->both += one[a].both;
        sum->identical += one[a].identical;
        sum->same_now += one[a].same_now;
        sum->only_reference += one[a].only_reference;
        sum->only_scenario += one[a].only_scenario;
        all->is_hidden[a] |= is_few(one[a].identical, one[a].both) || is_few(one[a].same_now, one[a].both);
        all->is_hidden_only[a] |= one[a].only_reference < WKS_WORLD_FEW || one[a].only_scenario < WKS_WORLD_FEW;
    }
}

static wks_status count_replication(table *self, int32_t replication, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_lives_reader reference = {0}, scenario = {0};
    char *path_a = wks_lives_path(self->pair->reference->store->folder, replication);
    char *path_b = wks_lives_path(self->pair->scenario->store->folder, replication);

    if (path_a == NULL || path_b == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_lives_open(path_a, &reference, err));
    WKS_TRY(wks_lives_open(path_b, &scenario, err));
    while (reference.has_block && scenario.has_block) {
        counts one[N_AREAS] = {{0}};
        if (reference.tick != scenario.tick) WKS_FAIL(err, WKS_ERR_IO, "%s tells of other years than %s", path_b, path_a);
        year *all = year_of(self, reference.tick);
        if (all == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the years of a comparison");
        WKS_TRY(join(self, &reference, &scenario, one, err));
        fold(all, one);
        WKS_TRY(wks_lives_next_block(&reference, err));
        WKS_TRY(wks_lives_next_block(&scenario, err));
    }
out:
    wks_lives_close(&reference);
    wks_lives_close(&scenario);
    free(path_a);
    free(path_b);
    return rc;
}

/* --- all of them -------------------------------------------------------------------------------------------------------- */

/* What is hidden inside would follow from the city and the outside. */
static void hide_together(year *one)
{
    const bool areas = one->is_hidden[INSIDE] || one->is_hidden[OUTSIDE];
    const bool only = one->is_hidden_only[INSIDE] || one->is_hidden_only[OUTSIDE];

    one->is_hidden[INSIDE] = one->is_hidden[OUTSIDE] = areas;
    one->is_hidden_only[INSIDE] = one->is_hidden_only[OUTSIDE] = only;
}

static wks_status count_pair(table *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *reference = self->pair->reference->scenario, *scenario = self->pair->scenario->scenario;
    const wks_city *city = self->pair->reference->store->city;

    self->n = 0;
    self->is_target = wks_mem_array((size_t)city->n_buurten + 1, sizeof *self->is_target);
    if (self->is_target == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", city->n_buurten);
    self->has_targets = wks_target_areas_find(reference, scenario, city, self->is_target) > 0;
    for (int32_t r = 0; r < scenario->n_replications; r++) {
        const int32_t number = scenario->first_replication + r;
        if (!wks_store_has(self->pair->reference->store, number) || !wks_store_has(self->pair->scenario->store, number)) continue;
        WKS_TRY(count_replication(self, number, err));
    }
    for (int32_t i = 0; i < self->n; i++)
        hide_together(&self->item[i]);
out:
    free(self->is_target);
    self->is_target = NULL;
    return rc;
}

static void add_share(wks_text *out, int64_t part, int64_t whole)
{
    wks_text_addf(out, ",%lld,", (long long)part);
    if (whole > 0) wks_text_addf(out, "%.6f", (double)part / (double)whole);
}

static void add_row(wks_text *out, const table *self, const year *of, area a, bool hides)
{
    const counts *cell = &of->cell[a];
    const char *const field[] = {self->pair->reference->scenario->name, self->pair->scenario->scenario->name,
                                 wks_scenario_choice(self->pair->scenario->scenario, "neighbourhood", "theory")};

    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        wks_csv_add_field(out, field[i], ',');
        wks_text_add_char(out, ',');
    }
    wks_text_addf(out, "%d,%s,", of->tick, area_name[a]);
    if (hides && of->is_hidden[a]) {
        wks_text_add(out, ",,,,");
    } else {
        wks_text_addf(out, "%lld", (long long)cell->both);
        add_share(out, cell->identical, cell->both);
        add_share(out, cell->same_now, cell->both);
    }
    if (hides && of->is_hidden_only[a]) {
        wks_text_add(out, ",,\n");
    } else {
        wks_text_addf(out, ",%lld,%lld\n", (long long)cell->only_reference, (long long)cell->only_scenario);
    }
}

static void add_pair(wks_text *out, const table *self)
{
    const bool hides = self->pair->reference->store->city->own.is_there || self->pair->scenario->store->city->own.is_there;

    for (int32_t i = 0; i < self->n; i++) {
        for (int32_t a = CITY; a < (self->has_targets ? N_AREAS : INSIDE); a++)
            add_row(out, self, &self->item[i], (area)a, hides);
    }
}

wks_status wks_untouched_write(const char *path, const wks_run_pair *pair, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    table self = {0};

    wks_text_add(&text, wks_untouched_header);
    for (int32_t i = 0; i < n; i++) {
        self.pair = &pair[i];
        WKS_TRY(count_pair(&self, err));
        add_pair(&text, &self);
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    free(self.item);
    wks_text_free(&text);
    return rc;
}
