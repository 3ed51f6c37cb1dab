#include "sim/cityless.h"

#include "scenario/model.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "support/check.h"

/* A scenario of a queue with rows every 4 ticks of 10. */
static wks_scenario made(const char *order)
{
    wks_scenario scenario;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text,
                  "ticks = 10; warmup = 2; queue = { dwellings = 2; arrivals = 1; stay = 3; }; output = { city_every = 4; };\n"
                  "rules = ( { name = \"r\"; order = ( { part = \"%s\"; } ); } );",
                  order);
    assert_ok(wks_read_scenario_text("rij.cfg", text.data, text.length, &options, wks_everything_catalogue(), &scenario, &problems, &err),
              &err);
    assert_problems(&problems, "");
    wks_problems_free(&problems);
    wks_text_free(&text);
    return scenario;
}

typedef struct seen {
    int32_t n_calls, ticks[8], n_rows;
    double housed;
    wks_stop *stop;
    int32_t stops_at;
} seen;

static wks_status watch(const wks_replication_view *view, void *context, wks_err *err)
{
    seen *self = context;

    (void)err;
    assert_true(self->n_calls < 8);
    assert_int_equal(view->buurt->n, 0);
    assert_int_equal(view->n_queue, 0);
    assert_int_equal(view->world->letting.n, 0);
    if (self->n_calls > 0) assert_int_equal(view->city->n, self->n_rows);
    self->n_rows = view->city->n;
    self->ticks[self->n_calls++] = view->world->tick;
    for (int32_t i = 0; i < view->city->n; i++) {
        if (strcmp(view->city->row[i].indicator, "housed") == 0) self->housed = view->city->row[i].value;
    }
    if (view->world->tick == self->stops_at) wks_stop_raise(self->stop);
    return WKS_OK;
}

static uint64_t run(const wks_scenario *scenario, int32_t number, int threads, seen *self)
{
    const wks_replication_options options = {
        .number = number, .threads = threads, .verify = true, .observer = watch, .observer_context = self};
    uint64_t hash = 0;
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_replication_run(scenario, NULL, &options, &hash, &err), &err); /* the way a batch calls it, with nobody */
    return hash;
}

static void observer_is_told_the_ticks_with_rows(void **state)
{
    wks_scenario scenario = made("inschrijfduur");
    seen self = {.stops_at = -1};

    (void)state;
    run(&scenario, 1, 1, &self);
    assert_int_equal(self.n_calls, 4);
    assert_int_equal(self.ticks[0], 0);
    assert_int_equal(self.ticks[1], 4);
    assert_int_equal(self.ticks[2], 8);
    assert_int_equal(self.ticks[3], 10);
    assert_true(self.n_rows > 0 && self.housed > 0);
    wks_scenario_free(&scenario);
}

static void end_state_depends_on_number_and_order_only(void **state)
{
    wks_scenario list = made("inschrijfduur"), lot = made("lot");
    seen self[4] = {{.stops_at = -1}, {.stops_at = -1}, {.stops_at = -1}, {.stops_at = -1}};
    const uint64_t first = run(&list, 1, 1, &self[0]);

    (void)state;
    assert_true(first == run(&list, 1, 4, &self[1]));
    assert_true(first != run(&list, 2, 1, &self[2]));
    assert_true(first != run(&lot, 1, 1, &self[3]));
    wks_scenario_free(&list);
    wks_scenario_free(&lot);
}

static void stop_ends_it(void **state)
{
    wks_scenario scenario = made("lot");
    wks_stop stop = {0};
    seen self = {.stop = &stop, .stops_at = 4};
    const wks_replication_options options = {.number = 1, .threads = 1, .stop = &stop, .observer = watch, .observer_context = &self};
    uint64_t hash = 0;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_status(wks_replication_run(&scenario, NULL, &options, &hash, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(self.n_calls, 2);
    assert_contains(err.message, "tick 4");
    wks_scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(observer_is_told_the_ticks_with_rows),
        cmocka_unit_test(end_state_depends_on_number_and_order_only),
        cmocka_unit_test(stop_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
