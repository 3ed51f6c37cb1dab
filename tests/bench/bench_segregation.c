/* Time of the indices of segregation that need no place, on a made table of counts, asked at the door that `measure` uses. Prints one line of figures:
 * the median of the runs in milliseconds (sums of the table and all indices but local ones and exact baselines), the least, the processor time, the local
 * ones and the baselines by themselves, and values to hold segregation_numpy.py to, which makes the same table. Run by bench.sh; not a test.
 *   bench_segregation [AREAS [GROUPS [THREADS [RUNS]]]]      default 1000000 5 2 9 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "segregation/index.h"
#include "support/check.h"

enum { MOST_RUNS = 101, MOST_INDICES = 128 };

/* Steele, Lea & Flood (2014): a number of its own for every cell, the same in any language. */
static double unit(uint64_t cell)
{
    uint64_t z = (cell + 1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Areas of some hundreds of people; group g half as large as the one before. */
static void make(wks_table *table, size_t n_areas, size_t n_groups)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_table_create(n_areas, n_groups, table, &err), &err);
    for (size_t g = 0; g < n_groups; g++) {
        for (size_t i = 0; i < n_areas; i++) {
            const double u = unit(g * n_areas + i);
            table->count[g * n_areas + i] = floor(400.0 / (double)(1U << (g < 6 ? g : 6)) * u * u);
        }
    }
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static double processor_ms(void)
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

/* What is asked in one go. */
typedef enum question { MAIN, LOCAL, BASELINES } question;

static bool is_asked(const wks_index_spec *index, question what)
{
    const bool is_local = index->rows == WKS_INDEX_BY_AREA || index->rows == WKS_INDEX_BY_AREA_GROUP || strncmp(index->name, "ls_", 3) == 0;
    const bool is_baseline = strncmp(index->name, "ED_", 3) == 0 || strncmp(index->name, "Dmod_", 5) == 0;
    if ((index->needs & ~WKS_INDEX_NEEDS_WHOLE) != 0 || index->is_costly) return false;
    return is_baseline ? what == BASELINES : is_local ? what == LOCAL : what == MAIN;
}

typedef struct took {
    double wall, processor;
} took;

static took ask(wks_table *table, question what, int threads, wks_index_result *out)
{
    bool wanted[MOST_INDICES] = {false};
    wks_err err = WKS_ERR_INIT;
    took result;

    assert_true(wks_index_count <= MOST_INDICES);
    for (int32_t k = 0; k < wks_index_count; k++)
        wanted[k] = is_asked(&wks_index_table[k], what);
    const double begin = now_ms(), processor = processor_ms();
    if (what == MAIN) wks_table_sum(table, threads);
    assert_ok(wks_index_compute(table, NULL, wanted, threads, out, &err), &err);
    result.processor = processor_ms() - processor;
    result.wall = now_ms() - begin;
    return result;
}

static took ask_once(wks_table *table, question what, int threads)
{
    wks_index_result rows = {0};
    const took result = ask(table, what, threads, &rows);
    wks_index_result_free(&rows);
    return result;
}

/* Of the first group, against the last where there is a second. */
static double value_of(const wks_index_result *rows, const char *name, int32_t last)
{
    const int32_t index = wks_index_find(name);
    for (size_t k = 0; k < rows->n; k++) {
        const wks_index_row *row = &rows->row[k];
        if (row->index == index && row->group <= 0 && (row->versus < 0 || row->versus == last)) return row->value;
    }
    return (double)NAN;
}

int main(int argc, char **argv)
{
    static const char *const shown[] = {"D",   "G",      "H",       "eta2",    "A0.1",    "A0.5", "A0.9",    "xPx",     "xPx_exact",
                                        "xPy", "D_pair", "D_multi", "G_multi", "R_multi", "M",    "H_multi", "C_multi", "P_multi"};
    long given[] = {1000000, 5, 2, 9};
    double wall[MOST_RUNS], processor[MOST_RUNS];
    wks_index_result rows = {0};
    wks_table table;

    for (int i = 1; i < argc && i <= 4; i++)
        given[i - 1] = strtol(argv[i], NULL, 10);
    if (given[0] < 1 || given[1] < 2 || given[1] > 64 || given[2] < 1 || given[3] < 1 || given[3] > MOST_RUNS) {
        fprintf(stderr, "bench_segregation: expected AREAS GROUPS (2 to 64) THREADS RUNS (at most 101), all above 0\n");
        return 2;
    }
    const int threads = (int)given[2];
    make(&table, (size_t)given[0], (size_t)given[1]);
    for (long run = -1; run < given[3]; run++) { /* the first one touches the memory */
        wks_index_result_free(&rows);
        const took result = ask(&table, MAIN, threads, &rows);
        if (run < 0) continue;
        wall[run] = result.wall;
        processor[run] = result.processor;
    }
    qsort(wall, (size_t)given[3], sizeof wall[0], by_value);
    qsort(processor, (size_t)given[3], sizeof processor[0], by_value);
    printf("{\"name\":\"segregation\",\"areas\":%ld,\"groups\":%ld,\"threads\":%ld,\"runs\":%ld,\"median_ms\":%.1f,\"least_ms\":%.1f,",
           given[0], given[1], given[2], given[3], wall[given[3] / 2], wall[0]);
    const took local = ask_once(&table, LOCAL, threads), baselines = ask_once(&table, BASELINES, threads);
    printf("\"processor_ms\":%.1f,\"local_ms\":%.1f,\"local_processor_ms\":%.1f,\"baselines_ms\":%.1f,\"baselines_processor_ms\":%.1f",
           processor[given[3] / 2], local.wall, local.processor, baselines.wall, baselines.processor);
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
        printf(",\"%s\":%.12g", shown[k], value_of(&rows, shown[k], (int32_t)given[1] - 1));
    printf("}\n");
    wks_index_result_free(&rows);
    wks_table_free(&table);
    return 0;
}
