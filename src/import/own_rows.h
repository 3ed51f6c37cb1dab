/* What a corporatie's files come to: records without a name, and how many rows said what. own_dwellings.h and own_seekers.h take the rows in. */
#ifndef WKS_IMPORT_OWN_ROWS_H
#define WKS_IMPORT_OWN_ROWS_H

#include "base/pseudonym.h"
#include "city/folder.h"
#include "import/own_mapping.h"
#include "import/own_postcode.h"

/* Months without a reaction after which somebody is registered only. */
enum { WKS_OWN_ROWS_ACTIVE_MONTHS = 12 };

/* Counts from 1 to below this are not told, and no word of a cell that stands in fewer rows. */
enum { WKS_OWN_ROWS_FEW = 10, WKS_OWN_ROWS_COUNT_SIZE = 24 };

typedef struct wks_own_rows {
    wks_own_dwelling *dwelling; /* sorted by key */
    wks_own_seeker *seeker;     /* sorted by key */
    int32_t n_dwellings, n_seekers;
    int32_t n_read[WKS_OWN_TERMS_N_FILES], n_outside[WKS_OWN_TERMS_N_FILES]; /* outside: in another gemeente; left out */
    int32_t n_rooms, n_other;                                                /* of the dwellings, left out: rooms, no dwellings */
    int32_t n_empty[WKS_OWN_TERMS_N_FILES][WKS_OWN_TERMS_MAX_FIELDS];        /* cells that say nothing */
    int32_t n_minors;                                                        /* registered before 18; kept */
    int32_t reference_month, reference_day;                                  /* the day of the data; 0: not known yet */
    bool is_reference_given;
} wks_own_rows;

typedef struct wks_own_rows_source {
    const wks_city *city;
    const wks_own_mapping *mapping;
    const wks_own_postcode *postcode; /* NULL: no table */
    const wks_pseudonym *secret;
    wks_problems *problems;
    wks_text *report; /* what was understood */
} wks_own_rows_source;

void wks_own_rows_free(wks_own_rows *rows);

/** A count as it may be told, "<10" for 1 to 9; the buffer holds WKS_OWN_ROWS_COUNT_SIZE. */
const char *wks_own_rows_count(int64_t n, char *buffer);

/** A sheet of `what` ("seekers", ...) read by wks_sheet_read, but so that no message can hold a cell of it. */
wks_status wks_own_rows_sheet(const char *path, const char *what, wks_sheet *out, wks_problems *problems, wks_err *err);

#endif
