#include "study/compare.h"

#include "support/check.h"
#include "support/folder.h"

enum { N_ROWS = 4 };
/* A start value, two outcomes at the last tick, and one buurt. */
static wks_matrix_row rows[N_ROWS] = {
    {0, "2025-01", "wait", "", "", "", ""},
    {12, "2026-01", "wait", "", "", "", ""},
    {12, "2026-01", "D", "oud", "buurt", "", ""},
    {12, "2026-01", "share", "oud", "", "buurt", "BU1"},
};

static wks_matrix matrix_of(char *name, double *value, int32_t *number, size_t n)
{
    return (wks_matrix){.row = rows, .n_rows = N_ROWS, .replication = number, .n_replications = n, .value = value, .scenario = name};
}

/* As a scenario with those in output.indicators; without any the usual ones. */
static wks_declared names(const char *const *declared, size_t n)
{
    const wks_scenario scenario = {.output = {.indicator = (char **)(uintptr_t)declared, .n_indicators = (int32_t)n}};
    return wks_declared_of(&scenario);
}

static char *contrasts_of(const wks_matrix *reference, const wks_matrix *const *scenario, size_t n, const char *const *declared,
                          size_t n_declared)
{
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "contrasts.csv");
    const wks_compare_set set = {reference, scenario, n};
    const wks_compare_options how = {names(declared, n_declared), NULL, 2};
    assert_ok(wks_compare_write(path, &set, 1, &how, &err), &err);
    char *text = wks_folder_get(path);
    free(path);
    wks_folder_remove(folder);
    return text;
}

/* Field `column` of the row that begins with `key`. */
static char *field(const char *text, const char *key, int column)
{
    const char *at = strstr(text, key);
    if (at == NULL) fail_msg("no row %s in %s", key, text);
    for (int i = 0; i < column; i++) {
        at += strcspn(at, ",\n");
        if (*at != ',') fail_msg("no field %d in %s", column, key);
        at++;
    }
    return strndup(at, strcspn(at, ",\n"));
}

static void assert_field(const char *text, const char *key, int column, const char *expected)
{
    char *got = field(text, key, column);
    assert_string_equal(got, expected);
    free(got);
}

static double number(const char *text, const char *key, int column)
{
    char *got = field(text, key, column);
    const double value = got[0] == '\0' ? NAN : strtod(got, NULL);
    free(got);
    return value;
}

enum { N_PAIRS = 9, MEAN_REFERENCE, MEAN_SCENARIO, DIFFERENCE, LOW, HIGH, METHOD, P, REDUCTION, THEORY, VERDICT };

static int32_t one_to_four[] = {1, 2, 3, 4};
static double base_values[] = {5, 5, 5, 5, 10, 12, 14, 16, 0.1, 0.2, 0.3, 0.4, NAN, NAN, NAN, NAN};

static void header_is_the_one_scripts_rely_on(void **state)
{
    (void)state;
    assert_string_equal(wks_compare_header,
                        "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,"
                        "mean_difference,ci_low,ci_high,method,p_adjusted,variance_reduction,theory,verdict\n");
}

static void scenario_compared_with_a_copy_is_exactly_equal(void **state)
{
    char a[] = "a", b[] = "b";
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4), copy = matrix_of(b, base_values, one_to_four, 4);
    const wks_matrix *other = &copy;
    char *text = contrasts_of(&reference, &other, 1, NULL, 0);
    (void)state;
    assert_field(text, "a,b,12,2026-01,wait,", DIFFERENCE, "0");
    assert_field(text, "a,b,12,2026-01,wait,", LOW, "0");
    assert_field(text, "a,b,12,2026-01,wait,", HIGH, "0");
    assert_field(text, "a,b,12,2026-01,wait,", VERDICT, "exactly equal");
    assert_field(text, "a,b,12,2026-01,D,oud,", VERDICT, "exactly equal");
    assert_field(text, "a,b,12,2026-01,share,oud,", N_PAIRS, "0");
    assert_field(text, "a,b,12,2026-01,share,oud,", DIFFERENCE, "");
    assert_field(text, "a,b,12,2026-01,share,oud,", VERDICT, "not defined");
    free(text);
}

