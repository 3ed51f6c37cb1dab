/* segregation/local: by hand, against published values, and summed to the indices of the whole. */
#include "segregation/local.h"

#include "made_tables.h"
#include "segregation/multigroup.h"

static void local_two_areas_by_hand(void **unused)
{
    (void)unused;
    /* 30 people: areas 6 + 4, 4 + 16, an empty one; P = 1/3, 2/3 */
    const double count[] = {6.0, 4.0, 0.0, 4.0, 16.0, 0.0};
    double lq[3], ls[3], e[3], i[3], group[2];
    wks_table table;
    table_of(&table, 3, 2, count);
    wks_local_quotient(&table, 0, 2, lq);
    assert_close(lq[0], 1.8, 1e-15, 0.0);
    assert_close(lq[1], 0.6, 1e-15, 0.0);
    wks_local_areas(&table, 2, ls, e, i);
    assert_close(ls[0], 0.6 * log(1.8) + 0.4 * log(0.6), 1e-14, 0.0);
    assert_close(ls[1], 0.2 * log(0.6) + 0.8 * log(1.2), 1e-14, 0.0);
    assert_close(e[0], -0.6 * log(0.6) - 0.4 * log(0.4), 1e-15, 0.0);
    assert_close(i[1], 1.0 - 0.04 - 0.64, 1e-15, 0.0);
    assert_true(isnan(lq[2]) && isnan(ls[2]) && isnan(e[2]) && isnan(i[2])); /* nobody lives there */
    wks_local_groups(&table, 2, group);
    assert_close(group[0], 0.6 * log(1.8) + 0.4 * log(0.6), 1e-14, 0.0); /* .6 of the group in a third of the people */
    assert_close(group[1], 0.2 * log(0.6) + 0.8 * log(1.2), 1e-14, 0.0);
    wks_table_free(&table);
}

static void local_errors_absent_group_and_nobody_nan(void **unused)
{
    (void)unused;
    const double absent[] = {3.0, 4.0, 0.0, 0.0}, nobody[] = {0.0, 0.0};
    double lq[2], ls[2], e[2], i[2], group[2];
    wks_table table;
    table_of(&table, 2, 2, absent);
    wks_local_quotient(&table, 1, 1, lq);
    wks_local_areas(&table, 1, ls, e, i);
    wks_local_groups(&table, 1, group);
    assert_true(isnan(lq[0]) && isnan(lq[1]) && isnan(group[1]));
    assert_true(ls[0] == 0.0 && e[1] == 0.0 && i[0] == 0.0 && group[0] == 0.0);
    wks_table_free(&table);
    table_of(&table, 1, 2, nobody);
    wks_local_quotient(&table, 0, 1, lq);
    wks_local_areas(&table, 1, ls, e, i);
    wks_local_groups(&table, 1, group);
    assert_true(isnan(lq[0]) && isnan(ls[0]) && isnan(e[0]) && isnan(i[0]) && isnan(group[0]) && isnan(group[1]));
    wks_table_free(&table);
}

static void local_not_asked_left_alone(void **unused)
{
    (void)unused;
    const double count[] = {6.0, 4.0, 4.0, 16.0};
    double one[2], all[3][2];
    wks_table table;
    table_of(&table, 2, 2, count);
    wks_local_areas(&table, 1, all[0], all[1], all[2]);
    for (int k = 0; k < 3; k++) {
        wks_local_areas(&table, 1, k == 0 ? one : NULL, k == 1 ? one : NULL, k == 2 ? one : NULL);
        assert_memory_equal(one, all[k], sizeof one);
    }
    wks_table_free(&table);
}

