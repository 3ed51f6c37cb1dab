/* Names as small numbers: every different string once. Number 0 is the empty string. */
#ifndef WKS_REPORT_NAMES_H
#define WKS_REPORT_NAMES_H

#include <stddef.h>
#include <stdint.h>

typedef struct wks_names {
    char **text; /* n */
    int32_t n;
    size_t capacity;
    int32_t *slot;  /* open addressing; -1 is empty */
    size_t n_slots; /* a power of two */
} wks_names;

void wks_names_free(wks_names *names);
/** Number of a string, added when it is new; -1 when there is no memory. */
int32_t wks_names_add(wks_names *names, const char *s);
/** Number of a string, -1 when it was never added. */
int32_t wks_names_find(const wks_names *names, const char *s);
/** The string ("" for 0 and for numbers that do not exist). */
const char *wks_names_text(const wks_names *names, int32_t id);

#endif
