#include "base/number_table.h"

#include <float.h>

#include "base/mem.h"
#include "base/number_cell.h"
#include "base/rng.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

/* ---- help ---- */

static const wks_number_table_format counts = {
    .n_names = 1, .low = 0, .high = 1e15, .expected = "a count of 0 or more", .is_unique = true, .threads = 2};

static void parse_good(const char *text, const wks_number_table_format *format, wks_number_table *table)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_status rc = wks_number_table_parse("t.csv", text, strlen(text), format, table, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
}

static void check_bad_bytes(const char *text, size_t n, const char *expected)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_number_table table;
    assert_status(wks_number_table_parse("t.csv", text, n, &counts, &table, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, expected);
    assert_null(table.value);
    wks_problems_free(&problems);
}

static void check_bad(const char *text, const char *expected)
{
    check_bad_bytes(text, strlen(text), expected);
}

/* ---- contents ---- */

static void assert_small(const wks_number_table *t)
{
    assert_int_equal(t->n_rows, 2);
    assert_int_equal(t->n_names, 1);
    assert_int_equal(t->n_numbers, 2);
    assert_string_equal(t->header[0], "area");
    assert_string_equal(t->header[2], "g2");
    assert_string_equal(t->name[0], "a1");
    assert_string_equal(t->name[1], "b c");
    assert_true(t->value[0] == 12 && t->value[1] == 0.5 && t->value[2] == 3 && t->value[3] == 1e9);
    assert_int_equal(wks_number_table_find(t, "b c"), 1);
    assert_int_equal(wks_number_table_find(t, "b"), -1);
    assert_true(wks_number_table_column(t, 1)[1] == 1e9);
}

static void number_table_is_read_column_by_column(void **state)
{
    static const char *const same[] = {
        "area,g1,g2\na1,12,3\nb c,0.5,1000000000\n",
        "area;g1;g2\na1;12;3\nb c;0.5;1000000000",
        "area\tg1\tg2\na1\t12\t3\nb c\t0.5\t1000000000\n",
        ("\xEF\xBB\xBF"
         "area,g1,g2\r\na1,12,3\r\nb c,0.5,1e9\r\n"),
        "\n\narea,g1,g2\n\na1,12,3\n\nb c,+.5,1000000000.\n\n",
        "area , g1, g2\n a1 , 12 ,3 \n b c,  0.5,1000000000 \n",
        "\"area\",\"g1\",g2\n\"a1\",12,\"3\"\n\"b c\",0.5,1000000000\n",
        "area,g1,g2\ra1,12,3\rb c,0.5,1E+9\r",
    };
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        wks_number_table table;
        parse_good(same[i], &counts, &table);
        assert_small(&table);
        wks_number_table_free(&table);
    }
}

static void number_table_knows_where_a_cell_stands(void **state)
{
    static const char *const texts[] = {"i,j,w,v\n\n a , bc ,  1, 2\nd,e,3,4\n", "\"i\",j,w,v\n\n a , bc ,  1, 2\nd,e,3,4\n"};
    const wks_number_table_format pairs = {.n_names = 2, .low = 0, .high = 9, .expected = "a weight"};
    (void)state;
    for (int k = 0; k < 2; k++) {
        static const int first[] = {2, 6, 12, 15}, second[] = {1, 3, 5, 7};
        wks_number_table table;
        parse_good(texts[k], &pairs, &table);
        assert_int_equal(table.line[0], 3);
        assert_int_equal(table.line[1], 4);
        for (size_t column = 0; column < 4; column++) {
            assert_int_equal(wks_number_table_position(&table, 0, column), first[column]);
            assert_int_equal(wks_number_table_position(&table, 1, column), second[column]);
        }
        assert_string_equal(table.name[table.n_rows], "bc"); /* the second names column */
        wks_number_table_free(&table);
    }
}

static void number_table_of_names_only(void **state)
{
    const wks_number_table_format names = {.n_names = SIZE_MAX, .expected = "", .is_unique = true};
    wks_number_table table;
    (void)state;
    parse_good("area,wijk,gemeente\na,1,G\nb,1,G", &names, &table);
    assert_int_equal(table.n_names, 3);
    assert_int_equal(table.n_numbers, 0);
    assert_string_equal(table.name[2 * table.n_rows + 1], "G");
    assert_int_equal(wks_number_table_position(&table, 1, 2), 5);
    wks_number_table_free(&table);
}

