/* How long contrasts.csv takes: bench_contrasts [ROWS [PAIRS [THREADS]]], all of them shares, so all with redraws; then the same rows by paired t. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/rng.h"
#include "study/compare.h"

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double seconds(const wks_matrix *reference, const wks_matrix *scenario, const wks_catalogue *catalogue, int threads)
{
    static const wks_scenario nothing;
    const wks_compare_set set = {reference, &scenario, 1};
    const wks_compare_options how = {wks_declared_of(&nothing), catalogue, threads};
    wks_err err = WKS_ERR_INIT;
    const char *folder = getenv("TMPDIR");
    char path[512];

    snprintf(path, sizeof path, "%s/wijksim-bench-contrasts.csv", folder == NULL ? "/tmp" : folder);
    const double begin = now();
    if (wks_compare_write(path, &set, 1, &how, &err) != WKS_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    const double spent = now() - begin;
    (void)remove(path);
    return spent;
}

int main(int argc, char **argv)
{
    static const wks_indicator_spec kinds[] = {{.name = "share", .unit = "share"}};
    static const wks_catalogue catalogue = {.indicator = kinds, .n_indicators = 1};
    const size_t n_rows = argc > 1 ? (size_t)atol(argv[1]) : 100000, n_pairs = argc > 2 ? (size_t)atol(argv[2]) : 30;
    const int threads = argc > 3 ? atoi(argv[3]) : wks_par_default_threads();
    const wks_rng_seed seed = wks_rng_seed_make(1, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    wks_matrix_row *row = wks_mem_array(n_rows, sizeof *row);
    int32_t *number = wks_mem_array(n_pairs, sizeof *number);
    double *value = wks_mem_array(2 * n_rows * n_pairs, sizeof *value);
    char a[] = "reference", b[] = "alternative";

    if (row == NULL || number == NULL || value == NULL) return 1;
    for (size_t i = 0; i < n_rows; i++)
        row[i] = (wks_matrix_row){12, "2026-01", "share", "", "", "buurt", "BU00000001"};
    for (size_t i = 0; i < n_pairs; i++)
        number[i] = (int32_t)i + 1;
    for (size_t i = 0; i < 2 * n_rows * n_pairs; i++)
        value[i] = wks_rng_u01(&rng);
    const wks_matrix reference = {
        .row = row, .n_rows = n_rows, .replication = number, .n_replications = n_pairs, .value = value, .scenario = a};
    wks_matrix scenario = reference;
    scenario.value = value + n_rows * n_pairs;
    scenario.scenario = b;
    printf("%zu rows of %zu pairs, %d threads: bootstrap %.2f s,", n_rows, n_pairs, threads,
           seconds(&reference, &scenario, &catalogue, threads));
    printf(" paired t %.2f s\n", seconds(&reference, &scenario, NULL, threads));
    free(row);
    free(number);
    free(value);
    return 0;
}
