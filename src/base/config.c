#include "base/config.h"

#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_grammar.h"
#include "base/config_scan.h"
#include "base/config_source.h"
#include "base/config_token.h"
#include "base/mem.h"

/* ---- the tree ---- */

void wks_config_free(wks_config_node *node)
{
    if (node == NULL) return;
    for (size_t i = 0; i < node->n_children; i++)
        wks_config_free(node->child[i]);
    free(node->child);
    free(node->name);
    free(node->string);
    free(node->file);
    free(node);
}

wks_config_node *wks_config_new(const char *name, wks_config_type type, const char *file, int line, int column)
{
    wks_config_node *node = wks_mem_array(1, sizeof *node);
    if (node == NULL) return NULL;
    node->type = type;
    node->line = node->value_line = line;
    node->column = node->value_column = column;
    node->file = wks_mem_string(file == NULL ? "" : file);
    if (name != NULL) node->name = wks_mem_string(name);
    if (node->file == NULL || (name != NULL && node->name == NULL)) {
        wks_config_free(node);
        return NULL;
    }
    return node;
}

static bool reserve_children(wks_config_node *parent, size_t n)
{
    if (n <= parent->capacity) return true;
    size_t capacity = wks_mem_capacity(parent->capacity, n);
    wks_config_node **child = wks_mem_resize(parent->child, parent->n_children, capacity, sizeof(wks_config_node *));
    if (child == NULL) return false;
    parent->child = child;
    parent->capacity = capacity;
    return true;
}

wks_config_node *wks_config_copy(const wks_config_node *node)
{
    wks_config_node *copy = wks_config_new(node->name, node->type, node->file, node->line, node->column);
    if (copy == NULL) return NULL;
    copy->is_array = node->is_array;
    copy->integer = node->integer;
    copy->real = node->real;
    copy->value_line = node->value_line;
    copy->value_column = node->value_column;
    copy->used = node->used;
    bool right = reserve_children(copy, node->n_children);
    if (node->string != NULL) {
        copy->string = wks_mem_string(node->string);
        right = right && copy->string != NULL;
    }
    for (size_t i = 0; i < node->n_children && right; i++) {
        wks_config_node *child = wks_config_copy(node->child[i]);
        right = child != NULL;
        if (right) copy->child[copy->n_children++] = child;
    }
    if (right) return copy;
    wks_config_free(copy);
    return NULL;
}

wks_config_node *wks_config_get(const wks_config_node *group, const char *name)
{
    for (size_t i = 0; i < group->n_children; i++) {
        wks_config_node *child = group->child[i];
        if (child->name != NULL && strcmp(child->name, name) == 0) return child;
    }
    return NULL;
}

wks_status wks_config_add_take(wks_config_node *parent, wks_config_node *child, wks_err *err)
{
    if (child == NULL || !reserve_children(parent, parent->n_children + 1)) {
        wks_config_free(child);
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the configuration");
    }
    parent->child[parent->n_children++] = child;
    return WKS_OK;
}

void wks_config_remove(wks_config_node *parent, size_t i)
{
    WKS_BUG_IF(i >= parent->n_children);
    wks_config_free(parent->child[i]);
    size_t behind = parent->n_children - i - 1;
    memmove(&parent->child[i], &parent->child[i + 1], behind * sizeof(wks_config_node *));
    parent->n_children--;
}

/* ---- from libconfig's tree and our tokens ---- */

typedef struct builder {
    const wks_config_scan *scan;
    size_t at;
    wks_err *err;
} builder;

static const wks_config_scan_token *now(const builder *build)
{
    return &build->scan->token[build->at];
}

/* Both readers saw the same tokens in the same order: anything else is our mistake. */
static const wks_config_scan_token *expect(builder *build, wks_config_scan_kind kind)
{
    const wks_config_scan_token *token = now(build);
    WKS_BUG_IF(token->kind != kind);
    build->at++;
    return token;
}

static void skip(builder *build, wks_config_scan_kind kind)
{
    if (now(build)->kind == kind) build->at++;
}

static wks_status build_children(builder *build, const config_setting_t *setting, wks_config_node *node);

static wks_status build_scalar(builder *build, const config_setting_t *setting, wks_config_node *node)
{
    const wks_config_scan_token *token = now(build);
    build->at++;
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_BOOL:
        WKS_BUG_IF(token->kind != WKS_CONFIG_SCAN_BOOL);
        node->integer = token->integer;
        break;
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        WKS_BUG_IF(token->kind != WKS_CONFIG_SCAN_INT);
        node->integer = token->integer;
        break;
    case CONFIG_TYPE_FLOAT:
        WKS_BUG_IF(token->kind != WKS_CONFIG_SCAN_REAL);
        node->real = token->real; /* not libconfig's: that one depends on the locale */
        break;
    default:
        WKS_BUG_IF(token->kind != WKS_CONFIG_SCAN_STRING);
        while (now(build)->kind == WKS_CONFIG_SCAN_STRING)
            build->at++;
        const char *text = config_setting_get_string(setting);
        node->string = wks_mem_string(text == NULL ? "" : text);
        if (node->string == NULL) return wks_err_set(build->err, WKS_ERR_NOMEM, "no memory for the configuration");
    }
    return WKS_OK;
}