/* ---- numbers ---- */

static void assert_reads(const char *text, double expected)
{
    double value = -1;
    assert_true(wks_number_cell_read(text, strlen(text), &value));
    if (value != expected) fail_msg("'%s' reads as %.17g, not %.17g", text, value, expected);
    assert_false(signbit(value) && value == 0);
}

static void number_table_numbers_are_exact_or_nearest(void **state)
{
    char text[64];
    const wks_rng_seed seed = wks_rng_seed_make(1, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    (void)state;
    assert_reads("9007199254740992", 9007199254740992.0);
    assert_reads("9007199254740993", 9007199254740992.0); /* a tie, to even */
    assert_reads("9007199254740995", 9007199254740996.0);
    assert_reads("0.1", 0.1);
    assert_reads("-0", 0);
    assert_reads("717.9285872264368", 717.9285872264368);
    assert_reads("232.64182957142285", 232.64182957142285);
    assert_reads("0.000000000000000000001", 1e-21);
    assert_reads("1e-400", 0);
    assert_reads("4.9406564584124654e-324", 4.9406564584124654e-324);
    assert_reads("1.7976931348623157e308", DBL_MAX);
    for (uint64_t i = 0; i < 20000; i++) { /* any double, written with all its digits or with some */
        const uint64_t bits = wks_rng_u64(&rng);
        double value = 0;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        (void)snprintf(text, sizeof text, i % 2 == 0 ? "%.17g" : "%.6g", value);
        assert_reads(text, strtod(text, NULL) + 0.0);
        (void)snprintf(text, sizeof text, "%.*f", (int)(i % 17), fmod(value, 1e12));
        assert_reads(text, strtod(text, NULL) + 0.0);
    }
}

/* Whole numbers are read eight digits at once: any length, any byte behind them. */
static void number_table_whole_numbers_of_any_length(void **state)
{
    static const char separators[] = {',', ';', '\t'};
    const wks_rng_seed seed = wks_rng_seed_make(1, 2);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    (void)state;
    for (int k = 0; k < 3; k++) {
        enum { N = 3000 };
        static double expected[2 * N];
        wks_text text = WKS_TEXT_INIT;
        wks_number_table table;
        wks_text_addf(&text, "area%cg1%cg2\n", separators[k], separators[k]);
        for (int i = 0; i < N; i++) {
            uint64_t value[2];
            for (int c = 0; c < 2; c++) {
                const int n_digits = 1 + (int)wks_rng_below(&rng, 15);
                value[c] = wks_rng_u64(&rng);
                for (uint64_t limit = 10; n_digits > 0 && value[c] >= limit; value[c] /= 10)
                    for (int d = 1; d < n_digits && limit < UINT64_C(1000000000000000); d++)
                        limit *= 10;
                expected[c * N + i] = (double)value[c];
            }
            wks_text_addf(&text, "a%d%c%s%llu%c%llu%s", i, separators[k], i % 5 == 0 ? "000" : "", (unsigned long long)value[0],
                          separators[k], (unsigned long long)value[1],
                          i % 3 == 0   ? "\r\n"
                          : i % 3 == 1 ? " \n"
                                       : "\n");
        }
        text.data[--text.length] = '\0'; /* the last line without its end */
        parse_good(text.data, &counts, &table);
        assert_int_equal(table.n_rows, N);
        assert_memory_equal(table.value, expected, sizeof expected);
        wks_number_table_free(&table);
        wks_text_free(&text);
    }
    static const char *const bad[] = {"1:", "12/", "123a", "1234567:", "12345678:", "1 2", "12.3.4", "\xEF\xBC\x91", "5-"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        wks_problems problems = WKS_PROBLEMS_INIT;
        wks_number_table table;
        char text[64];
        (void)snprintf(text, sizeof text, "area,g1,g2\na,%s,11111111\n", bad[i]);
        assert_int_equal(wks_number_table_parse("t.csv", text, strlen(text), &counts, &table, &problems, NULL), WKS_ERR_DATA);
        assert_int_equal(problems.n_errors, 1);
        wks_problems_free(&problems);
    }
}

static void number_table_what_is_no_number(void **state)
{
    static const char *const bad[] = {"",         "-",    "+",   ".",   "e5",    "1e",  "1e+",   "nan",   "NaN", "inf",     "-inf",
                                      "Infinity", "0x10", "1,5", "1 2", "1_000", "--1", "1.2.3", "1e400", "12a", "\xC2\xBD"};
    double value = 0;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (wks_number_cell_read(bad[i], strlen(bad[i]), &value)) fail_msg("'%s' was read as %g", bad[i], value);
    assert_false(wks_number_cell_read("1\0002", 3, &value));
}

/* ---- problems ---- */

static void number_table_every_bad_cell_is_told(void **state)
{
    (void)state;
    check_bad("area,g1,g2\na,-5,3\nb,x,\nc,nan, inf\nd,1e400,1e16\ne,1\nf,1,2,3\n,1,2\n",
              "t.csv:2:3: error: '-5' in column 'g1' is too small; expected a count of 0 or more\n"
              "t.csv:3:3: error: 'x' in column 'g1' is not a number; expected a count of 0 or more\n"
              "t.csv:3:5: error: the cell of column 'g2' is empty; expected a count of 0 or more\n"
              "t.csv:4:3: error: 'nan' in column 'g1' is not a number; expected a count of 0 or more\n"
              "t.csv:4:8: error: 'inf' in column 'g2' is not a number; expected a count of 0 or more\n"
              "t.csv:5:3: error: '1e400' in column 'g1' is too large for a number; expected a count of 0 or more\n"
              "t.csv:5:9: error: '1e16' in column 'g2' is too large; expected a count of 0 or more\n"
              "t.csv:6:4: error: the row has 2 fields; expected 3, as the header has\n"
              "t.csv:7:6: error: the row has 4 fields; expected 3, as the header has (is there a decimal comma?)\n"
              "t.csv:8:1: error: the cell of column 'area' is empty; expected a name\n");
    check_bad("area,g1,g2\na,5,3\nb,1", "t.csv:3:4: error: the row has 2 fields; expected 3, as the header has" WKS_CSV_CUT_OFF "\n");
    check_bad("area;g1\na;1,5\nb;-0,5\n",
              "t.csv:2:3: error: '1,5' in column 'g1' has a decimal comma, not a point; expected a count of 0 or more\n"
              "t.csv:3:3: error: '-0,5' in column 'g1' has a decimal comma, not a point; expected a count of 0 or more\n");
    check_bad("area,g1\na,1\nb,2\na,3\n\"b\",4\n", "t.csv:4:1: error: 'a' is there twice, first on line 2; expected every area once\n"
                                                   "t.csv:5:1: error: 'b' is there twice, first on line 3; expected every area once\n");
    check_bad("area,g1\na,1\nb,2\n  a,3\n", "t.csv:4:3: error: 'a' is there twice, first on line 2; expected every area once\n");
    check_bad("\"area\",g1\na,-1\nb\n", "t.csv:2:3: error: '-1' in column 'g1' is too small; expected a count of 0 or more\n"
                                        "t.csv:3: error: the row has 1 fields; expected 2, as the header has\n");
}

static void number_table_bad_files_are_told(void **state)
{
    (void)state;
    check_bad("", "t.csv:1: error: the file is empty; expected a header line with the names of the columns\n");
    check_bad("\n\r\n", "t.csv:1: error: the file is empty; expected a header line with the names of the columns\n");
    check_bad("area,g1\n", "t.csv: error: the file has no row below its header; expected at least one\n");
    check_bad("a1,3,4\na2,5,6\n",
              "t.csv:1:1: error: no header: the first line holds numbers; expected a line with the names of the columns\n");
    check_bad("area,g1,g1\na,1,2\n", "t.csv:1:9: error: two columns are called 'g1' (columns 2 and 3); expected different names\n");
    check_bad("area,g1,\na,1,2\n", "t.csv:1: error: column 3 has no name; expected one\n");
    check_bad("area\na\n", "t.csv:1: error: the header has 1 column; expected 1 with names and then columns of numbers\n");
    check_bad_bytes("area,g1\na,\0001\n", 13, "t.csv:2:3: error: a NUL byte; expected text (is this a CSV file?)\n");
    check_bad("area,g1\na\xE9,1\n", "t.csv:2:2: error: byte 0xE9 is not UTF-8; expected a file in UTF-8\n");
    check_bad("area,g1\n\"a,1\n",
              "t.csv:2:1: error: the quote opened here is not closed; expected a closing quote before the end of the file\n");
}

static void number_table_missing_file_is_a_problem(void **state)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_number_table table;
    (void)state;
    assert_status(wks_number_table_read("/no/such.csv", &counts, &table, &problems, &err), WKS_ERR_DATA, &err);
    assert_int_equal(problems.n_errors, 1);
    wks_problems_free(&problems);
}

