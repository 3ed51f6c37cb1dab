/* The command `import own`: a corporatie's own dwellings and seekers into a city folder, without a name or number of anybody. */
#ifndef WKS_IMPORT_OWN_H
#define WKS_IMPORT_OWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problems.h"

typedef struct wks_own_options {
    const char *city, *dwellings, *seekers; /* folder; files, one of them may be NULL */
    const char *mapping;                    /* when it does not exist a proposal is written there */
    const char *write_mapping;              /* only propose a mapping into this file */
    const char *postcodes, *keep_key;       /* NULL: none */
    int32_t month, day;                     /* of the data; 0: found in it */
    bool force;
} wks_own_options;

/** Runs the import, or proposes a mapping. `report`: what was understood, for standard output. All problems of all files are collected
 *  before anything is written; neither report nor problems hold a value of a seeker. */
wks_status wks_own_import(const wks_own_options *options, wks_text *report, wks_problems *problems, wks_err *err);

#endif
