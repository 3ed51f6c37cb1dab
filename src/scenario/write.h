/* Scenario -> text: the resolved scenario.cfg, settings with their origin, differences in words. */
#ifndef WKS_SCENARIO_WRITE_H
#define WKS_SCENARIO_WRITE_H

#include "base/json.h"
#include "scenario/scenario.h"

/** The resolved scenario: reads back to the same scenario (same hash), no `base`; city as an absolute or findable name given. */
void wks_write_resolved(const wks_scenario *scenario, const char *city, wks_text *out);
/** `show`: every key with value, unit and origin (file:line or default). */
void wks_write_origins(const wks_scenario *scenario, wks_text *out);
/** The same as objects {setting, value, unit, origin} at the end of an array. */
void wks_write_origins_json(const wks_scenario *scenario, wks_json *out);
/** What differs between two scenarios, a sentence a line (English, or Dutch when lang is "nl"); empty when nothing does. Seeds, name and output are left out. */
void wks_write_differences(const wks_scenario *a, const wks_scenario *b, const char *lang, wks_text *out);

#endif
