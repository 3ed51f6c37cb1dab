#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "household yes place=shelter income=20000 members=40m registered=2020-01\n"
                            "household no place=shelter income=20000 members=40m\n"
                            "household referred place=coa income=14000 members=30m referral=statushouder\n";

static bool passes_under(part_case *c, const char *household, const char *channels)
{
    wks_text rules = WKS_TEXT_INIT;
    bool passes;

    part_open(c, "filters", "{ part = \"registered\"; }", world);
    wks_scenario_free(&c->scenario);
    wks_text_addf(&rules, "channels = ( %s ); filters = ( { part = \"registered\"; } );", channels);
    case_scenario(&c->scenario, rules.data);
    c->context.rules = &c->scenario.rules[0];
    c->settings = &c->scenario.rules[0].filter[0];
    passes = part_passes(c, household, "a"); /* adverts are in channel 0 */
    wks_text_free(&rules);
    part_close(c);
    return passes;
}

static void registered_where_advertised_asks_a_registration(void **state)
{
    part_case c;

    (void)state;
    assert_true(passes_under(&c, "yes", "{ part = \"advertised\"; }"));
    assert_false(passes_under(&c, "no", "{ part = \"advertised\"; }"));
    assert_false(passes_under(&c, "referred", "{ part = \"advertised\"; }"));
}

static void registered_where_proposed_is_content_with_a_referral(void **state)
{
    part_case c;

    (void)state;
    assert_true(passes_under(&c, "yes", "{ part = \"direct\"; share = 1; }"));
    assert_false(passes_under(&c, "no", "{ part = \"direct\"; share = 1; }"));
    assert_true(passes_under(&c, "referred", "{ part = \"direct\"; share = 1; }"));
}

static void registered_takes_no_parameters_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"registered\"; years = 2; }", "unknown key 'years' in registered");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registered_where_advertised_asks_a_registration),
        cmocka_unit_test(registered_where_proposed_is_content_with_a_referral),
        cmocka_unit_test(registered_takes_no_parameters_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
