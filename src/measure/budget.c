#include "measure/budget.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/month.h"
#include "world/named.h"

/* Items that are not in the list of money: what a year began and ended with, and what is counted beside it. */
enum { CASH_START, CASH_END, DEBT, ROOM, OVERSPENT, RENT_LOST, FORGONE, HOMES, ORDERED, SOLD, ICR, N_OTHERS };

const wks_budget_spec wks_budget_items[] = {
    {"cash_start", "EUR", "kas aan het begin", "cash at the start", "Kas toen het jaar begon.", "Money in hand when the year began."},
#define MONEY_SPEC(X, name, sign, help, label_nl, label_en) {#name, "EUR", label_nl, label_en, label_nl, help},
    WKS_MONEY_ITEMS(MONEY_SPEC, )
#undef MONEY_SPEC
        {"cash_end", "EUR", "kas aan het eind", "cash at the end", "Kas aan het eind: kas aan het begin plus alle posten hierboven.",
         "Money in hand at the end: that at the start plus all items above."},
    {"debt", "EUR", "schuld", "debt", "Leningen aan het eind van het jaar.", "Loans at the end of the year."},
    {"room_build", "EUR", "ruimte voor nieuwbouw", "room for building",
     "Opzij gezet voor nieuwbouw en niet besteld; onder 0: meer besteld dan er was.",
     "Set apart for building and not ordered; below 0: ordered beyond it."},
    {"overspent", "EUR", "boven de ruimte besteld", "ordered beyond the room",
     "In het jaar besteld boven de ruimte (besluiten in de tijdlijn).", "Ordered in the year beyond the room (decisions of the timeline)."},
    {"rent_lost", "EUR", "huurderving", "vacancy loss", "Gevraagde huur van leegstaande woningen.", "Asked rent of vacant homes."},
    {"rent_forgone", "EUR/year", "niet gevraagde huur", "rent not asked",
     "Streefhuur min huur van de sociale verhuringen van het jaar, per jaar gerekend.",
     "Streefhuur less rent of the year's social lettings, at a yearly rate."},
    {"homes", "dwellings", "verhuurde woningen", "homes let", "Woningen van de corporatie aan het eind (een kamer telt half).",
     "Homes of the corporatie at the end (a room counts half)."},
    {"ordered", "dwellings", "besteld", "ordered", "Woningen die in het jaar zijn besteld.", "Homes ordered in the year."},
    {"sold", "dwellings", "verkocht", "sold", "Sociale woningen die in het jaar zijn verkocht.", "Social dwellings sold in the year."},
    {"icr", "-", "rentedekking", "interest cover", "Huur min onderhoud en beheer, gedeeld door de rente.",
     "Rent less upkeep and operations, over interest."},
};
const int32_t wks_budget_n_items = sizeof wks_budget_items / sizeof *wks_budget_items;
enum { N_ITEMS = WKS_MONEY_N + N_OTHERS };

