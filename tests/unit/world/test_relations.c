#include "world/relations.h"

#include "support/fixture_ten.h"

static int32_t person(const char *name)
{
    return wks_fixture_world_person(&world, name);
}

static bool is_alive(uint64_t key)
{
    for (int32_t h = 0; h < world.household.base.n_rows; h++) {
        if (world.household.key[h] == key) return true;
    }
    return false;
}

/* --- moves ---------------------------------------------------------------------------------------------------------- */

static void move_in_within_the_city_frees_the_old_unit(void **state)
{
    const int32_t h = hh("h1"), old = unit("u1"), new = unit("v2"), guest = hh("h8");
    (void)state;

    world.unit.chain[new] = 3;
    world.unit.n_adverts[old] = 5;
    world.dwelling.rent_eur[world.unit.dwelling_row[old]] = 700.0f; /* the landlord asks more now */
    assert_ok(wks_relations_move_in(&world, h, new, true, &err), &err);
    assert_int_equal(world.household.unit_row[h], new);
    assert_int_equal(world.unit.household_row[new], h);
    assert_int_equal(world.unit.vacant_month[new], WKS_NO_MONTH);
    assert_int_equal(world.unit.household_row[old], WKS_NONE);
    assert_int_equal(world.unit.vacant_month[old], world.month);
    assert_int_equal(world.unit.lettable_month[old], world.month + 1);
    assert_int_equal(world.unit.chain[old], 4);
    assert_int_equal(world.unit.n_adverts[old], 0);
    assert_true(world.unit.rent_eur[old] == 700.0f);
    assert_int_equal(world.household.since_month[h], world.month);
    assert_int_equal(wks_world_buurt_of(&world, guest), 2); /* guests go along */
    assert_int_equal(world.buurt.n_persons[0], 3);
    assert_int_equal(world.buurt.n_persons[2], 2 + 2 + 5);
    assert_int_equal(world.buurt.n_households[2], 2);
    assert_int_equal(world.ledger.moves, 1);
    assert_int_equal(world.ledger.moves_within, 1);
    assert_int_equal(world.ledger.housed, 0);
}

static void move_in_of_a_latent_unit_ends_registration_and_stay(void **state)
{
    const int32_t h = hh("h8");
    const uint64_t key = world.household.key[h];
    (void)state;

    assert_ok(wks_relations_move_in(&world, h, unit("v1"), true, &err), &err);
    assert_true(world.household.key[h] == key);
    assert_int_equal(world.household.place[h], WKS_PLACE_HOUSED);
    assert_int_equal(world.household.host_row[h], WKS_NONE);
    assert_int_equal(world.household.n_guests[hh("h1")], 0);
    assert_int_equal(world.household.n_home_children[hh("h1")], 0);
    assert_int_equal(world.household.registered_month[h], WKS_NO_MONTH);
    assert_int_equal(world.person.registration_row[person("h8/0")], WKS_NONE);
    assert_int_equal(world.ledger.housed, 1);
    assert_int_equal(world.ledger.registrations_ended, 1);
    assert_int_equal(world.buurt.n_households[0], 4);
    assert_int_equal(world.buurt.n_persons[0], 8); /* it lived in the buurt already */
}

static void move_in_keeps_the_registration_outside_social_rent_or_when_asked(void **state)
{
    (void)state;
    assert_ok(wks_relations_move_in(&world, hh("h8"), unit("v1"), false, &err), &err);
    assert_int_equal(wks_world_registered_months(&world, hh("h8")), 60);
    assert_ok(wks_relations_move_in(&world, hh("h9"), unit("u8"), true, &err), &err);
    assert_int_equal(wks_world_registered_months(&world, hh("h9")), 10);
    assert_int_equal(world.ledger.registrations_ended, 0);
}

static void move_in_of_a_newcomer_is_a_move_but_not_housed(void **state)
{
    int32_t h, p;
    (void)state;

    assert_ok(wks_relations_household_add(&world, 99, WKS_PLACE_HOUSED, WKS_NONE, &h, &err), &err);
    assert_ok(wks_relations_person_add(&world, 98, h, WKS_SEX_WOMAN, WKS_ROLE_HEAD, WKS_ORIGIN_NL, 1990 * 12, &p, &err), &err);
    world.ledger.households_arrived++;
    world.ledger.persons_arrived++;
    assert_ok(wks_relations_move_in(&world, h, unit("v2"), true, &err), &err);
    assert_int_equal(world.ledger.moves, 1);
    assert_int_equal(world.ledger.housed, 0);
    assert_int_equal(world.ledger.moves_within, 0);
}

