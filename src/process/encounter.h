/* Process encounter: light contacts between neighbours, gemengd wonen, loneliness. docs/odd.md, section encounter. */
#ifndef WKS_PROCESS_ENCOUNTER_H
#define WKS_PROCESS_ENCOUNTER_H

#include "process/tick.h"

extern const wks_spec wks_encounter_spec;

#endif
