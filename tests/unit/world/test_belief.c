#include "world/belief.h"

#include "support/check.h"
#include "support/fixture_world.h"

static const char one[] = "month 2025-06\nbuurten 1\n"
                          "household young place=shelter income=20000 members=30m registered=2025-01\n"
                          "household old place=shelter income=20000 members=60m registered=2000-01\n";

/* A letting to a single registered for that long, by lot or by the ranking. */
static void let(wks_world *world, int32_t months, bool by_chance)
{
    wks_letting *letting = NULL;
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_letting_add(&world->letting, &letting, &err), &err);
    letting->reason = WKS_LETTING_RANKED;
    letting->household_type = WKS_HOUSEHOLD_SINGLE;
    letting->months_registered = months;
    letting->by_chance = by_chance;
}

static void lots_are_learned_for_everybody_and_the_ranking_by_inschrijfduur(void **state)
{
    wks_world world;

    (void)state;
    wks_fixture_world_make(&world, one);
    const int32_t young = wks_fixture_world_household(&world, "young"), old = wks_fixture_world_household(&world, "old");
    for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
        world.belief.active[WKS_HOUSEHOLD_SINGLE][d] = 1e6;
    for (int32_t i = 0; i < 800; i++)
        let(&world, 300, false);
    wks_belief_take_lettings(&world);
    assert_close(wks_belief_success(&world, old), 8e-4, 0.01, 0.0);
    assert_true(wks_belief_success(&world, young) < 1e-6);
    wks_world_clear_flows(&world);
    for (int32_t i = 0; i < 800; i++)
        let(&world, 300, true);
    wks_belief_take_lettings(&world);
    assert_close(wks_belief_success(&world, young), 1e-4, 0.01, 0.0); /* over all singles */
    assert_close(wks_belief_success(&world, old), 9e-4, 0.01, 0.0);
    assert_true(wks_belief_by_rules(&world, young) < 1e-6);
    wks_world_free(&world);
}

static void belief_forgets_a_twelfth_a_month(void **state)
{
    static const int64_t nobody[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS] = {{0}};
    wks_world world;

    (void)state;
    wks_fixture_world_make(&world, one);
    world.belief.by_chance[WKS_HOUSEHOLD_SINGLE] = 12.0;
    world.belief.housed[WKS_HOUSEHOLD_SINGLE][3] = 24.0;
    wks_belief_take_active(&world, nobody);
    assert_close(world.belief.by_chance[WKS_HOUSEHOLD_SINGLE], 11.0, 1e-12, 0.0);
    assert_close(world.belief.housed[WKS_HOUSEHOLD_SINGLE][3], 22.0, 1e-12, 0.0);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lots_are_learned_for_everybody_and_the_ranking_by_inschrijfduur),
        cmocka_unit_test(belief_forgets_a_twelfth_a_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
