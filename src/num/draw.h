/* Distributions on keyed streams, with our own exp and log (same bits everywhere). */
#ifndef WKS_NUM_DRAW_H
#define WKS_NUM_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"

/** Exponential with mean `mean` > 0; always finite and > 0 (at most 37 means). */
double wks_draw_exponential(wks_rng *rng, double mean);
/** Standard normal by inversion of one uniform; within +-8.3. */
double wks_draw_normal(wks_rng *rng);
/** z with Phi(z) = u; -infinity at 0, infinity at 1, NaN outside. Relative error < 1e-15 for u <= 1/2 (tests/unit/num/test_draw.c against 80-bit
 *  erfc). Source: Wichura (1988), algorithm AS 241, PPND16, on our own logarithm. */
double wks_draw_normal_quantile(double u);
/** Poisson by inversion for mean < 30 (one uniform), else by transformed rejection (two uniforms a try, 1.1 to 1.2 tries). A mean that is not
 *  within 0 to 1e6 is a bug. Source: Hormann (1993), algorithm PTRS. */
uint32_t wks_draw_poisson(wks_rng *rng, double mean);
/** Binomial(n, p): inversion, one uniform per 500 expected successes; O(n min(p, 1 - p)). p outside [0, 1] is a bug. */
uint32_t wks_draw_binomial(wks_rng *rng, uint32_t n, double p);
/** Binomial(n, p) for counts of any size, n up to 2^53: inversion (one uniform) where the mean of the rarer outcome is below 10, else transformed
 *  rejection against exact probabilities (two uniforms a try, 1.15 tries). p outside [0, 1] is a bug. O(1); not the same draws as
 *  wks_draw_binomial's. Source: Hormann (1993), "The generation of binomial random variates", algorithm BTRS. */
uint64_t wks_draw_binomial_large(wks_rng *rng, uint64_t n, double p);
/** White ones among `sample` taken without replacement from `white` and `black` (hypergeometric); white + black up to 2^53. Inversion (one
 *  uniform) where the smaller of the four margins is at most 32 or the mean below 10, else ratio of uniforms against exact probabilities
 *  (two uniforms a try, 1.3 to 1.5 tries). sample beyond white + black is a bug. O(1). Source: Stadlober (1990), algorithm HRUA. */
uint64_t wks_draw_hypergeometric(wks_rng *rng, uint64_t white, uint64_t black, uint64_t sample);
/** Index with probability proportional to weight[i] >= 0; never an index of weight 0 (the last positive one is the fallback against rounding);
 *  -1 if the sum is 0. One uniform, O(n). */
int32_t wks_draw_weighted(wks_rng *rng, const double *weight, int32_t n);
/** Fisher-Yates in place; n - 1 draws. */
void wks_draw_shuffle(wks_rng *rng, int32_t *item, int32_t n);
/** Nearly normal, mean 0 and variance 1, from a 32-bit word without any logarithm: the sum of its four bytes, standardised (Irwin-Hall of order 4;
 *  |x| <= 3.47, steps of 0.0068). For tastes, where many are drawn and the far tails do not matter. */
static inline double wks_draw_bell(uint32_t word)
{
    const uint32_t pairs = (word & 0xFF00FFu) + (word >> 8 & 0xFF00FFu), sum = (pairs & 0xFFFFu) + (pairs >> 16);
    /* Four discrete uniforms on 0..255: mean 510, variance 4 (256^2 - 1) / 12. */
    return ((double)(int32_t)sum - 510.0) / 147.80053;
}
/** Standard Gumbel from a 32-bit word: -log(-log(u)), u = (word + 1/2) 2^-32; within -3.14 and 22.9. */
double wks_draw_gumbel(uint32_t word);

#endif
