#include "scenario/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "scenario/group.h"
#include "scenario/keys.h"
#include "scenario/model_grid.h"
#include "scenario/ruleset.h"
#include "scenario/section.h"
#include "world/columns.h"

/* In the order of the resolved text. */
static const char *const section[] = {"seeds", "rules", "pool", "queue", "choice", "output", "outcomes", "precision"};
static const char *const grid_section[] = {"seeds", "grid", "relocation", "output", "outcomes", "precision"};
enum { N_SECTIONS = sizeof section / sizeof section[0], N_GRID_SECTIONS = sizeof grid_section / sizeof grid_section[0] };

static size_t sections_of(wks_model_kind kind, const char *const **out)
{
    *out = kind == WKS_MODEL_GRID ? grid_section : section;
    return kind == WKS_MODEL_GRID ? N_GRID_SECTIONS : N_SECTIONS;
}

/* Which section and spec a kind has. */
typedef struct kind {
    const char *key;
    const wks_spec *spec;
} kind;

static kind kind_of(wks_model_kind model)
{
    switch (model) {
    case WKS_MODEL_POOL: return (kind){"pool", &wks_keys_pool};
    case WKS_MODEL_ENTRIES: return (kind){"pool", &wks_keys_entries};
    case WKS_MODEL_QUEUE: return (kind){"queue", &wks_keys_queue};
    case WKS_MODEL_CHOICE: return (kind){"choice", &wks_keys_choice};
    case WKS_MODEL_GRID: return (kind){"grid", &wks_keys_grid};
    default: return (kind){"", NULL};
    }
}

bool wks_model_has_city(const wks_scenario *scenario)
{
    return scenario->model.kind == WKS_MODEL_CITY;
}

wks_model_kind wks_model_find(const wks_config_node *root, wks_problems *problems)
{
    static const char *const key[] = {"pool", "queue", "choice", "grid"};
    static const wks_model_kind kinds[] = {WKS_MODEL_POOL, WKS_MODEL_QUEUE, WKS_MODEL_CHOICE, WKS_MODEL_GRID};
    const wks_config_node *first = NULL;
    wks_model_kind found = WKS_MODEL_CITY;

    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        const wks_config_node *node = wks_config_get(root, key[i]);
        if (node == NULL) continue;
        if (first != NULL) {
            wks_problems_error(problems, node->file, node->line, node->column, "both %s and %s are given; expected one of them",
                               first->name, node->name);
            continue;
        }
        first = node;
        found = kinds[i];
    }
    if (found != WKS_MODEL_POOL || first->type != WKS_CONFIG_GROUP) return found;
    return wks_config_get(first, "reactors") != NULL || wks_config_get(first, "entries") != NULL ? WKS_MODEL_ENTRIES : found;
}

/* ---- reading ----------------------------------------------------------------------------------------------------------------- */

static char *take_text(wks_settings *settings, int32_t i)
{
    char *text = settings->text[i];

    settings->text[i] = NULL;
    return text;
}

