#include "segregation/decompose_change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "num/math.h"

enum { MAX_ROUNDS = 100000 };
static const double EMPTY_CELL = 1e-10; /* odds of a cell without people; fitting would otherwise have no solution for some margins */

/* Counts, area i and group g at cell[i * by_area + g * by_group]. */
typedef struct view {
    const double *cell;
    size_t n_areas, n_groups, by_area, by_group;
} view;

/* One index of one table. */
typedef struct indices {
    double m, h;
} indices;

/* The common part of both tables, an area after the other, and room for fitting. */
typedef struct common {
    size_t *area, *group; /* of the first table */
    size_t n_areas, n_groups;
    double *count[2]; /* cells of the common part */
    double *seed[2];  /* the same with empty cells filled */
    double *area_share[2], *group_share[2];
    double *fitted;    /* cells */
    double *group_sum; /* n_groups */
    double *area_sum;  /* n_areas */
    double fit_error;
} common;

static double count_at(const view *v, size_t i, size_t g)
{
    return v->cell[i * v->by_area + g * v->by_group];
}

static view view_of(const wks_table *table)
{
    return (view){table->count, table->n_areas, table->n_groups, 1, table->n_areas};
}

static view view_of_common(const common *self, const double *cell)
{
    return (view){cell, self->n_areas, self->n_groups, self->n_groups, 1};
}

static view transposed(view v)
{
    return (view){v.cell, v.n_groups, v.n_areas, v.by_group, v.by_area};
}

static double area_sum(const view *v, size_t i)
{
    double sum = 0.0;
    for (size_t g = 0; g < v->n_groups; g++)
        sum += count_at(v, i, g);
    return sum;
}

static double sum_of(const double *value, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum;
}

static double entropy_of(const double *count, size_t n, double all)
{
    double sum = 0.0;
    for (size_t g = 0; g < n; g++) {
        if (count[g] > 0.0) sum += count[g] / all * wks_math_log(all / count[g]);
    }
    return sum;
}

/* Sums over areas, into group_sum (n_groups of the view). */
static void sum_groups(const view *v, double *group_sum)
{
    memset(group_sum, 0, v->n_groups * sizeof *group_sum);
    for (size_t i = 0; i < v->n_areas; i++) {
        for (size_t g = 0; g < v->n_groups; g++)
            group_sum[g] += count_at(v, i, g);
    }
}

/* sum_k n_ik log((n_ik/t_i)/P_k). */
static double divergence(const view *v, size_t i, const double *group_sum, double all)
{
    const double total = area_sum(v, i);
    double sum = 0.0;
    for (size_t g = 0; g < v->n_groups; g++) {
        const double n = count_at(v, i, g);
        if (n > 0.0) sum += n * wks_math_log(n * all / (total * group_sum[g]));
    }
    return sum > 0.0 ? sum : 0.0;
}

static indices indices_of(const view *v, double *group_sum)
{
    sum_groups(v, group_sum);
    const double all = sum_of(group_sum, v->n_groups);
    if (!(all > 0.0)) return (indices){(double)NAN, (double)NAN};
    double sum = 0.0;
    for (size_t i = 0; i < v->n_areas; i++)
        sum += divergence(v, i, group_sum, all);
    const double m = sum / all, entropy = entropy_of(group_sum, v->n_groups, all);
    return (indices){m, entropy > 0.0 ? m / entropy : (double)NAN};
}

/* ---- what both tables have ---- */

