#include "grid/order.h"

#include "unit/grid/grid_case.h"

static wks_order sorting; /* what qsort compares by */

static int compare_turns(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

    return a == b ? 0 : wks_order_before(&sorting, a, b) ? -1 : 1;
}

static wks_board board_with(int32_t n_agents, int32_t n_cells)
{
    wks_err err = WKS_ERR_INIT;
    int32_t *cell = wks_mem_array((size_t)n_cells, sizeof *cell);
    wks_board board;

    assert_ok(wks_board_init(&board, 1, n_cells, false, 1, n_agents, n_agents / 2, &err), &err);
    for (int32_t i = 0; i < n_cells; i++)
        cell[i] = n_cells - 1 - i;
    wks_board_settle(&board, cell);
    free(cell);
    return board;
}

static void turns_go_by_time_for_any_number(void **state)
{
    static const int32_t numbers[] = {0, 1, 2, 23, 24, 25, 100, 1000, 4096, 12000, 150000};
    const wks_rng_seed seed = wks_rng_seed_make(5, 1);

    (void)state;
    for (size_t t = 0; t < sizeof numbers / sizeof *numbers; t++) {
        const int32_t n = numbers[t];
        wks_board board = board_with(n, n + 3);
        int32_t *expected = wks_mem_array((size_t)n, sizeof *expected);
        wks_err err = WKS_ERR_INIT;
        assert_ok(wks_order_init(&sorting, &seed, n, true, &err), &err);
        wks_order_all(&sorting, &board, 9);
        for (int32_t i = 0; i < n; i++)
            expected[i] = i;
        qsort(expected, (size_t)n, sizeof *expected, compare_turns);
        assert_int_equal(sorting.n, n);
        for (int32_t i = 0; i < n; i++) {
            assert_int_equal(wks_order_agent(&board, sorting.turn[i]), expected[i]);
            assert_int_equal(wks_order_cell(sorting.turn[i]), board.cell_of[expected[i]]);
        }
        wks_order_free(&sorting);
        wks_board_free(&board);
        free(expected);
    }
}

/* Dealt into buckets without sorting: each bucket holds whose time begins with its number, and its parts likewise; also in ticks in which a bucket is full. */
static void dealt_turns_are_in_their_buckets(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(5, 1);
    wks_board board = board_with(60000, 60003);
    wks_err err = WKS_ERR_INIT;
    int32_t n_counted = 0;
    wks_order order;

    (void)state;
    assert_ok(wks_order_init(&order, &seed, 60000, true, &err), &err);
    for (uint32_t t = 1; t <= 60; t++) {
        int32_t n = 0;
        wks_order_deal(&order, &board, t);
        for (int32_t b = 0; b < 1 << order.bits; b++) {
            int32_t n_parts;
            const uint64_t *turn = wks_order_split(&order, b, &n_parts);
            for (int32_t i = 0; i < order.part[n_parts]; i++, n++) {
                assert_int_equal(turn[i] >> (64 - order.bits), b);
                assert_int_equal(turn[i] >> 32, wks_order_time(&order, wks_order_agent(&board, turn[i])));
            }
        }
        assert_int_equal(n, 60000);
        n_counted += order.begin[1] == order.end[0]; /* no room between them */
    }
    assert_in_range(n_counted, 1, 30);
    wks_order_free(&order);
    wks_board_free(&board);
}

/* Those of some are those of all without the others, also when few enough to look up one by one. */
static void some_have_their_turns_as_among_all(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(5, 1);
    wks_board board = board_with(3000, 3000);
    wks_err err = WKS_ERR_INIT;
    wks_order all, some;
    int32_t agent[3000];

    (void)state;
    assert_ok(wks_order_init(&all, &seed, 3000, true, &err), &err);
    assert_ok(wks_order_init(&some, &seed, 3000, true, &err), &err);
    for (int32_t every = 2; every < 3000; every = every * 3 + 1) {
        int32_t n = 0, k = 0;
        wks_order_all(&all, &board, (uint32_t)every);
        for (int32_t i = 0; i < 3000; i += every)
            agent[n++] = i;
        wks_order_some(&some, &board, (uint32_t)every, agent, n);
        for (int32_t i = 0; i < 3000; i++) {
            const int32_t who = wks_order_agent(&board, all.turn[i]);
            if (who % every == 0) assert_int_equal(wks_order_agent(&board, some.turn[k++]), who);
        }
        assert_int_equal(k, n);
    }
    wks_order_free(&all);
    wks_order_free(&some);
    wks_board_free(&board);
}

/* Each of the 24 orders of four agents: 24,000 ticks, a mean of 1000 each, chi-squared with 23 degrees of freedom below its 0.999 quantile. */
static void every_order_is_as_likely(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(5, 2);
    wks_board board = board_with(4, 4);
    wks_err err = WKS_ERR_INIT;
    int32_t count[256] = {0}, n_orders = 0;
    double chi2 = 0;
    wks_order order;

    (void)state;
    assert_ok(wks_order_init(&order, &seed, 4, true, &err), &err);
    for (uint32_t t = 1; t <= 24000; t++) {
        int32_t code = 0;
        wks_order_all(&order, &board, t);
        for (int32_t i = 0; i < 4; i++)
            code = code * 4 + wks_order_agent(&board, order.turn[i]);
        count[code]++;
    }
    for (int32_t i = 0; i < 256; i++) {
        if (count[i] == 0) continue;
        n_orders++;
        chi2 += (count[i] - 1000.0) * (count[i] - 1000.0) / 1000.0;
    }
    assert_int_equal(n_orders, 24);
    assert_true(chi2 < 49.7);
    wks_order_free(&order);
    wks_board_free(&board);
}

/* Equal times, which never come in a test, go by a draw: either may be first, and before is the other way round of after. */
static void equal_times_are_settled_by_a_draw(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(5, 2);
    wks_board board = board_with(40, 40);
    wks_err err = WKS_ERR_INIT;
    int32_t n_lower_first = 0;
    wks_order order;

    (void)state;
    assert_ok(wks_order_init(&order, &seed, 40, true, &err), &err);
    for (uint32_t t = 1; t <= 100; t++) {
        wks_order_all(&order, &board, t);
        order.time[7] = order.time[3];
        n_lower_first += wks_order_before(&order, 3, 7);
        assert_true(wks_order_before(&order, 3, 7) != wks_order_before(&order, 7, 3));
    }
    assert_in_range(n_lower_first, 30, 70);
    wks_order_free(&order);
    wks_board_free(&board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_go_by_time_for_any_number),    cmocka_unit_test(dealt_turns_are_in_their_buckets),
        cmocka_unit_test(some_have_their_turns_as_among_all), cmocka_unit_test(every_order_is_as_likely),
        cmocka_unit_test(equal_times_are_settled_by_a_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
