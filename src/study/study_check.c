#include "study/study_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "scenario/model.h"
#include "scenario/settings.h"
#include "scenario/tree.h"
#include "sim/everything.h"
#include "study/test_function.h"

/* Where between low and high a parameter is tried beside the ends: no simple fraction, so that whole numbers show. */
#define BETWEEN 0.381966

typedef struct wks_study_checker {
    wks_study *study;
    wks_problems *problems;
    wks_err *err;
    wks_scenario *scenario; /* n_scenarios, as they are without parameters */
    bool is_read;           /* all of them, without errors */
} checker;

static const wks_config_node *place_of(const wks_config_node *node, const char *key)
{
    const wks_config_node *at = wks_config_get(node, key);
    return at == NULL || at->value_line == 0 ? node : at;
}

/* An error at the value of a key of the element, or at the element when the key is not written. */
#define TELL(self, item, key, ...)                                                                            \
    do {                                                                                                      \
        const wks_config_node *place = place_of((item)->node, (key));                                         \
        const bool is_whole_element = place == (item)->node;                                                  \
        wks_problems_error((self)->problems, place->file, is_whole_element ? place->line : place->value_line, \
                           is_whole_element ? place->column : place->value_column, __VA_ARGS__);              \
    } while (0)

/* ---- the scenarios ---- */

/* The entry of `set` that made a node, found by its text; NULL when it came from the command line or nowhere. */
static const wks_config_node *set_entry(const checker *self, const char *file)
{
    const wks_config_node *list = wks_config_get(self->study->resolved, "set");
    const size_t n = strlen(WKS_TREE_SET);

    if (file == NULL || strncmp(file, WKS_TREE_SET, n) != 0 || list == NULL) return NULL;
    for (size_t i = 0; i < list->n_children; i++) {
        const wks_config_node *item = list->child[i];
        const size_t length = strlen(item->string);
        if (item->value_line > 0 && file[n] == '\'' && strncmp(file + n + 1, item->string, length) == 0 && file[n + 1 + length] == '\'')
            return item;
    }
    return NULL;
}

/* Problems of a scenario file as they are, those of `set` at their place in the study. */
static void pass_on(const checker *self, const wks_problems *found)
{
    for (size_t i = 0; i < found->n; i++) {
        const wks_problem *item = &found->item[i];
        const wks_config_node *entry = set_entry(self, item->file);
        const char *file = entry == NULL ? item->file : entry->file;
        const int line = entry == NULL ? item->line : entry->value_line, column = entry == NULL ? item->column : entry->value_column;
        if (item->is_warning) {
            wks_problems_warning(self->problems, file, line, column, "%s", item->text);
        } else {
            wks_problems_error(self->problems, file, line, column, "%s", item->text);
        }
    }
}

static wks_status read_at(const checker *self, int32_t s, const wks_read_options *options, wks_scenario *out, wks_problems *found)
{
    wks_err own = WKS_ERR_INIT;
    const wks_status rc = wks_read_scenario(self->study->scenario[s], options, wks_everything_catalogue(), out, found, &own);
    return rc == WKS_ERR_DATA ? WKS_OK : rc == WKS_OK ? rc : wks_err_set(self->err, rc, "%s", own.message);
}

static wks_status read_scenario(checker *self, int32_t s)
{
    wks_status rc = WKS_OK;
    wks_study *study = self->study;
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems found = WKS_PROBLEMS_INIT;
    wks_scenario *scenario = &self->scenario[s];

    WKS_TRY(wks_study_file_options(study, s, NULL, &options, self->err));
    WKS_TRY(read_at(self, s, &options, scenario, &found));
    pass_on(self, &found);
    if (found.n_errors > 0) self->is_read = false;
    study->scenario_name[s] = wks_mem_string(scenario->name == NULL ? "" : scenario->name);
    if (study->scenario_name[s] == NULL) WKS_FAIL(self->err, WKS_ERR_NOMEM, "no memory for a name");
out:
    wks_study_file_options_free(&options);
    wks_problems_free(&found);
    return rc;
}

