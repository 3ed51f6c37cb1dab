#include "process/stock_convert.h"

#include "process/stock_build.h"
#include "process/stock_rehouse.h"
#include "rules/part.h"
#include "world/relations.h"

enum { LEAST_ROOMS_TO_LET = 3 };

bool wks_stock_convert_is_on(const wks_stock_convert *c)
{
    return c->liberalise > 0 || c->to_social > 0 || c->to_rooms > 0 || c->from_rooms > 0 || c->split > 0 || c->merge > 0;
}

/* ---- another segment ------------------------------------------------------------------------------------------------------------ */

static bool liberalise(wks_tick *tick, const wks_stock_convert *convert, int32_t d)
{
    wks_world *world = tick->world;
    const double points = world->dwelling.wws_points[d];

    if (world->dwelling.tenure[d] != WKS_TENURE_SOCIAL || world->dwelling.label[d] == WKS_LABEL_CAMPUS ||
        points <= tick->law.wws_social_points)
        return false;
    const double most = wks_law_wws_rent(&tick->law, points), middle = tick->law.middle_rent_limit_eur;
    wks_relations_retenure(world, d, WKS_TENURE_CORPORATIE_FREE, convert->middle_only && most > middle ? middle : most);
    world->ledger.dwellings_liberalised++;
    return true;
}

static bool make_social(wks_tick *tick, int32_t d)
{
    wks_world *world = tick->world;
    const double rent = (double)world->dwelling.rent_eur[d], limit = tick->law.rent_limit_eur;

    if (world->dwelling.tenure[d] != WKS_TENURE_CORPORATIE_FREE) return false;
    wks_relations_retenure(world, d, WKS_TENURE_SOCIAL, rent > 0 && rent < limit ? rent : limit);
    world->ledger.dwellings_resocial++;
    return true;
}

/* Its first lettable month is this one: what happens to it was decided. */
static void is_decided(wks_world *world, int32_t d)
{
    for (int32_t u = world->dwelling.first_unit_row[d]; u >= 0; u = world->unit.next_row[u])
        world->unit.vacant_month[u] = wks_month_cell(world->month - 1);
}

/* ---- rooms ---------------------------------------------------------------------------------------------------------------------- */

/* The living room is shared. */
static wks_status make_rooms(wks_world *world, const wks_stock_convert *convert, int32_t d, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t rooms = world->dwelling.rooms[d];

    if (world->dwelling.tenure[d] != WKS_TENURE_PRIVATE_RENT || rooms < LEAST_ROOMS_TO_LET) return WKS_OK;
    world->dwelling.rent_eur[d] = (float)(convert->room_premium * (double)world->dwelling.rent_eur[d]);
    WKS_TRY(wks_relations_dwelling_divide(world, d, rooms - 1, world->month, err));
    is_decided(world, d);
    world->ledger.dwellings_to_rooms++;
    *out_done = true;
out:
    return rc;
}

static bool is_empty(const wks_world *world, int32_t d)
{
    for (int32_t u = world->dwelling.first_unit_row[d]; u >= 0; u = world->unit.next_row[u])
        if (world->unit.household_row[u] >= 0 || wks_rare_i32(&world->unit.reserved_row, u) >= 0 ||
            world->unit.lettable_month[u] > world->month)
            return false;
    return true;
}

static wks_status make_whole(wks_world *world, const wks_stock_convert *convert, int32_t d, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (world->dwelling.tenure[d] != WKS_TENURE_PRIVATE_RENT || !is_empty(world, d)) return WKS_OK;
    world->dwelling.rent_eur[d] = (float)((double)world->dwelling.rent_eur[d] / convert->room_premium);
    WKS_TRY(wks_relations_dwelling_divide(world, d, 1, world->month, err));
    is_decided(world, d);
    world->ledger.dwellings_from_rooms++;
    *out_done = true;
out:
    return rc;
}

/* ---- split and join ------------------------------------------------------------------------------------------------------------- */

static bool is_rented(const wks_world *world, int32_t d)
{
    return world->dwelling.tenure[d] != WKS_TENURE_OWNER && world->dwelling.label[d] != WKS_LABEL_CAMPUS;
}

static void show_rent(wks_world *world, int32_t d)
{
    world->unit.rent_eur[world->dwelling.first_unit_row[d]] = world->dwelling.rent_eur[d];
}

