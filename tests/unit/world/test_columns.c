#include "support/chaos.h"
#include "support/check.h"
#include "world/columns.h"

#define SAMPLE_COLUMNS(X)           \
    X(uint64_t, key, "-", "key")    \
    X(int32_t, link_row, "row", "") \
    X(float, income_eur, "EUR", "") \
    X(double, score, "-", "")       \
    X(uint16_t, flags, "-", "")     \
    X(uint8_t, kind, "-", "")

typedef struct sample_table {
    wks_columns base;
    SAMPLE_COLUMNS(WKS_COLUMN_FIELD)
} sample_table;

#define TABLE sample_table
static const wks_column_info column[] = {SAMPLE_COLUMNS(WKS_COLUMN_INFO)};
static const wks_table_info info = WKS_TABLE_INFO("sample", column);

static int32_t add(sample_table *t, uint64_t key, float income)
{
    wks_err err = WKS_ERR_INIT;
    int32_t row;

    assert_ok(wks_columns_add(t, &info, key, &row, &err), &err);
    t->income_eur[row] = income;
    return row;
}

static void columns_list_makes_the_description(void **state)
{
    (void)state;
    assert_int_equal(info.n_columns, 6);
    assert_string_equal(column[0].name, "key");
    assert_string_equal(column[3].type, "double");
    assert_int_equal(column[4].size, 2);
    assert_int_equal(column[2].offset, offsetof(sample_table, income_eur));
}

static void columns_new_row_is_zero_also_when_reused(void **state)
{
    sample_table t;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_columns_init(&t, &info);
    const int32_t a = add(&t, 11, 1.0f), b = add(&t, 12, 2.0f);
    t.kind[b] = 7;
    t.score[b] = 3.5;
    assert_ok(wks_columns_remove(&t, &info, a, &err), &err);
    assert_ok(wks_columns_remove(&t, &info, b, &err), &err);
    assert_int_equal(t.base.n_live, 0);
    assert_int_equal(t.base.n_rows, 2);
    int32_t row;
    assert_ok(wks_columns_add(&t, &info, 13, &row, &err), &err);
    assert_int_equal(row, b); /* last freed first */
    assert_true(t.key[row] == 13);
    assert_int_equal(t.kind[row], 0);
    assert_true(t.score[row] == 0.0 && t.income_eur[row] == 0.0f);
    wks_columns_free(&t, &info);
    assert_null(t.key);
}

static void columns_growth_keeps_the_values(void **state)
{
    sample_table t;
    (void)state;

    wks_columns_init(&t, &info);
    for (int32_t i = 0; i < 1000; i++)
        assert_int_equal(add(&t, 1000u + (uint64_t)i, (float)i), i);
    for (int32_t i = 0; i < 1000; i++)
        assert_true(t.key[i] == 1000u + (uint64_t)i && t.income_eur[i] == (float)i);
    assert_true(wks_columns_bytes(&t, &info) >= 1000 * (8 + 4 + 4 + 8 + 2 + 1));
    wks_columns_free(&t, &info);
}

static void columns_copy_into_a_used_table_equals_the_source(void **state)
{
    sample_table a, b;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_columns_init(&a, &info);
    wks_columns_init(&b, &info);
    for (uint64_t i = 1; i <= 5; i++)
        (void)add(&a, i, 10.0f * (float)i);
    assert_ok(wks_columns_remove(&a, &info, 2, &err), &err);
    for (uint64_t i = 1; i <= 50; i++)
        (void)add(&b, 100 + i, 1.0f);
    const uint64_t *memory = b.key;
    assert_ok(wks_columns_copy(&a, &info, &b, &err), &err);
    assert_ptr_equal(b.key, memory); /* capacity reused */
    assert_int_equal(b.base.n_rows, 5);
    assert_int_equal(b.base.n_live, 4);
    assert_true(wks_columns_hash(&a, &info, "", 1) == wks_columns_hash(&b, &info, "", 1));
    /* the freed row comes first, then rows that were in use in b and must be clean */
    assert_int_equal(add(&b, 900, 1.0f), 2);
    int32_t row;
    assert_ok(wks_columns_add(&b, &info, 901, &row, &err), &err);
    assert_int_equal(row, 5);
    assert_true(b.income_eur[row] == 0.0f);
    wks_columns_free(&a, &info);
    wks_columns_free(&b, &info);
}