/* Differences 1, 2, 3, 2: mean 2, sd sqrt(2/3), half width t(0.975; 3) * sd / 2 = 3.182446305 * 0.4082482905 = 1.299228 */
static void pairs_give_a_t_interval_of_the_difference(void **state)
{
    char a[] = "a", b[] = "b";
    double value[] = {5, 5, 5, 5, 11, 14, 17, 18, 0.1, 0.2, 0.3, 0.4, 1, 1, 1, 1};
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4), scenario = matrix_of(b, value, one_to_four, 4);
    const wks_matrix *other = &scenario;
    const char *key = "a,b,12,2026-01,wait,";
    char *text = contrasts_of(&reference, &other, 1, NULL, 0);
    (void)state;
    assert_field(text, key, N_PAIRS, "4");
    assert_field(text, key, MEAN_REFERENCE, "13");
    assert_field(text, key, MEAN_SCENARIO, "15");
    assert_field(text, key, DIFFERENCE, "2");
    assert_close(number(text, key, LOW), 2 - 1.299228267, 1e-7, 0);
    assert_close(number(text, key, HIGH), 2 + 1.299228267, 1e-7, 0);
    assert_field(text, key, METHOD, "paired t");
    assert_field(text, key, VERDICT, "too few pairs");
    /* var a 20/3, var b 10, var of the differences 2/3 */
    assert_close(number(text, key, REDUCTION), (20.0 / 3 + 10) / (2.0 / 3), 1e-9, 0);
    free(text);
}

static void verdict_needs_ten_pairs(void **state)
{
    char a[] = "a", b[] = "b";
    double value[] = {5, 5, 5, 5, 9, 10, 11, 14, 0.2, 0.1, 0.4, 0.3, 1, 1, 1, 1};
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4), scenario = matrix_of(b, value, one_to_four, 4);
    const wks_matrix *other = &scenario;
    char *text = contrasts_of(&reference, &other, 1, NULL, 0);
    (void)state;
    assert_field(text, "a,b,12,2026-01,wait,", VERDICT, "too few pairs");
    assert_field(text, "a,b,12,2026-01,D,oud,", VERDICT, "too few pairs");
    free(text);
}

/* Ten pairs and more: in words whether the interval excludes zero. */
static void verdict_with_enough_pairs_is_higher_lower_or_noise(void **state)
{
    enum { PAIRS = 12 };
    char a[] = "a", b[] = "b";
    int32_t number_of[PAIRS];
    double first[4 * PAIRS], second[4 * PAIRS], third[4 * PAIRS];
    (void)state;
    for (int32_t i = 0; i < PAIRS; i++) {
        number_of[i] = i + 1;
        for (int32_t row = 0; row < 4; row++) {
            first[row * PAIRS + i] = 10 + i;
            second[row * PAIRS + i] = row == 2 ? 10 + i + (i % 2 == 0 ? 1 : -1) : 9 + i + 0.1 * (i % 3);
            third[row * PAIRS + i] = 12 + i - 0.1 * (i % 3);
        }
    }
    const wks_matrix reference = matrix_of(a, first, number_of, PAIRS), lower = matrix_of(b, second, number_of, PAIRS);
    const wks_matrix higher = matrix_of(b, third, number_of, PAIRS);
    const wks_matrix *one = &lower, *other = &higher;
    char *text = contrasts_of(&reference, &one, 1, NULL, 0);
    assert_field(text, "a,b,12,2026-01,wait,", VERDICT, "lower");
    assert_field(text, "a,b,12,2026-01,D,oud,", VERDICT, "within the noise");
    free(text);
    text = contrasts_of(&reference, &other, 1, NULL, 0);
    assert_field(text, "a,b,12,2026-01,wait,", VERDICT, "higher");
    free(text);
}

static void only_equal_replication_numbers_are_paired(void **state)
{
    char a[] = "a", b[] = "b";
    int32_t others[] = {2, 4, 9};
    double value[] = {5, 5, 5, 13, 17, 99, 1, 1, 1, 1, 1, 1};
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4), scenario = matrix_of(b, value, others, 3);
    const wks_matrix *other = &scenario;
    char *text = contrasts_of(&reference, &other, 1, NULL, 0);
    (void)state;
    assert_field(text, "a,b,12,2026-01,wait,", N_PAIRS, "2");
    assert_field(text, "a,b,12,2026-01,wait,", MEAN_REFERENCE, "14");
    assert_field(text, "a,b,12,2026-01,wait,", DIFFERENCE, "1");
    free(text);
}

