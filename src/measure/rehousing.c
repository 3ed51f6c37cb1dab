#include "measure/rehousing.h"

#include <math.h>

#include "measure/selection.h"

static wks_status add(const wks_scenario *scenario, const wks_world *world, wks_series *out, const char *indicator, const char *kind,
                      int64_t count, wks_err *err)
{
    if (!wks_selection_has(scenario, indicator)) return WKS_OK;
    return wks_series_add(out, indicator, kind, "", "", WKS_NONE, wks_world_may_tell(world, (double)count) ? (double)count : NAN, err);
}

static bool is_demolition(const wks_world *world, int32_t c)
{
    return world->project.kind[world->displaced.project[c] - 1] == WKS_PROJECT_DEMOLISH;
}

wks_status wks_rehousing_city(const wks_scenario *scenario, const wks_world *world, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t state[WKS_N_PROJECT_KINDS][WKS_N_DISPLACED_STATES] = {{0}}, right[WKS_N_DISPLACED_RIGHTS] = {0};

    for (int32_t c = 0; c < world->displaced.base.n_rows; c++) {
        state[is_demolition(world, c) ? WKS_PROJECT_DEMOLISH : WKS_PROJECT_RENOVATE][world->displaced.state[c]]++;
        right[world->displaced.right[c]]++;
    }
    for (int32_t k = 0; k < WKS_N_DISPLACED_STATES; k++)
        WKS_TRY(add(scenario, world, out, "displaced", wks_project_state_name[k], state[WKS_PROJECT_DEMOLISH][k], err));
    for (int32_t k = 0; k < WKS_N_DISPLACED_STATES; k++)
        WKS_TRY(add(scenario, world, out, "renovation", wks_project_state_name[k], state[WKS_PROJECT_RENOVATE][k], err));
    for (int32_t k = WKS_RIGHT_OPEN; k < WKS_N_DISPLACED_RIGHTS; k++)
        WKS_TRY(add(scenario, world, out, "return_rights", wks_project_right_name[k], right[k], err));
out:
    return rc;
}

void wks_rehousing_buurten(const wks_world *world, double *from, double *to)
{
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        from[b] = to[b] = 0;
    for (int32_t c = 0; c < world->displaced.base.n_rows; c++) {
        if (!is_demolition(world, c)) continue;
        from[world->displaced.from_buurt_row[c]] += 1;
        if (world->displaced.to_buurt_row[c] != WKS_NONE) to[world->displaced.to_buurt_row[c]] += 1;
    }
}
