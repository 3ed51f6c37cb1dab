#include "process/market_bid.h"

#include "process/market_choice.h"
#include "process/market_means.h"
#include "process/process_registry.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_market_ring ring[WKS_MARKET_KINDS];
    wks_permit permit;
    wks_market_pass pass;
} stage;

static void open_stage(stage *s, const char *text)
{
    wks_fixture_world_make(&s->world, text);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        if (s->world.household.search_month[i] != WKS_NO_MONTH) s->world.household.search[i] = WKS_SEARCH_MARKET;
    }
    wks_fixture_tick_set(&s->fixture, "market", "look", 1);
    wks_fixture_tick_set(&s->fixture, "market", "stay", -20);
    wks_fixture_tick_set(&s->fixture, "market", "stay_latent", -20);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void make_pass(stage *s)
{
    double *p = s->fixture.process[wks_fixture_tick_index(&s->fixture, "market")].value;
    s->permit.n = 0;
    s->pass = (wks_market_pass){
        .world = &s->world, .p = p, .norms = wks_market_means_norms(&s->fixture.tick.law, p), .ring = s->ring, .permit = &s->permit};
}

static double money(const stage *s, const char *household)
{
    return (double)s->world.household.equity_eur[wks_fixture_world_household(&s->world, household)];
}

/* Never above means, never above what it is worth, asking price on average without spread. */
static void bid_keeps_within_means_and_willingness(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "unit o tenure=owner value=300000\nhousehold h place=shelter income=60000 equity=40000 members=40m\n");
    wks_fixture_tick_set(&s.fixture, "market", "bid_sd", 0.5);
    make_pass(&s);
    wks_market_seeker seeker = {.key = 1, .income_eur = 60000, .loan_eur = 250000, .own_eur = 60000};
    const wks_market_vacancy home = {.key = 7, .price_eur = 250000, .reserve_eur = 240000};
    const double most = wks_market_means_most(&s.pass.norms, 250000, 60000, false);
    double highest = 0, highest_unwilling = 0, lowest = 1e9;
    for (uint64_t key = 1; key < 2000; key++) {
        seeker.key = key;
        const double bid = wks_market_bid_for_sale(&s.pass, &seeker, &home, 5),
                     low = wks_market_bid_for_sale(&s.pass, &seeker, &home, 0.01);
        highest = bid > highest ? bid : highest;
        lowest = bid < lowest ? bid : lowest;
        highest_unwilling = low > highest_unwilling ? low : highest_unwilling;
    }
    assert_close(highest, most, 1e-12, 0);
    assert_true(lowest < 150000);
    const double slope = 4 * (s.pass.norms.cost + s.pass.norms.upkeep) / 60000;
    assert_close(highest_unwilling, 250000 + 0.01 / slope, 1e-9, 0);
    wks_fixture_tick_set(&s.fixture, "market", "bid_sd", 0);
    assert_close(wks_market_bid_for_sale(&s.pass, &seeker, &home, 5), 250000, 1e-9, 0);
    close_stage(&s);
}

static const char crowd[] = "unit o tenure=owner value=200000 rooms=4\n"
                            "household b1 place=shelter income=90000 equity=90000 members=40m search=2024-12\n"
                            "household b2 place=shelter income=90000 equity=90000 members=40m search=2024-12\n"
                            "household b3 place=shelter income=90000 equity=90000 members=40m search=2024-12\n";

