#include "export/workbook.h"

#include "base/file.h"
#include "unit/export/made.h"

static void a_long_table_goes_on_in_another_sheet(void **state)
{
    made *m = *state;
    if (!wks_workbook_is_built) skip();
    char *path = wks_folder_path(m->folder, "a.xlsx");
    assert_ok(wks_workbook_write(&m->from, path, 3, &m->problems, &m->err), &m->err);
    assert_true(wks_file_exists(path));
    wks_text said = WKS_TEXT_INIT;
    wks_problems_print(&m->problems, &said);
    assert_contains(said.data, "city.csv: warning: 3 rows: a sheet holds 2, so they stand in 2 sheets, city to city_2");
    wks_text_free(&said);
    free(path);
}

static void the_same_bytes_twice(void **state)
{
    made *m = *state;
    char first[65], second[65];
    if (!wks_workbook_is_built) skip();
    char *path = wks_folder_path(m->folder, "a.xlsx");
    assert_ok(wks_workbook_write(&m->from, path, WKS_WORKBOOK_MAX_ROWS, &m->problems, &m->err), &m->err);
    assert_ok(wks_file_sha256(path, first, &m->err), &m->err);
    assert_ok(wks_workbook_write(&m->from, path, WKS_WORKBOOK_MAX_ROWS, &m->problems, &m->err), &m->err);
    assert_ok(wks_file_sha256(path, second, &m->err), &m->err);
    assert_string_equal(first, second);
    assert_int_equal(m->problems.n, 0);
    free(path);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    made *m = *state;
    if (!wks_workbook_is_built) skip();
    assert_int_equal(wks_workbook_write(&m->from, "/nowhere/a.xlsx", WKS_WORKBOOK_MAX_ROWS, &m->problems, &m->err), WKS_ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(a_long_table_goes_on_in_another_sheet, made_begin, made_end),
                                       cmocka_unit_test_setup_teardown(the_same_bytes_twice, made_begin, made_end),
                                       cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_an_error, made_begin, made_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
