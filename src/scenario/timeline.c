#include "scenario/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/event_check.h"
#include "scenario/event_key.h"
#include "scenario/group.h"
#include "scenario/settings_value.h"

enum { MAX_EVENTS = 100000, MAX_NAMES = 256, WORD_MAX = 96 };

static const wks_param set_param[] = {
    {"set", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, "assumption: choice of the modeller",
     "what changes: processes.<process>.<parameter> or processes.<process>.enabled; the key `value` holds the new value"},
};
const wks_spec wks_timeline_set = {.name = "set",
                                   .kind = "event",
                                   .help = "from this month on a parameter of a process has another value",
                                   .basis = "",
                                   .param = set_param,
                                   .n_params = 1,
                                   .implementation = NULL};

static const char prefix[] = "processes.";

/* The word up to the next dot (or the end) copied into word; the text behind it, NULL at the end or when the word is too long. */
static const char *next_word(const char *path, char word[WORD_MAX])
{
    const size_t length = strcspn(path, ".");

    word[0] = '\0';
    if (length >= WORD_MAX) return NULL;
    memcpy(word, path, length);
    word[length] = '\0';
    return path[length] == '.' ? path + length + 1 : NULL;
}

static bool is_settable(const wks_param *param)
{
    return param->type == WKS_PARAM_BOOL || param->type == WKS_PARAM_INT || param->type == WKS_PARAM_REAL ||
           param->type == WKS_PARAM_CHOICE;
}

bool wks_timeline_target(const wks_scenario *scenario, const char *path, int32_t *out_process, int32_t *out_param)
{
    char word[WORD_MAX];
    const char *rest;

    if (strncmp(path, prefix, sizeof prefix - 1) != 0) return false;
    rest = next_word(path + sizeof prefix - 1, word);
    if (rest == NULL) return false;
    for (int32_t i = 0; i < scenario->n_processes; i++) {
        const wks_spec *spec = scenario->process[i].spec;
        if (strcmp(spec->name, word) != 0) continue;
        *out_process = i;
        *out_param = -1;
        if (strcmp(rest, "enabled") == 0) return true;
        *out_param = wks_settings_param(spec, rest);
        return *out_param >= 0 && is_settable(&spec->param[*out_param]);
    }
    return false;
}

/* The path means nothing: says which part of it. */
static void wrong_path(const wks_scenario *scenario, const wks_config_node *node, wks_problems *problems)
{
    const char *names[MAX_NAMES];
    const wks_spec *spec = NULL;
    const char *rest = NULL;
    char word[WORD_MAX], near[WKS_SETTINGS_HINT];
    size_t n = 0;

    if (strncmp(node->string, prefix, sizeof prefix - 1) == 0) rest = next_word(node->string + sizeof prefix - 1, word);
    if (rest == NULL) {
        wks_problems_error(problems, node->file, node->value_line, node->value_column,
                           "set is \"%.80s\"; expected processes.<process>.<parameter> or processes.<process>.enabled", node->string);
        return;
    }
    for (int32_t i = 0; i < scenario->n_processes && n < MAX_NAMES; i++) {
        names[n++] = scenario->process[i].spec->name;
        if (strcmp(names[n - 1], word) == 0) spec = scenario->process[i].spec;
    }
    if (spec == NULL) {
        wks_problems_error(problems, node->file, node->value_line, node->value_column, "set names the unknown process '%s'%s", word,
                           wks_settings_hint(word, names, n, near));
        return;
    }
    if (wks_settings_param(spec, rest) >= 0) {
        wks_problems_error(problems, node->file, node->value_line, node->value_column,
                           "'%s' of process '%s' cannot change during a run; expected a number, a switch or a choice", rest, spec->name);
        return;
    }
    n = 0;
    names[n++] = "enabled";
    for (int32_t i = 0; i < spec->n_params; i++)
        names[n++] = spec->param[i].name;
    wks_problems_error(problems, node->file, node->value_line, node->value_column,
                       "set names the unknown parameter '%.80s' of process '%s'%s", rest, spec->name,
                       wks_settings_hint(rest, names, n, near));
}

