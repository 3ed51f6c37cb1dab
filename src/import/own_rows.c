#include "import/own_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

void wks_own_rows_free(wks_own_rows *rows)
{
    free(rows->dwelling);
    free(rows->seeker);
    *rows = (wks_own_rows){0};
}

const char *wks_own_rows_count(int64_t n, char *buffer)
{
    if (n > 0 && n < WKS_OWN_ROWS_FEW) {
        (void)snprintf(buffer, WKS_OWN_ROWS_COUNT_SIZE, "<%d", WKS_OWN_ROWS_FEW);
    } else {
        (void)snprintf(buffer, WKS_OWN_ROWS_COUNT_SIZE, "%lld", (long long)n);
    }
    return buffer;
}

wks_status wks_own_rows_sheet(const char *path, const char *what, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    wks_problems own = WKS_PROBLEMS_INIT;
    wks_err ignored = WKS_ERR_INIT;
    wks_sheet_kind kind;

    own.hides_text = true; /* whoever reads a cell may word a problem of it: without a header that is somebody's name */
    if (wks_file_is_folder(path) || !wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "%s; expected a csv or xlsx file with %s",
                           wks_file_exists(path) ? "is a folder" : "no such file", what);
        return wks_err_set(err, WKS_ERR_DATA, "%s: no file", path);
    }
    wks_status rc = wks_sheet_kind_of(path, &kind, &own, &ignored);
    if (rc == WKS_OK && kind != WKS_SHEET_CSV && kind != WKS_SHEET_XLSX && kind != WKS_SHEET_XLS) {
        wks_problems_error(problems, path, 0, 0, "is a %s; expected a csv or xlsx file with %s", wks_sheet_kind_name(kind), what);
        rc = wks_err_set(&ignored, WKS_ERR_DATA, "%s: no table", path);
    }
    if (rc == WKS_OK) rc = wks_sheet_read(path, NULL, 0, out, &own, &ignored);
    for (size_t i = 0; i < own.n; i++) {
        const wks_problem *p = &own.item[i];
        if (p->is_warning) {
            wks_problems_warning(problems, p->file, p->line, p->column, "%s", p->text);
        } else {
            wks_problems_error(problems, p->file, p->line, p->column, "%s", p->text);
        }
    }
    problems->n_dropped += own.n_dropped;
    problems->n_errors += own.n_dropped; /* more than are kept: they count as errors */
    wks_problems_free(&own);
    return rc == WKS_OK ? WKS_OK : wks_err_set(err, rc, "%s cannot be read", path);
}
