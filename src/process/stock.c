#include "process/stock.h"

#include "base/month.h"
#include "process/buffer_slots.h"
#include "process/landlord.h"
#include "process/stock_build.h"
#include "process/stock_rehouse.h"
#include "process/stock_uitpond.h"
#include "process/tick_list.h"
#include "rules/spreiding_social_ceiling.h"
#include "world/relations.h"

enum {
    P_SELL,
    P_UITPOND,
    P_BUILD,
    P_SOCIAL_SHARE,
    P_RENT_SHARE,
    P_DEMOLISH,
    P_DEMOLISH_RATE,
    P_POLICY,
    P_PATIENCE,
    P_STREEFHUUR,
    P_NORM,
    P_RELABEL,
    P_LOT,
    N_PARAMS
};

static const char *const policies[] = {"adaptive", "fixed", NULL};

static const wks_param params[N_PARAMS] = {
    [P_SELL] =
        {"sell", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false,
         "assumption: the stock is held as it is unless a scenario says otherwise (0.5 % of the stock a year is 0.07 of the vacancies)",
         "social dwellings sold when they fall vacant"},
    [P_UITPOND] =
        {"uitpond", WKS_PARAM_REAL, "1/yr", 0, 0, 1, NULL, false,
         "assumption: held as it is, because buying to let is not modelled. 16,400 formerly rented homes sold in 2025 Q2 [S116] are "
         "65,600 a year, 5.5 % of some 1.2 M private rented homes (assumption); with a fifth falling vacant a year, for two months "
         "each (assumptions), 27 % of the vacancies or a hazard of 0.85",
         "private rented dwellings put up for sale, by year of standing vacant"},
    [P_BUILD] = {"build", WKS_PARAM_REAL, "1/yr", 0, 0, 0.2, NULL, false,
                 "assumption: held as it is (0.9 % of the stock a year in Nijmegen 2015-23 [S18])",
                 "dwellings built a year as a share of the stock at the start, spread over buurten by their size"},
    [P_SOCIAL_SHARE] = {"build_social", WKS_PARAM_REAL, "share", 0.30, 0, 1, NULL, false,
                        "Wet versterking regie volkshuisvesting (bill): 30 % social", "share of new dwellings that is social"},
    [P_RENT_SHARE] = {"build_middle", WKS_PARAM_REAL, "share", 0.37, 0, 1, NULL, false, "idem: two thirds affordable",
                      "share of new dwellings that is middle rent; the rest is owner-occupied"},
    [P_DEMOLISH] = {"demolish", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false,
                    "assumption: held as it is (0.3 % of the corporation stock a year in 2015 [S47])",
                    "social dwellings demolished when they fall vacant"},
    [P_DEMOLISH_RATE] = {"demolish_rate", WKS_PARAM_REAL, "1/yr", 0, 0, 0.1, NULL, false,
                         "assumption: held as it is (0.3 % of the corporation stock a year in 2015 [S47])",
                         "social dwellings a year whose demolition is announced, in whole complexes of 50 years and older, with notice and "
                         "herhuisvesting as in the event demolish"},
    [P_POLICY] = {"rent_policy", WKS_PARAM_CHOICE, "-", 0, 0, 1, policies, false,
                  "landlords lowered target rents under passend toewijzen 2016 [S118]",
                  "adaptive: each January corporaties choose which homes to let below the aftoppingsgrens, labels and homes by lot, and "
                  "what nobody takes "
                  "is offered below it after `patience` adverts; fixed: asked rents stay as they are, indexed"},
    [P_PATIENCE] = {"patience", WKS_PARAM_INT, "adverts", 2, 1, 60, NULL, false, "assumption",
                    "adverts without result before the asked rent is lowered"},
    [P_STREEFHUUR] = {"streefhuur", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: complexes differ (docs/population.md)",
                      "adaptive: rent that corporaties ask where no norm presses, as a share of the maximum by WWS points; 0: as their "
                      "complexes have it"},
    [P_NORM] = {"passend_norm", WKS_PARAM_REAL, "share", 0.95, 0, 1, NULL, false, "Woningwet art. 46 lid 2: 95 %",
                "adaptive: share of expected lettings to low incomes for which there must be a home below their aftoppingsgrens"},
    [P_RELABEL] = {"relabel_unlet", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption; 1: labels stay",
                   "adaptive: a complex loses its label senior or jongeren when a larger share of a year's adverts found nobody"},
    [P_LOT] = {"lot_refusals", WKS_PARAM_REAL, "offers", 0, 0, 1000, NULL, false,
               "assumption; homes let by lot tend to be the less popular ones [S4]",
               "adaptive: complexes with more refusals per letting in a year are let by lot where the rules have such a channel; 0: none"},
};

static bool chance(const wks_world *world, uint64_t key, wks_rng_purpose purpose, double p)
{
    return p > 0 && wks_rng_once(&world->seed, key, (uint32_t)world->tick, purpose) < p;
}

