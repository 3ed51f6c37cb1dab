#include "scenario/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "scenario/bills.h"
#include "scenario/group.h"
#include "scenario/keys.h"
#include "scenario/members.h"
#include "scenario/model.h"
#include "scenario/outcomes.h"
#include "scenario/ruleset.h"
#include "scenario/ruleset_check.h"
#include "scenario/section.h"
#include "scenario/settings.h"
#include "scenario/timeline.h"
#include "scenario/tree.h"

enum { MAX_NAMES = 512 };

/* Sections under the top, in the order of the resolved text. */
static const char *const section[] = {"seeds", "groups", "bills", "rules", "timeline", "processes", "output", "outcomes", "precision"};
enum { N_SECTIONS = sizeof section / sizeof section[0] };

typedef struct reader {
    wks_scenario *scenario;
    wks_config_node *root;
    wks_problems *problems;
    wks_err *err;
} reader;

static char *take_text(wks_settings *settings, int32_t i)
{
    char *text = settings->text[i];

    settings->text[i] = NULL;
    return text;
}

/* ---- sections ---------------------------------------------------------------------------------------------------------------- */

/* Of a city: a run-in as long as the run leaves nothing to answer with. */
static void check_warmup(const reader *r)
{
    const wks_config_node *node = wks_config_get(r->root, "warmup");
    const int32_t warmup = r->scenario->model.warmup, n_ticks = r->scenario->n_ticks;

    if (warmup <= 0 || n_ticks <= 0 || warmup < n_ticks) return; /* ticks 0: wrong, told already */
    wks_problems_error(r->problems, node->file, node->value_line, node->value_column,
                       "warmup is %d and the run has %d ticks; expected a warmup below ticks", warmup, n_ticks);
}

/* Of a city: its tables keep months that lie within these (base/month.h). */
static void check_start(const reader *r)
{
    const wks_config_node *node = wks_config_get(r->root, "start");
    const int32_t first = r->scenario->start_month, last = first + r->scenario->n_ticks;
    char begins[8], from[8], until[8];

    if (first == 0 || r->scenario->n_ticks <= 0 || (first >= WKS_MONTH_FIRST && last <= WKS_MONTH_LAST))
        return; /* 0: wrong, told already */
    wks_problems_error(r->problems, node->file, node->value_line, node->value_column,
                       "start is %s and the run has %d ticks; expected a run within %s to %s", wks_text_month(first, begins),
                       r->scenario->n_ticks, wks_text_month(WKS_MONTH_FIRST, from), wks_text_month(WKS_MONTH_LAST, until));
}

