/* All processes in the order of the tick (docs/odd.md 3). */
#ifndef WKS_PROCESS_PROCESS_REGISTRY_H
#define WKS_PROCESS_PROCESS_REGISTRY_H

#include "process/tick.h"
#include "scenario/catalogue.h"

/* X(file): process/<file>.h declares `extern const wks_spec wks_<file>_spec;` whose implementation is its wks_process. */
#define WKS_PROCESSES(X) \
    X(timeline)          \
    X(demography)        \
    X(livelihood)        \
    X(arrivals)          \
    X(stock)             \
    X(search)            \
    X(allocation)        \
    X(market)            \
    X(departures)        \
    X(support)           \
    X(encounter)         \
    X(neighbourhood)

extern const wks_spec *const wks_process_registry[];
extern const int32_t wks_process_registry_size;

#endif
