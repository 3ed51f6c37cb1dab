/* Rounded figures that do not add up, made to add up. */
#include "support/check.h"

#include "city/synth_reconcile.h"
#include "synth_city.h"

static void totals_within_rounding_move_two_at_most(void **state)
{
    const double value[4] = {1000.0, 505.0, 0.0, 2000.0};
    int64_t out[4];
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_ok(wks_synth_reconcile_totals(value, 4, 3510.0, out, &err), &err);
    assert_int_equal(out[0] + out[1] + out[2] + out[3], 3510);
    assert_int_equal(out[2], 0);
    for (int32_t i = 0; i < 4; i++)
        assert_true(fabs((double)out[i] - value[i]) <= 2.0);
}

static void totals_beyond_rounding_move_in_proportion(void **state)
{
    const double value[2] = {100.0, 10000.0};
    int64_t out[2];
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_ok(wks_synth_reconcile_totals(value, 2, 10304.0, out, &err), &err);
    assert_int_equal(out[0] + out[1], 10304);
    assert_in_range(out[0], 102, 106);
}

static void totals_without_target_are_rounded(void **state)
{
    const double value[3] = {5.4, 3.3, 1.2};
    int64_t out[3];
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_ok(wks_synth_reconcile_totals(value, 3, NAN, out, &err), &err);
    assert_int_equal(out[0] + out[1] + out[2], 10);
}

static void matrix_that_does_not_add_up_meets_both_totals_nearby(void **state)
{
    double value[3 * 2] = {50.0, 45.0, 200.0, 0.0, 30.0, 70.0};
    const double start[6] = {50.0, 45.0, 200.0, 0.0, 30.0, 70.0};
    const int64_t row[3] = {97, 199, 102}, column[2] = {281, 117};
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_ok(wks_synth_reconcile_matrix(value, 3, 2, row, column, &err), &err);
    for (int32_t i = 0; i < 3; i++)
        assert_close(value[2 * i] + value[2 * i + 1], (double)row[i], 1e-6, 1e-6);
    for (int32_t c = 0; c < 2; c++)
        assert_close(value[c] + value[2 + c] + value[4 + c], (double)column[c], 1e-6, 1e-6);
    for (int32_t i = 0; i < 6; i++)
        assert_true(fabs(value[i] - start[i]) <= 2.5);
    assert_close(value[3], 0.0, 0.0, 0.0);
}

static void matrix_row_without_groups_gets_the_shares_of_all(void **state)
{
    double value[2 * 2] = {80.0, 20.0, 0.0, 0.0};
    const int64_t row[2] = {100, 10}, column[2] = {88, 22};
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_ok(wks_synth_reconcile_matrix(value, 2, 2, row, column, &err), &err);
    assert_close(value[2], 8.0, 1e-6, 0.0);
    assert_close(value[3], 2.0, 1e-6, 0.0);
}

static void types_with_enough_adults_stay(void **state)
{
    int32_t type[3] = {10, 5, 4};

    (void)state;
    assert_int_equal(wks_synth_reconcile_adults_needed(type, 3), 10 + 10 + 4 + 1);
    wks_synth_reconcile_types(type, 25, 3, 100);
    assert_int_equal(type[0], 10);
    assert_int_equal(type[1], 5);
    assert_int_equal(type[2], 4);
}

static void types_with_too_few_adults_change_least(void **state)
{
    int32_t type[3] = {10, 5, 4}, few[3] = {3, 0, 0}, many[3] = {5, 9, 2};

    (void)state;
    wks_synth_reconcile_types(type, 23, 3, 100); /* one family without minors less, then one couple less; all become one person */
    assert_int_equal(type[0], 12);
    assert_int_equal(type[1], 4);
    assert_int_equal(type[2], 3);
    wks_synth_reconcile_types(few, 1, 0, 100);
    assert_int_equal(few[0], 1);
    wks_synth_reconcile_types(many, 1000, 10, 14);
    assert_int_equal(many[0], 5);
    assert_int_equal(many[1], 7);
    assert_int_equal(many[2], 2);
}

static int64_t sum_cell(const wks_synth_plan_cells *cells, int32_t n, int32_t cell)
{
    int64_t sum = 0;

    for (int32_t b = 0; b < n; b++)
        sum += cells[b].n[cell];
    return sum;
}

static void check_consistent(const wks_synth_plan_cells *c)
{
    for (int32_t margin = 0; margin < WKS_SYNTH_PLAN_N_MARGINS; margin++) {
        const wks_synth_plan_margin *m = &wks_synth_plan_margins[margin];
        int32_t sum = 0;
        for (int32_t i = 0; i < m->n; i++) {
            assert_true(c->n[m->first + i] >= 0);
            sum += c->n[m->first + i];
        }
        assert_int_equal(sum, margin < 4 ? c->n[WKS_SYNTH_PLAN_PERSONS] : (margin == 4 ? c->households : c->dwellings));
    }
}

