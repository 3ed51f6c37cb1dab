/* A month of a city from inside: ticks and household-months a second, bytes a household, the share of each process, and the ratio to reading the hot columns
 * once, as fast as this machine reads them in the same run. Prints a table, and with --json one line instead. Not a test.
 *   bench_month [--json] SCENARIO [TICKS [THREADS [RUNS [CITY]]]]      default 24 ticks, 2 threads, the median of 5 runs, the scenario's own city */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/machine.h"
#include "base/par.h"
#include "city/folder.h"
#include "city/synth.h"
#include "process/process_registry.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "sim/replication.h"

enum { MOST_RUNS = 99, STREAMS = 5 };

/* What a month must at least look at: who is where, of what age and kind, with what income, looking or not, in which home. */
static const char *const hot_person[] = {"key", "household_row", "birth_month", "sex", "role"};
static const char *const hot_household[] = {"key",           "unit_row",  "income_eur", "place",  "income_source",
                                            "vulnerability", "n_persons", "n_adults",   "search", "lonely"};

typedef struct bench {
    int threads;
    int32_t n_households, n_persons, last;
    int64_t n_adults, n_looking; /* of the last month: adults, and those of households that look for a home */
    size_t world_bytes, hot_bytes;
    double stream_s;
} bench;

static void done_or_die(wks_status rc, const wks_err *err)
{
    if (rc == WKS_OK) return;
    (void)fprintf(stderr, "bench_month: %s\n", err->message);
    exit(1);
}

/* ---- reading columns once -------------------------------------------------------------------------------------------------------------- */

typedef struct stream {
    const uint8_t *data;
    uint64_t *sum; /* of each block, so that nothing is left out by the compiler */
} stream;

static void read_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const stream *self = context;
    const uint8_t *data = self->data;
    uint64_t sum = 0, word;

    for (int64_t i = begin; i + 8 <= end; i += 8) {
        memcpy(&word, &data[i], sizeof word);
        sum += word;
    }
    self->sum[block] = sum;
}

/* Seconds to read one column once. Adds its bytes. */
static double read_column(const void *table, const wks_table_info *info, const char *name, bench *self)
{
    const int64_t block_size = 1 << 18;
    const wks_columns *base = table;

    for (int32_t c = 0; c < info->n_columns; c++) {
        if (strcmp(info->column[c].name, name) != 0) continue;
        const int64_t n = (int64_t)base->n_rows * (int64_t)info->column[c].size;
        uint64_t *sum = calloc((size_t)wks_par_blocks(n, block_size) + 1, sizeof *sum);
        stream column = {.sum = sum};
        memcpy(&column.data, (const char *)table + info->column[c].offset, sizeof column.data);
        if (sum == NULL) exit(1);
        const double begin = wks_machine_seconds();
        wks_par_for(n, block_size, self->threads, read_block, &column);
        const double took = wks_machine_seconds() - begin;
        free(sum);
        self->hot_bytes += (size_t)n;
        return took;
    }
    (void)fprintf(stderr, "bench_month: no column %s\n", name);
    exit(1);
}

static void read_hot(bench *self, const wks_world *world)
{
    double least = 1e9;

    for (int k = 0; k < STREAMS; k++) {
        double took = 0;
        self->hot_bytes = 0;
        for (size_t i = 0; i < sizeof hot_person / sizeof *hot_person; i++)
            took += read_column(&world->person, &wks_person_info, hot_person[i], self);
        for (size_t i = 0; i < sizeof hot_household / sizeof *hot_household; i++)
            took += read_column(&world->household, &wks_household_info, hot_household[i], self);
        if (took < least) least = took;
    }
    self->stream_s = least;
}

static void count_looking(bench *self, const wks_world *world)
{
    const wks_household_table *household = &world->household;

    self->n_adults = self->n_looking = 0;
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0) continue;
        self->n_adults += household->n_adults[i];
        self->n_looking += household->search[i] == WKS_SEARCH_STAY || household->search[i] == WKS_SEARCH_LEAVE ? 0 : household->n_adults[i];
    }
}

/* ---- the runs -------------------------------------------------------------------------------------------------------------------------- */

static wks_status look(const wks_replication_view *view, void *context, wks_err *err)
{
    bench *self = context;

    (void)err;
    if (view->world->tick != self->last) return WKS_OK;
    self->n_households = view->world->household.base.n_live;
    self->n_persons = view->world->person.base.n_live;
    self->world_bytes = wks_world_bytes(view->world);
    count_looking(self, view->world);
    read_hot(self, view->world);
    return WKS_OK;
}

