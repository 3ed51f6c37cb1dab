/* What D would be if people were dealt at random over the areas. */
#ifndef WKS_SEGREGATION_BASELINE_H
#define WKS_SEGREGATION_BASELINE_H

#include <stddef.h>

#include "segregation/table.h"

/** Expected D (ED_binom) with every resident drawing group membership at random with the city's share P = X/T: B_i is binomial(t_i, P) and
 *  ED = sum_i E|B_i - t_i P| / (2 T P (1 - P)), the expectation of D's own formula with the city's totals held at theirs. In [0, 1].
 *  E|B - n P| = 2 k (1 - P) b(k; n, P), k = floor(n P) + 1 (de Moivre), with b by Loader's saddle-point form: exact to about 1e-13 for any t_i,
 *  O(1) an area. A fractional t_i takes the value on the line between its two whole neighbours (our choice; exact for whole numbers).
 *  @param x,t  n counts of the group and of everybody (x_i <= t_i, finite, >= 0); of x only the sum matters
 *  NaN where D is not defined. O(n). Source: Winship (1977), Carrington & Troske (1997), Allen et al. (2015); Loader (2000). */
double wks_baseline_dissimilarity_binomial(const double *x, const double *t, size_t n);

/** Expected D (ED_fixed) with everybody dealt at random over the areas, the areas' and the groups' sizes fixed: Z_i is hypergeometric (t_i drawn from
 *  T of whom X belong) and ED = sum_i E|Z_i - t_i P| / (2 T P (1 - P)). In [0, 1]. In closed form, no simulation and no sum over outcomes:
 *  E|Z - n P| = 2 k (T - X - n + k)/T P(Z = k), k = floor(n P) + 1 (the tail sum of (z - n P) P(z) telescopes, as de Moivre's does for the
 *  binomial), with P(Z = k) by Loader's form: exact to about 1e-13, O(1) an area.
 *  @param x,t  as above; NaN where a count is fractional, and where D is not defined. O(n). Source: Cortese, Falk & Cohen (1976) for chance with both margins fixed; Ramasubban
 *              (1958) for the mean deviation; Loader (2000). */
double wks_baseline_dissimilarity_fixed(const double *x, const double *t, size_t n);

/** D measured from what chance gives (Dmod): (D - ED)/(1 - ED) if D >= ED, else (D - ED)/ED; in [-1, 1], 0 where D is what chance gives.
 *  NaN if either is NaN or ED is 0 or 1 (within 1e-12). Source: Carrington & Troske (1997). */
double wks_baseline_modified(double d, double expected);

/** Which expectations to take: each is an evaluation of a probability an area. */
enum { WKS_BASELINE_FIXED = 1, WKS_BASELINE_BINOMIAL = 2, WKS_BASELINE_BOTH = 3 };
/** ED_fixed, ED_binom, Dmod_fixed, Dmod_binom of a group; NaN for what was not asked. The same bits for any number of threads and as the functions
 *  above. No allocation. @param d  D of the group (evenness.h) */
typedef struct wks_baseline {
    double ed_fixed, ed_binom, dmod_fixed, dmod_binom;
} wks_baseline;
void wks_baseline_of(const wks_table *table, size_t group, double d, int parts, int threads, wks_baseline *out);

#endif
