/* Process stock: see docs/odd.md, section stock. */
#ifndef WKS_PROCESS_STOCK_H
#define WKS_PROCESS_STOCK_H

#include "process/tick.h"

extern const wks_spec wks_stock_spec;

#endif
