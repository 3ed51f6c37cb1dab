/* Renovation with moves: a part of process stock. */
#ifndef WKS_PROCESS_STOCK_RENOVATE_H
#define WKS_PROCESS_STOCK_RENOVATE_H

#include "process/stock_rehouse.h"

enum {
    WKS_STOCK_RENOVATE_AREAS,
    WKS_STOCK_RENOVATE_DWELLINGS,
    WKS_STOCK_RENOVATE_NOTICE,
    WKS_STOCK_RENOVATE_MONTHS,
    WKS_STOCK_RENOVATE_AT_ONCE,
    WKS_STOCK_RENOVATE_IN_PLACE,
    WKS_STOCK_RENOVATE_POINTS,
    WKS_STOCK_RENOVATE_RENT,
    WKS_STOCK_RENOVATE_N
};
/** The timeline event `renovate`. */
extern const wks_param wks_stock_renovate_param[WKS_STOCK_RENOVATE_N];

/** Carries an order out: notice for its dwellings, by complex. Contracts stay. Ledger: displaced, demolition_short. */
wks_status wks_stock_renovate_notice(wks_tick *tick, int32_t project_row, wks_err *err);
/** Ends works that are ready (people come back, points and rent rise) and begins others as far as there are wisselwoningen. Ledger: wisselwoning_in,
 *  wisselwoning_out, demolition_waits (homes that could not begin for want of one). */
wks_status wks_stock_renovate_month(wks_stock_rehouse_pass *self, wks_err *err);

#endif
