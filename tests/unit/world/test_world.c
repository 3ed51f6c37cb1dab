#include "world/world.h"

#include "base/text.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/fixture_world.h"
#include "world/check.h"
#include "world/relations.h"

static wks_world world;

static int make_ten(void **state)
{
    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    return 0;
}

static int free_world(void **state)
{
    (void)state;
    wks_world_free(&world);
    return 0;
}

static int32_t hh(const char *name)
{
    return wks_fixture_world_household(&world, name);
}

static void world_copy_equals_and_is_independent(void **state)
{
    wks_world copy;
    wks_err err = WKS_ERR_INIT;
    wks_letting *letting;
    (void)state;

    world.belief.housed[1][2] = 3.0;
    world.next_letting = 17;
    assert_ok(wks_letting_add(&world.letting, &letting, &err), &err);
    letting->number = 16;
    wks_world_init(&copy);
    assert_ok(wks_world_copy(&world, &copy, &err), &err);
    assert_true(wks_world_hash(&copy) == wks_world_hash(&world));
    assert_ok(wks_check_structure(&copy, &err), &err);
    assert_int_equal(copy.letting.n, 1);
    assert_int_equal(copy.letting.item[0].number, 16);
    assert_ptr_not_equal(copy.letting.item, world.letting.item);
    assert_int_equal(copy.letting.capacity, 1);

    const uint64_t before = wks_world_hash(&world);
    assert_ok(wks_relations_depart(&copy, hh("h1"), &err), &err);
    assert_ok(wks_check_structure(&copy, &err), &err);
    assert_true(wks_world_hash(&world) == before);
    assert_true(wks_world_hash(&copy) != before);

    /* a used copy becomes the source again, in the same memory */
    const uint64_t *memory = copy.person.key;
    assert_ok(wks_world_copy(&world, &copy, &err), &err);
    assert_ptr_equal(copy.person.key, memory);
    assert_true(wks_world_hash(&copy) == before);
    wks_world_free(&copy);
}

static wks_status copy_it(void *context, wks_err *err)
{
    wks_world copy;

    wks_world_init(&copy);
    const wks_status rc = wks_world_copy(context, &copy, err);
    wks_world_free(&copy);
    return rc;
}

static void world_copy_without_memory_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(copy_it, &world) > 50);
}

/* The same people written in another order, with rows that were used and freed before. */
static void world_hash_ignores_row_order(void **state)
{
    static const char forward[] =
        "unit u1 buurt=0 rent=600\nunit u2 buurt=1 rent=650\n"
        "household a unit=u1 members=40m,38f,3m income=20000 registered=2020-01\nhousehold b unit=u2 members=61f\n"
        "household c place=hosted host=b members=22m\nresident r buurt=1 member=90f\n";
    static const char backward[] = "unit u2 buurt=1 rent=650\nunit u1 buurt=0 rent=600\nresident r buurt=1 member=90f\n"
                                   "household b unit=u2 members=61f\nhousehold c place=hosted host=b members=22m\n"
                                   "household a unit=u1 members=40m,38f,3m income=20000 registered=2020-01\n";
    wks_world one, two;
    wks_err err = WKS_ERR_INIT;
    int32_t h, p;
    (void)state;

    wks_fixture_world_make(&one, forward);
    wks_fixture_world_make(&two, backward);
    assert_true(wks_world_hash(&one) == wks_world_hash(&two));
    assert_ok(wks_relations_household_add(&two, 5, WKS_PLACE_SHELTER, WKS_NONE, &h, &err), &err);
    assert_ok(wks_relations_person_add(&two, 6, h, WKS_SEX_MAN, WKS_ROLE_HEAD, WKS_ORIGIN_NL, 2000 * 12, &p, &err), &err);
    assert_true(wks_world_hash(&one) != wks_world_hash(&two));
    assert_ok(wks_relations_depart(&two, h, &err), &err);
    wks_world_clear_flows(&two);
    assert_true(wks_world_hash(&one) == wks_world_hash(&two));
    wks_world_free(&one);
    wks_world_free(&two);
}

static void world_hash_sees_who_lives_where(void **state)
{
    wks_world other;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_world_init(&other);
    assert_ok(wks_world_copy(&world, &other, &err), &err);
    const uint64_t before = wks_world_hash(&world);
    /* Two households of equal size in one buurt change homes: every count stays the same. */
    const int32_t a = hh("h3"), b = hh("h7"), ua = other.household.unit_row[a], ub = other.household.unit_row[b];
    other.household.unit_row[a] = ub;
    other.household.unit_row[b] = ua;
    assert_true(wks_world_hash(&other) != before);
    assert_ok(wks_world_copy(&world, &other, &err), &err);
    wks_relations_reserve(&other, wks_fixture_world_unit(&other, "v1"), a);
    assert_true(wks_world_hash(&other) != before);
    wks_relations_reserve(&other, wks_fixture_world_unit(&other, "v1"), WKS_NONE);
    assert_true(wks_world_hash(&other) == before);
    assert_ok(wks_relations_change_place(&other, hh("h9"), WKS_PLACE_EX_PARTNER, hh("h4"), &err), &err);
    assert_true(wks_world_hash(&other) != before);
    assert_ok(wks_world_copy(&world, &other, &err), &err);
    other.price_level = 1.0000000001;
    assert_true(wks_world_hash(&other) != before);
    wks_world_free(&other);
}

