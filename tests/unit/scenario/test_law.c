#include "support/check.h"

#include "scenario/law.h"

static void table_years_are_complete_and_ordered(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_law_table_size; i++) {
        const wks_law *law = &wks_law_table[i];
        assert_int_equal(law->year, wks_law_table[0].year + i);
        assert_true(law->rent_quality_eur < law->rent_cap_low_eur && law->rent_cap_low_eur < law->rent_cap_high_eur);
        assert_true(law->rent_cap_high_eur < law->rent_limit_eur && law->rent_limit_eur <= law->middle_rent_limit_eur);
        assert_true(law->passend_single_eur < law->passend_multi_eur);
        assert_true(law->year < 2022 ? law->income_single_eur == law->income_multi_eur : law->income_single_eur < law->income_multi_eur);
        assert_true(law->passend_single_old_eur < law->passend_single_eur && law->passend_multi_old_eur <= law->passend_multi_eur);
        assert_true(law->huurtoeslag_base_eur < law->rent_quality_eur);
        assert_true(strncmp(law->status, "in force", 8) == 0 && strlen(law->source) > 10);
        if (i == 0) continue;
        const wks_law *before = &wks_law_table[i - 1];
        assert_true(law->income_single_eur > before->income_single_eur && law->income_multi_eur > before->income_multi_eur);
        assert_true(law->rent_limit_eur > before->rent_limit_eur && law->middle_rent_limit_eur > before->middle_rent_limit_eur);
        assert_true(law->rent_cap_low_eur >= before->rent_cap_low_eur && law->rent_cap_high_eur >= before->rent_cap_high_eur);
        assert_true(law->rent_quality_eur >= before->rent_quality_eur && law->passend_single_eur > before->passend_single_eur);
        assert_true(law->passend_multi_eur > before->passend_multi_eur && law->passend_single_old_eur > before->passend_single_old_eur);
        assert_true(law->passend_multi_old_eur > before->passend_multi_old_eur);
    }
    assert_int_equal(wks_law_table[0].year, 2018);
    assert_int_equal(wks_law_table[wks_law_table_size - 1].year, 2026);
}

/* Two bands above the limit until 2021 (80-10-10), one since (92.5/7.5): the shares of a year are a whole in both. */
static void norms_of_daeb_add_up_in_every_year(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_law_table_size; i++) {
        const wks_law *law = &wks_law_table[i];
        assert_close(law->daeb_share_min + law->daeb_middle_max + law->daeb_free_max, 1, 0, 1e-12);
        assert_close(law->daeb_share_min, law->year < 2022 ? 0.80 : 0.925, 0, 0);
        assert_true((law->income_middle_eur > law->income_multi_eur) == (law->daeb_middle_max > 0));
        assert_true(law->daeb_free_agreed_max >= law->daeb_free_max && law->ties_local_max <= law->ties_share_max);
        assert_close(law->passend_share_min, 0.95, 0, 0);
        assert_close(law->ties_local_max, law->year < 2024 ? 0.25 : 0.5, 0, 0);
    }
}

/* What a status calls an assumption is a field of the table, and only that. */
static void fields_assumed_are_fields(void **state)
{
    (void)state;
#define COUNT_ASSUMED(name, unit, help) n += wks_law_is_assumed(&wks_law_table[i], #name);
    for (int32_t i = 0; i < wks_law_table_size; i++) {
        const char *list = strstr(wks_law_table[i].status, "assumption: ");
        int32_t n = 0, n_named = list != NULL;
        WKS_LAW_LIMITS(COUNT_ASSUMED)
        for (const char *at = list; at != NULL && *at != '\0'; at++)
            n_named += *at == ',';
        assert_int_equal(n, n_named);
    }
    assert_true(wks_law_is_assumed(&wks_law_table[0], "passend_single_old_eur"));
    assert_false(wks_law_is_assumed(&wks_law_table[0], "passend_single_eur")); /* the end of another's name is not it */
    assert_false(wks_law_is_assumed(&wks_law_table[0], "income_single_eur"));
}

