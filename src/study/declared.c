#include "study/declared.h"

#include <string.h>

static const char *const usual[] = {"wait_p50_months", "success_rate", "starters_share", "refusals_per_letting",
                                    "leefbaarheid",    "wait_mean",    "chance"};

wks_declared wks_declared_of(const wks_scenario *scenario)
{
    const wks_output *output = &scenario->output;

    if (scenario->n_outcomes > 0) return (wks_declared){.outcome = scenario->outcome, .n = (size_t)scenario->n_outcomes};
    if (output->n_indicators > 0) return (wks_declared){.name = (const char *const *)output->indicator, .n = (size_t)output->n_indicators};
    return (wks_declared){.name = usual, .n = sizeof usual / sizeof *usual, .everybody_only = true};
}

static bool is_outcome(const wks_outcome *outcome, const wks_matrix_row *row)
{
    return strcmp(outcome->indicator, row->indicator) == 0 && strcmp(outcome->group, row->group) == 0 &&
           strcmp(outcome->scale, row->scale) == 0 && strcmp(outcome->area, row->area) == 0;
}

int32_t wks_declared_find(const wks_declared *declared, const wks_matrix_row *row)
{
    for (size_t i = 0; i < declared->n; i++) {
        if (declared->outcome != NULL) {
            if (is_outcome(&declared->outcome[i], row)) return (int32_t)i;
        } else if (row->area[0] == '\0' && (!declared->everybody_only || row->group[0] == '\0') &&
                   strcmp(declared->name[i], row->indicator) == 0) {
            return (int32_t)i;
        }
    }
    return -1;
}

double wks_declared_threshold(const wks_declared *declared, int32_t i)
{
    return i < 0 || declared->outcome == NULL ? 0 : declared->outcome[i].threshold;
}

double wks_declared_half_width(const wks_declared *declared, int32_t i)
{
    return i < 0 || declared->outcome == NULL ? 0 : declared->outcome[i].half_width;
}

int32_t wks_declared_last_tick(const wks_matrix *matrix)
{
    int32_t last = 0;
    for (size_t i = 0; i < matrix->n_rows; i++)
        last = matrix->row[i].tick > last ? matrix->row[i].tick : last;
    return last;
}
