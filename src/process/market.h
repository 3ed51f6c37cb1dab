/* Process market: see docs/odd.md, section market. */
#ifndef WKS_PROCESS_MARKET_H
#define WKS_PROCESS_MARKET_H

#include "process/tick.h"

extern const wks_spec wks_market_spec;

#endif
