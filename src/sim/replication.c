#include "sim/replication.h"

#include <stdlib.h>
#include <string.h>

#include "base/machine.h"
#include "base/mem.h"
#include "base/month.h"
#include "process/process_registry.h"
#include "process/tick_order.h"
#include "scenario/members.h"
#include "scenario/model.h"
#include "scenario/read.h"
#include "sim/cityless.h"
#include "sim/replication_state.h"
#include "world/check.h"
#include "world/row_order.h"
#include "world/world_state.h"

typedef wks_running running;

/* Months from one time that rows are put in order to the next. No result depends on it: every 4 months is no faster, never is a quarter slower after five years. */
enum { ORDER_EVERY = 12 };

/* Seconds since the last lap, added to where they were spent; WKS_NONE: to nothing. */
static void lap(running *run, int32_t place)
{
    wks_replication_spent *spent = run->options->spent;

    if (spent == NULL) return;
    const double now = wks_machine_seconds();
    if (place >= 0) spent->place_s[place] += now - run->lap_s;
    run->lap_s = now;
}

static bool is_due(int32_t tick, int32_t every, int32_t last)
{
    return tick == 0 || tick == last || (every > 0 && tick % every == 0);
}

/* Measures the present state and hands it to the observer. */
static wks_status emit(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_output *output = &run->scenario->output;
    const int32_t tick = run->world.tick;
    const int32_t last = run->scenario->n_ticks;
    wks_observe_queue *queue = NULL;
    wks_replication_view view = {.replication = run->options->number, .world = &run->world, .city = &run->city, .buurt = &run->buurt};

    wks_series_clear(&run->city);
    wks_series_clear(&run->buurt);
    WKS_TRY(wks_observe_tick(run->observe, &run->world, err));
    if (output->city && is_due(tick, output->city_every, last)) WKS_TRY(wks_observe_city(run->observe, &run->world, &run->city, err));
    if (is_due(tick, output->buurt_every, last)) {
        if (output->buurt || output->wijk) WKS_TRY(wks_observe_buurt(run->observe, &run->world, &run->buurt, err));
        if (tick > 0) WKS_TRY(wks_observe_queue_rows(run->observe, &run->world, &queue, &view.n_queue, err));
        view.queue = queue;
    }
    if (tick > 0) WKS_TRY(wks_compliance_tick(run->compliance, &run->world, &run->tick.law, err));
    WKS_TRY(wks_compliance_rows(run->compliance, &run->world, &run->tick.law, &view.compliance, &view.n_compliance, err));
    WKS_TRY(wks_budget_rows(run->budget, run->scenario, &run->world, &view.budget, &view.n_budget, err));
    if (tick > 0) wks_monitor_tick(run->monitor, &run->world);
    if (output->monitor) WKS_TRY(wks_monitor_rows(run->monitor, &run->world, &view.monitor, &view.n_monitor, err));
    WKS_TRY(wks_observe_flows(run->observe, &run->world, &view.flows, &view.n_flows, err));
    WKS_TRY(wks_observe_destinations(run->observe, &run->world, &view.destinations, &view.n_destinations, err));
    if (run->fate != NULL) WKS_TRY(wks_household_fate_tick(run->fate, &run->world, err));
    if (run->fate != NULL && is_due(tick, 12, last))
        WKS_TRY(wks_household_life_year(&run->life, run->fate, &run->world, &view.life, &view.n_lives, err));
    if (run->fate != NULL && tick == last)
        WKS_TRY(wks_household_fate_finish(run->fate, &run->world, &run->tick.law, &view.fate, &view.n_fates, err));
    lap(run, WKS_REPLICATION_MEASURE);
    if (run->options->observer != NULL) WKS_TRY(run->options->observer(&view, run->options->observer_context, err));
out:
    free(queue);
    return rc;
}

static void apply_set_events(running *run)
{
    const wks_scenario *scenario = run->scenario;
    while (run->next_event < scenario->n_events && scenario->timeline[run->next_event].month <= run->world.month) {
        const wks_event *event = &scenario->timeline[run->next_event];
        if (strcmp(event->settings.spec->name, "set") == 0) wks_read_apply_set(scenario, event, run->tick.process, run->tick.is_enabled);
        run->next_event++;
    }
}

/* Rows in the order of homes again: who moved, came or was born since stands anywhere. What buffers of a tick hold is of no use any more, and their memory is. */
static wks_status put_in_order(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = &run->world;
    wks_row_order order = WKS_ROW_ORDER_INIT;

    wks_tick_free(&run->tick);
    WKS_TRY(wks_row_order_find_households(world, &order, err));
    wks_row_order_households(world, &order);
    WKS_TRY(wks_observe_reorder_households(run->observe, &order, err));
    if (run->fate != NULL) WKS_TRY(wks_household_fate_reorder(run->fate, world, &order, err));
    wks_row_order_free(&order);
    WKS_TRY(wks_row_order_find_persons(world, &order, err));
    wks_row_order_persons(world, &order);
    WKS_TRY(wks_observe_reorder_persons(run->observe, &order, err));
    wks_row_order_free(&order);
    WKS_TRY(wks_row_order_find_registrations(world, &order, err));
    wks_row_order_registrations(world, &order);
    if (run->options->verify)
        WKS_TRY(wks_err_context(err, wks_check_structure(world, err), "after putting rows in order, tick %d", world->tick));
out:
    wks_row_order_free(&order);
    return rc;
}

