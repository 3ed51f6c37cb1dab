/* Rows of budget.csv: when, in which order, that they add up, and what is not told of few. */
#include "measure/budget.h"
#include "support/fixture_tick.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_budget_account *account;
    const wks_budget_row *row;
    int32_t n;
} stage;

/* EUR and hours of four payers and of all. */
enum { N_TOTALS = 10 };

/* Two corporaties, number 2 in the first row, and a private landlord. */
static void open_stage(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    memset(s, 0, sizeof *s);
    wks_fixture_tick_empty_world(&s->world, 2025 * 12 + 11, 1);
    for (int32_t i = 0; i < 3; i++) {
        int32_t row = WKS_NONE;
        assert_ok(wks_relations_owner_add(&s->world, (uint64_t)i + 1, i == 2 ? WKS_OWNER_PRIVATE_LANDLORD : WKS_OWNER_CORPORATIE,
                                          i == 2 ? 1 : 2 - i, &row, &err),
                  &err);
    }
    for (int32_t o = 0; o < 2; o++) {
        s->world.owner.has_account[o] = 1;
        s->world.owner.cash_start_cent[o] = 1000;
        s->world.owner.rent_cent[o] = 500000 * (o + 1);
        s->world.owner.upkeep_cent[o] = 200000;
        s->world.owner.operations_cent[o] = 100000;
        s->world.owner.interest_cent[o] = 50000;
        s->world.owner.cash_cent[o] = 1000 + 500000 * (o + 1) - 350000;
        s->world.owner.n_halves[o] = 50;
    }
    s->world.tick = 12;
    s->scenario.n_ticks = 100;
    assert_ok(wks_budget_create(&s->account, &err), &err);
}

static void rows(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_budget_rows(s->account, &s->scenario, &s->world, &s->row, &s->n, &err), &err);
}

static double amount(const stage *s, int32_t owner, const char *item)
{
    for (int32_t i = 0; i < s->n; i++)
        if (s->row[i].payer == NULL && s->row[i].owner_number == owner && strcmp(s->row[i].item, item) == 0) return s->row[i].amount;
    fail_msg("no row %d %s", owner, item);
    return 0;
}

static void close_stage(stage *s)
{
    wks_budget_destroy(s->account);
    wks_world_free(&s->world);
}

static void december_tells_all_together_and_each(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    rows(&s);
    assert_int_equal(s.n, 3 * wks_budget_n_items + N_TOTALS);
    assert_int_equal(s.row[0].owner_number, 0);
    assert_int_equal(s.row[wks_budget_n_items].owner_number, 1);
    assert_int_equal(s.row[0].year, 2025);
    assert_close(amount(&s, 0, "rent"), 15000, 0, 1e-9);
    assert_close(amount(&s, 2, "rent"), 5000, 0, 1e-9);
    assert_close(amount(&s, 2, "upkeep"), -2000, 0, 1e-9);
    assert_close(amount(&s, 2, "icr"), (5000 - 3000) / 500.0, 1e-12, 0);
    assert_close(amount(&s, 0, "icr"), (15000 - 6000) / 1000.0, 1e-12, 0);
    assert_close(amount(&s, 1, "homes"), 25, 0, 0);
    close_stage(&s);
}

static void items_lead_from_cash_to_cash(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    rows(&s);
    for (int32_t k = 0; k < 3; k++) {
        const wks_budget_row *row = s.row + k * wks_budget_n_items;
        double cash = 0;
        int32_t i = 0;
        for (; strcmp(row[i].item, "cash_end") != 0; i++)
            cash += row[i].amount;
        assert_close(cash, row[i].amount, 0, 1e-6);
    }
    close_stage(&s);
}

static void other_months_tell_nothing_and_cities_without_accounts_their_programmes_only(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.month--;
    rows(&s);
    assert_int_equal(s.n, 0);
    s.scenario.n_ticks = s.world.tick; /* but the last tick does */
    rows(&s);
    assert_true(s.n > 0);
    s.world.owner.has_account[0] = s.world.owner.has_account[1] = 0;
    rows(&s);
    assert_int_equal(s.n, N_TOTALS);
    s.world.tick = 0;
    s.scenario.n_ticks = 0;
    rows(&s);
    assert_int_equal(s.n, 0);
    close_stage(&s);
}