const wks_budget_spec wks_budget_programmes[] = {
#define PROGRAMME_SPEC(name, label_nl, label_en) \
    {#name, "EUR, hours", label_nl, label_en, "Sociale programma's: " label_nl ".", "Social programmes: " label_en "."},
    WKS_PURSE_ITEMS(PROGRAMME_SPEC)
#undef PROGRAMME_SPEC
        {"total", "EUR, hours", "sociale programma's samen", "social programmes together",
         "Alle sociale programma's van deze betaler; bij betaler total van allen.",
         "All social programmes of this payer; of payer total of all payers."},
};
const int32_t wks_budget_n_programmes = sizeof wks_budget_programmes / sizeof *wks_budget_programmes;
static const char *const payers[WKS_PURSE_N_PAYERS + 1] = {WKS_PURSE_PAYERS(WKS_NAMED_TEXT) "total"};

struct wks_budget_account {
    wks_budget_row *row;
    int32_t n_rows;
    size_t capacity;
};

wks_status wks_budget_create(wks_budget_account **out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = wks_mem_array(1, sizeof **out);
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the accounts");
out:
    return rc;
}

void wks_budget_destroy(wks_budget_account *self)
{
    if (self == NULL) return;
    free(self->row);
    free(self);
}

/* Whole numbers of one owner, in the order of the table; ICR is made of them. */
static void values_of(const wks_world *world, int32_t o, int64_t out[N_ITEMS])
{
    const wks_owner_table *owner = &world->owner;
    int32_t i = 0;

    out[i++] = owner->cash_start_cent[o];
#define MONEY_VALUE(X, name, sign, help, label_nl, label_en) out[i++] = sign * owner->name##_cent[o];
    WKS_MONEY_ITEMS(MONEY_VALUE, )
#undef MONEY_VALUE
    out[i++] = owner->cash_cent[o];
    out[i++] = owner->debt_cent[o];
    out[i++] = owner->room_build_cent[o];
    out[i++] = owner->overspent_cent[o];
    out[i++] = owner->rent_lost_cent[o];
    out[i++] = (int64_t)floor(100.0 * owner->forgone_eur[o] + 0.5);
    out[i++] = owner->n_halves[o];
    out[i++] = owner->n_ordered[o];
    out[i++] = owner->n_sold[o];
    out[i++] = 0;
    WKS_BUG_IF(i != N_ITEMS || N_ITEMS != wks_budget_n_items);
}

static double amount_of(const int64_t value[N_ITEMS], int32_t item)
{
    const int32_t first = 1 + WKS_MONEY_N - CASH_END; /* of the others behind the money items */

    if (item == first + ICR) {
        const int64_t net = value[1 + WKS_MONEY_rent] + value[1 + WKS_MONEY_upkeep] + value[1 + WKS_MONEY_operations];
        return value[1 + WKS_MONEY_interest] < 0 ? (double)net / -(double)value[1 + WKS_MONEY_interest] : (double)NAN;
    }
    if (item == first + HOMES) return (double)value[item] / 2;
    return item == first + ORDERED || item == first + SOLD ? (double)value[item] : (double)value[item] / 100;
}

/* Few homes sold or ordered would tell the price of somebody's home. */
static bool is_told(const wks_world *world, int32_t o)
{
    const wks_owner_table *owner = &world->owner;

    return wks_world_may_tell(world, owner->n_halves[o] / 2.0) && (owner->n_sold[o] == 0 || wks_world_may_tell(world, owner->n_sold[o])) &&
           (owner->n_ordered[o] == 0 || wks_world_may_tell(world, owner->n_ordered[o]));
}

static wks_status make_room(wks_budget_account *self, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t wanted = (size_t)self->n_rows + n;

    if (wanted > self->capacity) {
        const size_t capacity = wks_mem_capacity(self->capacity, wanted);
        wks_budget_row *grown = wks_mem_resize(self->row, self->capacity, capacity, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu rows of accounts", capacity);
        self->row = grown;
        self->capacity = capacity;
    }
out:
    return rc;
}

static wks_status add_rows(wks_budget_account *self, const wks_world *world, int32_t number, const int64_t value[N_ITEMS], bool told,
                           wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(make_room(self, N_ITEMS, err));
    for (int32_t i = 0; i < N_ITEMS; i++)
        self->row[self->n_rows++] = (wks_budget_row){.year = wks_month_year(world->month),
                                                     .owner_number = number,
                                                     .item = wks_budget_items[i].item,
                                                     .measured_in = wks_budget_items[i].measured_in,
                                                     .amount = told ? amount_of(value, i) : (double)NAN};
out:
    return rc;
}

bool wks_budget_may_tell_care(const wks_world *world)
{
    int32_t n = 0;

    if (!world->hides_few) return true;
    for (int32_t h = 0; h < world->household.base.n_rows; h++)
        n += world->household.key[h] != 0 && world->household.support[h] > 0;
    return n == 0 || wks_world_may_tell(world, n);
}

static void add_programme(wks_budget_account *self, int32_t year, int32_t payer, int32_t item, wks_purse_sum sum, bool told)
{
    const wks_budget_row row = {.year = year, .payer = payers[payer], .item = wks_budget_programmes[item].item};

    if (item < WKS_PURSE_N_ITEMS && sum.cent == 0 && sum.tenth_hours == 0) return;
    self->row[self->n_rows] = row;
    self->row[self->n_rows].measured_in = "EUR";
    self->row[self->n_rows++].amount = !told ? (double)NAN : sum.cent == 0 ? 0 : -(double)sum.cent / 100;
    self->row[self->n_rows] = row;
    self->row[self->n_rows].measured_in = "hours";
    self->row[self->n_rows++].amount = told ? (double)sum.tenth_hours / 10 : (double)NAN;
}

/* Social programmes: each payer, then all of them. */
static wks_status add_programmes(wks_budget_account *self, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_purse *purse = &world->purse;
    const int32_t year = wks_month_year(world->month);
    const bool tells_care = wks_budget_may_tell_care(world);

    WKS_TRY(make_room(self, (WKS_PURSE_N_PAYERS + 1) * (WKS_PURSE_N_ITEMS + 1) * 2, err));
    for (int32_t p = 0; p <= WKS_PURSE_N_PAYERS; p++) {
        for (int32_t i = 0; i < WKS_PURSE_N_ITEMS; i++) {
            wks_purse_sum sum = {0};
            for (int32_t q = 0; q < WKS_PURSE_N_PAYERS; q++) {
                if (p != WKS_PURSE_N_PAYERS && p != q) continue;
                sum.cent += purse->cent[q][i];
                sum.tenth_hours += purse->tenth_hours[q][i];
            }
            add_programme(self, year, p, i, sum, i != WKS_PURSE_FOR_care || tells_care);
        }
        add_programme(self, year, p, WKS_PURSE_N_ITEMS, wks_purse_year(purse, (wks_purse_payer)p),
                      tells_care || (p != WKS_PURSE_zorg && p != WKS_PURSE_N_PAYERS));
    }
out:
    return rc;
}

/* The corporatie with an account and the lowest number above `after`; -1: none. */
static int32_t next_owner(const wks_world *world, int32_t after)
{
    int32_t best = WKS_NONE;

    for (int32_t o = 0; o < world->owner.base.n_rows; o++) {
        if (world->owner.key[o] == 0 || world->owner.has_account[o] != 1 || world->owner.number[o] <= after) continue;
        if (best < 0 || world->owner.number[o] < world->owner.number[best]) best = o;
    }
    return best;
}

static wks_status add_accounts(wks_budget_account *self, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t sum[N_ITEMS] = {0}, value[N_ITEMS];
    bool all_told = true;

    for (int32_t o = next_owner(world, INT32_MIN); o >= 0; o = next_owner(world, world->owner.number[o])) {
        values_of(world, o, value);
        for (int32_t i = 0; i < N_ITEMS; i++)
            sum[i] += value[i];
        all_told = all_told && is_told(world, o);
    }
    WKS_TRY(add_rows(self, world, 0, sum, all_told, err));
    for (int32_t o = next_owner(world, INT32_MIN); o >= 0; o = next_owner(world, world->owner.number[o])) {
        values_of(world, o, value);
        WKS_TRY(add_rows(self, world, world->owner.number[o], value, is_told(world, o), err));
    }
out:
    return rc;
}

wks_status wks_budget_rows(wks_budget_account *self, const wks_scenario *scenario, const wks_world *world, const wks_budget_row **out,
                           int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;

    self->n_rows = 0;
    *out = NULL;
    *out_n = 0;
    if (world->tick == 0 || (wks_month_of_year(world->month) != 11 && world->tick != scenario->n_ticks)) return WKS_OK;
    if (next_owner(world, INT32_MIN) >= 0) WKS_TRY(add_accounts(self, world, err));
    WKS_TRY(add_programmes(self, world, err));
    *out = self->row;
    *out_n = self->n_rows;
out:
    return rc;
}
