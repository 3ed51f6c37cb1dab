#include "sim/cityless.h"

#include <string.h>

#include "grid/grid.h"
#include "queue/queue.h"
#include "sim/replication_state.h"

/* Ticks between two looks at the stop flag: those of a grid can be long. */
enum { PATIENCE = 4096, PATIENCE_GRID = 1 };

typedef struct wks_cityless {
    const wks_scenario *scenario;
    const wks_replication_options *options;
    wks_world world;  /* of nobody: the observer asks it for the tick and the month */
    wks_queue *queue; /* one of the two */
    wks_grid *grid;
    wks_series city, buurt;
} running;

/* Nothing but results and their number of ticks may differ: there are no events. */
static wks_status carry_head(running *run, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    char hash[sizeof run->scenario->hash] = "";

    WKS_TRY(wks_replication_state_carry_shape(run->scenario, run->options, carry, err));
    memcpy(hash, run->scenario->hash, sizeof hash);
    wks_carry_numbers(carry, hash, sizeof hash, 1);
    wks_carry_must(carry, memcmp(hash, run->scenario->hash, sizeof hash) == 0, "another scenario");
    wks_carry_i32(carry, &run->world.tick);
    wks_carry_must(carry, run->world.tick >= 0 && run->world.tick <= run->scenario->n_ticks, "a tick that is not there");
    rc = wks_carry_status(carry, err);
out:
    return rc;
}

static wks_status load(running *run, wks_rng_seed seed, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_bytes_reader reader = {.data = run->options->from->data, .length = run->options->from->length};
    wks_carry carry = {.in = &reader};

    WKS_TRY(carry_head(run, &carry, err));
    if (run->scenario->model.kind == WKS_MODEL_GRID) {
        WKS_TRY(wks_grid_load(run->scenario, seed, &reader, &run->grid, err));
        if (run->grid->tick != run->world.tick) wks_bytes_reader_fail(&reader, "a grid of another tick");
    } else {
        WKS_TRY(wks_queue_create(run->scenario, seed, &run->queue, err));
        WKS_TRY(wks_queue_carry(run->queue, &carry, err));
        if ((int32_t)run->queue->now != run->world.tick) wks_bytes_reader_fail(&reader, "a queue of another tick");
    }
    rc = wks_bytes_reader_end(&reader, err);
out:
    return rc;
}

wks_status wks_cityless_save(const struct wks_cityless *run, wks_bytes *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    running head = *run; /* what is carried is written only */
    wks_carry carry = {.out = out};

    WKS_TRY(carry_head(&head, &carry, err));
    rc = run->grid != NULL ? wks_grid_save(run->grid, out, err) : wks_queue_carry(run->queue, &carry, err);
out:
    return rc;
}

static wks_status create(running *run, wks_err *err)
{
    const wks_rng_seed seed = wks_rng_seed_make(run->scenario->seed_dynamics, (uint64_t)run->options->number);

    if (run->options->from != NULL) return load(run, seed, err);
    if (run->scenario->model.kind == WKS_MODEL_GRID) return wks_grid_create(run->scenario, seed, &run->grid, err);
    return wks_queue_create(run->scenario, seed, &run->queue, err);
}

static wks_status check(const running *run, wks_err *err)
{
    return run->grid != NULL ? wks_grid_check(run->grid, err) : wks_queue_check(run->queue, err);
}

static wks_status add_rows(running *run, wks_err *err)
{
    return run->grid != NULL ? wks_grid_rows(run->grid, &run->city, err) : wks_queue_rows(run->queue, &run->city, err);
}

static wks_status advance(running *run, wks_err *err)
{
    if (run->grid != NULL)
        run->grid->threads =
            run->options->lent != NULL ? atomic_load_explicit(run->options->lent, memory_order_relaxed) : run->options->threads;
    return run->grid != NULL ? wks_grid_advance(run->grid, run->world.tick, err) : wks_queue_advance(run->queue, run->world.tick, err);
}

static wks_status emit(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_replication_view view = {.replication = run->options->number, .world = &run->world, .city = &run->city, .buurt = &run->buurt};

    if (run->options->verify) WKS_TRY(check(run, err));
    wks_series_clear(&run->city);
    if (run->scenario->output.city) WKS_TRY(add_rows(run, err));
    if (run->options->observer != NULL) WKS_TRY(run->options->observer(&view, run->options->observer_context, err));
out:
    return rc;
}

static wks_status pause(running *run, bool is_stopping, wks_err *err)
{
    const wks_replication_state state = {.cityless = run};

    if (run->options->pause == NULL) return WKS_OK;
    return run->options->pause(&state, run->world.tick, is_stopping, run->options->pause_context, err);
}

static int32_t last_of(const running *run)
{
    const int32_t n_ticks = run->scenario->n_ticks, until = run->options->until;

    return until > 0 && until < n_ticks ? until : n_ticks;
}

/* The next tick that has rows. */
static int32_t due_after(const running *run)
{
    const int64_t every = run->scenario->output.city_every, due = (run->world.tick / every + 1) * every;

    return due < run->scenario->n_ticks ? (int32_t)due : run->scenario->n_ticks;
}

/* To the next tick that has rows, in steps that a stop can come between. The steps are the same wherever a replication ends or goes on: sums of time depend on
 * them. */
static wks_status go_on(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t due = due_after(run), last = last_of(run);
    const int32_t patience = run->grid != NULL ? PATIENCE_GRID : PATIENCE;

    while (run->world.tick < due && run->world.tick < last) {
        if (wks_stop_is_raised(run->options->stop)) {
            WKS_TRY(pause(run, true, err));
            WKS_FAIL(err, WKS_ERR_STOPPED, "stopped at tick %d", run->world.tick);
        }
        run->world.tick = due - run->world.tick > patience ? run->world.tick + patience : due;
        WKS_TRY(advance(run, err));
        if (run->world.tick == due) WKS_TRY(emit(run, err));
        WKS_TRY(pause(run, false, err));
    }
out:
    return rc;
}

wks_status wks_cityless_run(const wks_scenario *scenario, const wks_replication_options *options, uint64_t *out_hash, wks_err *err)
{
    wks_status rc = WKS_OK;
    running run = {.scenario = scenario, .options = options};

    wks_world_init(&run.world);
    run.world.start_month = run.world.month = WKS_NO_MONTH;
    WKS_TRY(create(&run, err));
    if (options->from == NULL) {
        WKS_TRY(emit(&run, err));
        WKS_TRY(pause(&run, false, err));
    }
    while (run.world.tick < last_of(&run))
        WKS_TRY(go_on(&run, err));
    *out_hash = run.grid != NULL ? wks_grid_hash(run.grid) : wks_queue_hash(run.queue);
out:
    wks_queue_destroy(run.queue);
    wks_grid_destroy(run.grid);
    wks_series_free(&run.city);
    wks_series_free(&run.buurt);
    wks_world_free(&run.world);
    return rc;
}
