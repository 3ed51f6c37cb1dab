#include "process/search_odds.h"

#include "base/month.h"
#include "num/math.h"
#include "process/search_ties.h"
#include "process/search_where.h"
#include "process/sieve.h"
#include "world/belief.h"
#include "world/leefbaarheid.h"

/* Net rent beyond so many tenths of income above `cost_from` changes nothing more: assumption. */
enum { COST_TENTHS = 3 };

/* From this age on how long one lives somewhere does not matter for leaving the region (care, family, retirement): assumption. */
enum { ROOTED = 50 };

/* The hazard of who just came, before `duration_floor`: fitted to five-year survival of tenancies and turnover together [S112, S3]. */
static const double NEWCOMER = 3;

enum { LONGEST = WKS_SEARCH_STAYS - 1 };

/* Yearly shares that moved in 2017, % of mean population, at the ages of [S87]; linear in between. */
enum { N_POINTS = 15 };
static const double age_at[N_POINTS] = {18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70, 121};
static const double within[N_POINTS] = {5.1, 7.8, 10.9, 14.2, 12.9, 11.2, 8.3, 6.3, 4.9, 3.4, 2.7, 2.2, 2.2, 2.2, 2.2};

static double at_age(const double *table, int32_t age)
{
    int32_t k = 0;
    if (age <= 18) return table[0] / 100;
    while (k < N_POINTS - 2 && age >= age_at[k + 1])
        k++;
    return (table[k] + (table[k + 1] - table[k]) * (age - age_at[k]) / (age_at[k + 1] - age_at[k])) / 100;
}

static double tenure_factor(const wks_search_pass *self, int32_t unit)
{
    const wks_world *world = self->world;
    if (world->unit.kind[unit] == WKS_UNIT_ROOM) return self->p[WKS_SEARCH_P_ROOM];
    switch ((wks_tenure)world->dwelling.tenure[world->unit.dwelling_row[unit]]) {
    case WKS_TENURE_SOCIAL: return self->p[WKS_SEARCH_P_SOCIAL];
    case WKS_TENURE_OWNER: return self->p[WKS_SEARCH_P_OWNER];
    case WKS_TENURE_CORPORATIE_FREE:
    case WKS_TENURE_PRIVATE_RENT:
    case WKS_N_TENURES: break;
    }
    return self->p[WKS_SEARCH_P_PRIVATE_RENT];
}

static double stay_of(const wks_search_pass *self, int32_t i)
{
    const int32_t years = (self->world->month - self->world->household.since_month[i]) / 12;

    return self->stay[years < 0 ? 0 : years < LONGEST ? years : LONGEST];
}

/* A change of the household itself since it moved here; what it earns is not in here. */
static double change_of(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const int32_t since = household->change_month[i];

    if (since <= household->since_month[i] || self->world->month - since >= (int32_t)self->p[WKS_SEARCH_P_CHANGE_MONTHS]) return 1;
    return self->p[WKS_SEARCH_P_CHANGE];
}

/* Tenants whose net rent is too much for what comes in. */
static double cost_of(const wks_search_pass *self, int32_t i, int32_t unit)
{
    const wks_world *world = self->world;
    const double rent = (double)world->unit.rent_eur[unit], income = (double)world->household.income_eur[i];

    if (!(self->p[WKS_SEARCH_P_COST] > 0) || !(rent > 0)) return 1;
    const double benefit =
        wks_law_huurtoeslag(&self->tick->law, income, rent, world->household.n_persons[i] + world->household.n_home_children[i],
                            wks_month_age(world->household.head_birth_month[i], world->month));
    const double net = 12 * (rent - benefit), excess = net - self->p[WKS_SEARCH_P_COST_FROM] * income;
    if (!(excess > 0)) return 1;
    return 1 + self->p[WKS_SEARCH_P_COST] * (excess < COST_TENTHS * 0.1 * income ? excess / (0.1 * income) : COST_TENTHS);
}

/* Change, fit, tenure and leefbaarheid of a housed household, as one factor times that of cost. */
static double circumstances_at(const wks_search_pass *self, int32_t i, double cost)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t unit = household->unit_row[i];
    const int32_t dwelling = world->unit.dwelling_row[unit];
    const int32_t buurt = world->dwelling.buurt_row[dwelling];
    const int32_t rooms = world->unit.kind[unit] == WKS_UNIT_ROOM ? 1 : world->dwelling.rooms[dwelling];
    double factor = change_of(self, i) * self->pull[buurt] * cost;

    if (household->is_student[i]) factor *= self->p[WKS_SEARCH_P_STUDENT];
    if (household->n_persons[i] > rooms) factor *= self->p[WKS_SEARCH_P_MISFIT];
    return factor * tenure_factor(self, unit);
}

