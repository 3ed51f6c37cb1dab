/* study/drift: slopes of hand-made series against the textbook formula, the window, the verdicts, and the file. */
#include "study/drift.h"

#include "base/file.h"
#include "num/stat.h"
#include "output/codebook.h"
#include "support/check.h"
#include "support/folder.h"

enum { FLAT, TREND, NOISE, GAPS, FEW, NEVER, OTHER, N_SERIES, N = 20, N_TICKS = 37, WARMUP = 25, FROM = 12, N_ROWS = N_SERIES * N_TICKS };
static char names[N_SERIES][8] = {"flat", "trend", "noise", "gaps", "few", "never", "other"}, none[] = "", scenario_name[] = "a";
static wks_matrix_row rows[N_ROWS];
static int32_t number[N];
static double values[N_ROWS * N];
static wks_outcome declared_outcome[OTHER];
static wks_scenario scenario;
static wks_matrix matrix;

/* Between 0 and 1, always the same. */
static double luck(int a, int b)
{
    const uint32_t x = ((uint32_t)a * 2654435761U) ^ ((uint32_t)b * 40503U + 12345U);
    return (double)((x ^ (x >> 13)) * 1664525U >> 8) / 16777216.0;
}

/* Outside the window everything leaps: it must not count. */
static double value_of(int series, int tick, int k)
{
    if (tick < FROM || tick > WARMUP) return 1e6 * tick;
    switch (series) {
    case FLAT: return 0.1 + k;
    case TREND: return 100 + k + 0.5 * tick + luck(tick, k);
    case NOISE: return 7 + luck(tick, 100 + k);
    case GAPS: return tick % (k % 3 + 2) == 0 ? 3 * k - 0.25 * tick + luck(tick, k) : (double)NAN;
    case FEW: return k < 9 ? tick : (double)NAN;
    case OTHER: return tick;
    default: return tick == 20 ? 1 : (double)NAN; /* a single tick has no slope */
    }
}

static int make_matrix(void **state)
{
    (void)state;
    for (int tick = 0; tick < N_TICKS; tick++) {
        for (int series = 0; series < N_SERIES; series++) {
            const int row = tick * N_SERIES + series;
            rows[row] = (wks_matrix_row){tick, "2025-01", names[series], none, none, none, none};
            for (int k = 0; k < N; k++)
                values[row * N + k] = value_of(series, tick, k);
        }
    }
    for (int k = 0; k < N; k++)
        number[k] = k + 1;
    for (int i = 0; i < OTHER; i++)
        declared_outcome[i] = (wks_outcome){names[i], none, none, none, 0, 0};
    scenario = (wks_scenario){.outcome = declared_outcome, .n_outcomes = OTHER, .model = {.warmup = WARMUP}};
    matrix = (wks_matrix){.row = rows,
                          .n_rows = N_ROWS,
                          .replication = number,
                          .n_replications = N,
                          .value = values,
                          .scenario = scenario_name,
                          .theory = "T1"};
    return 0;
}

static wks_drift_line *lines_of(int32_t warmup, size_t n_expected)
{
    const wks_declared declared = wks_declared_of(&scenario);
    wks_drift_line *line = NULL;
    wks_err err = WKS_ERR_INIT;
    size_t n = 0;
    assert_ok(wks_drift_lines(&matrix, &declared, warmup, &line, &n, &err), &err);
    assert_int_equal(n, n_expected);
    return line;
}

/* Sum of (t - mean t)(y - mean y) over that of (t - mean t)^2, per 12 ticks. */
static double slow_slope(int series, int k)
{
    long double n = 0, t = 0, y = 0, above = 0, below = 0;
    for (int tick = FROM; tick <= WARMUP; tick++) {
        const double value = value_of(series, tick, k);
        if (isnan(value)) continue;
        n += 1;
        t += tick;
        y += (long double)value;
    }
    for (int tick = FROM; tick <= WARMUP; tick++) {
        const double value = value_of(series, tick, k);
        if (isnan(value)) continue;
        above += (tick - t / n) * ((long double)value - y / n);
        below += (tick - t / n) * (tick - t / n);
    }
    return (double)(12 * above / below);
}

