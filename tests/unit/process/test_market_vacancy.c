#include "process/market_vacancy.h"

#include "process/process_registry.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

static const char streets[] =
    "month 2025-01\nbuurten 2\n"
    "unit s1 tenure=social rent=600\nunit o1 tenure=owner value=300000\nunit o2 buurt=1 tenure=owner value=200000\n"
    "unit p1 tenure=private_rent rent=1000 points=200\nunit p2 tenure=private_rent rent=1100 points=200\nunit f1 tenure=corporatie_free "
    "rent=950 points=200\n"
    "unit r1 tenure=private_rent rent=400 units=3\nunit later tenure=owner value=300000 lettable=2025-06\n"
    "household h1 unit=p2 income=50000 members=40m\nhousehold h2 unit=r1.0 income=9000 members=20m reserved=o1\n";

static void rings_hold_what_may_be_had_this_month(void **state)
{
    wks_world world;
    wks_fixture_tick fixture;
    wks_market_ring ring[WKS_MARKET_KINDS];
    int32_t vacancies[2] = {0};
    wks_err err = WKS_ERR_INIT;

    (void)state;
    wks_fixture_world_make(&world, streets);
    wks_fixture_tick_make(&fixture, &world, wks_process_registry, wks_process_registry_size);
    world.price_level = 1.1;
    world.buurt.price[1] = 0.9;
    assert_ok(
        wks_market_vacancy_rings(&fixture.tick, fixture.process[wks_fixture_tick_index(&fixture, "market")].value, ring, vacancies, &err),
        &err);
    /* o1 is reserved, `later` is not ready, p2 lived in, s1 social. */
    assert_int_equal(ring[WKS_MARKET_OWNER].n, 1);
    assert_close(ring[WKS_MARKET_OWNER].item[0].price_eur, 200000 * 1.1 * 0.9, 1e-6, 0);
    assert_close(ring[WKS_MARKET_OWNER].cheapest_eur, 0.95 * 200000 * 1.1 * 0.9, 1e-6, 0); /* the reserve price */
    assert_int_equal(ring[WKS_MARKET_RENT].n, 2);
    assert_int_equal(ring[WKS_MARKET_ROOM].n, 2);
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        for (int32_t i = 1; i < ring[kind].n; i++)
            assert_true(ring[kind].item[i - 1].key < ring[kind].item[i].key);
    }
    assert_close(ring[WKS_MARKET_RENT].cheapest_eur, 950, 1e-6, 0);
    assert_int_equal(vacancies[0], 4);
    assert_int_equal(vacancies[1], 1);
    /* What is taken meanwhile is left out of the next round. */
    const int32_t taken = wks_fixture_world_unit(&world, "f1");
    assert_ok(wks_relations_move_in(&world, wks_fixture_world_household(&world, "h2"), taken, false, &err), &err);
    wks_market_vacancy_renew(&world, ring);
    assert_int_equal(ring[WKS_MARKET_RENT].n, 1);
    assert_int_equal(ring[WKS_MARKET_RENT].item[0].unit_row, wks_fixture_world_unit(&world, "p1"));
    assert_close(ring[WKS_MARKET_RENT].cheapest_eur, 1000, 1e-6, 0);
    assert_int_equal(wks_market_vacancy_at(&ring[WKS_MARKET_RENT], 0, UINT64_MAX), 0);
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
}

/* A ring of n items in order of key, its table of entries made the slow way. */
static wks_market_ring ring_of(wks_market_spot *spot, int32_t n, int32_t bucket[4097])
{
    static wks_market_part part = {.shift = 52};
    const wks_market_ring ring = {.spot = spot, .n = n, .part = &part, .bucket = bucket};
    for (int32_t i = 0; i < n; i++)
        spot[i].place = spot[i].key;
    for (uint64_t b = 0; b <= 4096; b++) {
        bucket[b] = 0;
        for (int32_t i = 0; i < n; i++)
            bucket[b] += (spot[i].key >> 52) < b;
    }
    return ring;
}

static void ring_gives_the_next_key_and_wraps(void **state)
{
    static int32_t bucket[4097];
    wks_market_spot spot[] = {{.key = 10}, {.key = 20}, {.key = 30}};
    const wks_market_ring ring = ring_of(spot, 3, bucket);
    (void)state;
    assert_int_equal(wks_market_vacancy_at(&ring, 0, 0), 0);
    assert_int_equal(wks_market_vacancy_at(&ring, 0, 10), 0);
    assert_int_equal(wks_market_vacancy_at(&ring, 0, 11), 1);
    assert_int_equal(wks_market_vacancy_at(&ring, 0, 30), 2);
    assert_int_equal(wks_market_vacancy_at(&ring, 0, 31), 0);
    assert_int_equal(wks_market_vacancy_at(&ring, 0, UINT64_MAX), 0);
}