static double hope(const wks_search_pass *self, int32_t i)
{
    const int32_t type = (int32_t)wks_household_type_of(&self->world->household, i);

    return self->hope[type][wks_belief_class(wks_world_registered_months(self->world, i))];
}

/* The city's own level of leaving for households like this one: the balance of tick 0 (decision 0011). */
static double leave_level(const wks_search_pass *self, int32_t i, int32_t age)
{
    const double level = self->world->balance.leave[wks_household_type_of(&self->world->household, i)][wks_balance_band(age)];
    return level > 0 ? level : 1;
}

static void odds_of_housed(const wks_search_pass *self, int32_t i, int32_t age, wks_search where, wks_search_odds *out)
{
    const double *p = self->p;
    const wks_household_table *household = &self->world->household;
    const wks_urge urge = (wks_urge)household->urge[i];
    const int32_t kin_buurt = household->kin_buurt_row[i];
    const bool kin_here = kin_buurt >= 0 && kin_buurt == wks_world_buurt_of(self->world, i);
    const double kin = kin_here ? p[WKS_SEARCH_P_KIN] : 1;
    const double here = circumstances_at(self, i, cost_of(self, i, household->unit_row[i])), stay = stay_of(self, i),
                 factor = here * (age < ROOTED ? stay : 1);
    const double ties = wks_search_ties_of(self, i);
    const double start = self->start[age] * kin * here * stay * ties;

    out->leave = self->leave[age] * (kin_buurt >= 0 && !kin_here ? p[WKS_SEARCH_P_LEAVE_KIN] : kin) * (factor < 2 ? factor : 2) *
                 (household->is_student[i] ? p[WKS_SEARCH_P_STUDENT_LEAVE] : 1);
    if (household->n_children[i] > 0) out->leave *= p[WKS_SEARCH_P_CHILDREN];
    out->leave *= leave_level(self, i, age) * ties;
    if (wks_search_where_must_go(household, i)) {
        out->press = urge == WKS_URGE_PRESSED ? 0 : 1;
        return;
    }
    if (urge != WKS_URGE_NONE) out->stop = self->give_up;
    if (where == WKS_SEARCH_MARKET) {
        out->press = urge == WKS_URGE_PRESSED ? 0 : start; /* the market has no queue to be oriented in */
        return;
    }
    const double start_social = wks_world_tenure_of(self->world, i) == WKS_TENURE_OWNER ? start * p[WKS_SEARCH_P_OWNER_SOCIAL] : start;
    switch (urge) {
    case WKS_URGE_NONE: {
        const double hopeful = hope(self, i);
        out->press = start_social * p[WKS_SEARCH_P_PRESSED_SOCIAL] * hopeful;
        if (household->registered_month[i] != WKS_NO_MONTH) out->orient = start_social * p[WKS_SEARCH_P_ORIENTED_SOCIAL] * hopeful;
        break;
    }
    case WKS_URGE_ORIENTED: out->press = start_social * p[WKS_SEARCH_P_PRESSED_SOCIAL] * p[WKS_SEARCH_P_PRESS_MORE]; break;
    case WKS_URGE_PRESSED: out->calm = household->urgency[i] == WKS_URGENCY_NONE ? self->calm : 0; break;
    case WKS_N_URGES: break;
    }
}

void wks_search_odds_of(const wks_search_pass *self, int32_t i, int32_t age, wks_search where, wks_search_odds *out)
{
    const wks_urge urge = (wks_urge)self->world->household.urge[i];

    *out = (wks_search_odds){0};
    switch ((wks_place)self->world->household.place[i]) {
    case WKS_PLACE_HOUSED: odds_of_housed(self, i, age, where, out); break;
    case WKS_PLACE_AT_PARENTS:
        out->leave = 0.5 * self->leave[age]; /* children at home leave half as often as who heads a home: assumption */
        if (urge == WKS_URGE_NONE) out->orient = self->latent_look * (where == WKS_SEARCH_MARKET ? 1 : hope(self, i));
        if (urge == WKS_URGE_ORIENTED) out->press = self->latent_press;
        break;
    case WKS_PLACE_EX_PARTNER:
    case WKS_PLACE_HOSTED:
    case WKS_PLACE_SHELTER: out->press = 1; break;
    /* Who is not linked to the city waits. */
    case WKS_PLACE_COA: out->press = self->world->household.referral[i] != WKS_REFERRAL_NONE; break;
    case WKS_PLACE_OUTSIDE:
        if (urge == WKS_URGE_NONE) out->orient = 1;
        break;
    case WKS_N_PLACES: break;
    }
}

/* A chance is a product whose factors stand in another order than in its bound: a billionth is room enough for what rounding does. */
static const double ROOM = 1 + 1e-9;

