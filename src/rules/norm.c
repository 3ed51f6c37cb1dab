#include "rules/norm.h"

#include <math.h>
#include <stddef.h>

/* 7 % of 100 is 7, whatever binary fractions make of it. */
static const double HAIR = 1e-9;

bool wks_norm_share_holds(double share, int32_t count, int32_t total, wks_norm_rounding rounding)
{
    if (rounding == WKS_NORM_DOWN) return count <= share * total + HAIR;
    return share > 0.0 && count < share * total + 1.0 - HAIR;
}

int32_t wks_norm_most(double norm, int32_t m, int32_t period)
{
    const double most = ceil(norm * m / period - HAIR);

    return most < (double)INT32_MAX ? (int32_t)most : INT32_MAX;
}

bool wks_norm_pace_holds(double norm, int32_t more, const int32_t *in_month, int32_t stride, int32_t period, int32_t now, bool is_paced)
{
    int32_t count = more;

    for (int32_t m = 1; m <= period; m++) {
        count += in_month[(size_t)((now + 1 - m) % period) * (size_t)stride];
        if ((is_paced || m == period) && count > wks_norm_most(norm, m, period)) return false;
    }
    return true;
}
