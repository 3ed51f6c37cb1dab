#include "process/stock_build.h"

#include <math.h>
#include <string.h>

#include "process/buffer_slots.h"
#include "process/tick_list.h"
#include "rules/spreiding_social_ceiling.h"
#include "world/relations.h"
#include "world/relations_rehouse.h"

enum { SMALL_ROOMS = 2, LEAST_LARGE_ROOMS = 3 };

/* ---- orders --------------------------------------------------------------------------------------------------------------------- */

wks_owner_kind wks_stock_build_owner_kind(wks_construction_kind kind)
{
    switch (kind) {
    case WKS_CONSTRUCTION_SOCIAL: return WKS_OWNER_CORPORATIE;
    case WKS_CONSTRUCTION_MIDDLE:
    case WKS_CONSTRUCTION_FREE: return WKS_OWNER_PRIVATE_LANDLORD;
    default: return WKS_OWNER_OCCUPIER;
    }
}

int32_t wks_stock_build_owner(const wks_world *world, int32_t buurt_row, wks_owner_kind kind)
{
    const wks_complex_table *complex = &world->complex;
    int32_t best = WKS_NONE, owner = WKS_NONE;

    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0 || complex->buurt_row[c] != buurt_row || world->owner.kind[complex->owner_row[c]] != kind) continue;
        if (best < 0 || complex->key[c] < complex->key[best]) best = c;
    }
    if (best >= 0) return complex->owner_row[best];
    for (int32_t o = 0; o < world->owner.base.n_rows; o++) {
        if (world->owner.key[o] == 0 || world->owner.kind[o] != kind) continue;
        if (owner < 0 || world->owner.key[o] < world->owner.key[owner]) owner = o;
    }
    return owner;
}

static uint64_t key_of(const wks_tick *tick, const wks_stock_build_order *order)
{
    const uint64_t place = wks_rng_child_key(tick->world->buurt.key[order->buurt_row], (uint32_t)tick->world->tick, WKS_RNG_STOCK_ORDER,
                                             (uint32_t)order->origin);

    return wks_rng_child_key(place, (uint32_t)order->kind, WKS_RNG_STOCK_ORDER, order->number);
}

wks_status wks_stock_build_order_add(wks_tick *tick, const wks_stock_build_order *order, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_construction_table *construction = &world->construction;
    int32_t n = order->n_dwellings, row = WKS_NONE;

    if (n > 0 && order->kind == WKS_CONSTRUCTION_SOCIAL) {
        n = wks_spreiding_social_ceiling_room(tick->scenario, world, order->buurt_row, n);
        world->ledger.ceiling_not_built += order->n_dwellings - n;
    }
    if (n <= 0) return WKS_OK;
    WKS_TRY(wks_columns_add(construction, &wks_construction_info, key_of(tick, order), &row, err));
    construction->buurt_row[row] = order->buurt_row;
    construction->owner_row[row] = order->owner_row;
    if (order->owner_row < 0)
        construction->owner_row[row] = wks_stock_build_owner(world, order->buurt_row, wks_stock_build_owner_kind(order->kind));
    construction->project[row] = order->project;
    construction->n_dwellings[row] = n;
    construction->ready_month[row] = world->month + order->months;
    construction->kind[row] = (uint8_t)order->kind;
    construction->rooms[row] = (uint8_t)order->rooms;
    construction->label[row] = (uint8_t)order->label;
    construction->origin[row] = (uint8_t)order->origin;
    world->ledger.homes_ordered += n;
out:
    return rc;
}

void wks_stock_build_parts(double n, const double *share, int32_t n_shares, int32_t *out)
{
    double sum = 0, rest[16];
    int32_t left;

    WKS_BUG_IF(n_shares > 16);
    for (int32_t i = 0; i < n_shares; i++)
        sum += share[i];
    left = (int32_t)(n * sum + 0.5);
    for (int32_t i = 0; i < n_shares; i++) {
        out[i] = (int32_t)(n * share[i]);
        rest[i] = n * share[i] - out[i];
        left -= out[i];
    }
    for (; left > 0; left--) {
        int32_t best = 0;
        for (int32_t i = 1; i < n_shares; i++)
            if (rest[i] > rest[best]) best = i;
        out[best]++;
        rest[best] = -1;
    }
}

