/* Process allocation: see docs/odd.md, section allocation. */
#ifndef WKS_PROCESS_ALLOCATION_H
#define WKS_PROCESS_ALLOCATION_H

#include "process/tick.h"

extern const wks_spec wks_allocation_spec;

#endif
