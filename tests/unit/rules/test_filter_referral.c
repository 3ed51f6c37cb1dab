#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=1 tenure=social rent=500 rooms=2\n"
                            "household nobody place=shelter income=20000 members=40m\n"
                            "household care place=shelter income=20000 members=40m referral=care_leaver\n"
                            "household bare place=shelter income=20000 members=40m referral=care_leaver\n"
                            "household permit place=coa income=20000 members=40m referral=statushouder\n";

static bool passes(const char *part, const char *household, const char *unit)
{
    part_case c;

    part_open(&c, "filters", part, world);
    c.world.household.support[wks_fixture_world_household(&c.world, "care")] = 5;
    const bool result = part_passes(&c, household, unit);
    part_close(&c);
    return result;
}

static void referral_for_everybody_lets_only_referred_people_in(void **state)
{
    static const char part[] = "{ part = \"referral\"; areas = \"buurt-0\"; }";
    static const char care[] = "{ part = \"referral\"; referral = \"care_leaver\"; with_support = true; }";

    (void)state;
    assert_false(passes(part, "nobody", "a"));
    assert_true(passes(part, "bare", "a"));
    assert_true(passes(part, "nobody", "b")); /* elsewhere it does not bind */
    assert_true(passes(care, "care", "a"));
    assert_false(passes(care, "bare", "a"));
    assert_false(passes(care, "permit", "a"));
    assert_false(passes(care, "nobody", "a"));
}

static void referral_for_referred_people_asks_a_care_contract_of_them_alone(void **state)
{
    static const char part[] = "{ part = \"referral\"; binds = \"referred\"; with_support = true; }";

    (void)state;
    assert_true(passes(part, "nobody", "a"));
    assert_true(passes(part, "care", "a"));
    assert_false(passes(part, "bare", "a"));
    assert_false(passes(part, "permit", "a"));
}

static void referral_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"referral\"; referral = \"carer\"; }", "referral is \"carer\"; expected one of");
    assert_part_problem("filters", "{ part = \"referral\"; with_support = 1; }", "with_support is 1; expected true or false");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(referral_for_everybody_lets_only_referred_people_in),
        cmocka_unit_test(referral_for_referred_people_asks_a_care_contract_of_them_alone),
        cmocka_unit_test(referral_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
