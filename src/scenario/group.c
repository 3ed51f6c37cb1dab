#include "scenario/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/keys.h"
#include "scenario/lex.h"
#include "scenario/settings.h"
#include "world/attribute.h"

static const char *const uses[] = {"measure", "rule"};

bool wks_group_is_name(const char *name)
{
    if (!(name[0] >= 'a' && name[0] <= 'z')) return false;
    for (const char *c = name; *c != '\0'; c++) {
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_')) return false;
    }
    return strlen(name) <= 64;
}

static bool is_word(const char *text, const wks_token *token, const char *word)
{
    return (size_t)token->length == strlen(word) && strncmp(text + token->at, word, (size_t)token->length) == 0;
}

static int32_t attribute_of(const char *text, const wks_token *token)
{
    for (int32_t i = 0; i < wks_attribute_count; i++)
        if (is_word(text, token, wks_attribute_table[i].name)) return i;
    return WKS_NONE;
}

bool wks_group_is_private(const char *where)
{
    const int32_t n = (int32_t)strlen(where);
    bool is_institution = false; /* the attribute last read tells through which institution or channel somebody came */
    int32_t n_told = 0;          /* choices of such attributes */

    for (int32_t at = 0; at < n;) {
        const wks_token token = wks_lex_next(where, n, at);
        if (token.kind == WKS_TOKEN_END) break;
        at = token.at + (token.length > 0 ? token.length : 1);
        if (token.kind == WKS_TOKEN_COMMA) n_told += is_institution;
        if (token.kind == WKS_TOKEN_NAME) {
            const int32_t attribute = attribute_of(where, &token);
            if (is_word(where, &token, "care_leaver") || is_word(where, &token, "ex_detainee")) return true;
            if (attribute == WKS_NONE) continue;
            if (wks_attribute_is_private(attribute)) return true;
            is_institution = is_word(where, &token, "referral") || is_word(where, &token, "came_as");
            n_told += is_institution;
        }
        if (n_told > 1) return true;
    }
    return false;
}

bool wks_group_check_list(const wks_config_node *node, const char *what, wks_problems *problems)
{
    bool is_good = true;

    if (node->type != WKS_CONFIG_LIST) {
        wks_problems_error(problems, node->file, node->value_line, node->value_column, "%s is %s; expected a list ( { ... }, { ... } )",
                           what, wks_settings_type_text(node));
        return false;
    }
    for (size_t i = 0; i < node->n_children; i++) {
        const wks_config_node *child = node->child[i];
        if (child->type == WKS_CONFIG_GROUP) continue;
        wks_problems_error(problems, child->file, child->value_line, child->value_column,
                           "an element of %s is %s; expected a group { ... }", what, wks_settings_type_text(child));
        is_good = false;
    }
    return is_good;
}

const char *wks_group_element_name(wks_config_node *element, const char *what, wks_problems *problems)
{
    const wks_config_node *name = wks_config_get(element, "name");
    const char *text = name != NULL && name->type == WKS_CONFIG_STRING ? name->string : "";

    for (size_t i = 0; i < element->n_children; i++) {
        wks_config_node *child = element->child[i];
        if (child->name == NULL || strcmp(child->name, "remove") != 0) continue;
        if (child->type == WKS_CONFIG_BOOL && child->integer == 0) { /* says nothing: not part of the resolved scenario */
            wks_config_remove(element, i);
            break;
        }
        wks_problems_error(problems, child->file, child->line, child->column,
                           "remove of '%s' in %s; expected an element of that name in the base scenario, there is none", text, what);
    }
    return text;
}

static bool has_use(const wks_config_node *use, const char *word)
{
    if (use == NULL) return false;
    if (use->type == WKS_CONFIG_STRING) return strcmp(use->string, word) == 0;
    for (size_t i = 0; i < use->n_children; i++) {
        if (use->child[i]->type == WKS_CONFIG_STRING && strcmp(use->child[i]->string, word) == 0) return true;
    }
    return false;
}

static wks_status add_default_use(wks_config_node *node, wks_err *err)
{
    wks_config_node *list = wks_settings_add(node, "use", WKS_CONFIG_LIST, err), *item;

    if (list == NULL) return WKS_ERR_NOMEM;
    list->is_array = true;
    item = wks_settings_add(list, NULL, WKS_CONFIG_STRING, err);
    return item == NULL ? WKS_ERR_NOMEM : wks_settings_set_text(item, uses[0], err);
}

