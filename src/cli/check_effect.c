#include "cli/check_effect.h"

#include <stdio.h>
#include <string.h>

#include "process/neighbourhood_effect.h"

static const wks_settings *settings_of(const wks_scenario *scenario)
{
    for (int32_t i = 0; i < scenario->n_processes; i++) {
        if (strcmp(scenario->process[i].spec->name, "neighbourhood") == 0) return scenario->is_enabled[i] ? &scenario->process[i] : NULL;
    }
    return NULL;
}

void wks_check_effect_print(const wks_scenario *scenario)
{
    const wks_settings *settings = settings_of(scenario);
    double effect[WKS_NEIGHBOURHOOD_N_THEORIES][WKS_NEIGHBOURHOOD_N_EFFECTS];

    if (settings == NULL) return;
    for (int32_t t = 0; t < WKS_NEIGHBOURHOOD_N_THEORIES; t++)
        wks_neighbourhood_effect_of(settings, (wks_neighbourhood_theory)t, effect[t]);
    printf("  leefbaarheid  long-run change of the score (LBM; sd within a city 0.14) by what is assumed, under T0, T1, T2; this run: %s\n",
           wks_neighbourhood_effect_theory[(int32_t)settings->value[WKS_NEIGHBOURHOOD_P_THEORY]]);
    for (int32_t i = 0; i < WKS_NEIGHBOURHOOD_N_EFFECTS; i++) {
        printf("               ");
        for (int32_t t = 0; t < WKS_NEIGHBOURHOOD_N_THEORIES; t++) {
            const double change = effect[t][i];
            printf(" %+7.3f", change < 0 || change > 0 ? change : 0.0); /* no -0 */
        }
        printf("  %s\n", wks_neighbourhood_effect_label[i]);
    }
    printf("                T1 is its default member; with compare --theories each replication draws a member of the accepted set\n");
}

wks_json *wks_check_effect_json(const wks_scenario *scenario)
{
    const wks_settings *settings = settings_of(scenario);

    if (settings == NULL) return NULL;
    wks_json *root = wks_json_object();
    for (int32_t t = 0; t < WKS_NEIGHBOURHOOD_N_THEORIES; t++) {
        double effect[WKS_NEIGHBOURHOOD_N_EFFECTS];
        wks_json *under = wks_json_object();
        wks_neighbourhood_effect_of(settings, (wks_neighbourhood_theory)t, effect);
        for (int32_t i = 0; i < WKS_NEIGHBOURHOOD_N_EFFECTS; i++)
            wks_json_set_take(under, wks_neighbourhood_effect_name[i], wks_json_number(effect[i]));
        wks_json_set_take(root, wks_neighbourhood_effect_theory[t], under);
    }
    return root;
}
