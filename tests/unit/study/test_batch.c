#include "study/batch.h"

#include <pthread.h>

#include "study/batch_jobs.h"
#include "unit/output/made.h"

/* What stands in for wks_replication_run: rows from the replication number, and failures, stops and full disks at will. */
static struct {
    int32_t fails_at, io_at, stops_after; /* replication numbers; 0: never. stops_after: how many replications end before the stop */
    wks_stop stop;
    int32_t n_run, largest_threads;
    double free_bytes;       /* 0: what the machine has */
    int32_t n_now, most_now; /* replications under way */
} plan;

static pthread_mutex_t plan_lock = PTHREAD_MUTEX_INITIALIZER;

static wks_status emit(const wks_scenario *scenario, const wks_world *population, const wks_replication_options *options, int32_t tick,
                       wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world world = *population; /* a shallow copy: read only */
    wks_series city = {0}, buurt = {0};
    wks_replication_view view = {.replication = options->number, .world = &world, .city = &city, .buurt = &buurt};

    world.tick = tick;
    world.month += tick;
    WKS_TRY(wks_series_add(&city, "persons", "", "", "", -1, 10 * options->number + tick + (double)scenario->seed_dynamics, err));
    WKS_TRY(options->observer(&view, options->observer_context, err));
out:
    wks_series_free(&city);
    wks_series_free(&buurt);
    return rc;
}

static wks_status fake_run(const wks_scenario *scenario, const wks_world *population, const wks_replication_options *options,
                           uint64_t *out_hash, wks_err *err)
{
    wks_status rc = WKS_OK;

    (void)pthread_mutex_lock(&plan_lock);
    plan.n_run++;
    if (options->threads > plan.largest_threads) plan.largest_threads = options->threads;
    if (++plan.n_now > plan.most_now) plan.most_now = plan.n_now;
    (void)pthread_mutex_unlock(&plan_lock);
    for (int32_t tick = 0; tick <= scenario->n_ticks; tick++) {
        if (wks_stop_is_raised(options->stop)) WKS_FAIL(err, WKS_ERR_STOPPED, "stopped");
        if (tick == 2 && options->number == plan.fails_at) WKS_FAIL(err, WKS_ERR_LAW, "process search, tick 2: persons do not balance");
        if (tick == 2 && options->number == plan.io_at) WKS_FAIL(err, WKS_ERR_IO, "cannot write: No space left on device");
        WKS_TRY(emit(scenario, population, options, tick, err));
    }
    *out_hash = (uint64_t)options->number;
    (void)pthread_mutex_lock(&plan_lock);
    if (plan.stops_after > 0 && plan.n_run >= plan.stops_after) wks_stop_raise(&plan.stop);
    (void)pthread_mutex_unlock(&plan_lock);
out:
    (void)pthread_mutex_lock(&plan_lock);
    plan.n_now--;
    (void)pthread_mutex_unlock(&plan_lock);
    return rc;
}

static void plan_nothing(void)
{
    memset(&plan, 0, sizeof plan);
}

static wks_status run_batch(made *m, bool resume, int threads, wks_batch_report *report, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store store = {0};
    const wks_store_options how = {.resume = resume, .threads = threads};
    const wks_batch_options options = {.threads = threads,
                                       .stop = &plan.stop,
                                       .report = report,
                                       .report_context = context,
                                       .runner = fake_run,
                                       .free_bytes = plan.free_bytes};
    wks_batch_member member = {.scenario = &m->scenario, .population = &m->world, .store = &store};

    WKS_TRY(wks_store_open(m->run, &m->scenario, &m->city, &how, &store, err));
    WKS_TRY(wks_batch_run(&member, 1, &options, err));
out:
    wks_store_close(&store);
    return rc;
}

static wks_manifest manifest_of(const made *m)
{
    wks_manifest manifest;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_manifest_read(m->run, &manifest, &err), &err);
    return manifest;
}

static void assert_same_table(const made *a, const made *b, const char *name)
{
    char *first = made_get(a, name), *second = made_get(b, name);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static const char six[] = "name = \"zes\"; ticks = 5; replications = 6;";

static void batch_runs_all_replications_once(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, "name = \"zes\"; ticks = 5; first_replication = 4; replications = 6;");
    plan_nothing();
    assert_ok(run_batch(&m, false, 2, NULL, NULL, &err), &err);
    assert_int_equal(plan.n_run, 6);
    wks_manifest manifest = manifest_of(&m);
    assert_int_equal(manifest.at_once, 2);
    assert_int_equal(manifest.threads_inside, 1); /* the last one may get the thread of the other, when that has ended */
    assert_string_equal(manifest.status, "complete");
    assert_true(wks_manifest_has_all(&manifest, 4, 6));
    assert_true(manifest.simulation_s >= 0);
    wks_manifest_free(&manifest);
    made_free(&m);
}

