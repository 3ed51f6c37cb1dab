#include "segregation/exposure.h"

#include <math.h>

#include "base/par.h"
#include "num/math.h"

enum { EXPOSURE_BLOCK = 4096, EXPOSURE_MOST_BLOCKS = 64, EXPOSURE_TILE = 8, CHUNK = 256 };

/* A group and up to EXPOSURE_TILE groups it meets, one pass. */
typedef struct meeting {
    const double *x, *t;
    const double *y[EXPOSURE_TILE];
    size_t n_y;
    double sum_x[EXPOSURE_MOST_BLOCKS], sum_y[EXPOSURE_MOST_BLOCKS][EXPOSURE_TILE];
} meeting;

static double sum_products(const double *a, const double *b, size_t n, double sum)
{
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void block_meeting(int64_t begin, int64_t end, int64_t block, void *context)
{
    meeting *self = context;
    double *sum_y = self->sum_y[block], sum_x = 0.0, share[CHUNK];
    for (size_t k = 0; k < self->n_y; k++)
        sum_y[k] = 0.0;
    for (int64_t first = begin; first < end; first += CHUNK) {
        const size_t n = end - first < CHUNK ? (size_t)(end - first) : CHUNK;
        const double *x = self->x + first, *t = self->t + first;
        for (size_t i = 0; i < n; i++) {
            share[i] = x[i] / (t[i] > 0.0 ? t[i] : 1.0); /* x_i is 0 where t_i is */
            sum_x += x[i];
        }
        for (size_t k = 0; k < self->n_y; k++)
            sum_y[k] = sum_products(share, self->y[k] + first, n, sum_y[k]);
    }
    self->sum_x[block] = sum_x;
}

/* out[k] = sum_i (x_i/X)(y_ki/t_i) */
static void meet(meeting *self, size_t n, int threads, double *out)
{
    const int64_t size = wks_par_block_size((int64_t)n, EXPOSURE_BLOCK), blocks = wks_par_blocks((int64_t)n, size);
    wks_par_for((int64_t)n, size, threads, block_meeting, self);
    const double sum_x = wks_par_sum(self->sum_x, blocks);
    for (size_t k = 0; k < self->n_y; k++) {
        double sum = 0.0;
        for (int64_t b = 0; b < blocks; b++)
            sum += self->sum_y[b][k];
        out[k] = sum_x > 0.0 ? wks_math_clamp(sum / sum_x, 0.0, 1.0) : (double)NAN; /* rounding only */
    }
}

double wks_exposure_to(const double *x, const double *y, const double *t, size_t n, int threads)
{
    meeting self = {.x = x, .t = t, .y = {y}, .n_y = 1};
    double out = 0.0;
    meet(&self, n, threads, &out);
    return out;
}

double wks_exposure_isolation(const double *x, const double *t, size_t n)
{
    return wks_exposure_to(x, x, t, n, 1);
}

typedef struct exact {
    const double *x, *t;
    double sum_x[EXPOSURE_MOST_BLOCKS], sum[EXPOSURE_MOST_BLOCKS], n_met[EXPOSURE_MOST_BLOCKS];
} exact;

static void block_exact(int64_t begin, int64_t end, int64_t block, void *context)
{
    exact *self = context;
    double sum_x = 0.0, sum = 0.0, n_met = 0.0;
    for (int64_t i = begin; i < end; i++) {
        const double x = self->x[i], t = self->t[i];
        sum_x += x;
        n_met += t > 1.0 ? 1.0 : 0.0;
        sum += t > 1.0 ? x * ((x - 1.0) / (t - 1.0)) : 0.0;
    }
    self->sum_x[block] = sum_x;
    self->sum[block] = sum;
    self->n_met[block] = n_met;
}

double wks_exposure_isolation_exact(const double *x, const double *t, size_t n, int threads)
{
    exact self = {.x = x, .t = t};
    const int64_t size = wks_par_block_size((int64_t)n, EXPOSURE_BLOCK), blocks = wks_par_blocks((int64_t)n, size);
    wks_par_for((int64_t)n, size, threads, block_exact, &self);
    const double sum_x = wks_par_sum(self.sum_x, blocks);
    const bool is_defined = sum_x > 0.0 && wks_par_sum(self.n_met, blocks) > 0.0;
    return is_defined ? wks_par_sum(self.sum, blocks) / sum_x : (double)NAN;
}

void wks_exposure_of(const wks_table *table, size_t group, int threads, wks_exposure *out, double *out_to)
{
    const double *x = wks_table_group(table, group);
    out->isolation_exact = wks_exposure_isolation_exact(x, table->total, table->n_areas, threads);
    if (out_to == NULL) {
        out->isolation = wks_exposure_to(x, x, table->total, table->n_areas, threads);
        return;
    }
    for (size_t first = 0; first < table->n_groups; first += EXPOSURE_TILE) {
        meeting self = {.x = x, .t = table->total};
        for (; self.n_y < EXPOSURE_TILE && first + self.n_y < table->n_groups; self.n_y++)
            self.y[self.n_y] = wks_table_group(table, first + self.n_y);
        meet(&self, table->n_areas, threads, out_to + first);
    }
    out->isolation = out_to[group];
}
