#include "grid/board.h"

#include "unit/grid/grid_case.h"

static const struct {
    int32_t rows, columns, radius;
    bool torus;
} sizes[] = {{7, 5, 1, false},   {7, 5, 1, true},   {3, 3, 1, true},   {5, 9, 2, true},   {6, 8, 2, false},   {9, 11, 3, true},
             {12, 13, 3, false}, {17, 19, 8, true}, {9, 40, 8, false}, {1, 12, 1, false}, {4, 4, 127, false}, {1, 1, 1, false}};
enum { N_SIZES = sizeof sizes / sizeof *sizes };

static wks_board random_board(int i, wks_rng *rng)
{
    const int32_t n = sizes[i].rows * sizes[i].columns, n_agents = n * 3 / 4;
    int32_t *cell = wks_mem_array((size_t)n, sizeof *cell);
    wks_err err = WKS_ERR_INIT;
    wks_board board;

    assert_ok(wks_board_init(&board, sizes[i].rows, sizes[i].columns, sizes[i].torus, sizes[i].radius, n_agents, n_agents / 3, &err), &err);
    for (int32_t k = 0; k < n; k++) {
        const int32_t other = (int32_t)wks_rng_below(rng, (uint32_t)k + 1);
        cell[k] = cell[other];
        cell[other] = k;
    }
    wks_board_settle(&board, cell);
    free(cell);
    return board;
}

/* Counts of every size and border equal recounts after every move. */
static void counts_after_any_moves_equal_recounts(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(1, 1);

    (void)state;
    for (int i = 0; i < N_SIZES; i++) {
        wks_rng rng = wks_rng_open(&seed, (uint64_t)i, 0, WKS_RNG_TEST);
        wks_board board = random_board(i, &rng);
        wks_err err = WKS_ERR_INIT;
        assert_ok(wks_board_check(&board, &err), &err);
        for (int k = 0; k < 200 && board.n_agents > 0 && board.n_empty > 0; k++) {
            const int32_t agent = (int32_t)wks_rng_below(&rng, (uint32_t)board.n_agents);
            const int32_t empty = (int32_t)wks_rng_below(&rng, (uint32_t)board.n_empty), to = board.empty[empty];
            wks_board_move(&board, agent, empty);
            assert_int_equal(board.cell_of[agent], to);
            assert_ok(wks_board_check(&board, &err), &err);
        }
        wks_board_free(&board);
    }
}

/* Swaps, caught up with, leave what moves leave. */
static void swaps_catch_up_with_moves(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(2, 1);

    (void)state;
    for (int i = 0; i < N_SIZES; i++) {
        wks_rng one = wks_rng_open(&seed, (uint64_t)i, 0, WKS_RNG_TEST), other = one;
        wks_board moved = random_board(i, &one), swapped = random_board(i, &other);
        wks_err err = WKS_ERR_INIT;
        for (int k = 0; k < 50 && moved.n_agents > 0 && moved.n_empty > 0; k++) {
            const int32_t empty = (int32_t)wks_rng_below(&one, (uint32_t)moved.n_empty);
            const int32_t agent = (int32_t)wks_rng_below(&one, (uint32_t)moved.n_agents), from = moved.cell_of[agent];
            wks_board_move(&moved, agent, empty);
            wks_board_swap(&swapped, from, empty);
            assert_true(swapped.is_behind);
        }
        wks_board_catch_up(&swapped);
        assert_false(swapped.is_behind);
        assert_ok(wks_board_check(&swapped, &err), &err);
        assert_true(wks_board_hash(&swapped, 1) == wks_board_hash(&moved, 1));
        wks_board_free(&moved);
        wks_board_free(&swapped);
    }
}

/* Ordered pairs of neighbours. */
static int32_t pairs_of(const wks_board *board)
{
    int32_t n = 0;

    for (int32_t i = 0; i < board->n_agents; i++)
        n += wks_board_near(board, board->cell_of[i]).a + wks_board_near(board, board->cell_of[i]).b - 1;
    return n;
}

static void neighbours_on_a_torus_go_round(void **state)
{
    wks_board torus = board_of("a..b/..../..../b..a/", true, 1), flat = board_of("a..b/..../..../b..a/", false, 1);

    (void)state;
    assert_int_equal(wks_board_near(&torus, 0).a, 2); /* itself and the one across the corner */
    assert_int_equal(wks_board_near(&torus, 0).b, 2);
    assert_int_equal(wks_board_near(&flat, 0).a, 1);
    assert_int_equal(wks_board_near(&flat, 0).b, 0);
    assert_int_equal(pairs_of(&torus), 12);
    assert_int_equal(pairs_of(&flat), 0);
    wks_board_free(&torus);
    wks_board_free(&flat);
}

static void distance_is_the_short_way(void **state)
{
    wks_board torus = board_of("a....../......./......./......./", true, 1), flat = board_of("a....../......./......./......./", false, 1);
    int32_t rows, columns;

    (void)state;
    wks_board_apart(&torus, 0, 27, &rows, &columns);
    assert_int_equal(rows, 1);
    assert_int_equal(columns, 1);
    wks_board_apart(&flat, 27, 0, &rows, &columns);
    assert_int_equal(rows, 3);
    assert_int_equal(columns, 6);
    wks_board_free(&torus);
    wks_board_free(&flat);
}

/* The checks can fail. */
static void check_tells_what_does_not_fit(void **state)
{
    wks_board board = board_of("aab/b.a/.ba/", false, 1);
    wks_err counts = WKS_ERR_INIT, cells = WKS_ERR_INIT;

    (void)state;
    ((uint16_t *)board.near)[4]++;
    assert_status(wks_board_check(&board, &counts), WKS_ERR_LAW, &counts);
    assert_contains(counts.message, "recount");
    ((uint16_t *)board.near)[4]--;
    board.cell_of[0] = 4; /* lost from its cell */
    assert_status(wks_board_check(&board, &cells), WKS_ERR_LAW, &cells);
    assert_contains(cells.message, "do not fit");
    wks_board_free(&board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_after_any_moves_equal_recounts), cmocka_unit_test(swaps_catch_up_with_moves),
        cmocka_unit_test(neighbours_on_a_torus_go_round),        cmocka_unit_test(distance_is_the_short_way),
        cmocka_unit_test(check_tells_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