static void read_all(const char *path, int ticks, const char *own_city, wks_scenario *scenario, wks_city *city)
{
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *folder = NULL;

    options.ticks = ticks;
    done_or_die(wks_read_scenario(path, &options, wks_everything_catalogue(), scenario, &problems, &err), &err);
    if (own_city == NULL) folder = wks_read_city_folder(scenario);
    if (own_city == NULL && folder == NULL) done_or_die(wks_err_set(&err, WKS_ERR_DATA, "no folder of the city"), &err);
    done_or_die(wks_folder_read(own_city == NULL ? folder : own_city, city, &problems, &err), &err);
    free(folder);
    wks_problems_free(&problems);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double inside(const wks_replication_spent *spent)
{
    double sum = 0;
    for (int32_t i = 0; i < WKS_REPLICATION_PLACES; i++)
        sum += i == WKS_REPLICATION_OBSERVER ? 0 : spent->place_s[i];
    return sum;
}

static const char *name_of(int32_t place)
{
    static const char *const other[] = {"between", "groups", "measure"};
    if (place < wks_process_registry_size) return wks_process_registry[place]->name;
    return place < WKS_REPLICATION_BETWEEN || place >= WKS_REPLICATION_OBSERVER ? NULL : other[place - WKS_REPLICATION_BETWEEN];
}

static void print_columns(const char *table, const char *const *name, size_t n)
{
    (void)printf("    %s:", table);
    for (size_t i = 0; i < n; i++)
        (void)printf(" %s", name[i]);
    (void)printf("\n");
}

static void print(const bench *self, const wks_scenario *scenario, double seconds, const wks_replication_spent *spent, bool as_json)
{
    const double all = inside(spent), rate = (double)self->n_households * self->last / seconds;
    const double month = seconds / self->last, ratio = month / self->stream_s, gb = (double)self->hot_bytes / 1e9;

    (void)printf(as_json ? "{\"name\":\"month %s\",\"households\":%d,\"persons\":%d,\"ticks\":%d,\"threads\":%d,\"simulation_s\":%.4f,"
                         : "%s: %d households, %d persons, %d months, %d threads: %.3f s inside\n",
                 scenario->name, (int)self->n_households, (int)self->n_persons, (int)self->last, self->threads, seconds);
    (void)printf(as_json ? "\"ticks_per_s\":%.2f,\"household_months_per_s\":%.0f,\"bytes_per_household\":%.1f,\"stream_gb_per_s\":%.2f,"
                           "\"month_over_stream\":%.1f,\"share\":{"
                         : "    %.2f ticks/s, %.0f household-months/s, %.1f bytes a household in the tables of the world (persons, homes, "
                           "registrations)\n    hot columns read once at %.2f GB/s: a month takes %.1f times as long\n",
                 1 / month, rate, (double)self->world_bytes / self->n_households, gb / self->stream_s, ratio);
    if (!as_json)
        (void)printf("    of %lld adults %.1f %% look for a home in the last month\n", (long long)self->n_adults,
                     100.0 * (double)self->n_looking / (double)self->n_adults);
    if (!as_json) print_columns("person", hot_person, sizeof hot_person / sizeof *hot_person);
    if (!as_json) print_columns("household", hot_household, sizeof hot_household / sizeof *hot_household);
    for (int32_t i = 0, first = 1; i < WKS_REPLICATION_PLACES; i++) {
        if (name_of(i) == NULL) continue;
        if (as_json) (void)printf("%s\"%s\":%.4f", first ? "" : ",", name_of(i), spent->place_s[i] / all);
        if (!as_json) (void)printf("    %-14s %5.1f %%\n", name_of(i), 100 * spent->place_s[i] / all);
        first = 0;
    }
    if (as_json) (void)printf("}}\n");
}

int main(int argc, char **argv)
{
    const bool as_json = argc > 1 && strcmp(argv[1], "--json") == 0;
    char **arg = as_json ? argv + 1 : argv;
    const int n_arg = as_json ? argc - 1 : argc;
    wks_scenario scenario;
    wks_city city = {0};
    wks_synth_report report = {0};
    wks_world population;
    wks_err err = WKS_ERR_INIT;
    wks_replication_spent spent = {{0}};
    double seconds[MOST_RUNS];
    uint64_t hash;

    if (n_arg < 2) return 2;
    bench self = {.threads = n_arg > 3 ? atoi(arg[3]) : 2, .last = n_arg > 2 ? atoi(arg[2]) : 24};
    const int runs = n_arg > 4 && atoi(arg[4]) > 0 && atoi(arg[4]) <= MOST_RUNS ? atoi(arg[4]) : 5;
    read_all(arg[1], self.last, n_arg > 5 ? arg[5] : NULL, &scenario, &city);
    const wks_synth_options synth = {
        .seed_population = scenario.seed_population, .start_month = scenario.start_month, .threads = self.threads};
    wks_world_init(&population);
    done_or_die(wks_synth_city(&city, &synth, &population, &report, &err), &err);
    for (int k = 0; k < runs; k++) {
        wks_replication_spent once = {{0}};
        const wks_replication_options options = {
            .number = 1, .threads = self.threads, .observer = look, .observer_context = &self, .spent = &once};
        done_or_die(wks_replication_run(&scenario, &population, &options, &hash, &err), &err);
        seconds[k] = inside(&once);
        for (int32_t i = 0; i < WKS_REPLICATION_PLACES; i++)
            spent.place_s[i] += once.place_s[i];
    }
    qsort(seconds, (size_t)runs, sizeof *seconds, by_size);
    print(&self, &scenario, seconds[runs / 2], &spent, as_json);
    wks_synth_report_free(&report);
    wks_world_free(&population);
    wks_folder_free(&city);
    wks_scenario_free(&scenario);
    return 0;
}
