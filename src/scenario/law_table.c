/* Limits by year: amounts with their publications. docs/law.md prints them. */
#include "scenario/law.h"

/* The amounts named after `assumption:` in a status were not found published; how each was derived stands in its source.
 * Before 1-7-2024 there was no regulated middle segment: its bounds equal those of the social segment.
 * Until 2021 there was one income limit for all, and a band of lower middle incomes above it. */
#define INCOME(single, multi, middle) .income_single_eur = single, .income_multi_eur = multi, .income_middle_eur = middle
#define RENT(limit, low, high, quality) \
    .rent_limit_eur = limit, .rent_cap_low_eur = low, .rent_cap_high_eur = high, .rent_quality_eur = quality
#define PASSEND(single, multi, single_old, multi_old) \
    .passend_single_eur = single, .passend_multi_eur = multi, .passend_single_old_eur = single_old, .passend_multi_old_eur = multi_old
#define SEGMENT(rent, social, middle) .middle_rent_limit_eur = rent, .wws_social_points = social, .wws_middle_points = middle
/* Woningwet: 80-10-10 until 2021, then 92.5/7.5, by agreement 85/15 [S15]. */
#define NORM_80_10_10                 .daeb_share_min = 0.80, .daeb_middle_max = 0.10, .daeb_free_max = 0.10, .daeb_free_agreed_max = 0.10
#define NORM_92_5                     .daeb_share_min = 0.925, .daeb_middle_max = 0.0, .daeb_free_max = 0.075, .daeb_free_agreed_max = 0.15
/* Passend toewijzen: 95 % since 2016 [S17]. Ties: half of the vacancies; until 2023 half of that half for local ties [S19]. */
#define TIES(local)                   .passend_share_min = 0.95, .ties_share_max = 0.5, .ties_local_max = local

/* Rises of sitting tenants' rents: 2024 (social), 2025 and 2026 as Rijksoverheid and ANP published them, others from general knowledge. The AOW age:
 * Rijksoverheid for 2022 and later. */
#define RISE(social, middle, free) .rent_rise_social = social, .rent_rise_middle = middle, .rent_rise_free = free
#define AOW(years, months)         .aow_months = 12 * (years) + (months)
/* Lending norms (Tijdelijke regeling hypothecair krediet): payment over income at three incomes, counted part of the second income. General
 * knowledge, all assumptions: the norms have a table by income and interest for each year. Loan to value 1 since 2018. Transfer tax of
 * 2 % for who will live there; starters below 35 years exempt since 2021, up to a price since 1-4-2021. */
#define LOAN(low, middle, high, second, tax_free)                                                                                       \
    .loan_quote_low = low, .loan_quote_middle = middle, .loan_quote_high = high, .loan_second_share = second, .loan_to_value_max = 1.0, \
    .transfer_tax = 0.02, .transfer_free_eur = tax_free
#define LOAN_ASSUMED \
    "loan_quote_low, loan_quote_middle, loan_quote_high, loan_second_share, loan_to_value_max, transfer_tax, transfer_free_eur"

