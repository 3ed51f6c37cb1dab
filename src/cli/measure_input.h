/* What measure reads of a user: a table of counts, where its areas lie, what they are part of. */
#ifndef WKS_CLI_MEASURE_INPUT_H
#define WKS_CLI_MEASURE_INPUT_H

#include "base/number_table.h"
#include "cli/options.h"
#include "segregation/decompose.h"
#include "segregation/index.h"

enum { WKS_MEASURE_INPUT_LEVELS = 16 };

typedef struct wks_measure_input {
    wks_number_table file; /* names of areas; its values are the table's */
    wks_table table;
    const char *const *group; /* n_groups names */
    wks_index_place place;    /* what was given */
    wks_number_table coords;
    double *x, *y, *size;
    wks_index_links contiguity, boundary;
    wks_number_table hierarchy;
    wks_decompose_level level[WKS_MEASURE_INPUT_LEVELS];
    int64_t *unit[WKS_MEASURE_INPUT_LEVELS];
    size_t n_levels;
} wks_measure_input;

/** Reads a table of counts and nothing else. */
wks_status wks_measure_input_table(const char *path, int threads, wks_measure_input *out, wks_problems *problems, wks_err *err);
/** Reads the table and every file the options name. All problems of all files are collected; WKS_ERR_DATA when there are any, WKS_ERR_USAGE for a
 *  kernel that is none. To be freed also after an error. */
wks_status wks_measure_input_read(const wks_options *options, wks_measure_input *out, wks_problems *problems, wks_err *err);
void wks_measure_input_free(wks_measure_input *input);

/** "exp:B", "exp:B:MAX" or "biweight:BAND"; NULL is exp:1. WKS_ERR_USAGE. */
wks_status wks_measure_input_kernel(const char *text, wks_index_kernel *out, wks_err *err);

#endif
