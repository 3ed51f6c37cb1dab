#include "output/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

char *wks_parts_path(const char *parts, wks_tables_kind kind, int32_t replication)
{
    char name[64];
    snprintf(name, sizeof name, "%06d.%s", replication, wks_tables_name[kind]);
    return wks_file_join(parts, name);
}

bool wks_parts_has(const char *parts, unsigned kinds, int32_t replication)
{
    bool all = true;
    for (int i = 0; i < WKS_TABLES_N && all; i++) {
        if ((kinds & 1u << i) == 0) continue;
        char *path = wks_parts_path(parts, (wks_tables_kind)i, replication);
        all = path != NULL && wks_file_exists(path);
        free(path);
    }
    return all;
}

wks_status wks_parts_begin(const char *parts, unsigned kinds, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_file_make_folder(parts, err));
    for (int i = 0; i < WKS_TABLES_N; i++) {
        if ((kinds & 1u << i) == 0) continue;
        char *path = wks_parts_path(parts, (wks_tables_kind)i, 0);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_write(path, wks_tables_header[i], strlen(wks_tables_header[i]), err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}

static bool is_complete(const wks_manifest_replication *entry)
{
    return strcmp(entry->status, "complete") == 0;
}

static wks_status append(wks_file_writer *writer, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *bytes = NULL;
    size_t n = 0;

    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    WKS_TRY(wks_file_writer_put(writer, bytes, n, err));
out:
    free(bytes);
    return rc;
}

wks_status wks_parts_join(const char *parts, wks_tables_kind kind, const wks_manifest *manifest, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = {0};
    const char *header = wks_tables_header[kind];

    WKS_TRY(wks_file_writer_open(path, &writer, err));
    WKS_TRY(wks_file_writer_put(&writer, header, strlen(header), err));
    for (size_t i = 0; i < manifest->n_replications; i++) {
        const wks_manifest_replication *entry = &manifest->replication[i];
        if (!is_complete(entry)) continue;
        char *part = wks_parts_path(parts, kind, entry->number);
        if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = append(&writer, part, err);
        free(part);
        if (rc != WKS_OK) goto out;
    }
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    return rc;
}

static const char *line_after(const char *at)
{
    const char *end = strchr(at, '\n');
    return end == NULL ? at + strlen(at) : end + 1;
}

/* Rows of a replication stand together, replications in order of number; `*at` is behind the rows of the last one found. */
static wks_status split_one(const char *parts, wks_tables_kind kind, const wks_manifest *manifest, int32_t replication, const char **at,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_tables_prefix prefix;
    char *path = wks_parts_path(parts, kind, replication);
    const char *begin = *at;

    wks_tables_prefix_make(&prefix, manifest->scenario, replication);
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (wks_file_exists(path)) goto out;
    while (*begin != '\0' && strncmp(begin, prefix.text, prefix.length) != 0)
        begin = line_after(begin);
    const char *end = begin;
    while (*end != '\0' && strncmp(end, prefix.text, prefix.length) == 0)
        end = line_after(end);
    if (end > begin) *at = end;
    /* Months without a letting or a queue row are possible; a replication without city rows is not. */
    if (end > begin || kind != WKS_TABLES_CITY) {
        WKS_TRY(wks_file_write(path, begin, (size_t)(end - begin), err));
    }
out:
    free(path);
    return rc;
}

wks_status wks_parts_split(const char *parts, wks_tables_kind kind, const wks_manifest *manifest, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_header = strlen(wks_tables_header[kind]);
    const char *at = NULL;
    char *bytes = NULL;
    size_t n = 0;

    if (!wks_file_exists(path)) goto out;
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    if (strncmp(bytes, wks_tables_header[kind], n_header) != 0) goto out;
    at = bytes + n_header;
    for (size_t i = 0; i < manifest->n_replications; i++) {
        if (!is_complete(&manifest->replication[i])) continue;
        WKS_TRY(split_one(parts, kind, manifest, manifest->replication[i].number, &at, err));
    }
out:
    free(bytes);
    return rc;
}

wks_status wks_parts_remove(const char *parts, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **names = NULL;
    size_t n = 0;

    if (!wks_file_is_folder(parts)) return WKS_OK;
    WKS_TRY(wks_file_list(parts, &names, &n, err));
    for (size_t i = 0; i < n; i++) {
        char *path = wks_file_join(parts, names[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_remove(path, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
    (void)rmdir(parts);
out:
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return rc;
}
