/* Sale of social dwellings by their corporatie: when they fall vacant, and to the tenants who live there. A part of process stock. */
#ifndef WKS_PROCESS_STOCK_SALE_H
#define WKS_PROCESS_STOCK_SALE_H

#include "process/stock_money.h"

typedef struct wks_stock_sale {
    const wks_settings *settings; /* of the process, for the list of areas */
    int32_t areas_param;
    double vacant;       /* share of what falls vacant */
    double sitting;      /* share of tenancies a year that are offered to their tenants */
    double discount;     /* koopgarant: off the price for the tenant */
    double loan;         /* most that a tenant borrows, years of income */
    int32_t only_number; /* corporatie-<number> alone; 0: all */
} wks_stock_sale;

/** What its owner gets for a dwelling now, before a discount: value x city price level x relative price of the buurt, EUR. */
double wks_stock_sale_price(const wks_world *world, int32_t dwelling_row);

/** A vacant self-contained social dwelling: sold when an order of the timeline stands for the buurt, or (is_fresh: its first lettable month) by a draw. Its
 *  tenure becomes owner-occupied: for sale on the market from this month. True when sold. O(1). */
bool wks_stock_sale_vacant(wks_tick *tick, const wks_stock_sale *sale, const wks_stock_money_policy *policy, int32_t dwelling_row,
                           bool is_fresh);

/** Tenants of self-contained social dwellings (senior, jongeren and campus left out) buy: with the monthly hazard of `sitting` each is offered its
 *  home and takes it when (1 - discount) x price <= loan x income + equity. Equity beyond the price is spent elsewhere, as on the market. In order of
 *  key. Nothing at 0. O(dwellings). */
wks_status wks_stock_sale_sitting(wks_tick *tick, const wks_stock_sale *sale, const wks_stock_money_policy *policy, wks_err *err);

#endif
