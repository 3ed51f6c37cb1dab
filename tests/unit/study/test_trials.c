#include "study/trials.h"

#include <pthread.h>

#include "base/file.h"
#include "base/machine.h"
#include "base/rng.h"
#include "support/check.h"
#include "support/folder.h"

enum { POINTS = 7, PARAMETERS = 2, OUTCOMES = 2, REPLICATIONS = 3, JOBS = POINTS * REPLICATIONS, VALUES = JOBS * OUTCOMES };

/* What the evaluation does beside its sum: counts, fails or stops at will. */
static struct {
    int32_t n_run, fails_at, io_at, stops_after; /* a job: 1000 * point + replication; 0: none */
    wks_stop stop;
} plan;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static wks_status sum(const double *point, int32_t replication, double *out, void *context, wks_err *err)
{
    const int32_t job = (int32_t)(1000 * point[0]) + replication;
    (void)context;
    (void)pthread_mutex_lock(&lock);
    plan.n_run++;
    if (plan.stops_after > 0 && plan.n_run >= plan.stops_after) wks_stop_raise(&plan.stop);
    (void)pthread_mutex_unlock(&lock);
    out[0] = (point[0] + point[1]) / 3 + replication;
    out[1] = replication == 2 ? INFINITY : point[1];
    if (job == plan.fails_at) return wks_err_set(err, WKS_ERR_LAW, "persons do not balance");
    if (job == plan.io_at) return wks_err_set(err, WKS_ERR_IO, "no space left");
    return WKS_OK;
}

typedef struct made {
    double point[POINTS * PARAMETERS], out[VALUES];
    wks_trials_plan plan;
    wks_trials_options options;
    wks_trials_count count;
    char *folder, *journal;
} made;

static void make(made *m)
{
    *m = (made){.plan = {.n_points = POINTS,
                         .n_parameters = PARAMETERS,
                         .n_outcomes = OUTCOMES,
                         .first_replication = 1,
                         .n_replications = REPLICATIONS,
                         .evaluate = sum,
                         .part = 1,
                         .n_parts = 1,
                         .identity = "a test"},
                .options = {.threads = 2, .stop = &plan.stop}};
    for (int i = 0; i < POINTS; i++) {
        m->point[i * PARAMETERS] = i + 1;
        m->point[i * PARAMETERS + 1] = (i + 1) / 7.0;
    }
    m->plan.point = m->point;
    m->folder = wks_folder_make();
    m->journal = wks_folder_path(m->folder, "journal");
    m->options.journal = m->journal;
    memset(&plan, 0, sizeof plan);
}

static void done(made *m)
{
    free(m->journal);
    wks_folder_remove(m->folder);
}

static void assert_all(const made *m)
{
    for (int p = 0; p < POINTS; p++) {
        for (int r = 0; r < REPLICATIONS; r++) {
            const double *value = &m->out[(p * REPLICATIONS + r) * OUTCOMES];
            const double expected = (m->point[p * 2] + m->point[p * 2 + 1]) / 3 + r + 1;
            assert_memory_equal(value, &expected, sizeof expected); /* to the last bit, through the journal too */
            if (r + 1 == 2) {
                assert_true(isnan(value[1]));
            } else {
                assert_memory_equal(&value[1], &m->point[p * 2 + 1], sizeof expected);
            }
        }
    }
}

static void trials_run_every_job_once(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&m);
    assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
    assert_int_equal(plan.n_run, JOBS);
    assert_int_equal(m.count.n_run, JOBS);
    assert_all(&m);
    done(&m);
}

static void trials_in_the_journal_are_not_run_again(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&m);
    assert_ok(wks_trials_run(&m.plan, &m.options, m.out, NULL, &err), &err);
    m.out[0] = 0;
    assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
    assert_int_equal(plan.n_run, JOBS);
    assert_int_equal(m.count.n_found, JOBS);
    assert_all(&m);
    for (int i = 0; i < PARAMETERS; i++) { /* rows may move and points may be new: a job is known by its point */
        const double first = m.point[i];
        m.point[i] = m.point[6 * PARAMETERS + i];
        m.point[6 * PARAMETERS + i] = first;
    }
    m.point[2] += 0.5;
    assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
    assert_int_equal(m.count.n_run, REPLICATIONS);
    assert_all(&m);
    done(&m);
}

static void trials_stopped_anywhere_go_on_to_the_same_values(void **state)
{
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (int after = 1; after < JOBS; after += 3) {
        made m;
        make(&m);
        plan.stops_after = after;
        assert_status(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), WKS_ERR_STOPPED, &err);
        assert_true(m.count.n_left > 0 && m.count.n_left < JOBS);
        err = WKS_ERR_INIT;
        const int32_t so_far = plan.n_run;
        plan.stops_after = 0;
        wks_stop_lower(&plan.stop);
        assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
        assert_int_equal(plan.n_run, JOBS);
        assert_int_equal(m.count.n_found, so_far);
        assert_all(&m);
        done(&m);
    }
}

