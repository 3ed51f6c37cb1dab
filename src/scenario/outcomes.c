#include "scenario/outcomes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/group.h"
#include "scenario/keys.h"
#include "scenario/section.h"
#include "scenario/settings.h"

enum { MAX_NAMES = 512 };

void wks_outcomes_free(wks_scenario *scenario)
{
    for (int32_t i = 0; i < scenario->n_outcomes; i++) {
        free(scenario->outcome[i].indicator);
        free(scenario->outcome[i].group);
        free(scenario->outcome[i].scale);
        free(scenario->outcome[i].area);
    }
    free(scenario->outcome);
    scenario->outcome = NULL;
    scenario->n_outcomes = 0;
}

bool wks_outcomes_ask_precision(const wks_scenario *scenario)
{
    for (int32_t i = 0; i < scenario->n_outcomes; i++) {
        if (scenario->outcome[i].half_width > 0) return true;
    }
    return false;
}

/* ---- reading ----------------------------------------------------------------------------------------------------------------- */

/* Takes a text of the settings; one that is not written is "". */
static char *take_text(wks_settings *settings, int32_t i)
{
    char *text = settings->text[i] == NULL ? wks_mem_string("") : settings->text[i];

    settings->text[i] = NULL;
    return text;
}

static void check_indicator(const wks_config_node *element, const wks_scenario *scenario, wks_problems *problems)
{
    const wks_catalogue *catalogue = scenario->catalogue;
    const wks_config_node *node = wks_config_get(element, "indicator");
    const char *names[MAX_NAMES];
    char near[WKS_SETTINGS_HINT];
    size_t n = 0;

    if (node == NULL || node->type != WKS_CONFIG_STRING) return; /* told already */
    for (int32_t i = 0; i < catalogue->n_indicators && n < MAX_NAMES; i++) {
        if (strcmp(catalogue->indicator[i].name, node->string) == 0) return;
        names[n++] = catalogue->indicator[i].name;
    }
    wks_problems_error(problems, node->file, node->value_line, node->value_column, "unknown indicator \"%.80s\"%s", node->string,
                       wks_settings_hint(node->string, names, n, near));
}

static bool same(const wks_outcome *a, const wks_outcome *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && strcmp(a->group, b->group) == 0 && strcmp(a->scale, b->scale) == 0 &&
           strcmp(a->area, b->area) == 0;
}

static void check_twice(const wks_config_node *element, const wks_scenario *scenario, int32_t i, wks_problems *problems)
{
    for (int32_t k = 0; k < i; k++) {
        if (!same(&scenario->outcome[k], &scenario->outcome[i])) continue;
        wks_problems_error(problems, element->file, element->line, element->column, "outcome '%s' is there twice; expected one of each",
                           scenario->outcome[i].indicator);
    }
}

