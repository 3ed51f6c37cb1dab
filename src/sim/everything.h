/* The one catalogue: processes, rule parts, events and indicators, gathered from the folders that own them. */
#ifndef WKS_SIM_EVERYTHING_H
#define WKS_SIM_EVERYTHING_H

#include "scenario/catalogue.h"

/** What a scenario can name. Static data; never freed. */
const wks_catalogue *wks_everything_catalogue(void);

#endif
