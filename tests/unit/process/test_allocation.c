#include "process/allocation.h"

#include "process/process_registry.h"
#include "process/timeline.h"
#include "rules/registry.h"
#include "scenario/read.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

static const char scenario_text[] = "name = \"test\"; ticks = 12;\n"
                                    "groups = ( { name = \"referred\"; where = \"referral != none\"; use = [ \"rule\" ]; } );\n"
                                    "rules = ( { name = \"region\"; basis = \"test\";\n"
                                    "  channels = ( { part = \"advertised\"; name = \"adverts\"; share = 1.0; } );\n"
                                    "  filters = ( { part = \"registered\"; }, { part = \"income_limit\"; } );\n"
                                    "  order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } ); spreiding = (); } );\n";

static const char people[] =
    "month 2025-01\nunit v tenure=social rent=600 rooms=3\nunit u tenure=social rent=640 rooms=1\n"
    "household old unit=u income=30000 members=40m registered=2010-01 search=2024-01 reactions=9\n"
    "household urgent place=shelter income=30000 members=40m registered=2023-01 search=2024-06 urgency=social until=2025-12\n"
    "household new place=shelter income=30000 members=30m registered=2022-01 search=2024-01\n"
    "household rich place=shelter income=95000 members=30m registered=2005-01 search=2024-01\n"
    "household passive place=shelter income=30000 members=30m registered=2001-01\n";

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_scenario scenario;
    wks_catalogue catalogue;
} stage;

static void open_stage(stage *s)
{
    static const wks_indicator_spec no_indicators[1];
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_read_options options = WKS_READ_OPTIONS_INIT;

    memset(s, 0, sizeof *s);
    s->catalogue = (wks_catalogue){.process = wks_process_registry,
                                   .n_processes = wks_process_registry_size,
                                   .part = wks_registry_parts,
                                   .n_parts = wks_registry_n_parts,
                                   .event = wks_timeline_events,
                                   .n_events = wks_timeline_n_events,
                                   .indicator = no_indicators,
                                   .n_indicators = 0};
    const wks_status rc =
        wks_read_scenario_text("test.cfg", scenario_text, strlen(scenario_text), &options, &s->catalogue, &s->scenario, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
    wks_fixture_world_make(&s->world, people);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    s->fixture.tick.scenario = &s->scenario;
    assert_ok(wks_round_create(&s->scenario, &s->world, &s->fixture.tick.round, &err), &err);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        if (s->world.household.search_month[i] != WKS_NO_MONTH) s->world.household.search[i] = WKS_SEARCH_SOCIAL;
    }
    /* Everybody looks at everything and takes what is offered. */
    wks_fixture_tick_set(&s->fixture, "allocation", "react", 1);
    wks_fixture_tick_set(&s->fixture, "allocation", "accept", 10);
    wks_fixture_tick_set(&s->fixture, "allocation", "accept_wait", 0);
    wks_fixture_tick_set(&s->fixture, "allocation", "no_show", 0);
    wks_fixture_tick_set(&s->fixture, "allocation", "taste_sd", 0); /* a larger home is better, and any home is better than none */
    wks_fixture_tick_set(&s->fixture, "allocation", "weight_rent", 0);
    wks_fixture_tick_set(&s->fixture, "allocation", "weight_size", 2);
}

