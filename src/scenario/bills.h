/* Bills that a scenario treats as law from a month on: the list `bills`. What each switches stands in docs/rules.md. */
#ifndef WKS_SCENARIO_BILLS_H
#define WKS_SCENARIO_BILLS_H

#include "scenario/scenario.h"

/** Reads the list `bills` into scenario->bill_from; completes the tree (`from`: the month the bill aims at). Problems: an unknown name, one
 *  twice, no month where the bill has none of its own. */
wks_status wks_bills_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err);

#endif
