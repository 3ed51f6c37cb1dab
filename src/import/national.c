#include "import/national.h"

/* Totals are of slightly different years: they are used as shares within their own group and as numbers per inhabitant or household only. */
#define KWB_2024 "CBS, Kerncijfers wijken en buurten 2024 (85984NED), Nederland"
#define REGIONAL "CBS, Regionale kerncijfers Nederland 2025"
#define SUM_2023 "CBS, Kerncijfers wijken en buurten 2023: the 342 gemeenten added, per cent and WOZ weighted with their dwellings"
#define KWB_2017 "CBS, Kerncijfers wijken en buurten 2017, Nederland"
#define LBM_2024 "BZK, Leefbaarometer 3.0, 2024: unweighted mean of 12 147 buurten"

const wks_national_figure wks_national_table[WKS_CITY_N_COLUMNS] = {
    {WKS_CITY_persons, 17942942, KWB_2024},
    {WKS_CITY_men, 8920768, KWB_2024},
    {WKS_CITY_women, 9022174, KWB_2024},
    {WKS_CITY_age_00_14, 2714040, KWB_2024},
    {WKS_CITY_age_15_24, 2202159, KWB_2024},
    {WKS_CITY_age_25_44, 4586399, KWB_2024},
    {WKS_CITY_age_45_64, 4763116, KWB_2024},
    {WKS_CITY_age_65_plus, 3677228, KWB_2024},
    {WKS_CITY_origin_nl, 12941748, KWB_2024},
    {WKS_CITY_origin_europe, 1677093, KWB_2024},
    {WKS_CITY_origin_outside_europe, 3324101, KWB_2024},
    {WKS_CITY_households, 8430352, REGIONAL},
    {WKS_CITY_households_one_person, 3380900, REGIONAL},
    {WKS_CITY_households_without_children, 2391806, REGIONAL},
    {WKS_CITY_households_with_children, 2657646, REGIONAL},
    {WKS_CITY_dwellings, 8125229, SUM_2023},
    {WKS_CITY_share_vacant, 0.043, SUM_2023},
    {WKS_CITY_share_single_family, 0.64, KWB_2017},
    {WKS_CITY_share_owner, 0.571, SUM_2023},
    {WKS_CITY_share_corporatie, 0.285, SUM_2023},
    {WKS_CITY_share_private_rent, 0.144, SUM_2023},
    {WKS_CITY_share_built_since_2000, 0.15, KWB_2017},
    {WKS_CITY_woz_eur, 368000, SUM_2023},
    {WKS_CITY_bijstand, 405560, KWB_2024},
    {WKS_CITY_ao, 785330, KWB_2024},
    {WKS_CITY_ww, 158400, KWB_2024},
    /* 14 348 700 recipients x 39 700 euro / 17 811 291 inhabitants (CBS kwb 2023, Nederland) = 31 980, times 1.024: so much above this product
     * was the published mean per inhabitant in 2017 (25 700 against 13 396 700 x 32 000 / 17 081 507), whose inhabitants are those in households. */
    {WKS_CITY_income_per_person_eur, 32750,
     "computed from CBS, Kerncijfers wijken en buurten 2023 (85618NED), Nederland: income recipients and their mean income"},
    {WKS_CITY_area_ha, 3367996, KWB_2017},
    {WKS_CITY_address_density, 1969, KWB_2017},
    {WKS_CITY_lbm_won, 0.031, LBM_2024},
    {WKS_CITY_lbm_fys, 0.005, LBM_2024},
    {WKS_CITY_lbm_vrz, -0.054, LBM_2024},
    {WKS_CITY_lbm_soc, 0.034, LBM_2024},
    {WKS_CITY_lbm_onv, 0.041, LBM_2024},
};