/* Pairs of runs need the same months and the same luck. */
static void check_pairs(const checker *self)
{
    const wks_study *study = self->study;
    const wks_config_node *list = wks_config_get(study->resolved, "scenarios");
    const wks_scenario *first = &self->scenario[0];

    for (int32_t s = 1; s < study->n_scenarios; s++) {
        const wks_scenario *this = &self->scenario[s];
        const wks_config_node *at = list->child[s];
        for (int32_t k = 0; k < s; k++) {
            if (strcmp(study->scenario_name[k], study->scenario_name[s]) == 0)
                wks_problems_error(self->problems, at->file, at->value_line, at->value_column,
                                   "two scenarios are named '%s'; names tell them apart", study->scenario_name[s]);
        }
        if (this->n_ticks != first->n_ticks || this->start_month != first->start_month)
            wks_problems_error(self->problems, at->file, at->value_line, at->value_column,
                               "scenario '%s' differs from the first in start or ticks; expected the same months (set ticks here)",
                               study->scenario_name[s]);
        if (this->seed_dynamics != first->seed_dynamics || this->seed_population != first->seed_population)
            wks_problems_error(
                self->problems, at->file, at->value_line, at->value_column,
                "scenario '%s' differs from the first in its seeds; expected the same luck (set seed and seed_population here)",
                study->scenario_name[s]);
        if (this->model.kind != first->model.kind)
            wks_problems_error(self->problems, at->file, at->value_line, at->value_column,
                               "scenario '%s' is another kind of model than the first", study->scenario_name[s]);
    }
}

static wks_status read_scenarios(checker *self)
{
    wks_status rc = WKS_OK;
    wks_study *study = self->study;
    const size_t n = (size_t)study->n_scenarios;

    self->scenario = wks_mem_array(n, sizeof *self->scenario);
    study->scenario_name = wks_mem_array(n, sizeof *study->scenario_name);
    if (self->scenario == NULL || study->scenario_name == NULL) WKS_FAIL(self->err, WKS_ERR_NOMEM, "no memory for scenarios");
    for (int32_t s = 0; s < study->n_scenarios; s++)
        WKS_TRY(read_scenario(self, s));
    if (!self->is_read || study->n_scenarios == 0) goto out;
    check_pairs(self);
    study->ticks = self->scenario[0].n_ticks;
    study->seed = (int64_t)self->scenario[0].seed_dynamics;
    study->seed_population = (int64_t)self->scenario[0].seed_population;
out:
    return rc;
}

/* ---- parameters ---- */

/* Whether a path leads to something in a resolved tree: groups by name, elements of lists by number or name. */
static bool has_path(const wks_config_node *node, const char *path)
{
    while (node != NULL && *path != '\0') {
        const size_t n = strcspn(path, ".");
        char step[128];
        const wks_config_node *next = NULL;
        int64_t number = -1;
        if (n == 0 || n >= sizeof step) return false;
        memcpy(step, path, n);
        step[n] = '\0';
        if (node->type == WKS_CONFIG_GROUP) next = wks_config_get(node, step);
        if (node->type == WKS_CONFIG_LIST && wks_text_parse_int64(step, &number) && number >= 0 && (size_t)number < node->n_children)
            next = node->child[number];
        for (size_t i = 0; node->type == WKS_CONFIG_LIST && next == NULL && i < node->n_children; i++) {
            const wks_config_node *item = node->child[i], *name = item->type == WKS_CONFIG_GROUP ? wks_config_get(item, "name") : NULL;
            if (name != NULL && name->type == WKS_CONFIG_STRING && strcmp(name->string, step) == 0) next = item;
        }
        node = next;
        path += n + (path[n] == '.');
    }
    return node != NULL;
}

/* Keys that say how much is run or written are no parameters of what is modelled; the seed of the dynamics would undo the pairing. */
static bool is_of_the_run(const char *path)
{
    static const char *const key[] = {"ticks", "replications", "first_replication", "seeds.dynamics", "start",
                                      "name",  "title",        "question",          "output"};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        const size_t n = strlen(key[i]);
        if (strncmp(path, key[i], n) == 0 && (path[n] == '\0' || path[n] == '.')) return true;
    }
    return false;
}

