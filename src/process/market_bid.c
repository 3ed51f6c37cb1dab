#include "process/market_bid.h"

#include <stdlib.h>

#include "num/draw.h"
#include "process/market_choice.h"
#include "process/market_means.h"
#include "world/relations.h"

double wks_market_bid_for_sale(const wks_market_pass *pass, const wks_market_seeker *seeker, const wks_market_vacancy *vacancy, double gain)
{
    const wks_world *world = pass->world;
    const double most = wks_market_means_most(&pass->norms, seeker->loan_eur, seeker->own_eur, seeker->is_tax_free);
    const double slope = -pass->p[WKS_MARKET_P_B_COST] * (pass->norms.cost + pass->norms.upkeep) / seeker->income_eur;
    const double u = wks_rng_once(&world->seed, wks_rng_pair_key(seeker->key, vacancy->key), (uint32_t)world->tick, WKS_RNG_MARKET_BID);
    double bid = vacancy->price_eur * (1 + pass->p[WKS_MARKET_P_BID_SD] * wks_draw_normal_quantile(u));

    /* Utility per euro of price, all of it borrowed: what is left of the gain at a higher price. */
    if (slope > 0 && bid > vacancy->price_eur + gain / slope) bid = vacancy->price_eur + gain / slope;
    return bid < most ? bid : most;
}

double wks_market_bid_for_rent(const wks_market_pass *pass, const wks_market_seeker *seeker, int32_t kind,
                               const wks_market_vacancy *vacancy, uint32_t lot)
{
    const wks_world *world = pass->world;
    const double u = wks_rng_unit(lot);

    if (kind == WKS_MARKET_ROOM) return u + (seeker->is_student ? 1 : 0);
    const bool by_income =
        wks_rng_once(&world->seed, vacancy->key, (uint32_t)world->tick, WKS_RNG_LANDLORD_PICK) < pass->p[WKS_MARKET_P_BY_INCOME];
    return by_income ? seeker->income_eur : u;
}

static int by_vacancy(const void *left, const void *right)
{
    const wks_market_choice *a = left, *b = right;
    if (a->vacancy_key != b->vacancy_key) return a->vacancy_key < b->vacancy_key ? -1 : 1;
    if (a->bid > b->bid || a->bid < b->bid) return a->bid > b->bid ? -1 : 1;
    return (a->household_key > b->household_key) - (a->household_key < b->household_key);
}

/* The seller gets the price; its net worth held the home at the city's price level when it left. Nobody to pay: a landlord, an estate, who left the
 * city; that money leaves the households. */
static void pay_seller(wks_world *world, int32_t unit, double price)
{
    const int32_t seller = world->unit.seller_row[unit];

    if (seller == WKS_NONE || world->household.key[seller] != world->unit.seller_key[unit]) return;
    world->household.equity_eur[seller] =
        (float)((double)world->household.equity_eur[seller] + price - (double)world->unit.claim_eur[unit]);
    world->ledger.sales_to_households++;
}

/* A sale: the buyer pays price and costs from own money and loan; its net worth holds the home at the city's price level. So net worth falls by the
 * costs and by what was paid above that level, and no money is made. */
static void buy(const wks_market_pass *pass, wks_world *world, const wks_market_choice *winner)
{
    wks_household_table *household = &world->household;
    const int32_t row = winner->household_row, unit = winner->unit_row, dwelling = world->unit.dwelling_row[unit];
    const wks_market_seeker seeker = wks_market_choice_seeker(pass, row);
    const double value = (double)world->dwelling.value_eur[dwelling] * world->price_level;
    const double costs = wks_market_means_costs(&pass->norms, seeker.is_tax_free, winner->bid);

    household->equity_eur[row] = (float)(seeker.own_eur - costs - (winner->bid - value));
    pay_seller(world, unit, winner->bid);
    world->dwelling.sale_eur[dwelling] = (float)winner->bid;
    world->ledger.sales++;
    world->ledger.sales_eur += (int64_t)(winner->bid + 0.5);
    world->ledger.sales_costs_eur += (int64_t)(costs + 0.5);
}

static wks_status take(const wks_market_pass *pass, wks_world *world, const wks_market_choice *winner, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    const int32_t row = winner->household_row, unit = winner->unit_row;
    const bool came = household->place[row] == WKS_PLACE_OUTSIDE || household->place[row] == WKS_PLACE_COA;

    /* Before the move: the buyer's age and home are those with which it bid. */
    if (winner->kind == WKS_MARKET_OWNER) buy(pass, world, winner);
    WKS_TRY(wks_relations_move_in(world, row, unit, false, err));
    household->search[row] = WKS_SEARCH_STAY;
    household->search_month[row] = WKS_NO_MONTH;
    if (came) household->region_month[row] = wks_month_cell(world->month);
    if (winner->kind != WKS_MARKET_OWNER) {
        /* The contract is at the rent that was asked here; the landlord's own list (dwelling.rent_eur) stays. */
        world->unit.rent_eur[unit] = (float)winner->rent_eur;
        if (winner->kind == WKS_MARKET_ROOM && household->is_student[row]) household->temporary[row] = WKS_CONTRACT_STUDY;
    }
out:
    return rc;
}

wks_status wks_market_bid_settle(const wks_market_pass *pass, wks_tick *tick, wks_market_choice *item, int32_t n, int32_t *applications,
                                 int32_t *loser, int32_t *out_n_losers, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    uint64_t last = 0;

    qsort(item, (size_t)n, sizeof *item, by_vacancy);
    *out_n_losers = 0;
    for (int32_t i = 0; i < n; i++) {
        applications[world->dwelling.buurt_row[world->unit.dwelling_row[item[i].unit_row]]]++;
        /* The highest bid comes first: when it is below the reserve price, so are the others. */
        if (item[i].vacancy_key == last || !item[i].is_valid) {
            loser[(*out_n_losers)++] = item[i].household_row;
            continue;
        }
        last = item[i].vacancy_key;
        WKS_TRY(take(pass, world, &item[i], err));
    }
out:
    return rc;
}
