#include "measure/segregation_level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/city_level.h"
#include "measure/selection.h"
#include "segregation/baseline.h"
#include "segregation/contiguity.h"
#include "segregation/exposure.h"
#include "segregation/kernel.h"
#include "segregation/multigroup.h"

/* One group against the rest; of those the first three at every tick, the last five by buurt only. Then all groups together. */
enum {
    D,
    H,
    XPX,
    N_EVERY_TICK,
    G = N_EVERY_TICK,
    ETA2,
    GORARD,
    ED_FIXED,
    DMOD_FIXED,
    ED_BINOM,
    DMOD_BINOM,
    N_EVEN,
    MORAN_B = N_EVEN,
    MORAN_W,
    MORAN_KNN6,
    H_SPATIAL,
    D_SPATIAL,
    N_GROUP,
    D_MULTI = N_GROUP,
    M,
    H_MULTI,
    N_INDICES
};
static const char *const name[N_INDICES] = {"D",          "H",          "xPx",       "G",          "eta2",    "gorard",
                                            "ED_fixed",   "Dmod_fixed", "ED_binom",  "Dmod_binom", "moran_B", "moran_W",
                                            "moran_knn6", "H_spatial",  "D_spatial", "D_multi",    "M",       "H_multi"};
/* Of environments: exp(-d), d in km between centres, as `measure` by default. */
static const wks_index_kernel KERNEL = {WKS_INDEX_EXP, 1.0, (double)INFINITY};
static const double M_A_KM = 1000.0;

struct wks_segregation_level {
    const wks_scenario *scenario;
    bool is_wanted[N_INDICES];
    wks_profile profile;
    double *wijk; /* group, then everybody, by wijk */
    int32_t n_wijken;
};

typedef struct wks_segregation_level_tick {
    wks_segregation_level *level;
    const wks_world *world;
    wks_series *out;
    bool is_due;
    int64_t *start, *near_start; /* borders in 64 bits; NULL: not told */
    wks_table columns;           /* by buurt: each group and its rest, then the categories of each attribute */
    double *around;              /* the same, of the environments; NULL: no place or not wanted */
    double *share;               /* by buurt */
} tick;