/* Reads scenario s with one parameter at a value; the first error there is told as one of the parameter. */
static wks_status try_value(const checker *self, int32_t p, int32_t s, double value, bool *out_is_good)
{
    wks_status rc = WKS_OK;
    const wks_study_parameter *parameter = &self->study->parameter[p];
    wks_read_options options = WKS_READ_OPTIONS_INIT, one;
    wks_problems found = WKS_PROBLEMS_INIT;
    wks_scenario scenario = {0};
    wks_text set = WKS_TEXT_INIT;
    const char **list = NULL;
    char number[32];

    *out_is_good = false;
    WKS_TRY(wks_study_file_options(self->study, s, NULL, &options, self->err));
    list = wks_mem_array((size_t)options.n_set + 1, sizeof *list);
    wks_text_addf(&set, "%s=%s", parameter->path, wks_text_exact(value, number));
    if (list == NULL || set.failed) WKS_FAIL(self->err, WKS_ERR_NOMEM, "no memory for a parameter");
    for (int32_t i = 0; i < options.n_set; i++)
        list[i] = options.set[i];
    one = options;
    one.set = list;
    list[one.n_set++] = set.data;
    WKS_TRY(read_at(self, s, &one, &scenario, &found));
    *out_is_good = found.n_errors == 0;
    for (size_t i = 0; i < found.n && !*out_is_good; i++) {
        if (found.item[i].is_warning) continue;
        const bool wants_whole = !parameter->is_whole && strstr(found.item[i].text, "expected a whole number") != NULL;
        TELL(self, parameter, "path", "parameter '%s' at %s in scenario '%s': %s%s", parameter->name, wks_text_number(value, number),
             self->study->scenario_name[s], found.item[i].text, wants_whole ? " (whole = true)" : "");
        break;
    }
out:
    wks_scenario_free(&scenario);
    wks_problems_free(&found);
    wks_text_free(&set);
    free(list);
    wks_study_file_options_free(&options);
    return rc;
}

static wks_status check_parameter(const checker *self, int32_t p)
{
    wks_status rc = WKS_OK;
    wks_study_parameter *parameter = &self->study->parameter[p];
    bool is_anywhere = false, is_good = true;

    if (is_of_the_run(parameter->path)) {
        TELL(self, parameter, "path",
             "'%s' says what is run or written, not how the city works; expected a key of a process, a rule or an event", parameter->path);
        return WKS_OK;
    }
    for (int32_t s = 0; s < self->study->n_scenarios; s++) {
        parameter->is_in[s] = has_path(self->scenario[s].resolved, parameter->path);
        is_anywhere = is_anywhere || parameter->is_in[s];
    }
    if (!is_anywhere) {
        WKS_TRY(try_value(self, p, 0, parameter->low, &is_good)); /* tells the nearest name */
        if (is_good) TELL(self, parameter, "path", "no scenario of the study has the key '%s'", parameter->path);
        goto out;
    }
    const double value[] = {parameter->low, parameter->high, wks_study_file_value(parameter, BETWEEN)};
    for (int32_t s = 0; s < self->study->n_scenarios && is_good; s++) {
        for (int k = 0; k < (parameter->n_values > 0 ? 2 : 3) && parameter->is_in[s] && is_good; k++)
            WKS_TRY(try_value(self, p, s, value[k], &is_good));
    }
out:
    return rc;
}

/* ---- outcomes ---- */

static int32_t scenario_called(const wks_study *study, const char *name)
{
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        if (strcmp(study->scenario_name[s], name) == 0) return s;
    }
    return -1;
}

