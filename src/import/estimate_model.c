#include "import/estimate_model.h"

#include <math.h>
#include <string.h>

#include "import/estimate_table.inc"
#include "num/math.h"

const wks_estimate_measured *const wks_estimate_model_measured = measured;
const int32_t wks_estimate_model_n_measured = (int32_t)(sizeof measured / sizeof *measured);

static const bool is_log_link[WKS_ESTIMATE_N_MODELS] = {
#define WKS_ESTIMATE_LINK(name, is_log, what) [WKS_ESTIMATE_MODEL_##name] = is_log,
    WKS_ESTIMATE_MODELS(WKS_ESTIMATE_LINK)
#undef WKS_ESTIMATE_LINK
};

const char *wks_estimate_model_of(wks_city_column column)
{
    static const char *const what[WKS_ESTIMATE_N_MODELS] = {
#define WKS_ESTIMATE_WHAT(name, is_log, words) [WKS_ESTIMATE_MODEL_##name] = words,
        WKS_ESTIMATE_MODELS(WKS_ESTIMATE_WHAT)
#undef WKS_ESTIMATE_WHAT
    };
    static const struct {
        wks_city_column column;
        wks_estimate_model model;
    } of[] = {
        {WKS_CITY_households, WKS_ESTIMATE_MODEL_households},
        {WKS_CITY_households_one_person, WKS_ESTIMATE_MODEL_one_person},
        {WKS_CITY_households_with_children, WKS_ESTIMATE_MODEL_with_children},
        {WKS_CITY_dwellings, WKS_ESTIMATE_MODEL_dwellings},
        {WKS_CITY_share_vacant, WKS_ESTIMATE_MODEL_share_vacant},
        {WKS_CITY_share_single_family, WKS_ESTIMATE_MODEL_share_single_family},
        {WKS_CITY_share_owner, WKS_ESTIMATE_MODEL_share_owner},
        {WKS_CITY_share_corporatie, WKS_ESTIMATE_MODEL_corporatie_of_rent},
        {WKS_CITY_share_built_since_2000, WKS_ESTIMATE_MODEL_share_built_since_2000},
        {WKS_CITY_woz_eur, WKS_ESTIMATE_MODEL_woz_eur},
        {WKS_CITY_bijstand, WKS_ESTIMATE_MODEL_bijstand},
        {WKS_CITY_ao, WKS_ESTIMATE_MODEL_ao},
        {WKS_CITY_ww, WKS_ESTIMATE_MODEL_ww},
        {WKS_CITY_income_per_person_eur, WKS_ESTIMATE_MODEL_income_per_person_eur},
        {WKS_CITY_address_density, WKS_ESTIMATE_MODEL_address_density},
    };
    if (column == WKS_CITY_households_without_children || column == WKS_CITY_share_private_rent) return "what the others leave";
    for (size_t k = 0; k < sizeof of / sizeof *of; k++)
        if (of[k].column == column) return what[of[k].model];
    return "";
}

bool wks_estimate_model_is_log(wks_estimate_model model)
{
    return is_log_link[model];
}

bool wks_estimate_model_is_flat_in_wijk(wks_estimate_model model)
{
    return flat_in_wijk[model];
}

double wks_estimate_model_eta(wks_estimate_model model, int32_t variant, const double *feature)
{
    double eta = 0.0;
    for (int32_t f = 0; f < WKS_ESTIMATE_N_FEATURES; f++)
        eta += coefficient[model][variant][f] * feature[f];
    return eta;
}

double wks_estimate_model_level(wks_estimate_model model, int32_t variant, const double *feature)
{
    if (level_strength[model] == 0.0) return 0.0;
    double deviation = wks_estimate_model_eta(model, variant, feature) - wks_estimate_model_eta(model, variant, typical);
    return level_strength[model] * deviation;
}

/* ---- what a gemeente has ---- */

