#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/mem.h"

/* The `name` of a list element that is a group with such a string; NULL otherwise. */
static const char *element_name(const wks_config_node *element)
{
    if (element->type != WKS_CONFIG_GROUP) return NULL;
    const wks_config_node *name = wks_config_get(element, "name");
    return name != NULL && name->type == WKS_CONFIG_STRING ? name->string : NULL;
}

static bool is_named_list(const wks_config_node *list)
{
    for (size_t i = 0; i < list->n_children; i++) {
        if (element_name(list->child[i]) == NULL) return false;
    }
    return list->type == WKS_CONFIG_LIST && list->n_children > 0;
}

static size_t find_element(const wks_config_node *list, const char *name)
{
    size_t i = 0;
    while (i < list->n_children && (element_name(list->child[i]) == NULL || strcmp(element_name(list->child[i]), name) != 0))
        i++;
    return i;
}

static wks_status no_memory(wks_err *err)
{
    return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the configuration");
}

static wks_status append_copy(wks_config_node *parent, const wks_config_node *child, wks_err *err)
{
    wks_config_node *copy = wks_config_copy(child);
    return copy == NULL ? no_memory(err) : wks_config_add_take(parent, copy, err);
}

static wks_status replace_with_copy(wks_config_node *parent, size_t i, const wks_config_node *with, wks_err *err)
{
    wks_config_node *copy = wks_config_copy(with);
    if (copy == NULL) return no_memory(err);
    wks_config_free(parent->child[i]);
    parent->child[i] = copy;
    return WKS_OK;
}

/* Takes the member `remove` out of a copied element; it is an instruction, no setting. */
static void drop_remove(wks_config_node *element)
{
    for (size_t i = 0; i < element->n_children; i++) {
        if (element->child[i]->name != NULL && strcmp(element->child[i]->name, "remove") == 0) {
            wks_config_remove(element, i);
            return;
        }
    }
}

static void report_unknown_removal(const wks_config_node *list, const wks_config_node *element, wks_problems *problems)
{
    const char *name = element_name(element);
    char buffer[160] = "";
    const char **names = wks_mem_array(list->n_children, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < list->n_children && names != NULL; i++) {
        if (element_name(list->child[i]) != NULL) names[n++] = element_name(list->child[i]);
    }
    if (names != NULL) (void)wks_problems_nearest(name, names, n, buffer);
    wks_problems_error(problems, element->file, element->line, element->column,
                       "remove: no element is called '%s'; expected one that is there%s", name, buffer);
    free(names);
}

/* True if the element asks to be removed; a `remove` of another type is a problem. */
static bool wants_removal(const wks_config_node *element, wks_problems *problems)
{
    const wks_config_node *remove = wks_config_get(element, "remove");
    if (remove == NULL) return false;
    if (remove->type == WKS_CONFIG_BOOL) return remove->integer != 0;
    wks_problems_error(problems, remove->file, remove->value_line, remove->value_column, "'remove' is no switch; expected true or false");
    return false;
}

static wks_status merge_element(wks_config_node *base, const wks_config_node *element, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t at = find_element(base, element_name(element));
    if (wants_removal(element, problems)) {
        if (at < base->n_children) {
            wks_config_remove(base, at);
        } else {
            report_unknown_removal(base, element, problems);
        }
        return WKS_OK;
    }
    if (at < base->n_children) {
        rc = wks_config_merge(base->child[at], element, problems, err);
    } else {
        rc = append_copy(base, element, err);
    }
    if (rc == WKS_OK) drop_remove(base->child[at]); /* appended: the new last one has number `at` */
    return rc;
}

static wks_status merge_list(wks_config_node *base, const wks_config_node *over, wks_problems *problems, wks_err *err)
{
    for (size_t i = 0; i < over->n_children; i++) {
        const char *name = element_name(over->child[i]);
        if (find_element(over, name) < i) {
            wks_problems_error(problems, over->child[i]->file, over->child[i]->line, over->child[i]->column,
                               "two elements of this list are called '%s'; expected different names", name);
            continue;
        }
        wks_status rc = merge_element(base, over->child[i], problems, err);
        if (rc != WKS_OK) return rc;
    }
    return WKS_OK;
}

static bool merges_by_name(const wks_config_node *base, const wks_config_node *over)
{
    bool base_fits = base->type == WKS_CONFIG_LIST && (base->n_children == 0 || is_named_list(base));
    return base_fits && is_named_list(over);
}

wks_status wks_config_merge(wks_config_node *base, const wks_config_node *over, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_BUG_IF(base->type != WKS_CONFIG_GROUP || over->type != WKS_CONFIG_GROUP);
    for (size_t k = 0; k < over->n_children; k++) {
        const wks_config_node *setting = over->child[k];
        size_t i = 0;
        while (i < base->n_children && strcmp(base->child[i]->name, setting->name) != 0)
            i++;
        if (i == base->n_children) {
            bool is_list = is_named_list(setting);
            wks_config_node *empty =
                is_list ? wks_config_new(setting->name, WKS_CONFIG_LIST, setting->file, setting->line, setting->column) : NULL;
            if (!is_list) {
                WKS_TRY(append_copy(base, setting, err));
                continue;
            }
            if (empty != NULL) {
                empty->value_line = setting->value_line;
                empty->value_column = setting->value_column;
            }
            WKS_TRY(wks_config_add_take(base, empty, err));
        }
        wks_config_node *old = base->child[i];
        if (old->type == WKS_CONFIG_GROUP && setting->type == WKS_CONFIG_GROUP) {
            WKS_TRY(wks_config_merge(old, setting, problems, err));
        } else if (merges_by_name(old, setting)) {
            WKS_TRY(merge_list(old, setting, problems, err));
        } else {
            WKS_TRY(replace_with_copy(base, i, setting, err));
        }
    }
out:
    return rc;
}