/* ---- size ---- */

/* Lines across many blocks of a megabyte, of different lengths. */
static void make_large(wks_text *out, int n)
{
    wks_text_add(out, "area,g1,g2\n");
    for (int i = 0; i < n; i++)
        wks_text_addf(out, "%s%d,%d,%d.%d\n", i % 7 == 0 ? "een lange naam van een buurt " : "b", i, i, i % 13, i % 10);
    assert_false(out->failed);
}

static void number_table_large_file_is_read_in_parallel(void **state)
{
    enum { N = 200000 };
    wks_text text = WKS_TEXT_INIT;
    wks_number_table_format how = counts;
    (void)state;
    make_large(&text, N);
    for (how.threads = 1; how.threads <= 3; how.threads++) {
        wks_number_table table;
        parse_good(text.data, &how, &table);
        assert_int_equal(table.n_rows, N);
        for (int i = 0; i < N; i++) {
            assert_true(table.value[i] == i);
            assert_true(table.value[N + i] == (i % 13 * 10 + i % 10) / 10.0);
            assert_int_equal(table.line[i], i + 2);
            if (i % 1000 == 0) assert_int_equal(wks_number_table_find(&table, table.name[i]), i);
        }
        assert_string_equal(table.name[N - 1], "b199999");
        wks_number_table_free(&table);
    }
    wks_text_free(&text);
}

