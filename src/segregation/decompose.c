#include "segregation/decompose.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/math.h"

/* What is being taken apart: the areas, the table of every level, and the whole as one unit. */
typedef struct nest {
    const wks_table *table;
    const wks_decompose_level *level;
    size_t n_levels;
    wks_table *merged; /* n_levels + 1: of every level, last the whole */
    int64_t *into;     /* n_areas: unit of the level at hand, -1 for areas that are left out */
} nest;

static bool is_left_out(const nest *self, size_t area)
{
    for (size_t l = 0; l < self->n_levels; l++) {
        if (self->level[l].unit[area] < 0) return true;
    }
    return false;
}

/* Unit of an area in merged[l]; -1 where it is left out. */
static int64_t unit_of(const nest *self, size_t l, size_t area)
{
    if (is_left_out(self, area)) return -1;
    return l < self->n_levels ? self->level[l].unit[area] : 0;
}

/* sum_k n_k log((n_k/t)/(N_k/T)): people of `from` times their divergence from `to`; >= 0 but for rounding. */
static double divergence(const wks_table *fine, size_t from, const wks_table *coarse, size_t to)
{
    double sum = 0.0;
    for (size_t g = 0; g < fine->n_groups; g++) {
        const double n = wks_table_group(fine, g)[from];
        if (n > 0.0) sum += n * wks_math_log(n * coarse->total[to] / (fine->total[from] * wks_table_group(coarse, g)[to]));
    }
    return sum > 0.0 ? sum : 0.0;
}

static double entropy_of(const wks_table *table, size_t unit)
{
    double sum = 0.0;
    for (size_t g = 0; g < table->n_groups; g++) {
        const double n = wks_table_group(table, g)[unit];
        if (n > 0.0) sum += n * wks_math_log(table->total[unit] / n);
    }
    return table->total[unit] > 0.0 ? sum / table->total[unit] : (double)NAN;
}

/* a / b, NaN where b is 0 (or less than 0 by rounding). */
static double ratio(double a, double b)
{
    return b > 0.0 ? a / b : (double)NAN;
}

static wks_status merge_level(nest *self, size_t l, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_units = l < self->n_levels ? self->level[l].n_units : 1;
    for (size_t i = 0; i < self->table->n_areas; i++) {
        self->into[i] = unit_of(self, l, i);
        if (self->into[i] >= (int64_t)n_units) {
            WKS_FAIL(err, WKS_ERR_DATA, "area %zu is in unit %lld of level %zu; expected 0 to %lld", i, (long long)self->into[i], l,
                     (long long)n_units - 1);
        }
    }
    WKS_TRY(wks_table_merge(self->table, self->into, n_units, &self->merged[l], err));
out:
    return rc;
}

/* Unit of level l that every unit of level l - 1 lies in; -1 for units without areas. */
static wks_status parents_of(const nest *self, size_t l, int64_t *parent, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (size_t u = 0; u < self->merged[l - 1].n_areas; u++)
        parent[u] = -1;
    for (size_t i = 0; i < self->table->n_areas; i++) {
        const int64_t child = unit_of(self, l - 1, i), unit = unit_of(self, l, i);
        if (child < 0) continue;
        if (parent[child] >= 0 && parent[child] != unit) {
            WKS_FAIL(err, WKS_ERR_DATA, "unit %lld of level %zu lies in units %lld and %lld of the next level; expected one",
                     (long long)child, l - 1, (long long)parent[child], (long long)unit);
        }
        parent[child] = unit;
    }
out:
    return rc;
}

/* Units of step `s` (areas for 0) within those of level s, and within the whole. */
static wks_status make_step(const nest *self, size_t s, double entropy, wks_decompose_step *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t *parent = NULL;
    const wks_table *fine = s == 0 ? self->table : &self->merged[s - 1], *whole = &self->merged[self->n_levels];
    double within = 0.0, between = 0.0;

    if (s > 0) {
        parent = wks_mem_array(fine->n_areas, sizeof *parent);
        if (parent == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu units", fine->n_areas);
        WKS_TRY(parents_of(self, s, parent, err));
    }
    for (size_t v = 0; v < fine->n_areas; v++) {
        const int64_t unit = s == 0 ? unit_of(self, 0, v) : parent[v];
        if (unit < 0) continue;
        within += divergence(fine, v, &self->merged[s], (size_t)unit);
        between += divergence(fine, v, whole, 0);
    }
    out->m = ratio(within, whole->all);
    out->m_between = ratio(between, whole->all);
    out->h = ratio(out->m, entropy);
    out->h_between = ratio(out->m_between, entropy);
out:
    free(parent);
    return rc;
}

/* The units of level l, their areas within them. */
static wks_status make_units(const nest *self, size_t l, double entropy, wks_decompose_step *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_table *units = &self->merged[l];
    out->n_units = units->n_areas;
    out->unit = wks_mem_array(units->n_areas, sizeof *out->unit);
    if (out->unit == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu units", units->n_areas);
    for (size_t i = 0; i < self->table->n_areas; i++) {
        const int64_t unit = unit_of(self, l, i);
        if (unit >= 0) out->unit[unit].m += divergence(self->table, i, units, (size_t)unit);
    }
    for (size_t u = 0; u < units->n_areas; u++) {
        wks_decompose_unit *unit = &out->unit[u];
        const double own = entropy_of(units, u);
        unit->share = ratio(units->total[u], units->all);
        unit->m = ratio(unit->m, units->total[u]);
        unit->h = ratio(unit->m, own);
        unit->entropy_ratio = ratio(own, entropy);
    }
out:
    return rc;
}

wks_status wks_decompose_nested(const wks_table *table, const wks_decompose_level *level, size_t n_levels, wks_decompose_hierarchy *out,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    nest self = {.table = table, .level = level, .n_levels = n_levels};

    *out = (wks_decompose_hierarchy){.n_steps = n_levels + 1};
    out->step = wks_mem_array(n_levels + 1, sizeof *out->step);
    self.merged = wks_mem_array(n_levels + 1, sizeof *self.merged);
    self.into = wks_mem_array(table->n_areas, sizeof *self.into);
    if (out->step == NULL || self.merged == NULL || self.into == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu areas", table->n_areas);

    for (size_t l = 0; l <= n_levels; l++)
        WKS_TRY(merge_level(&self, l, err));
    out->left_out = table->all - self.merged[n_levels].all;
    out->entropy = entropy_of(&self.merged[n_levels], 0);
    for (size_t s = 0; s <= n_levels; s++) {
        WKS_TRY(make_step(&self, s, out->entropy, &out->step[s], err));
        if (s > 0) WKS_TRY(make_units(&self, s - 1, out->entropy, &out->step[s], err));
    }
    out->m = out->step[0].m_between;
    out->h = out->step[0].h_between;
out:
    for (size_t l = 0; self.merged != NULL && l <= n_levels; l++)
        wks_table_free(&self.merged[l]);
    free(self.merged);
    free(self.into);
    if (rc != WKS_OK) wks_decompose_free(out);
    return rc;
}

void wks_decompose_free(wks_decompose_hierarchy *hierarchy)
{
    for (size_t s = 0; hierarchy->step != NULL && s < hierarchy->n_steps; s++)
        free(hierarchy->step[s].unit);
    free(hierarchy->step);
    *hierarchy = (wks_decompose_hierarchy){0};
}
