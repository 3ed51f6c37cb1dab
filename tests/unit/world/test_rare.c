#include "base/mem.h"
#include "support/chaos.h"
#include "support/check.h"
#include "world/columns.h"

enum { ROWS = 3000 };

/* The same table twice: with plain columns, and with rare ones. */
#define PLAIN_COLUMNS(X)                 \
    X(uint64_t, key, "-", "key")         \
    X(int32_t, link_row, "row", "")      \
    X(int16_t, until_month, "month", "") \
    X(float, claim_eur, "EUR", "")       \
    X(uint64_t, event, "-", "")
#define RARE_COLUMNS(X, R)                             \
    X(uint64_t, key, "-", "key")                       \
    R(int32_t, WKS_NONE, link_row, "row", "")          \
    R(int16_t, WKS_NO_MONTH, until_month, "month", "") \
    R(float, 0, claim_eur, "EUR", "")                  \
    R(uint64_t, 0, event, "-", "")

typedef struct plain_table {
    wks_columns base;
    PLAIN_COLUMNS(WKS_COLUMN_FIELD)
} plain_table;
typedef struct rare_table {
    wks_columns base;
    RARE_COLUMNS(WKS_COLUMN_FIELD, WKS_RARE_FIELD)
} rare_table;

#define TABLE plain_table
static const wks_column_info plain_column[] = {PLAIN_COLUMNS(WKS_COLUMN_INFO)};
static const wks_table_info plain_info = WKS_TABLE_INFO("sample", plain_column);
#undef TABLE
#define TABLE rare_table
static const wks_column_info rare_column[] = {RARE_COLUMNS(WKS_COLUMN_INFO, WKS_RARE_INFO)};
static const wks_table_info rare_info = WKS_TABLE_INFO("sample", rare_column);
#undef TABLE

static uint32_t dice = 1;
static uint32_t roll(uint32_t sides)
{
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 8) % sides;
}

static void rare_holds_what_an_array_would(void **state)
{
    wks_rare rare = {.none = -1};
    int32_t array[ROWS];
    wks_err err = WKS_ERR_INIT;
    (void)state;

    for (int32_t i = 0; i < ROWS; i++)
        array[i] = -1;
    assert_ok(wks_rare_reserve(&rare, ROWS, &err), &err);
    for (int32_t k = 0; k < 20000; k++) {
        const int32_t row = (int32_t)roll(ROWS), value = roll(3) == 0 ? (int32_t)roll(100) : -1;
        wks_rare_set(&rare, row, value);
        array[row] = value;
        assert_int_equal(wks_rare_i32(&rare, row), value);
    }
    for (int32_t i = 0; i < ROWS; i++)
        assert_int_equal(wks_rare_i32(&rare, i), array[i]);
    assert_ok(wks_rare_make_room(&rare, &err), &err);
    wks_rare_free(&rare);
}

static void rare_room_of_removed_values_is_used_again(void **state)
{
    wks_rare rare = {.none = 0};
    wks_err err = WKS_ERR_INIT;
    (void)state;

    assert_ok(wks_rare_reserve(&rare, ROWS, &err), &err);
    assert_int_equal(wks_rare_bytes(&rare), (ROWS + 31) / 32 * 4);
    for (int32_t i = 0; i < ROWS; i++) {
        wks_rare_set(&rare, i, 7);
        wks_rare_set(&rare, i, 0);
    }
    assert_int_equal(rare.n_entries, 1);
    wks_rare_free(&rare);
}

static void rare_overwrite_changes_what_is_there(void **state)
{
    wks_rare rare = {.none = 0};
    wks_err err = WKS_ERR_INIT;
    (void)state;

    assert_ok(wks_rare_reserve(&rare, 64, &err), &err);
    wks_rare_set(&rare, 3, 7);
    wks_rare_set(&rare, 4, 8);
    wks_rare_overwrite(&rare, 3, 0);
    assert_int_equal(wks_rare_get(&rare, 3), 0);
    assert_int_equal(wks_rare_get(&rare, 4), 8);
    wks_rare_set(&rare, 3, 9);
    assert_int_equal(wks_rare_get(&rare, 3), 9);
    assert_int_equal(rare.n_entries, 2);
    wks_rare_free(&rare);
}

static void rare_rows_and_values_get_other_numbers(void **state)
{
    static const int32_t after[] = {3, WKS_NONE, 40, 1};
    wks_rare rare = {.none = WKS_NONE};
    wks_err err = WKS_ERR_INIT;
    (void)state;

    assert_ok(wks_rare_reserve(&rare, 64, &err), &err);
    wks_rare_set(&rare, 0, 2);
    wks_rare_set(&rare, 1, 3);
    wks_rare_set(&rare, 2, 1);
    wks_rare_set(&rare, 3, 0);
    wks_rare_set(&rare, 3, WKS_NONE); /* an entry that is free */
    wks_rare_rename(&rare, NULL, after, 4);
    assert_int_equal(wks_rare_i32(&rare, 0), 40);
    assert_int_equal(wks_rare_i32(&rare, 1), 1);
    assert_int_equal(wks_rare_i32(&rare, 2), WKS_NONE);
    assert_int_equal(rare.n_entries, 2);
    wks_rare_rename(&rare, after, NULL, 4);
    assert_int_equal(wks_rare_i32(&rare, 3), 40);
    assert_int_equal(wks_rare_i32(&rare, 0), WKS_NONE);
    assert_int_equal(wks_rare_i32(&rare, 1), WKS_NONE); /* its row is gone */
    wks_rare_set(&rare, 40, 5);
    assert_int_equal(wks_rare_i32(&rare, 40), 5);
    assert_int_equal(rare.n_entries, 2);
    wks_rare_free(&rare);
}

