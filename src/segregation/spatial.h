/* Indices that know who borders whom. */
#ifndef WKS_SEGREGATION_SPATIAL_H
#define WKS_SEGREGATION_SPATIAL_H

#include <stddef.h>
#include <stdint.h>

/** Moran's I of value[i] with row-standardised contiguity: I = sum_i z_i (mean of z over the neighbours of i) / sum_i z_i^2, z_i the deviation
 *  from the mean of the areas that take part (the row sums are 1, so n/S0 = 1). Expected -1/(n - 1) where places do not matter.
 *  @param start,item  compressed rows (neighbours of i: item[start[i] .. start[i+1]-1]), both directions listed; an area listed as its own
 *                     neighbour is skipped
 *  Areas with a value that is not finite are left out, also as neighbours, and so are areas that then have no neighbours. NaN if fewer than 3
 *  areas are left or nothing varies. O(n + pairs). Source: Moran (1950), Cliff & Ord (1981). */
double wks_spatial_moran(const double *value, size_t n, const int32_t *start, const int32_t *item);

#endif
