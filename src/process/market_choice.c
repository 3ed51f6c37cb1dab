#include "process/market_choice.h"

#include <math.h>

#include "num/draw.h"
#include "num/math.h"
#include "process/market_bid.h"
#include "process/market_means.h"

enum { OWNER_YOUNG = 30, OWNER_OLD = 65 }; /* ages at which b_owner changes: assumptions */

void wks_market_choice_bounds(wks_market_pass *pass)
{
    for (uint32_t bin = 0; bin < WKS_MARKET_TASTE_BINS; bin++)
        pass->taste_bound[bin] = wks_draw_gumbel(bin << 24 | 0xffffffu);
}

wks_market_seeker wks_market_choice_seeker(const wks_market_pass *pass, int32_t household_row)
{
    const wks_world *world = pass->world;
    const wks_household_table *household = &world->household;
    const int32_t home = household->unit_row[household_row];
    const int32_t dwelling = home < 0 ? WKS_NONE : world->unit.dwelling_row[home];
    const double *p = pass->p;
    wks_market_seeker seeker = {
        .key = household->key[household_row],
        .x_m = dwelling < 0 ? (double)NAN : (double)world->dwelling.x_m[dwelling],
        .y_m = dwelling < 0 ? (double)NAN : (double)world->dwelling.y_m[dwelling],
        .row = household_row,
        .persons = household->n_persons[household_row],
        .kin_buurt_row = household->kin_buurt_row[household_row],
        .origin = household->origin[household_row],
        .has_home = home >= 0,
        .in_room = home >= 0 && world->unit.kind[home] == WKS_UNIT_ROOM,
        .has_children = household->n_children[household_row] > 0,
        .is_student = household->is_student[household_row] != 0,
    };
    seeker.is_family = seeker.has_children && (double)household->income_eur[household_row] > pass->norms.law->income_multi_eur;

    wks_market_means_fill(world, &pass->norms, &seeker);
    if (p[WKS_MARKET_P_B_INCOME] != 0 && seeker.income_eur > 0) seeker.income_log = wks_math_log(seeker.income_eur);
    seeker.owner = p[WKS_MARKET_P_B_OWNER];
    if (seeker.age < OWNER_YOUNG) seeker.owner += p[WKS_MARKET_P_B_OWNER_YOUNG];
    if (seeker.age >= OWNER_OLD) seeker.owner += p[WKS_MARKET_P_B_OWNER_OLD];
    return seeker;
}

/* Kilometres between two points; NaN when one of them is not known. */
static double km_between(double x0, double y0, double x1, double y1)
{
    const double dx = x0 - x1, dy = y0 - y1;
    return sqrt(dx * dx + dy * dy) / 1000;
}

/* Net cost a year; negative when the household cannot have it. */
static double cost_of(const wks_market_pass *pass, wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy)
{
    const wks_market_norms *norms = &pass->norms;

    if (!(seeker->income_eur > 0)) return -1;
    if (kind != WKS_MARKET_OWNER) {
        if (vacancy->price_eur > (kind == WKS_MARKET_ROOM ? seeker->room_eur : seeker->rent_eur)) return -1;
        return wks_market_means_rent_cost(norms, seeker, kind, vacancy->price_eur);
    }
    const double most = wks_market_means_most(norms, seeker->loan_eur, seeker->own_eur, seeker->is_tax_free);
    if (most < vacancy->reserve_eur) return -1;
    return wks_market_means_owner_cost(norms, seeker, most < vacancy->price_eur ? most : vacancy->price_eur);
}

static bool is_for(const wks_market_seeker *seeker, int32_t kind)
{
    if (kind == WKS_MARKET_ROOM) return seeker->persons <= 2 && (!seeker->has_home || seeker->in_room);
    return kind != WKS_MARKET_OWNER || !seeker->is_student;
}

/* Near kin: 1 in their buurt, half at kin_km from its centre. */
static double near_kin(const wks_market_pass *pass, const wks_market_seeker *seeker, const wks_market_vacancy *vacancy)
{
    if (seeker->kin_buurt_row < 0) return 0;
    if (seeker->kin_buurt_row == vacancy->buurt_row) return 1;
    const wks_market_area *kin = &pass->area[seeker->kin_buurt_row];
    const double km = km_between(kin->x_m, kin->y_m, vacancy->x_m, vacancy->y_m);
    return km >= 0 ? pass->p[WKS_MARKET_P_KIN_KM] / (pass->p[WKS_MARKET_P_KIN_KM] + km) : 0;
}

/* Likeness to who lives there: share of the own origin, distance between incomes in logarithms. */
static double likeness(const wks_market_pass *pass, const wks_market_seeker *seeker, const wks_market_area *area)
{
    const double *p = pass->p;
    double utility = 0;

    if (p[WKS_MARKET_P_B_INCOME] != 0 && isfinite(area->income_log))
        utility += p[WKS_MARKET_P_B_INCOME] * fabs(seeker->income_log - area->income_log);
    if (p[WKS_MARKET_P_B_OWN_GROUP] != 0 && seeker->origin < WKS_N_ORIGINS)
        utility += p[WKS_MARKET_P_B_OWN_GROUP] * area->origin_share[seeker->origin];
    return utility;
}

