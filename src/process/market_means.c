#include "process/market_means.h"

#include "base/month.h"

enum { LOAN_YEARS = 30, STARTER_AGE = 35 };
/* Incomes of the three quotes over the income limit of one person; the second earner's part of a couple's income: assumptions. */
static const double quote_at[3] = {0.6, 1.2, 2.2}, SECOND_INCOME = 1.0 / 3;

double wks_market_means_annuity(double interest)
{
    const double monthly = interest / 12;
    double remains = 1;

    if (monthly < 1e-9) return 1.0 / LOAN_YEARS;
    for (int32_t m = 0; m < 12 * LOAN_YEARS; m++)
        remains /= 1 + monthly;
    return interest / (1 - remains);
}

wks_market_norms wks_market_means_norms(const wks_law *law, const double *p)
{
    const double annuity = wks_market_means_annuity(p[WKS_MARKET_P_INTEREST]);

    return (wks_market_norms){.law = law,
                              .annuity = annuity,
                              .cost = annuity - p[WKS_MARKET_P_RELIEF] * p[WKS_MARKET_P_INTEREST],
                              .upkeep = p[WKS_MARKET_P_UPKEEP],
                              .fees = p[WKS_MARKET_P_FEES],
                              .loan_factor = p[WKS_MARKET_P_LOAN],
                              .rent_share = p[WKS_MARKET_P_RENT_SHARE],
                              .room_share = p[WKS_MARKET_P_ROOM_SHARE],
                              .student_loan_eur = p[WKS_MARKET_P_STUDENT_LOAN]};
}

static double quote_of(const wks_law *law, double income_eur)
{
    const double quote[3] = {law->loan_quote_low, law->loan_quote_middle, law->loan_quote_high};
    const double relative = income_eur / law->income_single_eur;

    if (relative <= quote_at[0]) return quote[0];
    for (int32_t i = 1; i < 3; i++) {
        if (relative < quote_at[i])
            return quote[i - 1] + (quote[i] - quote[i - 1]) * (relative - quote_at[i - 1]) / (quote_at[i] - quote_at[i - 1]);
    }
    return quote[2];
}

double wks_market_means_loan(const wks_market_norms *norms, double income_eur, bool is_couple)
{
    const double counted = is_couple ? income_eur * (1 - SECOND_INCOME * (1 - norms->law->loan_second_share)) : income_eur;

    if (!(income_eur > 0)) return 0;
    return norms->loan_factor * quote_of(norms->law, counted) * income_eur / norms->annuity;
}

double wks_market_means_costs(const wks_market_norms *norms, bool is_tax_free, double price_eur)
{
    const bool is_exempt = is_tax_free && price_eur <= norms->law->transfer_free_eur;

    return price_eur * (norms->fees + (is_exempt ? 0 : norms->law->transfer_tax));
}

/* With costs a share k of the price: what income and own money allow, and what own money allows beside the largest loan on the home. */
static double most_at(const wks_market_norms *norms, double loan_eur, double own_eur, double k)
{
    const double by_income = (loan_eur + own_eur) / (1 + k), gap = 1 + k - norms->law->loan_to_value_max;

    if (gap <= 0) return by_income;
    const double by_value = own_eur / gap;
    return by_income < by_value ? by_income : by_value;
}

double wks_market_means_most(const wks_market_norms *norms, double loan_eur, double own_eur, bool is_tax_free)
{
    const double taxed = most_at(norms, loan_eur, own_eur, norms->fees + norms->law->transfer_tax);
    double most = taxed;

    if (is_tax_free) {
        const double exempt = most_at(norms, loan_eur, own_eur, norms->fees), limit = norms->law->transfer_free_eur;
        const double within = exempt < limit ? exempt : limit;
        if (within > most) most = within;
    }
    return most > 0 ? most : 0;
}

double wks_market_means_owner_cost(const wks_market_norms *norms, const wks_market_seeker *seeker, double price_eur)
{
    const double loan = price_eur + wks_market_means_costs(norms, seeker->is_tax_free, price_eur) - seeker->own_eur;

    return (loan > 0 ? norms->cost * loan : 0) + norms->upkeep * price_eur;
}

double wks_market_means_rent_cost(const wks_market_norms *norms, wks_market_seeker *seeker, int32_t kind, double rent_eur)
{
    if (kind == WKS_MARKET_ROOM) return 12 * rent_eur; /* rooms give no right to huurtoeslag */
    if (!seeker->has_benefit) {
        seeker->benefit = wks_law_benefit_of(norms->law, seeker->income_eur, seeker->persons, seeker->age);
        seeker->has_benefit = true;
    }
    return 12 * (rent_eur - wks_law_benefit_at(&seeker->benefit, rent_eur));
}

void wks_market_means_fill(const wks_world *world, const wks_market_norms *norms, wks_market_seeker *seeker)
{
    const wks_household_table *household = &world->household;
    const int32_t row = seeker->row;
    const double income = (double)household->income_eur[row];
    /* Students have a loan beside their income: rooms are within reach. */
    const double means = income + (seeker->is_student ? norms->student_loan_eur : 0);

    seeker->age = wks_month_age(household->head_birth_month[row], world->month);
    seeker->income_eur = income;
    seeker->own_eur = (double)household->equity_eur[row];
    seeker->loan_eur = wks_market_means_loan(norms, income, household->has_partner[row] != 0);
    seeker->is_tax_free = seeker->age < STARTER_AGE && wks_world_tenure_of(world, row) != WKS_TENURE_OWNER;
    seeker->means_eur[WKS_MARKET_OWNER] = wks_market_means_most(norms, seeker->loan_eur, seeker->own_eur, seeker->is_tax_free);
    seeker->means_eur[WKS_MARKET_RENT] = norms->rent_share * means / 12;
    seeker->means_eur[WKS_MARKET_ROOM] = norms->room_share * means / 12;
}
