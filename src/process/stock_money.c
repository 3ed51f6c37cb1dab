#include "process/stock_money.h"

#include <string.h>

#include "base/month.h"
#include "base/par.h"
#include "process/buffer_slots.h"

static int64_t whole(double x)
{
    return x < 0 ? -(int64_t)(0.5 - x) : (int64_t)(x + 0.5);
}

static int64_t whole_down(double x)
{
    const int64_t down = (int64_t)x;
    return (double)down > x ? down - 1 : down;
}

int64_t wks_stock_money_cent(const wks_world *world, const wks_stock_money_policy *policy, double eur)
{
    double level = 100.0 * eur;
    const int32_t years = wks_month_year(world->month) - wks_month_year(world->start_month);

    for (int32_t y = 0; y < years; y++)
        level *= 1 + policy->cost_growth;
    return whole(level);
}

int64_t wks_stock_money_home_cent(const wks_world *world, const wks_stock_money_policy *policy, int32_t n_rooms, bool is_transformed)
{
    const double size = n_rooms == 1 || n_rooms == 2 ? policy->small_share : 1.0;

    return wks_stock_money_cent(world, policy, policy->build_eur * size * (is_transformed ? policy->convert_share : 1.0));
}

int64_t wks_stock_money_most_debt(const wks_stock_money_policy *policy, int64_t net_month_cent)
{
    const double net = 12.0 * (double)net_month_cent;
    const double by_icr = policy->interest > 0 ? net / (policy->icr * policy->interest) : 1e17;
    const double by_ltv = policy->ltv * net / policy->policy_yield;

    if (!(net > 0)) return 0;
    return whole_down(by_icr < by_ltv ? by_icr : by_ltv);
}

/* ---- accounts ------------------------------------------------------------------------------------------------------------------- */

static bool has_account(const wks_world *world, int32_t owner_row)
{
    return owner_row >= 0 && world->owner.has_account[owner_row] != 0;
}

int32_t wks_stock_money_owner(const wks_world *world, int32_t dwelling_row)
{
    const int32_t owner = world->complex.owner_row[world->dwelling.complex_row[dwelling_row]];
    const uint8_t tenure = world->dwelling.tenure[dwelling_row];

    if (tenure != WKS_TENURE_SOCIAL && tenure != WKS_TENURE_CORPORATIE_FREE) return WKS_NONE;
    return has_account(world, owner) ? owner : WKS_NONE;
}

/* Column and sign of an item. */
static int64_t *column_of(wks_owner_table *owner, wks_money_item item, int32_t *out_sign)
{
    switch (item) {
#define ITEM_COLUMN(X, name, sign, help, label_nl, label_en) \
    case WKS_MONEY_##name: *out_sign = sign; return owner->name##_cent;
        WKS_MONEY_ITEMS(ITEM_COLUMN, )
#undef ITEM_COLUMN
    case WKS_MONEY_N: break;
    }
    WKS_BUG_IF(item >= WKS_MONEY_N);
    return NULL;
}

void wks_stock_money_book(wks_world *world, int32_t owner_row, wks_money_item item, int64_t cent)
{
    int32_t sign = 0;

    WKS_BUG_IF(cent < 0);
    if (!has_account(world, owner_row)) return;
    column_of(&world->owner, item, &sign)[owner_row] += cent;
    world->owner.cash_cent[owner_row] += sign * cent;
    *(sign > 0 ? &world->ledger.money_in_cent : &world->ledger.money_out_cent) += cent;
    if (item != WKS_MONEY_loans) return;
    world->owner.debt_cent[owner_row] += cent;
    world->ledger.money_borrowed_cent += cent;
}

static void year_begins(wks_owner_table *owner, int32_t o)
{
    owner->cash_start_cent[o] = owner->cash_cent[o];
    owner->debt_start_cent[o] = owner->debt_cent[o];
    owner->rent_lost_cent[o] = owner->overspent_cent[o] = 0;
    owner->n_ordered[o] = owner->n_sold[o] = 0;
#define CLEAR_ITEM(X, name, sign, help, label_nl, label_en) owner->name##_cent[o] = 0;
    WKS_MONEY_ITEMS(CLEAR_ITEM, )
#undef CLEAR_ITEM
}

