/* Do the intervals hold the true difference as often as they say? A thousand studies of made-up correlated values, through the code that writes contrasts.csv, and
 * a thousand stopped by precision. The bounds leave room for the chance of a thousand studies only: 4 standard errors, 2.8 points. */
#include "base/csv.h"
#include "num/draw.h"
#include "num/math.h"
#include "study/compare.h"
#include "study/precision.h"
#include "support/check.h"
#include "support/folder.h"

enum { STUDIES = 1000, PAIRS = 30, KINDS = 2, N_ROWS = STUDIES * KINDS };
static const double FOUR_ERRORS = 0.0276; /* of a share of 0.95 of a thousand */

static wks_matrix_row rows[N_ROWS];
static char area[STUDIES][8];
static double first[N_ROWS * PAIRS], second[N_ROWS * PAIRS];
static int32_t number[PAIRS];

/* A study is a row. What both have in common has variance 1, what is their own 0.1 each; the difference is 1. Of a share what is their own is skewed. */
static void make(void)
{
    const wks_rng_seed seed = wks_rng_seed_make(11, 1);
    for (int32_t i = 0; i < PAIRS; i++)
        number[i] = i + 1;
    for (int32_t r = 0; r < N_ROWS; r++) {
        const bool is_share = r >= STUDIES;
        wks_rng rng = wks_rng_open(&seed, (uint64_t)r, 0, WKS_RNG_TEST);
        snprintf(area[r % STUDIES], sizeof area[0], "BU%04d", r % STUDIES);
        rows[r] = (wks_matrix_row){12, "2026-01", is_share ? "share" : "score", "", "", "buurt", area[r % STUDIES]};
        for (int32_t i = 0; i < PAIRS; i++) {
            const double common = wks_draw_normal(&rng), one = wks_draw_normal(&rng), other = wks_draw_normal(&rng);
            const double u = wks_rng_u01(&rng);
            const double skewed = sqrt(0.1) * (-wks_math_log(u) - 1);
            first[r * PAIRS + i] = common + sqrt(0.1) * one;
            second[r * PAIRS + i] = 1 + common + (is_share ? skewed : sqrt(0.1) * other);
        }
    }
}

static void intervals_of_contrasts_cover(void **state)
{
    static const wks_indicator_spec kinds[] = {{.name = "share", .unit = "share"}, {.name = "score", .unit = "LBM"}};
    static const wks_catalogue catalogue = {.indicator = kinds, .n_indicators = 2};
    static const wks_scenario nothing;
    char a[] = "a", b[] = "b";
    int covered[KINDS] = {0, 0};
    double reduction = 0;
    wks_err err = WKS_ERR_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_csv csv;
    (void)state;
    make();
    const wks_matrix reference = {
        .row = rows, .n_rows = N_ROWS, .replication = number, .n_replications = PAIRS, .value = first, .scenario = a};
    const wks_matrix scenario = {
        .row = rows, .n_rows = N_ROWS, .replication = number, .n_replications = PAIRS, .value = second, .scenario = b};
    const wks_matrix *other = &scenario;
    const wks_compare_set set = {&reference, &other, 1};
    const wks_compare_options how = {wks_declared_of(&nothing), &catalogue, 2};
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "contrasts.csv");
    assert_ok(wks_compare_write(path, &set, 1, &how, &err), &err);
    assert_ok(wks_csv_read(path, ',', false, &csv, &problems, &err), &err);
    assert_int_equal(csv.n_rows, N_ROWS);
    const int low = wks_csv_column(&csv, "ci_low"), high = wks_csv_column(&csv, "ci_high"), method = wks_csv_column(&csv, "method");
    for (size_t i = 0; i < csv.n_rows; i++) {
        const bool is_share = i >= STUDIES;
        assert_string_equal(wks_csv_cell(&csv, i, method), is_share ? "bootstrap (BCa)" : "paired t");
        covered[is_share] += strtod(wks_csv_cell(&csv, i, low), NULL) <= 1 && 1 <= strtod(wks_csv_cell(&csv, i, high), NULL);
        if (!is_share) reduction += strtod(wks_csv_cell(&csv, i, wks_csv_column(&csv, "variance_reduction")), NULL) / STUDIES;
    }
    print_message("of %d studies the t interval covers %.1f %%, the bootstrap of skewed values %.1f %%\n", STUDIES, covered[0] / 10.0,
                  covered[1] / 10.0);
    assert_close(covered[0] / (double)STUDIES, 0.95, 0, FOUR_ERRORS);
    assert_close(covered[1] / (double)STUDIES, 0.95, 0, FOUR_ERRORS);
    /* (1.1 + 1.1) / 0.2 = 11 in the long run; of thirty a little more on average, as of any ratio */
    assert_close(reduction, 11, 0.12, 0);
    wks_csv_free(&csv);
    wks_problems_free(&problems);
    free(path);
    wks_folder_remove(folder);
}

/* Normal differences of sd 1 about 0, one by one until half the interval is at most 0.5 (about 18 are needed): share of the intervals kept that hold 0. */
static double covered_when_stopped(int32_t look_ahead, double *out_mean_n)
{
    const wks_rng_seed seed = wks_rng_seed_make(12, 1);
    int covered = 0;
    *out_mean_n = 0;
    for (int k = 0; k < STUDIES; k++) {
        wks_precision_goal goal = {.asked = 0.5};
        wks_precision_state at = {0};
        wks_err err = WKS_ERR_INIT;
        for (uint32_t i = 0; i < 200 && !at.is_reached; i++) {
            wks_rng rng = wks_rng_open(&seed, (uint64_t)k, i, WKS_RNG_TEST);
            assert_ok(wks_precision_add(&goal, wks_draw_normal(&rng), &err), &err);
            assert_ok(wks_precision_judge(&goal, 1, look_ahead, &at, &err), &err);
        }
        assert_true(at.is_reached);
        const wks_stat_summary s = wks_stat_summarise(goal.value, goal.n);
        covered += s.ci_low <= 0 && 0 <= s.ci_high;
        *out_mean_n += (double)goal.n / STUDIES;
        wks_precision_free(&goal);
    }
    return covered / (double)STUDIES;
}

/* Stopping where the interval is narrow by luck costs coverage; the look-ahead gives most of it back. */
static void look_ahead_keeps_coverage_when_stopped(void **state)
{
    double n_without, n_with;
    (void)state;
    const double without = covered_when_stopped(0, &n_without), with = covered_when_stopped(5, &n_with);
    print_message("stopped by precision: %.1f %% with %.1f on average; with look-ahead %.1f %% with %.1f\n", 100 * without, n_without,
                  100 * with, n_with);
    assert_true(with > without);
    assert_close(with, 0.95, 0, FOUR_ERRORS);
    assert_true(n_with > n_without && n_with < n_without + 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_contrasts_cover),
        cmocka_unit_test(look_ahead_keeps_coverage_when_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
