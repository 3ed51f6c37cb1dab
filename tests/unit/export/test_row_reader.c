#include "export/row_reader.h"

#include <stdlib.h>

#include "support/check.h"
#include "support/folder.h"

static void reads_quotes_line_ends_and_empty_cells(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "a.csv", "a,b,c\r\n\"x,\"\"y\"\"\",,\"two\nlines\"\n\n1,2,3");
    wks_row_reader reader;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_row_reader_open(path, &reader, &err), &err);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_GOOD);
    assert_int_equal(reader.n_cells, 3);
    assert_string_equal(wks_row_reader_cell(&reader, 2), "c");
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_GOOD);
    assert_int_equal(reader.line, 2);
    assert_string_equal(wks_row_reader_cell(&reader, 0), "x,\"y\"");
    assert_string_equal(wks_row_reader_cell(&reader, 1), "");
    assert_string_equal(wks_row_reader_cell(&reader, 2), "two\nlines");
    assert_string_equal(wks_row_reader_cell(&reader, 3), "");
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_GOOD);
    assert_int_equal(reader.line, 5);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_END);
    assert_ok(wks_row_reader_ended(&reader, &err), &err);
    assert_int_equal(problems.n_errors, 0);
    wks_row_reader_close(&reader);
    free(path);
    wks_folder_remove(folder);
}

static void goes_on_behind_a_bad_row(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "a.csv", "a,b\n1\"2,3\n\"x\"y,3\n4,5\n");
    wks_row_reader reader;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_row_reader_open(path, &reader, &err), &err);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_GOOD);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_BAD);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_BAD);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_GOOD);
    assert_string_equal(wks_row_reader_cell(&reader, 0), "4");
    assert_int_equal(problems.n_errors, 2);
    assert_int_equal(problems.item[0].line, 2);
    assert_int_equal(problems.item[1].line, 3);
    wks_row_reader_close(&reader);
    wks_problems_free(&problems);
    free(path);
    wks_folder_remove(folder);
}

static void a_file_that_is_not_there_is_named(void **state)
{
    (void)state;
    wks_row_reader reader;
    wks_err err = WKS_ERR_INIT;
    assert_int_equal(wks_row_reader_open("/nowhere/a.csv", &reader, &err), WKS_ERR_IO);
    assert_contains(err.message, "/nowhere/a.csv");
}

static void a_cell_is_put_anywhere(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "a.csv", "a,b\n1,2\n");
    wks_row_reader reader;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    static const char *const expected[] = {"front", "a", "middle", "b", "end"};
    assert_ok(wks_row_reader_open(path, &reader, &err), &err);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_GOOD);
    wks_row_reader_insert(&reader, 2, "end");
    wks_row_reader_insert(&reader, 1, "middle");
    wks_row_reader_insert(&reader, 0, "front");
    assert_int_equal(reader.n_cells, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(wks_row_reader_cell(&reader, i), expected[i]);
    assert_int_equal(wks_row_reader_next(&reader, &problems), WKS_ROW_READER_GOOD);
    assert_int_equal(reader.n_cells, 2);
    assert_string_equal(wks_row_reader_cell(&reader, 1), "2");
    wks_row_reader_close(&reader);
    wks_problems_free(&problems);
    wks_folder_remove(folder);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_quotes_line_ends_and_empty_cells),
        cmocka_unit_test(a_cell_is_put_anywhere),
        cmocka_unit_test(goes_on_behind_a_bad_row),
        cmocka_unit_test(a_file_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
