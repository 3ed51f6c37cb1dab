/* Tables that the scenarios of a comparison have, as one: rows one after the other, columns that tell of which. */
#include "export/result_folder.h"

#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "export/database_tables.h"
#include "export/table_check.h"
#include "export/workbook.h"
#include "unit/export/made.h"

static const char comparison_of[] =
    "{\"status\":\"complete\",\"kind\":\"compare\",\"version\":\"0.1.0\",\"commit\":\"x\",\"command\":\"x\",\"scenario\":\"a\",\"title\":"
    "\"t\","
    "\"city\":\"c\",\"people\":\"synthetic\",\"sources\":[],\"scenario_hash\":\"x\",\"inputs\":[],\"seeds\":{\"population\":1,\"dynamics\":"
    "1},"
    "\"start\":\"2025-01\",\"ticks\":2,\"replications_asked\":1,\"replications\":[],\"threads\":1,\"wall_s\":1,\"scenarios\":[%s]}";

static char *comparison(const char *scenarios)
{
    char *folder = made_folder("scenario,replication,tick,date,indicator,group,scale,value\n");
    wks_text manifest = WKS_TEXT_INIT;
    for (const char *at = comparison_of; *at != '\0'; at++) {
        if (strncmp(at, "%s", 2) == 0) {
            wks_text_add(&manifest, scenarios);
            at++;
        } else {
            wks_text_add_char(&manifest, *at);
        }
    }
    free(wks_folder_put(folder, "manifest.json", manifest.data));
    char *city = wks_folder_path(folder, "city.csv");
    assert_int_equal(unlink(city), 0);
    free(city);
    wks_text_free(&manifest);
    return folder;
}

/* The rows of a table as "a,b|c,d|". */
static wks_status add_row(const wks_result_folder_table *table, const wks_row_reader *row, void *context, wks_err *err)
{
    wks_text *out = context;
    (void)err;
    for (int i = 0; i < table->n_columns; i++)
        wks_text_addf(out, "%s%s", i == 0 ? "" : ",", wks_row_reader_cell(row, (size_t)i));
    wks_text_add_char(out, '|');
    return WKS_OK;
}

static void reads(const wks_result_folder *from, const char *file, const char *columns, const char *rows)
{
    const wks_result_folder_table *table = wks_result_folder_find(from, file);
    wks_text names = WKS_TEXT_INIT, cells = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_non_null(table);
    for (int i = 0; i < table->n_columns; i++)
        wks_text_addf(&names, "%s%s", i == 0 ? "" : ",", table->column[i].name);
    assert_string_equal(names.data, columns);
    assert_ok(wks_table_check_read(table, add_row, &cells, &err), &err);
    assert_string_equal(cells.data, rows);
    wks_text_free(&names);
    wks_text_free(&cells);
}