wks_status wks_stock_build_replace(wks_tick *tick, int32_t buurt_row, int32_t owner_row, int32_t n_dwellings,
                                   const double share[WKS_N_CONSTRUCTION_KINDS], double small, int32_t months, int32_t project,
                                   uint32_t key, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n[WKS_N_CONSTRUCTION_KINDS], size[2];
    const double by_size[2] = {small, 1 - small};

    wks_stock_build_parts(n_dwellings, share, WKS_N_CONSTRUCTION_KINDS, n);
    for (int32_t kind = 0; kind < WKS_N_CONSTRUCTION_KINDS; kind++) {
        wks_stock_build_parts(n[kind], by_size, 2, size);
        for (int32_t s = 0; s < 2; s++) {
            const wks_stock_build_order order = {.buurt_row = buurt_row,
                                                 .owner_row = kind == WKS_CONSTRUCTION_SOCIAL ? owner_row : WKS_NONE,
                                                 .n_dwellings = size[s],
                                                 .months = months,
                                                 .kind = (wks_construction_kind)kind,
                                                 .rooms = s == 0 ? SMALL_ROOMS : 0,
                                                 .origin = WKS_CONSTRUCTION_REPLACES,
                                                 .project = project,
                                                 .number = 2 * key + (uint32_t)s};
            WKS_TRY(wks_stock_build_order_add(tick, &order, err));
        }
    }
out:
    return rc;
}

/* Projects in order of key: those not paid, or those due. */
static wks_status list_constructions(wks_tick *tick, bool due, wks_tick_item **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_construction_table *construction = &tick->world->construction;
    const int32_t n = construction->base.n_rows;
    uint8_t *flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);

    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d constructions", n);
    for (int32_t i = 0; i < n; i++)
        flag[i] = construction->key[i] != 0 && (due ? construction->ready_month[i] <= tick->world->month : !construction->is_paid[i]);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, construction->key, n, out, out_n, err));
out:
    return rc;
}

wks_status wks_stock_build_pay(wks_tick *tick, const wks_stock_money_policy *policy, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_construction_table *construction = &world->construction;
    wks_tick_item *item = NULL;
    int32_t n = 0;

    if (construction->base.n_live == 0) return WKS_OK;
    WKS_TRY(list_constructions(tick, false, &item, &n, err));
    for (int32_t k = 0; k < n; k++) {
        const int32_t i = item[k].row, owner = construction->owner_row[i];
        const bool transforms = construction->origin[i] == WKS_CONSTRUCTION_TRANSFORMS;
        const int64_t cent = construction->n_dwellings[i] * wks_stock_money_home_cent(world, policy, construction->rooms[i], transforms);
        construction->is_paid[i] = 1;
        if (owner < 0 || !world->owner.has_account[owner] || policy->mode == WKS_STOCK_MONEY_OFF) continue;
        wks_stock_money_spend(world, owner, WKS_MONEY_building, cent);
        world->owner.n_ordered[owner] += construction->n_dwellings[i];
    }
out:
    return rc;
}

/* ---- examples ------------------------------------------------------------------------------------------------------------------- */

/* Self-contained dwellings that stood at the start, by buurt and tenure: what is built does not become the example of what is built next. */
typedef struct examples {
    int32_t *start; /* of cell buurt x tenure in `row`; one more than cells */
    int32_t *row;
} examples;

static int32_t cell_of(const wks_world *world, int32_t d)
{
    return world->dwelling.buurt_row[d] * WKS_N_TENURES + world->dwelling.tenure[d];
}

static bool is_example(const wks_world *world, int32_t d)
{
    return world->dwelling.key[d] != 0 && world->dwelling.n_units[d] == 1 && world->dwelling.built_month[d] <= world->start_month;
}

