/* Indices that know who borders whom. */
#ifndef WKS_SEGREGATION_SPATIAL_H
#define WKS_SEGREGATION_SPATIAL_H

#include <stddef.h>
#include <stdint.h>

/** Moran's I of value[i] with row-standardised contiguity in compressed rows (neighbours of i: item[start[i] .. start[i+1]-1]).
 *  Areas without neighbours or with a NaN value are left out. NaN if fewer than 3 areas are left or nothing varies. */
double wks_spatial_moran(const double *value, size_t n, const int32_t *start, const int32_t *item);

#endif
