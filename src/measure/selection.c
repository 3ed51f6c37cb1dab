#include "measure/selection.h"

#include <string.h>

bool wks_selection_has(const wks_scenario *scenario, const char *indicator)
{
    for (int32_t i = 0; i < scenario->output.n_indicators; i++) {
        if (strcmp(scenario->output.indicator[i], indicator) == 0) return true;
    }
    return scenario->output.n_indicators == 0;
}
