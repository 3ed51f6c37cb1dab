#include "base/csv.h"

#include "base/rng.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

/* ---- help ---- */

static void parse_good(const char *text, wks_csv *csv)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_status rc = wks_csv_parse("t.csv", text, strlen(text), 0, false, csv, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
}

static void check_bad_bytes(const char *text, size_t n, const char *expected)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_csv csv;
    assert_status(wks_csv_parse("t.csv", text, n, 0, false, &csv, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, expected);
    assert_null(csv.cell);
    assert_int_equal(csv.n_columns, 0);
    wks_problems_free(&problems);
}

static void check_bad(const char *text, const char *expected)
{
    check_bad_bytes(text, strlen(text), expected);
}

/* ---- contents ---- */

static void csv_table_is_read(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good("code,name,share\nBU01,Wijk C,0.5\nBU02,Binnenstad,1\n", &csv);
    assert_int_equal(csv.n_columns, 3);
    assert_int_equal(csv.n_rows, 2);
    assert_int_equal(csv.separator, ',');
    assert_int_equal(wks_csv_column(&csv, "share"), 2);
    assert_int_equal(wks_csv_column(&csv, "Share"), -1);
    assert_string_equal(wks_csv_cell(&csv, 0, 1), "Wijk C");
    assert_string_equal(wks_csv_cell(&csv, 1, 2), "1");
    wks_csv_free(&csv);
}

static void csv_quotes_commas_and_line_ends_in_fields(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good("a,b\n\"x, \"\"y\"\"\",\"line 1\nline 2\"\n\"\",z\n", &csv);
    assert_string_equal(wks_csv_cell(&csv, 0, 0), "x, \"y\"");
    assert_string_equal(wks_csv_cell(&csv, 0, 1), "line 1\nline 2");
    assert_string_equal(wks_csv_cell(&csv, 1, 0), "");
    assert_int_equal(wks_csv_line(&csv, 0), 2);
    assert_int_equal(wks_csv_line(&csv, 1), 4);
    wks_csv_free(&csv);
}

static void csv_separators_are_detected(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good("a;b,c;d\n1;2;3\n", &csv);
    assert_int_equal(csv.separator, ';');
    assert_string_equal(csv.header[1], "b,c");
    wks_csv_free(&csv);
    parse_good("a\tb\n1\t\n", &csv);
    assert_int_equal(csv.separator, '\t');
    assert_string_equal(wks_csv_cell(&csv, 0, 1), "");
    wks_csv_free(&csv);
    parse_good("\"a;b;c\",d\n1,2\n", &csv);
    assert_int_equal(csv.separator, ',');
    wks_csv_free(&csv);
    parse_good("alone\n1\n2\n", &csv);
    assert_int_equal(csv.n_columns, 1);
    assert_int_equal(csv.n_rows, 2);
    wks_csv_free(&csv);
}

static void csv_bom_crlf_and_missing_last_line_end(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good("\xEF\xBB\xBF"
               "a,b\r\n1,2\r\n\r\n3,4",
               &csv);
    assert_string_equal(csv.header[0], "a");
    assert_int_equal(csv.n_rows, 2);
    assert_int_equal(wks_csv_line(&csv, 0), 2);
    assert_int_equal(wks_csv_line(&csv, 1), 4);
    assert_string_equal(wks_csv_cell(&csv, 1, 1), "4");
    wks_csv_free(&csv);
    parse_good("a,b\r1,2\r3,4\r", &csv); /* line ends of old */
    assert_int_equal(wks_csv_line(&csv, 1), 3);
    wks_csv_free(&csv);
}

static void csv_blanks_around_fields_are_dropped_within_quotes_kept(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good("a , b\nGM0014    ,  \" x \" \n", &csv);
    assert_string_equal(csv.header[0], "a");
    assert_string_equal(csv.header[1], "b");
    assert_string_equal(wks_csv_cell(&csv, 0, 0), "GM0014");
    assert_string_equal(wks_csv_cell(&csv, 0, 1), " x ");
    wks_csv_free(&csv);
}

static void csv_header_alone_is_an_empty_table(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good("a,b\n", &csv);
    assert_int_equal(csv.n_rows, 0);
    assert_int_equal(csv.n_columns, 2);
    wks_csv_free(&csv);
}

