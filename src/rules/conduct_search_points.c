#include "rules/conduct.h"
#include "rules/part_list.h"

enum { P_REACTIONS, P_PER_MONTH, P_MOST, P_LOSS, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_REACTIONS] = {"reactions", WKS_PARAM_INT, "1/mo", 4, 1, 1000, NULL, false, "Amsterdam region 16-1-2023 [S1]",
                     "reactions in a month that earn a point"},
    [P_PER_MONTH] = {"per_month", WKS_PARAM_REAL, "points/mo", 1, 0, 1000, NULL, false, "Amsterdam region 16-1-2023 [S1]",
                     "earned in such a month"},
    [P_MOST] = {"most", WKS_PARAM_REAL, "points", 30, 0, 10000, NULL, false, "Amsterdam region 16-1-2023 [S1]", "search points at most"},
    [P_LOSS] = {"loss", WKS_PARAM_REAL, "points/mo", 1, 0, 1000, NULL, false, "Amsterdam region 16-1-2023 [S1]",
                "lost in a month with fewer reactions"},
};

static void add(const wks_settings *settings, wks_conduct *out)
{
    out->search.reactions = (int32_t)settings->value[P_REACTIONS];
    out->search.per_month = settings->value[P_PER_MONTH];
    out->search.most = settings->value[P_MOST];
    out->search.loss = settings->value[P_LOSS];
}

static const wks_conduct_part part = {.add = add};
const wks_spec wks_conduct_search_points_spec = {
    "search_points",
    "conduct",
    "zoekpunten: reacting often enough earns a point a month, not doing so costs one; order part points counts them",
    "huisvestingsverordening (as in the Amsterdam region since 2023)",
    params,
    N_PARAMS,
    &part};
