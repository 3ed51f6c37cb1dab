#include "city/synth_reconcile.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/fit.h"
#include "num/math.h"

enum { MAX_CATEGORIES = 5, ROUNDS = 300 };
static const double ROUNDING = 2.0; /* CBS rounds to 5: at most 2 away */
static const double FAR = 0.05;     /* a gemeente figure further away belongs to other areas or another year */
static const double SMALL = 10.0;   /* cells of this size get half of what large ones get of a gap */

static double sum_of(const double *value, int32_t n)
{
    double sum = 0.0;

    for (int32_t i = 0; i < n; i++)
        sum += value[i];
    return sum;
}

static bool is_near(double total, double sum, int32_t n)
{
    return fabs(total - sum) <= FAR * sum + ROUNDING * n + 0.5;
}

/* What a count takes of a gap at most before others must take more: half as much when it is small. */
static double weight_of(double x)
{
    return x <= 0.0 ? 0.0 : x / (x + SMALL);
}

wks_status wks_synth_reconcile_totals(const double *value, int32_t n, double total, int64_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double sum = sum_of(value, n);
    double capacity = 0.0;
    double *moved = wks_mem_array((size_t)n, sizeof *moved);

    if (moved == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to reconcile %d totals", n);
    if (!(total >= 0.0)) total = floor(sum + 0.5);
    for (int32_t i = 0; i < n; i++)
        capacity += ROUNDING * weight_of(value[i]);
    const double gap = total - sum;
    const double within = capacity <= 0.0 ? 0.0 : wks_math_clamp(gap / capacity, -1.0, 1.0);
    const double beyond = sum <= 0.0 ? 0.0 : (gap - within * capacity) / sum;
    for (int32_t i = 0; i < n; i++) {
        const double x = value[i] + within * ROUNDING * weight_of(value[i]) + beyond * value[i];
        moved[i] = x > 0.0 ? x : 0.0;
    }
    wks_fit_round_to_total(moved, n, (int64_t)(total + 0.5), out);
out:
    free(moved);
    return rc;
}

/* Moves a line of cells (stride apart) to its total; cells at 0 stay there. */
static double move_line(double *x, const double *weight, int32_t n, int32_t stride, double total)
{
    double sum = 0.0, weights = 0.0;

    for (int32_t i = 0; i < n; i++) {
        sum += x[i * stride];
        weights += x[i * stride] > 0.0 ? weight[i * stride] : 0.0;
    }
    const double gap = total - sum;
    if (weights <= 0.0) return fabs(gap);
    for (int32_t i = 0; i < n; i++) {
        if (x[i * stride] <= 0.0) continue;
        const double next = x[i * stride] + gap * weight[i * stride] / weights;
        x[i * stride] = next > 0.0 ? next : 0.0;
    }
    return fabs(gap);
}

/* An area with people and no published group gets the shares of all; one without people none. */
static void fill_row(double *x, int32_t m, int64_t row_total, const int64_t *column_total)
{
    double all = 0.0;

    for (int32_t c = 0; c < m; c++)
        all += (double)column_total[c];
    const bool is_empty = sum_of(x, m) <= 0.0;
    for (int32_t c = 0; c < m; c++) {
        if (row_total == 0) x[c] = 0.0;
        if (row_total > 0 && is_empty) x[c] = (double)row_total * (all > 0.0 ? (double)column_total[c] / all : 1.0 / m);
    }
}

wks_status wks_synth_reconcile_matrix(double *value, int32_t n, int32_t m, const int64_t *row_total, const int64_t *column_total,
                                      wks_err *err)
{
    wks_status rc = WKS_OK;
    double *weight = wks_mem_array((size_t)n * (size_t)m, sizeof *weight);
    double worst = 1.0;

    if (weight == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to reconcile %d areas", n);
    for (int32_t i = 0; i < n; i++) {
        fill_row(value + (size_t)i * (size_t)m, m, row_total[i], column_total);
        for (int32_t c = 0; c < m; c++)
            weight[i * m + c] = weight_of(value[i * m + c]);
    }
    for (int round = 0; round < ROUNDS && worst >= 1e-6; round++) {
        worst = 0.0;
        for (int32_t c = 0; c < m; c++)
            move_line(value + c, weight + c, n, m, (double)column_total[c]);
        for (int32_t i = 0; i < n; i++) {
            const double gap = move_line(value + (size_t)i * (size_t)m, weight + (size_t)i * (size_t)m, m, 1, (double)row_total[i]);
            worst = gap > worst ? gap : worst;
        }
    }
out:
    free(weight);
    return rc;
}

/* The buurten of one gemeente. */
typedef struct group {
    const wks_city *city;
    const wks_city_area *gemeente; /* NULL when unknown */
    const wks_rng_seed *seed;
    uint64_t key;
    int32_t *row;
    int32_t n;
    double *value;
    int32_t *whole, *row_margin;
    int64_t *total;
} group;

static wks_status totals_of(group *g, int32_t column, wks_err *err)
{
    wks_status rc = WKS_OK;
    double published = NAN;

    for (int32_t i = 0; i < g->n; i++)
        g->value[i] = g->city->buurt[g->row[i]].value[column];
    if (g->gemeente != NULL) published = g->gemeente->value[column];
    if (!isfinite(published) || !is_near(published, sum_of(g->value, g->n), g->n)) published = -1.0;
    WKS_TRY(wks_synth_reconcile_totals(g->value, g->n, published, g->total, err));
out:
    return rc;
}

/* Totals of the columns: the gemeente's where usable, scaled to the total of the rows. */
static void column_totals(const group *g, int32_t margin, int64_t *out)
{
    const wks_synth_plan_margin *m = &wks_synth_plan_margins[margin];
    double wanted[MAX_CATEGORIES];
    bool is_usable = g->gemeente != NULL;
    int64_t all = 0;

    for (int32_t i = 0; i < g->n; i++)
        all += g->total[i];
    for (int32_t c = 0; c < m->n; c++) {
        double sum = 0.0;
        for (int32_t i = 0; i < g->n; i++)
            sum += g->value[i * m->n + c];
        wanted[c] = sum;
        if (g->gemeente == NULL) continue;
        const double published = wks_synth_plan_published(g->gemeente, margin, c);
        is_usable = is_usable && isfinite(published) && is_near(published, sum, g->n);
    }
    for (int32_t c = 0; is_usable && c < m->n; c++)
        wanted[c] = wks_synth_plan_published(g->gemeente, margin, c);
    if (sum_of(wanted, m->n) <= 0.0) wanted[0] = 1.0;
    wks_fit_round_to_total(wanted, m->n, all, out);
}

static wks_status margin_of(group *g, int32_t margin, wks_synth_plan_cells *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_synth_plan_margin *m = &wks_synth_plan_margins[margin];
    const wks_fit_shape shape = {2, {g->n, m->n}};
    int64_t column[MAX_CATEGORIES];
    int32_t column_margin[MAX_CATEGORIES];
    const int32_t *const margins[2] = {g->row_margin, column_margin};

    for (int32_t i = 0; i < g->n; i++) {
        for (int32_t c = 0; c < m->n; c++) {
            const double x = wks_synth_plan_published(&g->city->buurt[g->row[i]], margin, c);
            g->value[i * m->n + c] = x > 0.0 ? x : 0.0;
        }
        g->row_margin[i] = (int32_t)g->total[i];
    }
    column_totals(g, margin, column);
    for (int32_t c = 0; c < m->n; c++)
        column_margin[c] = (int32_t)column[c];
    WKS_TRY(wks_synth_reconcile_matrix(g->value, g->n, m->n, g->total, column, err));
    WKS_TRY(wks_fit_integerise(&shape, g->value, margins, g->seed, wks_rng_child_key(g->key, 0, WKS_RNG_SYNTH_FIT, (uint32_t)margin),
                               g->whole, err));
    for (int32_t i = 0; i < g->n; i++) {
        for (int32_t c = 0; c < m->n; c++)
            out[g->row[i]].n[m->first + c] = g->whole[i * m->n + c];
    }
out:
    return rc;
}

/* Tenure and type: published as shares of whole per cent, also for the gemeente, so every buurt stands alone. */
static void shares_of(const group *g, int32_t margin, wks_synth_plan_cells *out)
{
    static const double national[2][3] = {{0.57, 0.285, 0.145}, {0.64, 0.36, 0.0}}; /* CBS 2023: tenure; dwelling type */
    const wks_synth_plan_margin *m = &wks_synth_plan_margins[margin];

    for (int32_t i = 0; i < g->n; i++) {
        double value[MAX_CATEGORIES];
        int64_t whole[MAX_CATEGORIES];
        for (int32_t c = 0; c < m->n; c++) {
            const double x = wks_synth_plan_published(&g->city->buurt[g->row[i]], margin, c);
            value[c] = x > 0.0 ? x : 0.0;
        }
        for (int32_t c = 0; c < m->n && sum_of(value, m->n) <= 0.0; c++)
            value[c] = national[m->n == 3 ? 0 : 1][c];
        wks_fit_round_to_total(value, m->n, g->total[i], whole);
        for (int32_t c = 0; c < m->n; c++)
            out[g->row[i]].n[m->first + c] = (int32_t)whole[c];
    }
}

int64_t wks_synth_reconcile_adults_needed(const int32_t *type, int64_t minors)
{
    const int64_t with = type[WKS_SYNTH_PLAN_WITH];

    return type[WKS_SYNTH_PLAN_ONE] + 2 * (int64_t)type[WKS_SYNTH_PLAN_WITHOUT] + with + (with > minors ? with - minors : 0);
}

void wks_synth_reconcile_types(int32_t *type, int64_t adults, int64_t minors, int64_t most)
{
    while ((int64_t)type[0] + type[1] + type[2] > most) {
        const int32_t largest = type[0] >= type[1] ? (type[0] >= type[2] ? 0 : 2) : (type[1] >= type[2] ? 1 : 2);
        type[largest]--;
    }
    while (wks_synth_reconcile_adults_needed(type, minors) > adults) {
        if (type[WKS_SYNTH_PLAN_WITH] > minors) { /* a parent and a grown child become one person living alone */
            type[WKS_SYNTH_PLAN_WITH]--;
            type[WKS_SYNTH_PLAN_ONE]++;
        } else if (type[WKS_SYNTH_PLAN_WITHOUT] > 0) {
            type[WKS_SYNTH_PLAN_WITHOUT]--;
            type[WKS_SYNTH_PLAN_ONE]++;
        } else if (type[WKS_SYNTH_PLAN_ONE] > 0) {
            type[WKS_SYNTH_PLAN_ONE]--;
        } else {
            type[WKS_SYNTH_PLAN_WITH]--;
        }
    }
}

static int64_t most_of(const wks_synth_plan_cells *c)
{
    return (int64_t)c->dwellings * WKS_SYNTH_PLAN_MOST_A_DWELLING;
}

static bool is_possible(const wks_synth_plan_cells *c)
{
    const int32_t *age = c->n + WKS_SYNTH_PLAN_AGE, *type = c->n + WKS_SYNTH_PLAN_TYPE;
    const int64_t adults = (int64_t)age[1] + age[2] + age[3] + age[4]; /* 15-17 can be left out: nobody publishes them */

    return wks_synth_reconcile_adults_needed(type, age[0]) <= adults && (int64_t)type[0] + type[1] + type[2] <= most_of(c);
}

/* One household more (or less) of a type in the buurt that made good least, the largest among equals. */
static void make_good(const group *g, int32_t type, int32_t step, wks_synth_plan_cells *out)
{
    int32_t best = -1;

    for (int32_t i = 0; i < g->n; i++) {
        wks_synth_plan_cells next = out[g->row[i]];
        next.n[WKS_SYNTH_PLAN_TYPE + type] += step;
        if (next.n[WKS_SYNTH_PLAN_TYPE + type] < 1 || !is_possible(&next)) continue;
        const bool is_less = best >= 0 && g->whole[i] < g->whole[best], is_equal = best >= 0 && g->whole[i] == g->whole[best];
        if (best < 0 || is_less || (is_equal && out[g->row[i]].households > out[g->row[best]].households)) best = i;
    }
    if (best < 0) return; /* nowhere: the gemeente's total shows it */
    out[g->row[best]].n[WKS_SYNTH_PLAN_TYPE + type] += step;
    out[g->row[best]].households += step;
    g->whole[best]++;
}

/* Types that the persons cannot make up, and their counterweight elsewhere so that the gemeente keeps its totals. */
static void make_types_possible(const group *g, wks_synth_plan_cells *out)
{
    int32_t lack[3] = {0};

    for (int32_t i = 0; i < g->n; i++) {
        wks_synth_plan_cells *c = &out[g->row[i]];
        int32_t *type = c->n + WKS_SYNTH_PLAN_TYPE;
        const int32_t *age = c->n + WKS_SYNTH_PLAN_AGE;
        g->whole[i] = 0; /* from here on: units that the buurt has made good */
        if (is_possible(c)) continue;
        for (int32_t t = 0; t < 3; t++)
            lack[t] += type[t];
        wks_synth_reconcile_types(type, (int64_t)age[1] + age[2] + age[3] + age[4], age[0], most_of(c));
        for (int32_t t = 0; t < 3; t++)
            lack[t] -= type[t];
        c->households = type[0] + type[1] + type[2];
    }
    for (int32_t t = 2; t >= 0; t--) {
        for (int32_t i = 0; i < abs(lack[t]); i++)
            make_good(g, t, lack[t] > 0 ? 1 : -1, out);
    }
}

static wks_status reconcile_group(group *g, wks_synth_plan_cells *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(totals_of(g, WKS_CITY_persons, err));
    for (int32_t i = 0; i < g->n; i++)
        out[g->row[i]].n[WKS_SYNTH_PLAN_PERSONS] = (int32_t)g->total[i];
    for (int32_t margin = 1; margin <= 3; margin++)
        WKS_TRY(margin_of(g, margin, out, err));
    WKS_TRY(totals_of(g, WKS_CITY_dwellings, err));
    for (int32_t i = 0; i < g->n; i++)
        out[g->row[i]].dwellings = (int32_t)g->total[i];
    shares_of(g, 5, out);
    shares_of(g, 6, out);
    WKS_TRY(totals_of(g, WKS_CITY_households, err));
    for (int32_t i = 0; i < g->n; i++)
        out[g->row[i]].households = (int32_t)g->total[i];
    WKS_TRY(margin_of(g, 4, out, err));
    make_types_possible(g, out);
out:
    return rc;
}

static int32_t gemeente_of(const wks_city *city, int32_t buurt_row)
{
    const int32_t wijk = city->buurt[buurt_row].parent;

    return wijk < 0 ? -1 : city->wijk[wijk].parent;
}

wks_status wks_synth_reconcile_city(const wks_city *city, const wks_rng_seed *seed, wks_synth_plan_cells *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)city->n_buurten;
    group g = {.city = city, .seed = seed};

    g.row = wks_mem_array(n, sizeof *g.row);
    g.row_margin = wks_mem_array(n, sizeof *g.row_margin);
    g.total = wks_mem_array(n, sizeof *g.total);
    g.value = wks_mem_array(n * MAX_CATEGORIES, sizeof *g.value);
    g.whole = wks_mem_array(n * MAX_CATEGORIES, sizeof *g.whole);
    if (g.row == NULL || g.row_margin == NULL || g.total == NULL || g.value == NULL || g.whole == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to reconcile %d buurten", city->n_buurten);
    for (int32_t gemeente = -1; gemeente < city->n_gemeenten; gemeente++) {
        g.n = 0;
        for (int32_t b = 0; b < city->n_buurten; b++) {
            if (gemeente_of(city, b) == gemeente) g.row[g.n++] = b;
        }
        if (g.n == 0) continue;
        g.gemeente = gemeente < 0 ? NULL : &city->gemeente[gemeente];
        g.key = wks_text_hash(g.gemeente == NULL ? "" : g.gemeente->code);
        WKS_TRY(wks_err_context(err, reconcile_group(&g, out, err), "reconciling the margins of %s",
                                g.gemeente == NULL ? "buurten without gemeente" : g.gemeente->code));
    }
out:
    free(g.row);
    free(g.row_margin);
    free(g.total);
    free(g.value);
    free(g.whole);
    return rc;
}
