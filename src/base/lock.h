/* One writer a folder: a lock that the system takes back when the process ends, whatever ends it. */
#ifndef WKS_BASE_LOCK_H
#define WKS_BASE_LOCK_H

#include "base/err.h"

/** Keeps other processes of this program out of a folder until it is released: *out_lock, or -1 where the file system has no locks. WKS_ERR_USAGE when another
 *  one has it. */
wks_status wks_lock_take(const char *path, int *out_lock, wks_err *err);
/** -1 is fine. */
void wks_lock_release(int *lock);

#endif
