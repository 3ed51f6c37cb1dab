#include "support/chaos.h"
#include "support/check.h"
#include "support/fixture_world.h"
#include "support/folder.h"

#include "scenario/expr.h"
#include "world/attribute.h"

static const char city[] = "buurten 2\n"
                           "unit u1 buurt=0 tenure=social rent=600 rooms=3\n"
                           "unit u2 buurt=1 tenure=owner rooms=5\n"
                           "household rich unit=u2 income=80000 members=50m,48f,17f\n"
                           "household poor unit=u1 income=20000 members=70f registered=2015-01\n"
                           "household newcomer place=coa income=15000 members=30m referral=statushouder registered=2024-01\n"
                           "household guest place=hosted host=poor income=25000 members=22m student=1\n";

static bool holds(const wks_world *world, const char *name, const char *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_expr *expr = wks_expr_compile(text, false, true, "t", 1, 1, &problems, &err);
    bool result;

    assert_problems(&problems, "");
    assert_non_null(expr);
    result = wks_expr_holds(expr, world, wks_fixture_world_household(world, name));
    wks_expr_free(expr);
    wks_problems_free(&problems);
    return result;
}

/* Which of the four hold, as text: r p n g. */
static void assert_who(const char *text, const char *expected)
{
    static const char *const name[] = {"rich", "poor", "newcomer", "guest"};
    char who[5] = "";
    wks_world world;

    wks_fixture_world_make(&world, city);
    for (size_t i = 0; i < 4; i++) {
        if (holds(&world, name[i], text)) strncat(who, name[i], 1);
    }
    wks_world_free(&world);
    if (strcmp(who, expected) != 0) fail_msg("%s: holds for '%s', expected '%s'", text, who, expected);
}

static void predicate_on_known_households_holds_as_read(void **state)
{
    (void)state;
    assert_who("true", "rpng");
    assert_who("false", "");
    assert_who("income_eur < 25000", "pn");
    assert_who("income_eur <= 25000", "png");
    assert_who("25000 > income_eur", "pn");
    assert_who("income_eur = 25000 or income_eur == 80000", "rg");
    assert_who("referral != none", "n");
    assert_who("none = referral", "rpg");
    assert_who("place in (coa, hosted)", "ng");
    assert_who("place not in (coa, hosted)", "rp");
    assert_who("n_persons in (1, 2)", "png");
    assert_who("is_student", "g");
    assert_who("not is_student and income_eur < 30000", "pn");
    assert_who("is_student = false", "rpn");
    assert_who("is_registered and not (referral = statushouder)", "p");
    assert_who("income_eur / 12 - 1000 > 600 + 0", "rpg");
    assert_who("(income_eur + 5000) * 2 >= 50000", "rpg");
    assert_who("-income_eur < -70000", "r");
    assert_who("n_children >= 1 or age_years > 65 and tenure = social", "rp");
    assert_who("origin in (nl, europe, outside_europe) or origin = nl or true", "rpng");
}

static void value_undefined_makes_every_comparison_false(void **state)
{
    (void)state;
    assert_who("rooms > 0", "rp"); /* undefined for those without a home */
    assert_who("rooms <= 0", "");
    assert_who("rooms != 3", "r");
    assert_who("rooms = rooms", "rp");
    assert_who("rooms in (3, 5)", "rp");
    assert_who("rooms not in (7)", "rp");
    assert_who("not (rooms > 0)", "ng");
    assert_who("0 / 0 = 0 / 0", "");
}

