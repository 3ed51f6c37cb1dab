#include "scenario/event_check.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/settings.h"

/* A parameter that counts only where another one is such: `param` of `event` needs `by` to be `only` (a choice; "false": a switch that is off), or,
 * with `is_not`, anything else. */
static const struct {
    const char *event, *param, *by, *word;
    bool is_not;
} needs[] = {
    {"programme", "factor", "kind", "jobs", true},
    {"programme", "places", "kind", "jobs", false},
    {"programme", "accept", "kind", "jobs", false},
    {"meeting", "label", "kind", "shared_space", false},
    {"demolish", "notice_months", "when_vacant", "false", false},
    {"demolish", "return_wish", "when_vacant", "false", false},
    {"demolish", "return_right", "when_vacant", "false", false},
};

static bool is_word(const wks_settings *settings, int32_t i, const char *word)
{
    const wks_param *param = &settings->spec->param[i];

    if (param->type == WKS_PARAM_BOOL) return (settings->value[i] != 0.0) == (strcmp(word, "true") == 0);
    return strcmp(param->choice[(int32_t)settings->value[i]], word) == 0;
}

/* Written, and other than what it is without. */
static bool is_meant(const wks_settings *settings, int32_t i)
{
    return settings->node[i] != NULL && fabs(settings->value[i] - settings->spec->param[i].preset) > 0;
}

static void check_jobs(const wks_config_node *element, const wks_settings *settings, wks_problems *problems)
{
    const int32_t kind = wks_settings_param(settings->spec, "kind"), places = wks_settings_param(settings->spec, "places");

    if (kind < 0 || places < 0 || !is_word(settings, kind, "jobs") || settings->value[places] > 0) return;
    const wks_config_node *at = settings->node[kind] == NULL ? element : settings->node[kind];
    wks_problems_warning(problems, at->file, at->line, at->column,
                         "%s of kind jobs without places does nothing; expected places = a number of wijkbasisbanen", settings->spec->name);
}

void wks_event_check(const wks_config_node *element, const wks_settings *settings, wks_problems *problems)
{
    for (size_t k = 0; k < sizeof needs / sizeof *needs; k++) {
        if (strcmp(settings->spec->name, needs[k].event) != 0) continue;
        const int32_t i = wks_settings_param(settings->spec, needs[k].param), by = wks_settings_param(settings->spec, needs[k].by);
        if (i < 0 || by < 0 || !is_meant(settings, i) || is_word(settings, by, needs[k].word) != needs[k].is_not) continue;
        const wks_config_node *at = settings->node[i];
        wks_problems_warning(problems, at->file, at->line, at->column, "%s has no effect here: it counts only where %s is %s%s",
                             needs[k].param, needs[k].by, needs[k].is_not ? "not " : "", needs[k].word);
    }
    check_jobs(element, settings, problems);
}

void wks_event_check_warmup(const wks_config_node *element, const wks_scenario *scenario, int32_t month, wks_problems *problems)
{
    const wks_config_node *at = wks_config_get(element, "at");
    const int32_t warmup = scenario->model.warmup, tick = month - scenario->start_month;
    char from[16];

    if (at == NULL || tick < 0 || tick > warmup || warmup <= 0 || warmup >= scenario->n_ticks) return;
    wks_problems_warning(
        problems, at->file, at->value_line, at->value_column,
        "this event lies inside the warm-up of %d months, so that its effect may pass for drift; expected from tick %d on, %s", warmup,
        warmup + 1, wks_text_month(scenario->start_month + warmup + 1, from));
}
