#include "process/neighbourhood_stigma.h"

#include "rules/designation.h"

void wks_neighbourhood_stigma_month(wks_tick *tick, const double *p)
{
    const wks_world *world = tick->world;
    const wks_rule_set *rules = wks_part_rules_of(tick->scenario, world->month);
    wks_buurt_table *buurt = &tick->world->buurt;

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double by_rule = wks_designation_holds(world, rules, b) ? p[WKS_NEIGHBOURHOOD_P_STIGMA_WBMGP] : 0;
        const double level = by_rule > buurt->designated[b] ? by_rule : buurt->designated[b];
        const double left = (1 - p[WKS_NEIGHBOURHOOD_P_STIGMA_FADE]) * buurt->stigma[b];
        buurt->stigma[b] = level > left ? level : left;
    }
}
