#include "import/estimate_density.h"

#include <math.h>

#include "num/math.h"

/* Expected number of dwellings per km2 within about a kilometre of a point of the buurt: every buurt is a normal distribution with the variance of
 * a disc of its surface, and so is the circle. */
static double addresses_around(const wks_estimate_work *w, int32_t k)
{
    static const double radius_m = 1150.0, pi = 3.14159265358979323846,
                        per_dwelling = 1.109; /* chosen on Utrecht 2023: scripts/fit-estimates.py */
    const wks_draft_area *here = wks_estimate_work_buurt(w, k);
    double sum = 0.0;
    for (int32_t j = 0; j < w->n; j++) {
        const wks_draft_area *there = wks_estimate_work_buurt(w, j);
        double dwellings = there->value[WKS_CITY_dwellings];
        if (!isfinite(there->x_m) || !(dwellings > 0.0)) continue;
        double dx = here->x_m - there->x_m, dy = here->y_m - there->y_m;
        double area_m2 = 1e4 * (here->value[WKS_CITY_area_ha] + there->value[WKS_CITY_area_ha]);
        double variance = radius_m * radius_m / 4.0 + area_m2 / (4.0 * pi);
        sum += dwellings * wks_math_exp(-(dx * dx + dy * dy) / (2.0 * variance)) / (2.0 * pi * variance);
    }
    return sum * 1e6 * per_dwelling;
}

void wks_estimate_density(wks_estimate_work *w)
{
    const wks_city_column column = WKS_CITY_address_density;
    const wks_estimate_work_task t = {WKS_ESTIMATE_MODEL_address_density, column, NULL, NULL, false};
    double placed = 0.0, all = 0.0;
    if (!wks_estimate_work_is_missing(w, &column, 1)) return;
    wks_estimate_work_set_dwellings(w, column);
    for (int32_t k = 0; k < w->n; k++) {
        all += w->base[k];
        placed += isfinite(wks_estimate_work_buurt(w, k)->x_m) ? w->base[k] : 0.0;
        w->high[k] = 1e5 * w->base[k];
    }
    bool has_map = placed > 0.9 * all;
    for (int32_t k = 0; k < w->n && has_map; k++) {
        if (!isfinite(wks_estimate_work_buurt(w, k)->x_m)) w->skip[k] = true;
        w->figure[k] = w->skip[k] ? 0.0 : wks_math_log(fmax(addresses_around(w, k), 1.0));
    }
    wks_estimate_work_run(w, &t, has_map ? w->figure : NULL);
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(wks_estimate_work_mean(w, k))) wks_estimate_work_put(w, k, column, floor(wks_estimate_work_mean(w, k) + 0.5));
}
