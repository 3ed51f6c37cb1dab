#include "process/neighbourhood.h"

#include "process/neighbourhood_score.h"
#include "process/neighbourhood_stigma.h"
#include "process/neighbourhood_sums.h"

static const char *const theories[] = {"T0", "T1", "T2", NULL};

#define P(name) WKS_NEIGHBOURHOOD_P_##name
static const wks_param params[WKS_NEIGHBOURHOOD_N_PARAMS] = {
    [P(THEORY)] = {"theory", WKS_PARAM_CHOICE, "-", WKS_NEIGHBOURHOOD_T1, 0, 2, theories, false, "docs/odd.md, neighbourhood",
                   "T0: composition and load of residents do not matter (a_v, a_l, a_l_onv, a_n, a_p count as 0); T1: as set here; T2: the "
                   "cross-section (d_s 1.23 and d_w 0.22, unless 0)"},
    [P(MEMBERS)] = {"members", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, "docs/odd.md, theories",
                    "T1: accepted set of coefficients (\"t1\" or a .csv of your own), one row a replication; empty: as set here"},
    [P(K)] = {"k_soc", WKS_PARAM_REAL, "1/mo", 0.02, 0, 1, NULL, false, "assumption (half-life 34 months)",
              "speed at which cohesion and safety follow their targets"},
    [P(A_V)] = {"a_v", WKS_PARAM_REAL, "LBM per share", 0.35, 0, 0.45, NULL, false, "assumption; 0.45 is an upper bound [D1, S21]",
                "loss of cohesion per share of households with unmet support need, against the start"},
    [P(SUPPORT)] = {"support_effect", WKS_PARAM_REAL, "share", 0.4, 0, 0.8, NULL, false, "assumption",
                    "how far support takes away the effect of a vulnerable household"},
    [P(A_M)] = {"a_m", WKS_PARAM_REAL, "LBM per share/yr", 0.20, 0, 1, NULL, false, "assumption", "loss of cohesion per rise of turnover"},
    [P(A_C)] = {"a_c", WKS_PARAM_REAL, "LBM", 0.01, 0, 0.1, NULL, false, "assumption", "gain of cohesion per doubling of light contacts"},
    [P(A_L)] = {"a_l", WKS_PARAM_REAL, "LBM", 0.005, 0, 0.05, NULL, false, "assumption",
                "loss of cohesion per unit of overload: load over capacity beyond the start, in that of the whole city at the start"},
    [P(A_L_ONV)] = {"a_l_onv", WKS_PARAM_REAL, "LBM", 0.005, 0, 0.05, NULL, false, "assumption", "the same loss of onv"},
    [P(OVERLOAD_FROM)] = {"overload_from", WKS_PARAM_REAL, "-", 0.25, 0, 2, NULL, false, "assumption",
                          "so much more load over capacity than at the start is carried without overload, in that of the whole city at the "
                          "start"},
    [P(OVERLOAD_MOST)] = {"overload_most", WKS_PARAM_REAL, "-", 4, 0, 20, NULL, false, "assumption",
                          "overload beyond which more does no more harm"},
    [P(D_S)] = {"d_s", WKS_PARAM_REAL, "-", 0.14, 0, 1.3, NULL, false,
                "assumption: changes 2012-16 give 0.14 +- 0.04 [D2], levels 1.2 to 1.4 [D1]", "onv per unit of cohesion, in T0 and T1"},
    [P(D_W)] = {"d_w", WKS_PARAM_REAL, "-", 0.22, 0, 1, NULL, false, "assumption: cross-section of six cities [D1]",
                "onv per unit of woningvoorraad"},
    [P(A_N)] = {"a_n", WKS_PARAM_REAL, "LBM per event", 0.004, 0, 0.1, NULL, false, "assumption",
                "loss of onv per nuisance file per 1,000 households above the start"},
    [P(A_W)] = {"a_w", WKS_PARAM_REAL, "LBM per share", -0.10, -1, 1, NULL, false,
                "assumption; won of the weakest tenth and the best quarter of buurten is 0.12 apart [D1]",
                "woningvoorraad per share of social rent, against the start"},
    [P(A_B)] = {"a_b", WKS_PARAM_REAL, "LBM per share", 0.06, 0, 0.12, NULL, false,
                "assumption, sign as restructuring [S78]: all new is one sd of won in six cities [D1]",
                "woningvoorraad per share of dwellings completed since the start"},
    [P(A_R)] = {"a_r", WKS_PARAM_REAL, "LBM per share", 0.03, 0, 0.06, NULL, false, "assumption: half of a_b",
                "woningvoorraad per share of dwellings renovated since the start"},
    [P(A_D)] = {"a_d", WKS_PARAM_REAL, "LBM per share", 0.02, 0, 0.06, NULL, false,
                "assumption: what is demolished is below the mean of its buurt",
                "woningvoorraad per dwelling demolished since the start, over those of the start"},
    [P(A_F)] = {"a_f", WKS_PARAM_REAL, "LBM per share", 0.02, 0, 0.08, NULL, false,
                "assumption: all renewed is half a sd of fys in six cities [D1]",
                "fysieke omgeving per share of dwellings completed or renovated since the start"},
    [P(A_P)] = {"a_p", WKS_PARAM_REAL, "LBM", 0.01, 0, 0.05, NULL, false, "assumption",
                "voorzieningen per doubling of what all residents earn, in the prices of the start"},
    [P(RENEWAL_FADE)] = {"renewal_fade", WKS_PARAM_REAL, "1/mo", 0.005, 0, 0.1, NULL, false, "assumption (half-life 11.5 years)",
                         "how fast the gain of an event renewal wears off after it ends"},
    [P(ABSORB)] =
        {"absorb", WKS_PARAM_REAL, "-", 0, 0, 2, NULL, false, "assumption, off; thresholds are told by [S25], not their strength",
         "incasseringsvermogen: below absorb_below a rise of the vulnerable share costs 1 + absorb x (share over absorb_share - 1) "
         "as much, where the share is above absorb_share"},
    [P(ABSORB_BELOW)] = {"absorb_below", WKS_PARAM_REAL, "LBM", 0.0102, -1, 1, NULL, false,
                         "assumption: the threshold of [S25] at class 6/7", "leefbaarheid below which absorb counts"},
    [P(ABSORB_EARLY)] = {"absorb_early", WKS_PARAM_REAL, "-", 0, 0, 2, NULL, false, "assumption, off, as absorb",
                         "the same between absorb_below and absorb_early_below"},
    [P(ABSORB_EARLY_BELOW)] = {"absorb_early_below", WKS_PARAM_REAL, "LBM", 0.0896, -1, 1, NULL, false,
                               "assumption: the early threshold of [S25] at class 7/8", "leefbaarheid below which absorb_early counts"},
    [P(ABSORB_SHARE)] = {"absorb_share", WKS_PARAM_REAL, "share", 0.15, 0.01, 1, NULL, false, "assumption",
                         "vulnerable share up to which a buurt takes in without more"},
    [P(STIGMA_WBMGP)] = {"stigma_wbmgp", WKS_PARAM_REAL, "-", 1, 0, 1, NULL, false, "assumption: the unit of stigma",
                         "stigma of an area in which Wbmgp 8, 9 or 10 is in force; 0: such rules have none"},
    [P(STIGMA_FADE)] = {"stigma_fade", WKS_PARAM_REAL, "1/mo", 0.02, 0, 1, NULL, false, "assumption",
                        "how fast the stigma of a designation fades after it ends"},
};
#undef P

static void mean_score(wks_world *world)
{
    double total = 0, weight = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        total += world->buurt.n_households[b] * wks_world_leefbaarheid(world, b);
        weight += world->buurt.n_households[b];
    }
    world->leefbaarheid_mean = weight > 0 ? total / weight : 0;
}

/* What later change is measured against. */
static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_neighbourhood_sums *sum;

    WKS_TRY(wks_neighbourhood_sums_take(tick, &sum, err));
    wks_neighbourhood_score_start(tick->world, settings->value, sum);
    mean_score(tick->world);
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_neighbourhood_sums *sum;

    WKS_TRY(wks_neighbourhood_sums_take(tick, &sum, err));
    wks_neighbourhood_score_turnover(tick->world, sum);
    wks_neighbourhood_score_move(tick->world, settings->value, sum);
    wks_neighbourhood_stigma_month(tick, settings->value);
    mean_score(tick->world);
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_neighbourhood_spec = {"neighbourhood",
                                         "process",
                                         "the leefbaarheid score by dimension (a modelled link, not part of the instrument)",
                                         "",
                                         params,
                                         WKS_NEIGHBOURHOOD_N_PARAMS,
                                         &process};
