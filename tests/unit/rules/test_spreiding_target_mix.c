#include "unit/rules/spreiding_case.h"

/* Complex 0: two carriers, one asker, three vacancies; all labelled gemengd. Buurt 1 is without label. */
static const char world[] =
    "buurten 2\n"
    "unit u1 buurt=0 tenure=social rent=500 rooms=2 label=gemengd\nunit u2 buurt=0 tenure=social rent=500 rooms=2 label=gemengd\n"
    "unit u3 buurt=0 tenure=social rent=500 rooms=2 label=gemengd\n"
    "unit v1 buurt=0 tenure=social rent=500 rooms=2 label=gemengd\nunit v2 buurt=0 tenure=social rent=500 rooms=2 label=gemengd\n"
    "unit v3 buurt=0 tenure=social rent=500 rooms=2 label=gemengd\nunit other buurt=1 tenure=social rent=500 rooms=2\n"
    "household c1 unit=u1 income=30000 members=40m\nhousehold c2 unit=u2 income=30000 members=40m\n"
    "household a1 unit=u3 income=14000 members=40m referral=care_leaver\n"
    "household asker place=shelter income=14000 members=30m referral=care_leaver\n"
    "household carrier place=shelter income=30000 members=30m\nhousehold plain place=shelter income=30000 members=30m\n";

static void open(spreiding_case *s, const char *part)
{
    spreiding_open(s, part, world);
    for (int32_t h = 0; h < s->c.world.household.base.n_rows; h++)
        s->c.world.household.motivated[h] = h != wks_fixture_world_household(&s->c.world, "plain");
}

static void mix_gives_a_vacancy_to_the_kind_that_is_short(void **state)
{
    spreiding_case s;

    (void)state;
    open(&s, "{ part = \"target_mix\"; askers = \"verwezen\"; }"); /* 2 to 1, target half */
    assert_true(spreiding_allows(&s, "asker", "v1"));
    assert_false(spreiding_allows(&s, "carrier", "v1"));
    assert_tells(&s, "carrier", "v1",
                 "carrier (drager); 2 carriers and 1 askers in the complex, target share of carriers 0.5, tolerance 0");
    spreiding_commit(&s, "asker", "v1"); /* 2 to 2: either */
    assert_true(spreiding_allows(&s, "asker", "v2"));
    assert_true(spreiding_allows(&s, "carrier", "v2"));
    spreiding_commit(&s, "asker", "v2");
    assert_false(spreiding_allows(&s, "asker", "v3"));
    assert_true(spreiding_allows(&s, "carrier", "v3"));
    assert_true(spreiding_allows(&s, "a1", "v3")); /* moves within the complex */
    spreiding_close(&s);
    open(&s, "{ part = \"target_mix\"; askers = \"verwezen\"; carriers = 0.7; }"); /* 2.8 of 4 are to be carriers */
    assert_true(spreiding_allows(&s, "carrier", "v1"));
    assert_false(spreiding_allows(&s, "asker", "v1"));
    spreiding_close(&s);
}

static void mix_selects_carriers_on_motivation(void **state)
{
    spreiding_case s;

    (void)state;
    open(&s, "{ part = \"target_mix\"; askers = \"verwezen\"; carriers = 1.0; }");
    assert_true(spreiding_allows(&s, "carrier", "v1"));
    assert_false(spreiding_allows(&s, "plain", "v1"));
    assert_tells(&s, "plain", "v1", "without stated motivation");
    assert_false(spreiding_allows(&s, "asker", "v1"));
    assert_true(spreiding_allows(&s, "plain", "other")); /* no label */
    assert_true(spreiding_allows(&s, "asker", "other"));
    spreiding_close(&s);
    open(&s, "{ part = \"target_mix\"; askers = \"verwezen\"; carriers = 1.0; motivation = false; }");
    assert_true(spreiding_allows(&s, "plain", "v1"));
    spreiding_close(&s);
}

static void mix_loosens_as_guidance_fades(void **state)
{
    spreiding_case s;

    (void)state;
    open(&s, "{ part = \"target_mix\"; askers = \"verwezen\"; guidance = 5.0; tolerance = 0.0; tolerance_after = 0.3; }");
    assert_false(spreiding_allows(&s, "carrier", "v1")); /* short by -0.0: 2 of 4 without it */
    s.c.world.month += 24;                               /* tolerance 0.12: 0.48 of 4 households */
    spreiding_round(&s);
    assert_tells(&s, "carrier", "v1", "tolerance 0.12");
    assert_false(spreiding_allows(&s, "carrier", "v1"));
    s.c.world.month += 12; /* 0.18: 0.72 */
    spreiding_round(&s);
    assert_true(spreiding_allows(&s, "carrier", "v1"));
    s.c.world.month += 600;
    spreiding_round(&s);
    assert_tells(&s, "carrier", "v1", "tolerance 0.3");
    spreiding_close(&s);
}

static void mix_counts_reservations(void **state)
{
    spreiding_case s;

    (void)state;
    open(&s, "{ part = \"target_mix\"; askers = \"verwezen\"; }");
    spreiding_reserve(&s, "asker", "v1"); /* 2 to 2 */
    spreiding_round(&s);
    assert_true(spreiding_allows(&s, "carrier", "v2"));
    spreiding_commit(&s, "asker", "v1"); /* no second count */
    assert_tells(&s, "carrier", "v2", "2 carriers and 2 askers");
    spreiding_close(&s);
}

static void mix_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"target_mix\"; }", "askers");
    assert_part_problem("spreiding", "{ part = \"target_mix\"; askers = \"kwetsbaar\"; }", "kwetsbaar");
    assert_part_problem("spreiding", "{ part = \"target_mix\"; askers = \"verwezen\"; carriers = 70; }", "carriers is 70");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mix_gives_a_vacancy_to_the_kind_that_is_short),
        cmocka_unit_test(mix_selects_carriers_on_motivation),
        cmocka_unit_test(mix_loosens_as_guidance_fades),
        cmocka_unit_test(mix_counts_reservations),
        cmocka_unit_test(mix_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
