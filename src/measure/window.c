#include "measure/window.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void wks_window_free(wks_window *window)
{
    for (int32_t i = 0; i < WKS_WINDOW_MONTHS; i++)
        free(window->month[i].letting);
    *window = (wks_window){0};
}

/* A room is no home that others wait for: who comes from one is a starter. */
static bool leaves_nothing_behind(const wks_letting *letting)
{
    return letting->from_place != WKS_PLACE_HOUSED || letting->from_room;
}

/* Campus dwellings are a submarket of students with waits of its own: they would hide those of the regular homes. */
static bool is_regular(const wks_world *world, const wks_letting *letting)
{
    return letting->reason == WKS_LETTING_RANKED && world->dwelling.label[world->unit.dwelling_row[letting->unit_row]] != WKS_LABEL_CAMPUS;
}

static wks_window_gemengd gemengd_of(const wks_world *world, const wks_letting *letting)
{
    const int32_t row = letting->household_row;

    if (world->dwelling.label[world->unit.dwelling_row[letting->unit_row]] != WKS_LABEL_GEMENGD) return WKS_WINDOW_NOT_GEMENGD;
    if (world->household.key[row] != letting->household_key) return WKS_WINDOW_GEMENGD_OTHER; /* gone again in the same month */
    if (letting->referral != WKS_REFERRAL_NONE || wks_household_is_asker(&world->household, row)) return WKS_WINDOW_GEMENGD_ASKER;
    if (!wks_household_is_carrier(&world->household, row)) return WKS_WINDOW_GEMENGD_OTHER;
    return letting->urgency == WKS_URGENCY_NONE && letting->months_registered > 0 ? WKS_WINDOW_GEMENGD_QUEUE : WKS_WINDOW_GEMENGD_CARRIER;
}