static wks_status read_top(const reader *r)
{
    const wks_settings_context context = {.problems = r->problems, .elsewhere = r->scenario->catalogue, .root = r->root};
    wks_scenario *scenario = r->scenario;
    const wks_config_node *name;
    wks_settings settings = {0};
    char *stem = wks_file_stem(scenario->path);
    wks_status rc = WKS_OK;

    if (stem == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a name");
    WKS_TRY(wks_section_text(r->root, "name", stem[0] != '\0' ? stem : "scenario", r->err));
    name = wks_config_get(r->root, "name");
    WKS_TRY(wks_section_text(r->root, "title", name->type == WKS_CONFIG_STRING ? name->string : stem, r->err));
    WKS_TRY(wks_section_text(r->root, "city", wks_keys_default_city, r->err));
    WKS_TRY(wks_section_text(r->root, "start", wks_keys_default_start, r->err));
    WKS_TRY(wks_settings_read(&context, r->root, &wks_keys_top, wks_keys_top.name, section, N_SECTIONS, &settings, r->err));
    scenario->name = take_text(&settings, WKS_KEYS_NAME);
    scenario->title = take_text(&settings, WKS_KEYS_TITLE);
    scenario->question = take_text(&settings, WKS_KEYS_QUESTION);
    scenario->city = take_text(&settings, WKS_KEYS_CITY);
    if (scenario->question == NULL) scenario->question = wks_mem_string("");
    if (scenario->question == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a scenario");
    scenario->start_month = isnan(settings.value[WKS_KEYS_START]) ? 0 : (int32_t)settings.value[WKS_KEYS_START];
    scenario->n_ticks = (int32_t)settings.value[WKS_KEYS_TICKS];
    scenario->n_replications = (int32_t)settings.value[WKS_KEYS_REPLICATIONS];
    scenario->first_replication = (int32_t)settings.value[WKS_KEYS_FIRST_REPLICATION];
    scenario->law_index = settings.value[WKS_KEYS_LAW_INDEX];
    scenario->model.warmup = (int32_t)settings.value[WKS_KEYS_WARMUP];
    check_start(r);
    check_warmup(r);
out:
    wks_settings_free(&settings);
    free(stem);
    return rc;
}

static wks_status read_seeds(const reader *r)
{
    const wks_settings_context context = {.problems = r->problems};
    wks_settings settings = {0};
    wks_config_node *node;
    wks_status rc = WKS_OK;

    WKS_TRY(wks_section_find(r->root, "seeds", WKS_CONFIG_GROUP, r->problems, &node, r->err));
    if (node == NULL) goto out;
    WKS_TRY(wks_settings_read(&context, node, &wks_keys_seeds, wks_keys_seeds.name, NULL, 0, &settings, r->err));
    r->scenario->seed_population = (uint64_t)settings.value[WKS_KEYS_POPULATION];
    r->scenario->seed_dynamics = (uint64_t)settings.value[WKS_KEYS_DYNAMICS];
out:
    wks_settings_free(&settings);
    return rc;
}

static wks_status read_process(const reader *r, wks_config_node *parent, int32_t i)
{
    static const char *const extra[] = {"enabled"};
    const wks_settings_context context = {.problems = r->problems,
                                          .group = r->scenario->group,
                                          .n_groups = r->scenario->n_groups,
                                          .knowable_only = true,
                                          .origin_allowed = false,
                                          .elsewhere = r->scenario->catalogue};
    const wks_spec *spec = r->scenario->catalogue->process[i];
    wks_config_node *node, *enabled;
    wks_status rc = WKS_OK;

    r->scenario->process[i].spec = spec;
    r->scenario->is_enabled[i] = true;
    WKS_TRY(wks_section_find(parent, spec->name, WKS_CONFIG_GROUP, r->problems, &node, r->err));
    if (node == NULL) goto out;
    enabled = wks_config_get(node, "enabled");
    if (enabled == NULL) {
        enabled = wks_settings_add(node, "enabled", WKS_CONFIG_BOOL, r->err);
        if (enabled == NULL) return WKS_ERR_NOMEM;
        enabled->integer = 1;
    } else if (enabled->type != WKS_CONFIG_BOOL) {
        wks_problems_error(r->problems, enabled->file, enabled->value_line, enabled->value_column, "enabled is %s; expected true or false",
                           wks_settings_type_text(enabled));
    } else {
        r->scenario->is_enabled[i] = enabled->integer != 0;
    }
    rc = wks_settings_read(&context, node, spec, spec->name, extra, 1, &r->scenario->process[i], r->err);
out:
    return rc;
}

static wks_status read_processes(const reader *r)
{
    const wks_catalogue *catalogue = r->scenario->catalogue;
    const wks_settings_context context = {.problems = r->problems, .elsewhere = catalogue};
    const char *names[MAX_NAMES];
    wks_config_node *node;
    wks_status rc = WKS_OK;

    WKS_BUG_IF(catalogue->n_processes > MAX_NAMES);
    WKS_TRY(wks_section_find(r->root, "processes", WKS_CONFIG_GROUP, r->problems, &node, r->err));
    r->scenario->process = wks_mem_array((size_t)catalogue->n_processes, sizeof *r->scenario->process);
    r->scenario->is_enabled = wks_mem_array((size_t)catalogue->n_processes, sizeof *r->scenario->is_enabled);
    if (r->scenario->process == NULL || r->scenario->is_enabled == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for processes");
    if (node == NULL) goto out;
    for (int32_t i = 0; i < catalogue->n_processes; i++)
        names[i] = catalogue->process[i]->name;
    wks_settings_check_keys(&context, node, names, (size_t)catalogue->n_processes, "processes");
    for (int32_t i = 0; i < catalogue->n_processes; i++) {
        r->scenario->n_processes = i + 1;
        WKS_TRY(read_process(r, node, i));
    }
    wks_settings_order(node, names, (size_t)catalogue->n_processes);
out:
    return rc;
}

/* Each text of a list is one of names; the nearest is named otherwise. */
static void check_texts(const reader *r, const wks_config_node *list, const char *const *names, size_t n, const char *what)
{
    char near[WKS_SETTINGS_HINT];

    for (size_t i = 0; list != NULL && list->type == WKS_CONFIG_LIST && i < list->n_children; i++) {
        const wks_config_node *item = list->child[i];
        bool is_known = item->type != WKS_CONFIG_STRING; /* told already */
        for (size_t k = 0; k < n && !is_known; k++)
            is_known = strcmp(names[k], item->string) == 0;
        if (is_known) continue;
        wks_problems_error(r->problems, item->file, item->value_line, item->value_column, "unknown %s \"%.80s\"%s", what, item->string,
                           wks_settings_hint(item->string, names, n, near));
    }
}

static bool has_text(const wks_settings *settings, int32_t i, const char *text)
{
    for (int32_t k = 0; k < settings->n_areas[i]; k++) {
        if (strcmp(settings->area[i][k], text) == 0) return true;
    }
    return false;
}

/* Indicators of a model without a city are of no city, and the other way round. */
static bool is_of_this_kind(const wks_scenario *scenario, const char *level)
{
    const bool is_model = strcmp(level, "model") == 0, is_grid = strcmp(level, "grid") == 0;

    if (wks_model_has_city(scenario)) return !is_model && !is_grid;
    return scenario->model.kind == WKS_MODEL_GRID ? is_grid : is_model;
}

static wks_status read_output(const reader *r)
{
    static const char *const level[] = {"city", "wijk", "buurt"}, *const preset[] = {"city", "buurt"};
    const wks_settings_context context = {.problems = r->problems};
    const wks_catalogue *catalogue = r->scenario->catalogue;
    wks_output *out = &r->scenario->output;
    const char *names[MAX_NAMES];
    const bool is_model = !wks_model_has_city(r->scenario);
    const wks_spec *spec = is_model ? &wks_keys_model_output : &wks_keys_output;
    wks_settings settings = {0};
    wks_config_node *node;
    wks_status rc = WKS_OK;
    size_t n_names = 0;

    WKS_BUG_IF(catalogue->n_indicators > MAX_NAMES);
    WKS_TRY(wks_section_find(r->root, "output", WKS_CONFIG_GROUP, r->problems, &node, r->err));
    if (node == NULL) goto out;
    WKS_TRY(wks_section_list(node, "levels", preset, is_model ? 1 : 2, r->err));
    WKS_TRY(wks_settings_read(&context, node, spec, spec->name, NULL, 0, &settings, r->err));
    for (int32_t i = 0; i < catalogue->n_indicators; i++) {
        if (is_of_this_kind(r->scenario, catalogue->indicator[i].level)) names[n_names++] = catalogue->indicator[i].name;
    }
    check_texts(r, wks_config_get(node, "levels"), level, 3, "level");
    check_texts(r, wks_config_get(node, "indicators"), names, n_names, "indicator");
    out->city = has_text(&settings, WKS_KEYS_LEVELS, level[0]);
    out->wijk = has_text(&settings, WKS_KEYS_LEVELS, level[1]);
    out->buurt = has_text(&settings, WKS_KEYS_LEVELS, level[2]);
    out->city_every = (int32_t)settings.value[WKS_KEYS_CITY_EVERY];
    out->buurt_every = (int32_t)settings.value[WKS_KEYS_BUURT_EVERY];
    out->segregation_every = (int32_t)settings.value[WKS_KEYS_SEGREGATION_EVERY];
    out->lettings = settings.value[WKS_KEYS_LETTINGS] > 0.0;
    out->monitor = settings.value[WKS_KEYS_MONITOR] > 0.0;
    out->indicator = settings.area[WKS_KEYS_INDICATORS]; /* moves over */
    out->n_indicators = settings.n_areas[WKS_KEYS_INDICATORS];
    settings.area[WKS_KEYS_INDICATORS] = NULL;
    settings.n_areas[WKS_KEYS_INDICATORS] = 0;
out:
    wks_settings_free(&settings);
    return rc;
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

static void check_rules_are_there(const reader *r)
{
    const wks_config_node *rules = wks_config_get(r->root, "rules");

    if (r->scenario->n_rules > 0 || !wks_scenario_is_enabled(r->scenario, "allocation")) return;
    wks_problems_error(r->problems, rules->line > 0 ? rules->file : r->scenario->path, rules->line, rules->column,
                       "no rules, so social dwellings could not be let; expected rules = ( { ... } ), a base that has them, or "
                       "processes.allocation.enabled = false");
}

/* A path counts by its last part. */
static wks_status keep_last_part(wks_config_node *node, wks_err *err)
{
    const char *slash = node == NULL || node->type != WKS_CONFIG_STRING ? NULL : strrchr(node->string, '/');
    char *stem = slash == NULL ? NULL : wks_mem_string(slash + 1);
    wks_status rc = WKS_OK;

    if (slash == NULL) return WKS_OK;
    if (stem == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the resolved scenario");
    WKS_TRY(wks_settings_set_text(node, stem, err));
out:
    free(stem);
    return rc;
}

static wks_config_node *node_at(wks_config_node *root, const char *process, const char *param)
{
    wks_config_node *node = wks_config_get(root, "processes");

    if (node != NULL) node = wks_config_get(node, process);
    return node == NULL ? NULL : wks_config_get(node, param);
}

/* SHA-256 of the resolved text without what does not change results; the city counts by the last part of its path (its files are hashed as
 * inputs), sets of members by theirs and by what the files hold. */
static wks_status make_hash(const reader *r)
{
    static const char *const left_out[] = {"name",   "title",    "question", "replications", "first_replication",
                                           "output", "outcomes", "precision"};
    const bool has_city = wks_model_has_city(r->scenario); /* without one, warmup changes what is measured */
    wks_config_node *copy = wks_config_copy(r->root);
    wks_text text = WKS_TEXT_INIT;
    wks_status rc = WKS_OK;

    if (copy == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for the resolved scenario");
    for (size_t i = copy->n_children; i-- > 0;) {
        bool is_out = has_city && strcmp(copy->child[i]->name, "warmup") == 0;
        for (size_t k = 0; k < sizeof left_out / sizeof left_out[0]; k++)
            is_out = is_out || strcmp(copy->child[i]->name, left_out[k]) == 0;
        if (is_out) wks_config_remove(copy, i);
    }
    WKS_TRY(keep_last_part(wks_config_get(copy, "city"), r->err)); /* a model without a city has no such key */
    WKS_TRY(keep_last_part(node_at(copy, "neighbourhood", "members"), r->err));
    WKS_TRY(keep_last_part(wks_config_get(copy, "members"), r->err));
    wks_config_write(copy, &text);
    if (r->scenario->members != NULL) wks_text_add(&text, r->scenario->members->sha256);
    if (r->scenario->calibrated != NULL) wks_text_add(&text, r->scenario->calibrated->sha256);
    if (text.failed || text.data == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for the resolved scenario");
    wks_file_sha256_bytes(text.data, text.length, r->scenario->hash);
out:
    wks_text_free(&text);
    wks_config_free(copy);
    return rc;
}

static void order_top(wks_config_node *root)
{
    const char *order[WKS_KEYS_N_TOP + N_SECTIONS];

    for (int32_t i = 0; i < WKS_KEYS_N_TOP; i++)
        order[i] = wks_keys_top.param[i].name;
    for (int32_t i = 0; i < N_SECTIONS; i++)
        order[WKS_KEYS_N_TOP + i] = section[i];
    wks_settings_order(root, order, WKS_KEYS_N_TOP + N_SECTIONS);
}

static wks_status read_model(const reader *r)
{
    wks_status rc = WKS_OK;

    WKS_TRY(read_seeds(r));
    WKS_TRY(wks_model_read(r->root, r->scenario, r->problems, r->err));
    WKS_TRY(read_output(r));
    WKS_TRY(wks_outcomes_read(r->root, r->scenario, r->problems, r->err));
    wks_model_order(r->scenario, r->root);
out:
    return rc;
}

static wks_status read_sections(const reader *r)
{
    wks_config_node *groups, *rules, *timeline, *bills = wks_config_get(r->root, "bills");
    wks_status rc = WKS_OK;

    r->scenario->model.kind = wks_model_find(r->root, r->problems);
    if (!wks_model_has_city(r->scenario)) return read_model(r);
    WKS_TRY(read_top(r)); /* first: the timeline is held against the months of the run */
    WKS_TRY(wks_section_find(r->root, "groups", WKS_CONFIG_LIST, r->problems, &groups, r->err));
    WKS_TRY(wks_section_find(r->root, "rules", WKS_CONFIG_LIST, r->problems, &rules, r->err));
    WKS_TRY(wks_section_find(r->root, "timeline", WKS_CONFIG_LIST, r->problems, &timeline, r->err));
    WKS_TRY(read_seeds(r));
    if (groups != NULL) WKS_TRY(wks_group_read(groups, r->scenario, r->problems, r->err));
    if (bills != NULL) WKS_TRY(wks_bills_read(bills, r->scenario, r->problems, r->err)); /* not written: none, and not in the tree */
    if (rules != NULL) WKS_TRY(wks_ruleset_read(rules, r->scenario, r->problems, r->err));
    WKS_TRY(read_processes(r));
    WKS_TRY(wks_members_read(r->scenario, r->problems, r->err));
    if (timeline != NULL) WKS_TRY(wks_timeline_read(timeline, r->scenario, r->problems, r->err));
    WKS_TRY(read_output(r));
    WKS_TRY(wks_outcomes_read(r->root, r->scenario, r->problems, r->err));
    order_top(r->root);
out:
    return rc;
}

/* Takes the tree. */
static wks_status read_tree_take(wks_config_node *root, const char *path, const wks_read_options *options, const wks_catalogue *catalogue,
                                 wks_scenario *out, wks_problems *problems, wks_err *err)
{
    const reader r = {.scenario = out, .root = root, .problems = problems, .err = err};
    wks_status rc = WKS_OK;

    out->resolved = root;
    out->catalogue = catalogue;
    out->path = wks_mem_string(path);
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a scenario");
    WKS_TRY(wks_tree_apply(root, options, problems, err));
    WKS_TRY(wks_outcomes_ask(root, options->precision, options->max_replications, problems, err));
    WKS_TRY(read_sections(&r));
    if (problems->n_errors == 0 && !wks_model_has_city(out)) {
        wks_model_check(out, problems);
    } else if (problems->n_errors == 0) {
        check_rules_are_there(&r);
        if (problems->n_errors == 0) WKS_TRY(wks_ruleset_check(out, problems, err));
    }
    WKS_TRY(wks_problems_status(problems, err));
    rc = make_hash(&r);
out:
    return rc;
}

wks_status wks_read_scenario(const char *path, const wks_read_options *options, const wks_catalogue *catalogue, wks_scenario *out,
                             wks_problems *problems, wks_err *err)
{
    wks_config_node *root = NULL;
    wks_status rc;

    memset(out, 0, sizeof *out);
    rc = wks_tree_load(path, &root, problems, err);
    if (rc == WKS_OK && wks_config_get(root, "parameters") != NULL && wks_config_get(root, "rules") == NULL) {
        wks_problems_error(problems, path, 0, 0, "is a study; expected a scenario, with rules or a base; sweep or calibrate runs a study");
        wks_config_free(root);
        return wks_problems_status(problems, err);
    }
    return rc != WKS_OK ? rc : read_tree_take(root, path, options, catalogue, out, problems, err);
}

wks_status wks_read_scenario_text(const char *name, const char *text, size_t n, const wks_read_options *options,
                                  const wks_catalogue *catalogue, wks_scenario *out, wks_problems *problems, wks_err *err)
{
    wks_config_node *root = NULL;
    wks_status rc;

    memset(out, 0, sizeof *out);
    rc = wks_tree_parse(name, text, n, &root, problems, err);
    return rc != WKS_OK ? rc : read_tree_take(root, name, options, catalogue, out, problems, err);
}

/* ---- what needs the city ----------------------------------------------------------------------------------------------------- */

const wks_config_node *wks_read_city_node(const wks_scenario *scenario)
{
    return wks_config_get(scenario->resolved, "city");
}

/* folder/middle/city if that is a folder, else NULL. Frees nothing. */
static char *city_in(const char *folder, const char *middle, const char *city)
{
    char *parent = folder == NULL ? NULL : wks_file_join(folder, middle);
    char *path = parent == NULL ? NULL : wks_file_join(parent, city);

    free(parent);
    if (path != NULL && wks_file_is_folder(path)) return path;
    free(path);
    return NULL;
}

char *wks_read_city_folder(const wks_scenario *scenario)
{
    const wks_config_node *node = wks_read_city_node(scenario);
    char *own = node->line > 0 ? wks_file_folder(node->file) : wks_mem_string("."), *data = wks_file_data_folder();
    char *found = city_in(own, ".", scenario->city);

    if (found == NULL) found = city_in(".", "scenarios/cities", scenario->city);
    if (found == NULL) found = city_in(data, "scenarios/cities", scenario->city);
    free(own);
    free(data);
    return found;
}

static bool has_code(const char *const *code, int32_t n, const char *wanted)
{
    int32_t low = 0, high = n;

    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        const int order = strcmp(code[middle], wanted);
        if (order == 0) return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void check_settings(const wks_settings *settings, const char *const *code, int32_t n, wks_problems *problems)
{
    char near[WKS_SETTINGS_HINT];

    for (int32_t i = 0; settings->spec != NULL && i < settings->spec->n_params; i++) {
        const wks_config_node *list = settings->node[i];
        for (int32_t k = 0; k < settings->n_areas[i]; k++) {
            const wks_config_node *at = list != NULL && (size_t)k < list->n_children ? list->child[k] : NULL;
            if (has_code(code, n, settings->area[i][k])) continue;
            wks_problems_error(problems, at == NULL ? "scenario" : at->file, at == NULL ? 0 : at->value_line,
                               at == NULL ? 0 : at->value_column,
                               "'%s' is no buurt or wijk of this city; expected a code of its buurten.csv%s", settings->area[i][k],
                               wks_settings_hint(settings->area[i][k], code, (size_t)n, near));
        }
    }
}

wks_status wks_read_check_areas(const wks_scenario *scenario, const char *const *code, int32_t n_codes, wks_problems *problems,
                                wks_err *err)
{
    const size_t n_errors = problems->n_errors;

    for (int32_t i = 0; i < scenario->n_rules; i++) {
        for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++) {
            int32_t n;
            const wks_settings *parts = wks_ruleset_parts(&scenario->rules[i], list, &n);
            for (int32_t k = 0; k < n; k++)
                check_settings(&parts[k], code, n_codes, problems);
        }
    }
    for (int32_t i = 0; i < scenario->n_events; i++)
        check_settings(&scenario->timeline[i].settings, code, n_codes, problems);
    for (int32_t i = 0; i < scenario->n_processes; i++)
        check_settings(&scenario->process[i], code, n_codes, problems);
    return problems->n_errors == n_errors ? WKS_OK : wks_problems_status(problems, err);
}

/* ---- a set event ------------------------------------------------------------------------------------------------------------- */

static double set_value(const wks_param *param, const wks_config_node *node)
{
    switch (node->type) {
    case WKS_CONFIG_REAL: return node->real;
    case WKS_CONFIG_STRING:
        for (int32_t i = 0; param->choice[i] != NULL; i++) {
            if (strcmp(param->choice[i], node->string) == 0) return (double)i;
        }
        break;
    default: break;
    }
    return (double)node->integer;
}

void wks_read_apply_set(const wks_scenario *scenario, const wks_event *event, wks_settings *process, bool *is_enabled)
{
    int32_t i, param;
    const bool is_good = wks_timeline_target(scenario, event->settings.text[0], &i, &param);

    WKS_BUG_IF(!is_good || event->set_value == NULL);
    if (param < 0) {
        is_enabled[i] = event->set_value->integer != 0;
    } else {
        process[i].value[param] = set_value(&process[i].spec->param[param], event->set_value);
    }
}
