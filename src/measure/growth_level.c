#include "measure/growth_level.h"

#include <math.h>
#include <stdlib.h>

#include "measure/selection.h"

static wks_status add_slot(const wks_scenario *scenario, const wks_world *world, const wks_growth *growth, int32_t slot, int32_t buurt_row,
                           wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *group = slot < scenario->n_groups ? scenario->group[slot].name : WKS_GROWTH_LEVEL_ANY;
    int64_t flow[WKS_N_GROWTH_FLOWS];
    bool is_told = world->tick > 0;

    wks_growth_sums_of(growth, slot, buurt_row, flow);
    for (int32_t f = 0; f < WKS_N_GROWTH_FLOWS; f++)
        is_told = is_told && wks_world_may_tell(world, fabs((double)flow[f]));
    for (int32_t f = 0; f < WKS_N_GROWTH_FLOWS; f++) {
        if (!wks_selection_has(scenario, wks_growth_indicator[f])) continue;
        WKS_TRY(wks_series_add(out, wks_growth_indicator[f], group, "", buurt_row < 0 ? "" : "buurt", buurt_row,
                               is_told ? (double)flow[f] : NAN, err));
    }
out:
    return rc;
}

static wks_status add_area(const wks_scenario *scenario, const wks_world *world, const wks_growth *growth, int32_t buurt_row,
                           wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t slot = 0; slot <= scenario->n_groups; slot++) {
        if (slot < scenario->n_groups && !scenario->group[slot].measure) continue;
        WKS_TRY(add_slot(scenario, world, growth, slot, buurt_row, out, err));
    }
out:
    return rc;
}

wks_status wks_growth_level_city(const wks_scenario *scenario, const wks_world *world, const wks_growth *growth, wks_series *out,
                                 wks_err *err)
{
    return add_area(scenario, world, growth, WKS_NONE, out, err);
}

wks_status wks_growth_level_buurten(const wks_scenario *scenario, const wks_world *world, const wks_growth *growth, wks_series *out,
                                    wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t b = 0; scenario->output.buurt && b < world->buurt.base.n_rows; b++)
        WKS_TRY(add_area(scenario, world, growth, b, out, err));
out:
    return rc;
}
