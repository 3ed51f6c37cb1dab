/* How units go from channel to channel, and the channels in which the landlord proposes or the fastest wins, in a whole round. */
#include "rules/round_state.h"
#include "unit/rules/round_case.h"
#include "world/check.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_law law;
    wks_round *round;
    wks_round_behaviour behaviour;
} stage;

static const char town[] = "buurten 1\n"
                           "unit v buurt=0 tenure=social rent=500 rooms=3\n"
                           "unit w buurt=0 tenure=social rent=500 rooms=3\n"
                           "household first place=shelter income=20000 members=30m registered=2010-01 search=2024-10\n"
                           "household second place=shelter income=20000 members=30m registered=2015-01 search=2024-10\n"
                           "household third place=shelter income=20000 members=30m registered=2020-01 search=2024-10\n";

static void open_stage(stage *s, const char *rules, double accept)
{
    wks_err err = WKS_ERR_INIT;

    memset(s, 0, sizeof *s);
    case_scenario(&s->scenario, rules);
    wks_fixture_world_make(&s->world, town);
    for (int32_t h = 0; h < s->world.household.base.n_rows; h++)
        s->world.household.search[h] = WKS_SEARCH_SOCIAL;
    s->world.seed = wks_rng_seed_make(11, 1);
    s->world.tick = 1;
    s->world.threads = 1;
    s->law = wks_law_of_year(2025, 0.0);
    s->behaviour = case_behaviour;
    s->behaviour.react_share = 1.0;
    s->behaviour.taste_sd = 0.0;
    s->behaviour.no_show_share = 0.0;
    s->behaviour.accept_base = accept;
    assert_ok(wks_round_create(&s->scenario, &s->world, &s->round, &err), &err);
    wks_round_record(s->round, true);
}

static void close_stage(stage *s)
{
    wks_round_destroy(s->round);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void run_month(stage *s)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_round_run(s->round, &s->world, &s->law, &s->behaviour, &err), &err);
    assert_ok(wks_check_structure(&s->world, &err), &err);
}

/* Channels in which unit `v` was on offer this month, in order, as text: "01" is first channel 0, then 1. */
static const char *channels_of_v(const stage *s)
{
    static char text[16];
    int64_t n;
    const wks_advert *advert = wks_round_adverts(s->round, &n);
    size_t at = 0;

    for (int64_t i = 0; i < n && at + 1 < sizeof text; i++) {
        if (advert[i].unit_row == wks_fixture_world_unit(&s->world, "v")) text[at++] = (char)('0' + advert[i].channel);
    }
    text[at] = '\0';
    return text;
}

/* Months of a round that lets nothing: where v goes. */
static void assert_path(const char *rules, const char *const *expected, int32_t n)
{
    stage s;

    open_stage(&s, rules, -40.0);
    for (int32_t m = 0; m < n; m++) {
        run_month(&s);
        if (strcmp(channels_of_v(&s), expected[m]) != 0)
            fail_msg("month %d: v was in channels '%s', expected '%s'; %s", m, channels_of_v(&s), expected[m], rules);
        case_next_month(&s.world);
        for (int32_t h = 0; h < s.world.household.base.n_rows; h++)
            s.world.household.search[h] = WKS_SEARCH_SOCIAL;
    }
    close_stage(&s);
}

static void unit_that_is_not_let_goes_to_the_channel_named_then(void **state)
{
    static const char *const stays[] = {"0", "0", "0"}, *const goes[] = {"0", "1", "1"}, *const later[] = {"0", "0", "1"},
                             *const back[] = {"0", "1", "0"};

    (void)state;
    assert_path("channels = ( { part = \"advertised\"; }, { part = \"first_reactor\"; share = 0.0; } );", stays, 3);
    assert_path("channels = ( { part = \"advertised\"; then = \"first_reactor\"; }, { part = \"first_reactor\"; share = 0.0; } );", goes,
                3);
    assert_path(
        "channels = ( { part = \"advertised\"; then = \"first_reactor\"; then_after = 2; }, { part = \"first_reactor\"; share = 0.0; } );",
        later, 3);
    assert_path("channels = ( { part = \"advertised\"; then = \"first_reactor\"; }, "
                "{ part = \"first_reactor\"; share = 0.0; then = \"advertised\"; } );",
                back, 3);
}

