/* Process neighbourhood: see docs/odd.md, section neighbourhood. */
#ifndef WKS_PROCESS_NEIGHBOURHOOD_H
#define WKS_PROCESS_NEIGHBOURHOOD_H

#include "process/tick.h"

extern const wks_spec wks_neighbourhood_spec;

#endif
