#include "output/matrix.h"

#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

#define CITY  "scenario,replication,tick,date,indicator,group,scale,value\n"
#define BUURT "scenario,replication,tick,date,level,area,indicator,group,value\n"

static wks_status read_tables(const char *city, const char *buurt, wks_matrix *out, wks_err *err)
{
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "city.csv", city));
    free(wks_folder_put(folder, "buurt.csv", buurt));
    const wks_status rc = wks_matrix_read(folder, out, err);
    wks_folder_remove(folder);
    return rc;
}

static const char two_cities[] = CITY "\"a, b\",3,0,2025-01,persons,,,100\n"
                                      "\"a, b\",3,1,2025-02,D,oud,buurt,\n"
                                      "\"a, b\",9,0,2025-01,persons,,,-2.5e-3\n"
                                      "\"a, b\",9,1,2025-02,D,oud,buurt,0.25\n";
static const char two_buurten[] = BUURT "\"a, b\",3,0,2025-01,buurt,BU1,share,\"x \"\"y\"\"\",1\n"
                                        "\"a, b\",9,0,2025-01,buurt,BU1,share,\"x \"\"y\"\"\",2\n";

static void read_rows_of_both_tables_by_replication(void **state)
{
    wks_matrix m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(read_tables(two_cities, two_buurten, &m, &err), &err);
    assert_string_equal(m.scenario, "a, b");
    assert_int_equal(m.n_rows, 3);
    assert_int_equal(m.n_replications, 2);
    assert_int_equal(m.replication[0], 3);
    assert_int_equal(m.replication[1], 9);
    assert_close(m.value[0], 100, 0, 0);
    assert_close(m.value[1], -0.0025, 0, 0);
    assert_close(m.value[2], NAN, 0, 0);
    assert_close(m.value[3], 0.25, 0, 0);
    assert_close(m.value[5], 2, 0, 0);
    assert_int_equal(m.row[1].tick, 1);
    assert_string_equal(m.row[1].date, "2025-02");
    assert_string_equal(m.row[1].indicator, "D");
    assert_string_equal(m.row[1].group, "oud");
    assert_string_equal(m.row[1].scale, "buurt");
    assert_string_equal(m.row[1].level, "");
    assert_string_equal(m.row[2].level, "buurt");
    assert_string_equal(m.row[2].area, "BU1");
    assert_string_equal(m.row[2].group, "x \"y\"");
    wks_matrix_free(&m);
}

static void read_tables_without_rows_gives_nothing(void **state)
{
    wks_matrix m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(read_tables(CITY, BUURT, &m, &err), &err);
    assert_int_equal(m.n_rows, 0);
    assert_int_equal(m.n_replications, 0);
    wks_matrix_free(&m);
}

static void read_only_buurt_rows_lists_replications(void **state)
{
    wks_matrix m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(read_tables(CITY, two_buurten, &m, &err), &err);
    assert_int_equal(m.n_rows, 1);
    assert_int_equal(m.n_replications, 2);
    assert_close(m.value[1], 2, 0, 0);
    wks_matrix_free(&m);
}

