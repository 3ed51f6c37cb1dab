#include "grid/census.h"

#include "grid/bounded.h"
#include "unit/grid/grid_case.h"

/* a has a and b; the other a has a; b has a; the last b is alone. */
static void census_of_a_drawing_is_as_counted(void **state)
{
    grid_case c = {3, 5, false, 4.0 / 15, 0.5, 1, 0.6, -1, WKS_KEYS_ORDER_RANDOM, WKS_KEYS_DESTINATION_ANY, false};
    const wks_scenario scenario = scenario_of(&c, 1);
    wks_grid *grid = grid_of(&scenario, "aab../...../....b/");
    wks_census census = census_of(grid);

    (void)state;
    assert_close(census.alike_pooled, 2.0 / 4, 0, 0);
    assert_close(census.alike_mean, (1 + 0.5 + 0) / 3, 1e-15, 0);
    assert_close(census.unhappy_share, 2.0 / 4, 0, 0); /* the a in the middle and the b beside it */
    grid->least[0] = 1;
    grid->is_looked = grid->is_measured = false; /* a rule does not change while it runs */
    census = census_of(grid);
    assert_close(census.unhappy_share, 3.0 / 4, 0, 0);
    wks_grid_destroy(grid);
}

static void census_of_nobody_is_not_defined(void **state)
{
    grid_case c = plain_case();

    (void)state;
    c.density = 0;
    const wks_scenario scenario = scenario_of(&c, 3);
    wks_grid *grid = run_grid(&scenario, 1);
    const wks_census census = census_of(grid);
    assert_true(isnan(census.unhappy_share) && isnan(census.alike_pooled) && isnan(census.alike_mean));
    assert_true(grid->is_settled);
    wks_grid_destroy(grid);
}

/* Two a's and one b inside: of six pairs two are alike. */
static void census_of_a_neighbourhood_counts_all_inside(void **state)
{
    grid_case c = {2, 4, false, 5.0 / 8, 0.6, 1, 0, -1, WKS_KEYS_ORDER_RANDOM, WKS_KEYS_DESTINATION_ANY, false};
    wks_scenario scenario = scenario_of(&c, 1);

    (void)state;
    with_tolerance(&scenario, 3, 3, 1);
    wks_grid *grid = grid_of(&scenario, "a.ab/ab../");
    const wks_census census = census_of(grid);
    assert_close(census.alike_pooled, 2.0 / 6, 1e-15, 0);
    assert_close(census.alike_mean, 2.0 / 6, 1e-15, 0);
    assert_int_equal(wks_bounded_inside(grid, false), 2);
    assert_int_equal(wks_bounded_inside(grid, true), 1);
    wks_grid_destroy(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(census_of_a_drawing_is_as_counted),
        cmocka_unit_test(census_of_nobody_is_not_defined),
        cmocka_unit_test(census_of_a_neighbourhood_counts_all_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
