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

static double dwellings_per_ha(const wks_draft_area *area)
{
    return area->value[WKS_CITY_dwellings] / fmax(area->value[WKS_CITY_area_ha], 1.0);
}

/* The buurten with a density, in a wijk (-1: anywhere): the mean of that and of their dwellings per ha. */
static double mean_of_placed(const wks_estimate_work *w, int32_t wijk, double *out_per_ha)
{
    double sum = 0.0, per_ha = 0.0, dwellings = 0.0;
    for (int32_t k = 0; k < w->n; k++) {
        const wks_draft_area *b = wks_estimate_work_buurt(w, k);
        double d = b->value[WKS_CITY_dwellings];
        if (w->skip[k] || !isfinite(b->value[WKS_CITY_address_density]) || !(d > 0.0) || (wijk >= 0 && b->parent != wijk)) continue;
        sum += d * b->value[WKS_CITY_address_density];
        per_ha += d * dwellings_per_ha(b);
        dwellings += d;
    }
    *out_per_ha = wks_estimate_work_ratio(per_ha, dwellings);
    return wks_estimate_work_ratio(sum, dwellings);
}

/* Buurten without a place on the map or without dwellings: as the others of their wijk, else of the gemeente, more where they are built denser
 * than those. Within a kilometre there is much besides the buurt itself: half of the difference on the logarithm, at most twice. */
static void fill_unplaced(wks_estimate_work *w)
{
    for (int32_t k = 0; k < w->n; k++) /* not those that come by it here */
        w->skip[k] = !isfinite(wks_estimate_work_value(w, k, WKS_CITY_address_density));
    for (int32_t k = 0; k < w->n; k++) {
        double per_ha;
        const wks_draft_area *b = wks_estimate_work_buurt(w, k);
        if (!w->skip[k] || isfinite(w->draft->wijk[b->parent].value[WKS_CITY_address_density])) continue;
        double mean = mean_of_placed(w, b->parent, &per_ha);
        if (!isfinite(mean)) mean = mean_of_placed(w, -1, &per_ha);
        if (!isfinite(mean)) continue;
        double denser = dwellings_per_ha(b) / per_ha;
        bool knows_area = b->origin[WKS_CITY_area_ha] == WKS_CITY_ORIGIN_estimated || wks_estimate_work_is_published(b, WKS_CITY_area_ha);
        if (knows_area && denser > 0.0) mean *= wks_math_clamp(sqrt(denser), 0.5, 2.0);
        wks_estimate_work_put(w, k, WKS_CITY_address_density, floor(mean + 0.5));
    }
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
    fill_unplaced(w);
}