/* Accounts of corporaties; those that were not there before come with their debt once their homes are counted. */
static void open_accounts(wks_world *world, const wks_stock_money_policy *policy)
{
    wks_owner_table *owner = &world->owner;

    for (int32_t o = 0; o < owner->base.n_rows; o++) {
        if (owner->key[o] == 0 || owner->has_account[o] != 2) continue;
        owner->has_account[o] = 1;
        owner->debt_cent[o] = owner->debt_start_cent[o] = wks_stock_money_cent(world, policy, policy->debt_eur / 2) * owner->n_halves[o];
        world->ledger.money_opened_cent += owner->debt_cent[o];
    }
}

static void begin(wks_world *world)
{
    wks_owner_table *owner = &world->owner;

    for (int32_t o = 0; o < owner->base.n_rows; o++) {
        if (owner->key[o] == 0 || owner->kind[o] != WKS_OWNER_CORPORATIE) continue;
        if (owner->has_account[o] == 0)
            owner->has_account[o] = 2; /* to be opened this month */
        else if (wks_month_of_year(world->month) == 0)
            year_begins(owner, o);
        owner->n_halves[o] = 0;
    }
}

static void take_proceeds(wks_world *world, const wks_stock_money_policy *policy, int32_t owner_row, int64_t cent, int32_t n)
{
    wks_stock_money_book(world, owner_row, WKS_MONEY_sales, cent);
    world->owner.n_sold[owner_row] += n;
    world->owner.room_build_cent[owner_row] += whole_down(policy->share_build * (double)cent);
    world->owner.room_renovate_cent[owner_row] += whole_down(policy->share_renovate * (double)cent);
}

void wks_stock_money_sell(wks_world *world, const wks_stock_money_policy *policy, int32_t owner_row, double price_eur)
{
    if (has_account(world, owner_row)) take_proceeds(world, policy, owner_row, whole(100.0 * price_eur), 1);
}

/* ---- the month ------------------------------------------------------------------------------------------------------------------ */

typedef struct income {
    int64_t rent, lost;
    int32_t halves;
} income;

typedef struct income_pass {
    const wks_world *world;
    income *block; /* n_blocks * n_owners */
} income_pass;

/* Half homes of a dwelling, its contract rents and what its vacancies do not bring. */
static void count_dwelling(const wks_world *world, int32_t dwelling_row, income *out)
{
    const int32_t n_units = world->dwelling.n_units[dwelling_row];

    out->halves += n_units == 1 ? 2 : n_units;
    for (int32_t u = world->dwelling.first_unit_row[dwelling_row]; u != WKS_NONE; u = world->unit.next_row[u]) {
        const int64_t cent = whole(100.0 * (double)world->unit.rent_eur[u]);
        *(world->unit.household_row[u] >= 0 ? &out->rent : &out->lost) += cent;
    }
}

static void count_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const income_pass *self = context;
    const wks_world *world = self->world;
    income *in = self->block + block * world->owner.base.n_rows;

    memset(in, 0, (size_t)world->owner.base.n_rows * sizeof *in);
    for (int64_t k = begin; k < end; k++) {
        const int32_t d = (int32_t)k;
        if (world->dwelling.tenure[d] > WKS_TENURE_CORPORATIE_FREE || world->dwelling.key[d] == 0) continue;
        const int32_t owner = wks_stock_money_owner(world, d);
        if (owner >= 0) count_dwelling(world, d, &in[owner]);
    }
}

static wks_status count_incomes(wks_tick *tick, income *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n_owners = world->owner.base.n_rows;
    const int64_t n = world->dwelling.base.n_rows, size = wks_par_block_size(n, WKS_PAR_BLOCK), n_blocks = wks_par_blocks(n, size);
    income_pass self = {world, wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks * (size_t)n_owners, sizeof *self.block)};

    if (self.block == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the accounts of %d owners", n_owners);
    wks_par_for(n, size, world->threads, count_block, &self);
    memset(out, 0, (size_t)n_owners * sizeof *out);
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t o = 0; o < n_owners; o++) {
            out[o].rent += self.block[k * n_owners + o].rent;
            out[o].lost += self.block[k * n_owners + o].lost;
            out[o].halves += self.block[k * n_owners + o].halves;
        }
    }
out:
    return rc;
}

