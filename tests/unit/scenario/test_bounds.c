#include "support/check.h"
#include "support/fixture_world.h"

#include "scenario/bounds.h"
#include "scenario/expr.h"
#include "world/attribute.h"

/* The attribute that leaves nobody when both hold; "" when somebody may be left, "false" when one says so itself. */
static const char *clash(const char *a, const char *b)
{
    wks_bounds bounds;
    wks_err err = WKS_ERR_INIT;
    int32_t attribute = -1;

    wks_bounds_init(&bounds);
    assert_ok(wks_bounds_narrow(&bounds, a, &err), &err);
    assert_ok(wks_bounds_narrow(&bounds, b, &err), &err);
    if (!wks_bounds_is_empty(&bounds, &attribute)) return "";
    return attribute < 0 ? "false" : wks_attribute_table[attribute].name;
}

static void predicates_that_cannot_both_hold_are_found(void **state)
{
    (void)state;
    assert_string_equal(clash("age_years >= 65", "age_years < 28"), "age_years");
    assert_string_equal(clash("age_years >= 65", "age_years < 65"), "age_years");
    assert_string_equal(clash("65 <= age_years", "64 > age_years"), "age_years");
    assert_string_equal(clash("n_children = 0", "n_children >= 1 and is_registered"), "n_children");
    assert_string_equal(clash("n_persons in (1, 2)", "n_persons > 2"), "n_persons");
    assert_string_equal(clash("income_eur < -5", "income_eur > 0"), "income_eur");
    assert_string_equal(clash("referral = none", "referral != none"), "referral");
    assert_string_equal(clash("place in (coa, shelter)", "place = housed"), "place");
    assert_string_equal(clash("urgency not in (none)", "none = urgency"), "urgency");
    assert_string_equal(clash("is_student", "not is_student"), "is_student");
    assert_string_equal(clash("is_student = false", "is_student and age_years < 30"), "is_student");
    assert_string_equal(clash("false", "is_student"), "false");
}

static void predicates_that_may_both_hold_pass(void **state)
{
    (void)state;
    assert_string_equal(clash("age_years >= 65", "age_years <= 65"), "");
    assert_string_equal(clash("age_years >= 65", "age_years < 28 or is_student"), ""); /* behind `or` is not looked at */
    assert_string_equal(clash("not (age_years < 28)", "age_years < 28"), "");          /* nor behind not ( ... ) */
    assert_string_equal(clash("age_years + 1 < 20", "age_years > 60"), "");            /* nor arithmetic */
    assert_string_equal(clash("n_persons in (1, 5)", "n_persons = 3"), "");            /* a list of numbers is a range here */
    assert_string_equal(clash("referral != none", "referral != statushouder"), "");
    assert_string_equal(clash("true", "is_student"), "");
    assert_string_equal(clash("age_years >", "age_years < 28"), ""); /* no predicate: says nothing */
}

static void ranges_and_choices_narrow_as_predicates_do(void **state)
{
    wks_bounds bounds;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    wks_bounds_init(&bounds);
    wks_bounds_range(&bounds, "age_years", 18, 28);
    assert_false(wks_bounds_is_empty(&bounds, NULL));
    assert_ok(wks_bounds_narrow(&bounds, "age_years >= 28", &err), &err);
    assert_true(wks_bounds_is_empty(&bounds, NULL));
    wks_bounds_init(&bounds);
    wks_bounds_only(&bounds, "is_student", 1);
    wks_bounds_only(&bounds, "no_attribute", 1);
    wks_bounds_range(&bounds, "no_attribute", 1, 0);
    assert_false(wks_bounds_is_empty(&bounds, NULL));
    wks_bounds_only(&bounds, "is_student", 0);
    assert_true(wks_bounds_is_empty(&bounds, NULL));
}

static const char city[] = "buurten 1\n"
                           "unit u1 buurt=0 tenure=social rent=600 rooms=3\n"
                           "household rich unit=u1 income=80000 members=50m,48f,17f\n"
                           "household newcomer place=coa income=15000 members=30m referral=statushouder\n"
                           "household guest place=shelter income=25000 members=22m student=1\n";

/* Never a false alarm: of predicates that somebody meets together none is called impossible. */
static void predicates_met_by_somebody_are_never_empty(void **state)
{
    static const char *const where[] = {"age_years > 20",      "age_years <= 30",        "income_eur < 30000", "n_children >= 1",
                                        "referral = none",     "place != housed",        "is_student",         "not is_student",
                                        "n_persons in (1, 3)", "place in (coa, housed)", "n_minors = 1",       "rooms >= 3",
                                        "tenure = social",     "15000 >= income_eur",    "income_eur > 50000"};
    enum { N = sizeof where / sizeof where[0] };
    wks_world world;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    int32_t n_met = 0, n_empty = 0;

    (void)state;
    wks_fixture_world_make(&world, city);
    for (int32_t a = 0; a < N; a++) {
        for (int32_t b = 0; b < N; b++) {
            wks_expr *x = wks_expr_compile(where[a], false, false, "t", 1, 1, &problems, &err);
            wks_expr *y = wks_expr_compile(where[b], false, false, "t", 1, 1, &problems, &err);
            bool is_met = false;
            for (int32_t row = 0; row < 3; row++)
                is_met = is_met || (wks_expr_holds(x, &world, row) && wks_expr_holds(y, &world, row));
            const bool is_empty = clash(where[a], where[b])[0] != '\0';
            assert_false(is_met && is_empty);
            n_met += is_met;
            n_empty += is_empty;
            wks_expr_free(x);
            wks_expr_free(y);
        }
    }
    assert_true(n_met > 60 && n_empty > 2);
    wks_problems_free(&problems);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(predicates_that_cannot_both_hold_are_found),
        cmocka_unit_test(predicates_that_may_both_hold_pass),
        cmocka_unit_test(ranges_and_choices_narrow_as_predicates_do),
        cmocka_unit_test(predicates_met_by_somebody_are_never_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