static void one_pair_has_no_interval(void **state)
{
    char a[] = "a", b[] = "b";
    double first[] = {5, 10, 0.1, 1}, second[] = {5, 12, 0.1, 1};
    const wks_matrix reference = matrix_of(a, first, one_to_four, 1), scenario = matrix_of(b, second, one_to_four, 1);
    const wks_matrix *other = &scenario;
    char *text = contrasts_of(&reference, &other, 1, NULL, 0);
    (void)state;
    assert_field(text, "a,b,12,2026-01,wait,", DIFFERENCE, "2");
    assert_field(text, "a,b,12,2026-01,wait,", LOW, "");
    assert_field(text, "a,b,12,2026-01,wait,", VERDICT, "too few pairs");
    free(text);
}

/* Holm over the declared outcomes at the last tick of the city, of all scenarios together: here 1 indicator x 2 scenarios. */
static void adjustment_runs_over_declared_outcomes_of_all_scenarios(void **state)
{
    static const char *const declared[] = {"wait"};
    char a[] = "a", b[] = "b", c[] = "c";
    double higher[] = {5, 5, 5, 5, 11, 14, 17, 18, 0.1, 0.2, 0.3, 0.5, 1, 1, 1, 1};
    double noise[] = {5, 5, 5, 5, 12, 11, 13, 17, 0.1, 0.2, 0.3, 0.5, 1, 1, 1, 1};
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4), second = matrix_of(b, higher, one_to_four, 4),
                     third = matrix_of(c, noise, one_to_four, 4);
    const wks_matrix *both[] = {&second, &third};
    const wks_matrix *one = &second;
    char *alone = contrasts_of(&reference, &one, 1, declared, 1);
    char *together = contrasts_of(&reference, both, 2, declared, 1);
    char *everything = contrasts_of(&reference, both, 2, NULL, 0);
    const double p = number(alone, "a,b,12,2026-01,wait,", P);
    (void)state;
    assert_true(p > 0 && p < 0.05);
    assert_close(number(together, "a,b,12,2026-01,wait,", P), 2 * p, 1e-9, 0);
    assert_true(isnan(number(everything, "a,b,12,2026-01,wait,", P))); /* without names: the usual outcomes, `wait` is none of them */
    assert_field(together, "a,b,0,2025-01,wait,", P, "");
    assert_field(together, "a,b,12,2026-01,D,oud,", P, "");
    assert_field(everything, "a,b,12,2026-01,share,oud,", P, "");
    free(alone);
    free(together);
    free(everything);
}

/* A theory says the same alone and beside another one: rows follow one another, p values are adjusted within a set. */
static void sets_are_written_one_after_the_other_each_as_if_alone(void **state)
{
    static const char *const declared[] = {"wait"};
    char a[] = "a", b[] = "b";
    double higher[] = {5, 5, 5, 5, 11, 14, 17, 18, 0.1, 0.2, 0.3, 0.5, 1, 1, 1, 1};
    double noise[] = {5, 5, 5, 5, 12, 11, 13, 17, 0.1, 0.2, 0.3, 0.5, 1, 1, 1, 1};
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4), first = matrix_of(b, higher, one_to_four, 4),
                     second = matrix_of(b, noise, one_to_four, 4);
    const wks_matrix *one = &first, *other = &second;
    const wks_compare_set set[] = {{&reference, &one, 1}, {&reference, &other, 1}};
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "contrasts.csv");
    (void)state;
    const wks_compare_options how = {names(declared, 1), NULL, 1};
    assert_ok(wks_compare_write(path, set, 2, &how, &err), &err);
    char *both = wks_folder_get(path);
    char *text = contrasts_of(&reference, &one, 1, declared, 1), *rest = contrasts_of(&reference, &other, 1, declared, 1);
    const size_t n = strlen(text), header = strlen(wks_compare_header);
    assert_memory_equal(both, text, n);
    assert_string_equal(both + n, rest + header);
    free(both);
    free(text);
    free(rest);
    free(path);
    wks_folder_remove(folder);
}

