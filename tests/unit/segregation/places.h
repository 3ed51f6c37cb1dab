/* Tables with places for the tests of spatial indices: random ones, grids, and the published ones of the shared data folder. */
#ifndef WKS_TESTS_UNIT_SEGREGATION_PLACES_H
#define WKS_TESTS_UNIT_SEGREGATION_PLACES_H

#include "base/rng.h"
#include "segregation/place.h"
#include "segregation/table.h"
#include "support/check.h"

enum { PLACES_MOST = 1200, PLACES_MOST_LINKS = 20000 };

typedef struct places {
    wks_table table;
    double x[PLACES_MOST], y[PLACES_MOST], size[PLACES_MOST];
    char name[PLACES_MOST][32];
} places;

typedef struct links {
    int64_t start[PLACES_MOST + 1];
    int32_t to[PLACES_MOST_LINKS];
    double weight[PLACES_MOST_LINKS];
} links;

static inline void places_open(places *out, size_t n, size_t n_groups)
{
    wks_err err = WKS_ERR_INIT;
    assert_true(n <= PLACES_MOST);
    assert_ok(wks_table_create(n, n_groups, &out->table, &err), &err);
}

static inline void places_close(places *p)
{
    wks_table_free(&p->table);
}

/* n areas in a square of 10 by 10 about (at, -at), sizes from 0.1 on with ties; one in ten empty, one in twenty without a place or size. */
static inline void places_random(places *out, uint64_t k, size_t n, size_t n_groups, double at, bool with_gaps)
{
    const wks_rng_seed seed = wks_rng_seed_make(91, 1);
    wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
    places_open(out, n, n_groups);
    for (size_t i = 0; i < n; i++) {
        const double x = wks_rng_u01(&rng), y = wks_rng_u01(&rng);
        const uint32_t size = 1 + wks_rng_below(&rng, 40), gap = wks_rng_below(&rng, 60);
        out->x[i] = at + 10.0 * x;
        out->y[i] = -at + 10.0 * y;
        out->size[i] = 0.1 * size;
        for (size_t g = 0; g < n_groups; g++) {
            const uint32_t count = wks_rng_below(&rng, g == 0 ? 50 : 300);
            out->table.count[g * n + i] = with_gaps && gap < 6 ? 0.0 : (double)count + (x > 0.5 && g == 1 ? 200.0 : 0.0);
        }
        if (!with_gaps) continue;
        if (gap == 10) out->x[i] = (double)NAN;
        if (gap == 11) out->y[i] = (double)INFINITY;
        if (gap == 12) out->size[i] = (double)NAN;
    }
    wks_table_sum(&out->table, 1);
}

static inline FILE *places_file(const char *name, const char *file_name)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/segregation/%s/%s", wks_check_need_shared_data(), name, file_name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    return file;
}

static inline size_t places_row(const places *p, const char *name)
{
    for (size_t i = 0; i < p->table.n_areas; i++) {
        if (strcmp(p->name[i], name) == 0) return i;
    }
    fail_msg("no area %s", name);
    return 0;
}

/* Case of shared/data/segregation with its coordinates and sizes. Skips the test where the data is not there. */
static inline void places_shared(places *out, const char *name)
{
    char line[4096], area[32];
    size_t n = 0, n_groups = 0;
    FILE *file = places_file(name, "table.csv");
    assert_non_null(fgets(line, sizeof line, file));
    for (const char *at = line; (at = strchr(at, ',')) != NULL; at++)
        n_groups++;
    while (fgets(line, sizeof line, file) != NULL)
        n++;
    places_open(out, n, n_groups);
    rewind(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (size_t i = 0; i < n; i++) {
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(sscanf(line, "%31[^,],", out->name[i]), 1);
        char *rest = strchr(line, ',');
        for (size_t g = 0; g < n_groups; g++)
            out->table.count[g * n + i] = strtod(rest + 1, &rest);
    }
    (void)fclose(file);
    wks_table_sum(&out->table, 1);
    file = places_file(name, "coords.csv");
    assert_non_null(fgets(line, sizeof line, file));
    for (size_t k = 0; k < n; k++) {
        double x, y, size;
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(sscanf(line, "%31[^,],%lf,%lf,%lf", area, &x, &y, &size), 4);
        const size_t i = places_row(out, area);
        out->x[i] = x;
        out->y[i] = y;
        out->size[i] = size;
    }
    (void)fclose(file);
}

static inline void places_shared_links(links *out, const places *p, const char *name, const char *file_name)
{
    static int32_t from[PLACES_MOST_LINKS], to[PLACES_MOST_LINKS];
    static double weight[PLACES_MOST_LINKS];
    char line[4096], a[32], b[32];
    int32_t n_links = 0;
    FILE *file = places_file(name, file_name);
    assert_non_null(fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file) != NULL; n_links++) {
        assert_true(n_links < PLACES_MOST_LINKS);
        assert_int_equal(sscanf(line, "%31[^,],%31[^,],%lf", a, b, &weight[n_links]), 3);
        from[n_links] = (int32_t)places_row(p, a);
        to[n_links] = (int32_t)places_row(p, b);
    }
    (void)fclose(file);
    int64_t n = 0;
    for (size_t i = 0; i < p->table.n_areas; i++) {
        out->start[i] = n;
        for (int32_t k = 0; k < n_links; k++) {
            if (from[k] != (int32_t)i) continue;
            out->to[n] = to[k];
            out->weight[n++] = weight[k];
        }
    }
    out->start[p->table.n_areas] = n;
    assert_true(n == n_links && n > 0);
}

static const char *const places_patterns[] = {"s10_pattern_A", "s11_pattern_B", "s12_pattern_C", "s13_pattern_D",
                                              "s14_pattern_E", "s15_pattern_F", "s16_pattern_G", "s17_pattern_H"};
enum { N_PLACES_PATTERNS = sizeof places_patterns / sizeof *places_patterns };

#endif