static void unit_that_was_proposed_goes_on_at_once_or_next_month(void **state)
{
    static const char *const once[] = {"01", "01"}, *const both[] = {"01", "01"}, *const waits[] = {"1", "02", "2"},
                             *const not_for[] = {"01"};

    (void)state;
    assert_path("channels = ( { part = \"distribution\"; share = 1.0; }, { part = \"advertised\"; share = 0.0; } );", once, 2);
    assert_path(
        "channels = ( { part = \"distribution\"; share = 1.0; then = \"b\"; }, { part = \"distribution\"; name = \"b\"; share = 0.0; } );",
        both, 2);
    /* A proposing channel earlier in the list has had its turn this month; what it does not let either stays where it is advertised. */
    assert_path("channels = ( { part = \"distribution\"; name = \"a\"; share = 0.0; }, { part = \"distribution\"; name = \"b\"; share = "
                "1.0; then = "
                "\"a\"; }, { part = \"advertised\"; share = 0.0; } );",
                waits, 3);
    /* A channel for other dwellings gets nothing. */
    assert_path("channels = ( { part = \"distribution\"; share = 1.0; then = \"s\"; }, { part = \"advertised\"; share = 0.0; }, "
                "{ part = \"advertised\"; name = \"s\"; share = 0.0; label = \"senior\"; } );",
                not_for, 1);
}

/* Channels are those of a rule set: what was sent on draws anew when other rules come into force. */
static void unit_that_was_sent_on_draws_anew_under_other_rules(void **state)
{
    static const char *const expected[] = {"0", "1", "0"};

    (void)state;
    assert_path("until = \"2025-03\"; channels = ( { part = \"advertised\"; then = \"first_reactor\"; }, { part = \"first_reactor\"; share "
                "= 0.0; } ); }, "
                "{ name = \"later\"; from = \"2025-03\"; channels = ( { part = \"advertised\"; } );",
                expected, 3);
}

static void distribution_lets_in_order_of_the_rules(void **state)
{
    stage s;

    (void)state;
    open_stage(
        &s,
        "channels = ( { part = \"distribution\"; } ); filters = ( { part = \"registered\"; } ); order = ( { part = \"inschrijfduur\"; } );",
        30.0);
    run_month(&s);
    assert_int_equal(s.world.letting.n, 2);
    assert_int_equal(s.world.letting.n_reactions, 0); /* nothing is advertised */
    assert_true(s.world.letting.item[0].household_key == wks_text_hash("first"));
    assert_true(s.world.letting.item[1].household_key == wks_text_hash("second"));
    assert_int_equal(s.world.letting.item[0].candidates, 3);
    close_stage(&s);
}

/* Three months of a random world with lists of any length: who got what. */
static uint64_t hash_of_proposals(uint64_t number, int32_t most_listed)
{
    static const char rules[] =
        "channels = ( { part = \"distribution\"; share = 0.7; turn_lost_months = 1; }, { part = \"direct\"; share = 0.3; } );"
        "filters = ( { part = \"income_limit\"; } ); order = ( { part = \"inschrijfduur\"; } );";
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_err err = WKS_ERR_INIT;
    wks_scenario scenario;
    wks_world world;
    wks_round *round = NULL;
    uint64_t hash = 0;

    case_scenario(&scenario, rules);
    case_world(&world, number, 20, 40, 0);
    assert_ok(wks_round_create(&scenario, &world, &round, &err), &err);
    if (most_listed > 0) round->most_listed = most_listed;
    for (int32_t m = 0; m < 3; m++) {
        assert_ok(wks_round_run(round, &world, &law, &case_behaviour, &err), &err);
        for (int32_t i = 0; i < world.letting.n; i++)
            hash = wks_columns_mix(hash, world.letting.item[i].unit_key ^ world.letting.item[i].household_key * 3);
        hash = wks_columns_mix(hash, (uint64_t)world.letting.n);
        case_next_month(&world);
    }
    hash = wks_columns_mix(hash, wks_world_hash(&world));
    wks_round_destroy(round);
    wks_scenario_free(&scenario);
    wks_world_free(&world);
    return hash;
}