static void csv_unnamed_columns_are_allowed(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good(",naam,2012,\n1,x,3,\n", &csv);
    assert_string_equal(csv.header[0], "");
    assert_int_equal(wks_csv_column(&csv, "2012"), 2);
    wks_csv_free(&csv);
}

static void csv_cp1252_is_converted_when_allowed(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_csv csv;
    static const char text[] = "naam,bedrag\nCr\xE8"
                               "che,\x80 5\n";
    assert_ok(wks_csv_parse("t.csv", text, strlen(text), 0, true, &csv, &problems, &err), &err);
    assert_string_equal(wks_csv_cell(&csv, 0, 0), "Cr\xC3\xA8"
                                                  "che");
    assert_string_equal(wks_csv_cell(&csv, 0, 1), "\xE2\x82\xAC 5");
    assert_problems(&problems, "t.csv:2:3: warning: not UTF-8: the file is read as Windows-1252\n");
    wks_csv_free(&csv);
    wks_problems_free(&problems);
}

/* ---- positions ---- */

static void csv_cells_know_their_place(void **state)
{
    (void)state;
    wks_csv csv;
    parse_good("a,b,c\nxx,  yy,\"z\"\n,,\n\"p\nq\",r,s\n", &csv);
    assert_int_equal(wks_csv_position(&csv, 0, 0), 1);
    assert_int_equal(wks_csv_position(&csv, 0, 1), 6); /* at the text, behind the blanks */
    assert_int_equal(wks_csv_position(&csv, 0, 2), 9); /* at the quote */
    assert_int_equal(wks_csv_position(&csv, 1, 0), 1);
    assert_int_equal(wks_csv_position(&csv, 1, 1), 2);
    assert_int_equal(wks_csv_position(&csv, 1, 2), 3);
    assert_int_equal(wks_csv_position(&csv, 2, 0), 1);
    assert_int_equal(wks_csv_position(&csv, 2, 1), 4); /* on the line where the field ends */
    assert_int_equal(wks_csv_line(&csv, 2), 4);
    wks_csv_free(&csv);
}

/* ---- errors ---- */

/* A good header with bad rows: told, and the other rows are there. */
static void parse_in_part(const char *text, const char *expected, wks_csv *csv)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_status(wks_csv_parse("t.csv", text, strlen(text), 0, false, csv, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, expected);
    assert_int_equal(csv->n_columns, 2);
    wks_problems_free(&problems);
}

static void csv_ragged_rows_are_all_reported_errors(void **state)
{
    (void)state;
    wks_csv csv;
    parse_in_part("a,b\n1,2\n3", "t.csv:3: error: the row has 1 fields; expected 2, as the header has" WKS_CSV_CUT_OFF "\n", &csv);
    assert_int_equal(csv.n_rows, 1);
    wks_csv_free(&csv);
    parse_in_part("a,b\n1\n1,2\n1,2,3\n\n1,2,3,4\n8,9\n",
                  "t.csv:2: error: the row has 1 fields; expected 2, as the header has\n"
                  "t.csv:4: error: the row has 3 fields; expected 2, as the header has\n"
                  "t.csv:6: error: the row has 4 fields; expected 2, as the header has\n",
                  &csv);
    assert_int_equal(csv.n_rows, 2);
    assert_string_equal(wks_csv_cell(&csv, 0, 1), "2");
    assert_int_equal(wks_csv_line(&csv, 0), 3);
    assert_string_equal(wks_csv_cell(&csv, 1, 0), "8");
    assert_int_equal(wks_csv_line(&csv, 1), 7);
    assert_int_equal(wks_csv_position(&csv, 1, 1), 3);
    wks_csv_free(&csv);
}

static void csv_unterminated_quote_errors(void **state)
{
    (void)state;
    wks_csv csv;
    parse_in_part("a,b\n1,2\n3,\"open\n4,5\n6,7\n",
                  "t.csv:3:3: error: the quote opened here is not closed; expected a closing quote before the end of the file\n", &csv);
    assert_int_equal(csv.n_rows, 1); /* the rest is inside the quote */
    wks_csv_free(&csv);
}

