/* What demolition (stock_demolish), return (stock_return) and renovation (stock_renovate) share: orders and their dwellings, who holds which
 * case, vacant homes to propose or to use as wisselwoning. A part of process stock. */
#ifndef WKS_PROCESS_STOCK_REHOUSE_H
#define WKS_PROCESS_STOCK_REHOUSE_H

#include "process/stock_money.h"
#include "process/tick.h"

/* A vacant social home of this month. */
typedef struct wks_stock_rehouse_home {
    uint64_t key;
    int32_t unit_row, dwelling_row;
    bool is_taken;
} wks_stock_rehouse_home;

/* One month's work. */
typedef struct wks_stock_rehouse_pass {
    wks_tick *tick;
    wks_world *world;
    const wks_stock_money_policy *money; /* what removal payments and demolition cost their owners */
    int32_t *holder;                     /* by case: row of its household, -1 when nobody is held to it */
    wks_stock_rehouse_home *vacant;
    int32_t n_vacant, n_proposed;
} wks_stock_rehouse_pass;

/* A dwelling that may get notice; of its complex the oldest dwelling. */
typedef struct wks_stock_rehouse_candidate {
    uint64_t complex_key, key;
    int32_t built_month, portiek, dwelling_row, complex_row;
} wks_stock_rehouse_candidate;

/** An order of the timeline; carried out by process stock in the same month. `event`: its key. */
wks_status wks_stock_rehouse_order(wks_tick *tick, wks_project_kind kind, uint64_t event, int32_t dwellings, wks_err *err);
/** Everything about demolition and renovation in this month; `rate`: share of social dwellings of which demolition is announced a year. Does nothing
 *  (and draws nothing) without a project and rate 0. O(households + dwellings) otherwise. */
wks_status wks_stock_rehouse_month(wks_tick *tick, double rate, const wks_stock_money_policy *money, wks_err *err);
/** True for a home that is emptied, under works or announced to be: not sold, not demolished at vacancy, rent not lowered. */
bool wks_stock_rehouse_is_kept(const wks_world *world, int32_t dwelling_row);

/** Settings of a project: of its event, or in `scratch` the presets of its kind. */
const wks_settings *wks_stock_rehouse_settings(const wks_tick *tick, int32_t project_row, wks_settings *scratch);
/** Dwellings of an order, oldest complex first and portiek by portiek, at most n_wanted: social, corporatie, one unit, no campus, nobody in a
 *  wisselwoning there. One project a complex: notice is given by the callers per dwelling. */
wks_status wks_stock_rehouse_candidates(wks_tick *tick, int32_t project_row, wks_stock_rehouse_candidate **out, int32_t *out_n,
                                        wks_err *err);
/** Homes of a project that still stand (demolition) or whose works are not done (renovation), portiek by portiek, then by key; in a buffer of the tick
 *  until the next call. */
wks_status wks_stock_rehouse_homes(const wks_stock_rehouse_pass *self, int32_t project_row, wks_stock_rehouse_candidate **out,
                                   int32_t *out_n, wks_err *err);
/** Best vacant home for a household: same buurt as the home that goes, same owner, least rooms too many, then key. `must_fit`: as many rooms as
 *  persons (at most two more) and a rent that passend toewijzen allows; else the largest will do. Index in `vacant`, -1 none. O(vacancies). */
int32_t wks_stock_rehouse_find(const wks_stock_rehouse_pass *self, int32_t household_row, int32_t from_buurt_row, int32_t owner_row,
                               bool must_fit);

#endif
