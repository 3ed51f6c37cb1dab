/* What a rule set asks of applicants, in the round itself. */
#include "unit/rules/round_case.h"

enum { N_SEEKERS = 40, N_HOMES = 9 };

typedef struct round_conduct {
    wks_world world;
    wks_scenario scenario;
    wks_round *round;
    wks_law law;
    wks_round_behaviour behaviour;
} round_conduct;

/* Many seekers in shelter and few homes that everybody may have and wants. */
static void conduct_open(round_conduct *c, const char *rules)
{
    wks_text text = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;

    memset(c, 0, sizeof *c);
    wks_text_addf(&text, "month 2025-01\nbuurten 1\n");
    for (int i = 0; i < N_HOMES; i++)
        wks_text_addf(&text, "unit v%d buurt=0 tenure=social rent=500 rooms=3\n", i);
    for (int i = 0; i < N_SEEKERS; i++)
        wks_text_addf(&text, "household h%d place=shelter income=20000 members=30m registered=20%02d-01 search=2024-06\n", i, 5 + i % 15);
    wks_fixture_world_make(&c->world, text.data);
    wks_text_free(&text);
    c->world.seed = wks_rng_seed_make(3, 1);
    c->world.threads = 1;
    c->world.tick = 1;
    for (int32_t h = 0; h < N_SEEKERS; h++)
        c->world.household.search[h] = WKS_SEARCH_SOCIAL;
    case_scenario(&c->scenario, rules);
    assert_ok(wks_round_create(&c->scenario, &c->world, &c->round, &err), &err);
    c->law = wks_law_of_year(2025, 0.0);
    c->behaviour = case_behaviour;
    c->behaviour.reactions_per_round = 6;
    c->behaviour.react_share = c->behaviour.react_oriented = 1.0;
    c->behaviour.taste_sd = 0.0;
    c->behaviour.belief_full = 0.25;
}

static void conduct_run(round_conduct *c)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_round_run(c->round, &c->world, &c->law, &c->behaviour, &err), &err);
}

static void conduct_close(round_conduct *c)
{
    wks_round_destroy(c->round);
    wks_scenario_free(&c->scenario);
    wks_world_free(&c->world);
}

#define ADVERTISED "channels = ( { part = \"advertised\"; } ); filters = ( { part = \"registered\"; } ); "
#define LIST       ADVERTISED "order = ( { part = \"inschrijfduur\"; } ); "
#define EARNED     "conduct = ( { part = \"search_points\"; reactions = 4; most = 30.0; } );"

static int64_t reactions_under(const char *rules)
{
    round_conduct c;

    conduct_open(&c, rules);
    conduct_run(&c);
    const int64_t n = c.world.letting.n_reactions;
    conduct_close(&c);
    return n;
}

static void reaction_cap_binds_exactly(void **state)
{
    (void)state;
    assert_int_equal(reactions_under(LIST), 6 * N_SEEKERS);
    assert_int_equal(reactions_under(LIST "conduct = ( { part = \"reaction_cap\"; most = 3; } );"), 3 * N_SEEKERS);
    assert_int_equal(reactions_under(LIST "conduct = ( { part = \"reaction_cap\"; most = 1; } );"), N_SEEKERS);
    assert_int_equal(reactions_under(LIST "conduct = ( { part = \"reaction_cap\"; most = 100; } );"), 6 * N_SEEKERS);
}

static void suspended_households_do_not_react(void **state)
{
    round_conduct c;

    (void)state;
    conduct_open(&c, LIST "conduct = ( { part = \"refusal_penalty\"; suspend_after = 1; suspend_months = 2; } );");
    for (int32_t h = 0; h < N_SEEKERS; h += 2)
        wks_rare_set(&c.world.registration.suspended_until, wks_part_registration(&c.world, h), wks_month_cell(c.world.month + 1));
    conduct_run(&c);
    for (int32_t h = 0; h < N_SEEKERS; h++) {
        const int32_t r = wks_part_registration(&c.world, h);
        if (r >= 0 && h % 2 == 0) assert_int_equal(c.world.registration.reacted_month[r], WKS_NO_MONTH);
    }
    assert_int_equal(c.world.letting.n_reactions, 6 * N_SEEKERS / 2);
    conduct_close(&c);
}

