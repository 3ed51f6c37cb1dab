#include "unit/scenario/catalogue.h"

#include "scenario/group.h"

static void name_is_checked(void **state)
{
    (void)state;
    assert_true(wks_group_is_name("a"));
    assert_true(wks_group_is_name("low_income_2"));
    assert_false(wks_group_is_name(""));
    assert_false(wks_group_is_name("Arm"));
    assert_false(wks_group_is_name("2arm"));
    assert_false(wks_group_is_name("arm;rijk"));
}

static void group_without_use_is_measured(void **state)
{
    reading r = read_text(test_scenario);

    (void)state;
    assert_true(r.scenario.group[1].measure);
    assert_false(r.scenario.group[1].rule);
    assert_string_equal(r.scenario.group[1].where, "income_eur < 30000");
    reading_free(&r);
}

static void group_of_origin_may_be_measured(void **state)
{
    (void)state;
    assert_replaced("income_eur < 30000", "origin = outside_europe and vulnerable", "");
}

static void group_wrong_errors(void **state)
{
    (void)state;
    assert_replaced(
        "referral != none", "origin != nl",
        "test.cfg:5:33: error: 'origin' may be measured but never be a ground for a rule: direct distinction by origin is forbidden by "
        "law; expected a knowable attribute, or a group with use = [\"measure\"]\n");
    assert_replaced("name = \"arm\"", "name = \"all\"",
                    "test.cfg:6:12: error: group name \"all\" is reserved for results; expected another name\n");
    assert_replaced("name = \"arm\"", "name = \"Arm groep\"",
                    "test.cfg:6:12: error: group name \"Arm groep\"; expected small letters, digits and _, beginning with a letter\n");
    assert_replaced("name = \"arm\"", "name = \"verwezen\"",
                    "test.cfg:6:12: error: group 'verwezen' is there twice; expected different names\n");
    assert_replaced("where = \"income_eur < 30000\"; ", "",
                    "test.cfg:6:3: error: 'arm' needs the key 'where'; expected a predicate between quotes, "
                    "as \"referral != none\"\n");
    assert_replaced("income_eur < 30000\";", "income_eur < 30000\"; use = \"rules\";",
                    "test.cfg:6:55: error: use is \"rules\"; expected \"measure\" or \"rule\"; nearest valid name is 'rule'\n");
    assert_replaced("income_eur < 30000\";", "income_eur < 30000\"; use = ();",
                    "test.cfg:6:55: error: use is empty; expected \"measure\", \"rule\" or both\n");
    assert_replaced(
        "income_eur < 30000\";", "income_eur < 30000\"; remove = true;",
        "test.cfg:6:49: error: remove of 'arm' in groups; expected an element of that name in the base scenario, there is none\n");
}

static void groups_more_than_32_errors(void **state)
{
    char text[4000] = "groups = (";
    reading r;

    (void)state;
    for (int i = 0; i < 33; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s{ name = \"g%d\"; where = \"true\"; }", i > 0 ? "," : "", i);
    }
    strcat(text, "); processes = { allocation = { enabled = false; }; };");
    r = read_text(text);
    assert_problems(&r.problems, "test.cfg:1:1: error: 33 groups; expected at most 32\n");
    reading_free(&r);
}

/* By what the predicate reads, whatever the group is called: conditions, debts, nuisance, origin, and who comes out of care or detention. */
static void group_is_private_by_its_predicate(void **state)
{
    static const char *const private[] = {"psychiatric",
                                          "age_years<30 and (n_children >= 1 or not lvb)",
                                          "addiction == false",
                                          "debt or frail",
                                          "nuisance",
                                          "vulnerable and not debt",
                                          "origin != nl",
                                          "referral == care_leaver",
                                          "ex_detainee = came_as",
                                          "referral != none and referral != statushouder",
                                          "none != referral and statushouder != referral",
                                          "not (referral in (none, statushouder, herhuisvesting))"};
    static const char *const open[] = {"",
                                       "vulnerable",
                                       "referral != none",
                                       "referral == statushouder and age_years < 28",
                                       "came_as == labour",
                                       "income_source in (benefit, none) and years_in_region < 6",
                                       "nuisance_file or has_support or referral != none",
                                       "(place == ex_partner or place == hosted) and referral == none and urgency == none",
                                       "debts and lvbx"}; /* no attributes: a scenario with them is refused */

    (void)state;
    for (size_t i = 0; i < sizeof private / sizeof *private; i++)
        if (!wks_group_is_private(private[i])) fail_msg("'%s' is not private", private[i]);
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (wks_group_is_private(open[i])) fail_msg("'%s' is private", open[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_is_checked),
        cmocka_unit_test(group_without_use_is_measured),
        cmocka_unit_test(group_of_origin_may_be_measured),
        cmocka_unit_test(group_wrong_errors),
        cmocka_unit_test(groups_more_than_32_errors),
        cmocka_unit_test(group_is_private_by_its_predicate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
