#include "segregation/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "num/draw.h"
#include "num/math.h"
#include "num/stat.h"
#include "segregation/contiguity.h"
#include "segregation/index_table.h"

static const size_t MOST_VALUES = (size_t)1 << 25; /* 256 MiB */
static const double LARGEST_TOTAL = 0x1p53;
static const double TIE = 1e-12;
static const uint64_t SHUFFLE_KEY = UINT64_MAX; /* no area's */

/* ---- tables by chance ---- */

/* Shares out `left` over count[0..n-1] (a count every `stride`) of which the sum is `rest`. */
static void share_out(wks_rng *rng, const double *count, size_t n, size_t stride, double rest, uint64_t left, double *out)
{
    for (size_t k = 0; k < n; k++) {
        const double own = count[k * stride];
        uint64_t drawn = 0;
        if (left > 0 && own > 0.0) drawn = own < rest ? wks_draw_binomial_large(rng, left, own / rest) : left;
        out[k * stride] = (double)drawn;
        left -= drawn;
        rest -= own;
    }
}

void wks_resample_redraw(const wks_table *table, const wks_rng_seed *seed, uint32_t draw, wks_table *out)
{
    const size_t n = table->n_areas;
    double rest = table->all;
    WKS_BUG_IF(out->n_areas != n || out->n_groups != table->n_groups || !(rest <= LARGEST_TOTAL));
    uint64_t left = (uint64_t)table->all;
    for (size_t i = 0; i < n; i++) {
        wks_rng rng = wks_rng_open(seed, i, draw, WKS_RNG_BOOTSTRAP);
        double people = 0.0;
        share_out(&rng, &table->total[i], 1, 1, rest, left, &people);
        share_out(&rng, table->count + i, table->n_groups, n, table->total[i], (uint64_t)people, out->count + i);
        left -= (uint64_t)people;
        rest -= table->total[i];
    }
    wks_table_sum(out, 1);
}

