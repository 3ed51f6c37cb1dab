#include "world/check.h"

#include <math.h>

#include "base/month.h"
#include "world/check_rehouse.h"

wks_check_stocks wks_check_count(const wks_world *world)
{
    wks_check_stocks stocks = {0};

    for (int32_t p = 0; p < world->person.base.n_rows; p++) {
        if (world->person.key[p] == 0) continue;
        stocks.persons++;
        stocks.persons_in_households += world->person.household_row[p] != WKS_NONE;
        stocks.persons_in_institutions += wks_rare_i32(&world->person.institution_row, p) != WKS_NONE;
        stocks.residents +=
            world->person.household_row[p] == WKS_NONE || wks_moves_address_of(world, world->person.household_row[p]).is_resident;
    }
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (world->household.key[h] == 0) continue;
        stocks.households++;
        stocks.households_housed += world->household.unit_row[h] != WKS_NONE;
        stocks.households_latent += world->household.unit_row[h] == WKS_NONE;
        stocks.jobs += wks_household_has_job(&world->household, h);
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++)
        stocks.dwellings += world->dwelling.key[d] != 0;
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (world->unit.key[u] == 0) continue;
        stocks.units++;
        stocks.units_vacant += world->unit.household_row[u] == WKS_NONE;
    }
    for (int32_t c = 0; c < world->displaced.base.n_rows; c++)
        stocks.displaced += wks_project_is_open(world->displaced.state[c]);
    for (int32_t r = 0; r < world->registration.base.n_rows; r++)
        stocks.registrations += world->registration.key[r] != 0;
    for (int32_t i = 0; i < world->construction.base.n_rows; i++)
        stocks.homes_ordered += world->construction.key[i] != 0 ? world->construction.n_dwellings[i] : 0;
    for (int32_t o = 0; o < world->owner.base.n_rows; o++) {
        if (world->owner.key[o] == 0) continue;
        stocks.cash_cent += world->owner.cash_cent[o];
        stocks.debt_cent += world->owner.debt_cent[o];
    }
    stocks.purse_cent = wks_purse_year(&world->purse, WKS_PURSE_N_PAYERS).cent;
    stocks.purse_tenth_hours = wks_purse_year(&world->purse, WKS_PURSE_N_PAYERS).tenth_hours;
    return stocks;
}

typedef struct flow_law {
    const char *name;
    int64_t before, flow, now;
} flow_law;

/* The laws of conservation. What a unit is for households, a vacancy is for units: the same flows with the other sign. */
static wks_status check_flows(const wks_world *world, const wks_check_stocks *b, wks_err *err)
{
    const wks_ledger *l = &world->ledger;
    const wks_check_stocks n = wks_check_count(world);
    const int64_t homes_gained = l->moves - l->moves_within + l->taken_over - l->unhoused - l->housed_ended;
    const int64_t formed = l->households_formed + l->households_arrived;
    const int64_t ended = l->households_merged + l->households_dissolved + l->households_departed;
    const int64_t persons = l->persons_born + l->persons_arrived - l->persons_died - l->persons_departed;
    const int64_t residents =
        l->institution_in - l->institution_out + l->institution_arrived - l->institution_died - l->institution_departed;
    const int64_t units = l->units_added - l->units_removed;
    const int64_t living_here = l->residents_born - l->residents_died + l->persons_in + l->persons_abroad - l->persons_out;
    const flow_law law[] = {
        {"persons", b->persons, persons, n.persons},
        {"persons in households", b->persons_in_households, persons - residents, n.persons_in_households},
        {"persons in institutions", b->persons_in_institutions, residents, n.persons_in_institutions},
        {"residents", b->residents, living_here, n.residents},
        {"households", b->households, formed - ended, n.households},
        {"households housed", b->households_housed, homes_gained, n.households_housed},
        {"households latent", b->households_latent, formed - ended - homes_gained, n.households_latent},
        {"dwellings", b->dwellings, l->dwellings_added - l->dwellings_removed, n.dwellings},
        {"units", b->units, units, n.units},
        {"units vacant", b->units_vacant, units - homes_gained, n.units_vacant},
        {"households displaced", b->displaced, l->displaced - l->displaced_settled, n.displaced},
        {"registrations", b->registrations, l->registrations_new - l->registrations_ended, n.registrations},
        {"wijkbasisbanen", b->jobs, l->jobs_begun - l->jobs_ended, n.jobs},
        {"homes ordered", b->homes_ordered, l->homes_ordered - l->homes_completed, n.homes_ordered},
        {"money in hand (cents)", b->cash_cent, l->money_in_cent - l->money_out_cent, n.cash_cent},
        {"debt (cents)", b->debt_cent, l->money_borrowed_cent + l->money_opened_cent, n.debt_cent},
    };

    for (size_t i = 0; i < sizeof law / sizeof law[0]; i++) {
        const int64_t gap = law[i].now - law[i].before - law[i].flow;
        if (gap != 0)
            return wks_err_set(err, WKS_ERR_LAW,
                               "law broken in tick %d: balance of %s: %lld before, %lld by the ledger, %lld now, gap %lld", world->tick,
                               law[i].name, (long long)law[i].before, (long long)law[i].flow, (long long)law[i].now, (long long)gap);
    }
    return WKS_OK;
}

