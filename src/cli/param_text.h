/* A parameter of the catalogue in words: what `describe` and the generated pages print of it. */
#ifndef WKS_CLI_PARAM_TEXT_H
#define WKS_CLI_PARAM_TEXT_H

#include "base/text.h"
#include "scenario/catalogue.h"

/** Its default as a scenario would write it, "required" or "none". `buffer` has room for a number (32 bytes). */
const char *wks_param_text_preset(const wks_param *param, char *buffer);
/** "number", "choice", ... */
const char *wks_param_text_type(const wks_param *param);
/** "0 to 1" or the choices, "" when there is no range; replaces what is in `out`. */
void wks_param_text_range(const wks_param *param, wks_text *out);

#endif
