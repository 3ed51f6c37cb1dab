/* Results folders damaged a bit at a time, and what wijksim verify says of it. */
#ifndef WKS_TESTS_CLI_VERIFY_H
#define WKS_TESTS_CLI_VERIFY_H

#include "cli/program.h"

#define TINY "-t", "40", "-q", "--set", f->small

/* Flips the lowest bit of the byte that lies `after` bytes behind the n-th place (from 0) where `what` stands. Once more: it is as it was. */
static inline void flip(const fixture *f, const char *file, const char *what, int n, size_t after)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(f->folder, file), *bytes = NULL;
    size_t size = 0;

    assert_ok(wks_file_read(path, &bytes, &size, &err), &err);
    char *at = strstr(bytes, what);
    for (int i = 0; i < n && at != NULL; i++)
        at = strstr(at + 1, what);
    if (at == NULL) fail_msg("%s has no '%s'", file, what);
    at += strlen(what) + after;
    if (strstr(what, "hash") != NULL) at += strcspn(at, "0123456789"); /* another digit, so that it stays a hash */
    *at = (char)(*at ^ 1);
    assert_ok(wks_file_write(path, bytes, size, &err), &err);
    free(bytes);
    free(path);
}

#define finds(folder, says, ...)                                                              \
    do {                                                                                      \
        wks_run found = program_run((folder), 7, "verify", __VA_ARGS__);                      \
        if (strstr(found.out, (says)) == NULL) fail_msg("no '%s' in\n%s", (says), found.out); \
        assert_null(strstr(found.out, "identical"));                                          \
        wks_run_free(&found);                                                                 \
    } while (0)

#define is_identical(folder, ...)                                       \
    do {                                                                \
        wks_run same = program_run((folder), 0, "verify", __VA_ARGS__); \
        assert_contains(same.out, "identical: ");                       \
        assert_string_equal(same.err, "");                              \
        wks_run_free(&same);                                            \
    } while (0)

/* A bit of a file flipped: verify of `out` (the rest of the line: options) tells of it. */
typedef struct verify_bit {
    const char *file, *what;
    int n;
    size_t after;
    const char *says;
} verify_bit;

/* Flips each bit by itself, and back. */
static inline void finds_each(const fixture *f, const char *out, const verify_bit *bit, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        flip(f, bit[i].file, bit[i].what, bit[i].n, bit[i].after);
        finds(f->folder, bit[i].says, out, NULL);
        flip(f, bit[i].file, bit[i].what, bit[i].n, bit[i].after);
    }
    is_identical(f->folder, out, NULL); /* every bit is back */
}
#define finds_all(f, out, bits) finds_each((f), (out), (bits), sizeof(bits) / sizeof *(bits))

#endif
