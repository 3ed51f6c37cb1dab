#include "unit/rules/spreiding_case.h"

/* Buurten of 4, 2, 2 and 0 social homes; the last has an owner-occupier. Vacant: one or two in each. */
static const char world[] = "buurten 4\n"
                            "unit a1 buurt=0 tenure=social rent=500 rooms=2\nunit a2 buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit a3 buurt=0 tenure=social rent=500 rooms=2\nunit a4 buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b1 buurt=1 tenure=social rent=500 rooms=2\nunit b2 buurt=1 tenure=social rent=500 rooms=2\n"
                            "unit c1 buurt=2 tenure=social rent=500 rooms=2\nunit c2 buurt=2 tenure=social rent=500 rooms=2\n"
                            "unit own buurt=3 tenure=owner value=300000 rooms=4\n"
                            "household in place=coa income=14000 members=30m referral=statushouder\n"
                            "household plain place=shelter income=14000 members=30m\n";

static const char *const vacancy[3] = {"a1", "b1", "c1"};

/* Twelve lettings a year, each to the unit that direct mediation would propose first; n[buurt] are counted. */
static void let_by_preference(spreiding_case *s, int32_t n_lettings, int32_t n[3], const double weight[3])
{
    for (int32_t t = 1; t <= n_lettings; t++) {
        double best = -2.0;
        int32_t chosen = -1;
        for (int32_t i = 0; i < 3; i++) {
            const wks_advert advert = part_advert(&s->c, vacancy[i]);
            const double prefer = spreiding_part(s)->prefer(&s->c.context, s->c.settings, s->memory, &advert);
            assert_int_equal(prefer > 0.0, spreiding_allows(s, "in", vacancy[i]));
            if (!(prefer > best)) continue;
            best = prefer;
            chosen = i;
        }
        assert_true(best > 0.0); /* somebody is always behind */
        spreiding_commit(s, "in", vacancy[chosen]);
        n[chosen]++;
        for (int32_t i = 0; i < 3; i++)
            assert_true(n[i] < weight[i] * t + 1.0 && n[i] > weight[i] * t - 1.0); /* quota method: both sides */
    }
}

static void contingent_by_stock_keeps_within_one_letting_of_the_key(void **state)
{
    static const double weight[3] = {0.5, 0.25, 0.25};
    int32_t n[3] = {0};
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; }", world);
    let_by_preference(&s, 40, n, weight);
    assert_int_equal(n[0], 20);
    assert_int_equal(n[1], 10);
    spreiding_close(&s);
}

static void contingent_even_is_even(void **state)
{
    static const double weight[3] = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0};
    int32_t n[3] = {0};
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; key = \"even\"; }", world);
    let_by_preference(&s, 40, n, weight);
    spreiding_close(&s);
}

static void contingent_strong_first_follows_leefbaarheid(void **state)
{
    /* From weak to strong: a, b, c. Homes 4, 2, 2 times 1/3, 3/3, 5/3. */
    static const double weight[3] = {4.0 / 20.0, 6.0 / 20.0, 10.0 / 20.0};
    int32_t n[3] = {0};
    spreiding_case s;

    (void)state;
    part_open(&s.c, "spreiding", "{ part = \"contingent\"; group = \"verwezen\"; key = \"strong_first\"; }", world);
    s.memory = NULL;
    s.c.world.buurt.onv[0] = -0.2;
    s.c.world.buurt.onv[2] = 0.1;
    spreiding_round(&s);
    let_by_preference(&s, 40, n, weight);
    assert_int_equal(n[2], 20);
    spreiding_close(&s);
}

static void contingent_by_lettings_uses_last_year(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; key = \"lettings\"; }", world);
    assert_tells(&s, "in", "a1", "its part is 0.5"); /* nothing known: by stock */
    for (int32_t i = 0; i < 3; i++)
        spreiding_commit(&s, "plain", "c1");
    spreiding_commit(&s, "plain", "a1");
    s.c.world.month += 12;
    spreiding_round(&s);
    assert_tells(&s, "in", "a1", "its part is 0.25");
    assert_tells(&s, "in", "c1", "its part is 0.75");
    assert_false(spreiding_allows(&s, "in", "b1")); /* nothing was let there */
    spreiding_close(&s);
}

static void contingent_quota_is_paced_over_the_year(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; quota = 3; ahead = 10; }", world); /* January */
    assert_true(spreiding_allows(&s, "in", "a1"));
    spreiding_commit(&s, "in", "a1");
    assert_false(spreiding_allows(&s, "in", "b1")); /* one in four months */
    assert_true(spreiding_allows(&s, "plain", "b1"));
    s.c.world.month += 3;
    spreiding_round(&s);
    assert_false(spreiding_allows(&s, "in", "b1"));
    s.c.world.month += 1;
    spreiding_round(&s);
    assert_true(spreiding_allows(&s, "in", "b1"));
    assert_tells(&s, "in", "b1", "the quota has room for 2 so far");
    spreiding_close(&s);
}

static void contingent_passes_over_who_is_ahead(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; }", world);
    spreiding_commit(&s, "in", "b1"); /* key 0.25 */
    assert_false(spreiding_allows(&s, "in", "b2"));
    assert_true(spreiding_allows(&s, "plain", "b2"));
    assert_true(spreiding_allows(&s, "in", "a1"));
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; ahead = 2; }", world);
    spreiding_commit(&s, "in", "b1");
    assert_true(spreiding_allows(&s, "in", "b2"));
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; level = \"owner\"; }", world); /* one corporatie: never ahead */
    for (int32_t i = 0; i < 20; i++) {
        assert_true(spreiding_allows(&s, "in", "a1"));
        spreiding_commit(&s, "in", "a1");
    }
    spreiding_close(&s);
}

static void contingent_counts_reservations(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"contingent\"; group = \"verwezen\"; }", world);
    spreiding_reserve(&s, "in", "b1");
    spreiding_round(&s);
    assert_true(spreiding_allows(&s, "in", "b1"));
    assert_tells(&s, "in", "b2", "has 1 of 0 lettings");
    spreiding_commit(&s, "in", "b1");
    assert_tells(&s, "in", "b2", "has 1 of 1 lettings");
    spreiding_close(&s);
}

static void contingent_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"contingent\"; }", "group");
    assert_part_problem("spreiding", "{ part = \"contingent\"; group = \"verwezen\"; level = \"portiek\"; }", "level is \"portiek\"");
    assert_part_problem("spreiding", "{ part = \"contingent\"; group = \"verwezen\"; ahead = 0; }", "ahead is 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contingent_by_stock_keeps_within_one_letting_of_the_key),
        cmocka_unit_test(contingent_even_is_even),
        cmocka_unit_test(contingent_strong_first_follows_leefbaarheid),
        cmocka_unit_test(contingent_by_lettings_uses_last_year),
        cmocka_unit_test(contingent_quota_is_paced_over_the_year),
        cmocka_unit_test(contingent_passes_over_who_is_ahead),
        cmocka_unit_test(contingent_counts_reservations),
        cmocka_unit_test(contingent_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
