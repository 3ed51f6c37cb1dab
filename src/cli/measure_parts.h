/* M and H taken apart, as rows of measure: between and within a hierarchy, and the change between two tables. */
#ifndef WKS_CLI_MEASURE_PARTS_H
#define WKS_CLI_MEASURE_PARTS_H

#include "cli/measure_input.h"
#include "cli/measure_rows.h"

/** Names that --indices takes beside the catalogue, with what they mean and which option they need. */
typedef struct wks_measure_part {
    const char *name, *option, *range, *meaning_nl, *meaning_en, *misleads_nl, *misleads_en, *equation, *source;
} wks_measure_part;
extern const wks_measure_part wks_measure_parts_table[];
extern const int32_t wks_measure_parts_count;
/** Row of the table, or -1. */
int32_t wks_measure_parts_find(const char *name);

/** Rows of the wanted parts of the input's hierarchy: `area` is the name of the level. */
wks_status wks_measure_parts_hierarchy(const wks_measure_input *input, const bool *wanted, wks_measure_rows *out, wks_err *err);
/** Rows of the wanted parts of the change from the input to a second table, areas and groups matched by name. */
wks_status wks_measure_parts_change(const wks_measure_input *first, const wks_measure_input *second, const bool *wanted,
                                    wks_measure_rows *out, wks_err *err);

#endif
