/* Which indices and groups measure prints. */
#ifndef WKS_CLI_MEASURE_CHOICE_H
#define WKS_CLI_MEASURE_CHOICE_H

#include "cli/measure_parts.h"
#include "segregation/index_table.h"

enum { WKS_MEASURE_CHOICE_PARTS = 32 };

typedef struct wks_measure_choice {
    bool index[WKS_INDEX_TABLE_N];
    bool part[WKS_MEASURE_CHOICE_PARTS];
    bool *group; /* n_groups: rows of this group are printed */
    size_t n_chosen;
} wks_measure_choice;

/** Reads --indices, and `groups` as --groups gives them (NULL: all). Without --indices: what can be computed from what is there, but no rows of areas, and indices of distances only where
 *  they take seconds (the rest is told on standard error). WKS_ERR_USAGE: an unknown name (with the nearest), or an index without what it needs. */
wks_status wks_measure_choice_make(const wks_options *options, const wks_table *table, const wks_index_place *place,
                                   const char *const *group, const char *groups, wks_measure_choice *out, wks_err *err);
void wks_measure_choice_free(wks_measure_choice *choice);

/** Leaves out rows of a group (the rest, of a folder), and with `only_groups` all indices but those of one group against the rest; WKS_ERR_USAGE when
 *  one of the others was named. */
wks_status wks_measure_choice_narrow(const wks_options *options, size_t group, bool only_groups, wks_measure_choice *choice, wks_err *err);

/** Whether a row is printed: of a chosen group; of a pair, when several are chosen, both. */
bool wks_measure_choice_has(const wks_measure_choice *choice, const wks_index_row *row);

/** The next name of a list "a,b" into a buffer of n bytes; false behind the last. Blanks around names are dropped. */
bool wks_measure_choice_next(const char **at, char *out, size_t n);

#endif
