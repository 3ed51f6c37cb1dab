#include "process/stock.h"

#include "base/month.h"
#include "base/par.h"
#include "process/buffer_slots.h"
#include "process/landlord.h"
#include "process/stock_convert.h"
#include "process/stock_plan.h"
#include "process/stock_rehouse.h"
#include "process/stock_sale.h"
#include "process/stock_uitpond.h"
#include "process/tick_list.h"
#include "world/relations.h"

enum {
    P_SELL,
    P_SELL_SITTING,
    P_SELL_DISCOUNT,
    P_SELL_LOAN,
    P_SELL_OWNER,
    P_SELL_AREAS,
    P_UITPOND,
    P_BUILD,
    P_BUILD_AREAS,
    P_BUILD_MONTHS,
    P_SOCIAL_SHARE,
    P_RENT_SHARE,
    P_CHEAP_SHARE,
    P_FREE_SHARE,
    P_CHEAP_EUR,
    P_MIX_NORM,
    P_NORM_SOCIAL,
    P_NORM_AFFORDABLE,
    P_BUILD_SMALL,
    P_BUILD_LARGE,
    P_SITE_BY,
    P_SITE_SOCIAL,
    P_SITE_MARKET,
    P_EXTENSION_SHARE,
    P_EXTENSION_AREAS,
    P_TRANSFORM,
    P_TRANSFORM_SOCIAL,
    P_TRANSFORM_AREAS,
    P_LIBERALISE,
    P_LIBERALISE_TO,
    P_TO_SOCIAL,
    P_TO_ROOMS,
    P_FROM_ROOMS,
    P_ROOM_PREMIUM,
    P_SPLIT,
    P_SPLIT_ROOMS,
    P_MERGE,
    P_MERGE_ROOMS,
    P_CONVERT_AREAS,
    P_BUDGET,
    P_UPKEEP,
    P_OPERATIONS,
    P_INTEREST,
    P_DEBT,
    P_ICR,
    P_LTV,
    P_YIELD,
    P_HORIZON,
    P_SHARE_BUILD,
    P_SHARE_RENOVATE,
    P_BUILD_EUR,
    P_BUILD_SMALL_COST,
    P_TRANSFORM_COST,
    P_DEMOLISH_EUR,
    P_RENOVATE_EUR,
    P_COST_GROWTH,
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
static const char *const norms[] = {"none", "bill", NULL};
static const char *const sites[] = {"income", "social_share", NULL};
static const char *const segments[] = {"points", "middle_rent", NULL};
static const char *const budgets[] = {"binding", "counted", "off", NULL};

static const wks_param params[N_PARAMS] = {
    [P_SELL] =
        {"sell", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false,
         "assumption: the stock is held as it is unless a scenario says otherwise (0.5 % of the stock a year is 0.07 of the vacancies)",
         "social dwellings sold when they fall vacant"},
    [P_SELL_SITTING] = {"sell_sitting", WKS_PARAM_REAL, "1/yr", 0, 0, 1, NULL, false,
                        "assumption: held as it is (0 to 2 % of the stock a year)",
                        "social tenancies offered for sale to their tenants a year; who can pay it buys"},
    [P_SELL_DISCOUNT] = {"sell_discount", WKS_PARAM_REAL, "share", 0, 0, 0.5, NULL, false,
                         "assumption: none; koopgarant gives some 25 % off against a share in the later value",
                         "off the price for a sitting tenant; buying back is not modelled"},
    [P_SELL_LOAN] = {"sell_loan", WKS_PARAM_REAL, "yr", 4.5, 1, 10, NULL, false,
                     "assumption, near the Nibud lending norms of 2025, as loan_to_income of the market",
                     "most that a sitting tenant borrows, years of income"},
    [P_SELL_OWNER] = {"sell_owner", WKS_PARAM_INT, "-", 0, 0, 100, NULL, false, "scenario",
                      "number of the one corporatie that sells by sell and sell_sitting; 0: all"},
    [P_SELL_AREAS] = {"sell_areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "scenario",
                      "buurten or wijken where they are sold by sell and sell_sitting; empty: everywhere"},
    [P_UITPOND] =
        {"uitpond", WKS_PARAM_REAL, "1/yr", 0, 0, 1, NULL, false,
         "assumption: held as it is, because buying to let is not modelled. 16,400 formerly rented homes sold in 2025 Q2 [S116] are "
         "65,600 a year, 5.5 % of some 1.2 M private rented homes (assumption); with a fifth falling vacant a year, for two months "
         "each (assumptions), 27 % of the vacancies or a hazard of 0.85",
         "private rented dwellings put up for sale, by year of standing vacant"},
    [P_BUILD] = {"build", WKS_PARAM_REAL, "1/yr", 0, 0, 0.2, NULL, false,
                 "assumption: held as it is (0.9 % of the stock a year in Nijmegen 2015-23 [S18])",
                 "dwellings ordered a year as a share of the households with a home, over buurten by their households; a path: set events"},
    [P_BUILD_AREAS] = {"build_areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "scenario",
                       "buurten or wijken where these are built; empty: everywhere"},
    [P_BUILD_MONTHS] = {"build_months", WKS_PARAM_INT, "months", 0, 0, 240, NULL, false,
                        "assumption: 0, so that the rate is that of completion; 24 to 120 from decision to key",
                        "from order to completion, of build and transform"},
    [P_SOCIAL_SHARE] = {"build_social", WKS_PARAM_REAL, "share", 0.30, 0, 1, NULL, false,
                        "Wet versterking regie volkshuisvesting (bill): 30 % social", "share of new dwellings that is social"},
    [P_CHEAP_SHARE] = {"build_cheap", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: affordable homes are rented ones",
                       "share of new dwellings that is owner-occupied up to cheap_eur"},
    [P_FREE_SHARE] = {"build_free", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption",
                      "share of new dwellings that is let above middle rent; what is left is owner-occupied from cheap_eur on"},
    [P_CHEAP_EUR] = {"cheap_eur", WKS_PARAM_REAL, "EUR", 405000, 50000, 2000000, NULL, false,
                     "assumption: limit of affordable owner-occupied homes of 2025, from memory; 355,000 to 450,000",
                     "price that parts cheap from dear new homes, at the price level of the start"},
    [P_MIX_NORM] = {"mix_norm", WKS_PARAM_CHOICE, "-", 0, 0, 1, norms, false, "scenario",
                    "bill: what is built by rate in the city's gemeenten together has at least norm_social and norm_affordable; none: as "
                    "the shares say"},
    [P_NORM_SOCIAL] = {"norm_social", WKS_PARAM_REAL, "share", 0.30, 0, 1, NULL, false,
                       "Wet versterking regie volkshuisvesting (bill): 30 % social per region", "mix_norm: least share social"},
    [P_NORM_AFFORDABLE] = {"norm_affordable", WKS_PARAM_REAL, "share", 2.0 / 3, 0, 1, NULL, false, "idem: two thirds affordable",
                           "mix_norm: least share social, middle rent and owner-occupied cheap together; lacking ones become middle rent"},
    [P_BUILD_SMALL] = {"build_small", WKS_PARAM_REAL, "share", 0.4, 0, 1, NULL, false, "assumption: more homes for one person; 0 to 0.8",
                       "share of new dwellings with two rooms"},
    [P_BUILD_LARGE] = {"build_large", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption; 0 to 0.5",
                       "share with five rooms; the others are as those that are there"},
    [P_SITE_BY] = {"site_by", WKS_PARAM_CHOICE, "-", 0, 0, 1, sites, false, "assumption",
                   "what buurten are ranked by: mean income of their households, or share of social homes"},
    [P_SITE_SOCIAL] = {"site_social", WKS_PARAM_REAL, "-", 0, -1, 1, NULL, false, "assumption: -1 to 1, location rule of gemeenten",
                       "where social homes are built: weight 1 + site_social x rank of the buurt (-1 lowest to 1 highest)"},
    [P_SITE_MARKET] = {"site_market", WKS_PARAM_REAL, "-", 0, -1, 1, NULL, false, "assumption: -1 to 1, location rule of gemeenten",
                       "the same for all other homes"},
    [P_EXTENSION_SHARE] = {"extension_share", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "scenario",
                           "share of what is built by rate that goes to extension_areas, in equal parts"},
    [P_EXTENSION_AREAS] = {"extension_areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "scenario",
                           "buurten or wijken of city extension; they may be empty"},
    [P_TRANSFORM] = {"transform", WKS_PARAM_REAL, "1/yr", 0, 0, 0.2, NULL, false, "assumption: none; 0 to 0.003",
                     "small homes with label jongeren made a year in offices and shops, as a share of the households with a home"},
    [P_TRANSFORM_SOCIAL] = {"transform_social", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, "assumption; 0 to 1",
                            "share of these that is social; the others are middle rent"},
    [P_TRANSFORM_AREAS] = {"transform_areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "scenario",
                           "buurten or wijken with such buildings; empty: everywhere"},
    [P_LIBERALISE] = {"liberalise", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: held as it is",
                      "social dwellings that fall vacant and have the WWS points for it, let above the social segment from then on"},
    [P_LIBERALISE_TO] = {"liberalise_to", WKS_PARAM_CHOICE, "-", 0, 0, 1, segments, false,
                         "Wet betaalbare huur: 144 to 186 points middle rent, 187 and more free",
                         "points: at the rent of their points; middle_rent: at most the limit of middle rent"},
    [P_TO_SOCIAL] = {"to_social", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: held as it is",
                     "corporatie dwellings above the social segment that fall vacant, let as social from then on"},
    [P_TO_ROOMS] = {"to_rooms", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: held as it is",
                    "private rented dwellings with three rooms or more that fall vacant, let by the room from then on (verkamering)"},
    [P_FROM_ROOMS] = {"from_rooms", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: held as it is",
                      "houses let by the room, when the last room falls vacant, let whole again"},
    [P_ROOM_PREMIUM] = {"room_premium", WKS_PARAM_REAL, "-", 1.3, 0.5, 3, NULL, false, "assumption; 1 to 1.6",
                        "rent of all rooms together over that of the whole dwelling"},
    [P_SPLIT] = {"split", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: held as it is",
                 "rented dwellings of split_rooms or more that fall vacant, made into two"},
    [P_SPLIT_ROOMS] = {"split_rooms", WKS_PARAM_INT, "rooms", 5, 2, 20, NULL, false, "assumption; 4 to 6", "least rooms of what is split"},
    [P_MERGE] = {"merge", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: held as it is",
                 "rented dwellings of at most merge_rooms that fall vacant, joined with such a one that is vacant in the same portiek"},
    [P_MERGE_ROOMS] = {"merge_rooms", WKS_PARAM_INT, "rooms", 2, 1, 20, NULL, false, "assumption; 1 to 3",
                       "most rooms of each of what is joined"},
    [P_CONVERT_AREAS] = {"convert_areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "scenario",
                         "buurten or wijken where dwellings are converted (liberalise to merge); empty: everywhere"},
    [P_BUDGET] = {"budget", WKS_PARAM_CHOICE, "-", 0, 0, 2, budgets, false, "assumption: corporaties build what they can pay",
                  "binding: what corporaties build by rate stays within their room, timeline builds go on and are counted as overspent; "
                  "counted: all is counted, nothing is held back; off: no accounts"},
    [P_UPKEEP] = {"upkeep_eur", WKS_PARAM_REAL, "EUR/yr", 2200, 0, 20000, NULL, false,
                  "assumption: with operations_eur, debt_eur and the rents of the shipped city an interest cover near 2, as in the sector "
                  "from memory; 1,800 to 3,500",
                  "upkeep of a rented corporatie home"},
    [P_OPERATIONS] = {"operations_eur", WKS_PARAM_REAL, "EUR/yr", 1500, 0, 20000, NULL, false, "assumption, idem; 1,300 to 2,800",
                      "management, levies and taxes of a home"},
    [P_INTEREST] = {"interest", WKS_PARAM_REAL, "1/yr", 0.03, 0, 0.2, NULL, false,
                    "assumption: mean on running loans, from memory; 0.02 to 0.045", "interest on the debt of corporaties"},
    [P_DEBT] = {"debt_eur", WKS_PARAM_REAL, "EUR", 40000, 0, 500000, NULL, false,
                "assumption: order of the sector, from memory; 20,000 to 60,000", "debt of a corporatie a home when its account is opened"},
    [P_ICR] = {"icr", WKS_PARAM_REAL, "-", 1.4, 0.5, 10, NULL, false, "assumption: norm of sector practice, from memory; 1.4 to 1.8",
               "interest coverage ratio: net rents a year are at least this times the interest"},
    [P_LTV] = {"ltv", WKS_PARAM_REAL, "share", 0.85, 0, 2, NULL, false, "assumption: norm of sector practice, from memory; 0.7 to 0.85",
               "loan to value: most debt as a share of beleidswaarde (net rents a year over policy_yield)"},
    [P_YIELD] = {"policy_yield", WKS_PARAM_REAL, "1/yr", 0.03, 0.005, 0.2, NULL, false, "assumption; 0.02 to 0.05",
                 "net rents a year over beleidswaarde"},
    [P_HORIZON] = {"borrow_years", WKS_PARAM_REAL, "yr", 10, 1, 100, NULL, false, "assumption: plans look some ten years ahead; 5 to 20",
                   "years over which a corporatie spreads what it may still borrow"},
    [P_SHARE_BUILD] = {"room_build", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false,
                       "assumption: build 0.5, renovate 0.4, leefbaarheid 0.1; 0.3 to 0.8", "part of the yearly room that is for building"},
    [P_SHARE_RENOVATE] = {"room_renovate", WKS_PARAM_REAL, "share", 0.4, 0, 1, NULL, false, "assumption, idem; 0.1 to 0.6",
                          "part of the yearly room that is for renovation"},
    [P_BUILD_EUR] = {"build_eur", WKS_PARAM_REAL, "EUR", 280000, 0, 2000000, NULL, false,
                     "assumption: cost of a new social home with land, from memory; 220,000 to 350,000",
                     "cost of a new home with three rooms or more"},
    [P_BUILD_SMALL_COST] = {"build_small_cost", WKS_PARAM_REAL, "share", 0.7, 0, 1, NULL, false, "assumption; 0.55 to 0.85",
                            "cost of a home with two rooms over that"},
    [P_TRANSFORM_COST] = {"transform_cost", WKS_PARAM_REAL, "share", 0.8, 0, 3, NULL, false, "assumption; 0.5 to 1.1",
                          "cost of a home made in another building over that of a new one"},
    [P_DEMOLISH_EUR] = {"demolish_eur", WKS_PARAM_REAL, "EUR", 25000, 0, 500000, NULL, false, "assumption; 15,000 to 40,000",
                        "cost of demolishing a home"},
    [P_RENOVATE_EUR] = {"renovate_eur", WKS_PARAM_REAL, "EUR", 60000, 0, 500000, NULL, false, "assumption; 30,000 to 120,000",
                        "cost of renovating a home, booked when its works begin"},
    [P_COST_GROWTH] = {"cost_growth", WKS_PARAM_REAL, "1/yr", 0.025, -0.1, 0.3, NULL, false, "assumption: as rents; 0.01 to 0.05",
                       "yearly growth of upkeep, operations, building, renovation and demolition cost"},
    [P_RENT_SHARE] = {"build_middle", WKS_PARAM_REAL, "share", 0.37, 0, 1, NULL, false, "idem: two thirds affordable",
                      "share of new dwellings that is middle rent"},
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

/* The mechanisms with the parameters of this month. */
typedef struct policies_of_month {
    wks_stock_money_policy money;
    wks_stock_sale sale;
    wks_stock_convert convert;
    wks_stock_plan plan;
} policies_of_month;

static wks_stock_money_policy money_policy(const double *p)
{
    return (wks_stock_money_policy){.mode = (wks_stock_money_mode)(int32_t)p[P_BUDGET],
                                    .upkeep_eur = p[P_UPKEEP],
                                    .operations_eur = p[P_OPERATIONS],
                                    .interest = p[P_INTEREST],
                                    .debt_eur = p[P_DEBT],
                                    .icr = p[P_ICR],
                                    .ltv = p[P_LTV],
                                    .policy_yield = p[P_YIELD],
                                    .horizon_years = p[P_HORIZON],
                                    .share_build = p[P_SHARE_BUILD],
                                    .share_renovate = p[P_SHARE_RENOVATE],
                                    .build_eur = p[P_BUILD_EUR],
                                    .small_share = p[P_BUILD_SMALL_COST],
                                    .convert_share = p[P_TRANSFORM_COST],
                                    .demolish_eur = p[P_DEMOLISH_EUR],
                                    .renovate_eur = p[P_RENOVATE_EUR],
                                    .cost_growth = p[P_COST_GROWTH]};
}

static wks_stock_convert convert_policy(const wks_settings *settings)
{
    const double *p = settings->value;

    return (wks_stock_convert){.settings = settings,
                               .areas_param = P_CONVERT_AREAS,
                               .liberalise = p[P_LIBERALISE],
                               .middle_only = p[P_LIBERALISE_TO] > 0.5,
                               .to_social = p[P_TO_SOCIAL],
                               .to_rooms = p[P_TO_ROOMS],
                               .from_rooms = p[P_FROM_ROOMS],
                               .room_premium = p[P_ROOM_PREMIUM],
                               .split = p[P_SPLIT],
                               .merge = p[P_MERGE],
                               .split_rooms = (int32_t)p[P_SPLIT_ROOMS],
                               .merge_rooms = (int32_t)p[P_MERGE_ROOMS]};
}

static wks_stock_plan plan_policy(const wks_settings *settings)
{
    const double *p = settings->value;
    const bool has_norm = p[P_MIX_NORM] > 0.5;
    wks_stock_plan plan = {.settings = settings,
                           .areas_param = P_BUILD_AREAS,
                           .extension_param = P_EXTENSION_AREAS,
                           .transform_param = P_TRANSFORM_AREAS,
                           .rate = p[P_BUILD],
                           .small = p[P_BUILD_SMALL],
                           .large = p[P_BUILD_LARGE],
                           .site_by = (wks_stock_plan_site)(int32_t)p[P_SITE_BY],
                           .site_social = p[P_SITE_SOCIAL],
                           .site_market = p[P_SITE_MARKET],
                           .extension_share = p[P_EXTENSION_SHARE],
                           .transform = p[P_TRANSFORM],
                           .transform_social = p[P_TRANSFORM_SOCIAL],
                           .months = (int32_t)p[P_BUILD_MONTHS]};

    wks_stock_plan_mix(p[P_SOCIAL_SHARE], p[P_RENT_SHARE], p[P_CHEAP_SHARE], p[P_FREE_SHARE], has_norm ? p[P_NORM_SOCIAL] : 0,
                       has_norm ? p[P_NORM_AFFORDABLE] : 0, plan.share);
    return plan;
}

static wks_stock_sale sale_policy(const wks_settings *settings)
{
    const double *p = settings->value;

    return (wks_stock_sale){.settings = settings,
                            .areas_param = P_SELL_AREAS,
                            .vacant = p[P_SELL],
                            .sitting = p[P_SELL_SITTING],
                            .discount = p[P_SELL_DISCOUNT],
                            .loan = p[P_SELL_LOAN],
                            .only_number = (int32_t)p[P_SELL_OWNER]};
}

/* Demolished by an order of the timeline for the buurt, or by its draw. */
static wks_status demolish(wks_tick *tick, const wks_settings *settings, const wks_stock_money_policy *money, int32_t dwelling,
                           bool is_fresh, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    int32_t *ordered = &world->buurt.to_demolish[world->dwelling.buurt_row[dwelling]];

    *out_done = *ordered > 0 || (is_fresh && chance(world, world->dwelling.key[dwelling], WKS_RNG_STOCK, settings->value[P_DEMOLISH]));
    if (!*out_done) return WKS_OK;
    if (*ordered > 0) --*ordered;
    wks_stock_money_book(world, wks_stock_money_owner(world, dwelling), WKS_MONEY_demolition,
                         wks_stock_money_cent(world, money, money->demolish_eur));
    world->buurt.demolished[world->dwelling.buurt_row[dwelling]]++;
    WKS_TRY(wks_relations_dwelling_remove(world, dwelling, err));
out:
    return rc;
}

/* What a landlord does with one vacant unit this month: the first of these that happens. */
static wks_status decide(wks_tick *tick, const wks_settings *settings, const policies_of_month *with, int32_t unit, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const double *p = settings->value;
    const int32_t dwelling = world->unit.dwelling_row[unit];
    const int32_t since = world->unit.vacant_month[unit];
    const bool is_new = world->unit.from_new[unit] && world->dwelling.built_month[dwelling] == since;
    const bool fresh = since == world->month - 1 && !is_new; /* somebody left it */
    const bool is_whole =
        world->dwelling.n_units[dwelling] == 1; /* houses let by the room are sold or demolished no more than lived-in ones */
    bool done = false;

    if (wks_stock_rehouse_is_kept(world, dwelling)) return WKS_OK;
    if (is_whole && world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL) {
        WKS_TRY(demolish(tick, settings, &with->money, dwelling, fresh, &done, err));
        if (done || wks_stock_sale_vacant(tick, &with->sale, &with->money, dwelling, fresh)) return WKS_OK;
    } else if (is_whole) {
        wks_stock_uitpond(tick, unit, p[P_UITPOND]);
        if (world->dwelling.tenure[dwelling] == WKS_TENURE_OWNER) return WKS_OK;
    }
    if (fresh && wks_stock_convert_is_on(&with->convert)) WKS_TRY(wks_stock_convert_vacant(tick, &with->convert, unit, &done, err));
    if (!done && is_whole && world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL && p[P_POLICY] == 0 &&
        world->unit.n_adverts[unit] >= (int32_t)p[P_PATIENCE])
        lower_rent(tick, unit);
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

typedef struct vacancies {
    const wks_world *world;
    uint8_t *flag; /* by unit */
} vacancies;

static void flag_vacancies(int64_t begin, int64_t end, int64_t block, void *context)
{
    const vacancies *self = context;
    const wks_unit_table *unit = &self->world->unit;

    (void)block;
    for (int64_t u = begin; u < end; u++)
        self->flag[u] = unit->household_row[u] < 0 && unit->key[u] != 0 && unit->lettable_month[u] <= self->world->month;
}

/* Vacant lettable units, in order of key: what a timeline event orders goes to the first ones. */
static wks_status decide_all(wks_tick *tick, const wks_settings *settings, const policies_of_month *with, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->unit.base.n_rows;
    vacancies self = {world, wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1)};
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    if (self.flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d units", n);
    wks_par_for(n, 0, world->threads, flag_vacancies, &self);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self.flag, world->unit.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++) {
        if (world->unit.key[item[k].row] != item[k].key) continue; /* gone with a neighbour that was joined or divided */
        WKS_TRY(decide(tick, settings, with, item[k].row, err));
    }
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const policies_of_month with = {money_policy(settings->value), sale_policy(settings), convert_policy(settings), plan_policy(settings)};

    WKS_TRY(landlord(tick, settings, err));
    WKS_TRY(wks_stock_money_month(tick, &with.money, err));
    WKS_TRY(wks_stock_rehouse_month(tick, settings->value[P_DEMOLISH_RATE], &with.money, err));
    WKS_TRY(decide_all(tick, settings, &with, err));
    WKS_TRY(wks_stock_sale_sitting(tick, &with.sale, &with.money, err));
    WKS_TRY(wks_stock_build_pay(tick, &with.money, err)); /* policy first: what the timeline ordered */
    WKS_TRY(wks_stock_plan_order(tick, &with.plan, &with.money, err));
    WKS_TRY(wks_stock_build_complete(tick, settings->value[P_CHEAP_EUR], err));
    if (with.money.mode != WKS_STOCK_MONEY_OFF) wks_stock_money_borrow(tick->world);
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_stock_spec = {
    "stock",  "process", "building, demolition, sale, conversion, yearly decisions of landlords and their accounts", "", params,
    N_PARAMS, &process};
