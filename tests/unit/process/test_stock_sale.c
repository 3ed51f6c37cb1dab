/* Sale to sitting tenants, by owner and area, and what it brings. Sale at vacancy: test_stock.c. */
#include "process/process_registry.h"
#include "process/stock_sale.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* rich can pay 200,000; poor cannot; senior lives in a home with a label. */
static const char streets[] =
    "month 2025-01\nbuurten 2\n"
    "unit u1 buurt=0 tenure=social rent=700 rooms=3 value=200000\nunit u2 buurt=0 tenure=social rent=700 rooms=3 value=200000\n"
    "unit u3 buurt=0 tenure=social rent=700 rooms=3 value=100000 label=senior\n"
    "household rich unit=u1 income=40000 equity=50000 members=40m registered=2015-01\n"
    "household poor unit=u2 income=20000 members=40f\nhousehold old unit=u3 income=40000 members=75f\n";

static void open_stage(stage *s)
{
    wks_fixture_world_make(&s->world, streets);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "stock", "rent_policy", 1);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static int32_t tenure_of(const stage *s, const char *unit)
{
    return s->world.dwelling.tenure[s->world.unit.dwelling_row[wks_fixture_world_unit(&s->world, unit)]];
}

static void at_share_one_who_can_pay_buys_and_stays(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "sell_sitting", 1);
    const int32_t rich = wks_fixture_world_household(&s.world, "rich"), since = s.world.household.since_month[rich];
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.sold_sitting, 1);
    assert_int_equal(s.world.ledger.dwellings_sold, 1);
    assert_int_equal(s.world.ledger.moves, 0);
    assert_int_equal(tenure_of(&s, "u1"), WKS_TENURE_OWNER);
    assert_int_equal(tenure_of(&s, "u2"), WKS_TENURE_SOCIAL);
    assert_int_equal(tenure_of(&s, "u3"), WKS_TENURE_SOCIAL);
    assert_int_equal(s.world.household.unit_row[rich], wks_fixture_world_unit(&s.world, "u1"));
    assert_int_equal(s.world.household.since_month[rich], since);
    assert_close((double)s.world.unit.rent_eur[wks_fixture_world_unit(&s.world, "u1")], 0, 0, 0);
    const int32_t owner = s.world.complex.owner_row[s.world.dwelling.complex_row[s.world.unit.dwelling_row[0]]];
    assert_int_equal(s.world.owner.sales_cent[owner], 20000000);
    assert_int_equal(s.world.owner.n_sold[owner], 1);
    close_stage(&s);
}

/* The home is somebody's for the time being only. */
static void wisselwoning_is_not_sold(void **state)
{
    const wks_stock_sale sale = {.sitting = 1, .loan = 4.5};
    const wks_stock_money_policy policy = {.mode = WKS_STOCK_MONEY_OFF};
    (void)state;
    for (uint8_t in_wisselwoning = 0; in_wisselwoning < 2; in_wisselwoning++) {
        stage s;
        wks_err err = WKS_ERR_INIT;
        open_stage(&s);
        s.world.household.in_wisselwoning[wks_fixture_world_household(&s.world, "rich")] = in_wisselwoning;
        assert_int_equal(wks_stock_sale_sitting(&s.fixture.tick, &sale, &policy, &err), WKS_OK);
        assert_int_equal(s.world.ledger.sold_sitting, 1 - in_wisselwoning);
        assert_int_equal(tenure_of(&s, "u1"), in_wisselwoning ? WKS_TENURE_SOCIAL : WKS_TENURE_OWNER);
        close_stage(&s);
    }
}

static void discount_lets_more_buy_and_brings_less(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "sell_sitting", 1);
    wks_fixture_tick_set(&s.fixture, "stock", "sell_discount", 0.5);
    wks_fixture_tick_set(&s.fixture, "stock", "sell_loan", 5);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.sold_sitting, 2); /* poor too: 5 x 20,000 */
    const int32_t owner = s.world.complex.owner_row[s.world.dwelling.complex_row[s.world.unit.dwelling_row[0]]];
    assert_int_equal(s.world.owner.sales_cent[owner], 2 * 10000000);
    close_stage(&s);
}

static void other_owners_and_areas_do_not_sell(void **state)
{
    (void)state;
    for (int32_t by_area = 0; by_area < 2; by_area++) {
        stage s;
        char name[] = "buurt-1", *areas[] = {name};
        open_stage(&s);
        wks_settings *stock = &s.fixture.process[wks_fixture_tick_index(&s.fixture, "stock")];
        wks_fixture_tick_set(&s.fixture, "stock", "sell_sitting", 1);
        if (by_area) {
            const int32_t p = (int32_t)(wks_fixture_tick_param(stock, "sell_areas") - stock->value);
            stock->area[p] = areas;
            stock->n_areas[p] = 1;
        } else {
            wks_fixture_tick_set(&s.fixture, "stock", "sell_owner", 77);
        }
        wks_fixture_tick_month(&s.fixture, "stock");
        assert_int_equal(s.world.ledger.dwellings_sold, 0);
        close_stage(&s);
    }
}

static void hazard_reproduces_the_yearly_share(void **state)
{
    stage s;
    int64_t sold = 0;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, 2025 * 12, 4);
    wks_fixture_tick_singles(&s.world, 4000, WKS_TENURE_SOCIAL, WKS_SEX_MAN, 40);
    for (int32_t h = 0; h < 4000; h++)
        s.world.household.income_eur[h] = 100000;
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "stock", "rent_policy", 1);
    wks_fixture_tick_set(&s.fixture, "stock", "sell_sitting", 0.2);
    for (int32_t m = 0; m < 12; m++) {
        wks_fixture_tick_month(&s.fixture, "stock");
        sold += s.world.ledger.sold_sitting;
    }
    wks_fixture_tick_expect((double)sold, 4000, 0.2, 4);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_share_one_who_can_pay_buys_and_stays), cmocka_unit_test(wisselwoning_is_not_sold),
        cmocka_unit_test(discount_lets_more_buy_and_brings_less),  cmocka_unit_test(other_owners_and_areas_do_not_sell),
        cmocka_unit_test(hazard_reproduces_the_yearly_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