static wks_status index_examples(wks_tick *tick, examples *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->dwelling.base.n_rows, n_cells = world->buurt.base.n_rows * WKS_N_TENURES;

    out->start = wks_tick_buffer(tick, WKS_SLOT_EXAMPLE_START, (size_t)n_cells + 2, sizeof *out->start);
    out->row = wks_tick_buffer(tick, WKS_SLOT_EXAMPLES, (size_t)n, sizeof *out->row);
    if (out->start == NULL || out->row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d examples", n);
    memset(out->start, 0, ((size_t)n_cells + 2) * sizeof *out->start);
    for (int32_t d = 0; d < n; d++)
        if (is_example(world, d)) out->start[cell_of(world, d) + 2]++;
    for (int32_t c = 2; c < n_cells + 2; c++)
        out->start[c] += out->start[c - 1];
    for (int32_t d = 0; d < n; d++)
        if (is_example(world, d)) out->row[out->start[cell_of(world, d) + 1]++] = d;
out:
    return rc;
}

/* The dwelling of cells [first, end) step `step` whose key follows `wanted` most closely on the ring of 64-bit numbers: not by row order. */
static int32_t nearest(const wks_world *world, const examples *all, int32_t first, int32_t end, int32_t step, uint64_t wanted)
{
    int32_t best = WKS_NONE;
    uint64_t gap = UINT64_MAX;

    for (int32_t cell = first; cell < end; cell += step) {
        for (int32_t i = all->start[cell]; i < all->start[cell + 1]; i++) {
            const uint64_t distance = world->dwelling.key[all->row[i]] - wanted;
            if (best >= 0 && distance >= gap) continue;
            best = all->row[i];
            gap = distance;
        }
    }
    return best;
}

/* ---- where they stand ----------------------------------------------------------------------------------------------------------- */

static wks_status new_owner(wks_world *world, wks_owner_kind kind, int32_t *out_row, wks_err *err)
{
    int32_t number = 1;

    for (int32_t o = 0; o < world->owner.base.n_rows; o++)
        if (world->owner.key[o] != 0 && world->owner.kind[o] == kind && world->owner.number[o] >= number)
            number = world->owner.number[o] + 1;
    return wks_relations_owner_add(world, wks_rng_child_key((uint64_t)kind + 1, (uint32_t)world->tick, WKS_RNG_STOCK_MADE, 0), kind, number,
                                   out_row, err);
}

/* A complex of its own: its landlord asks there what it asks elsewhere. */
static wks_status new_complex(wks_world *world, uint64_t key, int32_t buurt_row, int32_t owner_row, wks_label label, int32_t *out_row,
                              wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_complex_table *complex = &world->complex;
    int32_t like = WKS_NONE;

    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0 || complex->owner_row[c] != owner_row) continue;
        if (like < 0 || complex->key[c] < complex->key[like]) like = c;
    }
    WKS_TRY(wks_relations_complex_add(world, key, buurt_row, owner_row, label, out_row, err));
    complex->rent_factor[*out_row] = like < 0 ? 1.0f : complex->rent_factor[like];
out:
    return rc;
}

static int32_t complex_in(const wks_world *world, int32_t buurt_row, int32_t owner_row, wks_label label)
{
    const wks_complex_table *complex = &world->complex;
    int32_t best = WKS_NONE;

    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0 || complex->buurt_row[c] != buurt_row || complex->owner_row[c] != owner_row || complex->label[c] != label)
            continue;
        if (best < 0 || complex->key[c] < complex->key[best]) best = c;
    }
    return best;
}

/* The complex of the example where that is the owner's and without label, else another of the owner and label in the buurt, else a new one. What an
 * event orders with a label is a complex of its own. */
static wks_status place(wks_world *world, int32_t construction_row, int32_t example, int32_t *complex_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_construction_table *construction = &world->construction;
    const int32_t buurt = construction->buurt_row[construction_row], owner = construction->owner_row[construction_row];
    const wks_label label = (wks_label)construction->label[construction_row];
    const bool is_apart = label != WKS_LABEL_NONE && construction->origin[construction_row] != WKS_CONSTRUCTION_TRANSFORMS;
    const int32_t like = example < 0 ? WKS_NONE : world->dwelling.complex_row[example];

    if (is_apart && *complex_row >= 0) return WKS_OK; /* the one made for the first of them */
    *complex_row = WKS_NONE;
    if (label == WKS_LABEL_NONE && like >= 0 && world->complex.buurt_row[like] == buurt && world->complex.owner_row[like] == owner &&
        world->complex.label[like] == WKS_LABEL_NONE)
        *complex_row = like;
    else if (!is_apart)
        *complex_row = complex_in(world, buurt, owner, label);
    if (*complex_row >= 0) return WKS_OK;
    WKS_TRY(new_complex(world, wks_rng_child_key(construction->key[construction_row], 0, WKS_RNG_STOCK_MADE, 0), buurt, owner, label,
                        complex_row, err));
out:
    return rc;
}

/* ---- one home ------------------------------------------------------------------------------------------------------------------- */

void wks_stock_build_scale(wks_world *world, int32_t d, double factor, int32_t rooms)
{
    wks_dwelling_table *dwelling = &world->dwelling;

    dwelling->area_m2[d] = (float)(factor * (double)dwelling->area_m2[d]);
    dwelling->value_eur[d] = (float)(factor * (double)dwelling->value_eur[d]);
    dwelling->rent_eur[d] = (float)(factor * (double)dwelling->rent_eur[d]);
    dwelling->streefhuur_eur[d] = (float)(factor * (double)dwelling->streefhuur_eur[d]);
    dwelling->wws_points[d] = (int16_t)((0.5 + 0.5 * factor) * dwelling->wws_points[d] + 0.5);
    dwelling->rooms[d] = (uint8_t)rooms;
}

