/* The tables of single replications while a run is under way: DIR/parts/000001.city.csv and so on, rows without a header. Joining them in order
 * of number, the header before them, gives the result tables; splitting a result table gives them back, so that a complete run can be extended. */
#ifndef WKS_OUTPUT_PARTS_H
#define WKS_OUTPUT_PARTS_H

#include <stdbool.h>

#include "output/manifest.h"
#include "output/tables.h"

/** Path of one part, malloc'ed; NULL without memory. `parts` is the folder of parts. */
char *wks_parts_path(const char *parts, wks_tables_kind kind, int32_t replication);
/** True when the part of every kind in `kinds` (bit 1 << kind) is there. */
bool wks_parts_has(const char *parts, unsigned kinds, int32_t replication);

/** Makes the folder, and in it 000000.<table>.csv with only the header of every table in `kinds`: no replication has that number, and the files of one table, one
 *  after the other in order of name, are a table at any moment. */
wks_status wks_parts_begin(const char *parts, unsigned kinds, wks_err *err);
/** Writes the header and the part of every replication that the manifest lists as complete, in order of number, to `path` (atomic). */
wks_status wks_parts_join(const char *parts, wks_tables_kind kind, const wks_manifest *manifest, const char *path, wks_err *err);
/** Makes the parts that are missing, for every complete replication of the manifest, from the table in `path`. A replication of which the
 *  table has no rows gets no part. A table that is not there, or has another header, gives none. O(size of the table). */
wks_status wks_parts_split(const char *parts, wks_tables_kind kind, const wks_manifest *manifest, const char *path, wks_err *err);

/** Removes the folder and what is in it; fine when it is not there. */
wks_status wks_parts_remove(const char *parts, wks_err *err);

#endif
