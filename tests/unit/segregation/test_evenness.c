/* segregation/evenness: D and H on tables worked out by hand, on published ones against another way of computing, and as laws. */
#include "segregation/evenness.h"

#include "base/mem.h"
#include "made_tables.h"
#include "segregation/gini.h"

static void dissimilarity_three_areas_by_hand(void **unused)
{
    (void)unused;
    /* x 10 20 70 of X = 100, y 40 40 20 of Y = 100: |.1-.4| + |.2-.4| + |.7-.2| = 1.0, half 0.5 */
    const double x[] = {10.0, 20.0, 70.0}, t[] = {50.0, 60.0, 90.0};
    assert_close(wks_evenness_dissimilarity(x, t, 3), 0.5, 1e-15, 0.0);
}

static void dissimilarity_extremes_zero_and_one(void **unused)
{
    (void)unused;
    const double apart_x[] = {30.0, 0.0, 12.0}, apart_t[] = {30.0, 50.0, 12.0};
    assert_close(wks_evenness_dissimilarity(apart_x, apart_t, 3), 1.0, 1e-15, 0.0);
    const double even_x[] = {1.0, 3.0, 0.5}, even_t[] = {10.0, 30.0, 5.0}; /* fractional counts are fine */
    assert_close(wks_evenness_dissimilarity(even_x, even_t, 3), 0.0, 0.0, 1e-15);
}

static void dissimilarity_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, all[] = {5.0, 7.0}, t[] = {5.0, 7.0};
    assert_true(isnan(wks_evenness_dissimilarity(none, t, 2)));
    assert_true(isnan(wks_evenness_dissimilarity(all, t, 2)));
    assert_true(isnan(wks_evenness_dissimilarity(none, none, 2)));
    assert_true(isnan(wks_evenness_dissimilarity(none, t, 0)));
}

static void theil_two_areas_by_hand(void **unused)
{
    (void)unused;
    /* t 40 60; x 10 30; P = .4: E = -.4 ln .4 - .6 ln .6 = .673011667; shares 1/4 and 1/2: E_1 = .562335145, E_2 = ln 2 = .693147181;
     * H = 1 - (40 * .562335145 + 60 * .693147181) / (100 * .673011667) */
    const double x[] = {10.0, 30.0}, t[] = {40.0, 60.0};
    const double e = 0.67301166700925640, e1 = 0.56233514461880830, e2 = 0.69314718055994531;
    assert_close(wks_evenness_theil(x, t, 2), 1.0 - (40.0 * e1 + 60.0 * e2) / (100.0 * e), 1e-13, 0.0);
}

static void theil_extremes_zero_and_one(void **unused)
{
    (void)unused;
    const double apart_x[] = {30.0, 0.0, 12.0, 0.0}, apart_t[] = {30.0, 50.0, 12.0, 0.0};
    assert_true(wks_evenness_theil(apart_x, apart_t, 4) == 1.0);
    const double even_x[] = {1.0, 3.0, 0.5, 0.0}, even_t[] = {10.0, 30.0, 5.0, 0.0};
    const double h = wks_evenness_theil(even_x, even_t, 4);
    assert_true(h >= 0.0 && h < 1e-15);
}

static void theil_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, all[] = {5.0, 7.0}, t[] = {5.0, 7.0};
    assert_true(isnan(wks_evenness_theil(none, t, 2)));
    assert_true(isnan(wks_evenness_theil(all, t, 2)));
    assert_true(isnan(wks_evenness_theil(none, none, 2)));
    assert_true(isnan(wks_evenness_theil(none, t, 0)));
}

/* D another way: the share of the group that must move is the largest difference between the two cumulative distributions once areas are
 * sorted by the group's share: D = max over s of sum over areas with share > s of (x_i/X - y_i/Y). */
