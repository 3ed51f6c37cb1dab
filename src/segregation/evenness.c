#include "segregation/evenness.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/par.h"
#include "num/math.h"
#include "segregation/gini.h"
#include "segregation/margins.h"

enum { CHUNK = 256, EVENNESS_MOST_JOBS = 8 };

/* What one pass over the areas adds up. */
typedef struct sums {
    double deviation; /* |x_i - t_i P| */
    double square;    /* (x_i - t_i P)^2 / t_i */
    double own, rest; /* x_i log(p_i/P) - (x_i - t_i P) >= 0, and the same of the rest */
    double kept[3];   /* (x_i/X)^b (y_i/Y)^(1-b) for b = .1, .5, .9 */
    double lost[3];   /* b x_i/X + (1-b) y_i/Y less that: >= 0, its sum is 1 less the sum above */
    int64_t mixed;    /* areas with people of both */
} sums;

typedef struct pass {
    const double *x, *t;
    wks_margins margins;
    int parts;
    sums sum[WKS_MARGINS_MOST_BLOCKS];
} pass;

/* A chunk of areas side by side. */
typedef struct chunk {
    size_t n;
    const double *x, *t;
    double y[CHUNK];                             /* the rest */
    double expected_x[CHUNK], expected_y[CHUNK]; /* t P, t (1 - P) */
    double log_x[CHUNK], log_y[CHUNK];           /* log(x/expected_x), log(y/expected_y) */
} chunk;

static void chunk_open(chunk *c, const pass *self, int64_t begin, int64_t end)
{
    c->n = end - begin < CHUNK ? (size_t)(end - begin) : CHUNK;
    c->x = self->x + begin;
    c->t = self->t + begin;
    for (size_t i = 0; i < c->n; i++) {
        c->y[i] = c->t[i] - c->x[i];
        c->expected_x[i] = c->t[i] * self->margins.p;
        c->expected_y[i] = c->t[i] * self->margins.q;
    }
}

/* The deviation of the rest is minus that of the group: taken from the smaller of the two, where it is the more precise. */
static void add_deviation(const chunk *c, bool is_rest, sums *out)
{
    const double *part = is_rest ? c->y : c->x, *expected = is_rest ? c->expected_y : c->expected_x;
    double deviation = 0.0, square = 0.0;
    int64_t mixed = 0;
    for (size_t i = 0; i < c->n; i++) {
        const double d = part[i] - expected[i];
        deviation += fabs(d);
        square += d * d / (c->t[i] > 0.0 ? c->t[i] : 1.0);
        mixed += c->x[i] > 0.0 && c->y[i] > 0.0;
    }
    out->deviation += deviation;
    out->square += square;
    out->mixed += mixed;
}

static double sum_divergence(const double *part, const double *expected, const double *log_ratio, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += part[i] * log_ratio[i] - (part[i] - expected[i]); /* part 0: what was expected */
    return sum;
}

/* x/X = a, y/Y = c. b = .5: (sqrt a - sqrt c)^2 / 2 is lost. */
static void add_atkinson_half(const chunk *c, const wks_margins *m, sums *out)
{
    const double per_x = 1.0 / m->x, per_y = 1.0 / m->y;
    double kept = 0.0, lost = 0.0;
    for (size_t i = 0; i < c->n; i++) {
        const double a = c->x[i] * per_x, b = c->y[i] * per_y;
        const double root_a = sqrt(a), root_b = sqrt(b), apart = root_a - root_b;
        kept += root_a * root_b;
        lost += 0.5 * apart * apart;
    }
    out->kept[1] += kept;
    out->lost[1] += lost;
}

/* Measured from the area's weight tau = t/T: x/X = tau (1 + z_x), y/Y = tau (1 + z_y), (x/X)^b (y/Y)^(1-b) = tau (1 + e_b),
 * e_b = exp(b log(1 + z_x) + (1-b) log(1 + z_y)) - 1; and (1 + e_.1)(1 + e_.9) = (1 + z_x)(1 + z_y). */
