#include "num/draw.h"

#include <math.h>

#include "base/err.h"
#include "num/math.h"
#include "num/pmf.h"

static const double SQRT_TWO_PI = 0x1.40d931ff62706p1;

enum { FEW = 32 }; /* so few that the product of their odds is cheaper than a probability in closed form */
static const uint64_t LARGEST_COUNT = UINT64_C(1) << 53; /* whole numbers a double holds */
static const double REJECTION_FROM = 10.0;
static const double POISSON_REJECTION_FROM = 30.0;
static const double BINOMIAL_CHUNK_MEAN = 500.0; /* (1-p)^n of a chunk stays far above the smallest double */

double wks_draw_exponential(wks_rng *rng, double mean)
{
    return -mean * wks_math_log(wks_rng_u01(rng));
}

static double ratio8(const double *numerator, const double *denominator, double r)
{
    double a = numerator[7], b = denominator[7];
    for (int i = 6; i >= 0; i--) {
        a = a * r + numerator[i];
        b = b * r + denominator[i];
    }
    return a / b;
}

/* Wichura (1988), algorithm AS 241, routine PPND16: relative error about 1e-16, so no Newton step is needed. */
double wks_draw_normal_quantile(double u)
{
    static const double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                                4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[8] = {1.0,
                                4.2313330701600911252e1,
                                6.8718700749205790830e2,
                                5.3941960214247511077e3,
                                2.1213794301586595867e4,
                                3.9307895800092710610e4,
                                2.8729085735721942674e4,
                                5.2264952788528545610e3};
    static const double c[8] = {1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
                                1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[8] = {1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
                                2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[8] = {1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    if (!(u > 0.0 && u < 1.0)) return u == 0.0 ? -INFINITY : u == 1.0 ? INFINITY : (double)NAN;
    const double q = u - 0.5;
    if (q > -0.425 && q < 0.425) return q * ratio8(a, b, 0.180625 - q * q);
    const double r = sqrt(-wks_math_log(q < 0.0 ? u : 1.0 - u));
    const double z = r <= 5.0 ? ratio8(c, d, r - 1.6) : ratio8(e, f, r - 5.0);
    return q < 0.0 ? -z : z;
}

double wks_draw_normal(wks_rng *rng)
{
    return wks_draw_normal_quantile(wks_rng_u01(rng));
}

static uint32_t poisson_inversion(wks_rng *rng, double mean)
{
    double u = wks_rng_u01(rng);
    double p = wks_math_exp(-mean);
    uint32_t k = 0;
    /* p > 0 ends the search when u is so near 1 that the rounded sum never reaches it */
    while (u > p && p > 0.0) {
        u -= p;
        k++;
        p *= mean / (double)k;
    }
    return k;
}

/* log k! : products below 16, Stirling's series (error < 1e-16 relative) from there on. */
static double log_factorial(double k)
{
    if (k < 16.0) {
        double product = 1.0;
        for (double i = 2.0; i <= k; i += 1.0)
            product *= i;
        return wks_math_log(product);
    }
    const double r = 1.0 / k, r2 = r * r;
    const double series = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 * (1.0 / 1680 - r2 * (1.0 / 1188)))));
    return (k + 0.5) * wks_math_log(k) - k + wks_math_log(SQRT_TWO_PI) + series;
}

/* Hormann (1993), "The transformed rejection method for generating Poisson random variables", algorithm PTRS; mean >= 10. */
static uint32_t poisson_rejection(wks_rng *rng, double mean)
{
    const double log_mean = wks_math_log(mean);
    const double b = 0.931 + 2.53 * sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_quick = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        const double u01 = wks_rng_u01(rng);
        const double v = wks_rng_u01(rng);
        const double u = u01 - 0.5;
        const double us = 0.5 - (u < 0.0 ? -u : u);
        if (us < 1e-12) continue; /* k would leave the range of whole numbers; such proposals are never accepted */
        const double k = floor((2.0 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_quick) return (uint32_t)k;
        if (k < 0.0 || (us < 0.013 && v > us)) continue;
        if (wks_math_log(v * inverse_alpha / (a / (us * us) + b)) <= k * log_mean - mean - log_factorial(k)) return (uint32_t)k;
    }
}