static void city_with_a_published_gemeente_meets_it_and_stays_within_rounding(void **state)
{
    synth_city made;
    wks_synth_plan_cells cells[3];
    const wks_rng_seed seed = wks_rng_seed_make(1, 0);
    wks_err err = WKS_ERR_INIT;

    (void)state;
    synth_city_three(&made);
    double *g = made.gemeente[0].value;
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        g[c] = 0.0;
        for (int32_t b = 0; b < 3; b++)
            g[c] += made.buurt[b].value[c];
    }
    g[WKS_CITY_persons] += 3.0; /* exact totals differ from the sums of rounded buurten */
    g[WKS_CITY_age_25_44] += 4.0;
    g[WKS_CITY_age_00_14] -= 1.0;
    g[WKS_CITY_men] += 3.0;
    g[WKS_CITY_origin_nl] += 2.0;
    g[WKS_CITY_origin_europe] += 1.0;
    g[WKS_CITY_households] -= 2.0;
    g[WKS_CITY_households_one_person] -= 2.0;
    assert_ok(wks_synth_reconcile_city(&made.city, &seed, cells, &err), &err);
    for (int32_t b = 0; b < 3; b++) {
        check_consistent(&cells[b]);
        for (int32_t margin = 0; margin < 5; margin++) {
            for (int32_t i = 0; i < wks_synth_plan_margins[margin].n; i++) {
                const double published = wks_synth_plan_published(&made.buurt[b], margin, i);
                assert_true(fabs(cells[b].n[wks_synth_plan_margins[margin].first + i] - published) <= 3.0);
            }
        }
    }
    for (int32_t margin = 0; margin < 5; margin++) {
        for (int32_t i = 0; i < wks_synth_plan_margins[margin].n; i++)
            assert_close((double)sum_cell(cells, 3, wks_synth_plan_margins[margin].first + i),
                         wks_synth_plan_published(&made.gemeente[0], margin, i), 0.0, 0.0);
    }
}

static void city_with_impossible_buurt_makes_good_elsewhere(void **state)
{
    synth_city made;
    synth_city_row odd = synth_city_campus;
    const synth_city_row *const row[2] = {&synth_city_family, &odd};
    wks_synth_plan_cells cells[2];
    const wks_rng_seed seed = wks_rng_seed_make(1, 0);
    wks_err err = WKS_ERR_INIT;

    (void)state;
    odd.type[WKS_SYNTH_PLAN_ONE] = 1430; /* all 1430 adults alone, and couples and families besides */
    odd.type[WKS_SYNTH_PLAN_WITHOUT] = 5;
    odd.type[WKS_SYNTH_PLAN_WITH] = 5;
    synth_city_make(&made, row, 2);
    assert_ok(wks_synth_reconcile_city(&made.city, &seed, cells, &err), &err);
    for (int32_t b = 0; b < 2; b++) {
        check_consistent(&cells[b]);
        const int32_t *age = cells[b].n + WKS_SYNTH_PLAN_AGE;
        assert_true(wks_synth_reconcile_adults_needed(cells[b].n + WKS_SYNTH_PLAN_TYPE, age[0]) <= age[1] + age[2] + age[3] + age[4]);
    }
    assert_int_equal(sum_cell(cells, 2, WKS_SYNTH_PLAN_TYPE + WKS_SYNTH_PLAN_ONE), 250 + 1430);
    assert_int_equal(sum_cell(cells, 2, WKS_SYNTH_PLAN_TYPE + WKS_SYNTH_PLAN_WITHOUT), 335);
    assert_int_equal(sum_cell(cells, 2, WKS_SYNTH_PLAN_TYPE + WKS_SYNTH_PLAN_WITH), 425);
}

static void city_with_a_gemeente_of_another_size_ignores_it(void **state)
{
    synth_city made;
    wks_synth_plan_cells cells[3];
    const wks_rng_seed seed = wks_rng_seed_make(1, 0);
    wks_err err = WKS_ERR_INIT;

    (void)state;
    synth_city_three(&made);
    made.gemeente[0].value[WKS_CITY_persons] = 50000.0;
    made.gemeente[0].value[WKS_CITY_households] = 10.0;
    assert_ok(wks_synth_reconcile_city(&made.city, &seed, cells, &err), &err);
    assert_int_equal(sum_cell(cells, 3, WKS_SYNTH_PLAN_PERSONS), 2300 + 1450 + 2400);
    assert_int_equal(cells[0].households + cells[1].households + cells[2].households, 1000 + 1145 + 1210);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_within_rounding_move_two_at_most),
        cmocka_unit_test(totals_beyond_rounding_move_in_proportion),
        cmocka_unit_test(totals_without_target_are_rounded),
        cmocka_unit_test(matrix_that_does_not_add_up_meets_both_totals_nearby),
        cmocka_unit_test(matrix_row_without_groups_gets_the_shares_of_all),
        cmocka_unit_test(types_with_enough_adults_stay),
        cmocka_unit_test(types_with_too_few_adults_change_least),
        cmocka_unit_test(city_with_a_published_gemeente_meets_it_and_stays_within_rounding),
        cmocka_unit_test(city_with_impossible_buurt_makes_good_elsewhere),
        cmocka_unit_test(city_with_a_gemeente_of_another_size_ignores_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
