#include "scenario/ruleset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/group.h"
#include "scenario/keys.h"
#include "scenario/settings.h"
#include "world/columns.h"

enum { MAX_PARTS = 64, MAX_NAMES = 256 };

const wks_ruleset_list wks_ruleset_lists[WKS_RULESET_N_LISTS] = {
    {"channels", "channel"}, {"filters", "filter"}, {"order", "order"}, {"spreiding", "spreiding"}, {"conduct", "conduct"}};

static void parts_of(wks_rule_set *rules, int32_t list, wks_settings ***out_array, int32_t **out_n)
{
    wks_settings **const array[] = {&rules->channel, &rules->filter, &rules->order, &rules->spreiding, &rules->conduct};
    int32_t *const n[] = {&rules->n_channels, &rules->n_filters, &rules->n_order, &rules->n_spreiding, &rules->n_conduct};

    *out_array = array[list];
    *out_n = n[list];
}

const wks_settings *wks_ruleset_parts(const wks_rule_set *rules, int32_t list, int32_t *out_n)
{
    const wks_settings *const array[] = {rules->channel, rules->filter, rules->order, rules->spreiding, rules->conduct};
    const int32_t n[] = {rules->n_channels, rules->n_filters, rules->n_order, rules->n_spreiding, rules->n_conduct};

    *out_n = n[list];
    return array[list];
}

void wks_ruleset_free(wks_rule_set *rules)
{
    for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++) {
        wks_settings **array;
        int32_t *n;
        parts_of(rules, list, &array, &n);
        for (int32_t i = 0; i < *n; i++)
            wks_settings_free(&(*array)[i]);
        free(*array);
    }
    free(rules->name);
    free(rules->basis);
    memset(rules, 0, sizeof *rules);
}

/* ---- reading ----------------------------------------------------------------------------------------------------------------- */

static const wks_spec *find_part(const wks_catalogue *catalogue, const char *kind, const char *name)
{
    for (int32_t i = 0; i < catalogue->n_parts; i++) {
        if ((kind == NULL || strcmp(catalogue->part[i]->kind, kind) == 0) && strcmp(catalogue->part[i]->name, name) == 0) {
            return catalogue->part[i];
        }
    }
    return NULL;
}

static const char *list_of_kind(const char *kind)
{
    for (int32_t i = 0; i < WKS_RULESET_N_LISTS; i++) {
        if (strcmp(wks_ruleset_lists[i].kind, kind) == 0) return wks_ruleset_lists[i].key;
    }
    return kind;
}

/* The spec an element asks for; NULL with a problem. */
static const wks_spec *spec_of(const wks_config_node *element, int32_t list, const wks_catalogue *catalogue, wks_problems *problems)
{
    const wks_config_node *part = wks_config_get(element, "part");
    const char *kind = wks_ruleset_lists[list].kind, *key = wks_ruleset_lists[list].key;
    const char *names[MAX_NAMES];
    const wks_spec *spec;
    char near[WKS_SETTINGS_HINT];
    size_t n = 0;

    if (part == NULL || part->type != WKS_CONFIG_STRING) {
        const wks_config_node *at = part == NULL ? element : part;
        wks_problems_error(problems, at->file, at->line, at->column,
                           "an element of %s needs part = \"...\"; wijksim describe rules lists the parts", key);
        return NULL;
    }
    spec = find_part(catalogue, kind, part->string);
    if (spec != NULL) return spec;
    spec = find_part(catalogue, NULL, part->string);
    if (spec != NULL) {
        wks_problems_error(problems, part->file, part->value_line, part->value_column, "part \"%s\" belongs in %s, not in %s", part->string,
                           list_of_kind(spec->kind), key);
        return NULL;
    }
    for (int32_t i = 0; i < catalogue->n_parts && n < MAX_NAMES; i++) {
        if (strcmp(catalogue->part[i]->kind, kind) == 0) names[n++] = catalogue->part[i]->name;
    }
    wks_problems_error(problems, part->file, part->value_line, part->value_column, "unknown part \"%.80s\" in %s%s", part->string, key,
                       wks_settings_hint(part->string, names, n, near));
    return NULL;
}

/* Names within a list must differ: they stand in lettings.csv and merging goes by them. */
static wks_status name_element(wks_config_node *element, const wks_settings *before, int32_t n, const char *key, wks_problems *problems,
                               wks_err *err)
{
    const wks_config_node *part = wks_config_get(element, "part");
    wks_config_node *name = wks_config_get(element, "name");

    if (name == NULL) {
        name = wks_settings_add(element, "name", WKS_CONFIG_STRING, err);
        if (name == NULL || wks_settings_set_text(name, part->string, err) != WKS_OK) return WKS_ERR_NOMEM;
    }
    if (name->type != WKS_CONFIG_STRING || name->string[0] == '\0') {
        wks_problems_error(problems, name->file, name->value_line, name->value_column, "name is %s; expected text between quotes",
                           name->type == WKS_CONFIG_STRING ? "empty" : wks_settings_type_text(name));
        return WKS_OK;
    }
    for (int32_t i = 0; i < n; i++) {
        if (before[i].name == NULL || strcmp(before[i].name, name->string) != 0) continue;
        wks_problems_error(problems, element->file, element->line, element->column,
                           "two elements of %s are named '%s'; give each its own with name = \"...\"", key, name->string);
    }
    return WKS_OK;
}