static wks_status step(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t previous_year = wks_month_year(run->world.month);
    wks_check_stocks before = {0};
    int32_t order[WKS_REPLICATION_MOST_PROCESSES];

    WKS_BUG_IF(wks_process_registry_size > WKS_REPLICATION_MOST_PROCESSES);

    if (run->options->lent != NULL) run->world.threads = atomic_load_explicit(run->options->lent, memory_order_relaxed);
    if (run->world.tick % ORDER_EVERY == 0 && !run->options->keep_order) WKS_TRY(put_in_order(run, err));
    if (run->options->verify) before = wks_check_count(&run->world);
    wks_world_next_tick(&run->world);
    if (wks_month_year(run->world.month) != previous_year)
        run->tick.law = wks_law_of_year(wks_month_year(run->world.month), run->tick.law_index);
    apply_set_events(run);
    wks_tick_order(&run->tick, wks_process_registry, wks_process_registry_size, order);
    lap(run, WKS_REPLICATION_BETWEEN);
    for (int32_t k = 0; k < wks_process_registry_size; k++) {
        const int32_t i = order[k];
        const wks_spec *spec = wks_process_registry[i];
        const wks_process *process = spec->implementation;
        if (!run->tick.is_enabled[i]) continue;
        WKS_TRY(
            wks_err_context(err, process->run(&run->tick, &run->tick.process[i], err), "process %s, tick %d", spec->name, run->world.tick));
        lap(run, i);
        if (run->options->verify) {
            WKS_TRY(wks_err_context(err, wks_check_structure(&run->world, err), "after process %s, tick %d", spec->name, run->world.tick));
        }
    }
    WKS_TRY(wks_world_make_room(&run->world, err));
    if (run->options->verify) WKS_TRY(wks_check_balance(&run->world, &before, err));
    lap(run, WKS_NONE);
    wks_observe_refresh_groups(run->scenario, &run->world);
    lap(run, WKS_REPLICATION_GROUPS);
out:
    return rc;
}

/* Settings as the scenario has them at the start, in memory of this replication. */
static wks_status take_settings(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = run->scenario;
    const size_t n = (size_t)scenario->n_processes;

    run->tick.world = &run->world;
    run->tick.scenario = scenario;
    run->tick.process = wks_mem_array(n, sizeof *run->tick.process);
    run->tick.is_enabled = wks_mem_array(n, sizeof *run->tick.is_enabled);
    if (run->tick.process == NULL || run->tick.is_enabled == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the settings of %zu processes", n);
    memcpy(run->tick.process, scenario->process, n * sizeof *run->tick.process);
    wks_members_apply(scenario, run->options->number, run->tick.process);
    memcpy(run->tick.is_enabled, scenario->is_enabled, n * sizeof *run->tick.is_enabled);
    run->tick.law_index = scenario->law_index;
out:
    return rc;
}

/* What rule sets and observers keep, empty. */
static wks_status make_memory(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_round_create(run->scenario, &run->world, &run->tick.round, err));
    wks_round_follow(run->tick.round, run->options->trace);
    WKS_TRY(wks_observe_create(run->scenario, &run->world, &run->observe, err));
    WKS_TRY(wks_compliance_create(run->scenario, &run->compliance, err));
    WKS_TRY(wks_budget_create(&run->budget, err));
    WKS_TRY(wks_monitor_create(&run->world, &run->monitor, err));
    if (run->options->follow) WKS_TRY(wks_household_fate_create(&run->world, &run->fate, err));
out:
    return rc;
}

static wks_status begin(running *run, const wks_world *population, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (run->options->take == NULL) {
        WKS_TRY(wks_world_copy(population, &run->world, err));
    } else {
        WKS_BUG_IF(run->options->take != population);
        run->world = *run->options->take; /* initialised and empty so far */
        wks_world_init(run->options->take);
    }
    run->world.seed = wks_rng_seed_make(run->scenario->seed_dynamics, (uint64_t)run->options->number);
    run->world.threads = run->options->threads;
    WKS_TRY(take_settings(run, err));
    run->tick.law = wks_law_of_year(wks_month_year(run->world.month), run->tick.law_index);
    wks_observe_refresh_groups(run->scenario, &run->world);
    for (int32_t i = 0; i < wks_process_registry_size; i++) {
        const wks_process *process = wks_process_registry[i]->implementation;
        if (process->start != NULL) WKS_TRY(process->start(&run->tick, &run->tick.process[i], err));
    }
    WKS_TRY(make_memory(run, err));
out:
    return rc;
}