/* The year's landlord decision on a unit nobody took: within passend limits so that the lowest incomes may have it. */
static void lower_rent(const wks_tick *tick, int32_t unit)
{
    const wks_world *world = tick->world;
    const double cap =
        world->dwelling.rooms[world->unit.dwelling_row[unit]] >= 4 ? tick->law.rent_cap_high_eur : tick->law.rent_cap_low_eur;
    if ((double)world->unit.rent_eur[unit] > cap) tick->world->unit.rent_eur[unit] = (float)cap;
}

/* What a landlord does with one vacant unit this month. Sets *out_removed when the dwelling is gone. */
static wks_status decide(wks_tick *tick, const wks_settings *settings, int32_t unit, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const double *p = settings->value;
    const int32_t dwelling = world->unit.dwelling_row[unit];
    const int32_t buurt = world->dwelling.buurt_row[dwelling];
    const bool fresh = world->unit.vacant_month[unit] == world->month - 1;
    const uint64_t key = world->dwelling.key[dwelling];

    if (wks_stock_rehouse_is_kept(world, dwelling)) return WKS_OK;
    if (world->dwelling.n_units[dwelling] != 1) return WKS_OK; /* houses let by the room are left as they are */
    if (world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL) {
        if (world->buurt.to_demolish[buurt] > 0 || (fresh && chance(world, key, WKS_RNG_STOCK, p[P_DEMOLISH]))) {
            if (world->buurt.to_demolish[buurt] > 0) world->buurt.to_demolish[buurt]--;
            WKS_TRY(wks_relations_dwelling_remove(world, dwelling, err));
        } else if (world->buurt.to_sell[buurt] > 0 || (fresh && chance(world, key, WKS_RNG_STOCK_SALE, p[P_SELL]))) {
            if (world->buurt.to_sell[buurt] > 0) world->buurt.to_sell[buurt]--;
            world->ledger.dwellings_sold++;
            wks_relations_retenure(world, dwelling, WKS_TENURE_OWNER, 0.0); /* to whoever buys it on the market */
        } else if (p[P_POLICY] == 0 && world->unit.n_adverts[unit] >= (int32_t)p[P_PATIENCE]) {
            lower_rent(tick, unit);
        }
    } else {
        wks_stock_uitpond(tick, unit, p[P_UITPOND]);
    }
out:
    return rc;
}

/* New dwellings of a year, a twelfth a month, over buurten by their number of households: the fraction is made whole by a keyed draw. */
static wks_status build(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const double *p = settings->value;

    if (!(p[P_BUILD] > 0)) return WKS_OK;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        const double wanted = p[P_BUILD] / 12 * world->buurt.n_households[b];
        const double u = wks_rng_once(&world->seed, world->buurt.key[b], (uint32_t)world->tick, WKS_RNG_STOCK);
        const int32_t n = (int32_t)(wanted + u);
        for (int32_t k = 0; k < n; k++) {
            const uint64_t key = wks_rng_child_key(world->buurt.key[b], (uint32_t)world->tick, WKS_RNG_STOCK, (uint32_t)k);
            const double v = wks_rng_once(&world->seed, key, (uint32_t)world->tick, WKS_RNG_STOCK_LABEL);
            const wks_tenure tenure = v < p[P_SOCIAL_SHARE]                     ? WKS_TENURE_SOCIAL
                                      : v < p[P_SOCIAL_SHARE] + p[P_RENT_SHARE] ? WKS_TENURE_PRIVATE_RENT
                                                                                : WKS_TENURE_OWNER;
            if (tenure == WKS_TENURE_SOCIAL && wks_spreiding_social_ceiling_binds(tick->scenario, world, b)) {
                world->ledger.ceiling_not_built++;
                continue;
            }
            WKS_TRY(wks_stock_build_one(tick, b, tenure, key, err));
        }
    }
out:
    return rc;
}

static wks_status landlord(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    const double *p = settings->value;
    const wks_landlord_policy policy = {.streefhuur = p[P_STREEFHUUR],
                                        .norm = p[P_NORM],
                                        .relabel_unlet = p[P_RELABEL],
                                        .lot_refusals = p[P_LOT],
                                        .patience = (int32_t)p[P_PATIENCE]};

    if (wks_month_of_year(tick->world->month) != 0) return WKS_OK;
    if (p[P_POLICY] == 0) return wks_landlord_year(tick, &policy, err);
    wks_landlord_year_fixed(tick);
    return WKS_OK;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    (void)settings, (void)err;
    wks_landlord_start(tick);
    return WKS_OK;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    int32_t n;
    uint8_t *flag;
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    WKS_TRY(landlord(tick, settings, err));
    WKS_TRY(wks_stock_rehouse_month(tick, settings->value[P_DEMOLISH_RATE], err));
    n = world->unit.base.n_rows;
    flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);
    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d units", n);
    for (int32_t u = 0; u < n; u++)
        flag[u] = world->unit.key[u] != 0 && world->unit.household_row[u] < 0 && world->unit.lettable_month[u] <= world->month;
    /* In order of key: what a timeline event orders goes to the first ones. */
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, world->unit.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(decide(tick, settings, item[k].row, err));
    WKS_TRY(build(tick, settings, err));
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_stock_spec = {"stock", "process", "building, demolition, sale and uitponden at vacancy, yearly decisions of landlords",
                                 "",      params,    N_PARAMS,
                                 &process};
