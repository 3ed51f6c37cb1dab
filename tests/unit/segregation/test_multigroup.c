/* segregation/multigroup: by hand, against slow formulas and published values, and as laws. */
#include "segregation/multigroup.h"

#include "base/mem.h"
#include "made_tables.h"

enum { N_INDICES = 11 };
static const char *const index_names[N_INDICES] = {"E",       "E_norm", "I",       "SC",      "D_multi", "G_multi",
                                                   "R_multi", "M",      "H_multi", "C_multi", "P_multi"};

static double value_of(const wks_multigroup *of, int k)
{
    const double value[N_INDICES] = {of->e, of->e_norm, of->i, of->sc, of->d, of->g, of->r, of->m, of->h, of->c, of->p};
    return value[k];
}

static wks_multigroup all_of(const wks_table *table)
{
    wks_err err = WKS_ERR_INIT;
    wks_multigroup out;
    assert_ok(wks_multigroup_of(table, WKS_EVENNESS_ALL, 1, &out, &err), &err);
    return out;
}

static void assert_all_close(const wks_multigroup *a, const wks_multigroup *b, double rel, double abs)
{
    for (int k = 0; k < N_INDICES; k++)
        wks_check_close(value_of(a, k), value_of(b, k), rel, abs, index_names[k], __FILE__, __LINE__);
}

/* Formula by formula in 80 bits; at least two groups present. */
static wks_multigroup multigroup_slowly(const wks_table *table)
{
    static long double area[TABLES_MAX_AREAS];
    const long double t_all = margins_slowly(table, 0).t;
    long double e = 0.0L, sc = 0.0L, d = 0.0L, g = 0.0L, r = 0.0L, m = 0.0L, c = 0.0L, p = 0.0L;
    int present = 0;
    for (size_t i = 0; i < table->n_areas; i++)
        area[i] = area_slowly(table, i);
    for (size_t k = 0; k < table->n_groups; k++) {
        const slow_margins all = margins_slowly(table, k);
        const double *n = wks_table_group(table, k);
        if (!(all.x > 0.0L)) continue;
        present++;
        e -= all.p * logl(all.p);
        sc += all.p * all.p;
        for (size_t i = 0; i < table->n_areas; i++) {
            if (!(area[i] > 0.0L)) continue;
            const long double off = n[i] / area[i] - all.p;
            d += area[i] * fabsl(off);
            r += area[i] * off * off;
            c += area[i] * off * off / all.p;
            p += area[i] * off * off / (t_all * all.q);
            m += log_term_slowly(n[i], area[i] * all.p) / t_all;
            for (size_t j = 0; j < i; j++)
                g += area[j] > 0.0L ? 2.0L * fabsl(n[i] * area[j] - n[j] * area[i]) : 0.0L;
        }
    }
    const long double i = 1.0L - sc;
    return (wks_multigroup){.e = (double)e,
                            .e_norm = (double)(e / logl((long double)table->n_groups)),
                            .i = (double)i,
                            .sc = (double)sc,
                            .d = (double)(d / (2.0L * t_all * i)),
                            .g = (double)(g / (2.0L * t_all * t_all * i)),
                            .r = (double)(r / (t_all * i)),
                            .m = (double)m,
                            .h = (double)(m / e),
                            .c = (double)(c / (t_all * (present - 1))),
                            .p = (double)p};
}

static void compare_with_slow(const wks_table *table)
{
    if (table->n_areas > 1000 && table->n_groups > 2) return; /* O(n^2) pairs a group; these are held to R's values below */
    const wks_multigroup fast = all_of(table), slow = multigroup_slowly(table);
    assert_all_close(&fast, &slow, 1e-11, 1e-16);
    for (int k = 0; k < N_INDICES; k++)
        assert_true(value_of(&fast, k) >= 0.0 && (value_of(&fast, k) <= 1.0 || k == 0 || k == 7));
    assert_true(fast.m <= fast.e * (1.0 + 1e-15) && fast.d <= fast.g + 1e-15 && fast.e_norm <= 1.0);
}