wks_status wks_resample_deal(const wks_table *table, const wks_rng_seed *seed, uint32_t draw, wks_table *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = table->n_areas, n_groups = table->n_groups;
    uint64_t *pool = wks_mem_array(n_groups, sizeof *pool); /* who is left, by group */
    WKS_BUG_IF(out->n_areas != n || out->n_groups != n_groups || !(table->all <= LARGEST_TOTAL));
    if (pool == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu groups", n_groups);
    uint64_t left = (uint64_t)table->all;
    for (size_t g = 0; g < n_groups; g++)
        pool[g] = (uint64_t)table->group_total[g];
    for (size_t i = 0; i < n; i++) {
        wks_rng rng = wks_rng_open(seed, i, draw, WKS_RNG_PERMUTATION);
        uint64_t places = (uint64_t)table->total[i], others = left;
        left -= places;
        for (size_t g = 0; g < n_groups; g++) {
            others -= pool[g];
            const uint64_t drawn = wks_draw_hypergeometric(&rng, pool[g], others, places);
            out->count[g * n + i] = (double)drawn;
            pool[g] -= drawn;
            places -= drawn;
        }
    }
    wks_table_sum(out, 1);
out:
    free(pool);
    return rc;
}

/* ---- Moran's I: shares change places ---- */

/* With coordinates: the six nearest always have residents. */
static bool takes_part(const wks_table *table, const wks_index_place *place, bool by_links, size_t i)
{
    if (by_links) return wks_contiguity_takes_part(table->total, place->contiguity->start, place->contiguity->to, i);
    return table->total[i] > 0.0 && isfinite(place->x[i]) && isfinite(place->y[i]);
}

/* The columns of all areas that take part in another order. */
static wks_status shuffle_areas(const wks_table *table, const wks_index_place *place, bool by_links, const wks_rng_seed *seed,
                                uint32_t draw, wks_table *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = table->n_areas;
    int32_t *area = wks_mem_array(2 * n, sizeof *area), *from = area == NULL ? NULL : area + n, n_parts = 0;
    wks_rng rng = wks_rng_open(seed, SHUFFLE_KEY, draw, WKS_RNG_PERMUTATION);

    WKS_BUG_IF(n > INT32_MAX);
    if (area == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu areas", n);
    for (size_t i = 0; i < n; i++) {
        if (takes_part(table, place, by_links, i)) area[n_parts++] = (int32_t)i;
    }
    if (n_parts > 0) memcpy(from, area, (size_t)n_parts * sizeof *from);
    wks_draw_shuffle(&rng, from, n_parts);
    memcpy(out->count, table->count, n * table->n_groups * sizeof *out->count);
    for (size_t g = 0; g < table->n_groups; g++) {
        for (int32_t k = 0; k < n_parts; k++)
            out->count[g * n + (size_t)area[k]] = table->count[g * n + (size_t)from[k]];
    }
    wks_table_sum(out, 1);
out:
    free(area);
    return rc;
}

/* ---- all draws of one kind ---- */

typedef enum draw_kind { REDRAW, DEAL, SHUFFLE_BY_LINKS, SHUFFLE_BY_COORDS } draw_kind;

typedef struct drawing {
    const wks_table *table;
    const wks_index_place *place;
    const wks_index_result *found;
    const wks_resample_plan *plan;
    wks_resample_row *out;
    wks_rng_seed seed;
    draw_kind kind;
    bool wanted[WKS_INDEX_TABLE_N];
    size_t n_draws;
    size_t *row;               /* rows of `found` that these draws are of */
    size_t n_rows, begin, end; /* at hand: row[begin .. end-1] */
    double *value;             /* (end - begin) * n_draws */
    wks_status *rc;            /* n_draws */
} drawing;

static bool is_moran(int32_t index)
{
    return index == WKS_INDEX_TABLE_MORAN_B || index == WKS_INDEX_TABLE_MORAN_W || index == WKS_INDEX_TABLE_MORAN_KNN6;
}

/* Of the margins alone: every deal gives the same again, which says nothing of chance. */
static bool is_of_margins(int32_t index)
{
    return index == WKS_INDEX_TABLE_E || index == WKS_INDEX_TABLE_E_NORM || index == WKS_INDEX_TABLE_I || index == WKS_INDEX_TABLE_SC ||
           index == WKS_INDEX_TABLE_ED_FIXED || index == WKS_INDEX_TABLE_ED_BINOM;
}

static bool is_of_kind(draw_kind kind, int32_t index)
{
    switch (kind) {
    case REDRAW: return true;
    case DEAL: return !is_moran(index) && !is_of_margins(index);
    case SHUFFLE_BY_LINKS: return index == WKS_INDEX_TABLE_MORAN_B || index == WKS_INDEX_TABLE_MORAN_W;
    case SHUFFLE_BY_COORDS: return index == WKS_INDEX_TABLE_MORAN_KNN6;
    default: return false;
    }
}

static wks_status make_table(const drawing *self, uint32_t draw, wks_table *out, wks_err *err)
{
    switch (self->kind) {
    case REDRAW: wks_resample_redraw(self->table, &self->seed, draw, out); return WKS_OK;
    case DEAL: return wks_resample_deal(self->table, &self->seed, draw, out, err);
    case SHUFFLE_BY_LINKS:
    case SHUFFLE_BY_COORDS: return shuffle_areas(self->table, self->place, self->kind == SHUFFLE_BY_LINKS, &self->seed, draw, out, err);
    default: return WKS_OK;
    }
}

/* One draw: its table, its indices, its values of the rows at hand. */
static void run_draw(int64_t draw, void *context)
{
    drawing *self = context;
    wks_status rc = WKS_OK;
    wks_table table = {0};
    wks_index_result result = {0};

    WKS_TRY(wks_table_create(self->table->n_areas, self->table->n_groups, &table, NULL));
    WKS_TRY(make_table(self, (uint32_t)draw, &table, NULL));
    WKS_TRY(wks_index_compute(&table, self->place, self->wanted, 1, &result, NULL));
    WKS_BUG_IF(result.n != self->n_rows);
    for (size_t r = self->begin; r < self->end; r++)
        self->value[(r - self->begin) * self->n_draws + (size_t)draw] = result.row[r].value;
out:
    self->rc[draw] = rc;
    wks_index_result_free(&result);
    wks_table_free(&table);
}

/* Keeps the defined values, in their order. */
static size_t drop_undefined(double *value, size_t n)
{
    size_t kept = 0;
    for (size_t d = 0; d < n; d++) {
        if (!isnan(value[d])) value[kept++] = value[d];
    }
    return 2 * kept > n ? kept : 0;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Differences are summed, so that equal draws have a deviation of exactly 0. */
static double mean_of(const double *value, size_t n, double *out_sd)
{
    double sum = 0.0, squares = 0.0;
    for (size_t d = 0; d < n; d++)
        sum += value[d] - value[0];
    const double shift = sum / (double)n;
    for (size_t d = 0; d < n; d++)
        squares += (value[d] - value[0] - shift) * (value[d] - value[0] - shift);
    *out_sd = n > 1 ? sqrt(squares / (double)(n - 1)) : (double)NAN;
    return value[0] + shift;
}

static void note_interval(const wks_index_row *row, double *value, size_t n, wks_resample_row *out)
{
    const wks_index_spec *spec = &wks_index_table[row->index];
    const double twice = 2.0 * row->value;
    const double mean = mean_of(value, n, &out->se);
    qsort(value, n, sizeof *value, by_size);
    out->ci_low = wks_math_clamp(twice - wks_stat_quantile_sorted(value, n, 0.975), spec->low, spec->high);
    out->ci_high = wks_math_clamp(twice - wks_stat_quantile_sorted(value, n, 0.025), spec->low, spec->high);
    out->debiased = wks_math_clamp(twice - mean, spec->low, spec->high);
}

/* Less of it is more segregation: meeting others. */
static bool is_of_mixing(const wks_index_row *row)
{
    if (row->index == WKS_INDEX_TABLE_P_SPATIAL) return row->versus != row->group;
    return row->index == WKS_INDEX_TABLE_XPY || row->index == WKS_INDEX_TABLE_E_AREA || row->index == WKS_INDEX_TABLE_I_AREA;
}

static void note_chance(const wks_index_row *row, const double *value, size_t n, wks_resample_row *out)
{
    const double sign = is_of_mixing(row) ? -1.0 : 1.0, tie = TIE * (1.0 + fabs(row->value));
    double sd = 0.0;
    size_t at_least = 0;
    for (size_t d = 0; d < n; d++)
        at_least += sign * (value[d] - row->value) >= -tie;
    out->p_value = (1.0 + (double)at_least) / (1.0 + (double)n);
    out->chance = mean_of(value, n, &sd);
}

static void note_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    drawing *self = context;
    (void)block;
    for (int64_t k = begin; k < end; k++) {
        const size_t at = self->row[self->begin + (size_t)k];
        const wks_index_row *row = &self->found->row[at];
        double *value = self->value + (size_t)k * self->n_draws;
        const size_t n = isnan(row->value) ? 0 : drop_undefined(value, self->n_draws);
        if (n == 0) continue;
        if (self->kind == REDRAW) note_interval(row, value, n, &self->out[at]);
        if (self->kind != REDRAW) note_chance(row, value, n, &self->out[at]);
    }
}

/* Which rows and indices the draws of this kind are of. */
static void choose_rows(drawing *self, const bool *wanted)
{
    self->n_rows = 0;
    for (int32_t i = 0; i < wks_index_count; i++)
        self->wanted[i] = wanted[i] && is_of_kind(self->kind, i);
    for (size_t r = 0; r < self->found->n; r++) {
        if (self->wanted[self->found->row[r].index]) self->row[self->n_rows++] = r;
    }
}

static wks_status run_draws(drawing *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t most = self->plan->most_values > 0 ? self->plan->most_values : MOST_VALUES;
    const size_t at_a_time = most / self->n_draws > 0 ? most / self->n_draws : 1;
    self->value = wks_mem_array((self->n_rows < at_a_time ? self->n_rows : at_a_time) * self->n_draws, sizeof *self->value);
    self->rc = wks_mem_array(self->n_draws, sizeof *self->rc);
    if (self->value == NULL || self->rc == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu draws", self->n_draws);
    for (self->begin = 0; self->begin < self->n_rows; self->begin = self->end) {
        self->end = self->n_rows - self->begin < at_a_time ? self->n_rows : self->begin + at_a_time;
        wks_par_jobs((int64_t)self->n_draws, self->plan->threads, run_draw, self);
        for (size_t d = 0; d < self->n_draws; d++) {
            if (self->rc[d] != WKS_OK) WKS_FAIL(err, self->rc[d], "no memory for draw %zu of a table", d);
        }
        wks_par_for((int64_t)(self->end - self->begin), 16, self->plan->threads, note_rows, self);
    }
out:
    free(self->value);
    free(self->rc);
    self->value = NULL;
    self->rc = NULL;
    return rc;
}

static wks_status draw_kind_of(drawing *self, draw_kind kind, int32_t n_draws, const bool *wanted, wks_err *err)
{
    if (n_draws <= 0) return WKS_OK;
    self->kind = kind;
    self->n_draws = (size_t)n_draws;
    choose_rows(self, wanted);
    return self->n_rows == 0 ? WKS_OK : run_draws(self, err);
}

wks_status wks_resample_rows(const wks_table *table, const wks_index_place *place, const bool *wanted, const wks_index_result *found,
                             const wks_resample_plan *plan, wks_resample_row *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double none = (double)NAN;
    drawing self = {.table = table, .place = place, .found = found, .plan = plan, .out = out, .seed = wks_rng_seed_make(plan->seed, 0)};

    for (size_t r = 0; r < found->n; r++)
        out[r] = (wks_resample_row){none, none, none, none, none, none};
    if (!wks_table_is_whole(table) || !(table->all <= LARGEST_TOTAL)) goto out;
    self.row = wks_mem_array(found->n, sizeof *self.row);
    if (self.row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu rows", found->n);
    WKS_TRY(draw_kind_of(&self, REDRAW, plan->n_bootstrap, wanted, err));
    WKS_TRY(draw_kind_of(&self, DEAL, plan->n_permutations, wanted, err));
    WKS_TRY(draw_kind_of(&self, SHUFFLE_BY_LINKS, plan->n_permutations, wanted, err));
    WKS_TRY(draw_kind_of(&self, SHUFFLE_BY_COORDS, plan->n_permutations, wanted, err));
out:
    free(self.row);
    return rc;
}
