#include "sim/replication.h"

#include "city/synth.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "support/check.h"
#include "support/folder.h"

static const char text[] =
    "name = \"proef\"; ticks = 14;\n"
    "groups = ( { name = \"oud\"; where = \"age_years >= 65\"; use = [ \"measure\" ]; } );\n"
    "rules = ( { name = \"regio\"; channels = ( { part = \"advertised\"; } ); filters = ( { part = \"registered\"; } );\n"
    "            order = ( { part = \"inschrijfduur\"; } ); } );\n";

/* A population of three buurten, made once; replications run on copies. */
static struct {
    wks_city city;
    wks_world population;
    wks_scenario scenario;
    uint64_t hash;
} base;

static int begin(void **state)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_synth_report report = {0};
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    char *path = wks_folder_path(wks_check_test_data(), "cities/valid/small");
    (void)state;
    assert_ok(
        wks_read_scenario_text("proef.cfg", text, sizeof text - 1, &options, wks_everything_catalogue(), &base.scenario, &problems, &err),
        &err);
    assert_problems(&problems, "");
    assert_ok(wks_folder_read(path, &base.city, &problems, &err), &err);
    wks_world_init(&base.population);
    const wks_synth_options how = {.seed_population = 1, .start_month = base.scenario.start_month, .threads = 1};
    assert_ok(wks_synth_city(&base.city, &how, &base.population, &report, &err), &err);
    base.hash = wks_world_hash(&base.population);
    wks_synth_report_free(&report);
    wks_problems_free(&problems);
    free(path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    wks_world_free(&base.population);
    wks_scenario_free(&base.scenario);
    wks_folder_free(&base.city);
    return 0;
}

/* What an observer saw. */
typedef struct seen {
    int32_t n_calls, last_tick, fails_at, stops_at;
    int32_t city_ticks, buurt_ticks, queue_ticks;
    wks_stop stop;
} seen;

static wks_status watch(const wks_replication_view *view, void *context, wks_err *err)
{
    seen *self = context;
    const int32_t tick = view->world->tick;

    assert_int_equal(tick, self->n_calls); /* every tick once, in order, from 0 */
    assert_int_equal(view->world->month, base.scenario.start_month + tick);
    self->n_calls++;
    self->last_tick = tick;
    self->city_ticks += view->city->n > 0;
    self->buurt_ticks += view->buurt->n > 0;
    self->queue_ticks += view->n_queue > 0;
    if (tick == self->stops_at) wks_stop_raise(&self->stop);
    if (tick == self->fails_at) return wks_err_set(err, WKS_ERR_IO, "no room");
    return WKS_OK;
}

static wks_status run(int32_t number, int threads, bool verify, seen *self, uint64_t *out_hash, wks_err *err)
{
    const wks_replication_options options = {
        .number = number, .threads = threads, .verify = verify, .stop = &self->stop, .observer = watch, .observer_context = self};
    return wks_replication_run(&base.scenario, &base.population, &options, out_hash, err);
}

static const seen nothing = {.fails_at = -1, .stops_at = -1};

static void observer_is_told_every_tick_and_what_is_due(void **state)
{
    seen self = nothing;
    uint64_t hash = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(run(1, 1, true, &self, &hash, &err), &err);
    assert_int_equal(self.n_calls, 15);
    assert_int_equal(self.last_tick, 14);
    assert_int_equal(self.city_ticks, 15);
    assert_int_equal(self.buurt_ticks, 3); /* 0, 12 and the last */
    assert_int_equal(self.queue_ticks, 2); /* the queue is of the year before: not at the start */
    assert_true(hash != 0);
}

static void end_state_depends_on_the_number_only(void **state)
{
    seen a = nothing, b = nothing, c = nothing;
    uint64_t first = 0, same = 0, other = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(run(1, 1, false, &a, &first, &err), &err);
    assert_ok(run(1, 4, true, &b, &same, &err), &err);
    assert_ok(run(2, 1, false, &c, &other, &err), &err);
    assert_true(first == same);
    assert_true(first != other);
    assert_true(wks_world_hash(&base.population) == base.hash); /* the population is left as it was */
}

