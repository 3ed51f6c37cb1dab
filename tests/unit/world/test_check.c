#include "world/check.h"

#include "support/chaos.h"
#include "support/check.h"
#include "support/fixture_world.h"
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

static int32_t unit(const char *name)
{
    return wks_fixture_world_unit(&world, name);
}

static int32_t person(const char *name)
{
    return wks_fixture_world_person(&world, name);
}

/* The world was corrupted: the law must be named. */
#define assert_broken(law)                                                     \
    do {                                                                       \
        wks_err err_ = WKS_ERR_INIT;                                           \
        assert_status(wks_check_structure(&world, &err_), WKS_ERR_LAW, &err_); \
        assert_contains(err_.message, law);                                    \
    } while (0)

/* Corrupts one value, sees the law named, and puts it back. */
#define corrupt(place, wrong, law)                       \
    do {                                                 \
        __typeof__(place) *at_ = &(place), kept_ = *at_; \
        *at_ = (__typeof__(place))wrong;                 \
        assert_broken(law);                              \
        *at_ = kept_;                                    \
    } while (0)

/* The same in a rare column. */
#define corrupt_rare(column, row, wrong, law)                            \
    do {                                                                 \
        const int32_t row_ = (row), kept_ = wks_rare_i32(&column, row_); \
        wks_rare_set(&column, row_, wrong);                              \
        assert_broken(law);                                              \
        wks_rare_set(&column, row_, kept_);                              \
    } while (0)

static void structure_sound_world_passes(void **state)
{
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_check_structure(&world, &err), &err);
}

static void structure_wrong_cache_of_members_errors(void **state)
{
    const int32_t h = hh("h1");
    (void)state;
    corrupt(world.household.n_persons[h], 3, "n_persons differs from its members");
    corrupt(world.household.n_adults[h], 4, "n_adults differs from its members");
    corrupt(world.household.n_children[h], 0, "n_children differs from its members");
    corrupt(world.household.has_partner[h], 0, "has_partner differs from its members");
    corrupt(world.household.head_birth_month[h], world.month, "head_birth_month differs");
    corrupt(world.household.registered_month[hh("h3")], WKS_NO_MONTH, "registered_month differs");
    corrupt(world.household.origin[h], WKS_ORIGIN_EUROPE, "origin differs from its head");
    corrupt(world.household.income_eur[h], NAN, "income_eur is not finite");
}

static void structure_wrong_role_errors(void **state)
{
    (void)state;
    corrupt(world.person.role[person("h1/0")], WKS_ROLE_OTHER, "one head");
    corrupt(world.person.role[person("h1/1")], WKS_ROLE_HEAD, "one head");
    corrupt(world.person.role[person("h1/2")], WKS_ROLE_PARTNER, "more than one partner");
    corrupt(world.person.role[person("h1/2")], WKS_ROLE_RESIDENT, "role of a resident");
    corrupt(world.person.role[person("r1")], WKS_ROLE_CHILD, "role of a member");
}

static void structure_broken_chain_of_members_errors(void **state)
{
    (void)state;
    corrupt(world.household.first_person_row[hh("h2")], WKS_NONE, "has no members");
    corrupt(world.household.first_person_row[hh("h2")], person("h1/3"), "belongs to another household");
    corrupt(world.household.first_person_row[hh("h2")], 100000, "row that is not in use");
    corrupt(world.person.next_row[person("h1/3")], person("h1/0"), "does not end");
    corrupt(world.person.next_row[person("h1/2")], WKS_NONE, "n_persons differs");
    corrupt(world.person.household_row[person("h2/0")], WKS_NONE, "in a household or in an institution");
    corrupt_rare(world.person.institution_row, person("h2/0"), 0, "not both");
    corrupt_rare(world.person.institution_row, person("r1"), 77, "buurt that does not exist");
}

static void structure_person_outside_the_chain_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    int32_t row;
    (void)state;
    assert_ok(wks_columns_add(&world.person, &wks_person_info, 4711, &row, &err), &err);
    world.person.next_row[row] = world.person.registration_row[row] = WKS_NONE;
    world.person.household_row[row] = hh("h1");
    assert_broken("a person is missing in the chain of its household");
}

