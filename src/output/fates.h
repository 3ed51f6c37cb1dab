/* What became of each household in one replication, on disk (DIR/households/000001.fates): by key, so that a comparison can lay two runs side by side, also when
 * they were made in different sessions. Whole or absent. Of the program for itself: the bytes are those of wks_household_fate on this kind of machine. */
#ifndef WKS_OUTPUT_FATES_H
#define WKS_OUTPUT_FATES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/file.h"
#include "measure/household_fate.h"

/** Path of one replication's file in the folder of a run, malloc'ed; NULL without memory. */
char *wks_fates_path(const char *folder, int32_t replication);

/** The folder they come in; taking it away with all that is in it (the tables stay); whether a replication's file is there. */
wks_status wks_fates_make_folder(const char *folder, wks_err *err);
wks_status wks_fates_forget(const char *folder, wks_err *err);
/** The names in it are on the disk. */
wks_status wks_fates_sync_folder(const char *folder, wks_err *err);
bool wks_fates_has(const char *folder, int32_t replication);

/** Opens the file of one replication for writing. What is kept of real people (is_own) is for its owner only, as long as it is there. */
wks_status wks_fates_begin(const char *folder, int32_t replication, bool is_own, wks_file_writer *out, wks_err *err);

/** Puts the whole file into an open writer. `item` is sorted by key. */
wks_status wks_fates_put(wks_file_writer *writer, const wks_household_fate *item, int32_t n, wks_err *err);

/** A file being read, one household after the other. */
typedef struct wks_fates_reader {
    FILE *stream;
    char *path;
    int64_t n, n_read;
    uint64_t sum, seen; /* of all, as the file says; of what was read so far */
    wks_household_fate item;
    bool has_item; /* item is the next household; false at the end */
} wks_fates_reader;
/** Opens and reads the first household. WKS_ERR_IO when the file is not there, was made by another kind of machine or program, or is damaged (the sum is
 *  checked when the last one was read). */
wks_status wks_fates_open(const char *path, wks_fates_reader *out, wks_err *err);
wks_status wks_fates_next(wks_fates_reader *reader, wks_err *err);
void wks_fates_close(wks_fates_reader *reader);

#endif