/* The highest of three closed bids is paid. */
static void highest_bid_wins_and_is_paid(void **state)
{
    stage s;
    double best = 0;
    int32_t winner = WKS_NONE;
    (void)state;
    open_stage(&s, crowd);
    wks_fixture_tick_set(&s.fixture, "market", "bid_sd", 0.1);
    wks_fixture_tick_set(&s.fixture, "market", "reserve", 0.5);
    wks_fixture_tick_next(&s.fixture);
    make_pass(&s);
    for (int32_t i = 0; i < 3; i++) { /* the first round's bids */
        const wks_market_vacancy home = {.key = s.world.unit.key[0], .price_eur = 200000 * 1.0 * 0.98, .reserve_eur = 98000};
        const wks_market_seeker seeker = wks_market_choice_seeker(&s.pass, i);
        const double bid = wks_market_bid_for_sale(&s.pass, &seeker, &home, 20);
        if (bid > best) best = bid, winner = i;
    }
    s.world.unit.lettable_month[0] = wks_month_cell(s.world.month - 1); /* one month on offer */
    wks_fixture_tick_run(&s.fixture, "market");
    assert_int_equal(s.world.unit.household_row[0], winner);
    assert_close((double)s.world.dwelling.sale_eur[0], best, 1e-6, 0);
    assert_int_equal(s.world.ledger.sales, 1);
    assert_int_equal(s.world.ledger.sales_eur, (int64_t)(best + 0.5));
    assert_int_equal(s.world.ledger.sales_to_households, 0);
    close_stage(&s);
}

/* Without a bid at the reserve price it stays for sale, and the price falls until somebody's means reach it. */
static void unsold_homes_get_cheaper_until_they_are_sold(void **state)
{
    stage s;
    int32_t months = 0;
    (void)state;
    open_stage(&s, "unit o tenure=owner value=300000 rooms=4\n"
                   "household b place=shelter income=45000 equity=30000 members=40m search=2024-12\n");
    wks_fixture_tick_set(&s.fixture, "market", "bid_sd", 0);
    wks_fixture_tick_set(&s.fixture, "market", "price_index", 0);
    make_pass(&s);
    const double most = wks_market_means_most(&s.pass.norms, wks_market_means_loan(&s.pass.norms, 45000, false), 30000, false);
    assert_true(most > 160000 && most < 280000);
    while (s.world.unit.household_row[0] < 0 && months++ < 60)
        wks_fixture_tick_month(&s.fixture, "market");
    assert_true(months > 3 && months < 60);
    assert_true((double)s.world.dwelling.sale_eur[0] <= most * 1.05); /* incomes are fixed, the law's amounts move */
    close_stage(&s);
}

/* Net worth: the buyer loses the costs and what it paid above the city's level, the seller gains what it got above it; a sale makes no money. */
static void sale_makes_no_money(void **state)
{
    stage s;
    (void)state;
    open_stage(
        &s,
        "buurten 2\nunit o1 buurt=0 tenure=owner value=300000\nunit o2 buurt=1 tenure=owner value=200000\nunit s1 tenure=social rent=500\n"
        "household seller unit=o1 income=50000 equity=120000 members=50m\n"
        "household buyer place=shelter income=120000 equity=90000 members=40m search=2024-12\n"
        "household heir unit=o2 income=50000 equity=100000 members=50m\n");
    wks_err err = WKS_ERR_INIT;
    wks_fixture_tick_set(&s.fixture, "market", "price_index", 0);
    wks_fixture_tick_set(&s.fixture, "market", "reserve", 1);
    wks_fixture_tick_set(&s.fixture, "market", "bid_sd", 0);
    s.world.price_level = 1.5;
    s.world.buurt.price[0] = 0.9;
    const int32_t seller = wks_fixture_world_household(&s.world, "seller");
    assert_ok(wks_relations_move_in(&s.world, seller, wks_fixture_world_unit(&s.world, "s1"), false, &err), &err);
    assert_close((double)wks_rare_float(&s.world.unit.claim_eur, 0), 450000, 1e-6, 0);
    assert_close(money(&s, "seller"), 120000, 0, 0);
    wks_fixture_tick_month(&s.fixture, "market");
    assert_close((double)s.world.dwelling.sale_eur[0], 405000, 1e-6, 0);
    const double costs = 0.04 * 405000;
    assert_close(money(&s, "buyer"), 90000 - costs + 45000, 1e-6, 0); /* paid below the level: the gain is its own */
    assert_close(money(&s, "seller"), 120000 - 45000, 1e-6, 0);
    assert_close(money(&s, "buyer") + money(&s, "seller"), 90000 + 120000 - costs, 1e-6, 0);
    assert_int_equal(s.world.ledger.sales_to_households, 1);
    assert_int_equal(wks_rare_u64(&s.world.unit.seller_key, 0), 0);
    close_stage(&s);
}