static wks_status read_top(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    const wks_settings_context context = {.problems = problems};
    wks_settings settings = {0};
    char *stem = wks_file_stem(scenario->path);
    const wks_config_node *name;
    const char *const *sections;
    const size_t n_sections = sections_of(scenario->model.kind, &sections);
    wks_status rc = WKS_OK;

    if (stem == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a name");
    WKS_TRY(wks_section_text(root, "name", stem[0] != '\0' ? stem : "scenario", err));
    name = wks_config_get(root, "name");
    WKS_TRY(wks_section_text(root, "title", name->type == WKS_CONFIG_STRING ? name->string : stem, err));
    WKS_TRY(wks_settings_read(&context, root, &wks_keys_model, wks_keys_model.name, sections, n_sections, &settings, err));
    scenario->name = take_text(&settings, WKS_KEYS_MODEL_NAME);
    scenario->title = take_text(&settings, WKS_KEYS_MODEL_TITLE);
    scenario->question = take_text(&settings, WKS_KEYS_MODEL_QUESTION);
    scenario->city = wks_mem_string("");
    if (scenario->question == NULL) scenario->question = wks_mem_string("");
    if (scenario->question == NULL || scenario->city == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a scenario");
    scenario->start_month = WKS_NO_MONTH;
    scenario->n_ticks = (int32_t)settings.value[WKS_KEYS_MODEL_TICKS];
    scenario->model.warmup = (int32_t)settings.value[WKS_KEYS_MODEL_WARMUP];
    scenario->n_replications = (int32_t)settings.value[WKS_KEYS_MODEL_REPLICATIONS];
    scenario->first_replication = (int32_t)settings.value[WKS_KEYS_MODEL_FIRST_REPLICATION];
out:
    wks_settings_free(&settings);
    free(stem);
    return rc;
}

static wks_status read_types(wks_config_node *node, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    const wks_settings_context context = {.problems = problems};
    wks_config_node *list;
    wks_model *model = &scenario->model;
    wks_status rc = WKS_OK;

    WKS_TRY(wks_section_find(node, "types", WKS_CONFIG_LIST, problems, &list, err));
    if (list == NULL || !wks_group_check_list(list, "types", problems)) goto out;
    if (list->n_children < 1 || list->n_children > WKS_MODEL_MAX_TYPES) {
        wks_problems_error(problems, list->line > 0 ? list->file : node->file, list->line > 0 ? list->line : node->line,
                           list->line > 0 ? list->column : node->column, "%zu types; expected 1 to %d elements { name; share; outside; }",
                           list->n_children, (int)WKS_MODEL_MAX_TYPES);
        goto out;
    }
    model->type = wks_mem_array(list->n_children, sizeof *model->type);
    if (model->type == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for types");
    for (size_t i = 0; i < list->n_children; i++) {
        const char *name = wks_group_element_name(list->child[i], "types", problems);
        model->n_types = (int32_t)i + 1;
        WKS_TRY(wks_settings_read(&context, list->child[i], &wks_keys_type, name[0] == '\0' ? wks_keys_type.name : name, NULL, 0,
                                  &model->type[i], err));
    }
out:
    return rc;
}

wks_status wks_model_read(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    static const char *const types[] = {"types"};
    const bool is_choice = scenario->model.kind == WKS_MODEL_CHOICE;
    const wks_settings_context context = {.problems = problems};
    const kind own = kind_of(scenario->model.kind);
    wks_config_node *node, *rules;
    wks_status rc = WKS_OK;

    WKS_TRY(read_top(root, scenario, problems, err));
    if (scenario->model.kind == WKS_MODEL_GRID) return wks_model_grid_read(root, scenario, problems, err);
    WKS_TRY(wks_section_find(root, "rules", WKS_CONFIG_LIST, problems, &rules, err));
    if (rules != NULL) WKS_TRY(wks_ruleset_read(rules, scenario, problems, err));
    WKS_TRY(wks_section_find(root, own.key, WKS_CONFIG_GROUP, problems, &node, err));
    if (node == NULL) goto out;
    WKS_TRY(wks_settings_read(&context, node, own.spec, own.spec->name, types, is_choice, &scenario->model.settings, err));
    if (is_choice) WKS_TRY(read_types(node, scenario, problems, err));
out:
    return rc;
}

void wks_model_order(const wks_scenario *scenario, wks_config_node *root)
{
    const char *order[WKS_KEYS_N_MODEL + N_SECTIONS];
    const char *const *sections;
    const size_t n_sections = sections_of(scenario->model.kind, &sections);

    for (int32_t i = 0; i < WKS_KEYS_N_MODEL; i++)
        order[i] = wks_keys_model.param[i].name;
    for (size_t i = 0; i < n_sections; i++)
        order[WKS_KEYS_N_MODEL + i] = sections[i];
    wks_settings_order(root, order, WKS_KEYS_N_MODEL + n_sections);
}

void wks_model_free(wks_model *model)
{
    wks_settings *const own[] = {&model->settings, &model->relocation, &model->weights, &model->tolerance};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (own[i]->spec != NULL) wks_settings_free(own[i]);
    }
    for (int32_t i = 0; i < model->n_types; i++)
        wks_settings_free(&model->type[i]);
    free(model->type);
    *model = (wks_model){0};
}

/* ---- checks ------------------------------------------------------------------------------------------------------------------ */

static const char *expected_order(wks_model_kind model)
{
    switch (model) {
    case WKS_MODEL_ENTRIES: return "order = ( { part = \"lot\"; } )";
    case WKS_MODEL_QUEUE:
        return "order = ( { part = \"inschrijfduur\"; } ) or ( { part = \"lot\"; } ), after { part = \"urgency\"; } or not";
    default: return "order = ( { part = \"inschrijfduur\"; } ) or ( { part = \"lot\"; } )";
    }
}

static void refuse(const wks_scenario *scenario, const wks_config_node *at, const char *what, wks_problems *problems)
{
    wks_problems_error(problems, at->file, at->line, at->column, "%s means nothing in a scenario with %s; expected %s", what,
                       kind_of(scenario->model.kind).key, expected_order(scenario->model.kind));
}

static void refuse_part(const wks_scenario *scenario, const wks_config_node *list, int32_t i, const char *key, wks_problems *problems)
{
    const wks_config_node *part = wks_config_get(list->child[i], "part");
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "part \"%s\" in %s", part->string, key);
    refuse(scenario, part, text.data == NULL ? "the part" : text.data, problems);
    wks_text_free(&text);
}

/* Every vacancy is offered to all who wait: an advertised channel says just that, when it is for all of them and ranks by the order. */
static bool is_open_channel(const wks_settings *channel)
{
    const int32_t share = wks_settings_param(channel->spec, "share");

    if (strcmp(channel->spec->name, "advertised") != 0 || (share >= 0 && channel->value[share] < 1.0)) return false;
    for (int32_t i = 0; i < channel->spec->n_params; i++) {
        const wks_param *param = &channel->spec->param[i];
        if (i == share || (param->type != WKS_PARAM_CHOICE && param->type != WKS_PARAM_AREAS)) continue;
        if (channel->n_areas[i] > 0 || (param->type == WKS_PARAM_CHOICE && channel->value[i] > param->preset)) return false;
    }
    return true;
}

static void check_parts(const wks_scenario *scenario, const wks_config_node *node, wks_problems *problems)
{
    for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++) {
        const char *key = wks_ruleset_lists[list].key;
        int32_t n;
        const wks_settings *parts = wks_ruleset_parts(&scenario->rules[0], list, &n);
        for (int32_t i = 0; i < n && strcmp(key, "order") != 0; i++) {
            if (strcmp(key, "channels") == 0 && n == 1 && is_open_channel(&parts[0])) continue;
            refuse_part(scenario, wks_config_get(node, key), i, key, problems);
        }
    }
}

