#include "rules/conduct.h"

#include "unit/rules/part_case.h"

static const char world[] = "month 2025-06\nbuurten 1\n"
                            "unit home buurt=0 tenure=social rent=500 rooms=2\n"
                            "household a unit=home income=20000 members=40m registered=2015-06\n"
                            "household b place=ex_partner host=a income=20000 members=30f,4m registered=2024-06\n"
                            "household c place=shelter income=20000 members=30f\n";

typedef struct conduct_case {
    part_case part;
    wks_conduct conduct;
    wks_world *world;
} conduct_case;

static void conduct_open(conduct_case *c, const char *parts)
{
    part_open(&c->part, "conduct", parts, world);
    c->world = &c->part.world;
    wks_conduct_of(&c->part.scenario.rules[0], &c->conduct);
}

static void conduct_close(conduct_case *c)
{
    part_close(&c->part);
}

static int32_t row_of(const conduct_case *c, const char *name)
{
    return wks_fixture_world_household(c->world, name);
}

static int32_t registration_of(const conduct_case *c, const char *name)
{
    return wks_part_registration(c->world, row_of(c, name));
}

/* A month in which the household reacts n times. */
static void month(conduct_case *c, const char *name, int32_t n)
{
    const int32_t r = registration_of(c, name);

    c->world->month++;
    if (n > 0) {
        c->world->registration.reacted_month[r] = c->world->month;
        c->world->registration.n_reactions[r] = (uint16_t)n;
    }
    wks_conduct_month(&c->conduct, c->world, row_of(c, name));
}

static double search_points(const conduct_case *c, const char *name)
{
    return (double)c->world->registration.search_points[registration_of(c, name)];
}

static void no_parts_ask_nothing(void **state)
{
    wks_conduct conduct;

    (void)state;
    wks_conduct_of(NULL, &conduct);
    assert_false(conduct.is_used || wks_conduct_has_penalty(&conduct));
    assert_int_equal(conduct.reaction_cap, 0);
}

static void search_points_are_earned_and_lost_by_the_month(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"search_points\"; }");
    month(&c, "a", 4);
    month(&c, "a", 6);
    assert_close(search_points(&c, "a"), 2.0, 1e-12, 0.0);
    month(&c, "a", 3); /* not enough */
    assert_close(search_points(&c, "a"), 1.0, 1e-12, 0.0);
    month(&c, "a", 0);
    month(&c, "a", 0); /* never below zero */
    assert_close(search_points(&c, "a"), 0.0, 1e-12, 0.0);
    assert_true(wks_conduct_may_earn(&c.conduct, c.world, row_of(&c, "a")));
    for (int32_t i = 0; i < 40; i++)
        month(&c, "a", 4);
    assert_close(search_points(&c, "a"), 30.0, 1e-12, 0.0);
    assert_false(wks_conduct_may_earn(&c.conduct, c.world, row_of(&c, "a")));
    assert_false(wks_conduct_may_earn(&c.conduct, c.world, row_of(&c, "c"))); /* not registered */
    conduct_close(&c);
}

static void situation_points_are_for_those_meant_and_end_at_their_most(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"situation_points\"; where = \"place == ex_partner and n_children > 0\"; }");
    for (int32_t i = 0; i < 5; i++) {
        wks_conduct_month(&c.conduct, c.world, row_of(&c, "a"));
        wks_conduct_month(&c.conduct, c.world, row_of(&c, "b"));
        wks_conduct_month(&c.conduct, c.world, row_of(&c, "c"));
    }
    assert_close(wks_registration_points(&c.world->registration, registration_of(&c, "a")), 0.0, 0.0, 0.0);
    assert_close(wks_registration_points(&c.world->registration, registration_of(&c, "b")), 5.0, 1e-12, 0.0);
    for (int32_t i = 0; i < 20; i++)
        wks_conduct_month(&c.conduct, c.world, row_of(&c, "b"));
    assert_close(wks_registration_points(&c.world->registration, registration_of(&c, "b")), 12.0, 1e-12, 0.0);
    conduct_close(&c);
}

static void start_points_are_given_once(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"start_points\"; where = \"age_years < 35\"; points = 10; }");
    for (int32_t i = 0; i < 3; i++)
        wks_conduct_month(&c.conduct, c.world, row_of(&c, "b"));
    wks_conduct_month(&c.conduct, c.world, row_of(&c, "a"));
    assert_close(wks_registration_points(&c.world->registration, registration_of(&c, "b")), 10.0, 1e-12, 0.0);
    assert_close(wks_registration_points(&c.world->registration, registration_of(&c, "a")), 0.0, 0.0, 0.0);
    conduct_close(&c);
}

