#include "report/long_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scenario/members.h"
#include "scenario/model.h"
#include "scenario/read.h"
#include "sim/everything.h"

static bool effect_of(const wks_scenario *scenario, double out[WKS_NEIGHBOURHOOD_N_THEORIES])
{
    for (int32_t i = 0; i < scenario->n_processes; i++) {
        if (strcmp(scenario->process[i].spec->name, "neighbourhood") != 0) continue;
        if (!scenario->is_enabled[i]) return false;
        for (int32_t t = 0; t < WKS_NEIGHBOURHOOD_N_THEORIES; t++) {
            double effect[WKS_NEIGHBOURHOOD_N_EFFECTS];
            wks_neighbourhood_effect_of(&scenario->process[i], (wks_neighbourhood_theory)t, effect);
            out[t] = effect[WKS_NEIGHBOURHOOD_EFFECT_vulnerable];
        }
        return true;
    }
    return false;
}

/* The reference's scenario.cfg; false when there is none, or one of another version of the program: then there is nothing to tell. */
static bool read_reference(const wks_dossier *dossier, wks_scenario *out)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    const char *folder = dossier->n_scenarios > 0 ? dossier->scenario[0].folder : NULL;
    char *path = folder == NULL ? NULL : wks_file_join(folder, "scenario.cfg");
    wks_problems ignored = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const bool ok = path != NULL && wks_file_exists(path) &&
                    wks_read_scenario(path, &options, wks_everything_catalogue(), out, &ignored, &err) == WKS_OK;

    wks_problems_free(&ignored);
    free(path);
    return ok;
}

bool wks_long_run_read(const wks_dossier *dossier, double out[WKS_NEIGHBOURHOOD_N_THEORIES])
{
    wks_scenario scenario = {0};
    const bool ok = read_reference(dossier, &scenario) && effect_of(&scenario, out);

    wks_scenario_free(&scenario);
    return ok;
}

int32_t wks_long_run_members(const wks_dossier *dossier, int32_t *out_parameters)
{
    wks_scenario scenario = {0};
    int32_t n = 0;

    *out_parameters = 0;
    if (read_reference(dossier, &scenario) && scenario.calibrated != NULL) {
        n = scenario.calibrated->n;
        *out_parameters = scenario.calibrated->n_columns;
    }
    wks_scenario_free(&scenario);
    return n;
}

int32_t wks_long_run_warmup(const wks_dossier *dossier)
{
    wks_scenario scenario = {0};
    const bool has_one = read_reference(dossier, &scenario) && wks_model_has_city(&scenario);
    const int32_t warmup = has_one ? scenario.model.warmup : 0;

    wks_scenario_free(&scenario);
    return warmup;
}
