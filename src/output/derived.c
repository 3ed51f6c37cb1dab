#include "output/derived.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

static const char *const files[] = {"report.html", "export.xlsx", "export.gpkg", "export.sqlite"};
static const char *const folders[] = {"export-rfc4180", "export-excel-nl"};

static wks_status remove_files(const char *folder, const char *const *name, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < n && rc == WKS_OK; i++) {
        char *path = wks_file_join(folder, name[i]);
        if (path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_is_folder(path) ? WKS_OK : wks_file_remove(path, err);
        free(path);
    }
    return rc;
}

wks_status wks_derived_remove(const char *folder, const char *const *table, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(remove_files(folder, files, sizeof files / sizeof *files, err));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *inside = wks_file_join(folder, folders[i]);
        if (inside == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        if (wks_file_is_folder(inside)) {
            rc = remove_files(inside, table, n, err);
            if (rc == WKS_OK) (void)rmdir(inside);
        }
        free(inside);
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}