static wks_status read_one(wks_config_node *element, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    const wks_settings_context context = {.problems = problems};
    wks_settings settings = {0};
    wks_status rc = WKS_OK;

    WKS_TRY(wks_settings_read(&context, element, &wks_keys_outcome, wks_keys_outcome.name, NULL, 0, &settings, err));
    wks_outcome *out = &scenario->outcome[scenario->n_outcomes++];
    *out = (wks_outcome){
        .indicator = take_text(&settings, WKS_KEYS_OUTCOME_INDICATOR),
        .group = take_text(&settings, WKS_KEYS_OUTCOME_GROUP),
        .scale = take_text(&settings, WKS_KEYS_OUTCOME_SCALE),
        .area = take_text(&settings, WKS_KEYS_OUTCOME_AREA),
        .threshold = settings.value[WKS_KEYS_OUTCOME_THRESHOLD],
        .half_width = settings.value[WKS_KEYS_OUTCOME_HALF_WIDTH],
    };
    if (out->indicator == NULL || out->group == NULL || out->scale == NULL || out->area == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an outcome");
    check_indicator(element, scenario, problems);
    check_twice(element, scenario, scenario->n_outcomes - 1, problems);
out:
    wks_settings_free(&settings);
    return rc;
}

static wks_status read_list(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!wks_group_check_list(list, "outcomes", problems) || list->n_children == 0) return WKS_OK;
    scenario->outcome = wks_mem_array(list->n_children, sizeof *scenario->outcome);
    if (scenario->outcome == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (size_t i = 0; i < list->n_children; i++)
        WKS_TRY(read_one(list->child[i], scenario, problems, err));
out:
    return rc;
}

static wks_status read_precision(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    const wks_settings_context context = {.problems = problems};
    const wks_param *preset = wks_keys_precision.param;
    wks_precision_keys *out = &scenario->precision;
    wks_settings settings = {0};
    wks_config_node *node;
    wks_status rc = WKS_OK;

    out->max_replications = (int32_t)preset[WKS_KEYS_MAX_REPLICATIONS].preset;
    out->look_ahead = (int32_t)preset[WKS_KEYS_LOOK_AHEAD].preset;
    out->batch = (int32_t)preset[WKS_KEYS_BATCH].preset;
    if (wks_config_get(root, "precision") == NULL) goto out;
    WKS_TRY(wks_section_find(root, "precision", WKS_CONFIG_GROUP, problems, &node, err));
    if (node == NULL) goto out;
    WKS_TRY(wks_settings_read(&context, node, &wks_keys_precision, wks_keys_precision.name, NULL, 0, &settings, err));
    out->max_replications = (int32_t)settings.value[WKS_KEYS_MAX_REPLICATIONS];
    out->look_ahead = (int32_t)settings.value[WKS_KEYS_LOOK_AHEAD];
    out->batch = (int32_t)settings.value[WKS_KEYS_BATCH];
out:
    wks_settings_free(&settings);
    return rc;
}

wks_status wks_outcomes_read(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_config_node *list = wks_config_get(root, "outcomes");
    wks_status rc = WKS_OK;

    if (list != NULL) WKS_TRY(read_list(list, scenario, problems, err));
    WKS_TRY(read_precision(root, scenario, problems, err));
out:
    return rc;
}

/* ---- the command line -------------------------------------------------------------------------------------------------------- */

static wks_status add_node(wks_config_node *parent, const char *name, wks_config_type type, const char *file, wks_config_node **out,
                           wks_err *err)
{
    wks_config_node *node = wks_config_new(name, type, file, 0, 0);

    *out = NULL;
    if (node == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", file);
    const wks_status rc = wks_config_add_take(parent, node, err);
    if (rc == WKS_OK) *out = node;
    return rc;
}

/* The child of that name, of this type: made, or made anew when it is something else. */
static wks_status child_of(wks_config_node *parent, const char *name, wks_config_type type, const char *file, wks_config_node **out,
                           wks_err *err)
{
    for (size_t i = 0; i < parent->n_children; i++) {
        if (strcmp(parent->child[i]->name, name) != 0) continue;
        if (parent->child[i]->type == type) {
            *out = parent->child[i];
            return WKS_OK;
        }
        wks_config_remove(parent, i);
        break;
    }
    return add_node(parent, name, type, file, out, err);
}

static bool has_text(const wks_config_node *element, const char *key, const char *text)
{
    const wks_config_node *node = element->type != WKS_CONFIG_GROUP ? NULL : wks_config_get(element, key);

    return node == NULL || node->type != WKS_CONFIG_STRING ? text[0] == '\0' : strcmp(node->string, text) == 0;
}

static wks_status set_half_width(wks_config_node *list, const char *indicator, const char *group, double half, const char *file,
                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_config_node *element = NULL, *node = NULL;

    for (size_t i = 0; i < list->n_children && element == NULL; i++) {
        wks_config_node *at = list->child[i];
        if (at->type == WKS_CONFIG_GROUP && has_text(at, "indicator", indicator) && has_text(at, "group", group) &&
            has_text(at, "scale", "") && has_text(at, "area", ""))
            element = at;
    }
    if (element == NULL) {
        WKS_TRY(add_node(list, NULL, WKS_CONFIG_GROUP, file, &element, err));
        WKS_TRY(add_node(element, "indicator", WKS_CONFIG_STRING, file, &node, err));
        WKS_TRY(wks_settings_set_text(node, indicator, err));
        if (group[0] != '\0') {
            WKS_TRY(add_node(element, "group", WKS_CONFIG_STRING, file, &node, err));
            WKS_TRY(wks_settings_set_text(node, group, err));
        }
    }
    WKS_TRY(child_of(element, "half_width", WKS_CONFIG_REAL, file, &node, err));
    node->real = half;
out:
    return rc;
}

/* One INDICATOR[:GROUP]=HALF_WIDTH, cut in place. */
static wks_status ask_one(wks_config_node *list, char *item, const char *file, wks_problems *problems, wks_err *err)
{
    char *equals = strchr(item, '='), *colon;
    double half = 0;

    if (equals != NULL) *equals = '\0';
    if (equals == NULL || !wks_text_parse_double(equals + 1, &half) || !(half > 0)) {
        if (equals != NULL) *equals = '='; /* told whole */
        wks_problems_error(problems, file, 0, 0, "'%s' is no half-width; expected INDICATOR=NUMBER or INDICATOR:GROUP=NUMBER, above 0",
                           item);
        return WKS_OK;
    }
    colon = strchr(item, ':');
    if (colon != NULL) *colon = '\0';
    return set_half_width(list, item, colon == NULL ? "" : colon + 1, half, file, err);
}

static wks_status ask_all(wks_config_node *root, const char *asked, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text file = WKS_TEXT_INIT;
    wks_config_node *list = NULL;
    char *copy = wks_mem_string(asked);

    wks_text_addf(&file, "--precision '%s'", asked);
    if (copy == NULL || file.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for --precision");
    WKS_TRY(child_of(root, "outcomes", WKS_CONFIG_LIST, file.data, &list, err));
    for (char *item = copy, *next; item != NULL; item = next) {
        next = strchr(item, ',');
        if (next != NULL) *next++ = '\0';
        WKS_TRY(ask_one(list, item, file.data, problems, err));
    }
out:
    free(copy);
    wks_text_free(&file);
    return rc;
}

wks_status wks_outcomes_ask(wks_config_node *root, const char *asked, int32_t max_replications, wks_problems *problems, wks_err *err)
{
    static const char option[] = "--max-replications";
    wks_status rc = WKS_OK;
    wks_config_node *group = NULL, *node = NULL;

    if (asked != NULL) WKS_TRY(ask_all(root, asked, problems, err));
    if (max_replications < 0) goto out;
    WKS_TRY(child_of(root, "precision", WKS_CONFIG_GROUP, option, &group, err));
    WKS_TRY(child_of(group, "max_replications", WKS_CONFIG_INT, option, &node, err));
    node->integer = max_replications;
out:
    return rc;
}
