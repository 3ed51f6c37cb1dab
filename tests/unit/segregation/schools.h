/* Whole tables for the tests of segregation: random ones, and the schools of the shared data folder with their names and districts. */
#ifndef WKS_TESTS_UNIT_SEGREGATION_SCHOOLS_H
#define WKS_TESTS_UNIT_SEGREGATION_SCHOOLS_H

#include "base/rng.h"
#include "segregation/table.h"
#include "support/check.h"

enum { SCHOOLS_NAME = 24, SCHOOLS_MOST = 2200 };

typedef struct schools {
    wks_table table;
    char (*name)[SCHOOLS_NAME];
    char (*district)[SCHOOLS_NAME];
    char (*state)[SCHOOLS_NAME];
} schools;

static inline void new_table(wks_table *out, size_t n_areas, size_t n_groups)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_table_create(n_areas, n_groups, out, &err), &err);
}

/* Areas of up to `most` people a group, one in `empty` cells without anybody. */
static inline void random_table(wks_table *out, uint64_t k, size_t n_areas, size_t n_groups, uint32_t most, uint32_t empty)
{
    const wks_rng_seed seed = wks_rng_seed_make(78, 1);
    wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
    new_table(out, n_areas, n_groups);
    for (size_t c = 0; c < n_areas * n_groups; c++) {
        const uint32_t lot = wks_rng_below(&rng, empty), n = wks_rng_below(&rng, most);
        out->count[c] = lot == 0 ? 0.0 : (double)(n + 1);
    }
    wks_table_sum(out, 1);
}

static inline FILE *open_case(const char *name, const char *file)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/segregation/%s/%s", wks_check_need_shared_data(), name, file);
    return fopen(path, "r");
}

static inline void read_field(const char **line, char *out)
{
    const size_t n = strcspn(*line, ",\r\n");
    assert_true(n < SCHOOLS_NAME);
    memcpy(out, *line, n);
    out[n] = '\0';
    *line += n + ((*line)[n] == ',' ? 1 : 0);
}

static inline void read_hierarchy(schools *out, const char *name)
{
    char line[4096], area[SCHOOLS_NAME];
    FILE *file = open_case(name, "hierarchy.csv");
    if (file == NULL) return;
    assert_non_null(fgets(line, sizeof line, file));
    for (size_t i = 0; i < out->table.n_areas; i++) {
        assert_non_null(fgets(line, sizeof line, file));
        const char *rest = line;
        read_field(&rest, area);
        assert_string_equal(area, out->name[i]);
        read_field(&rest, out->district[i]);
        read_field(&rest, out->state[i]);
    }
    (void)fclose(file);
}

/* Five groups: asian, black, hisp, white, native. Skips the test where the data is not there. */
static inline void read_schools(schools *out, const char *name)
{
    enum { GROUPS = 5 };
    static double count[SCHOOLS_MOST][GROUPS];
    char line[4096];
    FILE *file = open_case(name, "table.csv");
    assert_non_null(file);
    *out = (schools){.name = calloc(SCHOOLS_MOST, SCHOOLS_NAME),
                     .district = calloc(SCHOOLS_MOST, SCHOOLS_NAME),
                     .state = calloc(SCHOOLS_MOST, SCHOOLS_NAME)};
    assert_true(out->name != NULL && out->district != NULL && out->state != NULL);
    assert_non_null(fgets(line, sizeof line, file));
    assert_true(strncmp(line, "area,asian,black,hisp,white,native", 34) == 0);
    size_t n = 0;
    for (; fgets(line, sizeof line, file) != NULL; n++) {
        assert_true(n < SCHOOLS_MOST);
        const char *rest = line;
        char number[SCHOOLS_NAME];
        read_field(&rest, out->name[n]);
        for (int g = 0; g < GROUPS; g++) {
            read_field(&rest, number);
            count[n][g] = strtod(number, NULL);
        }
    }
    (void)fclose(file);
    new_table(&out->table, n, GROUPS);
    for (size_t i = 0; i < n; i++) {
        for (size_t g = 0; g < GROUPS; g++)
            out->table.count[g * n + i] = count[i][g];
    }
    wks_table_sum(&out->table, 1);
    read_hierarchy(out, name);
}

static inline void free_schools(schools *s)
{
    wks_table_free(&s->table);
    free(s->name);
    free(s->district);
    free(s->state);
}

/* Number of every name among the different ones, in order of appearance; how many there are. */
static inline size_t number_names(char (*name)[SCHOOLS_NAME], size_t n, int64_t *out)
{
    size_t different = 0;
    for (size_t i = 0; i < n; i++) {
        size_t j = 0;
        while (j < i && strcmp(name[j], name[i]) != 0)
            j++;
        out[i] = j < i ? out[j] : (int64_t)different++;
    }
    return different;
}

#endif
