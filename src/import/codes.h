/* Area codes as rows: an index by hash, for files with all of the country's 14 000 buurten. */
#ifndef WKS_IMPORT_CODES_H
#define WKS_IMPORT_CODES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Code i is the i-th that was added. */
typedef struct wks_codes {
    char **code;
    int32_t n;
    size_t capacity;
    int32_t *slot; /* open addressing, -1 free */
    size_t n_slots;
} wks_codes;

void wks_codes_free(wks_codes *codes);

/** Row of a code, -1 if it was not added. */
int32_t wks_codes_row(const wks_codes *codes, const char *code);

/** Adds a code unless it is there; *out_row is its row either way. */
wks_status wks_codes_add(wks_codes *codes, const char *code, int32_t *out_row, wks_err *err);

#endif