static void check_order(wks_scenario *scenario, const wks_config_node *node, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[0];
    const wks_config_node *list = wks_config_get(node, "order");
    wks_model *model = &scenario->model;
    int32_t n_decided = 0;

    for (int32_t i = 0; i < rules->n_order; i++) {
        const char *part = rules->order[i].spec->name;
        const bool is_lot = strcmp(part, "lot") == 0;
        if (n_decided == 0 && (is_lot || (strcmp(part, "inschrijfduur") == 0 && model->kind != WKS_MODEL_ENTRIES))) {
            model->by_lot = is_lot;
            n_decided++;
        } else if (i == 0 && strcmp(part, "urgency") == 0 && model->kind == WKS_MODEL_QUEUE) {
            model->priority_first = true;
        } else {
            refuse_part(scenario, list, i, "order", problems);
            return;
        }
    }
    if (n_decided == 0) refuse(scenario, node, "a rule set that does not say who of all who wait goes first", problems);
}

static void check_rules(wks_scenario *scenario, wks_problems *problems)
{
    const wks_config_node *rules = wks_config_get(scenario->resolved, "rules");

    if (scenario->n_rules != 1) {
        wks_problems_error(problems, rules->line > 0 ? rules->file : scenario->path, rules->line, rules->column,
                           "%d rule sets; a scenario with %s has one, with %s", scenario->n_rules, kind_of(scenario->model.kind).key,
                           expected_order(scenario->model.kind));
        return;
    }
    if (scenario->rules[0].from_month != WKS_NO_MONTH || scenario->rules[0].until_month != INT32_MAX) {
        const wks_config_node *from = wks_config_get(rules->child[0], scenario->rules[0].from_month != WKS_NO_MONTH ? "from" : "until");
        wks_problems_error(problems, from->file, from->line, from->column, "%s is a month; a scenario with %s has no calendar", from->name,
                           kind_of(scenario->model.kind).key);
    }
    check_parts(scenario, rules->child[0], problems);
    check_order(scenario, rules->child[0], problems);
}