bool wks_market_choice_utility(const wks_market_pass *pass, wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy,
                               double *out)
{
    const double *p = pass->p;
    const wks_market_area *area = &pass->area[vacancy->buurt_row];
    const int32_t wanted = seeker->persons + 2;
    double utility;

    if (!is_for(seeker, kind)) return false;
    const double cost = cost_of(pass, seeker, kind, vacancy);
    if (cost < 0) return false;
    if (pass->permit->n > 0 && !wks_permit_allows(pass->permit, seeker->row, vacancy->unit_row, vacancy->price_eur)) return false;
    const double km = km_between(seeker->x_m, seeker->y_m, vacancy->x_m, vacancy->y_m);
    utility =
        p[WKS_MARKET_P_B_COST] * cost / seeker->income_eur + p[WKS_MARKET_P_B_SIZE] * (vacancy->rooms < wanted ? vacancy->rooms : wanted);
    if (vacancy->is_house && seeker->has_children) utility += p[WKS_MARKET_P_B_HOUSE];
    if (km >= 0) utility += p[WKS_MARKET_P_B_DISTANCE] * km;
    if (seeker->is_family && (area->school > 0 || area->school < 0)) utility += area->school;
    utility += area->pull + p[WKS_MARKET_P_B_KIN] * near_kin(pass, seeker, vacancy) + likeness(pass, seeker, area);
    if (kind == WKS_MARKET_OWNER) utility += seeker->owner;
    *out = utility;
    return true;
}

/* False when even the cheapest vacancy of a kind is beyond its means: most seekers need not look at homes for sale. */
static bool is_within_reach(const wks_market_pass *pass, const wks_market_seeker *seeker, int32_t kind)
{
    const wks_market_ring *ring = &pass->ring[kind];

    if (ring->n == 0 || !is_for(seeker, kind)) return false;
    if (kind != WKS_MARKET_OWNER) return ring->cheapest_eur <= (kind == WKS_MARKET_ROOM ? seeker->room_eur : seeker->rent_eur);
    return wks_market_means_most(&pass->norms, seeker->loan_eur, seeker->own_eur, seeker->is_tax_free) >= ring->cheapest_eur;
}

/* The best so far of one seeker. */
typedef struct search {
    wks_market_seeker seeker;
    const wks_market_vacancy *best;
    double best_utility, waiting;
    int32_t kind;
    uint32_t lot;
} search;

static void look_at(const wks_market_pass *pass, search *self, int32_t kind, const wks_market_vacancy *vacancy)
{
    const wks_world *world = pass->world;
    uint32_t word[4];
    double systematic;

    if (!wks_market_choice_utility(pass, &self->seeker, kind, vacancy, &systematic)) return;
    wks_rng_four(&world->seed, wks_rng_pair_key(self->seeker.key, vacancy->key), (uint32_t)world->tick, WKS_RNG_MARKET_TASTE, word);
    if (systematic + pass->taste_bound[word[0] >> 24] <= self->best_utility) return; /* cannot win: spares two logarithms */
    const double utility = systematic + wks_draw_gumbel(word[0]);
    if (utility <= self->best_utility) return;
    self->best_utility = utility;
    self->best = vacancy;
    self->kind = kind;
    self->lot = word[1];
}

static void look_around(const wks_market_pass *pass, search *self, int32_t kind, wks_rng *rng)
{
    const int32_t n = (int32_t)pass->p[WKS_MARKET_P_SAMPLE];
    const bool looks = is_within_reach(pass, &self->seeker, kind);
    uint64_t last = 0;

    for (int32_t k = 0; k < n; k++) {
        /* The point is drawn all the same: a cheaper vacancy elsewhere must not shift the samples that follow. */
        const uint64_t point = wks_rng_u64(rng);
        const wks_market_vacancy *vacancy = looks ? wks_market_vacancy_at(&pass->ring[kind], point) : NULL;
        if (vacancy == NULL || vacancy->key == last) continue;
        last = vacancy->key;
        look_at(pass, self, kind, vacancy);
    }
}

static void begin(const wks_market_pass *pass, int32_t household_row, search *self)
{
    const wks_world *world = pass->world;
    uint32_t word[4];

    *self = (search){.seeker = wks_market_choice_seeker(pass, household_row)};
    wks_rng_four(&world->seed, wks_rng_pair_key(self->seeker.key, 1 + (uint64_t)(pass->round / 4)), (uint32_t)world->tick,
                 WKS_RNG_MARKET_TASTE, word);
    self->waiting = pass->p[self->seeker.has_home ? WKS_MARKET_P_STAY : WKS_MARKET_P_STAY_LATENT] + wks_draw_gumbel(word[pass->round & 3]);
    self->best_utility = self->waiting;
}

wks_market_choice wks_market_choice_of(const wks_market_pass *pass, int32_t household_row)
{
    const wks_world *world = pass->world;
    const uint64_t key = world->household.key[household_row];
    const uint64_t from = pass->round < 2 ? key : wks_rng_pair_key(key, (uint64_t)pass->round); /* every round meets others */
    wks_rng rng = wks_rng_open(&world->seed, from, (uint32_t)world->tick, pass->round == 0 ? WKS_RNG_MARKET_SAMPLE : WKS_RNG_MARKET_ORDER);
    wks_market_choice choice = {.household_key = key, .household_row = household_row, .unit_row = WKS_NONE};
    search self;

    begin(pass, household_row, &self);
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++)
        look_around(pass, &self, kind, &rng);
    if (self.best == NULL) return choice;
    choice.unit_row = self.best->unit_row;
    choice.vacancy_key = self.best->key;
    choice.kind = self.kind;
    if (self.kind == WKS_MARKET_OWNER) {
        choice.bid = wks_market_bid_for_sale(pass, &self.seeker, self.best, self.best_utility - self.waiting);
        choice.is_valid = choice.bid >= self.best->reserve_eur;
    } else {
        choice.bid = wks_market_bid_for_rent(pass, &self.seeker, self.kind, self.best, self.lot);
        choice.rent_eur = self.best->price_eur;
        choice.is_valid = true;
    }
    return choice;
}
