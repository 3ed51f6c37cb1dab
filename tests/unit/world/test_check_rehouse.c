/* Every law of herhuisvesting is found broken when it is. */
#include "support/check.h"
#include "support/fixture_world.h"
#include "world/check.h"
#include "world/relations_rehouse.h"

static wks_world world;

/* h1 has notice of demolition, h2 lives in a wisselwoning and keeps u2. */
static int begin(void **state)
{
    wks_err err = WKS_ERR_INIT;
    int32_t demolition, renovation;

    (void)state;
    wks_fixture_world_make(&world, "month 2025-01\nbuurten 1\nunit u1 tenure=social rent=500\nunit u2 tenure=social rent=500\n"
                                   "unit v tenure=social rent=500\nhousehold h1 unit=u1 members=40m\nhousehold h2 unit=u2 members=40m\n"
                                   "household h3 place=shelter members=30f\n");
    world.seed = wks_rng_seed_make(1, 1);
    assert_ok(wks_relations_rehouse_order(&world, WKS_PROJECT_DEMOLISH, 0, 1, &demolition, &err), &err);
    assert_ok(wks_relations_rehouse_order(&world, WKS_PROJECT_RENOVATE, 0, 1, &renovation, &err), &err);
    assert_ok(wks_relations_rehouse_notice(&world, demolition, world.unit.dwelling_row[wks_fixture_world_unit(&world, "u1")], true, &err),
              &err);
    assert_ok(wks_relations_rehouse_notice(&world, renovation, world.unit.dwelling_row[wks_fixture_world_unit(&world, "u2")], false, &err),
              &err);
    wks_relations_rehouse_away(&world, wks_fixture_world_household(&world, "h2"), wks_fixture_world_unit(&world, "v"), true);
    assert_ok(wks_check_structure(&world, &err), &err);
    return 0;
}

static int end(void **state)
{
    (void)state;
    wks_world_free(&world);
    return 0;
}

/* Changes one cell, expects the law to be named, and puts it back. */
#define CORRUPT(cell, value, law)                                       \
    do {                                                                \
        wks_err e = WKS_ERR_INIT;                                       \
        const int32_t kept_value = (int32_t)(cell);                     \
        (cell) = (__typeof__(cell))(value);                             \
        assert_int_equal(wks_check_structure(&world, &e), WKS_ERR_LAW); \
        assert_contains(e.message, law);                                \
        (cell) = (__typeof__(cell))kept_value;                          \
        wks_err none = WKS_ERR_INIT;                                    \
        assert_ok(wks_check_structure(&world, &none), &none);           \
    } while (0)

/* The same in a rare column. */
#define CORRUPT_RARE(column, row, value, law)                           \
    do {                                                                \
        wks_err e = WKS_ERR_INIT;                                       \
        const int32_t kept_value = wks_rare_i32(&column, row);          \
        wks_rare_set(&column, row, value);                              \
        assert_int_equal(wks_check_structure(&world, &e), WKS_ERR_LAW); \
        assert_contains(e.message, law);                                \
        wks_rare_set(&column, row, kept_value);                         \
        wks_err none = WKS_ERR_INIT;                                    \
        assert_ok(wks_check_structure(&world, &none), &none);           \
    } while (0)

static void each_broken_law_is_named(void **state)
{
    (void)state;
    const int32_t h1 = wks_fixture_world_household(&world, "h1"), h2 = wks_fixture_world_household(&world, "h2"),
                  h3 = wks_fixture_world_household(&world, "h3");
    const int32_t u2 = wks_fixture_world_unit(&world, "u2");

    CORRUPT_RARE(world.household.displaced, h1, 99, "does not exist");
    CORRUPT_RARE(world.household.displaced, h1, 2, "is of another household");
    CORRUPT_RARE(world.household.displaced, h1, 0, "who lives in it has notice and no case");
    CORRUPT(world.household.in_wisselwoning[h2], 0, "must go together");
    CORRUPT(world.household.in_wisselwoning[h3], 1, "must go together");
    CORRUPT_RARE(world.household.contract_unit_row, h1, u2, "the home it keeps is kept by another");
    CORRUPT_RARE(world.unit.contract_row, u2, h3, "the home it keeps is kept by another");
    CORRUPT_RARE(world.unit.contract_row, u2, WKS_NONE, "the home it keeps is kept by another");
    CORRUPT(world.displaced.state[0], WKS_DISPLACED_WISSELWONING, "must go together");
    CORRUPT(world.displaced.settled_month[0], 5, "being open and having no month");
    CORRUPT(world.project.n_left[0], 2, "n_left differs");
    CORRUPT_RARE(world.dwelling.project, world.unit.dwelling_row[u2], 9, "its project does not exist");
}

/* A case whose household is gone without a word is what the law is for. */
static void case_without_a_household_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    (void)state;
    const int32_t d = world.unit.dwelling_row[wks_fixture_world_unit(&world, "u1")];

    wks_rare_set(&world.household.displaced, wks_fixture_world_household(&world, "h1"), 0);
    world.dwelling.to_demolish[d] = 0;
    world.project.n_left[0] = 0;
    assert_int_equal(wks_check_structure(&world, &err), WKS_ERR_LAW);
    assert_contains(err.message, "a case is open and no household has it");
}

static void balance_counts_notices_and_settlements(void **state)
{
    wks_err err = WKS_ERR_INIT;

    (void)state;
    const wks_check_stocks now = wks_check_count(&world);
    assert_int_equal(now.displaced, 2);
    wks_world_next_tick(&world);
    world.ledger.displaced_settled = 1;
    assert_int_equal(wks_check_balance(&world, &now, &err), WKS_ERR_LAW);
    assert_contains(err.message, "balance of households displaced");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_broken_law_is_named, begin, end),
        cmocka_unit_test_setup_teardown(case_without_a_household_errors, begin, end),
        cmocka_unit_test_setup_teardown(balance_counts_notices_and_settlements, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
