/* Accounts of corporaties: what a month books, norms on debt, rooms, overspending, and that a rent cut costs building by what the money says. */
#include "process/process_registry.h"
#include "process/stock_money.h"
#include "support/fixture_tick.h"

enum { MONTH = 2025 * 12 - 1, HOMES = 200 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* HOMES social homes let at that rent, one corporatie; costs do not grow. */
static void open_stage(stage *s, double rent)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 4);
    for (int32_t i = 0; i < HOMES; i++) {
        const int32_t unit = wks_fixture_tick_dwelling(&s->world, i, i % 4, WKS_TENURE_SOCIAL, 1, rent, 200000, 3);
        const int32_t row = wks_fixture_tick_household(&s->world, i, unit, WKS_PLACE_HOUSED, WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 40);
    }
    wks_world_clear_flows(&s->world);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "stock", "cost_growth", 0);
    wks_fixture_tick_set(&s->fixture, "stock", "rent_policy", 1);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void first_month_opens_the_account_and_books_by_hand(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 600);
    wks_fixture_tick_month(&s.fixture, "stock");
    const wks_owner_table *o = &s.world.owner;
    assert_int_equal(o->has_account[0], 1);
    assert_int_equal(o->debt_cent[0], (int64_t)HOMES * 4000000);
    assert_int_equal(s.world.ledger.money_opened_cent, o->debt_cent[0]);
    assert_int_equal(o->rent_cent[0], (int64_t)HOMES * 60000);
    assert_int_equal(o->upkeep_cent[0], 3666667);     /* 200 x 2200 / 12, to the cent */
    assert_int_equal(o->operations_cent[0], 2500000); /* 200 x 1500 / 12 */
    assert_int_equal(o->interest_cent[0], 2000000);   /* 0.03 / 12 of 8 million */
    assert_int_equal(o->cash_cent[0], 12000000 - 3666667 - 2500000 - 2000000);
    /* Net rents a year 700,000 EUR: most debt 700,000 / (1.4 x 0.03) by ICR, less than 0.85 x 700,000 / 0.03. */
    const int64_t net = 12000000 - 3666667 - 2500000;
    const double most = 12.0 * (double)net / (1.4 * 0.03), room = (double)(net - 2000000) + (most - 8e8) / 120;
    assert_close((double)o->room_build_cent[0], 0.5 * room, 0, 2);
    assert_close((double)o->room_renovate_cent[0], 0.4 * room, 0, 2);
    close_stage(&s);
}

static void most_debt_is_the_lower_of_two_norms(void **state)
{
    wks_stock_money_policy policy = {.icr = 1.4, .interest = 0.03, .ltv = 0.85, .policy_yield = 0.03};
    (void)state;
    assert_int_equal(wks_stock_money_most_debt(&policy, 0), 0);
    assert_int_equal(wks_stock_money_most_debt(&policy, -5), 0);
    assert_close((double)wks_stock_money_most_debt(&policy, 4200000), 12 * 4200000 / 0.042, 1e-9, 1);
    policy.policy_yield = 0.05; /* now the value binds */
    assert_close((double)wks_stock_money_most_debt(&policy, 4200000), 0.85 * 12 * 4200000 / 0.05, 1e-9, 1);
    policy.interest = 0; /* no interest, no cover to keep */
    assert_close((double)wks_stock_money_most_debt(&policy, 4200000), 0.85 * 12 * 4200000 / 0.05, 1e-9, 1);
}

static void cost_grows_by_calendar_year(void **state)
{
    wks_stock_money_policy policy = {.cost_growth = 0.10, .build_eur = 100000, .small_share = 0.7, .convert_share = 0.5};
    wks_world world;
    (void)state;
    wks_fixture_tick_empty_world(&world, 2025 * 12, 1);
    assert_int_equal(wks_stock_money_cent(&world, &policy, 1.5), 150);
    world.month = 2027 * 12;
    assert_int_equal(wks_stock_money_cent(&world, &policy, 100), 12100);
    assert_int_equal(wks_stock_money_home_cent(&world, &policy, 0, false), 12100000);
    assert_int_equal(wks_stock_money_home_cent(&world, &policy, 2, false), 8470000);
    assert_int_equal(wks_stock_money_home_cent(&world, &policy, 2, true), 4235000);
    wks_world_free(&world);
}

