/* When a replication is kept and when the time is up, by a clock that the tests set; and batches of a made-up model that stop and go on in the middle. */
#include "base/machine.h"
#include "study/pausing.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "study/batch.h"
#include "support/chaos.h"
#include "unit/output/made.h"

static const char head[] = "name = \"proef\"; ticks = 9; replications = 3;";

/* The made-up model: its state is the tick. It runs in one thread. */
static struct {
    wks_stop stop;
    int32_t tick, n_saved, n_begun, last_from;                 /* last_from: tick that the last replication went on from; -1: began */
    int32_t stops_at, dies_at, io_at, fails_at, save_fails_at; /* ticks, of every replication; 0: never */
} plan;

static wks_status save(const wks_replication_state *state, wks_bytes *out, wks_err *err)
{
    (void)state;
    if (plan.save_fails_at > 0 && plan.tick == plan.save_fails_at)
        return wks_err_set(err, WKS_ERR_IO, "cannot write: No space left on device");
    wks_bytes_put_i32(out, plan.tick);
    plan.n_saved++;
    return wks_bytes_status(out, err);
}

static wks_status observe(const wks_scenario *scenario, const wks_world *population, const wks_replication_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world world = *population; /* a shallow copy: read only */
    wks_series city = {0}, buurt = {0};
    const wks_replication_view view = {.replication = options->number, .world = &world, .city = &city, .buurt = &buurt};

    world.tick = plan.tick;
    world.month += plan.tick;
    WKS_TRY(wks_series_add(&city, "persons", "", "", "", -1, 10 * options->number + plan.tick + (double)scenario->seed_dynamics, err));
    WKS_TRY(options->observer(&view, options->observer_context, err));
out:
    wks_series_free(&city);
    wks_series_free(&buurt);
    return rc;
}

static wks_status model(const wks_scenario *scenario, const wks_world *population, const wks_replication_options *options,
                        uint64_t *out_hash, wks_err *err)
{
    wks_status rc = WKS_OK;

    plan.n_begun++;
    plan.last_from = -1;
    plan.tick = 0;
    if (options->from != NULL) {
        wks_bytes_reader reader = {.data = options->from->data, .length = options->from->length};
        plan.tick = plan.last_from = wks_bytes_get_i32(&reader);
        WKS_TRY(wks_bytes_reader_end(&reader, err));
    } else {
        WKS_TRY(observe(scenario, population, options, err));
        WKS_TRY(options->pause(NULL, 0, false, options->pause_context, err));
    }
    while (plan.tick < scenario->n_ticks) {
        if (wks_stop_is_raised(options->stop)) {
            WKS_TRY(options->pause(NULL, plan.tick, true, options->pause_context, err));
            WKS_FAIL(err, WKS_ERR_STOPPED, "stopped");
        }
        plan.tick++;
        if (plan.tick == plan.dies_at) (void)kill(getpid(), SIGKILL);
        if (plan.tick == plan.io_at) WKS_FAIL(err, WKS_ERR_IO, "cannot write: No space left on device");
        if (plan.tick == plan.fails_at) WKS_FAIL(err, WKS_ERR_LAW, "persons do not balance");
        WKS_TRY(observe(scenario, population, options, err));
        if (plan.tick == plan.stops_at) wks_stop_raise(&plan.stop);
        WKS_TRY(options->pause(NULL, plan.tick, false, options->pause_context, err));
    }
    *out_hash = (uint64_t)options->number;
out:
    return rc;
}

static void plan_nothing(void)
{
    memset(&plan, 0, sizeof plan);
}

static wks_status run(made *m, bool resume, double every_s, wks_batch_report *report, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store store = {0};
    const wks_store_options how = {.resume = resume, .threads = 1, .command = "wijksim run proef.cfg -o run"};
    const wks_batch_options options = {.threads = 1,
                                       .stop = &plan.stop,
                                       .runner = model,
                                       .report = report,
                                       .report_context = context,
                                       .pausing = {.is_on = true, .every_s = every_s, .save = save}};
    wks_batch_member member = {.scenario = &m->scenario, .population = &m->world, .store = &store};

    WKS_TRY(wks_store_open(m->run, &m->scenario, &m->city, &how, &store, err));
    WKS_TRY(wks_batch_run(&member, 1, &options, err));
out:
    wks_store_close(&store);
    return rc;
}

