/* Logarithms of discrete probabilities that stay exact for counts of any size. */
#ifndef WKS_NUM_PMF_H
#define WKS_NUM_PMF_H

/** log P(B = k), B binomial(n, p): the large factors cancel before they are computed (saddle-point form), so that the error stays within
 *  1e-13 + 1e-15 |log P| where log Gamma would lose all digits (n beyond 1e12). -infinity for k outside 0..n.
 *  @param k,n  whole, 0 <= n <= 2^53
 *  @param p    in [0, 1]
 *  O(1). Source: Loader (2000), "Fast and accurate computation of binomial probabilities", eq. 4 and 5. */
double wks_pmf_log_binomial(double k, double n, double p);

/** The same in two parts, for who multiplies several: log P = returned + 1/2 log(*out_factor). q = 1 - p is given, since of p near 1 it could not be had
 *  from p. 0 < p < 1, 0 <= k <= n, n >= 1. */
double wks_pmf_binomial_parts(double k, double n, double p, double q, double *out_factor);

/** log P(K = k), K the white ones among `sample` taken without replacement from `white` and `black`: b(k; white, p) b(sample - k; black, p) /
 *  b(sample; white + black, p) with p = sample/(white + black). -infinity for k that cannot be. Whole numbers, white + black <= 2^53,
 *  sample <= white + black. O(1), error as above. Source: Loader (2000), section 5. */
double wks_pmf_log_hypergeometric(double k, double white, double black, double sample);

#endif
