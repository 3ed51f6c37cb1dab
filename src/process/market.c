#include "process/market.h"

#include <math.h>
#include <stdlib.h>

#include "base/month.h"
#include "base/par.h"
#include "num/draw.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/market_vacancy.h"
#include "process/tick_list.h"
#include "rules/permit.h"
#include "world/relations.h"

enum {
    P_LOOK,
    P_SAMPLE,
    P_ROUNDS,
    P_LOAN,
    P_INTEREST,
    P_RENT_SHARE,
    P_ROOM_SHARE,
    P_BID_SD,
    P_B_COST,
    P_B_SIZE,
    P_B_DISTANCE,
    P_B_KIN,
    P_B_LEEFBAARHEID,
    P_B_OWNER,
    P_STAY,
    P_STAY_LATENT,
    P_PRICE_SPEED,
    P_PRICE_RETURN,
    P_PRICE_RANGE,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_LOOK] = {"look", WKS_PARAM_REAL, "1/mo", 0.5, 0, 1, NULL, false, "assumption",
                "chance that a seeker looks at the market in a month"},
    [P_SAMPLE] = {"sample", WKS_PARAM_INT, "dwellings", 5, 1, 64, NULL, false, "assumption",
                  "vacancies of each kind that a household looks at in a round"},
    [P_ROUNDS] = {"rounds", WKS_PARAM_INT, "1/mo", 2, 1, 8, NULL, false, "assumption",
                  "times a month that seekers choose among what is left"},
    [P_LOAN] = {"loan_to_income", WKS_PARAM_REAL, "yr", 4.5, 1, 10, NULL, false, "assumption, near the Nibud lending norms of 2025",
                "largest mortgage over yearly income"},
    [P_INTEREST] = {"ownership_cost", WKS_PARAM_REAL, "1/yr", 0.045, 0, 0.2, NULL, false, "assumption",
                    "yearly net cost of owning over the price"},
    [P_RENT_SHARE] = {"rent_share", WKS_PARAM_REAL, "share", 0.40, 0.1, 1, NULL, false,
                      "assumption: landlords ask an income of about 2.5 to 3.5 rents",
                      "largest rent over income that private landlords accept"},
    [P_ROOM_SHARE] = {"room_share", WKS_PARAM_REAL, "share", 0.60, 0.1, 1, NULL, false, "assumption", "the same for rooms"},
    [P_BID_SD] = {"bid_sd", WKS_PARAM_REAL, "share", 0.05, 0, 0.5, NULL, false, "assumption",
                  "spread of what a buyer bids over the asking price, within means"},
    [P_B_COST] = {"b_cost", WKS_PARAM_REAL, "utility", -4, -50, 0, NULL, false, "assumption", "yearly housing cost over income"},
    [P_B_SIZE] = {"b_size", WKS_PARAM_REAL, "utility", 0.5, 0, 10, NULL, false, "assumption", "a room more, up to persons + 2"},
    [P_B_DISTANCE] = {"b_distance", WKS_PARAM_REAL, "utility/km", -0.15, -5, 0, NULL, false, "assumption",
                      "distance to the present home in the city"},
    [P_B_KIN] = {"b_kin", WKS_PARAM_REAL, "utility", 0.7, 0, 10, NULL, false, "assumption: living near family [S115]",
                 "close kin in the buurt"},
    [P_B_LEEFBAARHEID] = {"b_leefbaarheid", WKS_PARAM_REAL, "utility", 0.4, 0, 10, NULL, false, "assumption",
                          "leefbaarheid, per 0.14 Leefbaarometer units"},
    [P_B_OWNER] = {"b_owner", WKS_PARAM_REAL, "utility", 1.0, -10, 10, NULL, false, "assumption", "owning rather than renting"},
    [P_STAY] = {"stay", WKS_PARAM_REAL, "utility", 1.0, -20, 20, NULL, false, "assumption", "waiting another month, for who has a home"},
    [P_STAY_LATENT] = {"stay_latent", WKS_PARAM_REAL, "utility", -2.0, -20, 20, NULL, false, "assumption",
                       "waiting another month, for who has none"},
    [P_PRICE_SPEED] = {"price_speed", WKS_PARAM_REAL, "1/mo", 0.003, 0, 0.1, NULL, false, "assumption",
                       "relative buurt price per log of applications over vacancies, against that of the city"},
    [P_PRICE_RETURN] = {"price_return", WKS_PARAM_REAL, "1/mo", 0.02, 0, 1, NULL, false,
                        "assumption: half of a deviation is gone in three years without excess demand",
                        "return of the logarithm of a relative price to 0: a lasting excess moves it by price_speed / price_return times "
                        "the excess, no further"},
    [P_PRICE_RANGE] = {"price_range", WKS_PARAM_REAL, "-", 0.25, 0, 1, NULL, false, "assumption",
                       "largest deviation of a relative buurt price from 1"},
};

