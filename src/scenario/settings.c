#include "scenario/settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/tree.h"
#include "world/columns.h"

enum { MAX_KEYS = 112, MAX_LISTED = 14 };

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

void wks_settings_check_keys(const wks_config_node *node, const char *const *names, size_t n, const char *where, wks_problems *problems)
{
    char near[WKS_SETTINGS_HINT];

    for (size_t i = 0; i < node->n_children; i++) {
        const wks_config_node *child = node->child[i];
        if (child->name == NULL || rank_of(child, names, n) < n) continue;
        wks_problems_error(problems, child->file, child->line, child->column, "unknown key '%s' in %s%s", child->name, where,
                           wks_settings_hint(child->name, names, n, near));
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

/* ---- one value --------------------------------------------------------------------------------------------------------------- */

static void expected_number(const wks_param *param, wks_text *out)
{
    char low[32], high[32];
    const bool has_low = param->low > -1e15, has_high = param->high < 1e15;

    wks_text_add(out, param->type == WKS_PARAM_INT ? "a whole number" : "a number");
    wks_text_number(param->low, low);
    wks_text_number(param->high, high);
    if (has_low && has_high) wks_text_addf(out, " from %s to %s", low, high);
    if (has_low && !has_high) wks_text_addf(out, " of at least %s", low);
    if (!has_low && has_high) wks_text_addf(out, " of at most %s", high);
    if (param->unit != NULL && param->unit[0] != '\0' && strcmp(param->unit, "-") != 0) wks_text_addf(out, " (%s)", param->unit);
}

static void expected_of(const wks_param *param, wks_text *out)
{
    switch (param->type) {
    case WKS_PARAM_BOOL: wks_text_add(out, "true or false"); break;
    case WKS_PARAM_INT:
    case WKS_PARAM_REAL: expected_number(param, out); break;
    case WKS_PARAM_CHOICE:
        wks_text_add(out, "one of ");
        for (int32_t i = 0; param->choice[i] != NULL; i++)
            wks_text_addf(out, "%s\"%s\"", i > 0 ? ", " : "", param->choice[i]);
        break;
    case WKS_PARAM_TEXT: wks_text_add(out, "text between quotes"); break;
    case WKS_PARAM_MONTH: wks_text_add(out, "a month as \"2027-01\""); break;
    case WKS_PARAM_GROUP: wks_text_add(out, "the name of a group between quotes"); break;
    case WKS_PARAM_WHERE: wks_text_add(out, "a predicate between quotes, as \"referral != none\""); break;
    case WKS_PARAM_NUMBER: wks_text_add(out, "an expression between quotes, as \"months_registered / 12 + 10 * is_starter\""); break;
    case WKS_PARAM_AREAS: wks_text_add(out, "a list of texts between quotes, as [ \"a\", \"b\" ]"); break;
    }
}

/* "name is <what was written>; expected ...<tail>" at the value. */
static void wrong_value(const wks_settings_context *context, const wks_config_node *node, const wks_param *param, const char *tail)
{
    wks_text written = WKS_TEXT_INIT, expected = WKS_TEXT_INIT;
    char number[32];

    switch (node->type) {
    case WKS_CONFIG_INT: wks_text_addf(&written, "%lld", (long long)node->integer); break;
    case WKS_CONFIG_REAL: wks_text_add(&written, wks_text_number(node->real, number)); break;
    case WKS_CONFIG_BOOL: wks_text_add(&written, node->integer != 0 ? "true" : "false"); break;
    case WKS_CONFIG_STRING: wks_text_addf(&written, "\"%.80s\"", node->string == NULL ? "" : node->string); break;
    default: wks_text_add(&written, wks_settings_type_text(node)); break;
    }
    expected_of(param, &expected);
    wks_problems_error(context->problems, node->file, node->value_line, node->value_column, "%s is %s; expected %s%s", param->name,
                       written.data == NULL ? "" : written.data, expected.data == NULL ? "" : expected.data, tail);
    wks_text_free(&written);
    wks_text_free(&expected);
}

static bool read_number(const wks_settings_context *context, wks_config_node *node, const wks_param *param, double *out)
{
    double value;

    if (node->type == WKS_CONFIG_STRING) {
        const char *comma = node->string == NULL ? NULL : strchr(node->string, ',');
        wrong_value(context, node, param, comma != NULL ? ", with a decimal point and without quotes" : ", without quotes");
        return false;
    }
    if (node->type != WKS_CONFIG_INT && node->type != WKS_CONFIG_REAL) {
        wrong_value(context, node, param, "");
        return false;
    }
    if (param->type == WKS_PARAM_INT && node->type == WKS_CONFIG_REAL) {
        wrong_value(context, node, param, ", without decimal point");
        return false;
    }
    value = node->type == WKS_CONFIG_INT ? (double)node->integer : node->real;
    if (!(value >= param->low && value <= param->high)) {
        wrong_value(context, node, param, "");
        return false;
    }
    if (param->type == WKS_PARAM_REAL && node->type == WKS_CONFIG_INT) { /* 1 and 1.0 are one value: one resolved text, one hash */
        node->type = WKS_CONFIG_REAL;
        node->real = value;
    }
    *out = value;
    return true;
}

static bool read_choice(const wks_settings_context *context, const wks_config_node *node, const wks_param *param, double *out)
{
    char near[160];
    size_t n = 0;

    while (param->choice[n] != NULL)
        n++;
    if (node->type != WKS_CONFIG_STRING) {
        wrong_value(context, node, param, "");
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(param->choice[i], node->string) == 0) {
            *out = (double)i;
            return true;
        }
    }
    wrong_value(context, node, param, wks_problems_nearest(node->string, param->choice, n, near));
    return false;
}

static bool read_group(const wks_settings_context *context, const wks_config_node *node, const wks_param *param, double *out)
{
    const char *names[WKS_SCENARIO_MAX_GROUPS];
    char near[WKS_SETTINGS_HINT];
    size_t n = 0;

    for (int32_t i = 0; i < context->n_groups && i < WKS_SCENARIO_MAX_GROUPS; i++) {
        if (context->group[i].name == NULL) continue;
        names[n++] = context->group[i].name;
        if (strcmp(context->group[i].name, node->string) != 0) continue;
        if (context->needs_rule_group && !context->group[i].rule) {
            wks_problems_error(context->problems, node->file, node->value_line, node->value_column,
                               "group '%s' may only be measured; expected a group with use = [\"rule\"] or [\"measure\", \"rule\"]",
                               node->string);
            return false;
        }
        *out = (double)i;
        return true;
    }
    wks_problems_error(context->problems, node->file, node->value_line, node->value_column,
                       "%s is \"%.80s\", which is no group of this scenario%s", param->name, node->string,
                       wks_settings_hint(node->string, names, n, near));
    return false;
}

static bool read_where(const wks_settings_context *context, const wks_config_node *node, int32_t i, wks_settings *settings, wks_status *rc,
                       wks_err *err)
{
    wks_err expr_err = WKS_ERR_INIT;

    /* The text starts one column behind its quote. A value of the command line or of a default has no place. */
    const int column = node->value_line > 0 ? node->value_column + 1 : 0;
    settings->expr[i] = settings->spec->param[i].type == WKS_PARAM_NUMBER
                            ? wks_expr_compile_number(node->string, context->knowable_only, context->origin_allowed, node->file,
                                                      node->value_line, column, context->problems, &expr_err)
                            : wks_expr_compile(node->string, context->knowable_only, context->origin_allowed, node->file, node->value_line,
                                               column, context->problems, &expr_err);
    if (expr_err.status != WKS_OK) *rc = wks_err_set(err, expr_err.status, "%s", expr_err.message);
    return settings->expr[i] != NULL;
}

static bool read_areas(const wks_settings_context *context, wks_config_node *node, int32_t i, wks_settings *settings, wks_status *rc,
                       wks_err *err)
{
    const wks_param *param = &settings->spec->param[i];
    bool is_good = true;

    if (node->type == WKS_CONFIG_STRING) { /* one text: the same as a list of it */
        wks_config_node *item = wks_config_new(NULL, WKS_CONFIG_STRING, node->file, node->value_line, node->value_column);
        if (item == NULL) {
            *rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory for a list");
            return false;
        }
        item->value_line = node->value_line;
        item->value_column = node->value_column;
        item->string = node->string;
        node->string = NULL;
        node->type = WKS_CONFIG_LIST;
        *rc = wks_config_add_take(node, item, err);
        if (*rc != WKS_OK) return false;
    }
    if (node->type != WKS_CONFIG_LIST) {
        wrong_value(context, node, param, "");
        return false;
    }
    for (size_t k = 0; k < node->n_children; k++) {
        if (node->child[k]->type == WKS_CONFIG_STRING) continue;
        wrong_value(context, node->child[k], param, "");
        is_good = false;
    }
    if (!is_good) return false;
    node->is_array = true;
    settings->area[i] = wks_mem_array(node->n_children, sizeof *settings->area[i]);
    if (settings->area[i] == NULL) *rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory for a list");
    for (size_t k = 0; k < node->n_children && *rc == WKS_OK; k++) {
        settings->area[i][k] = wks_mem_string(node->child[k]->string);
        if (settings->area[i][k] == NULL) *rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory for a list");
        settings->n_areas[i] = (int32_t)k + 1;
    }
    return *rc == WKS_OK;
}

static bool read_text(const wks_settings_context *context, wks_config_node *node, int32_t i, wks_settings *settings, wks_status *rc,
                      wks_err *err)
{
    const wks_param *param = &settings->spec->param[i];
    int32_t month;

    if (node->type == WKS_CONFIG_INT && strncmp(node->file, WKS_TREE_SET, strlen(WKS_TREE_SET)) == 0) { /* a text needs no quotes there */
        char digits[32];
        snprintf(digits, sizeof digits, "%lld", (long long)node->integer);
        *rc = wks_settings_set_text(node, digits, err);
        if (*rc != WKS_OK) return false;
    }
    if (node->type != WKS_CONFIG_STRING) {
        wrong_value(context, node, param, "");
        return false;
    }
    if (node->string[0] == '\0' && !param->is_required) return true; /* "" is how the resolved text writes "not given" */
    if (param->type == WKS_PARAM_GROUP) return read_group(context, node, param, &settings->value[i]);
    if (param->type == WKS_PARAM_MONTH) {
        if (!wks_text_parse_month(node->string, &month)) {
            wrong_value(context, node, param, "");
            return false;
        }
        settings->value[i] = (double)month;
        return true;
    }
    settings->text[i] = wks_mem_string(node->string);
    if (settings->text[i] == NULL) {
        *rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory for a text");
        return false;
    }
    if (param->type != WKS_PARAM_WHERE && param->type != WKS_PARAM_NUMBER) return true;
    return read_where(context, node, i, settings, rc, err);
}

bool wks_settings_value(const wks_settings_context *context, wks_config_node *node, int32_t i, wks_settings *settings, wks_status *rc,
                        wks_err *err)
{
    const wks_param *param = &settings->spec->param[i];

    switch (param->type) {
    case WKS_PARAM_BOOL:
        if (node->type != WKS_CONFIG_BOOL) {
            wrong_value(context, node, param, "");
            return false;
        }
        settings->value[i] = node->integer != 0 ? 1.0 : 0.0;
        return true;
    case WKS_PARAM_INT:
    case WKS_PARAM_REAL: return read_number(context, node, param, &settings->value[i]);
    case WKS_PARAM_CHOICE: return read_choice(context, node, param, &settings->value[i]);
    case WKS_PARAM_AREAS: return read_areas(context, node, i, settings, rc, err);
    default: return read_text(context, node, i, settings, rc, err);
    }
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
        expected_of(param, &expected);
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
    wks_settings_check_keys(node, keys, n, name, context->problems);
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
