/* New dwellings: orders and their completion. A part of process stock; timeline events, replacement of what is demolished, and transformation order too. */
#ifndef WKS_PROCESS_STOCK_BUILD_H
#define WKS_PROCESS_STOCK_BUILD_H

#include "process/stock_money.h"
#include "process/tick.h"

typedef struct wks_stock_build_order {
    int32_t buurt_row;
    int32_t owner_row; /* -1: an owner of the kind that the tenure asks: of the buurt, else of the city, else a new one */
    int32_t n_dwellings;
    int32_t months; /* until completion; 0: completed by process stock in this tick, lettable next month */
    wks_construction_kind kind;
    wks_label label; /* not none: a complex of their own */
    int32_t rooms;   /* of each; 0: as the homes that are there */
    wks_construction_origin origin;
    int32_t project; /* number of the demolition project it replaces (row + 1): those with a right to return are asked first; 0 none */
    uint32_t number; /* tells orders of one buurt, origin and month apart */
} wks_stock_build_order;

/** Orders dwellings (n_dwellings 0: nothing). Social ones only as far as a social_ceiling of the rules in force leaves room; the rest is counted in
 *  the ledger (ceiling_not_built). Process stock charges the owner in the tick of the order (what goes beyond its room is overspent) and completes them.
 *  O(constructions); with a ceiling O(dwellings). */
wks_status wks_stock_build_order_add(wks_tick *tick, const wks_stock_build_order *order, wks_err *err);

/** What comes in the place of n demolished dwellings of an owner, for who demolishes (stock_demolish): shares of n by kind (made whole, the
 *  largest remainders first, so that they add up to round(n x sum of the shares)) in the same buurt; social ones for that owner. `key` tells replacements of
 *  one buurt and month apart (a complex, a plan). small: share of each kind with two rooms; project: as in the order. */
wks_status wks_stock_build_replace(wks_tick *tick, int32_t buurt_row, int32_t owner_row, int32_t n_dwellings,
                                   const double share[WKS_N_CONSTRUCTION_KINDS], double small, int32_t months, int32_t project,
                                   uint32_t key, wks_err *err);

/** Whole numbers for n x share[i]: the largest remainders (the first among equals) are rounded up until they add up to round(n x sum). */
void wks_stock_build_parts(double n, const double *share, int32_t n_shares, int32_t *out);

/** The owner that an order without one is for: of that kind with the complex of lowest key in the buurt, else the first by key in the city; -1: there
 *  is none. O(complexes). */
int32_t wks_stock_build_owner(const wks_world *world, int32_t buurt_row, wks_owner_kind kind);
wks_owner_kind wks_stock_build_owner_kind(wks_construction_kind kind);

/** Charges orders of this tick that were not paid, in order of key. */
wks_status wks_stock_build_pay(wks_tick *tick, const wks_stock_money_policy *policy, wks_err *err);

/** Completes what is due, in order of key: O(dwellings) once a tick with completions, then O(dwellings of a tenure in a buurt) a home.
 *  A new home follows one of its tenure that stood in the buurt at the start (else in the city, else of any tenure), the one whose key a keyed draw picks;
 *  by rate and without a number of rooms it has at least three. Its rent or price lies in its
 *  segment: social up to the liberalisatiegrens, middle rent between that and its limit, free rent above it, owner-occupied cheap up to
 *  `cheap_eur`, dear from there. Another number of rooms: area and price in proportion, WWS points by half of it. */
wks_status wks_stock_build_complete(wks_tick *tick, double cheap_eur, wks_err *err);

/** Size of a dwelling changes by a factor of its floor area: value and asked rent in proportion, WWS points by half of it (assumption). */
void wks_stock_build_scale(wks_world *world, int32_t dwelling_row, double factor, int32_t rooms);

#endif