static void close_month(wks_world *world, const wks_stock_money_policy *policy, int32_t o, const income *in)
{
    wks_owner_table *owner = &world->owner;
    const double halves = (double)owner->n_halves[o];
    const int64_t upkeep = whole((double)wks_stock_money_cent(world, policy, policy->upkeep_eur) * halves / 24.0);
    const int64_t operations = whole((double)wks_stock_money_cent(world, policy, policy->operations_eur) * halves / 24.0);
    const int64_t interest = owner->debt_cent[o] > 0 ? whole(policy->interest / 12.0 * (double)owner->debt_cent[o]) : 0;
    const int64_t net = in->rent - upkeep - operations;
    const int64_t loanable = wks_stock_money_most_debt(policy, net) - owner->debt_cent[o];
    const int64_t programmes = owner->asked_cent[o];
    const double room = (double)(net - interest - programmes) + (loanable > 0 ? (double)loanable / (12.0 * policy->horizon_years) : 0.0);

    wks_stock_money_book(world, o, WKS_MONEY_rent, in->rent);
    wks_stock_money_book(world, o, WKS_MONEY_upkeep, upkeep);
    wks_stock_money_book(world, o, WKS_MONEY_operations, operations);
    wks_stock_money_book(world, o, WKS_MONEY_interest, interest);
    wks_stock_money_book(world, o, WKS_MONEY_leefbaarheid, programmes);
    take_proceeds(world, policy, o, owner->due_cent[o], owner->n_due[o]);
    owner->due_cent[o] = owner->n_due[o] = 0;
    owner->rent_lost_cent[o] += in->lost;
    owner->room_build_cent[o] += whole_down(policy->share_build * room);
    owner->room_renovate_cent[o] += whole_down(policy->share_renovate * room);

    /* Not more than can be paid: what is in hand and what may be borrowed. */
    const int64_t means = owner->cash_cent[o] + (loanable > 0 ? loanable : 0);
    const int64_t build_most = means > 0 ? whole_down(policy->share_build * (double)means) : 0;
    const int64_t renovate_most = means > 0 ? whole_down(policy->share_renovate * (double)means) : 0;
    if (owner->room_build_cent[o] > build_most) owner->room_build_cent[o] = build_most;
    if (owner->room_renovate_cent[o] > renovate_most) owner->room_renovate_cent[o] = renovate_most;
}

wks_status wks_stock_money_month(wks_tick *tick, const wks_stock_money_policy *policy, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n_owners = world->owner.base.n_rows;
    income *in = NULL;

    if (policy->mode == WKS_STOCK_MONEY_OFF) return WKS_OK;
    in = wks_tick_buffer(tick, WKS_SLOT_EXPECTS, (size_t)n_owners, sizeof *in);
    if (in == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the accounts of %d owners", n_owners);
    begin(world);
    WKS_TRY(count_incomes(tick, in, err));
    for (int32_t o = 0; o < n_owners; o++)
        world->owner.n_halves[o] += in[o].halves; /* 0 of who has no account */
    open_accounts(world, policy);
    for (int32_t o = 0; o < n_owners; o++)
        if (world->owner.key[o] != 0 && has_account(world, o)) close_month(world, policy, o, &in[o]);
out:
    return rc;
}

/* ---- spending ------------------------------------------------------------------------------------------------------------------- */

static int64_t *room_of(wks_owner_table *owner, wks_money_item item)
{
    WKS_BUG_IF(item != WKS_MONEY_building && item != WKS_MONEY_renovation);
    return item == WKS_MONEY_building ? owner->room_build_cent : owner->room_renovate_cent;
}

bool wks_stock_money_affords(wks_world *world, const wks_stock_money_policy *policy, int32_t owner_row, wks_money_item item, int64_t cent)
{
    if (policy->mode != WKS_STOCK_MONEY_BINDING || !has_account(world, owner_row)) return true;
    return room_of(&world->owner, item)[owner_row] >= cent;
}

void wks_stock_money_spend(wks_world *world, int32_t owner_row, wks_money_item item, int64_t cent)
{
    if (!has_account(world, owner_row)) return;
    int64_t *room = &room_of(&world->owner, item)[owner_row];
    const int64_t had = *room > 0 ? *room : 0;

    wks_stock_money_book(world, owner_row, item, cent);
    *room -= cent;
    if (cent > had) world->owner.overspent_cent[owner_row] += cent - had;
}

void wks_stock_money_borrow(wks_world *world)
{
    for (int32_t o = 0; o < world->owner.base.n_rows; o++) {
        if (world->owner.key[o] == 0 || !has_account(world, o) || world->owner.cash_cent[o] >= 0) continue;
        wks_stock_money_book(world, o, WKS_MONEY_loans, -world->owner.cash_cent[o]);
    }
}