static bool is_measured(const wks_draft_area *buurt, wks_city_column column)
{
    return buurt->origin[column] == WKS_CITY_ORIGIN_published || buurt->origin[column] == WKS_CITY_ORIGIN_rounded;
}

static bool has_scores(const wks_draft_area *buurt)
{
    for (int32_t c = WKS_CITY_lbm_won; c <= WKS_CITY_lbm_onv; c++)
        if (!is_measured(buurt, (wks_city_column)c)) return false;
    return true;
}

static bool has_origins(const wks_draft_area *buurt)
{
    return buurt->has_background || (is_measured(buurt, WKS_CITY_origin_europe) && is_measured(buurt, WKS_CITY_origin_outside_europe));
}

int32_t wks_estimate_model_variant(const wks_draft *draft, const int32_t *row, int32_t n)
{
    static const double nearly_all = 0.9;
    double persons = 0.0, scored = 0.0, with_origin = 0.0;
    for (int32_t k = 0; k < n; k++) {
        const wks_draft_area *buurt = &draft->buurt[row[k]];
        double p = buurt->value[WKS_CITY_persons];
        persons += p;
        if (has_scores(buurt)) scored += p;
        if (has_origins(buurt)) with_origin += p;
    }
    int32_t variant = 0;
    if (scored > 0.0 && scored >= nearly_all * persons) variant |= WKS_ESTIMATE_MODEL_HAS_LBM;
    if (with_origin > 0.0 && with_origin >= nearly_all * persons) variant |= WKS_ESTIMATE_MODEL_HAS_ORIGIN;
    return variant;
}

/* ---- features ---- */

enum { N_AGES = 5, N_LBM = 5 };

/* Means over the inhabitants of a gemeente. */
typedef struct mix {
    double age[N_AGES], men, europe, outside_europe, lbm[N_LBM], log_density;
} mix;

static bool has_surface(const wks_draft_area *buurt)
{
    uint8_t origin = buurt->origin[WKS_CITY_area_ha];
    bool own = origin == WKS_CITY_ORIGIN_published || origin == WKS_CITY_ORIGIN_rounded || origin == WKS_CITY_ORIGIN_estimated;
    return own && isfinite(buurt->value[WKS_CITY_area_ha]);
}

static double log_density(const wks_draft_area *buurt)
{
    double density = buurt->value[WKS_CITY_persons] / fmax(buurt->value[WKS_CITY_area_ha], 1.0);
    return wks_math_log(fmax(density, 0.05));
}

static double quotient(double a, double b)
{
    return b > 0.0 ? a / b : 0.0;
}

static mix mix_of(const wks_draft *draft, const int32_t *row, int32_t n)
{
    mix sum;
    double persons = 0.0, aged = 0.0, scored = 0.0, placed = 0.0;
    memset(&sum, 0, sizeof sum);
    for (int32_t k = 0; k < n; k++) {
        const wks_draft_area *buurt = &draft->buurt[row[k]];
        const double *v = buurt->value;
        persons += v[WKS_CITY_persons];
        for (int32_t a = 0; a < N_AGES; a++) {
            sum.age[a] += v[WKS_CITY_age_00_14 + a];
            aged += v[WKS_CITY_age_00_14 + a];
        }
        sum.men += v[WKS_CITY_men];
        sum.europe += v[WKS_CITY_origin_europe];
        sum.outside_europe += v[WKS_CITY_origin_outside_europe];
        if (has_surface(buurt)) {
            sum.log_density += v[WKS_CITY_persons] * log_density(buurt);
            placed += v[WKS_CITY_persons];
        }
        if (!has_scores(buurt)) continue;
        scored += v[WKS_CITY_persons];
        for (int32_t d = 0; d < N_LBM; d++)
            sum.lbm[d] += v[WKS_CITY_persons] * v[WKS_CITY_lbm_won + d];
    }
    for (int32_t a = 0; a < N_AGES; a++)
        sum.age[a] = quotient(sum.age[a], aged);
    for (int32_t d = 0; d < N_LBM; d++)
        sum.lbm[d] = quotient(sum.lbm[d], scored);
    sum.men = quotient(sum.men, persons);
    sum.europe = quotient(sum.europe, persons);
    sum.outside_europe = quotient(sum.outside_europe, persons);
    sum.log_density = quotient(sum.log_density, placed);
    return sum;
}

