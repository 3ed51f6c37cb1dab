#include "rules/conduct.h"
#include "rules/part_list.h"

enum { P_WHERE, P_POINTS, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_WHERE] = {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, true, "Amsterdam region 16-1-2023: youth whose youth contract ends [S1b]",
                 "who gets them"},
    [P_POINTS] = {"points", WKS_PARAM_REAL, "points", 10, 0, 10000, NULL, false, "Amsterdam region 16-1-2023 [S1b]",
                  "given once to a registration"},
};

static void add(const wks_settings *settings, wks_conduct *out)
{
    WKS_BUG_IF(out->n_starts == WKS_CONDUCT_MAX);
    out->start[out->n_starts++] = (wks_conduct_situation){settings->expr[P_WHERE], 0.0, settings->value[P_POINTS]};
}

static const wks_conduct_part part = {.add = add};
const wks_spec wks_conduct_start_points_spec = {
    "start_points",
    "conduct",
    "startpunten: points given once, as to youth whose youth contract ends; order part points counts them",
    "huisvestingsverordening (as in the Amsterdam region since 2023)",
    params,
    N_PARAMS,
    &part};
