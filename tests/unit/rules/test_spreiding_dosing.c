#include "unit/rules/spreiding_case.h"

/* Two portieken in buurt 0 (1 and 2), one in buurt 1; three social homes in portiek 1. */
static const char world[] =
    "buurten 2\n"
    "unit a buurt=0 tenure=social rent=500 rooms=2 portiek=1\nunit b buurt=0 tenure=social rent=500 rooms=2 portiek=1\n"
    "unit c buurt=0 tenure=social rent=500 rooms=2 portiek=1\nunit d buurt=0 tenure=social rent=500 rooms=2 portiek=2\n"
    "unit e buurt=1 tenure=social rent=500 rooms=2 portiek=3\n"
    "household in place=coa income=14000 members=30m referral=statushouder\n"
    "household two place=coa income=14000 members=30m referral=statushouder\n"
    "household plain place=shelter income=14000 members=30m\n";

static void dosing_lets_one_a_portiek_a_year(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; }", world);
    assert_true(spreiding_allows(&s, "in", "a"));
    spreiding_commit(&s, "in", "a");
    assert_false(spreiding_allows(&s, "two", "b"));
    assert_tells(&s, "two", "b", "in group 'verwezen'; 1 lettings to the group in 12 months in the portiek, at most 1");
    assert_true(spreiding_allows(&s, "plain", "b"));
    spreiding_commit(&s, "plain", "b"); /* others do not count */
    assert_true(spreiding_allows(&s, "two", "d"));
    s.c.world.month += 11;
    spreiding_round(&s);
    assert_false(spreiding_allows(&s, "two", "c"));
    s.c.world.month += 1;
    spreiding_round(&s);
    assert_true(spreiding_allows(&s, "two", "c"));
    spreiding_close(&s);
}

static void dosing_of_more_is_paced_over_the_period(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; number = 4; scale = \"buurt\"; }", world);
    spreiding_commit(&s, "in", "a");
    assert_false(spreiding_allows(&s, "two", "d")); /* ceil(4 / 12) in a month */
    s.c.world.month += 2;
    spreiding_round(&s);
    assert_false(spreiding_allows(&s, "two", "d")); /* ceil(4 * 3 / 12) = 1 in three months */
    s.c.world.month += 1;
    spreiding_round(&s);
    assert_true(spreiding_allows(&s, "two", "d"));
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; number = 2; scale = \"buurt\"; paced = false; }", world);
    spreiding_commit(&s, "in", "a");
    assert_true(spreiding_allows(&s, "two", "d"));
    spreiding_commit(&s, "two", "d");
    assert_false(spreiding_allows(&s, "in", "b"));
    assert_true(spreiding_allows(&s, "in", "e"));
    spreiding_close(&s);
}

static void dosing_by_share_follows_the_stock(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; share = 0.5; scale = \"buurt\"; paced = false; }", world);
    spreiding_commit(&s, "in", "a");
    spreiding_commit(&s, "in", "b"); /* 2 of 4 homes */
    assert_false(spreiding_allows(&s, "two", "c"));
    assert_true(spreiding_allows(&s, "two", "e")); /* half a home: rounded up */
    spreiding_commit(&s, "two", "e");
    assert_false(spreiding_allows(&s, "in", "e"));
    spreiding_close(&s);
}

static void dosing_at_zero_lets_none_of_the_group(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; number = 0; }", world);
    assert_false(spreiding_allows(&s, "in", "a"));
    assert_true(spreiding_allows(&s, "plain", "a"));
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; number = 0; areas = [ \"buurt-1\" ]; }", world);
    assert_true(spreiding_allows(&s, "in", "a"));
    assert_false(spreiding_allows(&s, "in", "e"));
    spreiding_close(&s);
}

static void dosing_counts_reservations(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; }", world);
    spreiding_reserve(&s, "in", "a");
    spreiding_round(&s);
    assert_false(spreiding_allows(&s, "two", "b"));
    assert_true(spreiding_allows(&s, "in", "a"));
    spreiding_commit(&s, "in", "a"); /* no second count */
    assert_tells(&s, "two", "b", "1 lettings to the group");
    spreiding_close(&s);
}

static void dosing_of_new_portieken_keeps_what_was_let(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"dosing\"; group = \"verwezen\"; }", world);
    spreiding_commit(&s, "in", "a");
    s.c.world.n_portieken = 400; /* built */
    s.c.world.dwelling.portiek[s.c.world.unit.dwelling_row[wks_fixture_world_unit(&s.c.world, "e")]] = 400;
    s.c.world.month++;
    spreiding_round(&s);
    assert_false(spreiding_allows(&s, "two", "b"));
    assert_true(spreiding_allows(&s, "two", "e"));
    spreiding_close(&s);
}

static void dosing_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"dosing\"; }", "group");
    assert_part_problem("spreiding", "{ part = \"dosing\"; group = \"verwezen\"; number = -1; }", "number is -1");
    assert_part_problem("spreiding", "{ part = \"dosing\"; group = \"verwezen\"; period = 0; }", "period is 0");
    assert_part_problem("spreiding", "{ part = \"dosing\"; group = \"kwetsbaar\"; }", "kwetsbaar");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dosing_lets_one_a_portiek_a_year),  cmocka_unit_test(dosing_of_more_is_paced_over_the_period),
        cmocka_unit_test(dosing_by_share_follows_the_stock), cmocka_unit_test(dosing_at_zero_lets_none_of_the_group),
        cmocka_unit_test(dosing_counts_reservations),        cmocka_unit_test(dosing_of_new_portieken_keeps_what_was_let),
        cmocka_unit_test(dosing_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