/* clang-format off: a table */
const wks_law wks_law_table[] = {
    {.year = 2018,
     INCOME(36798, 36798, 41056),
     RENT(710.68, 597.30, 640.14, 417.34),
     PASSEND(22400, 30400, 22375, 30400),
     SEGMENT(710.68, 143, 143),
     .huurtoeslag_base_eur = 208.15,
     RISE(0.039, 1, 1),
     AOW(66, 0),
     LOAN(0.205, 0.235, 0.270, 0.70, 0),
     NORM_80_10_10,
     TIES(0.25),
     .status =
         "in force; assumption: income_middle_eur, rent_quality_eur, passend_single_old_eur, passend_multi_old_eur, wws_social_points, "
         "huurtoeslag_base_eur, rent_rise_social, rent_rise_middle, rent_rise_free, aow_months, " LOAN_ASSUMED,
     .source =
         "Woonservice in Velsen, passend toewijzen: nieuwe bedragen 2018 (woneninvelsen.nl); the amounts under assumption are from general "
         "knowledge; base = 2023 scaled with quality"},
    {.year = 2019,
     INCOME(38035, 38035, 42436),
     RENT(720.42, 607.46, 651.03, 424.44),
     PASSEND(22700, 30825, 22675, 30800),
     SEGMENT(720.42, 143, 143),
     .huurtoeslag_base_eur = 211.68,
     RISE(0.041, 1, 1),
     AOW(66, 4),
     LOAN(0.205, 0.235, 0.270, 0.80, 0),
     NORM_80_10_10,
     TIES(0.25),
     .status = "in force; assumption: wws_social_points, rent_rise_social, rent_rise_middle, rent_rise_free, aow_months, " LOAN_ASSUMED,
     .source = "income limits: SallandWonen, inkomenstabel 2019; rents and passend: Rijksoverheid, grenzen 2020 (2019 beside them), in "
               "blikopnieuws.nl 12-2019; base: Sabewa Zeeland, normbedragen 1-1-2019"},
    {.year = 2020,
     INCOME(39055, 39055, 43574),
     RENT(737.14, 619.01, 663.40, 432.51),
     PASSEND(23225, 31550, 23175, 31475),
     SEGMENT(737.14, 143, 143),
     .huurtoeslag_base_eur = 215.72,
     RISE(0.051, 1, 1),
     AOW(66, 4),
     LOAN(0.200, 0.230, 0.265, 0.80, 0),
     NORM_80_10_10,
     TIES(0.25),
     .status = "in force; assumption: wws_social_points, huurtoeslag_base_eur, rent_rise_social, rent_rise_middle, rent_rise_free, "
               "aow_months, " LOAN_ASSUMED,
     .source =
         "income limits: Platform31, kennisdossier 80-10-10 toewijzing (prijspeil 2020); rents and passend: Rijksoverheid, grenzen 2020, "
         "in blikopnieuws.nl 12-2019 and huurdersbelanghsv.nl; base = 2023 scaled with quality"},
    {.year = 2021,
     INCOME(40024, 40024, 44655),
     RENT(752.33, 633.25, 678.66, 442.46),
     PASSEND(23725, 32200, 23650, 32075),
     SEGMENT(752.33, 143, 143),
     .huurtoeslag_base_eur = 220.68,
     RISE(0, 0.024, 0.024),
     AOW(66, 4),
     LOAN(0.195, 0.225, 0.260, 0.90, 400000),
     NORM_80_10_10,
     TIES(0.25),
     .status =
         "in force; assumption: passend_single_eur, passend_multi_eur, passend_single_old_eur, passend_multi_old_eur, wws_social_points, "
         "huurtoeslag_base_eur, rent_rise_social, rent_rise_middle, rent_rise_free, aow_months, " LOAN_ASSUMED,
     .source =
         "income limits: Aedes, de toewijzingsregels [S15] and SallandWonen, inkomenstabel 2021 (aftoppingsgrenzen too); rent limit and "
         "quality: Volkshuisvesting Nederland 18-11-2020; passend from general knowledge; base = 2022, whose quality is the same"},
    {.year = 2022,
     INCOME(40765, 45014, 0),
     RENT(763.47, 633.25, 678.66, 442.46),
     PASSEND(24075, 32675, 23975, 32550),
     SEGMENT(763.47, 143, 143),
     .huurtoeslag_base_eur = 220.68,
     RISE(0.023, 0.033, 0.033),
     AOW(66, 7),
     LOAN(0.195, 0.225, 0.260, 0.90, 400000),
     NORM_92_5,
     TIES(0.25),
     .status = "in force; assumption: wws_social_points, rent_rise_social, rent_rise_middle, rent_rise_free, " LOAN_ASSUMED,
     .source = "Stcrt. 2022, 30535 (old amounts); BTIV income limits 2022; aftoppingsgrenzen 2022 unchanged from 2021 (huurbevriezing)"},
    {.year = 2023,
     INCOME(44035, 48625, 0),
     RENT(808.06, 647.19, 693.60, 452.20),
     PASSEND(25475, 34575, 25075, 33800),
     SEGMENT(808.06, 143, 143),
     .huurtoeslag_base_eur = 225.54,
     RISE(0.031, 0.041, 0.041),
     AOW(66, 10),
     LOAN(0.200, 0.250, 0.285, 1.00, 440000),
     NORM_92_5,
     TIES(0.25),
     .status = "in force; assumption: wws_social_points, rent_rise_social, rent_rise_middle, rent_rise_free, " LOAN_ASSUMED,
     .source = "Regeling huurtoeslaggrenzen 2023 (Stcrt. 2022, 30535); BTIV income limits 2023"},
    {.year = 2024,
     INCOME(47699, 52671, 0),
     RENT(879.66, 650.43, 697.07, 454.47),
     PASSEND(27725, 37625, 27225, 36650),
     SEGMENT(1157.95, 143, 186),
     .huurtoeslag_base_eur = 190.87,
     RISE(0.058, 0.055, 0.055),
     AOW(67, 0),
     LOAN(0.205, 0.262, 0.295, 1.00, 510000),
     NORM_92_5,
     TIES(0.5),
     .status = "in force; assumption: passend_multi_old_eur, huurtoeslag_base_eur, rent_rise_middle, rent_rise_free, " LOAN_ASSUMED,
     .source = "Rijksoverheid, income limits 2024; Wet betaalbare huur from 1-7-2024 (applied to the whole year); middle limit = WWS table "
               "scaled; "
               "passend_multi_old between 2023 and 2025; base = 225.54 less the announced 34.67"},
    {.year = 2025,
     INCOME(49669, 54847, 0),
     RENT(900.07, 682.96, 731.93, 477.20),
     PASSEND(28375, 38500, 27775, 37350),
     SEGMENT(1184.82, 143, 186),
     .huurtoeslag_base_eur = 200.42,
     RISE(0.05, 0.077, 0.041),
     AOW(67, 0),
     LOAN(0.205, 0.265, 0.300, 1.00, 525000),
     NORM_92_5,
     TIES(0.5),
     .status = "in force; assumption: rent_quality_eur, huurtoeslag_base_eur, " LOAN_ASSUMED,
     .source = "Rijksoverheid 18-11-2024, indexering per 2025; quality = 2024 scaled with the low cap; base = 2024 scaled with quality; "
               "rises: Rijksoverheid 17-12-2024"},
    {.year = 2026,
     INCOME(51537, 56910, 0),
     RENT(932.93, 713.02, 764.14, 498.20),
     PASSEND(29400, 39925, 28775, 38650),
     SEGMENT(1228.07, 143, 186),
     .huurtoeslag_base_eur = 209.24,
     RISE(0.041, 0.061, 0.044),
     AOW(67, 0),
     LOAN(0.205, 0.268, 0.303, 1.00, 555000),
     NORM_92_5,
     TIES(0.5),
     .status = "in force; assumption: rent_cap_low_eur (cents), rent_quality_eur, rent_cap_high_eur, huurtoeslag_base_eur, " LOAN_ASSUMED,
     .source =
         "Rijksoverheid 25-11-2025, indexering per 2026; Huurcommissie, maximale huurprijsgrenzen 1-1-2026; high cap and quality = 2025 "
         "scaled with the low cap; base = 2025 scaled with quality; rises: ANP 15-12-2025"},
};
/* clang-format on */
const int32_t wks_law_table_size = (int32_t)(sizeof wks_law_table / sizeof wks_law_table[0]);
