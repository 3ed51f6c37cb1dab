/* Errors: one status code and one message; the first error wins, callers add context.
 * Problems in *input* are not errors of this kind: they are collected, see problems.h. */
#ifndef WKS_BASE_ERR_H
#define WKS_BASE_ERR_H

typedef enum wks_status {
    WKS_OK = 0,
    WKS_ERR_NOMEM,     /* no memory                                         -> exit 1 */
    WKS_ERR_IO,        /* disk, permission, worker                          -> exit 1 */
    WKS_ERR_LAW,       /* a conservation law was broken (our own mistake)   -> exit 1 */
    WKS_ERR_USAGE,     /* wrong use of the command line, existing folder    -> exit 2 */
    WKS_ERR_DATA,      /* bad input; the problems were collected            -> exit 3 */
    WKS_ERR_PARTIAL,   /* done, but some replications failed                -> exit 4 */
    WKS_ERR_STOPPED,   /* stopped early, resumable                          -> exit 5 */
    WKS_ERR_PRECISION, /* asked precision not reached                       -> exit 6 */
    WKS_ERR_DIFFERS    /* verify found a difference                         -> exit 7 */
} wks_status;

enum { WKS_ERR_MESSAGE_SIZE = 1024 };

typedef struct wks_err {
    wks_status status;
    char message[WKS_ERR_MESSAGE_SIZE];
} wks_err;

#define WKS_ERR_INIT ((wks_err){.status = WKS_OK, .message = ""})

/** Records `status` and the printf-formatted message, unless an error is recorded already. Returns the recorded status. `err` may be
 *  NULL. */
wks_status wks_err_set(wks_err *err, wks_status status, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/** If `rc` is an error, puts "<context>: " before the message. Returns `rc`. */
wks_status wks_err_context(wks_err *err, wks_status rc, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/** The exit code of the program for a status (docs/interfaces). */
int wks_err_exit_code(wks_status status);

/** Prints the place and stops the program: for our own bugs only. */
_Noreturn void wks_err_bug(const char *file, int line, const char *what);

/* Needs `wks_status rc` and a label `out:` in the function. */
#define WKS_FAIL(err, code, ...)                      \
    do {                                              \
        rc = wks_err_set((err), (code), __VA_ARGS__); \
        goto out;                                     \
    } while (0)
#define WKS_TRY(call)               \
    do {                            \
        rc = (call);                \
        if (rc != WKS_OK) goto out; \
    } while (0)
#define WKS_BUG_IF(condition)                                       \
    do {                                                            \
        if (condition) wks_err_bug(__FILE__, __LINE__, #condition); \
    } while (0)

#endif