static double dissimilarity_slowly(const counts *c)
{
    long double sum_x = 0.0L, sum_y = 0.0L, largest = 0.0L;
    for (size_t i = 0; i < c->n; i++) {
        sum_x += c->x[i];
        sum_y += c->t[i] - c->x[i];
    }
    for (size_t s = 0; s < c->n; s++) {
        if (!(c->t[s] > 0.0)) continue;
        long double ahead = 0.0L;
        for (size_t i = 0; i < c->n; i++) {
            if (c->x[i] * c->t[s] > c->x[s] * c->t[i]) ahead += c->x[i] / sum_x - (c->t[i] - c->x[i]) / sum_y;
        }
        if (ahead > largest) largest = ahead;
    }
    return (double)largest;
}

/* H another way: mutual information of area and membership over the entropy of membership, in 80 bits, with libm. */
static double theil_slowly(const counts *c)
{
    long double sum_x = 0.0L, sum_t = 0.0L, information = 0.0L;
    for (size_t i = 0; i < c->n; i++) {
        sum_x += c->x[i];
        sum_t += c->t[i];
    }
    const long double p[2] = {sum_x / sum_t, 1.0L - sum_x / sum_t};
    for (size_t i = 0; i < c->n; i++) {
        const long double part[2] = {c->x[i], (long double)c->t[i] - c->x[i]};
        for (int k = 0; k < 2; k++) {
            if (part[k] > 0.0L) information += part[k] / sum_t * logl(part[k] / c->t[i] / p[k]);
        }
    }
    return (double)(information / -(p[0] * logl(p[0]) + p[1] * logl(p[1])));
}

static void compare_with_slow(const counts *c, const char *name)
{
    (void)name;
    assert_close(wks_evenness_dissimilarity(c->x, c->t, c->n), dissimilarity_slowly(c), 1e-12, 1e-15);
    assert_close(wks_evenness_theil(c->x, c->t, c->n), theil_slowly(c), 1e-11, 1e-14);
}

static void evenness_published_tables_equal_other_computation(void **unused)
{
    (void)unused;
    each_shared_table(compare_with_slow);
}

static void evenness_random_tables_equal_other_computation(void **unused)
{
    (void)unused;
    static counts c;
    for (uint64_t k = 0; k < 500; k++) {
        random_counts(&c, k);
        compare_with_slow(&c, "random");
    }
}

static double both(const counts *c, double *out_h)
{
    *out_h = wks_evenness_theil(c->x, c->t, c->n);
    return wks_evenness_dissimilarity(c->x, c->t, c->n);
}

static void evenness_random_tables_bounded_scale_free_and_symmetric(void **unused)
{
    (void)unused;
    static counts c, other;
    for (uint64_t k = 0; k < 500; k++) {
        random_counts(&c, k);
        double h, h2;
        const double d = both(&c, &h);
        assert_true(d >= 0.0 && d <= 1.0 && h >= 0.0 && h <= 1.0);
        other = c;
        for (size_t i = 0; i < c.n; i++) { /* seven times the city */
            other.x[i] *= 7.0;
            other.t[i] *= 7.0;
        }
        assert_close(both(&other, &h2), d, 1e-13, 1e-15);
        assert_close(h2, h, 1e-12, 1e-14);
        for (size_t i = 0; i < c.n; i++) { /* the rest as the group, areas from the other end */
            other.x[i] = c.t[c.n - 1 - i] - c.x[c.n - 1 - i];
            other.t[i] = c.t[c.n - 1 - i];
        }
        assert_close(both(&other, &h2), d, 1e-13, 1e-15);
        assert_close(h2, h, 1e-12, 1e-14);
        for (size_t i = 0; i < c.n; i++) { /* D alone: the group twice as large, the rest as it was */
            other.x[i] = 2.0 * c.x[i];
            other.t[i] = c.t[i] + c.x[i];
        }
        assert_close(wks_evenness_dissimilarity(other.x, other.t, c.n), d, 1e-12, 1e-15);
    }
}

