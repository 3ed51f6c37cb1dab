/* wijksim measure: rows, options, every problem with its place, real tables, cities and runs. */
#include <math.h>

#include "base/csv.h"
#include "cli/program.h"
#include "segregation/index.h"

/* ---- help ---- */

typedef struct rows {
    wks_csv csv;
} rows;

static rows parse_rows(const char *text)
{
    rows out;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_csv_parse("rows", text, strlen(text), ',', false, &out.csv, &problems, &err), &err);
    wks_problems_free(&problems);
    return out;
}

static const char *row_cell(const rows *r, size_t row, const char *column)
{
    const int at = wks_csv_column(&r->csv, column);
    assert_true(at >= 0);
    return wks_csv_cell(&r->csv, row, at);
}

static size_t find_row(const rows *r, const char *index, const char *group, const char *versus, const char *area)
{
    for (size_t i = 0; i < r->csv.n_rows; i++)
        if (strcmp(row_cell(r, i, "index"), index) == 0 && strcmp(row_cell(r, i, "group"), group) == 0 &&
            strcmp(row_cell(r, i, "versus"), versus) == 0 && strcmp(row_cell(r, i, "area"), area) == 0)
            return i;
    return SIZE_MAX;
}

/* A column of a row; NaN for an empty cell. The row has to be there. */
static double column_of(const rows *r, const char *column, const char *index, const char *group, const char *versus, const char *area)
{
    double value = NAN;
    const size_t row = find_row(r, index, group, versus, area);
    if (row == SIZE_MAX) fail_msg("no row %s,%s,%s,%s", index, group, versus, area);
    const char *text = row_cell(r, row, column);
    if (text[0] != '\0') assert_true(wks_text_parse_double(text, &value));
    return value;
}

static double value_of(const rows *r, const char *index, const char *group, const char *versus, const char *area)
{
    return column_of(r, "value", index, group, versus, area);
}

static bool has_row(const rows *r, const char *index, const char *group)
{
    return find_row(r, index, group, "", "") != SIZE_MAX;
}

static void free_rows(rows *r)
{
    wks_csv_free(&r->csv);
}

#define put(name, text) free(wks_folder_put(f->folder, (name), (text)))
/* Runs measure with these arguments and takes its rows. */
#define measure(...)    measured(program_run(f->folder, 0, "measure", __VA_ARGS__, NULL))

static rows measured(wks_run run)
{
    rows out = parse_rows(run.out);
    wks_run_free(&run);
    return out;
}

/* Exit code and words on standard error, and nothing on standard output. */
#define refuses(code, says, ...)                                                        \
    do {                                                                                \
        wks_run refused = program_run(f->folder, (code), "measure", __VA_ARGS__, NULL); \
        assert_contains(refused.err, (says));                                           \
        assert_string_equal(refused.out, "");                                           \
        wks_run_free(&refused);                                                         \
    } while (0)

static const char *const table = "area,a,b,c\nn,30,10,0\no,10,30,0\np,0,0,0\nq,5,5,0\n";
static const char *const coords = "area,x,y,size\nq,0,0,2\np,1,0,1\no,2,0,1\nn,3,0,1\n";
static const char *const chain = "i,j,w\nn,o,1\no,n,1\no,p,1\np,o,1\np,q,1\nq,p,1\n";

static void put_all(fixture *f)
{
    put("t.csv", table);
    put("xy.csv", coords);
    put("w.csv", chain);
    put("h.csv", "area,wijk,stad\nn,1,S\no,1,S\np,2,S\nq,2,S\n");
}

/* ---- rows ---- */

static void measure_prints_what_it_has_files_for(void **state)
{
    fixture *f = *state;
    put_all(f);
    rows r = measure("t.csv");
    assert_close(value_of(&r, "D", "a", "", ""), 0.5 * (fabs(30. / 45 - 10. / 45) * 2), 1e-9, 0);
    assert_close(value_of(&r, "xPy", "a", "b", ""), 1 - value_of(&r, "xPx", "a", "", ""), 1e-9, 0);
    assert_true(isnan(value_of(&r, "D", "c", "", ""))); /* absent: undefined, not 0 */
    assert_true(isnan(value_of(&r, "D_pair", "a", "c", "")));
    assert_close(value_of(&r, "H_multi", "", "", ""), value_of(&r, "M", "", "", "") / value_of(&r, "E", "", "", ""), 1e-9, 0);
    assert_false(has_row(&r, "moran_B", "a") || has_row(&r, "SP", "") || has_row(&r, "delta", "a") || has_row(&r, "Dw", "a"));
    assert_int_equal(find_row(&r, "LQ", "a", "", "n"), SIZE_MAX); /* areas only when named */
    free_rows(&r);
    r = measure("t.csv", "--coords", "xy.csv", "--contiguity", "w.csv", "--boundary", "w.csv");
    static const char *const spatial[] = {"moran_B", "moran_W", "moran_knn6", "Dadj", "Dadj_W", "Dw", "delta", "ACO", "RCO", "ACE", "RCE"};
    for (size_t i = 0; i < sizeof spatial / sizeof *spatial; i++)
        assert_true(has_row(&r, spatial[i], "a"));
    static const char *const kernel[] = {"SP", "H_spatial", "D_spatial", "R_spatial"};
    for (size_t i = 0; i < sizeof kernel / sizeof *kernel; i++)
        assert_true(has_row(&r, kernel[i], ""));
    assert_close(value_of(&r, "P_spatial", "a", "a", "") + value_of(&r, "P_spatial", "a", "b", ""), 1, 1e-9, 0);
    assert_close(value_of(&r, "Dadj", "a", "", ""), value_of(&r, "D", "a", "", "") - 0.5, 1e-9,
                 0); /* only n and o border with people: |3/4 - 1/4| */
    free_rows(&r);
}

