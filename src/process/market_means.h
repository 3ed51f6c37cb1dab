/* What households can pay: lending norms, own money, income norms of landlords. A part of process market. */
#ifndef WKS_PROCESS_MARKET_MEANS_H
#define WKS_PROCESS_MARKET_MEANS_H

#include "process/market_state.h"

/** Norms of this month: the year's law, the interest of the moment. */
wks_market_norms wks_market_means_norms(const wks_law *law, const double *p);

/** Yearly payment over the loan of a 30-year annuity paid monthly at a yearly interest >= 0 (1/30 at 0). */
double wks_market_means_annuity(double interest);

/** Largest mortgage in EUR of a household by its income: quote x income / annuity. The quote is linear between the law's three incomes (0.6, 1.2 and
 *  2.2 of the income limit of one person) and constant outside them. A couple earns a third of its income with the second job (assumption),
 *  of which loan_second_share counts when the quote is looked up. 0 without income. */
double wks_market_means_loan(const wks_market_norms *norms, double income_eur, bool is_couple);

/** Kosten koper of a price in EUR: fees, and transfer tax unless the buyer is exempt at that price. */
double wks_market_means_costs(const wks_market_norms *norms, bool is_tax_free, double price_eur);

/** Highest price in EUR that a household can pay, kosten koper included: loan at most `loan_eur` and at most the price x loan_to_value_max. 0 when none. */
double wks_market_means_most(const wks_market_norms *norms, double loan_eur, double own_eur, bool is_tax_free);

/** Net cost of owning in EUR a year: payments on the loan after tax relief, and upkeep. The loan is price + costs - own money. */
double wks_market_means_owner_cost(const wks_market_norms *norms, const wks_market_seeker *seeker, double price_eur);

/** Net rent in EUR a year: after huurtoeslag where the home has a kitchen of its own and the rent qualifies. Fills seeker->benefit at first use. */
double wks_market_means_rent_cost(const wks_market_norms *norms, wks_market_seeker *seeker, int32_t kind, double rent_eur);

/** Fills age, income, loan, own money and means by kind of a seeker. */
void wks_market_means_fill(const wks_world *world, const wks_market_norms *norms, wks_market_seeker *seeker);

#endif