static double programme(const stage *s, const char *payer, const char *item, const char *measured_in)
{
    for (int32_t i = 0; i < s->n; i++)
        if (s->row[i].payer != NULL && strcmp(s->row[i].payer, payer) == 0 && strcmp(s->row[i].item, item) == 0 &&
            strcmp(s->row[i].measured_in, measured_in) == 0)
            return s->row[i].amount;
    return NAN;
}

static void programmes_are_told_by_payer_to_the_cent(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_purse_book(&s.world.purse, WKS_PURSE_gemeente, WKS_PURSE_FOR_support, 1000007, 15);
    wks_purse_book(&s.world.purse, WKS_PURSE_gemeente, WKS_PURSE_FOR_support, 1, 0);
    wks_purse_book(&s.world.purse, WKS_PURSE_rijk, WKS_PURSE_FOR_support, 500, 1000);
    wks_purse_book(&s.world.purse, WKS_PURSE_rijk, WKS_PURSE_FOR_work, 0, 7);
    rows(&s);
    assert_int_equal(s.n, 3 * wks_budget_n_items + N_TOTALS + 2 * (1 + 2 + 2)); /* gemeente one item, Rijk two, all two */
    assert_close(programme(&s, "gemeente", "support", "EUR"), -10000.08, 0, 1e-9);
    assert_close(programme(&s, "gemeente", "support", "hours"), 1.5, 0, 1e-12);
    assert_close(programme(&s, "rijk", "work", "EUR"), 0, 0, 0);
    assert_close(programme(&s, "rijk", "total", "EUR"), -5, 0, 1e-12);
    assert_close(programme(&s, "rijk", "total", "hours"), 100.7, 0, 1e-12);
    assert_close(programme(&s, "total", "support", "EUR"), -10005.08, 0, 1e-9);
    assert_close(programme(&s, "total", "total", "EUR"), -10005.08, 0, 1e-9);
    assert_close(programme(&s, "total", "total", "hours"), 102.2, 0, 1e-12);
    assert_close(programme(&s, "zorg", "total", "EUR"), 0, 0, 0);
    assert_true(isnan(programme(&s, "zorg", "support", "EUR"))); /* no row */
    wks_purse_next(&s.world.purse, true);
    rows(&s);
    assert_close(programme(&s, "total", "total", "EUR"), 0, 0, 0);
    close_stage(&s);
}

static void care_of_few_is_not_told_of_real_people(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.hides_few = true;
    const int32_t row = wks_fixture_tick_household(&s.world, 1, WKS_NONE, WKS_PLACE_SHELTER, WKS_NONE);
    s.world.household.support[row] = 5;
    wks_purse_book(&s.world.purse, WKS_PURSE_zorg, WKS_PURSE_FOR_care, 100, 10);
    wks_purse_book(&s.world.purse, WKS_PURSE_gemeente, WKS_PURSE_FOR_pool, 100, 10);
    rows(&s);
    assert_true(isnan(programme(&s, "zorg", "care", "EUR")) && isnan(programme(&s, "zorg", "total", "hours")));
    assert_true(isnan(programme(&s, "total", "care", "hours")) && isnan(programme(&s, "total", "total", "EUR")));
    assert_close(programme(&s, "gemeente", "total", "EUR"), -1, 0, 0);
    s.world.household.support[row] = 0;
    rows(&s);
    assert_close(programme(&s, "total", "total", "EUR"), -2, 0, 0);
    close_stage(&s);
}

static void money_of_few_homes_is_not_told_of_real_people(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.hides_few = true;
    rows(&s);
    assert_int_equal(isnan(amount(&s, 0, "rent")) != 0, 0);
    s.world.owner.n_sold[1] = 3;
    rows(&s);
    assert_int_equal(isnan(amount(&s, 1, "sales")) != 0, 1);
    assert_int_equal(isnan(amount(&s, 0, "sales")) != 0, 1); /* it would follow from the others */
    assert_int_equal(isnan(amount(&s, 2, "rent")) != 0, 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(december_tells_all_together_and_each),
        cmocka_unit_test(items_lead_from_cash_to_cash),
        cmocka_unit_test(other_months_tell_nothing_and_cities_without_accounts_their_programmes_only),
        cmocka_unit_test(programmes_are_told_by_payer_to_the_cent),
        cmocka_unit_test(care_of_few_is_not_told_of_real_people),
        cmocka_unit_test(money_of_few_homes_is_not_told_of_real_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
