#include "import/own_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

void wks_own_rows_free(wks_own_rows *rows)
{
    free(rows->dwelling);
    free(rows->seeker);
    *rows = (wks_own_rows){0};
}

wks_status wks_own_rows_sheet(wks_own_terms_file file, const char *path, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    wks_problems own = WKS_PROBLEMS_INIT;
    wks_err ignored = WKS_ERR_INIT;
    wks_sheet_kind kind;

    if (wks_file_is_folder(path) || !wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "%s; expected a csv or xlsx file with %s",
                           wks_file_exists(path) ? "is a folder" : "no such file", wks_own_terms_file_name[file]);
        return wks_err_set(err, WKS_ERR_DATA, "%s: no file", path);
    }
    wks_status rc = wks_sheet_kind_of(path, &kind, &own, &ignored);
    if (rc == WKS_OK && kind != WKS_SHEET_CSV && kind != WKS_SHEET_XLSX && kind != WKS_SHEET_XLS) {
        wks_problems_error(problems, path, 0, 0, "is a %s; expected a csv or xlsx file with %s", wks_sheet_kind_name(kind),
                           wks_own_terms_file_name[file]);
        rc = wks_err_set(&ignored, WKS_ERR_DATA, "%s: no table", path);
    }
    if (rc == WKS_OK) rc = wks_sheet_read(path, NULL, 0, out, &own, &ignored);

    for (size_t i = 0; i < own.n; i++) {
        const wks_problem *p = &own.item[i];
        /* What stands in quotes comes out of the file; without a header that may be a name. */
        const bool is_quoted = file == WKS_OWN_TERMS_SEEKERS && strchr(p->text, '\'') != NULL;
        const char *text =
            is_quoted ? "the first line does not name each column once (it is not shown: this file is about people)" : p->text;
        if (p->is_warning) {
            wks_problems_warning(problems, p->file, p->line, p->column, "%s", text);
        } else {
            wks_problems_error(problems, p->file, p->line, p->column, "%s", text);
        }
    }
    wks_problems_free(&own);
    return rc == WKS_OK ? WKS_OK : wks_err_set(err, rc, "%s cannot be read", path);
}

bool wks_own_rows_has_header(wks_own_terms_file file, const wks_sheet *sheet, const wks_own_mapping *mapping)
{
    int32_t n = 0, rank, n_fields;

    (void)wks_own_terms_fields(file, &n_fields);
    for (size_t j = 0; j < sheet->n_columns; j++)
        n += wks_own_terms_recognise(file, sheet->header[j], &rank) >= 0;
    for (int32_t f = 0; mapping != NULL && f < n_fields; f++)
        n += mapping->column[file][f].name != NULL && wks_sheet_column(sheet, mapping->column[file][f].name) >= 0;
    return n > 0;
}