static wks_tenure tenure_of(const wks_world *world, int32_t construction_row)
{
    const int32_t owner = world->construction.owner_row[construction_row];

    switch ((wks_construction_kind)world->construction.kind[construction_row]) {
    case WKS_CONSTRUCTION_SOCIAL: return WKS_TENURE_SOCIAL;
    case WKS_CONSTRUCTION_MIDDLE:
    case WKS_CONSTRUCTION_FREE:
        return owner >= 0 && world->owner.kind[owner] == WKS_OWNER_CORPORATIE ? WKS_TENURE_CORPORATIE_FREE : WKS_TENURE_PRIVATE_RENT;
    default: return WKS_TENURE_OWNER;
    }
}

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* Rent, price and points of the segment. Rents of examples without one (0) become the segment's limit. */
static void set_segment(wks_world *world, const wks_law *law, int32_t d, wks_construction_kind kind, double cheap_eur)
{
    static const double CENT = 0.01;
    wks_dwelling_table *dwelling = &world->dwelling;
    const double rent = (double)dwelling->rent_eur[d], value = (double)dwelling->value_eur[d];
    const double middle = law->middle_rent_limit_eur > law->rent_limit_eur ? law->middle_rent_limit_eur : law->rent_limit_eur;
    const bool has_points = dwelling->wws_points[d] > 0;
    double points = dwelling->wws_points[d], asked = 0;

    switch (kind) {
    case WKS_CONSTRUCTION_SOCIAL: asked = rent > 0 && rent < law->rent_limit_eur ? rent : law->rent_limit_eur; break;
    case WKS_CONSTRUCTION_MIDDLE:
        asked = rent > 0 ? within(rent, law->rent_limit_eur, middle) : middle;
        points = within(points, law->wws_social_points + 1, law->wws_middle_points);
        break;
    case WKS_CONSTRUCTION_FREE:
        asked = rent > middle ? rent : middle + CENT;
        points = points > law->wws_middle_points ? points : law->wws_middle_points + 1;
        break;
    case WKS_CONSTRUCTION_OWNER_CHEAP: dwelling->value_eur[d] = (float)(value > 0 && value < cheap_eur ? value : cheap_eur); break;
    case WKS_CONSTRUCTION_OWNER_DEAR: dwelling->value_eur[d] = (float)(value > cheap_eur ? value : cheap_eur); break;
    default: break;
    }
    if (has_points) dwelling->wws_points[d] = (int16_t)points;
    dwelling->rent_eur[d] = (float)asked;
    if (kind == WKS_CONSTRUCTION_SOCIAL) {
        const double streefhuur = (double)dwelling->streefhuur_eur[d];
        dwelling->streefhuur_eur[d] = (float)(streefhuur > asked && streefhuur < law->rent_limit_eur ? streefhuur
                                              : streefhuur >= law->rent_limit_eur                    ? law->rent_limit_eur
                                                                                                     : asked);
    } else {
        dwelling->streefhuur_eur[d] = 0;
    }
}

static void count_built(wks_ledger *ledger, wks_construction_kind kind)
{
    switch (kind) {
    case WKS_CONSTRUCTION_SOCIAL: ledger->built_social++; break;
    case WKS_CONSTRUCTION_MIDDLE: ledger->built_middle++; break;
    case WKS_CONSTRUCTION_OWNER_CHEAP: ledger->built_cheap++; break;
    default: ledger->built_other++; break;
    }
}

/* Where the buurt has homes, at the place of the example or else of its first home by key; unknown in an empty buurt. */
static void set_position(wks_world *world, const examples *all, int32_t row, int32_t example)
{
    wks_dwelling_table *dwelling = &world->dwelling;
    const int32_t buurt = dwelling->buurt_row[row];
    int32_t at = example;

    if (at < 0 || dwelling->buurt_row[at] != buurt) at = nearest(world, all, buurt * WKS_N_TENURES, (buurt + 1) * WKS_N_TENURES, 1, 0);
    if (at < 0) return;
    dwelling->x_m[row] = dwelling->x_m[at];
    dwelling->y_m[row] = dwelling->y_m[at];
}

static void copy_example(wks_world *world, int32_t row, int32_t example)
{
    wks_dwelling_table *dwelling = &world->dwelling;

    dwelling->rent_eur[row] = dwelling->rent_eur[example];
    dwelling->streefhuur_eur[row] = (float)wks_dwelling_streefhuur(dwelling, example);
    dwelling->value_eur[row] = dwelling->value_eur[example];
    dwelling->area_m2[row] = dwelling->area_m2[example];
    dwelling->wws_points[row] = dwelling->wws_points[example];
    dwelling->rooms[row] = dwelling->rooms[example];
}