static void block_of_rows_equals_one_by_one(void **state)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_expr *expr = wks_expr_compile("income_eur * 2 > 45000 and not (place in (coa, shelter))", true, false, "t", 1, 1, &problems, &err);
    int32_t rows[WKS_EXPR_BLOCK];
    uint8_t out[WKS_EXPR_BLOCK];
    wks_world world;

    (void)state;
    wks_fixture_world_make(&world, city);
    for (int32_t i = 0; i < WKS_EXPR_BLOCK; i++)
        rows[i] = i * 7 % 4;
    wks_expr_eval(expr, &world, rows, WKS_EXPR_BLOCK, out);
    for (int32_t i = 0; i < WKS_EXPR_BLOCK; i++)
        assert_int_equal(out[i], wks_expr_holds(expr, &world, rows[i]));
    wks_expr_eval(expr, &world, rows, 0, out);
    wks_expr_free(expr);
    wks_world_free(&world);
}

static void attributes_read_are_told(void **state)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_expr *expr = wks_expr_compile("income_eur > 1 and place = coa", true, false, "t", 1, 1, &problems, &err);

    (void)state;
    assert_int_equal(wks_expr_attributes(expr),
                     (uint64_t)1 << wks_attribute_find("income_eur") | (uint64_t)1 << wks_attribute_find("place"));
    wks_expr_free(expr);
}

static void assert_wrong(const char *text, const char *expected)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;

    assert_null(wks_expr_compile(text, true, false, "t.cfg", 3, 10, &problems, &err));
    assert_problems(&problems, expected);
    assert_int_equal(err.status, WKS_OK);
    wks_problems_free(&problems);
}

static void names_unknown_errors(void **state)
{
    (void)state;
    assert_wrong("income < 30000",
                 "t.cfg:3:10: error: unknown attribute 'income'; expected an attribute of households; nearest valid name is "
                 "'income_eur'\n");
    assert_wrong(
        "true and n_childs > 0",
        "t.cfg:3:19: error: unknown attribute 'n_childs'; expected an attribute of households; nearest valid name is 'n_children'\n");
    assert_wrong("statushouder", "t.cfg:3:10: error: 'statushouder' is a value of referral; write referral = statushouder\n");
    assert_wrong("xyzzyplugh > 1",
                 "t.cfg:3:10: error: unknown attribute 'xyzzyplugh'; expected an attribute of households (wijksim describe "
                 "groups lists them)\n");
    assert_wrong("true AND true",
                 "t.cfg:3:15: error: expected and, or, a comparison or the end (and, or, not, in are written in small letters)\n");
    assert_wrong(
        "referral = statushoulder",
        "t.cfg:3:21: error: 'statushoulder' is no value of referral; expected one of none, statushouder, care_leaver, ex_detainee, "
        "herhuisvesting; nearest valid name is 'statushouder'\n");
    assert_wrong("foo = 1 and\nbar = 2",
                 "t.cfg:3:10: error: unknown attribute 'foo'; expected an attribute of households (wijksim describe groups lists them)\n"
                 "t.cfg:4:1: error: unknown attribute 'bar'; expected an attribute of households (wijksim describe groups lists them)\n");
}

static void types_mixed_errors(void **state)
{
    (void)state;
    assert_wrong("income_eur", "t.cfg:3:10: error: expected a condition here, this is a number (income_eur, in EUR/yr); compare it, as in: "
                               "income_eur >= 1\n");
    assert_wrong("is_student and place",
                 "t.cfg:3:25: error: expected a condition here, this is a choice; compare it, as in: place = housed\n");
    assert_wrong("is_student = 1", "t.cfg:3:23: error: expected true or false here, this is a number\n");
    assert_wrong("is_student < true", "t.cfg:3:21: error: true and false have no order; expected = or !=\n");
    assert_wrong("place < coa", "t.cfg:3:16: error: choices have no order; expected = or !=\n");
    assert_wrong("place = 3", "t.cfg:3:18: error: expected the name of a choice here, this is a number\n");
    assert_wrong("income_eur + is_student > 1",
                 "t.cfg:3:23: error: expected a number here, this is true or false; write is_student or not is_student\n");
    assert_wrong("place in (1, coa)", "t.cfg:3:20: error: expected the name of a choice here\n");
    assert_wrong("n_persons in (1, coa)", "t.cfg:3:27: error: expected a number here; in tests membership of a list of fixed values\n");
    assert_wrong("is_student in (1)",
                 "t.cfg:3:10: error: expected a number or a choice here, this is true or false; write is_student or not is_student\n");
}

