#include "world/moves.h"

#include "support/fixture_ten.h"
#include "world/relations.h"

static void expect(int64_t within, int64_t in, int64_t abroad, int64_t out)
{
    assert_int_equal(world.ledger.persons_within, within);
    assert_int_equal(world.ledger.persons_in, in);
    assert_int_equal(world.ledger.persons_abroad, abroad);
    assert_int_equal(world.ledger.persons_out, out);
}

/* h1 (44, 42, 12, 9) with h8 (23), who lives there, goes to another home. */
static void household_with_guests_moves_within_by_age(void **state)
{
    static const int32_t ages[] = {44, 42, 12, 9, 23};
    (void)state;
    assert_ok(wks_relations_move_in(&world, hh("h1"), unit("v2"), true, &err), &err);
    expect(5, 0, 0, 0);
    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++)
        assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][ages[i]], 1);
}

static void leaving_the_parental_home_is_a_move_when_a_home_is_found(void **state)
{
    (void)state;
    assert_ok(wks_relations_move_in(&world, hh("h8"), unit("v1"), true, &err), &err);
    expect(1, 0, 0, 0);
    assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][23], 1);
}

static void wish_to_leave_home_and_its_end_are_no_moves(void **state)
{
    int32_t row, p;
    (void)state;
    p = wks_fixture_world_person(&world, "h4/2");
    assert_ok(wks_relations_split(&world, hh("h4"), &p, 1, 900, WKS_PLACE_AT_PARENTS, hh("h4"), &row, &err), &err);
    assert_ok(wks_relations_merge(&world, row, hh("h4"), &err), &err);
    expect(0, 0, 0, 0);
}

static void separating_is_a_move_when_the_home_is_left(void **state)
{
    int32_t row, p;
    (void)state;
    p = wks_fixture_world_person(&world, "h4/0");
    assert_ok(wks_relations_split(&world, hh("h4"), &p, 1, 900, WKS_PLACE_EX_PARTNER, hh("h4"), &row, &err), &err);
    expect(0, 0, 0, 0);
    assert_ok(wks_relations_change_place(&world, row, WKS_PLACE_HOSTED, hh("h2"), &err), &err);
    expect(1, 0, 0, 0);
    assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][51], 1);
}

/* h3 (38 and 8) moves in with h5: who lives there does not move. */
static void only_the_partner_whose_address_changes_moves(void **state)
{
    (void)state;
    assert_ok(wks_relations_merge(&world, hh("h3"), hh("h5"), &err), &err);
    expect(2, 0, 0, 0);
    assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][38], 1);
    assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][8], 1);
}

static void losing_and_finding_a_home_are_moves_also_for_shelter(void **state)
{
    (void)state;
    assert_ok(wks_relations_move_out(&world, hh("h3"), WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    expect(2, 0, 0, 0);
    assert_ok(wks_relations_move_in(&world, hh("h3"), unit("v1"), true, &err), &err);
    expect(4, 0, 0, 0);
}

static void who_comes_from_coa_comes_from_elsewhere(void **state)
{
    (void)state;
    assert_ok(wks_relations_move_in(&world, hh("h10"), unit("v1"), true, &err), &err);
    expect(0, 4, 0, 0);
    assert_int_equal(world.moves.persons[WKS_MOVES_IN][1], 1);
}

static int32_t newcomer(wks_came came, wks_place place, uint64_t key)
{
    int32_t h, p;
    assert_ok(wks_relations_household_add(&world, key, place, WKS_NONE, &h, &err), &err);
    world.household.came_from[h] = (uint8_t)came;
    assert_ok(wks_relations_person_add(&world, key + 1, h, WKS_SEX_WOMAN, WKS_ROLE_HEAD, WKS_ORIGIN_NL, world.month - 12 * 30, &p, &err),
              &err);
    world.ledger.households_arrived++;
    world.ledger.persons_arrived++;
    return h;
}

static void seeker_from_outside_moves_when_a_home_is_found(void **state)
{
    (void)state;
    const int32_t h = newcomer(WKS_CAME_HOME, WKS_PLACE_OUTSIDE, 900);
    expect(0, 0, 0, 0);
    assert_ok(wks_relations_move_in(&world, h, unit("v1"), true, &err), &err);
    expect(0, 1, 0, 0);
    const int32_t other = newcomer(WKS_CAME_ABROAD, WKS_PLACE_HOUSED, 910);
    assert_ok(wks_relations_move_in(&world, other, unit("v2"), true, &err), &err);
    expect(0, 1, 1, 0);
    assert_int_equal(world.moves.persons[WKS_MOVES_ABROAD][30], 1);
}

static void who_only_looked_from_outside_does_not_leave(void **state)
{
    (void)state;
    assert_ok(wks_relations_depart(&world, newcomer(WKS_CAME_REGION, WKS_PLACE_OUTSIDE, 900), &err), &err);
    expect(0, 0, 0, 0);
    assert_int_equal(world.ledger.persons_departed, 1);
}

static void who_comes_straight_into_shelter_or_an_institution_arrives(void **state)
{
    int32_t p;
    (void)state;
    (void)newcomer(WKS_CAME_CITY, WKS_PLACE_SHELTER, 900);
    expect(0, 1, 0, 0);
    assert_ok(wks_relations_resident_add(&world, 910, 0, WKS_SEX_MAN, WKS_ORIGIN_NL, world.month - 12 * 200, &p, &err), &err);
    world.ledger.persons_arrived++;
    world.ledger.institution_arrived++;
    expect(0, 2, 0, 0);
    assert_int_equal(world.moves.persons[WKS_MOVES_IN][WKS_MOVES_AGES - 1], 1); /* and older */
}

/* h1 leaves with h8, who is a child at home; h5 leaves, and h9 (36 and 6) must go to shelter. */
static void leaving_the_city_takes_children_at_home_along(void **state)
{
    (void)state;
    assert_ok(wks_relations_depart(&world, hh("h1"), &err), &err);
    expect(0, 0, 0, 5);
    assert_ok(wks_relations_depart(&world, hh("h5"), &err), &err);
    expect(2, 0, 0, 7);
    assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][6], 1);
}

