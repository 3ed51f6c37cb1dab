#include "grid/agenda.h"

#include "unit/grid/grid_case.h"

/* Everybody has the same time in both, and only who is unhappy when it comes does anything: so the same moves, to the last cell. */
static void event_makes_the_moves_of_random(void **state)
{
    int64_t n_moves = 0;

    (void)state;
    for (int i = 0; i < 60; i++) {
        grid_case c = plain_case();
        c.rows = 6 + i % 11;
        c.columns = 5 + i % 13;
        c.torus = i % 2 == 0;
        c.density = 0.5 + 0.005 * i;
        c.alike_share = 0.2 + 0.01 * i;
        c.alike_count = i % 5 == 0 ? 3 : -1;
        c.radius = 1 + i % 2;
        c.lonely_unhappy = i % 3 == 0;
        c.destination = i % 4 == 3 ? WKS_KEYS_DESTINATION_NEAREST : WKS_KEYS_DESTINATION_ANY;
        const wks_scenario random = scenario_of(&c, 12);
        c.order = WKS_KEYS_ORDER_EVENT;
        const wks_scenario event = scenario_of(&c, 12);
        wks_grid *a = begin_grid(&random, (uint64_t)i + 1), *b = begin_grid(&event, (uint64_t)i + 1);
        for (int32_t t = 1; t <= 12; t++) {
            go_to(a, t);
            go_to(b, t);
            assert_int_equal(a->n_moves, b->n_moves);
            assert_true(wks_grid_hash(a) == wks_grid_hash(b));
        }
        n_moves += a->n_moves;
        wks_grid_destroy(a);
        wks_grid_destroy(b);
    }
    assert_true(n_moves > 5000);
}

/* On a larger grid, where many become unhappy and happy again in one tick. */
static void event_makes_the_moves_of_random_among_thousands(void **state)
{
    grid_case c = plain_case();

    (void)state;
    c.rows = c.columns = 90;
    c.alike_share = 0.6;
    const wks_scenario random = scenario_of(&c, 25);
    c.order = WKS_KEYS_ORDER_EVENT;
    const wks_scenario event = scenario_of(&c, 25);
    wks_grid *a = run_grid(&random, 1), *b = run_grid(&event, 1);
    assert_true(a->n_moves > 10000);
    assert_int_equal(a->n_moves, b->n_moves);
    assert_true(wks_grid_hash(a) == wks_grid_hash(b));
    wks_grid_destroy(a);
    wks_grid_destroy(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(event_makes_the_moves_of_random),
        cmocka_unit_test(event_makes_the_moves_of_random_among_thousands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
