/* Any bytes as a configuration: no crash, errors always have a place, and what is accepted is written and read back to the same text.
 * Texts with @include are left out: they would open files by chance. */
#include <stdlib.h>
#include <string.h>

#include "base/config.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void check_places(const wks_config_node *node)
{
    if (node->line < 1 || node->column < 1 || node->value_line < node->line) abort();
    for (size_t i = 0; i < node->n_children; i++)
        check_places(node->child[i]);
}

static void read_back(const wks_config_node *root)
{
    wks_text first = WKS_TEXT_INIT;
    wks_text second = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_config_node *again = NULL;
    wks_text_add(&first, "");
    wks_text_add(&second, "");
    wks_config_write(root, &first);
    if (wks_config_parse("again", first.data, first.length, &again, &problems, NULL) != WKS_OK) abort();
    wks_config_write(again, &second);
    if (strcmp(first.data, second.data) != 0) abort();
    /* Laid upon a copy of itself it stays as it is, as far as names in lists are single. */
    if (wks_config_merge(again, root, &problems, NULL) != WKS_OK) abort();
    wks_config_free(again);
    wks_problems_free(&problems);
    wks_text_free(&first);
    wks_text_free(&second);
}

static void set_value(wks_config_node *root, const char *text, size_t n)
{
    wks_text assignment = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_text_add(&assignment, "");
    wks_text_add_bytes(&assignment, text, n);
    (void)wks_config_set(root, "--set", assignment.data, &problems, NULL);
    wks_problems_free(&problems);
    wks_text_free(&assignment);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    const char *text = (const char *)data;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '@') return 0;
    }
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_config_node *root = NULL;
    wks_status rc = wks_config_parse("fuzz", text, n, &root, &problems, NULL);
    if ((rc == WKS_OK) != (problems.n_errors == 0) || (rc == WKS_OK && root == NULL)) abort(); /* mended: an error and a tree */
    for (size_t i = 0; i < problems.n; i++) {
        if (problems.item[i].line < 1 || problems.item[i].column < 1) abort();
    }
    if (root != NULL) {
        check_places(root);
        read_back(root);
        set_value(root, text, n < 60 ? n : 60);
    }
    wks_config_free(root);
    wks_problems_free(&problems);
    return 0;
}
