#include "scenario/law.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Points of the Huurcommissie's table of maximum rents per 1 January 2026 (zelfstandige woningen); between them it is linear within 0.4 EUR. */
static const struct {
    double points, rent_eur;
} wws_2026[] = {{40, 250.26},  {60, 375.32},   {79, 494.10},   {110, 706.32},  {130, 843.62}, {143, 932.93},
                {148, 967.18}, {180, 1186.84}, {186, 1228.07}, {200, 1324.18}, {218, 1447.71}};
static const double wws_2026_limit_eur = 932.93;

/* Basishuur = a * income^2 + b * income above the minimum-inkomensijkpunt (Regeling huurtoeslaggrenzen 2023, art. 3 and 4). */
typedef struct base_curve {
    double pivot_eur, a, b;
} base_curve;
static const base_curve base_curve_2023[2][2] = {
    {{19375.0, 0.000000474433, 0.002448638402}, {20500.0, 0.000000671404, -0.002850602044}},  /* one person: younger, pension age */
    {{25225.0, 0.000000279402, 0.001893212113}, {27275.0, 0.000000430722, -0.003611907743}}}; /* more persons */
static const double base_2023_eur = 225.54, quality_2023_eur = 452.20, passend_single_2023_eur = 25475.0;
enum { PENSION_AGE = 67, YOUTH_AGE_2025 = 23, YOUTH_AGE_2026 = 21, YEAR_WITHOUT_INCOME_LIMITS = 2020 };
enum { AOW_RISE_YEAR = 2028, AOW_MONTHS_2028 = 67 * 12 + 3 }; /* known until 2029 (Rijksoverheid); later years stay: assumption */

static double power(double base, int32_t n)
{
    double result = 1.0;

    for (int32_t i = 0; i < n; i++)
        result *= base;
    return result;
}

/* All amounts of money times factor; points and shares stay. */
static void scale(wks_law *law, double factor)
{
    double *const amount[] = {&law->income_single_eur,      &law->income_multi_eur,      &law->income_middle_eur,
                              &law->rent_limit_eur,         &law->rent_cap_low_eur,      &law->rent_cap_high_eur,
                              &law->rent_quality_eur,       &law->passend_single_eur,    &law->passend_multi_eur,
                              &law->passend_single_old_eur, &law->passend_multi_old_eur, &law->middle_rent_limit_eur,
                              &law->huurtoeslag_base_eur,   &law->transfer_free_eur};

    for (size_t i = 0; i < sizeof amount / sizeof amount[0]; i++)
        *amount[i] *= factor;
}

wks_law wks_law_of_year(int32_t year, double yearly_index)
{
    const int32_t first = wks_law_table[0].year, last = wks_law_table[wks_law_table_size - 1].year;
    const int32_t nearest = year < first ? first : (year > last ? last : year);
    wks_law law = wks_law_table[nearest - first];

    if (nearest == year) return law;
    if (year > last) {
        law.rent_rise_social = yearly_index > 0 ? yearly_index : 0;
        law.rent_rise_middle = law.rent_rise_free = law.rent_rise_social + 0.01;
        law.aow_months = year < AOW_RISE_YEAR ? law.aow_months : AOW_MONTHS_2028;
    }
    scale(&law, year > last ? power(1.0 + yearly_index, year - last) : 1.0 / power(1.0 + yearly_index, first - year));
    law.year = year;
    law.status = "indexed";
    return law;
}

static bool is_of_a_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool wks_law_is_assumed(const wks_law *law, const char *field)
{
    const char *list = strstr(law->status, "assumption:");
    const size_t length = strlen(field);

    for (const char *at = list == NULL ? NULL : strstr(list, field); at != NULL; at = strstr(at + 1, field)) {
        if (!is_of_a_name(at[-1]) && !is_of_a_name(at[length])) return true;
    }
    return false;
}

/* The household's own part of the rent: the 2023 curve, its incomes and amounts moved to the year by that year's limits. */
static double own_part(const wks_law *law, double income_eur, bool is_single, bool is_old)
{
    const base_curve *curve = &base_curve_2023[is_single ? 0 : 1][is_old ? 1 : 0];
    const double moved = income_eur * passend_single_2023_eur / law->passend_single_eur;
    const double income = moved > curve->pivot_eur ? moved : curve->pivot_eur;
    const double own_2023 = (curve->a * income + curve->b) * income;

    return law->huurtoeslag_base_eur + (own_2023 - base_2023_eur) * law->rent_quality_eur / quality_2023_eur;
}

/* Until 2019 the right ended at an income limit of its own, the same that passend toewijzen has since then. */
static bool is_above_income_limit(const wks_law *law, double income_eur, bool is_single, bool is_old)
{
    const double young = is_single ? law->passend_single_eur : law->passend_multi_eur;
    const double old = is_single ? law->passend_single_old_eur : law->passend_multi_old_eur;

    return law->year < YEAR_WITHOUT_INCOME_LIMITS && income_eur > (is_old ? old : young);
}

wks_law_benefit wks_law_benefit_of(const wks_law *law, double income_eur, int32_t n_persons, int32_t age_head)
{
    const bool is_single = n_persons <= 1, is_old = age_head >= PENSION_AGE, is_capped_only = law->year >= 2026;
    const bool is_young = age_head < (is_capped_only ? YOUTH_AGE_2026 : YOUTH_AGE_2025);
    wks_law_benefit benefit = {.quality_eur = law->rent_quality_eur,
                               .cap_eur = n_persons <= 2 ? law->rent_cap_low_eur : law->rent_cap_high_eur,
                               .top_eur = law->rent_limit_eur,
                               .top_share = is_single || is_old ? 0.40 : 0.0,
                               .limit_eur = is_young ? law->rent_quality_eur : law->rent_limit_eur,
                               .is_capped_only = is_capped_only};

    if (!(income_eur >= 0.0) || age_head < 18 || is_above_income_limit(law, income_eur, is_single, is_old)) {
        benefit.limit_eur = 0.0;
        return benefit;
    }
    benefit.own_eur = own_part(law, income_eur, is_single, is_old);
    return benefit;
}

double wks_law_huurtoeslag(const wks_law *law, double income_eur, double rent_eur, int32_t n_persons, int32_t age_head)
{
    const wks_law_benefit benefit = wks_law_benefit_of(law, income_eur, n_persons, age_head);

    return wks_law_benefit_at(&benefit, rent_eur);
}

double wks_law_social_minimum(const wks_law *law, int32_t n_persons)
{
    return base_curve_2023[n_persons <= 1 ? 0 : 1][0].pivot_eur * law->passend_single_eur / passend_single_2023_eur;
}

double wks_law_wws_rent(const wks_law *law, double points)
{
    const size_t n = sizeof wws_2026 / sizeof wws_2026[0];
    size_t i = 1;
    double slope, rent;

    if (!(points > 0.0)) return 0.0;
    if (points < wws_2026[0].points) {
        rent = points * wws_2026[0].rent_eur / wws_2026[0].points;
    } else {
        while (i < n - 1 && points > wws_2026[i].points)
            i++;
        slope = (wws_2026[i].rent_eur - wws_2026[i - 1].rent_eur) / (wws_2026[i].points - wws_2026[i - 1].points);
        rent = wws_2026[i - 1].rent_eur + slope * (points - wws_2026[i - 1].points);
    }
    return rent * law->rent_limit_eur / wws_2026_limit_eur;
}
