#include "rules/area_count.h"

#include "unit/rules/round_case.h"

static void area_count_of_the_stock_counts_social_households_by_area(void **state)
{
    wks_scenario scenario;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    case_scenario(&scenario, case_rules[0]);
    for (uint64_t number = 1; number < 30; number++) {
        for (int32_t scale = 0; scale <= WKS_AREA_COUNT_OWNER; scale++) {
            wks_area_count counts = {0};
            wks_world world;
            int32_t n_total = 0, n_group = 0;
            case_world(&world, number, 6, 8, 0);
            const int32_t group = wks_scenario_group(&scenario, "arm");
            assert_ok(wks_area_count_fit(&counts, &world, (wks_area_count_scale)scale, &err), &err);
            for (int32_t round = 0; round < 2; round++)
                wks_area_count_stock(&counts, &world, (wks_area_count_scale)scale, scenario.group[group].expr);
            for (int32_t area = 0; area < counts.n; area++) {
                int32_t total = 0, in_group = 0;
                for (int32_t h = 0; h < world.household.base.n_rows; h++) {
                    const int32_t unit = world.household.unit_row[h];
                    if (unit < 0 || wks_area_count_of_unit(&world, (wks_area_count_scale)scale, unit) != area) continue;
                    total++;
                    in_group += (double)world.household.income_eur[h] < 22000.0;
                }
                assert_int_equal(counts.total[area], total);
                assert_int_equal(counts.group[area], in_group);
                n_total += total;
                n_group += in_group;
            }
            assert_int_equal(n_total, 5); /* the occupied homes of the case */
            assert_true(n_group >= 0 && n_group <= n_total);
            wks_area_count_free(&counts);
            wks_world_free(&world);
        }
    }
    wks_scenario_free(&scenario);
}

static void area_count_without_tenure_social_does_not_count(void **state)
{
    wks_scenario scenario;
    wks_area_count counts = {0};
    wks_world world;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    case_scenario(&scenario, case_rules[0]);
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    assert_ok(wks_area_count_fit(&counts, &world, WKS_AREA_COUNT_BUURT, &err), &err);
    wks_area_count_stock(&counts, &world, WKS_AREA_COUNT_BUURT, scenario.group[0].expr);
    assert_int_equal(counts.total[0], 3);
    assert_int_equal(counts.total[1], 0); /* owners, private tenants and rooms */
    assert_int_equal(counts.total[2], 1);
    wks_area_count_free(&counts);
    wks_world_free(&world);
    wks_scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(area_count_of_the_stock_counts_social_households_by_area),
        cmocka_unit_test(area_count_without_tenure_social_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