static void off_there_are_no_accounts(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 600);
    wks_fixture_tick_set(&s.fixture, "stock", "budget", WKS_STOCK_MONEY_OFF);
    wks_fixture_tick_set(&s.fixture, "stock", "build", 0.1);
    for (int32_t m = 0; m < 12; m++)
        wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.owner.has_account[0], 0);
    assert_int_equal(s.world.owner.cash_cent[0], 0);
    assert_int_equal(s.world.owner.debt_cent[0], 0);
    assert_int_equal(s.world.owner.building_cent[0], 0);
    assert_true(s.world.dwelling.base.n_live > HOMES);
    close_stage(&s);
}

static void vacant_homes_bring_no_rent(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, 600);
    for (int32_t h = 0; h < 20; h++)
        assert_ok(wks_relations_move_out(&s.world, h, WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.owner.rent_cent[0], (int64_t)(HOMES - 20) * 60000);
    assert_int_equal(s.world.owner.rent_lost_cent[0], 20 * 60000);
    close_stage(&s);
}

/* What a run of `years` orders; every law is checked every month. */
static void build_for(stage *s, int32_t years, int64_t *out_built, int64_t *out_not)
{
    *out_built = *out_not = 0;
    wks_fixture_tick_set(&s->fixture, "stock", "build", 0.2);
    wks_fixture_tick_set(&s->fixture, "stock", "build_social", 1);
    wks_fixture_tick_set(&s->fixture, "stock", "build_small", 0);
    for (int32_t m = 0; m < 12 * years; m++) {
        wks_fixture_tick_month(&s->fixture, "stock");
        *out_built += s->world.ledger.homes_ordered;
        *out_not += s->world.ledger.budget_not_built;
    }
}

static void binding_orders_stay_within_the_room_and_counted_ones_do_not(void **state)
{
    (void)state;
    for (int32_t mode = WKS_STOCK_MONEY_BINDING; mode <= WKS_STOCK_MONEY_COUNTED; mode++) {
        stage s;
        int64_t built, not_built;
        open_stage(&s, 600);
        wks_fixture_tick_set(&s.fixture, "stock", "budget", mode);
        build_for(&s, 1, &built, &not_built);
        assert_true(built > 0);
        if (mode == WKS_STOCK_MONEY_BINDING) {
            assert_true(not_built > 0);
            assert_true(s.world.owner.room_build_cent[0] >= 0);
            assert_int_equal(s.world.owner.overspent_cent[0], 0);
        } else {
            assert_int_equal(not_built, 0);
            assert_true(s.world.owner.room_build_cent[0] < 0);
            assert_true(s.world.owner.overspent_cent[0] > 0);
            assert_true(s.world.owner.loans_cent[0] > 0); /* who is short borrows */
        }
        assert_true(s.world.owner.cash_cent[0] >= 0);
        close_stage(&s);
    }
}

/* New homes stand empty here (nobody moves), so what comes in each month is what is let; the rule of the page, redone with doubles. */
static double homes_by_hand(double rent)
{
    double cash = 0, debt = 40000.0 * HOMES, room = 0;
    int32_t built = 0, let = HOMES;

    for (int32_t m = 0; m < 120; m++) {
        const double net = rent * HOMES - let * 3700 / 12.0, interest = debt * 0.03 / 12;
        double most = 12 * net / (1.4 * 0.03);
        const double by_value = 0.85 * 12 * net / 0.03;
        most = by_value < most ? by_value : most;
        const double loanable = most > debt ? most - debt : 0;
        cash += net - interest;
        room += 0.5 * (net - interest + loanable / 120);
        if (room > 0.5 * (cash + loanable)) room = cash + loanable > 0 ? 0.5 * (cash + loanable) : 0;
        while (room >= 280000) {
            room -= 280000;
            cash -= 280000;
            built++;
            let++;
        }
        if (cash < 0) {
            debt -= cash;
            cash = 0;
        }
    }
    return built;
}

static void rent_cut_of_five_percent_costs_the_homes_that_the_money_says(void **state)
{
    int64_t built[2], not_built;
    (void)state;
    for (int32_t cut = 0; cut < 2; cut++) {
        const double rent = cut ? 0.95 * 600 : 600;
        stage s;
        open_stage(&s, rent);
        build_for(&s, 10, &built[cut], &not_built);
        assert_close((double)built[cut], homes_by_hand(rent), 0, 1); /* one home by the cent */
        assert_true(not_built > 0);
        close_stage(&s);
    }
    assert_true(built[1] < built[0]);
}

