#include "rules/candidates.h"
#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=600 rooms=3\n"
                            "unit b buurt=1 tenure=social rent=600 rooms=2 label=senior\n"
                            "unit c buurt=1 tenure=owner rooms=5\n"
                            "household young place=shelter income=20000 members=25m registered=2020-01\n"
                            "household old place=shelter income=20000 members=70m registered=2020-01\n"
                            "household rich place=shelter income=90000 members=40m registered=2020-01\n"
                            "household idle place=shelter income=20000 members=40m registered=2020-01\n"
                            "household permit place=coa income=14000 members=30m referral=statushouder\n";

static wks_candidates count(const char *list, const char *part, int32_t channel)
{
    part_case c;
    wks_candidates out;
    wks_err err = WKS_ERR_INIT;

    part_open(&c, list, part, world);
    c.world.month = 2025 * 12;
    for (int32_t row = 0; row < c.world.household.base.n_rows; row++)
        c.world.household.search_month[row] = wks_month_cell(row < 3 ? 2025 * 12 - 1 : WKS_NO_MONTH);
    c.context.rules = &c.scenario.rules[0];
    assert_ok(wks_candidates_count(&c.context, channel, &out, &err), &err);
    assert_int_equal(wks_candidates_labelled(&c.world, WKS_LABEL_SENIOR), 1);
    assert_int_equal(wks_candidates_labelled(&c.world, WKS_LABEL_CAMPUS), 0);
    part_close(&c);
    return out;
}

static void candidates_are_those_who_look_and_pass(void **state)
{
    wks_candidates n = count("filters", "{ part = \"income_limit\"; free_share = 0.0; }", 0);

    (void)state;
    assert_int_equal(n.n_seekers, 3); /* who does not look is no seeker */
    assert_int_equal(n.n_homes, 2);   /* owner-occupied homes are not let */
    assert_int_equal(n.n_passing, 2);
    assert_int_equal(n.emptied_by, -1);
}

static void filter_that_leaves_nobody_is_named(void **state)
{
    const char before[] = "{ part = \"advertised\"; } ); filters = ( ";
    char text[400];
    wks_candidates n;

    (void)state;
    snprintf(text, sizeof text, "%s{ part = \"registered\"; }, { part = \"where\"; where = \"age_years > 100\"; }, { part = \"passend\"; }",
             before);
    n = count("channels", text, 0);
    assert_int_equal(n.n_seekers, 3);
    assert_int_equal(n.n_passing, 0);
    assert_int_equal(n.emptied_by, 1);
    /* Either filter leaves somebody, both together nobody: the one behind which nobody is left is named. */
    snprintf(text, sizeof text,
             "%s{ part = \"where\"; name = \"a\"; where = \"age_years / 2 > 30\"; }, { part = \"registered\"; }, "
             "{ part = \"where\"; name = \"b\"; where = \"age_years / 2 < 30\"; }",
             before);
    n = count("channels", text, 0);
    assert_int_equal(n.n_passing, 0);
    assert_int_equal(n.emptied_by, 2);
}

static void channel_counts_its_own_people_and_homes(void **state)
{
    const char channels[] = "{ part = \"direct\"; share = 0.5; }, { part = \"advertised\"; share = 0.5; label = \"senior\"; }";
    wks_candidates n = count("channels", channels, 0);

    (void)state;
    assert_int_equal(n.n_seekers, 1);
    assert_int_equal(n.n_passing, 1); /* no filters: everybody passes */
    assert_int_equal(n.n_homes, 2);
    n = count("channels", channels, 1);
    assert_int_equal(n.n_seekers, 3);
    assert_int_equal(n.n_homes, 1);
    n = count("channels",
              "{ part = \"advertised\"; share = 1.0; label = \"campus\"; }, { part = \"advertised\"; name = \"rest\"; share = 1.0e-9; }",
              0);
    assert_int_equal(n.n_homes, 0);
    assert_int_equal(n.n_passing, 0);
    assert_int_equal(n.emptied_by, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candidates_are_those_who_look_and_pass),
        cmocka_unit_test(filter_that_leaves_nobody_is_named),
        cmocka_unit_test(channel_counts_its_own_people_and_homes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
