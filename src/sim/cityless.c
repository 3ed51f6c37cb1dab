#include "sim/cityless.h"

#include "grid/grid.h"
#include "queue/queue.h"

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

static wks_status create(running *run, wks_err *err)
{
    const wks_rng_seed seed = wks_rng_seed_make(run->scenario->seed_dynamics, (uint64_t)run->options->number);

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

/* To the next tick that has rows, in steps that a stop can come between. */
static wks_status go_on(running *run, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t every = run->scenario->output.city_every, last = run->scenario->n_ticks;
    const int32_t due = every < last - run->world.tick ? (run->world.tick / every + 1) * every : last;
    const int32_t next = due < last ? due : last, patience = run->grid != NULL ? PATIENCE_GRID : PATIENCE;

    while (run->world.tick < next) {
        if (wks_stop_is_raised(run->options->stop)) WKS_FAIL(err, WKS_ERR_STOPPED, "stopped at tick %d", run->world.tick);
        run->world.tick = next - run->world.tick > patience ? run->world.tick + patience : next;
        WKS_TRY(advance(run, err));
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
    WKS_TRY(emit(&run, err));
    while (run.world.tick < scenario->n_ticks) {
        WKS_TRY(go_on(&run, err));
        WKS_TRY(emit(&run, err));
    }
    *out_hash = run.grid != NULL ? wks_grid_hash(run.grid) : wks_queue_hash(run.queue);
out:
    wks_queue_destroy(run.queue);
    wks_grid_destroy(run.grid);
    wks_series_free(&run.city);
    wks_series_free(&run.buurt);
    wks_world_free(&run.world);
    return rc;
}
