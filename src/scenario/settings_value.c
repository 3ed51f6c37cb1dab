#include "scenario/settings_value.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/tree.h"

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

void wks_settings_value_expected(const wks_param *param, wks_text *out)
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
    wks_settings_value_expected(param, &expected);
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
