/* Demolition with notice (sloop met herhuisvesting): a part of process stock. */
#ifndef WKS_PROCESS_STOCK_DEMOLISH_H
#define WKS_PROCESS_STOCK_DEMOLISH_H

#include "process/stock_rehouse.h"

enum {
    WKS_STOCK_DEMOLISH_AREAS,
    WKS_STOCK_DEMOLISH_DWELLINGS,
    WKS_STOCK_DEMOLISH_WHEN_VACANT,
    WKS_STOCK_DEMOLISH_NOTICE,
    WKS_STOCK_DEMOLISH_PROPOSAL,
    WKS_STOCK_DEMOLISH_PROPOSAL_SHARE,
    WKS_STOCK_DEMOLISH_WISSEL,
    WKS_STOCK_DEMOLISH_PAYMENT,
    WKS_STOCK_DEMOLISH_BUILD,
    WKS_STOCK_DEMOLISH_REPLACE,
    WKS_STOCK_DEMOLISH_SOCIAL,
    WKS_STOCK_DEMOLISH_MIDDLE,
    WKS_STOCK_DEMOLISH_RIGHT,
    WKS_STOCK_DEMOLISH_WISH,
    WKS_STOCK_DEMOLISH_N
};
/** The timeline event `demolish`; `implementation` is the timeline's. */
extern const wks_param wks_stock_demolish_param[WKS_STOCK_DEMOLISH_N];
/** The same, for projects of the yearly rate. */
extern const wks_spec wks_stock_demolish_spec;

/** Carries an order out: notice for its dwellings, by complex (the first keeps the order's row), SV-urgentie and referral for their households.
 *  Ledger: displaced, demolition_short. */
wks_status wks_stock_demolish_notice(wks_tick *tick, int32_t project_row, wks_err *err);
/** Proposals, wisselwoningen, removal payments, and demolition of every portiek that is empty after the date. Ledger: removal_eur,
 *  wisselwoning_in, demolition_waits, dwellings_removed. */
wks_status wks_stock_demolish_month(wks_stock_rehouse_pass *self, wks_err *err);

#endif