static wks_status keep_lettings(wks_window_month *month, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_letting_log *log = &world->letting;
    if (log->n > month->capacity) {
        const size_t larger = wks_mem_capacity((size_t)month->capacity, (size_t)log->n);
        wks_window_letting *grown = wks_mem_resize(month->letting, (size_t)month->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu lettings", larger);
        month->letting = grown;
        month->capacity = (int32_t)larger;
    }
    month->n = log->n;
    for (int32_t i = 0; i < log->n; i++) {
        const wks_letting *letting = &log->item[i];
        month->letting[i] = (wks_window_letting){
            .groups = letting->groups,
            .buurt_row = letting->buurt_row,
            .wait_months = letting->months_registered,
            .search_months = letting->months_searching,
            .refusals = letting->refusals,
            .candidates = letting->candidates,
            .chain = letting->chain,
            .rent_eur = letting->rent_eur,
            .forgone_eur = letting->streefhuur_eur > letting->rent_eur ? letting->streefhuur_eur - letting->rent_eur : 0.0f,
            .is_starter = leaves_nothing_behind(letting),
            .is_ranked = is_regular(world, letting),
            .gemengd = (uint8_t)gemengd_of(world, letting),
        };
    }
out:
    return rc;
}

#define FLOW_NAME(name) #name,
const char *const wks_window_flow_name[WKS_WINDOW_N_FLOWS] = {WKS_WINDOW_FLOWS(FLOW_NAME)};
#undef FLOW_NAME

void wks_window_start(wks_window *window, int64_t persons)
{
    window->persons_before = persons;
}

wks_status wks_window_push(wks_window *window, const wks_world *world, const int64_t *active, int64_t persons, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_window_month *month = &window->month[window->next];

    WKS_TRY(keep_lettings(month, world, err));
    month->adverts = world->letting.n_adverts;
    month->reactions = world->letting.n_reactions;
    month->offers = world->letting.n_offers;
    month->refusals = world->letting.n_refusals;
    month->moves = world->ledger.moves;
    month->evictions = world->ledger.evictions;
    month->chain[0] = world->ledger.chain_new;
    month->chain[1] = world->ledger.chain_first;
    month->chain[2] = world->ledger.chain_second;
    month->chain[3] = world->ledger.chain_third;
    month->chain[4] = world->ledger.chain_new_outside;
    month->chain[5] = world->ledger.chain_first_outside;
    month->chain[6] = world->ledger.chain_first_elsewhere;
    month->chain[7] = world->ledger.chain_second_elsewhere;
#define TAKE_FLOW(name) month->flow[WKS_WINDOW_FLOW_##name] = world->ledger.name;
    WKS_WINDOW_FLOWS(TAKE_FLOW)
#undef TAKE_FLOW
    month->programmes = wks_purse_month(&world->purse);
    month->births = world->ledger.persons_born;
    month->deaths = world->ledger.persons_died;
    for (int32_t i = 0; i < WKS_N_LETTING_REFUSALS; i++)
        month->refusals_by_reason[i] = world->letting.n_refusals_by_reason[i];
    for (int32_t g = 0; g < WKS_WINDOW_GROUPS; g++)
        month->active[g] = active[g];
    for (int32_t g = 0; g < WKS_WINDOW_GROUPS - 1; g++)
        month->reactions_by_group[g] = world->letting.n_reactions_by_group[g];
    if (window->n_months == WKS_WINDOW_MONTHS) window->persons_before = window->persons[window->next];
    window->persons[window->next] = persons;
    window->next = (window->next + 1) % WKS_WINDOW_MONTHS;
    if (window->n_months < WKS_WINDOW_MONTHS) window->n_months++;
out:
    return rc;
}

/* Durations are whole months: counting them is a sort. Longer ones than a long life count as the longest. */
enum { LONGEST = 2048 };

static void count_months(int32_t *count, int32_t months)
{
    count[months < 0 ? 0 : months < LONGEST ? months : LONGEST - 1]++;
}

/* Value of the k-th smallest (from 0) of what was counted. */
static int32_t ranked(const int32_t *count, int64_t k)
{
    int32_t months = 0;
    while (months < LONGEST - 1 && k >= count[months])
        k -= count[months++];
    return months;
}

/* Linear-interpolated quantile (type 7) of n counted durations; NaN for none. */
static double quantile(const int32_t *count, int64_t n, double q)
{
    if (n == 0) return NAN;
    const double at = q * (double)(n - 1);
    const int64_t low = (int64_t)at;
    const int32_t a = ranked(count, low), b = ranked(count, low + 1 < n ? low + 1 : low);
    return a + (at - (double)low) * (b - a);
}

static bool is_member(const wks_window_letting *letting, int32_t group)
{
    return group >= WKS_WINDOW_GROUPS - 1 || (letting->groups >> group & 1u) != 0;
}

wks_status wks_window_facts_of(const wks_window *window, int32_t group, wks_window_facts *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t at = 0;
    double wait_sum = 0, refusals = 0, starters = 0, chain = 0, active = 0, rent = 0;
    int32_t *wait = wks_mem_array(2 * (size_t)LONGEST, sizeof *wait), *search = wait == NULL ? NULL : wait + LONGEST;

    *out = (wks_window_facts){0};
    if (wait == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts of durations");
    for (int32_t m = 0; m < window->n_months; m++) {
        active += (double)window->month[m].active[group];
        for (int32_t i = 0; i < window->month[m].n; i++) {
            const wks_window_letting *letting = &window->month[m].letting[i];
            if (!is_member(letting, group)) continue;
            out->housed++;
            rent += (double)letting->rent_eur;
            out->forgone_sum += (double)letting->forgone_eur;
            chain += letting->chain;
            if (!letting->is_ranked) continue;
            starters += letting->is_starter;
            count_months(wait, letting->wait_months);
            count_months(search, letting->search_months);
            at++;
            wait_sum += letting->wait_months;
            refusals += letting->refusals;
        }
    }
    out->housed_ranked = (int64_t)at;
    out->n_starters = (int64_t)starters;
    out->n_refusals = (int64_t)refusals;
    out->n_links = (int64_t)chain;
    out->active = window->n_months > 0 ? active / window->n_months : NAN;
    out->rent_mean = out->housed > 0 ? rent / (double)out->housed : NAN;
    out->wait_mean = at > 0 ? wait_sum / (double)at : NAN;
    out->wait_p10 = quantile(wait, (int64_t)at, 0.1);
    out->wait_p50 = quantile(wait, (int64_t)at, 0.5);
    out->wait_p90 = quantile(wait, (int64_t)at, 0.9);
    out->search_p50 = quantile(search, (int64_t)at, 0.5);
    out->refusals = at > 0 ? refusals / (double)at : NAN;
    out->starters_share = at > 0 ? starters / (double)at : NAN;
    out->chain_mean = out->housed > 0 ? chain / (double)out->housed : NAN;
    /* Housed in twelve months over mean active; a shorter window is scaled up. Where most are housed without ever looking (mediation) it is no chance. */
    out->success_rate = active > 0 ? (double)out->housed * WKS_WINDOW_MONTHS / active : NAN;
    if (out->success_rate > 1) out->success_rate = NAN;
out:
    free(wait);
    return rc;
}

wks_window_sums wks_window_sums_of(const wks_window *window)
{
    wks_window_sums sum = {0};
    for (int32_t m = 0; m < window->n_months; m++) {
        const wks_window_month *month = &window->month[m];
        sum.adverts += month->adverts;
        sum.reactions += month->reactions;
        sum.moves += month->moves;
        sum.evictions += month->evictions;
        sum.births += month->births;
        sum.deaths += month->deaths;
        for (int32_t i = 0; i < WKS_N_LETTING_REFUSALS; i++)
            sum.refusals_by_reason[i] += month->refusals_by_reason[i];
        for (int32_t k = 0; k < WKS_WINDOW_LINKS; k++)
            sum.chain[k] += month->chain[k];
        for (int32_t k = 0; k < WKS_WINDOW_N_FLOWS; k++)
            sum.flow[k] += month->flow[k];
        sum.programmes.cent += month->programmes.cent;
        sum.programmes.tenth_hours += month->programmes.tenth_hours;
    }
    return sum;
}

int64_t wks_window_net_migration(const wks_window *window)
{
    const wks_window_sums sum = wks_window_sums_of(window);
    const int32_t last = (window->next + WKS_WINDOW_MONTHS - 1) % WKS_WINDOW_MONTHS;
    return window->n_months == 0 ? 0 : window->persons[last] - window->persons_before - sum.births + sum.deaths;
}

int64_t wks_window_reactions_of(const wks_window *window, int32_t group)
{
    int64_t sum = 0;
    if (group >= WKS_WINDOW_GROUPS - 1) return wks_window_sums_of(window).reactions;
    for (int32_t m = 0; m < window->n_months; m++)
        sum += window->month[m].reactions_by_group[group];
    return sum;
}

/* ---- carried over ------------------------------------------------------------------------------------------------------------------ */

static void carry_letting(wks_window_letting *letting, int32_t n_buurten, wks_carry *carry)
{
    WKS_CARRY_FIELD(carry, letting->groups);
    wks_carry_i32(carry, &letting->buurt_row);
    wks_carry_i32(carry, &letting->wait_months);
    wks_carry_i32(carry, &letting->search_months);
    wks_carry_i32(carry, &letting->refusals);
    wks_carry_i32(carry, &letting->candidates);
    wks_carry_i32(carry, &letting->chain);
    WKS_CARRY_FIELD(carry, letting->rent_eur);
    WKS_CARRY_FIELD(carry, letting->forgone_eur);
    wks_carry_u8(carry, &letting->is_starter);
    wks_carry_u8(carry, &letting->is_ranked);
    wks_carry_u8(carry, &letting->gemengd);
    wks_carry_must(carry, letting->buurt_row >= 0 && letting->buurt_row < n_buurten && letting->gemengd < WKS_WINDOW_N_GEMENGD,
                   "a letting that cannot be");
}

static void carry_month(wks_window_month *month, int32_t n_buurten, wks_carry *carry)
{
    int64_t *const total[] = {
        &month->adverts,   &month->reactions, &month->offers, &month->refusals,        &month->moves,
        &month->evictions, &month->births,    &month->deaths, &month->programmes.cent, &month->programmes.tenth_hours};

    for (size_t i = 0; i < sizeof total / sizeof total[0]; i++)
        wks_carry_i64(carry, total[i]);
    WKS_CARRY_FIELDS(carry, month->refusals_by_reason);
    WKS_CARRY_FIELDS(carry, month->reactions_by_group);
    WKS_CARRY_FIELDS(carry, month->chain);
    WKS_CARRY_FIELDS(carry, month->flow);
    WKS_CARRY_FIELDS(carry, month->active);
    int32_t n = month->n;
    wks_carry_count(carry, &n, sizeof(uint32_t));
    month->letting = wks_carry_room(carry, month->letting, (size_t)month->capacity, (size_t)n, sizeof *month->letting);
    if (wks_carry_failed(carry)) return;
    if (month->capacity < n) month->capacity = n;
    month->n = n;
    for (int32_t i = 0; i < n; i++)
        carry_letting(&month->letting[i], n_buurten, carry);
}

wks_status wks_window_carry(wks_window *window, int32_t n_buurten, wks_carry *carry, wks_err *err)
{
    wks_carry_tag(carry, "window");
    for (int32_t m = 0; m < WKS_WINDOW_MONTHS; m++)
        carry_month(&window->month[m], n_buurten, carry);
    wks_carry_i32(carry, &window->n_months);
    wks_carry_i32(carry, &window->next);
    wks_carry_i64(carry, &window->persons_before);
    WKS_CARRY_FIELDS(carry, window->persons);
    wks_carry_must(carry,
                   window->n_months >= 0 && window->n_months <= WKS_WINDOW_MONTHS && window->next >= 0 && window->next < WKS_WINDOW_MONTHS,
                   "a window of other months");
    return wks_carry_status(carry, err);
}