static const double half_of_density = 50.0; /* persons; assumption: the buurten the models were fitted on have 100 and more */

static double square(double x)
{
    return x * x;
}

static void describe(const wks_draft_area *buurt, const mix *m, double *out)
{
    static const double small = 20.0, floor_of_log = 0.02; /* as in scripts/fit-estimates.py */
    const double *v = buurt->value;
    double age[N_AGES], aged = small, persons = v[WKS_CITY_persons] + small;
    for (int32_t a = 0; a < N_AGES; a++)
        aged += v[WKS_CITY_age_00_14 + a];
    for (int32_t a = 0; a < N_AGES; a++)
        age[a] = (v[WKS_CITY_age_00_14 + a] + small * m->age[a]) / aged;
    double outside = (v[WKS_CITY_origin_outside_europe] + small * m->outside_europe) / persons;
    double density = m->log_density;
    /* Of a few people in a harbour or a park the density says little about their homes: it counts by half at 50. */
    if (has_surface(buurt))
        density += (log_density(buurt) - m->log_density) * v[WKS_CITY_persons] / (v[WKS_CITY_persons] + half_of_density);

    out[WKS_ESTIMATE_FEATURE_age_00_14] = age[0];
    out[WKS_ESTIMATE_FEATURE_age_15_24] = age[1];
    out[WKS_ESTIMATE_FEATURE_age_45_64] = age[3];
    out[WKS_ESTIMATE_FEATURE_age_65_plus] = age[4];
    out[WKS_ESTIMATE_FEATURE_log_age_00_14] = wks_math_log(age[0] + floor_of_log);
    out[WKS_ESTIMATE_FEATURE_log_age_15_24] = wks_math_log(age[1] + floor_of_log);
    out[WKS_ESTIMATE_FEATURE_log_age_65_plus] = wks_math_log(age[4] + floor_of_log);
    out[WKS_ESTIMATE_FEATURE_square_age_15_24] = square(age[1]);
    out[WKS_ESTIMATE_FEATURE_square_age_45_64] = square(age[3]);
    out[WKS_ESTIMATE_FEATURE_square_age_65_plus] = square(age[4]);
    out[WKS_ESTIMATE_FEATURE_men] = (v[WKS_CITY_men] + small * m->men) / persons;
    out[WKS_ESTIMATE_FEATURE_log_density] = density;
    out[WKS_ESTIMATE_FEATURE_square_log_density] = square(density - 4.0);
    out[WKS_ESTIMATE_FEATURE_europe] = (v[WKS_CITY_origin_europe] + small * m->europe) / persons;
    out[WKS_ESTIMATE_FEATURE_outside_europe] = outside;
    out[WKS_ESTIMATE_FEATURE_log_outside_europe] = wks_math_log(outside + floor_of_log);
    out[WKS_ESTIMATE_FEATURE_square_outside_europe] = square(outside);
    for (int32_t d = 0; d < N_LBM; d++)
        out[WKS_ESTIMATE_FEATURE_lbm_won + d] = has_scores(buurt) ? v[WKS_CITY_lbm_won + d] : m->lbm[d];
    for (int32_t f = WKS_ESTIMATE_FEATURE_log_woz; f < WKS_ESTIMATE_N_FEATURES; f++)
        out[f] = 0.0;
}

void wks_estimate_model_features(const wks_draft *draft, const int32_t *row, int32_t n, double *out)
{
    mix m = mix_of(draft, row, n);
    for (int32_t k = 0; k < n; k++)
        describe(&draft->buurt[row[k]], &m, &out[(size_t)k * WKS_ESTIMATE_N_FEATURES]);
}