static void assert_same_as_whole(made *m)
{
    static const char *const names[] = {"city.csv", "summary.csv", "scenario.cfg"};
    made whole;
    wks_err err = WKS_ERR_INIT;
    made_init(&whole, head);
    plan_nothing();
    assert_ok(run(&whole, false, 600, NULL, NULL, &err), &err);
    assert_int_equal(plan.n_saved, 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *a = made_get(m, names[i]), *b = made_get(&whole, names[i]);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
    assert_false(made_has(m, "checkpoint"));
    made_free(&whole);
}

static void keep_last(const wks_batch_progress *progress, void *context)
{
    wks_batch_progress *last = context;
    *last = *progress;
}

static void stopped_in_the_middle_goes_on_from_there(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    wks_batch_progress last = {0};
    (void)state;
    made_init(&m, head);
    plan_nothing();
    plan.stops_at = 4;
    assert_status(run(&m, false, 600, NULL, NULL, &err), WKS_ERR_STOPPED, &err);
    assert_contains(err.message, "0 of 3 replications are done; kept in the middle: number 1 of proef at tick 4 of 9; to go on: "
                                 "wijksim run proef.cfg -o run --resume");
    assert_int_equal(plan.n_saved, 1);
    assert_true(made_has(&m, "checkpoint/000001.ckpt"));
    plan_nothing();
    plan.stops_at = 7; /* once more, further on */
    err = WKS_ERR_INIT;
    assert_status(run(&m, true, 600, NULL, NULL, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(plan.last_from, 4);
    assert_contains(err.message, "number 1 of proef at tick 7 of 9");
    plan_nothing();
    err = WKS_ERR_INIT;
    assert_ok(run(&m, true, 600, keep_last, &last, &err), &err);
    assert_int_equal(plan.n_begun, 3);
    assert_int_equal(last.n_ticks, 27 - 7); /* the work of this session */
    assert_int_equal(last.n_ticks_done, 20);
    assert_same_as_whole(&m);
    made_free(&m);
}

/* Between two replications too: none is begun that cannot do a month. */
static void deadline_between_replications_begins_no_new_one(void **state)
{
    const wks_pausing_pace none = {0, 0}, slow = {100, 1};
    const wks_pausing_rules rules = {.deadline = wks_machine_seconds() + 50}, free_rules = {0};
    (void)state;
    assert_false(wks_pausing_is_late(&rules, &none)); /* somebody has to begin */
    assert_true(wks_pausing_is_late(&rules, &slow));
    assert_false(wks_pausing_is_late(&free_rules, &slow));
}

static void disk_or_memory_that_fails_loses_nothing_that_was_kept(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    plan_nothing();
    plan.io_at = 6;
    assert_status(run(&m, false, 0, NULL, NULL, &err), WKS_ERR_IO, &err);
    assert_int_equal(plan.n_saved, 6); /* ticks 0 to 5 */
    assert_true(made_has(&m, "checkpoint/000001.ckpt"));
    plan_nothing();
    plan.save_fails_at = 7; /* and now while the checkpoint is written */
    err = WKS_ERR_INIT;
    assert_status(run(&m, true, 0, NULL, NULL, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "checkpoint at tick 7: cannot write: No space left on device");
    plan_nothing();
    err = WKS_ERR_INIT;
    plan.stops_at = 8; /* of number 1: whole sessions before that were kept up to tick 6 */
    assert_status(run(&m, true, 600, NULL, NULL, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(plan.last_from, 6);
    plan_nothing();
    err = WKS_ERR_INIT;
    assert_ok(run(&m, true, 600, NULL, NULL, &err), &err);
    assert_same_as_whole(&m);
    made_free(&m);
}

static void replication_that_fails_by_itself_begins_anew(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    plan_nothing();
    plan.fails_at = 5;
    assert_status(run(&m, false, 0, NULL, NULL, &err), WKS_ERR_LAW, &err);
    assert_false(made_has(&m, "checkpoint/000001.ckpt"));
    plan_nothing();
    err = WKS_ERR_INIT;
    assert_ok(run(&m, true, 600, NULL, NULL, &err), &err);
    assert_int_equal(plan.last_from, -1);
    assert_same_as_whole(&m);
    made_free(&m);
}

/* ---- a past that scenarios share ---- */

/* The second shares six ticks of the first. */
static wks_status run_both(made *one, made *other, bool resume, double every_s, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store store[2] = {{0}};
    const wks_store_options how = {.resume = resume, .threads = 1, .command = "wijksim compare proef.cfg ander.cfg"};
    const wks_batch_options options = {
        .threads = 1, .stop = &plan.stop, .runner = model, .pausing = {.is_on = true, .every_s = every_s, .save = save}};
    wks_batch_member member[2] = {{.scenario = &one->scenario, .population = &one->world, .store = &store[0]},
                                  {.scenario = &other->scenario, .population = &other->world, .store = &store[1], .shared_ticks = 6}};

    member[1].trunk = &member[0];
    WKS_TRY(wks_store_open(one->run, &one->scenario, &one->city, &how, &store[0], err));
    WKS_TRY(wks_store_open(other->run, &other->scenario, &other->city, &how, &store[1], err));
    WKS_TRY(wks_batch_run(member, 2, &options, err));
out:
    wks_store_close(&store[0]);
    wks_store_close(&store[1]);
    return rc;
}

/* Its own checkpoint is made anew by each, also when that of the first was due at the same tick. */
static void stopped_in_a_shared_past_both_go_on_from_there(void **state)
{
    (void)state;
    for (int32_t every = 0; every <= 600; every += 600) {
        made one, other;
        wks_err err = WKS_ERR_INIT;
        made_init(&one, head);
        made_init(&other, head);
        plan_nothing();
        plan.stops_at = 4;
        assert_status(run_both(&one, &other, false, every, &err), WKS_ERR_STOPPED, &err);
        assert_true(made_has(&one, "checkpoint/000001.ckpt"));
        assert_true(made_has(&other, "checkpoint/000001.ckpt"));
        plan_nothing();
        plan.stops_at = 9; /* of the first: the second is next */
        err = WKS_ERR_INIT;
        assert_status(run_both(&one, &other, true, every, &err), WKS_ERR_STOPPED, &err);
        assert_int_equal(plan.last_from, 4);
        plan_nothing();
        plan.stops_at = 7;
        err = WKS_ERR_INIT;
        assert_status(run_both(&one, &other, true, every, &err), WKS_ERR_STOPPED, &err);
        assert_int_equal(plan.last_from, 4);
        plan_nothing();
        err = WKS_ERR_INIT;
        assert_ok(run(&other, true, every, NULL, NULL, &err), &err);
        assert_same_as_whole(&other);
        made_free(&one);
        made_free(&other);
    }
}

static int32_t branched_at(const made *m)
{
    wks_manifest manifest = {0};
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_manifest_read(m->run, &manifest, &err), &err);
    const int32_t tick = manifest.branched_at;
    wks_manifest_free(&manifest);
    return tick;
}

/* As kill -9 does, at tick 5 of the first: whoever shares its past has the checkpoint of tick 4 too. */
static void killed_in_a_shared_past_both_go_on_from_the_last_checkpoint(void **state)
{
    made one, other;
    wks_err err = WKS_ERR_INIT;
    int status = 0;
    (void)state;
    made_init(&one, head);
    made_init(&other, head);
    plan_nothing();
    plan.dies_at = 5;
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        (void)run_both(&one, &other, false, 0, &err);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    plan_nothing();
    plan.stops_at = 9; /* of the first: the second is next */
    assert_status(run_both(&one, &other, true, 0, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(plan.last_from, 4);
    plan_nothing();
    plan.stops_at = 7;
    err = WKS_ERR_INIT;
    assert_status(run_both(&one, &other, true, 0, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(plan.last_from, 4);
    assert_int_equal(branched_at(&other), 0); /* it ran months 5 and 6 itself */
    plan_nothing();
    err = WKS_ERR_INIT;
    assert_ok(run_both(&one, &other, true, 0, &err), &err);
    assert_same_as_whole(&other);
    assert_int_equal(branched_at(&one), 0);
    assert_int_equal(branched_at(&other), 6); /* the other numbers turned off there */
    made_free(&one);
    made_free(&other);
}

/* The first fails before they part: the second runs all itself, and its manifest says nothing else. */
static void past_that_failed_is_not_told_as_shared(void **state)
{
    made one, other;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&one, "name = \"proef\"; ticks = 9; replications = 1;");
    made_init(&other, "name = \"proef\"; ticks = 9; replications = 1;");
    plan_nothing();
    plan.fails_at = 5;
    assert_status(run_both(&one, &other, false, 600, &err), WKS_ERR_LAW, &err);
    assert_int_equal(branched_at(&other), 0);
    made_free(&one);
    made_free(&other);
}

/* ---- the clock ---- */

typedef struct wks_clock_case {
    made m;
    wks_store store;
    wks_store_part *part;
    wks_stop stop;
    wks_pausing_rules rules;
    wks_pausing pausing;
    double simulation_s;
} clock_case;

static void clock_begin(clock_case *c, double every_s)
{
    const wks_store_options how = {.threads = 1};
    wks_err err = WKS_ERR_INIT;
    memset(c, 0, sizeof *c);
    plan_nothing();
    made_init(&c->m, head);
    assert_ok(wks_store_open(c->m.run, &c->m.scenario, &c->m.city, &how, &c->store, &err), &err);
    assert_ok(wks_store_part_open(&c->store, 1, &c->part, &err), &err);
    c->rules = (wks_pausing_rules){.is_on = true, .every_s = every_s, .save = save};
    wks_pausing_begin(&c->pausing, &c->rules, &c->stop, c->part, &c->simulation_s, 9, -1);
}

static void clock_end(clock_case *c)
{
    wks_store_part_discard(c->part, NULL);
    wks_store_close(&c->store);
    made_free(&c->m);
}

static int32_t ask(clock_case *c, int32_t tick, bool is_stopping)
{
    wks_err err = WKS_ERR_INIT;
    plan.tick = tick;
    assert_ok(wks_pausing_ask(NULL, tick, is_stopping, &c->pausing, &err), &err);
    return plan.n_saved;
}

static void checkpoint_is_written_when_it_is_due(void **state)
{
    clock_case c;
    (void)state;
    clock_begin(&c, 600);
    assert_int_equal(ask(&c, 0, false), 0);
    c.pausing.kept_at -= 590;
    assert_int_equal(ask(&c, 1, false), 0);
    c.pausing.kept_at -= 11;
    assert_int_equal(ask(&c, 2, false), 1);
    assert_int_equal(ask(&c, 3, false), 1); /* the time counts from there */
    assert_int_equal(c.pausing.kept_tick, 2);
    assert_int_equal(ask(&c, 3, true), 2); /* a run that is stopped keeps what it has */
    assert_int_equal(ask(&c, 3, true), 2); /* and that is kept already */
    c.pausing.kept_at -= 700;
    assert_int_equal(ask(&c, 9, false), 2); /* whole in a moment */
    c.rules.is_on = false;
    assert_int_equal(ask(&c, 5, true), 2);
    clock_end(&c);

    clock_begin(&c, 0);
    for (int32_t tick = 0; tick < 9; tick++)
        assert_int_equal(ask(&c, tick, false), tick + 1);
    clock_end(&c);
}

static bool stops(clock_case *c, int32_t tick, double month_s, double keeping_s, double left_s)
{
    const double now = wks_machine_seconds();
    c->pausing.month_begun = now - month_s;
    c->pausing.pace.month_s = 0;
    c->pausing.pace.keeping_s = keeping_s;
    c->rules.deadline = now + left_s;
    wks_stop_lower(&c->stop);
    (void)ask(c, tick, false);
    return wks_stop_is_raised(&c->stop);
}

static void deadline_leaves_room_for_a_month_and_its_checkpoint(void **state)
{
    clock_case c;
    (void)state;
    clock_begin(&c, 1e9);
    assert_false(stops(&c, 0, 100, 0, -100)); /* never before the first month is done */
    assert_true(stops(&c, 1, 100, 0, 150));   /* a month and, not known yet, as long for the checkpoint */
    assert_false(stops(&c, 2, 100, 0, 250));
    assert_true(stops(&c, 3, 100, 10, 105));
    assert_false(stops(&c, 4, 100, 10, 150));
    assert_true(stops(&c, 5, 1, 1, -1));
    /* The longest month of late counts, not only the last. */
    assert_false(stops(&c, 6, 100, 1, 1000));
    c.pausing.month_begun = wks_machine_seconds() - 1;
    c.rules.deadline = wks_machine_seconds() + 50;
    (void)ask(&c, 7, false);
    assert_true(wks_stop_is_raised(&c.stop));
    assert_close(c.pausing.pace.month_s, 95, 0, 1);
    c.rules.deadline = 0; /* none */
    assert_false((wks_stop_lower(&c.stop), (void)ask(&c, 8, false), wks_stop_is_raised(&c.stop)));
    clock_end(&c);
}

static void assert_command(const char *typed, int32_t part, const char *expected)
{
    char command[64] = "";
    wks_text text = WKS_TEXT_INIT;
    wks_manifest manifest = {.block = {.number = part, .of = part > 0 ? 8 : 0}};
    if (typed != NULL) (void)snprintf(command, sizeof command, "%s", typed);
    manifest.command = typed == NULL ? NULL : command;
    wks_pausing_command(&manifest, &text);
    assert_string_equal(text.data, expected);
    wks_text_free(&text);
}

static void command_to_go_on_is_as_typed_with_resume(void **state)
{
    (void)state;
    assert_command("wijksim run a.cfg -r 3", 0, "wijksim run a.cfg -r 3 --resume");
    assert_command("wijksim run a.cfg --resume -q", 0, "wijksim run a.cfg --resume -q");
    assert_command("wijksim run --force a.cfg", 0, "wijksim run a.cfg --resume");
    assert_command("wijksim run a.cfg --fo", 0, "wijksim run a.cfg --resume");
    assert_command("wijksim run a.cfg --set 'title=a  b'", 0, "wijksim run a.cfg --set 'title=a  b' --resume");
    assert_command("wijksim run a.cfg", 3, "wijksim run a.cfg --part 3/8 --resume");
    assert_command("wijksim run a.cfg --part 3/8", 3, "wijksim run a.cfg --part 3/8 --resume");
    assert_command("", 0, "the same command with --resume");
    assert_command(NULL, 0, "the same command with --resume");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stopped_in_the_middle_goes_on_from_there),
        cmocka_unit_test(deadline_between_replications_begins_no_new_one),
        cmocka_unit_test(disk_or_memory_that_fails_loses_nothing_that_was_kept),
        cmocka_unit_test(replication_that_fails_by_itself_begins_anew),
        cmocka_unit_test(stopped_in_a_shared_past_both_go_on_from_there),
        cmocka_unit_test(killed_in_a_shared_past_both_go_on_from_the_last_checkpoint),
        cmocka_unit_test(past_that_failed_is_not_told_as_shared),
        cmocka_unit_test(checkpoint_is_written_when_it_is_due),
        cmocka_unit_test(deadline_leaves_room_for_a_month_and_its_checkpoint),
        cmocka_unit_test(command_to_go_on_is_as_typed_with_resume),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
