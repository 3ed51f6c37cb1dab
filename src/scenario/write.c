#include "scenario/write.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/difference.h"
#include "scenario/keys.h"
#include "scenario/settings.h"
#include "scenario/timeline.h"
#include "scenario/tree.h"

enum { PATH_MAX_LENGTH = 240, PATH_COLUMN = 52 };

void wks_write_resolved(const wks_scenario *scenario, const char *city, wks_text *out)
{
    wks_config_node *copy = wks_config_copy(scenario->resolved);
    wks_err err = WKS_ERR_INIT;

    if (copy == NULL || (city != NULL && wks_settings_set_text(wks_config_get(copy, "city"), city, &err) != WKS_OK)) {
        out->failed = true;
    } else {
        wks_config_write(copy, out);
    }
    wks_config_free(copy);
}

void wks_write_differences(const wks_scenario *a, const wks_scenario *b, const char *lang, wks_text *out)
{
    wks_difference_write(a, b, lang, out);
}

/* ---- show -------------------------------------------------------------------------------------------------------------------- */

static const wks_spec *find(const wks_spec *const *spec, int32_t n, const wks_config_node *name)
{
    for (int32_t i = 0; name != NULL && name->type == WKS_CONFIG_STRING && i < n; i++) {
        if (strcmp(spec[i]->name, name->string) == 0) return spec[i];
    }
    return NULL;
}

static const wks_spec *find_process(const wks_catalogue *catalogue, const char *name)
{
    for (int32_t i = 0; i < catalogue->n_processes; i++) {
        if (strcmp(catalogue->process[i]->name, name) == 0) return catalogue->process[i];
    }
    return NULL;
}

/* The spec that describes the keys of a group of the resolved tree: by its place and by what it says of itself. */
static const wks_spec *spec_of(const wks_scenario *scenario, const wks_config_node *node, const wks_config_node *parent)
{
    const wks_catalogue *catalogue = scenario->catalogue;

    if (parent == NULL) return scenario->model.kind == WKS_MODEL_CITY ? &wks_keys_top : &wks_keys_model;
    if (node == wks_config_get(scenario->resolved, "pool") || node == wks_config_get(scenario->resolved, "queue") ||
        node == wks_config_get(scenario->resolved, "choice") || node == wks_config_get(scenario->resolved, "grid"))
        return scenario->model.settings.spec;
    if (node->name != NULL && strcmp(node->name, "relocation") == 0) return scenario->model.relocation.spec;
    if (parent->name != NULL && strcmp(parent->name, "relocation") == 0)
        return strcmp(node->name, "weights") == 0 ? &wks_keys_weights : &wks_keys_tolerance;
    if (parent->name != NULL && strcmp(parent->name, "types") == 0) return &wks_keys_type;
    if (node->name != NULL && strcmp(node->name, "seeds") == 0) return &wks_keys_seeds;
    if (node->name != NULL && strcmp(node->name, "output") == 0) return &wks_keys_output;
    if (parent->name != NULL && strcmp(parent->name, "processes") == 0) return find_process(catalogue, node->name);
    if (parent->name != NULL && strcmp(parent->name, "groups") == 0) return &wks_keys_group;
    if (parent->name != NULL && strcmp(parent->name, "rules") == 0) return &wks_keys_rule;
    if (parent->name != NULL && strcmp(parent->name, "timeline") == 0) {
        const wks_spec *spec = find(catalogue->event, catalogue->n_events, wks_config_get(node, "event"));
        return spec != NULL ? spec : &wks_timeline_set;
    }
    return find(catalogue->part, catalogue->n_parts, wks_config_get(node, "part"));
}

static const char *unit_of(const wks_spec *spec, const char *name)
{
    const int32_t i = spec == NULL || name == NULL ? -1 : wks_settings_param(spec, name);

    if (i < 0 || spec->param[i].unit == NULL || strcmp(spec->param[i].unit, "-") == 0) return "";
    return spec->param[i].unit;
}

static void add_origin(const wks_config_node *node, wks_text *out)
{
    if (node->line > 0) {
        wks_text_addf(out, "%s:%d", node->file, node->line);
    } else if (strncmp(node->file, WKS_TREE_SET, strlen(WKS_TREE_SET)) == 0) { /* the value stands beside it */
        wks_text_add(out, "--set");
    } else {
        wks_text_add(out, node->file);
    }
}