static void structure_broken_home_errors(void **state)
{
    (void)state;
    corrupt(world.household.unit_row[hh("h1")], unit("u2"), "occupant lives elsewhere");
    corrupt(world.household.unit_row[hh("h10")], unit("u2"), "unit must go together");
    corrupt(world.household.unit_row[hh("h10")], 1000, "unit must go together");
    corrupt(world.household.place[hh("h1")], WKS_PLACE_SHELTER, "unit must go together");
    corrupt(world.household.place[hh("h8")], WKS_PLACE_SHELTER, "having a host must go together");
    corrupt(world.household.place[hh("h10")], 99, "place does not exist");
    corrupt(world.household.kin_buurt_row[hh("h1")], 3, "kin live in a buurt that does not exist");
    world.household.place[hh("h10")] = WKS_PLACE_HOUSED;
    corrupt(world.household.unit_row[hh("h10")], unit("u2"), "its unit has another occupant");
    corrupt(world.household.unit_row[hh("h10")], 1000, "its unit is not in use");
    world.household.place[hh("h10")] = WKS_PLACE_COA;
    corrupt(world.unit.household_row[unit("u1")], hh("h2"), "occupant lives elsewhere");
    corrupt(world.unit.household_row[unit("v1")], hh("h2"), "having a month of vacancy must go together");
    corrupt(world.unit.vacant_month[unit("v1")], WKS_NO_MONTH, "having a month of vacancy must go together");
    corrupt(world.unit.rent_eur[unit("v1")], -1.0f, "rent_eur is negative");
}

static void structure_broken_guests_errors(void **state)
{
    (void)state;
    corrupt(world.household.n_guests[hh("h1")], 0, "n_guests differs");
    corrupt(world.household.n_home_children[hh("h1")], 0, "n_home_children differs");
    corrupt(world.household.host_row[hh("h8")], hh("h2"), "another host");
    corrupt(world.household.host_row[hh("h8")], 12345, "host is not in use");
    corrupt_rare(world.household.next_guest_row, hh("h8"), hh("h8"), "does not end");
    corrupt_rare(world.household.next_guest_row, hh("h8"), 12345, "row that is not in use");
    const int32_t first = wks_rare_i32(&world.household.first_guest_row, hh("h1"));
    world.household.n_guests[hh("h1")] = world.household.n_home_children[hh("h1")] = 0;
    corrupt_rare(world.household.first_guest_row, hh("h1"), WKS_NONE, "a guest is missing in the chain of its host");
    assert_int_equal(wks_rare_i32(&world.household.first_guest_row, hh("h1")), first);
}

static void structure_guest_of_a_guest_errors(void **state)
{
    (void)state;
    const int32_t h10 = hh("h10"), h9 = hh("h9");
    world.household.place[h10] = WKS_PLACE_HOSTED;
    world.household.host_row[h10] = h9;
    wks_rare_set(&world.household.first_guest_row, h9, h10);
    world.household.n_guests[h9] = 4;
    assert_broken("a latent unit has guests");
}

static void structure_broken_registration_errors(void **state)
{
    (void)state;
    const int32_t p = person("h3/0"), r = world.person.registration_row[p];
    corrupt(world.person.registration_row[p], WKS_NONE, "its person has another registration");
    corrupt(world.person.registration_row[p], 12345, "registration is not in use");
    corrupt(world.registration.person_row[r], person("h2/0"), "registration is of another person");
    corrupt(world.registration.key[r], 5, "its key is not that of its person");
}

static void structure_broken_stock_errors(void **state)
{
    (void)state;
    const int32_t u = unit("u6.0"), d = world.unit.dwelling_row[u];
    corrupt(world.dwelling.n_units[d], 2, "n_units differs");
    corrupt(world.unit.dwelling_row[u], 0, "belongs to another dwelling");
    corrupt(world.unit.dwelling_row[u], 1000, "dwelling is not in use");
    corrupt(world.dwelling.buurt_row[d], 0, "another buurt than its complex");
    corrupt(world.dwelling.complex_row[d], -1, "complex is not in use");
    corrupt(world.complex.n_dwellings[world.dwelling.complex_row[d]], 9, "n_dwellings differs");
    corrupt(world.complex.owner_row[0], 9, "owner is not in use");
    corrupt(world.complex.buurt_row[world.complex.base.n_rows - 1], 9, "complex");
}

static void structure_broken_reservation_errors(void **state)
{
    (void)state;
    corrupt_rare(world.unit.reserved_row, unit("v1"), hh("h3"), "another reservation");
    corrupt_rare(world.unit.reserved_row, unit("v1"), 1000, "not in use");
    corrupt_rare(world.household.reserved_unit_row, hh("h3"), unit("v1"), "reserved for another");
}