static void evenness_proportional_areas_merged_same(void **unused)
{
    (void)unused;
    static counts c, split;
    for (uint64_t k = 0; k < 300; k++) {
        random_counts(&c, k);
        split = c;
        for (size_t i = 0; i < c.n; i++) { /* every area as a quarter and three quarters, and an empty area behind */
            split.x[i] = 0.25 * c.x[i];
            split.t[i] = 0.25 * c.t[i];
            split.x[c.n + i] = 0.75 * c.x[i];
            split.t[c.n + i] = 0.75 * c.t[i];
        }
        split.n = 2 * c.n + 1;
        split.x[2 * c.n] = split.t[2 * c.n] = 0.0;
        double h, h2;
        const double d = both(&c, &h);
        assert_close(both(&split, &h2), d, 1e-13, 1e-15);
        assert_close(h2, h, 1e-12, 1e-14);
    }
}

/* A member of the group moves from an area with a larger share to one with a smaller share, one of the others back: never more segregation,
 * and less H always; less D when the areas lie on both sides of the city's share before and after. */
static void evenness_transfer_to_less_share_lowers(void **unused)
{
    (void)unused;
    static counts c;
    int moved = 0, across = 0;
    for (uint64_t k = 0; k < 2000; k++) {
        random_counts(&c, k);
        double sum_x = 0.0, sum_t = 0.0;
        for (size_t i = 0; i < c.n; i++) {
            sum_x += c.x[i];
            sum_t += c.t[i];
        }
        const double p = sum_x / sum_t;
        const size_t a = (size_t)(k % c.n), b = (size_t)((k / 7) % c.n);
        if (a == b || c.x[a] < 1.0 || c.t[b] - c.x[b] < 1.0) continue;
        if (!((c.x[a] - 1.0) / c.t[a] >= (c.x[b] + 1.0) / c.t[b])) continue; /* a keeps the larger share */
        double h, h2;
        const double d = both(&c, &h);
        c.x[a] -= 1.0;
        c.x[b] += 1.0;
        const double d2 = both(&c, &h2);
        moved++;
        assert_true(d2 <= d + 1e-14);
        assert_true(h2 < h);
        if (c.x[a] / c.t[a] >= p && c.x[b] / c.t[b] <= p) {
            across++;
            /* x_a falls by one and y_a rises by one, the same at b: D falls by 1/X + 1/Y */
            assert_close(d - d2, 1.0 / sum_x + 1.0 / (sum_t - sum_x), 1e-9, 1e-13);
        }
    }
    assert_true(moved > 300 && across > 50);
}

/* All indices of a group against the rest, formula by formula, in 80 bits. */
static wks_evenness evenness_slowly(const wks_table *table, size_t group)
{
    const slow_margins m = margins_slowly(table, group);
    const double *x = wks_table_group(table, group);
    long double d = 0.0L, information = 0.0L, rest = 0.0L, eta2 = 0.0L, gorard = 0.0L, pairs = 0.0L, kept[3] = {0.0L, 0.0L, 0.0L};
    const long double b[3] = {0.1L, 0.5L, 0.9L};
    static long double all[TABLES_MAX_AREAS];
    for (size_t i = 0; i < table->n_areas; i++) {
        const long double t = all[i] = area_slowly(table, i), y = t - x[i];
        d += fabsl(x[i] / m.x - y / m.y) / 2.0L;
        gorard += fabsl(x[i] / m.x - t / m.t) / 2.0L;
        if (!(t > 0.0L)) continue;
        eta2 += t * (x[i] / t - m.p) * (x[i] / t - m.p) / (m.t * m.p * m.q);
        information += log_term_slowly(x[i], t * m.p) / m.t;
        rest += log_term_slowly(y, t * m.q) / m.t;
        for (int k = 0; k < 3; k++)
            kept[k] += x[i] > 0.0 && y > 0.0L ? powl(x[i] / m.x, b[k]) * powl(y / m.y, 1.0L - b[k]) : 0.0L;
        for (size_t j = 0; j < i; j++) {
            if (all[j] > 0.0L) pairs += 2.0L * fabsl(x[i] * all[j] - x[j] * t);
        }
    }
    const long double e = -m.p * logl(m.p) - m.q * logl(m.q);
    wks_evenness out = {.d = (double)d, .eta2 = (double)eta2, .gorard = (double)gorard, .information = (double)information};
    out.g = (double)(pairs / (2.0L * m.t * m.t * m.p * m.q));
    out.h = (double)((information + rest) / e);
    out.minmax = (double)(2.0L * d / (1.0L + d));
    out.a01 = (double)(1.0L - powl(kept[0], 1.0L / 0.9L));
    out.a05 = (double)(1.0L - powl(kept[1], 2.0L));
    out.a09 = (double)(1.0L - powl(kept[2], 10.0L));
    return out;
}