static void slopes_are_those_of_the_textbook(void **state)
{
    static const int series[] = {FLAT, TREND, NOISE, GAPS};
    wks_drift_line *line = lines_of(WARMUP, OTHER);
    (void)state;
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        const wks_drift_line *of = &line[series[i]];
        double mean = 0, squares = 0;
        for (int k = 0; k < N; k++)
            mean += slow_slope(series[i], k) / N;
        for (int k = 0; k < N; k++)
            squares += (slow_slope(series[i], k) - mean) * (slow_slope(series[i], k) - mean);
        const double half = 2.0930240544082634 * sqrt(squares / (N - 1) / N);
        assert_string_equal(of->row->indicator, names[series[i]]);
        assert_true(of->from_tick == FROM && of->to_tick == WARMUP && of->n == N);
        assert_close(of->drift, mean, 1e-10, 1e-10);
        assert_close(of->ci_low, mean - half, 1e-9, 1e-10);
        assert_close(of->ci_high, mean + half, 1e-9, 1e-10);
    }
    free(line);
}

static void what_stands_still_has_a_drift_of_exactly_0(void **state)
{
    wks_drift_line *line = lines_of(WARMUP, OTHER);
    (void)state;
    assert_true(line[FLAT].drift == 0 && line[FLAT].ci_low == 0 && line[FLAT].ci_high == 0 && line[FLAT].p_adjusted == 1);
    assert_close(line[FLAT].mean_first, 0.1 + 9.5, 1e-12, 0);
    assert_close(line[FLAT].mean_second, 0.1 + 9.5, 1e-12, 0);
    assert_string_equal(line[FLAT].verdict, "no drift shown");
    assert_string_equal(line[NOISE].verdict, "no drift shown");
    free(line);
}

static void a_trend_drifts(void **state)
{
    wks_drift_line *line = lines_of(WARMUP, OTHER);
    double first = 0, second = 0;
    (void)state;
    for (int k = 0; k < N; k++) {
        for (int tick = 12; tick <= 18; tick++) /* the middle of 12 to 25 is no tick */
            first += value_of(TREND, tick, k) / 7 / N;
        for (int tick = 19; tick <= 25; tick++)
            second += value_of(TREND, tick, k) / 7 / N;
    }
    assert_close(line[TREND].mean_first, first, 1e-10, 0);
    assert_close(line[TREND].mean_second, second, 1e-10, 0);
    assert_close(line[TREND].drift, 6, 0.4, 0);
    assert_true(line[TREND].p_adjusted < 1e-6);
    assert_string_equal(line[TREND].verdict, "drifts");
    assert_string_equal(line[GAPS].verdict, "drifts");
    free(line);
}

static void too_few_and_undefined_have_no_verdict(void **state)
{
    wks_drift_line *line = lines_of(WARMUP, OTHER);
    (void)state;
    assert_int_equal(line[FEW].n, 9);
    assert_close(line[FEW].drift, 12, 1e-12, 0);
    assert_string_equal(line[FEW].verdict, "too few replications");
    assert_true(line[NEVER].n == 0 && isnan(line[NEVER].drift) && isnan(line[NEVER].mean_first) && isnan(line[NEVER].p_adjusted));
    assert_string_equal(line[NEVER].verdict, "not defined");
    free(line);
}

static void a_threshold_says_what_is_too_small_to_matter(void **state)
{
    (void)state;
    declared_outcome[TREND].threshold = 8;
    declared_outcome[NOISE].threshold = 1;
    wks_drift_line *line = lines_of(WARMUP, OTHER);
    assert_string_equal(line[TREND].verdict, "smaller than the threshold you set");
    assert_string_equal(line[NOISE].verdict, "smaller than the threshold you set");
    free(line);
    declared_outcome[TREND].threshold = 5;
    declared_outcome[NOISE].threshold = 1e-6;
    line = lines_of(WARMUP, OTHER);
    assert_string_equal(line[TREND].verdict, "drifts");
    assert_string_equal(line[NOISE].verdict, "no drift shown");
    free(line);
    declared_outcome[TREND].threshold = declared_outcome[NOISE].threshold = 0;
}

