/* Process support: formal help from one pool of hours, informal capacity of residents, load. docs/odd.md, section support. */
#ifndef WKS_PROCESS_SUPPORT_H
#define WKS_PROCESS_SUPPORT_H

#include "process/tick.h"

extern const wks_spec wks_support_spec;

#endif
