/* What D would be if people were dealt at random over the areas. */
#ifndef WKS_SEGREGATION_BASELINE_H
#define WKS_SEGREGATION_BASELINE_H

#include <stddef.h>

/** Expected D (ED_binom) with every resident drawing group membership at random with the city's share P = X/T: B_i is binomial(t_i, P) and
 *  ED = sum_i E|B_i - t_i P| / (2 T P (1 - P)), the expectation of D's own formula with the city's totals held at theirs. In [0, 1].
 *  E|B - n P| = 2 k (1 - P) b(k; n, P), k = floor(n P) + 1 (de Moivre), with b by Loader's saddle-point form: exact to about 1e-13 for any t_i,
 *  O(1) an area. A fractional t_i takes the value on the line between its two whole neighbours (our choice; exact for whole numbers).
 *  @param x,t  n counts of the group and of everybody (x_i <= t_i, finite, >= 0); of x only the sum matters
 *  NaN where D is not defined. O(n). Source: Winship (1977), Carrington & Troske (1997), Allen et al. (2015); Loader (2000). */
double wks_baseline_dissimilarity_binomial(const double *x, const double *t, size_t n);

/** D measured from what chance gives (Dmod): (D - ED)/(1 - ED) if D >= ED, else (D - ED)/ED; in [-1, 1], 0 where D is what chance gives.
 *  NaN if either is NaN or ED is 0 or 1 (within 1e-12). Source: Carrington & Troske (1997). */
double wks_baseline_modified(double d, double expected);

#endif
