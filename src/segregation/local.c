#include "segregation/local.h"

#include <math.h>

#include "base/par.h"
#include "num/math.h"
#include "segregation/margins.h"

enum { CHUNK = 256 };

typedef struct quotient {
    const double *x, *t;
    double share;
    double *out;
} quotient;

static void block_quotient(int64_t begin, int64_t end, int64_t block, void *context)
{
    const quotient *self = context;
    (void)block;
    for (int64_t i = begin; i < end; i++)
        self->out[i] = self->t[i] > 0.0 && self->share > 0.0 ? self->x[i] / self->t[i] / self->share : (double)NAN;
}

void wks_local_quotient(const wks_table *table, size_t group, int threads, double *out)
{
    quotient self = {.x = wks_table_group(table, group), .t = table->total, .out = out};
    if (table->all > 0.0) self.share = table->group_total[group] / table->all;
    wks_par_for((int64_t)table->n_areas, 0, threads, block_quotient, &self);
}

typedef struct areas {
    const wks_table *table;
    double *ls, *e, *i;
} areas;

/* What a group adds to the values of a chunk of areas. */
static void add_group(const areas *self, size_t group, size_t first, size_t n)
{
    const double *x = wks_table_group(self->table, group) + first, *t = self->table->total + first;
    const double share = self->table->group_total[group] / self->table->all;
    double expected[CHUNK], log_ratio[CHUNK];
    if (!(share > 0.0)) return;
    for (size_t j = 0; self->ls != NULL && j < n; j++)
        expected[j] = t[j] * share;
    if (self->ls != NULL) wks_margins_log_ratio(x, expected, n, log_ratio);
    for (size_t j = 0; self->ls != NULL && j < n; j++)
        self->ls[first + j] += x[j] * log_ratio[j] - (x[j] - expected[j]); /* the second term sums to 0 over groups: every term is >= 0 */
    if (self->e != NULL) wks_margins_log_ratio(x, t, n, log_ratio);
    for (size_t j = 0; self->e != NULL && j < n; j++)
        self->e[first + j] -= x[j] * log_ratio[j];
    for (size_t j = 0; self->i != NULL && j < n; j++)
        self->i[first + j] += x[j] * (t[j] - x[j]);
}

static void block_areas(int64_t begin, int64_t end, int64_t block, void *context)
{
    const areas *self = context;
    const double *t = self->table->total;
    (void)block;
    for (int64_t first = begin; first < end; first += CHUNK) {
        const size_t from = (size_t)first, n = end - first < CHUNK ? (size_t)(end - first) : CHUNK;
        double *const out[3] = {self->ls, self->e, self->i};
        for (int k = 0; k < 3; k++) {
            for (size_t j = from; out[k] != NULL && j < from + n; j++)
                out[k][j] = 0.0;
        }
        for (size_t g = 0; g < self->table->n_groups; g++)
            add_group(self, g, from, n);
        for (int k = 0; k < 3; k++) {
            for (size_t j = from; out[k] != NULL && j < from + n; j++)
                out[k][j] = t[j] > 0.0 ? out[k][j] / t[j] / (k == 2 ? t[j] : 1.0) : (double)NAN;
        }
    }
}

void wks_local_areas(const wks_table *table, int threads, double *ls, double *e, double *i)
{
    areas self = {.table = table, .ls = ls, .e = e, .i = i};
    wks_par_for((int64_t)table->n_areas, 0, threads, block_areas, &self);
}

typedef struct group_sum {
    const double *x, *t;
    double share;
    double sum[WKS_MARGINS_MOST_BLOCKS];
} group_sum;

static void block_group(int64_t begin, int64_t end, int64_t block, void *context)
{
    group_sum *self = context;
    double sum = 0.0, expected[CHUNK], log_ratio[CHUNK];
    for (int64_t first = begin; first < end; first += CHUNK) {
        const size_t n = end - first < CHUNK ? (size_t)(end - first) : CHUNK;
        const double *x = self->x + first;
        for (size_t j = 0; j < n; j++)
            expected[j] = self->t[first + (int64_t)j] * self->share;
        wks_margins_log_ratio(x, expected, n, log_ratio);
        for (size_t j = 0; j < n; j++)
            sum += x[j] * log_ratio[j] - (x[j] - expected[j]);
    }
    self->sum[block] = sum;
}

void wks_local_groups(const wks_table *table, int threads, double *out)
{
    const int64_t n = (int64_t)table->n_areas, size = wks_par_block_size(n, WKS_MARGINS_BLOCK);
    for (size_t g = 0; g < table->n_groups; g++) {
        const double x = table->group_total[g];
        group_sum self = {.x = wks_table_group(table, g), .t = table->total, .share = x > 0.0 ? x / table->all : 0.0};
        out[g] = (double)NAN;
        if (!(x > 0.0)) continue;
        wks_par_for(n, size, threads, block_group, &self);
        out[g] = wks_par_sum(self.sum, wks_par_blocks(n, size)) / x;
    }
}
