#include "rules/conduct.h"
#include "rules/part_list.h"

enum { P_POINTS, P_NO_SHOW, P_AFTER, P_MONTHS, P_SHARE, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_POINTS] = {"points", WKS_PARAM_REAL, "points", 0, 0, 10000, NULL, false, "off; Amsterdam region 16-1-2023: 1 [S1]",
                  "search points lost by refusing an offer"},
    [P_NO_SHOW] = {"no_show_points", WKS_PARAM_REAL, "points", 0, 0, 10000, NULL, false, "off; Amsterdam region 16-1-2023: 1 [S1]",
                   "search points lost by not answering an offer or not coming"},
    [P_AFTER] = {"suspend_after", WKS_PARAM_INT, "count", 0, 0, 255, NULL, false, "assumption: off",
                 "refusals within twelve months that suspend a registration; 0: never"},
    [P_MONTHS] = {"suspend_months", WKS_PARAM_INT, "months", 12, 1, 120, NULL, false, "assumption",
                  "how long a suspended household may not react"},
    [P_SHARE] = {"inschrijfduur_share", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: off",
                 "part of the inschrijfduur lost by refusing an offer"},
};

static void add(const wks_settings *settings, wks_conduct *out)
{
    out->refusal.points = settings->value[P_POINTS];
    out->refusal.no_show_points = settings->value[P_NO_SHOW];
    out->refusal.suspend_after = (int32_t)settings->value[P_AFTER];
    out->refusal.suspend_months = (int32_t)settings->value[P_MONTHS];
    out->refusal.inschrijfduur_share = settings->value[P_SHARE];
}

static const wks_conduct_part part = {.add = add};
const wks_spec wks_conduct_refusal_penalty_spec = {
    "refusal_penalty",
    "conduct",
    "gevolg van weigeren: what refusing an offer costs: search points, a time without reacting, inschrijfduur",
    "huisvestingsverordening or rules of the portal",
    params,
    N_PARAMS,
    &part};
