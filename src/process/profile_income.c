#include "process/profile_income.h"

#include "num/draw.h"
#include "num/math.h"

double wks_profile_income_draw(wks_rng *rng, const wks_law *law, int32_t n_adults, int32_t age, wks_income_source source)
{
    const double limit = law->income_single_eur; /* EUR 49,669 in 2025: the yardstick that every amount follows */
    const double z = wks_draw_normal(rng);
    const bool two = n_adults >= 2;

    switch (source) {
    case WKS_INCOME_WORK: {
        const double young = age < 25 ? 0.75 : age < 30 ? 0.9 : 1;
        return (two ? 1.25 : 0.72) * young * limit * wks_math_exp(0.45 * z);
    }
    case WKS_INCOME_BENEFIT: return (two ? 0.45 : 0.33) * limit * wks_math_exp(0.12 * z);
    case WKS_INCOME_PENSION: return (two ? 0.70 : 0.44) * limit * wks_math_exp(0.35 * z);
    case WKS_INCOME_STUDY: return 0.28 * limit * wks_math_exp(0.25 * z);
    case WKS_INCOME_NONE:
    case WKS_N_INCOME_SOURCES: break;
    }
    return 0.2 * limit;
}