static void csv_misplaced_quotes_are_all_reported_errors(void **state)
{
    (void)state;
    static const char expected[] =
        "t.csv:2:2: error: a quote inside a field; expected quotes around the whole field, and \"\" for a quote in it\n"
        "t.csv:3:7: error: text behind the closing quote of a field; expected a separator, or \"\" for a quote in the field\n"
        "t.csv:5: error: the row has 1 fields; expected 2, as the header has\n";
    wks_csv csv;
    parse_in_part("a,b\nx\"y,1\n1,\"z\" z\n2,3\n4\n", expected, &csv);
    assert_int_equal(csv.n_rows, 1);
    assert_string_equal(wks_csv_cell(&csv, 0, 1), "3");
    wks_csv_free(&csv);
    check_bad("a\"x,b\n1\n2\n",
              "t.csv:1:2: error: a quote inside a field; expected quotes around the whole field, and \"\" for a quote in it\n");
}

static void csv_duplicate_columns_errors(void **state)
{
    (void)state;
    check_bad("code,name,code\n1,2,3\n", "t.csv:1:11: error: two columns are called 'code' (columns 1 and 3); expected different names\n");
}

static void csv_empty_errors(void **state)
{
    (void)state;
    static const char expected[] = "t.csv:1: error: the file is empty; expected a header line with the names of the columns\n";
    check_bad("", expected);
    check_bad("\xEF\xBB\xBF\r\n\r\n", expected);
}

static void csv_without_header_errors(void **state)
{
    (void)state;
    check_bad("1,2\n3,4\n", "t.csv:1:1: error: no header: the first line holds no names; expected a line with the names of the columns\n");
}

static void csv_bytes_that_are_no_text_errors(void **state)
{
    (void)state;
    check_bad_bytes("a,b\n1,\0\n", 8, "t.csv:2:3: error: a NUL byte; expected text (is this a CSV file?)\n");
    check_bad("a,b\nx,\xE9\n", "t.csv:2:3: error: byte 0xE9 is not UTF-8; expected a file in UTF-8\n");
    check_bad_bytes("\xFF\xFE"
                    "a\0",
                    4, "t.csv:1:1: error: the file is UTF-16; expected UTF-8 (save it again as CSV UTF-8)\n");
}

static void csv_file_that_cannot_be_read_errors(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_csv csv;
    assert_status(wks_csv_read("no/such.csv", 0, false, &csv, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, "no/such.csv: error: cannot read no/such.csv: No such file or directory\n");
    wks_problems_free(&problems);
}

static void csv_file_is_read(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    char *path = wks_folder_put(folder, "t.csv", "a|b\n1|2\n");
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_csv csv;
    assert_ok(wks_csv_read(path, '|', false, &csv, &problems, &err), &err);
    assert_string_equal(csv.path, path);
    assert_string_equal(wks_csv_cell(&csv, 0, 1), "2");
    wks_csv_free(&csv);
    free(path);
    wks_folder_remove(folder);
}

static wks_status parse_once(void *context, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_csv csv;
    const char *text = context;
    wks_status rc = wks_csv_parse("t.csv", text, strlen(text), 0, true, &csv, &problems, err);
    if (rc == WKS_OK && problems.n_dropped > 0) rc = wks_err_set(err, WKS_ERR_NOMEM, "a warning was lost");
    wks_csv_free(&csv);
    wks_problems_free(&problems);
    return rc;
}

static void csv_without_memory_errors(void **state)
{
    (void)state;
    static char text[] = "a,b\n1,2\n\xE9,\"4\"\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n";
    assert_true(wks_chaos_run_recovering(parse_once, text, 1) >= 8); /* libcsv's own buffer: asks again for half of it */
}

/* ---- writing ---- */

static void csv_fields_are_quoted_when_needed(void **state)
{
    (void)state;
    static const struct {
        const char *field, *expected;
    } cases[] = {{"plain", "plain"},
                 {"", ""},
                 {"a,b", "\"a,b\""},
                 {"a;b", "a;b"},
                 {"say \"x\"", "\"say \"\"x\"\"\""},
                 {"two\nlines", "\"two\nlines\""},
                 {"\r", "\"\r\""},
                 {" padded", "\" padded\""},
                 {"\"", "\"\"\"\""},
                 {"1.5", "1.5"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, "");
        wks_csv_add_field(&text, cases[i].field, ',');
        assert_string_equal(text.data, cases[i].expected);
        wks_text_free(&text);
    }
}

/* Random tables of nasty characters are read back as written, at the right line. */
static void csv_random_tables_go_there_and_back(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "b", ",", ";", "\"", "\n", "\r\n", " ", "\xC3\xA9", "1", "", "\t"};
    wks_rng_seed seed = wks_rng_seed_make(11, 0);
    for (uint64_t table = 0; table < 300; table++) {
        wks_rng rng = wks_rng_open(&seed, table, 0, WKS_RNG_TEST);
        wks_text out = WKS_TEXT_INIT;
        wks_text fields = WKS_TEXT_INIT;
        uint32_t columns = wks_rng_below(&rng, 4) + 2;
        uint32_t rows = wks_rng_below(&rng, 6);
        int lines[8] = {0};
        int line = 2;
        for (uint32_t c = 0; c < columns; c++)
            wks_text_addf(&out, "%sc%u", c == 0 ? "" : ";", c);
        for (uint32_t r = 0; r < rows; r++) {
            wks_text_add_char(&out, '\n');
            lines[r] = line++;
            for (uint32_t c = 0; c < columns; c++) {
                size_t start = fields.length;
                uint32_t length = wks_rng_below(&rng, 5);
                for (uint32_t k = 0; k < length; k++) {
                    const char *piece = pieces[wks_rng_below(&rng, 12)];
                    wks_text_add(&fields, piece);
                    if (strchr(piece, '\n') != NULL) line++;
                }
                if (c > 0) wks_text_add_char(&out, ';');
                wks_text_add(&fields, "");
                wks_csv_add_field(&out, fields.data + start, ';');
                wks_text_add_bytes(&fields, "", 1); /* the terminator between fields */
            }
        }
        wks_csv csv;
        parse_good(out.data, &csv);
        assert_int_equal(csv.n_rows, rows);
        const char *field = fields.data;
        for (uint32_t r = 0; r < rows; r++) {
            assert_int_equal(wks_csv_line(&csv, r), lines[r]);
            for (uint32_t c = 0; c < columns; c++) {
                assert_string_equal(wks_csv_cell(&csv, r, (int)c), field);
                field += strlen(field) + 1;
            }
        }
        wks_csv_free(&csv);
        wks_text_free(&out);
        wks_text_free(&fields);
    }
}