enum { TASTE_BINS = 256 };
static const double STUDENT_LOAN_EUR = 6000; /* a year, beside the income of a student: assumption */

typedef struct wks_market_choice {
    uint64_t vacancy_key, household_key;
    double bid;
    int32_t household_row, unit_row;
} choice;

typedef struct wks_market_pass {
    const wks_world *world;
    const double *p;
    const wks_market_ring *ring; /* owner, rent, room */
    const double *pull;          /* by buurt */
    const wks_permit *permit;    /* huisvestingsvergunning for cheap private rent */
    const int32_t *seeker;
    choice *choice; /* by seeker; unit_row -1: none */
    int32_t round;
    double taste_bound[TASTE_BINS]; /* largest taste of a draw by its first eight bits */
} pass;

static double distance_km(const wks_world *world, int32_t from_dwelling, int32_t to_dwelling)
{
    if (from_dwelling < 0) return 0;
    const double dx = (double)(world->dwelling.x_m[from_dwelling] - world->dwelling.x_m[to_dwelling]);
    const double dy = (double)(world->dwelling.y_m[from_dwelling] - world->dwelling.y_m[to_dwelling]);
    const double square = dx * dx + dy * dy;
    return isfinite(square) ? sqrt(square) / 1000 : 0;
}

/* Yearly cost when the household can and may have the unit; a negative number when it cannot. */
static double cost_of(const pass *self, int32_t household_row, int32_t kind, const wks_market_vacancy *vacancy)
{
    const wks_household_table *household = &self->world->household;
    const double income = (double)household->income_eur[household_row];
    const double price = vacancy->price_eur;

    if (!(income > 0)) return -1;
    if (kind != WKS_MARKET_OWNER) {
        const double share = kind == WKS_MARKET_ROOM ? self->p[P_ROOM_SHARE] : self->p[P_RENT_SHARE];
        /* Students have a loan beside their income: rooms are within reach. */
        const double means = income + (household->is_student[household_row] ? STUDENT_LOAN_EUR : 0);
        return 12 * price <= share * means ? 12 * price : -1;
    }
    return self->p[P_LOAN] * income + (double)household->equity_eur[household_row] < price ? -1 : self->p[P_INTEREST] * price;
}

/* What a buyer bids for a home within means: around the asking price, at least that and at most the means. */
static double bid_of(const pass *self, int32_t household_row, const wks_market_vacancy *vacancy)
{
    const wks_household_table *household = &self->world->household;
    const double most = self->p[P_LOAN] * (double)household->income_eur[household_row] + (double)household->equity_eur[household_row];
    const uint64_t pair = wks_rng_pair_key(household->key[household_row], vacancy->key);
    const double u = wks_rng_once(&self->world->seed, pair, (uint32_t)self->world->tick, WKS_RNG_MARKET_BID);
    const double wish = vacancy->price_eur * (1 + self->p[P_BID_SD] * wks_draw_normal_quantile(u));

    return wish < vacancy->price_eur ? vacancy->price_eur : wish < most ? wish : most;
}

