/* Postcodes to buurten: a table of addresses or postcodes (CBS publishes one) with a column of postcodes and one of buurt codes. */
#ifndef WKS_IMPORT_OWN_POSTCODE_H
#define WKS_IMPORT_OWN_POSTCODE_H

#include "city/folder.h"

enum { WKS_OWN_POSTCODE_UNKNOWN = -1, WKS_OWN_POSTCODE_OUTSIDE = -2 };

typedef struct wks_own_postcode_entry {
    char postcode[7];
    int32_t buurt_row; /* WKS_OWN_POSTCODE_OUTSIDE: in no buurt of the city */
} wks_own_postcode_entry;

typedef struct wks_own_postcode {
    wks_own_postcode_entry *entry; /* sorted by postcode, each once */
    int32_t n;
} wks_own_postcode;

void wks_own_postcode_free(wks_own_postcode *table);

/** Reads a csv or xlsx. A postcode that lies in several buurten gets the one with most rows (addresses); also PC4, out of PC6. */
wks_status wks_own_postcode_read(const char *path, const wks_city *city, wks_own_postcode *out, wks_problems *problems, wks_err *err);

/** Row of the buurt, WKS_OWN_POSTCODE_OUTSIDE, or WKS_OWN_POSTCODE_UNKNOWN when the table does not have the postcode. */
int32_t wks_own_postcode_row(const wks_own_postcode *table, const char *postcode);

#endif