static void close_stage(stage *s)
{
    wks_round_destroy(s->fixture.tick.round);
    wks_scenario_free(&s->scenario);
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void housed_by_urgency_and_the_search_is_closed(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_month(&s.fixture, "allocation");
    const int32_t winner = wks_fixture_world_household(&s.world, "urgent");
    assert_int_equal(s.world.unit.household_row[wks_fixture_world_unit(&s.world, "v")], winner);
    assert_int_equal(s.world.letting.n, 1);
    assert_int_equal(s.world.household.search[winner], WKS_SEARCH_STAY);
    assert_int_equal(s.world.household.search_month[winner], WKS_NO_MONTH);
    assert_int_equal(s.world.household.urgency[winner], WKS_URGENCY_NONE);
    assert_int_equal(s.world.household.n_reactions[winner], 0);
    /* The others still look. */
    const int32_t other = wks_fixture_world_household(&s.world, "new");
    assert_int_equal(s.world.household.search[other], WKS_SEARCH_SOCIAL);
    assert_int_not_equal(s.world.household.search_month[other], WKS_NO_MONTH);
    close_stage(&s);
}

static void longest_registered_goes_first_and_leaves_a_link(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.household.urgency[wks_fixture_world_household(&s.world, "urgent")] = WKS_URGENCY_NONE;
    wks_fixture_tick_month(&s.fixture, "allocation");
    const int32_t freed = wks_fixture_world_unit(&s.world, "u");
    assert_int_equal(s.world.unit.household_row[wks_fixture_world_unit(&s.world, "v")], wks_fixture_world_household(&s.world, "old"));
    assert_int_equal(s.world.unit.household_row[freed], WKS_NONE);
    assert_int_equal(s.world.unit.lettable_month[freed], s.world.month + 1);
    assert_int_equal(s.world.unit.chain[freed], 1);
    /* Next month the freed home goes on, one link further: nobody else is as long registered but `new`. */
    wks_fixture_tick_month(&s.fixture, "allocation");
    assert_int_equal(s.world.unit.household_row[freed], wks_fixture_world_household(&s.world, "new"));
    assert_int_equal(s.world.letting.item[0].chain, 1);
    close_stage(&s);
}

static void belief_learns_from_the_letting(void **state)
{
    stage s;
    double housed = 0;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_month(&s.fixture, "allocation");
    for (int32_t t = 0; t < WKS_BELIEF_TYPES; t++) {
        for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
            housed += s.world.belief.housed[t][d];
    }
    assert_close(housed, 1, 1e-12, 0);
    close_stage(&s);
}

static void nobody_reacts_nobody_is_housed(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "allocation", "react", 0);
    for (int32_t m = 0; m < 3; m++) {
        wks_fixture_tick_month(&s.fixture, "allocation");
        assert_int_equal(s.world.letting.n, 0);
        assert_int_equal(s.world.letting.n_reactions, 0);
    }
    close_stage(&s);
}

static void no_show_at_one_houses_nobody(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "allocation", "no_show", 1);
    wks_fixture_tick_month(&s.fixture, "allocation");
    assert_int_equal(s.world.letting.n, 0);
    assert_true(s.world.letting.n_offers > 0);
    close_stage(&s);
}

/* Who would come to neighbours they never see refuses at a large weight; without the weight nothing of it counts, to the byte. */
static void light_contacts_count_in_accepting_unless_switched_off(void **state)
{
    uint64_t hash[2];
    (void)state;
    for (int32_t k = 0; k < 4; k++) {
        stage s;
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "allocation", "weight_contacts", k < 2 ? 0 : 2);
        wks_fixture_tick_set(&s.fixture, "allocation", "weight_size", 0);
        wks_fixture_tick_set(&s.fixture, "allocation", "accept", 0);
        s.world.buurt.contacts[0] = k % 2 == 0 ? 1e-9 : 10;
        wks_fixture_tick_month(&s.fixture, "allocation");
        s.world.buurt.contacts[0] = 1;
        if (k < 2) hash[k] = wks_world_hash(&s.world);
        if (k == 2) assert_int_equal(s.world.letting.n, 0);
        if (k == 3) assert_int_equal(s.world.letting.n, 1);
        close_stage(&s);
    }
    assert_int_equal(hash[0], hash[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(housed_by_urgency_and_the_search_is_closed),
        cmocka_unit_test(longest_registered_goes_first_and_leaves_a_link),
        cmocka_unit_test(belief_learns_from_the_letting),
        cmocka_unit_test(nobody_reacts_nobody_is_housed),
        cmocka_unit_test(no_show_at_one_houses_nobody),
        cmocka_unit_test(light_contacts_count_in_accepting_unless_switched_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
