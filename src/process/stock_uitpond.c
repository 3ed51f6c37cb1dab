#include "process/stock_uitpond.h"

#include "num/math.h"
#include "world/relations.h"

void wks_stock_uitpond(wks_tick *tick, int32_t unit_row, double yearly)
{
    wks_world *world = tick->world;
    const int32_t dwelling = world->unit.dwelling_row[unit_row];
    const uint64_t key = world->dwelling.key[dwelling];

    if (!(yearly > 0) || world->dwelling.tenure[dwelling] != WKS_TENURE_PRIVATE_RENT || world->dwelling.n_units[dwelling] != 1) return;
    if (wks_rng_once(&world->seed, key, (uint32_t)world->tick, WKS_RNG_UITPOND) >= wks_math_monthly(yearly)) return;
    world->ledger.uitpond++;
    wks_relations_retenure(world, dwelling, WKS_TENURE_OWNER, 0.0); /* to whoever buys it on the market */
}