/* Everybody could be housed at once: nobody would wait, and the equations have no solution below 1. */
static void check_scarcity(const wks_scenario *scenario, wks_problems *problems)
{
    const double *value = scenario->model.settings.value;
    const wks_config_node *node = wks_config_get(wks_config_get(scenario->resolved, "choice"), "joining");

    if (value[WKS_KEYS_CHOICE_JOINING] > value[WKS_KEYS_CHOICE_DWELLINGS]) return;
    wks_problems_error(problems, node->file, node->value_line, node->value_column,
                       "joining is %.0f; expected more than the %.0f dwellings of a tick", value[WKS_KEYS_CHOICE_JOINING],
                       value[WKS_KEYS_CHOICE_DWELLINGS]);
}

static void check_types(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_model *model = &scenario->model;
    const wks_config_node *types = wks_config_get(wks_config_get(scenario->resolved, "choice"), "types");
    char number[32];
    double sum = 0;

    for (int32_t i = 0; i < model->n_types; i++) {
        sum += model->type[i].value[WKS_KEYS_TYPE_SHARE];
        for (int32_t k = 0; k < i; k++) {
            if (strcmp(model->type[i].name, model->type[k].name) != 0) continue;
            wks_problems_error(problems, types->child[i]->file, types->child[i]->line, types->child[i]->column,
                               "two types are named '%s'; expected different names", model->type[i].name);
        }
    }
    if (fabs(sum - 1.0) <= 1e-9) return;
    wks_problems_error(problems, types->file, types->line, types->column, "the shares of the types add up to %s; expected 1",
                       wks_text_number(sum, number));
}

/* A run that ends in its warm-up measures nothing: no mistake of somebody who only tries out, but to be told. */
static void check_warmup(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_config_node *node = wks_config_get(scenario->resolved, "warmup");

    if (scenario->model.warmup < scenario->n_ticks) return;
    wks_problems_warning(problems, node->line > 0 ? node->file : scenario->path, node->value_line, node->value_column,
                         "warmup is %d and the run has %d ticks, so nothing is measured; expected a warmup below ticks",
                         scenario->model.warmup, scenario->n_ticks);
}

void wks_model_check(wks_scenario *scenario, wks_problems *problems)
{
    if (scenario->model.kind == WKS_MODEL_GRID) {
        wks_model_grid_check(scenario, problems);
        return;
    }
    check_rules(scenario, problems);
    check_warmup(scenario, problems);
    if (scenario->model.kind != WKS_MODEL_CHOICE) return;
    check_types(scenario, problems);
    check_scarcity(scenario, problems);
}