enum { N_INDICES = 10 };
static const char *const index_names[N_INDICES] = {"D", "G", "H", "eta2", "A0.1", "A0.5", "A0.9", "gorard", "minmax", "information"};

static double value_of(const wks_evenness *of, int k)
{
    const double value[N_INDICES] = {of->d, of->g, of->h, of->eta2, of->a01, of->a05, of->a09, of->gorard, of->minmax, of->information};
    return value[k];
}

static void assert_all_close(const wks_evenness *a, const wks_evenness *b, double rel, double abs)
{
    for (int k = 0; k < N_INDICES; k++)
        wks_check_close(value_of(a, k), value_of(b, k), rel, abs, index_names[k], __FILE__, __LINE__);
}

static void assert_same_bits(const wks_evenness *a, const wks_evenness *b)
{
    assert_memory_equal(a, b, sizeof *a);
}

static wks_evenness all_of(const wks_table *table, size_t group)
{
    wks_err err = WKS_ERR_INIT;
    wks_evenness out;
    assert_ok(wks_evenness_of(table, group, WKS_EVENNESS_ALL, 1, &out, &err), &err);
    return out;
}

static double worst[N_INDICES];

static void compare_all_with_slow(const wks_table *table)
{
    for (size_t g = 0; g < table->n_groups; g++) {
        if (!(table->group_total[g] > 0.0) || !(table->all > table->group_total[g])) continue;
        if (table->n_areas > 1000 && g != 1) continue; /* O(n^2) pairs: one group of the large tables */
        const wks_evenness fast = all_of(table, g), slow = evenness_slowly(table, g);
        assert_all_close(&fast, &slow, 2e-11, 1e-16);
        for (int k = 0; k < N_INDICES; k++) {
            assert_true(value_of(&fast, k) >= 0.0 && value_of(&fast, k) <= 1.0);
            const double off = value_of(&slow, k) > 1e-6 ? fabs(value_of(&fast, k) / value_of(&slow, k) - 1.0) : 0.0;
            if (off > worst[k]) worst[k] = off;
        }
        assert_true(fast.d <= fast.g + 1e-15 && fast.eta2 <= fast.g + 1e-15);
    }
}

static void evenness_made_and_shared_tables_equal_slow_formulas(void **unused)
{
    (void)unused;
    each_made_table(compare_all_with_slow);
    for (int k = 0; k < N_INDICES; k++)
        print_message("%s: largest relative difference of those above 1e-6: %.1e\n", index_names[k], worst[k]);
}

/* pysal/segregation, segregation/tests: test_dissim, test_gini_seg, test_entropy, test_atkinson, test_correlationr (HISP of TOT_POP, 403 tracts). */
static void evenness_sacramento_equal_to_pysal(void **unused)
{
    (void)unused;
    wks_table table;
    shared_table(&table, "r02_sacramento_hisp");
    const wks_evenness of = all_of(&table, 0);
    assert_close(of.d, 0.32184656076566864, 1e-14, 0.0);
    assert_close(of.g, 0.43506510676886234, 1e-13, 0.0);
    assert_close(of.h, 0.09626774479970557, 1e-12, 0.0);
    assert_close(of.a05, 0.15079259382667654, 1e-12, 0.0);
    assert_close(of.eta2, 0.09164042012926693, 1e-13, 0.0);
    wks_table_free(&table);
}

