#include "output/parts.h"

#include "base/file.h"
#include "support/check.h"
#include "support/folder.h"

enum { BOTH = 1u << WKS_TABLES_CITY | 1u << WKS_TABLES_BUURT };

static wks_manifest manifest_of(const int32_t *number, size_t n)
{
    wks_manifest m = {0};
    wks_err err = WKS_ERR_INIT;
    m.scenario = strdup("x");
    for (size_t i = 0; i < n; i++)
        assert_ok(wks_manifest_set_replication(&m, number[i], "complete", 1, 1, NULL, &err), &err);
    return m;
}

static char *path_of(const char *parts, wks_tables_kind kind, int32_t number)
{
    char *path = wks_parts_path(parts, kind, number);
    assert_non_null(path);
    return path;
}

static void put(const char *parts, wks_tables_kind kind, int32_t number, const char *text)
{
    wks_err err = WKS_ERR_INIT;
    char *path = path_of(parts, kind, number);
    assert_ok(wks_file_write(path, text, strlen(text), &err), &err);
    free(path);
}

static void join_keeps_order_of_number_and_leaves_out_what_failed(void **state)
{
    static const int32_t numbers[] = {12, 2, 7};
    wks_manifest m = manifest_of(numbers, 3);
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *table = wks_folder_path(folder, "city.csv");
    char expected[256];
    (void)state;
    put(folder, WKS_TABLES_CITY, 2, "x,2,a\n");
    put(folder, WKS_TABLES_CITY, 7, "x,7,a\n");
    put(folder, WKS_TABLES_CITY, 12, "x,12,a\nx,12,b\n");
    assert_ok(wks_manifest_set_replication(&m, 7, "failed", 0, 0, "no luck", &err), &err);
    assert_ok(wks_parts_join(folder, WKS_TABLES_CITY, &m, table, &err), &err);
    char *text = wks_folder_get(table);
    snprintf(expected, sizeof expected, "%sx,2,a\nx,12,a\nx,12,b\n", wks_tables_header[WKS_TABLES_CITY]);
    assert_string_equal(text, expected);
    free(text);
    free(table);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

static void join_missing_part_is_an_error_and_keeps_the_old_table(void **state)
{
    static const int32_t numbers[] = {1, 2};
    wks_manifest m = manifest_of(numbers, 2);
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *table = wks_folder_put(folder, "city.csv", "old");
    (void)state;
    put(folder, WKS_TABLES_CITY, 1, "x,1,a\n");
    assert_status(wks_parts_join(folder, WKS_TABLES_CITY, &m, table, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "000002.city.csv");
    char *text = wks_folder_get(table);
    assert_string_equal(text, "old");
    free(text);
    free(table);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

static void split_gives_back_what_was_joined(void **state)
{
    static const int32_t numbers[] = {1, 2, 12};
    wks_manifest m = manifest_of(numbers, 3);
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *parts = wks_folder_path(folder, "parts"), *table = wks_folder_path(folder, "buurt.csv");
    (void)state;
    assert_ok(wks_file_make_folder(parts, &err), &err);
    put(parts, WKS_TABLES_BUURT, 1, "x,1,a\nx,1,b\n");
    put(parts, WKS_TABLES_BUURT, 2, "");
    put(parts, WKS_TABLES_BUURT, 12, "x,12,c\n");
    assert_ok(wks_parts_join(parts, WKS_TABLES_BUURT, &m, table, &err), &err);
    assert_ok(wks_parts_remove(parts, &err), &err);
    assert_false(wks_file_exists(parts));
    assert_ok(wks_file_make_folder(parts, &err), &err);
    assert_ok(wks_parts_split(parts, WKS_TABLES_BUURT, &m, table, &err), &err);
    static const char *const expected[] = {"x,1,a\nx,1,b\n", "", "x,12,c\n"};
    for (int i = 0; i < 3; i++) {
        char *path = path_of(parts, WKS_TABLES_BUURT, numbers[i]);
        char *text = wks_folder_get(path);
        assert_string_equal(text, expected[i]);
        free(text);
        free(path);
    }
    free(parts);
    free(table);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

static void split_city_table_without_a_replication_gives_no_part(void **state)
{
    static const int32_t numbers[] = {1, 2};
    wks_manifest m = manifest_of(numbers, 2);
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make();
    char text[256];
    (void)state;
    snprintf(text, sizeof text, "%sx,2,a\n", wks_tables_header[WKS_TABLES_CITY]);
    char *table = wks_folder_put(folder, "city.csv", text);
    assert_ok(wks_parts_split(folder, WKS_TABLES_CITY, &m, table, &err), &err);
    assert_false(wks_parts_has(folder, 1u << WKS_TABLES_CITY, 1));
    assert_true(wks_parts_has(folder, 1u << WKS_TABLES_CITY, 2));
    assert_false(wks_parts_has(folder, BOTH, 2));
    free(table);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

static void split_foreign_or_missing_table_gives_nothing(void **state)
{
    static const int32_t numbers[] = {1};
    wks_manifest m = manifest_of(numbers, 1);
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *table = wks_folder_put(folder, "city.csv", "a,b\nx,1,a\n"),
         *none = wks_folder_path(folder, "none.csv");
    (void)state;
    assert_ok(wks_parts_split(folder, WKS_TABLES_CITY, &m, table, &err), &err);
    assert_ok(wks_parts_split(folder, WKS_TABLES_CITY, &m, none, &err), &err);
    assert_false(wks_parts_has(folder, 1u << WKS_TABLES_CITY, 1));
    free(table);
    free(none);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

static void split_keeps_parts_that_are_there(void **state)
{
    static const int32_t numbers[] = {1};
    wks_manifest m = manifest_of(numbers, 1);
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make();
    char text[256];
    (void)state;
    snprintf(text, sizeof text, "%sx,1,from the table\n", wks_tables_header[WKS_TABLES_CITY]);
    char *table = wks_folder_put(folder, "city.csv", text);
    put(folder, WKS_TABLES_CITY, 1, "x,1,from the part\n");
    assert_ok(wks_parts_split(folder, WKS_TABLES_CITY, &m, table, &err), &err);
    char *path = path_of(folder, WKS_TABLES_CITY, 1), *part = wks_folder_get(path);
    assert_string_equal(part, "x,1,from the part\n");
    free(part);
    free(path);
    free(table);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(join_keeps_order_of_number_and_leaves_out_what_failed),
        cmocka_unit_test(join_missing_part_is_an_error_and_keeps_the_old_table),
        cmocka_unit_test(split_gives_back_what_was_joined),
        cmocka_unit_test(split_city_table_without_a_replication_gives_no_part),
        cmocka_unit_test(split_foreign_or_missing_table_gives_nothing),
        cmocka_unit_test(split_keeps_parts_that_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