static wks_status check_set(const wks_scenario *scenario, wks_config_node *node, wks_event *event, wks_problems *problems, wks_err *err)
{
    const wks_settings_context context = {.problems = problems, .group = scenario->group, .n_groups = scenario->n_groups};
    const wks_config_node *path = wks_config_get(node, "set");
    wks_config_node *value = wks_config_get(node, "value");
    int32_t process = 0, param = 0;
    wks_settings scratch = {0};
    wks_status rc = WKS_OK;

    event->set_value = value;
    if (value == NULL) {
        wks_problems_error(problems, node->file, node->line, node->column, "an event with set needs the key 'value'");
    }
    if (path == NULL || path->type != WKS_CONFIG_STRING) return WKS_OK; /* told already */
    if (!wks_timeline_target(scenario, path->string, &process, &param)) {
        wrong_path(scenario, path, problems);
        return WKS_OK;
    }
    if (value == NULL) return WKS_OK;
    if (param < 0) {
        if (value->type != WKS_CONFIG_BOOL) {
            wks_problems_error(problems, value->file, value->value_line, value->value_column, "value is %s; expected true or false",
                               wks_settings_type_text(value));
        }
        return WKS_OK;
    }
    scratch.spec = scenario->process[process].spec;
    wks_settings_value(&context, value, param, &scratch, &rc, err);
    wks_settings_free(&scratch);
    return rc;
}

static bool is_set(const wks_spec *spec)
{
    return strcmp(spec->name, wks_timeline_set.name) == 0;
}

/* The kind of event an element asks for; NULL with a problem. */
static const wks_spec *spec_of(const wks_config_node *element, const wks_catalogue *catalogue, wks_problems *problems)
{
    const wks_config_node *kind = wks_config_get(element, "event");
    const char *names[MAX_NAMES];
    char near[WKS_SETTINGS_HINT];
    size_t n = 0;

    if (kind == NULL || kind->type != WKS_CONFIG_STRING) {
        const wks_config_node *at = kind == NULL ? element : kind;
        wks_problems_error(problems, at->file, at->line, at->column,
                           "an element of timeline needs event = \"...\", or the keys set and value");
        return NULL;
    }
    names[n++] = wks_timeline_set.name;
    for (int32_t i = 0; i < catalogue->n_events && n < MAX_NAMES; i++) {
        if (strcmp(catalogue->event[i]->name, kind->string) == 0) return catalogue->event[i];
        if (!is_set(catalogue->event[i])) names[n++] = catalogue->event[i]->name;
    }
    if (strcmp(kind->string, wks_timeline_set.name) == 0) return &wks_timeline_set; /* a catalogue without it */
    wks_problems_error(problems, kind->file, kind->value_line, kind->value_column, "unknown event \"%.80s\"%s", kind->string,
                       wks_settings_hint(kind->string, names, n, near));
    return NULL;
}

static void read_month(const wks_config_node *element, const wks_scenario *scenario, wks_event *event, wks_problems *problems)
{
    const wks_config_node *at = wks_config_get(element, "at");
    char first[16], last[16];

    if (at == NULL) {
        wks_problems_error(problems, element->file, element->line, element->column, "an element of timeline needs at = \"2027-01\"");
        return;
    }
    if (at->type != WKS_CONFIG_STRING || !wks_text_parse_month(at->string, &event->month)) {
        wks_problems_error(problems, at->file, at->value_line, at->value_column, "at is %s%.40s%s; expected a month as \"2027-01\"",
                           at->type == WKS_CONFIG_STRING ? "\"" : wks_settings_type_text(at),
                           at->type == WKS_CONFIG_STRING ? at->string : "", at->type == WKS_CONFIG_STRING ? "\"" : "");
        return;
    }
    const int32_t end = scenario->start_month + scenario->n_ticks;
    if (event->month >= scenario->start_month && event->month <= end) return;
    if (event->month < scenario->start_month) {
        wks_problems_warning(problems, at->file, at->value_line, at->value_column,
                             "%s lies before the run, %s to %s: this event happens in the first month", at->string,
                             wks_text_month(scenario->start_month, first), wks_text_month(end, last));
        return;
    }
    wks_problems_warning(problems, at->file, at->value_line, at->value_column,
                         "this event never happens: %s lies outside the run, %s to %s", at->string,
                         wks_text_month(scenario->start_month, first), wks_text_month(end, last));
}

