#include "output/seal.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "output/tables.h"

wks_status wks_seal_make(const char *folder, wks_manifest *manifest, wks_err *err)
{
    wks_status rc = WKS_OK;
    char hash[65];

    manifest->n_tables = 0;
    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        char *path = wks_file_join(folder, wks_tables_name[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        if (wks_file_exists(path)) rc = wks_file_sha256(path, hash, err);
        if (rc == WKS_OK && wks_file_exists(path)) rc = wks_manifest_set_table(manifest, wks_tables_name[i], hash, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}

static wks_status check_table(const char *path, const char *sha256, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char hash[65];

    if (!wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "no such file; manifest.json tells of it");
        return WKS_OK;
    }
    WKS_TRY(wks_file_sha256(path, hash, err));
    if (strcmp(hash, sha256) != 0)
        wks_problems_error(problems, path, 0, 0, "is not the table that the run wrote (its SHA-256 differs from manifest.json)");
out:
    return rc;
}

wks_status wks_seal_check(const char *folder, const wks_manifest *manifest, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (manifest->n_tables == 0) wks_problems_error(problems, folder, 0, 0, "manifest.json has no hashes of the tables");
    for (size_t i = 0; i < manifest->n_tables; i++) {
        char *path = wks_file_join(folder, manifest->table[i].name);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = check_table(path, manifest->table[i].sha256, problems, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}
