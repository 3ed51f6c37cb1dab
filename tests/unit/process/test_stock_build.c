/* Orders and their completion: examples, segments, sizes, complexes and owners, replacement. */
#include "process/process_registry.h"
#include "process/stock_build.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static const char streets[] = "month 2025-01\nbuurten 3\n"
                              "unit u1 buurt=0 tenure=social rent=600 rooms=3 area=75 points=140 value=200000\n"
                              "unit p1 buurt=0 tenure=private_rent rent=1100 rooms=4 area=80 points=160 value=300000\n"
                              "unit o1 buurt=1 tenure=owner rooms=5 area=120 points=190 value=500000\n";

static void open_stage(stage *s)
{
    wks_fixture_world_make(&s->world, streets);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_next(&s->fixture);
}

static void close_stage(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_check_structure(&s->world, &err), &err);
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* Orders and completes; returns the row of the last home. */
static int32_t build(stage *s, wks_stock_build_order order)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_stock_build_order_add(&s->fixture.tick, &order, &err), &err);
    assert_ok(wks_stock_build_complete(&s->fixture.tick, 400000, &err), &err);
    return s->world.dwelling.base.n_rows - 1;
}

static wks_stock_build_order order_of(int32_t buurt, wks_construction_kind kind, int32_t n)
{
    return (wks_stock_build_order){.buurt_row = buurt, .owner_row = WKS_NONE, .n_dwellings = n, .kind = kind};
}

static void new_home_follows_an_example_of_its_tenure(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t d = build(&s, order_of(1, WKS_CONSTRUCTION_MIDDLE, 1)); /* the one private home is in the other buurt */
    assert_int_equal(s.world.dwelling.buurt_row[d], 1);
    assert_int_equal(s.world.dwelling.tenure[d], WKS_TENURE_PRIVATE_RENT);
    assert_close((double)s.world.dwelling.rent_eur[d], 1100, 1e-6, 0);
    assert_int_equal(s.world.dwelling.rooms[d], 4);
    const int32_t unit = s.world.dwelling.first_unit_row[d];
    assert_close((double)s.world.unit.rent_eur[unit], 1100, 1e-6, 0);
    assert_int_equal(s.world.unit.household_row[unit], WKS_NONE);
    assert_int_equal(s.world.unit.lettable_month[unit], s.world.month + 1);
    assert_int_equal(s.world.unit.from_new[unit], 1);
    close_stage(&s);
}

static void segments_keep_their_limits(void **state)
{
    (void)state;
    for (int32_t kind = 0; kind < WKS_N_CONSTRUCTION_KINDS; kind++) {
        stage s;
        open_stage(&s);
        const int32_t d = build(&s, order_of(0, (wks_construction_kind)kind, 3));
        const wks_law *law = &s.fixture.tick.law;
        const double rent = (double)s.world.dwelling.rent_eur[d], value = (double)s.world.dwelling.value_eur[d];
        const int32_t points = s.world.dwelling.wws_points[d];
        switch (kind) {
        case WKS_CONSTRUCTION_SOCIAL: assert_true(rent > 0 && rent <= law->rent_limit_eur + 0.001); break;
        case WKS_CONSTRUCTION_MIDDLE:
            assert_true(rent >= law->rent_limit_eur && rent <= law->middle_rent_limit_eur);
            assert_in_range(points, 144, 186);
            break;
        case WKS_CONSTRUCTION_FREE: assert_true(rent > law->middle_rent_limit_eur && points >= 187); break;
        case WKS_CONSTRUCTION_OWNER: assert_close(value, 500000, 1e-6, 0); break;
        case WKS_CONSTRUCTION_OWNER_CHEAP: assert_close(value, 400000, 1e-6, 0); break;
        default: assert_close(value, 500000, 1e-6, 0); break;
        }
        assert_int_equal(s.world.ledger.built_social, kind == WKS_CONSTRUCTION_SOCIAL ? 3 : 0);
        assert_int_equal(s.world.ledger.built_middle, kind == WKS_CONSTRUCTION_MIDDLE ? 3 : 0);
        assert_int_equal(s.world.ledger.built_cheap, kind == WKS_CONSTRUCTION_OWNER_CHEAP ? 3 : 0);
        assert_int_equal(s.world.ledger.homes_completed, 3);
        close_stage(&s);
    }
}

