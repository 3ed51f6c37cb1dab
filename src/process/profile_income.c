#include "process/profile_income.h"

#include "base/month.h"
#include "num/draw.h"
#include "num/math.h"

/* Means as parts of the income limit of one person, and spreads: assumptions, near the incomes of the synthetic population. */
static const double part_of_limit[WKS_N_INCOME_SOURCES] = {[WKS_INCOME_WORK] = 0.80,
                                                           [WKS_INCOME_BENEFIT] = 0.37,
                                                           [WKS_INCOME_PENSION] = 0.47,
                                                           [WKS_INCOME_STUDY] = 0.20,
                                                           [WKS_INCOME_NONE] = 0.20};
static const double sd_of_logs[WKS_N_INCOME_SOURCES] = {[WKS_INCOME_WORK] = 0.45,
                                                        [WKS_INCOME_BENEFIT] = 0.12,
                                                        [WKS_INCOME_PENSION] = 0.35,
                                                        [WKS_INCOME_STUDY] = 0.12,
                                                        [WKS_INCOME_NONE] = 0.12};

double wks_profile_income_age(int32_t age)
{
    /* Career in work, relative to 35 years: assumption. */
    static const double at[] = {18, 22, 27, 35, 45, 60, 70};
    static const double factor[] = {0.45, 0.55, 0.82, 1.0, 1.12, 1.12, 1.0};
    int32_t k = 0;

    if (age <= 18) return factor[0];
    if (age >= 70) return factor[6];
    while (age >= at[k + 1])
        k++;
    return factor[k] + (factor[k + 1] - factor[k]) * (age - at[k]) / (at[k + 1] - at[k]);
}

/* The profile itself, before the city's level. The limit (EUR 49,669 in 2025) is the yardstick that every amount follows. */
static double national_mean(const wks_law *law, bool has_partner, int32_t age, wks_income_source source)
{
    return part_of_limit[source] * law->income_single_eur * (has_partner ? WKS_PROFILE_INCOME_COUPLE : 1) *
           (source == WKS_INCOME_WORK ? wks_profile_income_age(age) : 1);
}

double wks_profile_income_mean(const wks_world *world, const wks_law *law, bool has_partner, int32_t age, wks_income_source source)
{
    const double level = world->income_level[source];
    return national_mean(law, has_partner, age, source) * (level > 0 ? level : 1);
}

double wks_profile_income_draw(wks_rng *rng, const wks_world *world, const wks_law *law, bool has_partner, int32_t age,
                               wks_income_source source)
{
    const double z = wks_draw_normal(rng), sd = sd_of_logs[source];
    return wks_profile_income_mean(world, law, has_partner, age, source) * wks_math_exp(sd * z - sd * sd / 2);
}

void wks_profile_income_calibrate(wks_world *world, const wks_law *law)
{
    const wks_household_table *household = &world->household;
    double seen[WKS_N_INCOME_SOURCES] = {0}, expected[WKS_N_INCOME_SOURCES] = {0};
    int64_t n[WKS_N_INCOME_SOURCES] = {0};

    /* Whole euros, so that the sum does not depend on the order of rows. */
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED || !(household->income_eur[i] > 0)) continue;
        const int32_t age = wks_month_age(household->head_birth_month[i], world->month), source = household->income_source[i];
        seen[source] += (double)(int64_t)household->income_eur[i];
        expected[source] += (double)(int64_t)national_mean(law, household->has_partner[i] != 0, age, (wks_income_source)source);
        n[source]++;
    }
    /* Too few to learn from: the profile as it is. */
    for (int32_t s = 0; s < WKS_N_INCOME_SOURCES; s++)
        world->income_level[s] = n[s] >= 100 ? wks_math_clamp(seen[s] / expected[s], 0.5, 2.5) : 1;
}
