/* Liberalisation within WWS and back, let by the room and back, split and merged: each at its extreme, each off. */
#include "process/process_registry.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* All vacant since last month. Social with 120, 150 and 200 points; private of 4 rooms; a house let by the room; two small ones in one portiek. */
static const char streets[] = "month 2025-01\nbuurten 2\n"
                              "unit s120 buurt=0 tenure=social rent=600 rooms=3 points=120 area=60 portiek=1\n"
                              "unit s150 buurt=0 tenure=social rent=850 rooms=4 points=150 area=80 portiek=2\n"
                              "unit s200 buurt=0 tenure=social rent=880 rooms=6 points=200 area=120 portiek=3\n"
                              "unit p4 buurt=1 tenure=private_rent rent=1200 rooms=4 points=160 area=80\n"
                              "unit r buurt=1 tenure=private_rent units=3 rent=500 rooms=4\n"
                              "unit a buurt=1 tenure=social rent=500 rooms=1 points=60 area=20 portiek=9\n"
                              "unit b buurt=1 tenure=social rent=550 rooms=2 points=70 area=30 portiek=9\n"
                              "unit c buurt=1 tenure=social rent=550 rooms=2 points=70 area=30 portiek=10\n";

static void open_stage(stage *s)
{
    wks_fixture_world_make(&s->world, streets);
    for (int32_t u = 0; u < s->world.unit.base.n_rows; u++)
        s->world.unit.vacant_month[u] = wks_month_cell(s->world.month);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "stock", "rent_policy", 1);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static int32_t dwelling_of(const stage *s, const char *unit)
{
    return s->world.unit.dwelling_row[wks_fixture_world_unit(&s->world, unit)];
}

static void liberalised_is_only_what_has_the_points(void **state)
{
    (void)state;
    for (int32_t middle = 0; middle < 2; middle++) {
        stage s;
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "stock", "liberalise", 1);
        wks_fixture_tick_set(&s.fixture, "stock", "liberalise_to", middle);
        wks_fixture_tick_month(&s.fixture, "stock");
        assert_int_equal(s.world.ledger.dwellings_liberalised, 2);
        assert_int_equal(s.world.dwelling.tenure[dwelling_of(&s, "s120")], WKS_TENURE_SOCIAL);
        assert_int_equal(s.world.dwelling.tenure[dwelling_of(&s, "s150")], WKS_TENURE_CORPORATIE_FREE);
        const double free_rent = (double)s.world.dwelling.rent_eur[dwelling_of(&s, "s200")];
        const wks_law *law = &s.fixture.tick.law;
        assert_close(free_rent, middle ? law->middle_rent_limit_eur : wks_law_wws_rent(law, 200), 1e-6, 0);
        assert_true(wks_law_wws_rent(law, 200) > law->middle_rent_limit_eur);
        wks_fixture_tick_set(&s.fixture, "stock", "liberalise", 0);
        close_stage(&s);
    }
}

static void corporatie_free_homes_come_back_to_social_rent(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_relations_retenure(&s.world, dwelling_of(&s, "s150"), WKS_TENURE_CORPORATIE_FREE, 1100);
    wks_fixture_tick_set(&s.fixture, "stock", "to_social", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_resocial, 1);
    assert_int_equal(s.world.dwelling.tenure[dwelling_of(&s, "s150")], WKS_TENURE_SOCIAL);
    assert_close((double)s.world.unit.rent_eur[wks_fixture_world_unit(&s.world, "s150")], s.fixture.tick.law.rent_limit_eur, 1e-6, 0);
    close_stage(&s);
}

static void private_homes_are_let_by_the_room_and_whole_again(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t p4 = dwelling_of(&s, "p4"), r = dwelling_of(&s, "r.0");
    wks_fixture_tick_set(&s.fixture, "stock", "to_rooms", 1);
    wks_fixture_tick_set(&s.fixture, "stock", "from_rooms", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_to_rooms, 1);
    assert_int_equal(s.world.ledger.dwellings_from_rooms, 1);
    assert_int_equal(s.world.dwelling.n_units[p4], 3); /* of four rooms one is shared */
    assert_int_equal(s.world.dwelling.n_units[r], 1);
    assert_int_equal(s.world.ledger.units_added, 4);
    assert_int_equal(s.world.ledger.units_removed, 4);
    assert_close((double)s.world.unit.rent_eur[s.world.dwelling.first_unit_row[p4]], 1.3 * 1200 / 3, 1e-5, 0);
    assert_int_equal(s.world.unit.kind[s.world.dwelling.first_unit_row[p4]], WKS_UNIT_ROOM);
    assert_int_equal(s.world.unit.kind[s.world.dwelling.first_unit_row[r]], WKS_UNIT_SELF_CONTAINED);
    wks_fixture_tick_month(&s.fixture, "stock"); /* decided once: nothing more */
    assert_int_equal(s.world.ledger.units_added, 0);
    close_stage(&s);
}

static void house_with_a_tenant_stays_let_by_the_room(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    const int32_t row = wks_fixture_tick_household(&s.world, 1, wks_fixture_world_unit(&s.world, "r.1"), WKS_PLACE_HOUSED, WKS_NONE);
    (void)wks_fixture_tick_person(&s.world, 1, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 30);
    wks_world_clear_flows(&s.world);
    assert_ok(wks_check_structure(&s.world, &err), &err);
    wks_fixture_tick_set(&s.fixture, "stock", "from_rooms", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_from_rooms, 0);
    close_stage(&s);
}

static void large_homes_are_split_in_two(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t before = s.world.dwelling.base.n_live, d = dwelling_of(&s, "s200");
    wks_fixture_tick_set(&s.fixture, "stock", "split", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_split, 1);
    assert_int_equal(s.world.ledger.dwellings_added, 1);
    assert_int_equal(s.world.dwelling.base.n_live, before + 1);
    assert_int_equal(s.world.dwelling.rooms[d], 3);
    assert_close((double)s.world.dwelling.area_m2[d], 60, 1e-5, 0);
    assert_int_equal(s.world.dwelling.wws_points[d], 150);
    close_stage(&s);
}

static void small_neighbours_are_joined(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t before = s.world.dwelling.base.n_live;
    wks_fixture_tick_set(&s.fixture, "stock", "merge", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_merged, 1); /* c stands in another portiek */
    assert_int_equal(s.world.dwelling.base.n_live, before - 1);
    int32_t n_joined = 0;
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        n_joined += s.world.dwelling.key[d] != 0 && fabs((double)s.world.dwelling.area_m2[d] - 50) < 1e-4 && s.world.dwelling.rooms[d] == 3;
    assert_int_equal(n_joined, 1);
    close_stage(&s);
}

static void off_nothing_is_converted(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "budget", 2);
    wks_fixture_tick_next(&s.fixture);
    const uint64_t before = wks_world_hash(&s.world);
    wks_fixture_tick_run(&s.fixture, "stock");
    assert_int_equal(before, wks_world_hash(&s.world));
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(liberalised_is_only_what_has_the_points),
        cmocka_unit_test(corporatie_free_homes_come_back_to_social_rent),
        cmocka_unit_test(private_homes_are_let_by_the_room_and_whole_again),
        cmocka_unit_test(house_with_a_tenant_stays_let_by_the_room),
        cmocka_unit_test(large_homes_are_split_in_two),
        cmocka_unit_test(small_neighbours_are_joined),
        cmocka_unit_test(off_nothing_is_converted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
