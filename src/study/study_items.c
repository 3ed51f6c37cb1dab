#include "study/study_items.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/section.h"
#include "study/study_keys.h"

enum { MOST_NAME = 60 };

typedef wks_study_items_reader reader;

char *wks_study_items_text(wks_settings *settings, int32_t i)
{
    char *text = settings->text[i];
    settings->text[i] = NULL;
    return text == NULL ? wks_mem_string("") : text;
}

void wks_study_items_tell(const reader *r, const wks_config_node *node, const char *key, const char *text)
{
    const wks_config_node *at = node->type == WKS_CONFIG_GROUP ? wks_config_get(node, key) : NULL;
    if (at == NULL || at->value_line == 0) at = node;
    wks_problems_error(r->problems, at->file, at == node ? at->line : at->value_line, at == node ? at->column : at->value_column, "%s",
                       text);
}

typedef wks_status read_item(const reader *r, wks_config_node *node, wks_settings *settings, int32_t i);

static wks_status read_list(const reader *r, const char *name, const wks_spec *spec, const char *extra, read_item *item)
{
    const wks_settings_context context = {.problems = r->problems};
    wks_config_node *list;
    wks_settings settings = {0};
    wks_status rc = WKS_OK;

    WKS_TRY(wks_section_find(r->root, name, WKS_CONFIG_LIST, r->problems, &list, r->err));
    for (size_t i = 0; list != NULL && i < list->n_children; i++) {
        wks_config_node *node = list->child[i];
        if (node->type != WKS_CONFIG_GROUP) {
            wks_problems_error(r->problems, node->file, node->value_line, node->value_column, "%s is %s; expected a group { name = ...; }",
                               spec->name, wks_settings_type_text(node));
            continue;
        }
        WKS_TRY(wks_settings_read(&context, node, spec, spec->name, &extra, extra == NULL ? 0 : 1, &settings, r->err));
        WKS_TRY(item(r, node, &settings, (int32_t)i));
        wks_settings_free(&settings);
    }
out:
    wks_settings_free(&settings);
    return rc;
}

/* Names are columns of tables: the same characters as those of groups, so that awk, R and SALib take them. */
static void check_column(const reader *r, const wks_config_node *node, const char *name)
{
    bool is_good = name[0] != '\0' && strlen(name) <= MOST_NAME && strchr("0123456789", name[0]) == NULL;
    for (const char *at = name; *at != '\0'; at++)
        is_good = is_good && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *at) != NULL;
    if (!is_good)
        wks_study_items_tell(r, node, "name",
                             "name becomes a column; expected letters, digits and '_', beginning with a letter, at most 60");
}

static wks_status read_values(const reader *r, wks_config_node *node, wks_study_parameter *out)
{
    wks_config_node *list = wks_config_get(node, WKS_STUDY_KEYS_VALUES);
    bool is_good = list != NULL && list->type == WKS_CONFIG_LIST && list->n_children > 0;

    if (list == NULL) return WKS_OK;
    for (size_t i = 0; is_good && i < list->n_children; i++)
        is_good = list->child[i]->type == WKS_CONFIG_INT || list->child[i]->type == WKS_CONFIG_REAL;
    if (!is_good) {
        wks_study_items_tell(r, node, WKS_STUDY_KEYS_VALUES, "values is no list of numbers; expected as values = [ 0.1, 0.2 ]");
        return WKS_OK;
    }
    out->value = wks_mem_array(list->n_children, sizeof *out->value);
    if (out->value == NULL) return wks_err_set(r->err, WKS_ERR_NOMEM, "no memory for values");
    for (size_t i = 0; i < list->n_children; i++) {
        const wks_config_node *item = list->child[i];
        const double value = item->type == WKS_CONFIG_INT ? (double)item->integer : item->real;
        out->value[i] = value;
        if (i == 0 || value < out->low) out->low = value;
        if (i == 0 || value > out->high) out->high = value;
    }
    out->n_values = (int32_t)list->n_children;
    return WKS_OK;
}

