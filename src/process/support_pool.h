/* The pool of hours: what the city pays for itself, recruitment, and what is there to be given this month. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_POOL_H
#define WKS_PROCESS_SUPPORT_POOL_H

#include "process/support_state.h"

/* Hours left to give, in tenths: city[kind], here[kind * n_buurten + b]. */
typedef struct wks_support_pool {
    int32_t n_buurten;
    int64_t city[WKS_SUPPORT_N_KINDS];
    int64_t *here;
} wks_support_pool;

/** Sets the base from `support_hours` and its shares, and moves staff towards what is asked; at the start all of the base is staffed. */
void wks_support_pool_recruit(wks_world *world, const double *p, bool is_start);
/** Puts aside the hours of finding need; the rest is left to give: of the city's staff 1 - capacity_follow in parts by households over the buurten. */
void wks_support_pool_fill(wks_world *world, const double *p, wks_support_pool *out);
/** How far a beheerder is there, by buurt. */
void wks_support_pool_beheer(wks_world *world, const double *p);
/** Hours of a kind that a household of buurt b could get. */
int64_t wks_support_pool_left(const wks_support_pool *pool, wks_support_kind kind, int32_t b);
/** Takes them: those of the buurt first. At most what is left. */
void wks_support_pool_take(wks_world *world, wks_support_pool *pool, wks_support_kind kind, int32_t b, int64_t tenths);

#endif