static wks_config_type type_of(const config_setting_t *setting)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_GROUP: return WKS_CONFIG_GROUP;
    case CONFIG_TYPE_LIST:
    case CONFIG_TYPE_ARRAY: return WKS_CONFIG_LIST;
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64: return WKS_CONFIG_INT;
    case CONFIG_TYPE_FLOAT: return WKS_CONFIG_REAL;
    case CONFIG_TYPE_BOOL: return WKS_CONFIG_BOOL;
    default: return WKS_CONFIG_STRING;
    }
}

static wks_status build_setting(builder *build, const config_setting_t *setting, wks_config_node *parent)
{
    wks_status rc = WKS_OK;
    const wks_config_scan_token *place = now(build);
    const char *name = config_setting_name(setting);
    wks_config_node *node = NULL;

    if (name != NULL) {
        (void)expect(build, WKS_CONFIG_SCAN_NAME);
        WKS_BUG_IF(strcmp(place->text, name) != 0);
        (void)expect(build, WKS_CONFIG_SCAN_EQUALS);
    }
    node = wks_config_new(name, type_of(setting), place->file, place->line, place->column);
    if (node == NULL) WKS_FAIL(build->err, WKS_ERR_NOMEM, "no memory for the configuration");
    node->value_line = now(build)->line;
    node->value_column = now(build)->column;
    if (config_setting_is_aggregate(setting)) {
        WKS_TRY(build_children(build, setting, node));
    } else {
        WKS_TRY(build_scalar(build, setting, node));
    }
    rc = wks_config_add_take(parent, node, build->err);
    node = NULL;
out:
    wks_config_free(node);
    return rc;
}

static wks_status build_children(builder *build, const config_setting_t *setting, wks_config_node *node)
{
    bool is_root = config_setting_is_root(setting);
    bool is_group = config_setting_is_group(setting);
    node->is_array = config_setting_is_array(setting);
    if (!is_root) build->at++; /* the opening bracket */
    int n = config_setting_length(setting);
    for (int i = 0; i < n; i++) {
        wks_status rc = build_setting(build, config_setting_get_elem(setting, (unsigned)i), node);
        if (rc != WKS_OK) return rc;
        size_t before = build->at;
        skip(build, WKS_CONFIG_SCAN_COMMA);
        if (is_group && build->at == before) skip(build, WKS_CONFIG_SCAN_SEMICOLON);
    }
    if (is_root) return WKS_OK;
    const wks_config_scan_kind close = is_group         ? WKS_CONFIG_SCAN_CLOSE_GROUP
                                       : node->is_array ? WKS_CONFIG_SCAN_CLOSE_ARRAY
                                                        : WKS_CONFIG_SCAN_CLOSE_LIST;
    (void)expect(build, close);
    return WKS_OK;
}

static wks_status build_tree(const wks_config_scan *scan, const char *name, wks_config_node **out_root, wks_problems *problems,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    wks_config_node *root = NULL;
    builder build = {.scan = scan, .at = 0, .err = err};
    config_t config;

    config_init(&config);
    wks_config_token_canonical(scan, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the configuration");
    if (config_read_string(&config, text.data) != CONFIG_TRUE) {
        /* Only reached if libconfig is stricter than our check; its line number is the number of the token. */
        size_t i = config_error_line(&config) > 0 ? (size_t)config_error_line(&config) - 1 : 0;
        const wks_config_scan_token *token = &scan->token[i < scan->n ? i : scan->n - 1];
        wks_problems_error(problems, token->file, token->line, token->column, "%s; expected libconfig's grammar",
                           config_error_text(&config));
        goto out;
    }
    root = wks_config_new(NULL, WKS_CONFIG_GROUP, name, 1, 1);
    if (root == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the configuration");
    WKS_TRY(build_children(&build, config_root_setting(&config), root));
    (void)expect(&build, WKS_CONFIG_SCAN_END);
    *out_root = root;
    root = NULL;
out:
    wks_config_free(root);
    config_destroy(&config);
    wks_text_free(&text);
    return rc;
}

wks_status wks_config_parse(const char *name, const char *text, size_t n, wks_config_node **out_root, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_config_scan scan = {.token = NULL};
    size_t errors_before = problems->n_errors;
    size_t n_mended = 0;

    *out_root = NULL;
    WKS_TRY(wks_config_scan_text(&scan, name, text, n, problems, err));
    if (!scan.is_cut) WKS_TRY(wks_config_grammar_check(&scan, &n_mended, problems, err));
    if (problems->n_errors == errors_before + n_mended) WKS_TRY(build_tree(&scan, name, out_root, problems, err));
    size_t found = problems->n_errors - errors_before;
    if (found > 0) WKS_FAIL(err, WKS_ERR_DATA, "%s: %zu problem%s", name, found, found == 1 ? "" : "s");
out:
    wks_config_scan_free(&scan);
    return rc;
}

wks_status wks_config_read(const char *path, wks_config_node **out_root, wks_problems *problems, wks_err *err)
{
    char *bytes = NULL;
    size_t n = 0;

    *out_root = NULL;
    wks_status rc = wks_config_source_read(path, &bytes, &n, problems, err);
    if (rc == WKS_OK) rc = wks_config_parse(path, bytes, n, out_root, problems, err);
    free(bytes);
    return rc;
}