/* False when even the cheapest vacancy of a kind is beyond the household's means: most seekers need not look at homes for sale. */
static bool is_within_reach(const pass *self, int32_t household_row, int32_t kind)
{
    const wks_household_table *household = &self->world->household;
    const double income = (double)household->income_eur[household_row];

    if (self->ring[kind].n == 0) return false;
    if (kind == WKS_MARKET_OWNER)
        return self->p[P_LOAN] * income + (double)household->equity_eur[household_row] >= self->ring[kind].cheapest_eur;
    const double means = income + (household->is_student[household_row] ? STUDENT_LOAN_EUR : 0);
    return 12 * self->ring[kind].cheapest_eur <= (kind == WKS_MARKET_ROOM ? self->p[P_ROOM_SHARE] : self->p[P_RENT_SHARE]) * means;
}

static double utility_of(const pass *self, int32_t household_row, int32_t kind, const wks_market_vacancy *vacancy, double cost)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t home = household->unit_row[household_row];
    const int32_t from = home < 0 ? WKS_NONE : world->unit.dwelling_row[home];
    const int32_t wanted = household->n_persons[household_row] + 2;
    const int32_t rooms = kind == WKS_MARKET_ROOM ? 1 : vacancy->rooms;
    double utility = self->p[P_B_COST] * cost / (double)household->income_eur[household_row];

    utility += self->p[P_B_SIZE] * (rooms < wanted ? rooms : wanted);
    utility += self->p[P_B_DISTANCE] * distance_km(world, from, vacancy->dwelling_row);
    utility += self->pull[vacancy->buurt_row];
    if (household->kin_buurt_row[household_row] == vacancy->buurt_row) utility += self->p[P_B_KIN];
    if (kind == WKS_MARKET_OWNER) utility += self->p[P_B_OWNER];
    return utility;
}

/* The best of a keyed sample, or waiting. Samples are points on a ring of vacancy keys: a vacancy more or less changes only who met it. */
static choice choose(const pass *self, int32_t household_row)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const uint64_t key = household->key[household_row];
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, self->round == 0 ? WKS_RNG_MARKET_SAMPLE : WKS_RNG_MARKET_ORDER);
    choice best = {.household_key = key, .household_row = household_row, .unit_row = WKS_NONE};
    const bool has_home = household->unit_row[household_row] >= 0;
    const bool in_room = has_home && world->unit.kind[household->unit_row[household_row]] == WKS_UNIT_ROOM;
    const uint64_t waiting = wks_rng_pair_key(key, 1);
    uint32_t word[4];

    wks_rng_four(&world->seed, waiting, (uint32_t)world->tick, WKS_RNG_MARKET_TASTE, word);
    double best_utility = (has_home ? self->p[P_STAY] : self->p[P_STAY_LATENT]) + wks_draw_gumbel(word[self->round & 3]);
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        /* Rooms are for one or two persons without a self-contained home. */
        if (kind == WKS_MARKET_ROOM && (household->n_persons[household_row] > 2 || (has_home && !in_room))) continue;
        if (kind == WKS_MARKET_OWNER && household->is_student[household_row]) continue;
        if (!is_within_reach(self, household_row, kind)) {
            /* The points are drawn all the same: a cheaper vacancy elsewhere must not shift the samples that follow. */
            for (int32_t k = 0; k < (int32_t)self->p[P_SAMPLE]; k++)
                (void)wks_rng_u64(&rng);
            continue;
        }
        uint64_t last = 0;
        for (int32_t k = 0; k < (int32_t)self->p[P_SAMPLE]; k++) {
            const uint64_t point = wks_rng_u64(&rng);
            const wks_market_vacancy *vacancy = wks_market_vacancy_at(&self->ring[kind], point);
            if (vacancy == NULL || vacancy->key == last) continue;
            last = vacancy->key;
            const double cost = cost_of(self, household_row, kind, vacancy);
            if (cost < 0) continue;
            if (self->permit->n > 0 && !wks_permit_allows(self->permit, household_row, vacancy->unit_row, vacancy->price_eur)) continue;
            const uint64_t pair = wks_rng_pair_key(key, vacancy->key);
            wks_rng_four(&world->seed, pair, (uint32_t)world->tick, WKS_RNG_MARKET_TASTE, word);
            const double systematic = utility_of(self, household_row, kind, vacancy, cost);
            if (systematic + self->taste_bound[word[0] >> 24] <= best_utility) continue; /* cannot win: spares two logarithms */
            const double utility = systematic + wks_draw_gumbel(word[0]);
            if (utility <= best_utility) continue;
            best_utility = utility;
            best.unit_row = vacancy->unit_row;
            best.vacancy_key = vacancy->key;
            /* Landlords take whoever came first: a lot, in rooms one among students first; sellers take the highest bid. */
            best.bid = kind == WKS_MARKET_OWNER
                           ? bid_of(self, household_row, vacancy)
                           : wks_rng_unit(word[1]) + (kind == WKS_MARKET_ROOM && household->is_student[household_row] ? 1 : 0);
        }
    }
    return best;
}

