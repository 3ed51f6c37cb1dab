#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

wks_status wks_err_set(wks_err *err, wks_status status, const char *format, ...)
{
    if (err == NULL) return status;
    if (err->status != WKS_OK) return err->status;
    err->status = status;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    return status;
}

wks_status wks_err_context(wks_err *err, wks_status rc, const char *format, ...)
{
    if (rc == WKS_OK || err == NULL || err->status == WKS_OK) return rc;
    char old[WKS_ERR_MESSAGE_SIZE];
    memcpy(old, err->message, sizeof old);
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    if (n < 0) n = 0;
    size_t used = (size_t)n < sizeof err->message ? (size_t)n : sizeof err->message - 1;
    /* The old message is what the user needs most: a context that would push it out is cut to half of the room. */
    size_t room = sizeof err->message - 1 - used;
    if (strlen(old) + 2 > room && used > sizeof err->message / 2) used = sizeof err->message / 2;
    const size_t left = sizeof err->message - 1 - used, kept = strlen(old) + 2 < left ? strlen(old) : left > 2 ? left - 2 : 0;
    if (left >= 2) memcpy(err->message + used, ": ", 2);
    memcpy(err->message + used + 2, old, kept);
    err->message[used + 2 + kept] = '\0';
    return rc;
}

int wks_err_exit_code(wks_status status)
{
    switch (status) {
    case WKS_OK: return 0;
    case WKS_ERR_NOMEM:
    case WKS_ERR_IO:
    case WKS_ERR_LAW: return 1;
    case WKS_ERR_USAGE: return 2;
    case WKS_ERR_DATA: return 3;
    case WKS_ERR_PARTIAL: return 4;
    case WKS_ERR_STOPPED: return 5;
    case WKS_ERR_PRECISION: return 6;
    case WKS_ERR_DIFFERS: return 7;
    }
    return 1;
}

_Noreturn void wks_err_bug(const char *file, int line, const char *what)
{
    (void)fprintf(stderr, "%s:%d: bug in wijksim: %s\n", file, line, what);
    abort();
}