static void check_indicator(const checker *self, const wks_study_outcome *outcome)
{
    const wks_catalogue *catalogue = wks_everything_catalogue();
    const char *names[512];
    char hint[WKS_SETTINGS_HINT];
    const bool has_city = wks_model_has_city(&self->scenario[0]);
    const char *wanted = has_city ? "" : self->scenario[0].model.kind == WKS_MODEL_GRID ? "grid" : "model";
    size_t n = 0;

    for (int32_t i = 0; i < catalogue->n_indicators && n < 512; i++) {
        const wks_indicator_spec *spec = &catalogue->indicator[i];
        const bool is_of_city = strcmp(spec->level, "model") != 0 && strcmp(spec->level, "grid") != 0;
        if (has_city != is_of_city || (!has_city && strcmp(spec->level, wanted) != 0)) continue;
        if (strcmp(spec->name, outcome->indicator) == 0) {
            if (outcome->level[0] != '\0' && strcmp(spec->level, "city") == 0)
                TELL(self, outcome, "level", "indicator '%s' is of the city only; leave out level and area", spec->name);
            if (outcome->level[0] == '\0' && strcmp(spec->level, "buurt") == 0)
                TELL(self, outcome, "indicator", "indicator '%s' is of buurten; expected level = \"buurt\" and area = \"<code>\"",
                     spec->name);
            return;
        }
        names[n++] = spec->name;
    }
    TELL(self, outcome, "indicator", "unknown indicator '%s'%s", outcome->indicator, wks_settings_hint(outcome->indicator, names, n, hint));
}

static void check_function_outcome(const checker *self, const wks_study_outcome *outcome)
{
    if (wks_test_function_output(self->study, outcome->indicator) >= 0) return;
    TELL(self, outcome, "indicator", "'%s' is no output of the function; expected y, or the name of a parameter", outcome->indicator);
}

static void check_outcome(const checker *self, int32_t i)
{
    const wks_study *study = self->study;
    wks_study_outcome *outcome = &self->study->outcome[i];
    char hint[WKS_SETTINGS_HINT];

    for (int32_t k = 0; k < i; k++) {
        if (strcmp(study->outcome[k].name, outcome->name) == 0) TELL(self, outcome, "name", "two outcomes are named '%s'", outcome->name);
    }
    if (study->function[0] != '\0') {
        check_function_outcome(self, outcome);
        if (outcome->is_contrast) TELL(self, outcome, "contrast", "a function has no scenarios to contrast");
        return;
    }
    if (outcome->scenario[0] != '\0') {
        outcome->scenario_index = scenario_called(study, outcome->scenario);
        if (outcome->scenario_index < 0) {
            outcome->scenario_index = 0;
            TELL(self, outcome, "scenario", "'%s' is no scenario of this study%s", outcome->scenario,
                 wks_settings_hint(outcome->scenario, (const char *const *)study->scenario_name, (size_t)study->n_scenarios, hint));
        }
    }
    if (outcome->is_contrast && outcome->scenario_index == 0)
        TELL(self, outcome, "contrast", "a contrast is held against the first scenario; expected another one");
    check_indicator(self, outcome);
    if (outcome->tick > study->ticks) TELL(self, outcome, "tick", "tick %d is behind the last, %d", outcome->tick, study->ticks);
    const bool is_area = strcmp(outcome->level, "buurt") == 0 || strcmp(outcome->level, "wijk") == 0;
    if (outcome->level[0] != '\0' && !is_area)
        TELL(self, outcome, "level", "level is '%s'; expected buurt or wijk, or none for the city", outcome->level);
    if (is_area && outcome->area[0] == '\0')
        TELL(self, outcome, "level", "level is '%s' without area; expected the code of one", outcome->level);
    if (!is_area && outcome->area[0] != '\0') TELL(self, outcome, "area", "area without level; expected level = \"buurt\" or \"wijk\"");
}

static char *suffixed(const char *name, const char *suffix)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "%s_%s", name, suffix);
    for (char *at = text.data; at != NULL && *at != '\0'; at++) /* names of scenarios may hold what columns may not */
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *at) == NULL) *at = '_';
    if (text.failed) {
        wks_text_free(&text);
        return NULL;
    }
    return text.data;
}

