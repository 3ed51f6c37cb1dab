#include "process/stock_sale.h"

#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/stock_rehouse.h"
#include "process/tick_list.h"
#include "rules/part.h"
#include "world/relations.h"

double wks_stock_sale_price(const wks_world *world, int32_t dwelling_row)
{
    return (double)world->dwelling.value_eur[dwelling_row] * world->price_level *
           world->buurt.price[world->dwelling.buurt_row[dwelling_row]];
}

static bool is_for_sale(const wks_world *world, const wks_stock_sale *sale, int32_t d)
{
    const int32_t owner = world->complex.owner_row[world->dwelling.complex_row[d]];

    if (sale->only_number > 0 && (world->owner.kind[owner] != WKS_OWNER_CORPORATIE || world->owner.number[owner] != sale->only_number))
        return false;
    return sale->settings == NULL || wks_part_in_areas(world, sale->settings, sale->areas_param, world->dwelling.buurt_row[d]);
}

bool wks_stock_sale_vacant(wks_tick *tick, const wks_stock_sale *sale, const wks_stock_money_policy *policy, int32_t d, bool is_fresh)
{
    wks_world *world = tick->world;
    const int32_t buurt = world->dwelling.buurt_row[d], owner = wks_stock_money_owner(world, d);
    const bool is_ordered = world->buurt.to_sell[buurt] > 0;

    if (!is_ordered) {
        if (!(sale->vacant > 0) || !is_fresh || !is_for_sale(world, sale, d)) return false;
        if (wks_rng_once(&world->seed, world->dwelling.key[d], (uint32_t)world->tick, WKS_RNG_STOCK_SALE) >= sale->vacant) return false;
    } else {
        world->buurt.to_sell[buurt]--;
    }
    world->ledger.dwellings_sold++;
    wks_stock_money_sell(world, policy, owner, wks_stock_sale_price(world, d));
    wks_relations_retenure(world, d, WKS_TENURE_OWNER, 0.0); /* to whoever buys it on the market */
    return true;
}

static bool is_let_to_a_buyer(const wks_world *world, const wks_stock_sale *sale, int32_t d, double hazard)
{
    if (world->dwelling.key[d] == 0 || world->dwelling.tenure[d] != WKS_TENURE_SOCIAL || world->dwelling.n_units[d] != 1) return false;
    if (world->dwelling.label[d] != WKS_LABEL_NONE && world->dwelling.label[d] != WKS_LABEL_GEMENGD) return false;
    const int32_t h = world->unit.household_row[world->dwelling.first_unit_row[d]];
    if (h < 0 || world->household.temporary[h] || world->household.in_wisselwoning[h]) return false; /* not its own contract yet */
    if (wks_stock_rehouse_is_kept(world, d) || !is_for_sale(world, sale, d)) return false;
    if (wks_rng_once(&world->seed, world->dwelling.key[d], (uint32_t)world->tick, WKS_RNG_STOCK_SITTING) >= hazard) return false;
    const double means = sale->loan * (double)world->household.income_eur[h] + (double)world->household.equity_eur[h];
    return (1 - sale->discount) * wks_stock_sale_price(world, d) <= means;
}

wks_status wks_stock_sale_sitting(wks_tick *tick, const wks_stock_sale *sale, const wks_stock_money_policy *policy, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const double hazard = wks_math_monthly(sale->sitting);
    const int32_t n = world->dwelling.base.n_rows;
    uint8_t *flag;
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    if (!(sale->sitting > 0)) return WKS_OK;
    flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);
    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d dwellings", n);
    for (int32_t d = 0; d < n; d++)
        flag[d] = is_let_to_a_buyer(world, sale, d, hazard);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, world->dwelling.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++) {
        const int32_t d = item[k].row, h = world->unit.household_row[world->dwelling.first_unit_row[d]];
        const double price = (1 - sale->discount) * wks_stock_sale_price(world, d);
        wks_stock_money_sell(world, policy, wks_stock_money_owner(world, d), price);
        /* Net worth: the home for the price that was paid; a discount is its gain. */
        world->household.equity_eur[h] = (float)((double)world->household.equity_eur[h] + wks_stock_sale_price(world, d) - price);
        wks_relations_buy_home(world, d);
        world->ledger.dwellings_sold++;
        world->ledger.sold_sitting++;
    }
out:
    return rc;
}
