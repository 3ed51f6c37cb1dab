/* The answer of a command as JSON on standard output. */
#ifndef WKS_CLI_PRINT_JSON_H
#define WKS_CLI_PRINT_JSON_H

#include "base/json.h"

/** Prints `root` over several lines and frees it, also when that fails (no memory, or an item that could not be made). */
wks_status wks_print_json_take(wks_json *root, wks_err *err);

#endif