static void read_damaged_table_errors(void **state)
{
    static const struct {
        const char *city, *buurt, *says;
    } cases[] = {
        {CITY "x,1,0,2025-01,persons,,,abc\n", BUURT, "city.csv:2: 'abc' is not a number"},
        {CITY "x,1,0,2025-01,persons,,,1,5\n", BUURT, "city.csv:2: not a result row"},
        {CITY "x,one,0,2025-01,persons,,,1\n", BUURT, "city.csv:2: not a result row"},
        {CITY "x,1,0,2025-01,persons,,\n", BUURT, "city.csv:2: not a result row"},
        {CITY "x,1,0,a,p,,,1\nx,1,1,b,p,,,1\nx,2,0,a,p,,,1\n", BUURT, "the last replication is not whole"},
        {CITY "x,1,0,a,p,,,1\nx,1,1,b,p,,,1\nx,2,0,a,p,,,1\nx,3,0,a,p,,,1\n", BUURT, "replication 2 has 1 rows, the first has 2"},
        {CITY "x,1,0,a,p,,,1\nx,2,0,a,q,,,1\n", BUURT, "city.csv:3: replication 2 has other rows than the first"},
        {CITY "x,1,0,a,p,,,1\nx,2,0,a,p,,,1\nx,2,1,a,p,,,1\n", BUURT, "city.csv:4: replication 2 has other rows than the first"},
        {CITY "x,2,0,a,p,,,1\nx,1,0,a,p,,,1\n", BUURT, "replication 1 is out of order"},
        {CITY "x,1,0,a,p,,,1\n", BUURT "x,2,0,a,buurt,B,p,,1\n", "replication 2 is not in the table read before"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_matrix m;
        wks_err err = WKS_ERR_INIT;
        assert_status(read_tables(cases[i].city, cases[i].buurt, &m, &err), WKS_ERR_IO, &err);
        assert_contains(err.message, cases[i].says);
        wks_matrix_free(&m);
    }
}

static void read_missing_table_is_named(void **state)
{
    wks_matrix m;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make();
    (void)state;
    assert_status(wks_matrix_read(folder, &m, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "city.csv");
    wks_matrix_free(&m);
    wks_folder_remove(folder);
}

static void find_uses_every_part_of_the_key(void **state)
{
    wks_matrix m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(read_tables(two_cities, two_buurten, &m, &err), &err);
    wks_matrix_row row = m.row[2];
    assert_int_equal(wks_matrix_find(&m, &row, 2), 2);
    assert_int_equal(wks_matrix_find(&m, &row, 0), 2);
    assert_int_equal(wks_matrix_find(&m, &row, 99), 2);
    row.area = "BU2";
    assert_true(wks_matrix_find(&m, &row, 2) == SIZE_MAX);
    row = m.row[0];
    row.tick = 5;
    assert_true(wks_matrix_find(&m, &row, 0) == SIZE_MAX);
    wks_matrix_free(&m);
}

static wks_status chaos_read(void *context, wks_err *err)
{
    wks_matrix m;
    const wks_status rc = wks_matrix_read(context, &m, err);
    wks_matrix_free(&m);
    return rc;
}

static void read_without_memory_fails_cleanly(void **state)
{
    char *folder = wks_folder_make();
    (void)state;
    free(wks_folder_put(folder, "city.csv", two_cities));
    free(wks_folder_put(folder, "buurt.csv", two_buurten));
    wks_chaos_run(chaos_read, folder);
    wks_folder_remove(folder);
}

static void rows_told_in_part_are_taken_out(void **state)
{
    wks_matrix m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(read_tables(two_cities, two_buurten, &m, &err), &err);
    wks_matrix_hide_partial(&m);
    assert_close(m.value[0], 100, 0, 0); /* told by both */
    assert_close(m.value[1], -0.0025, 0, 0);
    assert_true(isnan(m.value[2]) && isnan(m.value[3])); /* by the second only */
    assert_close(m.value[5], 2, 0, 0);
    wks_matrix_free(&m);
}

/* The part of one replication, without headers: the city alone, or with its areas; a part that is not there is named. */
static void part_of_a_replication_is_read_while_it_runs(void **state)
{
    wks_matrix m;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make();
    (void)state;
    free(wks_folder_put(folder, "000004.city.csv", "a,4,0,2025-01,persons,,,100\na,4,1,2025-02,D,oud,buurt,0.5\n"));
    free(wks_folder_put(folder, "000004.buurt.csv", "a,4,1,2025-02,buurt,BU1,share,oud,0.25\n"));
    assert_ok(wks_matrix_read_part(folder, 4, false, &m, &err), &err);
    assert_int_equal(m.n_rows, 2);
    assert_int_equal(m.n_replications, 1);
    assert_int_equal(m.replication[0], 4);
    assert_close(m.value[1], 0.5, 0, 0);
    wks_matrix_free(&m);
    assert_ok(wks_matrix_read_part(folder, 4, true, &m, &err), &err);
    assert_int_equal(m.n_rows, 3);
    assert_string_equal(m.row[2].area, "BU1");
    assert_close(m.value[2], 0.25, 0, 0);
    wks_matrix_free(&m);
    assert_status(wks_matrix_read_part(folder, 5, false, &m, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "000005.city.csv");
    wks_matrix_free(&m);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_rows_of_both_tables_by_replication),
        cmocka_unit_test(read_tables_without_rows_gives_nothing),
        cmocka_unit_test(read_only_buurt_rows_lists_replications),
        cmocka_unit_test(read_damaged_table_errors),
        cmocka_unit_test(read_missing_table_is_named),
        cmocka_unit_test(find_uses_every_part_of_the_key),
        cmocka_unit_test(read_without_memory_fails_cleanly),
        cmocka_unit_test(rows_told_in_part_are_taken_out),
        cmocka_unit_test(part_of_a_replication_is_read_while_it_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
