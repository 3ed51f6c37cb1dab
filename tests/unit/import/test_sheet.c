#include "import/sheet.h"

#include "support/check.h"
#include "support/folder.h"

static wks_sheet_number parse(const char *cell, double expected)
{
    double value;
    wks_sheet_number kind = wks_sheet_parse(cell, &value);
    assert_close(value, expected, 0, 0);
    return kind;
}

static void number_plain_is_read(void **state)
{
    (void)state;
    assert_int_equal(parse("1810", 1810), WKS_SHEET_NUMBER);
    assert_int_equal(parse(" -0.5 ", -0.5), WKS_SHEET_NUMBER);
    assert_int_equal(parse("1.5E3", 1500), WKS_SHEET_NUMBER);
    assert_int_equal(parse("2.2999999999999998", 2.3), WKS_SHEET_NUMBER);
}

static void number_missing_marks_are_missing(void **state)
{
    (void)state;
    static const char *const marks[] = {"", ".", "       .", ". ", "NA", "na", "-99997", "-99995", "-99999999", ".."};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_int_equal(parse(marks[i], NAN), WKS_SHEET_MISSING);
}

static void number_decimal_comma_is_told_apart(void **state)
{
    (void)state;
    assert_int_equal(parse("1,9", 1.9), WKS_SHEET_COMMA);
}

static void number_text_errors(void **state)
{
    (void)state;
    static const char *const texts[] = {"veel", "1.234,5", "1,2,3", "0x1F", "inf", "12a", "1 000"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(parse(texts[i], NAN), WKS_SHEET_TEXT);
}

static void kind_is_found_from_content(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        wks_sheet_kind kind;
    } cases[] = {
        {"PK\003\004rest", WKS_SHEET_XLSX},        {"%PDF-1.7\n", WKS_SHEET_PDF},       {"\n <!DOCTYPE html>\n<html>", WKS_SHEET_HTML},
        {"<HTML><body>fout", WKS_SHEET_HTML},      {"\xFF\xFEg", WKS_SHEET_UTF16},      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", WKS_SHEET_XLS},
        {"SQLite format 3", WKS_SHEET_GEOPACKAGE}, {" \n{\"type\":1}", WKS_SHEET_JSON}, {"\xEF\xBB\xBFgwb_code;recs\n", WKS_SHEET_CSV}};
    char *folder = wks_folder_make();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = wks_folder_put(folder, "name.txt", cases[i].bytes);
        wks_problems problems = WKS_PROBLEMS_INIT;
        wks_err err = WKS_ERR_INIT;
        wks_sheet_kind kind;
        assert_ok(wks_sheet_kind_of(path, &kind, &problems, &err), &err);
        assert_int_equal(kind, cases[i].kind);
        wks_problems_free(&problems);
        free(path);
    }
    wks_folder_remove(folder);
}

static void kind_missing_or_empty_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *absent = wks_folder_path(folder, "no.csv"), *empty = wks_folder_put(folder, "empty.csv", "");
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_sheet_kind kind;
    wks_text text = WKS_TEXT_INIT;
    assert_status(wks_sheet_kind_of(absent, &kind, &problems, &err), WKS_ERR_DATA, &err);
    assert_status(wks_sheet_kind_of(empty, &kind, &problems, &err), WKS_ERR_DATA, &err);
    assert_status(wks_sheet_kind_of(folder, &kind, &problems, &err), WKS_ERR_DATA, &err);
    wks_problems_print(&problems, &text);
    assert_contains(text.data, "no such file");
    assert_contains(text.data, "is empty");
    assert_contains(text.data, "is a folder");
    wks_text_free(&text);
    wks_problems_free(&problems);
    free(absent);
    free(empty);
    wks_folder_remove(folder);
}

static bool has_comma(const char *text)
{
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "t.csv", text);
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_sheet sheet;
    assert_ok(wks_sheet_read(path, NULL, 0, &sheet, &problems, &err), &err);
    bool found = wks_sheet_has_decimal_comma(&sheet);
    wks_sheet_free(&sheet);
    wks_problems_free(&problems);
    free(path);
    wks_folder_remove(folder);
    return found;
}

static void sheet_decimal_comma_throughout_is_found(void **state)
{
    (void)state;
    assert_true(has_comma("a;b\n1,5;2\n3;4,25\n"));
    assert_false(has_comma("a;b\n1,5;2\n3;4.25\n")); /* mixed: the comma is a mistake */
    assert_false(has_comma("a;b\n1;2\n"));
    assert_true(has_comma("a;b\n.;1,5\n")); /* '.' alone is missing, not a decimal point */
}