/* Two-group patterns of Morrill (1991) as the R package seg ships them: cells of 100 people of one kind, D = 1; pattern E to H have mixed cells. */
static void evenness_patterns_of_morrill_apart_is_one(void **unused)
{
    (void)unused;
    for (size_t c = 5; c < N_SHARED_CASES; c++) {
        wks_table table;
        shared_table(&table, shared_cases[c]);
        bool is_mixed = false;
        for (size_t i = 0; i < table.n_areas; i++)
            is_mixed = is_mixed || (table.count[i] > 0.0 && table.count[i] < table.total[i]);
        const wks_evenness of = all_of(&table, 0);
        for (int k = 0; k < 7; k++)
            assert_true(is_mixed ? value_of(&of, k) < 1.0 : value_of(&of, k) == 1.0);
        wks_table_free(&table);
    }
}

static void evenness_by_hand(void **unused)
{
    (void)unused;
    /* x 10 0 30, y 10 40 10: p = 1/2 0 3/4, X 40, Y 60, P = .4, T P Q = 24. x/X - y/Y = 1/12, -2/3, 7/12: D = 2/3.
     * pairs: (20 40 1/2 + 20 40 3/4 - 20 40 1/2 ... ) t t |p - p|: (1,2) 800/2 = 400, (1,3) 800/4 = 200, (2,3) 1600 3/4 = 1200: 1800 / (100 24) = .75
     * eta2: 20 .01 + 40 .16 + 40 .1225 = 11.5 / 24; A.5: sqrt(1/4 1/6) + sqrt(3/4 1/6) = (1 + sqrt 3)/sqrt 24, A = 1 - (4 + 2 sqrt 3)/24 */
    const double count[] = {10.0, 0.0, 30.0, 10.0, 40.0, 10.0};
    wks_table table;
    table_of(&table, 3, 2, count);
    const wks_evenness of = all_of(&table, 0);
    assert_close(of.d, 2.0 / 3.0, 1e-15, 0.0);
    assert_close(of.g, 0.75, 1e-15, 0.0);
    assert_close(of.eta2, 11.5 / 24.0, 1e-15, 0.0);
    assert_close(of.a05, 1.0 - (4.0 + 2.0 * sqrt(3.0)) / 24.0, 1e-15, 0.0);
    assert_close(of.gorard, 0.4, 1e-15, 0.0);
    assert_close(of.minmax, 0.8, 1e-15, 0.0);
    wks_table_free(&table);
}

static void evenness_extremes_exactly_one_and_nearly_zero(void **unused)
{
    (void)unused;
    const double apart[] = {1e9, 0.0, 3.0, 0.0, 0.0, 7.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1e9}, even[] = {1e9, 2e8, 3.0, 7e9, 14e8, 21.0};
    wks_table table;
    table_of(&table, 4, 3, apart);
    for (size_t g = 0; g < 3; g++) {
        const wks_evenness of = all_of(&table, g);
        for (int k = 0; k < 7; k++)
            assert_true(value_of(&of, k) == 1.0);
        assert_true(of.minmax == 1.0);
        assert_close(of.gorard, 1.0 - table.group_total[g] / table.all, 1e-15, 0.0);
    }
    wks_table_free(&table);
    table_of(&table, 3, 2, even);
    const wks_evenness of = all_of(&table, 0);
    for (int k = 0; k < N_INDICES; k++)
        assert_close(value_of(&of, k), 0.0, 0.0, 1e-15);
    wks_table_free(&table);
}

/* Gorard's index alone needs no others: 0 where all are of the group. */
static void assert_undefined(const wks_evenness *of, bool is_alone)
{
    for (int k = 0; k < N_INDICES - 1; k++) {
        if (is_alone && strcmp(index_names[k], "gorard") == 0)
            assert_true(value_of(of, k) == 0.0);
        else
            assert_true(isnan(value_of(of, k)));
    }
    assert_true(of->information == 0.0);
}