static void stop_ends_at_the_next_tick(void **state)
{
    seen self = nothing;
    uint64_t hash = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    self.stops_at = 5;
    assert_status(run(1, 1, false, &self, &hash, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(self.last_tick, 5);
    assert_contains(err.message, "tick 5");
}

static void observer_errors(void **state)
{
    seen self = nothing;
    uint64_t hash = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    self.fails_at = 3;
    assert_status(run(1, 1, false, &self, &hash, &err), WKS_ERR_IO, &err);
    assert_string_equal(err.message, "no room");
    assert_int_equal(self.n_calls, 4);
}

static void replication_without_observer_runs(void **state)
{
    const wks_replication_options options = {.number = 1, .threads = 1};
    seen self = nothing;
    uint64_t hash = 0, watched = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_replication_run(&base.scenario, &base.population, &options, &hash, &err), &err);
    assert_ok(run(1, 1, false, &self, &watched, &err), &err);
    assert_true(hash == watched); /* looking changes nothing */
}

static void a_population_that_is_taken_ends_in_the_same_state(void **state)
{
    wks_world own;
    wks_replication_options options = {.number = 1, .threads = 2, .verify = true, .take = &own};
    seen self = nothing;
    uint64_t hash = 0, copied = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    wks_world_init(&own);
    assert_ok(wks_world_copy(&base.population, &own, &err), &err);
    assert_ok(wks_replication_run(&base.scenario, &own, &options, &hash, &err), &err);
    assert_ok(run(1, 1, false, &self, &copied, &err), &err);
    assert_true(hash == copied);
    assert_int_equal(own.person.base.n_rows, 0); /* used up */
    wks_world_free(&own);
}

/* Rows of the series, flows between wijken, destinations, lives and fates, as one number. */
static uint64_t mix_series(uint64_t hash, const wks_series *series)
{
    for (int32_t i = 0; i < series->n; i++)
        hash = wks_columns_mix(wks_columns_mix(hash, (uint64_t)(int64_t)series->row[i].area_row), wks_columns_bits(series->row[i].value));
    return hash;
}

static wks_status add_up(const wks_replication_view *view, void *context, wks_err *err)
{
    uint64_t hash = *(uint64_t *)context;

    (void)err;
    hash = mix_series(mix_series(hash, view->city), view->buurt);
    for (int32_t i = 0; i < view->n_flows; i++)
        hash = wks_columns_mix(wks_columns_mix(hash, (uint64_t)(int64_t)view->flows[i].to_wijk_row), (uint64_t)view->flows[i].moves);
    for (int32_t i = 0; i < view->n_destinations; i++)
        hash = wks_columns_mix(hash, (uint64_t)view->destinations[i].households);
    for (int32_t i = 0; i < view->n_lives; i++)
        hash = wks_columns_mix(wks_columns_mix(hash, view->life[i].who), view->life[i].life);
    for (int32_t i = 0; i < view->n_fates; i++) {
        hash = wks_columns_mix(hash, view->fate[i].key);
        for (int32_t o = 0; o < WKS_N_FATE_OUTCOMES; o++)
            hash = wks_columns_mix(hash, wks_columns_bits(wks_household_fate_value(&view->fate[i], (wks_household_fate_outcome)o)));
    }
    *(uint64_t *)context = hash;
    return WKS_OK;
}

/* 26 months: rows are put in order three times. */
static void order_of_rows_changes_nothing(void **state)
{
    uint64_t told[2] = {0, 0}, hash[2];
    const int32_t n_ticks = base.scenario.n_ticks;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    base.scenario.n_ticks = 26;
    for (int32_t k = 0; k < 2; k++) {
        const wks_replication_options options = {.number = 1,
                                                 .threads = 1 + k,
                                                 .verify = true,
                                                 .follow = true,
                                                 .keep_order = k == 0,
                                                 .observer = add_up,
                                                 .observer_context = &told[k]};
        assert_ok(wks_replication_run(&base.scenario, &base.population, &options, &hash[k], &err), &err);
    }
    base.scenario.n_ticks = n_ticks;
    assert_true(told[0] == told[1]);
    assert_true(hash[0] == hash[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(observer_is_told_every_tick_and_what_is_due),
        cmocka_unit_test(end_state_depends_on_the_number_only),
        cmocka_unit_test(stop_ends_at_the_next_tick),
        cmocka_unit_test(observer_errors),
        cmocka_unit_test(replication_without_observer_runs),
        cmocka_unit_test(a_population_that_is_taken_ends_in_the_same_state),
        cmocka_unit_test(order_of_rows_changes_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
