#define _XOPEN_SOURCE 700 /* nftw */

#include "support/folder.h"

#include <ftw.h>
#include <unistd.h>

#include "base/file.h"
#include "support/check.h"

char *wks_folder_make(void)
{
    const char *root = getenv("TMPDIR");
    char *path = wks_file_join(root == NULL || root[0] == '\0' ? "/tmp" : root, "wijksim-test-XXXXXX");
    assert_non_null(path);
    if (mkdtemp(path) == NULL) fail_msg("cannot make a temporary folder %s", path);
    return path;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void wks_folder_remove(char *path)
{
    if (path == NULL) return;
    (void)nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(path);
}

char *wks_folder_path(const char *folder, const char *name)
{
    char *path = wks_file_join(folder, name);
    assert_non_null(path);
    return path;
}

char *wks_folder_put(const char *folder, const char *name, const char *text)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(folder, name);
    char *parent = wks_file_folder(path);
    assert_non_null(parent);
    assert_ok(wks_file_make_folder(parent, &err), &err);
    assert_ok(wks_file_write(path, text, strlen(text), &err), &err);
    free(parent);
    return path;
}

char *wks_folder_get(const char *path)
{
    wks_err err = WKS_ERR_INIT;
    char *bytes = NULL;
    size_t n = 0;
    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    return bytes;
}