static wks_status read_list(wks_config_node *rule, int32_t list, const wks_scenario *scenario, wks_rule_set *rules, wks_problems *problems,
                            wks_err *err)
{
    static const char *const extra[] = {"name", "part", "remove"};
    const wks_settings_context context = {.problems = problems,
                                          .group = scenario->group,
                                          .n_groups = scenario->n_groups,
                                          .needs_rule_group = true,
                                          .knowable_only = true,
                                          .origin_allowed = false};
    const char *key = wks_ruleset_lists[list].key;
    wks_config_node *node = wks_config_get(rule, key);
    wks_settings **array;
    int32_t *n;
    wks_status rc = WKS_OK;

    parts_of(rules, list, &array, &n);
    if (node == NULL) {
        node = wks_settings_add(rule, key, WKS_CONFIG_LIST, err);
        return node == NULL ? WKS_ERR_NOMEM : WKS_OK;
    }
    if (!wks_group_check_list(node, key, problems)) return WKS_OK;
    if (node->n_children > MAX_PARTS) {
        wks_problems_error(problems, node->file, node->line, node->column, "%zu elements in %s; expected at most %d", node->n_children, key,
                           (int)MAX_PARTS);
        return WKS_OK;
    }
    node->is_array = false;
    *array = wks_mem_array(node->n_children, sizeof **array);
    if (*array == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rule parts");
    for (size_t i = 0; i < node->n_children; i++) {
        wks_config_node *element = node->child[i];
        const wks_config_node *name;
        const wks_spec *spec;
        wks_group_element_name(element, key, problems);
        spec = spec_of(element, list, scenario->catalogue, problems);
        if (spec == NULL) continue;
        WKS_TRY(name_element(element, *array, *n, key, problems, err));
        name = wks_config_get(element, "name");
        rc = wks_settings_read(&context, element, spec, name->type == WKS_CONFIG_STRING ? name->string : spec->name, extra, 3,
                               &(*array)[*n], err);
        (*n)++;
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}

static int32_t month_or(double value, int32_t otherwise)
{
    return isnan(value) ? otherwise : (int32_t)value;
}

static wks_status read_one(wks_config_node *node, const wks_scenario *scenario, wks_rule_set *out, wks_problems *problems, wks_err *err)
{
    static const char *const extra[] = {"channels", "filters", "order", "spreiding", "conduct", "remove"};
    static const char *const order[] = {"name", "basis", "from", "until", "channels", "filters", "order", "spreiding", "conduct"};
    const wks_settings_context context = {.problems = problems, .knowable_only = true};
    wks_settings settings = {0};
    const char *name = wks_group_element_name(node, "rules", problems);
    wks_status rc = WKS_OK;

    WKS_TRY(wks_settings_read(&context, node, &wks_keys_rule, name[0] != '\0' ? name : wks_keys_rule.name, extra, 6, &settings, err));
    out->name = settings.text[WKS_KEYS_RULE_NAME];
    out->basis = settings.text[WKS_KEYS_RULE_BASIS];
    settings.text[WKS_KEYS_RULE_NAME] = settings.text[WKS_KEYS_RULE_BASIS] = NULL;
    out->from_month = month_or(settings.value[WKS_KEYS_RULE_FROM], WKS_NO_MONTH);
    out->until_month = month_or(settings.value[WKS_KEYS_RULE_UNTIL], INT32_MAX);
    out->share_of_stock = 1.0;
    for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++)
        WKS_TRY(read_list(node, list, scenario, out, problems, err));
    wks_settings_order(node, order, sizeof order / sizeof order[0]);
    if (out->basis == NULL) out->basis = wks_mem_string("");
    if (out->basis == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a rule set");
out:
    wks_settings_free(&settings);
    return rc;
}

wks_status wks_ruleset_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!wks_group_check_list(list, "rules", problems) || list->n_children == 0) return WKS_OK;
    scenario->rules = wks_mem_array(list->n_children, sizeof *scenario->rules);
    if (scenario->rules == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rule sets");
    for (size_t i = 0; i < list->n_children; i++) {
        rc = read_one(list->child[i], scenario, &scenario->rules[i], problems, err);
        scenario->n_rules = (int32_t)i + 1;
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}
