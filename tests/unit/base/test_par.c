#include "base/par.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include "base/mem.h"
#include "support/check.h"

typedef struct work {
    int64_t n, size;
    int *visits;         /* a row */
    double *block_value; /* a block */
} work;

static void visit(int64_t begin, int64_t end, int64_t block, void *context)
{
    work *on = context;
    double sum = 0;
    for (int64_t i = begin; i < end; i++) {
        on->visits[i]++;
        sum += 1.0 / (double)(i + 1);
    }
    on->block_value[block] = begin == block * on->size ? sum : NAN;
}

static double run(int64_t n, int64_t size, int threads)
{
    work on = {.n = n, .size = size > 0 ? size : WKS_PAR_BLOCK};
    int64_t blocks = wks_par_blocks(n, size);
    on.visits = wks_mem_array((size_t)n, sizeof *on.visits);
    on.block_value = wks_mem_array((size_t)blocks, sizeof *on.block_value);
    wks_par_for(n, size, threads, visit, &on);
    for (int64_t i = 0; i < n; i++)
        assert_int_equal(on.visits[i], 1);
    double sum = wks_par_sum(on.block_value, blocks);
    free(on.visits);
    free(on.block_value);
    return sum;
}

static void par_every_row_once_with_any_threads(void **state)
{
    (void)state;
    static const int64_t sizes[] = {1, 7, 100, 4096, 0};
    for (size_t k = 0; k < 5; k++) {
        double one = run(20000, sizes[k], 1);
        for (int threads = 2; threads <= 8; threads *= 2) {
            double many = run(20000, sizes[k], threads);
            assert_true(memcmp(&one, &many, sizeof one) == 0); /* the same bits */
        }
    }
}

static void par_blocks_are_counted(void **state)
{
    (void)state;
    assert_int_equal(wks_par_blocks(0, 10), 0);
    assert_int_equal(wks_par_blocks(-5, 10), 0);
    assert_int_equal(wks_par_blocks(1, 10), 1);
    assert_int_equal(wks_par_blocks(10, 10), 1);
    assert_int_equal(wks_par_blocks(11, 10), 2);
    assert_int_equal(wks_par_blocks(8193, 0), 3);
}

static void par_nothing_to_do_calls_nothing(void **state)
{
    (void)state;
    wks_par_for(0, 10, 4, visit, NULL); /* would crash on NULL */
    wks_par_jobs(0, 4, NULL, NULL);
}

typedef struct jobs {
    double sum[16];
    int done[16];
} jobs;

static void job(int64_t i, void *context)
{
    jobs *all = context;
    all->sum[i] = 0;
    work on = {.n = 5000, .size = 100};
    on.visits = wks_mem_array(5000, sizeof *on.visits);
    on.block_value = wks_mem_array(50, sizeof *on.block_value);
    wks_par_for(5000, 100, 4, visit, &on);
    all->sum[i] = wks_par_sum(on.block_value, 50);
    all->done[i]++;
    free(on.visits);
    free(on.block_value);
}

static void par_jobs_run_once_each_with_loops_inside(void **state)
{
    (void)state;
    double expected = run(5000, 100, 1);
    for (int threads = 1; threads <= 4; threads++) {
        jobs all = {.sum = {0}};
        wks_par_jobs(16, threads, job, &all);
        for (int i = 0; i < 16; i++) {
            assert_int_equal(all.done[i], 1);
            assert_true(all.sum[i] == expected);
        }
    }
}

static void par_side_by_side_runs_every_job_once_with_loops_inside(void **state)
{
    (void)state;
    double expected = run(5000, 100, 1);
    wks_par_side_by_side(0, 4, NULL, NULL);
    for (int at_once = 1; at_once <= 4; at_once++) {
        jobs all = {.sum = {0}};
        wks_par_side_by_side(16, at_once, job, &all);
        for (int i = 0; i < 16; i++) {
            assert_int_equal(all.done[i], 1);
            assert_true(all.sum[i] == expected);
        }
    }
}

/* Two blocks that wait for each other: they come through only when two threads are inside. Gives up after half a minute. */
static void meet(int64_t begin, int64_t end, int64_t block, void *context)
{
    atomic_int *here = context;
    const time_t start = time(NULL);
    (void)begin;
    (void)end;
    (void)block;
    atomic_fetch_add(here, 1);
    while (atomic_load(here) < 2 && time(NULL) - start < 30)
        (void)sched_yield();
}

static void met(int64_t i, void *context)
{
    bool *both = context;
    atomic_int here = 0;
    const time_t start = time(NULL);
    wks_par_for(2, 1, 2, meet, &here);
    both[i] = time(NULL) - start < 30;
}

static void par_side_by_side_leaves_threads_for_inside(void **state)
{
    bool both[2] = {false, false};
    (void)state;
    wks_par_side_by_side(2, 2, met, both);
    assert_true(both[0]);
    assert_true(both[1]);
}

static void par_default_threads_is_positive(void **state)
{
    (void)state;
    assert_true(wks_par_default_threads() >= 1);
}

static void block_size_leaves_small_loops_alone_and_makes_64_blocks_at_most(void **state)
{
    (void)state;
    assert_int_equal(wks_par_block_size(0, 16384), 16384);
    assert_int_equal(wks_par_block_size(190000, 16384), 16384);
    assert_int_equal(wks_par_block_size(64 * 16384, 16384), 16384);
    assert_int_equal(wks_par_block_size(64 * 16384 + 1, 16384), 16385);
    assert_int_equal(wks_par_blocks(8800000, wks_par_block_size(8800000, 16384)), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(par_every_row_once_with_any_threads),
        cmocka_unit_test(par_blocks_are_counted),
        cmocka_unit_test(par_nothing_to_do_calls_nothing),
        cmocka_unit_test(par_jobs_run_once_each_with_loops_inside),
        cmocka_unit_test(par_side_by_side_runs_every_job_once_with_loops_inside),
        cmocka_unit_test(par_side_by_side_leaves_threads_for_inside),
        cmocka_unit_test(par_default_threads_is_positive),
        cmocka_unit_test(block_size_leaves_small_loops_alone_and_makes_64_blocks_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
