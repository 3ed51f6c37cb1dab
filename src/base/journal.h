/* A journal: a file of whole lines, each with its own checksum, that only grows. What was appended survives a killed process; the line that was
 * being written when it died is cut off at the next opening. */
#ifndef WKS_BASE_JOURNAL_H
#define WKS_BASE_JOURNAL_H

#include <stddef.h>

#include "base/err.h"

typedef struct wks_journal {
    char *path, *bytes;
    char **line; /* n_lines lines that were there at opening, without checksum; may be written into */
    size_t n_lines;
    int file; /* -1: none */
} wks_journal;

#define WKS_JOURNAL_INIT ((wks_journal){NULL, NULL, NULL, 0, -1})

/** Opens for appending; made with the line `header` when it is not there or has no whole line yet.
 *  @return WKS_ERR_DATA when its first line is another than `header`, or a line that is not the last is damaged; WKS_ERR_IO, WKS_ERR_NOMEM. After an
 *  error `out` is empty. O(bytes). */
wks_status wks_journal_open(const char *path, const char *header, wks_journal *out, wks_err *err);
/** Adds a line (no line break in it) with one write. Not thread safe. */
wks_status wks_journal_append(wks_journal *journal, const char *line, wks_err *err);
/** fsync. */
wks_status wks_journal_flush(wks_journal *journal, wks_err *err);
void wks_journal_close(wks_journal *journal);
/** Rewrites the file with its lines behind the header in bytewise order, each once: the same bytes in whatever order they were appended. */
wks_status wks_journal_sort(const char *path, const char *header, wks_err *err);

#endif
