#include "scenario/settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/elsewhere.h"
#include "scenario/settings_value.h"
#include "world/columns.h"

enum { MAX_KEYS = 112, MAX_LISTED = 16 };

/* ---- the tree ---------------------------------------------------------------------------------------------------------------- */

wks_config_node *wks_settings_add(wks_config_node *parent, const char *name, wks_config_type type, wks_err *err)
{
    wks_config_node *node = wks_config_new(name, type, "default", 0, 0);

    if (node == NULL) {
        wks_err_set(err, WKS_ERR_NOMEM, "no memory for the key %s", name);
        return NULL;
    }
    if (wks_config_add_take(parent, node, err) != WKS_OK) return NULL;
    return node;
}

wks_status wks_settings_set_text(wks_config_node *node, const char *text, wks_err *err)
{
    char *copy = wks_mem_string(text);

    if (copy == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a text");
    free(node->string);
    node->string = copy;
    node->type = WKS_CONFIG_STRING;
    return WKS_OK;
}

static size_t rank_of(const wks_config_node *node, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (node->name != NULL && strcmp(node->name, names[i]) == 0) return i;
    }
    return n;
}

void wks_settings_order(wks_config_node *node, const char *const *names, size_t n)
{
    for (size_t i = 1; i < node->n_children; i++) { /* insertion: stable, and nearly sorted mostly */
        wks_config_node *moving = node->child[i];
        const size_t rank = rank_of(moving, names, n);
        size_t k = i;
        while (k > 0 && rank_of(node->child[k - 1], names, n) > rank) {
            node->child[k] = node->child[k - 1];
            k--;
        }
        node->child[k] = moving;
    }
}

const char *wks_settings_hint(const char *name, const char *const *names, size_t n, char *buffer)
{
    wks_text text = WKS_TEXT_INIT;

    wks_problems_nearest(name, names, n, buffer);
    if (buffer[0] != '\0' || n == 0 || n > MAX_LISTED) return buffer;
    for (size_t i = 0; i < n; i++)
        wks_text_addf(&text, "%s%s", i == 0 ? "; expected one of " : ", ", names[i]);
    if (text.data != NULL && text.length < WKS_SETTINGS_HINT) memcpy(buffer, text.data, text.length + 1);
    wks_text_free(&text);
    return buffer;
}

/* Where a key of exactly this name belongs comes first; then the nearest of this place, or of elsewhere; then what is possible here. */
static const char *hint_for(const wks_settings_context *context, const wks_config_node *child, const char *const *names, size_t n,
                            char *near)
{
    if (context->elsewhere == NULL) return wks_settings_hint(child->name, names, n, near);
    if (wks_elsewhere_hint(context->elsewhere, context->root, child, near)[0] != '\0') return near;
    if (wks_text_nearest(child->name, names, n) == NULL && wks_elsewhere_nearest(context->elsewhere, child->name, near)[0] != '\0')
        return near;
    return wks_settings_hint(child->name, names, n, near);
}

void wks_settings_check_keys(const wks_settings_context *context, const wks_config_node *node, const char *const *names, size_t n,
                             const char *where)
{
    char near[WKS_SETTINGS_HINT];

    for (size_t i = 0; i < node->n_children; i++) {
        const wks_config_node *child = node->child[i];
        if (child->name == NULL || rank_of(child, names, n) < n) continue;
        wks_problems_error(context->problems, child->file, child->line, child->column, "unknown key '%s' in %s%s", child->name, where,
                           hint_for(context, child, names, n, near));
    }
}

const char *wks_settings_type_text(const wks_config_node *node)
{
    switch (node->type) {
    case WKS_CONFIG_GROUP: return "a group { }";
    case WKS_CONFIG_LIST: return "a list";
    case WKS_CONFIG_INT: return "a whole number";
    case WKS_CONFIG_REAL: return "a number";
    case WKS_CONFIG_BOOL: return "true or false";
    default: return "text";
    }
}

int32_t wks_settings_param(const wks_spec *spec, const char *name)
{
    for (int32_t i = 0; i < spec->n_params; i++) {
        if (strcmp(spec->param[i].name, name) == 0) return i;
    }
    return -1;
}

double wks_settings_value_or(const wks_settings *settings, const char *name, double otherwise)
{
    const int32_t i = wks_settings_param(settings->spec, name);

    return i < 0 ? otherwise : settings->value[i];
}

bool wks_settings_is(const wks_settings *settings, const char *part)
{
    return strcmp(settings->spec->name, part) == 0;
}

bool wks_settings_is_everywhere(const wks_settings *settings)
{
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        if (settings->spec->param[i].type == WKS_PARAM_AREAS && settings->n_areas[i] > 0) return false;
    }
    return true;
}

/* ---- all values -------------------------------------------------------------------------------------------------------------- */

static double preset_of(const wks_param *param)
{
    switch (param->type) {
    case WKS_PARAM_GROUP: return (double)WKS_NONE;
    case WKS_PARAM_MONTH: return NAN;
    case WKS_PARAM_TEXT:
    case WKS_PARAM_WHERE:
    case WKS_PARAM_NUMBER:
    case WKS_PARAM_AREAS: return 0.0;
    default: return param->preset;
    }
}

