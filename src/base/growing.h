/* A file that grows over more than one session: "<path>.part" until it is whole. A later session cuts it back to a length it knows and goes on. */
#ifndef WKS_BASE_GROWING_H
#define WKS_BASE_GROWING_H

#include <stdint.h>

#include "base/file.h"

#define WKS_GROWING_SUFFIX ".part"

/** What is known of such a file at one moment: its bytes, and a sum over them (FNV-1a) by which a file that was changed since is seen. */
typedef struct wks_growing_mark {
    uint64_t length, sum;
} wks_growing_mark;

typedef struct wks_growing {
    wks_file_writer writer;
    wks_growing_mark mark; /* of all that was put */
    bool is_unsynced;
} wks_growing;

/** Begins anew: what has the name "<path>.part" is removed first. On an error `out` is empty. */
wks_status wks_growing_begin(const char *path, wks_growing *out, wks_err *err);
/** Goes on at `mark`; what was written behind it is cut off. A file that already had its final name (ended just before its replication was noted as
 *  whole) is taken back. @return WKS_ERR_DATA, and nothing is changed, when the file is shorter, is not there, or holds other bytes up to the mark. O(length). */
wks_status wks_growing_resume(const char *path, wks_growing_mark mark, wks_growing *out, wks_err *err);
/** Whether wks_growing_resume would find the file fit; changes nothing. WKS_ERR_DATA as there. */
wks_status wks_growing_check(const char *path, wks_growing_mark mark, wks_err *err);

wks_status wks_growing_put(wks_growing *growing, const char *bytes, size_t n, wks_err *err);
/** All that was put is on the disk (the name in its folder too, after wks_file_sync_folder). */
wks_status wks_growing_sync(wks_growing *growing, wks_err *err);
/** Whole: fsync, rename to the final name, close. After an error it is still open and under its first name: leave or discard it. */
wks_status wks_growing_commit(wks_growing *growing, wks_err *err);
/** Closes and keeps the file for a later session, cut back to `mark` when that can be done (which gives a full disk room). */
void wks_growing_leave(wks_growing *growing, wks_growing_mark mark);
/** Closes and removes it. No effect after commit or leave. */
void wks_growing_discard(wks_growing *growing);

#endif