static void evenness_errors_not_defined_nan_in_all(void **unused)
{
    (void)unused;
    const double absent[] = {0.0, 0.0, 3.0, 4.0}, nobody[] = {0.0, 0.0, 0.0, 0.0}, person[] = {1.0, 0.0};
    wks_table table;
    table_of(&table, 2, 2, absent);
    for (size_t g = 0; g < 2; g++) { /* the one is empty, the other alone */
        const wks_evenness of = all_of(&table, g);
        assert_undefined(&of, g == 1);
    }
    wks_table_free(&table);
    table_of(&table, 2, 2, nobody);
    const wks_evenness none = all_of(&table, 0);
    assert_undefined(&none, false);
    wks_table_free(&table);
    table_of(&table, 1, 2, person);
    const wks_evenness alone = all_of(&table, 0);
    assert_undefined(&alone, true);
    wks_table_free(&table);
    table_of(&table, 0, 2, nobody);
    const wks_evenness nowhere = all_of(&table, 1);
    assert_undefined(&nowhere, false);
    wks_table_free(&table);
}

static void evenness_one_area_zero(void **unused)
{
    (void)unused;
    const double count[] = {5.0, 9.0};
    wks_table table;
    table_of(&table, 1, 2, count);
    const wks_evenness of = all_of(&table, 0);
    for (int k = 0; k < N_INDICES; k++)
        assert_close(value_of(&of, k), 0.0, 0.0, 1e-15);
    wks_table_free(&table);
}

static void evenness_parts_not_asked_nan(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_table table;
    made_table(&table, 0);
    const wks_evenness all = all_of(&table, 0);
    wks_evenness of;
    assert_ok(wks_evenness_of(&table, 0, 0, 1, &of, &err), &err);
    assert_true(of.d == all.d && of.eta2 == all.eta2 && of.gorard == all.gorard && of.minmax == all.minmax);
    assert_true(isnan(of.g) && isnan(of.h) && isnan(of.a01) && isnan(of.a05) && isnan(of.a09) && isnan(of.information));
    assert_ok(wks_evenness_of(&table, 0, WKS_EVENNESS_ATKINSON, 1, &of, &err), &err);
    assert_true(of.a01 == all.a01 && of.a05 == all.a05 && of.a09 == all.a09 && isnan(of.h) && isnan(of.g));
    assert_ok(wks_evenness_of(&table, 0, WKS_EVENNESS_INFORMATION, 1, &of, &err), &err);
    assert_true(of.h == all.h && of.information == all.information && isnan(of.a05));
    wks_table_free(&table);
}

static void check_single_functions(const wks_table *table)
{
    static wks_gini_area scratch[2 * TABLES_MAX_AREAS];
    wks_err err = WKS_ERR_INIT;
    wks_evenness *each = calloc(table->n_groups, sizeof *each);
    const int threads[] = {1, 2, 7};
    for (int k = 0; k < 3; k++) {
        assert_ok(wks_evenness_each(table, WKS_EVENNESS_ALL, threads[k], each, &err), &err);
        for (size_t g = 0; g < table->n_groups; g++) {
            const double *x = wks_table_group(table, g), *t = table->total;
            const wks_evenness one = all_of(table, g);
            assert_same_bits(&one, &each[g]);
            if (isnan(one.d)) continue;
            assert_true(wks_evenness_dissimilarity(x, t, table->n_areas) == one.d);
            assert_true(wks_evenness_theil(x, t, table->n_areas) == one.h);
            assert_true(wks_evenness_information(x, t, table->n_areas, threads[k]) == one.information);
            assert_true(wks_gini_coefficient(x, t, table->n_areas, scratch) == one.g);
        }
    }
    free(each);
}

