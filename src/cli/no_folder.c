#include "cli/no_folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/problems.h"

static bool is_folder_in(const char *folder, const char *name)
{
    char *path = wks_file_join(folder, name);
    const bool is = path != NULL && wks_file_is_folder(path);

    free(path);
    return is;
}

/* "; nearest valid name is 'demo'" of the folders beside a path, or "". */
static void find_nearest(const char *path, char *near)
{
    char *folder = wks_file_folder(path), *name = wks_file_stem(path), **entry = NULL;
    size_t n = 0, n_folders = 0;

    if (folder == NULL || name == NULL || wks_file_list(folder, &entry, &n, NULL) != WKS_OK) goto out;
    for (size_t i = 0; i < n; i++) {
        if (!is_folder_in(folder, entry[i])) continue;
        char *kept = entry[i];
        entry[i] = entry[n_folders];
        entry[n_folders++] = kept;
    }
    if (n_folders > 0) (void)wks_problems_nearest(name, (const char *const *)entry, n_folders, near);
out:
    for (size_t i = 0; i < n; i++)
        free(entry[i]);
    free(entry);
    free(folder);
    free(name);
}

wks_status wks_no_folder_check(const char *path, wks_status status, wks_err *err)
{
    enum { NEAREST_SIZE = 160 };
    char near[NEAREST_SIZE] = "";

    if (wks_file_is_folder(path)) return WKS_OK;
    if (wks_file_exists(path))
        return wks_err_set(err, status,
                           "%s is a file; expected the folder that run, compare, demo, sweep or calibrate wrote, as results/NAME", path);
    find_nearest(path, near);
    return wks_err_set(err, status,
                       "there is no folder %s; expected the one that run, compare, demo, sweep or calibrate wrote, as results/NAME%s", path,
                       near);
}
