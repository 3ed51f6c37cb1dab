#include "scenario/section.h"

wks_status wks_section_text(wks_config_node *parent, const char *name, const char *text, wks_err *err)
{
    wks_config_node *node = wks_config_get(parent, name);

    if (node != NULL && (node->type != WKS_CONFIG_STRING || node->string[0] != '\0')) return WKS_OK;
    if (node == NULL) node = wks_settings_add(parent, name, WKS_CONFIG_STRING, err);
    return node == NULL ? WKS_ERR_NOMEM : wks_settings_set_text(node, text, err);
}

wks_status wks_section_find(wks_config_node *parent, const char *name, wks_config_type type, wks_problems *problems, wks_config_node **out,
                            wks_err *err)
{
    wks_config_node *node = wks_config_get(parent, name);

    *out = NULL;
    if (node == NULL) {
        *out = wks_settings_add(parent, name, type, err);
        return *out == NULL ? WKS_ERR_NOMEM : WKS_OK;
    }
    if (node->type == type) {
        *out = node;
    } else {
        wks_problems_error(problems, node->file, node->value_line, node->value_column, "%s is %s; expected %s", name,
                           wks_settings_type_text(node), type == WKS_CONFIG_GROUP ? "a group { ... }" : "a list ( ... )");
    }
    return WKS_OK;
}

wks_status wks_section_list(wks_config_node *parent, const char *name, const char *const *texts, size_t n, wks_err *err)
{
    wks_config_node *list;

    if (wks_config_get(parent, name) != NULL) return WKS_OK;
    list = wks_settings_add(parent, name, WKS_CONFIG_LIST, err);
    if (list == NULL) return WKS_ERR_NOMEM;
    list->is_array = true;
    for (size_t i = 0; i < n; i++) {
        wks_config_node *item = wks_settings_add(list, NULL, WKS_CONFIG_STRING, err);
        if (item == NULL || wks_settings_set_text(item, texts[i], err) != WKS_OK) return WKS_ERR_NOMEM;
    }
    return WKS_OK;
}
