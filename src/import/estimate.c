#include "import/estimate.h"

#include <math.h>
#include <stdbool.h>

#include "num/math.h"

/* Least squares over 384 buurten of Amsterdam with 100 inhabitants or more, weighted with inhabitants; dependent: log of the mean income per inhabitant
 * relative to the gemeente. R2 0.89, residual sd 0.12. Applied to Amsterdam itself with the country as reference it gives +13 % against a published
 * +12 %. The share of owner-occupied homes adds nothing (R2 +0.004) once WOZ and bijstand are in. */
#define FIT         "own fit on CBS, Kerncijfers wijken en buurten 2017, Amsterdam (384 buurten, R2 0.89)"
/* Least squares over the 106 scored buurten of Utrecht, weighted with households. Ranges: half to one and a half times, an assumption. */
#define FIT_LBM(r2) "own fit on CBS kwb 2023 and BZK Leefbaarometer 3.0 2024, 106 buurten of Utrecht (R2 " r2 ")"
const wks_estimate_parameter wks_estimate_table[WKS_ESTIMATE_N] = {
    [WKS_ESTIMATE_income_log_woz] = {"income_log_woz", "1 per log WOZ", 0.568, 0.4, 0.75, FIT},
    [WKS_ESTIMATE_income_bijstand] = {"income_bijstand", "1 per share of inhabitants", -2.297, -3.5, -1.0, FIT},
    [WKS_ESTIMATE_income_children] = {"income_children", "1 per share of inhabitants under 15", -1.372, -2.0, -0.7, FIT},
    [WKS_ESTIMATE_income_young] = {"income_young", "1 per share of inhabitants 15-24", -0.610, -1.2, 0.0, FIT},
    [WKS_ESTIMATE_lbm_won] = {"lbm_won_constant", "LBM", -0.0676, -0.1014, -0.0338, FIT_LBM("0.52")},
    [WKS_ESTIMATE_lbm_won + 1] = {"lbm_won_corporatie", "LBM per share", -0.0889, -0.1334, -0.0445, FIT_LBM("0.52")},
    [WKS_ESTIMATE_lbm_won + 2] = {"lbm_won_single_family", "LBM per share", 0.1307, 0.0654, 0.1961, FIT_LBM("0.52")},
    [WKS_ESTIMATE_lbm_won + 3] = {"lbm_won_log_density", "LBM per log density", 0.0294, 0.0147, 0.0441, FIT_LBM("0.52")},
    [WKS_ESTIMATE_lbm_fys] = {"lbm_fys_constant", "LBM", -0.0314, -0.0471, -0.0157, FIT_LBM("0.33")},
    [WKS_ESTIMATE_lbm_fys + 1] = {"lbm_fys_corporatie", "LBM per share", 0.0092, 0.0046, 0.0138, FIT_LBM("0.33")},
    [WKS_ESTIMATE_lbm_fys + 2] = {"lbm_fys_single_family", "LBM per share", 0.0198, 0.0099, 0.0297, FIT_LBM("0.33")},
    [WKS_ESTIMATE_lbm_fys + 3] = {"lbm_fys_log_density", "LBM per log density", -0.0142, -0.0213, -0.0071, FIT_LBM("0.33")},
    [WKS_ESTIMATE_lbm_vrz] = {"lbm_vrz_constant", "LBM", 0.1581, 0.079, 0.2371, FIT_LBM("0.72")},
    [WKS_ESTIMATE_lbm_vrz + 1] = {"lbm_vrz_corporatie", "LBM per share", -0.1267, -0.19, -0.0634, FIT_LBM("0.72")},
    [WKS_ESTIMATE_lbm_vrz + 2] = {"lbm_vrz_single_family", "LBM per share", -0.0884, -0.1326, -0.0442, FIT_LBM("0.72")},
    [WKS_ESTIMATE_lbm_vrz + 3] = {"lbm_vrz_log_density", "LBM per log density", 0.1275, 0.0638, 0.1913, FIT_LBM("0.72")},
    [WKS_ESTIMATE_lbm_soc] = {"lbm_soc_constant", "LBM", -0.0172, -0.0258, -0.0086, FIT_LBM("0.54")},
    [WKS_ESTIMATE_lbm_soc + 1] = {"lbm_soc_corporatie", "LBM per share", -0.0671, -0.1007, -0.0336, FIT_LBM("0.54")},
    [WKS_ESTIMATE_lbm_soc + 2] = {"lbm_soc_single_family", "LBM per share", 0.0394, 0.0197, 0.0591, FIT_LBM("0.54")},
    [WKS_ESTIMATE_lbm_soc + 3] = {"lbm_soc_log_density", "LBM per log density", -0.0308, -0.0462, -0.0154, FIT_LBM("0.54")},
    [WKS_ESTIMATE_lbm_onv] = {"lbm_onv_constant", "LBM", -0.0299, -0.0449, -0.0149, FIT_LBM("0.70")},
    [WKS_ESTIMATE_lbm_onv + 1] = {"lbm_onv_corporatie", "LBM per share", -0.182, -0.273, -0.091, FIT_LBM("0.70")},
    [WKS_ESTIMATE_lbm_onv + 2] = {"lbm_onv_single_family", "LBM per share", 0.1038, 0.0519, 0.1557, FIT_LBM("0.70")},
    [WKS_ESTIMATE_lbm_onv + 3] = {"lbm_onv_log_density", "LBM per log density", -0.0347, -0.052, -0.0174, FIT_LBM("0.70")},
};

static double share_difference(const double *value, const double *reference, wks_city_column column)
{
    return value[column] / value[WKS_CITY_persons] - reference[column] / reference[WKS_CITY_persons];
}