static double total_money(const wks_world *world)
{
    double sum = 0;
    for (int32_t h = 0; h < world->household.base.n_rows; h++)
        sum += world->household.key[h] == 0 ? 0 : (double)world->household.equity_eur[h];
    return sum;
}

/* In a whole town: what households have changes by costs, by what buyers paid above and sellers got above the city's level, and by nothing else. */
static void money_of_a_town_balances(void **state)
{
    const wks_fixture_town_options options = {.n = 3000, .n_buurten = 8, .month = MONTH};
    static float claim[20000];
    static uint64_t seller[20000];
    int64_t sales = 0, to_households = 0;
    stage s;
    (void)state;
    wks_fixture_town_make(&s.world, &options);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "market", "price_index", 0);
    wks_fixture_tick_set(&s.fixture, "market", "look", 1);
    wks_fixture_tick_set(&s.fixture, "market", "stay", -5);
    for (int32_t m = 0; m < 8; m++) {
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
            s.world.household.search[i] = s.world.household.key[i] % 3 == 0 ? WKS_SEARCH_MARKET : WKS_SEARCH_STAY;
        assert_true(s.world.unit.base.n_rows < 20000);
        for (int32_t u = 0; u < s.world.unit.base.n_rows; u++)
            claim[u] = wks_rare_float(&s.world.unit.claim_eur, u), seller[u] = wks_rare_u64(&s.world.unit.seller_key, u);
        const double before = total_money(&s.world);
        double flow = 0;
        for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
            s.world.dwelling.sale_eur[d] = 0;
        wks_fixture_tick_month(&s.fixture, "market");
        for (int32_t u = 0; u < s.world.unit.base.n_rows; u++) {
            const int32_t d = s.world.unit.dwelling_row[u];
            const double price = (double)s.world.dwelling.sale_eur[d];
            if (!(price > 0)) continue;
            flow -= price - (double)s.world.dwelling.value_eur[d] * s.world.price_level;
            if (seller[u] != 0) flow += price - (double)claim[u];
        }
        flow -= (double)s.world.ledger.sales_costs_eur;
        /* Money is held in single precision, costs in whole euros: half a euro a sale. */
        assert_close(total_money(&s.world) - before, flow, 0, 1 + 0.6 * (double)s.world.ledger.sales);
        sales += s.world.ledger.sales;
        to_households += s.world.ledger.sales_to_households;
    }
    assert_true(sales > 100 && to_households > 20 && to_households < sales);
    close_stage(&s);
}

/* Landlords who look at incomes take the highest; others draw lots. */
static void landlord_takes_the_highest_income_where_it_looks(void **state)
{
    (void)state;
    for (int32_t by_income = 0; by_income < 2; by_income++) {
        int32_t rich = 0;
        for (int32_t copy = 0; copy < 24; copy++) {
            stage s;
            char text[400];
            (void)snprintf(text, sizeof text,
                           "unit p%d tenure=private_rent rent=800\nhousehold rich place=shelter income=90000 members=40m search=2024-12\n"
                           "household a%d place=shelter income=50000 members=40m search=2024-12\n"
                           "household b%d place=shelter income=45000 members=40m search=2024-12\n",
                           copy, copy, copy);
            open_stage(&s, text);
            wks_fixture_tick_set(&s.fixture, "market", "landlord_income", by_income);
            wks_fixture_tick_month(&s.fixture, "market");
            rich += s.world.unit.household_row[0] == wks_fixture_world_household(&s.world, "rich");
            close_stage(&s);
        }
        assert_true(by_income ? rich == 24 : rich > 0 && rich < 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bid_keeps_within_means_and_willingness),
        cmocka_unit_test(highest_bid_wins_and_is_paid),
        cmocka_unit_test(unsold_homes_get_cheaper_until_they_are_sold),
        cmocka_unit_test(sale_makes_no_money),
        cmocka_unit_test(money_of_a_town_balances),
        cmocka_unit_test(landlord_takes_the_highest_income_where_it_looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
