/* The catalogue of segregation indices, and one door to all of them. Definitions and sources: the table in index.c, docs/indicators.md. */
#ifndef WKS_SEGREGATION_INDEX_H
#define WKS_SEGREGATION_INDEX_H

#include "segregation/place.h"
#include "segregation/table.h"

/** Which rows an index makes. */
typedef enum wks_index_rows {
    WKS_INDEX_BY_GROUP,     /* a row a group: it against all others */
    WKS_INDEX_BY_PAIR,      /* a row an ordered pair of groups: group, versus */
    WKS_INDEX_TOGETHER,     /* one row: all groups together */
    WKS_INDEX_BY_AREA,      /* a row an area */
    WKS_INDEX_BY_AREA_GROUP /* a row an area and group */
} wks_index_rows;

/** What an index needs beside the counts. */
enum {
    WKS_INDEX_NEEDS_COORDS = 1,     /* x, y of every area */
    WKS_INDEX_NEEDS_SIZE = 2,       /* size (surface) of every area */
    WKS_INDEX_NEEDS_CONTIGUITY = 4, /* who borders whom */
    WKS_INDEX_NEEDS_BOUNDARY = 8,   /* shared boundary lengths */
    WKS_INDEX_NEEDS_WHOLE = 16      /* whole counts */
};

typedef struct wks_index_spec {
    const char *name; /* in the rows and in --indices */
    wks_index_rows rows;
    int needs;        /* flags above */
    bool is_costly;   /* more than O(areas log areas): only when asked for by name, or with the tables of buurten in a run */
    double low, high; /* range; infinite where there is none */
    const char *title_nl, *title_en;
    const char *meaning_nl, *meaning_en;   /* what it says, in words for policy advisers */
    const char *misleads_nl, *misleads_en; /* when it misleads */
    const char *equation, *source;
} wks_index_spec;

extern const wks_index_spec wks_index_table[];
extern const int32_t wks_index_count;
/** Row in the table, or WKS_NONE. */
int32_t wks_index_find(const char *name);

typedef struct wks_index_row {
    int32_t index, group, versus; /* rows of the catalogue and of the table's groups; WKS_NONE: not of one */
    int64_t area;                 /* WKS_NONE: not of one */
    double value;                 /* NaN: undefined */
} wks_index_row;

typedef struct wks_index_result {
    wks_index_row *row;
    size_t n, capacity;
} wks_index_result;

/** Computes the wanted indices (wanted[wks_index_count]; what they need must be there: WKS_BUG_IF) into rows ordered by catalogue, group,
 *  versus, area. Sums shared by several indices are taken once. The same bits for any number of threads. WKS_ERR_NOMEM.
 *  @param place  may be NULL when no wanted index needs it */
wks_status wks_index_compute(const wks_table *table, const wks_index_place *place, const bool *wanted, int threads, wks_index_result *out,
                             wks_err *err);
void wks_index_result_free(wks_index_result *result);

#endif