static void add_scalar(const wks_config_node *node, wks_text *out)
{
    switch (node->type) {
    case WKS_CONFIG_INT: wks_text_addf(out, "%lld", (long long)node->integer); break;
    case WKS_CONFIG_REAL: wks_text_add_number(out, node->real); break;
    case WKS_CONFIG_BOOL: wks_text_add(out, node->integer != 0 ? "true" : "false"); break;
    case WKS_CONFIG_STRING: wks_text_addf(out, "\"%s\"", node->string); break;
    default: break;
    }
}

static void add_line(const char *path, const wks_config_node *node, const char *unit, wks_text *out)
{
    const size_t length = strlen(path);

    wks_text_add(out, path);
    for (size_t i = length; i < PATH_COLUMN; i++)
        wks_text_add_char(out, ' ');
    wks_text_add(out, " = ");
    if (node->type == WKS_CONFIG_LIST) {
        wks_text_add(out, "[");
        for (size_t i = 0; i < node->n_children; i++) {
            wks_text_add(out, i == 0 ? " " : ", ");
            add_scalar(node->child[i], out);
        }
        wks_text_add(out, " ]");
    } else {
        add_scalar(node, out);
    }
    wks_text_addf(out, "%s%s  # ", unit[0] != '\0' ? " " : "", unit);
    add_origin(node, out);
    wks_text_add_char(out, '\n');
}

static wks_json *json_of(const wks_config_node *node)
{
    wks_json *list = NULL;

    switch (node->type) {
    case WKS_CONFIG_INT: return wks_json_integer(node->integer);
    case WKS_CONFIG_REAL: return wks_json_number(node->real);
    case WKS_CONFIG_BOOL: return wks_json_bool(node->integer != 0);
    case WKS_CONFIG_STRING: return wks_json_string(node->string);
    default: break;
    }
    list = wks_json_array();
    for (size_t i = 0; i < node->n_children; i++)
        wks_json_append_take(list, json_of(node->child[i]));
    return list;
}

static void add_item(const char *path, const wks_config_node *node, const char *unit, wks_json *out)
{
    wks_json *item = wks_json_object();
    wks_text origin = WKS_TEXT_INIT;

    add_origin(node, &origin);
    wks_json_set_take(item, "setting", wks_json_string(path));
    wks_json_set_take(item, "value", json_of(node));
    wks_json_set_take(item, "unit", wks_json_string(unit));
    wks_json_set_take(item, "origin", wks_json_string(origin.data == NULL ? "" : origin.data));
    wks_json_append_take(out, item);
    wks_text_free(&origin);
}

static bool holds_groups(const wks_config_node *list)
{
    return list->n_children > 0 && list->child[0]->type == WKS_CONFIG_GROUP;
}

static void join(char path[PATH_MAX_LENGTH], const char *parent, const wks_config_node *node, size_t i)
{
    const wks_config_node *name = node->type == WKS_CONFIG_GROUP ? wks_config_get(node, "name") : NULL;
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "%s%s", parent, parent[0] != '\0' ? "." : "");
    if (node->name != NULL) {
        wks_text_add(&text, node->name);
    } else if (name != NULL && name->type == WKS_CONFIG_STRING && name->string[0] != '\0') {
        wks_text_add(&text, name->string);
    } else {
        wks_text_addf(&text, "%zu", i);
    }
    path[0] = '\0';
    if (text.data != NULL) strncat(path, text.data, PATH_MAX_LENGTH - 1);
    wks_text_free(&text);
}

/* To `list` when there is one, else to `out`. Depth is bounded by the tree: top, section, element, list, part. */
static void walk(const wks_scenario *scenario, const wks_config_node *node, const wks_config_node *parent, const char *path, wks_text *out,
                 wks_json *list)
{
    const wks_spec *spec = node->type == WKS_CONFIG_GROUP ? spec_of(scenario, node, parent) : NULL;
    char child_path[PATH_MAX_LENGTH];

    for (size_t i = 0; i < node->n_children; i++) {
        const wks_config_node *child = node->child[i];
        join(child_path, path, child, i);
        if (child->type == WKS_CONFIG_GROUP || (child->type == WKS_CONFIG_LIST && holds_groups(child))) {
            walk(scenario, child, node, child_path, out, list);
        } else if (list != NULL) {
            add_item(child_path, child, unit_of(spec, child->name), list);
        } else {
            add_line(child_path, child, unit_of(spec, child->name), out);
        }
    }
}

void wks_write_origins(const wks_scenario *scenario, wks_text *out)
{
    walk(scenario, scenario->resolved, NULL, "", out, NULL);
}

void wks_write_origins_json(const wks_scenario *scenario, wks_json *out)
{
    walk(scenario, scenario->resolved, NULL, "", NULL, out);
}
