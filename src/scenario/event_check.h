/* What is written of an event and does nothing: warnings of `check` and `run`. */
#ifndef WKS_SCENARIO_EVENT_CHECK_H
#define WKS_SCENARIO_EVENT_CHECK_H

#include "scenario/scenario.h"

/** Warns of parameters that have no effect beside another one of the same event (a factor for wijkbasisbanen, a label where there is no shared space),
 *  unless they have their default, and of wijkbasisbanen without places. `element`: of the timeline. */
void wks_event_check(const wks_config_node *element, const wks_settings *settings, wks_problems *problems);
/** Warns of an event that happens in the run-in (key warmup; up to and with its last tick): what then drifts may be its effect. Nothing without a run-in, with one as long
 *  as the run, or of an event before the run (told elsewhere). `element`: of the timeline, its `at` a month. */
void wks_event_check_warmup(const wks_config_node *element, const wks_scenario *scenario, int32_t month, wks_problems *problems);

#endif
