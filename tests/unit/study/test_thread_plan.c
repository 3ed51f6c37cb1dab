#include "study/thread_plan.h"

#include <math.h>

#include "support/check.h"

static const double mib = 1048576;

static wks_thread_plan plan_of(int64_t n_jobs, int threads, double free_mib, double replication_mib)
{
    const wks_thread_plan_facts facts = {n_jobs, threads, free_mib * mib, replication_mib * mib, "a test"};
    return wks_thread_plan_make(&facts);
}

static void replications_come_before_threads_inside(void **state)
{
    (void)state;
    const wks_thread_plan plan = plan_of(100, 8, INFINITY, 50);
    assert_int_equal(plan.at_once, 8);
    assert_int_equal(plan.inside, 1);
    assert_true(plan.fits);
}

static void threads_beyond_the_replications_go_inside(void **state)
{
    (void)state;
    const wks_thread_plan plan = plan_of(3, 8, INFINITY, 50);
    assert_int_equal(plan.at_once, 3);
    assert_int_equal(plan.inside, 2);
    assert_int_equal(wks_thread_plan_share(8, 3, 0) + wks_thread_plan_share(8, 3, 1) + wks_thread_plan_share(8, 3, 2), 8);
}

static void memory_bounds_what_runs_side_by_side(void **state)
{
    (void)state;
    const wks_thread_plan plan = plan_of(100, 8, 200, 60); /* 180 usable: three */
    assert_int_equal(plan.at_once, 3);
    assert_int_equal(plan.inside, 2);
    assert_true(plan.fits);
    assert_contains(plan.why, "60 MiB a replication, 200 MiB free (a test)");
}

static void replication_that_does_not_fit_runs_alone_and_says_so(void **state)
{
    (void)state;
    const wks_thread_plan plan = plan_of(100, 8, 50, 60);
    assert_int_equal(plan.at_once, 1);
    assert_int_equal(plan.inside, 8);
    assert_false(plan.fits);
}

static void nothing_to_run_and_nothing_to_hold_are_planned_too(void **state)
{
    (void)state;
    wks_thread_plan plan = plan_of(0, 4, 100, 10);
    assert_int_equal(plan.at_once, 1);
    plan = plan_of(10, 4, 1, 0); /* without a city */
    assert_int_equal(plan.at_once, 4);
    assert_true(plan.fits);
}

static void shares_use_every_thread_and_leave_nobody_without(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 9; threads++) {
        for (int n = 1; n <= 9; n++) {
            int sum = 0;
            for (int k = 0; k < n; k++) {
                assert_true(wks_thread_plan_share(threads, n, k) >= 1);
                sum += wks_thread_plan_share(threads, n, k);
            }
            assert_int_equal(sum, threads > n ? threads : n);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replications_come_before_threads_inside),
        cmocka_unit_test(threads_beyond_the_replications_go_inside),
        cmocka_unit_test(memory_bounds_what_runs_side_by_side),
        cmocka_unit_test(replication_that_does_not_fit_runs_alone_and_says_so),
        cmocka_unit_test(nothing_to_run_and_nothing_to_hold_are_planned_too),
        cmocka_unit_test(shares_use_every_thread_and_leave_nobody_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