/* Nobody works in a place that no running programme has. */
static wks_status check_jobs(const wks_world *world, wks_err *err)
{
    int64_t places = 0, taken = 0;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        places += world->buurt.job_places[b];
    for (int32_t h = 0; h < world->household.base.n_rows; h++)
        taken += world->household.key[h] != 0 && wks_household_has_job(&world->household, h);
    if (taken <= places) return WKS_OK;
    return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: balance of wijkbasisbanen: %lld taken of %lld", world->tick,
                       (long long)taken, (long long)places);
}

/* Money and hours of social programmes: the year so far grows by what was booked this month, nothing is below 0, and what corporaties pay is
 * asked of each of them, to the cent. */
static wks_status check_purse(const wks_world *world, const wks_check_stocks *before, wks_err *err)
{
    const wks_purse *purse = &world->purse;
    const wks_purse_sum year = wks_purse_year(purse, WKS_PURSE_N_PAYERS), month = wks_purse_month(purse);
    const bool is_new = wks_month_of_year(world->month) == 0;
    int64_t asked = purse->month_unplaced_cent, least = 0;

    for (int32_t o = 0; o < world->owner.base.n_rows; o++)
        asked += world->owner.key[o] != 0 ? world->owner.asked_cent[o] : 0;
    for (int32_t p = 0; p < WKS_PURSE_N_PAYERS; p++) {
        for (int32_t i = 0; i < WKS_PURSE_N_ITEMS; i++) {
            least = purse->cent[p][i] < least ? purse->cent[p][i] : least;
            least = purse->tenth_hours[p][i] < least ? purse->tenth_hours[p][i] : least;
        }
    }
    if (year.cent != (is_new ? 0 : before->purse_cent) + month.cent ||
        year.tenth_hours != (is_new ? 0 : before->purse_tenth_hours) + month.tenth_hours || least < 0)
        return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: balance of social programmes: %lld cents this year, %lld this month",
                           world->tick, (long long)year.cent, (long long)month.cent);
    if (asked != purse->month_cent[WKS_PURSE_corporaties])
        return wks_err_set(err, WKS_ERR_LAW,
                           "law broken in tick %d: balance of social programmes: corporaties pay %lld cents, %lld are asked of them",
                           world->tick, (long long)purse->month_cent[WKS_PURSE_corporaties], (long long)asked);
    return WKS_OK;
}

/* A sale is a move, and each has at most one seller among the households. */
static wks_status check_sales(const wks_world *world, wks_err *err)
{
    const wks_ledger *ledger = &world->ledger;

    if (ledger->sales >= 0 && ledger->sales_to_households >= 0 && ledger->sales_to_households <= ledger->sales &&
        ledger->sales <= ledger->moves)
        return WKS_OK;
    return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: balance of sales: %lld sold, %lld of them for households, %lld moves",
                       world->tick, (long long)ledger->sales, (long long)ledger->sales_to_households, (long long)ledger->moves);
}

