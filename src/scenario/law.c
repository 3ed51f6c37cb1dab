#include "scenario/law.h"

#include <stdbool.h>
#include <stddef.h>

/* Field order: income single, multi; rent limit; caps low, high; quality; passend single, multi, single old, multi old; middle rent limit;
 * WWS points social, middle; huurtoeslag base.
 * Before 1-7-2024 there was no regulated middle segment: its bounds equal those of the social segment.
 * The amounts named after `assumption:` in a status were not found published; how each was derived stands in its source. */
const wks_law wks_law_table[] = {
    {2022, 40765, 45014, 763.47, 633.25, 678.66, 442.46, 24075, 32675, 23975, 32550, 763.47, 143, 143, 220.68,
     "in force; assumption: wws_social_points",
     "Stcrt. 2022, 30535 (old amounts); BTIV income limits 2022; aftoppingsgrenzen 2022 unchanged from 2021 (huurbevriezing)"},
    {2023, 44035, 48625, 808.06, 647.19, 693.60, 452.20, 25475, 34575, 25075, 33800, 808.06, 143, 143, 225.54,
     "in force; assumption: wws_social_points", "Regeling huurtoeslaggrenzen 2023 (Stcrt. 2022, 30535); BTIV income limits 2023"},
    {2024, 47699, 52671, 879.66, 650.43, 697.07, 454.47, 27725, 37625, 27225, 36650, 1157.95, 143, 186, 190.87,
     "in force; assumption: passend_multi_old_eur, huurtoeslag_base_eur",
     "Rijksoverheid, income limits 2024; Wet betaalbare huur from 1-7-2024 (applied to the whole year); middle limit = WWS table scaled; "
     "passend_multi_old between 2023 and 2025; base = 225.54 less the announced 34.67"},
    {2025, 49669, 54847, 900.07, 682.96, 731.93, 477.20, 28375, 38500, 27775, 37350, 1184.82, 143, 186, 200.42,
     "in force; assumption: rent_quality_eur, huurtoeslag_base_eur",
     "Rijksoverheid 18-11-2024, indexering per 2025; quality = 2024 scaled with the low cap; base = 2024 scaled "
     "with quality"},
    {2026, 51537, 56910, 932.93, 713.02, 764.14, 498.20, 29400, 39925, 28775, 38650, 1228.07, 143, 186, 209.24,
     "in force; assumption: rent_cap_low_eur (cents), rent_quality_eur, rent_cap_high_eur, huurtoeslag_base_eur",
     "Rijksoverheid 25-11-2025, indexering per 2026; Huurcommissie, maximale huurprijsgrenzen 1-1-2026; high cap and quality = 2025 scaled "
     "with "
     "the low cap; base = 2025 scaled with quality"},
};
const int32_t wks_law_table_size = (int32_t)(sizeof wks_law_table / sizeof wks_law_table[0]);

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
enum { PENSION_AGE = 67, YOUTH_AGE_2025 = 23, YOUTH_AGE_2026 = 21 };

static double power(double base, int32_t n)
{
    double result = 1.0;

    for (int32_t i = 0; i < n; i++)
        result *= base;
    return result;
}

/* All amounts of money times factor; points stay. */
static void scale(wks_law *law, double factor)
{
    double *const amount[] = {&law->income_single_eur,     &law->income_multi_eur,      &law->rent_limit_eur,
                              &law->rent_cap_low_eur,      &law->rent_cap_high_eur,     &law->rent_quality_eur,
                              &law->passend_single_eur,    &law->passend_multi_eur,     &law->passend_single_old_eur,
                              &law->passend_multi_old_eur, &law->middle_rent_limit_eur, &law->huurtoeslag_base_eur};

    for (size_t i = 0; i < sizeof amount / sizeof amount[0]; i++)
        *amount[i] *= factor;
}

wks_law wks_law_of_year(int32_t year, double yearly_index)
{
    const int32_t first = wks_law_table[0].year, last = wks_law_table[wks_law_table_size - 1].year;
    const int32_t nearest = year < first ? first : (year > last ? last : year);
    wks_law law = wks_law_table[nearest - first];

    if (nearest == year) return law;
    scale(&law, year > last ? power(1.0 + yearly_index, year - last) : 1.0 / power(1.0 + yearly_index, first - year));
    law.year = year;
    law.status = "indexed";
    return law;
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

    if (!(income_eur >= 0.0) || age_head < 18) {
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