static void attributes_unknowable_or_origin_errors(void **state)
{
    (void)state;
    assert_wrong("psychiatric", "t.cfg:3:10: error: 'psychiatric' is not known to a landlord, so no rule may read it; expected a knowable "
                                "attribute (referral, has_support), or a group with use = [\"measure\"]\n");
    assert_wrong("nuisance", "t.cfg:3:10: error: 'nuisance' is not known to a landlord, so no rule may read it; expected a knowable "
                             "attribute (nuisance_file), or a group with use = [\"measure\"]\n");
    assert_wrong("origin = nl",
                 "t.cfg:3:10: error: 'origin' may be measured but never be a ground for a rule: direct distinction by origin is "
                 "forbidden by law; expected a knowable attribute, or a group with use = [\"measure\"]\n");
}

static void money_with_thousands_point_warns(void **state)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_expr *expr = wks_expr_compile("income_eur < 30.000 and n_persons < 1.125", true, false, "t.cfg", 3, 10, &problems, &err);

    (void)state;
    assert_non_null(expr);
    assert_problems(&problems,
                    "t.cfg:3:23: warning: this number has a decimal point, not a thousands separator; write 30000 for thirty thousand\n");
    wks_expr_free(expr);
    wks_problems_free(&problems);
}

static void share_in_per_cent_warns(void **state)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_expr *expr = wks_expr_compile("rent_share > 35 or 0.4 < rent_share or n_persons > 2", true, false, "t.cfg", 3, 10, &problems, &err);

    (void)state;
    assert_non_null(expr);
    assert_problems(&problems, "t.cfg:3:23: warning: this is compared with a share, where 1 is the whole; write 0.35 for 35 per cent\n");
    wks_expr_free(expr);
    wks_problems_free(&problems);
}

static void text_without_place_names_character(void **state)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_null(wks_expr_compile("true or", true, false, "--set", 0, 0, &problems, &err));
    assert_problems(&problems, "--set: error: character 8 of \"true or\": the predicate ends too early; expected a name, a number or (\n");
    wks_problems_free(&problems);
}

static void text_deep_errors(void **state)
{
    char text[600] = "";

    (void)state;
    for (int i = 0; i < 20; i++)
        strcat(text, "(1 + ");
    strcat(text, "1");
    for (int i = 0; i < 20; i++)
        strcat(text, ")");
    strcat(text, " > 1");
    assert_wrong(text, "t.cfg:3:10: error: the predicate is nested too deep\n");
}

static void text_too_long_errors(void **state)
{
    char *text = malloc(9001);

    (void)state;
    memset(text, ' ', 9000);
    text[9000] = '\0';
    assert_wrong(text, "t.cfg:3:10: error: the predicate is longer than 8000 characters; split it over several groups\n");
    free(text);
}

/* docs/where.md: every attribute is in its table, and every line of its block `where` compiles. */
static double value_of(const wks_world *world, const char *name, const char *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_expr *expr = wks_expr_compile_number(text, true, false, "t", 1, 1, &problems, &err);

    assert_problems(&problems, "");
    assert_non_null(expr);
    const double value = wks_expr_value(expr, world, wks_fixture_world_household(world, name));
    wks_expr_free(expr);
    wks_problems_free(&problems);
    return value;
}

