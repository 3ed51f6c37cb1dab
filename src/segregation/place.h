/* Where areas lie and who borders whom: what the spatial indices take beside the counts. */
#ifndef WKS_SEGREGATION_PLACE_H
#define WKS_SEGREGATION_PLACE_H

#include <stddef.h>
#include <stdint.h>

/** Links of areas in compressed rows: of area i to[start[i] .. start[i+1]-1] with weight (> 0). Both directions are listed by whoever made it. */
typedef struct wks_index_links {
    size_t n_areas;
    int64_t *start; /* n_areas + 1 */
    int32_t *to;
    double *weight;
} wks_index_links;

typedef enum wks_index_kernel_kind { WKS_INDEX_EXP, WKS_INDEX_BIWEIGHT } wks_index_kernel_kind;
/** exp(-rate d), zero beyond max (infinite: never); or (1 - (d/max)^2)^2 within max. Distances in the unit of the coordinates. */
typedef struct wks_index_kernel {
    wks_index_kernel_kind kind;
    double rate, max;
} wks_index_kernel;

/** Where the areas lie; NULL for what is not known. NaN for an area without a place: it is left out of what needs it. */
typedef struct wks_index_place {
    const double *x, *y, *size;
    const wks_index_links *contiguity, *boundary;
    wks_index_kernel kernel;
} wks_index_place;

#endif
