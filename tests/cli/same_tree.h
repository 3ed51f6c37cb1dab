/* Two folders of results with the same bytes, and what the manifest says of replications that went on in the middle. */
#ifndef WKS_TESTS_CLI_SAME_TREE_H
#define WKS_TESTS_CLI_SAME_TREE_H

#include "cli/program.h"

/* Has the time in it, or was made at another time. */
static inline bool is_exempt(const char *name)
{
    return strcmp(name, "manifest.json") == 0 || strcmp(name, "report.html") == 0 || strcmp(name, "map.gpkg") == 0;
}

/* The same files with the same bytes, folder by folder. */
static inline void assert_same_tree(const char *a, const char *b)
{
    char **first = NULL, **second = NULL;
    size_t n = 0, n_second = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(a, &first, &n, &err), &err);
    assert_ok(wks_file_list(b, &second, &n_second, &err), &err);
    for (size_t i = 0; i < n && i < n_second; i++) {
        if (strcmp(first[i], second[i]) != 0) fail_msg("%s has %s, %s has %s", a, first[i], b, second[i]);
    }
    if (n != n_second) fail_msg("%s has %zu files, %s has %zu", a, n, b, n_second);
    for (size_t i = 0; i < n; i++) {
        char *inside = wks_folder_path(a, first[i]), *other = wks_folder_path(b, first[i]);
        if (wks_file_is_folder(inside)) {
            assert_same_tree(inside, other);
        } else if (!is_exempt(first[i])) {
            program_assert_same(a, b, first[i]);
        }
        free(inside);
        free(other);
        free(first[i]);
        free(second[i]);
    }
    free(first);
    free(second);
}

/* Replications that the manifest says went on in the middle. */
static inline int n_resumed(const char *folder)
{
    wks_json *root = program_manifest(folder);
    const wks_json *list = wks_json_get(root, "replications");
    int n = 0;
    for (size_t i = 0; i < wks_json_size(list); i++)
        n += wks_json_get(wks_json_at(list, i), "resumed_from") != NULL;
    wks_json_free(root);
    return n;
}

#endif
