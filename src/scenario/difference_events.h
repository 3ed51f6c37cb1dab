/* What differs between the timelines of two scenarios, in words, for difference.c. */
#ifndef WKS_SCENARIO_DIFFERENCE_EVENTS_H
#define WKS_SCENARIO_DIFFERENCE_EVENTS_H

#include "scenario/scenario.h"

/** A sentence a line for each event that one of the two has and the other has not in the same form: first those of `b`, then those that are gone. What begins after the last
 *  month of its scenario is said to do nothing. */
void wks_difference_events_write(const wks_scenario *a, const wks_scenario *b, bool is_dutch, wks_text *out);

#endif