/* Formulas in 80 bits, and the weighted means that must give the indices of the whole. */
static void check_table(const wks_table *table)
{
    static double lq[TABLES_MAX_AREAS], ls[TABLES_MAX_AREAS], e[TABLES_MAX_AREAS], in[TABLES_MAX_AREAS], other[TABLES_MAX_AREAS];
    double group[TABLES_MAX_GROUPS];
    const size_t n = table->n_areas;
    const double m = wks_multigroup_information(table, 1);
    long double by_area = 0.0L, by_group = 0.0L;
    wks_local_areas(table, 1, ls, e, in);
    wks_local_areas(table, 7, other, NULL, NULL);
    assert_memory_equal(ls, other, n * sizeof *ls);
    wks_local_groups(table, 1, group);
    for (size_t i = 0; i < n; i++) {
        const long double t = area_slowly(table, i);
        long double slow_ls = 0.0L, slow_e = 0.0L, slow_i = 1.0L;
        if (!(t > 0.0L)) continue;
        for (size_t g = 0; g < table->n_groups; g++) {
            const slow_margins all = margins_slowly(table, g);
            const long double p = wks_table_group(table, g)[i] / t;
            slow_ls += log_term_slowly(p, all.p);
            slow_e -= log_term_slowly(p, 1.0L);
            slow_i -= p * p;
        }
        assert_close(ls[i], (double)slow_ls, 1e-10, 1e-15);
        assert_close(e[i], (double)slow_e, 1e-13, 1e-17);
        assert_close(in[i], (double)slow_i, 1e-13, 1e-17);
        assert_true(ls[i] >= 0.0);
        by_area += t * ls[i] / table->all;
        if (i == 40) break; /* margins_slowly is slow */
    }
    if (n <= 41) assert_close((double)by_area, m, 1e-12, 1e-16);
    for (size_t g = 0; g < table->n_groups; g++) {
        if (!(table->group_total[g] > 0.0)) continue;
        long double at_home = 0.0L;
        wks_local_quotient(table, g, 2, lq);
        for (size_t i = 0; i < n; i++)
            at_home += table->total[i] > 0.0 ? table->total[i] * (long double)lq[i] / table->all : 0.0L;
        assert_close((double)at_home, 1.0, 1e-12, 0.0);
        assert_true(group[g] >= 0.0);
        by_group += table->group_total[g] * (long double)group[g] / table->all;
    }
    assert_close((double)by_group, m, 1e-12, 1e-16);
}

static void local_made_and_shared_tables_add_up(void **unused)
{
    (void)unused;
    each_made_table(check_table);
}

/* pysal/segregation, segregation/tests/test_local_multi_*.py: first tracts of Sacramento. */
static void local_sacramento_equal_to_pysal(void **unused)
{
    (void)unused;
    static double e[TABLES_MAX_AREAS], in[TABLES_MAX_AREAS], lq[TABLES_MAX_AREAS];
    const double diversity[] = {0.34332326, 0.56109229, 0.70563225, 0.29713472, 0.22386084,
                                0.29742517, 0.12322789, 0.11274579, 0.09402405, 0.25129616};
    const double interaction[] = {0.15435993, 0.33391595, 0.49909747, 0.1299449,  0.09805056,
                                  0.13128178, 0.04447356, 0.0398933,  0.03723054, 0.11758548};
    const double quotient[3][3] = {{1.36543221, 0.07478049, 0.16245651}, {1.18002164, 0.0, 0.14836683}, {0.68072696, 0.03534425, 0.0}};
    wks_table table;
    shared_table(&table, "r01_sacramento_4g");
    wks_local_areas(&table, 2, NULL, e, in);
    for (size_t i = 0; i < 10; i++) {
        assert_close(e[i], diversity[i], 0.0, 5e-9);
        assert_close(in[i], interaction[i], 0.0, 5e-9);
    }
    for (size_t g = 0; g < 3; g++) {
        wks_local_quotient(&table, g, 2, lq);
        for (size_t i = 0; i < 3; i++)
            assert_close(lq[i], quotient[i][g], 0.0, 5e-9);
    }
    wks_table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_two_areas_by_hand),         cmocka_unit_test(local_errors_absent_group_and_nobody_nan),
        cmocka_unit_test(local_not_asked_left_alone),      cmocka_unit_test(local_made_and_shared_tables_add_up),
        cmocka_unit_test(local_sacramento_equal_to_pysal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