static void refusing_costs_what_the_rules_say(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"refusal_penalty\"; points = 2; no_show_points = 1; inschrijfduur_share = 0.25; }");
    const int32_t r = registration_of(&c, "a"), since = c.world->registration.since_month[r];
    assert_true(wks_conduct_has_penalty(&c.conduct));
    c.world->registration.search_points[r] = 4.5F;
    wks_conduct_refuse(&c.conduct, c.world, row_of(&c, "a"), true);
    assert_close(search_points(&c, "a"), 3.5, 1e-12, 0.0);
    assert_int_equal(c.world->registration.since_month[r], since); /* a no-show is no refusal */
    wks_conduct_refuse(&c.conduct, c.world, row_of(&c, "a"), false);
    assert_close(search_points(&c, "a"), 1.5, 1e-12, 0.0);
    assert_int_equal(wks_world_registered_months(c.world, row_of(&c, "a")), 90); /* of 120 */
    wks_conduct_refuse(&c.conduct, c.world, row_of(&c, "a"), false);
    assert_close(search_points(&c, "a"), 0.0, 0.0, 0.0);
    wks_conduct_refuse(&c.conduct, c.world, row_of(&c, "c"), false); /* not registered: nothing to lose */
    conduct_close(&c);
}

static void refusals_within_a_year_suspend(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"refusal_penalty\"; suspend_after = 2; suspend_months = 3; }");
    const int32_t a = row_of(&c, "a");
    wks_conduct_refuse(&c.conduct, c.world, a, false);
    assert_false(wks_conduct_is_suspended(&c.conduct, c.world, a));
    c.world->month += 12; /* the first no longer counts */
    wks_conduct_refuse(&c.conduct, c.world, a, false);
    assert_false(wks_conduct_is_suspended(&c.conduct, c.world, a));
    c.world->month += 11;
    wks_conduct_refuse(&c.conduct, c.world, a, false);
    for (int32_t i = 0; i < 3; i++) {
        c.world->month++;
        assert_true(wks_conduct_is_suspended(&c.conduct, c.world, a));
        assert_false(wks_conduct_is_suspended(&c.conduct, c.world, row_of(&c, "b")));
    }
    c.world->month++;
    assert_false(wks_conduct_is_suspended(&c.conduct, c.world, a));
    conduct_close(&c);
}

static void registrations_end_when_dormant_or_unpaid(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"renewal\"; dormant_years = 5; unpaid_share = 0.3; }");
    const int32_t a = registration_of(&c, "a"), b = registration_of(&c, "b");
    assert_true(wks_conduct_ends(&c.conduct, c.world, a, 0.999)); /* ten years without a reaction */
    c.world->registration.reacted_month[a] = c.world->month - 59;
    int32_t n_paid = 0, n_unpaid = 0;
    for (int32_t i = 0; i < 12; i++) { /* the fee is due once a year */
        c.world->registration.reacted_month[a] = c.world->month - 59;
        n_unpaid += wks_conduct_ends(&c.conduct, c.world, a, 0.29);
        n_paid += !wks_conduct_ends(&c.conduct, c.world, a, 0.31);
        c.world->month++;
    }
    assert_int_equal(n_unpaid, 1);
    assert_int_equal(n_paid, 12);
    c.world->household.search_month[row_of(&c, "b")] = c.world->month; /* who is looking pays */
    for (int32_t i = 0; i < 12; i++, c.world->month++)
        assert_false(wks_conduct_ends(&c.conduct, c.world, b, 0.0001));
    conduct_close(&c);
}

static void the_strictest_cap_counts(void **state)
{
    conduct_case c;
    wks_conduct twice = {0};

    (void)state;
    conduct_open(&c, "{ part = \"reaction_cap\"; most = 3; }");
    assert_int_equal(c.conduct.reaction_cap, 3);
    const wks_conduct_part *part = c.part.settings->spec->implementation;
    twice.reaction_cap = 2;
    part->add(c.part.settings, &twice);
    assert_int_equal(twice.reaction_cap, 2);
    conduct_close(&c);
}

static void conduct_parts_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"reaction_cap\"; most = 0; }", "most is 0");
    assert_part_problem("conduct", "{ part = \"situation_points\"; }", "where");
    assert_part_problem("conduct", "{ part = \"situation_points\"; where = \"vulnerable\"; }", "vulnerable");
    assert_part_problem("conduct", "{ part = \"refusal_penalty\"; inschrijfduur_share = 2; }", "inschrijfduur_share is 2");
    assert_part_problem("conduct", "{ part = \"lot\"; }", "belongs in order");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_parts_ask_nothing),
        cmocka_unit_test(search_points_are_earned_and_lost_by_the_month),
        cmocka_unit_test(situation_points_are_for_those_meant_and_end_at_their_most),
        cmocka_unit_test(start_points_are_given_once),
        cmocka_unit_test(refusing_costs_what_the_rules_say),
        cmocka_unit_test(refusals_within_a_year_suspend),
        cmocka_unit_test(registrations_end_when_dormant_or_unpaid),
        cmocka_unit_test(the_strictest_cap_counts),
        cmocka_unit_test(conduct_parts_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
