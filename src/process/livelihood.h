/* Process livelihood: see docs/odd.md, section livelihood. */
#ifndef WKS_PROCESS_LIVELIHOOD_H
#define WKS_PROCESS_LIVELIHOOD_H

#include "process/tick.h"

extern const wks_spec wks_livelihood_spec;

#endif