static void structure_wrong_total_of_a_buurt_errors(void **state)
{
    (void)state;
    corrupt(world.buurt.n_households[0], 2, "n_households differs from a recount");
    corrupt(world.buurt.n_persons[1], 0, "n_persons differs from a recount");
    corrupt(world.buurt.n_institution[2], 1, "n_institution differs from a recount");
}

static void structure_broken_rows_errors(void **state)
{
    (void)state;
    corrupt(world.household.key[hh("h1")], world.household.key[hh("h2")], "its key is there twice");
    corrupt(world.household.base.n_live, 4, "do not add up");
    corrupt(world.owner.base.n_live, 4, "do not add up");
}

static void structure_message_names_tick_table_and_row(void **state)
{
    wks_err err = WKS_ERR_INIT;
    (void)state;
    world.tick = 7;
    world.buurt.n_persons[1] = 0;
    assert_status(wks_check_structure(&world, &err), WKS_ERR_LAW, &err);
    assert_string_equal(err.message, "law broken in tick 7: buurt row 1: n_persons differs from a recount");
}

static wks_status check_once(void *context, wks_err *err)
{
    return wks_check_structure(context, err);
}

static void structure_without_memory_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(check_once, &world) >= 9);
}

static void count_of_ten_households_is_as_written(void **state)
{
    const wks_check_stocks n = wks_check_count(&world);
    (void)state;
    assert_int_equal(n.households, 10);
    assert_int_equal(n.households_housed, 7);
    assert_int_equal(n.households_latent, 3);
    assert_int_equal(n.persons, 24);
    assert_int_equal(n.persons_in_households, 22);
    assert_int_equal(n.persons_in_institutions, 2);
    assert_int_equal(n.dwellings, 10);
    assert_int_equal(n.units, 12);
    assert_int_equal(n.units_vacant, 5);
    assert_int_equal(n.registrations, 4);
}

/* Each line of the ledger that is off by one breaks a balance. */
static void balance_every_line_of_the_ledger_counts(void **state)
{
    const wks_check_stocks before = wks_check_count(&world);
    wks_err err = WKS_ERR_INIT;
    (void)state;

    assert_ok(wks_check_balance(&world, &before, &err), &err);
#define OFF_BY_ONE(line, law)                                                   \
    do {                                                                        \
        wks_err e = WKS_ERR_INIT;                                               \
        world.ledger.line++;                                                    \
        assert_status(wks_check_balance(&world, &before, &e), WKS_ERR_LAW, &e); \
        assert_contains(e.message, law);                                        \
        world.ledger.line--;                                                    \
    } while (0)
    OFF_BY_ONE(persons_born, "balance of persons");
    OFF_BY_ONE(persons_died, "balance of persons");
    OFF_BY_ONE(persons_arrived, "balance of persons");
    OFF_BY_ONE(persons_departed, "balance of persons");
    OFF_BY_ONE(institution_in, "balance of persons in households");
    OFF_BY_ONE(institution_out, "balance of persons in households");
    OFF_BY_ONE(institution_arrived, "balance of persons in households");
    OFF_BY_ONE(institution_died, "balance of persons in households");
    OFF_BY_ONE(institution_departed, "balance of persons in households");
    OFF_BY_ONE(households_formed, "balance of households");
    OFF_BY_ONE(households_merged, "balance of households");
    OFF_BY_ONE(households_dissolved, "balance of households");
    OFF_BY_ONE(households_arrived, "balance of households");
    OFF_BY_ONE(households_departed, "balance of households");
    OFF_BY_ONE(housed_ended, "balance of households housed");
    OFF_BY_ONE(taken_over, "balance of households housed");
    OFF_BY_ONE(unhoused, "balance of households housed");
    OFF_BY_ONE(moves, "balance of households housed");
    OFF_BY_ONE(moves_within, "balance of households housed");
    OFF_BY_ONE(units_added, "balance of units");
    OFF_BY_ONE(units_removed, "balance of units");
    OFF_BY_ONE(dwellings_added, "balance of dwellings");
    OFF_BY_ONE(dwellings_removed, "balance of dwellings");
    OFF_BY_ONE(registrations_new, "balance of registrations");
    OFF_BY_ONE(registrations_ended, "balance of registrations");
#undef OFF_BY_ONE
}