static void batch_tables_do_not_depend_on_threads(void **state)
{
    made a, b;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&a, six);
    made_init(&b, six);
    plan_nothing();
    assert_ok(run_batch(&a, false, 1, NULL, NULL, &err), &err);
    assert_ok(run_batch(&b, false, 4, NULL, NULL, &err), &err);
    assert_same_table(&a, &b, "city.csv");
    assert_same_table(&a, &b, "summary.csv");
    made_free(&a);
    made_free(&b);
}

static void batch_with_fewer_jobs_than_threads_gives_them_to_the_ticks(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, "name = \"twee\"; ticks = 1; replications = 2;");
    plan_nothing();
    assert_ok(run_batch(&m, false, 4, NULL, NULL, &err), &err);
    assert_true(plan.largest_threads >= 2); /* more when the one has ended before the other begins */
    wks_manifest manifest = manifest_of(&m);
    assert_int_equal(manifest.at_once, 2);
    assert_int_equal(manifest.threads_inside, 2);
    wks_manifest_free(&manifest);
    made_free(&m);
}

static void batch_keeps_to_the_memory_there_is(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, six);
    plan_nothing();
    plan.free_bytes = 1; /* not even one fits: one at a time, with all threads inside */
    assert_ok(run_batch(&m, false, 4, NULL, NULL, &err), &err);
    assert_int_equal(plan.n_run, 6);
    assert_int_equal(plan.most_now, 1);
    assert_int_equal(plan.largest_threads, 4);
    wks_manifest manifest = manifest_of(&m);
    assert_int_equal(manifest.at_once, 1);
    assert_int_equal(manifest.threads_inside, 4);
    assert_contains(manifest.threads_why, "MiB free");
    wks_manifest_free(&manifest);
    made_free(&m);
}

static void last_replication_gets_the_threads_of_those_that_ended(void **state)
{
    wks_batch_job item[5];
    wks_batch_jobs jobs = {.item = item, .n = 5};
    const wks_thread_plan_facts facts = {5, 4, 1e12, 1, ""};
    const wks_thread_plan all = wks_thread_plan_make(&facts);
    (void)state;
    memset(item, 0, sizeof item);
    for (int i = 0; i < 4; i++)
        wks_batch_jobs_begin(&jobs, &item[i], &all);
    assert_int_equal(item[3].threads, 1);
    wks_batch_jobs_end(&jobs, &item[0], &all); /* the fifth is to come */
    assert_int_equal(item[1].threads, 1);
    wks_batch_jobs_begin(&jobs, &item[4], &all);
    wks_batch_jobs_end(&jobs, &item[1], &all);
    assert_int_equal(item[2].threads + item[3].threads + item[4].threads, 4);
    wks_batch_jobs_end(&jobs, &item[2], &all);
    assert_int_equal(item[3].threads, 2);
    assert_int_equal(item[4].threads, 2);
    wks_batch_jobs_end(&jobs, &item[3], &all);
    assert_int_equal(item[4].threads, 4);
    wks_batch_jobs_end(&jobs, &item[4], &all);
    assert_int_equal(jobs.n_running, 0);
}

static void failed_replication_is_listed_and_the_others_go_on(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, six);
    plan_nothing();
    plan.fails_at = 3;
    assert_status(run_batch(&m, false, 2, NULL, NULL, &err), WKS_ERR_PARTIAL, &err);
    assert_contains(err.message, "1 of 6 replications failed");
    assert_contains(err.message, "scenario zes, replication 3: process search, tick 2: persons do not balance");
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "complete");
    assert_int_equal(manifest.n_replications, 6);
    assert_string_equal(wks_manifest_find(&manifest, 3)->status, "failed");
    assert_contains(wks_manifest_find(&manifest, 3)->reason, "persons do not balance");
    char *text = made_get(&m, "city.csv");
    assert_null(strstr(text, "zes,3,"));
    assert_contains(text, "zes,6,5,");
    free(text);
    text = made_get(&m, "summary.csv");
    assert_contains(text, ",5\n"); /* over five replications */
    free(text);
    wks_manifest_free(&manifest);

    plan_nothing(); /* gone: --resume runs just that one */
    err = WKS_ERR_INIT;
    assert_ok(run_batch(&m, true, 2, NULL, NULL, &err), &err);
    assert_int_equal(plan.n_run, 1);
    manifest = manifest_of(&m);
    assert_true(wks_manifest_has_all(&manifest, 1, 6));
    wks_manifest_free(&manifest);
    made_free(&m);
}

