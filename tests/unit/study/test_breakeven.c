#include "study/breakeven.h"

#include "support/check.h"
#include "support/folder.h"

enum { PAIRS = 12 };

/* Twelve replications with these differences under T0, T1 and T2, each plus a wobble of mean 0 and +-wobble, and T1 at `middle` of 0 to 1. */
typedef struct made {
    double difference[3][PAIRS], strength[PAIRS];
    wks_breakeven_pairs pairs;
} made;

static void make(made *out, double t0, double t1, double t2, double middle, double wobble)
{
    const double mean[] = {t0, t1, t2};
    *out = (made){.pairs = {.n = PAIRS, .strength_t2 = 1}};
    for (int k = 0; k < PAIRS; k++) {
        for (int t = 0; t < 3; t++)
            out->difference[t][k] = mean[t] + (k % 2 == 0 ? wobble : -wobble);
        out->strength[k] = middle;
    }
    for (int t = 0; t < 3; t++)
        out->pairs.difference[t] = out->difference[t];
    out->pairs.strength = out->strength;
}

/* From -1 at 0 over -0.5 at 0.4 to +1 at 1: the second stretch rises 1.5 over 0.6 and is 0 at 0.4 + 0.2. */
static void straight_lines_through_the_theories_are_zero_where_the_hand_says(void **state)
{
    made m;
    (void)state;
    make(&m, -1, -0.5, 1, 0.4, 0);
    const wks_breakeven_result r = wks_breakeven_find(&m.pairs);
    assert_close(r.value, 0.6, 1e-8, 0);
    assert_close(r.ci_low, 0.6, 1e-6, 0);
    assert_close(r.ci_high, 0.6, 1e-6, 0);
    assert_int_equal(r.verdict, WKS_BREAKEVEN_ONE);
    assert_string_equal(wks_breakeven_words(r.verdict), "flips");
}

/* The wobble is the same at every strength: sd 0.1 sqrt(12/11), half width t(0.975; 11) sd / sqrt(12) = 2.200985160 * 0.1 / sqrt(11) = 0.0663622.
 * The line from -1 to 1 leaves that band at 0.5 -+ 0.0331811. */
static void interval_holds_the_strengths_at_which_no_order_is_shown(void **state)
{
    made m;
    (void)state;
    make(&m, -1, 0, 1, 0.5, 0.1);
    const wks_breakeven_result r = wks_breakeven_find(&m.pairs);
    assert_close(r.value, 0.5, 1e-8, 0);
    assert_close(r.ci_low, 0.5 - 0.0331811, 1e-5, 0);
    assert_close(r.ci_high, 0.5 + 0.0331811, 1e-5, 0);
    assert_int_equal(r.verdict, WKS_BREAKEVEN_ONE);
}

static void same_order_everywhere_does_not_flip(void **state)
{
    made m;
    (void)state;
    make(&m, 0.5, 0.4, 1, 0.3, 0.1);
    const wks_breakeven_result r = wks_breakeven_find(&m.pairs);
    assert_true(isnan(r.value) && isnan(r.ci_low) && isnan(r.ci_high));
    assert_int_equal(r.verdict, WKS_BREAKEVEN_NONE);
    assert_string_equal(wks_breakeven_words(r.verdict), "does not flip between T0 and T2");
}

/* No difference under T0 and one under T2: nothing turns, and below some strength nothing is shown. 0.0663622 of the way. */
static void order_that_is_not_shown_under_t0_is_within_the_noise(void **state)
{
    made m;
    (void)state;
    make(&m, 0, 0.5, 1, 0.5, 0.1);
    const wks_breakeven_result r = wks_breakeven_find(&m.pairs);
    assert_true(isnan(r.value));
    assert_close(r.ci_low, 0, 0, 1e-12);
    assert_close(r.ci_high, 0.0663622, 1e-5, 0);
    assert_int_equal(r.verdict, WKS_BREAKEVEN_NOISE);
}

static void order_that_turns_and_turns_back_is_told(void **state)
{
    made m;
    (void)state;
    make(&m, 1, -1, 1, 0.5, 0.1);
    const wks_breakeven_result r = wks_breakeven_find(&m.pairs);
    assert_close(r.value, 0.25, 1e-8, 0); /* the lowest */
    assert_int_equal(r.verdict, WKS_BREAKEVEN_MORE);
}

/* Members stand at strengths of their own: half of them bend at 0.2, half at 0.8. At x between: (a + (b - a) x / 0.8 + b + (c - b)(x - 0.2) / 0.8) / 2
 * with a = -1, b = 0, c = 1 is (-1 + x / 0.8 + (x - 0.2) / 0.8) / 2, zero at x = 0.5. */