static void check_use(const wks_config_node *use, wks_problems *problems)
{
    char near[160];

    if (use->type != WKS_CONFIG_LIST) return; /* told already */
    if (use->n_children == 0) {
        wks_problems_error(problems, use->file, use->value_line, use->value_column, "use is empty; expected \"measure\", \"rule\" or both");
    }
    for (size_t i = 0; i < use->n_children; i++) {
        const wks_config_node *item = use->child[i];
        if (item->type != WKS_CONFIG_STRING || strcmp(item->string, uses[0]) == 0 || strcmp(item->string, uses[1]) == 0) continue;
        wks_problems_error(problems, item->file, item->value_line, item->value_column,
                           "use is \"%.80s\"; expected \"measure\" or \"rule\"%s", item->string,
                           wks_problems_nearest(item->string, uses, 2, near));
    }
}

static void check_name(const wks_config_node *node, const char *name, const wks_scenario *scenario, wks_problems *problems)
{
    const wks_config_node *at = wks_config_get(node, "name");

    if (at == NULL || at->type != WKS_CONFIG_STRING) return; /* told already */
    if (!wks_group_is_name(name)) {
        wks_problems_error(problems, at->file, at->value_line, at->value_column,
                           "group name \"%.80s\"; expected small letters, digits and _, beginning with a letter", name);
    }
    for (size_t i = 0; wks_keys_reserved_group[i] != NULL; i++) {
        if (strcmp(name, wks_keys_reserved_group[i]) != 0) continue;
        wks_problems_error(problems, at->file, at->value_line, at->value_column,
                           "group name \"%s\" is reserved for results; expected another name", name);
    }
    for (int32_t i = 0; i < scenario->n_groups; i++) {
        if (scenario->group[i].name == NULL || strcmp(scenario->group[i].name, name) != 0) continue;
        wks_problems_error(problems, at->file, at->value_line, at->value_column, "group '%s' is there twice; expected different names",
                           name);
    }
}

static wks_status read_one(wks_config_node *node, wks_scenario *scenario, wks_group *out, wks_problems *problems, wks_err *err)
{
    static const char *const extra[] = {"remove"};
    wks_settings settings = {0};
    wks_settings_context context = {.problems = problems};
    const char *name = wks_group_element_name(node, "groups", problems);
    wks_status rc = WKS_OK;

    if (wks_config_get(node, "use") == NULL) WKS_TRY(add_default_use(node, err));
    out->rule = has_use(wks_config_get(node, "use"), uses[1]);
    out->measure = has_use(wks_config_get(node, "use"), uses[0]);
    context.knowable_only = out->rule;
    context.origin_allowed = !out->rule;
    check_name(node, name, scenario, problems);
    WKS_TRY(wks_settings_read(&context, node, &wks_keys_group, name[0] != '\0' ? name : wks_keys_group.name, extra, 1, &settings, err));
    check_use(wks_config_get(node, "use"), problems);
    out->name = settings.text[WKS_KEYS_GROUP_NAME];
    out->where = settings.text[WKS_KEYS_GROUP_WHERE];
    out->expr = settings.expr[WKS_KEYS_GROUP_WHERE];
    settings.text[WKS_KEYS_GROUP_NAME] = settings.text[WKS_KEYS_GROUP_WHERE] = NULL; /* the group owns them now */
    settings.expr[WKS_KEYS_GROUP_WHERE] = NULL;
out:
    wks_settings_free(&settings);
    return rc;
}

wks_status wks_group_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!wks_group_check_list(list, "groups", problems) || list->n_children == 0) return WKS_OK;
    if (list->n_children > WKS_SCENARIO_MAX_GROUPS) {
        wks_problems_error(problems, list->file, list->line, list->column, "%zu groups; expected at most %d", list->n_children,
                           (int)WKS_SCENARIO_MAX_GROUPS);
        return WKS_OK;
    }
    scenario->group = wks_mem_array(list->n_children, sizeof *scenario->group);
    if (scenario->group == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for groups");
    for (size_t i = 0; i < list->n_children; i++) {
        rc = read_one(list->child[i], scenario, &scenario->group[i], problems, err);
        scenario->n_groups = (int32_t)i + 1;
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}

void wks_group_free(wks_group *group)
{
    free(group->name);
    free(group->where);
    wks_expr_free(group->expr);
    memset(group, 0, sizeof *group);
}