static void multigroup_made_and_shared_tables_equal_slow_formulas(void **unused)
{
    (void)unused;
    each_made_table(compare_with_slow);
}

/* pysal/segregation, segregation/tests/test_multi_*.py: 403 tracts of Sacramento, WHITE BLACK ASIAN HISP. MultiDivergence is M in natural logarithms;
 * MultiSquaredCoefVar is C_multi, MultiNormExposure P_multi. */
static void multigroup_sacramento_equal_to_pysal(void **unused)
{
    (void)unused;
    wks_table table;
    shared_table(&table, "r01_sacramento_4g");
    const wks_multigroup of = all_of(&table);
    const wks_multigroup want = {.e = 0.9733112243997906,
                                 .e_norm = 0.7020956383415715,
                                 .i = 0.508175868480421,
                                 .sc = 0.49182413151957904,
                                 .d = 0.41340872573177806,
                                 .g = 0.5456349992598081,
                                 .r = 0.15820019878220337,
                                 .m = 0.16645182134289443,
                                 .h = 0.1710160297858887,
                                 .c = 0.11875484641127525,
                                 .p = 0.18821879029994157};
    assert_all_close(&of, &want, 1e-12, 0.0);
    wks_table_free(&table);
}

/* R package segregation (Elbers 2021), README: mutual_total(schools00, "race", "school") M 0.426, H 0.419; mutual_difference to schools05 M1 0.42554,
 * M2 0.41339. */
static void multigroup_schools_equal_to_r_segregation(void **unused)
{
    (void)unused;
    wks_table table;
    shared_table(&table, "r03_schools00");
    const wks_multigroup first = all_of(&table);
    assert_close(first.m, 0.42554, 0.0, 5e-6);
    assert_close(first.h, 0.419, 0.0, 5e-4);
    wks_table_free(&table);
    shared_table(&table, "r05_schools05");
    assert_close(all_of(&table).m, 0.41339, 0.0, 5e-6);
    wks_table_free(&table);
}

static void multigroup_by_hand(void **unused)
{
    (void)unused;
    /* three areas of 10, each with a group of 8 of its own and one of each other: P = 1/3, I = 2/3, E = log 3.
     * |p - P|: 14/30 once, 7/30 twice: 28/30 an area, D = 30 28/30 / (2 30 2/3) = .7; (.)^2: (196 + 49 + 49)/900 = .32667, R = .49 = C = P;
     * G: a group's pairs 2 (2 100 .7) = 280, 3 of them = 840 / (2 900 2/3) = .7; M = log 3 + .8 log .8 + .2 log .1 */
    const double count[] = {8.0, 1.0, 1.0, 1.0, 8.0, 1.0, 1.0, 1.0, 8.0};
    wks_table table;
    table_of(&table, 3, 3, count);
    const wks_multigroup of = all_of(&table);
    assert_close(of.e, log(3.0), 1e-15, 0.0);
    assert_close(of.e_norm, 1.0, 1e-15, 0.0);
    assert_close(of.i, 2.0 / 3.0, 1e-15, 0.0);
    assert_close(of.sc, 1.0 / 3.0, 1e-15, 0.0);
    assert_close(of.d, 0.7, 1e-15, 0.0);
    assert_close(of.g, 0.7, 1e-15, 0.0);
    assert_close(of.r, 0.49, 1e-15, 0.0);
    assert_close(of.c, 0.49, 1e-15, 0.0);
    assert_close(of.p, 0.49, 1e-15, 0.0);
    assert_close(of.m, log(3.0) + 0.8 * log(0.8) + 0.2 * log(0.1), 1e-14, 0.0);
    assert_close(of.h, of.m / log(3.0), 1e-15, 0.0);
    wks_table_free(&table);
}

