/* What D would be if people were dealt at random over the areas. */
#ifndef WKS_SEGREGATION_BASELINE_H
#define WKS_SEGREGATION_BASELINE_H

#include <stddef.h>

/** Expected D with every resident drawing group membership at random with the city's share (binomial, exact sums by a stable recurrence).
 *  NaN where D is not defined. O(sum of min(t_i, some hundreds of terms)). Source: Allen et al. (2015), Winship (1977). */
double wks_baseline_dissimilarity_binomial(const double *x, const double *t, size_t n);

#endif