static void row_that_the_scenario_lacks_is_left_out(void **state)
{
    char a[] = "a", b[] = "b";
    double value[] = {5, 5, 5, 5, 10, 12, 14, 16};
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4);
    wks_matrix scenario = matrix_of(b, value, one_to_four, 4);
    const wks_matrix *other = &scenario;
    scenario.n_rows = 2;
    char *text = contrasts_of(&reference, &other, 1, NULL, 0);
    (void)state;
    assert_non_null(strstr(text, "a,b,12,2026-01,wait,"));
    assert_null(strstr(text, ",D,oud,"));
    free(text);
}

/* A scenario under another name: every row, at every tick, whatever interval its kind has. */
static void copy_of_many_pairs_is_exactly_equal_everywhere(void **state)
{
    enum { PAIRS = 30 };
    static const wks_indicator_spec kinds[] = {{.name = "wait", .unit = "months"}, {.name = "share", .unit = "share"}};
    static const wks_catalogue catalogue = {.indicator = kinds, .n_indicators = 2};
    char a[] = "a", b[] = "b";
    int32_t number_of[PAIRS];
    double value[N_ROWS * PAIRS];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (int32_t i = 0; i < PAIRS; i++) {
        number_of[i] = i + 1;
        for (int32_t row = 0; row < N_ROWS; row++)
            value[row * PAIRS + i] = 0.1 * (double)(i * i) / (row + 1.0);
    }
    const wks_matrix reference = matrix_of(a, value, number_of, PAIRS), copy = matrix_of(b, value, number_of, PAIRS);
    const wks_matrix *other = &copy;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "contrasts.csv");
    const wks_compare_set set = {&reference, &other, 1};
    const wks_compare_options how = {names(NULL, 0), &catalogue, 1};
    assert_ok(wks_compare_write(path, &set, 1, &how, &err), &err);
    char *text = wks_folder_get(path);
    static const char *const keys[] = {"a,b,0,2025-01,wait,", "a,b,12,2026-01,wait,", "a,b,12,2026-01,D,oud,", "a,b,12,2026-01,share,oud,"};
    for (size_t i = 0; i < N_ROWS; i++) {
        assert_field(text, keys[i], DIFFERENCE, "0");
        assert_field(text, keys[i], LOW, "0");
        assert_field(text, keys[i], HIGH, "0");
        assert_field(text, keys[i], VERDICT, "exactly equal");
    }
    free(text);
    free(path);
    wks_folder_remove(folder);
}

/* A thousand rows: the same bytes with one thread and with four; and every line is there, the same, when the rows stand the other way round. */
static void order_of_rows_and_threads_change_no_line(void **state)
{
    enum { PAIRS = 15, MANY = 1000 };
    static const wks_indicator_spec kinds[] = {{.name = "share", .unit = "share"}};
    static const wks_catalogue catalogue = {.indicator = kinds, .n_indicators = 1};
    static wks_matrix_row forth[MANY], back[MANY];
    static char area[MANY][8];
    static double value[2][MANY * PAIRS], turned[2][MANY * PAIRS];
    int32_t number_of[PAIRS];
    char a[] = "a", b[] = "b", *text[3];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (int32_t i = 0; i < PAIRS; i++)
        number_of[i] = i + 1;
    for (int32_t r = 0; r < MANY; r++) {
        snprintf(area[r], sizeof area[r], "BU%04d", r);
        forth[r] = (wks_matrix_row){12, "2026-01", "share", "oud", "", "buurt", area[r]};
        back[MANY - 1 - r] = forth[r];
        for (int32_t i = 0; i < PAIRS; i++) {
            value[0][r * PAIRS + i] = (double)((r * 31 + i * 17) % 23) / 23;
            value[1][r * PAIRS + i] = (double)((r * 13 + i * i * 7) % 29) / 29;
            for (int k = 0; k < 2; k++)
                turned[k][(MANY - 1 - r) * PAIRS + i] = value[k][r * PAIRS + i];
        }
    }
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "contrasts.csv");
    for (int k = 0; k < 3; k++) {
        wks_matrix reference = {
            .row = k == 2 ? back : forth, .n_rows = MANY, .replication = number_of, .n_replications = PAIRS, .scenario = a};
        wks_matrix scenario = reference;
        scenario.scenario = b;
        reference.value = k == 2 ? turned[0] : value[0];
        scenario.value = k == 2 ? turned[1] : value[1];
        const wks_matrix *other = &scenario;
        const wks_compare_set set = {&reference, &other, 1};
        const wks_compare_options how = {names(NULL, 0), &catalogue, k == 1 ? 4 : 1};
        assert_ok(wks_compare_write(path, &set, 1, &how, &err), &err);
        text[k] = wks_folder_get(path);
    }
    assert_string_equal(text[0], text[1]);
    assert_string_not_equal(text[0], text[2]);
    assert_non_null(strstr(text[0], ",bootstrap (BCa),"));
    char *at = text[0];
    int n = 0;
    for (char *line = strsep(&at, "\n"); line != NULL && line[0] != '\0'; line = strsep(&at, "\n"), n++)
        assert_non_null(strstr(text[2], line));
    assert_int_equal(n, MANY + 1);
    for (int k = 0; k < 3; k++)
        free(text[k]);
    free(path);
    wks_folder_remove(folder);
}

