/* Process search: see docs/odd.md, section search. */
#ifndef WKS_PROCESS_SEARCH_H
#define WKS_PROCESS_SEARCH_H

#include "process/tick.h"

extern const wks_spec wks_search_spec;

#endif