/* low and high are what the values span when they were not written; the tree tells it too. */
static wks_status read_range(const reader *r, wks_config_node *node, const wks_settings *settings, wks_study_parameter *out)
{
    wks_status rc = WKS_OK;
    const bool has_low = settings->node[WKS_STUDY_KEYS_PARAMETER_LOW] != NULL,
               has_high = settings->node[WKS_STUDY_KEYS_PARAMETER_HIGH] != NULL;
    const char *const name[] = {"low", "high"};

    WKS_TRY(read_values(r, node, out));
    if (out->n_values == 0 && !has_low)
        wks_study_items_tell(r, node, "", "a parameter needs 'low'; expected a number (or values = [ ... ])");
    if (out->n_values == 0 && !has_high)
        wks_study_items_tell(r, node, "", "a parameter needs 'high'; expected a number (or values = [ ... ])");
    if (out->n_values > 0 && (has_low || has_high))
        wks_study_items_tell(r, node, WKS_STUDY_KEYS_VALUES, "a parameter has values, or low and high; not both");
    if (out->n_values > 0) {
        for (int i = 0; i < 2; i++) {
            wks_config_node *there = wks_config_get(node, name[i]);
            for (size_t k = 0; k < node->n_children; k++)
                if (node->child[k] == there) wks_config_remove(node, k--), there = NULL;
        }
        goto out;
    }
    out->low = settings->value[WKS_STUDY_KEYS_PARAMETER_LOW];
    out->high = settings->value[WKS_STUDY_KEYS_PARAMETER_HIGH];
    if (!has_low || !has_high) goto out;
    if (!(out->low < out->high)) wks_study_items_tell(r, node, "high", "high is not above low; expected a range");
    if (out->is_log && !(out->low > 0)) wks_study_items_tell(r, node, "low", "low is not above 0; a logarithm needs it");
    if (out->is_whole && (rint(out->low) != out->low || rint(out->high) != out->high)) /* exact: a whole number is what it is */
        wks_study_items_tell(r, node, "low", "low and high are no whole numbers; whole = true needs them");
out:
    return rc;
}

