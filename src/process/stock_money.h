/* The account of a corporatie: what comes in and goes out each month, and the room for building and renovation that is left. A part of process
 * stock (docs/odd.md, section stock: money). All in whole cents. */
#ifndef WKS_PROCESS_STOCK_MONEY_H
#define WKS_PROCESS_STOCK_MONEY_H

#include "process/tick.h"

typedef enum wks_stock_money_mode { WKS_STOCK_MONEY_BINDING, WKS_STOCK_MONEY_COUNTED, WKS_STOCK_MONEY_OFF } wks_stock_money_mode;

/* Amounts in EUR of the start of the run; they grow with cost_growth each calendar year. */
typedef struct wks_stock_money_policy {
    wks_stock_money_mode mode;
    double upkeep_eur, operations_eur;            /* a home and year */
    double interest, debt_eur;                    /* a year; a home at the start */
    double icr, ltv, policy_yield;                /* norms; yield that turns net rents into beleidswaarde */
    double horizon_years;                         /* over which what may be borrowed is spread */
    double share_build, share_renovate;           /* of the room */
    double build_eur, small_share, convert_share; /* a home; of it: up to two rooms, transformation */
    double demolish_eur, renovate_eur, cost_growth;
} wks_stock_money_policy;

/** Opens accounts that are not open yet (debt of debt_eur a home) and books this month: rents of contracts, upkeep, operations and interest;
 *  what is left, and a part of what may be borrowed within the norms, adds to the rooms. In January the items begin anew. Nothing with mode
 *  off. O(units). */
wks_status wks_stock_money_month(wks_tick *tick, const wks_stock_money_policy *policy, wks_err *err);
/** Owner of a rented dwelling if it has an account, else -1. O(1). */
int32_t wks_stock_money_owner(const wks_world *world, int32_t dwelling_row);
/** Books an item for an owner with an account (else nothing): amount above 0. Money and ledger follow; the rooms do not. O(1). */
void wks_stock_money_book(wks_world *world, int32_t owner_row, wks_money_item item, int64_t cent);
/** Proceeds of a dwelling that the owner sold at price_eur: booked, and by their shares added to the rooms. */
void wks_stock_money_sell(wks_world *world, const wks_stock_money_policy *policy, int32_t owner_row, double price_eur);
/** Whether the owner has the room for `cent` more: always when it has no account or money does not bind. `item` is building or renovation. */
bool wks_stock_money_affords(wks_world *world, const wks_stock_money_policy *policy, int32_t owner_row, wks_money_item item, int64_t cent);
/** Pays for building or renovation: booked, and taken off its room; what goes beyond it is counted as overspent. */
void wks_stock_money_spend(wks_world *world, int32_t owner_row, wks_money_item item, int64_t cent);
/** End of the month: who is short borrows what is lacking, whatever the norms say. O(owners). */
void wks_stock_money_borrow(wks_world *world);

/** EUR of the start of the run as cents of this month's calendar year: 100 x eur x (1 + cost_growth)^years, rounded. */
int64_t wks_stock_money_cent(const wks_world *world, const wks_stock_money_policy *policy, double eur);
/** Cost of one new home, cents. rooms 0: as those that are there. */
int64_t wks_stock_money_home_cent(const wks_world *world, const wks_stock_money_policy *policy, int32_t n_rooms, bool is_transformed);
/** Most that an owner may owe, cents: the lower of n / (icr x interest) and ltv x n / policy_yield, n net rents of a year (this month's x 12);
 *  0 when these are negative. */
int64_t wks_stock_money_most_debt(const wks_stock_money_policy *policy, int64_t net_month_cent);

#endif