static void batch_of_which_all_failed_is_no_result(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; first_replication = 3; replications = 1;");
    plan_nothing();
    plan.fails_at = 3;
    assert_status(run_batch(&m, false, 1, NULL, NULL, &err), WKS_ERR_LAW, &err);
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "failed");
    wks_manifest_free(&manifest);
    made_free(&m);
}

static void full_disk_begins_no_new_replication(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, six);
    plan_nothing();
    plan.io_at = 2;
    assert_status(run_batch(&m, false, 1, NULL, NULL, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "replication 2: cannot write: No space left on device");
    assert_int_equal(plan.n_run, 2);
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "failed");
    assert_true(wks_manifest_has_all(&manifest, 1, 1));
    wks_manifest_free(&manifest);

    plan_nothing();
    err = WKS_ERR_INIT;
    assert_ok(run_batch(&m, true, 1, NULL, NULL, &err), &err); /* there is room again */
    assert_int_equal(plan.n_run, 5);
    made_free(&m);
}

static void stopped_batch_goes_on_to_the_same_tables(void **state)
{
    static const char *const tables[] = {"city.csv",         "buurt.csv",   "lettings.csv", "compliance.csv", "budget.csv",  "flows.csv",
                                         "destinations.csv", "monitor.csv", "queue.csv",    "summary.csv",    "scenario.cfg"};
    made a, b;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&a, six);
    made_init(&b, six);
    plan_nothing();
    assert_ok(run_batch(&a, false, 1, NULL, NULL, &err), &err);
    plan_nothing();
    plan.stops_after = 2;
    assert_status(run_batch(&b, false, 1, NULL, NULL, &err), WKS_ERR_STOPPED, &err);
    assert_contains(err.message, "--resume");
    wks_manifest manifest = manifest_of(&b);
    assert_string_equal(manifest.status, "interrupted");
    assert_int_equal(manifest.n_replications, 2);
    assert_true(wks_manifest_has_all(&manifest, 1, 2));
    wks_manifest_free(&manifest);
    char *text = made_get(&b, "city.csv");
    assert_contains(text, "zes,2,5,");
    assert_null(strstr(text, "zes,3,"));
    free(text);
    plan_nothing();
    err = WKS_ERR_INIT;
    assert_ok(run_batch(&b, true, 1, NULL, NULL, &err), &err);
    assert_int_equal(plan.n_run, 4);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        assert_same_table(&a, &b, tables[i]);
    made_free(&a);
    made_free(&b);
}

