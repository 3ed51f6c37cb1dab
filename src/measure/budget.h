/* Money by calendar year, for budget.csv: the account of corporaties (what came in and went out, by item, and what follows from it; read from the owners'
 * columns that process stock keeps, world/money.h), and money and staff hours of social programmes by who pays (world/purse.h). */
#ifndef WKS_MEASURE_BUDGET_H
#define WKS_MEASURE_BUDGET_H

#include "scenario/scenario.h"
#include "world/world.h"

/** One row of budget.csv. */
typedef struct wks_budget_row {
    int32_t year, owner_number; /* 0: all corporaties together, or a payer of social programmes */
    const char *payer;          /* gemeente, corporaties, rijk, zorg, or total: all of them; NULL: an account of corporaties */
    const char *item, *measured_in;
    double amount; /* NaN: not defined, or too few to be told */
} wks_budget_row;

/** An item: rows come in the order of the table. Signs: income above 0, expenses below 0, so that cash at the end = cash at the start + the items. */
typedef struct wks_budget_spec {
    const char *item, *measured_in;
    const char *label_nl, *label_en, *help_nl, *help_en;
} wks_budget_spec;
extern const wks_budget_spec wks_budget_items[];
extern const int32_t wks_budget_n_items;
/** Items of social programmes, in EUR (below 0) and in hours; the last is `total`. */
extern const wks_budget_spec wks_budget_programmes[];
extern const int32_t wks_budget_n_programmes;

/** Whether money and hours that include care contracts may be told: not of few households of real people. O(households) with hides_few, else O(1). */
bool wks_budget_may_tell_care(const wks_world *world);

typedef struct wks_budget_account wks_budget_account; /* opaque: rows of the year */
wks_status wks_budget_create(wks_budget_account **out, wks_err *err);
void wks_budget_destroy(wks_budget_account *account);

/** The rows of the year that ends with this tick: in December, and at the last tick of the scenario. None at other ticks. All corporaties
 *  first, then each by number; then social programmes by payer and of all payers: items that were paid for, and always the total (EUR, hours). Valid until
 *  the next call. O(owners).
 *  With real people (world.hides_few) rows of corporaties with few homes are not told, nor money of few homes sold or ordered; of all together only what
 *  is told of each; what zorg pays, and the totals it is in, only with ten households or more (or none) under a care contract. */
wks_status wks_budget_rows(wks_budget_account *account, const wks_scenario *scenario, const wks_world *world, const wks_budget_row **out,
                           int32_t *out_n, wks_err *err);

#endif
