#include "process/stock_plan.h"

#include <stdlib.h>
#include <string.h>

#include "process/buffer_slots.h"
#include "rules/part.h"
#include "rules/spreiding_social_ceiling.h"

enum { SMALL, LARGE, AS_THERE, N_SIZES };
static const int32_t rooms_of[N_SIZES] = {2, 5, 0};
enum { TRANSFORM_SOCIAL, TRANSFORM_MIDDLE };

void wks_stock_plan_mix(double social, double middle, double cheap, double free_rent, double norm_social, double norm_affordable,
                        double *out)
{
    double left = 1.0;
    const double wish[] = {social, middle, cheap, free_rent};
    static const wks_construction_kind kind[] = {WKS_CONSTRUCTION_SOCIAL, WKS_CONSTRUCTION_MIDDLE, WKS_CONSTRUCTION_OWNER_CHEAP,
                                                 WKS_CONSTRUCTION_FREE};

    memset(out, 0, WKS_N_CONSTRUCTION_KINDS * sizeof *out);
    for (int32_t i = 0; i < 4; i++) {
        out[kind[i]] = wish[i] < left ? wish[i] : left;
        left -= out[kind[i]];
    }
    out[WKS_CONSTRUCTION_OWNER_DEAR] = left;
    if (out[WKS_CONSTRUCTION_SOCIAL] < norm_social) {
        const double others = 1.0 - out[WKS_CONSTRUCTION_SOCIAL], factor = (1.0 - norm_social) / others;
        for (int32_t k = 0; k < WKS_N_CONSTRUCTION_KINDS; k++)
            out[k] *= factor;
        out[WKS_CONSTRUCTION_SOCIAL] = norm_social;
    }
    const double affordable = out[WKS_CONSTRUCTION_SOCIAL] + out[WKS_CONSTRUCTION_MIDDLE] + out[WKS_CONSTRUCTION_OWNER_CHEAP];
    const double others = out[WKS_CONSTRUCTION_FREE] + out[WKS_CONSTRUCTION_OWNER_DEAR];
    if (affordable >= norm_affordable || !(others > 0)) return;
    const double factor = (1.0 - norm_affordable) / others;
    out[WKS_CONSTRUCTION_MIDDLE] += norm_affordable - affordable;
    out[WKS_CONSTRUCTION_FREE] *= factor;
    out[WKS_CONSTRUCTION_OWNER_DEAR] *= factor;
}

/* ---- where ---------------------------------------------------------------------------------------------------------------------- */

typedef struct site {
    double value;
    uint64_t key;
    int32_t row;
} site;

static int by_value(const void *left, const void *right)
{
    const site *a = left, *b = right;

    if (a->value < b->value || a->value > b->value) return a->value < b->value ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

/* Sums of whole numbers do not depend on the order of rows. */
static void sum_by_buurt(const wks_world *world, wks_stock_plan_site by, int64_t *part, int64_t *whole)
{
    if (by == WKS_STOCK_PLAN_INCOME) {
        for (int32_t h = 0; h < world->household.base.n_rows; h++) {
            if (world->household.key[h] == 0 || world->household.unit_row[h] < 0) continue;
            const int32_t b = wks_world_buurt_of(world, h);
            part[b] += (int64_t)(double)world->household.income_eur[h];
            whole[b]++;
        }
        return;
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.key[d] == 0) continue;
        part[world->dwelling.buurt_row[d]] += world->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
        whole[world->dwelling.buurt_row[d]]++;
    }
}

wks_status wks_stock_plan_ranks(wks_tick *tick, wks_stock_plan_site by, double *r, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->buurt.base.n_rows;
    int64_t *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, 2 * (size_t)n, sizeof *sum);
    site *item = wks_tick_buffer(tick, WKS_SLOT_SITES, (size_t)n, sizeof *item);
    double all = 0, before = 0;

    if (sum == NULL || item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to rank %d buurten", n);
    memset(sum, 0, 2 * (size_t)n * sizeof *sum);
    sum_by_buurt(world, by, sum, sum + n);
    for (int32_t b = 0; b < n; b++) {
        item[b] = (site){sum[n + b] > 0 ? (double)sum[b] / (double)sum[n + b] : 0, world->buurt.key[b], b};
        all += world->buurt.n_households[b];
    }
    qsort(item, (size_t)n, sizeof *item, by_value);
    for (int32_t i = 0; i < n; i++) {
        const double own = world->buurt.n_households[item[i].row];
        r[item[i].row] = all > 0 ? 2 * (before + own / 2) / all - 1 : 0;
        before += own;
    }
out:
    return rc;
}

