#include "output/summary.h"

#include "support/check.h"
#include "support/folder.h"

static wks_matrix_row rows[] = {{0, "2025-01", "persons", "", "", "", ""}, {12, "2026-01", "share", "oud", "", "buurt", "BU1"}};

static wks_matrix matrix_of(char *name, double *value)
{
    return (wks_matrix){.row = rows, .n_rows = 2, .n_replications = 3, .value = value, .scenario = name};
}

static char *summary_of(const wks_matrix *const *matrix, size_t n, const char *theory)
{
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "summary.csv");
    assert_ok(wks_summary_write(path, matrix, n, theory, 2, &err), &err);
    char *text = wks_folder_get(path);
    free(path);
    wks_folder_remove(folder);
    return text;
}

static void header_is_the_one_scripts_rely_on(void **state)
{
    (void)state;
    assert_string_equal(wks_summary_header,
                        "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n");
}

/* 1, 2, 3: mean 2, sd 1, half width t(0.975; 2) / sqrt(3) = 4.302652730 / 1.732050808 = 2.484137712 */
static void row_has_mean_interval_and_quantiles(void **state)
{
    double value[] = {1, 2, 3, NAN, NAN, NAN};
    char name[] = "x";
    const wks_matrix m = matrix_of(name, value), *one = &m;
    char *text = summary_of(&one, 1, "");
    char *row = strchr(text, '\n') + 1;
    double got[7];
    int n = 0;
    (void)state;
    assert_int_equal(strncmp(row, "x,,0,2025-01,persons,,,,,2,1,", 29), 0);
    assert_int_equal(sscanf(row + 25, "%lf,%lf,%lf,%lf,%lf,%lf,%lf,%d", &got[0], &got[1], &got[2], &got[3], &got[4], &got[5], &got[6], &n),
                     8);
    assert_close(got[2], 2 - 2.484137712, 1e-8, 0);
    assert_close(got[3], 2 + 2.484137712, 1e-8, 0);
    assert_close(got[4], 1.2, 1e-12, 0);
    assert_close(got[5], 2, 0, 0);
    assert_close(got[6], 2.8, 1e-12, 0);
    assert_int_equal(n, 3);
    assert_non_null(strstr(text, "\nx,,12,2026-01,share,oud,,buurt,BU1,,,,,,,,0\n"));
    free(text);
}

static void rows_of_scenarios_follow_each_other(void **state)
{
    double value[] = {1, 1, 1, 5, 5, NAN};
    char first[] = "een, twee", second[] = "b";
    const wks_matrix a = matrix_of(first, value), b = matrix_of(second, value);
    const wks_matrix *both[] = {&a, &b};
    char *text = summary_of(both, 2, "T1");
    (void)state;
    const char *expected = "\"een, twee\",T1,0,2025-01,persons,,,,,1,0,1,1,1,1,1,3\n"
                           "\"een, twee\",T1,12,2026-01,share,oud,,buurt,BU1,5,0,5,5,5,5,5,2\n"
                           "b,T1,0,2025-01,persons,,,,,1,0,1,1,1,1,1,3\n"
                           "b,T1,12,2026-01,share,oud,,buurt,BU1,5,0,5,5,5,5,5,2\n";
    assert_string_equal(strchr(text, '\n') + 1, expected);
    free(text);
}

static void write_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "nowhere/summary.csv");
    (void)state;
    assert_status(wks_summary_write(path, NULL, 0, "", 1, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "summary.csv");
    free(path);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_is_the_one_scripts_rely_on),
        cmocka_unit_test(row_has_mean_interval_and_quantiles),
        cmocka_unit_test(rows_of_scenarios_follow_each_other),
        cmocka_unit_test(write_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
