#include "process/neighbourhood_effect.h"

#include "process/neighbourhood_score.h"

const char *const wks_neighbourhood_effect_name[WKS_NEIGHBOURHOOD_N_EFFECTS] = {
#define NAME(name, label) #name,
    WKS_NEIGHBOURHOOD_EFFECTS(NAME)
#undef NAME
};
const char *const wks_neighbourhood_effect_label[WKS_NEIGHBOURHOOD_N_EFFECTS] = {
#define LABEL(name, label) label,
    WKS_NEIGHBOURHOOD_EFFECTS(LABEL)
#undef LABEL
};
const char *const wks_neighbourhood_effect_theory[WKS_NEIGHBOURHOOD_N_THEORIES] = {"T0", "T1", "T2"};

void wks_neighbourhood_effect_of(const wks_settings *settings, wks_neighbourhood_theory theory, double out[WKS_NEIGHBOURHOOD_N_EFFECTS])
{
    const double *p = settings->value;
    const wks_neighbourhood_score_theory by = wks_neighbourhood_score_under(p, theory);
    const double soc = 1 + by.d_s, won = 1 + by.d_w;

    out[WKS_NEIGHBOURHOOD_EFFECT_vulnerable] = -by.a_v * soc;
    out[WKS_NEIGHBOURHOOD_EFFECT_overload] = -by.a_l * soc - by.a_l_onv;
    out[WKS_NEIGHBOURHOOD_EFFECT_nuisance] = -by.a_n;
    out[WKS_NEIGHBOURHOOD_EFFECT_turnover] = -p[WKS_NEIGHBOURHOOD_P_A_M] * soc;
    out[WKS_NEIGHBOURHOOD_EFFECT_contacts] = p[WKS_NEIGHBOURHOOD_P_A_C] * soc;
    out[WKS_NEIGHBOURHOOD_EFFECT_social] = p[WKS_NEIGHBOURHOOD_P_A_W] * won;
    out[WKS_NEIGHBOURHOOD_EFFECT_built] = p[WKS_NEIGHBOURHOOD_P_A_B] * won + p[WKS_NEIGHBOURHOOD_P_A_F];
    out[WKS_NEIGHBOURHOOD_EFFECT_renovated] = p[WKS_NEIGHBOURHOOD_P_A_R] * won + p[WKS_NEIGHBOURHOOD_P_A_F];
    out[WKS_NEIGHBOURHOOD_EFFECT_income] = by.a_p;
}
