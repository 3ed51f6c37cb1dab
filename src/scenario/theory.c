#include "scenario/theory.h"

#include <math.h>
#include <string.h>

#include "scenario/members.h"
#include "scenario/settings.h"

/* The cross-section's d_s (docs/odd.md, neighbourhood): T2 uses it whatever the scenario says. */
static const double cross_section_d_s = 1.23;

double wks_theory_strength(const wks_scenario *scenario, int32_t number)
{
    const char *theory = wks_scenario_choice(scenario, "neighbourhood", "theory");
    const wks_settings *settings = wks_scenario_process(scenario, "neighbourhood");
    const int32_t row = wks_members_row(scenario, number);
    const wks_members *members = scenario->members;
    double a_v, d_s;

    if (theory[0] == '\0') return NAN;
    if (strcmp(theory, "T0") == 0) return 0;
    a_v = wks_settings_value_or(settings, "a_v", NAN);
    d_s = wks_settings_value_or(settings, "d_s", NAN);
    for (int32_t k = 0; row >= 0 && k < members->n_columns; k++) {
        const wks_settings *target = &scenario->process[members->process[k]];
        const double value = members->value[row * members->n_columns + k];
        if (target != settings) continue;
        if (strcmp(target->spec->param[members->param[k]].name, "a_v") == 0) a_v = value;
        if (strcmp(target->spec->param[members->param[k]].name, "d_s") == 0) d_s = value;
    }
    if (strcmp(theory, "T2") == 0) d_s = cross_section_d_s;
    return a_v * (1 + d_s);
}
