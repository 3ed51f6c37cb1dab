/* study/precision: when a half-width holds, the look-ahead, batches, and that judging in batches is judging at once. */
#include "study/precision.h"

#include "base/mem.h"
#include "num/draw.h"
#include "support/check.h"

static void look_ahead_is_five_up_to_a_hundred_then_five_per_hundred(void **state)
{
    (void)state;
    assert_int_equal(wks_precision_look_ahead(10, 5), 5);
    assert_int_equal(wks_precision_look_ahead(100, 5), 5);
    assert_int_equal(wks_precision_look_ahead(119, 5), 5);
    assert_int_equal(wks_precision_look_ahead(120, 5), 6);
    assert_int_equal(wks_precision_look_ahead(1000, 5), 50);
    assert_int_equal(wks_precision_look_ahead(1000, 0), 0);
}

static void batches_end_at_the_same_numbers_from_wherever_one_begins(void **state)
{
    (void)state;
    assert_int_equal(wks_precision_next(0, 30, 10, 100), 30);
    assert_int_equal(wks_precision_next(29, 30, 10, 100), 30);
    assert_int_equal(wks_precision_next(30, 30, 10, 100), 40);
    assert_int_equal(wks_precision_next(33, 30, 10, 100), 40);
    assert_int_equal(wks_precision_next(39, 30, 10, 100), 40);
    assert_int_equal(wks_precision_next(90, 30, 15, 100), 100); /* 30, 45, ... 90, then no more than the most */
    assert_int_equal(wks_precision_next(100, 30, 15, 100), 100);
    assert_int_equal(wks_precision_next(120, 30, 15, 100), 120);
    assert_int_equal(wks_precision_next(0, 30, 10, 20), 20);
}

static void add_all(wks_precision_goal *goal, const double *value, size_t n)
{
    wks_err err = WKS_ERR_INIT;
    for (size_t i = 0; i < n; i++)
        assert_ok(wks_precision_add(goal, value[i], &err), &err);
}

static wks_precision_state judged(wks_precision_goal *goal, size_t n_goals, int32_t look_ahead)
{
    wks_err err = WKS_ERR_INIT;
    wks_precision_state state;
    assert_ok(wks_precision_judge(goal, n_goals, look_ahead, &state, &err), &err);
    return state;
}

/* Values +-1 in turn: over an even n the sd is sqrt(n / (n - 1)), so half the interval is t(0.975; n - 1) / sqrt(n - 1): 0.7540 at 10, 0.6361 at 12, 0.4801
 * at 20. */
static void half_width_is_that_of_the_interval(void **state)
{
    wks_precision_goal goal = {.asked = 0.6};
    double value[20];
    (void)state;
    for (int i = 0; i < 20; i++)
        value[i] = i % 2 == 0 ? 1 : -1;
    add_all(&goal, value, 20);
    const wks_precision_state all = judged(&goal, 1, 5);
    assert_true(isnan(goal.half[8])); /* nine are too few */
    assert_close(goal.half[9], 2.2621571628 / 3.0, 1e-9, 0);
    assert_close(goal.half[11], 2.2009851601 / sqrt(11.0), 1e-9, 0);
    assert_close(wks_precision_half(&goal), 2.0930240544 / sqrt(19.0), 1e-9, 0);
    assert_int_equal(all.n, 20);
    assert_int_equal(all.held_since, wks_precision_held_since(&goal));
    assert_true(goal.half[all.held_since - 1] <= 0.6 && goal.half[all.held_since - 2] > 0.6);
    assert_true(all.is_reached);
    wks_precision_free(&goal);
}

/* It holds from ten on by luck (ten equal values), and no more when the eleventh comes: with a look-ahead that is not reached, without it is. */
static void look_ahead_does_not_stop_by_luck(void **state)
{
    static const double value[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 9, 1, 9, 1};
    wks_precision_goal goal = {.asked = 0.5};
    (void)state;
    add_all(&goal, value, 10);
    wks_precision_state at = judged(&goal, 1, 0);
    assert_true(at.is_reached && at.held_since == 10);
    at = judged(&goal, 1, 5);
    assert_false(at.is_reached);
    assert_int_equal(at.held_since, 10);
    add_all(&goal, value + 10, 6);
    at = judged(&goal, 1, 5);
    assert_false(at.is_reached);
    assert_int_equal(at.held_since, 0);
    wks_precision_free(&goal);
}