/* ---- from bytes, and to bytes ---------------------------------------------------------------------------------------------------------- */

/* A world without rows that lends from the city what the population lends from it. */
static void borrow(wks_world *world, const wks_world *population)
{
    world->by_gemeente = population->by_gemeente;
    world->neighbour_start = population->neighbour_start;
    world->neighbour = population->neighbour;
    world->near_start = population->near_start;
    world->near = population->near;
    world->near_x = population->near_x;
    world->near_y = population->near_y;
}

static wks_status go_on(running *run, const wks_world *population, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_bytes_reader reader = {.data = run->options->from->data, .length = run->options->from->length};
    wks_carry carry = {.in = &reader};

    WKS_TRY(wks_replication_state_carry_shape(run->scenario, run->options, &carry, err));
    borrow(&run->world, population);
    run->world.seed = wks_rng_seed_make(run->scenario->seed_dynamics, (uint64_t)run->options->number);
    run->world.threads = run->options->threads;
    WKS_TRY(wks_world_state_carry(&run->world, population, &carry, err));
    if (run->options->take != NULL) {
        wks_world_free(run->options->take);
        wks_world_init(run->options->take);
    }
    WKS_TRY(take_settings(run, err));
    run->tick.law = wks_law_of_year(wks_month_year(run->world.month), run->tick.law_index);
    if (run->world.tick > 0) apply_set_events(run);
    WKS_TRY(wks_replication_state_carry_settings(run, &carry, err));
    WKS_TRY(make_memory(run, err));
    WKS_TRY(wks_replication_state_carry_memory(run, &carry, err));
    rc = wks_bytes_reader_end(&reader, err);
out:
    return rc;
}

wks_status wks_replication_save(const wks_replication_state *state, wks_bytes *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_carry carry = {.out = out};
    running *run = state->city;

    if (run == NULL) return wks_cityless_save(state->cityless, out, err);
    WKS_TRY(wks_replication_state_carry_shape(run->scenario, run->options, &carry, err));
    WKS_TRY(wks_world_state_carry(&run->world, NULL, &carry, err));
    WKS_TRY(wks_replication_state_carry_settings(run, &carry, err));
    WKS_TRY(wks_replication_state_carry_memory(run, &carry, err));
out:
    return rc;
}

static wks_status pause(running *run, bool is_stopping, wks_err *err)
{
    const wks_replication_state state = {.city = run};

    if (run->options->pause == NULL) return WKS_OK;
    return run->options->pause(&state, run->world.tick, is_stopping, run->options->pause_context, err);
}

/* ---- all ------------------------------------------------------------------------------------------------------------------------------- */

static wks_status to_the_end(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_ticks = run->scenario->n_ticks, until = run->options->until;
    const int32_t last = until > 0 && until < n_ticks ? until : n_ticks;

    lap(run, WKS_NONE);
    while (run->world.tick < last) {
        if (wks_stop_is_raised(run->options->stop)) {
            WKS_TRY(pause(run, true, err));
            WKS_FAIL(err, WKS_ERR_STOPPED, "stopped at tick %d", run->world.tick);
        }
        WKS_TRY(step(run, err));
        WKS_TRY(emit(run, err));
        WKS_TRY(pause(run, false, err));
        lap(run, WKS_REPLICATION_OBSERVER);
    }
out:
    return rc;
}

wks_status wks_replication_run(const wks_scenario *scenario, const wks_world *population, const wks_replication_options *options,
                               uint64_t *out_hash, wks_err *err)
{
    wks_status rc = WKS_OK;
    running run = {.scenario = scenario, .options = options};

    if (!wks_model_has_city(scenario)) return wks_cityless_run(scenario, options, out_hash, err);
    wks_world_init(&run.world);
    if (options->from != NULL) {
        WKS_TRY(go_on(&run, population, err));
    } else {
        WKS_TRY(begin(&run, population, err));
        lap(&run, WKS_NONE);
        WKS_TRY(emit(&run, err));
        WKS_TRY(pause(&run, false, err));
    }
    WKS_TRY(to_the_end(&run, err));
    *out_hash = wks_world_hash(&run.world);
out:
    wks_observe_destroy(run.observe);
    wks_compliance_destroy(run.compliance);
    wks_budget_destroy(run.budget);
    wks_monitor_destroy(run.monitor);
    wks_household_fate_destroy(run.fate);
    wks_household_life_free(&run.life);
    wks_round_destroy(run.tick.round);
    free(run.tick.process);
    free(run.tick.is_enabled);
    wks_tick_free(&run.tick);
    wks_series_free(&run.city);
    wks_series_free(&run.buurt);
    wks_world_free(&run.world);
    return rc;
}
