/* What differs between two scenarios, in words (write.h: wks_write_differences). */
#ifndef WKS_SCENARIO_DIFFERENCE_H
#define WKS_SCENARIO_DIFFERENCE_H

#include "scenario/scenario.h"

/** A sentence a line; `a` is the reference, `b` what is compared with it. lang "nl" or another (English). */
void wks_difference_write(const wks_scenario *a, const wks_scenario *b, const char *lang, wks_text *out);

#endif
