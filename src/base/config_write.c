#include <math.h>
#include <string.h>

#include "base/config.h"
#include "base/config_token.h"

static void add_indent(wks_text *out, int depth)
{
    for (int i = 0; i < depth; i++)
        wks_text_add(out, "  ");
}

static bool is_aggregate(const wks_config_node *node)
{
    return node->type == WKS_CONFIG_GROUP || node->type == WKS_CONFIG_LIST;
}

static void add_integer(wks_text *out, int64_t value)
{
    wks_text_addf(out, "%lld", (long long)value);
    if (value > INT32_MAX || value < INT32_MIN) wks_text_add_char(out, 'L'); /* libconfig itself would cut it to 32 bits */
}

/* A number that reads back as a real: it needs a point or an exponent. */
static void add_real(wks_text *out, double value)
{
    char buffer[32];
    WKS_BUG_IF(!isfinite(value));
    wks_text_add(out, wks_text_exact(value, buffer));
    if (strpbrk(buffer, ".e") == NULL) wks_text_add(out, ".0");
}

static void add_value(wks_text *out, const wks_config_node *node, int depth);

static void add_member(wks_text *out, const wks_config_node *node, int depth)
{
    add_indent(out, depth);
    wks_text_add(out, node->name);
    wks_text_add(out, " = ");
    add_value(out, node, depth);
    wks_text_add(out, ";\n");
}

static void add_group(wks_text *out, const wks_config_node *group, int depth)
{
    if (group->n_children == 0) {
        wks_text_add(out, "{ }");
        return;
    }
    wks_text_add(out, "{\n");
    for (size_t i = 0; i < group->n_children; i++)
        add_member(out, group->child[i], depth + 1);
    add_indent(out, depth);
    wks_text_add_char(out, '}');
}

static void add_list(wks_text *out, const wks_config_node *list, int depth)
{
    bool on_lines = false;
    for (size_t i = 0; i < list->n_children; i++)
        on_lines = on_lines || is_aggregate(list->child[i]);
    wks_text_add_char(out, list->is_array ? '[' : '(');
    for (size_t i = 0; i < list->n_children; i++) {
        if (i > 0) wks_text_add_char(out, ',');
        if (on_lines) {
            wks_text_add_char(out, '\n');
            add_indent(out, depth + 1);
        } else {
            wks_text_add_char(out, ' ');
        }
        add_value(out, list->child[i], depth + 1);
    }
    if (on_lines) {
        wks_text_add_char(out, '\n');
        add_indent(out, depth);
    } else {
        wks_text_add_char(out, ' ');
    }
    wks_text_add_char(out, list->is_array ? ']' : ')');
}

static void add_value(wks_text *out, const wks_config_node *node, int depth)
{
    switch (node->type) {
    case WKS_CONFIG_GROUP: add_group(out, node, depth); break;
    case WKS_CONFIG_LIST: add_list(out, node, depth); break;
    case WKS_CONFIG_INT: add_integer(out, node->integer); break;
    case WKS_CONFIG_REAL: add_real(out, node->real); break;
    case WKS_CONFIG_BOOL: wks_text_add(out, node->integer != 0 ? "true" : "false"); break;
    case WKS_CONFIG_STRING: wks_config_token_add_string(out, node->string); break;
    }
}

void wks_config_write(const wks_config_node *root, wks_text *out)
{
    for (size_t i = 0; i < root->n_children; i++)
        add_member(out, root->child[i], 0);
}
