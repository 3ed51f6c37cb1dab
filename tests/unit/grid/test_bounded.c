#include "grid/bounded.h"

#include "unit/grid/grid_case.h"

static wks_scenario bounded(double density, double group_share, double a, double b, int order)
{
    grid_case c = {20, 20, false, density, group_share, 1, 0, -1, order, WKS_KEYS_DESTINATION_ANY, false};
    wks_scenario scenario = scenario_of(&c, 100);

    with_tolerance(&scenario, a, b, 10);
    return scenario;
}

/* Two groups of 100, others / own = 5 (1 - own / 100) for both where own = others = 80. */
static void equal_groups_with_tolerance_5_stay_mixed_80_80(void **state)
{
    (void)state;
    for (uint64_t r = 1; r <= 20; r++) {
        const wks_scenario scenario = bounded(0.5, 0.5, 5, 5, WKS_KEYS_ORDER_RANDOM);
        wks_grid *grid = run_grid(&scenario, r);
        assert_true(grid->is_settled);
        assert_int_equal(wks_bounded_inside(grid, false), 80);
        assert_int_equal(wks_bounded_inside(grid, true), 80);
        wks_grid_destroy(grid);
    }
}

/* Schelling's first example: 100 and 50 with tolerance 2: the curves do not meet in a stable mixture, so one group is inside and all of it. */
static void hundred_and_fifty_with_tolerance_2_part(void **state)
{
    int32_t n_a = 0;

    (void)state;
    for (uint64_t r = 1; r <= 20; r++) {
        const wks_scenario scenario = bounded(150.0 / 400, 2.0 / 3, 2, 2, WKS_KEYS_ORDER_RANDOM);
        wks_grid *grid = run_grid(&scenario, r);
        const int32_t a = wks_bounded_inside(grid, false), b = wks_bounded_inside(grid, true);
        assert_true(grid->is_settled);
        assert_true((a == 100 && b == 0) || (a == 0 && b == 50));
        n_a += a == 100;
        wks_grid_destroy(grid);
    }
    assert_true(n_a > 0);
}

/* Tolerance without end: all but the last of each group, who stands nobody, are inside. None: of two groups one at most stays. */
static void mechanism_at_its_extremes(void **state)
{
    const wks_scenario all = bounded(0.5, 0.5, 1000, 1000, WKS_KEYS_ORDER_RANDOM), none = bounded(0.5, 0.5, 0, 0, WKS_KEYS_ORDER_RANDOM);
    wks_grid *most = run_grid(&all, 1), *least = run_grid(&none, 1);

    (void)state;
    assert_int_equal(wks_bounded_inside(most, false), 99);
    assert_int_equal(wks_bounded_inside(most, true), 99);
    assert_true(wks_bounded_inside(least, false) == 0 || wks_bounded_inside(least, true) == 0);
    wks_grid_destroy(most);
    wks_grid_destroy(least);
}

/* Full inside: who wants to come waits; the laws hold in either order. */
static void neighbourhood_has_no_more_than_its_cells(void **state)
{
    (void)state;
    for (int order = WKS_KEYS_ORDER_RANDOM; order <= WKS_KEYS_ORDER_PASS; order++) {
        wks_scenario scenario = bounded(0.5, 0.5, 1000, 1000, order);
        scenario.model.tolerance.value[WKS_KEYS_TOLERANCE_ROWS] = 5; /* 100 places for 200 */
        wks_grid *grid = run_grid(&scenario, 1);
        assert_int_equal(wks_bounded_inside(grid, false) + wks_bounded_inside(grid, true), 100);
        assert_false(grid->is_settled);
        wks_grid_destroy(grid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_groups_with_tolerance_5_stay_mixed_80_80),
        cmocka_unit_test(hundred_and_fifty_with_tolerance_2_part),
        cmocka_unit_test(mechanism_at_its_extremes),
        cmocka_unit_test(neighbourhood_has_no_more_than_its_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
