/* Counts tables for the tests of segregation: random ones, and the published ones of the shared data folder. */
#ifndef WKS_TESTS_UNIT_SEGREGATION_TABLES_H
#define WKS_TESTS_UNIT_SEGREGATION_TABLES_H

#include "base/rng.h"
#include "support/check.h"

enum { TABLES_MAX_AREAS = 2200, TABLES_MAX_GROUPS = 8 };

typedef struct counts {
    size_t n;
    double x[TABLES_MAX_AREAS], t[TABLES_MAX_AREAS];
} counts;

/* Areas of 1 to 400 people, shares from uneven to even; some areas empty. At least one of the group and one other. */
static inline void random_counts(counts *out, uint64_t k)
{
    const wks_rng_seed seed = wks_rng_seed_make(77, 1);
    wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
    out->n = 2 + wks_rng_below(&rng, 60);
    const double level = wks_rng_u01(&rng), spread = wks_rng_u01(&rng);
    for (size_t i = 0; i < out->n; i++) {
        const uint32_t empty = wks_rng_below(&rng, 12);
        const double share = wks_rng_u01(&rng);
        out->t[i] = empty == 0 && i > 0 ? 0.0 : (double)(1 + wks_rng_below(&rng, 400));
        out->x[i] = floor(out->t[i] * ((1.0 - spread) * level + spread * share));
    }
    out->t[0] += 2.0;
    out->x[0] += 1.0;
}

/* Case of shared/data/segregation; `group` from 0; false if there are no more groups. Skips the test where the data is not there. */
static inline bool shared_counts(counts *out, const char *name, int group)
{
    const char *data = wks_check_need_shared_data();
    char path[1024], line[4096];
    (void)snprintf(path, sizeof path, "%s/segregation/%s/table.csv", data, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    bool found = false;
    out->n = 0;
    assert_non_null(fgets(line, sizeof line, file)); /* header */
    while (fgets(line, sizeof line, file) != NULL) {
        assert_true(out->n < TABLES_MAX_AREAS);
        out->t[out->n] = 0.0;
        char *rest = strchr(line, ',');
        for (int g = 0; rest != NULL; g++) {
            const double value = strtod(rest + 1, &rest);
            out->t[out->n] += value;
            if (g == group) {
                out->x[out->n] = value;
                found = true;
            }
            if (*rest != ',') rest = NULL;
        }
        out->n++;
    }
    (void)fclose(file);
    return found;
}

static const char *const shared_cases[] = {"r01_sacramento_4g", "r02_sacramento_hisp", "r03_schools00", "r04_schools00_bw", "r05_schools05",
                                           "s10_pattern_A",     "s11_pattern_B",       "s12_pattern_C", "s13_pattern_D",    "s14_pattern_E",
                                           "s15_pattern_F",     "s16_pattern_G",       "s17_pattern_H"};
enum { N_SHARED_CASES = sizeof shared_cases / sizeof *shared_cases };

/* Calls `body` on every group of every shared table. */
static inline void each_shared_table(void (*body)(const counts *table, const char *name))
{
    static counts table;
    for (size_t c = 0; c < N_SHARED_CASES; c++) {
        int groups = 0;
        while (shared_counts(&table, shared_cases[c], groups)) {
            body(&table, shared_cases[c]);
            groups++;
        }
        assert_true(groups >= 2);
    }
}

#endif
