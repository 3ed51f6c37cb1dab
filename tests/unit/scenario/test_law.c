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
        assert_true(law->passend_single_eur < law->passend_multi_eur && law->income_single_eur < law->income_multi_eur);
        assert_true(law->passend_single_old_eur < law->passend_single_eur && law->passend_multi_old_eur < law->passend_multi_eur);
        assert_true(law->huurtoeslag_base_eur < law->rent_quality_eur);
        assert_true(strncmp(law->status, "in force", 8) == 0 && strlen(law->source) > 10);
        if (i == 0) continue;
        assert_true(law->income_single_eur > wks_law_table[i - 1].income_single_eur);
        assert_true(law->rent_limit_eur > wks_law_table[i - 1].rent_limit_eur);
    }
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
    const wks_law last = wks_law_of_year(2026, 0), later = wks_law_of_year(2028, 0.02), earlier = wks_law_of_year(2021, 0.02);

    (void)state;
    assert_close(later.rent_limit_eur, last.rent_limit_eur * 1.02 * 1.02, 1e-14, 0);
    assert_close(later.huurtoeslag_base_eur, last.huurtoeslag_base_eur * 1.0404, 1e-14, 0);
    assert_close(later.wws_middle_points, 186, 0, 0); /* points are no money */
    assert_int_equal(later.year, 2028);
    assert_string_equal(later.status, "indexed");
    assert_close(earlier.income_multi_eur, 45014 / 1.02, 1e-14, 0);
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
        cmocka_unit_test(year_in_table_is_as_published),
        cmocka_unit_test(year_beyond_table_is_indexed),
        cmocka_unit_test(wws_points_published_give_published_rent),
        cmocka_unit_test(huurtoeslag_minimum_income_2023_is_by_hand),
        cmocka_unit_test(huurtoeslag_out_of_reach_is_zero),
        cmocka_unit_test(huurtoeslag_falls_with_income_and_rises_with_rent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