/* Many keys in one entry of the table: the next one all the same. */
static void crowded_ring_gives_the_next_key(void **state)
{
    enum { N = 1000 };
    static wks_market_spot spot[N];
    static int32_t bucket[4097];
    (void)state;
    for (int32_t i = 0; i < N; i++)
        spot[i] = (wks_market_spot){.key = (uint64_t)i * (uint64_t)i + (i < N / 2 ? 0 : UINT64_C(3) << 56)};
    const wks_market_ring ring = ring_of(spot, N, bucket);
    for (int32_t i = 0; i < N; i++) {
        const uint64_t key = spot[i].key;
        assert_int_equal(wks_market_vacancy_at(&ring, 0, key), i);
        assert_int_equal(wks_market_vacancy_at(&ring, 0, key + 1), (i + 1) % N);
    }
    assert_int_equal(wks_market_vacancy_at(&ring, 0, UINT64_C(2) << 56), N / 2);
}

/* A vacancy less changes only the draws that met it. */
static void ring_without_one_changes_only_who_met_it(void **state)
{
    enum { N = 200, LESS = 77 };
    static int32_t bucket[4097], other[4097];
    wks_market_spot spot[N], fewer[N - 1];
    const wks_rng_seed seed = wks_rng_seed_make(3, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    (void)state;
    for (int32_t i = 0; i < N; i++)
        spot[i] = (wks_market_spot){.key = (uint64_t)(i + 1) * (UINT64_MAX / (N + 1))};
    for (int32_t i = 0; i < N - 1; i++)
        fewer[i] = spot[i < LESS ? i : i + 1];
    const wks_market_ring all = ring_of(spot, N, bucket), less = ring_of(fewer, N - 1, other);
    int32_t met = 0;
    for (int32_t k = 0; k < 20000; k++) {
        const uint64_t point = wks_rng_u64(&rng);
        const uint64_t before = spot[wks_market_vacancy_at(&all, 0, point)].key, after = fewer[wks_market_vacancy_at(&less, 0, point)].key;
        met += before == spot[LESS].key;
        if (before != spot[LESS].key) assert_int_equal(before, after);
    }
    assert_true(met > 50);
}

/* Places are in order of region, then of key, and none leaves the part of its region. */
static void places_of_regions_are_apart_and_in_order(void **state)
{
    static const int32_t regions[] = {1, 2, 3, 7, 342};
    static const uint64_t keys[] = {0, 1, UINT64_C(1) << 33, UINT64_C(7) << 60, UINT64_MAX - 1, UINT64_MAX};
    enum { N_KEYS = sizeof keys / sizeof *keys };
    (void)state;
    for (size_t n = 0; n < sizeof regions / sizeof *regions; n++) {
        for (int32_t r = 0; r < regions[n]; r++) {
            for (size_t k = 0; k < N_KEYS; k++) {
                const uint64_t place = wks_market_vacancy_place(regions[n], r, keys[k]);
                if (k > 0) assert_true(place >= wks_market_vacancy_place(regions[n], r, keys[k - 1]));
                if (r > 0) assert_true(place > wks_market_vacancy_place(regions[n], r - 1, UINT64_MAX));
                if (regions[n] == 1) assert_true(place == keys[k]);
            }
        }
    }
}

/* By region: each has its own part of the ring and its own cheapest home, and who looks there meets nothing else. */
static void rings_by_region_give_homes_of_the_region_only(void **state)
{
    wks_world world;
    wks_fixture_tick fixture;
    wks_market_ring ring[WKS_MARKET_KINDS];
    const wks_rng_seed seed = wks_rng_seed_make(5, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    wks_err err = WKS_ERR_INIT;

    (void)state;
    wks_fixture_world_make(&world, streets);
    wks_fixture_tick_make(&fixture, &world, wks_process_registry, wks_process_registry_size);
    world.by_gemeente = true;
    world.n_gemeenten = 3; /* nobody lives in the last */
    world.buurt.gemeente_row[1] = 1;
    for (int32_t round = 0; round < 2; round++) {
        if (round == 0)
            assert_ok(wks_market_vacancy_rings(&fixture.tick, fixture.process[wks_fixture_tick_index(&fixture, "market")].value, ring, NULL,
                                               &err),
                      &err);
        else
            wks_market_vacancy_renew(&world, ring);
        const wks_market_ring *rent = &ring[WKS_MARKET_RENT];
        assert_int_equal(rent->first[0], 0);
        assert_int_equal(rent->first[1], round == 0 ? 2 : 1);
        assert_int_equal(rent->first[3], rent->first[1]);
        assert_close(wks_market_vacancy_cheapest(rent, 0), round == 0 ? 950 : 1000, 1e-6, 0);
        assert_true(isinf(wks_market_vacancy_cheapest(rent, 1)) && isinf(wks_market_vacancy_cheapest(rent, 2)));
        assert_int_equal(ring[WKS_MARKET_OWNER].first[1], 0); /* o2 is in the second */
        assert_int_equal(ring[WKS_MARKET_OWNER].first[2], 1);
        for (int32_t k = 0; k < 200; k++) {
            const uint64_t point = wks_rng_u64(&rng);
            assert_int_equal(rent->item[wks_market_vacancy_at(rent, 0, point)].buurt_row, 0);
            assert_int_equal(ring[WKS_MARKET_OWNER].item[wks_market_vacancy_at(&ring[WKS_MARKET_OWNER], 1, point)].buurt_row, 1);
        }
        if (round == 0)
            assert_ok(
                wks_relations_move_in(&world, wks_fixture_world_household(&world, "h2"), wks_fixture_world_unit(&world, "f1"), false, &err),
                &err);
    }
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
}

/* Entries of a part lead to the home that a walk along it finds. */
static int32_t walk(const wks_market_ring *ring, int32_t region, uint64_t drawn)
{
    const uint64_t point = wks_market_vacancy_place(ring->n_regions, region, drawn);
    const int32_t first = ring->first == NULL ? 0 : ring->first[region], end = ring->first == NULL ? ring->n : ring->first[region + 1];

    for (int32_t i = first; i < end; i++) {
        if (ring->spot[i].place >= point) return i;
    }
    return first;
}

static void entries_lead_where_a_walk_does(void **state)
{
    static const int32_t n_regions[] = {1, 2, 3, 255, 342};
    enum { UNITS = 131 };
    char text[UNITS * 64 + 64];
    const wks_rng_seed seed = wks_rng_seed_make(6, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    wks_err err = WKS_ERR_INIT;
    (void)state;

    size_t length = (size_t)snprintf(text, sizeof text, "buurten 2\n");
    for (int32_t u = 0; u < UNITS; u++) /* 1 in the second buurt, 130 in the first */
        length += (size_t)snprintf(text + length, sizeof text - length, "unit u%d buurt=%d tenure=owner rooms=3 value=250000\n", u, u == 7);
    for (size_t k = 0; k < sizeof n_regions / sizeof *n_regions; k++) {
        wks_world world;
        wks_fixture_tick fixture;
        wks_market_ring ring[WKS_MARKET_KINDS];
        wks_fixture_world_make(&world, text);
        wks_fixture_tick_make(&fixture, &world, wks_process_registry, wks_process_registry_size);
        world.by_gemeente = n_regions[k] > 1;
        world.n_gemeenten = n_regions[k];
        world.buurt.gemeente_row[1] = n_regions[k] - 1;
        assert_ok(
            wks_market_vacancy_rings(&fixture.tick, fixture.process[wks_fixture_tick_index(&fixture, "market")].value, ring, NULL, &err),
            &err);
        const wks_market_ring *owner = &ring[WKS_MARKET_OWNER];
        assert_int_equal(owner->n, UNITS);
        for (int32_t i = 0; i < 4 * UNITS; i++) {
            const uint64_t point = i < UNITS ? owner->spot[i].key : i < 2 * UNITS ? owner->spot[i - UNITS].key + 1 : wks_rng_u64(&rng);
            for (int32_t side = 0; side < 2; side++) {
                const int32_t region = side == 0 ? 0 : n_regions[k] - 1;
                assert_int_equal(wks_market_vacancy_at(owner, region, point), walk(owner, region, point));
            }
        }
        wks_fixture_tick_free(&fixture);
        wks_world_free(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_hold_what_may_be_had_this_month),    cmocka_unit_test(ring_gives_the_next_key_and_wraps),
        cmocka_unit_test(crowded_ring_gives_the_next_key),          cmocka_unit_test(ring_without_one_changes_only_who_met_it),
        cmocka_unit_test(places_of_regions_are_apart_and_in_order), cmocka_unit_test(rings_by_region_give_homes_of_the_region_only),
        cmocka_unit_test(entries_lead_where_a_walk_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
