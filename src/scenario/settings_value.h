/* Reads one written value by the rules of its parameter: number, choice, group, month, predicate, areas. */
#ifndef WKS_SCENARIO_SETTINGS_VALUE_H
#define WKS_SCENARIO_SETTINGS_VALUE_H

#include "scenario/settings.h"

/** Reads one value by the rules of parameter i of settings->spec; false (with a problem) when it is wrong. `*rc` becomes NOMEM without memory. */
bool wks_settings_value(const wks_settings_context *context, wks_config_node *node, int32_t i, wks_settings *settings, wks_status *rc,
                        wks_err *err);
/** Adds what a parameter takes, in words: "a number from 0 to 10, without quotes". */
void wks_settings_value_expected(const wks_param *param, wks_text *out);

#endif