static void threshold_of_a_declared_outcome_is_in_its_verdict_only(void **state)
{
    enum { PAIRS = 12 };
    char a[] = "a", b[] = "b", wait[] = "wait", none[] = "";
    wks_outcome outcome[] = {{wait, none, none, none, 3, 0}};
    const wks_scenario declaring = {.outcome = outcome, .n_outcomes = 1};
    int32_t number_of[PAIRS];
    double first[N_ROWS * PAIRS], second[N_ROWS * PAIRS];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (int32_t i = 0; i < PAIRS; i++) {
        number_of[i] = i + 1;
        for (int32_t row = 0; row < N_ROWS; row++) {
            first[row * PAIRS + i] = i;
            second[row * PAIRS + i] = i + 1 + 0.1 * (i % 3);
        }
    }
    const wks_matrix reference = matrix_of(a, first, number_of, PAIRS), scenario = matrix_of(b, second, number_of, PAIRS);
    const wks_matrix *other = &scenario;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "contrasts.csv");
    const wks_compare_set set = {&reference, &other, 1};
    const wks_compare_options how = {wks_declared_of(&declaring), NULL, 1};
    assert_ok(wks_compare_write(path, &set, 1, &how, &err), &err);
    char *text = wks_folder_get(path);
    assert_field(text, "a,b,12,2026-01,wait,", VERDICT, "higher but smaller than the threshold you set");
    assert_field(text, "a,b,12,2026-01,D,oud,", VERDICT, "higher");
    assert_true(number(text, "a,b,12,2026-01,wait,", P) < 1e-6);
    assert_field(text, "a,b,12,2026-01,D,oud,", P, "");
    free(text);
    free(path);
    wks_folder_remove(folder);
}

static void write_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char a[] = "a";
    const wks_matrix reference = matrix_of(a, base_values, one_to_four, 4);
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "nowhere/contrasts.csv");
    (void)state;
    const wks_compare_set set = {&reference, NULL, 0};
    const wks_compare_options how = {names(NULL, 0), NULL, 1};
    assert_status(wks_compare_write(path, &set, 1, &how, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "contrasts.csv");
    free(path);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_is_the_one_scripts_rely_on),
        cmocka_unit_test(scenario_compared_with_a_copy_is_exactly_equal),
        cmocka_unit_test(pairs_give_a_t_interval_of_the_difference),
        cmocka_unit_test(verdict_needs_ten_pairs),
        cmocka_unit_test(verdict_with_enough_pairs_is_higher_lower_or_noise),
        cmocka_unit_test(only_equal_replication_numbers_are_paired),
        cmocka_unit_test(one_pair_has_no_interval),
        cmocka_unit_test(adjustment_runs_over_declared_outcomes_of_all_scenarios),
        cmocka_unit_test(sets_are_written_one_after_the_other_each_as_if_alone),
        cmocka_unit_test(row_that_the_scenario_lacks_is_left_out),
        cmocka_unit_test(copy_of_many_pairs_is_exactly_equal_everywhere),
        cmocka_unit_test(order_of_rows_and_threads_change_no_line),
        cmocka_unit_test(threshold_of_a_declared_outcome_is_in_its_verdict_only),
        cmocka_unit_test(write_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
