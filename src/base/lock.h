/* One writer a folder: a lock that the system takes back when the process ends, whatever ends it. */
#ifndef WKS_BASE_LOCK_H
#define WKS_BASE_LOCK_H

#include <stdbool.h>

#include "base/err.h"

/** Begins as {0}. */
typedef struct wks_lock {
    bool is_held;
    int descriptor;
} wks_lock;

/** Keeps other processes of this program out of a folder until it is released; where the file system has no locks nothing is held. WKS_ERR_USAGE when another
 *  one has it. */
wks_status wks_lock_take(const char *path, wks_lock *out, wks_err *err);
/** Fine when it is not held. */
void wks_lock_release(wks_lock *lock);

#endif