static void measure_prints_only_what_is_named(void **state)
{
    fixture *f = *state;
    put_all(f);
    wks_run run = program_run(f->folder, 0, "measure", "t.csv", "--indices", "LQ, D,ls_area", "--groups", "b", NULL);
    assert_string_equal(run.out, "index,group,versus,area,value\n"
                                 "D,b,,,0.4444444444\n"
                                 "LQ,b,,n,0.5\nLQ,b,,o,1.5\nLQ,b,,p,\nLQ,b,,q,1\n"
                                 "ls_area,,,n,0.1308120359\nls_area,,,o,0.1308120359\nls_area,,,p,\nls_area,,,q,0\n");
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    rows r = measure("t.csv", "--indices", "E,xPy", "--groups", "a,b");
    assert_close(value_of(&r, "E", "", "", ""), log(2), 1e-9, 0);
    assert_close(value_of(&r, "E", "", "", "q"), log(2), 1e-9, 0); /* E and I are of areas too when named */
    assert_int_equal(find_row(&r, "xPy", "a", "c", ""), SIZE_MAX);
    assert_true(find_row(&r, "xPy", "b", "a", "") != SIZE_MAX);
    free_rows(&r);
    r = measure("t.csv", "--indices", "xPy", "--groups", "a");
    assert_true(find_row(&r, "xPy", "a", "c", "") != SIZE_MAX);
    assert_int_equal(find_row(&r, "xPy", "b", "a", ""), SIZE_MAX);
    free_rows(&r);
}

static void measure_writes_json_and_files(void **state)
{
    fixture *f = *state;
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    put_all(f);
    program_do(f->folder, 0, "measure", "t.csv", "--format", "json", "--indices", "D,LQ", "-o", "out.json", NULL);
    char *text = program_get(f->folder, "out.json");
    assert_ok(wks_json_parse(text, strlen(text), &json, &err), &err);
    assert_int_equal(wks_json_size(json), 3 + 12);
    const wks_json *first = wks_json_at(json, 0), *absent = wks_json_at(json, 2);
    assert_string_equal(wks_json_text(wks_json_get(first, "index")), "D");
    assert_string_equal(wks_json_text(wks_json_get(first, "group")), "a");
    assert_close(wks_json_double(wks_json_get(first, "value")), 4. / 9, 1e-9, 0);
    assert_contains(text, "\"group\": \"c\", \"versus\": \"\", \"area\": \"\", \"value\": null}");
    assert_string_equal(wks_json_text(wks_json_get(absent, "group")), "c");
    wks_json_free(json);
    free(text);
    program_do(f->folder, 0, "measure", "t.csv", "-o", "out.csv", NULL);
    wks_run run = program_run(f->folder, 0, "measure", "t.csv", NULL);
    text = program_get(f->folder, "out.csv");
    assert_string_equal(run.out, text);
    free(text);
    wks_run_free(&run);
    program_assert_no_leftovers(f->folder);
}

static void measure_takes_every_form_of_table(void **state)
{
    fixture *f = *state;
    put("comma.csv", "area,\"groep, a\",b\n\"n, oost\",3,1\no,1.5,3e0\n");
    put("semicolon.csv", "\xEF\xBB\xBF"
                         "area;groep, a;b\r\nn, oost;3;1\r\no;1.5;3\r\n");
    wks_run one = program_run(f->folder, 0, "measure", "comma.csv", "--indices", "LQ,M", NULL);
    wks_run two = program_run(f->folder, 0, "measure", "semicolon.csv", "--indices", "LQ,M", NULL);
    assert_string_equal(one.out, two.out);
    assert_contains(one.out, "LQ,\"groep, a\",,\"n, oost\",1.416666667\n");
    wks_run_free(&one);
    wks_run_free(&two);
}

/* ---- parts of M and H ---- */

