#include "segregation/margins.h"

#include <math.h>

#include "base/par.h"
#include "num/math.h"

/* A sum and what rounding took from it: of fractional counts a plain sum of a million areas would lose digits that nearly even tables need. */
typedef struct exact_sum {
    double high, low;
} exact_sum;

static inline exact_sum plus(exact_sum sum, double x)
{
    const double high = sum.high + x, part = high - sum.high; /* Knuth's two-sum */
    return (exact_sum){high, sum.low + ((sum.high - (high - part)) + (x - part))};
}

typedef struct summing {
    const double *x, *t;
    exact_sum sum_x[WKS_MARGINS_MOST_BLOCKS], sum_y[WKS_MARGINS_MOST_BLOCKS], sum_t[WKS_MARGINS_MOST_BLOCKS];
} summing;

static void block_sums(int64_t begin, int64_t end, int64_t block, void *context)
{
    summing *self = context;
    exact_sum sum_x = {0.0, 0.0}, sum_y = {0.0, 0.0}, sum_t = {0.0, 0.0};
    for (int64_t i = begin; i < end; i++) {
        sum_x = plus(sum_x, self->x[i]);
        sum_y = plus(sum_y, self->t[i] - self->x[i]);
        sum_t = plus(sum_t, self->t[i]);
    }
    self->sum_x[block] = sum_x;
    self->sum_y[block] = sum_y;
    self->sum_t[block] = sum_t;
}

static double sum_blocks(const exact_sum *block, int64_t n_blocks)
{
    exact_sum sum = {0.0, 0.0};
    for (int64_t b = 0; b < n_blocks; b++) {
        sum = plus(sum, block[b].high);
        sum.low += block[b].low;
    }
    return sum.high + sum.low;
}

wks_margins wks_margins_of(const double *x, const double *t, size_t n, int threads)
{
    summing self = {.x = x, .t = t};
    const int64_t size = wks_par_block_size((int64_t)n, WKS_MARGINS_BLOCK), blocks = wks_par_blocks((int64_t)n, size);
    wks_par_for((int64_t)n, size, threads, block_sums, &self);
    wks_margins out = {sum_blocks(self.sum_x, blocks), sum_blocks(self.sum_y, blocks), sum_blocks(self.sum_t, blocks), 0.0, 0.0};
    if (out.t > 0.0) {
        out.p = out.x / out.t;
        out.q = out.y / out.t;
    }
    return out;
}

bool wks_margins_are_two(const wks_margins *margins)
{
    return margins->x > 0.0 && margins->y > 0.0;
}

enum { CHUNK = 256 };

/* log(1 + z) = log w + (z - (w - 1))/w for w near 1 + z: the second term is what the rounding of w lost, and matters where z is small. */
static void log_ratio_chunk(const double *restrict part, const double *restrict expected, size_t n, double *restrict out)
{
    double w[CHUNK] = {0}, rest[CHUNK];
    for (size_t i = 0; i < n; i++) {
        const double x = part[i], e = expected[i]; /* loaded on every path: the compiler then takes several areas at once */
        const double m = x > 0.0 ? e : 1.0, here = x > 0.0 ? x : 1.0;
        const double per_m = 1.0 / m, z = (here - m) * per_m, ratio = here * per_m;
        const double lost = (z - (ratio - 1.0)) * (1.0 - z * (1.0 - z)); /* 1/w, near enough for a last digit */
        w[i] = ratio;
        rest[i] = fabs(z) < 0.5 ? lost : 0.0;
    }
    wks_math_log_array(w, out, n);
    for (size_t i = 0; i < n; i++)
        out[i] += rest[i];
}

void wks_margins_log_ratio(const double *restrict part, const double *restrict expected, size_t n, double *restrict out)
{
    for (size_t begin = 0; begin < n; begin += CHUNK)
        log_ratio_chunk(part + begin, expected + begin, n - begin < CHUNK ? n - begin : CHUNK, out + begin);
}
