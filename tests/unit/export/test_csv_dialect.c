#include "export/csv_dialect.h"

#include "unit/export/made.h"

#define check_cell(dialect, kind, cell, expected)              \
    do {                                                       \
        wks_text text = WKS_TEXT_INIT;                         \
        wks_csv_dialect_add((dialect), (kind), (cell), &text); \
        assert_string_equal(text.data, (expected));            \
        wks_text_free(&text);                                  \
    } while (0)

static void excel_gets_commas_and_protected_text(void **state)
{
    (void)state;
    check_cell(WKS_CSV_DIALECT_EXCEL_NL, WKS_COLUMN_KIND_NUMBER, "-1.5e-05", "-1,5e-05");
    check_cell(WKS_CSV_DIALECT_EXCEL_NL, WKS_COLUMN_KIND_TEXT, "12e4567890123456", "\"=\"\"12e4567890123456\"\"\"");
    check_cell(WKS_CSV_DIALECT_EXCEL_NL, WKS_COLUMN_KIND_TEXT, "=1+1", "\"=\"\"=1+1\"\"\"");
    check_cell(WKS_CSV_DIALECT_EXCEL_NL, WKS_COLUMN_KIND_TEXT, "@a\"b", "\"=\"\"@a\"\"\"\"b\"\"\"");
    check_cell(WKS_CSV_DIALECT_EXCEL_NL, WKS_COLUMN_KIND_TEXT, "BU99010101", "BU99010101");
    check_cell(WKS_CSV_DIALECT_EXCEL_NL, WKS_COLUMN_KIND_TEXT, "a;b", "\"a;b\"");
    check_cell(WKS_CSV_DIALECT_EXCEL_NL, WKS_COLUMN_KIND_DATE, "2025-01", "2025-01");
    check_cell(WKS_CSV_DIALECT_RFC4180, WKS_COLUMN_KIND_NUMBER, "1.5", "1.5");
    check_cell(WKS_CSV_DIALECT_RFC4180, WKS_COLUMN_KIND_TEXT, "a,b", "\"a,b\"");
}

static void writes_every_table(void **state)
{
    made *m = *state;
    char *out = wks_folder_path(m->folder, "out"), *path = wks_folder_path(out, "city.csv");
    assert_ok(wks_csv_dialect_write(&m->from, WKS_CSV_DIALECT_EXCEL_NL, out, &m->err), &m->err);
    char *text = wks_folder_get(path);
    assert_string_equal(text, "\xEF\xBB\xBFscenario;replication;tick;date;indicator;group;scale;value\r\n"
                              "\"=\"\"2030\"\"\";1;0;2025-01;persons;;;61227\r\n"
                              "\"=\"\"2030\"\"\";1;1;2025-02;share;\"a;b \"\"c\"\"\";;0,1234567891\r\n"
                              "\"=\"\"2030\"\"\";1;2;2025-03;share;\"=\"\"=SOM(A1)\"\"\";;\r\n");
    free(text);
    free(path);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(excel_gets_commas_and_protected_text),
                                       cmocka_unit_test_setup_teardown(writes_every_table, made_begin, made_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
