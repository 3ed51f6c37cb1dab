/* Time of all kernel indices (H, D, R, SP, and P of every pair of groups) of a made table: areas spread evenly, so many of them within the cut-off of each
 * as asked for. Then of the six nearest of each area. Prints one line of figures: median and least of the runs in milliseconds, median processor time,
 * and the indices, which kernel_numpy.py finds too. Run by bench.sh; not a test.
 *   bench_kernel [AREAS [NEIGHBOURS [GROUPS [THREADS [RUNS]]]]]      default 100000 50 5 2 11; NEIGHBOURS 0: no cut-off */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "num/points.h"
#include "segregation/kernel.h"
#include "support/check.h"

enum { MOST_RUNS = 1000 };

/* In [0, 1); the same numbers in kernel_numpy.py (the finaliser of splitmix64 by Vigna). */
static double u01(uint64_t k)
{
    uint64_t z = (k + 1) * 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* A square in which a circle of radius 1 holds `neighbours` areas; in its left half the first group is four times as many. */
static void make(wks_table *table, double *x, double *y, double neighbours)
{
    const size_t n = table->n_areas;
    const double side = sqrt((double)n * 3.14159265358979324 / neighbours);

    for (size_t i = 0; i < n; i++) {
        x[i] = side * u01(2 * i);
        y[i] = side * u01(2 * i + 1);
        for (size_t g = 0; g < table->n_groups; g++) {
            const double count = floor(100.0 * u01((2 + g) * n + i));
            table->count[g * n + i] = g == 0 && x[i] < side / 2 ? 4.0 * count : count;
        }
    }
    wks_table_sum(table, 1);
}

static double clock_ms(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static double median(double *value, long n)
{
    qsort(value, (size_t)n, sizeof *value, by_value);
    return value[n / 2];
}

int main(int argc, char **argv)
{
    long given[] = {100000, 50, 5, 2, 11};
    double ms[MOST_RUNS], processor[MOST_RUNS], nearest[MOST_RUNS];
    wks_err err = WKS_ERR_INIT;
    wks_kernel_indices index;
    wks_table table;

    for (int i = 1; i < argc && i <= 5; i++)
        given[i - 1] = strtol(argv[i], NULL, 10);
    if (given[0] < 1 || given[1] < 0 || given[2] < 1 || given[2] > 1000 || given[3] < 1 || given[4] < 1 || given[4] > MOST_RUNS) {
        fprintf(stderr, "bench_kernel: expected AREAS NEIGHBOURS GROUPS THREADS RUNS (at most 1000)\n");
        return 2;
    }
    const size_t n = (size_t)given[0], n_groups = (size_t)given[2];
    const int threads = (int)given[3];
    const wks_index_kernel kernel = {WKS_INDEX_EXP, 1.0, given[1] > 0 ? 1.0 : (double)INFINITY};
    double *x = calloc(n, sizeof *x), *y = calloc(n, sizeof *y), *around = calloc(n * n_groups, sizeof *around);
    double *exposure = calloc(n_groups * n_groups, sizeof *exposure);
    int64_t *start = calloc(n + 1, sizeof *start);
    int32_t *to = calloc(6 * n, sizeof *to);

    assert_ok(wks_table_create(n, n_groups, &table, &err), &err);
    assert_true(x != NULL && y != NULL && around != NULL && exposure != NULL && start != NULL && to != NULL);
    make(&table, x, y, given[1] > 0 ? (double)given[1] : 50.0);
    for (long run = 0; run < given[4]; run++) {
        const double begin = clock_ms(CLOCK_MONOTONIC), processor_begin = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        assert_ok(wks_kernel_around(&table, x, y, &kernel, threads, around, &err), &err);
        assert_ok(wks_kernel_measure(&table, around, threads, &index, exposure, &err), &err);
        const double end = clock_ms(CLOCK_MONOTONIC);
        ms[run] = end - begin;
        processor[run] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - processor_begin;
        assert_ok(wks_points_nearest(x, y, n, 6, threads, start, to, &err), &err);
        nearest[run] = clock_ms(CLOCK_MONOTONIC) - end;
    }
    const double middle = median(ms, given[4]);
    printf("{\"name\":\"kernel\",\"areas\":%ld,\"neighbours\":%ld,\"groups\":%ld,\"threads\":%ld,\"runs\":%ld,\"median_ms\":%.1f,\"least_"
           "ms\":%.1f,"
           "\"processor_ms\":%.1f,\"nearest_ms\":%.1f,\"H_spatial\":%.15g,\"D_spatial\":%.15g,\"R_spatial\":%.15g,\"SP\":%.15g,"
           "\"P_spatial_0_0\":%.15g}\n",
           given[0], given[1], given[2], given[3], given[4], middle, ms[0], median(processor, given[4]), median(nearest, given[4]),
           index.information, index.dissimilarity, index.diversity, index.proximity, exposure[0]);
    wks_table_free(&table);
    free(x);
    free(y);
    free(around);
    free(exposure);
    free(start);
    free(to);
    return 0;
}
