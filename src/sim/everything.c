#include "sim/everything.h"

#include "measure/observe.h"
#include "process/process_registry.h"
#include "process/timeline.h"
#include "rules/registry.h"

static wks_catalogue catalogue;

const wks_catalogue *wks_everything_catalogue(void)
{
    /* Filled at each call with the same values: no initialisation order, safe from several threads. */
    catalogue.process = wks_process_registry;
    catalogue.n_processes = wks_process_registry_size;
    catalogue.part = wks_registry_parts;
    catalogue.n_parts = wks_registry_n_parts;
    catalogue.event = wks_timeline_events;
    catalogue.n_events = wks_timeline_n_events;
    catalogue.indicator = wks_observe_indicators;
    catalogue.n_indicators = wks_observe_indicators_count;
    return &catalogue;
}