static void multigroup_extremes_one_and_zero(void **unused)
{
    (void)unused;
    const double apart[] = {1e9, 0.0, 0.0, 0.0, 5.0, 0.0, 0.0, 0.0, 7e8}, even[] = {1e9, 10.0, 3e8, 3.0, 5e8, 5.0};
    wks_table table;
    table_of(&table, 3, 3, apart);
    const wks_multigroup one = all_of(&table);
    for (int k = 4; k < N_INDICES; k++)
        assert_close(value_of(&one, k), k == 7 ? one.e : 1.0, 1e-14, 0.0);
    wks_table_free(&table);
    table_of(&table, 2, 3, even);
    const wks_multigroup zero = all_of(&table);
    for (int k = 4; k < N_INDICES; k++)
        assert_close(value_of(&zero, k), 0.0, 0.0, 1e-15);
    wks_table_free(&table);
}

/* An absent group counts in the columns of E_norm and nowhere else. */
static void multigroup_absent_group_only_e_norm(void **unused)
{
    (void)unused;
    const double three[] = {8.0, 1.0, 5.0, 2.0, 0.0, 0.0}, one[] = {3.0, 4.0, 0.0, 0.0};
    wks_table with, without, single;
    table_of(&with, 2, 3, three);
    table_of(&without, 2, 2, three);
    const wks_multigroup a = all_of(&with), b = all_of(&without);
    for (int k = 0; k < N_INDICES; k++) {
        if (k != 1) assert_true(value_of(&a, k) == value_of(&b, k));
    }
    assert_close(a.e_norm, a.e / log(3.0), 1e-15, 0.0);
    assert_close(b.e_norm, b.e / log(2.0), 1e-15, 0.0);
    table_of(&single, 2, 2, one); /* one group present */
    const wks_multigroup c = all_of(&single);
    assert_true(c.e == 0.0 && c.e_norm == 0.0 && c.i == 0.0 && c.sc == 1.0 && c.m == 0.0);
    assert_true(isnan(c.d) && isnan(c.g) && isnan(c.r) && isnan(c.h) && isnan(c.c) && isnan(c.p));
    single.n_groups = 1; /* one column */
    wks_table_sum(&single, 1);
    assert_true(isnan(all_of(&single).e_norm) && all_of(&single).e == 0.0);
    wks_table_free(&with);
    wks_table_free(&without);
    wks_table_free(&single);
}

static void multigroup_errors_nobody_nan(void **unused)
{
    (void)unused;
    const double nobody[] = {0.0, 0.0, 0.0, 0.0};
    const size_t size[][2] = {{2, 2}, {0, 2}, {2, 0}, {0, 0}};
    for (size_t k = 0; k < 4; k++) {
        wks_table table;
        table_of(&table, size[k][0], size[k][1], nobody);
        const wks_multigroup of = all_of(&table);
        for (int j = 0; j < N_INDICES; j++)
            assert_true(isnan(value_of(&of, j)));
        assert_true(isnan(wks_multigroup_entropy(&table)) && isnan(wks_multigroup_information(&table, 1)));
        wks_table_free(&table);
    }
}

/* Two groups: what evenness says of the one. */
static void check_two_groups(const wks_table *table)
{
    wks_err err = WKS_ERR_INIT;
    wks_evenness one;
    if (table->n_groups != 2) return;
    const wks_multigroup of = all_of(table);
    assert_ok(wks_evenness_of(table, 0, WKS_EVENNESS_ALL, 1, &one, &err), &err);
    assert_close(of.d, one.d, 1e-12, 1e-16);
    assert_close(of.g, one.g, 1e-12, 1e-16);
    assert_close(of.h, one.h, 1e-11, 1e-16);
    assert_close(of.r, one.eta2, 1e-12, 1e-16);
    assert_close(of.c, one.eta2, 1e-12, 1e-16);
    assert_close(of.p, one.eta2, 1e-12, 1e-16);
}

static void multigroup_two_groups_is_evenness(void **unused)
{
    (void)unused;
    each_made_table(check_two_groups);
}

static void check_scale_order_merge(const wks_table *table)
{
    wks_table turned, split;
    if (table->n_areas > 1000) return;
    turned_table(table, 8.0, &turned);
    split_table(table, &split);
    const wks_multigroup of = all_of(table), scaled = all_of(&turned), merged = all_of(&split);
    assert_all_close(&scaled, &of, 1e-10, 1e-15);
    assert_all_close(&merged, &of, 1e-10, 1e-15);
    wks_table_free(&split);
    wks_table_free(&turned);
}

