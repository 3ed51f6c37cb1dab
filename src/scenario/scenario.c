#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/group.h"
#include "scenario/members.h"
#include "scenario/model.h"
#include "scenario/outcomes.h"
#include "scenario/ruleset.h"
#include "scenario/settings.h"

void wks_scenario_free(wks_scenario *scenario)
{
    for (int32_t i = 0; i < scenario->n_groups; i++)
        wks_group_free(&scenario->group[i]);
    for (int32_t i = 0; i < scenario->n_rules; i++)
        wks_ruleset_free(&scenario->rules[i]);
    for (int32_t i = 0; i < scenario->n_events; i++)
        wks_settings_free(&scenario->timeline[i].settings);
    for (int32_t i = 0; i < scenario->n_processes; i++)
        wks_settings_free(&scenario->process[i]);
    for (int32_t i = 0; i < scenario->output.n_indicators; i++)
        free(scenario->output.indicator[i]);
    free(scenario->output.indicator);
    free(scenario->group);
    free(scenario->rules);
    free(scenario->timeline);
    free(scenario->process);
    free(scenario->is_enabled);
    free(scenario->path);
    free(scenario->name);
    free(scenario->title);
    free(scenario->question);
    free(scenario->city);
    wks_members_free(scenario->members);
    wks_outcomes_free(scenario);
    wks_members_free(scenario->calibrated);
    wks_model_free(&scenario->model);
    wks_config_free(scenario->resolved);
    memset(scenario, 0, sizeof *scenario);
}

static int32_t process_index(const wks_scenario *scenario, const char *name)
{
    for (int32_t i = 0; i < scenario->n_processes; i++) {
        if (strcmp(scenario->process[i].spec->name, name) == 0) return i;
    }
    return -1;
}

const wks_settings *wks_scenario_process(const wks_scenario *scenario, const char *name)
{
    const int32_t i = process_index(scenario, name);

    return i < 0 ? NULL : &scenario->process[i];
}

bool wks_scenario_is_enabled(const wks_scenario *scenario, const char *name)
{
    const int32_t i = process_index(scenario, name);

    return i >= 0 && scenario->is_enabled[i];
}

int32_t wks_scenario_group(const wks_scenario *scenario, const char *name)
{
    for (int32_t i = 0; i < scenario->n_groups; i++) {
        if (scenario->group[i].name != NULL && strcmp(scenario->group[i].name, name) == 0) return i;
    }
    return -1;
}

const char *wks_scenario_choice(const wks_scenario *scenario, const char *process, const char *parameter)
{
    const wks_settings *settings = wks_scenario_process(scenario, process);

    if (settings == NULL || !wks_scenario_is_enabled(scenario, process)) return "";
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        const wks_param *param = &settings->spec->param[i];
        if (strcmp(param->name, parameter) == 0 && param->type == WKS_PARAM_CHOICE) return param->choice[(int32_t)settings->value[i]];
    }
    return "";
}

bool wks_scenario_is_law(const wks_scenario *scenario, wks_law_bill bill, int32_t month)
{
    return scenario->bill_from[bill] > 0 && month >= scenario->bill_from[bill];
}