/* Under T0 and T2: columns that are missing come in front, in the order of the manifest; what a scenario lacks is left out. */
static void rows_of_scenarios_are_joined(void **state)
{
    wks_result_folder from = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *folder = comparison("\"T2/b\",\"T0/b\"");
    (void)state;
    free(wks_folder_put(folder, "summary.csv", "scenario,theory,tick,mean\nb,T2,0,1\n"));
    free(wks_folder_put(folder, "T2/b/summary.csv", "scenario,theory,tick,mean\nb,T2,0,1\n"));
    free(wks_folder_put(folder, "T0/b/summary.csv", "tick,theory,mean\n0,\"T0\",1\n"));
    free(wks_folder_put(folder, "T2/b/city.csv", "tick,value\n0,1\n1,2\n"));
    free(wks_folder_put(folder, "T0/b/city.csv", "tick,value\n7,\n"));
    free(wks_folder_put(folder, "T0/b/buurt.csv", "tick,scenario,value\n3,\"b,c\",9\n"));
    assert_ok(wks_result_folder_open(folder, true, NULL, &from, &problems, &err), &err);
    assert_int_equal(from.n_tables, 4);
    reads(&from, "city.csv", "scenario,theory,tick,value", "b,T2,0,1|b,T2,1,2|b,T0,7,|");
    reads(&from, "buurt.csv", "tick,scenario,theory,value", "3,b,c,T0,9|");
    reads(&from, "summary.csv", "scenario,theory,tick,mean", "b,T2,0,1|");
    assert_int_equal(wks_result_folder_find(&from, "city.csv")->n_rows, 3);
    wks_text about = WKS_TEXT_INIT;
    wks_result_folder_about(&from, &about);
    assert_contains(about.data, "\tbuurt, city (kolommen");
    wks_text_free(&about);
    wks_result_folder_free(&from);
    assert_ok(wks_result_folder_open(folder, true, "summary,buurt", &from, &problems, &err), &err);
    assert_int_equal(from.n_tables, 3); /* and the codebook */
    assert_non_null(wks_result_folder_find(&from, "buurt.csv"));
    assert_null(wks_result_folder_find(&from, "city.csv"));
    wks_result_folder_free(&from);
    assert_status(wks_result_folder_open(folder, true, "summary,sum", &from, &problems, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "has no table 'sum'; it has buurt, city, summary");
    err = WKS_ERR_INIT;
    assert_ok(wks_result_folder_open(folder, false, NULL, &from, &problems, &err), &err);
    assert_null(wks_result_folder_find(&from, "city.csv"));
    wks_result_folder_free(&from);
    wks_problems_free(&problems);
    wks_folder_remove(folder);
}

/* A parameter of its own that is text in the second file only is text in all. */
static void kinds_are_those_of_all_files(void **state)
{
    wks_result_folder from = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *folder = comparison("\"a\",\"b\"");
    (void)state;
    free(wks_folder_put(folder, "a/city.csv", "scenario,own,other\na,1,2\n"));
    free(wks_folder_put(folder, "b/city.csv", "scenario,own,other\nb,x,3\n"));
    assert_ok(wks_result_folder_open(folder, true, NULL, &from, &problems, &err), &err);
    const wks_result_folder_table *table = wks_result_folder_find(&from, "city.csv");
    assert_int_equal(table->column[2].kind, WKS_COLUMN_KIND_TEXT);
    assert_int_equal(table->column[3].kind, WKS_COLUMN_KIND_NUMBER);
    wks_result_folder_free(&from);
    wks_problems_free(&problems);
    wks_folder_remove(folder);
}

/* A sheet is full in the middle of a scenario: the next one holds the rest. */
static void joined_rows_go_on_in_another_sheet(void **state)
{
    wks_result_folder from = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *folder = comparison("\"a\",\"b\"");
    (void)state;
    if (!wks_workbook_is_built) skip();
    free(wks_folder_put(folder, "a/city.csv", "scenario,tick\na,0\na,1\na,2\n"));
    free(wks_folder_put(folder, "b/city.csv", "scenario,tick\nb,0\nb,1\n"));
    assert_ok(wks_result_folder_open(folder, true, NULL, &from, &problems, &err), &err);
    char *path = wks_folder_path(folder, "a.xlsx");
    assert_ok(wks_workbook_write(&from, path, 3, &problems, &err), &err);
    wks_text said = WKS_TEXT_INIT;
    wks_problems_print(&problems, &said);
    assert_contains(said.data, "*/city.csv: warning: 5 rows: a sheet holds 2, so they stand in 3 sheets, city to city_3");
    wks_text_free(&said);
    free(path);
    wks_result_folder_free(&from);
    wks_problems_free(&problems);
    wks_folder_remove(folder);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { IS_SANITIZED = 1 };
#else
enum { IS_SANITIZED = 0 };
#endif

/* A table of 2 x N_MANY rows with an index on each of three columns is written in the memory of a few rows. */
static void memory_does_not_grow_with_the_rows(void **state)
{
    enum { N_MANY = 250000, ROOM_MIB = 16 };
    wks_result_folder from = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *folder = comparison("\"a\",\"b\"");
    (void)state;
    for (int s = 0; s < 2; s++) {
        char *path = wks_folder_put(folder, s == 0 ? "a/city.csv" : "b/city.csv", "");
        FILE *stream = fopen(path, "wb");
        assert_non_null(stream);
        (void)fputs("scenario,replication,tick,area,indicator,value\n", stream);
        for (int i = 0; i < N_MANY; i++)
            (void)fprintf(stream, "%c,%d,%d,BU0344%04d,leefbaarheid,%d.5\n", "ab"[s], i % 7, i % 240, i * 7919 % 1000, i);
        assert_int_equal(fclose(stream), 0);
        free(path);
    }
    char *target = wks_folder_path(folder, "out.sqlite");
    const double before = wks_mem_peak_rss_mib();
    assert_ok(wks_result_folder_open(folder, true, NULL, &from, &problems, &err), &err);
    assert_ok(wks_database_tables_write(&from, target, &err), &err);
    const double grown = wks_mem_peak_rss_mib() - before;
    assert_int_equal(wks_result_folder_find(&from, "city.csv")->n_rows, 2 * N_MANY);
    if (!IS_SANITIZED && grown > ROOM_MIB) fail_msg("%d rows took %.1f MiB", 2 * N_MANY, grown);
    wks_result_folder_free(&from);
    wks_problems_free(&problems);
    free(target);
    wks_folder_remove(folder);
}

/* A folder that is not there is told; a manifest does not lead to other people's folders. */
static void scenarios_are_in_the_folder(void **state)
{
    wks_result_folder from = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    static const char *const outside[] = {"\"../x\"", "\"/tmp\"", "\"a/../../x\"", "\"\"", "\"..\""};
    (void)state;
    char *folder = comparison("\"a\",\"gone\"");
    free(wks_folder_put(folder, "a/city.csv", "scenario,tick\na,0\n"));
    assert_ok(wks_result_folder_open(folder, true, NULL, &from, &problems, &err), &err);
    wks_text said = WKS_TEXT_INIT;
    wks_problems_print(&problems, &said);
    assert_contains(said.data, "gone: warning: is not there: the joined tables lack this scenario");
    reads(&from, "city.csv", "scenario,theory,tick", "a,,0|");
    wks_text_free(&said);
    wks_result_folder_free(&from);
    wks_folder_remove(folder);
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        folder = comparison(outside[i]);
        err = WKS_ERR_INIT;
        free(wks_folder_put(folder, "summary.csv", "scenario,theory,tick,mean\nb,T2,0,1\n"));
        assert_int_equal(wks_result_folder_open(folder, true, NULL, &from, &problems, &err), WKS_ERR_DATA);
        assert_contains(err.message, "is no folder in it");
        wks_folder_remove(folder);
    }
    wks_problems_free(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory_does_not_grow_with_the_rows), cmocka_unit_test(rows_of_scenarios_are_joined),
                                       cmocka_unit_test(kinds_are_those_of_all_files), cmocka_unit_test(joined_rows_go_on_in_another_sheet),
                                       cmocka_unit_test(scenarios_are_in_the_folder)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
