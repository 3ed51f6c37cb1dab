/* study/precision_file: what is told of declared outcomes, of differences and of means, and what is not asked. */
#include "study/precision_file.h"

#include "base/log.h"
#include "base/text.h"
#include "support/check.h"
#include "support/folder.h"

enum { N = 20, N_ROWS = 3 };
static wks_matrix_row rows[N_ROWS] = {
    {0, "2025-01", "wait", "", "", "", ""}, {12, "2026-01", "wait", "", "", "", ""}, {12, "2026-01", "share", "oud", "", "buurt", "BU1"}};
static int32_t number[N];
static double first[N_ROWS * N], second[N_ROWS * N];
static char a[] = "a", b[] = "b", wait[] = "wait", share[] = "share", oud[] = "oud", area[] = "BU1", none[] = "";

static wks_matrix matrix_of(char *name, double *value)
{
    return (wks_matrix){.row = rows, .n_rows = N_ROWS, .replication = number, .n_replications = N, .value = value, .scenario = name};
}

/* Differences of +-1 about 5 in turn: half of the interval at 20 is 2.0930240544 / sqrt(19). */
static int make_values(void **state)
{
    (void)state;
    for (int i = 0; i < N; i++) {
        number[i] = i + 1;
        for (int row = 0; row < N_ROWS; row++) {
            first[row * N + i] = 100 + i;
            second[row * N + i] = 105 + i + (i % 2 == 0 ? 1 : -1);
        }
    }
    return 0;
}

static wks_precision_line *lines_of(const wks_scenario *scenario, bool is_run, size_t *n)
{
    static wks_matrix reference, other;
    static const wks_matrix *one = &other;
    const wks_compare_options how = {wks_declared_of(scenario), NULL, 1};
    wks_precision_line *line = NULL;
    wks_err err = WKS_ERR_INIT;

    reference = matrix_of(a, first);
    other = matrix_of(b, second);
    const wks_compare_set set = {is_run ? NULL : &reference, &one, 1};
    assert_ok(wks_precision_file_lines(&set, 1, &how, 5, &line, n, &err), &err);
    return line;
}

static void differences_are_told_with_what_was_asked(void **state)
{
    wks_outcome outcome[] = {{wait, none, none, none, 0, 0.6}, {share, oud, none, area, 0.5, 0}};
    const wks_scenario scenario = {.outcome = outcome, .n_outcomes = 2};
    size_t n = 0;
    (void)state;
    wks_precision_line *line = lines_of(&scenario, false, &n);
    assert_int_equal(n, 2);
    assert_string_equal(line[0].row->indicator, "wait");
    assert_int_equal(line[0].row->tick, 12);
    assert_int_equal(line[0].n_pairs, 20);
    assert_close(line[0].mean, 5, 1e-12, 0);
    assert_close(line[0].half, 2.0930240544 / sqrt(19.0), 1e-9, 0);
    assert_true(line[0].is_reached);
    assert_true(line[0].held_since > 10 && line[0].held_since < 16);
    assert_int_equal(line[0].n_needed, wks_stat_n_for_half_width(sqrt(20.0 / 19.0), 0.6));
    assert_string_equal(line[1].row->area, "BU1");
    assert_true(line[1].asked == 0 && !line[1].is_reached && line[1].held_since == 0);
    assert_int_equal(line[1].n_needed, wks_stat_n_to_show(sqrt(20.0 / 19.0), 0.5));
    assert_close(line[1].half, line[0].half, 1e-12, 0);
    free(line);
}

static void keep_message(wks_log_level level, const char *message, void *context)
{
    if (level == WKS_LOG_WARNING) wks_text_addf(context, "%s\n", message);
}

/* A misspelt group or area is told, and what is there is not. */
static void outcomes_without_rows_are_told(void **state)
{
    wks_outcome outcome[] = {{wait, none, none, none, 0, 0}, {share, wait, none, none, 0.5, 0}};
    const wks_scenario scenario = {.outcome = outcome, .n_outcomes = 2};
    wks_text said = WKS_TEXT_INIT;
    size_t n = 0;
    (void)state;
    wks_log_install(keep_message, &said);
    wks_precision_line *line = lines_of(&scenario, false, &n);
    wks_log_install(NULL, NULL);
    assert_int_equal(n, 1);
    assert_non_null(said.data);
    assert_contains(said.data, "declared outcome share, group wait has no row at the last tick");
    assert_null(strstr(said.data, "outcome wait"));
    wks_text_free(&said);
    free(line);
}

static void means_of_a_run_are_told_without_a_reference(void **state)
{
    wks_outcome outcome[] = {{wait, none, none, none, 0, 0.001}};
    const wks_scenario scenario = {.outcome = outcome, .n_outcomes = 1};
    size_t n = 0;
    (void)state;
    wks_precision_line *line = lines_of(&scenario, true, &n);
    assert_int_equal(n, 1);
    assert_string_equal(line[0].reference, "");
    assert_string_equal(line[0].scenario, "b");
    assert_close(line[0].mean, 105 + 9.5, 1e-12, 0);
    assert_false(line[0].is_reached);
    assert_int_equal(line[0].held_since, 0);
    free(line);
}

static void file_has_empty_cells_where_nothing_was_asked(void **state)
{
    wks_outcome outcome[] = {{wait, none, none, none, 2, 0.6}, {share, oud, none, area, 0, 0}};
    const wks_scenario scenario = {.outcome = outcome, .n_outcomes = 2};
    wks_err err = WKS_ERR_INIT;
    size_t n = 0;
    (void)state;
    wks_precision_line *line = lines_of(&scenario, false, &n);
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "precision.csv");
    assert_ok(wks_precision_file_write(path, line, n, &err), &err);
    char *text = wks_folder_get(path);
    assert_int_equal(strncmp(text, wks_precision_file_header, strlen(wks_precision_file_header)), 0);
    assert_contains(text, "\na,b,,wait,,,,,2,0.6,0.4801");
    assert_contains(text, ",paired t,20,1");
    assert_contains(text, ",yes,");
    assert_contains(text, "\na,b,,share,oud,,buurt,BU1,,,0.4801");
    assert_contains(text, ",paired t,20,,,\n");
    free(text);
    free(path);
    path = wks_folder_path(folder, "nowhere/precision.csv");
    assert_status(wks_precision_file_write(path, line, n, &err), WKS_ERR_IO, &err);
    free(path);
    free(line);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(differences_are_told_with_what_was_asked, make_values),
        cmocka_unit_test_setup(outcomes_without_rows_are_told, make_values),
        cmocka_unit_test_setup(means_of_a_run_are_told_without_a_reference, make_values),
        cmocka_unit_test_setup(file_has_empty_cells_where_nothing_was_asked, make_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
