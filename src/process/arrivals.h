/* Process arrivals: see docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_H
#define WKS_PROCESS_ARRIVALS_H

#include "process/tick.h"

extern const wks_spec wks_arrivals_spec;

#endif
