#include "grid/planes.h"

#include "unit/grid/grid_case.h"

/* Sizes at and around words of 64 columns, blocks of 64 rows and the least grid; half of them a torus. */
static grid_case case_number(int i)
{
    static const int32_t sides[] = {3, 5, 31, 32, 63, 64, 65, 127, 128, 129, 200};
    grid_case c = plain_case();

    c.rows = sides[(3 * i + i / 11) % 11];
    c.columns = sides[i % 11];
    c.torus = i % 2 == 0;
    c.density = 0.1 + 0.08 * (i % 12);
    c.group_share = 0.2 + 0.1 * (i % 7);
    c.alike_share = 0.1 * (i % 11);
    c.alike_count = i % 3 == 0 ? i % 10 : -1;
    c.lonely_unhappy = i % 5 == 0;
    return c;
}

static int64_t look_and_recount(const grid_case *c, int i)
{
    const wks_scenario scenario = scenario_of(c, 1);
    wks_grid *grid = begin_grid(&scenario, (uint64_t)i + 1);
    wks_err err = WKS_ERR_INIT;

    assert_true(wks_grid_has_planes(grid));
    wks_grid_look(grid);
    assert_ok(wks_planes_check(&grid->planes, &grid->board, grid->least, &err), &err);
    for (int32_t k = 0; k < grid->board.n_agents; k++)
        assert_int_equal(wks_planes_is_unhappy(&grid->planes, &grid->board, grid->board.cell_of[k]), grid->form->is_unhappy(grid, k));
    const int64_t n_unhappy = grid->planes.tally.n_unhappy;
    wks_grid_destroy(grid);
    return n_unhappy;
}

/* The recount of wks_planes_check asks every cell of every box. */
static void look_equals_a_recount_of_every_box(void **state)
{
    int64_t n_unhappy = 0;

    (void)state;
    for (int i = 0; i < 66; i++) {
        const grid_case c = case_number(i);
        n_unhappy += look_and_recount(&c, i);
    }
    assert_true(n_unhappy > 1000);
}

/* Rows of several steps of eight words, the last one full or not. */
static void look_equals_a_recount_in_wide_rows(void **state)
{
    static const int32_t columns[] = {447, 448, 511, 512, 513, 576, 960, 1000, 1023, 1024, 1025};
    int64_t n_unhappy = 0;

    (void)state;
    for (int i = 0; i < 22; i++) {
        grid_case c = case_number(i);
        c.rows = 3 + i % 4;
        c.columns = columns[i % 11];
        c.torus = i < 11;
        n_unhappy += look_and_recount(&c, i);
    }
    assert_true(n_unhappy > 1000);
}

static void look_is_the_same_for_any_threads(void **state)
{
    (void)state;
    for (int i = 0; i < 22; i++) {
        grid_case c = case_number(i);
        c.rows = 300;
        const wks_scenario scenario = scenario_of(&c, 1);
        wks_grid *one = begin_grid(&scenario, 1), *three = begin_grid(&scenario, 1);
        const size_t n = ((size_t)one->planes.n_words + 2) * 300;
        three->threads = 3;
        wks_grid_look(one);
        wks_grid_look(three);
        assert_memory_equal(&one->planes.tally, &three->planes.tally, sizeof one->planes.tally);
        assert_memory_equal(one->planes.unhappy, three->planes.unhappy, n * sizeof *one->planes.unhappy);
        wks_grid_destroy(one);
        wks_grid_destroy(three);
    }
}

/* The check can fail. */
static void check_tells_what_differs(void **state)
{
    const grid_case c = plain_case();
    const wks_scenario scenario = scenario_of(&c, 1);
    wks_grid *grid = begin_grid(&scenario, 1);
    wks_err cell = WKS_ERR_INIT, tally = WKS_ERR_INIT;

    (void)state;
    wks_grid_look(grid);
    grid->planes.unhappy[1] ^= 1;
    assert_status(wks_planes_check(&grid->planes, &grid->board, grid->least, &cell), WKS_ERR_LAW, &cell);
    assert_contains(cell.message, "cell 0");
    grid->planes.unhappy[1] ^= 1;
    grid->planes.tally.alike[4]++;
    assert_status(wks_planes_check(&grid->planes, &grid->board, grid->least, &tally), WKS_ERR_LAW, &tally);
    wks_grid_destroy(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_equals_a_recount_of_every_box),
        cmocka_unit_test(look_equals_a_recount_in_wide_rows),
        cmocka_unit_test(look_is_the_same_for_any_threads),
        cmocka_unit_test(check_tells_what_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