double wks_estimate_income(const double *value, const double *reference, double reference_income)
{
    if (!(value[WKS_CITY_persons] > 0.0) || !(value[WKS_CITY_woz_eur] > 0.0) || !(reference[WKS_CITY_woz_eur] > 0.0)) return NAN;
    double log_ratio =
        wks_estimate_table[WKS_ESTIMATE_income_log_woz].value * wks_math_log(value[WKS_CITY_woz_eur] / reference[WKS_CITY_woz_eur]);
    log_ratio += wks_estimate_table[WKS_ESTIMATE_income_bijstand].value * share_difference(value, reference, WKS_CITY_bijstand);
    log_ratio += wks_estimate_table[WKS_ESTIMATE_income_children].value * share_difference(value, reference, WKS_CITY_age_00_14);
    log_ratio += wks_estimate_table[WKS_ESTIMATE_income_young].value * share_difference(value, reference, WKS_CITY_age_15_24);
    if (!isfinite(log_ratio)) return NAN;
    return reference_income * wks_math_clamp(wks_math_exp(log_ratio), 0.4, 3.0);
}

static double hundreds(double eur)
{
    return floor(eur / 100.0 + 0.5) * 100.0;
}

void wks_estimate_fill_income(wks_draft *draft)
{
    const wks_city_column income = WKS_CITY_income_per_person_eur;
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        wks_draft_area *buurt = &draft->buurt[i];
        if (isfinite(buurt->value[income])) continue;
        const wks_draft_area *wijk = &draft->wijk[buurt->parent];
        const wks_draft_area *gemeente = &draft->gemeente[wijk->parent];
        const wks_draft_area *reference = &draft->nation;
        if (isfinite(gemeente->value[income])) reference = gemeente;
        if (isfinite(wijk->value[income])) reference = wijk;
        double estimate = wks_estimate_income(buurt->value, reference->value, reference->value[income]);
        if (!isfinite(estimate)) estimate = wks_estimate_income(gemeente->value, reference->value, reference->value[income]);
        if (!isfinite(estimate)) estimate = reference->value[income];
        buurt->value[income] = wks_columns_within((int32_t)income, hundreds(estimate));
        buurt->origin[income] = WKS_CITY_ORIGIN_estimated;
    }
}

double wks_estimate_leefbaarheid(const double *value, wks_city_column column)
{
    static const double lowest_density = 50.0, national_density = 1969.0; /* per km2; the second as in the fit */
    WKS_BUG_IF(column < WKS_CITY_lbm_won || column > WKS_CITY_lbm_onv);
    const wks_estimate_parameter *p = &wks_estimate_table[WKS_ESTIMATE_lbm_won + 4 * ((int)column - (int)WKS_CITY_lbm_won)];
    double density = wks_math_clamp(value[WKS_CITY_address_density], lowest_density, 1e5);
    double score = p[0].value + p[1].value * value[WKS_CITY_share_corporatie] + p[2].value * value[WKS_CITY_share_single_family] +
                   p[3].value * wks_math_log(density / national_density);
    return floor(score * 1e4 + 0.5) / 1e4;
}

static bool is_near(const wks_draft *draft, int32_t i, int32_t near, bool whole_gemeente)
{
    int32_t a = draft->buurt[i].parent, b = draft->buurt[near].parent;
    return whole_gemeente ? draft->wijk[a].parent == draft->wijk[b].parent : a == b;
}

/* Mean over scored buurten of the wijk (or the whole gemeente) of a buurt, weighted with households; NaN if none. Buurten are sorted by code:
 * those of a wijk, and of a gemeente, follow each other. */
static double scored_mean(const wks_draft *draft, int32_t row, bool whole_gemeente, int32_t column)
{
    double sum = 0.0, weight = 0.0;
    int32_t first = row;
    while (first > 0 && is_near(draft, first - 1, row, whole_gemeente))
        first--;
    for (int32_t i = first; i < draft->n_buurten && is_near(draft, i, row, whole_gemeente); i++) {
        const wks_draft_area *buurt = &draft->buurt[i];
        if (buurt->origin[column] != WKS_CITY_ORIGIN_published) continue;
        sum += buurt->value[column] * buurt->value[WKS_CITY_households];
        weight += buurt->value[WKS_CITY_households];
    }
    return weight > 0.0 ? floor(sum / weight * 1e7 + 0.5) / 1e7 : NAN;
}

void wks_estimate_fill_leefbaarheid(wks_draft *draft)
{
    for (int32_t c = WKS_CITY_lbm_won; c <= WKS_CITY_lbm_onv; c++)
        for (int32_t i = 0; i < draft->n_buurten; i++) {
            wks_draft_area *buurt = &draft->buurt[i];
            if (isfinite(buurt->value[c])) continue;
            wks_city_origin origin = WKS_CITY_ORIGIN_wijk;
            const wks_draft_area *wijk = &draft->wijk[buurt->parent];
            double value = scored_mean(draft, i, false, c);
            if (!isfinite(value)) value = wijk->value[c]; /* the wijk's own score, where one was read */
            if (!isfinite(value)) {
                origin = WKS_CITY_ORIGIN_gemeente;
                value = scored_mean(draft, i, true, c);
                if (!isfinite(value)) value = draft->gemeente[wijk->parent].value[c];
            }
            if (!isfinite(value)) {
                origin = WKS_CITY_ORIGIN_estimated;
                value = wks_estimate_leefbaarheid(buurt->value, (wks_city_column)c);
            }
            buurt->value[c] = value;
            buurt->origin[c] = (uint8_t)origin;
        }
}