static void evenness_any_way_and_threads_same_bits(void **unused)
{
    (void)unused;
    each_made_table(check_single_functions);
    wks_err err = WKS_ERR_INIT;
    wks_table table; /* many blocks */
    assert_ok(wks_table_create(30000, 3, &table, &err), &err);
    const wks_rng_seed seed = wks_rng_seed_make(4, 1);
    for (size_t i = 0; i < 90000; i++)
        table.count[i] = 100.0 * wks_rng_once(&seed, i, 0, WKS_RNG_TEST);
    wks_table_sum(&table, 1);
    wks_evenness first[3], other[3];
    assert_ok(wks_evenness_each(&table, WKS_EVENNESS_ALL, 1, first, &err), &err);
    const int threads[] = {2, 3, 7, 16};
    for (int k = 0; k < 4; k++) {
        assert_ok(wks_evenness_each(&table, WKS_EVENNESS_ALL, threads[k], other, &err), &err);
        assert_memory_equal(first, other, sizeof first);
        assert_ok(wks_evenness_of(&table, 1, WKS_EVENNESS_ALL, threads[k], &other[0], &err), &err);
        assert_same_bits(&first[1], &other[0]);
    }
    wks_table_free(&table);
}

static void check_scale_order_merge(const wks_table *table)
{
    wks_table turned, split;
    if (table->n_areas > 1000) return;
    turned_table(table, 8.0, &turned);
    split_table(table, &split);
    for (size_t g = 0; g < table->n_groups; g++) {
        const wks_evenness of = all_of(table, g), scaled = all_of(&turned, table->n_groups - 1 - g), merged = all_of(&split, g);
        assert_all_close(&scaled, &of, 1e-10, 1e-15);
        assert_all_close(&merged, &of, 1e-10, 1e-15);
    }
    wks_table_free(&split);
    wks_table_free(&turned);
}

static void evenness_scale_order_and_proportional_areas_nothing(void **unused)
{
    (void)unused;
    each_made_table(check_scale_order_merge);
}

/* Only D, Atkinson, G keep their value when the group alone grows (composition invariance); H and eta2 do not. */
static void evenness_group_alone_larger_some_same(void **unused)
{
    (void)unused;
    for (uint64_t k = 0; k < 20 * N_MADE; k++) {
        wks_table table;
        made_table(&table, k);
        table.n_groups = 2;
        wks_table_sum(&table, 1);
        if (!(table.group_total[0] > 0.0 && table.group_total[1] > 0.0)) {
            wks_table_free(&table);
            continue;
        }
        const wks_evenness before = all_of(&table, 0);
        for (size_t i = 0; i < table.n_areas; i++)
            table.count[i] *= 4.0;
        wks_table_sum(&table, 1);
        const wks_evenness after = all_of(&table, 0);
        const int same[] = {0, 1, 4, 5, 6};
        for (int s = 0; s < 5; s++)
            assert_close(value_of(&after, same[s]), value_of(&before, same[s]), 1e-9, 1e-15);
        wks_table_free(&table);
    }
}

/* A member moves to an area with a smaller share, one of the rest back (Pigou and Dalton's transfer): G, H, eta2, Atkinson fall, D does not rise. */
static void evenness_transfer_to_less_share_lowers_all(void **unused)
{
    (void)unused;
    int moved = 0;
    for (uint64_t k = 0; k < 3000; k++) {
        wks_table table;
        made_table(&table, (k / N_MADE) * N_MADE + MADE_PLAIN);
        table.n_groups = 2;
        wks_table_sum(&table, 1);
        double *x = table.count, *y = table.count + table.n_areas;
        const size_t a = (size_t)(k % table.n_areas), b = (size_t)((k / 7) % table.n_areas);
        if (a != b && x[a] >= 1.0 && y[b] >= 1.0 && (x[a] - 1.0) / table.total[a] > (x[b] + 1.0) / table.total[b]) {
            const wks_evenness before = all_of(&table, 0);
            x[a] -= 1.0;
            y[a] += 1.0;
            x[b] += 1.0;
            y[b] -= 1.0;
            wks_table_sum(&table, 1);
            const wks_evenness after = all_of(&table, 0);
            assert_true(after.d <= before.d + 1e-15);
            for (int j = 1; j < 7; j++)
                assert_true(value_of(&after, j) < value_of(&before, j));
            moved++;
        }
        wks_table_free(&table);
    }
    assert_true(moved > 300);
}