static void other_number_of_rooms_scales_the_home(void **state)
{
    stage s;
    wks_stock_build_order order = order_of(1, WKS_CONSTRUCTION_OWNER, 1);
    (void)state;
    open_stage(&s);
    order.rooms = 2;
    const int32_t d = build(&s, order);
    assert_int_equal(s.world.dwelling.rooms[d], 2);
    assert_close((double)s.world.dwelling.area_m2[d], 120 * 0.4, 1e-5, 0);
    assert_close((double)s.world.dwelling.value_eur[d], 500000 * 0.4, 1e-5, 0);
    assert_int_equal(s.world.dwelling.wws_points[d], 133); /* 190 x (0.5 + 0.5 x 0.4) */
    close_stage(&s);
}

static void buurt_without_homes_gets_a_complex_with_an_owner(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t d = build(&s, order_of(2, WKS_CONSTRUCTION_SOCIAL, 2));
    const int32_t c = s.world.dwelling.complex_row[d];
    assert_int_equal(s.world.complex.buurt_row[c], 2);
    assert_int_equal(s.world.complex.n_dwellings[c], 2);
    assert_int_equal(s.world.owner.kind[s.world.complex.owner_row[c]], WKS_OWNER_CORPORATIE);
    close_stage(&s);
}

static void corporatie_may_build_middle_rent(void **state)
{
    stage s;
    wks_stock_build_order order = order_of(0, WKS_CONSTRUCTION_MIDDLE, 1);
    (void)state;
    open_stage(&s);
    order.owner_row = wks_stock_build_owner(&s.world, 0, WKS_OWNER_CORPORATIE);
    const int32_t d = build(&s, order);
    assert_int_equal(s.world.dwelling.tenure[d], WKS_TENURE_CORPORATIE_FREE);
    assert_int_equal(s.world.complex.owner_row[s.world.dwelling.complex_row[d]], order.owner_row);
    close_stage(&s);
}

static void parts_add_up_with_the_largest_remainders_first(void **state)
{
    const double share[] = {0.4, 0.2, 0.4}, none[] = {0, 0, 0};
    int32_t n[3];
    (void)state;
    wks_stock_build_parts(10, share, 3, n);
    assert_int_equal(n[0], 4);
    assert_int_equal(n[1], 2);
    assert_int_equal(n[2], 4);
    wks_stock_build_parts(7, share, 3, n); /* 2.8, 1.4, 2.8 */
    assert_int_equal(n[0], 3);
    assert_int_equal(n[1], 1);
    assert_int_equal(n[2], 3);
    wks_stock_build_parts(7, none, 3, n);
    assert_int_equal(n[0] + n[1] + n[2], 0);
}

static void replacement_comes_in_its_month_with_its_mix(void **state)
{
    const double share[WKS_N_CONSTRUCTION_KINDS] = {
        [WKS_CONSTRUCTION_SOCIAL] = 0.4, [WKS_CONSTRUCTION_MIDDLE] = 0.2, [WKS_CONSTRUCTION_OWNER] = 0.6};
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    const int32_t owner = wks_stock_build_owner(&s.world, 0, WKS_OWNER_CORPORATIE), before = s.world.dwelling.base.n_live;
    assert_ok(wks_stock_build_replace(&s.fixture.tick, 0, owner, 20, share, 0.5, 2, 0, 7, &err), &err);
    assert_int_equal(s.world.ledger.homes_ordered, 24);
    assert_ok(wks_stock_build_complete(&s.fixture.tick, 400000, &err), &err);
    assert_int_equal(s.world.dwelling.base.n_live, before);
    for (int32_t m = 0; m < 2; m++)
        wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.dwelling.base.n_live, before + 24);
    assert_int_equal(s.world.ledger.built_social, 8);
    assert_int_equal(s.world.ledger.built_middle, 4);
    assert_int_equal(s.world.ledger.built_other, 12);
    int32_t n_small = 0;
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        n_small += s.world.dwelling.built_month[d] == s.world.month && s.world.dwelling.rooms[d] == 2;
    assert_int_equal(n_small, 12);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_home_follows_an_example_of_its_tenure),
        cmocka_unit_test(segments_keep_their_limits),
        cmocka_unit_test(other_number_of_rooms_scales_the_home),
        cmocka_unit_test(buurt_without_homes_gets_a_complex_with_an_owner),
        cmocka_unit_test(corporatie_may_build_middle_rent),
        cmocka_unit_test(parts_add_up_with_the_largest_remainders_first),
        cmocka_unit_test(replacement_comes_in_its_month_with_its_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