static void batch_stopped_before_it_began_is_interrupted_and_empty(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, six);
    plan_nothing();
    wks_stop_raise(&plan.stop);
    assert_status(run_batch(&m, false, 2, NULL, NULL, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(plan.n_run, 0);
    char *text = made_get(&m, "city.csv");
    assert_string_equal(text, "scenario,replication,tick,date,indicator,group,scale,value\n");
    free(text);
    assert_true(made_has(&m, "summary.csv"));
    made_free(&m);
}

static void note_progress(const wks_batch_progress *progress, void *context)
{
    wks_batch_progress *last = context;
    if (progress->n_ticks_done < last->n_ticks_done || progress->n_done < last->n_done) last->n_jobs = -1; /* never backwards */
    if (last->n_jobs >= 0) *last = *progress;
}

static void progress_counts_ticks_and_replications(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    wks_batch_progress last = {0};
    (void)state;
    made_init(&m, six);
    plan_nothing();
    plan.fails_at = 6;
    assert_status(run_batch(&m, false, 3, note_progress, &last, &err), WKS_ERR_PARTIAL, &err);
    assert_int_equal(last.n_jobs, 6);
    assert_int_equal(last.n_done, 5);
    assert_int_equal(last.n_failed, 1);
    assert_int_equal(last.n_ticks, 30);
    assert_int_equal(last.n_ticks_done, 26); /* the failed one did tick 1 */
    made_free(&m);
}

static void two_scenarios_take_turns(void **state)
{
    made a, b;
    wks_err err = WKS_ERR_INIT;
    wks_store store[2] = {{0}, {0}};
    const wks_store_options how = {.threads = 1};
    const wks_batch_options options = {.threads = 1, .stop = &plan.stop, .runner = fake_run};
    (void)state;
    made_init(&a, six);
    made_init(&b, "name = \"ander\"; ticks = 5; replications = 6; seeds = { dynamics = 7; };");
    plan_nothing();
    plan.stops_after = 5;
    assert_ok(wks_store_open(a.run, &a.scenario, &a.city, &how, &store[0], &err), &err);
    assert_ok(wks_store_open(b.run, &b.scenario, &b.city, &how, &store[1], &err), &err);
    wks_batch_member member[] = {{.scenario = &a.scenario, .population = &a.world, .store = &store[0]},
                                 {.scenario = &b.scenario, .population = &b.world, .store = &store[1]}};
    assert_status(wks_batch_run(member, 2, &options, &err), WKS_ERR_STOPPED, &err);
    assert_true(wks_store_has(&store[0], 3));
    assert_true(wks_store_has(&store[1], 2));
    assert_false(wks_store_has(&store[1], 3));
    wks_store_close(&store[0]);
    wks_store_close(&store[1]);
    made_free(&a);
    made_free(&b);
}

/* Pairs: the others of both scenarios go on, and the reference keeps the replication that the alternative lacks. */
static void failure_under_one_of_two_scenarios_stops_nobody(void **state)
{
    made a, b;
    wks_err err = WKS_ERR_INIT;
    wks_store store[2] = {{0}, {0}};
    const wks_store_options how = {.threads = 1};
    const wks_batch_options options = {.threads = 2, .stop = &plan.stop, .runner = fake_run};
    (void)state;
    made_init(&a, "name = \"zes\"; ticks = 1; replications = 6;"); /* ends before the tick that fails */
    made_init(&b, "name = \"ander\"; ticks = 5; replications = 6;");
    plan_nothing();
    plan.fails_at = 4;
    assert_ok(wks_store_open(a.run, &a.scenario, &a.city, &how, &store[0], &err), &err);
    assert_ok(wks_store_open(b.run, &b.scenario, &b.city, &how, &store[1], &err), &err);
    wks_batch_member member[] = {{&a.scenario, &a.world, &store[0], NULL, NULL, 0}, {&b.scenario, &b.world, &store[1], NULL, NULL, 0}};
    assert_status(wks_batch_run(member, 2, &options, &err), WKS_ERR_PARTIAL, &err);
    assert_contains(err.message, "1 of 12 replications failed (manifest.json lists them); the first: scenario ander, replication 4");
    for (int32_t r = 1; r <= 6; r++) {
        assert_true(wks_store_has(&store[0], r));
        assert_true(wks_store_has(&store[1], r) == (r != 4));
    }
    assert_string_equal(wks_manifest_find(&store[1].manifest, 4)->status, "failed");
    assert_string_equal(store[0].manifest.status, "complete");
    assert_string_equal(store[1].manifest.status, "complete");
    wks_store_close(&store[0]);
    wks_store_close(&store[1]);
    made_free(&a);
    made_free(&b);
}

/* Of a part, the replications of the others count too: it ends as one of which some failed, and can be joined. */
static void part_of_which_all_failed_is_a_part(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    wks_store store = {0};
    const wks_store_options how = {.threads = 1, .block = {3, 8, 1, 8}};
    const wks_batch_options options = {.threads = 1, .stop = &plan.stop, .runner = fake_run};
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; first_replication = 3; replications = 1;");
    plan_nothing();
    plan.fails_at = 3;
    assert_ok(wks_store_open(m.run, &m.scenario, &m.city, &how, &store, &err), &err);
    wks_batch_member member = {&m.scenario, &m.world, &store, NULL, NULL, 0};
    assert_status(wks_batch_run(&member, 1, &options, &err), WKS_ERR_PARTIAL, &err);
    wks_store_close(&store);
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "complete");
    assert_int_equal(manifest.block.number, 3);
    assert_int_equal(manifest.block.of, 8);
    wks_manifest_free(&manifest);
    made_free(&m);
}

