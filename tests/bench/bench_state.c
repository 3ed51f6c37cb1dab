/* State of a replication between two ticks (decision 0016): how large it is, how long writing and reading it take, and whether going on from it gives the run as
 * it was. Prints one line: scenario, households, tick, MiB, MiB a thousand households, ms to save, ms to read, ms a tick before it, same or DIFFERS. Not a test.
 *   bench_state SCENARIO [TICK [TICKS [THREADS]]]      default tick 24 of 36, 2 threads. At TICK 0 the time to read holds one tick too */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "city/folder.h"
#include "city/synth.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "sim/replication.h"

typedef struct bench {
    int32_t tick, n_households;
    wks_bytes state;
    double save_ms, begun, reached;
} bench;

static double now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void done_or_die(wks_status rc, const wks_err *err)
{
    if (rc == WKS_OK) return;
    (void)fprintf(stderr, "bench_state: %s\n", err->message);
    exit(1);
}

static wks_status count(const wks_replication_view *view, void *context, wks_err *err)
{
    (void)err;
    ((bench *)context)->n_households = view->world->household.base.n_live;
    return WKS_OK;
}

static wks_status save(const wks_replication_state *state, int32_t tick, bool is_stopping, void *context, wks_err *err)
{
    bench *self = context;
    wks_status rc = WKS_OK;

    (void)is_stopping;
    if (tick == 0) self->begun = now();
    if (tick != self->tick) return WKS_OK;
    self->reached = now();
    rc = wks_replication_save(state, &self->state, err);
    self->save_ms = now() - self->reached;
    return rc;
}

static void read_all(const char *path, const char *ticks, wks_scenario *scenario, wks_city *city)
{
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *folder;

    options.ticks = atoi(ticks);
    done_or_die(wks_read_scenario(path, &options, wks_everything_catalogue(), scenario, &problems, &err), &err);
    folder = wks_read_city_folder(scenario);
    if (folder == NULL) done_or_die(wks_err_set(&err, WKS_ERR_DATA, "no folder of the city"), &err);
    done_or_die(wks_folder_read(folder, city, &problems, &err), &err);
    free(folder);
    wks_problems_free(&problems);
}

int main(int argc, char **argv)
{
    wks_scenario scenario;
    wks_city city = {0};
    wks_synth_report report = {0};
    wks_world population;
    wks_err err = WKS_ERR_INIT;
    uint64_t whole = 0, rest = 0, hash = 0;
    bench self = {.tick = argc > 2 ? atoi(argv[2]) : 24};

    if (argc < 2) return 2;
    read_all(argv[1], argc > 3 ? argv[3] : "36", &scenario, &city);
    const int threads = argc > 4 ? atoi(argv[4]) : 2;
    const wks_synth_options synth = {.seed_population = scenario.seed_population, .start_month = scenario.start_month, .threads = threads};
    wks_world_init(&population);
    done_or_die(wks_synth_city(&city, &synth, &population, &report, &err), &err);
    wks_replication_options options = {
        .number = 1, .threads = threads, .pause = save, .pause_context = &self, .observer = count, .observer_context = &self};
    done_or_die(wks_replication_run(&scenario, &population, &options, &whole, &err), &err);

    options.pause = NULL;
    options.from = &self.state;
    options.until = self.tick == 0 ? 1 : self.tick;
    const double before = now();
    done_or_die(wks_replication_run(&scenario, &population, &options, &hash, &err), &err);
    const double load_ms = now() - before;
    options.until = 0;
    done_or_die(wks_replication_run(&scenario, &population, &options, &rest, &err), &err);
    const double mib = (double)self.state.length / 1048576.0;
    (void)printf("%s %d households tick %d: %.2f MiB, %.3f MiB/1000, save %.1f ms, read %.1f ms, tick %.1f ms, %s\n", scenario.name,
                 (int)self.n_households, (int)self.tick, mib, mib / self.n_households * 1000, self.save_ms, load_ms,
                 self.tick == 0 ? 0.0 : (self.reached - self.begun) / self.tick, whole == rest ? "same" : "DIFFERS");
    wks_bytes_free(&self.state);
    wks_synth_report_free(&report);
    wks_world_free(&population);
    wks_folder_free(&city);
    wks_scenario_free(&scenario);
    return whole == rest ? 0 : 1;
}
