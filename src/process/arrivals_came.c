#include "process/arrivals_came.h"

#include "base/rng.h"
#include "num/math.h"

double wks_arrivals_came_home_chance(int32_t age, int32_t n_adults, double level)
{
    static const double alone[4] = {0.15, 0.40, 0.55, 0.85}, together[4] = {0.40, 0.70, 0.90, 0.90};
    const int32_t class = age < 25 ? 0 : age < 35 ? 1 : age < 60 ? 2 : 3;

    return wks_math_clamp(level * (n_adults > 1 ? together : alone)[class], 0, 1);
}

wks_came wks_arrivals_came_from(uint64_t household_key, bool is_mover, bool is_abroad, int32_t age, int32_t n_adults, double level)
{
    static const uint64_t question =
        UINT64_C(0x6c656674686f6d65); /* any constant: the draw belongs to the pair of household and question */

    if (is_abroad) return WKS_CAME_ABROAD;
    if (!is_mover) return WKS_CAME_REGION;
    return wks_rng_unit64(wks_rng_pair_key(household_key, question)) < wks_arrivals_came_home_chance(age, n_adults, level)
               ? WKS_CAME_HOME
               : WKS_CAME_REGION;
}
