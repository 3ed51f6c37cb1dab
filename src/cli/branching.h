/* Which scenarios of a comparison share their past with their reference, so that it is run once. */
#ifndef WKS_CLI_BRANCHING_H
#define WKS_CLI_BRANCHING_H

#include "cli/comparison.h"

/** Sets trunk and shared ticks of the members (after wks_comparison_populate) and says how many months are shared. With --unbranched nothing is. A member of the past has its
 *  files open as long as it lasts: beyond what the system lets a process open, scenarios run on their own. */
void wks_branching_plan(wks_comparison *all, const wks_options *options);

#endif