static bool is_in(const wks_world *world, const wks_settings *settings, int32_t param, int32_t buurt_row)
{
    return settings->n_areas[param] > 0 && wks_part_in_areas(world, settings, param, buurt_row);
}

/* ---- orders --------------------------------------------------------------------------------------------------------------------- */

/* The corporatie that builds here: of the buurt when it can pay, else the one with most room (in a city without any: a new one). False: nobody can. */
static bool find_payer(wks_world *world, const wks_stock_money_policy *policy, int32_t buurt_row, int64_t cent, int32_t *out_owner)
{
    int32_t best = wks_stock_build_owner(world, buurt_row, WKS_OWNER_CORPORATIE);

    *out_owner = best;
    if (best < 0 || wks_stock_money_affords(world, policy, best, WKS_MONEY_building, cent)) return true;
    for (int32_t o = 0; o < world->owner.base.n_rows; o++) {
        if (world->owner.key[o] == 0 || world->owner.has_account[o] == 0) continue;
        if (world->owner.room_build_cent[o] > world->owner.room_build_cent[best] ||
            (world->owner.room_build_cent[o] == world->owner.room_build_cent[best] && world->owner.key[o] < world->owner.key[best]))
            best = o;
    }
    *out_owner = best;
    return wks_stock_money_affords(world, policy, best, WKS_MONEY_building, cent);
}

/* Social homes: one order a home and payer, paid at once so that the next sees what is left. */
static wks_status order_social(wks_tick *tick, const wks_stock_money_policy *policy, wks_stock_build_order order, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int64_t cent = wks_stock_money_home_cent(world, policy, order.rooms, order.origin == WKS_CONSTRUCTION_TRANSFORMS);
    const int32_t n = order.n_dwellings;
    const uint32_t first = order.number;
    const int32_t room = wks_spreiding_social_ceiling_room(tick->scenario, world, order.buurt_row, n);

    world->ledger.ceiling_not_built += n - room;
    for (int32_t k = 0; k < room; k++) {
        if (!find_payer(world, policy, order.buurt_row, cent, &order.owner_row)) {
            world->ledger.budget_not_built += room - k;
            break;
        }
        order.n_dwellings = 1;
        order.number = first + (uint32_t)(N_SIZES * k);
        WKS_TRY(wks_stock_build_order_add(tick, &order, err));
        WKS_TRY(wks_stock_build_pay(tick, policy, err));
    }
out:
    return rc;
}

static wks_status order_kind(wks_tick *tick, const wks_stock_plan *plan, const wks_stock_money_policy *policy, int32_t buurt_row,
                             wks_construction_kind kind, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_rng rng = wks_rng_open(&world->seed, wks_rng_pair_key(world->buurt.key[buurt_row], (uint64_t)kind + 1), (uint32_t)world->tick,
                               WKS_RNG_STOCK_SIZE);
    int32_t count[N_SIZES] = {0};

    for (int32_t k = 0; k < n; k++) {
        const double u = wks_rng_u01(&rng);
        count[u < plan->small ? SMALL : u < plan->small + plan->large ? LARGE : AS_THERE]++;
    }
    for (int32_t s = 0; s < N_SIZES; s++) {
        const wks_stock_build_order order = {.buurt_row = buurt_row,
                                             .owner_row = WKS_NONE,
                                             .n_dwellings = count[s],
                                             .months = plan->months,
                                             .kind = kind,
                                             .rooms = rooms_of[s],
                                             .origin = WKS_CONSTRUCTION_BY_RATE,
                                             .number = (uint32_t)s};
        WKS_TRY(kind == WKS_CONSTRUCTION_SOCIAL ? order_social(tick, policy, order, err) : wks_stock_build_order_add(tick, &order, err));
    }
out:
    return rc;
}

/* wanted made whole by a draw: its mean is wanted. */
static int32_t made_whole(wks_rng *rng, double wanted)
{
    const double u = wks_rng_u01(rng);
    return wanted > 0 ? (int32_t)(wanted + u) : 0;
}

enum { SOCIAL, MARKET, N_SITES };

/* Where what is built by rate goes: weights of buurten for social homes and for the others, and their sums. */
typedef struct sites {
    double *weight[N_SITES]; /* households x (1 + site x rank) in the areas named, else 0 */
    double sum[N_SITES];
    double all; /* households */
    int32_t n_extension;
} sites;

