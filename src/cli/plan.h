/* What --dry-run says of a run folder: what is whole there and which replications would go on in the middle. */
#ifndef WKS_CLI_PLAN_H
#define WKS_CLI_PLAN_H

#include "cli/load.h"

/** Prints it to standard output, a line at most; nothing when nothing is there. `name`: of the scenario in a comparison; NULL: that is clear. Errors as those of
 *  a run that goes on (store.h). */
wks_status wks_plan_print(const char *folder, const wks_load *load, const char *name, bool follow, wks_err *err);

#endif
