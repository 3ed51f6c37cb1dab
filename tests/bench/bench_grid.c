/* Time of the models on a grid: the public yardstick (JuliaDynamics/ABMFrameworksComparison, Schelling small and large) and its rule on 1000 x 1000 cells with
 * 800,000 agents. Inside the simulation: passes only, without start, rows and files; median and least of the runs. Prints one line of figures a workload. Not a test.
 *   bench_grid [RUNS [WORKLOAD...]]      default 5, all; workloads: small large visit event
 * visit200 event200 synchronous visit4000 synchronous4000 event4000; stream alone: the bandwidth of memory */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "unit/grid/grid_case.h"

enum { MOST_RUNS = 101 };

static const struct workload {
    const char *name;
    int32_t side;
    double density;
    int32_t radius, alike_count;
    int order;
    int32_t ticks;
} workloads[] = {
    {"small", 40, 0.625, 1, 3, WKS_KEYS_ORDER_RANDOM, 20},
    {"large", 100, 0.8, 2, 8, WKS_KEYS_ORDER_RANDOM, 20},
    {"visit", 1000, 0.8, 1, 3, WKS_KEYS_ORDER_RANDOM, 20},
    {"event", 1000, 0.8, 1, 3, WKS_KEYS_ORDER_EVENT, 20},
    {"visit200", 1000, 0.8, 1, 3, WKS_KEYS_ORDER_RANDOM, 200},
    {"event200", 1000, 0.8, 1, 3, WKS_KEYS_ORDER_EVENT, 200},
    {"synchronous", 1000, 0.8, 1, 3, WKS_KEYS_ORDER_SYNCHRONOUS, 20},
    {"visit4000", 4000, 0.8, 1, 3, WKS_KEYS_ORDER_RANDOM, 20},
    {"synchronous4000", 4000, 0.8, 1, 3, WKS_KEYS_ORDER_SYNCHRONOUS, 20},
    {"event4000", 4000, 0.8, 1, 3, WKS_KEYS_ORDER_EVENT, 20},
};

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static void run(const struct workload *w, int32_t n_runs)
{
    grid_case c = {w->side, w->side, false, w->density, 0.5, w->radius, 0, w->alike_count, w->order, WKS_KEYS_DESTINATION_ANY, true};
    wks_scenario scenario = scenario_of(&c, w->ticks);
    double ms[MOST_RUNS], updates = 0;
    int64_t n_moves = 0;
    wks_err err = WKS_ERR_INIT;

    scenario.model.relocation.value[WKS_KEYS_RELOCATION_VISIT_AT_REST] = 1; /* declared: no early end */
    for (int32_t r = 0; r < n_runs; r++) {
        wks_grid *grid = NULL;
        assert_ok(wks_grid_create(&scenario, wks_rng_seed_make(1, (uint64_t)r + 1), &grid, &err), &err);
        const double begin = now_ms();
        assert_ok(wks_grid_advance(grid, w->ticks, &err), &err);
        ms[r] = now_ms() - begin;
        updates = (double)grid->board.n_agents * w->ticks;
        n_moves = grid->n_moves;
        wks_grid_destroy(grid);
    }
    qsort(ms, (size_t)n_runs, sizeof ms[0], by_value);
    printf("{\"name\":\"grid "
           "%s\",\"agents\":%.0f,\"passes\":%d,\"runs\":%d,\"median_ms\":%.3f,\"least_ms\":%.3f,\"updates_per_us\":%.1f,\"moves\":%lld}\n",
           w->name, updates / w->ticks, w->ticks, n_runs, ms[n_runs / 2], ms[0], updates / ms[n_runs / 2] / 1000, (long long)n_moves);
    fflush(stdout);
}

/* Bandwidth as STREAM's triad measures it (McCalpin 1995): a = b + 3 c on arrays far larger than the caches, 24 bytes an element; the best of ten. */
static void stream(void)
{
    enum { N = 1 << 23, TIMES = 10 };
    double *a = wks_mem_array(N, sizeof *a), *b = wks_mem_array(N, sizeof *b), *c = wks_mem_array(N, sizeof *c), least = 1e9;

    assert_true(a != NULL && b != NULL && c != NULL);
    for (int32_t i = 0; i < N; i++) {
        b[i] = i;
        c[i] = 1;
    }
    for (int t = 0; t < TIMES; t++) {
        const double begin = now_ms();
        for (int32_t i = 0; i < N; i++)
            a[i] = b[i] + 3 * c[i];
        const double ms = now_ms() - begin;
        assert_true(a[N - 1] > a[t]); /* used */
        if (ms < least) least = ms;
    }
    printf("{\"name\":\"stream triad\",\"gb_per_processor_s\":%.2f}\n", 24e-6 * N / least);
    free(a);
    free(b);
    free(c);
}

int main(int argc, char **argv)
{
    const long n_runs = argc > 1 ? strtol(argv[1], NULL, 10) : 5;

    if (n_runs < 1 || n_runs > MOST_RUNS) {
        fprintf(stderr, "bench_grid: expected RUNS from 1 to %d, then names of workloads\n", (int)MOST_RUNS);
        return 2;
    }
    if (argc == 3 && strcmp(argv[2], "stream") == 0) {
        stream();
        return 0;
    }
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++) {
        bool is_asked = argc <= 2;
        for (int k = 2; k < argc; k++)
            is_asked = is_asked || strcmp(argv[k], workloads[i].name) == 0;
        if (is_asked) run(&workloads[i], (int32_t)n_runs);
    }
    return 0;
}
