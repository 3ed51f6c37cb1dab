#include "world/region.h"

#include "support/check.h"
#include "support/fixture_world.h"

enum { N = 6000 };

/* Three gemeenten with 100, 300 and 0 homes at tick 0; somebody with a home, a guest of theirs, somebody in shelter, and one whose close kin lives here. */
static const char three[] = "month 2025-06\nbuurten 4\nunit a buurt=1 tenure=owner value=300000\n"
                            "household home unit=a income=40000 members=40m search=2025-01\n"
                            "household guest place=at_parents host=home income=20000 members=20m search=2025-01\n"
                            "household nowhere place=shelter income=20000 members=30m search=2025-01\n"
                            "household kin place=outside income=20000 members=30m search=2025-01\n";

static void open_world(wks_world *world, wks_region_map *map, int64_t *until)
{
    static const int32_t gemeente[] = {0, 0, 1, 2}, homes[] = {40, 60, 300, 0};

    wks_fixture_world_make(world, three);
    world->by_gemeente = true;
    world->n_gemeenten = 3;
    for (int32_t b = 0; b < 4; b++) {
        world->buurt.gemeente_row[b] = gemeente[b];
        world->buurt.dwellings_start[b] = homes[b];
    }
    for (int32_t h = 0; h < world->household.base.n_rows; h++)
        world->household.kin_buurt_row[h] = WKS_NONE;
    world->household.kin_buurt_row[wks_fixture_world_household(world, "kin")] = 2;
    map->until = until;
    wks_region_map_fill(world, map);
}

static void a_city_is_one_region(void **state)
{
    wks_world world;
    int64_t until[4];
    wks_region_map map = {.elsewhere = 1};

    (void)state;
    open_world(&world, &map, until);
    world.by_gemeente = false;
    assert_int_equal(wks_region_n(&world), 1);
    for (int32_t h = 0; h < world.household.base.n_rows; h++)
        assert_int_equal(wks_region_looks_in(&world, &map, h), 0);
    assert_int_equal(wks_region_of_buurt(&world, 2), 0);
    wks_world_free(&world);
}

static void who_looks_around_the_corner_looks_where_it_lives(void **state)
{
    wks_world world;
    int64_t until[4];
    wks_region_map map = {.elsewhere = 0};

    (void)state;
    open_world(&world, &map, until);
    assert_int_equal(wks_region_n(&world), 3);
    const int32_t home = wks_fixture_world_household(&world, "home"), guest = wks_fixture_world_household(&world, "guest"),
                  nowhere = wks_fixture_world_household(&world, "nowhere"), kin = wks_fixture_world_household(&world, "kin");
    assert_int_equal(wks_region_lives_in(&world, home), 0);
    assert_int_equal(wks_region_lives_in(&world, guest), 0);
    assert_int_equal(wks_region_lives_in(&world, nowhere), WKS_NONE);
    assert_int_equal(wks_region_looks_in(&world, &map, home), 0);
    assert_int_equal(wks_region_looks_in(&world, &map, guest), 0);
    assert_int_equal(wks_region_looks_in(&world, &map, kin), 1);
    /* Without an address: one region for good, whatever the search and the tick. */
    const int32_t there = wks_region_looks_in(&world, &map, nowhere);
    for (int32_t month = 0; month < 24; month++) {
        world.tick++;
        world.household.search_month[nowhere]++;
        assert_int_equal(wks_region_looks_in(&world, &map, nowhere), there);
    }
    wks_world_free(&world);
}

/* Over many keys: a share looks anywhere, there by number of homes; who has no address is spread by number of homes too. Within four standard errors. */
static void regions_are_drawn_by_their_homes(void **state)
{
    wks_world world;
    int64_t until[4];
    wks_region_map map = {.elsewhere = 0.4};
    int32_t of_home[3] = {0}, of_nowhere[3] = {0};

    (void)state;
    open_world(&world, &map, until);
    const int32_t home = wks_fixture_world_household(&world, "home"), nowhere = wks_fixture_world_household(&world, "nowhere");
    for (uint64_t k = 0; k < N; k++) {
        world.household.key[home] = 1000 + 2 * k;
        world.household.key[nowhere] = 1001 + 2 * k;
        of_home[wks_region_looks_in(&world, &map, home)]++;
        of_nowhere[wks_region_looks_in(&world, &map, nowhere)]++;
    }
    assert_int_equal(of_home[2] + of_nowhere[2], 0);
    assert_close(of_home[1], N * 0.4 * 0.75, 0, 4 * sqrt(N * 0.3 * 0.7));
    assert_close(of_nowhere[1], N * 0.75, 0, 4 * sqrt(N * 0.75 * 0.25));
    wks_world_free(&world);
}

/* One draw a search: the same every month of it, another in the next. */
static void a_search_stays_in_its_region(void **state)
{
    wks_world world;
    int64_t until[4];
    wks_region_map map = {.elsewhere = 0.5};
    int32_t n_changed = 0;

    (void)state;
    open_world(&world, &map, until);
    const int32_t home = wks_fixture_world_household(&world, "home");
    for (int32_t search = 0; search < 200; search++) {
        const int32_t before = wks_region_looks_in(&world, &map, home);
        for (int32_t month = 0; month < 3; month++) {
            world.tick++;
            world.month++;
            assert_int_equal(wks_region_looks_in(&world, &map, home), before);
        }
        world.household.search_month[home]++;
        n_changed += wks_region_looks_in(&world, &map, home) != before;
    }
    assert_in_range(n_changed, 50, 150); /* expected 2 x 0.375 x 0.625 = 94 */
    wks_world_free(&world);
}

static void homes_nobody_counted_are_spread_over_buurten(void **state)
{
    wks_world world;
    int64_t until[4];
    wks_region_map map = {.until = until};

    (void)state;
    open_world(&world, &map, until);
    for (int32_t b = 0; b < 4; b++)
        world.buurt.dwellings_start[b] = 0;
    wks_region_map_fill(&world, &map);
    for (int32_t b = 0; b < 4; b++)
        assert_int_equal(until[b], b + 1);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_city_is_one_region),
        cmocka_unit_test(who_looks_around_the_corner_looks_where_it_lives),
        cmocka_unit_test(regions_are_drawn_by_their_homes),
        cmocka_unit_test(a_search_stays_in_its_region),
        cmocka_unit_test(homes_nobody_counted_are_spread_over_buurten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
