/* The order in which cases come to the pool: longest wait first, equals by lot, then by key. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_ORDER_H
#define WKS_PROCESS_SUPPORT_ORDER_H

#include "process/support_state.h"

typedef struct wks_support_case {
    int32_t row, wait_month;
    uint32_t lot; /* one draw for as long as it waits: drawn for the month in which that began */
} wks_support_case;

/* Cases by month of their wait; those of one month in the order of rows. */
typedef struct wks_support_order {
    const wks_world *world;
    wks_support_case *item, *spare; /* n each */
    int32_t n, *bin;                /* bin: room for all counts */
} wks_support_order;

/** Puts n rows in order of month, in buffers of the tick that last until asked for again. Months are counted: O(n + months). WKS_ERR_NOMEM. */
wks_status wks_support_order_months(wks_tick *tick, const int32_t *row, int32_t n, wks_support_order *out, wks_err *err);
/** Draws the lots of n cases of one month (some of order->item, from `item` on) and puts them in their order. Lots are even, so they are dealt into as many bins as
 *  there are cases: O(n) in the mean. */
void wks_support_order_lots(const wks_support_order *order, wks_support_case *item, int32_t n);

#endif