static void world_hash_ignores_seed_and_threads(void **state)
{
    const uint64_t before = wks_world_hash(&world);
    (void)state;
    world.threads = 8;
    world.seed = wks_rng_seed_make(5, 6);
    assert_true(wks_world_hash(&world) == before);
}

static void world_next_tick_clears_flows_and_steps(void **state)
{
    wks_err err = WKS_ERR_INIT;
    wks_letting *letting;
    (void)state;

    world.ledger.moves = 4;
    world.letting.n_offers = 3;
    assert_ok(wks_letting_add(&world.letting, &letting, &err), &err);
    wks_world_next_tick(&world);
    assert_int_equal(world.tick, 1);
    assert_int_equal(world.month, 2025 * 12 + 1);
    assert_int_equal(world.ledger.moves, 0);
    assert_int_equal(world.letting.n, 0);
    assert_int_equal(world.letting.n_offers, 0);
}

static void world_next_tick_sees_who_turns_18(void **state)
{
    wks_err err = WKS_ERR_INIT;
    (void)state;

    const int32_t h = hh("h4"), p = wks_fixture_world_person(&world, "h4/2"); /* 15 and a half: 18 in 30 months */
    assert_ok(wks_relations_register(&world, p, world.month, &err), &err);
    assert_int_equal(world.household.registered_month[h], WKS_NO_MONTH); /* not an adult yet */
    for (int32_t t = 1; t <= 30; t++) {
        wks_world_next_tick(&world);
        assert_ok(wks_check_structure(&world, &err), &err);
        assert_int_equal(world.household.n_adults[h], t < 30 ? 2 : 3);
    }
    assert_int_equal(world.household.registered_month[h], 2025 * 12);
    assert_int_equal(world.household.n_children[h], 1); /* a child at home of any age */
}

static void world_buurt_and_tenure_follow_unit_and_host(void **state)
{
    (void)state;
    assert_int_equal(wks_world_buurt_of(&world, hh("h1")), 0);
    assert_int_equal(wks_world_buurt_of(&world, hh("h8")), 0);
    assert_int_equal(wks_world_buurt_of(&world, hh("h9")), 1);
    assert_int_equal(wks_world_buurt_of(&world, hh("h10")), WKS_NONE);
    assert_int_equal(wks_world_tenure_of(&world, hh("h4")), WKS_TENURE_OWNER);
    assert_int_equal(wks_world_tenure_of(&world, hh("h8")), WKS_N_TENURES);
    assert_int_equal(wks_world_registered_months(&world, hh("h8")), 60);
    assert_int_equal(wks_world_registered_months(&world, hh("h1")), 0);
}

static void world_leefbaarheid_is_the_sum_of_five_dimensions(void **state)
{
    (void)state;
    world.buurt.won[1] = 0.01;
    world.buurt.fys[1] = 0.02;
    world.buurt.vrz[1] = -0.05;
    world.buurt.soc[1] = 0.1;
    world.buurt.onv[1] = -0.2;
    assert_close(wks_world_leefbaarheid(&world, 1), -0.12, 0.0, 1e-15);
}

static void world_bytes_grow_with_the_tables(void **state)
{
    wks_err err = WKS_ERR_INIT;
    const size_t before = wks_world_bytes(&world);
    (void)state;
    assert_ok(wks_columns_reserve(&world.person, &wks_person_info, world.person.base.capacity + 1000, &err), &err);
    assert_true(wks_world_bytes(&world) >= before + 1000 * (8 + 5 * 4 + 4));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_ten, free_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(world_copy_equals_and_is_independent),
        TEST(world_copy_without_memory_errors),
        TEST(world_hash_ignores_row_order),
        TEST(world_hash_sees_who_lives_where),
        TEST(world_hash_ignores_seed_and_threads),
        TEST(world_next_tick_clears_flows_and_steps),
        TEST(world_next_tick_sees_who_turns_18),
        TEST(world_buurt_and_tenure_follow_unit_and_host),
        TEST(world_leefbaarheid_is_the_sum_of_five_dimensions),
        TEST(world_bytes_grow_with_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
