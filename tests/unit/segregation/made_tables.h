/* Tables of several groups for the tests of segregation: made ones of many kinds, and the published ones; slow formulas in 80 bits. */
#ifndef WKS_TESTS_UNIT_SEGREGATION_MADE_TABLES_H
#define WKS_TESTS_UNIT_SEGREGATION_MADE_TABLES_H

#include "segregation/table.h"
#include "tables.h"

static inline void table_of(wks_table *out, size_t n_areas, size_t n_groups, const double *count)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_table_create(n_areas, n_groups, out, &err), &err);
    memcpy(out->count, count, n_areas * n_groups * sizeof *count);
    wks_table_sum(out, 1);
}

enum { MADE_PLAIN, MADE_NEARLY_EVEN, MADE_HUGE, MADE_FRACTIONAL, MADE_TINY, MADE_RARE, MADE_ABSENT, N_MADE };

static inline double made_count(int kind, size_t group, double share, double size)
{
    switch (kind) {
    case MADE_NEARLY_EVEN: return floor(1e6 * (double)(group + 1) * (1.0 + 1e-3 * (share - 0.5)));
    case MADE_HUGE: return floor(1e9 * share);
    case MADE_FRACTIONAL: return 0.001 + 30.0 * share * size;
    case MADE_TINY: return floor(3.0 * share * size);
    case MADE_RARE: return group == 0 ? (share > 0.7 ? 1.0 : 0.0) : floor(1e6 * share * size);
    default: return group == 1 && kind == MADE_ABSENT ? 0.0 : floor(400.0 * share * size);
    }
}

/* 2 to 60 areas, 2 to 6 groups, of the kinds in turn; one area in twelve empty (not of the nearly even ones); two groups present at least. */
static inline void made_table(wks_table *out, uint64_t k)
{
    const wks_rng_seed seed = wks_rng_seed_make(78, 1);
    wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
    wks_err err = WKS_ERR_INIT;
    const int kind = (int)(k % N_MADE);
    const size_t n_areas = 2 + wks_rng_below(&rng, 59);
    const size_t n_groups = (kind == MADE_ABSENT ? 3U : 2U) + wks_rng_below(&rng, 4);
    assert_ok(wks_table_create(n_areas, n_groups, out, &err), &err);
    for (size_t i = 0; i < n_areas; i++) {
        const bool is_empty = kind != MADE_NEARLY_EVEN && wks_rng_below(&rng, 12) == 0;
        const double size = wks_rng_u01(&rng);
        for (size_t g = 0; g < n_groups; g++) {
            const double share = wks_rng_u01(&rng);
            out->count[g * n_areas + i] = is_empty ? 0.0 : made_count(kind, g, share, size);
        }
    }
    out->count[0] += 1.0;
    out->count[(n_groups - 1) * n_areas + n_areas - 1] += 1.0;
    wks_table_sum(out, 1);
}

/* A table of the shared data. Skips the test where it is not there. */
static inline void shared_table(wks_table *out, const char *name)
{
    static counts column;
    wks_err err = WKS_ERR_INIT;
    size_t n_groups = 0;
    while (shared_counts(&column, name, (int)n_groups))
        n_groups++;
    assert_true(n_groups >= 2);
    assert_ok(wks_table_create(column.n, n_groups, out, &err), &err);
    for (size_t g = 0; g < n_groups; g++) {
        assert_true(shared_counts(&column, name, (int)g));
        memcpy(out->count + g * column.n, column.x, column.n * sizeof *column.x);
    }
    wks_table_sum(out, 1);
}

/* Calls `body` on 280 made tables and on every shared one (without these where they are not there). */
static inline void each_made_table(void (*body)(const wks_table *table))
{
    for (uint64_t k = 0; k < 40 * N_MADE; k++) {
        wks_table table;
        made_table(&table, k);
        body(&table);
        wks_table_free(&table);
    }
    for (size_t c = 0; wks_check_shared_data() != NULL && c < N_SHARED_CASES; c++) {
        wks_table table;
        shared_table(&table, shared_cases[c]);
        body(&table);
        wks_table_free(&table);
    }
}

/* A copy with areas from the other end, groups from the last, every count times `factor`. */
static inline void turned_table(const wks_table *table, double factor, wks_table *out)
{
    wks_err err = WKS_ERR_INIT;
    const size_t n = table->n_areas, k = table->n_groups;
    assert_ok(wks_table_create(n, k, out, &err), &err);
    for (size_t g = 0; g < k; g++) {
        for (size_t i = 0; i < n; i++)
            out->count[(k - 1 - g) * n + (n - 1 - i)] = factor * table->count[g * n + i];
    }
    wks_table_sum(out, 1);
}

/* A copy with every area as a quarter and three quarters of it (powers of two times whole numbers: exactly proportional) and an empty one. */
static inline void split_table(const wks_table *table, wks_table *out)
{
    wks_err err = WKS_ERR_INIT;
    const size_t n = table->n_areas, m = 2 * n + 1;
    assert_ok(wks_table_create(m, table->n_groups, out, &err), &err);
    for (size_t g = 0; g < table->n_groups; g++) {
        for (size_t i = 0; i < n; i++) {
            out->count[g * m + i] = 0.25 * table->count[g * n + i];
            out->count[g * m + n + 1 + i] = 0.75 * table->count[g * n + i];
        }
    }
    wks_table_sum(out, 1);
}

/* Sums of a group against the rest in 80 bits. */
typedef struct slow_margins {
    long double x, y, t, p, q;
} slow_margins;

static inline slow_margins margins_slowly(const wks_table *table, size_t group)
{
    slow_margins m = {0};
    for (size_t i = 0; i < table->n_areas; i++) {
        for (size_t g = 0; g < table->n_groups; g++)
            *(g == group ? &m.x : &m.y) += wks_table_group(table, g)[i];
    }
    m.t = m.x + m.y;
    m.p = m.t > 0.0L ? m.x / m.t : 0.0L;
    m.q = m.t > 0.0L ? m.y / m.t : 0.0L;
    return m;
}

/* Everybody in an area, and all others than the group there, in 80 bits. */
static inline long double area_slowly(const wks_table *table, size_t i)
{
    long double sum = 0.0L;
    for (size_t g = 0; g < table->n_groups; g++)
        sum += wks_table_group(table, g)[i];
    return sum;
}

static inline long double others_slowly(const wks_table *table, size_t group, size_t i)
{
    return area_slowly(table, i) - wks_table_group(table, group)[i];
}

/* a log(a/b), 0 where a is 0 */
static inline long double log_term_slowly(long double a, long double b)
{
    return a > 0.0L ? a * logl(a / b) : 0.0L;
}

#endif
