#include "segregation/exposure.h"

#include <math.h>

double wks_exposure_isolation(const double *x, const double *t, size_t n)
{
    double sum_x = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        if (t[i] > 0.0) sum += x[i] * (x[i] / t[i]);
    }
    return sum_x > 0.0 ? sum / sum_x : (double)NAN;
}
