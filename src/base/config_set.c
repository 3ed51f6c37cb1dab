#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/mem.h"

static wks_status no_memory(wks_err *err)
{
    return wks_err_set(err, WKS_ERR_NOMEM, "no memory for --set");
}

/* ---- the value ---- */

static void mark_origin(wks_config_node *node)
{
    node->line = node->column = node->value_line = node->value_column = 0;
    for (size_t i = 0; i < node->n_children; i++)
        mark_origin(node->child[i]);
}

/* Groups, lists and quoted strings are meant as libconfig text: if they are wrong, that is a mistake and no string. */
static bool is_meant_as_text(const char *value)
{
    while (*value == ' ' || *value == '\t')
        value++;
    return *value != '\0' && strchr("([{\"", *value) != NULL;
}

/* `value` as a node without a name: a literal if libconfig takes it as one, else a string. NULL and WKS_OK after a problem. */
static wks_status read_value(const char *origin, const char *path, const char *value, wks_config_node **out, wks_problems *problems,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems wrong = WKS_PROBLEMS_INIT;
    wks_err parsing = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;
    wks_config_node *root = NULL;
    wks_config_node *node = NULL;

    *out = NULL;
    wks_text_addf(&text, "value = %s\n;", value); /* a new line, so that a comment cannot hide the end */
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for --set");
    rc = wks_config_parse(origin, text.data, text.length, &root, &wrong, &parsing);
    if (rc == WKS_ERR_NOMEM) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for --set");
    rc = WKS_OK;
    if (wrong.n_errors == 0 && root != NULL && root->n_children == 1) { /* 0,2 is no number: its reader tells */
        node = root->child[0];
        root->n_children = 0;
        free(node->name);
        node->name = NULL;
        mark_origin(node);
    } else if (is_meant_as_text(value)) {
        wks_problems_error(problems, origin, 0, 0, "%s: the value %s cannot be read: %s", path, value,
                           wrong.n > 0 ? wrong.item[0].text : "expected one value");
    } else {
        node = wks_config_new(NULL, WKS_CONFIG_STRING, origin, 0, 0);
        if (node != NULL) node->string = wks_mem_string(value);
        if (node == NULL || node->string == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for --set");
    }
    *out = node;
    node = NULL;
out:
    wks_config_free(node);
    wks_config_free(root);
    wks_text_free(&text);
    wks_problems_free(&wrong);
    return rc;
}

/* ---- the path ---- */

static const char *type_text(const wks_config_node *node)
{
    switch (node->type) {
    case WKS_CONFIG_GROUP: return "a group";
    case WKS_CONFIG_LIST: return "a list";
    case WKS_CONFIG_INT:
    case WKS_CONFIG_REAL: return "a number";
    case WKS_CONFIG_BOOL: return "true or false";
    case WKS_CONFIG_STRING: return "text";
    }
    return "a value";
}

static const char *name_of_element(const wks_config_node *element)
{
    if (element->type != WKS_CONFIG_GROUP) return NULL;
    const wks_config_node *name = wks_config_get(element, "name");
    return name != NULL && name->type == WKS_CONFIG_STRING ? name->string : NULL;
}

/* Number of the element that `part` means, n_children for a new one at the end; -1 after a problem. */
static int64_t list_index(const char *origin, const char *path, const wks_config_node *list, const char *part, wks_problems *problems)
{
    for (size_t i = 0; i < list->n_children; i++) {
        const char *name = name_of_element(list->child[i]);
        if (name != NULL && strcmp(name, part) == 0) return (int64_t)i;
    }
    int64_t index = 0;
    if (wks_text_parse_int64(part, &index)) {
        if (index >= 0 && index <= (int64_t)list->n_children) return index;
        wks_problems_error(problems, origin, 0, 0, "%s: the list has %zu elements; expected an index from 0 to %zu (%zu adds one)", path,
                           list->n_children, list->n_children, list->n_children);
        return -1;
    }
    char buffer[160] = "";
    const char **names = wks_mem_array(list->n_children, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < list->n_children && names != NULL; i++) {
        const char *name = name_of_element(list->child[i]);
        if (name != NULL) names[n++] = name;
    }
    if (names != NULL) (void)wks_problems_nearest(part, names, n, buffer);
    wks_problems_error(problems, origin, 0, 0, "%s: no element of the list is called '%s'; expected the name or the index of one%s", path,
                       part, buffer);
    free(names);
    return -1;
}

/* Where `part` leads from `node`: the number of the child (n_children: not there yet), -1 after a problem. */
static int64_t child_index(const char *origin, const char *path, const wks_config_node *node, const char *part, wks_problems *problems)
{
    if (node->type == WKS_CONFIG_LIST) return list_index(origin, path, node, part, problems);
    if (node->type != WKS_CONFIG_GROUP) {
        wks_problems_error(problems, origin, 0, 0, "%s: what lies above '%s' is %s; expected a group or a list", path, part,
                           type_text(node));
        return -1;
    }
    size_t i = 0;
    while (i < node->n_children && strcmp(node->child[i]->name, part) != 0)
        i++;
    return (int64_t)i;
}

/* Puts `value` (taken) at child i of node, or appends it. */
static wks_status put_take(wks_config_node *node, size_t i, const char *name, wks_config_node *value, wks_err *err)
{
    if (node->type == WKS_CONFIG_GROUP) {
        value->name = wks_mem_string(name);
        if (value->name == NULL) {
            wks_config_free(value);
            return no_memory(err);
        }
    }
    if (i == node->n_children) return wks_config_add_take(node, value, err);
    wks_config_free(node->child[i]);
    node->child[i] = value;
    return WKS_OK;
}

static bool is_removal(const char *name, const wks_config_node *value)
{
    return strcmp(name, "remove") == 0 && value->type == WKS_CONFIG_BOOL && value->integer != 0;
}

/* Follows `path` (cut into parts in place) and puts the value there; groups that are missing are made. Takes the value. */
static wks_status put_at_take(wks_config_node *root, const char *origin, const char *path, char *parts, wks_config_node *value,
                              wks_problems *problems, wks_err *err)
{
    wks_config_node *node = root;
    wks_config_node *list = NULL; /* holds `node` as its element number `element` */
    size_t element = 0;
    for (char *part = parts;;) {
        char *dot = strchr(part, '.');
        if (dot != NULL) *dot = '\0';
        int64_t i = child_index(origin, path, node, part, problems);
        if (i < 0) break;
        if (dot == NULL && list != NULL && is_removal(part, value)) {
            wks_config_remove(list, element);
            break;
        }
        if (dot == NULL) return put_take(node, (size_t)i, part, value, err);
        bool is_there = (size_t)i < node->n_children;
        list = is_there && node->type == WKS_CONFIG_LIST ? node : NULL;
        element = (size_t)i;
        if (!is_there) {
            bool in_group = node->type == WKS_CONFIG_GROUP;
            wks_config_node *group = wks_config_new(in_group ? part : NULL, WKS_CONFIG_GROUP, origin, 0, 0);
            if (group == NULL || wks_config_add_take(node, group, err) != WKS_OK) {
                wks_config_free(value);
                return no_memory(err);
            }
        }
        node = node->child[i];
        part = dot + 1;
    }
    wks_config_free(value);
    return WKS_OK;
}

static bool is_path(const char *path)
{
    size_t n = strlen(path);
    return n > 0 && path[0] != '.' && path[n - 1] != '.' && strstr(path, "..") == NULL;
}

wks_status wks_config_set(wks_config_node *root, const char *origin, const char *assignment, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t errors_before = problems->n_errors;
    wks_config_node *value = NULL;
    char *parts = NULL;
    char *path = wks_mem_string(assignment);

    if (path == NULL) return no_memory(err);
    char *equals = strchr(path, '=');
    if (equals != NULL) *equals = '\0';
    char *trimmed = wks_text_trim(path);
    if (equals == NULL || !is_path(trimmed)) {
        wks_problems_error(problems, origin, 0, 0,
                           "'%s' sets nothing; expected path=value, as rules.regio.spreiding.cap_share.max_share=0.12", assignment);
    } else {
        WKS_TRY(read_value(origin, trimmed, equals + 1, &value, problems, err));
    }
    if (value != NULL) {
        parts = wks_mem_string(trimmed);
        if (parts == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for --set");
        rc = put_at_take(root, origin, trimmed, parts, value, problems, err);
        value = NULL;
    }
    if (rc == WKS_OK && problems->n_errors > errors_before) WKS_FAIL(err, WKS_ERR_DATA, "%s cannot be applied", origin);
out:
    wks_config_free(value);
    free(parts);
    free(path);
    return rc;
}