/* Leaving, stopping and calming together with starting when the circumstances make no more than `here`, and looking for a social home raises starting by no
 * more than `wish`. Kin, children and studying only lower what is left out here. */
static double most_of(const wks_search_pass *self, int32_t i, int32_t age, double here, double wish)
{
    const double stay = stay_of(self, i), factor = here * (age < ROOTED ? stay : 1);

    return self->most_leave[age] * (factor < 2 ? factor : 2) + self->start[age] * here * stay * self->most_ties * wish;
}

/* Told from what happened to it, too. */
static bool is_above_all(const wks_search_pass *self, int32_t i, double u, int32_t age, double flat, double wish)
{
    const double owner = self->p[WKS_SEARCH_P_OWNER_SOCIAL];

    return u >= ROOM * (flat + most_of(self, i, age, self->most_here * change_of(self, i), owner > 1 ? wish * owner : wish));
}

/* With its home and its hope, but not the rent over what comes in. */
static bool is_above_own(const wks_search_pass *self, int32_t i, double u, int32_t age, double flat, double wish, bool is_market)
{
    const wks_world *world = self->world;
    const int32_t unit = world->household.unit_row[i], dwelling = world->unit.dwelling_row[unit];
    const double cost = world->unit.rent_eur[unit] > 0 ? self->most_cost : 1;

    if (!is_market) {
        if (world->dwelling.tenure[dwelling] == WKS_TENURE_OWNER) wish *= self->p[WKS_SEARCH_P_OWNER_SOCIAL];
        if (world->household.urge[i] == WKS_URGE_NONE) wish *= hope(self, i);
    }
    return u >= ROOM * (flat + most_of(self, i, age, circumstances_at(self, i, cost), wish));
}

bool wks_search_odds_spare(const wks_search_pass *self, int32_t i, int32_t age, uint64_t draw)
{
    const wks_household_table *household = &self->world->household;
    const wks_law *law = &self->tick->law;
    const wks_urge urge = (wks_urge)household->urge[i];

    if (household->place[i] == WKS_PLACE_AT_PARENTS)
        return wks_rng_unit64(draw) >= ROOM * (0.5 * self->leave[age] + (urge == WKS_URGE_NONE ? self->latent_look : self->latent_press));
    if (household->place[i] != WKS_PLACE_HOUSED || wks_search_where_must_go(household, i)) return false;
    const double limit = household->n_persons[i] > 1 ? law->income_multi_eur : law->income_single_eur;
    const bool is_market = (double)household->income_eur[i] > limit, is_registered = household->registered_month[i] != WKS_NO_MONTH;
    if ((uint32_t)(draw >> 32) > self->last[is_market][urge][is_registered][age]) return true;
    const double u = wks_rng_unit64(draw), flat = self->flat[is_market][urge], wish = self->wish[is_market][urge][is_registered];
    return is_above_all(self, i, u, age, flat, wish) || is_above_own(self, i, u, age, flat, wish, is_market);
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Residents who see their buurt fall from class 7 to 6, or from 8 to 7, leave faster; 1 without the option. */
static double tipped(const wks_world *world, double tipping, int32_t b)
{
    const double now = wks_world_leefbaarheid(world, b), start = wks_leefbaarheid_start(world, b);
    double factor = 1;

    for (int32_t class = 7; class <= 8; class ++) {
        const double bound = wks_leefbaarheid_bound[class - 2];
        if (start >= bound && now < bound) factor *= 1 + tipping;
    }
    return factor;
}

/* Who has little hope postpones: the share of the would-be starters that starts now. Points that are earned by reacting are a reason not to wait. */
static double hope_at(const wks_search_pass *self, int32_t type, int32_t duration)
{
    const double full = wks_belief_success_of(self->world, type, duration) / self->p[WKS_SEARCH_P_BELIEF_FULL];
    const double floor = self->p[WKS_SEARCH_P_BELIEF_FLOOR];
    const double share = floor + (1 - floor) * (full < 1 ? full : 1);

    return self->earns ? 1 - (1 - share) * (1 - self->p[WKS_SEARCH_P_POINTS_PULL]) : share;
}

/* The largest level of leaving of an age band over all types, at least 1. */
static double most_level(const wks_world *world, int32_t band)
{
    double most = 1;

    for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++)
        most = larger(most, world->balance.leave[type][band]);
    return most;
}