uint32_t wks_draw_poisson(wks_rng *rng, double mean)
{
    WKS_BUG_IF(!(mean >= 0.0 && mean <= 1e6));
    if (mean == 0.0) return 0;
    return mean < POISSON_REJECTION_FROM ? poisson_inversion(rng, mean) : poisson_rejection(rng, mean);
}

/* n p small enough that (1-p)^n does not underflow. */
static uint64_t binomial_inversion(wks_rng *rng, uint64_t n, double p)
{
    double u = wks_rng_u01(rng);
    const double odds = p / (1.0 - p);
    double probability = wks_math_exp((double)n * wks_math_log1p(-p));
    uint64_t k = 0;
    while (u > probability && k < n && probability > 0.0) {
        u -= probability;
        k++;
        probability *= odds * ((double)(n - k + 1) / (double)k);
    }
    return k;
}

uint32_t wks_draw_binomial(wks_rng *rng, uint32_t n, double p)
{
    WKS_BUG_IF(!(p >= 0.0 && p <= 1.0));
    if (p > 0.5) return n - wks_draw_binomial(rng, n, 1.0 - p);
    if (p == 0.0) return 0;
    uint32_t successes = 0, left = n;
    const double largest = BINOMIAL_CHUNK_MEAN / p;
    while ((double)left > largest) { /* (1-p)^n would underflow: independent parts, each by inversion */
        successes += (uint32_t)binomial_inversion(rng, (uint32_t)largest, p);
        left -= (uint32_t)largest;
    }
    return successes + (left > 0 ? (uint32_t)binomial_inversion(rng, left, p) : 0);
}

/* Hormann (1993), algorithm BTRS; n p >= 10, p <= 1/2. Probabilities by the saddle-point form instead of log k!, whose digits are gone for
 * n beyond 1e12. */
static uint64_t binomial_rejection(wks_rng *rng, double n, double p)
{
    const double spread = sqrt(n * p * (1.0 - p));
    const double b = 1.15 + 2.53 * spread;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p;
    const double alpha = (2.83 + 5.1 / b) * spread;
    const double v_quick = 0.92 - 4.2 / b;
    const double at_mode = wks_pmf_log_binomial(floor((n + 1.0) * p), n, p);
    for (;;) {
        const double u01 = wks_rng_u01(rng);
        const double v = wks_rng_u01(rng);
        const double u = u01 - 0.5;
        const double us = 0.5 - (u < 0.0 ? -u : u);
        if (us < 1e-12) continue; /* k would leave the range of whole numbers; such proposals are never accepted */
        const double k = floor((2.0 * a / us + b) * u + n * p + 0.5);
        if (k < 0.0 || k > n) continue;
        if (us >= 0.07 && v <= v_quick) return (uint64_t)k;
        if (wks_math_log(v * alpha / (a / (us * us) + b)) <= wks_pmf_log_binomial(k, n, p) - at_mode) return (uint64_t)k;
    }
}

uint64_t wks_draw_binomial_large(wks_rng *rng, uint64_t n, double p)
{
    WKS_BUG_IF(!(p >= 0.0 && p <= 1.0) || n > LARGEST_COUNT);
    if (p > 0.5) return n - wks_draw_binomial_large(rng, n, 1.0 - p);
    if (n == 0 || p == 0.0) return 0;
    return (double)n * p < REJECTION_FROM ? binomial_inversion(rng, n, p) : binomial_rejection(rng, (double)n, p);
}

/* P(no white one); few <= many by the symmetry of sample and white. */
static double none_probability(double few, double many, double all)
{
    if (few > (double)FEW) return wks_math_exp(wks_pmf_log_hypergeometric(0.0, many, all - many, few));
    double probability = 1.0;
    for (double i = 0.0; i < few; i += 1.0)
        probability *= (all - many - i) / (all - i);
    return probability;
}