static void add_atkinson_outer(const chunk *c, const wks_margins *m, sums *out)
{
    double exponent[CHUNK] = {0}, e_1[CHUNK], kept_1[CHUNK], kept_9[CHUNK], lost_1[CHUNK], lost_9[CHUNK];
    const double per_x = 1.0 / m->x, per_y = 1.0 / m->y, per_t = 1.0 / m->t;
    for (size_t i = 0; i < c->n; i++)
        exponent[i] = 0.1 * c->log_x[i] + 0.9 * c->log_y[i];
    wks_math_expm1_array(exponent, e_1, c->n);
    for (size_t i = 0; i < c->n; i++) {
        const double x = c->x[i], y = c->y[i], e_x = c->expected_x[i], e_y = c->expected_y[i], e = e_1[i], tau = c->t[i] * per_t;
        const bool is_mixed = x > 0.0 && y > 0.0;
        const double z_x = (x - e_x) / (is_mixed ? e_x : 1.0), z_y = (y - e_y) / (is_mixed ? e_y : 1.0);
        const double e_9 = (z_x + z_y + z_x * z_y - e) / (1.0 + e), a = x * per_x, b = y * per_y;
        kept_1[i] = is_mixed ? tau * (1.0 + e) : 0.0;
        kept_9[i] = is_mixed ? tau * (1.0 + e_9) : 0.0;
        lost_1[i] = is_mixed ? tau * (0.1 * z_x + 0.9 * z_y - e) : 0.1 * a + 0.9 * b; /* of one kind: all is lost */
        lost_9[i] = is_mixed ? tau * (0.9 * z_x + 0.1 * z_y - e_9) : 0.9 * a + 0.1 * b;
    }
    for (size_t i = 0; i < c->n; i++) {
        out->kept[0] += kept_1[i];
        out->kept[2] += kept_9[i];
        out->lost[0] += lost_1[i];
        out->lost[2] += lost_9[i];
    }
}

static void block_pass(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    const bool is_rest = self->margins.p > 0.5;
    sums out = {0};
    chunk c;
    for (int64_t i = begin; i < end; i += CHUNK) {
        chunk_open(&c, self, i, end);
        add_deviation(&c, is_rest, &out);
        if ((self->parts & (WKS_EVENNESS_INFORMATION | WKS_EVENNESS_ATKINSON)) == 0) continue;
        wks_margins_log_ratio(c.x, c.expected_x, c.n, c.log_x);
        wks_margins_log_ratio(c.y, c.expected_y, c.n, c.log_y);
        out.own += sum_divergence(c.x, c.expected_x, c.log_x, c.n);
        out.rest += sum_divergence(c.y, c.expected_y, c.log_y, c.n);
        if ((self->parts & WKS_EVENNESS_ATKINSON) == 0) continue;
        add_atkinson_half(&c, &self->margins, &out);
        add_atkinson_outer(&c, &self->margins, &out);
    }
    self->sum[block] = out;
}

/* The blocks' sums in block order. */
static sums sums_of(pass *self, size_t n, int threads)
{
    const int64_t size = wks_par_block_size((int64_t)n, WKS_MARGINS_BLOCK), blocks = wks_par_blocks((int64_t)n, size);
    sums all = {0};
    wks_par_for((int64_t)n, size, threads, block_pass, self);
    for (int64_t b = 0; b < blocks; b++) {
        const sums *one = &self->sum[b];
        all.deviation += one->deviation;
        all.square += one->square;
        all.own += one->own;
        all.rest += one->rest;
        all.mixed += one->mixed;
        for (int k = 0; k < 3; k++) {
            all.kept[k] += one->kept[k];
            all.lost[k] += one->lost[k];
        }
    }
    return all;
}

/* -p log p - q log q, both above 0. */
static double entropy(const wks_margins *m)
{
    const double log_p = m->p > 0.5 ? wks_math_log1p(-m->q) : wks_math_log(m->p);
    const double log_q = m->q > 0.5 ? wks_math_log1p(-m->p) : wks_math_log(m->q);
    return -m->p * log_p - m->q * log_q;
}

/* 1 - S^power; S from what is kept or, where that is nearly all, from what is lost. */
static double atkinson(double kept, double lost, double power)
{
    if (lost < 0.5) return wks_math_clamp(-wks_math_expm1(power * wks_math_log1p(-lost)), 0.0, 1.0);
    return wks_math_clamp(1.0 - wks_math_pow(kept, power), 0.0, 1.0);
}

