#include "cli/verify_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "output/seal.h"
#include "version.h"

/* ---- the program ---- */

void wks_verify_parts_program(const char *path, const wks_manifest *manifest, wks_text *notes)
{
    if (strcmp(manifest->version, WKS_VERSION) != 0 || strcmp(manifest->commit, WKS_COMMIT) != 0)
        wks_text_addf(notes, "%s was made by wijksim %s (%s), this is %s (%s): differences may be due to that\n", path, manifest->version,
                      manifest->commit, WKS_VERSION, WKS_COMMIT);
    if (strcmp(manifest->compiler, WKS_COMPILER " " WKS_BUILD_TYPE) != 0)
        wks_text_addf(notes, "%s was made by a program of compiler %s, this one is of %s %s: differences may be due to that\n", path,
                      manifest->compiler, WKS_COMPILER, WKS_BUILD_TYPE);
}

/* The first line in which two texts of scenario.cfg differ; the line of the city is left out when it was told where that lies now. */
void wks_verify_parts_text(const char *path, const char *there, const char *here, bool any_city, wks_verify_list *list)
{
    for (int64_t line = 1; *there != '\0' || *here != '\0'; line++) {
        const size_t n_there = strcspn(there, "\n"), n_here = strcspn(here, "\n");
        const bool is_city = any_city && strncmp(there, "city ", 5) == 0 && strncmp(here, "city ", 5) == 0;
        if (!is_city && (n_there != n_here || memcmp(there, here, n_there) != 0 || there[n_there] != here[n_here])) {
            wks_text expected = WKS_TEXT_INIT, found = WKS_TEXT_INIT;
            wks_text_add_bytes(&expected, here, n_here);
            wks_text_add_bytes(&found, there, n_there);
            wks_verify_rows_add(list, path, line, NULL, expected.data, found.data, "not as this program writes what it says");
            wks_text_free(&expected);
            wks_text_free(&found);
            return;
        }
        there += n_there + (there[n_there] == '\n');
        here += n_here + (here[n_here] == '\n');
    }
}

void wks_verify_parts_number(const char *path, const char *key, uint64_t manifest, uint64_t settings, const char *what,
                             wks_verify_list *list)
{
    char expected[32], found[32];

    if (manifest == settings) return;
    (void)snprintf(expected, sizeof expected, "%" PRIu64, settings);
    (void)snprintf(found, sizeof found, "%" PRIu64, manifest);
    wks_verify_rows_add(list, path, 0, key, expected, found, what);
}

void wks_verify_parts_word(const char *path, const char *key, const char *manifest, const char *settings, const char *what,
                           wks_verify_list *list)
{
    if (strcmp(manifest, settings) != 0) wks_verify_rows_add(list, path, 0, key, settings, manifest, what);
}

/* A file that was read: the scenario as it was typed, its bases, sets of members, files of the city. It may lie elsewhere by now. */
wks_status wks_verify_parts_file(const char *path, const char *sha256, wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;
    char hash[65];

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        wks_text_addf(notes, "input %s is not there (any more, or seen from this folder) and was not compared\n", path);
        return WKS_OK;
    }
    WKS_TRY(wks_file_sha256(path, hash, err));
    if (strcmp(hash, sha256) != 0)
        wks_verify_rows_add(list, path, 0, "sha256", sha256, hash, "this input is not the file that the run read");
out:
    return rc;
}

wks_status wks_verify_parts_tables(const char *folder, const wks_manifest *manifest, wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;

    if (strcmp(manifest->status, "running") == 0 || strcmp(manifest->status, "failed") == 0) {
        wks_text_addf(notes, "%s has not ended (status %s): the hashes of its tables are made at the end and were not compared\n", folder,
                      manifest->status);
        goto out;
    }
    WKS_TRY(wks_seal_check(folder, manifest, &problems, err));
    for (size_t i = 0; i < problems.n; i++)
        wks_verify_rows_add(list, problems.item[i].file, 0, NULL, NULL, NULL, problems.item[i].text);
out:
    wks_problems_free(&problems);
    return rc;
}

/* ---- a table made again ---- */

/* Bytes of field `i` of a line, and where it begins; false when it has no so many. */
static bool find_field(const char *line, size_t n, size_t i, size_t *out_begin, size_t *out_n)
{
    size_t at = 0;

    for (;; i--) {
        bool is_quoted = false;
        size_t end = at;
        for (; end < n && (is_quoted || line[end] != ','); end++)
            is_quoted = is_quoted != (line[end] == '"');
        *out_begin = at;
        *out_n = end - at;
        if (i == 0) return true;
        if (end >= n) return false;
        at = end + 1;
    }
}

static void add_cut(const char *line, size_t begin, size_t n, wks_text *out)
{
    wks_text_add(out, "");
    wks_text_add_bytes(out, line + begin, n);
}

/* The first field in which two lines of a table differ; the whole lines when they have not as many fields. */
static void tell_line(const char *path, int64_t number, const char *header, const char *expected, size_t n_expected, const char *found,
                      size_t n_found, const char *what, wks_verify_list *list)
{
    wks_text text[3] = {WKS_TEXT_INIT, WKS_TEXT_INIT, WKS_TEXT_INIT};
    size_t a = 0, b = 0, c = 0, n_a = 0, n_b = 0, n_c = 0;
    bool is_told = false;

    for (size_t i = 0; !is_told && find_field(expected, n_expected, i, &a, &n_a) && find_field(found, n_found, i, &b, &n_b) &&
                       find_field(header, strcspn(header, "\n"), i, &c, &n_c);
         i++) {
        if (n_a == n_b && memcmp(expected + a, found + b, n_a) == 0) continue;
        is_told = true;
    }
    if (!is_told) {
        a = b = n_c = 0;
        n_a = n_expected;
        n_b = n_found;
    }
    add_cut(header, c, n_c, &text[0]);
    add_cut(expected, a, n_a, &text[1]);
    add_cut(found, b, n_b, &text[2]);
    wks_verify_rows_add(list, path, number, text[0].data, text[1].data, text[2].data, what);
    for (int i = 0; i < 3; i++)
        wks_text_free(&text[i]);
}

wks_status wks_verify_parts_table(const char *path, const char *again, const char *what, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *expected = NULL, *found = NULL;
    size_t n_expected = 0, n_found = 0;

    if (!wks_file_exists(path)) {
        wks_verify_rows_add(list, path, 0, NULL, NULL, NULL, "no such file");
        return WKS_OK;
    }
    WKS_TRY(wks_file_read(again, &expected, &n_expected, err));
    WKS_TRY(wks_file_read(path, &found, &n_found, err));
    const char *a = expected, *b = found;
    for (int64_t line = 1; *a != '\0' || *b != '\0'; line++) {
        const size_t n_a = strcspn(a, "\n"), n_b = strcspn(b, "\n");
        if (n_a != n_b || memcmp(a, b, n_a) != 0 || a[n_a] != b[n_b]) {
            tell_line(path, line, expected, a, n_a, b, n_b, what, list);
            goto out;
        }
        a += n_a + (a[n_a] == '\n');
        b += n_b + (b[n_b] == '\n');
    }
out:
    free(expected);
    free(found);
    return rc;
}
