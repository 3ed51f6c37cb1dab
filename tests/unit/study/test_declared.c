/* study/declared: which rows are outcomes: of the list, of output.indicators, of the usual ones. */
#include "study/declared.h"

#include "support/check.h"

static char wait[] = "wait_p50_months", share[] = "share", group[] = "oud", none[] = "", area[] = "BU1", scale[] = "buurt";

static int32_t found(const wks_scenario *scenario, const char *indicator, const char *of_group, const char *of_scale, const char *of_area)
{
    const wks_declared declared = wks_declared_of(scenario);
    const wks_matrix_row row = {12, "2026-01", indicator, of_group, of_scale, "", of_area};
    return wks_declared_find(&declared, &row);
}

static void list_of_outcomes_names_rows_exactly(void **state)
{
    wks_outcome outcome[] = {{wait, none, none, none, 0.5, 0}, {share, group, none, area, 0.01, 0.02}, {share, group, scale, none, 0, 0}};
    char *indicator[] = {wait, share};
    const wks_scenario scenario = {.outcome = outcome, .n_outcomes = 3, .output = {.indicator = indicator, .n_indicators = 2}};
    const wks_declared declared = wks_declared_of(&scenario);
    (void)state;
    assert_int_equal(found(&scenario, "wait_p50_months", "", "", ""), 0);
    assert_int_equal(found(&scenario, "wait_p50_months", "oud", "", ""), -1);
    assert_int_equal(found(&scenario, "share", "oud", "", "BU1"), 1);
    assert_int_equal(found(&scenario, "share", "oud", "", "BU2"), -1);
    assert_int_equal(found(&scenario, "share", "oud", "buurt", ""), 2);
    assert_true(wks_declared_threshold(&declared, 1) == 0.01 && wks_declared_half_width(&declared, 1) == 0.02);
    assert_true(wks_declared_threshold(&declared, -1) == 0);
}

static void names_of_output_are_of_the_city_for_every_group(void **state)
{
    char *indicator[] = {share};
    const wks_scenario scenario = {.output = {.indicator = indicator, .n_indicators = 1}};
    const wks_declared declared = wks_declared_of(&scenario);
    (void)state;
    assert_int_equal(found(&scenario, "share", "oud", "", ""), 0);
    assert_int_equal(found(&scenario, "share", "", "", ""), 0);
    assert_int_equal(found(&scenario, "share", "oud", "", "BU1"), -1);
    assert_int_equal(found(&scenario, "leefbaarheid", "", "", ""), -1);
    assert_true(wks_declared_threshold(&declared, 0) == 0);
}

static void without_names_the_usual_outcomes_of_everybody(void **state)
{
    const wks_scenario scenario = {0};
    (void)state;
    assert_true(found(&scenario, "leefbaarheid", "", "", "") >= 0);
    assert_true(found(&scenario, "wait_p50_months", "", "", "") >= 0);
    assert_int_equal(found(&scenario, "wait_p50_months", "oud", "", ""), -1);
    assert_int_equal(found(&scenario, "leefbaarheid", "", "", "BU1"), -1);
    assert_int_equal(found(&scenario, "households", "", "", ""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_of_outcomes_names_rows_exactly),
        cmocka_unit_test(names_of_output_are_of_the_city_for_every_group),
        cmocka_unit_test(without_names_the_usual_outcomes_of_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
