/* New homes in the place of demolished ones, and who returns to them (terugkeerrecht): a part of process stock. */
#ifndef WKS_PROCESS_STOCK_RETURN_H
#define WKS_PROCESS_STOCK_RETURN_H

#include "process/stock_rehouse.h"

/** Builds what is ready and offers its social homes to who has a right to return, before anybody else: first to who lives in a wisselwoning. The
 *  round of the month asks them (a reserved home); homes that nobody with a right takes go to everybody. */
wks_status wks_stock_return_month(wks_stock_rehouse_pass *self, wks_err *err);

#endif
