/* Computes the chosen indices of one or more tables and makes rows of them, in the order of the catalogue. */
#ifndef WKS_CLI_MEASURE_PRINT_H
#define WKS_CLI_MEASURE_PRINT_H

#include "cli/measure_choice.h"

/** What is measured, whatever it was read from. */
typedef struct wks_measure_subject {
    const wks_table *table;
    const wks_index_place *place;
    const char *const *group;                   /* names */
    char *const *area;                          /* names */
    const bool *may_tell_group, *may_tell_cell; /* n_groups, n_groups * n_areas; NULL: all may be told */
    const wks_measure_choice *choice;
} wks_measure_subject;

/** Whether the rows have the columns of draws. */
bool wks_measure_print_has_draws(const wks_options *options);

/** Adds the rows of n subjects: of an index those of the first subject, then of the next. What may not be told is left empty: a row of a group or an
 *  area that is too few, and of all groups together when some group is. WKS_ERR_NOMEM. */
wks_status wks_measure_print_add(const wks_options *options, const wks_measure_subject *subject, size_t n, wks_measure_rows *out,
                                 wks_err *err);

#endif