/* While others still run, what has ended is whole on disk and listed. */
static void look_at_disk(const wks_batch_progress *progress, void *context)
{
    const made *m = context;
    wks_manifest manifest;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_manifest_read(m->run, &manifest, &err), &err);
    assert_int_equal(manifest.n_replications, progress->n_done);
    for (size_t i = 0; i < manifest.n_replications; i++) {
        char name[64];
        snprintf(name, sizeof name, "parts/%06d.city.csv", manifest.replication[i].number);
        char *text = made_get(m, name);
        assert_contains(text, ",5,"); /* its last tick */
        free(text);
    }
    wks_manifest_free(&manifest);
}

static void replications_are_on_disk_as_they_end(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, six);
    plan_nothing();
    assert_ok(run_batch(&m, false, 1, look_at_disk, &m, &err), &err);
    made_free(&m);
}

/* Six replications in batches of two with the stores left open, finished once: the tables of one batch. What failed in an earlier batch is not tried again. */
static void batches_that_leave_stores_open_give_the_tables_of_one(void **state)
{
    made one, many;
    wks_err err = WKS_ERR_INIT;
    wks_store store = {0};
    const wks_store_options how = {.threads = 1};
    wks_batch_options options = {.threads = 1, .stop = &plan.stop, .runner = fake_run, .more = true};
    wks_status rc = WKS_OK;
    (void)state;
    made_init(&one, six);
    made_init(&many, "name = \"zes\"; ticks = 5; replications = 2;");
    plan_nothing();
    plan.fails_at = 2;
    assert_status(run_batch(&one, false, 1, NULL, NULL, &err), WKS_ERR_PARTIAL, &err);
    plan_nothing();
    plan.fails_at = 2;
    err = WKS_ERR_INIT;
    assert_ok(wks_store_open(many.run, &many.scenario, &many.city, &how, &store, &err), &err);
    wks_batch_member member = {.scenario = &many.scenario, .population = &many.world, .store = &store};
    for (int32_t n = 2; n <= 6; n += 2) {
        many.scenario.n_replications = n;
        wks_config_get(many.scenario.resolved, "replications")->integer = n;
        assert_ok(wks_store_extend(&store, &err), &err);
        wks_err own = WKS_ERR_INIT;
        assert_status(wks_batch_run(&member, 1, &options, &own), n == 2 ? WKS_ERR_PARTIAL : WKS_OK, &own);
        wks_manifest manifest = manifest_of(&many);
        assert_string_equal(manifest.status, "running");
        wks_manifest_free(&manifest);
        options.from = n + 1;
    }
    assert_int_equal(plan.n_run, 6);
    rc = wks_batch_finish(&member, 1, WKS_ERR_PARTIAL, &err);
    assert_int_equal(rc, WKS_ERR_PARTIAL);
    wks_store_close(&store);
    wks_manifest manifest = manifest_of(&many);
    assert_string_equal(manifest.status, "complete");
    assert_int_equal(manifest.replications_asked, 6);
    assert_string_equal(wks_manifest_find(&manifest, 2)->status, "failed");
    wks_manifest_free(&manifest);
    assert_same_table(&one, &many, "city.csv");
    assert_same_table(&one, &many, "summary.csv");
    assert_same_table(&one, &many, "scenario.cfg");
    made_free(&one);
    made_free(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batch_runs_all_replications_once),
        cmocka_unit_test(batch_tables_do_not_depend_on_threads),
        cmocka_unit_test(batch_with_fewer_jobs_than_threads_gives_them_to_the_ticks),
        cmocka_unit_test(batch_keeps_to_the_memory_there_is),
        cmocka_unit_test(last_replication_gets_the_threads_of_those_that_ended),
        cmocka_unit_test(failed_replication_is_listed_and_the_others_go_on),
        cmocka_unit_test(batch_of_which_all_failed_is_no_result),
        cmocka_unit_test(full_disk_begins_no_new_replication),
        cmocka_unit_test(stopped_batch_goes_on_to_the_same_tables),
        cmocka_unit_test(batch_stopped_before_it_began_is_interrupted_and_empty),
        cmocka_unit_test(progress_counts_ticks_and_replications),
        cmocka_unit_test(two_scenarios_take_turns),
        cmocka_unit_test(failure_under_one_of_two_scenarios_stops_nobody),
        cmocka_unit_test(part_of_which_all_failed_is_a_part),
        cmocka_unit_test(replications_are_on_disk_as_they_end),
        cmocka_unit_test(batches_that_leave_stores_open_give_the_tables_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