static void years_before_2022_are_as_published(void **state)
{
    const wks_law law_2018 = wks_law_of_year(2018, 0.5), law_2020 = wks_law_of_year(2020, 0.5), law_2021 = wks_law_of_year(2021, 0.5);

    (void)state;
    assert_close(law_2018.income_multi_eur, 36798, 0, 0);
    assert_close(law_2018.rent_cap_high_eur, 640.14, 0, 0);
    assert_close(law_2020.income_middle_eur, 43574, 0, 0);
    assert_close(law_2020.rent_quality_eur, 432.51, 0, 0);
    assert_close(law_2020.passend_multi_old_eur, 31475, 0, 0);
    assert_close(law_2021.income_single_eur, 40024, 0, 0); /* one limit until 2021, 44655 the second */
    assert_close(law_2021.income_multi_eur, 40024, 0, 0);
    assert_close(law_2021.income_middle_eur, 44655, 0, 0);
}

static void year_in_table_is_as_published(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.5);

    (void)state;
    assert_close(law.income_single_eur, 49669, 0, 0);
    assert_close(law.rent_limit_eur, 900.07, 0, 0);
    assert_close(law.rent_cap_low_eur, 682.96, 0, 0);
    assert_close(law.passend_multi_old_eur, 37350, 0, 0);
}

static void year_beyond_table_is_indexed(void **state)
{
    const wks_law last = wks_law_of_year(2026, 0), later = wks_law_of_year(2028, 0.02), earlier = wks_law_of_year(2017, 0.02);

    (void)state;
    assert_close(later.rent_limit_eur, last.rent_limit_eur * 1.02 * 1.02, 1e-14, 0);
    assert_close(later.huurtoeslag_base_eur, last.huurtoeslag_base_eur * 1.0404, 1e-14, 0);
    assert_close(later.wws_middle_points, 186, 0, 0); /* points are no money */
    assert_int_equal(later.year, 2028);
    assert_string_equal(later.status, "indexed");
    assert_close(later.daeb_share_min, 0.925, 0, 0); /* nor are shares */
    assert_close(earlier.income_multi_eur, 36798 / 1.02, 1e-14, 0);
    assert_close(earlier.income_middle_eur, 41056 / 1.02, 1e-14, 0);
}

/* Huurcommissie, 1-1-2026: 40 -> 250.26, 100 lies between, 143 -> 932.93, 186 -> 1228.07; published 2025: 186 points = 1184.82. */
static void wws_points_published_give_published_rent(void **state)
{
    const wks_law law_2026 = wks_law_of_year(2026, 0), law_2025 = wks_law_of_year(2025, 0);

    (void)state;
    assert_close(wks_law_wws_rent(&law_2026, 40), 250.26, 0, 1e-9);
    assert_close(wks_law_wws_rent(&law_2026, 143), 932.93, 0, 1e-9);
    assert_close(wks_law_wws_rent(&law_2026, 186), 1228.07, 0, 1e-9);
    assert_close(wks_law_wws_rent(&law_2026, 70), 437.81, 0, 0.4); /* between table points */
    assert_close(wks_law_wws_rent(&law_2026, 120), 774.94, 0, 0.4);
    assert_close(wks_law_wws_rent(&law_2026, 137), 891.67, 0, 0.4);
    assert_close(wks_law_wws_rent(&law_2026, 212), 1406.56, 0, 0.4);
    assert_close(wks_law_wws_rent(&law_2025, 186), law_2025.middle_rent_limit_eur, 0, 0.02);
    assert_close(wks_law_wws_rent(&law_2025, 143), law_2025.rent_limit_eur, 0, 1e-9);
    assert_close(wks_law_wws_rent(&law_2025, 0), 0, 0, 0);
    assert_true(wks_law_wws_rent(&law_2025, 300) > wks_law_wws_rent(&law_2025, 218));
}

