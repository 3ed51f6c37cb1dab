#include "output/seal.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "output/tables.h"

/* Beside the result tables: what was run, what the columns mean, and means over replications. */
static const char *const also[] = {"scenario.cfg", "codebook.csv", "summary.csv"};

static wks_status seal_one(const char *folder, const char *name, wks_manifest *manifest, wks_err *err)
{
    wks_status rc = WKS_OK;
    char hash[65];
    char *path = wks_file_join(folder, name);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) goto out;
    WKS_TRY(wks_file_sha256(path, hash, err));
    WKS_TRY(wks_manifest_set_table(manifest, name, hash, err));
out:
    free(path);
    return rc;
}

wks_status wks_seal_make(const char *folder, wks_manifest *manifest, wks_err *err)
{
    wks_status rc = WKS_OK;

    manifest->n_tables = 0;
    for (int32_t i = 0; i < WKS_TABLES_N; i++)
        WKS_TRY(seal_one(folder, wks_tables_name[i], manifest, err));
    for (size_t i = 0; i < sizeof also / sizeof *also; i++)
        WKS_TRY(seal_one(folder, also[i], manifest, err));
out:
    return rc;
}

wks_status wks_seal_more(const char *folder, const char *const *name, wks_manifest *manifest, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (; *name != NULL; name++)
        WKS_TRY(seal_one(folder, *name, manifest, err));
out:
    return rc;
}

wks_status wks_seal_files(const char *folder, const char *const *name, wks_manifest *manifest, wks_err *err)
{
    manifest->n_tables = 0;
    return wks_seal_more(folder, name, manifest, err);
}

bool wks_seal_has_all(const char *folder, const wks_manifest *manifest)
{
    bool has_all = true;

    for (size_t i = 0; i < manifest->n_tables && has_all; i++) {
        char *path = wks_file_join(folder, manifest->table[i].name);
        has_all = path != NULL && wks_file_exists(path);
        free(path);
    }
    return has_all;
}

bool wks_seal_holds(const char *folder, const char *name, const char *bytes, size_t n)
{
    char *path = wks_file_join(folder, name), *there = NULL;
    size_t n_there = 0;
    const bool is_same =
        path != NULL && wks_file_read(path, &there, &n_there, NULL) == WKS_OK && n_there == n && memcmp(there, bytes, n) == 0;

    free(there);
    free(path);
    return is_same;
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
        wks_problems_error(problems, path, 0, 0, "is not the file that the run wrote (its SHA-256 differs from manifest.json)");
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
