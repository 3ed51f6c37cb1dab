#include "process/stock_build.h"

#include "world/relations.h"

/* The dwelling whose key follows a drawn number most closely among those of a tenure (-1: any), in a buurt or (buurt -1) anywhere: does not depend
 * on row order. */
static int32_t example(const wks_world *world, int32_t buurt_row, int32_t tenure, uint64_t wanted)
{
    int32_t best = WKS_NONE;
    uint64_t gap = UINT64_MAX;

    for (int32_t i = 0; i < world->dwelling.base.n_rows; i++) {
        if (world->dwelling.key[i] == 0 || world->dwelling.n_units[i] != 1 || (tenure >= 0 && world->dwelling.tenure[i] != tenure))
            continue;
        if (buurt_row >= 0 && world->dwelling.buurt_row[i] != buurt_row) continue;
        const uint64_t distance = world->dwelling.key[i] - wanted; /* forward on the ring of 64-bit numbers */
        if (best >= 0 && distance >= gap) continue;
        best = i;
        gap = distance;
    }
    return best;
}

/* Asked rent: as the example, within the segment it is built for; the segment's limit when there is no example of the tenure. */
static double rent_of(const wks_law *law, wks_tenure tenure, double example_rent)
{
    const double limit = tenure == WKS_TENURE_SOCIAL ? law->rent_limit_eur : law->middle_rent_limit_eur;
    if (tenure == WKS_TENURE_OWNER) return 0;
    return example_rent > 0 && example_rent < limit ? example_rent : limit;
}

static int32_t any_complex(const wks_world *world, int32_t buurt_row)
{
    int32_t best = WKS_NONE;
    for (int32_t i = 0; i < world->complex.base.n_rows; i++) {
        if (world->complex.key[i] == 0 || world->complex.buurt_row[i] != buurt_row) continue;
        if (best < 0 || world->complex.key[i] < world->complex.key[best]) best = i;
    }
    return best;
}

wks_status wks_stock_build_one(wks_tick *tick, int32_t buurt_row, wks_tenure tenure, uint64_t key, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_STOCK);
    const uint64_t wanted = wks_rng_u64(&rng);
    int32_t model = example(world, buurt_row, (int32_t)tenure, wanted);
    const int32_t here = model;
    int32_t row = WKS_NONE;

    if (model < 0) model = example(world, WKS_NONE, (int32_t)tenure, wanted);
    if (model < 0) model = example(world, WKS_NONE, WKS_NONE, wanted);
    const int32_t complex_row = here >= 0 ? world->dwelling.complex_row[here] : any_complex(world, buurt_row);
    if (complex_row < 0) return WKS_OK;
    WKS_TRY(wks_relations_dwelling_add(world, key, complex_row, tenure,
                                       model < 0 ? WKS_DWELLING_APARTMENT : (wks_dwelling_type)world->dwelling.type[model], 1,
                                       world->month + 1, &row, err));
    wks_relations_portiek_join(world, row);
    wks_dwelling_table *dwelling = &world->dwelling;
    dwelling->built_month[row] = world->month;
    if (model >= 0) {
        dwelling->rent_eur[row] = (float)rent_of(&tick->law, tenure, (double)dwelling->rent_eur[model]);
        dwelling->value_eur[row] = dwelling->value_eur[model];
        dwelling->area_m2[row] = dwelling->area_m2[model];
        dwelling->x_m[row] = dwelling->x_m[model];
        dwelling->y_m[row] = dwelling->y_m[model];
        dwelling->wws_points[row] = dwelling->wws_points[model];
        dwelling->rooms[row] = dwelling->rooms[model];
        dwelling->accessible[row] = 1;
    }
    if (model >= 0 && tenure == WKS_TENURE_SOCIAL)
        dwelling->streefhuur_eur[row] = (float)rent_of(&tick->law, tenure, wks_dwelling_streefhuur(dwelling, model));
    world->unit.rent_eur[dwelling->first_unit_row[row]] = dwelling->rent_eur[row];
    world->unit.from_new[dwelling->first_unit_row[row]] = 1;
out:
    return rc;
}