/* Inversion from 0 up; 2 few <= all and 2 many <= all, so 0 can be. */
static uint64_t hypergeometric_inversion(wks_rng *rng, double few, double many, double all)
{
    double u = wks_rng_u01(rng);
    double probability = none_probability(few, many, all), k = 0.0;
    while (u > probability && k < few && probability > 0.0) {
        u -= probability;
        k += 1.0;
        probability *= (few - k + 1.0) * (many - k + 1.0) / (k * (all - many - few + k));
    }
    return (uint64_t)k;
}

/* Stadlober (1990), algorithm HRUA: ratio of uniforms under a table mountain hat; few, many <= all / 2. */
static uint64_t hypergeometric_rejection(wks_rng *rng, double few, double many, double all)
{
    const double share = many / all;
    const double variance = few * share * (1.0 - share) * ((all - few) / (all - 1.0));
    const double width = 1.7155277699214135 * sqrt(variance + 0.5) + 0.8989161620588988; /* 2 sqrt(2/e), 3 - 2 sqrt(3/e) */
    const double centre = few * share + 0.5;
    const double mode = floor((few + 1.0) * ((many + 1.0) / (all + 2.0)));
    const double at_mode = wks_pmf_log_hypergeometric(mode, many, all - many, few);
    for (;;) {
        const double u = wks_rng_u01(rng);
        const double v = wks_rng_u01(rng);
        const double x = centre + width * (v - 0.5) / u;
        if (x < 0.0 || x >= few + 1.0) continue;
        const double k = floor(x);
        const double ratio = wks_pmf_log_hypergeometric(k, many, all - many, few) - at_mode;
        if (u * (4.0 - u) - 3.0 <= ratio) return (uint64_t)k;
        if (u * (u - ratio) >= 1.0) continue;
        if (2.0 * wks_math_log(u) <= ratio) return (uint64_t)k;
    }
}

uint64_t wks_draw_hypergeometric(wks_rng *rng, uint64_t white, uint64_t black, uint64_t sample)
{
    WKS_BUG_IF(white > LARGEST_COUNT || black > LARGEST_COUNT - white || sample > white + black);
    const uint64_t all = white + black;
    /* Whom one leaves is as random as whom one takes, and black ones are what white ones are not. */
    if (sample > all / 2) return white - wks_draw_hypergeometric(rng, white, black, all - sample);
    if (white > black) return sample - wks_draw_hypergeometric(rng, black, white, sample);
    const uint64_t few = sample < white ? sample : white, many = sample < white ? white : sample;
    if (few == 0) return 0;
    const double mean = (double)few * ((double)many / (double)all);
    return few <= FEW || mean < REJECTION_FROM ? hypergeometric_inversion(rng, (double)few, (double)many, (double)all)
                                               : hypergeometric_rejection(rng, (double)few, (double)many, (double)all);
}

int32_t wks_draw_weighted(wks_rng *rng, const double *weight, int32_t n)
{
    double sum = 0.0;
    for (int32_t i = 0; i < n; i++)
        sum += weight[i];
    if (!(sum > 0.0)) return -1;
    const double target = wks_rng_u01(rng) * sum;
    double passed = 0.0;
    int32_t last = -1; /* never an item of weight 0, even where rounding lets the sum fall short of the target */
    for (int32_t i = 0; i < n; i++) {
        if (!(weight[i] > 0.0)) continue;
        passed += weight[i];
        last = i;
        if (target < passed) break;
    }
    return last;
}

void wks_draw_shuffle(wks_rng *rng, int32_t *item, int32_t n)
{
    for (int32_t i = n - 1; i > 0; i--) {
        const uint32_t j = wks_rng_below(rng, (uint32_t)i + 1);
        const int32_t kept = item[i];
        item[i] = item[j];
        item[j] = kept;
    }
}

double wks_draw_gumbel(uint32_t word)
{
    return -wks_math_log(-wks_math_log(wks_rng_unit(word)));
}