static void measure_takes_m_apart(void **state)
{
    fixture *f = *state;
    put_all(f);
    put("later.csv", "area,a,b,c\nn,40,10,0\no,10,30,5\nr,5,5,0\n");
    rows r = measure("t.csv", "--hierarchy", "h.csv", "--against", "later.csv");
    const double m = value_of(&r, "M", "", "", "");
    static const char *const level[] = {"wijk", "stad"};
    for (int l = 0; l < 2; l++) {
        assert_close(value_of(&r, "M_between", "", "", level[l]) + value_of(&r, "M_within", "", "", level[l]), m, 1e-9, 0);
        assert_close(value_of(&r, "H_between", "", "", level[l]) + value_of(&r, "H_within", "", "", level[l]),
                     value_of(&r, "H_multi", "", "", ""), 1e-9, 0);
    }
    assert_close(value_of(&r, "M_between", "", "", "stad"), 0, 0, 1e-12); /* one unit */
    assert_close(value_of(&r, "M_step", "", "", "wijk") + value_of(&r, "M_step", "", "", "stad"), value_of(&r, "M_between", "", "", "wijk"),
                 1e-9, 1e-12);
    static const char *const part[] = {"M_additions", "M_removals", "M_group_marginal", "M_area_marginal", "M_structural"};
    double sum = 0;
    for (int i = 0; i < 5; i++)
        sum += value_of(&r, part[i], "", "", "");
    assert_close(value_of(&r, "M_first", "", "", ""), m, 1e-9, 0);
    assert_close(value_of(&r, "M_difference", "", "", ""), value_of(&r, "M_second", "", "", "") - m, 1e-8, 0);
    assert_close(sum, value_of(&r, "M_difference", "", "", ""), 1e-8, 0);
    free_rows(&r);
    r = measure("t.csv", "--hierarchy", "h.csv", "--indices", "M_between");
    assert_int_equal(r.csv.n_rows, 2);
    free_rows(&r);
}

/* ---- draws ---- */

static void measure_draws_are_keyed(void **state)
{
    fixture *f = *state;
    put_all(f);
    rows r = measure("t.csv", "--bootstrap", "200", "--permutations", "99", "--indices", "D,M");
    const double low = column_of(&r, "ci_low", "D", "a", "", ""), high = column_of(&r, "ci_high", "D", "a", "", "");
    const double d = value_of(&r, "D", "a", "", ""), p = column_of(&r, "p_value", "D", "a", "", "");
    assert_true(0 <= low && low < d && d < high && high <= 1);
    assert_true(p == 0.01); /* as segregated as 99 deals never are */
    assert_true(isnan(column_of(&r, "ci_low", "D", "c", "", "")));
    free_rows(&r);
    r = measure("t.csv", "--permutations", "19", "--debiased", "--indices", "SC,ED_fixed,M"); /* no deal changes the margins */
    assert_true(isnan(column_of(&r, "p_value", "SC", "", "", "")));
    assert_true(isnan(column_of(&r, "chance", "ED_fixed", "a", "", "")));
    assert_true(column_of(&r, "p_value", "M", "", "", "") > 0);
    free_rows(&r);
    wks_run head = program_run(f->folder, 0, "measure", "t.csv", "--bootstrap", "9", "--indices", "D", NULL);
    assert_true(strncmp(head.out, "index,group,versus,area,value,ci_low,ci_high,p_value\n", 53) == 0);
    wks_run_free(&head);
    wks_run one = program_run(f->folder, 0, "measure", "t.csv", "--bootstrap", "50", "--permutations", "19", "-j", "1", NULL);
    wks_run two = program_run(f->folder, 0, "measure", "t.csv", "--bootstrap", "50", "--permutations", "19", "-j", "3", NULL);
    wks_run other = program_run(f->folder, 0, "measure", "t.csv", "--bootstrap", "50", "--permutations", "19", "-s", "2", NULL);
    assert_string_equal(one.out, two.out);
    assert_string_not_equal(one.out, other.out);
    wks_run_free(&one);
    wks_run_free(&two);
    wks_run_free(&other);
    put("years.csv", "area,2020,2021\nn,3,1\no,1,3\n");
    wks_run years = program_run(f->folder, 0, "measure", "years.csv", "--indices", "D", NULL);
    assert_contains(years.out, "D,2020,,,0.5\n");
    wks_run_free(&years);
    put("half.csv", "area,a,b\nn,3.5,1\no,1,3\n");
    wks_run half = program_run(f->folder, 0, "measure", "half.csv", "--bootstrap", "50", "--indices", "D", NULL);
    assert_contains(half.err, "counts are not all whole");
    assert_contains(half.out, "D,a,,,0.5277777778,,,\n");
    wks_run_free(&half);
}

/* ---- edges ---- */

