#include "rules/permit.h"
#include "unit/rules/part_case.h"

static const char world[] = "month 2025-01\n"
                            "buurten 2\n"
                            "unit cheap buurt=0 tenure=private_rent rent=900.07 rooms=2\n"
                            "unit middle buurt=0 tenure=private_rent rent=900.09 rooms=2\n"
                            "unit dear buurt=0 tenure=private_rent rent=1300 rooms=2\n"
                            "unit own buurt=0 tenure=owner value=200000 rooms=2\n"
                            "unit elsewhere buurt=1 tenure=private_rent rent=800 rooms=2\n"
                            "unit room buurt=0 tenure=private_rent rent=400 rooms=2 units=2\n"
                            "household newcomer place=shelter income=15000 members=40m source=benefit region=2024-01\n"
                            "household worker place=shelter income=20000 members=40m source=work region=2024-01\n";

static bool allows(const char *part, int32_t months_later, const char *household, const char *unit)
{
    part_case c;
    wks_permit permit;

    part_open(&c, "filters", part, world);
    c.world.month += months_later;
    const int32_t row = wks_fixture_world_unit(&c.world, unit);
    wks_permit_open(&c.scenario, &c.world, &c.law, &permit);
    const bool result =
        wks_permit_allows(&permit, wks_fixture_world_household(&c.world, household), row, (double)c.world.unit.rent_eur[row]);
    part_close(&c);
    return result;
}

static void permit_on_the_market_binds_cheap_private_rent_in_designated_areas(void **state)
{
    static const char part[] = "{ part = \"art8\"; areas = \"buurt-0\"; }";
    static const char *const is_free[] = {"middle", "dear", "own", "elsewhere", "room.0"};

    (void)state;
    assert_false(allows(part, 0, "newcomer", "cheap"));
    assert_true(allows(part, 0, "worker", "cheap"));
    for (int32_t i = 0; i < 5; i++)
        assert_true(allows(part, 0, "newcomer", is_free[i]));
}

static void permit_with_other_tenures_binds_those(void **state)
{
    (void)state;
    assert_false(allows("{ part = \"art8\"; areas = \"buurt-0\"; rent_limit = \"middle\"; }", 0, "newcomer", "middle"));
    assert_true(allows("{ part = \"art8\"; areas = \"buurt-0\"; rent_limit = \"middle\"; }", 0, "newcomer", "dear"));
    assert_false(allows("{ part = \"art8\"; areas = \"buurt-0\"; rooms = true; }", 0, "newcomer", "room.0"));
    assert_true(allows("{ part = \"art8\"; areas = \"buurt-0\"; private_rent = false; }", 0, "newcomer", "cheap"));
    assert_false(allows("{ part = \"permit\"; where = \"income_source = work\"; }", 0, "newcomer", "elsewhere")); /* no areas: everywhere */
    assert_true(allows("{ part = \"where\"; where = \"income_source = work\"; }", 0, "newcomer", "cheap"));       /* no permit */
}

static void permit_outside_its_term_does_nothing(void **state)
{
    static const char part[] = "{ part = \"art8\"; areas = \"buurt-0\"; designated = \"2025-03\"; }";

    (void)state;
    assert_true(allows(part, 1, "newcomer", "cheap"));
    assert_false(allows(part, 2, "newcomer", "cheap"));
    assert_false(allows(part, 2 + 47, "newcomer", "cheap"));
    assert_true(allows(part, 2 + 48, "newcomer", "cheap"));
    assert_false(allows("{ part = \"permit\"; designated = \"2025-03\"; extensions = 4; where = \"income_source = work\"; }",
                        2 + 5 * 48 - 1, "newcomer", "cheap"));
    assert_true(allows("{ part = \"permit\"; designated = \"2025-03\"; extensions = 4; where = \"income_source = work\"; }", 2 + 5 * 48,
                       "newcomer", "cheap"));
}

static void permit_terms_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"art8\"; areas = \"buurt-0\"; term_years = 0; }",
                        "term_years is 0; expected a whole number from 1 to 20 (years)");
    assert_part_problem("filters", "{ part = \"art8\"; areas = \"buurt-0\"; rent_limit = \"high\"; }",
                        "rent_limit is \"high\"; expected one of \"liberalisation\", \"middle\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(permit_on_the_market_binds_cheap_private_rent_in_designated_areas),
        cmocka_unit_test(permit_with_other_tenures_binds_those),
        cmocka_unit_test(permit_outside_its_term_does_nothing),
        cmocka_unit_test(permit_terms_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