/* 2023, one person of 40 with the minimum income: basishuur 225.54; at 452.20 the whole difference, at 647.19 65 % of the rest more. */
static void huurtoeslag_minimum_income_2023_is_by_hand(void **state)
{
    const wks_law law = wks_law_of_year(2023, 0);

    (void)state;
    assert_close(wks_law_huurtoeslag(&law, 19375, 452.20, 1, 40), 452.20 - 225.54, 0, 0.01);
    assert_close(wks_law_huurtoeslag(&law, 10000, 452.20, 1, 40), 452.20 - 225.54, 0, 0.01);
    assert_close(wks_law_huurtoeslag(&law, 19375, 647.19, 1, 40), 226.66 + 0.65 * 194.99, 0, 0.01);
    assert_close(wks_law_huurtoeslag(&law, 19375, 700.00, 1, 40), 226.66 + 0.65 * 194.99 + 0.4 * 52.81, 0, 0.01);
    assert_close(wks_law_huurtoeslag(&law, 25225, 700.00, 2, 40), 226.66 + 0.65 * 194.99, 0, 0.01); /* two persons: nothing above the cap */
    assert_close(wks_law_huurtoeslag(&law, 25225, 693.60, 3, 40), 226.66 + 0.65 * (693.60 - 452.20), 0, 0.01);
    assert_close(wks_law_huurtoeslag(&law, 20500, 452.20, 1, 70), 452.20 - 223.72, 0, 0.01); /* pension age: 223.72 as published */
}

/* 2025, one person of 40 with the social minimum: own part = base of the year, whole difference to the kwaliteitskortingsgrens, 65 % to the low cap; a
 * family of three 65 % to the high cap and nothing above; 2026: rent above the limit counts to the limit, all from 21 years. */
static void huurtoeslag_by_year_type_and_age_is_by_hand(void **state)
{
    const wks_law a = wks_law_of_year(2025, 0), b = wks_law_of_year(2026, 0);
    const double one = wks_law_social_minimum(&a, 1), more = wks_law_social_minimum(&a, 3);

    (void)state;
    assert_close(one, 19375 * 28375.0 / 25475, 1e-12, 0);
    assert_close(more, 25225 * 28375.0 / 25475, 1e-12, 0);
    assert_close(wks_law_huurtoeslag(&a, one, 682.96, 1, 40), (477.20 - 200.42) + 0.65 * (682.96 - 477.20), 0, 0.01);
    assert_close(wks_law_huurtoeslag(&a, one, 900.07, 1, 40), (477.20 - 200.42) + 0.65 * (682.96 - 477.20) + 0.4 * (900.07 - 682.96), 0,
                 0.01);
    assert_close(wks_law_huurtoeslag(&a, more, 731.93, 3, 40), (477.20 - 200.42) + 0.65 * (731.93 - 477.20), 0, 0.01);
    assert_close(wks_law_huurtoeslag(&a, more, 900.07, 3, 40), (477.20 - 200.42) + 0.65 * (731.93 - 477.20), 0, 0.01);
    assert_close(wks_law_huurtoeslag(&a, one, 600, 1, 22), 0, 0, 0);
    const double minimum = wks_law_social_minimum(&b, 1);
    const double most = (498.20 - 209.24) + 0.65 * (713.02 - 498.20) + 0.4 * (932.93 - 713.02);
    assert_close(wks_law_huurtoeslag(&b, minimum, 1200, 1, 22), most, 0, 0.01);
    assert_close(wks_law_huurtoeslag(&b, minimum, 1200, 1, 20), 498.20 - 209.24, 0, 0.01);
}

static void rises_and_aow_have_dates(void **state)
{
    const wks_law frozen = wks_law_of_year(2021, 0), now = wks_law_of_year(2025, 0), later = wks_law_of_year(2027, 0.02),
                  last = wks_law_of_year(2030, 0.02);

    (void)state;
    assert_close(frozen.rent_rise_social, 0, 0, 0);
    assert_close(now.rent_rise_social, 0.05, 0, 0);
    assert_close(now.rent_rise_middle, 0.077, 0, 0);
    assert_close(now.rent_rise_free, 0.041, 0, 0);
    assert_close(later.rent_rise_social, 0.02, 0, 1e-12);
    assert_close(later.rent_rise_free, 0.03, 0, 1e-12);
    assert_close(later.aow_months, 804, 0, 0);
    assert_close(last.aow_months, 807, 0, 0);
}

