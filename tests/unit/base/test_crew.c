#include "base/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include "support/check.h"

enum { MOST = 3000 };

typedef struct loop {
    int64_t n;
    int helpers;
    atomic_int visits[MOST];
    int plain[MOST]; /* written without atomics: the caller must see them */
    atomic_int n_nested;
} loop;

static void visit(int64_t block, void *context)
{
    loop *self = context;
    (void)atomic_fetch_add(&self->visits[block], 1);
    self->plain[block] = (int)block + 1;
    if (!wks_crew_is_inside()) (void)atomic_fetch_add(&self->n_nested, 1);
}

static void run(loop *self, int64_t n, int helpers)
{
    for (int64_t i = 0; i < MOST; i++) {
        atomic_store(&self->visits[i], 0);
        self->plain[i] = 0;
    }
    atomic_store(&self->n_nested, 0);
    wks_crew_run(n, helpers, visit, self);
    for (int64_t i = 0; i < MOST; i++) {
        assert_int_equal(atomic_load(&self->visits[i]), i < n);
        assert_int_equal(self->plain[i], i < n ? i + 1 : 0);
    }
    assert_int_equal(atomic_load(&self->n_nested), 0);
    assert_false(wks_crew_is_inside());
}

static void every_block_runs_once_with_any_helpers(void **state)
{
    static loop self;
    (void)state;
    for (int helpers = 0; helpers <= 7; helpers++) {
        run(&self, 0, helpers);
        run(&self, 1, helpers);
        run(&self, 2, helpers);
        run(&self, MOST, helpers);
    }
}

/* Loops of a moment, one after the other: a helper that comes late must find the loop closed, not the next one half made. */
static void short_loops_in_a_row_lose_no_block(void **state)
{
    static loop self;
    (void)state;
    for (int i = 0; i < 2000; i++)
        run(&self, 1 + i % 7, 1 + i % 3);
}

/* Blocks that wait for each other come through only when as many threads are inside. Gives up after half a minute. */
typedef struct meeting {
    atomic_int here;
    int wanted;
    atomic_int n_missed;
} meeting;

static void meet(int64_t block, void *context)
{
    meeting *self = context;
    const time_t start = time(NULL);
    (void)block;
    (void)atomic_fetch_add(&self->here, 1);
    while (atomic_load(&self->here) < self->wanted && time(NULL) - start < 30)
        (void)sched_yield();
    if (atomic_load(&self->here) < self->wanted) (void)atomic_fetch_add(&self->n_missed, 1);
}

static void helpers_come_also_after_a_sleep(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        const struct timespec pause = {0, 20000000}; /* long enough for all to fall asleep */
        meeting self = {.wanted = 3};
        wks_crew_run(3, 2, meet, &self);
        assert_int_equal(atomic_load(&self.n_missed), 0);
        (void)nanosleep(&pause, NULL);
    }
}

static void *many(void *context)
{
    loop *self = context;
    for (int i = 0; i < 300; i++) {
        for (int64_t k = 0; k < 50; k++)
            self->plain[k] = 0;
        wks_crew_run(50, 2, visit, self);
        for (int64_t k = 0; k < 50; k++)
            self->n += self->plain[k] == k + 1;
    }
    return NULL;
}

static void loops_of_several_threads_do_not_mix(void **state)
{
    static loop self[4];
    pthread_t thread[4];
    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, many, &self[i]), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(thread[i], NULL), 0);
        assert_int_equal(self[i].n, 300 * 50);
        for (int64_t k = 0; k < 50; k++)
            assert_int_equal(atomic_load(&self[i].visits[k]), 300);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_runs_once_with_any_helpers),
        cmocka_unit_test(short_loops_in_a_row_lose_no_block),
        cmocka_unit_test(helpers_come_also_after_a_sleep),
        cmocka_unit_test(loops_of_several_threads_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
