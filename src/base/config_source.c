#include "base/config_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

/* What a workbook, a program or a document saved as "Unicode" has at its start and no text in UTF-8 has. */
static const char *why_no_text(const char *bytes, size_t n)
{
    const unsigned char first = n > 1 ? (unsigned char)bytes[0] : 0, second = n > 1 ? (unsigned char)bytes[1] : 0;

    if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF))
        return "is text in UTF-16; expected UTF-8: save it again with that encoding";
    if (memchr(bytes, '\0', n) != NULL) return "is a binary file; expected plain text in UTF-8: settings as name = value;";
    return NULL;
}

/* The file of that name in a folder beside or below: 00_reference.cfg stands in scenarios. NULL: in none, or in more than one. */
static char *find_below(const char *folder, const char *name, char *const *entry, size_t n)
{
    char *found = NULL;
    size_t n_found = 0;

    for (size_t i = 0; i < n && n_found < 2; i++) {
        char *below = strcmp(folder, ".") == 0 ? wks_mem_string(entry[i]) : wks_file_join(folder, entry[i]);
        char *path = below == NULL || !wks_file_is_folder(below) ? NULL : wks_file_join(below, name);
        free(below);
        if (path == NULL || !wks_file_exists(path) || wks_file_is_folder(path)) {
            free(path);
            continue;
        }
        free(found);
        found = path;
        n_found++;
    }
    if (n_found == 1) return found;
    free(found);
    return NULL;
}

/* Names the folder that is not there either, else the file that was probably meant. */
static void tell_missing(const char *path, wks_problems *problems)
{
    enum { NEAREST_SIZE = 160 };
    char *folder = wks_file_folder(path), **entry = NULL, *below = NULL, near[NEAREST_SIZE] = "";
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    size_t n = 0;

    if (folder != NULL && !wks_file_is_folder(folder)) {
        wks_problems_error(problems, path, 0, 0, "there is no folder '%s'; expected the path of a file with settings", folder);
    } else {
        if (folder != NULL) (void)wks_file_list(folder, &entry, &n, NULL);
        if (n > 0) below = find_below(folder, name, entry, n);
        if (n > 0 && below == NULL) (void)wks_problems_nearest(name, (const char *const *)entry, n, near);
        if (below != NULL) {
            wks_problems_error(problems, path, 0, 0, "there is no such file; expected a file with settings; there is one at '%s'", below);
        } else {
            wks_problems_error(problems, path, 0, 0, "there is no such file; expected a file with settings%s", near);
        }
    }
    for (size_t i = 0; i < n; i++)
        free(entry[i]);
    free(entry);
    free(below);
    free(folder);
}

wks_status wks_config_source_read(const char *path, char **out_bytes, size_t *out_n, wks_problems *problems, wks_err *err)
{
    wks_err reading = WKS_ERR_INIT;
    wks_status rc = wks_file_read(path, out_bytes, out_n, &reading);
    const char *reason = rc == WKS_OK ? why_no_text(*out_bytes, *out_n) : NULL;

    if (rc == WKS_OK && reason == NULL) return WKS_OK;
    if (rc != WKS_OK && rc != WKS_ERR_IO) return wks_err_set(err, rc, "%s", reading.message);
    if (reason != NULL) {
        wks_problems_error(problems, path, 0, 0, "%s", reason);
    } else if (wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "%s; expected a file with settings", reading.message);
    } else {
        tell_missing(path, problems);
    }
    free(*out_bytes);
    *out_bytes = NULL;
    *out_n = 0;
    return reason != NULL ? wks_err_set(err, WKS_ERR_DATA, "%s %s", path, reason) : wks_err_set(err, WKS_ERR_DATA, "%s", reading.message);
}