static void members_have_strengths_of_their_own(void **state)
{
    made m;
    (void)state;
    make(&m, -1, 0, 1, 0.2, 0);
    for (int k = 0; k < PAIRS / 2; k++)
        m.strength[k] = 0.8;
    assert_close(wks_breakeven_find(&m.pairs).value, 0.5, 1e-8, 0);
    for (int k = 0; k < PAIRS; k++)
        m.strength[k] = k % 2 == 0 ? 0 : 1.5; /* outside: straight from T0 to T2 */
    make(&m, -1, 77, 1, 0, 0);
    assert_close(wks_breakeven_find(&m.pairs).value, 0.5, 1e-8, 0);
}

static void equal_few_and_undefined_pairs_are_no_order(void **state)
{
    made m;
    (void)state;
    make(&m, 0, 0, 0, 0.5, 0);
    assert_int_equal(wks_breakeven_find(&m.pairs).verdict, WKS_BREAKEVEN_EQUAL);
    make(&m, -1, 0.5, 1, 0.5, 0.1);
    m.pairs.n = 9;
    const wks_breakeven_result r = wks_breakeven_find(&m.pairs);
    assert_int_equal(r.verdict, WKS_BREAKEVEN_FEW);
    assert_true(r.value > 0 && r.value < 0.5 && isnan(r.ci_low) && isnan(r.ci_high));
    m.pairs.n = 1;
    assert_int_equal(wks_breakeven_find(&m.pairs).verdict, WKS_BREAKEVEN_UNDEFINED);
    m.pairs.n = 0;
    assert_int_equal(wks_breakeven_find(&m.pairs).verdict, WKS_BREAKEVEN_UNDEFINED);
    m.pairs.n = PAIRS;
    m.difference[1][3] = NAN;
    assert_int_equal(wks_breakeven_find(&m.pairs).verdict, WKS_BREAKEVEN_UNDEFINED);
}

/* ---- the table ---- */

enum { N_ROWS = 4 };
static wks_matrix_row rows[N_ROWS] = {
    {0, "2025-01", "leefbaarheid", "", "", "", ""},
    {12, "2026-01", "leefbaarheid", "", "", "", ""},
    {12, "2026-01", "leefbaarheid", "", "", "buurt", "BU1"},
    {12, "2026-01", "wait_p50_months", "", "", "", ""},
};

static int32_t one_and_two[] = {1, 2};

static wks_matrix matrix_of(char *name, double *value)
{
    return (wks_matrix){.row = rows, .n_rows = N_ROWS, .replication = one_and_two, .n_replications = 2, .value = value, .scenario = name};
}

static void table_has_a_row_for_every_pair_and_ranking_outcome(void **state)
{
    char a[] = "a", b[] = "b";
    double base[] = {0, 0, 1, 1, 9, 9, 9, 9}, below[] = {0, 0, 0, 0, 9, 9, 9, 9}, above[] = {0, 0, 3, 3, 9, 9, 9, 9};
    const double strength[] = {0.25, 0.25};
    const wks_matrix reference = matrix_of(a, base), low = matrix_of(b, below), high = matrix_of(b, above);
    const wks_matrix *t0[] = {&reference, &low}, *t1[] = {&reference, &reference}, *t2[] = {&reference, &high};
    const wks_breakeven_runs runs[] = {{t0, 2}, {t1, 2}, {t2, 2}};
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "breakeven.csv");
    wks_text expected = WKS_TEXT_INIT;
    (void)state;
    wks_text_add(&expected, wks_breakeven_header);
    wks_text_add(&expected, "a,b,12,2026-01,leefbaarheid,,,,,2,-1,,,0,,,2,,,0.25,0.5,0.25,,,too few pairs\n");
    assert_ok(wks_breakeven_write(path, runs, strength, 0.5, &err), &err);
    char *text = wks_folder_get(path);
    /* names come from the runs under T0; the mean is 0 at T1 exactly, where -1 turns to +2 */
    char *value = strstr(text, "0.25,0.5,");
    assert_non_null(value);
    assert_close(strtod(value + 9, NULL), 0.25, 0, 0.002);
    assert_true(strncmp(text, expected.data, strlen(wks_breakeven_header) + 60) == 0);
    assert_null(strstr(text, "wait_p50"));
    assert_null(strstr(text, "BU1"));
    free(text);
    wks_text_free(&expected);
    assert_status(wks_breakeven_write("nowhere/x/breakeven.csv", runs, strength, 0.5, &err), WKS_ERR_IO, &err);
    free(path);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight_lines_through_the_theories_are_zero_where_the_hand_says),
        cmocka_unit_test(interval_holds_the_strengths_at_which_no_order_is_shown),
        cmocka_unit_test(same_order_everywhere_does_not_flip),
        cmocka_unit_test(order_that_is_not_shown_under_t0_is_within_the_noise),
        cmocka_unit_test(order_that_turns_and_turns_back_is_told),
        cmocka_unit_test(members_have_strengths_of_their_own),
        cmocka_unit_test(equal_few_and_undefined_pairs_are_no_order),
        cmocka_unit_test(table_has_a_row_for_every_pair_and_ranking_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
