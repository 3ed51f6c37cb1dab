/* What refusing costs: points, inschrijfduur, a time without reacting. */
#include "unit/rules/conduct_case.h"

static void refusing_costs_what_the_rules_say(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"refusal_penalty\"; points = 2; no_show_points = 1; inschrijfduur_share = 0.25; }");
    const int32_t r = conduct_registration(&c, "a"), since = c.world->registration.since_month[r];
    assert_true(wks_conduct_has_penalty(&c.conduct));
    c.world->registration.search_points[r] = 4.5F;
    wks_conduct_refuse(&c.conduct, c.world, conduct_row(&c, "a"), true);
    assert_close(conduct_search_points(&c, "a"), 3.5, 1e-12, 0.0);
    assert_int_equal(c.world->registration.since_month[r], since); /* a no-show is no refusal */
    wks_conduct_refuse(&c.conduct, c.world, conduct_row(&c, "a"), false);
    assert_close(conduct_search_points(&c, "a"), 1.5, 1e-12, 0.0);
    assert_int_equal(wks_world_registered_months(c.world, conduct_row(&c, "a")), 90); /* of 120 */
    wks_conduct_refuse(&c.conduct, c.world, conduct_row(&c, "a"), false);
    assert_close(conduct_search_points(&c, "a"), 0.0, 0.0, 0.0);
    assert_int_equal(c.world->ledger.points_lost, 450);                   /* hundredths: all it had */
    wks_conduct_refuse(&c.conduct, c.world, conduct_row(&c, "c"), false); /* not registered: nothing to lose */
    conduct_close(&c);
}

static void refusals_within_a_year_suspend(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"refusal_penalty\"; suspend_after = 2; suspend_months = 3; }");
    const int32_t a = conduct_row(&c, "a");
    wks_conduct_refuse(&c.conduct, c.world, a, false);
    assert_false(wks_conduct_is_suspended(&c.conduct, c.world, a));
    c.world->month += 12; /* the first no longer counts */
    wks_conduct_refuse(&c.conduct, c.world, a, false);
    assert_false(wks_conduct_is_suspended(&c.conduct, c.world, a));
    c.world->month += 11;
    wks_conduct_refuse(&c.conduct, c.world, a, false);
    assert_int_equal(c.world->ledger.suspensions, 1);
    for (int32_t i = 0; i < 3; i++) {
        c.world->month++;
        assert_true(wks_conduct_is_suspended(&c.conduct, c.world, a));
        assert_false(wks_conduct_is_suspended(&c.conduct, c.world, conduct_row(&c, "b")));
    }
    c.world->month++;
    assert_false(wks_conduct_is_suspended(&c.conduct, c.world, a));
    conduct_close(&c);
}

/* Any order of refusals and no-shows: points never below 0, no registration younger than now. */
static void any_refusals_leave_nothing_below_zero(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(5, 2);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"refusal_penalty\"; points = 1.5; no_show_points = 0.5; suspend_after = 3; suspend_months = 2; "
                     "inschrijfduur_share = 0.1; }");
    const int32_t row = conduct_row(&c, "a"), r = conduct_registration(&c, "a");
    for (int32_t i = 0; i < 2000; i++) {
        const float before = c.world->registration.search_points[r] += (float)case_below(&rng, 3);
        const int32_t since = c.world->registration.since_month[r];
        const bool no_show = case_below(&rng, 2) == 0;
        wks_conduct_refuse(&c.conduct, c.world, row, no_show);
        const float lost = before - c.world->registration.search_points[r];
        assert_true(c.world->registration.search_points[r] >= 0.0F && lost >= 0.0F && (double)lost <= (no_show ? 0.5 : 1.5));
        assert_true(c.world->registration.since_month[r] >= since && c.world->registration.since_month[r] <= c.world->month);
        if (no_show) assert_int_equal(c.world->registration.since_month[r], since);
        c.world->month += case_below(&rng, 4);
    }
    conduct_close(&c);
}

static void refusal_penalty_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"refusal_penalty\"; inschrijfduur_share = 2; }", "inschrijfduur_share is 2");
    assert_part_problem("conduct", "{ part = \"refusal_penalty\"; suspend_months = 0; }", "suspend_months is 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusing_costs_what_the_rules_say),
        cmocka_unit_test(refusals_within_a_year_suspend),
        cmocka_unit_test(any_refusals_leave_nothing_below_zero),
        cmocka_unit_test(refusal_penalty_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