static void sheet_columns_are_found_without_case(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "t.csv", "\xEF\xBB\xBFGWB_Code; Recs \r\nBU1 ; Buurt\r\n");
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_sheet sheet;
    assert_ok(wks_sheet_read(path, NULL, 0, &sheet, &problems, &err), &err);
    assert_int_equal(wks_sheet_column(&sheet, "gwb_code"), 0);
    assert_int_equal(wks_sheet_column(&sheet, "recs"), 1);
    assert_int_equal(wks_sheet_column(&sheet, "a_inw"), -1);
    assert_string_equal(wks_sheet_cell(&sheet, 0, 1), "Buurt");
    assert_int_equal(sheet.line[0], 2);
    wks_sheet_free(&sheet);
    wks_problems_free(&problems);
    free(path);
    wks_folder_remove(folder);
}

static void sheet_footer_is_left_out(void **state)
{
    (void)state;
    static const char *const texts[] = {"a;b\n1;2\nBron: CBS\n", "a;b\r\n1;2\r\n\"Bron: CBS\"\r\n\"\xC2\xA9 CBS\"\r\n", "a;b\n1;2"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        wks_problems problems = WKS_PROBLEMS_INIT;
        wks_err err = WKS_ERR_INIT;
        wks_sheet sheet;
        assert_ok(wks_sheet_parse_csv("t.csv", texts[i], strlen(texts[i]), &sheet, &problems, &err), &err);
        assert_int_equal(sheet.n_rows, 1);
        wks_sheet_free(&sheet);
        wks_problems_free(&problems);
    }
}

/* As a host saved StatLine's income table: each line quoted once more as a whole. */
static void sheet_quoted_twice_is_read_without_quotes(void **state)
{
    (void)state;
    char *folder = wks_folder_make(),
         *path = wks_folder_put(folder, "t.csv",
                                "\xEF\xBB\xBF\"Populatie\"\";\"\"Perioden\"\";\"\"Regio's\"\";\"\"Inkomen (1 000 euro)\"\"\n"
                                "\"Alle\"\";\"\"2024*\"\";\"\"Nederland\"\";60,2\n\"\"Alle\"\";\"\"2024*\"\";\"\"Aalsmeer\"\";77,2\n");
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_sheet sheet;
    assert_ok(wks_sheet_read(path, NULL, 0, &sheet, &problems, &err), &err);
    assert_int_equal(sheet.n_columns, 4);
    assert_int_equal(sheet.n_rows, 2);
    assert_string_equal(sheet.header[0], "Populatie");
    assert_string_equal(wks_sheet_cell(&sheet, 1, 2), "Aalsmeer");
    assert_int_equal(problems.n, 1);
    assert_true(problems.item[0].is_warning);
    wks_sheet_free(&sheet);
    wks_problems_free(&problems);
    free(path);
    wks_folder_remove(folder);
}

static void sheet_is_read_from_memory(void **state)
{
    (void)state;
    static const char text[] = "a;b\n1; 2 \n", ragged[] = "a;b\n1\n";
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_sheet sheet;
    assert_ok(wks_sheet_parse_csv("made.csv", text, sizeof text - 1, &sheet, &problems, &err), &err);
    assert_string_equal(sheet.path, "made.csv");
    assert_string_equal(wks_sheet_cell(&sheet, 0, 1), "2");
    wks_sheet_free(&sheet);
    assert_status(wks_sheet_parse_csv("made.csv", ragged, sizeof ragged - 1, &sheet, &problems, &err), WKS_ERR_DATA, &err);
    assert_null(sheet.cell);
    assert_int_equal(problems.n_errors, 1);
    wks_problems_free(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_plain_is_read),
        cmocka_unit_test(number_missing_marks_are_missing),
        cmocka_unit_test(number_decimal_comma_is_told_apart),
        cmocka_unit_test(number_text_errors),
        cmocka_unit_test(kind_is_found_from_content),
        cmocka_unit_test(kind_missing_or_empty_errors),
        cmocka_unit_test(sheet_decimal_comma_throughout_is_found),
        cmocka_unit_test(sheet_columns_are_found_without_case),
        cmocka_unit_test(sheet_footer_is_left_out),
        cmocka_unit_test(sheet_quoted_twice_is_read_without_quotes),
        cmocka_unit_test(sheet_is_read_from_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
