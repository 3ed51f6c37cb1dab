#include "rules/filter_art10.h"
#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=1 tenure=social rent=500 rooms=2\n"
                            "household nuisance place=shelter income=20000 members=40m vulnerable=nuisance\n"
                            "household quiet place=shelter income=20000 members=40m\n";

static void art10_bars_whom_the_file_shows_in_designated_areas(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"art10\"; areas = \"buurt-0\"; sensitivity = 1.0; }", world);
    assert_false(part_passes(&c, "nuisance", "a"));
    assert_true(part_passes(&c, "nuisance", "b"));
    assert_true(part_passes(&c, "quiet", "a"));
    part_close(&c);
}

static void art10_knows_a_share_and_the_same_people_every_month(void **state)
{
    part_case c;
    int32_t n_known = 0, n_wrong = 0;

    (void)state;
    part_open(&c, "filters", "{ part = \"art10\"; areas = \"buurt-0\"; sensitivity = 0.3; }", world);
    for (int32_t i = 0; i < 4000; i++) {
        const int32_t nuisance = wks_fixture_world_household(&c.world, "nuisance");
        const int32_t quiet = wks_fixture_world_household(&c.world, "quiet");
        const uint64_t key = c.world.household.key[nuisance], other = c.world.household.key[quiet];
        c.world.household.key[nuisance] = wks_rng_pair_key((uint64_t)i, 3);
        c.world.household.key[quiet] = wks_rng_pair_key((uint64_t)i, 4);
        const bool is_known = wks_filter_art10_is_known(&c.world, nuisance, 0.3, 0.1);
        c.world.month++;
        c.world.tick++;
        assert_int_equal(wks_filter_art10_is_known(&c.world, nuisance, 0.3, 0.1), is_known);
        n_known += is_known;
        n_wrong += wks_filter_art10_is_known(&c.world, quiet, 0.3, 0.1);
        c.world.household.key[nuisance] = key;
        c.world.household.key[quiet] = other;
    }
    assert_close(n_known / 4000.0, 0.3, 0.0, 4.0 * sqrt(0.3 * 0.7 / 4000.0));
    assert_close(n_wrong / 4000.0, 0.1, 0.0, 4.0 * sqrt(0.1 * 0.9 / 4000.0));
    part_close(&c);
}

static void art10_without_a_stated_sensitivity_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"art10\"; areas = \"buurt-0\"; }", "needs the key 'sensitivity'");
    assert_part_problem("filters", "{ part = \"art10\"; sensitivity = 0.5; }", "needs the key 'areas'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(art10_bars_whom_the_file_shows_in_designated_areas),
        cmocka_unit_test(art10_knows_a_share_and_the_same_people_every_month),
        cmocka_unit_test(art10_without_a_stated_sensitivity_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