static void institutions_are_addresses(void **state)
{
    int32_t row;
    (void)state;
    assert_ok(wks_relations_person_to_institution(&world, wks_fixture_world_person(&world, "h2/0"), 0, &err), &err);
    expect(1, 0, 0, 0);
    assert_ok(wks_relations_person_from_institution(&world, wks_fixture_world_person(&world, "r2"), 900, &row, &err), &err);
    expect(2, 0, 0, 0);
    assert_ok(wks_relations_resident_depart(&world, wks_fixture_world_person(&world, "r1"), &err), &err);
    expect(2, 0, 0, 1);
}

/* Both members of h7 die; a birth in h5, and one at COA, where nobody is a resident. */
static void births_and_deaths_are_no_moves(void **state)
{
    int32_t p;
    (void)state;
    assert_ok(wks_relations_person_die(&world, wks_fixture_world_person(&world, "h7/0"), &err), &err);
    assert_ok(wks_relations_person_die(&world, wks_fixture_world_person(&world, "h7/1"), &err), &err);
    assert_ok(wks_relations_person_add(&world, 900, hh("h5"), WKS_SEX_MAN, WKS_ROLE_CHILD, WKS_ORIGIN_NL, world.month, &p, &err), &err);
    assert_ok(wks_relations_person_add(&world, 901, hh("h10"), WKS_SEX_MAN, WKS_ROLE_CHILD, WKS_ORIGIN_NL, world.month, &p, &err), &err);
    world.ledger.persons_born += 2;
    expect(0, 0, 0, 0);
    assert_int_equal(world.ledger.residents_born, 1);
    assert_int_equal(world.ledger.residents_died, 2);
}

/* The child that lives at home takes the home over: its address stays. */
static void succession_is_no_move(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        const int32_t p = world.household.first_person_row[hh("h1")];
        assert_ok(wks_relations_person_die(&world, p, &err), &err);
        if (world.household.unit_row[hh("h8")] != WKS_NONE) break;
    }
    assert_true(world.household.unit_row[hh("h8")] != WKS_NONE);
    assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][23], 0);
}

static void next_tick_forgets_the_moves(void **state)
{
    (void)state;
    assert_ok(wks_relations_move_in(&world, hh("h8"), unit("v1"), true, &err), &err);
    wks_world_next_tick(&world);
    before = wks_check_count(&world);
    expect(0, 0, 0, 0);
    assert_int_equal(world.moves.persons[WKS_MOVES_WITHIN][23], 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_ten, check_and_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(household_with_guests_moves_within_by_age),
        TEST(leaving_the_parental_home_is_a_move_when_a_home_is_found),
        TEST(wish_to_leave_home_and_its_end_are_no_moves),
        TEST(separating_is_a_move_when_the_home_is_left),
        TEST(only_the_partner_whose_address_changes_moves),
        TEST(losing_and_finding_a_home_are_moves_also_for_shelter),
        TEST(who_comes_from_coa_comes_from_elsewhere),
        TEST(seeker_from_outside_moves_when_a_home_is_found),
        TEST(who_only_looked_from_outside_does_not_leave),
        TEST(who_comes_straight_into_shelter_or_an_institution_arrives),
        TEST(leaving_the_city_takes_children_at_home_along),
        TEST(institutions_are_addresses),
        TEST(births_and_deaths_are_no_moves),
        TEST(succession_is_no_move),
        TEST(next_tick_forgets_the_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
