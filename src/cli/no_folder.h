/* A folder of results that is not there, or is a file: what was expected and the nearest there is. */
#ifndef WKS_CLI_NO_FOLDER_H
#define WKS_CLI_NO_FOLDER_H

#include "base/err.h"

/** WKS_OK for a folder; else `status` with what was expected and the folder beside it that was probably meant. */
wks_status wks_no_folder_check(const char *path, wks_status status, wks_err *err);

#endif
