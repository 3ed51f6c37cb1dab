#include "measure/composition.h"

const char *const wks_composition_age_name[WKS_COMPOSITION_AGES] = {"age_0_15",  "age_15_25", "age_25_45",
                                                                    "age_45_65", "age_65_80", "age_80_plus"};

static bool is_counted(const wks_household_table *household, int32_t h)
{
    const uint8_t place = household->place[h];
    return household->key[h] != 0 && place != WKS_PLACE_AT_PARENTS && place != WKS_PLACE_OUTSIDE && place != WKS_PLACE_COA;
}

static bool is_empty(const wks_world *world, int32_t dwelling_row)
{
    int32_t u = world->dwelling.first_unit_row[dwelling_row];
    while (u != WKS_NONE && world->unit.household_row[u] == WKS_NONE)
        u = world->unit.next_row[u];
    return u == WKS_NONE;
}

wks_composition wks_composition_of(const wks_world *world, const int64_t *by_age)
{
    static const int32_t until[WKS_COMPOSITION_AGES] = {15, 25, 45, 65, 80, WKS_MOVES_AGES};
    wks_composition out = {{0}, {0}, {0}, {0}};

    for (int32_t k = 0, age = 0; k < WKS_COMPOSITION_AGES; k++) {
        for (; age < until[k]; age++)
            out.persons[k] += by_age[age];
    }
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (is_counted(&world->household, h)) out.households[wks_household_type_of(&world->household, h)]++;
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.key[d] == 0) continue;
        out.dwellings[world->dwelling.tenure[d]]++;
        out.empty[world->dwelling.tenure[d]] += is_empty(world, d);
    }
    return out;
}
