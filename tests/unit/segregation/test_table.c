/* segregation/table: sums, merging, whole counts, memory. */
#include "segregation/table.h"

#include "base/mem.h"
#include "base/rng.h"
#include "support/check.h"

static void table_made(wks_table *out, size_t n_areas, size_t n_groups, const double *count)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_table_create(n_areas, n_groups, out, &err), &err);
    for (size_t i = 0; i < n_areas * n_groups; i++)
        out->count[i] = count[i];
    wks_table_sum(out, 1);
}

static void table_sum_by_hand(void **unused)
{
    (void)unused;
    const double count[] = {1.0, 2.0, 3.0, 10.0, 0.5, 30.0};
    wks_table table;
    table_made(&table, 3, 2, count);
    assert_true(table.total[0] == 11.0 && table.total[1] == 2.5 && table.total[2] == 33.0);
    assert_true(table.group_total[0] == 6.0 && table.group_total[1] == 40.5 && table.all == 46.5);
    assert_true(wks_table_group(&table, 1) == table.count + 3);
    table.count[0] = 2.0; /* taken again, not added */
    wks_table_sum(&table, 1);
    assert_true(table.total[0] == 12.0 && table.group_total[0] == 7.0 && table.all == 47.5);
    wks_table_free(&table);
}

static void table_new_is_zero(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    const size_t size[][2] = {{0, 0}, {0, 3}, {3, 0}, {2, 2}};
    for (size_t k = 0; k < 4; k++) {
        wks_table table;
        assert_ok(wks_table_create(size[k][0], size[k][1], &table, &err), &err);
        wks_table_sum(&table, 2);
        assert_true(table.all == 0.0 && table.n_areas == size[k][0] && table.n_groups == size[k][1]);
        assert_true(wks_table_is_whole(&table));
        wks_table_free(&table);
        wks_table_free(&table); /* again is fine */
    }
}

static void table_large_counts_exact(void **unused)
{
    (void)unused;
    /* a million cells of 1e9 - 1: the sum is below 2^53 and so exact */
    wks_err err = WKS_ERR_INIT;
    wks_table table;
    assert_ok(wks_table_create(250000, 4, &table, &err), &err);
    for (size_t i = 0; i < 1000000; i++)
        table.count[i] = 999999999.0;
    wks_table_sum(&table, 2);
    assert_true(table.all == 999999999.0 * 1e6 && table.group_total[3] == 999999999.0 * 250000.0);
    wks_table_free(&table);
}

static void table_sum_any_threads_same_bits(void **unused)
{
    (void)unused;
    const wks_rng_seed seed = wks_rng_seed_make(5, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    wks_err err = WKS_ERR_INIT;
    wks_table table;
    assert_ok(wks_table_create(50000, 3, &table, &err), &err);
    for (size_t i = 0; i < 150000; i++)
        table.count[i] = 100.0 * wks_rng_u01(&rng);
    wks_table_sum(&table, 1);
    const double all = table.all, last = table.group_total[2];
    double sum = 0.0;
    for (size_t i = 0; i < 150000; i++)
        sum += table.count[i];
    assert_close(all, sum, 1e-12, 0.0);
    const int threads[] = {2, 7};
    for (int k = 0; k < 2; k++) {
        wks_table_sum(&table, threads[k]);
        assert_true(table.all == all && table.group_total[2] == last);
    }
    assert_false(wks_table_is_whole(&table));
    wks_table_free(&table);
}

static void table_whole_one_fraction_false(void **unused)
{
    (void)unused;
    const double count[] = {1.0, 2.0, 1e9, 0.0};
    wks_table table;
    table_made(&table, 2, 2, count);
    assert_true(wks_table_is_whole(&table));
    table.count[3] = 1e-9;
    assert_false(wks_table_is_whole(&table));
    wks_table_free(&table);
}

static void table_merge_by_hand(void **unused)
{
    (void)unused;
    const double count[] = {1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 30.0, 40.0};
    const int64_t into[] = {1, -1, 1, 0};
    wks_err err = WKS_ERR_INIT;
    wks_table table, merged;
    table_made(&table, 4, 2, count);
    assert_ok(wks_table_merge(&table, into, 3, &merged, &err), &err);
    const double want[] = {4.0, 4.0, 0.0, 40.0, 40.0, 0.0};
    for (size_t i = 0; i < 6; i++)
        assert_true(merged.count[i] == want[i]);
    assert_true(merged.total[0] == 44.0 && merged.total[1] == 44.0 && merged.total[2] == 0.0);
    assert_true(merged.group_total[0] == 8.0 && merged.group_total[1] == 80.0 && merged.all == 88.0);
    wks_table_free(&merged);
    wks_table_free(&table);
}

static void table_create_errors_no_memory(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_table table;
    assert_status(wks_table_create(SIZE_MAX / 2, 3, &table, &err), WKS_ERR_NOMEM, &err);
    assert_true(table.count == NULL);
    err = WKS_ERR_INIT;
    assert_status(wks_table_create(SIZE_MAX / 8 + 1, 1, &table, &err), WKS_ERR_NOMEM, &err);
    for (int64_t n = 1; n <= 3; n++) {
        err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        assert_status(wks_table_create(4, 3, &table, &err), WKS_ERR_NOMEM, &err);
        assert_true(table.count == NULL && table.total == NULL && table.group_total == NULL);
    }
    wks_mem_fail_after(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_sum_by_hand),
        cmocka_unit_test(table_new_is_zero),
        cmocka_unit_test(table_large_counts_exact),
        cmocka_unit_test(table_sum_any_threads_same_bits),
        cmocka_unit_test(table_whole_one_fraction_false),
        cmocka_unit_test(table_merge_by_hand),
        cmocka_unit_test(table_create_errors_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