static void multigroup_scale_order_and_proportional_areas_nothing(void **unused)
{
    (void)unused;
    each_made_table(check_scale_order_merge);
}

/* Members of two groups change places between an area where the one is over- and the other underrepresented and one where it is the other way round. */
static void multigroup_exchange_lowers(void **unused)
{
    (void)unused;
    int moved = 0;
    for (uint64_t k = 0; k < 1500; k++) {
        wks_table table;
        made_table(&table, (k / N_MADE) * N_MADE + MADE_PLAIN);
        double *x = table.count, *y = table.count + table.n_areas;
        const double *t = table.total;
        const size_t a = (size_t)(k % table.n_areas), b = (size_t)((k / 7) % table.n_areas);
        if (a != b && x[a] >= 1.0 && y[b] >= 1.0 && (x[a] - 1.0) / t[a] > (x[b] + 1.0) / t[b] &&
            (y[b] - 1.0) / t[b] > (y[a] + 1.0) / t[a]) {
            const wks_multigroup before = all_of(&table);
            x[a] -= 1.0;
            y[a] += 1.0;
            x[b] += 1.0;
            y[b] -= 1.0;
            wks_table_sum(&table, 1);
            const wks_multigroup after = all_of(&table);
            assert_true(after.d <= before.d + 1e-15 && after.g < before.g && after.r < before.r && after.m < before.m);
            assert_true(after.h < before.h && after.c < before.c && after.p < before.p);
            moved++;
        }
        wks_table_free(&table);
    }
    assert_true(moved > 100);
}

static void check_single_functions(const wks_table *table)
{
    wks_err err = WKS_ERR_INIT;
    const wks_multigroup of = all_of(table);
    wks_multigroup other, from;
    wks_evenness *each = calloc(table->n_groups, sizeof *each);
    const int threads[] = {2, 7};
    assert_true(wks_multigroup_entropy(table) == of.e);
    for (int k = 0; k < 2; k++) {
        assert_true(wks_multigroup_information(table, threads[k]) == of.m);
        assert_ok(wks_multigroup_of(table, WKS_EVENNESS_ALL, threads[k], &other, &err), &err);
        assert_memory_equal(&of, &other, sizeof of);
    }
    assert_ok(wks_evenness_each(table, WKS_EVENNESS_ALL, 2, each, &err), &err);
    wks_multigroup_from(table, each, &from);
    assert_memory_equal(&of, &from, sizeof of);
    assert_ok(wks_multigroup_of(table, 0, 1, &other, &err), &err);
    assert_true(other.d == of.d && other.r == of.r && isnan(other.g) && isnan(other.m) && isnan(other.h));
    free(each);
}

static void multigroup_any_way_and_threads_same_bits(void **unused)
{
    (void)unused;
    each_made_table(check_single_functions);
}

static void multigroup_errors_no_memory(void **unused)
{
    (void)unused;
    wks_table table;
    wks_multigroup of;
    made_table(&table, 0);
    for (int64_t n = 1; n <= 2; n++) {
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        assert_status(wks_multigroup_of(&table, WKS_EVENNESS_ALL, 1, &of, &err), WKS_ERR_NOMEM, &err);
    }
    wks_mem_fail_after(0);
    wks_table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multigroup_by_hand),
        cmocka_unit_test(multigroup_extremes_one_and_zero),
        cmocka_unit_test(multigroup_absent_group_only_e_norm),
        cmocka_unit_test(multigroup_errors_nobody_nan),
        cmocka_unit_test(multigroup_made_and_shared_tables_equal_slow_formulas),
        cmocka_unit_test(multigroup_sacramento_equal_to_pysal),
        cmocka_unit_test(multigroup_schools_equal_to_r_segregation),
        cmocka_unit_test(multigroup_two_groups_is_evenness),
        cmocka_unit_test(multigroup_scale_order_and_proportional_areas_nothing),
        cmocka_unit_test(multigroup_exchange_lowers),
        cmocka_unit_test(multigroup_any_way_and_threads_same_bits),
        cmocka_unit_test(multigroup_errors_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