/* Rows added, changed and removed alike in both tables. */
static void live(plain_table *plain, rare_table *rare)
{
    wks_err err = WKS_ERR_INIT;

    for (uint64_t key = 1; key <= ROWS; key++) {
        int32_t row, same;
        assert_ok(wks_columns_add(plain, &plain_info, key, &row, &err), &err);
        assert_ok(wks_columns_add(rare, &rare_info, key, &same, &err), &err);
        assert_int_equal(row, same);
        plain->link_row[row] = WKS_NONE;
        plain->until_month[row] = WKS_NO_MONTH;
        if (roll(10) == 0) wks_rare_set(&rare->link_row, row, plain->link_row[row] = (int32_t)roll(50));
        if (roll(10) == 0) wks_rare_set(&rare->until_month, row, plain->until_month[row] = (int16_t)((int32_t)roll(50) - 25));
        if (roll(10) == 0) wks_rare_set_float(&rare->claim_eur, row, plain->claim_eur[row] = (float)roll(50) - 20.5f);
        if (roll(10) == 0) wks_rare_set_u64(&rare->event, row, plain->event[row] = UINT64_MAX - roll(50));
        const int32_t gone = (int32_t)roll((uint32_t)row + 1);
        if (roll(4) != 0 || plain->key[gone] == 0) continue;
        assert_ok(wks_columns_remove(plain, &plain_info, gone, &err), &err);
        assert_ok(wks_columns_remove(rare, &rare_info, gone, &err), &err);
    }
}

static void rare_columns_hash_and_shape_are_those_of_plain_ones(void **state)
{
    plain_table plain;
    rare_table rare, copy;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_columns_init(&plain, &plain_info);
    wks_columns_init(&rare, &rare_info);
    wks_columns_init(&copy, &rare_info);
    live(&plain, &rare);
    const uint64_t hash = wks_columns_hash(&plain, &plain_info, "", 1);
    assert_true(wks_columns_hash(&rare, &rare_info, "", 1) == hash);
    assert_true(wks_columns_shape(&rare_info) == wks_columns_shape(&plain_info));
    assert_true(wks_columns_bytes(&rare, &rare_info) < wks_columns_bytes(&plain, &plain_info));
    assert_true(wks_columns_within(&rare, &rare_info, "until_month", -25, 25));
    assert_false(wks_columns_within(&rare, &rare_info, "until_month", -25, 20));
    assert_null(wks_columns_absurd(&rare, &rare_info));
    assert_ok(wks_columns_copy(&rare, &rare_info, &copy, &err), &err);
    assert_ok(wks_columns_shrink(&copy, &rare_info, &err), &err);
    assert_true(wks_columns_hash(&copy, &rare_info, "", 1) == hash);
    int32_t first = 0, row;
    while (wks_rare_i32(&copy.link_row, first) == WKS_NONE || copy.key[first] == 0)
        first++;
    assert_ok(wks_columns_remove(&copy, &rare_info, first, &err), &err);
    assert_ok(wks_columns_add(&copy, &rare_info, 77777, &row, &err), &err);
    assert_int_equal(row, first);
    assert_int_equal(wks_rare_i32(&copy.link_row, row), WKS_NONE); /* clean when used again */
    assert_true(wks_rare_float(&copy.claim_eur, row) == 0.0f && wks_rare_u64(&copy.event, row) == 0);
    wks_columns_free(&plain, &plain_info);
    wks_columns_free(&rare, &rare_info);
    wks_columns_free(&copy, &rare_info);
}

static void rare_column_without_memory_is_told(void **state)
{
    wks_rare rare = {.none = 0};
    wks_err err = WKS_ERR_INIT;
    (void)state;

    assert_ok(wks_rare_reserve(&rare, 64, &err), &err);
    wks_mem_fail_after(1);
    wks_rare_set(&rare, 5, 1);
    wks_mem_fail_after(0);
    assert_int_equal(wks_rare_get(&rare, 5), 0);
    assert_int_equal(wks_rare_make_room(&rare, &err), WKS_ERR_NOMEM);
    wks_rare_free(&rare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rare_holds_what_an_array_would),
        cmocka_unit_test(rare_room_of_removed_values_is_used_again),
        cmocka_unit_test(rare_overwrite_changes_what_is_there),
        cmocka_unit_test(rare_rows_and_values_get_other_numbers),
        cmocka_unit_test(rare_columns_hash_and_shape_are_those_of_plain_ones),
        cmocka_unit_test(rare_column_without_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