static void move_in_ends_the_reservation(void **state)
{
    (void)state;
    wks_relations_reserve(&world, unit("v1"), hh("h3"));
    wks_relations_reserve(&world, unit("v2"), hh("h3")); /* one at a time */
    assert_int_equal(wks_rare_i32(&world.unit.reserved_row, unit("v1")), WKS_NONE);
    assert_int_equal(wks_rare_i32(&world.household.reserved_unit_row, hh("h3")), unit("v2"));
    wks_relations_reserve(&world, unit("v2"), hh("h9"));
    assert_int_equal(wks_rare_i32(&world.household.reserved_unit_row, hh("h3")), WKS_NONE);
    assert_ok(wks_relations_move_in(&world, hh("h9"), unit("v2"), true, &err), &err);
    assert_int_equal(wks_rare_i32(&world.unit.reserved_row, unit("v2")), WKS_NONE);
    assert_int_equal(wks_rare_i32(&world.household.reserved_unit_row, hh("h9")), WKS_NONE);
}

static void reservation_ends_with_its_household(void **state)
{
    (void)state;
    wks_relations_reserve(&world, unit("v1"), hh("h9"));
    assert_ok(wks_relations_depart(&world, hh("h9"), &err), &err);
    assert_int_equal(wks_rare_i32(&world.unit.reserved_row, unit("v1")), WKS_NONE);
}