static wks_status weigh_sites(wks_tick *tick, const wks_stock_plan *plan, sites *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->buurt.base.n_rows;
    const double by[N_SITES] = {plan->site_social, plan->site_market};
    double *r = wks_tick_buffer(tick, WKS_SLOT_BUURT_B, 3 * (size_t)n, sizeof *r);

    if (r == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n);
    memset(r, 0, 3 * (size_t)n * sizeof *r);
    *out = (sites){.weight = {r + n, r + 2 * n}};
    if (by[SOCIAL] < 0 || by[SOCIAL] > 0 || by[MARKET] < 0 || by[MARKET] > 0) WKS_TRY(wks_stock_plan_ranks(tick, plan->site_by, r, err));
    for (int32_t b = 0; b < n; b++) {
        const double households = world->buurt.n_households[b];
        const bool is_meant = wks_part_in_areas(world, plan->settings, plan->areas_param, b);
        out->all += households;
        for (int32_t s = SOCIAL; s < N_SITES; s++) {
            out->weight[s][b] = is_meant ? households * (1 + by[s] * r[b]) : 0;
            out->sum[s] += out->weight[s][b];
        }
        out->n_extension += plan->extension_share > 0 && is_in(world, plan->settings, plan->extension_param, b);
    }
out:
    return rc;
}

static wks_status order_rate(wks_tick *tick, const wks_stock_plan *plan, const wks_stock_money_policy *policy, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    sites all = {.all = 0};

    WKS_TRY(weigh_sites(tick, plan, &all, err));
    const double monthly = plan->rate / 12 * all.all, extension_share = all.n_extension > 0 ? plan->extension_share : 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        const double extra = extension_share > 0 && is_in(world, plan->settings, plan->extension_param, b) ? 1.0 / all.n_extension : 0;
        wks_rng rng = wks_rng_open(&world->seed, world->buurt.key[b], (uint32_t)world->tick, WKS_RNG_STOCK_SITE);
        for (int32_t kind = 0; kind < WKS_N_CONSTRUCTION_KINDS; kind++) {
            const int32_t s = kind == WKS_CONSTRUCTION_SOCIAL ? SOCIAL : MARKET;
            const double part = all.sum[s] > 0 ? all.weight[s][b] / all.sum[s] : 0;
            const double wanted = plan->share[kind] * monthly * ((1 - extension_share) * part + extension_share * extra);
            const int32_t homes = made_whole(&rng, wanted);
            if (homes > 0) WKS_TRY(order_kind(tick, plan, policy, b, (wks_construction_kind)kind, homes, err));
        }
    }
out:
    return rc;
}

/* Offices and shops become small homes for the young. */
static wks_status order_transform(wks_tick *tick, const wks_stock_plan *plan, const wks_stock_money_policy *policy, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const double share[] = {plan->transform_social, 1 - plan->transform_social};
    double all = 0, in_areas = 0;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        all += world->buurt.n_households[b];
        if (wks_part_in_areas(world, plan->settings, plan->transform_param, b)) in_areas += world->buurt.n_households[b];
    }
    for (int32_t b = 0; b < world->buurt.base.n_rows && in_areas > 0; b++) {
        if (!wks_part_in_areas(world, plan->settings, plan->transform_param, b)) continue;
        wks_rng rng = wks_rng_open(&world->seed, world->buurt.key[b], (uint32_t)world->tick, WKS_RNG_STOCK_TRANSFORM);
        for (int32_t t = TRANSFORM_SOCIAL; t <= TRANSFORM_MIDDLE; t++) {
            const double wanted = plan->transform / 12 * all * world->buurt.n_households[b] / in_areas * share[t];
            const wks_stock_build_order order = {.buurt_row = b,
                                                 .owner_row = WKS_NONE,
                                                 .n_dwellings = made_whole(&rng, wanted),
                                                 .months = plan->months,
                                                 .kind = t == TRANSFORM_SOCIAL ? WKS_CONSTRUCTION_SOCIAL : WKS_CONSTRUCTION_MIDDLE,
                                                 .label = WKS_LABEL_JONGEREN,
                                                 .rooms = rooms_of[SMALL],
                                                 .origin = WKS_CONSTRUCTION_TRANSFORMS};
            if (order.n_dwellings == 0) continue;
            WKS_TRY(t == TRANSFORM_SOCIAL ? order_social(tick, policy, order, err) : wks_stock_build_order_add(tick, &order, err));
        }
    }
out:
    return rc;
}

wks_status wks_stock_plan_order(wks_tick *tick, const wks_stock_plan *plan, const wks_stock_money_policy *policy, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (plan->rate > 0) WKS_TRY(order_rate(tick, plan, policy, err));
    if (plan->transform > 0) WKS_TRY(order_transform(tick, plan, policy, err));
out:
    return rc;
}
