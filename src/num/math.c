#include "num/math.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* ln 2 in two parts: the high one ends in 21 zero bits, so that k * LN2_HIGH is exact for every exponent k of a double. */
static const double LN2_HIGH = 0x1.62e42feep-1;
static const double LN2_LOW = 0x1.a39ef35793c76p-33;
static const double LOG2_E = 0x1.71547652b82fep0;
static const double ROUND_MAGIC = 0x1.8p52; /* adding it rounds to a whole number that stands in the low bits */

typedef struct two {
    double high, low; /* unevaluated sum, |low| <= about half an ulp of high */
} two;

static inline uint64_t bits_of(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

static inline double double_of(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

/* (e^r - 1 - r) / r^2 by Taylor's series; the first term left out is below 2^-57 for |r| <= 0.347. */
static inline double exp_tail(double r)
{
    const double r2 = r * r, r4 = r2 * r2;
    const double a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    const double b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    const double c = (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800));
    return a + r4 * (b + r4 * c);
}

/* e^(x + low) = 2^k y with y near [sqrt(1/2), sqrt 2], for finite |x| < 1000 and tiny low. */
static inline double exp_reduced(double x, double low, uint64_t *out_k)
{
    const double z = x * LOG2_E + ROUND_MAGIC;
    const double k = z - ROUND_MAGIC;
    const double high = x - k * LN2_HIGH; /* exact */
    const double c = k * LN2_LOW;
    const double r = high - c;
    const double r_low = ((high - r) - c) + low;
    const double sum = 1.0 + r; /* the bits that this sum loses are added back in the last line */
    const double rest = r * r * exp_tail(r);
    *out_k = bits_of(z) - bits_of(ROUND_MAGIC); /* two's complement */
    return sum + ((r - (sum - 1.0)) + (rest + r_low * (sum + rest)));
}

static inline double power_of_two(uint64_t k)
{
    return double_of((k + 1023) << 52);
}

static const double EXP_PLAIN = 708.0; /* up to here e^x and e^-x are normal numbers and 2^k is one factor */

static inline double exp_core(double x)
{
    uint64_t k;
    const double y = exp_reduced(x, 0.0, &k);
    return y * power_of_two(k);
}

/* Any x: 2^k in two factors, because one alone overflows at 2^1024 and cannot make subnormal results. */
static double exp_edge(double x, double low)
{
    if (!(x <= 710.0)) return x > 710.0 ? INFINITY : x;
    if (x < -746.0) return 0.0;
    uint64_t k;
    const double y = exp_reduced(x, low, &k);
    const uint64_t shifted = k + 2048, half = shifted >> 1; /* positive: no shift of signed numbers */
    return y * power_of_two(half - 1024) * power_of_two(shifted - half - 1024);
}

double wks_math_exp(double x)
{
    return x >= -EXP_PLAIN && x <= EXP_PLAIN ? exp_core(x) : exp_edge(x, 0.0);
}

void wks_math_exp_array(const double *restrict x, double *restrict out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = exp_core(x[i]); /* without branches: vectorised; what it got wrong is done again */
    for (size_t i = 0; i < n; i++) {
        if (!(x[i] >= -EXP_PLAIN && x[i] <= EXP_PLAIN)) out[i] = exp_edge(x[i], 0.0);
    }
}

typedef struct split {
    double k, m; /* x = 2^k m, m in [sqrt(1/2), sqrt 2) */
} split;

/* x normal and positive. */
static inline split split_exponent(double x)
{
    const uint64_t b = bits_of(x);
    const uint64_t distance = b - 0x3fe6a09e667f3bcdU; /* from sqrt(1/2): its top 12 bits are k */
    const uint64_t biased = (distance ^ 0x8000000000000000U) >> 52;
    split s;
    s.m = double_of(b - (distance & 0xfff0000000000000U));
    s.k = double_of(0x4330000000000000U | biased) - (0x1p52 + 2048.0); /* whole number to double by placing its bits */
    return s;
}

/* z (2/3 + 2/5 z + 2/7 z^2 + ...), z = s^2 <= 0.02944: 10 terms leave less than 2^-60 of log(1 + f). */
static inline double log_tail(double z)
{
    const double z2 = z * z, z4 = z2 * z2;
    const double a = (2.0 / 3 + z * (2.0 / 5)) + z2 * (2.0 / 7 + z * (2.0 / 9));
    const double b = (2.0 / 11 + z * (2.0 / 13)) + z2 * (2.0 / 15 + z * (2.0 / 17));
    const double c = 2.0 / 19 + z * (2.0 / 21);
    return z * (a + z4 * (b + z4 * c));
}

/* log(2^k m). */
static inline double log_core(split p)
{
    const double f = p.m - 1.0; /* exact */
    const double s = f / (2.0 + f);
    const double half_square = 0.5 * f * f;
    /* log(1 + f) = f - f^2/2 + s (f^2/2 + tail): what is rounded is small beside f */
    return p.k * LN2_HIGH - ((half_square - (s * (half_square + log_tail(s * s)) + p.k * LN2_LOW)) - f);
}

static inline int is_normal(double x)
{
    return x >= 0x1p-1022 && x <= 0x1.fffffffffffffp1023;
}

static split split_subnormal(double x)
{
    split p = split_exponent(x * 0x1p54);
    p.k -= 54.0;
    return p;
}

static double log_edge(double x)
{
    if (x == 0.0) return -INFINITY;
    if (!(x > 0.0)) return (double)NAN;
    return x == INFINITY ? x : log_core(split_subnormal(x));
}

double wks_math_log(double x)
{
    return is_normal(x) ? log_core(split_exponent(x)) : log_edge(x);
}

void wks_math_log_array(const double *restrict x, double *restrict out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = log_core(split_exponent(x[i]));
    for (size_t i = 0; i < n; i++) {
        if (!is_normal(x[i])) out[i] = log_edge(x[i]);
    }
}

/* a + b exactly, |a| >= |b| or a = 0. */
static inline two sum_exact(double a, double b)
{
    two s;
    s.high = a + b;
    s.low = (a - s.high) + b;
    return s;
}

/* a * b exactly (Veltkamp and Dekker): no fused multiply-add, which not every processor has. */
static inline two product_exact(double a, double b)
{
    const double ta = 134217729.0 * a, tb = 134217729.0 * b;
    const double ah = ta - (ta - a), bh = tb - (tb - b);
    const double al = a - ah, bl = b - bh;
    two p;
    p.high = a * b;
    p.low = ((ah * bh - p.high) + ah * bl + al * bh) + al * bl;
    return p;
}

static inline two times(two a, two b)
{
    two p = product_exact(a.high, b.high);
    p.low += a.high * b.low + a.low * b.high;
    return p;
}

/* log x to about 2^-64 of itself, x > 0 and finite: only so does exp(y log x) keep its last bits for large exponents. */
static two log_two(double x)
{
    const two two_thirds = {0x1.5555555555555p-1, 0x1.5555555555555p-55};
    const split p = is_normal(x) ? split_exponent(x) : split_subnormal(x);
    const double f = p.m - 1.0;
    const two t = p.m < 1.0 ? sum_exact(1.0, p.m) : sum_exact(p.m, 1.0);
    two s;
    s.high = f / t.high;
    const two back = product_exact(s.high, t.high);
    s.low = (((f - back.high) - back.low) - s.high * t.low) / t.high;
    const two z = times(s, s);
    /* the terms from 2/5 s^5 on are below 2^-12 of the sum: one double is enough for them */
    const double z2 = z.high * z.high, z4 = z2 * z2;
    const double a = (2.0 / 5 + z.high * (2.0 / 7)) + z2 * (2.0 / 9 + z.high * (2.0 / 11));
    const double b = (2.0 / 13 + z.high * (2.0 / 15)) + z2 * (2.0 / 17 + z.high * (2.0 / 19));
    const double c = 2.0 / 21 + z.high * (2.0 / 23 + z.high * (2.0 / 25));
    const double tail = z2 * (a + z4 * (b + z4 * c));
    two v = times(z, two_thirds);
    const two with_tail = sum_exact(v.high, tail);
    v.high = with_tail.high;
    v.low += with_tail.low;
    const two w = times(s, v);
    two sum = sum_exact(2.0 * s.high, w.high);
    sum.low += w.low + 2.0 * s.low;
    two y = sum_exact(p.k * LN2_HIGH, sum.high);
    y.low += sum.low + p.k * LN2_LOW;
    return sum_exact(y.high, y.low);
}

double wks_math_pow(double x, double y)
{
    if (y == 0.0 || x == 1.0) return 1.0;
    if (!(x >= 0.0) || isnan(y)) return (double)NAN;
    if (x == 0.0) return y > 0.0 ? 0.0 : INFINITY;
    if (x == INFINITY) return y > 0.0 ? INFINITY : 0.0;
    const two exponent = times((two){wks_math_clamp(y, -0x1p64, 0x1p64), 0.0}, log_two(x)); /* |log x| > 2^-54: more is infinity or 0 */
    return exp_edge(exponent.high, exponent.low);
}

double wks_math_expm1(double x)
{
    if (x > -0.34 && x < 0.34) return x + x * x * exp_tail(x);
    return wks_math_exp(x) - 1.0;
}

void wks_math_expm1_array(const double *restrict x, double *restrict out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double near = x[i] + x[i] * x[i] * exp_tail(x[i]), far = exp_core(x[i]) - 1.0;
        out[i] = x[i] > -0.34 && x[i] < 0.34 ? near : far;
    }
    for (size_t i = 0; i < n; i++) {
        if (!(x[i] >= -EXP_PLAIN && x[i] <= EXP_PLAIN)) out[i] = exp_edge(x[i], 0.0) - 1.0;
    }
}

double wks_math_log1p(double x)
{
    if (!(x > -1.0)) return x == -1.0 ? -INFINITY : (double)NAN;
    if (x == INFINITY) return INFINITY;
    const double u = 1.0 + x;
    const double lost = x < 1.0 ? x - (u - 1.0) : 1.0 - (u - x);
    return wks_math_log(u) + lost / u;
}

double wks_math_logistic(double x)
{
    const double e = wks_math_exp(x < 0.0 ? x : -x); /* never overflows, and small answers keep their precision */
    return x < 0.0 ? e / (1.0 + e) : 1.0 / (1.0 + e);
}

double wks_math_monthly(double yearly_probability)
{
    if (!(yearly_probability >= 0.0 && yearly_probability <= 1.0)) return (double)NAN;
    return 0.0 - wks_math_expm1(wks_math_log1p(-yearly_probability) / 12.0); /* not minus: 0, never -0 */
}

double wks_math_clamp(double x, double low, double high)
{
    if (x < low) return low;
    return x > high ? high : x;
}