static void choose_all(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    (void)block;
    for (int64_t i = begin; i < end; i++)
        self->choice[i] = choose(self, self->seeker[i]);
}

static int by_vacancy(const void *left, const void *right)
{
    const choice *a = left, *b = right;
    if (a->vacancy_key != b->vacancy_key) return a->vacancy_key < b->vacancy_key ? -1 : 1;
    if (a->bid > b->bid || a->bid < b->bid) return a->bid > b->bid ? -1 : 1;
    return (a->household_key > b->household_key) - (a->household_key < b->household_key);
}

static wks_status take(wks_world *world, const choice *winner, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    const int32_t row = winner->household_row;
    const int32_t dwelling = world->unit.dwelling_row[winner->unit_row];
    const bool owner = world->dwelling.tenure[dwelling] == WKS_TENURE_OWNER;
    const bool came = household->place[row] == WKS_PLACE_OUTSIDE || household->place[row] == WKS_PLACE_COA;
    const double relative = world->buurt.price[world->dwelling.buurt_row[dwelling]];

    WKS_TRY(wks_relations_move_in(world, row, winner->unit_row, false, err));
    household->search[row] = WKS_SEARCH_STAY;
    household->search_month[row] = WKS_NO_MONTH;
    if (came) household->region_month[row] = world->month;
    if (owner) {
        /* Own money goes into the home and counts as equity when it is sold: the loan is what is above it. */
        const double own = (double)household->equity_eur[row];
        household->equity_eur[row] = (float)(own < winner->bid ? own : winner->bid);
    } else {
        /* The contract is at the rent that was asked here; the landlord's own list (dwelling.rent_eur) stays. */
        world->unit.rent_eur[winner->unit_row] = (float)((double)world->unit.rent_eur[winner->unit_row] * relative);
        if (household->is_student[row] && world->unit.kind[winner->unit_row] == WKS_UNIT_ROOM) household->temporary[row] = 1;
    }
out:
    return rc;
}

/* Every vacancy goes to its first application; the losers may try again in the next round. */
static wks_status settle(wks_tick *tick, const choice *item, int32_t n, int32_t *applications, int32_t *loser, int32_t *out_n_losers,
                         wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    uint64_t last = 0;

    *out_n_losers = 0;
    for (int32_t i = 0; i < n; i++) {
        applications[world->dwelling.buurt_row[world->unit.dwelling_row[item[i].unit_row]]]++;
        if (item[i].vacancy_key == last) {
            loser[(*out_n_losers)++] = item[i].household_row;
            continue;
        }
        last = item[i].vacancy_key;
        WKS_TRY(take(world, &item[i], err));
    }
out:
    return rc;
}

static int32_t list_seekers(const wks_world *world, double look, int32_t *out)
{
    int32_t n = 0;
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (world->household.key[i] == 0) continue;
        if (world->household.search[i] != WKS_SEARCH_MARKET && world->household.search[i] != WKS_SEARCH_BOTH) continue;
        if (wks_rng_once(&world->seed, world->household.key[i], (uint32_t)world->tick, WKS_RNG_MARKET_LOOK) < look) out[n++] = i;
    }
    return n;
}

/* Relative prices follow excess demand per buurt and return to 1. The mean of their logarithm over households stays 0, so the city level is the
 * scenario's path alone. */
