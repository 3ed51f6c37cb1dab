#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

wks_status wks_lock_take(const char *path, wks_lock *out, wks_err *err)
{
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    *out = (wks_lock){false, descriptor};
    if (descriptor < 0) return WKS_OK;
    out->is_held = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    if (out->is_held) return WKS_OK;
    const bool is_taken = errno == EWOULDBLOCK;
    (void)close(descriptor);
    return is_taken ? wks_err_set(err, WKS_ERR_USAGE,
                                  "%s is being written by another wijksim; wait for it, or choose another folder with -o", path)
                    : WKS_OK;
}

void wks_lock_release(wks_lock *lock)
{
    if (lock->is_held) (void)close(lock->descriptor);
    *lock = (wks_lock){0};
}