static void all_goals_must_hold_at_once(void **state)
{
    wks_precision_goal goal[2] = {{.asked = 10}, {.asked = 0.6}};
    (void)state;
    for (int i = 0; i < 30; i++) {
        const double value[] = {5, i % 2 == 0 ? 1 : -1};
        add_all(&goal[0], &value[0], 1);
        add_all(&goal[1], &value[1], 1);
    }
    const wks_precision_state at = judged(goal, 2, 5);
    assert_int_equal(wks_precision_held_since(&goal[0]), 10);
    assert_true(wks_precision_held_since(&goal[1]) > 10);
    assert_int_equal(at.held_since, wks_precision_held_since(&goal[1]));
    assert_true(at.is_reached);
    goal[1].asked = 0.01;
    const wks_precision_state never = judged(goal, 2, 5);
    assert_false(never.is_reached);
    assert_int_equal(never.held_since, 0);
    wks_precision_free(&goal[0]);
    wks_precision_free(&goal[1]);
}

/* One after the other, in batches, or all at once, by t and by redraws, with values that are not defined: the same bits. */
static void judged_in_batches_as_at_once(void **state)
{
    enum { N = 60 };
    const wks_rng_seed seed = wks_rng_seed_make(9, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    double value[2][N];
    (void)state;
    for (int i = 0; i < N; i++) {
        value[0][i] = i == 7 ? (double)NAN : wks_draw_normal(&rng);
        value[1][i] = wks_draw_normal(&rng);
    }
    wks_precision_goal once[2] = {{.asked = 0.4}, {.asked = 0.4, .method = WKS_CONTRAST_BOOTSTRAP}};
    add_all(&once[0], value[0], N);
    add_all(&once[1], value[1], N);
    const wks_precision_state expected = judged(once, 2, 5);
    for (size_t batch = 1; batch <= 25; batch += 12) {
        wks_precision_goal goal[2] = {{.asked = 0.4}, {.asked = 0.4, .method = WKS_CONTRAST_BOOTSTRAP}};
        wks_precision_state at = {0};
        for (size_t from = 0; from < N; from += batch) {
            const size_t n = N - from < batch ? N - from : batch;
            add_all(&goal[0], value[0] + from, n);
            add_all(&goal[1], value[1] + from, n);
            at = judged(goal, 2, 5);
        }
        assert_memory_equal(goal[0].half + 10, once[0].half + 10, (N - 10) * sizeof(double));
        assert_memory_equal(goal[1].half + 9, once[1].half + 9, (N - 9) * sizeof(double));
        assert_int_equal(at.held_since, expected.held_since);
        assert_int_equal(at.is_reached, expected.is_reached);
        wks_precision_free(&goal[0]);
        wks_precision_free(&goal[1]);
    }
    wks_precision_free(&once[0]);
    wks_precision_free(&once[1]);
}

static void nothing_defined_never_holds(void **state)
{
    wks_precision_goal goal = {.asked = 100};
    (void)state;
    for (int i = 0; i < 40; i++) {
        const double none = (double)NAN;
        add_all(&goal, &none, 1);
    }
    const wks_precision_state at = judged(&goal, 1, 0);
    assert_false(at.is_reached);
    assert_int_equal(at.held_since, 0);
    assert_true(isnan(wks_precision_half(&goal)));
    wks_precision_free(&goal);
    const wks_precision_state empty = judged(&goal, 1, 0);
    assert_false(empty.is_reached);
}

static void judge_errors_no_memory(void **state)
{
    static const double value[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    (void)state;
    for (int after = 1; after <= 2; after++) {
        wks_precision_goal goal = {.asked = 1, .method = WKS_CONTRAST_BOOTSTRAP};
        wks_precision_state at;
        wks_err err = WKS_ERR_INIT;
        add_all(&goal, value, 12);
        wks_mem_fail_after(after);
        const wks_status rc = wks_precision_judge(&goal, 1, 5, &at, &err);
        wks_mem_fail_after(0);
        assert_status(rc, WKS_ERR_NOMEM, &err);
        assert_false(at.is_reached);
        wks_precision_free(&goal);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_ahead_is_five_up_to_a_hundred_then_five_per_hundred),
        cmocka_unit_test(batches_end_at_the_same_numbers_from_wherever_one_begins),
        cmocka_unit_test(half_width_is_that_of_the_interval),
        cmocka_unit_test(look_ahead_does_not_stop_by_luck),
        cmocka_unit_test(all_goals_must_hold_at_once),
        cmocka_unit_test(judged_in_batches_as_at_once),
        cmocka_unit_test(nothing_defined_never_holds),
        cmocka_unit_test(judge_errors_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
