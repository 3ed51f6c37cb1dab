/* What the theories about leefbaarheid imply in the long run, for `check`. */
#ifndef WKS_CLI_CHECK_EFFECT_H
#define WKS_CLI_CHECK_EFFECT_H

#include "base/json.h"
#include "scenario/scenario.h"

/** Prints the long-run effects under T0, T1 and T2 with the settings of the scenario's start; nothing without process neighbourhood. */
void wks_check_effect_print(const wks_scenario *scenario);
/** The same: an object a theory, a number an effect. NULL without process neighbourhood or memory. */
wks_json *wks_check_effect_json(const wks_scenario *scenario);

#endif
