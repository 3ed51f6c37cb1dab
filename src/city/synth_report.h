/* How well the population meets its margins: a recount of the world, never of the plans. */
#ifndef WKS_CITY_SYNTH_REPORT_H
#define WKS_CITY_SYNTH_REPORT_H

#include "city/synth_plan.h"

/** Fills the report: rows by buurt, wijk, gemeente in order of code; counts of rooms, guests, institutions. O(rows of the world). */
wks_status wks_synth_report_make(const wks_synth_plan_context *context, const wks_world *world, wks_synth_report *out, wks_err *err);

#endif
