/* Distributions on keyed streams, with our own exp and log (same bits everywhere). */
#ifndef WKS_NUM_DRAW_H
#define WKS_NUM_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"

/** Exponential with mean `mean`; always finite and > 0. */
double wks_draw_exponential(wks_rng *rng, double mean);
/** Standard normal by inversion of one uniform (Acklam-type rational with one Newton step on our own functions; |error| < 1e-9). */
double wks_draw_normal(wks_rng *rng);
double wks_draw_normal_quantile(double u);
/** exp(mu + sigma z). */
double wks_draw_lognormal(wks_rng *rng, double mu, double sigma);
/** Poisson by inversion for mean < 30, else by the transformed rejection method; mean <= 1e6. */
uint32_t wks_draw_poisson(wks_rng *rng, double mean);
/** Binomial(n, p): inversion; O(n p). */
uint32_t wks_draw_binomial(wks_rng *rng, uint32_t n, double p);
/** Index with probability proportional to weight[i] >= 0; n - 1 as a fallback against rounding; -1 if the sum is 0. */
int32_t wks_draw_weighted(wks_rng *rng, const double *weight, int32_t n);
/** Fisher-Yates in place. */
void wks_draw_shuffle(wks_rng *rng, int32_t *item, int32_t n);
/** Standard Gumbel from a 32-bit word: -log(-log(u)). */
double wks_draw_gumbel(uint32_t word);

#endif
