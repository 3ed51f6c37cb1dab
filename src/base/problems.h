/* Problems in input: collected, so that the user sees all of them at once, then printed together. */
#ifndef WKS_BASE_PROBLEMS_H
#define WKS_BASE_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

typedef struct wks_problem {
    char *file;
    int line, column; /* 1-based; 0 = not known */
    bool is_warning;
    char *text; /* what; what was expected; nearest valid name */
} wks_problem;

typedef struct wks_problems {
    wks_problem *item;
    size_t n, capacity;
    size_t n_errors;  /* warnings not counted */
    size_t n_dropped; /* above 1000 problems of one call only the count is kept */
    bool hides_text;  /* for files about people: texts given to a message are left out of it ("..."), whoever words it; numbers stay */
} wks_problems;

#define WKS_PROBLEMS_INIT ((wks_problems){NULL, 0, 0, 0, 0, false})

void wks_problems_free(wks_problems *problems);

void wks_problems_error(wks_problems *problems, const char *file, int line, int column, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 5, 6)))
#endif
    ;
void wks_problems_warning(wks_problems *problems, const char *file, int line, int column, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 5, 6)))
#endif
    ;

/** "; nearest valid name is 'x'" or "" (static per-call buffer in `buffer`, 160 bytes): to be put at the end of a message. */
const char *wks_problems_nearest(const char *name, const char *const *candidates, size_t n, char *buffer);

/** Adds every problem as a line `file:line:column: error: text` (or `warning`; what is not known is left out), in order of file, line,
 *  column (stable). */
void wks_problems_print(const wks_problems *problems, wks_text *out);

/** WKS_OK if there are no errors; else WKS_ERR_DATA with "n problems in the input". */
wks_status wks_problems_status(const wks_problems *problems, wks_err *err);

#endif
