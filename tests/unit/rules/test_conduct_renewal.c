/* When a registration ends: dormant, or its fee unpaid. */
#include "unit/rules/conduct_case.h"

static void registrations_end_when_dormant_or_unpaid(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"renewal\"; dormant_years = 5; unpaid_share = 0.3; }");
    const int32_t a = conduct_registration(&c, "a"), b = conduct_registration(&c, "b");
    c.world->start_month = c.world->month - 60;
    assert_true(wks_conduct_ends(&c.conduct, c.world, a, 0.999)); /* ten years without a reaction */
    c.world->registration.reacted_month[a] = wks_month_cell(c.world->month - 59);
    int32_t n_paid = 0, n_unpaid = 0;
    for (int32_t i = 0; i < 12; i++) { /* the fee is due once a year */
        c.world->registration.reacted_month[a] = wks_month_cell(c.world->month - 59);
        n_unpaid += wks_conduct_ends(&c.conduct, c.world, a, 0.29);
        n_paid += !wks_conduct_ends(&c.conduct, c.world, a, 0.31);
        c.world->month++;
    }
    assert_int_equal(n_unpaid, 1);
    assert_int_equal(n_paid, 12);
    c.world->household.search_month[conduct_row(&c, "b")] = wks_month_cell(c.world->month); /* who is looking pays */
    for (int32_t i = 0; i < 12; i++, c.world->month++)
        assert_false(wks_conduct_ends(&c.conduct, c.world, b, 0.0001));
    conduct_close(&c);
}

/* Reactions of before the run are not known, and before the rule set nobody was asked for any: nobody is dormant at once. */
static void dormancy_is_counted_from_the_first_month_in_force(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"renewal\"; dormant_years = 5; }");
    const int32_t a = conduct_registration(&c, "a"), start = c.world->month;
    for (int32_t late = 0; late <= 24; late += 24) {
        c.conduct.in_force_month = late == 0 ? WKS_NO_MONTH : start + late;
        c.world->month = start + late + 59;
        assert_false(wks_conduct_ends(&c.conduct, c.world, a, 0.999));
        c.world->month++;
        assert_true(wks_conduct_ends(&c.conduct, c.world, a, 0.999));
    }
    c.world->registration.reacted_month[a] = wks_month_cell(start); /* what is known counts */
    c.world->month = start + 60;
    assert_true(wks_conduct_ends(&c.conduct, c.world, a, 0.999));
    conduct_close(&c);
}

static void without_a_fee_or_a_limit_nothing_ends_edge(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"renewal\"; }");
    for (int32_t i = 0; i < 24; i++, c.world->month++)
        assert_false(wks_conduct_ends(&c.conduct, c.world, conduct_registration(&c, "a"), 1e-9));
    conduct_close(&c);
}

static void renewal_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"renewal\"; unpaid_share = 1.5; }", "unpaid_share is 1.5");
    assert_part_problem("conduct", "{ part = \"renewal\"; dormant_years = -1.0; }", "dormant_years is -1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registrations_end_when_dormant_or_unpaid),
        cmocka_unit_test(dormancy_is_counted_from_the_first_month_in_force),
        cmocka_unit_test(without_a_fee_or_a_limit_nothing_ends_edge),
        cmocka_unit_test(renewal_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