static void proposals_do_not_depend_on_how_many_are_listed_at_a_time(void **state)
{
    (void)state;
    for (uint64_t number = 1; number <= 30; number++) {
        const uint64_t whole = hash_of_proposals(number, 0);
        assert_true(hash_of_proposals(number, 1) == whole); /* a unit at a time */
        assert_true(hash_of_proposals(number, 150) == whole);
    }
}

static void distribution_of_who_refuses_costs_the_turn(void **state)
{
    stage s;
    int64_t n;
    int32_t n_refused = 0, n_lost = 0;

    (void)state;
    open_stage(&s, "channels = ( { part = \"distribution\"; turn_lost_months = 2; } ); order = ( { part = \"inschrijfduur\"; } );", -40.0);
    run_month(&s);
    const wks_round_offer *offer = wks_round_offers(s.round, &n);
    for (int64_t i = 0; i < n; i++) {
        n_refused += offer[i].outcome == WKS_ROUND_REFUSED;
        n_lost += offer[i].outcome == WKS_ROUND_TURN_LOST;
    }
    assert_int_equal(n_refused, 3); /* each was proposed one of the two */
    assert_int_equal(n_lost, 3);
    case_next_month(&s.world);
    run_month(&s);
    wks_round_offers(s.round, &n);
    assert_int_equal(n, 0); /* nobody has a turn */
    case_next_month(&s.world);
    run_month(&s);
    wks_round_offers(s.round, &n);
    assert_int_equal(n, 6);
    close_stage(&s);
}

static void first_reactor_wins_as_often_as_the_others(void **state)
{
    int32_t n_first = 0;

    (void)state;
    for (int32_t i = 0; i < 600; i++) {
        stage s;
        open_stage(&s, "channels = ( { part = \"first_reactor\"; share = 1.0; } ); order = ( { part = \"inschrijfduur\"; } );", 30.0);
        s.world.seed = wks_rng_seed_make((uint64_t)i, 9);
        run_month(&s);
        const wks_letting *letting = &s.world.letting.item[0];
        const uint64_t unit = letting->unit_key;
        const uint64_t key[] = {wks_text_hash("first"), wks_text_hash("second"), wks_text_hash("third")};
        s.world.tick = 1;
        for (int32_t k = 0; k < 3; k++) /* nobody reacted before who has the home */
            assert_true(wks_part_speed(&s.world, letting->household_key, unit) >= wks_part_speed(&s.world, key[k], unit));
        assert_int_equal(letting->order_part, WKS_LETTING_BY_SPEED);
        n_first += letting->household_key == key[0];
        close_stage(&s);
    }
    assert_close(n_first / 600.0, 1.0 / 3.0, 0.0, 4.0 * sqrt(2.0 / 9.0 / 600.0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unit_that_is_not_let_goes_to_the_channel_named_then),
        cmocka_unit_test(unit_that_was_proposed_goes_on_at_once_or_next_month),
        cmocka_unit_test(unit_that_was_sent_on_draws_anew_under_other_rules),
        cmocka_unit_test(distribution_lets_in_order_of_the_rules),
        cmocka_unit_test(distribution_of_who_refuses_costs_the_turn),
        cmocka_unit_test(proposals_do_not_depend_on_how_many_are_listed_at_a_time),
        cmocka_unit_test(first_reactor_wins_as_often_as_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