static void measure_edges(void **state)
{
    fixture *f = *state;
    put("even.csv", "area,a,b\nn,10,20\no,5,10\np,1000000000,2000000000\n");
    rows r = measure("even.csv");
    static const char *const zero[] = {"D", "G", "H", "eta2", "A0.5", "gorard", "minmax", "ls_group"};
    for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
        assert_close(value_of(&r, zero[i], "a", "", ""), 0, 0, 1e-9);
    assert_close(value_of(&r, "xPx", "a", "", ""), 1. / 3, 1e-9, 0);
    free_rows(&r);
    put("apart.csv", "area,a,b\nn,1000000000,0\no,0,7\n");
    r = measure("apart.csv");
    static const char *const one[] = {"D", "G", "H", "eta2", "A0.1", "A0.5", "A0.9", "xPx", "minmax"};
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        assert_close(value_of(&r, one[i], "b", "", ""), 1, 1e-9, 0);
    assert_close(value_of(&r, "H_multi", "", "", ""), 1, 1e-9, 0);
    free_rows(&r);
    put("one_area.csv", "area,a,b\nn,10,20\n");
    r = measure("one_area.csv");
    assert_close(value_of(&r, "D", "a", "", ""), 0, 0, 1e-12);
    assert_true(isnan(value_of(&r, "Dmod_fixed", "a", "", ""))); /* ED is 0 */
    assert_close(value_of(&r, "M", "", "", ""), 0, 0, 1e-12);
    free_rows(&r);
    put("one_group.csv", "area,a\nn,10\no,20\n");
    r = measure("one_group.csv");
    assert_true(isnan(value_of(&r, "D", "a", "", "")) && isnan(value_of(&r, "H_multi", "", "", "")) &&
                isnan(value_of(&r, "E_norm", "", "", "")));
    assert_close(value_of(&r, "xPx", "a", "", ""), 1, 0, 0);
    assert_close(value_of(&r, "E", "", "", ""), 0, 0, 0);
    free_rows(&r);
    put("nobody.csv", "area,a,b\nn,0,0\no,0,0\n");
    r = measure("nobody.csv");
    for (size_t i = 0; i < r.csv.n_rows; i++)
        assert_string_equal(row_cell(&r, i, "value"), "");
    free_rows(&r);
    put("one_person.csv", "area,a,b\nn,1,0\no,0,0\n");
    r = measure("one_person.csv");
    assert_true(isnan(value_of(&r, "D", "a", "", "")) && isnan(value_of(&r, "xPx_exact", "a", "", "")));
    assert_close(value_of(&r, "xPx", "a", "", ""), 1, 0, 0);
    assert_close(value_of(&r, "SC", "", "", ""), 1, 0, 0);
    free_rows(&r);
}

static void measure_empty_areas_and_order_change_nothing(void **state)
{
    fixture *f = *state;
    put("one.csv", "area,a,b\nn,30,10\no,10,30\nq,5,6\n");
    put("two.csv", "area,b,a\nq,6,5\nz,0,0\no,30,10\nn,10,30\n");
    rows one = measure("one.csv"), two = measure("two.csv");
    for (size_t i = 0; i < one.csv.n_rows; i++) {
        const char *index = row_cell(&one, i, "index"), *group = row_cell(&one, i, "group"), *versus = row_cell(&one, i, "versus");
        assert_close(value_of(&one, index, group, versus, ""), value_of(&two, index, group, versus, ""), 1e-9, 0);
    }
    assert_int_equal(one.csv.n_rows, two.csv.n_rows);
    free_rows(&one);
    free_rows(&two);
}

static void measure_many_areas(void **state)
{
    enum { N = 100000 };
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "area,a,b,c\n");
    for (int i = 0; i < N; i++)
        wks_text_addf(&text, "BU%06d,%d,%d,%d\n", i, i % 2 == 0 ? 30 : 10, i % 2 == 0 ? 10 : 30, i % 5);
    put("many.csv", text.data);
    wks_text_free(&text);
    wks_run one = program_run(f->folder, 0, "measure", "many.csv", "-j", "1", NULL),
            two = program_run(f->folder, 0, "measure", "many.csv", "-j", "3", NULL);
    assert_string_equal(one.out, two.out);
    rows r = parse_rows(one.out);
    assert_close(value_of(&r, "D_pair", "a", "b", ""), 0.5, 1e-9, 0);
    free_rows(&r);
    wks_run_free(&one);
    wks_run_free(&two);
}

/* ---- mistakes ---- */

