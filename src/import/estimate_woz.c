#include "import/estimate_woz.h"

#include <math.h>

#include "num/math.h"

/* What is published of the stock and households of the buurten, where the Leefbaarometer does not tell as much. */
static const wks_city_column stock[] = {
    WKS_CITY_households, WKS_CITY_households_one_person,  WKS_CITY_share_owner,    WKS_CITY_share_corporatie, WKS_CITY_share_single_family,
    WKS_CITY_bijstand,   WKS_CITY_share_built_since_2000, WKS_CITY_address_density};
enum { N_STOCK = sizeof stock / sizeof *stock, FIRST_STOCK = WKS_ESTIMATE_FEATURE_log_bijstand };

static bool has_stock(const wks_draft_area *buurt)
{
    for (int32_t c = 0; c < N_STOCK; c++)
        if (!wks_estimate_work_is_published(buurt, stock[c])) return false;
    return buurt->value[WKS_CITY_households] > 0.0 && buurt->value[WKS_CITY_address_density] > 0.0;
}

static void set_stock(const wks_draft_area *buurt, double *x)
{
    const double *v = buurt->value;
    x[WKS_ESTIMATE_FEATURE_log_bijstand] = wks_math_log(v[WKS_CITY_bijstand] / v[WKS_CITY_persons] + 0.01);
    x[WKS_ESTIMATE_FEATURE_stock_owner] = v[WKS_CITY_share_owner];
    x[WKS_ESTIMATE_FEATURE_stock_corporatie] = v[WKS_CITY_share_corporatie];
    x[WKS_ESTIMATE_FEATURE_stock_single_family] = v[WKS_CITY_share_single_family];
    x[WKS_ESTIMATE_FEATURE_stock_square_single_family] = v[WKS_CITY_share_single_family] * v[WKS_CITY_share_single_family];
    x[WKS_ESTIMATE_FEATURE_stock_new] = v[WKS_CITY_share_built_since_2000];
    x[WKS_ESTIMATE_FEATURE_stock_one_person] = v[WKS_CITY_households_one_person] / v[WKS_CITY_households];
    x[WKS_ESTIMATE_FEATURE_stock_log_addresses] = wks_math_log(v[WKS_CITY_address_density]);
}

/* Sets the features of the stock and the variant that uses them, when the buurten of most inhabitants have them and no Leefbaarometer. */
static void use_stock(wks_estimate_work *w)
{
    static const double nearly_all = 0.9;
    double persons = 0.0, with_stock = 0.0, mean[WKS_ESTIMATE_N_FEATURES] = {0.0};
    if ((w->variant & WKS_ESTIMATE_MODEL_HAS_LBM) != 0) return;
    for (int32_t k = 0; k < w->n; k++) {
        double *x = &w->feature[k * WKS_ESTIMATE_N_FEATURES];
        persons += w->persons[k];
        if (!(w->persons[k] > 0.0) || !has_stock(wks_estimate_work_buurt(w, k))) continue;
        set_stock(wks_estimate_work_buurt(w, k), x);
        with_stock += w->persons[k];
        for (int32_t f = FIRST_STOCK; f < WKS_ESTIMATE_N_FEATURES; f++)
            mean[f] += w->persons[k] * x[f];
    }
    if (!(with_stock > 0.0) || with_stock < nearly_all * persons) return;
    for (int32_t k = 0; k < w->n; k++)
        for (int32_t f = FIRST_STOCK; f < WKS_ESTIMATE_N_FEATURES && !(w->persons[k] > 0.0 && has_stock(wks_estimate_work_buurt(w, k)));
             f++)
            w->feature[(size_t)k * WKS_ESTIMATE_N_FEATURES + (size_t)f] = mean[f] / with_stock;
    w->variant = WKS_ESTIMATE_MODEL_STOCK + (w->variant == WKS_ESTIMATE_MODEL_HAS_ORIGIN ? 1 : 0);
}

void wks_estimate_woz(wks_estimate_work *w)
{
    int32_t variant = w->variant;
    const wks_city_column column = WKS_CITY_woz_eur;
    const wks_estimate_work_task t = {WKS_ESTIMATE_MODEL_woz_eur, column, NULL, NULL, false};
    if (!wks_estimate_work_is_missing(w, &column, 1)) return;
    wks_estimate_work_set_dwellings(w, column);
    double level = w->gemeente->value[column];
    if (!isfinite(level)) level = w->draft->nation.value[column];
    for (int32_t k = 0; k < w->n; k++) { /* an unusual buurt must not be worth millions */
        w->low[k] = 0.25 * level * w->base[k];
        w->high[k] = 5.0 * level * w->base[k];
    }
    use_stock(w);
    wks_estimate_work_run(w, &t, NULL);
    w->variant = variant;
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(wks_estimate_work_mean(w, k)))
            wks_estimate_work_put(w, k, column, wks_estimate_work_hundreds(wks_estimate_work_mean(w, k)));
}