static void number_counts_conditions_as_one_or_nought(void **state)
{
    wks_world world;

    (void)state;
    wks_fixture_world_make(&world, city);
    assert_close(value_of(&world, "rich", "n_persons"), 3.0, 0.0, 0.0);
    assert_close(value_of(&world, "rich", "10 * (n_minors > 0) - 2 * is_student"), 10.0, 0.0, 0.0);
    assert_close(value_of(&world, "guest", "10 * (n_minors > 0) - 2 * is_student"), -2.0, 0.0, 0.0);
    assert_close(value_of(&world, "poor", "years_registered + (tenure = social)"), 11.0, 0.0, 0.0);
    assert_close(value_of(&world, "poor", "not is_student"), 1.0, 0.0, 0.0);
    assert_close(value_of(&world, "guest", "-(1 + 2) * 3 / 4"), -2.25, 0.0, 0.0);
    assert_true(isnan(value_of(&world, "guest", "2 * points")));
    wks_world_free(&world);
}

static void assert_number_problem(const char *text, const char *problem)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text lines = WKS_TEXT_INIT;

    assert_null(wks_expr_compile_number(text, true, false, "t", 1, 1, &problems, &err));
    wks_problems_print(&problems, &lines);
    assert_contains(lines.data, problem);
    wks_text_free(&lines);
    wks_problems_free(&problems);
}

static void number_of_something_else_errors(void **state)
{
    (void)state;
    assert_number_problem("tenure", "t:1:1: error: expected a number here, this is a choice");
    assert_number_problem("3 * tenure", "t:1:5: error: expected a number here, this is a choice");
    assert_number_problem("10 * frail", "t:1:6: error: 'frail' is not known to a landlord");
    assert_number_problem("n_persons and 3", "expected a condition here, this is a number");
    assert_number_problem("10 *", "t:1:");
}

static void docs_name_all_attributes_and_examples_compile(void **state)
{
    char *path = wks_folder_path(wks_check_test_data(), "../../docs/where.md"), *text = wks_folder_get(path);
    char *block = strstr(text, "```where\n");
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    int n = 0;

    (void)state;
    for (int32_t i = 0; i < wks_attribute_count; i++) {
        char row[200];
        snprintf(row, sizeof row, "\n| `%s` | ", wks_attribute_table[i].name);
        assert_contains(text, row);
        assert_contains(text, wks_attribute_table[i].help);
    }
    assert_non_null(block);
    for (char *line = block + strlen("```where\n"); strncmp(line, "```", 3) != 0; n++) {
        char *end = strchr(line, '\n');
        wks_expr *expr;
        *end = '\0';
        expr = wks_expr_compile(line, true, false, "docs/where.md", n + 1, 1, &problems, &err);
        assert_problems(&problems, "");
        assert_non_null(expr);
        wks_expr_free(expr);
        line = end + 1;
    }
    assert_true(n >= 10);
    free(text);
    free(path);
}

static wks_status compile_once(void *context, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_expr *expr = wks_expr_compile("place in (coa) and income_eur > 1", true, false, "t", 1, 1, &problems, err);

    (void)context;
    wks_expr_free(expr);
    wks_problems_free(&problems);
    return err->status;
}

static void compile_without_memory_errors(void **state)
{
    (void)state;
    wks_chaos_run(compile_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(predicate_on_known_households_holds_as_read),
        cmocka_unit_test(value_undefined_makes_every_comparison_false),
        cmocka_unit_test(block_of_rows_equals_one_by_one),
        cmocka_unit_test(attributes_read_are_told),
        cmocka_unit_test(names_unknown_errors),
        cmocka_unit_test(types_mixed_errors),
        cmocka_unit_test(attributes_unknowable_or_origin_errors),
        cmocka_unit_test(money_with_thousands_point_warns),
        cmocka_unit_test(share_in_per_cent_warns),
        cmocka_unit_test(text_without_place_names_character),
        cmocka_unit_test(text_deep_errors),
        cmocka_unit_test(text_too_long_errors),
        cmocka_unit_test(number_counts_conditions_as_one_or_nought),
        cmocka_unit_test(number_of_something_else_errors),
        cmocka_unit_test(docs_name_all_attributes_and_examples_compile),
        cmocka_unit_test(compile_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
