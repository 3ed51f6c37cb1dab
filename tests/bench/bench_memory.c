/* Memory of a world: bytes a household by table and by column, as laid out (rows x width) and as resident (pages that were ever read or written; those only read are all one page of zeros), at tick 0 and after the
 * last tick; and what the process holds beside the tables. Tab-separated lines: tick, table, column, type, rows, bytes a row, bytes a household, resident bytes a household.
 * A household is one that lives somewhere in the city or waits there (live rows). Not a test.
 *   bench_memory SCENARIO [TICKS [THREADS [CITY]]]     default 12 ticks, 2 threads, the scenario's city */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "city/folder.h"
#include "city/synth.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "sim/replication.h"

static void done_or_die(wks_status rc, const wks_err *err)
{
    if (rc == WKS_OK) return;
    (void)fprintf(stderr, "bench_memory: %s\n", err->message);
    exit(1);
}

/* Bytes of [data, data + n) that lie in pages in memory. */
static size_t resident(void *data, size_t n)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const uintptr_t first = (uintptr_t)data / page * page, last = ((uintptr_t)data + n + page - 1) / page * page;
    const size_t n_pages = (last - first) / page;
    unsigned char *is_in = n == 0 ? NULL : malloc(n_pages);
    size_t sum = 0;

    if (is_in == NULL) return 0;
    if (mincore((char *)data - ((uintptr_t)data - first), last - first, is_in) == 0) {
        for (size_t i = 0; i < n_pages; i++)
            sum += (is_in[i] & 1u) != 0 ? page : 0;
    }
    free(is_in);
    return sum < n ? sum : n;
}

typedef struct total {
    double laid_out, resident;
} total;

/* Bytes of the rows: of a rare column its chains and the entries in use or freed. */
static double column_bytes(const void *table, const wks_column_info *column)
{
    const wks_rare *rare = (const void *)((const char *)table + column->offset);

    if (!column->is_rare) return (double)((const wks_columns *)table)->n_rows * (double)column->size;
    return (double)rare->n_chains * sizeof *rare->first + (double)rare->n_entries * sizeof *rare->entry;
}

static double column_resident(const void *table, const wks_column_info *column)
{
    const wks_rare *rare = (const void *)((const char *)table + column->offset);
    void *data;

    if (column->is_rare)
        return (double)resident(rare->first, (size_t)rare->n_chains * sizeof *rare->first) +
               (double)resident(rare->entry, (size_t)rare->capacity * sizeof *rare->entry);
    memcpy(&data, (const char *)table + column->offset, sizeof data);
    return (double)resident(data, (size_t)((const wks_columns *)table)->capacity * column->size);
}

static total print_table(const void *table, const wks_table_info *info, int32_t tick, double households)
{
    const wks_columns *base = table;
    const double rows = (double)base->n_rows;
    total sum = {0};

    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        const double in = column_resident(table, column), bytes = column_bytes(table, column);
        sum.laid_out += bytes;
        sum.resident += in;
        (void)printf("%d\t%s\t%s\t%s\t%d\t%.3g\t%.2f\t%.2f\n", (int)tick, info->name, column->name, column->type, (int)base->n_rows,
                     base->n_rows == 0 ? 0.0 : bytes / rows, bytes / households, in / households);
    }
    const double in = (double)resident(base->free_row, (size_t)base->free_capacity * sizeof *base->free_row);
    sum.resident += in;
    (void)printf("%d\t%s\t(free rows)\tint32_t\t%d\t4\t0.00\t%.2f\n", (int)tick, info->name, (int)base->n_free, in / households);
    (void)printf("%d\t%s\tTOTAL\t-\t%d\t%.0f\t%.2f\t%.2f\n", (int)tick, info->name, (int)base->n_rows,
                 base->n_rows == 0 ? 0.0 : sum.laid_out / rows, sum.laid_out / households, sum.resident / households);
    return sum;
}

static double status_mib(const char *name)
{
    char line[256];
    double kib = 0;
    FILE *status = fopen("/proc/self/status", "r");

    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) kib = strtod(line + strlen(name), NULL);
    }
    if (status != NULL) (void)fclose(status);
    return kib / 1024.0;
}

static void print_world(const wks_world *world, int32_t tick)
{
    const struct {
        const void *table;
        const wks_table_info *info;
    } list[] = {
        {&world->person, &wks_person_info},       {&world->household, &wks_household_info}, {&world->registration, &wks_registration_info},
        {&world->dwelling, &wks_dwelling_info},   {&world->unit, &wks_unit_info},           {&world->complex, &wks_complex_info},
        {&world->displaced, &wks_displaced_info}, {&world->buurt, &wks_buurt_info}};
    const double households = (double)world->household.base.n_live;
    total all = {0};

    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        const total one = print_table(list[i].table, list[i].info, tick, households);
        all.laid_out += one.laid_out;
        all.resident += one.resident;
    }
    const double rss = status_mib("VmRSS:");
    (void)printf("%d\tworld\tTOTAL\t-\t%.0f\t-\t%.2f\t%.2f\n", (int)tick, households, all.laid_out / households, all.resident / households);
    (void)printf("%d\tprocess\tbeside the tables\t-\t%.0f\t-\t-\t%.2f\n", (int)tick, households,
                 (rss * 1048576.0 - all.resident) / households);
    (void)printf("%d\tprocess\tresident %.0f MiB, peak so far %.0f MiB\n", (int)tick, rss, status_mib("VmHWM:"));
}

static wks_status at_the_end(const wks_replication_view *view, void *context, wks_err *err)
{
    (void)err;
    if (view->world->tick == *(const int32_t *)context) print_world(view->world, view->world->tick);
    return WKS_OK;
}

int main(int argc, char **argv)
{
    wks_read_options read = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_scenario scenario;
    wks_city city = {0};
    wks_synth_report report = {0};
    wks_world population;
    wks_err err = WKS_ERR_INIT;
    uint64_t hash = 0;
    const int threads = argc > 3 ? atoi(argv[3]) : 2;

    if (argc < 2) return 2;
    read.ticks = argc > 2 ? atoi(argv[2]) : 12;
    done_or_die(wks_read_scenario(argv[1], &read, wks_everything_catalogue(), &scenario, &problems, &err), &err);
    char *folder = argc > 4 ? wks_mem_string(argv[4]) : wks_read_city_folder(&scenario);
    if (folder == NULL) done_or_die(wks_err_set(&err, WKS_ERR_DATA, "no folder of the city"), &err);
    done_or_die(wks_folder_read(folder, &city, &problems, &err), &err);
    const wks_synth_options synth = {.seed_population = scenario.seed_population, .start_month = scenario.start_month, .threads = threads};
    wks_world_init(&population);
    done_or_die(wks_synth_city(&city, &synth, &population, &report, &err), &err);
    wks_synth_report_free(&report);
    wks_mem_give_back();
    (void)printf("tick\ttable\tcolumn\ttype\trows\tbytes_row\tbytes_household\tresident_household\n");
    print_world(&population, 0);
    int32_t last = scenario.n_ticks;
    wks_replication_options options = {
        .number = 1, .threads = threads, .observer = at_the_end, .observer_context = &last, .take = &population};
    done_or_die(wks_replication_run(&scenario, &population, &options, &hash, &err), &err);
    wks_world_free(&population);
    wks_folder_free(&city);
    wks_scenario_free(&scenario);
    wks_problems_free(&problems);
    free(folder);
    return 0;
}