static wks_status support_gap(const wks_world *world, const char *what, int64_t part, int64_t whole, wks_err *err)
{
    return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: balance of support (tenths of an hour): %s: %lld, %lld", world->tick, what,
                       (long long)part, (long long)whole);
}

/* By kind: nothing below 0, and no more work than staff. */
static wks_status check_support_kind(const wks_world *world, wks_support_kind kind, wks_err *err)
{
    const wks_support *support = &world->support;
    const int64_t *asked = wks_support_buurt_asked(&world->buurt, kind), *here = wks_support_buurt_staffed(&world->buurt, kind);
    const int64_t staffed = wks_support_staffed(support, &world->buurt, kind), work = support->used[kind] + support->signalling[kind];

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        if (asked[b] < 0 || here[b] < 0) return support_gap(world, "asked and staffed in a buurt, below 0", asked[b], here[b], err);
    }
    if (support->base[kind] < 0 || support->asked[kind] < 0 || support->staffed[kind] < 0)
        return support_gap(world, "asked and staffed, below 0", support->base[kind] + support->asked[kind], support->staffed[kind], err);
    if (support->used[kind] < 0 || support->signalling[kind] < 0 || work > staffed)
        return support_gap(world, "used of staffed", work, staffed, err);
    return WKS_OK;
}

/* Support hours, exactly: given to households = given over buurten = used <= staffed. Later in the month households may end with the help they had. */
static wks_status check_support(const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int64_t used = wks_support_used(&world->support);
    int64_t by_buurt = 0, given = 0, cases = 0;

    for (int k = 0; k < WKS_SUPPORT_N_KINDS; k++)
        WKS_TRY(check_support_kind(world, (wks_support_kind)k, err));
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        by_buurt += world->buurt.support_given[b];
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (world->household.key[h] == 0) continue;
        given += world->household.help[h];
        cases += world->household.help[h] > 0;
        if (world->household.helped[h] > 10 || world->household.need_known[h] > 1)
            return support_gap(world, "helped, known", world->household.helped[h], world->household.need_known[h], err);
    }
    if (by_buurt != used) return support_gap(world, "given over buurten, used", by_buurt, used, err);
    const bool is_now = world->support.month == world->month;
    if (given > used || (is_now && given != used)) return support_gap(world, "given to households, used", given, used, err);
    if (is_now && cases != world->support.n_cases)
        return support_gap(world, "households helped, cases", cases, world->support.n_cases, err);
out:
    return rc;
}

/* Each line of the ledger equals its counts by age, and a part is no more than its whole. */
static wks_status check_moves(const wks_world *world, wks_err *err)
{
    const wks_ledger *l = &world->ledger;
    const int64_t line[WKS_N_MOVES_KINDS] = {l->persons_within, l->persons_in, l->persons_abroad, l->persons_out};

    for (int32_t k = 0; k < WKS_N_MOVES_KINDS; k++) {
        int64_t sum = 0;
        for (int32_t age = 0; age < WKS_MOVES_AGES; age++)
            sum += world->moves.persons[k][age];
        if (sum != line[k])
            return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: moves %s: %lld by age, %lld by the ledger", world->tick,
                               wks_moves_kind_name[k], (long long)sum, (long long)line[k]);
    }
    if (l->residents_died > l->persons_died || l->persons_in + l->persons_abroad < l->institution_arrived)
        return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: deaths or arrivals of residents do not add up", world->tick);
    return WKS_OK;
}

wks_status wks_check_balance(const wks_world *world, const wks_check_stocks *before, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(check_flows(world, before, err));
    WKS_TRY(check_moves(world, err));
    WKS_TRY(check_support(world, err));
    WKS_TRY(check_sales(world, err));
    WKS_TRY(check_jobs(world, err));
    WKS_TRY(check_purse(world, before, err));
out:
    return rc;
}
