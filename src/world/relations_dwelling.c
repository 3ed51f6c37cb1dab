#include <math.h>

#include "world/home.h"
#include "world/relations.h"

/* `made` tells the units of a dwelling from those it had before: the tick in which it was divided anew. */
static wks_status unit_add(wks_world *world, int32_t dwelling_row, uint32_t made, uint32_t index, int32_t n_units, int32_t lettable_month,
                           wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_unit_table *unit = &world->unit;
    int32_t row;

    WKS_TRY(
        wks_columns_add(unit, &wks_unit_info, wks_rng_child_key(world->dwelling.key[dwelling_row], made, WKS_RNG_NONE, index), &row, err));
    unit->dwelling_row[row] = dwelling_row;
    unit->next_row[row] = world->dwelling.first_unit_row[dwelling_row];
    world->dwelling.first_unit_row[dwelling_row] = row;
    unit->household_row[row] = WKS_NONE;
    unit->vacant_month[row] = wks_month_cell(world->month);
    unit->lettable_month[row] = wks_month_cell(lettable_month);
    unit->kind[row] = n_units == 1 ? WKS_UNIT_SELF_CONTAINED : WKS_UNIT_ROOM;
    world->ledger.units_added++;
out:
    return rc;
}

wks_status wks_relations_dwelling_add(wks_world *world, uint64_t key, int32_t complex_row, wks_tenure tenure, wks_dwelling_type type,
                                      int32_t n_units, int32_t lettable_month, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;
    int32_t row;

    WKS_BUG_IF(n_units < 1 || n_units > UINT8_MAX || world->complex.key[complex_row] == 0);
    WKS_TRY(wks_columns_add(dwelling, &wks_dwelling_info, key, &row, err));
    dwelling->buurt_row[row] = world->complex.buurt_row[complex_row];
    dwelling->complex_row[row] = complex_row;
    dwelling->first_unit_row[row] = WKS_NONE;
    dwelling->built_month[row] = wks_month_cell(world->month);
    dwelling->x_m[row] = dwelling->y_m[row] = NAN;
    dwelling->tenure[row] = (uint8_t)tenure;
    dwelling->type[row] = (uint8_t)type;
    dwelling->label[row] = world->complex.label[complex_row];
    for (int32_t i = n_units; i-- > 0;)
        WKS_TRY(unit_add(world, row, 0, (uint32_t)i, n_units, lettable_month, err));
    dwelling->n_units[row] = (uint8_t)n_units;
    world->complex.n_dwellings[complex_row]++;
    world->ledger.dwellings_added++;
    *out_row = row;
out:
    return rc;
}

static wks_status units_end(wks_world *world, int32_t dwelling_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;

    WKS_BUG_IF(dwelling->key[dwelling_row] == 0);
    for (int32_t u = dwelling->first_unit_row[dwelling_row]; u != WKS_NONE; u = world->unit.next_row[u])
        WKS_BUG_IF(world->unit.household_row[u] != WKS_NONE || wks_rare_i32(&world->unit.contract_row, u) != WKS_NONE);
    while (dwelling->first_unit_row[dwelling_row] != WKS_NONE) {
        const int32_t u = dwelling->first_unit_row[dwelling_row];
        wks_home_release(world, u);
        dwelling->first_unit_row[dwelling_row] = world->unit.next_row[u];
        WKS_TRY(wks_columns_remove(&world->unit, &wks_unit_info, u, err));
        world->ledger.units_removed++;
    }
out:
    return rc;
}

wks_status wks_relations_dwelling_divide(wks_world *world, int32_t dwelling_row, int32_t n_units, int32_t lettable_month, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_BUG_IF(n_units < 1 || n_units > UINT8_MAX);
    WKS_TRY(units_end(world, dwelling_row, err));
    for (int32_t i = n_units; i-- > 0;)
        WKS_TRY(unit_add(world, dwelling_row, (uint32_t)world->tick, (uint32_t)i, n_units, lettable_month, err));
    world->dwelling.n_units[dwelling_row] = (uint8_t)n_units;
    for (int32_t u = world->dwelling.first_unit_row[dwelling_row]; u != WKS_NONE; u = world->unit.next_row[u])
        world->unit.rent_eur[u] = (float)((double)world->dwelling.rent_eur[dwelling_row] / n_units);
out:
    return rc;
}

wks_status wks_relations_dwelling_remove(wks_world *world, int32_t dwelling_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;

    WKS_TRY(units_end(world, dwelling_row, err));
    if (wks_rare_i32(&dwelling->project, dwelling_row) > 0 &&
        (dwelling->to_demolish[dwelling_row] || dwelling->works[dwelling_row] == WKS_WORKS_ANNOUNCED ||
         dwelling->works[dwelling_row] == WKS_WORKS_UNDER))
        world->project.n_left[wks_rare_i32(&dwelling->project, dwelling_row) - 1]--;
    world->complex.n_dwellings[dwelling->complex_row[dwelling_row]]--;
    world->ledger.dwellings_removed++;
    WKS_TRY(wks_columns_remove(dwelling, &wks_dwelling_info, dwelling_row, err));
out:
    return rc;
}