static const wks_evenness undefined = {.d = (double)NAN,
                                       .g = (double)NAN,
                                       .h = (double)NAN,
                                       .eta2 = (double)NAN,
                                       .a01 = (double)NAN,
                                       .a05 = (double)NAN,
                                       .a09 = (double)NAN,
                                       .gorard = (double)NAN,
                                       .minmax = (double)NAN,
                                       .information = 0.0};

/* Where no area is mixed everything is 1, not 1 but for rounding. */
static void set_apart(const wks_margins *m, int parts, wks_evenness *out)
{
    out->d = out->eta2 = out->minmax = 1.0;
    if ((parts & WKS_EVENNESS_INFORMATION) != 0) out->h = 1.0;
    if ((parts & WKS_EVENNESS_ATKINSON) != 0) out->a01 = out->a05 = out->a09 = 1.0;
    out->gorard = m->q;
}

/* All but the Gini. */
static wks_evenness without_gini(const double *x, const double *t, size_t n, int parts, int threads)
{
    pass self = {.x = x, .t = t, .margins = wks_margins_of(x, t, n, threads), .parts = parts};
    const wks_margins *m = &self.margins;
    wks_evenness out = undefined;
    if ((parts & WKS_EVENNESS_INFORMATION) == 0) out.information = (double)NAN;
    if (!wks_margins_are_two(m)) {
        if (m->x > 0.0) out.gorard = 0.0; /* compares with everybody, so that it needs no others */
        return out;
    }
    const sums s = sums_of(&self, n, threads);
    const double pq = m->p * m->q;
    out.d = wks_math_clamp(s.deviation / m->t / (2.0 * pq), 0.0, 1.0); /* all of these: rounding only */
    out.eta2 = wks_math_clamp(s.square / m->t / pq, 0.0, 1.0);
    out.minmax = 2.0 * out.d / (1.0 + out.d);
    out.gorard = out.d * m->q;
    if ((parts & WKS_EVENNESS_INFORMATION) != 0) {
        out.information = s.own / m->t;
        out.h = wks_math_clamp((s.own + s.rest) / m->t / entropy(m), 0.0, 1.0);
    }
    if ((parts & WKS_EVENNESS_ATKINSON) != 0) {
        out.a01 = atkinson(s.kept[0], s.lost[0], 1.0 / 0.9);
        out.a05 = atkinson(s.kept[1], s.lost[1], 2.0);
        out.a09 = atkinson(s.kept[2], s.lost[2], 10.0);
    }
    if (s.mixed == 0) set_apart(m, parts, &out);
    return out;
}

double wks_evenness_dissimilarity(const double *x, const double *t, size_t n)
{
    return without_gini(x, t, n, 0, 1).d;
}

double wks_evenness_theil(const double *x, const double *t, size_t n)
{
    return without_gini(x, t, n, WKS_EVENNESS_INFORMATION, 1).h;
}

double wks_evenness_information(const double *x, const double *t, size_t n, int threads)
{
    return without_gini(x, t, n, WKS_EVENNESS_INFORMATION, threads).information;
}