static void check_pairs(const wks_table *table)
{
    double all[TABLES_MAX_GROUPS * TABLES_MAX_GROUPS] = {0.0};
    wks_evenness_pairs(table, 2, all);
    for (size_t g = 0; g < table->n_groups; g++) {
        for (size_t h = 0; h < table->n_groups; h++) {
            const double *x = wks_table_group(table, g), *y = wks_table_group(table, h);
            long double sum_x = 0.0L, sum_y = 0.0L, sum = 0.0L;
            for (size_t i = 0; i < table->n_areas; i++) {
                sum_x += x[i];
                sum_y += y[i];
            }
            for (size_t i = 0; i < table->n_areas; i++)
                sum += fabsl(x[i] / sum_x - y[i] / sum_y) / 2.0L;
            const double d = wks_evenness_dissimilarity_pair(x, y, table->n_areas, 1);
            if (sum_x > 0.0L && sum_y > 0.0L)
                assert_close(d, (double)sum, 1e-11, 1e-15);
            else
                assert_true(isnan(d));
            assert_close(d, wks_evenness_dissimilarity_pair(y, x, table->n_areas, 7), 0.0, 0.0);
            assert_close(all[g * table->n_groups + h], g == h ? 0.0 : d, 0.0, 0.0);
        }
    }
}

static void dissimilarity_pair_equal_slow_formula(void **unused)
{
    (void)unused;
    each_made_table(check_pairs);
    /* two groups only: D of the one against the rest */
    const double count[] = {10.0, 0.0, 30.0, 10.0, 40.0, 10.0};
    assert_close(wks_evenness_dissimilarity_pair(count, count + 3, 3, 2), 2.0 / 3.0, 1e-15, 0.0);
}

static void evenness_errors_no_memory(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_table table;
    wks_evenness of[6];
    made_table(&table, 0);
    wks_mem_fail_after(1);
    assert_status(wks_evenness_of(&table, 0, WKS_EVENNESS_ALL, 1, of, &err), WKS_ERR_NOMEM, &err);
    err = WKS_ERR_INIT;
    wks_mem_fail_after(1);
    assert_status(wks_evenness_each(&table, WKS_EVENNESS_ALL, 2, of, &err), WKS_ERR_NOMEM, &err);
    wks_mem_fail_after(0);
    wks_table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dissimilarity_three_areas_by_hand),
        cmocka_unit_test(dissimilarity_extremes_zero_and_one),
        cmocka_unit_test(dissimilarity_errors_not_defined_nan),
        cmocka_unit_test(theil_two_areas_by_hand),
        cmocka_unit_test(theil_extremes_zero_and_one),
        cmocka_unit_test(theil_errors_not_defined_nan),
        cmocka_unit_test(evenness_published_tables_equal_other_computation),
        cmocka_unit_test(evenness_random_tables_equal_other_computation),
        cmocka_unit_test(evenness_random_tables_bounded_scale_free_and_symmetric),
        cmocka_unit_test(evenness_proportional_areas_merged_same),
        cmocka_unit_test(evenness_transfer_to_less_share_lowers),
        cmocka_unit_test(evenness_made_and_shared_tables_equal_slow_formulas),
        cmocka_unit_test(evenness_sacramento_equal_to_pysal),
        cmocka_unit_test(evenness_patterns_of_morrill_apart_is_one),
        cmocka_unit_test(evenness_by_hand),
        cmocka_unit_test(evenness_extremes_exactly_one_and_nearly_zero),
        cmocka_unit_test(evenness_errors_not_defined_nan_in_all),
        cmocka_unit_test(evenness_one_area_zero),
        cmocka_unit_test(evenness_parts_not_asked_nan),
        cmocka_unit_test(evenness_any_way_and_threads_same_bits),
        cmocka_unit_test(evenness_scale_order_and_proportional_areas_nothing),
        cmocka_unit_test(evenness_group_alone_larger_some_same),
        cmocka_unit_test(evenness_transfer_to_less_share_lowers_all),
        cmocka_unit_test(dissimilarity_pair_equal_slow_formula),
        cmocka_unit_test(evenness_errors_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