static void huurtoeslag_out_of_reach_is_zero(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0), law_2026 = wks_law_of_year(2026, 0);

    (void)state;
    assert_close(wks_law_huurtoeslag(&law, 60000, 700, 1, 40), 0, 0, 0);
    assert_close(wks_law_huurtoeslag(&law, 20000, 150, 1, 40), 0, 0, 0);
    assert_close(wks_law_huurtoeslag(&law, 20000, 901, 1, 40), 0, 0, 0);
    assert_true(wks_law_huurtoeslag(&law_2026, 20000, 1000, 1, 40) > 0); /* no maximum rent since 2026, cut off at the limit */
    assert_close(wks_law_huurtoeslag(&law_2026, 20000, 1000, 1, 40), wks_law_huurtoeslag(&law_2026, 20000, 932.93, 1, 40), 1e-12, 0);
    assert_close(wks_law_huurtoeslag(&law, 20000, 600, 1, 22), 0, 0, 0); /* young: to the kwaliteitskortingsgrens */
    assert_true(wks_law_huurtoeslag(&law_2026, 20000, 600, 1, 22) > 0);  /* full from 21 since 2026 */
    assert_close(wks_law_huurtoeslag(&law, NAN, 600, 1, 40), 0, 0, 0);
    assert_close(wks_law_huurtoeslag(&law, 20000, NAN, 1, 40), 0, 0, 0);
}

/* Until 2019 one euro above the income limit of the huurtoeslag ended it; since 2020 it only falls. */
static void huurtoeslag_to_2019_ends_at_the_income_limit(void **state)
{
    const wks_law law_2019 = wks_law_of_year(2019, 0), law_2020 = wks_law_of_year(2020, 0);

    (void)state;
    assert_true(wks_law_huurtoeslag(&law_2019, 22700, 600, 1, 40) > 50);
    assert_close(wks_law_huurtoeslag(&law_2019, 22701, 600, 1, 40), 0, 0, 0);
    assert_close(wks_law_huurtoeslag(&law_2019, 22676, 600, 1, 70), 0, 0, 0);
    assert_true(wks_law_huurtoeslag(&law_2019, 30825, 600, 2, 40) > 0);
    assert_close(wks_law_huurtoeslag(&law_2019, 30826, 600, 2, 40), 0, 0, 0);
    assert_true(wks_law_huurtoeslag(&law_2020, 23226, 600, 1, 40) > 50);
}

static void huurtoeslag_falls_with_income_and_rises_with_rent(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0);
    double last = 1e9;

    (void)state;
    for (double income = 0; income < 60000; income += 500) {
        const double now = wks_law_huurtoeslag(&law, income, 650, 2, 40);
        assert_true(now >= 0 && now <= last);
        assert_true(wks_law_huurtoeslag(&law, income, 660, 2, 40) >= now);
        last = now;
    }
    assert_true(wks_law_huurtoeslag(&law, 20000, 650, 2, 40) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_years_are_complete_and_ordered),
        cmocka_unit_test(norms_of_daeb_add_up_in_every_year),
        cmocka_unit_test(fields_assumed_are_fields),
        cmocka_unit_test(years_before_2022_are_as_published),
        cmocka_unit_test(huurtoeslag_to_2019_ends_at_the_income_limit),
        cmocka_unit_test(year_in_table_is_as_published),
        cmocka_unit_test(year_beyond_table_is_indexed),
        cmocka_unit_test(wws_points_published_give_published_rent),
        cmocka_unit_test(huurtoeslag_minimum_income_2023_is_by_hand),
        cmocka_unit_test(huurtoeslag_by_year_type_and_age_is_by_hand),
        cmocka_unit_test(rises_and_aow_have_dates),
        cmocka_unit_test(huurtoeslag_out_of_reach_is_zero),
        cmocka_unit_test(huurtoeslag_falls_with_income_and_rises_with_rent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
