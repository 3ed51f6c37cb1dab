/* `wijksim describe law`: limits by year and dated statutes, as text or as JSON. */
#ifndef WKS_CLI_DESCRIBE_LAW_H
#define WKS_CLI_DESCRIBE_LAW_H

#include <stdbool.h>

#include "base/text.h"

/** Adds every year of the limits and every statute; JSON: objects with commas between them, the caller's brackets around them.
 *  @param assumptions  only what was not found published: of a year its fields, of the statutes the rows */
void wks_describe_law_add(wks_text *out, bool json, bool assumptions);

#endif