static wks_status read_parameter(const reader *r, wks_config_node *node, wks_settings *settings, int32_t i)
{
    wks_status rc = WKS_OK;
    wks_study *study = r->study;
    wks_study_parameter *more =
        wks_mem_resize(study->parameter, (size_t)study->n_parameters, (size_t)study->n_parameters + 1, sizeof *more);
    (void)i;

    if (more == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for parameters");
    study->parameter = more;
    wks_study_parameter *out = &study->parameter[study->n_parameters++];
    out->node = node;
    out->name = wks_study_items_text(settings, WKS_STUDY_KEYS_PARAMETER_NAME);
    out->path = wks_study_items_text(settings, WKS_STUDY_KEYS_PARAMETER_PATH);
    out->is_in = wks_mem_array((size_t)study->n_scenarios, sizeof *out->is_in);
    if (out->name == NULL || out->path == NULL || out->is_in == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a parameter");
    out->is_log = settings->value[WKS_STUDY_KEYS_PARAMETER_LOG] > 0;
    out->is_whole = settings->value[WKS_STUDY_KEYS_PARAMETER_WHOLE] > 0;
    if (settings->node[WKS_STUDY_KEYS_PARAMETER_NAME] != NULL) check_column(r, node, out->name);
    for (int32_t k = 0; k + 1 < study->n_parameters; k++) {
        if (strcmp(study->parameter[k].name, out->name) == 0)
            wks_study_items_tell(r, node, "name", "this name stands twice among the parameters");
        if (out->path[0] != '\0' && strcmp(study->parameter[k].path, out->path) == 0)
            wks_study_items_tell(r, node, "path", "this path stands twice among the parameters");
    }
    if (study->function[0] == '\0' && out->path[0] == '\0')
        wks_study_items_tell(r, node, "path", "a parameter needs 'path'; expected a scenario key");
    if (study->function[0] != '\0' && out->path[0] != '\0') wks_study_items_tell(r, node, "path", "a parameter of a function has no path");
    WKS_TRY(read_range(r, node, settings, out));
out:
    return rc;
}

static wks_status read_outcome(const reader *r, wks_config_node *node, wks_settings *settings, int32_t i)
{
    wks_status rc = WKS_OK;
    wks_study *study = r->study;
    wks_study_outcome *more = wks_mem_resize(study->outcome, (size_t)study->n_outcomes, (size_t)study->n_outcomes + 1, sizeof *more);
    (void)i;

    if (more == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for outcomes");
    study->outcome = more;
    wks_study_outcome *out = &study->outcome[study->n_outcomes++];
    *out = (wks_study_outcome){
        .name = wks_study_items_text(settings, WKS_STUDY_KEYS_OUTCOME_NAME),
        .indicator = wks_study_items_text(settings, WKS_STUDY_KEYS_OUTCOME_INDICATOR),
        .group = wks_study_items_text(settings, WKS_STUDY_KEYS_OUTCOME_GROUP),
        .scale = wks_study_items_text(settings, WKS_STUDY_KEYS_OUTCOME_SCALE),
        .level = wks_study_items_text(settings, WKS_STUDY_KEYS_OUTCOME_LEVEL),
        .area = wks_study_items_text(settings, WKS_STUDY_KEYS_OUTCOME_AREA),
        .scenario = wks_study_items_text(settings, WKS_STUDY_KEYS_OUTCOME_SCENARIO),
        .tick = (int32_t)settings->value[WKS_STUDY_KEYS_OUTCOME_TICK],
        .is_contrast = settings->value[WKS_STUDY_KEYS_OUTCOME_CONTRAST] > 0,
        .node = node,
    };
    if (out->name == NULL || out->indicator == NULL || out->group == NULL || out->scale == NULL || out->level == NULL ||
        out->area == NULL || out->scenario == NULL)
        WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for an outcome");
    if (settings->node[WKS_STUDY_KEYS_OUTCOME_NAME] != NULL) check_column(r, node, out->name);
    if (strcmp(out->name, "point") == 0 || strcmp(out->name, "replication") == 0 || strcmp(out->name, "status") == 0)
        wks_study_items_tell(r, node, "name", "this name is a column of trials.csv already; expected another one");
out:
    return rc;
}

static wks_status read_target(const reader *r, wks_config_node *node, wks_settings *settings, int32_t i)
{
    wks_status rc = WKS_OK;
    wks_study *study = r->study;
    const char *names[64];
    char hint[WKS_SETTINGS_HINT], *wanted = settings->text[WKS_STUDY_KEYS_TARGET_OUTCOME];
    wks_study_target *more = wks_mem_resize(study->target, (size_t)study->n_targets, (size_t)study->n_targets + 1, sizeof *more);
    int32_t n = 0, k = 0;
    (void)i;

    if (more == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for targets");
    study->target = more;
    wks_study_target *out = &study->target[study->n_targets++];
    out->value = settings->value[WKS_STUDY_KEYS_TARGET_VALUE];
    out->sd = settings->value[WKS_STUDY_KEYS_TARGET_SD];
    out->discrepancy = settings->value[WKS_STUDY_KEYS_TARGET_DISCREPANCY];
    out->is_held_out = settings->value[WKS_STUDY_KEYS_TARGET_HELD_OUT] > 0;
    out->source = wks_study_items_text(settings, WKS_STUDY_KEYS_TARGET_SOURCE);
    if (out->source == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a target");
    if (wanted == NULL) goto out; /* told */
    while (k < study->n_outcomes && strcmp(study->outcome[k].name, wanted) != 0)
        k++;
    out->outcome = k;
    if (k < study->n_outcomes) goto out;
    for (int32_t o = 0; o < study->n_outcomes && n < 64; o++)
        names[n++] = study->outcome[o].name;
    const wks_config_node *at = wks_config_get(node, "outcome");
    wks_problems_error(r->problems, at->file, at->value_line, at->value_column, "'%.80s' is no outcome of this study%s", wanted,
                       wks_settings_hint(wanted, names, (size_t)n, hint));
    out->outcome = 0;
out:
    return rc;
}

wks_status wks_study_items_parameters(const reader *r)
{
    return read_list(r, "parameters", &wks_study_keys_parameter, WKS_STUDY_KEYS_VALUES, read_parameter);
}

wks_status wks_study_items_outcomes(const reader *r)
{
    return read_list(r, "outcomes", &wks_study_keys_outcome, NULL, read_outcome);
}

wks_status wks_study_items_targets(const reader *r)
{
    return read_list(r, "targets", &wks_study_keys_target, NULL, read_target);
}
