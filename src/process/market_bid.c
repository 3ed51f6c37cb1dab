#include "process/market_bid.h"

#include "num/draw.h"
#include "process/buffer_slots.h"
#include "process/market_choice.h"
#include "process/market_means.h"
#include "world/ask.h"
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

double wks_market_bid_for_rent(const wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy, uint32_t lot)
{
    if (kind != WKS_MARKET_ROOM && vacancy->by_income) return seeker->income_eur;
    return wks_rng_unit(lot) + (kind == WKS_MARKET_ROOM && seeker->is_student ? 1 : 0);
}

static bool is_better(const wks_market_choice *a, const wks_market_choice *b)
{
    if (a->bid > b->bid || a->bid < b->bid) return a->bid > b->bid;
    return a->household_key < b->household_key;
}

/* The seller gets the price; its net worth held the home at the city's price level when it left. Nobody to pay: a landlord, an estate, who left the
 * city; that money leaves the households. */
static void pay_seller(wks_world *world, int32_t unit, double price)
{
    const int32_t seller = wks_rare_i32(&world->unit.seller_row, unit);

    if (seller == WKS_NONE || world->household.key[seller] != wks_rare_u64(&world->unit.seller_key, unit)) return;
    world->household.equity_eur[seller] =
        (float)((double)world->household.equity_eur[seller] + price - (double)wks_rare_float(&world->unit.claim_eur, unit));
    world->ledger.sales_to_households++;
}

/* A sale: the buyer pays price and costs from own money and loan; its net worth holds the home at the city's price level. So net worth falls by the
 * costs and by what was paid above that level, and no money is made. */
static void buy(const wks_market_pass *pass, wks_world *world, const wks_market_choice *winner, int32_t unit)
{
    wks_household_table *household = &world->household;
    const int32_t row = winner->household_row, dwelling = world->unit.dwelling_row[unit];
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

/* The contract is at the rent that was asked here; the landlord's own list (dwelling.rent_eur) stays. */
static void let(wks_world *world, const wks_market_choice *winner, const wks_market_vacancy *vacancy)
{
    world->unit.rent_eur[vacancy->unit_row] = (float)vacancy->price_eur;
    if (winner->kind == WKS_MARKET_ROOM && world->household.is_student[winner->household_row])
        world->household.temporary[winner->household_row] = WKS_CONTRACT_STUDY;
}

static wks_status take(const wks_market_pass *pass, wks_world *world, const wks_market_choice *winner, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    const wks_market_vacancy *vacancy = &pass->ring[winner->kind].item[winner->item];
    const int32_t row = winner->household_row;
    const bool came = household->place[row] == WKS_PLACE_OUTSIDE || household->place[row] == WKS_PLACE_COA;

    /* Before the move: the buyer's age and home are those with which it bid. */
    if (winner->kind == WKS_MARKET_OWNER) buy(pass, world, winner, vacancy->unit_row);
    WKS_TRY(wks_relations_move_in(world, row, vacancy->unit_row, false, err));
    household->search[row] = WKS_SEARCH_STAY;
    household->search_month[row] = WKS_NO_MONTH;
    if (came) household->region_month[row] = wks_month_cell(world->month);
    if (winner->kind != WKS_MARKET_OWNER) let(world, winner, vacancy);
out:
    return rc;
}

/* Who moves next, or soon: its row, its members and home (world/ask.h). */
static void ask_ahead(const wks_market_pass *pass, const wks_market_choice *item, const int32_t *best, int32_t at, int32_t kind)
{
    static const int32_t step[] = {WKS_ASK_FAR, WKS_ASK_NEAR, WKS_ASK_NEXT};

    for (int32_t k = 0; k < 3; k++) {
        const int32_t winner = at + step[k] < pass->ring[kind].n ? best[at + step[k]] : WKS_NONE;
        if (winner < 0) continue;
        if (k == 0) wks_ask_household(pass->world, item[winner].household_row);
        if (k == 1) wks_ask_members(pass->world, item[winner].household_row);
        if (k == 2) wks_ask_rest(pass->world, item[winner].household_row);
    }
}

/* Vacancies of all kinds that somebody gets, in order of place: the rings are in order already. best[kind] by place in the ring. */
static wks_status take_in_order(const wks_market_pass *pass, wks_world *world, const wks_market_choice *item, const int32_t *const best[],
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t at[WKS_MARKET_KINDS] = {0};

    for (;;) {
        int32_t first = WKS_NONE;
        for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
            const wks_market_ring *ring = &pass->ring[kind];
            while (at[kind] < ring->n && best[kind][at[kind]] < 0)
                at[kind]++;
            if (at[kind] < ring->n && (first < 0 || ring->spot[at[kind]].place < pass->ring[first].spot[at[first]].place)) first = kind;
        }
        if (first < 0) break;
        ask_ahead(pass, item, best[first], at[first], first);
        WKS_TRY(take(pass, world, &item[best[first][at[first]++]], err));
    }
out:
    return rc;
}

wks_status wks_market_bid_settle(const wks_market_pass *pass, wks_tick *tick, const wks_market_choice *item, int32_t n,
                                 int32_t *applications, int32_t *loser, int32_t *out_n_losers, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_owner = pass->ring[WKS_MARKET_OWNER].n, n_rent = pass->ring[WKS_MARKET_RENT].n;
    const int32_t n_all = n_owner + n_rent + pass->ring[WKS_MARKET_ROOM].n;
    int32_t *winner = wks_tick_buffer(tick, WKS_SLOT_WINNERS, (size_t)n_all, sizeof *winner);

    if (winner == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the bids on %d homes", n_all);
    int32_t *const best[WKS_MARKET_KINDS] = {winner, winner + n_owner, winner + n_owner + n_rent};
    for (int32_t k = 0; k < n_all; k++)
        winner[k] = WKS_NONE;
    *out_n_losers = 0;
    for (int32_t i = 0; i < n; i++) {
        if (item[i].item < 0) continue;
        int32_t *const here = &best[item[i].kind][item[i].item], before = *here;
        const bool wins = item[i].is_valid && (before < 0 || is_better(&item[i], &item[before]));
        applications[pass->ring[item[i].kind].item[item[i].item].buurt_row]++;
        if (wins) *here = i;
        if (!wins || before >= 0) loser[(*out_n_losers)++] = item[wins ? before : i].household_row;
    }
    WKS_TRY(take_in_order(pass, tick->world, item, (const int32_t *const *)best, err));
out:
    return rc;
}
