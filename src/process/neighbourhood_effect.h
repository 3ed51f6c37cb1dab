/* What the equations of process neighbourhood imply in the long run, analytically: for `check` and the docs. */
#ifndef WKS_PROCESS_NEIGHBOURHOOD_EFFECT_H
#define WKS_PROCESS_NEIGHBOURHOOD_EFFECT_H

#include "process/neighbourhood_state.h"

/* X(name, label): what changes by one unit. */
#define WKS_NEIGHBOURHOOD_EFFECTS(X)                                                  \
    X(vulnerable, "vulnerable share (unmet need) 0 -> 1")                             \
    X(overload, "load over capacity by that of the whole city, beyond overload_from") \
    X(nuisance, "one nuisance file more per 1,000 households")                        \
    X(turnover, "turnover 0 -> 1 a year")                                             \
    X(contacts, "light contacts doubled")                                             \
    X(social, "share of social rent 0 -> 1")                                          \
    X(built, "all homes built anew")                                                  \
    X(renovated, "all homes renovated")                                               \
    X(income, "purchasing power doubled")

typedef enum wks_neighbourhood_effect {
#define WKS_NEIGHBOURHOOD_ENUM(name, label) WKS_NEIGHBOURHOOD_EFFECT_##name,
    WKS_NEIGHBOURHOOD_EFFECTS(WKS_NEIGHBOURHOOD_ENUM) WKS_NEIGHBOURHOOD_N_EFFECTS
#undef WKS_NEIGHBOURHOOD_ENUM
} wks_neighbourhood_effect;
extern const char *const wks_neighbourhood_effect_name[WKS_NEIGHBOURHOOD_N_EFFECTS],
    *const wks_neighbourhood_effect_label[WKS_NEIGHBOURHOOD_N_EFFECTS];
extern const char *const wks_neighbourhood_effect_theory[WKS_NEIGHBOURHOOD_N_THEORIES];

/** Change of leefbaarheid (the sum of the dimensions, LBM) in the long run by one unit of each, the others held, under a theory with these settings of process
 *  neighbourhood: straight lines, without thresholds (absorb), limits of scores, and what moves and prices do in return. A share v costs
 *  a_v (1 + d_s) v: 0 in T0, 0.78 v in T2 with the preset a_v. Test: test_neighbourhood_score.c, against runs. */
void wks_neighbourhood_effect_of(const wks_settings *settings, wks_neighbourhood_theory theory, double out[WKS_NEIGHBOURHOOD_N_EFFECTS]);

#endif
