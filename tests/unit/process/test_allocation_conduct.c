#include "process/process_registry.h"
#include "rules/registry.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"
#include "unit/rules/round_case.h"

static const char people[] = "month 2025-01\nbuurten 1\nunit u buurt=0 tenure=owner value=300000 rooms=3\n"
                             "household long place=shelter income=20000 members=30m registered=2010-01\n"
                             "household recent place=shelter income=20000 members=30m registered=2024-01\n"
                             "household looking place=shelter income=20000 members=30m registered=2010-01 search=2024-06\n";

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_fixture_tick fixture;
} stage;

static void open_stage(stage *s, const char *conduct)
{
    wks_text rules = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;

    wks_text_addf(&rules, "channels = ( { part = \"advertised\"; } ); conduct = ( %s );", conduct);
    case_scenario(&s->scenario, rules.data);
    wks_text_free(&rules);
    wks_fixture_world_make(&s->world, people);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    s->fixture.tick.scenario = &s->scenario;
    assert_ok(wks_round_create(&s->scenario, &s->world, &s->fixture.tick.round, &err), &err);
}

static void close_stage(stage *s)
{
    wks_round_destroy(s->fixture.tick.round);
    wks_scenario_free(&s->scenario);
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static bool is_registered(const stage *s, const char *name)
{
    return s->world.household.registered_month[wks_fixture_world_household(&s->world, name)] != WKS_NO_MONTH;
}

static void dormant_registrations_end_and_others_stay(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "{ part = \"renewal\"; dormant_years = 5; }");
    s.world.start_month -= 12 * 5;
    wks_fixture_tick_month(&s.fixture, "allocation");
    assert_false(is_registered(&s, "long"));
    assert_false(is_registered(&s, "looking")); /* looks, but never reacted */
    assert_true(is_registered(&s, "recent"));
    assert_int_equal(s.world.ledger.registrations_ended, 2);
    close_stage(&s);
}

static void unpaid_registrations_end_within_a_year_but_not_of_who_looks(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "{ part = \"renewal\"; unpaid_share = 1.0; }");
    for (int m = 0; m < 12; m++)
        wks_fixture_tick_month(&s.fixture, "allocation");
    assert_false(is_registered(&s, "long"));
    assert_false(is_registered(&s, "recent"));
    assert_true(is_registered(&s, "looking"));
    close_stage(&s);
}

static void without_conduct_nothing_is_kept(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    const uint64_t before = wks_world_hash(&s.world);
    wks_fixture_tick_run(&s.fixture, "allocation");
    assert_true(wks_world_hash(&s.world) == before);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dormant_registrations_end_and_others_stay),
        cmocka_unit_test(unpaid_registrations_end_within_a_year_but_not_of_who_looks),
        cmocka_unit_test(without_conduct_nothing_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
