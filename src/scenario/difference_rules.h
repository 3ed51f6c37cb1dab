/* What differs between the rule sets of two scenarios, in words, for difference.c. */
#ifndef WKS_SCENARIO_DIFFERENCE_RULES_H
#define WKS_SCENARIO_DIFFERENCE_RULES_H

#include "scenario/difference_line.h"

/** A sentence a line. A rule set that takes over from another one, by its name or by its months, is compared with that one. */
void wks_difference_rules_write(const wks_difference_line *line);

#endif
