#include "process/market_means.h"

#include "process/process_registry.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

static wks_market_norms norms_of(const wks_law *law, double interest)
{
    double p[WKS_MARKET_N_PARAMS] = {0};
    p[WKS_MARKET_P_LOAN] = 1;
    p[WKS_MARKET_P_INTEREST] = interest;
    p[WKS_MARKET_P_FEES] = 0.02;
    p[WKS_MARKET_P_RENT_SHARE] = 0.4;
    p[WKS_MARKET_P_ROOM_SHARE] = 0.6;
    return wks_market_means_norms(law, p);
}

static void annuity_pays_the_loan_off_in_thirty_years(void **state)
{
    static const double interests[] = {0, 0.01, 0.04, 0.1};
    (void)state;
    for (size_t i = 0; i < sizeof interests / sizeof *interests; i++) {
        const double payment = wks_market_means_annuity(interests[i]) / 12;
        double debt = 1;
        for (int32_t m = 0; m < 360; m++)
            debt = debt * (1 + interests[i] / 12) - payment;
        assert_close(debt, 0, 0, 1e-9);
    }
}

static void loan_rises_with_income_and_falls_with_interest(void **state)
{
    (void)state;
    for (int32_t year = 2018; year <= 2030; year++) {
        const wks_law law = wks_law_of_year(year, 0.02);
        const wks_market_norms low = norms_of(&law, 0.02), high = norms_of(&law, 0.05);
        double last = 0;
        for (double income = 15000; income < 200000; income += 2500) {
            const double ratio = wks_market_means_loan(&high, income, false) / income;
            assert_true(ratio >= last - 1e-12);
            assert_true(wks_market_means_loan(&low, income, false) > wks_market_means_loan(&high, income, false));
            last = ratio;
        }
    }
}

/* Two earners had less than one with the same income until the second counted in full. */
static void second_income_counts_by_year(void **state)
{
    const wks_law old = wks_law_of_year(2018, 0.02), now = wks_law_of_year(2025, 0.02);
    const wks_market_norms then = norms_of(&old, 0.03), today = norms_of(&now, 0.03);
    (void)state;
    assert_true(wks_market_means_loan(&then, 60000, true) < wks_market_means_loan(&then, 60000, false));
    assert_close(wks_market_means_loan(&today, 60000, true), wks_market_means_loan(&today, 60000, false), 1e-12, 0);
    assert_close(wks_market_means_loan(&today, 0, true), 0, 0, 0);
}

/* At the highest price the money is just spent: loan within the norm and within the value, costs from own money; a euro more is not possible. */
static void most_spends_all_means(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.02);
    const wks_market_norms norms = norms_of(&law, 0.04);
    (void)state;
    for (int32_t tax_free = 0; tax_free < 2; tax_free++) {
        for (double loan = 0; loan <= 800000; loan += 50000) {
            for (double own = -10000; own <= 300000; own += 7000) {
                const double most = wks_market_means_most(&norms, loan, own, tax_free);
                double slow = 0;
                for (double price = 1000; price <= 1300000; price += 1000) {
                    const double need = price + wks_market_means_costs(&norms, tax_free, price) - own;
                    if (need <= loan && need <= price) slow = price;
                }
                assert_true(most >= slow - 1e-6 && most <= slow + 1000);
            }
        }
    }
}

static void starters_pay_no_tax_up_to_the_limit(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.02);
    const wks_market_norms norms = norms_of(&law, 0.04);
    (void)state;
    assert_close(wks_market_means_costs(&norms, true, 525000), 0.02 * 525000, 1e-12, 0);
    assert_close(wks_market_means_costs(&norms, true, 525001), 0.04 * 525001, 1e-12, 0);
    assert_close(wks_market_means_costs(&norms, false, 100000), 4000, 1e-12, 0);
}

static void huurtoeslag_lowers_the_rent_of_homes_not_of_rooms(void **state)
{
    const wks_law law = wks_law_of_year(2026, 0.02);
    const wks_market_norms norms = norms_of(&law, 0.04);
    wks_market_seeker poor = {.income_eur = 20000, .persons = 1, .age = 40}, rich = {.income_eur = 90000, .persons = 1, .age = 40};
    (void)state;
    const double home = wks_market_means_rent_cost(&norms, &poor, WKS_MARKET_RENT, 800);
    assert_close(home, 12 * (800 - wks_law_huurtoeslag(&law, 20000, 800, 1, 40)), 1e-12, 0);
    assert_true(home < 12 * 800 - 1000);
    assert_close(wks_market_means_rent_cost(&norms, &poor, WKS_MARKET_ROOM, 500), 6000, 1e-12, 0);
    assert_close(wks_market_means_rent_cost(&norms, &rich, WKS_MARKET_RENT, 800), 9600, 1e-12, 0);
}

static void owners_with_own_money_pay_less(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.02);
    wks_market_norms norms = norms_of(&law, 0.04);
    const wks_market_seeker none = {.own_eur = 0}, some = {.own_eur = 150000}, all = {.own_eur = 900000};
    (void)state;
    norms.upkeep = 0.01;
    assert_close(wks_market_means_owner_cost(&norms, &all, 300000), 3000, 1e-12, 0);
    assert_close(wks_market_means_owner_cost(&norms, &none, 300000) - wks_market_means_owner_cost(&norms, &some, 300000),
                 norms.cost * 150000, 1e-9, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(annuity_pays_the_loan_off_in_thirty_years),
        cmocka_unit_test(loan_rises_with_income_and_falls_with_interest),
        cmocka_unit_test(second_income_counts_by_year),
        cmocka_unit_test(most_spends_all_means),
        cmocka_unit_test(starters_pay_no_tax_up_to_the_limit),
        cmocka_unit_test(huurtoeslag_lowers_the_rent_of_homes_not_of_rooms),
        cmocka_unit_test(owners_with_own_money_pay_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