static void move_prices(wks_world *world, const double *p, const int32_t *applications, const int32_t *vacancies, double *next)
{
    const int32_t n = world->buurt.base.n_rows;
    double mean = 0, weight = 0, all_applications = 0, all_vacancies = 0;

    /* Excess against that of all together: a buurt without vacancies this month shows none. */
    for (int32_t b = 0; b < n; b++) {
        all_applications += applications[b];
        all_vacancies += vacancies[b];
    }
    const double usual = (all_applications + 1) / (all_vacancies + 1);
    for (int32_t b = 0; b < n; b++) {
        const double excess = vacancies[b] > 0 ? wks_math_log((applications[b] + usual) / (vacancies[b] + 1.0) / usual) : 0;
        next[b] = (1 - p[P_PRICE_RETURN]) * wks_math_log(world->buurt.price[b]) + p[P_PRICE_SPEED] * excess;
        mean += world->buurt.n_households[b] * next[b];
        weight += world->buurt.n_households[b];
    }
    if (!(weight > 0)) return;
    mean /= weight;
    for (int32_t b = 0; b < n; b++) {
        world->buurt.price[b] = wks_math_clamp(wks_math_exp(next[b] - mean), 1 - p[P_PRICE_RANGE], 1 + p[P_PRICE_RANGE]);
    }
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    const int32_t n_buurten = world->buurt.base.n_rows;
    double *pull = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)n_buurten, sizeof *pull);
    int32_t *applications = wks_tick_buffer(tick, WKS_SLOT_BUURT_B, (size_t)n_buurten, sizeof *applications);
    int32_t *vacancies = wks_tick_buffer(tick, WKS_SLOT_BUURT_C, (size_t)n_buurten, sizeof *vacancies);
    int32_t *seeker = wks_tick_buffer(tick, WKS_SLOT_SEEKERS, (size_t)world->household.base.n_rows, sizeof *seeker);
    wks_market_ring ring[WKS_MARKET_KINDS];
    wks_permit permit;

    if (pull == NULL || applications == NULL || vacancies == NULL || seeker == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the market");
    for (int32_t b = 0; b < n_buurten; b++) {
        pull[b] = p[P_B_LEEFBAARHEID] * wks_world_leefbaarheid(world, b) / 0.14;
        applications[b] = vacancies[b] = 0;
    }
    int32_t n = list_seekers(world, p[P_LOOK], seeker);

    wks_permit_open(tick->scenario, world, &tick->law, &permit);

    WKS_TRY(wks_market_vacancy_rings(tick, ring, vacancies, err));
    for (int32_t round = 0; round < (int32_t)p[P_ROUNDS] && n > 0; round++) {
        int32_t n_chosen = 0;
        if (round > 0) wks_market_vacancy_renew(world, ring);
        choice *item = wks_tick_buffer(tick, WKS_SLOT_CHOICES, (size_t)n, sizeof *item);
        if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d choices", n);
        pass self = {
            .world = world, .p = p, .ring = ring, .pull = pull, .permit = &permit, .seeker = seeker, .choice = item, .round = round};
        for (uint32_t bin = 0; bin < TASTE_BINS; bin++)
            self.taste_bound[bin] = wks_draw_gumbel(bin << 24 | 0xffffffu);
        wks_par_for(n, 256, world->threads, choose_all, &self);
        for (int32_t i = 0; i < n; i++) {
            if (item[i].unit_row >= 0) item[n_chosen++] = item[i];
        }
        qsort(item, (size_t)n_chosen, sizeof *item, by_vacancy);
        /* Who preferred to wait waits; who lost tries again among what is left. */
        WKS_TRY(settle(tick, item, n_chosen, applications, seeker, &n, err));
    }
    move_prices(world, p, applications, vacancies, pull);
out:
    return rc;
}

static const wks_process process = {run, NULL};
const wks_spec wks_market_spec = {
    "market",
    "process",
    "owner-occupied and privately let homes: random-utility choice among sampled affordable vacancies, bids, relative prices",
    "",
    params,
    N_PARAMS,
    &process};