static void balance_gap_is_in_the_message(void **state)
{
    wks_check_stocks before = wks_check_count(&world);
    wks_err err = WKS_ERR_INIT;
    (void)state;
    world.tick = 3;
    before.persons -= 2;
    before.persons_in_households -= 2;
    world.ledger.persons_born = 1;
    assert_status(wks_check_balance(&world, &before, &err), WKS_ERR_LAW, &err);
    assert_string_equal(err.message, "law broken in tick 3: balance of persons: 22 before, 1 by the ledger, 24 now, gap 1");
}

static void support_breaks(const wks_check_stocks *before, const char *expected)
{
    wks_err err = WKS_ERR_INIT;
    assert_status(wks_check_balance(&world, before, &err), WKS_ERR_LAW, &err);
    assert_contains(err.message, expected);
}

static void balance_more_support_than_the_pool_errors(void **state)
{
    const wks_check_stocks before = wks_check_count(&world);
    wks_err err = WKS_ERR_INIT;
    (void)state;

    world.support.staffed[WKS_SUPPORT_wijkteam] = 60;
    world.buurt.staffed_wijkteam[1] = 40;
    world.support.used[WKS_SUPPORT_wijkteam] = world.buurt.support_given[0] = 100;
    world.household.help[0] = 60;
    world.household.help[1] = 40;
    world.support.n_cases = 2;
    world.support.month = world.month;
    assert_ok(wks_check_balance(&world, &before, &err), &err);
    world.support.signalling[WKS_SUPPORT_wijkteam] = 1;
    support_breaks(&before, "used of staffed: 101, 100");
    world.support.signalling[WKS_SUPPORT_wijkteam] = 0;
    world.buurt.support_given[1] = 1;
    support_breaks(&before, "given over buurten, used: 101, 100");
    world.buurt.support_given[1] = 0;
    world.household.help[1] = 39;
    support_breaks(&before, "given to households, used: 99, 100");
    world.support.month = world.month - 1; /* not shared this month: who was helped may have left */
    assert_ok(wks_check_balance(&world, &before, &err), &err);
    world.household.help[1] = 41;
    support_breaks(&before, "given to households, used: 101, 100");
    world.buurt.staffed_ggz[0] = -1;
    support_breaks(&before, "below 0");
}

static void balance_of_jobs_without_places_or_ledger_errors(void **state)
{
    const wks_check_stocks before = wks_check_count(&world);
    wks_err err = WKS_ERR_INIT;
    (void)state;
    world.buurt.job_places[0] = 1;
    wks_rare_set_u64(&world.household.job, 0, 3);
    wks_rare_set_u64(&world.household.job, 1, 3);
    assert_status(wks_check_balance(&world, &before, &err), WKS_ERR_LAW, &err);
    assert_contains(err.message, "wijkbasisbanen: 0 before, 0 by the ledger, 2 now");
    world.ledger.jobs_begun = 2;
    err = WKS_ERR_INIT;
    assert_status(wks_check_balance(&world, &before, &err), WKS_ERR_LAW, &err);
    assert_contains(err.message, "wijkbasisbanen: 2 taken of 1");
    wks_rare_set_u64(&world.household.job, 1, WKS_JOB_ENDED);
    world.ledger.jobs_ended = 1;
    err = WKS_ERR_INIT;
    assert_ok(wks_check_balance(&world, &before, &err), &err);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_ten, free_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(balance_of_jobs_without_places_or_ledger_errors),
        TEST(structure_sound_world_passes),
        TEST(structure_wrong_cache_of_members_errors),
        TEST(structure_wrong_role_errors),
        TEST(structure_broken_chain_of_members_errors),
        TEST(structure_person_outside_the_chain_errors),
        TEST(structure_broken_home_errors),
        TEST(structure_broken_guests_errors),
        TEST(structure_guest_of_a_guest_errors),
        TEST(structure_broken_registration_errors),
        TEST(structure_broken_stock_errors),
        TEST(structure_broken_reservation_errors),
        TEST(structure_wrong_total_of_a_buurt_errors),
        TEST(structure_broken_rows_errors),
        TEST(structure_message_names_tick_table_and_row),
        TEST(structure_without_memory_errors),
        TEST(count_of_ten_households_is_as_written),
        TEST(balance_every_line_of_the_ledger_counts),
        TEST(balance_gap_is_in_the_message),
        TEST(balance_more_support_than_the_pool_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