static void columns_copy_of_an_empty_table_is_empty(void **state)
{
    sample_table a, b;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_columns_init(&a, &info);
    wks_columns_init(&b, &info);
    assert_ok(wks_columns_copy(&a, &info, &b, &err), &err);
    assert_int_equal(b.base.n_rows, 0);
    (void)add(&b, 3, 1.0f);
    assert_ok(wks_columns_copy(&a, &info, &b, &err), &err);
    assert_int_equal(b.base.n_live, 0);
    wks_columns_free(&b, &info);
}

static uint64_t hash_of(const sample_table *t)
{
    return wks_columns_hash(t, &info, "link_row", 42);
}

static void columns_hash_ignores_row_order_and_free_rows(void **state)
{
    sample_table a, b;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_columns_init(&a, &info);
    wks_columns_init(&b, &info);
    for (uint64_t i = 1; i <= 2000; i++)
        assert_int_equal(add(&a, i, (float)i), (int32_t)i - 1);
    for (int32_t i = 0; i < 2000; i++)
        a.link_row[i] = i; /* left out */
    const int32_t gone = add(&b, 9999, 5.0f);
    for (uint64_t i = 2000; i >= 1; i--)
        (void)add(&b, i, (float)i);
    assert_true(hash_of(&a) != hash_of(&b));
    assert_ok(wks_columns_remove(&b, &info, gone, &err), &err);
    assert_true(hash_of(&a) == hash_of(&b));
    wks_columns_free(&a, &info);
    wks_columns_free(&b, &info);
}

static void columns_hash_sees_every_column(void **state)
{
    sample_table t;
    (void)state;

    wks_columns_init(&t, &info);
    for (uint64_t i = 1; i <= 600; i++)
        (void)add(&t, i, (float)i);
    const uint64_t before = hash_of(&t);
    t.income_eur[599] += 0.5f;
    assert_true(hash_of(&t) != before);
    t.income_eur[599] -= 0.5f;
    t.score[3] = 1e-300;
    assert_true(hash_of(&t) != before);
    t.score[3] = 0.0;
    t.flags[7] = 1;
    assert_true(hash_of(&t) != before);
    t.flags[7] = 0;
    t.kind[0] = 1;
    assert_true(hash_of(&t) != before);
    t.kind[0] = 0;
    t.link_row[0] = 5;
    assert_true(hash_of(&t) == before);
    assert_true(wks_columns_hash(&t, &info, "", 42) != before);
    /* the same values in other rows are another table */
    t.kind[1] = 1;
    const uint64_t one = hash_of(&t);
    t.kind[1] = 0;
    t.kind[2] = 1;
    assert_true(hash_of(&t) != one);
    wks_columns_free(&t, &info);
}

static void columns_hash_takes_minus_zero_as_zero_and_every_nan_as_one(void **state)
{
    sample_table t;
    (void)state;

    wks_columns_init(&t, &info);
    (void)add(&t, 1, 0.0f);
    const uint64_t zero = hash_of(&t);
    t.income_eur[0] = -0.0f;
    t.score[0] = -0.0;
    assert_true(hash_of(&t) == zero);
    t.score[0] = (double)NAN;
    const uint64_t nan = hash_of(&t);
    t.score[0] = -t.score[0];
    assert_true(hash_of(&t) == nan);
    assert_true(nan != zero);
    wks_columns_free(&t, &info);
}

static wks_status grow_and_copy(void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    sample_table a, b;
    int32_t row;
    (void)context;

    wks_columns_init(&a, &info);
    wks_columns_init(&b, &info);
    for (uint64_t i = 1; i <= 40; i++)
        WKS_TRY(wks_columns_add(&a, &info, i, &row, err));
    WKS_TRY(wks_columns_remove(&a, &info, 3, err));
    WKS_TRY(wks_columns_copy(&a, &info, &b, err));
out:
    wks_columns_free(&a, &info);
    wks_columns_free(&b, &info);
    return rc;
}

static void columns_without_memory_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(grow_and_copy, NULL) >= 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_list_makes_the_description),
        cmocka_unit_test(columns_new_row_is_zero_also_when_reused),
        cmocka_unit_test(columns_growth_keeps_the_values),
        cmocka_unit_test(columns_copy_into_a_used_table_equals_the_source),
        cmocka_unit_test(columns_copy_of_an_empty_table_is_empty),
        cmocka_unit_test(columns_hash_ignores_row_order_and_free_rows),
        cmocka_unit_test(columns_hash_sees_every_column),
        cmocka_unit_test(columns_hash_takes_minus_zero_as_zero_and_every_nan_as_one),
        cmocka_unit_test(columns_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
