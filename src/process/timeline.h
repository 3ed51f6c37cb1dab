/* Process timeline: see docs/odd.md, section timeline. */
#ifndef WKS_PROCESS_TIMELINE_H
#define WKS_PROCESS_TIMELINE_H

#include "process/tick.h"

extern const wks_spec wks_timeline_spec;

/** All kinds of timeline event. */
extern const wks_spec *const wks_timeline_events[];
extern const int32_t wks_timeline_n_events;

#endif