/* What bounds the chances of a household whose home is not looked at: see search_state.h. */
static void prepare_bounds(wks_search_pass *self, double most_pull)
{
    const double *p = self->p;

    self->most_ties = wks_search_ties_most(self);
    self->most_cost = 1 + COST_TENTHS * p[WKS_SEARCH_P_COST];
    self->most_here =
        larger(1, p[WKS_SEARCH_P_MISFIT]) * self->most_cost * larger(1, p[WKS_SEARCH_P_STUDENT]) * most_pull *
        larger(larger(p[WKS_SEARCH_P_SOCIAL], p[WKS_SEARCH_P_PRIVATE_RENT]), larger(p[WKS_SEARCH_P_ROOM], p[WKS_SEARCH_P_OWNER]));
    for (int32_t age = 0; age < WKS_SEARCH_AGES; age++)
        self->most_leave[age] = self->leave[age] * most_level(self->world, wks_balance_band(age)) * self->most_ties;
    for (int32_t is_market = 0; is_market < 2; is_market++) {
        for (int32_t urge = 0; urge < WKS_N_URGES; urge++) {
            self->flat[is_market][urge] =
                (urge == WKS_URGE_NONE ? 0 : self->give_up) + (urge == WKS_URGE_PRESSED && !is_market ? self->calm : 0);
        }
    }
    for (int32_t registered = 0; registered < 2; registered++) {
        double(*wish)[WKS_N_URGES][2] = self->wish;
        wish[true][WKS_URGE_NONE][registered] = wish[true][WKS_URGE_ORIENTED][registered] = 1;
        wish[false][WKS_URGE_NONE][registered] = p[WKS_SEARCH_P_PRESSED_SOCIAL] + (registered != 0 ? p[WKS_SEARCH_P_ORIENTED_SOCIAL] : 0);
        wish[false][WKS_URGE_ORIENTED][registered] = p[WKS_SEARCH_P_PRESSED_SOCIAL] * p[WKS_SEARCH_P_PRESS_MORE];
        wish[true][WKS_URGE_PRESSED][registered] = wish[false][WKS_URGE_PRESSED][registered] = 0;
    }
}

/* Of all households of an age that search alike: at any address, after any change. */
static void prepare_last(wks_search_pass *self)
{
    const double *p = self->p;
    const double change = larger(1, p[WKS_SEARCH_P_CHANGE]), owner = larger(1, p[WKS_SEARCH_P_OWNER_SOCIAL]);
    double most_stay = 0;

    for (int32_t years = 0; years < WKS_SEARCH_STAYS; years++)
        most_stay = larger(most_stay, self->stay[years]);
    for (int32_t k = 0; k < 2 * WKS_N_URGES * 2; k++) {
        const int32_t is_market = k / (2 * WKS_N_URGES), urge = k / 2 % WKS_N_URGES, registered = k % 2;
        for (int32_t age = 0; age < WKS_SEARCH_AGES; age++) {
            const double start = self->start[age] * self->most_here * change * most_stay * self->most_ties * owner;
            self->last[is_market][urge][registered][age] = wks_sieve_last(
                ROOM * (self->flat[is_market][urge] + 2 * self->most_leave[age] + start * self->wish[is_market][urge][registered]));
        }
    }
}

void wks_search_odds_prepare(wks_search_pass *self, double *pull)
{
    const double *p = self->p;
    const wks_world *world = self->world;
    double most_pull = 1;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        pull[b] = wks_math_exp(-p[WKS_SEARCH_P_LEEFBAARHEID] * (wks_world_leefbaarheid(world, b) - world->leefbaarheid_mean) / 0.14) *
                  tipped(world, p[WKS_SEARCH_P_TIPPING], b);
        most_pull = larger(most_pull, pull[b]);
    }
    self->pull = pull;
    for (int32_t age = 0; age < WKS_SEARCH_AGES; age++) {
        self->start[age] = wks_math_clamp(p[WKS_SEARCH_P_START] * at_age(within, age), 0, 0.95) / 12;
        self->leave[age] = wks_math_clamp(p[WKS_SEARCH_P_LEAVE] * wks_balance_between(age), 0, 0.95) / 12;
    }
    for (int32_t years = 0; years < WKS_SEARCH_STAYS; years++) {
        self->stay[years] =
            p[WKS_SEARCH_P_FLOOR] + (1 - p[WKS_SEARCH_P_FLOOR]) * NEWCOMER * wks_math_exp(-(years + 0.5) / p[WKS_SEARCH_P_DURATION]);
    }
    for (int32_t type = 0; type < WKS_BELIEF_TYPES; type++) {
        for (int32_t duration = 0; duration < WKS_BELIEF_DURATIONS; duration++)
            self->hope[type][duration] = hope_at(self, type, duration);
    }
    self->give_up = wks_math_monthly(p[WKS_SEARCH_P_GIVE_UP]);
    self->calm = wks_math_monthly(p[WKS_SEARCH_P_CALM]);
    self->latent_look = wks_math_monthly(p[WKS_SEARCH_P_LATENT_LOOK]);
    self->latent_press = wks_math_monthly(p[WKS_SEARCH_P_LATENT_PRESS]);
    prepare_bounds(self, most_pull);
    prepare_last(self);
}
