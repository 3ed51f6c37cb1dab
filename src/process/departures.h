/* Process departures: see docs/odd.md, section departures. */
#ifndef WKS_PROCESS_DEPARTURES_H
#define WKS_PROCESS_DEPARTURES_H

#include "process/tick.h"

extern const wks_spec wks_departures_spec;

#endif
