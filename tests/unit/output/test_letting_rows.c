#include "output/letting_rows.h"

#include "output/tables.h"
#include "support/check.h"
#include "support/folder.h"

/* Rows of two replications; the second scenario has a comma in a channel's name. */
#define ROW(scenario, replication, letting, channel, household) \
    scenario "," replication ",1,2025-02," letting ",u,b,c,o," channel ",500,3,1,0," household ",1,2,20000,,none,,0,ranked,,\n"

static char *make(const char *folder)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, wks_tables_header[WKS_TABLES_LETTINGS]);
    wks_text_add(&text, ROW("a", "1", "0", "x", "0000000000000011") ROW("a", "1", "1", "\"x, y\"", "0000000000000012"));
    wks_text_add(&text, ROW("a", "2", "0", "x", "0000000000000013") ROW("a", "2", "7", "x", "0000000000000011"));
    char *path = wks_folder_put(folder, "lettings.csv", text.data);
    wks_text_free(&text);
    return path;
}

static void rows_are_found_by_letting_and_by_household(void **state)
{
    char *folder = wks_folder_make();
    wks_letting_rows rows;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    free(make(folder));
    assert_ok(wks_letting_rows_find(folder, "a", 1, 1, "", &rows, &err), &err);
    assert_int_equal(rows.csv.n_rows, 1);
    assert_string_equal(wks_letting_rows_cell(&rows, 0, "household"), "0000000000000012");
    assert_string_equal(wks_letting_rows_cell(&rows, 0, "channel"), "x, y");
    assert_string_equal(wks_letting_rows_cell(&rows, 0, "nothing"), "");
    assert_string_equal(wks_letting_rows_cell(&rows, 1, "household"), "");
    wks_letting_rows_free(&rows);
    assert_ok(wks_letting_rows_find(folder, "a", 2, -1, "0000000000000011", &rows, &err), &err);
    assert_int_equal(rows.csv.n_rows, 1);
    assert_string_equal(wks_letting_rows_cell(&rows, 0, "letting"), "7");
    assert_int_equal(rows.first, 0);
    assert_int_equal(rows.last, 7);
    wks_letting_rows_free(&rows);
    wks_folder_remove(folder);
}

static void nothing_found_tells_range_and_nearest(void **state)
{
    char *folder = wks_folder_make();
    wks_letting_rows rows;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    free(make(folder));
    assert_ok(wks_letting_rows_find(folder, "a", 1, 5, "", &rows, &err), &err);
    assert_int_equal(rows.csv.n_rows, 0);
    assert_int_equal(rows.last, 1);
    wks_letting_rows_free(&rows);
    assert_ok(wks_letting_rows_find(folder, "a", 1, -1, "0000000000000022", &rows, &err), &err);
    assert_string_equal(rows.nearest.data, "0000000000000012");
    wks_letting_rows_free(&rows);
    assert_ok(wks_letting_rows_find(folder, "b", 1, 0, "", &rows, &err), &err); /* another scenario */
    assert_int_equal(rows.first, -1);
    wks_letting_rows_free(&rows);
    wks_folder_remove(folder);
}

static void find_without_a_table_errors(void **state)
{
    char *folder = wks_folder_make();
    wks_letting_rows rows;
    wks_err err = WKS_ERR_INIT, other = WKS_ERR_INIT;
    (void)state;
    assert_int_equal(wks_letting_rows_find(folder, "a", 1, 1, "", &rows, &err), WKS_ERR_USAGE);
    assert_contains(err.message, "has no lettings.csv");
    wks_letting_rows_free(&rows);
    free(wks_folder_put(folder, "lettings.csv", "letting\n1\n"));
    assert_int_equal(wks_letting_rows_find(folder, "a", 1, 1, "", &rows, &other), WKS_ERR_DATA);
    assert_contains(other.message, "its columns are not those of lettings.csv");
    wks_letting_rows_free(&rows);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_letting_and_by_household),
        cmocka_unit_test(nothing_found_tells_range_and_nearest),
        cmocka_unit_test(find_without_a_table_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