static void timeline_orders_beyond_the_room_are_paid_and_counted(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, 600);
    wks_fixture_tick_month(&s.fixture, "stock");
    const int64_t room = s.world.owner.room_build_cent[0];
    const wks_stock_money_policy policy = {.mode = WKS_STOCK_MONEY_BINDING};
    assert_true(wks_stock_money_affords(&s.world, &policy, 0, WKS_MONEY_building, room));
    assert_false(wks_stock_money_affords(&s.world, &policy, 0, WKS_MONEY_building, room + 1));
    wks_stock_money_spend(&s.world, 0, WKS_MONEY_building, room + 500);
    assert_int_equal(s.world.owner.overspent_cent[0], 500);
    assert_int_equal(s.world.owner.room_build_cent[0], -500);
    wks_stock_money_borrow(&s.world);
    assert_int_equal(s.world.owner.cash_cent[0], 0);
    assert_ok(wks_check_structure(&s.world, &err), &err);
    close_stage(&s);
}

static void proceeds_of_sales_by_rules_are_booked_the_month_after(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 600);
    wks_fixture_tick_month(&s.fixture, "stock");
    s.world.owner.due_cent[0] = 25000000;
    s.world.owner.n_due[0] = 1;
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.owner.sales_cent[0], 25000000);
    assert_int_equal(s.world.owner.n_sold[0], 1);
    assert_int_equal(s.world.owner.due_cent[0], 0);
    close_stage(&s);
}

/* What is asked for social programmes is booked in the same month and is not there for building: in hand and in the rooms. */
static void programmes_are_paid_and_leave_less_room(void **state)
{
    stage s, without;
    (void)state;
    open_stage(&s, 600);
    open_stage(&without, 600);
    wks_fixture_tick_next(&s.fixture);
    s.world.owner.asked_cent[0] = 1234567;
    wks_fixture_tick_run(&s.fixture, "stock");
    wks_fixture_tick_month(&without.fixture, "stock");
    assert_int_equal(s.world.owner.leefbaarheid_cent[0], 1234567);
    assert_int_equal(without.world.owner.leefbaarheid_cent[0], 0);
    assert_int_equal(without.world.owner.cash_cent[0] - s.world.owner.cash_cent[0], 1234567);
    assert_close((double)(without.world.owner.room_build_cent[0] - s.world.owner.room_build_cent[0]), 0.5 * 1234567, 0, 1);
    assert_close((double)(without.world.owner.room_renovate_cent[0] - s.world.owner.room_renovate_cent[0]), 0.4 * 1234567, 0, 1);
    wks_fixture_tick_month(&s.fixture, "stock"); /* asked for one month only */
    assert_int_equal(s.world.owner.leefbaarheid_cent[0], 1234567);
    close_stage(&s);
    close_stage(&without);
}

static void january_begins_the_items_anew(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 600);
    for (int32_t m = 0; m < 12; m++)
        wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.owner.rent_cent[0], (int64_t)12 * HOMES * 60000);
    const int64_t cash = s.world.owner.cash_cent[0];
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.owner.rent_cent[0], (int64_t)HOMES * 60000);
    assert_int_equal(s.world.owner.cash_start_cent[0], cash);
    close_stage(&s);
}

static void broken_account_is_found(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT, other = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, 600);
    wks_fixture_tick_month(&s.fixture, "stock");
    const wks_check_stocks before = wks_check_count(&s.world);
    wks_world_clear_flows(&s.world);
    s.world.owner.cash_cent[0] += 1; /* a cent from nowhere */
    assert_int_equal(wks_check_structure(&s.world, &err), WKS_ERR_LAW);
    assert_int_equal(wks_check_balance(&s.world, &before, &other), WKS_ERR_LAW);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_month_opens_the_account_and_books_by_hand),
        cmocka_unit_test(most_debt_is_the_lower_of_two_norms),
        cmocka_unit_test(cost_grows_by_calendar_year),
        cmocka_unit_test(off_there_are_no_accounts),
        cmocka_unit_test(vacant_homes_bring_no_rent),
        cmocka_unit_test(binding_orders_stay_within_the_room_and_counted_ones_do_not),
        cmocka_unit_test(rent_cut_of_five_percent_costs_the_homes_that_the_money_says),
        cmocka_unit_test(timeline_orders_beyond_the_room_are_paid_and_counted),
        cmocka_unit_test(proceeds_of_sales_by_rules_are_booked_the_month_after),
        cmocka_unit_test(programmes_are_paid_and_leave_less_room),
        cmocka_unit_test(january_begins_the_items_anew),
        cmocka_unit_test(broken_account_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