/* A new dwelling that replaces demolished ones belongs to their project; a social one is kept until those with a right to return were asked. */
static void adopt(wks_world *world, int32_t project, int32_t d)
{
    if (project <= 0) return;
    wks_rare_set(&world->dwelling.project, d, project);
    world->project.n_new[project - 1]++;
    if (world->dwelling.tenure[d] == WKS_TENURE_SOCIAL)
        world->unit.lettable_month[world->dwelling.first_unit_row[d]] = WKS_RELATIONS_REHOUSE_NEVER;
}

static wks_status build_one(wks_tick *tick, const examples *all, int32_t construction_row, uint64_t key, double cheap_eur,
                            int32_t *complex_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n_cells = world->buurt.base.n_rows * WKS_N_TENURES;
    const wks_construction_kind kind = (wks_construction_kind)world->construction.kind[construction_row];
    const wks_tenure tenure = tenure_of(world, construction_row);
    const wks_tenure like = tenure == WKS_TENURE_CORPORATIE_FREE ? WKS_TENURE_PRIVATE_RENT : tenure;
    const int32_t cell = world->construction.buurt_row[construction_row] * WKS_N_TENURES + (int32_t)like;
    const int32_t rooms = world->construction.rooms[construction_row];
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_STOCK);
    const uint64_t wanted = wks_rng_u64(&rng);
    int32_t example = nearest(world, all, cell, cell + 1, 1, wanted), row = WKS_NONE;

    if (example < 0) example = nearest(world, all, (int32_t)like, n_cells, WKS_N_TENURES, wanted);
    if (example < 0) example = nearest(world, all, 0, n_cells, 1, wanted);
    WKS_TRY(place(world, construction_row, example, complex_row, err));
    WKS_TRY(wks_relations_dwelling_add(world, key, *complex_row, tenure,
                                       example < 0 ? WKS_DWELLING_APARTMENT : (wks_dwelling_type)world->dwelling.type[example], 1,
                                       world->month + 1, &row, err));
    wks_relations_portiek_join(world, row);
    adopt(world, world->construction.project[construction_row], row);
    if (example >= 0) {
        copy_example(world, row, example);
        set_position(world, all, row, example);
        const int32_t before = world->dwelling.rooms[row];
        const int32_t least = world->construction.origin[construction_row] == WKS_CONSTRUCTION_BY_RATE ? LEAST_LARGE_ROOMS : 1;
        const int32_t after = rooms > 0 ? rooms : before > least ? before : least;
        if (before > 0 && after != before) wks_stock_build_scale(world, row, (double)after / before, after);
        set_segment(world, &tick->law, row, kind, cheap_eur);
        world->dwelling.accessible[row] = 1;
    }
    world->unit.rent_eur[world->dwelling.first_unit_row[row]] = world->dwelling.rent_eur[row];
    world->unit.from_new[world->dwelling.first_unit_row[row]] = 1;
    count_built(&world->ledger, kind);
out:
    return rc;
}

static wks_status complete(wks_tick *tick, const examples *all, int32_t i, double cheap_eur, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->construction.n_dwellings[i];
    const wks_owner_kind kind = wks_stock_build_owner_kind((wks_construction_kind)world->construction.kind[i]);
    int32_t complex = WKS_NONE;

    if (world->construction.owner_row[i] < 0)
        world->construction.owner_row[i] = wks_stock_build_owner(world, world->construction.buurt_row[i], kind);
    if (world->construction.owner_row[i] < 0) WKS_TRY(new_owner(world, kind, &world->construction.owner_row[i], err));
    for (int32_t k = 0; k < n; k++)
        WKS_TRY(build_one(tick, all, i, wks_rng_child_key(world->construction.key[i], 0, WKS_RNG_STOCK, (uint32_t)k), cheap_eur, &complex,
                          err));
    world->ledger.homes_completed += n;
    WKS_TRY(wks_columns_remove(&world->construction, &wks_construction_info, i, err));
out:
    return rc;
}

wks_status wks_stock_build_complete(wks_tick *tick, double cheap_eur, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_tick_item *item = NULL;
    examples all = {NULL, NULL};
    int32_t n = 0;

    if (tick->world->construction.base.n_live == 0) return WKS_OK;
    WKS_TRY(list_constructions(tick, true, &item, &n, err));
    if (n > 0) WKS_TRY(index_examples(tick, &all, err));
    for (int32_t k = 0; k < n; k++)
        WKS_TRY(complete(tick, &all, item[k].row, cheap_eur, err));
out:
    return rc;
}