static void measure_bad_tables_are_told_with_their_places(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"area,a,b\nn,3,-1\n", "bad.csv:2:5: error: '-1' in column 'b' is too small; expected a count from 0 to 1e15"},
        {"area,a,b\nn,3,veel\n", "bad.csv:2:5: error: 'veel' in column 'b' is not a number"},
        {"area,a,b\nn,nan,1\n", "bad.csv:2:3: error: 'nan' in column 'a' is not a number"},
        {"area,a,b\nn,inf,1\n", "bad.csv:2:3: error: 'inf' in column 'a' is not a number"},
        {"area,a,b\nn,1e400,1\n", "bad.csv:2:3: error: '1e400' in column 'a' is too large for a number"},
        {"area,a,b\nn,1\no,1,2\n", "bad.csv:2:4: error: the row has 2 fields; expected 3"},
        {"area,a,b\nn,1,2,3\n", "bad.csv:2:6: error: the row has 4 fields; expected 3"},
        {"area,a,b\nn,1,2\nn,1,2\n", "bad.csv:3:1: error: 'n' is there twice, first on line 2"},
        {"n,1,2\no,3,4\n", "bad.csv:1:1: error: no header"},
        {"area,a,a\nn,1,2\n", "bad.csv:1:8: error: two columns are called 'a'"},
        {"area,a,b\n", "bad.csv: error: the file has no row below its header"},
        {"", "bad.csv:1: error: the file is empty"},
        {"area;a;b\nn;1,5;2\n", "bad.csv:2:3: error: '1,5' in column 'a' has a decimal comma, not a point"},
        {"area,a,b\nn,,2\n", "bad.csv:2:3: error: the cell of column 'a' is empty"},
        {"area,a,b\n,1,2\n", "bad.csv:2:1: error: the cell of column 'area' is empty"},
        {"area\nn\n", "bad.csv:1: error: the header has 1 column"},
        {"area,a\nn,\xFF\n", "bad.csv:2:3: error: byte 0xFF is not UTF-8"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("bad.csv", cases[i].text);
        refuses(3, cases[i].says, "bad.csv");
        refuses(3, cases[i].says, "bad.csv", "--format", "json");
    }
    refuses(3, "cannot read absent.csv", "absent.csv");
    put("bad.csv", "area,a\nn,-1\no,x\np\n"); /* all at once */
    wks_run run = program_run(f->folder, 3, "measure", "bad.csv", NULL);
    assert_contains(run.err, "bad.csv:2:3: ");
    assert_contains(run.err, "bad.csv:3:3: ");
    assert_contains(run.err, "bad.csv:4:2: ");
    wks_run_free(&run);
}

static void measure_bad_places_are_told(void **state)
{
    static const struct {
        const char *option, *text, *says;
    } cases[] = {
        {"--coords", "area,x,y,size\nn,0,0,1\no,0,0,1\np,0,0,1\nqq,0,0,1\n",
         "bad.csv:5:1: error: 'qq' is not an area of t.csv; nearest valid name is 'q'"},
        {"--coords", "area,x,y,size\nn,0,0,1\no,0,0,1\np,0,0,1\n", "t.csv:5:1: error: area 'q' is not in bad.csv"},
        {"--coords", "area,x,z,size\nn,0,0,1\n", "bad.csv:1: error: unknown column 'z'; expected area,x,y[,size[,perimeter]]"},
        {"--coords", "area,x,z,size\nn,0,0,1\n", "bad.csv:1: error: no column 'y'"},
        {"--coords", "area,x,y,size\nn,0,0,-2\no,0,0,1\np,0,0,1\nq,0,0,1\n", "bad.csv:2:7: error: the size of 'n' is below 0"},
        {"--coords", "area,x,y\nn,0,oost\n", "bad.csv:2:5: error: 'oost' in column 'y' is not a number"},
        {"--contiguity", "i,j,w\nn,o,1\no,n,1\no,x,1\n", "bad.csv:4:3: error: 'x' is not an area of t.csv"},
        {"--contiguity", "i,j,w\nn,n,1\n", "bad.csv:2:1: error: the link from 'n' to 'n' is of an area with itself"},
        {"--contiguity", "i,j,w\nn,o,1\no,n,1\nn,o,1\n", "bad.csv:4:1: error: the link from 'n' to 'o' is there twice"},
        {"--contiguity", "i,j,w\nn,o,1\no,n,1\no,p,1\n", "bad.csv:4:1: error: the link from 'o' to 'p' has no row the other way"},
        {"--boundary", "i,j,w\nn,o,1\no,n,2\n",
         "bad.csv:2:1: error: the link from 'n' to 'o' has another weight than the one the other way"},
        {"--boundary", "i,j,w\nn,o,-1\n", "bad.csv:2:5: error: '-1' in column 'w' is too small; expected a weight of 0 or more"},
        {"--boundary", "i,j,w,v\nn,o,1,1\no,n,1,1\n", "bad.csv:1: error: the file has 4 columns; expected three: i,j,w"},
        {"--hierarchy", "area,wijk\nn,1\no,1\np,2\n", "t.csv:5:1: error: area 'q' is not in bad.csv"},
        {"--hierarchy", "area,wijk,stad\nn,1,S\no,1,T\np,2,S\nq,2,S\n",
         "bad.csv:3:5: error: wijk '1' is in stad 'T' here and in 'S' on line 2; expected one"},
        {"--hierarchy", "area\nn\no\np\nq\n", "bad.csv:1: error: the file has 0 levels"},
        {"--against", "area,a\nn,-3\n", "bad.csv:2:3: error: '-3' in column 'a' is too small"},
    };
    fixture *f = *state;
    put_all(f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("bad.csv", cases[i].text);
        refuses(3, cases[i].says, "t.csv", cases[i].option, "bad.csv");
    }
    put("worse.csv", "area,a\nn,x\n"); /* files are told together */
    refuses(3, "worse.csv:2:3: error: 'x'", "t.csv", "--contiguity", "bad.csv", "--against", "worse.csv");
    refuses(3, "wijksim: 2 problems in the input", "t.csv", "--coords", "none.csv", "--against", "worse.csv");
}

