/* Process timeline: see docs/odd.md, section timeline. */
#ifndef WKS_PROCESS_TIMELINE_H
#define WKS_PROCESS_TIMELINE_H

#include "process/tick.h"

extern const wks_spec wks_timeline_spec;

/* All kinds of timeline event. X(name): timeline_<file>.c defines `const wks_spec wks_timeline_<name>_spec`, whose implementation is a wks_timeline_kind. */
#define WKS_TIMELINE_KINDS(X) \
    X(set_event)              \
    X(stock_build)            \
    X(stock_sell)             \
    X(stock_demolish)         \
    X(stock_renovate)         \
    X(label)                  \
    X(support)                \
    X(meeting)                \
    X(guidance)               \
    X(safety)                 \
    X(programme)              \
    X(arrival)                \
    X(renewal)                \
    X(designate)

#define WKS_TIMELINE_DECLARE(name) extern const wks_spec wks_timeline_##name##_spec;
WKS_TIMELINE_KINDS(WKS_TIMELINE_DECLARE)
#undef WKS_TIMELINE_DECLARE
extern const wks_spec *const wks_timeline_events[];
extern const int32_t wks_timeline_n_events;

#endif
