#include "process/demography_rates.h"

#include "num/math.h"
#include "process/sieve.h"
#include "world/pace.h"

/* Births by children at home, relative to the first: four in five women with a partner have a child, four in five of those a second one, one in
 * three of those a third: assumption, near CBS figures of completed families (general knowledge). */
static const double by_parity[WKS_DEMOGRAPHY_PARITIES] = {1.25, 1.25, 0.35, 0.25};

static double level_of(double level)
{
    return level > 0 ? level : 1; /* a world without a balance */
}

double wks_demography_rates_birth_factor(const wks_demography_rates *rate, bool has_partner, int32_t n_children)
{
    const double factor = rate->by_parity[n_children < WKS_DEMOGRAPHY_PARITIES ? n_children : WKS_DEMOGRAPHY_PARITIES - 1];
    return has_partner ? factor : factor * rate->birth_single;
}

double wks_demography_rates_register(const wks_demography_rates *rate, int32_t age)
{
    return rate->register_p[age < 30 ? 0 : age < 50 ? 1 : 2];
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static uint32_t later(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static void raise_most(wks_demography_bound *most, const wks_demography_bound *bound)
{
    most->death = later(most->death, bound->death);
    most->family = later(most->family, bound->family);
    most->care = later(most->care, bound->care);
    most->yearly = later(most->yearly, bound->yearly);
}

/* Over all households: residents of institutions die more often, women with the parity of most births, members who are children leave home. */
static void make_bounds(wks_demography_rates *rate)
{
    double parity = 0;

    rate->most = (wks_demography_bound){0};
    for (int32_t k = 0; k < WKS_DEMOGRAPHY_PARITIES; k++)
        parity = larger(parity, rate->by_parity[k]);
    for (int32_t age = 0; age < WKS_DEMOGRAPHY_AGES; age++) {
        const double leaves = age >= 18 ? rate->leave_home[age] : 0, birth = rate->birth[age] * parity * larger(rate->birth_single, 1);
        const double care = age >= 70 ? larger(rate->care_partner, 1) * rate->care_old[age] : age >= 18 && age < 65 ? rate->care_young : 0;
        const double yearly = age >= 18 ? larger(rate->lapse, wks_demography_rates_register(rate, age)) : 0;
        for (int32_t sex = 0; sex < 2; sex++) {
            rate->bound[sex][age] = (wks_demography_bound){
                .death = wks_sieve_last(rate->death[sex][age] * larger(rate->death_care, 1)),
                .family = wks_sieve_last(sex == WKS_SEX_WOMAN ? larger(leaves, birth) : leaves),
                .care = wks_sieve_last(care),
                .yearly = wks_sieve_last(yearly),
            };
            if (age < WKS_DEMOGRAPHY_OLD) raise_most(&rate->most, &rate->bound[sex][age]);
        }
    }
}

void wks_demography_rates_make(const wks_world *world, const wks_settings *settings, wks_demography_rates *out)
{
    const wks_pace pace = wks_pace_of(world->inschrijfduur_years);
    const double *p = settings->value;
    const double care = level_of(world->balance.care);
    for (int32_t k = 0; k < WKS_DEMOGRAPHY_PARITIES; k++)
        out->by_parity[k] = by_parity[k] * level_of(world->balance.birth[k]);
    for (int32_t age = 0; age < WKS_DEMOGRAPHY_AGES; age++) {
        /* Factors by age and sex: assumptions, near the CBS life tables of 2022 (deaths) and the age at leaving home. */
        const double yearly = p[WKS_DEMOGRAPHY_P_DEATH_LEVEL] * wks_math_exp(p[WKS_DEMOGRAPHY_P_DEATH_GROWTH] * (age - 60)) + 0.0001;
        const double z = (age + 0.5 - p[WKS_DEMOGRAPHY_P_FERTILITY_AGE]) / p[WKS_DEMOGRAPHY_P_FERTILITY_SD];
        const double wish = age < 18 ? 0 : age < 20 ? 0.16 : age < 25 ? 0.26 : age < 30 ? 0.30 : 0.15;
        out->death[WKS_SEX_MAN][age] = wks_math_monthly(wks_math_clamp(1.2 * yearly, 0, 0.95));
        out->death[WKS_SEX_WOMAN][age] = wks_math_monthly(wks_math_clamp(0.85 * yearly, 0, 0.95));
        /* 1.45: women with a partner have more, so that the whole is near `fertility` when two in five have none (assumption); the city's levels make
         * births at the start, by children at home, those of which its children under 5 tell. */
        out->birth[age] = age < 15 || age > 49 ? 0
                                               : 1.45 * p[WKS_DEMOGRAPHY_P_FERTILITY] * 0.3989422804014327 /
                                                     p[WKS_DEMOGRAPHY_P_FERTILITY_SD] * wks_math_exp(-0.5 * z * z) / 12;
        out->leave_home[age] = wks_math_monthly(wks_math_clamp(wish * p[WKS_DEMOGRAPHY_P_LEAVE_HOME], 0, 0.99));
        out->care_old[age] =
            age < 70 ? 0
                     : wks_math_monthly(wks_math_clamp(care * p[WKS_DEMOGRAPHY_P_CARE_OLD] * wks_math_exp(0.0990 * (age - 85)), 0, 0.95));
    }
    out->birth_single = p[WKS_DEMOGRAPHY_P_FERTILITY_SINGLE];
    out->care_partner = p[WKS_DEMOGRAPHY_P_CARE_PARTNER];
    out->care_young = wks_math_monthly(p[WKS_DEMOGRAPHY_P_CARE_YOUNG]);
    out->death_care = p[WKS_DEMOGRAPHY_P_DEATH_CARE];
    for (int32_t k = 0; k < 3; k++)
        out->register_p[k] = wks_math_clamp(pace.enrol * p[WKS_DEMOGRAPHY_P_REGISTER_YOUNG + k], 0, 1);
    out->lapse = wks_math_clamp(pace.lapse * p[WKS_DEMOGRAPHY_P_LAPSE], 0, 1);
    make_bounds(out);
}
