/* The order in which cases come to the pool. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_ORDER_H
#define WKS_PROCESS_SUPPORT_ORDER_H

#include "process/support_state.h"

typedef struct wks_support_case {
    uint64_t key;
    int32_t row, wait_month;
    uint32_t lot; /* one draw for as long as it waits: drawn for the month in which that began */
} wks_support_case;

/** Puts n rows in order: longest wait (wait_month) first, equals by lot, then by key. Buffer of the tick, until asked for again. Months are counted and lots, which are
 *  even, dealt into as many bins as there are cases, so O(n + months) in the mean. WKS_ERR_NOMEM. */
wks_status wks_support_order_make(wks_tick *tick, const int32_t *row, int32_t n, wks_support_case **out, wks_err *err);

#endif
