#include "process/process_registry.h"

#include "process/allocation.h"
#include "process/arrivals.h"
#include "process/demography.h"
#include "process/departures.h"
#include "process/encounter.h"
#include "process/livelihood.h"
#include "process/market.h"
#include "process/neighbourhood.h"
#include "process/search.h"
#include "process/stock.h"
#include "process/support.h"
#include "process/timeline.h"

#define ENTRY(name) &wks_##name##_spec,
const wks_spec *const wks_process_registry[] = {WKS_PROCESSES(ENTRY)};
#undef ENTRY
const int32_t wks_process_registry_size = sizeof wks_process_registry / sizeof *wks_process_registry;
