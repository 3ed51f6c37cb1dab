#include "rules/conduct.h"
#include "rules/part_list.h"

enum { P_WHERE, P_PER_MONTH, P_MOST, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_WHERE] = {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, true,
                 "Amsterdam region 16-1-2023: separated parents with children, families living in, youth leaving care [S1b]",
                 "who earns them"},
    [P_PER_MONTH] = {"per_month", WKS_PARAM_REAL, "points/mo", 1, 0, 1000, NULL, false, "Amsterdam region 16-1-2023 [S1]",
                     "earned in a month in that situation"},
    [P_MOST] = {"most", WKS_PARAM_REAL, "points", 12, 0, 10000, NULL, false, "Amsterdam region 16-1-2023 [S1]", "situation points at most"},
};

static void add(const wks_settings *settings, wks_conduct *out)
{
    WKS_BUG_IF(out->n_situations == WKS_CONDUCT_MAX);
    out->situation[out->n_situations++] =
        (wks_conduct_situation){settings->expr[P_WHERE], settings->value[P_PER_MONTH], settings->value[P_MOST]};
}

static const wks_conduct_part part = {.add = add};
const wks_spec wks_conduct_situation_points_spec = {
    "situation_points",
    "conduct",
    "situatiepunten: a situation that lasts earns points by the month; order part points counts them",
    "huisvestingsverordening (as in the Amsterdam region since 2023)",
    params,
    N_PARAMS,
    &part};