/* None is begun that would not be whole before the deadline, by what the longest of late took; those that are done stay. */
static void trials_that_would_be_late_are_left_for_another_session(void **state)
{
    wks_trials_clock clock = {.deadline = wks_machine_seconds() + 50, .trial_s = 100};
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&m);
    m.options.clock = &clock;
    assert_int_equal(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), WKS_ERR_STOPPED);
    assert_string_equal(err.message, "stopped with 0 of 21 trials done; the same command with --resume goes on");
    assert_int_equal(plan.n_run, 0);
    assert_int_equal(m.count.n_left, JOBS);
    assert_false(wks_stop_is_raised(&plan.stop)); /* others under way may still be in time */

    clock.trial_s = 0; /* not known: what one takes is learnt */
    err = WKS_ERR_INIT;
    m.plan.n_points = 3;
    assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
    assert_true(clock.trial_s > 0 && clock.trial_s < 50);

    m.plan.n_points = POINTS;
    clock.deadline = wks_machine_seconds();
    assert_int_equal(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), WKS_ERR_STOPPED);
    assert_int_equal(m.count.n_found, 9);
    assert_int_equal(m.count.n_left, JOBS - 9);
    assert_int_equal(plan.n_run, 9);

    clock = (wks_trials_clock){.trial_s = 1e9}; /* no deadline */
    err = WKS_ERR_INIT;
    assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
    assert_int_equal(plan.n_run, JOBS);
    assert_all(&m);
    done(&m);
}

static void trials_of_parts_are_together_the_whole(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    int64_t n = 0;
    (void)state;
    make(&m);
    m.plan.n_parts = 4;
    for (m.plan.part = 1; m.plan.part <= 4; m.plan.part++) {
        const char name[] = {(char)('0' + m.plan.part), '\0'};
        char *own = wks_folder_path(m.folder, name);
        m.options.journal = own;
        assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
        n += m.count.n_run;
        int n_there = 0;
        for (int i = 0; i < JOBS; i++)
            n_there += !isnan(m.out[i * OUTCOMES]);
        assert_int_equal(n_there, m.count.n_run); /* other parts are NaN */
        free(own);
    }
    assert_int_equal(n, JOBS);
    assert_int_equal(plan.n_run, JOBS);
    done(&m);
}

static void trials_that_fail_are_nan_and_tried_again(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&m);
    plan.fails_at = 4002;
    assert_status(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), WKS_ERR_PARTIAL, &err);
    assert_contains(err.message, "1 of 21 trials failed; the first: point 4, replication 2: persons do not balance");
    assert_true(isnan(m.out[(3 * REPLICATIONS + 1) * OUTCOMES]));
    assert_true(!isnan(m.out[(3 * REPLICATIONS + 2) * OUTCOMES]));
    err = WKS_ERR_INIT;
    plan.fails_at = 0;
    assert_ok(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), &err);
    assert_int_equal(m.count.n_run, 1);
    assert_all(&m);
    done(&m);
}

static void trials_errors(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&m);
    m.options.threads = 1;
    plan.io_at = 2001;
    assert_status(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), WKS_ERR_IO, &err);
    assert_int_equal(plan.n_run, REPLICATIONS + 1); /* nothing is begun after it */
    err = WKS_ERR_INIT;
    m.plan.identity = "another";
    assert_status(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "another study");
    m.plan.n_points = 1;
    m.plan.n_replications = 1;
    m.options.journal = NULL;
    err = WKS_ERR_INIT;
    plan.io_at = 0;
    plan.fails_at = 1001;
    assert_status(wks_trials_run(&m.plan, &m.options, m.out, &m.count, &err), WKS_ERR_LAW, &err); /* nothing at all came of it */
    done(&m);
}

static void trials_tidied_have_the_same_journal_whatever_ran_when(void **state)
{
    made a, b;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&a);
    make(&b);
    b.options.threads = 1;
    plan.stops_after = 5;
    assert_status(wks_trials_run(&a.plan, &a.options, a.out, NULL, &err), WKS_ERR_STOPPED, &err);
    err = WKS_ERR_INIT;
    plan.stops_after = 0;
    wks_stop_lower(&plan.stop);
    assert_ok(wks_trials_run(&a.plan, &a.options, a.out, NULL, &err), &err);
    assert_ok(wks_trials_run(&b.plan, &b.options, b.out, NULL, &err), &err);
    assert_ok(wks_trials_tidy(&a.plan, a.journal, &err), &err);
    assert_ok(wks_trials_tidy(&b.plan, b.journal, &err), &err);
    char *first = wks_folder_get(a.journal), *second = wks_folder_get(b.journal);
    assert_string_equal(first, second);
    free(first);
    free(second);
    done(&a);
    done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trials_run_every_job_once),
        cmocka_unit_test(trials_in_the_journal_are_not_run_again),
        cmocka_unit_test(trials_stopped_anywhere_go_on_to_the_same_values),
        cmocka_unit_test(trials_that_would_be_late_are_left_for_another_session),
        cmocka_unit_test(trials_of_parts_are_together_the_whole),
        cmocka_unit_test(trials_that_fail_are_nan_and_tried_again),
        cmocka_unit_test(trials_errors),
        cmocka_unit_test(trials_tidied_have_the_same_journal_whatever_ran_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