/* The same p value means less beside five others. */
static void holm_runs_over_the_declared_outcomes(void **state)
{
    double p[OTHER];
    wks_drift_line *line = lines_of(WARMUP, OTHER);
    (void)state;
    for (int i = 0; i < OTHER; i++)
        p[i] = line[i].p_value;
    wks_stat_holm(p, OTHER);
    for (int i = 0; i < OTHER; i++)
        assert_true(p[i] == line[i].p_adjusted || (isnan(p[i]) && isnan(line[i].p_adjusted)));
    assert_true(line[TREND].p_adjusted > line[TREND].p_value);
    wks_drift_line judged = {.n = N, .drift = 1, .ci_low = 0.1, .ci_high = 1.9, .p_adjusted = 0.06};
    assert_string_equal(wks_drift_verdict(&judged), "no drift shown"); /* excludes 0 alone, not among others */
    judged.p_adjusted = 0.05;
    assert_string_equal(wks_drift_verdict(&judged), "drifts");
    free(line);
}

static void without_a_run_in_there_is_nothing(void **state)
{
    const wks_declared declared = wks_declared_of(&scenario);
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "drift.csv");
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_null(lines_of(0, 0));
    scenario.model.warmup = 0;
    assert_ok(wks_drift_write(folder, &scenario, &matrix, &declared, &err), &err);
    scenario.model.warmup = WARMUP;
    scenario.model.kind = WKS_MODEL_QUEUE;
    assert_ok(wks_drift_write(folder, &scenario, &matrix, &declared, &err), &err);
    scenario.model.kind = WKS_MODEL_CITY;
    assert_false(wks_file_exists(path));
    free(path);
    wks_folder_remove(folder);
}

static void file_has_a_row_an_outcome(void **state)
{
    const wks_declared declared = wks_declared_of(&scenario);
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "drift.csv");
    wks_err err = WKS_ERR_INIT;
    (void)state;
    declared_outcome[FLAT].threshold = 2;
    assert_ok(wks_drift_write(folder, &scenario, &matrix, &declared, &err), &err);
    declared_outcome[FLAT].threshold = 0;
    char *text = wks_folder_get(path);
    assert_int_equal(strncmp(text, wks_drift_header, strlen(wks_drift_header)), 0);
    assert_contains(text, "\na,T1,flat,,,,,12,25,20,9.6,9.6,0,0,0,1,2,smaller than the threshold you set\n");
    assert_contains(text, "\na,T1,never,,,,,12,25,0,,,,,,,,not defined\n");
    assert_null(strstr(text, "other"));
    free(text);
    assert_status(wks_drift_write(path, &scenario, &matrix, &declared, &err), WKS_ERR_IO, &err); /* a file is no folder */
    free(path);
    wks_folder_remove(folder);
}

static void every_column_is_in_the_codebook(void **state)
{
    char columns[512], *rest = NULL;
    (void)state;
    (void)snprintf(columns, sizeof columns, "%s", wks_drift_header);
    for (const char *name = strtok_r(columns, ",\n", &rest); name != NULL; name = strtok_r(NULL, ",\n", &rest)) {
        bool is_there = false;
        for (int32_t i = 0; i < wks_codebook_n_columns && !is_there; i++) {
            const wks_codebook_column *c = &wks_codebook_columns[i];
            is_there = strcmp(c->name, name) == 0 && (strcmp(c->file, "*") == 0 || strcmp(c->file, "drift.csv") == 0);
        }
        if (!is_there) fail_msg("column %s is not in the codebook", name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slopes_are_those_of_the_textbook),
        cmocka_unit_test(what_stands_still_has_a_drift_of_exactly_0),
        cmocka_unit_test(a_trend_drifts),
        cmocka_unit_test(too_few_and_undefined_have_no_verdict),
        cmocka_unit_test(a_threshold_says_what_is_too_small_to_matter),
        cmocka_unit_test(holm_runs_over_the_declared_outcomes),
        cmocka_unit_test(without_a_run_in_there_is_nothing),
        cmocka_unit_test(file_has_a_row_an_outcome),
        cmocka_unit_test(every_column_is_in_the_codebook),
    };
    return cmocka_run_group_tests(tests, make_matrix, NULL);
}
