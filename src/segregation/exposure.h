/* Isolation and exposure. */
#ifndef WKS_SEGREGATION_EXPOSURE_H
#define WKS_SEGREGATION_EXPOSURE_H

#include <stddef.h>

/** Isolation xPx = sum_i (x_i/X)(x_i/t_i), in [P, 1]. NaN if the group is empty. Source: Bell (1954), Lieberson (1981). */
double wks_exposure_isolation(const double *x, const double *t, size_t n);

#endif
