/* Process timeline: see docs/odd.md, section timeline. */
#ifndef WKS_PROCESS_TIMELINE_H
#define WKS_PROCESS_TIMELINE_H

#include "process/tick.h"

extern const wks_spec wks_timeline_spec;

#endif
