#include "world/pace.h"

#include "num/math.h"

/* At five years: fitted, see pace.h. */
static const double FITTED_YEARS = 5.0, BEND = 1.25; /* the second so that regions in between come out right: Breda and Utrecht */
static const wks_pace fitted = {.enrol = 0.30, .lapse = 4.0, .outside = 0.18, .start = 0.32, .more = 0.6};

wks_pace wks_pace_of(double inschrijfduur_years)
{
    if (!(inschrijfduur_years > 0.0)) return (wks_pace){1.0, 1.0, 1.0, 1.0, 1.0};
    const double years = wks_math_clamp(inschrijfduur_years, WKS_PACE_LEAST_YEARS, WKS_PACE_MOST_YEARS);
    const double linear = (WKS_PACE_DEFAULT_YEARS - years) / (WKS_PACE_DEFAULT_YEARS - FITTED_YEARS);
    const double part = linear > 0.0 ? wks_math_pow(linear, BEND) : linear;
    return (wks_pace){wks_math_pow(fitted.enrol, part), wks_math_pow(fitted.lapse, part), wks_math_pow(fitted.outside, part),
                      wks_math_pow(fitted.start, part), wks_math_pow(fitted.more, part)};
}