static wks_status add_default(wks_config_node *parent, const wks_param *param, wks_err *err)
{
    static const wks_config_type type_of[] = {
        [WKS_PARAM_BOOL] = WKS_CONFIG_BOOL,     [WKS_PARAM_INT] = WKS_CONFIG_INT,      [WKS_PARAM_REAL] = WKS_CONFIG_REAL,
        [WKS_PARAM_CHOICE] = WKS_CONFIG_STRING, [WKS_PARAM_TEXT] = WKS_CONFIG_STRING,  [WKS_PARAM_MONTH] = WKS_CONFIG_STRING,
        [WKS_PARAM_GROUP] = WKS_CONFIG_STRING,  [WKS_PARAM_WHERE] = WKS_CONFIG_STRING, [WKS_PARAM_AREAS] = WKS_CONFIG_LIST,
        [WKS_PARAM_NUMBER] = WKS_CONFIG_STRING};
    wks_config_node *node = wks_settings_add(parent, param->name, type_of[param->type], err);

    if (node == NULL) return WKS_ERR_NOMEM;
    switch (node->type) {
    case WKS_CONFIG_BOOL: node->integer = param->preset > 0.0 ? 1 : 0; return WKS_OK;
    case WKS_CONFIG_INT: node->integer = (int64_t)param->preset; return WKS_OK;
    case WKS_CONFIG_REAL: node->real = param->preset; return WKS_OK;
    case WKS_CONFIG_LIST: node->is_array = true; return WKS_OK;
    default: return wks_settings_set_text(node, param->type == WKS_PARAM_CHOICE ? param->choice[(int32_t)param->preset] : "", err);
    }
}

static wks_status read_param(const wks_settings_context *context, wks_config_node *node, int32_t i, wks_settings *out, wks_err *err)
{
    const wks_param *param = &out->spec->param[i];
    wks_config_node *child = wks_config_get(node, param->name);
    wks_status rc = WKS_OK;

    out->value[i] = preset_of(param);
    if (child != NULL) {
        out->node[i] = child;
        wks_settings_value(context, child, i, out, &rc, err);
        return rc;
    }
    if (param->is_required) {
        wks_text expected = WKS_TEXT_INIT;
        wks_settings_value_expected(param, &expected);
        wks_problems_error(context->problems, node->file, node->line, node->column, "'%s' needs the key '%s'; expected %s", out->name,
                           param->name, expected.data == NULL ? "" : expected.data);
        wks_text_free(&expected);
        return WKS_OK;
    }
    return add_default(node, param, err);
}

wks_status wks_settings_read(const wks_settings_context *context, wks_config_node *node, const wks_spec *spec, const char *name,
                             const char *const *extra, size_t n_extra, wks_settings *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *keys[MAX_KEYS];
    size_t n = 0;

    WKS_BUG_IF(spec->n_params > WKS_PARAM_MAX || n_extra + (size_t)spec->n_params > MAX_KEYS);
    memset(out, 0, sizeof *out);
    out->spec = spec;
    out->name = wks_mem_string(name);
    if (out->name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the settings of %s", name);
    for (size_t i = 0; i < n_extra; i++)
        keys[n++] = extra[i];
    for (int32_t i = 0; i < spec->n_params; i++)
        keys[n++] = spec->param[i].name;
    wks_settings_check_keys(context, node, keys, n, name);
    for (int32_t i = 0; i < spec->n_params; i++)
        WKS_TRY(read_param(context, node, i, out, err));
    wks_settings_order(node, keys, n);
out:
    return rc;
}

void wks_settings_free(wks_settings *settings)
{
    for (int32_t i = 0; i < WKS_PARAM_MAX; i++) {
        free(settings->text[i]);
        wks_expr_free(settings->expr[i]);
        for (int32_t k = 0; k < settings->n_areas[i]; k++)
            free(settings->area[i][k]);
        free(settings->area[i]);
    }
    free(settings->name);
    memset(settings, 0, sizeof *settings);
}

/* ---- printing and comparing -------------------------------------------------------------------------------------------------- */

void wks_settings_print(const wks_settings *settings, int32_t i, const wks_scenario *scenario, wks_text *out)
{
    const wks_param *param = &settings->spec->param[i];
    const double value = settings->value[i];
    char month[16];

    switch (param->type) {
    case WKS_PARAM_BOOL: wks_text_add(out, value > 0.0 ? "true" : "false"); break;
    case WKS_PARAM_INT:
    case WKS_PARAM_REAL: wks_text_add_number(out, value); break;
    case WKS_PARAM_CHOICE: wks_text_add(out, param->choice[(int32_t)value]); break;
    case WKS_PARAM_MONTH: wks_text_add(out, isnan(value) ? "-" : wks_text_month((int32_t)value, month)); break;
    case WKS_PARAM_GROUP: wks_text_add(out, value < 0.0 ? "-" : scenario->group[(int32_t)value].name); break;
    case WKS_PARAM_TEXT:
    case WKS_PARAM_WHERE:
    case WKS_PARAM_NUMBER: wks_text_addf(out, "\"%s\"", settings->text[i] == NULL ? "" : settings->text[i]); break;
    case WKS_PARAM_AREAS:
        wks_text_add_char(out, '(');
        for (int32_t k = 0; k < settings->n_areas[i]; k++)
            wks_text_addf(out, "%s%s", k > 0 ? ", " : "", settings->area[i][k]);
        wks_text_add_char(out, ')');
        break;
    }
}

bool wks_settings_equal(const wks_settings *a, const wks_settings *b, int32_t i, const wks_scenario *scenario_a,
                        const wks_scenario *scenario_b)
{
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;
    bool is_equal;

    if (a->spec->param[i].type == WKS_PARAM_REAL || a->spec->param[i].type == WKS_PARAM_INT) {
        return a->value[i] >= b->value[i] && a->value[i] <= b->value[i]; /* printing keeps 10 digits only */
    }
    wks_settings_print(a, i, scenario_a, &x);
    wks_settings_print(b, i, scenario_b, &y);
    is_equal = x.data != NULL && y.data != NULL && strcmp(x.data, y.data) == 0;
    wks_text_free(&x);
    wks_text_free(&y);
    return is_equal;
}