wks_status wks_segregation_level_create(const wks_scenario *scenario, wks_segregation_level **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_segregation_level *level = wks_mem_array(1, sizeof *level);

    *out = level;
    if (level == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for measures of segregation");
    level->scenario = scenario;
    wks_profile_init(&level->profile, scenario->n_groups);
    for (int32_t i = 0; i < N_INDICES; i++)
        level->is_wanted[i] = wks_selection_has(scenario, name[i]);
out:
    return rc;
}

void wks_segregation_level_destroy(wks_segregation_level *level)
{
    if (level == NULL) return;
    wks_profile_free(&level->profile);
    free(level->wijk);
    free(level);
}

bool wks_segregation_level_is_due(const wks_scenario *scenario, int32_t at)
{
    const int32_t every = scenario->output.segregation_every;
    if (every == 0) return wks_city_level_is_costly(scenario, at);
    return at == 0 || at == scenario->n_ticks || at % every == 0;
}

/* ---- rows ---- */

static bool wants(const tick *self, int32_t first, int32_t end)
{
    for (int32_t i = first; i < end; i++) {
        if (self->level->is_wanted[i]) return true;
    }
    return false;
}

static wks_status add(const tick *self, int32_t index, const char *group, const char *scale, bool is_told, double value, wks_err *err)
{
    if (!self->level->is_wanted[index]) return WKS_OK;
    return wks_series_add(self->out, name[index], group, scale, "", WKS_NONE, is_told ? value : (double)NAN, err);
}

static double total(const double *value, size_t n)
{
    double sum = 0; /* whole numbers: exact */
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum;
}

static double *count_of(const wks_profile *profile, wks_profile_scale scale, int32_t slot)
{
    const wks_profile_level *level = &profile->level[scale];
    return level->count + (size_t)slot * (size_t)level->n_areas;
}

/* A column of counts beside everybody's, seen as a table; nothing is written to either. */
static wks_table column_of(double *x, double *t, size_t n, double *out_sum)
{
    *out_sum = total(x, n);
    return (wks_table){.n_areas = n, .n_groups = 1, .count = x, .total = t, .group_total = out_sum, .all = total(t, n)};
}

static int parts_of(const tick *self)
{
    const bool *is_wanted = self->level->is_wanted;
    return (is_wanted[H] ? WKS_EVENNESS_INFORMATION : 0) | (self->is_due && is_wanted[G] ? WKS_EVENNESS_GINI : 0);
}

static int baselines_of(const tick *self)
{
    if (!self->is_due) return 0;
    return (wants(self, ED_FIXED, ED_BINOM) ? WKS_BASELINE_FIXED : 0) | (wants(self, ED_BINOM, N_EVEN) ? WKS_BASELINE_BINOMIAL : 0);
}

/* One group against the rest: x of t in n areas. */
static wks_status add_even(const tick *self, const char *group, const char *scale, double *x, double *t, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    double value[N_EVEN], sum;
    const wks_table table = column_of(x, t, n, &sum);
    const bool is_told = wks_world_may_tell_part(self->world, sum, table.all);
    wks_evenness even;
    wks_baseline chance;

    if (!wants(self, 0, self->is_due ? N_EVEN : N_EVERY_TICK)) goto out;
    WKS_TRY(wks_evenness_of(&table, 0, parts_of(self), self->world->threads, &even, err));
    wks_baseline_of(&table, 0, even.d, baselines_of(self), self->world->threads, &chance);
    value[D] = even.d;
    value[H] = even.h;
    value[XPX] = wks_exposure_isolation(x, t, n);
    value[G] = even.g;
    value[ETA2] = even.eta2;
    value[GORARD] = even.gorard;
    value[ED_FIXED] = chance.ed_fixed;
    value[DMOD_FIXED] = chance.dmod_fixed;
    value[ED_BINOM] = chance.ed_binom;
    value[DMOD_BINOM] = chance.dmod_binom;
    for (int32_t i = 0; i < (self->is_due ? N_EVEN : N_EVERY_TICK); i++)
        WKS_TRY(add(self, i, group, scale, is_told, value[i], err));
out:
    return rc;
}

/* ---- by buurt with its place ---- */

static double moran(const double *value, size_t n, const int64_t *start, const int32_t *to, wks_contiguity_form form)
{
    return start == NULL ? (double)NAN : wks_contiguity_moran(value, n, start, to, form, NULL);
}

/* Of the shares in buurten that count in figures over scored buurten and have households. */
static wks_status add_moran(const tick *self, const char *group, bool is_told, const double *x, const double *t, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const char *scale = wks_profile_scale_name[WKS_PROFILE_BUURT];

    wks_contiguity_shares(x, t, n, self->share);
    for (size_t b = 0; b < n; b++) {
        if (world->buurt.scored[b] == 0) self->share[b] = (double)NAN;
    }
    WKS_TRY(add(self, MORAN_B, group, scale, is_told, moran(self->share, n, self->start, world->neighbour, WKS_CONTIGUITY_BINARY), err));
    WKS_TRY(add(self, MORAN_W, group, scale, is_told, moran(self->share, n, self->start, world->neighbour, WKS_CONTIGUITY_ROWS), err));
    WKS_TRY(add(self, MORAN_KNN6, group, scale, is_told, moran(self->share, n, self->near_start, world->near, WKS_CONTIGUITY_ROWS), err));
out:
    return rc;
}

/* Columns first .. first + n_columns - 1 of the table of environments, which hold everybody once. */
static wks_status add_kernel(const tick *self, const char *group, bool is_told, size_t first, size_t n_columns, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_profile *profile = &self->level->profile;
    const wks_table *all = &self->columns;
    double *t = count_of(profile, WKS_PROFILE_BUURT, wks_profile_everybody(profile));
    const wks_table part = {.n_areas = all->n_areas,
                            .n_groups = n_columns,
                            .count = all->count + first * all->n_areas,
                            .total = t,
                            .group_total = all->group_total + first,
                            .all = total(t, all->n_areas)};
    const char *scale = wks_profile_scale_name[WKS_PROFILE_BUURT];
    wks_kernel_indices value = {.information = (double)NAN, .dissimilarity = (double)NAN};

    if (self->around != NULL)
        WKS_TRY(wks_kernel_measure(&part, self->around + first * all->n_areas, self->world->threads, &value, NULL, err));
    WKS_TRY(add(self, H_SPATIAL, group, scale, is_told, value.information, err));
    WKS_TRY(add(self, D_SPATIAL, group, scale, is_told, value.dissimilarity, err));
out:
    return rc;
}

static void put_column(wks_table *table, size_t column, const double *x, const double *less, size_t n)
{
    double *to = table->count + column * table->n_areas;
    for (size_t i = 0; i < n; i++)
        to[i] = less == NULL ? x[i] : x[i] - less[i];
}

/* One table for all groups and attributes: distances are weighed once. */
static wks_status look_around(tick *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = self->level->scenario;
    const wks_profile *profile = &self->level->profile;
    const wks_world *world = self->world;
    const double *t = wks_profile_count(profile, WKS_PROFILE_BUURT, wks_profile_everybody(profile));
    const size_t n = (size_t)world->buurt.base.n_rows;
    const size_t n_columns = (size_t)(2 * scenario->n_groups + profile->n_slots - profile->n_groups - 1);
    double *place = NULL;
    size_t at = 0;

    WKS_TRY(wks_table_create(n, n_columns, &self->columns, err));
    for (int32_t g = 0; g < scenario->n_groups; g++, at += 2) {
        const double *x = wks_profile_count(profile, WKS_PROFILE_BUURT, g);
        put_column(&self->columns, at, x, NULL, n);
        put_column(&self->columns, at + 1, t, x, n);
    }
    for (int32_t slot = profile->n_groups; slot < wks_profile_everybody(profile); slot++)
        put_column(&self->columns, at++, wks_profile_count(profile, WKS_PROFILE_BUURT, slot), NULL, n);
    wks_table_sum(&self->columns, world->threads);
    if (world->near_x == NULL || !wants(self, H_SPATIAL, N_GROUP)) goto out;
    self->around = wks_mem_array(n * n_columns, sizeof *self->around);
    place = wks_mem_array(2 * n, sizeof *place);
    if (self->around == NULL || place == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for environments of %zu buurten", n);
    for (size_t b = 0; b < n; b++) {
        place[b] = world->near_x[b] / M_A_KM;
        place[n + b] = world->near_y[b] / M_A_KM;
    }
    WKS_TRY(wks_kernel_around(&self->columns, place, place + n, &KERNEL, world->threads, self->around, err));
out:
    free(place);
    return rc;
}

static wks_status widen(tick *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const size_t n = (size_t)world->buurt.base.n_rows;

    self->share = wks_mem_array(n, sizeof *self->share);
    if (self->share == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for shares of %zu buurten", n);
    if (world->neighbour_start != NULL) WKS_TRY(wks_contiguity_widen(world->neighbour_start, n, &self->start, err));
    if (world->near_start != NULL) WKS_TRY(wks_contiguity_widen(world->near_start, n, &self->near_start, err));
out:
    return rc;
}

/* ---- groups, attributes ---- */

static wks_status add_group(const tick *self, int32_t g, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_profile *profile = &self->level->profile;
    const char *group = self->level->scenario->group[g].name;
    const int32_t everybody = wks_profile_everybody(profile);

    for (int32_t s = 0; s < WKS_PROFILE_N_SCALES; s++) {
        const wks_profile_scale scale = (wks_profile_scale)s;
        double *x = count_of(profile, scale, g), *t = count_of(profile, scale, everybody);
        const size_t n = (size_t)profile->level[s].n_areas;
        WKS_TRY(add_even(self, group, wks_profile_scale_name[s], x, t, n, err));
        if (scale != WKS_PROFILE_BUURT) continue;
        const bool is_told = wks_world_may_tell_part(self->world, total(x, n), total(t, n));
        WKS_TRY(add_moran(self, group, is_told, x, t, n, err));
        WKS_TRY(add_kernel(self, group, is_told, 2 * (size_t)g, 2, err));
    }
out:
    return rc;
}

/* The categories of an attribute at a scale as a table; they lie behind each other. */
static wks_table kind_table(const wks_profile *profile, wks_profile_scale scale, wks_profile_kind kind, double *group_total)
{
    const int32_t first = wks_profile_slot(profile, kind, 0), n = wks_profile_n_categories(kind);
    double sum;
    wks_table table = column_of(count_of(profile, scale, first), count_of(profile, scale, wks_profile_everybody(profile)),
                                (size_t)profile->level[scale].n_areas, &sum);

    table.n_groups = (size_t)n;
    table.group_total = group_total;
    for (size_t k = 0; k < (size_t)n; k++)
        group_total[k] = total(wks_table_group(&table, k), table.n_areas);
    return table;
}

static wks_status add_kind(const tick *self, wks_profile_kind kind, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_profile *profile = &self->level->profile;
    const char *group = wks_profile_kind_name[kind];
    double group_total[WKS_PROFILE_MOST_CATEGORIES];

    for (int32_t s = 0; s < WKS_PROFILE_N_SCALES; s++) {
        const wks_table table = kind_table(profile, (wks_profile_scale)s, kind, group_total);
        const char *scale = wks_profile_scale_name[s];
        wks_multigroup value;
        bool is_told = true;
        for (size_t k = 0; k < table.n_groups; k++)
            is_told = is_told && wks_world_may_tell_part(self->world, group_total[k], table.all);
        if (wants(self, D_MULTI, N_INDICES)) {
            WKS_TRY(wks_multigroup_of(&table, WKS_EVENNESS_INFORMATION, self->world->threads, &value, err));
            WKS_TRY(add(self, D_MULTI, group, scale, is_told, value.d, err));
            WKS_TRY(add(self, M, group, scale, is_told, value.m, err));
            WKS_TRY(add(self, H_MULTI, group, scale, is_told, value.h, err));
        }
        const size_t first = (size_t)(2 * profile->n_groups + wks_profile_slot(profile, kind, 0) - profile->n_groups);
        if (s == WKS_PROFILE_BUURT) WKS_TRY(add_kernel(self, group, is_told, first, table.n_groups, err));
    }
out:
    return rc;
}

static wks_status add_due(tick *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = self->level->scenario;

    if (!wants(self, 0, N_INDICES)) goto out;
    WKS_TRY(wks_profile_take(&self->level->profile, self->world, err));
    WKS_TRY(widen(self, err));
    WKS_TRY(look_around(self, err));
    for (int32_t g = 0; g < scenario->n_groups; g++) {
        if (scenario->group[g].measure) WKS_TRY(add_group(self, g, err));
    }
    for (int32_t k = 0; k < WKS_PROFILE_N_KINDS; k++)
        WKS_TRY(add_kind(self, (wks_profile_kind)k, err));
out:
    return rc;
}

/* ---- between: out of the counts of every tick ---- */

static void by_wijk(const wks_world *world, const double *value, int32_t n_buurten, double *out)
{
    memset(out, 0, (size_t)world->n_wijken * sizeof *out);
    for (int32_t b = 0; b < n_buurten; b++)
        out[world->buurt.wijk_row[b]] += value[b];
}

static wks_status room_for_wijken(wks_segregation_level *level, int32_t n_wijken, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (level->wijk != NULL && level->n_wijken == n_wijken) goto out;
    free(level->wijk);
    level->wijk = wks_mem_array(2 * (size_t)n_wijken, sizeof *level->wijk);
    level->n_wijken = n_wijken;
    if (level->wijk == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts by wijk");
out:
    return rc;
}

static wks_status add_between(const tick *self, const wks_counts *counts, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_segregation_level *level = self->level;
    const wks_world *world = self->world;
    const int32_t n = counts->n_buurten;

    if (!wants(self, 0, N_EVERY_TICK)) goto out;
    WKS_TRY(room_for_wijken(level, world->n_wijken, err));
    by_wijk(world, counts->all, n, level->wijk + world->n_wijken);
    for (int32_t g = 0; g < level->scenario->n_groups; g++) {
        const wks_group *group = &level->scenario->group[g];
        double *x = counts->group + (int64_t)g * n;
        if (!group->measure) continue;
        by_wijk(world, x, n, level->wijk);
        WKS_TRY(add_even(self, group->name, wks_profile_scale_name[WKS_PROFILE_BUURT], x, counts->all, (size_t)n, err));
        WKS_TRY(add_even(self, group->name, wks_profile_scale_name[WKS_PROFILE_WIJK], level->wijk, level->wijk + world->n_wijken,
                         (size_t)world->n_wijken, err));
    }
out:
    return rc;
}

wks_status wks_segregation_level_add(wks_segregation_level *level, const wks_world *world, const wks_counts *counts, wks_series *out,
                                     wks_err *err)
{
    tick self = {.level = level, .world = world, .out = out, .is_due = wks_segregation_level_is_due(level->scenario, world->tick)};
    const wks_status rc = self.is_due ? add_due(&self, err) : add_between(&self, counts, err);

    free(self.start);
    free(self.near_start);
    free(self.share);
    free(self.around);
    wks_table_free(&self.columns);
    return rc;
}