/* What ends before it begins, or before the first month, is nearly always a slip. */
static void check_until(const wks_config_node *element, const wks_scenario *scenario, const wks_event *event, wks_problems *problems)
{
    const wks_config_node *until = wks_config_get(element, "until");
    const int32_t param = wks_settings_param(event->settings.spec, "until");
    const int32_t from = event->month > scenario->start_month ? event->month : scenario->start_month + 1;

    if (until == NULL || param < 0 || !(event->settings.value[param] <= from)) return; /* NaN: wrong, told already */
    wks_problems_warning(problems, until->file, until->value_line, until->value_column,
                         "this event never runs: until is the first month without it, and it would begin in %s",
                         wks_text_month(from, (char[16]){0}));
}

static wks_status read_one(wks_config_node *element, const wks_scenario *scenario, wks_event *event, wks_problems *problems, wks_err *err)
{
    static const char *const extra[] = {"at", "name", "event", "remove", "value"};
    const wks_settings_context context = {.problems = problems,
                                          .group = scenario->group,
                                          .n_groups = scenario->n_groups,
                                          .needs_rule_group = true,
                                          .knowable_only = true,
                                          .origin_allowed = false};
    const wks_spec *spec;
    wks_status rc = WKS_OK;

    const char *name = wks_group_element_name(element, "timeline", problems);
    if (wks_config_get(element, "event") == NULL && wks_config_get(element, "set") != NULL) {
        wks_config_node *kind = wks_settings_add(element, "event", WKS_CONFIG_STRING, err);
        if (kind == NULL) return WKS_ERR_NOMEM;
        WKS_TRY(wks_settings_set_text(kind, wks_timeline_set.name, err));
    }
    read_month(element, scenario, event, problems);
    spec = spec_of(element, scenario->catalogue, problems);
    if (spec == NULL) return WKS_OK;
    WKS_TRY(wks_settings_read(&context, element, spec, spec->name, extra, is_set(spec) ? 5 : 4, &event->settings, err));
    event->key = wks_event_key_of(event, name);
    check_until(element, scenario, event, problems);
    wks_event_check_warmup(element, scenario, event->month, problems);
    wks_event_check(element, &event->settings, problems);
    if (is_set(spec)) rc = check_set(scenario, element, event, problems, err);
out:
    return rc;
}

/* Insertion sort: stable, and scenarios are written in order mostly. */
static void sort_by_month(wks_event *event, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        wks_event moving;
        int32_t k = i;
        if (event[i - 1].month <= event[i].month) continue;
        moving = event[i];
        for (; k > 0 && event[k - 1].month > moving.month; k--)
            event[k] = event[k - 1];
        event[k] = moving;
    }
}

wks_status wks_timeline_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!wks_group_check_list(list, "timeline", problems) || list->n_children == 0) return WKS_OK;
    if (list->n_children > MAX_EVENTS) {
        wks_problems_error(problems, list->file, list->line, list->column, "%zu events; expected at most %d", list->n_children,
                           (int)MAX_EVENTS);
        return WKS_OK;
    }
    scenario->timeline = wks_mem_array(list->n_children, sizeof *scenario->timeline);
    if (scenario->timeline == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the timeline");
    for (size_t i = 0; i < list->n_children; i++) {
        rc = read_one(list->child[i], scenario, &scenario->timeline[i], problems, err);
        scenario->n_events = (int32_t)i + 1;
        if (rc != WKS_OK) goto out;
    }
    sort_by_month(scenario->timeline, scenario->n_events);
    wks_event_key_part(scenario->timeline, scenario->n_events);
out:
    return rc;
}