static bool copy_outcome(const wks_study_outcome *from, const char *scenario, bool is_only, wks_study_outcome *out)
{
    *out = *from;
    out->name = is_only ? wks_mem_string(from->name) : suffixed(from->name, scenario);
    out->indicator = wks_mem_string(from->indicator);
    out->group = wks_mem_string(from->group);
    out->scale = wks_mem_string(from->scale);
    out->level = wks_mem_string(from->level);
    out->area = wks_mem_string(from->area);
    out->scenario = wks_mem_string(scenario);
    return out->name != NULL && out->indicator != NULL && out->group != NULL && out->scale != NULL && out->level != NULL &&
           out->area != NULL && out->scenario != NULL;
}

static void free_outcome(wks_study_outcome *outcome)
{
    free(outcome->name);
    free(outcome->indicator);
    free(outcome->group);
    free(outcome->scale);
    free(outcome->level);
    free(outcome->area);
    free(outcome->scenario);
}

/* Every outcome gets the name of its scenario, and contrasts with all others become one each. */
static wks_status spread_contrasts(const checker *self)
{
    wks_status rc = WKS_OK;
    wks_study *study = self->study;
    const int32_t n_others = study->n_scenarios - 1, n = study->n_outcomes;
    int32_t n_more = 0, at = 0;
    wks_study_outcome *spread = NULL;

    for (int32_t i = 0; i < n; i++)
        n_more += study->outcome[i].is_contrast && study->outcome[i].scenario[0] == '\0' && n_others > 1 ? n_others : 1;
    spread = wks_mem_array((size_t)n_more, sizeof *spread);
    if (spread == NULL) WKS_FAIL(self->err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (int32_t i = 0; i < n; i++) {
        const wks_study_outcome *from = &study->outcome[i];
        const bool is_for_all = from->is_contrast && from->scenario[0] == '\0' && n_others > 0;
        for (int32_t s = is_for_all ? 1 : 0; s < (is_for_all ? study->n_scenarios : 1); s++) {
            const char *scenario = from->scenario[0] != '\0' || study->n_scenarios == 0 ? from->scenario : study->scenario_name[s];
            if (!copy_outcome(from, scenario, !is_for_all || n_others == 1, &spread[at++]))
                WKS_FAIL(self->err, WKS_ERR_NOMEM, "no memory for outcomes");
        }
    }
    for (int32_t i = 0; i < n; i++)
        free_outcome(&study->outcome[i]);
    free(study->outcome);
    study->outcome = spread;
    study->n_outcomes = at;
    spread = NULL;
out:
    for (int32_t i = 0; i < at && spread != NULL; i++)
        free_outcome(&spread[i]);
    free(spread);
    return rc;
}

/* ---- the whole ---- */

static void check_function(const checker *self)
{
    wks_study *study = self->study;
    const int32_t n = wks_test_function_dimension(study->function);
    const wks_config_node *node = wks_config_get(study->resolved, "function");

    study->ticks = 0;
    if (study->seed < 0) study->seed = 1;
    if (study->seed_population < 0) study->seed_population = 1;
    if (n > 0 && study->n_parameters != n)
        wks_problems_error(self->problems, node->file, node->value_line, node->value_column, "%s has %d parameters, the study %d",
                           study->function, n, study->n_parameters);
}

wks_status wks_study_check(wks_study *study, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    checker self = {study, problems, err, NULL, true};

    WKS_TRY(read_scenarios(&self));
    if (!self.is_read) goto out;
    if (study->function[0] != '\0') check_function(&self);
    for (int32_t p = 0; p < study->n_parameters && study->function[0] == '\0'; p++) {
        if (study->parameter[p].path[0] != '\0' && study->parameter[p].low <= study->parameter[p].high) WKS_TRY(check_parameter(&self, p));
    }
    WKS_TRY(spread_contrasts(&self));
    for (int32_t i = 0; i < study->n_outcomes && (study->n_scenarios > 0 || study->function[0] != '\0'); i++)
        check_outcome(&self, i);
out:
    for (int32_t s = 0; s < study->n_scenarios && self.scenario != NULL; s++)
        wks_scenario_free(&self.scenario[s]);
    free(self.scenario);
    return rc;
}