/* Two homes of half of it each, in the same portiek. */
static wks_status split(wks_world *world, const wks_stock_convert *convert, int32_t d, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;
    const uint64_t key = wks_rng_child_key(dwelling->key[d], (uint32_t)world->tick, WKS_RNG_STOCK_MADE, 1);
    const int32_t rooms = dwelling->rooms[d];
    int32_t row = WKS_NONE;

    if (!is_rented(world, d) || rooms < convert->split_rooms || rooms < 2) return WKS_OK;
    wks_stock_build_scale(world, d, 0.5, rooms - rooms / 2);
    WKS_TRY(wks_relations_dwelling_add(world, key, dwelling->complex_row[d], (wks_tenure)dwelling->tenure[d],
                                       (wks_dwelling_type)dwelling->type[d], 1, world->month, &row, err));
    dwelling->portiek[row] = dwelling->portiek[d];
    dwelling->built_month[row] = dwelling->built_month[d];
    dwelling->rent_eur[row] = dwelling->rent_eur[d];
    dwelling->streefhuur_eur[row] = dwelling->streefhuur_eur[d];
    dwelling->value_eur[row] = dwelling->value_eur[d];
    dwelling->area_m2[row] = dwelling->area_m2[d];
    dwelling->wws_points[row] = dwelling->wws_points[d];
    dwelling->x_m[row] = dwelling->x_m[d];
    dwelling->y_m[row] = dwelling->y_m[d];
    dwelling->label[row] = dwelling->label[d];
    dwelling->accessible[row] = dwelling->accessible[d];
    dwelling->rooms[row] = (uint8_t)(rooms / 2);
    show_rent(world, d);
    show_rent(world, row);
    is_decided(world, row);
    world->ledger.dwellings_split++;
    *out_done = true;
out:
    return rc;
}

/* Another vacant small home of the same tenure and label in the portiek: the lowest key. */
static int32_t neighbour_of(const wks_world *world, const wks_stock_convert *convert, int32_t d)
{
    const wks_dwelling_table *dwelling = &world->dwelling;
    int32_t best = WKS_NONE;

    for (int32_t i = 0; i < dwelling->base.n_rows; i++) {
        if (dwelling->key[i] == 0 || i == d || dwelling->complex_row[i] != dwelling->complex_row[d] || dwelling->n_units[i] != 1) continue;
        if (dwelling->portiek[i] != dwelling->portiek[d] || dwelling->tenure[i] != dwelling->tenure[d] ||
            dwelling->label[i] != dwelling->label[d] || dwelling->rooms[i] > convert->merge_rooms || !is_empty(world, i) ||
            wks_stock_rehouse_is_kept(world, i))
            continue;
        if (best < 0 || dwelling->key[i] < dwelling->key[best]) best = i;
    }
    return best;
}

static wks_status merge(wks_world *world, const wks_stock_convert *convert, int32_t d, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;

    if (!is_rented(world, d) || dwelling->rooms[d] > convert->merge_rooms || !(dwelling->area_m2[d] > 0)) return WKS_OK;
    const int32_t other = neighbour_of(world, convert, d);
    if (other < 0) return WKS_OK;
    const double factor = 1 + (double)dwelling->area_m2[other] / (double)dwelling->area_m2[d];
    wks_stock_build_scale(world, d, factor, dwelling->rooms[d] + dwelling->rooms[other]);
    show_rent(world, d);
    WKS_TRY(wks_relations_dwelling_remove(world, other, err));
    world->ledger.dwellings_merged++;
    *out_done = true;
out:
    return rc;
}

/* Social homes stay within the liberalisatiegrens whatever their size. */
static void keep_limit(const wks_tick *tick, int32_t d)
{
    wks_world *world = tick->world;
    const float limit = (float)tick->law.rent_limit_eur;

    if (world->dwelling.tenure[d] != WKS_TENURE_SOCIAL || world->dwelling.rent_eur[d] <= limit) return;
    world->dwelling.rent_eur[d] = limit;
    if (world->dwelling.streefhuur_eur[d] > limit) world->dwelling.streefhuur_eur[d] = limit;
    show_rent(world, d);
}

wks_status wks_stock_convert_vacant(wks_tick *tick, const wks_stock_convert *convert, int32_t unit_row, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t d = world->unit.dwelling_row[unit_row];
    const bool is_whole = world->dwelling.n_units[d] == 1;
    const double share[] = {convert->liberalise, convert->to_social, convert->to_rooms,
                            convert->from_rooms, convert->split,     convert->merge};
    wks_rng rng = wks_rng_open(&world->seed, world->dwelling.key[d], (uint32_t)world->tick, WKS_RNG_STOCK_CONVERT);

    *out_done = false;
    if (wks_rare_i32(&world->unit.reserved_row, unit_row) >= 0) return WKS_OK;
    if (convert->settings != NULL && !wks_part_in_areas(world, convert->settings, convert->areas_param, world->dwelling.buurt_row[d]))
        return WKS_OK;
    for (int32_t k = 0; k < (int32_t)(sizeof share / sizeof *share) && !*out_done; k++) {
        const double u = wks_rng_u01(&rng);
        if (u >= share[k] || is_whole == (k == 3)) continue;
        switch (k) {
        case 0: *out_done = liberalise(tick, convert, d); break;
        case 1: *out_done = make_social(tick, d); break;
        case 2: WKS_TRY(make_rooms(world, convert, d, out_done, err)); break;
        case 3: WKS_TRY(make_whole(world, convert, d, out_done, err)); break;
        case 4: WKS_TRY(split(world, convert, d, out_done, err)); break;
        default: WKS_TRY(merge(world, convert, d, out_done, err)); break;
        }
    }
    if (*out_done && world->dwelling.n_units[d] == 1) keep_limit(tick, d);
out:
    return rc;
}