/* A table laid on its side: comparing every pair of its names would take minutes. */
static void csv_with_very_many_columns_is_read(void **state)
{
    (void)state;
    enum { N = 300000 };
    wks_text text = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_csv csv;
    for (int i = 0; i < N; i++)
        wks_text_addf(&text, "c%d,", i);
    wks_text_add(&text, "c7,c299999,\n");
    assert_status(wks_csv_parse("t.csv", text.data, text.length, ',', false, &csv, &problems, &err), WKS_ERR_DATA, &err);
    assert_int_equal(problems.n, 2);
    wks_text_clear(&text);
    wks_problems_print(&problems, &text);
    assert_contains(text.data, "two columns are called 'c7' (columns 8 and 300001)");
    assert_contains(text.data, "two columns are called 'c299999' (columns 300000 and 300002)");
    wks_csv_free(&csv);
    wks_text_free(&text);
    wks_problems_free(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_table_is_read),
        cmocka_unit_test(csv_quotes_commas_and_line_ends_in_fields),
        cmocka_unit_test(csv_separators_are_detected),
        cmocka_unit_test(csv_bom_crlf_and_missing_last_line_end),
        cmocka_unit_test(csv_blanks_around_fields_are_dropped_within_quotes_kept),
        cmocka_unit_test(csv_header_alone_is_an_empty_table),
        cmocka_unit_test(csv_unnamed_columns_are_allowed),
        cmocka_unit_test(csv_cp1252_is_converted_when_allowed),
        cmocka_unit_test(csv_cells_know_their_place),
        cmocka_unit_test(csv_ragged_rows_are_all_reported_errors),
        cmocka_unit_test(csv_unterminated_quote_errors),
        cmocka_unit_test(csv_misplaced_quotes_are_all_reported_errors),
        cmocka_unit_test(csv_duplicate_columns_errors),
        cmocka_unit_test(csv_empty_errors),
        cmocka_unit_test(csv_without_header_errors),
        cmocka_unit_test(csv_bytes_that_are_no_text_errors),
        cmocka_unit_test(csv_file_that_cannot_be_read_errors),
        cmocka_unit_test(csv_file_is_read),
        cmocka_unit_test(csv_without_memory_errors),
        cmocka_unit_test(csv_fields_are_quoted_when_needed),
        cmocka_unit_test(csv_random_tables_go_there_and_back),
        cmocka_unit_test(csv_with_very_many_columns_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
