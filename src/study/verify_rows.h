/* The rows of one replication in a table of a results folder, held against rows that a rerun gives, one after the other; and the list of what differs. */
#ifndef WKS_STUDY_VERIFY_ROWS_H
#define WKS_STUDY_VERIFY_ROWS_H

#include <stdbool.h>
#include <stdio.h>

#include "output/tables.h"

/** What is in the folder and should not be: malloc'ed texts, "" where there is nothing to say. */
typedef struct wks_verify_difference {
    char *file, *what, *expected, *found;
    int64_t line; /* 0: not of a line */
    char *column; /* of a table; a key of manifest.json */
} wks_verify_difference;

typedef struct wks_verify_list {
    wks_verify_difference *item;
    size_t n;
    bool failed; /* no memory for one */
} wks_verify_list;

/** Adds a difference, unless the same is told of the same file and line. Any text may be NULL but file and what. */
void wks_verify_list_add(wks_verify_list *list, const char *file, int64_t line, const char *column, const char *expected, const char *found,
                         const char *what);
void wks_verify_list_free(wks_verify_list *list);

typedef struct wks_verify_rows {
    FILE *stream; /* NULL: no such file */
    char *path, *buffer;
    size_t capacity;
    int64_t line; /* of the last row read */
    wks_tables_kind kind;
    wks_tables_prefix prefix;
    bool is_over; /* a difference was told, or there is nothing to compare with */
} wks_verify_rows;

/** Opens the table of a run folder, or what parts/ has of it while the run is under way, where the rows of the replication begin: behind the last row of a
 *  lower number. */
wks_status wks_verify_rows_open(const char *folder, wks_tables_kind kind, const char *scenario, int32_t replication, wks_verify_rows *out,
                                wks_verify_list *list, wks_err *err);
/** Holds whole lines that the rerun gives against the next rows of the file. */
void wks_verify_rows_compare(wks_verify_rows *rows, const char *text, wks_verify_list *list);
/** After the last line: the file has no more rows of this replication. */
void wks_verify_rows_end(wks_verify_rows *rows, wks_verify_list *list);
void wks_verify_rows_close(wks_verify_rows *rows);

#endif
