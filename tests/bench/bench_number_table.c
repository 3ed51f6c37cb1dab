/* How fast a table of counts is read: bench_number_table [AREAS [GROUPS [THREADS]]], a file made by itself in /tmp (or TMPDIR), read five times. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/number_table.h"
#include "base/par.h"
#include "base/rng.h"

static double now(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void make(long n_areas, int n_groups, wks_text *out)
{
    const wks_rng_seed seed = wks_rng_seed_make(1, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);

    wks_text_add(out, "area");
    for (int g = 0; g < n_groups; g++)
        wks_text_addf(out, ",g%d", g + 1);
    for (long i = 0; i < n_areas; i++) {
        wks_text_addf(out, "\nBU%07ld", i);
        for (int g = 0; g < n_groups; g++) {
            wks_text_add_char(out, ',');
            wks_text_add_integer(out, (int64_t)(wks_rng_u32(&rng) % 20000));
        }
    }
    wks_text_add_char(out, '\n');
}

int main(int argc, char **argv)
{
    const long n_areas = argc > 1 ? atol(argv[1]) : 1000000;
    const int n_groups = argc > 2 ? atoi(argv[2]) : 5, threads = argc > 3 ? atoi(argv[3]) : wks_par_default_threads();
    const wks_number_table_format format = {
        .n_names = 1, .low = 0, .high = 1e15, .expected = "a count", .is_unique = true, .threads = threads};
    const char *folder = getenv("TMPDIR");
    char path[512];
    wks_text text = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;

    (void)snprintf(path, sizeof path, "%s/bench_number_table.%ld.csv", folder == NULL ? "/tmp" : folder, n_areas);
    make(n_areas, n_groups, &text);
    if (text.failed || wks_file_write(path, text.data, text.length, &err) != WKS_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (int k = 0; k < 5; k++) {
        wks_number_table table;
        wks_problems problems = WKS_PROBLEMS_INIT;
        const double start = now(CLOCK_MONOTONIC), before = now(CLOCK_PROCESS_CPUTIME_ID);
        const wks_status rc = wks_number_table_read(path, &format, &table, &problems, &err);
        const double seconds = now(CLOCK_MONOTONIC) - start, worked = now(CLOCK_PROCESS_CPUTIME_ID) - before;
        if (rc != WKS_OK) return 1;
        const double mb = (double)text.length * 1e-6;
        printf("%ld areas x %d groups, %.1f MB, %d threads: %.3f s, %.0f MB/s; processor time %.3f s, %.0f MB/s\n", n_areas, n_groups, mb,
               threads, seconds, mb / seconds, worked, mb / worked);
        wks_number_table_free(&table);
        wks_problems_free(&problems);
    }
    (void)wks_file_remove(path, &err);
    wks_text_free(&text);
    return 0;
}
