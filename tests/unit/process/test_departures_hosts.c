/* Hosts found among the near ones first are those that looking at every household finds. */
#include "process/departures_hosts.h"

#include "base/par.h"

#include "support/fixture_town.h"

enum { MOST = 600 };

/* As in departures_hosts.c: part of what is tested is that nobody moves on this ring. */
static uint64_t place_on_ring(uint64_t key, int32_t tick)
{
    uint64_t x = key ^ (UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(uint32_t)tick);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

static bool may_host(const wks_world *world, const uint8_t *flag, int32_t i)
{
    return world->household.key[i] != 0 && world->household.place[i] == WKS_PLACE_HOUSED && flag[i] == 0 &&
           world->household.n_guests[i] <= 2 && world->unit.kind[world->household.unit_row[i]] != WKS_UNIT_ROOM;
}

/* The first household on the ring after the guest's point that may host, whoever else stands between: what passing on from guest to guest comes to. */
static int32_t host_by_hand(const wks_world *world, const uint8_t *flag, uint64_t point)
{
    int32_t best = WKS_NONE;
    uint64_t gap = UINT64_MAX;

    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (!may_host(world, flag, i)) continue;
        const uint64_t away = place_on_ring(world->household.key[i], world->tick) - point;
        if (best >= 0 && away >= gap) continue;
        best = i;
        gap = away;
    }
    return best;
}

static void expect_hosts(wks_world *world, const uint8_t *flag, int32_t n, uint32_t seed)
{
    static wks_departures_hosts_guest item[MOST];
    uint64_t point[MOST];
    wks_tick tick = {.world = world};
    wks_err err = WKS_ERR_INIT;

    for (int32_t g = 0; g < n; g++) {
        point[g] = wks_rng_child_key(seed + 1, (uint32_t)g, WKS_RNG_TEST, 1);
        item[g] = (wks_departures_hosts_guest){.point = point[g], .row = g, .host = WKS_NONE};
    }
    assert_ok(wks_departures_hosts_find(&tick, flag, item, n, &err), &err);
    for (int32_t g = 0; g < n; g++)
        assert_int_equal(wks_departures_hosts_of(item, n, g), host_by_hand(world, flag, point[g]));
    wks_tick_free(&tick);
}

static void hosts_are_the_first_after_each_guest(void **state)
{
    static const int32_t few[] = {1, 2, 3, 17, 120, MOST};
    const wks_fixture_town_options options = {.n = 9000, .n_buurten = 4, .month = 2025 * 12}; /* several blocks of rows */
    static uint8_t flag[20000];
    wks_world world;

    (void)state;
    wks_fixture_town_make(&world, &options);
    assert_in_range(world.household.base.n_rows, 2 * WKS_PAR_BLOCK, 20000);
    world.threads = 3;
    for (uint32_t round = 0; round < 4; round++) {
        /* Many hosts, few, very few: with few of them nobody near may host, and all are looked at. */
        for (int32_t i = 0; i < world.household.base.n_rows; i++)
            flag[i] = round > 0 && wks_fixture_town_pick(i, 50, 1 << (3 * (round - 1))) != 0;
        world.tick = 10 + (int32_t)round;
        for (size_t k = 0; k < sizeof few / sizeof *few; k++)
            expect_hosts(&world, flag, few[k], round);
    }
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_the_first_after_each_guest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
