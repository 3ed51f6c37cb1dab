/* The bytes of a file with settings, or why they are none: a missing file with the nearest there is, a folder, a workbook, UTF-16. */
#ifndef WKS_BASE_CONFIG_SOURCE_H
#define WKS_BASE_CONFIG_SOURCE_H

#include <stddef.h>

#include "base/err.h"
#include "base/problems.h"

/** Reads a whole file of plain text. What is wrong with it is one problem, however long the file, and gives WKS_ERR_DATA with *out_bytes NULL.
 *  Free *out_bytes. */
wks_status wks_config_source_read(const char *path, char **out_bytes, size_t *out_n, wks_problems *problems, wks_err *err);

#endif