static wks_status check_match(const int64_t *match, size_t n, size_t n_second, const char *what, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool *is_taken = wks_mem_array(n_second, sizeof *is_taken);
    if (is_taken == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu numbers", n_second);
    for (size_t i = 0; i < n; i++) {
        if (match[i] < 0) continue;
        if ((size_t)match[i] >= n_second) {
            WKS_FAIL(err, WKS_ERR_DATA, "%s %zu is matched with %lld; the second table has %zu", what, i, (long long)match[i], n_second);
        }
        if (is_taken[match[i]]) {
            WKS_FAIL(err, WKS_ERR_DATA, "%s %zu is matched with %lld, which is matched already", what, i, (long long)match[i]);
        }
        is_taken[match[i]] = true;
    }
out:
    free(is_taken);
    return rc;
}

typedef struct pair {
    const wks_table *first, *second;
    const wks_decompose_change_match *match;
} pair;

static double pair_count(const pair *p, int which, size_t area, size_t group)
{
    return which == 0 ? wks_table_group(p->first, group)[area]
                      : wks_table_group(p->second, (size_t)p->match->group[group])[p->match->area[area]];
}

/* Keeps the areas with people of the kept groups in both tables; true if one was dropped. */
static bool drop_empty_areas(const pair *p, common *self)
{
    size_t n = 0;
    for (size_t a = 0; a < self->n_areas; a++) {
        double sum[2] = {0.0, 0.0};
        for (size_t g = 0; g < self->n_groups; g++) {
            sum[0] += pair_count(p, 0, self->area[a], self->group[g]);
            sum[1] += pair_count(p, 1, self->area[a], self->group[g]);
        }
        if (sum[0] > 0.0 && sum[1] > 0.0) self->area[n++] = self->area[a];
    }
    const bool is_changed = n < self->n_areas;
    self->n_areas = n;
    return is_changed;
}

static bool drop_empty_groups(const pair *p, common *self)
{
    size_t n = 0;
    for (size_t g = 0; g < self->n_groups; g++) {
        double sum[2] = {0.0, 0.0};
        for (size_t a = 0; a < self->n_areas; a++) {
            sum[0] += pair_count(p, 0, self->area[a], self->group[g]);
            sum[1] += pair_count(p, 1, self->area[a], self->group[g]);
        }
        if (sum[0] > 0.0 && sum[1] > 0.0) self->group[n++] = self->group[g];
    }
    const bool is_changed = n < self->n_groups;
    self->n_groups = n;
    return is_changed;
}

static void find_common(const pair *p, common *self)
{
    for (size_t i = 0; i < p->first->n_areas; i++) {
        if (p->match->area[i] >= 0) self->area[self->n_areas++] = i;
    }
    for (size_t g = 0; g < p->first->n_groups; g++) {
        if (p->match->group[g] >= 0) self->group[self->n_groups++] = g;
    }
    bool is_changed = true;
    while (is_changed) {
        const bool areas = drop_empty_areas(p, self);
        const bool groups = drop_empty_groups(p, self);
        is_changed = areas || groups;
    }
}

/* The value of cells without people. */
static double fill_of(const common *self)
{
    double smallest = 1000.0 * EMPTY_CELL;
    for (int which = 0; which < 2; which++) {
        for (size_t c = 0; c < self->n_areas * self->n_groups; c++) {
            const double n = self->count[which][c];
            if (n > 0.0 && n < smallest) smallest = n;
        }
    }
    return smallest / 1000.0;
}

static void gather(const pair *p, common *self)
{
    for (int which = 0; which < 2; which++) {
        for (size_t a = 0; a < self->n_areas; a++) {
            for (size_t g = 0; g < self->n_groups; g++)
                self->count[which][a * self->n_groups + g] = pair_count(p, which, self->area[a], self->group[g]);
        }
    }
    const double fill = fill_of(self);
    for (int which = 0; which < 2; which++) {
        const view v = view_of_common(self, self->count[which]), t = transposed(v);
        double *of_area = self->area_share[which], *of_group = self->group_share[which];
        sum_groups(&v, of_group);
        sum_groups(&t, of_area);
        const double all = sum_of(of_group, self->n_groups);
        for (size_t g = 0; g < self->n_groups; g++)
            of_group[g] /= all;
        for (size_t a = 0; a < self->n_areas; a++)
            of_area[a] /= all;
        for (size_t c = 0; c < self->n_areas * self->n_groups; c++)
            self->seed[which][c] = self->count[which][c] > 0.0 ? self->count[which][c] : fill;
    }
}

/* Most rows and columns of everything the work needs; the common part is not larger than the first table. */
static wks_status allocate(common *self, size_t n_areas, size_t n_groups, size_t most_groups, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t cells = 0;
    bool is_short = __builtin_mul_overflow(n_areas, n_groups, &cells);
    self->area = wks_mem_array(n_areas, sizeof *self->area);
    self->group = wks_mem_array(n_groups, sizeof *self->group);
    self->fitted = is_short ? NULL : wks_mem_array(cells, sizeof *self->fitted);
    self->group_sum = wks_mem_array(most_groups, sizeof *self->group_sum);
    self->area_sum = wks_mem_array(n_areas, sizeof *self->area_sum);
    is_short = self->area == NULL || self->group == NULL || self->fitted == NULL || self->group_sum == NULL || self->area_sum == NULL;
    for (int which = 0; which < 2 && !is_short; which++) {
        self->count[which] = wks_mem_array(cells, sizeof(double));
        self->seed[which] = wks_mem_array(cells, sizeof(double));
        self->area_share[which] = wks_mem_array(n_areas, sizeof(double));
        self->group_share[which] = wks_mem_array(n_groups, sizeof(double));
        is_short =
            self->count[which] == NULL || self->seed[which] == NULL || self->area_share[which] == NULL || self->group_share[which] == NULL;
    }
    if (is_short) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu areas x %zu groups", n_areas, n_groups);
out:
    return rc;
}

static void release(common *self)
{
    free(self->area);
    free(self->group);
    free(self->fitted);
    free(self->group_sum);
    free(self->area_sum);
    for (int which = 0; which < 2; which++) {
        free(self->count[which]);
        free(self->seed[which]);
        free(self->area_share[which]);
        free(self->group_share[which]);
    }
}

/* ---- fitting ---- */

/* Scales groups by the factors in `group_factor`, then every area to its target; the groups' sums that gives go to group_sum. */
static void fit_round(common *self, const double *group_factor, const double *area_target, double *group_sum)
{
    const size_t n_groups = self->n_groups;
    memset(group_sum, 0, n_groups * sizeof *group_sum);
    for (size_t a = 0; a < self->n_areas; a++) {
        double *cell = self->fitted + a * n_groups, sum = 0.0;
        for (size_t g = 0; g < n_groups; g++) {
            cell[g] *= group_factor[g];
            sum += cell[g];
        }
        for (size_t g = 0; g < n_groups; g++) {
            cell[g] *= area_target[a] / sum;
            group_sum[g] += cell[g];
        }
    }
}

/* self->fitted: the structure of one table with the margins of others. Deming & Stephan (1940), areas and groups by turns. */
static void fit(common *self, int groups_of, int areas_of, int structure_of, double precision)
{
    const double *group_target = self->group_share[groups_of], *area_target = self->area_share[areas_of];
    double *factor = self->group_sum, *sum = self->group_sum + self->n_groups;
    double error = INFINITY;
    memcpy(self->fitted, self->seed[structure_of], self->n_areas * self->n_groups * sizeof *self->fitted);
    for (size_t g = 0; g < self->n_groups; g++)
        factor[g] = 1.0;
    for (int round = 0; round < MAX_ROUNDS && error > precision; round++) {
        fit_round(self, factor, area_target, sum);
        error = 0.0;
        for (size_t g = 0; g < self->n_groups; g++) {
            error = fmax(error, fabs(sum[g] - group_target[g]));
            factor[g] = group_target[g] / sum[g];
        }
    }
    if (error > self->fit_error) self->fit_error = error;
}

/* Index of the table X(groups, areas, structure) of the header; the tables themselves are not fitted to their own margins. */
static indices fitted_indices(common *self, int groups_of, int areas_of, int structure_of, double precision)
{
    const bool is_itself = groups_of == structure_of && areas_of == structure_of;
    if (!is_itself) fit(self, groups_of, areas_of, structure_of, precision);
    const view v = view_of_common(self, is_itself ? self->count[structure_of] : self->fitted);
    return indices_of(&v, self->group_sum);
}

/* Local segregation of every area of a table, times `weight` and the area's share, added to out. */
static void add_local(common *self, const double *cell, double weight, const double *share, double *out)
{
    const view v = view_of_common(self, cell);
    sum_groups(&v, self->group_sum);
    const double all = sum_of(self->group_sum, self->n_groups);
    for (size_t a = 0; a < self->n_areas; a++)
        out[a] += weight * share[a] * divergence(&v, a, self->group_sum, all) / area_sum(&v, a);
}

static void make_area_structural(common *self, double precision, double *area_structural)
{
    double *sum = self->area_sum;
    memset(sum, 0, self->n_areas * sizeof *sum);
    fit(self, 0, 0, 1, precision);
    add_local(self, self->fitted, 0.5, self->area_share[0], sum);
    add_local(self, self->count[0], -0.5, self->area_share[0], sum);
    fit(self, 1, 1, 0, precision);
    add_local(self, self->count[1], 0.5, self->area_share[1], sum);
    add_local(self, self->fitted, -0.5, self->area_share[1], sum);
    for (size_t a = 0; a < self->n_areas; a++)
        area_structural[self->area[a]] = sum[a];
}

/* ---- parts ---- */

/* x[g][a][s], 0 for the first table. */
static void elbers_parts(double x[2][2][2], wks_decompose_change_parts *out)
{
    out->structural = 0.5 * ((x[0][0][1] - x[0][0][0]) + (x[1][1][1] - x[1][1][0]));
    out->group_marginal =
        0.25 * ((x[1][0][0] - x[0][0][0]) + (x[1][1][0] - x[0][1][0]) + (x[1][1][1] - x[0][1][1]) + (x[1][0][1] - x[0][0][1]));
    out->area_marginal =
        0.25 * ((x[0][1][0] - x[0][0][0]) + (x[1][1][0] - x[1][0][0]) + (x[1][1][1] - x[1][0][1]) + (x[0][1][1] - x[0][0][1]));
}

static void fit_parts(common *self, double precision, wks_decompose_change *out)
{
    double m[2][2][2], h[2][2][2];
    for (int g = 0; g < 2; g++) {
        for (int a = 0; a < 2; a++) {
            for (int s = 0; s < 2; s++) {
                const indices x = fitted_indices(self, g, a, s, precision);
                m[g][a][s] = x.m;
                h[g][a][s] = x.h;
            }
        }
    }
    elbers_parts(m, &out->m);
    elbers_parts(h, &out->h);
}

static double area_entropy(const view *v, size_t i)
{
    const double total = area_sum(v, i);
    double sum = 0.0;
    for (size_t g = 0; g < v->n_groups; g++) {
        const double n = count_at(v, i, g);
        if (n > 0.0) sum += n / total * wks_math_log(total / n);
    }
    return sum;
}

/* Mora & Ruiz-Castillo for two tables with their shares of areas and groups. */
static void mrc_parts(const view v[2], const double *const area_share[2], const double *const group_share[2], double *out_group_marginal,
                      double *out_area_marginal, double *out_structural)
{
    *out_group_marginal = entropy_of(group_share[1], v[1].n_groups, 1.0) - entropy_of(group_share[0], v[0].n_groups, 1.0);
    *out_area_marginal = 0.0;
    *out_structural = 0.0;
    for (size_t i = 0; i < v[0].n_areas; i++) {
        const double first = area_entropy(&v[0], i), second = area_entropy(&v[1], i);
        *out_area_marginal -= 0.5 * (area_share[1][i] - area_share[0][i]) * (first + second);
        *out_structural -= 0.5 * (area_share[1][i] + area_share[0][i]) * (second - first);
    }
}

static void make_mrc(const common *self, wks_decompose_change *out)
{
    const double *const area_share[2] = {self->area_share[0], self->area_share[1]};
    const double *const group_share[2] = {self->group_share[0], self->group_share[1]};
    const view v[2] = {view_of_common(self, self->count[0]), view_of_common(self, self->count[1])};
    const view t[2] = {transposed(v[0]), transposed(v[1])};
    mrc_parts(v, area_share, group_share, &out->mrc.group_marginal, &out->mrc.area_marginal, &out->mrc.structural);
    mrc_parts(t, group_share, area_share, &out->mrc_transposed.area_marginal, &out->mrc_transposed.group_marginal,
              &out->mrc_transposed.structural);
}

static wks_decompose_change_parts unknown_parts(double first, double second)
{
    const double none = (double)NAN;
    return (wks_decompose_change_parts){first, second, second - first, none, none, none, none, none};
}

/* The whole tables, and what is not common. */
static void make_outer(const pair *p, common *self, wks_decompose_change *out)
{
    const view first = view_of(p->first), second = view_of(p->second);
    const indices a = indices_of(&first, self->group_sum), b = indices_of(&second, self->group_sum);
    out->m = unknown_parts(a.m, b.m);
    out->h = unknown_parts(a.h, b.h);
    if (self->n_areas > 0) {
        const indices common_a = fitted_indices(self, 0, 0, 0, 0.0), common_b = fitted_indices(self, 1, 1, 1, 0.0);
        out->m.additions = b.m - common_b.m;
        out->m.removals = common_a.m - a.m;
        out->h.additions = b.h - common_b.h;
        out->h.removals = common_a.h - a.h;
    }
    out->mrc = out->m;
    out->mrc_transposed = out->m;
}

wks_status wks_decompose_change_make(const wks_table *first, const wks_table *second, const wks_decompose_change_match *match,
                                     double precision, wks_decompose_change *out, double *area_structural, wks_err *err)
{
    wks_status rc = WKS_OK;
    const pair p = {first, second, match};
    common self = {0};
    const size_t most = first->n_groups > second->n_groups ? first->n_groups : second->n_groups;

    *out = (wks_decompose_change){0};
    WKS_TRY(check_match(match->area, first->n_areas, second->n_areas, "area", err));
    WKS_TRY(check_match(match->group, first->n_groups, second->n_groups, "group", err));
    WKS_TRY(allocate(&self, first->n_areas, first->n_groups, 2 * most, err));
    find_common(&p, &self);
    gather(&p, &self);
    out->n_areas = self.n_areas;
    out->n_groups = self.n_groups;
    make_outer(&p, &self, out);
    for (size_t i = 0; area_structural != NULL && i < first->n_areas; i++)
        area_structural[i] = (double)NAN;
    if (self.n_areas > 0) {
        fit_parts(&self, precision, out);
        make_mrc(&self, out);
        if (area_structural != NULL) make_area_structural(&self, precision, area_structural);
    }
    out->fit_error = self.fit_error;
out:
    release(&self);
    return rc;
}
