#include "segregation/spatial.h"

#include <math.h>
#include <stdbool.h>

/* Mean of `value` less `origin` over the neighbours of i that have a value; false if there are none. */
static bool neighbour_mean(const double *value, const int32_t *start, const int32_t *item, size_t i, double origin, double *out_mean)
{
    double sum = 0.0;
    int32_t n = 0;
    for (int32_t k = start[i]; k < start[i + 1]; k++) {
        const size_t j = (size_t)item[k];
        if (j == i || !isfinite(value[j])) continue;
        sum += value[j] - origin;
        n++;
    }
    *out_mean = n > 0 ? sum / (double)n : 0.0;
    return n > 0;
}

double wks_spatial_moran(const double *value, size_t n, const int32_t *start, const int32_t *item)
{
    double origin = 0.0, sum = 0.0, lag, cross = 0.0, squares = 0.0;
    size_t kept = 0;
    /* values are measured from the first kept one: where nothing varies the sum of squares is then exactly 0 */
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i]) || !neighbour_mean(value, start, item, i, 0.0, &lag)) continue;
        if (kept++ == 0) origin = value[i];
        sum += value[i] - origin;
    }
    if (kept < 3) return (double)NAN;
    const double mean = sum / (double)kept;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i]) || !neighbour_mean(value, start, item, i, origin, &lag)) continue;
        const double z = (value[i] - origin) - mean;
        cross += z * (lag - mean);
        squares += z * z;
    }
    return squares > 0.0 ? cross / squares : (double)NAN; /* the weights of a kept row sum to 1: n/S0 = 1 */
}