wks_status wks_evenness_of(const wks_table *table, size_t group, int parts, int threads, wks_evenness *out, wks_err *err)
{
    const double *x = wks_table_group(table, group);
    *out = without_gini(x, table->total, table->n_areas, parts, threads);
    if ((parts & WKS_EVENNESS_GINI) == 0) return WKS_OK;
    wks_gini_area *scratch = wks_mem_array(table->n_areas, 2 * sizeof *scratch);
    if (scratch == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory to sort %zu areas", table->n_areas);
    out->g = wks_gini_coefficient(x, table->total, table->n_areas, scratch);
    free(scratch);
    return WKS_OK;
}

typedef struct sorting {
    const wks_table *table;
    size_t first;
    wks_gini_area *scratch;
    wks_evenness *out;
} sorting;

static void gini_job(int64_t job, void *context)
{
    const sorting *self = context;
    const wks_table *table = self->table;
    const size_t g = self->first + (size_t)job;
    self->out[g].g =
        wks_gini_coefficient(wks_table_group(table, g), table->total, table->n_areas, self->scratch + (size_t)job * 2 * table->n_areas);
}

/* Each group is sorted by one thread, as many side by side as there are threads, each with its own scratch. */
static wks_status gini_each(const wks_table *table, int threads, wks_evenness *out, wks_err *err)
{
    if (table->n_areas < WKS_MARGINS_BLOCK) threads = 1; /* waking others takes longer */
    size_t side_by_side = threads < 1 ? 1 : threads > EVENNESS_MOST_JOBS ? EVENNESS_MOST_JOBS : (size_t)threads;
    if (side_by_side > table->n_groups) side_by_side = table->n_groups;
    sorting self = {.table = table, .out = out};
    self.scratch = wks_mem_array(table->n_areas, 2 * side_by_side * sizeof *self.scratch);
    if (self.scratch == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory to sort %zu areas", table->n_areas);
    for (; self.first < table->n_groups; self.first += side_by_side) {
        const size_t left = table->n_groups - self.first;
        wks_par_each((int64_t)(left < side_by_side ? left : side_by_side), threads, gini_job, &self);
    }
    free(self.scratch);
    return WKS_OK;
}

wks_status wks_evenness_each(const wks_table *table, int parts, int threads, wks_evenness *out, wks_err *err)
{
    for (size_t g = 0; g < table->n_groups; g++)
        out[g] = without_gini(wks_table_group(table, g), table->total, table->n_areas, parts, threads);
    return (parts & WKS_EVENNESS_GINI) != 0 ? gini_each(table, threads, out, err) : WKS_OK;
}

typedef struct pair {
    const double *x, *y;
    double per_x, per_y;
    double sum_x[WKS_MARGINS_MOST_BLOCKS], sum_y[WKS_MARGINS_MOST_BLOCKS];
} pair;

static void pair_sums(int64_t begin, int64_t end, int64_t block, void *context)
{
    pair *self = context;
    double sum_x = 0.0, sum_y = 0.0;
    for (int64_t i = begin; i < end; i++) {
        sum_x += self->x[i];
        sum_y += self->y[i];
    }
    self->sum_x[block] = sum_x;
    self->sum_y[block] = sum_y;
}

static void pair_apart(int64_t begin, int64_t end, int64_t block, void *context)
{
    pair *self = context;
    double sum = 0.0;
    for (int64_t i = begin; i < end; i++)
        sum += fabs(self->x[i] * self->per_x - self->y[i] * self->per_y);
    self->sum_x[block] = sum;
}

double wks_evenness_dissimilarity_pair(const double *x, const double *y, size_t n, int threads)
{
    pair self = {.x = x, .y = y};
    const int64_t size = wks_par_block_size((int64_t)n, WKS_MARGINS_BLOCK), blocks = wks_par_blocks((int64_t)n, size);
    wks_par_for((int64_t)n, size, threads, pair_sums, &self);
    const double sum_x = wks_par_sum(self.sum_x, blocks), sum_y = wks_par_sum(self.sum_y, blocks);
    if (!(sum_x > 0.0 && sum_y > 0.0)) return (double)NAN;
    self.per_x = 1.0 / sum_x;
    self.per_y = 1.0 / sum_y;
    wks_par_for((int64_t)n, size, threads, pair_apart, &self);
    return wks_math_clamp(0.5 * wks_par_sum(self.sum_x, blocks), 0.0, 1.0); /* rounding only */
}

typedef struct pairs {
    const wks_table *table;
    double *out;
} pairs;

/* A group with all before it. */
static void pairs_job(int64_t job, void *context)
{
    const pairs *self = context;
    const wks_table *table = self->table;
    const size_t k = table->n_groups, g = k - 1 - (size_t)job; /* the longest first */
    for (size_t h = 0; h < g; h++) {
        const double d = wks_evenness_dissimilarity_pair(wks_table_group(table, h), wks_table_group(table, g), table->n_areas, 1);
        self->out[g * k + h] = self->out[h * k + g] = d;
    }
}

void wks_evenness_pairs(const wks_table *table, int threads, double *out)
{
    pairs self = {.table = table, .out = out};
    wks_par_each((int64_t)table->n_groups, table->n_areas < WKS_MARGINS_BLOCK ? 1 : threads, pairs_job, &self);
}
