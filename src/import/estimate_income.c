#include "import/estimate_income.h"

#include <math.h>

#include "import/estimate.h"
#include "num/math.h"

static bool has_income(const wks_estimate_work *w)
{
    const wks_city_column column = WKS_CITY_income_per_person_eur;
    if (isfinite(w->gemeente->value[column])) return true;
    for (int32_t v = 0; v < w->draft->n_wijken; v++)
        if (w->draft->wijk[v].parent == w->gemeente_row && isfinite(w->draft->wijk[v].value[column])) return true;
    return false;
}

/* Features from what was estimated before. */
static void add_stock_features(wks_estimate_work *w)
{
    double worth = 0.0, dwellings = 0.0, bijstand = 0.0, persons = 0.0;
    for (int32_t k = 0; k < w->n; k++) {
        const double *v = wks_estimate_work_buurt(w, k)->value;
        if (v[WKS_CITY_woz_eur] > 0.0 && v[WKS_CITY_dwellings] > 0.0) {
            worth += v[WKS_CITY_woz_eur] * v[WKS_CITY_dwellings];
            dwellings += v[WKS_CITY_dwellings];
        }
        if (isfinite(v[WKS_CITY_bijstand])) {
            bijstand += v[WKS_CITY_bijstand];
            persons += v[WKS_CITY_persons];
        }
    }
    for (int32_t k = 0; k < w->n; k++) {
        const double *v = wks_estimate_work_buurt(w, k)->value;
        double *x = &w->feature[k * WKS_ESTIMATE_N_FEATURES];
        double log_woz = v[WKS_CITY_woz_eur] > 0.0 && dwellings > 0.0 ? wks_math_log(v[WKS_CITY_woz_eur] * dwellings / worth) : 0.0;
        double share = v[WKS_CITY_bijstand] / v[WKS_CITY_persons];
        if (!isfinite(share)) share = persons > 0.0 ? bijstand / persons : 0.0;
        x[WKS_ESTIMATE_FEATURE_log_woz] = log_woz;
        x[WKS_ESTIMATE_FEATURE_square_log_woz] = log_woz * log_woz;
        x[WKS_ESTIMATE_FEATURE_log_bijstand] = wks_math_log(share + 0.01);
    }
}

/* The mean over the inhabitants of what the formula gives each buurt relative to the country; NaN when it gives nothing. */
static double income_level(const wks_estimate_work *w)
{
    const wks_draft_area *nation = &w->draft->nation;
    double sum = 0.0, persons = 0.0;
    for (int32_t k = 0; k < w->n; k++) {
        const double *v = wks_estimate_work_buurt(w, k)->value;
        double income = wks_estimate_income(v, nation->value, nation->value[WKS_CITY_income_per_person_eur]);
        if (!isfinite(income)) continue;
        sum += income * v[WKS_CITY_persons];
        persons += v[WKS_CITY_persons];
    }
    return wks_estimate_work_ratio(sum, persons);
}

void wks_estimate_income_buurten(wks_estimate_work *w, bool woz_is_estimated)
{
    const wks_city_column column = WKS_CITY_income_per_person_eur;
    const wks_estimate_work_task t = {WKS_ESTIMATE_MODEL_income_per_person_eur, column, NULL, NULL, false};
    bool published = has_income(w);
    if (!published && !(woz_is_estimated && wks_estimate_work_is_mostly_missing(w, column))) return;
    if (!wks_estimate_work_is_missing(w, &column, 1)) return;
    add_stock_features(w);
    double level = published ? w->gemeente->value[column] : income_level(w);
    if (!published && !isfinite(level)) return;
    wks_draft_area reference = *w->gemeente; /* the level stands in for the gemeente's figure */
    if (!published) reference.value[column] = level;
    const wks_draft_area *gemeente = w->gemeente;
    w->gemeente = &reference;
    if (!isfinite(level)) level = w->draft->nation.value[column];
    for (int32_t k = 0; k < w->n; k++) {
        wks_estimate_work_set_base(w, k, w->persons[k]);
        w->amount[k] = w->base[k] * wks_estimate_work_value(w, k, column);
        w->low[k] = 0.3 * level * w->base[k];
        w->high[k] = 4.0 * level * w->base[k];
    }
    wks_estimate_work_run(w, &t, NULL);
    w->gemeente = gemeente;
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(wks_estimate_work_mean(w, k)))
            wks_estimate_work_put(w, k, column, wks_estimate_work_hundreds(wks_estimate_work_mean(w, k)));
}
