/* Time of all indices of segregation that need no place, on a made table of counts. Prints one line of figures: the median of the runs in milliseconds
 * and its parts, the least, the local indices and the exact baselines by themselves, and values to hold segregation_numpy.py to, which makes the same
 * table. Run by bench.sh; not a test.
 *   bench_segregation [AREAS [GROUPS [THREADS [RUNS]]]]      default 1000000 5 2 9 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "segregation/baseline.h"
#include "segregation/exposure.h"
#include "segregation/local.h"
#include "segregation/multigroup.h"
#include "support/check.h"

enum { MOST_GROUPS = 64, MOST_RUNS = 101 };

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

static double median(double *ms, long runs)
{
    qsort(ms, (size_t)runs, sizeof *ms, by_value);
    return ms[runs / 2];
}

/* What the runs took, and what came out. */
typedef struct figures {
    double sums[MOST_RUNS], each[MOST_RUNS], exposure[MOST_RUNS], all[MOST_RUNS], processor[MOST_RUNS];
    wks_evenness evenness[MOST_GROUPS];
    wks_multigroup together;
    wks_exposure isolation[MOST_GROUPS];
    double to[MOST_GROUPS][MOST_GROUPS], pair[MOST_GROUPS][MOST_GROUPS];
} figures;

static void run_all(wks_table *table, int threads, long run, figures *out)
{
    wks_err err = WKS_ERR_INIT;
    const double processor = processor_ms(), begin = now_ms();
    wks_table_sum(table, threads);
    const double summed = now_ms();
    assert_ok(wks_evenness_each(table, WKS_EVENNESS_ALL, threads, out->evenness, &err), &err);
    wks_multigroup_from(table, out->evenness, &out->together);
    const double even = now_ms();
    for (size_t g = 0; g < table->n_groups; g++)
        wks_exposure_of(table, g, threads, &out->isolation[g], out->to[g]);
    for (size_t g = 0; g < table->n_groups; g++) {
        for (size_t h = 0; h < g; h++)
            out->pair[g][h] = out->pair[h][g] =
                wks_evenness_dissimilarity_pair(wks_table_group(table, g), wks_table_group(table, h), table->n_areas, threads);
    }
    const double end = now_ms();
    if (run < 0) return; /* the first one touches the memory */
    out->sums[run] = summed - begin;
    out->each[run] = even - summed;
    out->exposure[run] = end - even;
    out->all[run] = end - begin;
    out->processor[run] = processor_ms() - processor;
}

static double local_ms(const wks_table *table, int threads)
{
    double *value = malloc((3 + table->n_groups) * table->n_areas * sizeof *value), group[MOST_GROUPS];
    assert_non_null(value);
    memset(value, 0, (3 + table->n_groups) * table->n_areas * sizeof *value);
    const double begin = now_ms();
    wks_local_areas(table, threads, value, value + table->n_areas, value + 2 * table->n_areas);
    for (size_t g = 0; g < table->n_groups; g++)
        wks_local_quotient(table, g, threads, value + (3 + g) * table->n_areas);
    wks_local_groups(table, threads, group);
    const double end = now_ms();
    free(value);
    return end - begin;
}

static double baseline_ms(const wks_table *table, const figures *of, int threads, wks_baseline *first)
{
    const double begin = now_ms();
    for (size_t g = 0; g < table->n_groups; g++) {
        wks_baseline baseline;
        wks_baseline_of(table, g, of->evenness[g].d, WKS_BASELINE_BOTH, threads, &baseline);
        if (g == 0) *first = baseline;
    }
    return now_ms() - begin;
}

int main(int argc, char **argv)
{
    long given[] = {1000000, 5, 2, 9};
    static figures out;
    wks_baseline first = {0};
    wks_table table;

    for (int i = 1; i < argc && i <= 4; i++)
        given[i - 1] = strtol(argv[i], NULL, 10);
    if (given[0] < 1 || given[1] < 1 || given[1] > MOST_GROUPS || given[2] < 1 || given[3] < 1 || given[3] > MOST_RUNS) {
        fprintf(stderr, "bench_segregation: expected AREAS GROUPS (at most 64) THREADS RUNS (at most 101), all above 0\n");
        return 2;
    }
    make(&table, (size_t)given[0], (size_t)given[1]);
    for (long run = -1; run < given[3]; run++)
        run_all(&table, (int)given[2], run, &out);
    const double all = median(out.all, given[3]), least = out.all[0];
    printf("{\"name\":\"segregation\",\"areas\":%ld,\"groups\":%ld,\"threads\":%ld,\"runs\":%ld,\"median_ms\":%.1f,\"least_ms\":%.1f,"
           "\"processor_ms\":%.1f,"
           "\"sums_ms\":%.1f,"
           "\"evenness_and_multigroup_ms\":%.1f,\"exposure_and_pairs_ms\":%.1f,\"local_ms\":%.1f,\"baselines_ms\":%.1f,\n",
           given[0], given[1], given[2], given[3], all, least, median(out.processor, given[3]), median(out.sums, given[3]),
           median(out.each, given[3]), median(out.exposure, given[3]), local_ms(&table, (int)given[2]),
           baseline_ms(&table, &out, (int)given[2], &first));
    const wks_evenness *one = &out.evenness[0];
    printf(" \"D\":%.12g,\"G\":%.12g,\"H\":%.12g,\"eta2\":%.12g,\"A0.1\":%.12g,\"A0.5\":%.12g,\"A0.9\":%.12g,\"xPx\":%.12g,\"xPx_exact\":%."
           "12g,\"xPy\":%.12g,"
           "\"D_pair\":%.12g,\"D_multi\":%.12g,\"G_multi\":%.12g,\"R_multi\":%.12g,\"M\":%.12g,\"H_multi\":%.12g,\"C_multi\":%.12g,\"P_"
           "multi\":%.12g,\"ED_fixed\":%.12g,"
           "\"ED_binom\":%.12g}\n",
           one->d, one->g, one->h, one->eta2, one->a01, one->a05, one->a09, out.isolation[0].isolation, out.isolation[0].isolation_exact,
           out.to[0][given[1] - 1], out.pair[0][given[1] - 1], out.together.d, out.together.g, out.together.r, out.together.m,
           out.together.h, out.together.c, out.together.p, first.ed_fixed, first.ed_binom);
    wks_table_free(&table);
    return 0;
}