/* q borders p alone, where nobody lives, and nobody is missed where nobody lives. */
static void measure_counts_who_is_left_out_of_moran(void **state)
{
    fixture *f = *state;
    put_all(f);
    wks_run run = program_run(f->folder, 0, "measure", "t.csv", "--contiguity", "w.csv", "--indices", "moran_B", NULL);
    assert_contains(run.err, "1 area with residents but no neighbours with residents is left out of Moran's I");
    wks_run_free(&run);
}

static void measure_wrong_use(void **state)
{
    fixture *f = *state;
    put_all(f);
    refuses(2, "expected TABLE.csv | CITY | DIR", "-q");
    refuses(2, "--indices: 'Dd' is not an index; nearest is 'D'", "t.csv", "--indices", "Dd");
    refuses(2, "--indices is empty", "t.csv", "--indices", "");
    refuses(2, "--indices: moran_B needs --contiguity FILE", "t.csv", "--indices", "moran_B");
    refuses(2, "--indices: Dw needs --boundary FILE", "t.csv", "--indices", "Dw");
    refuses(2, "--indices: SP needs --coords FILE", "t.csv", "--indices", "SP");
    refuses(2, "--indices: M_between needs --hierarchy FILE", "t.csv", "--indices", "M_between");
    refuses(2, "--groups: 'bb' is not a group; there are a, b, c; nearest is 'b'", "t.csv", "--groups", "bb");
    refuses(2, "--kernel 'exp' is none; expected exp:B, exp:B:MAX or biweight:BAND", "t.csv", "--kernel", "exp");
    refuses(2, "--kernel 'exp:-1' is none", "t.csv", "--kernel", "exp:-1");
    refuses(2, "--kernel 'biweight:2:3' is none", "t.csv", "--kernel", "biweight:2:3");
    refuses(2, "--format 'xml' is neither csv nor json", "t.csv", "--format", "xml");
    refuses(2, "--bootstrap '0' is not a whole number from 1", "t.csv", "--bootstrap", "0");
    refuses(2, "--tick goes with a folder of a run or a city", "t.csv", "--tick", "3");
    refuses(2, "--seed-population goes with a folder", "t.csv", "--seed-population", "3");
    refuses(2, "neither of a city (city.cfg) nor of a run (manifest.json)", ".");
    refuses(2, "--output . is a folder; expected a file", "t.csv", "-o", ".");
    put("nosize.csv", "area,x,y\nn,0,0\no,0,1\np,0,2\nq,3,3\n");
    refuses(2, "--indices: delta needs --coords FILE with a column 'size'", "t.csv", "--coords", "nosize.csv", "--indices", "delta");
}

/* ---- cities and runs ---- */

static void measure_a_city_by_groups_and_predicates(void **state)
{
    fixture *f = *state;
    rows r = measure("modelstad", "--groups", "kwetsbaar", "--indices", "D,M,moran_W,SP,delta");
    assert_int_equal(r.csv.n_rows, 5);
    const double d = value_of(&r, "D", "kwetsbaar", "", "");
    assert_true(d > 0 && d < 1);
    free_rows(&r);
    rows old = measure("modelstad", "--groups", "oud: age_years >= 75", "--indices", "xPx,D", "--level", "wijk");
    rows same = measure("modelstad", "--groups", "age_years >= 75", "--indices", "xPx,D", "--level", "wijk");
    assert_close(value_of(&old, "D", "oud", "", ""), value_of(&same, "D", "age_years >= 75", "", ""), 0, 0);
    free_rows(&old);
    free_rows(&same);
    /* Smaller units, more unevenness: the same people at four scales. */
    static const char *const level[] = {"wijk", "buurt", "100m", "complex"};
    double before = 0;
    for (int i = 0; i < 4; i++) {
        r = measure("modelstad", "--groups", "income_source", "--indices", "M", "--level", level[i]);
        assert_true(value_of(&r, "M", "", "", "") > before);
        before = value_of(&r, "M", "", "", "");
        free_rows(&r);
    }
    refuses(2, "expected --groups: groups of", "modelstad");
    refuses(2, "'kwestbaar' is no group; there are ", "modelstad", "--groups", "kwestbaar");
    refuses(2, "households are in more than one of the groups", "modelstad", "--groups", "x: age_years > 70,y: age_years > 80");
    refuses(3, "nearest valid name is 'age_years'", "modelstad", "--groups", "age_yers > 3");
    refuses(2, "--level 'straat' is none of complex, 100m, buurt, wijk", "modelstad", "--groups", "kwetsbaar", "--level", "straat");
    refuses(2, "moran_W needs --contiguity FILE (of a city: --level buurt)", "modelstad", "--groups", "kwetsbaar", "--level", "wijk",
            "--indices", "moran_W");
    refuses(2, "--coords goes with a table", "modelstad", "--groups", "kwetsbaar", "--coords", "x.csv");
}

