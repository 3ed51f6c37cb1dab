/* Process demography: see docs/odd.md, section demography. */
#ifndef WKS_PROCESS_DEMOGRAPHY_H
#define WKS_PROCESS_DEMOGRAPHY_H

#include "process/tick.h"

extern const wks_spec wks_demography_spec;

#endif