/* Everybody refuses everything: every refusal is booked with the registration that was asked. */
static void refusals_are_booked_with_the_registration(void **state)
{
    round_conduct c;
    int64_t n_suspended = 0;

    (void)state;
    conduct_open(&c, LIST "conduct = ( { part = \"refusal_penalty\"; points = 1.0; suspend_after = 6; suspend_months = 2; } );");
    c.behaviour.accept_base = -1000.0;
    c.behaviour.no_show_share = 0.0;
    for (int32_t r = 0; r < N_SEEKERS; r++)
        c.world.registration.search_points[r] = 100.0F;
    conduct_run(&c);
    assert_int_equal(c.world.letting.n, 0);
    double lost = 0.0;
    for (int32_t r = 0; r < N_SEEKERS; r++) {
        lost += 100.0 - (double)c.world.registration.search_points[r];
        n_suspended += wks_rare_i32(&c.world.registration.suspended_until, r) != WKS_NO_MONTH;
    }
    assert_close(lost, (double)c.world.letting.n_refusals, 1e-9, 0.0);
    assert_int_equal(n_suspended, N_SEEKERS); /* six reactions, six refusals */
    conduct_close(&c);
}

static void oriented_households_look_at_their_own_rate_and_are_choosy(void **state)
{
    round_conduct c;

    (void)state;
    for (int k = 0; k < 2; k++) {
        conduct_open(&c, LIST);
        for (int32_t h = 0; h < N_SEEKERS; h++) {
            c.world.household.urge[h] = WKS_URGE_ORIENTED;
            if (k == 1) c.world.household.place[h] = WKS_PLACE_OUTSIDE; /* has a home: may be choosy */
        }
        if (k == 0) c.behaviour.react_oriented = 0.0;
        if (k == 1) c.behaviour.choosy = 1000.0;
        conduct_run(&c);
        assert_int_equal(c.world.letting.n_reactions, 0);
        conduct_close(&c);
    }
    conduct_open(&c, LIST);
    for (int32_t h = 0; h < N_SEEKERS; h++)
        c.world.household.urge[h] = WKS_URGE_ORIENTED;
    c.behaviour.choosy = 1000.0; /* without a home nobody is */
    conduct_run(&c);
    assert_int_equal(c.world.letting.n_reactions, 6 * N_SEEKERS);
    conduct_close(&c);
}

/* Nobody believes in the ranking: nobody reacts to it, everybody to lots. */
static void hopeless_seekers_react_to_lots_only(void **state)
{
    round_conduct c;

    (void)state;
    for (int k = 0; k < 3; k++) {
        conduct_open(&c, k == 0   ? LIST
                         : k == 1 ? ADVERTISED "order = ( { part = \"lot\"; } );"
                                  : ADVERTISED "order = ( { part = \"points\"; } );");
        for (int32_t t = 0; t < WKS_BELIEF_TYPES; t++) {
            for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
                c.world.belief.active[t][d] = 1e9;
        }
        c.behaviour.postpone = 1000.0;
        conduct_run(&c);
        assert_int_equal(c.world.letting.n_reactions, k == 1 ? 6 * N_SEEKERS : 0);
        for (int32_t i = 0; i < c.world.letting.n; i++)
            assert_int_equal(c.world.letting.item[i].by_chance, 1);
        conduct_close(&c);
    }
}

/* Who could earn a point that counts reacts to what it would not take. */
static void points_are_a_reason_to_react(void **state)
{
    round_conduct c;

    (void)state;
    for (int k = 0; k < 4; k++) {
        const int effort = k % 2, count = k / 2;
        conduct_open(&c, count ? ADVERTISED "order = ( { part = \"points\"; } ); " EARNED : LIST EARNED);
        c.behaviour.react_share = 0.0;
        c.behaviour.weight_rent = 50.0; /* staying is better */
        c.behaviour.points_effort = effort;
        for (int32_t h = 0; h < N_SEEKERS; h += 2) /* half have them all */
            c.world.registration.search_points[wks_part_registration(&c.world, h)] = 30.0F;
        conduct_run(&c);
        assert_int_equal(c.world.letting.n_reactions, count * effort * 4 * N_SEEKERS / 2);
        conduct_close(&c);
    }
}

static void first_reaction_starts_the_search_of_a_registration(void **state)
{
    round_conduct c;

    (void)state;
    conduct_open(&c, LIST);
    c.behaviour.accept_base = -1000.0;
    for (int32_t r = 0; r < N_SEEKERS; r++)
        c.world.registration.first_month[r] = wks_month_cell(r == 0 ? c.world.month - 60 : WKS_NO_MONTH);
    conduct_run(&c);
    for (int32_t r = 0; r < N_SEEKERS; r++) {
        assert_int_equal(c.world.registration.first_month[r], r == 0 ? c.world.month - 60 : c.world.month);
        assert_int_equal(c.world.registration.n_reactions[r], 6);
    }
    conduct_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reaction_cap_binds_exactly),
        cmocka_unit_test(suspended_households_do_not_react),
        cmocka_unit_test(refusals_are_booked_with_the_registration),
        cmocka_unit_test(oriented_households_look_at_their_own_rate_and_are_choosy),
        cmocka_unit_test(hopeless_seekers_react_to_lots_only),
        cmocka_unit_test(points_are_a_reason_to_react),
        cmocka_unit_test(first_reaction_starts_the_search_of_a_registration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