static void chain_of_a_new_dwelling_is_counted_by_link(void **state)
{
    const int32_t new = unit("v1"), first = unit("u1"), second = unit("u2");
    (void)state;

    world.unit.from_new[new] = 1;
    world.unit.chain[new] = 0;
    assert_ok(wks_relations_move_in(&world, hh("h1"), new, true, &err), &err); /* leaves u1 */
    assert_int_equal(world.ledger.chain_new, 1);
    assert_int_equal(world.ledger.chain_first, 1);
    assert_ok(wks_relations_move_in(&world, world.unit.household_row[second], first, true, &err), &err);
    assert_int_equal(world.ledger.chain_new, 1);
    assert_int_equal(world.ledger.chain_second, 1);
    assert_int_equal(world.unit.from_new[second], 1);
    /* Who leaves the city begins another chain; and so does a move into a home that is not of a chain. */
    const int32_t h = world.unit.household_row[first];
    assert_ok(wks_relations_move_out(&world, h, WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    assert_int_equal(world.unit.from_new[first], 0);
    assert_ok(wks_relations_move_in(&world, h, first, true, &err), &err);
    assert_int_equal(world.ledger.chain_new + world.ledger.chain_first + world.ledger.chain_second + world.ledger.chain_third, 3);
    assert_int_equal(world.ledger.chain_new_outside + world.ledger.chain_first_outside, 0);
    /* From outside the city nobody here leaves a home. */
    for (int32_t link = 0; link < 2; link++) {
        const int32_t u = unit("v2");
        int32_t row = WKS_NONE, person = WKS_NONE;
        assert_ok(wks_relations_household_add(&world, 777 + (uint64_t)link, WKS_PLACE_OUTSIDE, WKS_NONE, &row, &err), &err);
        assert_ok(wks_relations_person_add(&world, 779 + (uint64_t)link, row, WKS_SEX_MAN, WKS_ROLE_HEAD, WKS_ORIGIN_NL, world.month - 400,
                                           &person, &err),
                  &err);
        world.ledger.households_arrived++;
        world.ledger.persons_arrived++;
        world.household.came_from[row] = link == 0 ? WKS_CAME_HOME : WKS_CAME_REGION;
        world.unit.from_new[u] = 1;
        world.unit.chain[u] = (uint8_t)link;
        assert_ok(wks_relations_move_in(&world, row, u, true, &err), &err);
        assert_ok(wks_relations_move_out(&world, row, WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    }
    assert_int_equal(world.ledger.chain_new, 2);
    assert_int_equal(world.ledger.chain_new_outside, 1);
    assert_int_equal(world.ledger.chain_first_outside, 1);
    assert_int_equal(world.ledger.chain_first_elsewhere, 1); /* the first of the two left a home behind */
    assert_int_equal(world.ledger.chain_second_elsewhere, 0);
    assert_int_equal(world.ledger.chain_first + world.ledger.chain_second, 2);
}

static void chain_does_not_overflow(void **state)
{
    (void)state;
    world.unit.chain[unit("v1")] = 255;
    assert_ok(wks_relations_move_in(&world, hh("h2"), unit("v1"), true, &err), &err);
    assert_int_equal(world.unit.chain[unit("u2")], 255);
}

static void move_out_with_a_host_takes_the_guests_along(void **state)
{
    const int32_t h = hh("h1"), child = hh("h8"), host = hh("h4");
    (void)state;

    assert_ok(wks_relations_move_out(&world, h, WKS_PLACE_HOSTED, host, &err), &err);
    assert_int_equal(world.household.place[h], WKS_PLACE_HOSTED);
    assert_int_equal(world.household.since_month[h], world.month);
    assert_int_equal(world.household.host_row[child], host); /* no guest of a guest */
    assert_int_equal(world.household.place[child], WKS_PLACE_HOSTED);
    assert_int_equal(world.household.n_guests[host], 5);
    assert_int_equal(world.household.n_guests[h], 0);
    assert_int_equal(world.household.n_home_children[h], 0);
    assert_int_equal(world.buurt.n_persons[1], 3 + 2 + 1 + 2 + 5);
    assert_int_equal(world.ledger.unhoused, 1);
    assert_int_equal(world.unit.chain[unit("u1")], 0);
}

static void move_out_to_parents_makes_its_guests_hosted(void **state)
{
    (void)state;
    assert_ok(wks_relations_move_out(&world, hh("h1"), WKS_PLACE_AT_PARENTS, hh("h7"), &err), &err);
    assert_int_equal(world.household.place[hh("h1")], WKS_PLACE_AT_PARENTS);
    assert_int_equal(world.household.place[hh("h8")], WKS_PLACE_HOSTED);
    assert_int_equal(world.household.n_guests[hh("h7")], 5);
    assert_int_equal(world.household.n_home_children[hh("h7")], 4);
}

static void move_out_to_shelter_takes_the_guests_along(void **state)
{
    (void)state;
    assert_ok(wks_relations_move_out(&world, hh("h1"), WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    assert_int_equal(world.household.place[hh("h8")], WKS_PLACE_SHELTER);
    assert_int_equal(wks_world_buurt_of(&world, hh("h8")), WKS_NONE);
    assert_int_equal(world.buurt.n_persons[0], 3);
}

static void place_that_cannot_be_becomes_one_that_can(void **state)
{
    const int32_t h10 = hh("h10");
    (void)state;

    /* a host that is a guest itself gives way to its own host */
    assert_ok(wks_relations_change_place(&world, h10, WKS_PLACE_EX_PARTNER, hh("h8"), &err), &err);
    assert_int_equal(world.household.host_row[h10], hh("h1"));
    assert_int_equal(world.household.place[h10], WKS_PLACE_HOSTED);
    /* a host without home, or no host at all: shelter */
    assert_ok(wks_relations_change_place(&world, h10, WKS_PLACE_HOSTED, WKS_NONE, &err), &err);
    assert_int_equal(world.household.place[h10], WKS_PLACE_SHELTER);
    assert_ok(wks_relations_change_place(&world, hh("h9"), WKS_PLACE_HOSTED, h10, &err), &err);
    assert_int_equal(world.household.place[hh("h9")], WKS_PLACE_SHELTER);
    /* moving in with one's own guest */
    assert_ok(wks_relations_move_out(&world, hh("h1"), WKS_PLACE_HOSTED, hh("h8"), &err), &err);
    assert_int_equal(world.household.place[hh("h1")], WKS_PLACE_SHELTER);
    assert_int_equal(world.household.place[hh("h8")], WKS_PLACE_SHELTER);
}

/* --- split and merge ------------------------------------------------------------------------------------------------ */

static void split_of_a_couple_makes_two_heads(void **state)
{
    const int32_t h = hh("h1");
    const int32_t leaver[2] = {person("h1/0"), person("h1/3")};
    int32_t new;
    (void)state;

    assert_ok(wks_relations_split(&world, h, leaver, 2, 77, WKS_PLACE_EX_PARTNER, h, &new, &err), &err);
    assert_int_equal(world.person.role[person("h1/1")], WKS_ROLE_HEAD);
    assert_int_equal(world.person.role[person("h1/0")], WKS_ROLE_HEAD);
    assert_int_equal(world.person.role[person("h1/3")], WKS_ROLE_CHILD);
    assert_int_equal(world.household.n_persons[h], 2);
    assert_int_equal(world.household.has_partner[h], 0);
    assert_int_equal(world.household.n_persons[new], 2);
    assert_int_equal(world.household.n_children[new], 1);
    assert_int_equal(world.household.host_row[new], h);
    assert_int_equal(world.household.n_guests[h], 3);
    assert_int_equal(world.household.region_month[new], 2001 * 12);
    assert_int_equal(world.buurt.n_persons[0], 8);
    assert_int_equal(world.ledger.households_formed, 1);
}

static void split_of_a_guest_stays_with_its_host(void **state)
{
    const int32_t partner = person("h10/1");
    int32_t new;
    (void)state;

    assert_ok(wks_relations_change_place(&world, hh("h10"), WKS_PLACE_HOSTED, hh("h2"), &err), &err);
    assert_ok(wks_relations_split(&world, hh("h10"), &partner, 1, 77, WKS_PLACE_EX_PARTNER, hh("h10"), &new, &err), &err);
    assert_int_equal(world.household.host_row[new], hh("h2"));
    assert_int_equal(world.household.place[new], WKS_PLACE_HOSTED);
    assert_int_equal(world.household.n_guests[hh("h2")], 4);
}

static void merge_joins_members_and_frees_the_home(void **state)
{
    const int32_t from = hh("h3"), into = hh("h2");
    const uint64_t key = world.household.key[from];
    (void)state;

    world.household.vulnerability[from] = WKS_VULNERABLE_DEBT;
    assert_ok(wks_relations_merge(&world, from, into, &err), &err);
    assert_false(is_alive(key));
    assert_int_equal(world.person.role[person("h3/0")], WKS_ROLE_PARTNER);
    assert_int_equal(world.person.role[person("h3/1")], WKS_ROLE_CHILD);
    assert_int_equal(world.household.n_persons[into], 3);
    assert_int_equal(world.household.has_partner[into], 1);
    assert_int_equal(world.household.registered_month[into], 2012 * 12 + 1);
    assert_int_equal(world.household.vulnerability[into], WKS_VULNERABLE_DEBT | WKS_VULNERABLE_FRAIL);
    assert_int_equal(world.unit.household_row[unit("u3")], WKS_NONE);
    assert_int_equal(world.ledger.households_merged, 1);
    assert_int_equal(world.ledger.housed_ended, 1);
}

static void merge_of_a_host_passes_its_guests_on(void **state)
{
    (void)state;
    assert_ok(wks_relations_merge(&world, hh("h5"), hh("h2"), &err), &err); /* h9 is the guest of h5 */
    assert_int_equal(world.household.host_row[hh("h9")], hh("h2"));
    assert_int_equal(world.household.place[hh("h9")], WKS_PLACE_EX_PARTNER);
    assert_int_equal(world.person.role[person("h5/1")], WKS_ROLE_OTHER);
    assert_int_equal(world.household.n_guests[hh("h2")], 2);
}

static void merge_into_a_guest_hands_the_home_over(void **state)
{
    const int32_t child = hh("h8"), u = unit("u1");
    (void)state;

    assert_ok(wks_relations_merge(&world, hh("h1"), child, &err), &err);
    assert_int_equal(world.household.unit_row[child], u);
    assert_int_equal(world.household.n_persons[child], 5);
    assert_true(world.unit.rent_eur[u] == 650.0f);
    assert_int_equal(world.ledger.taken_over, 1);
}

static void merge_into_a_latent_unit_leaves_guests_with_its_host(void **state)
{
    (void)state;
    assert_ok(wks_relations_merge(&world, hh("h1"), hh("h9"), &err), &err); /* h9 stays with h5; h8 is the guest of h1 */
    assert_int_equal(world.household.host_row[hh("h8")], hh("h5"));
    assert_int_equal(world.household.place[hh("h8")], WKS_PLACE_HOSTED);
    assert_int_equal(world.household.n_guests[hh("h5")], 7);
}

static void merge_of_a_returning_child_makes_a_child(void **state)
{
    (void)state;
    assert_ok(wks_relations_merge(&world, hh("h8"), hh("h1"), &err), &err);
    assert_int_equal(world.person.role[person("h8/0")], WKS_ROLE_CHILD);
    assert_int_equal(world.household.n_children[hh("h1")], 3);
    assert_int_equal(world.household.n_guests[hh("h1")], 0);
    assert_int_equal(world.household.registered_month[hh("h1")], 2020 * 12);
}

/* --- deaths and institutions ---------------------------------------------------------------------------------------- */

static void death_of_a_head_makes_the_partner_head(void **state)
{
    (void)state;
    assert_ok(wks_relations_person_die(&world, person("h1/0"), &err), &err);
    assert_int_equal(world.person.role[person("h1/1")], WKS_ROLE_HEAD);
    assert_int_equal(world.household.n_persons[hh("h1")], 3);
    assert_int_equal(world.household.has_partner[hh("h1")], 0);
    assert_int_equal(world.ledger.persons_died, 1);
    assert_int_equal(world.ledger.households_dissolved, 0);
}

static void death_of_a_head_passes_over_an_older_relative(void **state)
{
    int32_t p;
    (void)state;
    assert_ok(wks_relations_person_add(&world, 93, hh("h1"), WKS_SEX_WOMAN, WKS_ROLE_OTHER, WKS_ORIGIN_NL, world.month - 80 * 12, &p, &err),
              &err);
    world.ledger.persons_arrived++;
    assert_ok(wks_relations_person_die(&world, person("h1/0"), &err), &err);
    assert_int_equal(world.person.role[p], WKS_ROLE_OTHER);
    assert_ok(wks_relations_person_die(&world, person("h1/1"), &err), &err);
    assert_int_equal(world.person.role[p], WKS_ROLE_HEAD);
    assert_int_equal(world.household.n_children[hh("h1")], 2);
}

static void death_of_the_last_member_frees_the_home(void **state)
{
    (void)state;
    assert_ok(wks_relations_person_die(&world, person("h2/0"), &err), &err);
    assert_int_equal(world.unit.household_row[unit("u2")], WKS_NONE);
    assert_int_equal(world.ledger.households_dissolved, 1);
    assert_int_equal(world.ledger.housed_ended, 1);
    assert_int_equal(world.buurt.n_households[0], 2);
}

static void death_of_the_only_adult_sends_minors_to_an_institution(void **state)
{
    const int32_t child = person("h3/1");
    (void)state;

    assert_ok(wks_relations_person_die(&world, person("h3/0"), &err), &err);
    assert_int_equal(wks_rare_i32(&world.person.institution_row, child), 0);
    assert_int_equal(world.person.role[child], WKS_ROLE_RESIDENT);
    assert_int_equal(world.buurt.n_institution[0], 1);
    assert_int_equal(world.ledger.institution_in, 1);
    assert_int_equal(world.ledger.registrations_ended, 1);
    assert_int_equal(world.ledger.households_dissolved, 1);
}

static void death_in_shelter_sends_minors_where_institutions_are(void **state)
{
    (void)state;
    assert_ok(wks_relations_person_die(&world, person("h10/0"), &err), &err);
    assert_ok(wks_relations_person_die(&world, person("h10/1"), &err), &err);
    assert_int_equal(world.buurt.n_institution[2], 4);
}

static void death_of_parents_lets_the_oldest_child_at_home_take_over(void **state)
{
    const int32_t h1 = hh("h1"), h8 = hh("h8"), h9 = hh("h9"), u = unit("u1");
    const int32_t parent[4] = {person("h1/0"), person("h1/1"), person("h1/2"), person("h1/3")};
    int32_t sibling, p;
    (void)state;

    assert_ok(wks_relations_household_add(&world, 55, WKS_PLACE_AT_PARENTS, h1, &sibling, &err), &err);
    assert_ok(wks_relations_person_add(&world, 56, sibling, WKS_SEX_MAN, WKS_ROLE_HEAD, WKS_ORIGIN_NL, world.month - 20 * 12, &p, &err),
              &err);
    world.ledger.households_formed++; /* the test plays both demography and arrivals */
    world.ledger.persons_arrived++;
    assert_ok(wks_relations_change_place(&world, h9, WKS_PLACE_HOSTED, h1, &err), &err);
    for (int i = 0; i < 4; i++) {
        if (world.person.key[parent[i]] != 0 && world.person.household_row[parent[i]] == h1)
            assert_ok(wks_relations_person_die(&world, parent[i], &err), &err);
    }
    assert_int_equal(world.household.unit_row[h8], u);
    assert_int_equal(world.household.place[h8], WKS_PLACE_HOUSED);
    assert_int_equal(world.household.since_month[h8], 2014 * 12 + 2);
    assert_int_equal(world.household.host_row[sibling], h8);
    assert_int_equal(world.household.place[sibling], WKS_PLACE_HOSTED);
    assert_int_equal(world.household.place[h9], WKS_PLACE_SHELTER);
    assert_int_equal(world.ledger.taken_over, 1);
    assert_int_equal(world.ledger.institution_in, 2); /* the minors */
    assert_int_equal(world.unit.vacant_month[u], WKS_NO_MONTH);
}

static void death_of_parents_makes_children_in_the_household_siblings(void **state)
{
    int32_t p;
    (void)state;

    assert_ok(wks_relations_person_add(&world, 91, hh("h7"), WKS_SEX_MAN, WKS_ROLE_CHILD, WKS_ORIGIN_NL, world.month - 45 * 12, &p, &err),
              &err);
    assert_ok(wks_relations_person_add(&world, 92, hh("h7"), WKS_SEX_MAN, WKS_ROLE_CHILD, WKS_ORIGIN_NL, world.month - 48 * 12, &p, &err),
              &err);
    world.ledger.persons_arrived += 2;
    assert_ok(wks_relations_person_die(&world, person("h7/0"), &err), &err);
    assert_ok(wks_relations_person_die(&world, person("h7/1"), &err), &err);
    assert_int_equal(world.person.role[p], WKS_ROLE_HEAD); /* the elder */
    assert_int_equal(world.household.n_children[hh("h7")], 0);
    assert_int_equal(wks_household_type_of(&world.household, hh("h7")), WKS_HOUSEHOLD_OTHER);
}

static void institution_in_and_out_keeps_the_person_and_registration(void **state)
{
    const int32_t p = person("h8/0");
    int32_t h;
    (void)state;

    assert_ok(wks_relations_person_to_institution(&world, p, 1, &err), &err);
    assert_int_equal(world.buurt.n_institution[1], 1);
    assert_int_equal(world.ledger.households_dissolved, 1);
    assert_int_equal(world.ledger.registrations_ended, 0);
    assert_ok(wks_relations_person_from_institution(&world, p, 4242, &h, &err), &err);
    assert_true(world.household.key[h] == 4242);
    assert_int_equal(world.household.place[h], WKS_PLACE_SHELTER);
    assert_int_equal(world.person.role[p], WKS_ROLE_HEAD);
    assert_int_equal(wks_world_registered_months(&world, h), 60);
    assert_int_equal(world.buurt.n_institution[1], 0);
    assert_int_equal(world.ledger.institution_in, 1);
    assert_int_equal(world.ledger.institution_out, 1);
}

static void residents_may_die_and_depart(void **state)
{
    (void)state;
    assert_ok(wks_relations_person_die(&world, person("r1"), &err), &err);
    assert_ok(wks_relations_resident_depart(&world, person("r2"), &err), &err);
    assert_int_equal(world.buurt.n_institution[2], 0);
    assert_int_equal(world.buurt.n_persons[2], 2);
    assert_int_equal(world.ledger.institution_died, 1);
    assert_int_equal(world.ledger.institution_departed, 1);
}

/* --- departures, registrations, stock ------------------------------------------------------------------------------- */

static void depart_takes_children_at_home_along(void **state)
{
    const uint64_t child = world.household.key[hh("h8")];
    const int32_t h9 = hh("h9");
    (void)state;

    assert_ok(wks_relations_change_place(&world, h9, WKS_PLACE_HOSTED, hh("h1"), &err), &err);
    assert_ok(wks_relations_depart(&world, hh("h1"), &err), &err);
    assert_false(is_alive(child));
    assert_int_equal(world.household.place[h9], WKS_PLACE_SHELTER);
    assert_int_equal(world.ledger.persons_departed, 5);
    assert_int_equal(world.ledger.households_departed, 2);
    assert_int_equal(world.ledger.registrations_ended, 1);
    assert_int_equal(world.unit.chain[unit("u1")], 0);
}

static void register_and_unregister_follow_the_oldest_date(void **state)
{
    const int32_t h = hh("h5");
    (void)state;

    assert_ok(wks_relations_register(&world, person("h5/1"), 2016 * 12, &err), &err);
    assert_int_equal(world.household.registered_month[h], 2016 * 12);
    assert_ok(wks_relations_unregister(&world, person("h5/1"), &err), &err);
    assert_int_equal(world.household.registered_month[h], 2018 * 12 + 3);
    assert_ok(wks_relations_unregister(&world, person("h5/0"), &err), &err);
    assert_int_equal(world.household.registered_month[h], WKS_NO_MONTH);
    assert_int_equal(world.ledger.registrations_new, 1);
    assert_int_equal(world.ledger.registrations_ended, 2);
}

static void dwelling_comes_with_units_and_goes_with_them(void **state)
{
    const int32_t complex_row = world.dwelling.complex_row[world.unit.dwelling_row[unit("u1")]];
    const int32_t n_dwellings = world.complex.n_dwellings[complex_row];
    int32_t d;
    (void)state;

    assert_ok(wks_relations_dwelling_add(&world, 314, complex_row, WKS_TENURE_SOCIAL, WKS_DWELLING_APARTMENT, 3, world.month + 2, &d, &err),
              &err);
    assert_int_equal(world.dwelling.n_units[d], 3);
    assert_int_equal(world.dwelling.buurt_row[d], 0);
    const int32_t u = world.dwelling.first_unit_row[d];
    assert_int_equal(world.unit.kind[u], WKS_UNIT_ROOM);
    assert_int_equal(world.unit.lettable_month[u], world.month + 2);
    assert_int_equal(world.complex.n_dwellings[complex_row], n_dwellings + 1);
    wks_relations_reserve(&world, u, hh("h3"));
    assert_ok(wks_check_balance(&world, &before, &err), &err);
    assert_ok(wks_relations_dwelling_remove(&world, d, &err), &err);
    assert_int_equal(wks_rare_i32(&world.household.reserved_unit_row, hh("h3")), WKS_NONE);
    assert_int_equal(world.complex.n_dwellings[complex_row], n_dwellings);
    assert_int_equal(world.ledger.units_added, 3);
    assert_int_equal(world.ledger.units_removed, 3);
}

static void unit_keys_follow_from_the_dwelling(void **state)
{
    int32_t a, b;
    (void)state;
    assert_ok(wks_relations_dwelling_add(&world, 1001, 0, WKS_TENURE_SOCIAL, WKS_DWELLING_APARTMENT, 2, world.month, &a, &err), &err);
    const int32_t first = world.dwelling.first_unit_row[a];
    const uint64_t one = world.unit.key[first], two = world.unit.key[world.unit.next_row[first]];
    assert_ok(wks_relations_dwelling_remove(&world, a, &err), &err);
    assert_ok(wks_relations_dwelling_add(&world, 1001, 0, WKS_TENURE_SOCIAL, WKS_DWELLING_APARTMENT, 2, world.month, &b, &err), &err);
    const int32_t again = world.dwelling.first_unit_row[b];
    assert_true(world.unit.key[again] == one && world.unit.key[world.unit.next_row[again]] == two && one != two);
}

static void guests_are_bounded(void **state)
{
    const int32_t host = hh("h2");
    int32_t h, p, n_shelter = 0;
    (void)state;

    for (uint64_t i = 0; i < 230; i++) {
        assert_ok(wks_relations_household_add(&world, 5000 + i, WKS_PLACE_COA, WKS_NONE, &h, &err), &err);
        assert_ok(wks_relations_person_add(&world, 9000 + i, h, WKS_SEX_MAN, WKS_ROLE_HEAD, WKS_ORIGIN_NL, 1990 * 12, &p, &err), &err);
        assert_ok(wks_relations_change_place(&world, h, WKS_PLACE_HOSTED, host, &err), &err);
        n_shelter += world.household.place[h] == WKS_PLACE_SHELTER;
    }
    world.ledger.households_arrived += 230;
    world.ledger.persons_arrived += 230;
    assert_int_equal(world.household.n_guests[host], 200);
    assert_int_equal(n_shelter, 30);
}

/* ---- portieken ----------------------------------------------------------------------------------------------------------------------- */

static void portieken_of_a_run_differ_by_one_dwelling_at_most(void **state)
{
    static const int32_t sizes[] = {1, 3, 8, 11, 12, 13, 65, 200};
    int32_t row[200], highest = 0;

    (void)state;
    highest = world.n_portieken;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        const int32_t n = sizes[s];
        int32_t least = INT32_MAX, most = 0, here = 0;
        for (int32_t i = 0; i < n; i++)
            assert_ok(wks_relations_dwelling_add(&world, UINT64_C(5000) * (s + 1) + (uint64_t)i, 0, WKS_TENURE_SOCIAL,
                                                 WKS_DWELLING_APARTMENT, 1, world.month, &row[i], &err),
                      &err);
        wks_relations_portieken(&world, row, n);
        assert_int_equal(world.dwelling.portiek[row[0]], highest + 1); /* of its own */
        for (int32_t i = 0; i < n; i++) {
            here++;
            if (i + 1 < n && world.dwelling.portiek[row[i + 1]] == world.dwelling.portiek[row[i]]) continue;
            least = here < least ? here : least;
            most = here > most ? here : most;
            here = 0;
        }
        assert_true(most - least <= 1 && (n < 12 || (least >= 6 && most <= 11)));
        highest = world.dwelling.portiek[row[n - 1]];
        assert_int_equal(highest, world.n_portieken);
    }
    wks_relations_portieken(&world, row, 0);
    assert_int_equal(highest, world.n_portieken);
}

static void portiek_of_new_dwellings_is_filled_before_the_next(void **state)
{
    int32_t row = WKS_NONE, first = 0;

    (void)state;
    first = world.n_portieken + 1;
    for (int32_t i = 0; i < 2 * WKS_DWELLING_PORTIEK + 1; i++) {
        assert_ok(wks_relations_dwelling_add(&world, UINT64_C(7000) + (uint64_t)i, 0, WKS_TENURE_SOCIAL, WKS_DWELLING_APARTMENT, 1,
                                             world.month, &row, &err),
                  &err);
        wks_relations_portiek_join(&world, row);
        assert_int_equal(world.dwelling.portiek[row], first + i / WKS_DWELLING_PORTIEK);
    }
    assert_ok(wks_relations_dwelling_add(&world, UINT64_C(8000), 1, WKS_TENURE_SOCIAL, WKS_DWELLING_APARTMENT, 1, world.month, &row, &err),
              &err);
    wks_relations_portiek_join(&world, row);
    assert_int_equal(world.dwelling.portiek[row], first + 3); /* another complex */
}

static void motivation_is_one_draw_for_life(void **state)
{
    enum { N = 20000 };
    int32_t n = 0;

    (void)state;
    for (uint64_t key = 1; key <= N; key++) {
        n += wks_world_is_motivated(key, 0.1);
        assert_false(wks_world_is_motivated(key, 0.0));
        assert_true(wks_world_is_motivated(key, 1.0));
        if (wks_world_is_motivated(key, 0.1)) assert_true(wks_world_is_motivated(key, 0.2));
    }
    assert_close(n / (double)N, 0.1, 0.0, 0.0085); /* 4 sd */
}

/* --- month of the last change of a household ------------------------------------------------------------------------ */

static int32_t changed(const char *name)
{
    return world.household.change_month[hh(name)];
}

static void change_month_is_now_for_all_whose_members_change(void **state)
{
    const int32_t before_month = changed("h1"), leaver[] = {person("h1/1")};
    int32_t new, p;
    (void)state;

    assert_true(before_month < world.month);
    assert_ok(wks_relations_move_in(&world, hh("h2"), unit("v2"), true, &err), &err);
    assert_true(changed("h2") < world.month); /* a move is none */
    assert_ok(wks_relations_split(&world, hh("h1"), leaver, 1, 77, WKS_PLACE_EX_PARTNER, hh("h1"), &new, &err), &err);
    assert_int_equal(changed("h1"), world.month);
    assert_int_equal(world.household.change_month[new], world.month);
    assert_ok(wks_relations_person_add(&world, 78, hh("h2"), WKS_SEX_MAN, WKS_ROLE_CHILD, WKS_ORIGIN_NL, world.month, &p, &err), &err);
    assert_int_equal(changed("h2"), world.month);
    world.ledger.persons_born++;
    world.household.change_month[hh("h1")] = wks_month_cell(before_month);
    assert_ok(wks_relations_person_die(&world, person("h1/2"), &err), &err);
    assert_int_equal(changed("h1"), world.month);
    assert_ok(wks_relations_merge(&world, hh("h5"), hh("h3"), &err), &err);
    assert_int_equal(changed("h3"), world.month);
}

static void change_month_of_parents_waits_until_the_child_goes(void **state)
{
    (void)state;

    assert_true(changed("h1") < world.month);
    assert_ok(wks_relations_move_out(&world, hh("h1"), WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    assert_true(changed("h1") < world.month); /* loses its home with all who live in it */
}

static void change_month_of_parents_is_that_of_the_childs_move(void **state)
{
    const int32_t before_month = changed("h1");
    (void)state;

    assert_ok(wks_relations_move_in(&world, hh("h8"), unit("v2"), true, &err), &err);
    assert_int_equal(changed("h1"), world.month);
    assert_true(changed("h8") < world.month);
    assert_true(before_month < world.month);
}

static void change_month_survives_a_child_that_had_not_gone(void **state)
{
    const int32_t before_month = changed("h1");
    int32_t child = person("h1/2"), new;
    (void)state;

    assert_ok(wks_relations_split(&world, hh("h1"), &child, 1, 77, WKS_PLACE_AT_PARENTS, hh("h1"), &new, &err), &err);
    assert_int_equal(changed("h1"), before_month);
    assert_int_equal(world.household.change_month[new], world.month);
    assert_ok(wks_relations_merge(&world, new, hh("h1"), &err), &err);
    assert_int_equal(changed("h1"), before_month);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_ten, check_and_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(portieken_of_a_run_differ_by_one_dwelling_at_most),
        TEST(portiek_of_new_dwellings_is_filled_before_the_next),
        cmocka_unit_test(motivation_is_one_draw_for_life),
        TEST(move_in_within_the_city_frees_the_old_unit),
        TEST(move_in_of_a_latent_unit_ends_registration_and_stay),
        TEST(move_in_keeps_the_registration_outside_social_rent_or_when_asked),
        TEST(move_in_of_a_newcomer_is_a_move_but_not_housed),
        TEST(move_in_ends_the_reservation),
        TEST(reservation_ends_with_its_household),
        TEST(chain_of_a_new_dwelling_is_counted_by_link),
        TEST(chain_does_not_overflow),
        TEST(move_out_with_a_host_takes_the_guests_along),
        TEST(move_out_to_parents_makes_its_guests_hosted),
        TEST(move_out_to_shelter_takes_the_guests_along),
        TEST(place_that_cannot_be_becomes_one_that_can),
        TEST(split_of_a_couple_makes_two_heads),
        TEST(split_of_a_guest_stays_with_its_host),
        TEST(merge_joins_members_and_frees_the_home),
        TEST(merge_of_a_host_passes_its_guests_on),
        TEST(merge_into_a_guest_hands_the_home_over),
        TEST(merge_into_a_latent_unit_leaves_guests_with_its_host),
        TEST(merge_of_a_returning_child_makes_a_child),
        TEST(death_of_a_head_makes_the_partner_head),
        TEST(death_of_a_head_passes_over_an_older_relative),
        TEST(death_of_the_last_member_frees_the_home),
        TEST(death_of_the_only_adult_sends_minors_to_an_institution),
        TEST(death_in_shelter_sends_minors_where_institutions_are),
        TEST(death_of_parents_lets_the_oldest_child_at_home_take_over),
        TEST(death_of_parents_makes_children_in_the_household_siblings),
        TEST(institution_in_and_out_keeps_the_person_and_registration),
        TEST(residents_may_die_and_depart),
        TEST(depart_takes_children_at_home_along),
        TEST(register_and_unregister_follow_the_oldest_date),
        TEST(dwelling_comes_with_units_and_goes_with_them),
        TEST(unit_keys_follow_from_the_dwelling),
        TEST(guests_are_bounded),
        TEST(change_month_is_now_for_all_whose_members_change),
        TEST(change_month_of_parents_waits_until_the_child_goes),
        TEST(change_month_of_parents_is_that_of_the_childs_move),
        TEST(change_month_survives_a_child_that_had_not_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