/* D of a run by its own counts is D of its city.csv. */
static void measure_a_run_at_a_tick(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->reference, "-t", "12", "-r", "2", "-q", "-o", "run", NULL);
    char *text = program_get(f->folder, "run/city.csv");
    rows city = parse_rows(text);
    static const char *const tick[] = {"0", "12"}, *const replication[] = {"1", "2"};
    for (int t = 0; t < 2; t++) {
        for (int k = 0; k < 2; k++) {
            rows r =
                measure("run", "--tick", tick[t], "--replication", replication[k], "--groups", "kwetsbaar,uitkering", "--indices", "D,xPx");
            int n = 0;
            for (size_t i = 0; i < city.csv.n_rows; i++) {
                const bool is_d = strcmp(row_cell(&city, i, "indicator"), "D") == 0;
                if (!is_d || strcmp(row_cell(&city, i, "tick"), tick[t]) != 0 ||
                    strcmp(row_cell(&city, i, "replication"), replication[k]) != 0 || strcmp(row_cell(&city, i, "scale"), "buurt") != 0)
                    continue;
                const char *group = row_cell(&city, i, "group");
                double expected = 0;
                if (strcmp(group, "kwetsbaar") != 0 && strcmp(group, "uitkering") != 0) continue;
                assert_true(wks_text_parse_double(row_cell(&city, i, "value"), &expected));
                assert_close(value_of(&r, "D", group, "", ""), expected, 1e-9, 0);
                n++;
            }
            assert_int_equal(n, 2);
            free_rows(&r);
        }
    }
    free_rows(&city);
    free(text);
    rows r = measure("run", "--groups", "kwetsbaar", "--level", "wijk");
    assert_true(has_row(&r, "M", "") && has_row(&r, "D", "kwetsbaar") && !has_row(&r, "D", "rest"));
    free_rows(&r);
    refuses(2, "has no tick 5; it has 0, 12", "run", "--groups", "kwetsbaar", "--tick", "5");
    refuses(2, "has no replication 3; it has 1, 2", "run", "--groups", "kwetsbaar", "--replication", "3");
    refuses(2, "has no counts of 'kwestbaar'; it has verwezen, uitkering", "run", "--groups", "kwestbaar");
    refuses(2, "expected --groups; run/buurt.csv has verwezen", "run");
    refuses(2, "M is of groups that everybody is in one of", "run", "--groups", "kwetsbaar,uitkering", "--indices", "M");
    refuses(2, "--level '100m': of a run there are buurt and wijk", "run", "--groups", "kwetsbaar", "--level", "100m");
    refuses(2, "run has no scenario 'plafond'; it has reference", "run", "--groups", "kwetsbaar", "--scenario", "plafond");
}

/* ---- real tables ---- */

static void assert_identities(const rows *r)
{
    for (size_t i = 0; i < r->csv.n_rows; i++) {
        const char *group = row_cell(r, i, "group");
        if (strcmp(row_cell(r, i, "index"), "D") != 0) continue;
        const double d = value_of(r, "D", group, "", ""), ed = value_of(r, "ED_fixed", group, "", "");
        assert_close(value_of(r, "minmax", group, "", ""), 2 * d / (1 + d), 1e-9, 0);
        assert_close(value_of(r, "Dmod_fixed", group, "", ""), (d - ed) / (1 - ed), 1e-8, 0);
        assert_true(value_of(r, "G", group, "", "") >= d &&
                    value_of(r, "ED_fixed", group, "", "") < value_of(r, "ED_binom", group, "", ""));
    }
    assert_close(value_of(r, "I", "", "", "") + value_of(r, "SC", "", "", ""), 1, 1e-9, 0);
    assert_close(value_of(r, "M", "", "", "") / value_of(r, "E", "", "", ""), value_of(r, "H_multi", "", "", ""), 1e-9, 0);
}

