#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/file.h>
#include <unistd.h>

wks_status wks_lock_take(const char *path, int *out_lock, wks_err *err)
{
    *out_lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*out_lock < 0 || flock(*out_lock, LOCK_EX | LOCK_NB) == 0) return WKS_OK;
    const bool is_taken = errno == EWOULDBLOCK;
    (void)close(*out_lock);
    *out_lock = -1;
    return is_taken ? wks_err_set(err, WKS_ERR_USAGE,
                                  "%s is being written by another wijksim; wait for it, or choose another folder with -o", path)
                    : WKS_OK;
}

void wks_lock_release(int *lock)
{
    if (*lock >= 0) (void)close(*lock);
    *lock = -1;
}
