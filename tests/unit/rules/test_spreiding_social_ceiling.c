#include "rules/spreiding_social_ceiling.h"

#include "unit/rules/spreiding_case.h"

/* Wijk 0 (buurten 0 and 1): 3 of 5 dwellings social; wijk 1: 1 of 3. Points: v1 middle rent, v2 free, v3 social only. */
static const char world[] =
    "month 2025-01\nbuurten 4\n"
    "unit v1 buurt=0 tenure=social rent=600 rooms=3 points=150\nunit v2 buurt=1 tenure=social rent=600 rooms=3 points=200\n"
    "unit v3 buurt=0 tenure=social rent=600 rooms=3 points=120\n"
    "unit o1 buurt=0 tenure=owner value=300000 rooms=4\nunit o2 buurt=1 tenure=owner value=300000 rooms=4\n"
    "unit w1 buurt=2 tenure=social rent=600 rooms=3 points=200\nunit o3 buurt=2 tenure=owner rooms=4\n"
    "unit o4 buurt=3 tenure=owner rooms=4\n"
    "household in place=coa income=14000 members=30m referral=statushouder\n";

static wks_part_vacancy ask(spreiding_case *s, const char *unit)
{
    wks_advert advert = part_advert(&s->c, unit);

    return spreiding_vacancy(s, &advert);
}

static void ceiling_decides_only_above_it(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"social_ceiling\"; }", world);
    assert_int_equal(ask(&s, "v1"), WKS_PART_SELL);
    assert_int_equal(ask(&s, "w1"), WKS_PART_LET);
    assert_true(spreiding_allows(&s, "in", "v1")); /* it stops no letting */
    assert_tells(&s, "in", "v1", "3 of 5 dwellings of the wijk are social, the ceiling is 0.4");
    const wks_advert advert = part_advert(&s.c, "v1");
    spreiding_part(&s)->done(&s.c.context, s.c.settings, s.memory, &advert);
    assert_int_equal(ask(&s, "v2"), WKS_PART_LET); /* 2 of 5 is 40 % */
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"social_ceiling\"; max_share = 0.0; areas = [ \"buurt-2\" ]; }", world);
    assert_int_equal(ask(&s, "v1"), WKS_PART_LET);
    assert_int_equal(ask(&s, "w1"), WKS_PART_SELL);
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"social_ceiling\"; max_share = 1.0; }", world);
    assert_int_equal(ask(&s, "v1"), WKS_PART_LET);
    spreiding_close(&s);
}

static void ceiling_changes_segment_only_where_points_allow(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"social_ceiling\"; instead = \"liberalise\"; max_share = 0.1; }", world);
    assert_int_equal(ask(&s, "v1"), WKS_PART_LIBERALISE);
    assert_int_equal(ask(&s, "v3"), WKS_PART_KEEP); /* 120 points: social */
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"social_ceiling\"; instead = \"middle_rent\"; max_share = 0.1; }", world);
    assert_int_equal(ask(&s, "v2"), WKS_PART_MIDDLE_RENT);
    assert_int_equal(ask(&s, "v3"), WKS_PART_KEEP);
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"social_ceiling\"; instead = \"nothing\"; }", world);
    assert_int_equal(ask(&s, "v1"), WKS_PART_KEEP);
    spreiding_close(&s);
}

static void ceiling_binds_who_builds(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"social_ceiling\"; }", world);
    assert_true(wks_spreiding_social_ceiling_binds(&s.c.scenario, &s.c.world, 0));
    assert_true(wks_spreiding_social_ceiling_binds(&s.c.scenario, &s.c.world, 2)); /* 2 of 4 */
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"social_ceiling\"; max_share = 0.5; }", world);
    assert_true(wks_spreiding_social_ceiling_binds(&s.c.scenario, &s.c.world, 1));
    assert_false(wks_spreiding_social_ceiling_binds(&s.c.scenario, &s.c.world, 3));
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"cap_share\"; group = \"verwezen\"; }", world);
    assert_false(wks_spreiding_social_ceiling_binds(&s.c.scenario, &s.c.world, 0));
    spreiding_close(&s);
}

static void ceiling_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"social_ceiling\"; max_share = 40; }", "max_share is 40");
    assert_part_problem("spreiding", "{ part = \"social_ceiling\"; instead = \"demolish\"; }", "instead is \"demolish\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ceiling_decides_only_above_it),
        cmocka_unit_test(ceiling_changes_segment_only_where_points_allow),
        cmocka_unit_test(ceiling_binds_who_builds),
        cmocka_unit_test(ceiling_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