static void measure_real_tables(void **state)
{
    static const char *const names[] = {"r01_sacramento_4g", "r02_sacramento_hisp", "r03_schools00", "r04_schools00_bw", "r05_schools05",
                                        "s10_pattern_A",     "s11_pattern_B",       "s12_pattern_C", "s13_pattern_D",    "s14_pattern_E",
                                        "s15_pattern_F",     "s16_pattern_G",       "s17_pattern_H"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[5][1024];
        static const char *const file[] = {"table", "coords", "w_rook", "boundary", "w_queen"};
        for (int k = 0; k < 5; k++)
            (void)snprintf(path[k], sizeof path[k], "%s/segregation/%s/%s.csv", wks_check_need_shared_data(), names[i], file[k]);
        rows r = measure(path[0]);
        if (names[i][0] == 'r') assert_identities(&r);
        free_rows(&r);
        if (!wks_file_exists(path[1])) continue;
        for (int w = 2; w < 5; w += 2) {
            wks_run one = program_run(f->folder, 0, "measure", path[0], "--coords", path[1], "--contiguity", path[w], "--boundary", path[3],
                                      "-j", "1", NULL);
            wks_run two = program_run(f->folder, 0, "measure", path[0], "--coords", path[1], "--contiguity", path[w], "--boundary", path[3],
                                      "-j", "3", NULL);
            assert_string_equal(one.out, two.out);
            r = parse_rows(one.out);
            assert_true(has_row(&r, "SP", ""));
            if (strcmp(names[i], "r01_sacramento_4g") == 0)
                assert_close(value_of(&r, "P_spatial", "WHITE", "WHITE", "") + value_of(&r, "P_spatial", "WHITE", "BLACK", "") +
                                 value_of(&r, "P_spatial", "WHITE", "ASIAN", "") + value_of(&r, "P_spatial", "WHITE", "HISP", ""),
                             1, 1e-9, 0);
            free_rows(&r);
            wks_run_free(&one);
            wks_run_free(&two);
        }
    }
}

/* As published: PySAL's tests of the Hispanic population of Sacramento, and the R package segregation on schools. */
static void measure_gives_published_values(void **state)
{
    fixture *f = *state;
    char path[1024], hierarchy[1024];
    (void)snprintf(path, sizeof path, "%s/segregation/r02_sacramento_hisp/table.csv", wks_check_need_shared_data());
    rows r = measure(path);
    assert_close(value_of(&r, "D", "HISP", "", ""), 0.32184656076566864, 1e-9, 0);
    assert_close(value_of(&r, "G", "HISP", "", ""), 0.43506510676886234, 1e-9, 0);
    free_rows(&r);
    (void)snprintf(path, sizeof path, "%s/segregation/r03_schools00/table.csv", wks_check_need_shared_data());
    (void)snprintf(hierarchy, sizeof hierarchy, "%s/segregation/r03_schools00/hierarchy.csv", wks_check_need_shared_data());
    r = measure(path, "--hierarchy", hierarchy);
    assert_close(value_of(&r, "M", "", "", ""), 0.4255390, 0, 5e-8);
    assert_close(value_of(&r, "H_multi", "", "", ""), 0.4188083, 0, 5e-8);
    assert_close(value_of(&r, "M_between", "", "", "state"), 0.0992, 0, 5e-5);
    free_rows(&r);
}

/* docs/measure.md has the full title of every source that the catalogue names. */
static void guide_has_every_source(void **state)
{
    char *path = program_source("docs/measure.md"), *docs = wks_folder_get(path);
    (void)state;
    for (int32_t i = 0; i < wks_index_count; i++) {
        for (const char *at = wks_index_table[i].source; *at != '\0';) {
            char entry[128];
            const int n = (int)strcspn(at, ";");
            (void)snprintf(entry, sizeof entry, "\n- %.*s. ", n, at);
            assert_contains(docs, entry);
            at += n;
            at += strspn(at, "; ");
        }
    }
    free(docs);
    free(path);
}

static void describe_tells_every_index(void **state)
{
    (void)state;
    wks_run run = program_run(NULL, 0, "describe", "indicators", NULL);
    for (int32_t i = 0; i < wks_index_count; i++) {
        assert_contains(run.out, wks_index_table[i].equation);
        assert_contains(run.out, wks_index_table[i].meaning_en);
        assert_contains(run.out, wks_index_table[i].misleads_en);
    }
    static const char *const part[] = {"M_between (--hierarchy; 0 to M)", "H_structural (--against; no bounds)",
                                       "M_mrc_structural (--against;"};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        assert_contains(run.out, part[i]);
    wks_run_free(&run);
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    run = program_run(NULL, 0, "describe", "indicators", "--json", NULL);
    assert_ok(wks_json_parse(run.out, strlen(run.out), &json, &err), &err);
    wks_json_free(json);
    wks_run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(measure_prints_what_it_has_files_for),
        with_fixture(measure_prints_only_what_is_named),
        with_fixture(measure_writes_json_and_files),
        with_fixture(measure_takes_every_form_of_table),
        with_fixture(measure_takes_m_apart),
        with_fixture(measure_draws_are_keyed),
        with_fixture(measure_edges),
        with_fixture(measure_empty_areas_and_order_change_nothing),
        with_fixture(measure_many_areas),
        with_fixture(measure_bad_tables_are_told_with_their_places),
        with_fixture(measure_bad_places_are_told),
        with_fixture(measure_counts_who_is_left_out_of_moran),
        with_fixture(measure_wrong_use),
        with_fixture(measure_a_city_by_groups_and_predicates),
        with_fixture(measure_a_run_at_a_tick),
        with_fixture(measure_real_tables),
        with_fixture(measure_gives_published_values),
        cmocka_unit_test(guide_has_every_source),
        cmocka_unit_test(describe_tells_every_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