static void number_table_problems_of_a_large_file_have_their_lines(void **state)
{
    wks_text text = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_number_table table;
    (void)state;
    make_large(&text, 150000);
    wks_text_add(&text, "x,1,-2\n");
    wks_text_add(&text, "y,1\n");
    assert_status(wks_number_table_parse("t.csv", text.data, text.length, &counts, &table, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, "t.csv:150002:5: error: '-2' in column 'g2' is too small; expected a count of 0 or more\n"
                               "t.csv:150003:4: error: the row has 2 fields; expected 3, as the header has\n");
    wks_problems_free(&problems);
    wks_text_free(&text);
}

/* ---- memory ---- */

static wks_status read_again(void *context, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_number_table table;
    const char *text = context;
    const wks_status rc = wks_number_table_parse("t.csv", text, strlen(text), &counts, &table, &problems, err);
    wks_number_table_free(&table);
    wks_problems_free(&problems);
    return rc;
}

static void number_table_without_memory_says_so(void **state)
{
    (void)state;
    (void)wks_chaos_run_recovering(read_again, (void *)(uintptr_t) "area,g1\na,1\nb,2\n",
                                   1); /* libcsv's own buffer: asks again for half of it */
    (void)wks_chaos_run_recovering(read_again, (void *)(uintptr_t) "\"area\",g1\na,1\nb,2\n", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_table_is_read_column_by_column),
        cmocka_unit_test(number_table_knows_where_a_cell_stands),
        cmocka_unit_test(number_table_of_names_only),
        cmocka_unit_test(number_table_numbers_are_exact_or_nearest),
        cmocka_unit_test(number_table_whole_numbers_of_any_length),
        cmocka_unit_test(number_table_what_is_no_number),
        cmocka_unit_test(number_table_every_bad_cell_is_told),
        cmocka_unit_test(number_table_bad_files_are_told),
        cmocka_unit_test(number_table_missing_file_is_a_problem),
        cmocka_unit_test(number_table_large_file_is_read_in_parallel),
        cmocka_unit_test(number_table_problems_of_a_large_file_have_their_lines),
        cmocka_unit_test(number_table_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
