#include "process/search_activation.h"

#include <string.h>

#include "base/month.h"
#include "num/math.h"
#include "process/search_ties.h"
#include "process/search_urgency.h"
#include "process/search_where.h"
#include "world/belief.h"
#include "world/leefbaarheid.h"

/* Of searching households with a home at tick 0: what the process settles at. */
static const double HOUSED_PRESSED = 0.35;

/* Net rent beyond so many tenths of income above `cost_from` changes nothing more: assumption. */
enum { COST_TENTHS = 3 };

/* From this age on how long one lives somewhere does not matter for leaving the region (care, family, retirement): assumption. */
enum { ROOTED = 50 };

/* The hazard of who just came, before `duration_floor`: fitted to five-year survival of tenancies and turnover together [S112, S3]. */
static const double NEWCOMER = 3;

enum { ADULT = 18, OLDEST = WKS_SEARCH_AGES - 1, LONGEST = WKS_SEARCH_STAYS - 1 };

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

/* Change, fit, cost, tenure and leefbaarheid of a housed household, as one factor. */
static double circumstances(const wks_search_pass *self, int32_t i)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t unit = household->unit_row[i];
    const int32_t dwelling = world->unit.dwelling_row[unit];
    const int32_t buurt = world->dwelling.buurt_row[dwelling];
    const int32_t rooms = world->unit.kind[unit] == WKS_UNIT_ROOM ? 1 : world->dwelling.rooms[dwelling];
    double factor = change_of(self, i) * self->pull[buurt] * cost_of(self, i, unit);

    if (household->is_student[i]) factor *= self->p[WKS_SEARCH_P_STUDENT];
    if (household->n_persons[i] > rooms) factor *= self->p[WKS_SEARCH_P_MISFIT];
    return factor * tenure_factor(self, unit);
}

/* Who has little hope postpones: the share of the would-be starters that starts now. Points that are earned by reacting are a reason not to wait. */
static double hope(const wks_search_pass *self, int32_t i)
{
    const double full = wks_belief_success(self->world, i) / self->p[WKS_SEARCH_P_BELIEF_FULL];
    const double floor = self->p[WKS_SEARCH_P_BELIEF_FLOOR];
    const double share = floor + (1 - floor) * (full < 1 ? full : 1);

    return self->earns ? 1 - (1 - share) * (1 - self->p[WKS_SEARCH_P_POINTS_PULL]) : share;
}

/* What may happen to a household this month, as chances of one draw. */
typedef struct odds {
    double leave, stop, calm, press, orient;
} odds;

/* The city's own level of leaving for households like this one: the balance of tick 0 (decision 0011). */
static double leave_level(const wks_search_pass *self, int32_t i, int32_t age)
{
    const double level = self->world->balance.leave[wks_household_type_of(&self->world->household, i)][wks_balance_band(age)];
    return level > 0 ? level : 1;
}

static void odds_of_housed(const wks_search_pass *self, int32_t i, int32_t age, wks_search where, odds *out)
{
    const double *p = self->p;
    const wks_household_table *household = &self->world->household;
    const wks_urge urge = (wks_urge)household->urge[i];
    const int32_t kin_buurt = household->kin_buurt_row[i];
    const bool kin_here = kin_buurt >= 0 && kin_buurt == wks_world_buurt_of(self->world, i);
    const double kin = kin_here ? p[WKS_SEARCH_P_KIN] : 1;
    const double here = circumstances(self, i), stay = stay_of(self, i), factor = here * (age < ROOTED ? stay : 1);
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

static void odds_of(const wks_search_pass *self, int32_t i, int32_t age, wks_search where, odds *out)
{
    const wks_urge urge = (wks_urge)self->world->household.urge[i];

    *out = (odds){0};
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

/* Most stay whatever their home is like: told from the household's own row. */
static bool certainly_stays(const wks_search_pass *self, int32_t i, int32_t age, double u)
{
    const wks_household_table *household = &self->world->household;

    return household->search_month[i] == WKS_NO_MONTH && household->place[i] == WKS_PLACE_HOUSED &&
           !wks_search_where_must_go(household, i) &&
           u >= (2 * self->leave[age] * self->most_leave[wks_balance_band(age)] +
                 self->start[age] * stay_of(self, i) * change_of(self, i) * self->most_rest) *
                    self->most_ties;
}

wks_urge wks_search_activation_first_urge(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    double pressed = 1;

    switch ((wks_place)household->place[i]) {
    case WKS_PLACE_AT_PARENTS: pressed = 0; break;
    case WKS_PLACE_OUTSIDE: pressed = self->p[WKS_SEARCH_P_OUTSIDE_PRESSED]; break;
    case WKS_PLACE_HOUSED: pressed = HOUSED_PRESSED; break;
    case WKS_PLACE_EX_PARTNER:
    case WKS_PLACE_HOSTED:
    case WKS_PLACE_SHELTER:
    case WKS_PLACE_COA:
    case WKS_N_PLACES: break;
    }
    if (pressed >= 1) return WKS_URGE_PRESSED;
    const double u = wks_rng_once(&self->world->seed, household->key[i], (uint32_t)self->world->tick, WKS_RNG_SEARCH_ACTIVATE);
    return u < pressed ? WKS_URGE_PRESSED : WKS_URGE_ORIENTED;
}

static void begin(wks_world *world, int32_t i)
{
    world->household.search_month[i] = wks_month_cell(world->month);
    world->household.n_reactions[i] = 0;
    world->household.n_refusals[i] = 0;
}

/* What follows from the draw; true when the household looks for a home this month. */
static bool draw(const wks_search_pass *self, int32_t i, const odds *of, double u)
{
    wks_world *world = self->world;
    wks_household_table *household = &world->household;
    const bool searching = household->search_month[i] != WKS_NO_MONTH;
    double edge = of->leave;

    household->search[i] = WKS_SEARCH_STAY;
    if (u < edge) {
        household->search[i] = WKS_SEARCH_LEAVE;
        return false;
    }
    if (u < (edge += of->stop)) {
        household->search_month[i] = WKS_NO_MONTH;
        household->urge[i] = WKS_URGE_NONE;
        return false;
    }
    if (u < (edge += of->calm)) {
        household->urge[i] = WKS_URGE_ORIENTED;
    } else if (u < (edge += of->press)) {
        household->urge[i] = WKS_URGE_PRESSED;
    } else if (u < edge + of->orient) {
        household->urge[i] =
            household->place[i] == WKS_PLACE_OUTSIDE ? (uint8_t)wks_search_activation_first_urge(self, i) : WKS_URGE_ORIENTED;
    } else if (!searching) {
        return false;
    }
    if (!searching) begin(world, i);
    return true;
}

/* Who has a home and only looks around does so in the queue; of who looks in earnest, those on the market too who would have begun if there were
 * no queue (`pressed_social` raises beginning for the queue's sake). One draw a search: search_month is no tick, so that no draw is used twice. */
static bool looks_on_market(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const double u = wks_rng_once(&self->world->seed, household->key[i], (uint32_t)household->search_month[i], WKS_RNG_SEARCH_ACTIVATE);

    if (wks_search_where_must_go(household, i)) return true;
    return household->urge[i] == WKS_URGE_PRESSED && u * self->p[WKS_SEARCH_P_PRESSED_SOCIAL] < 1;
}

void wks_search_activation_decide(const wks_search_pass *self, int32_t i)
{
    wks_world *world = self->world;
    wks_household_table *household = &world->household;
    const int32_t years = wks_month_age(household->head_birth_month[i], world->month);
    const int32_t age = years < ADULT ? ADULT : years < OLDEST ? years : OLDEST;
    const double u = wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_SEARCH);
    odds of;

    self->flag[i] = 0;
    wks_search_urgency_decide(self, i);
    if (household->search_month[i] == WKS_NO_MONTH) {
        household->urge[i] = WKS_URGE_NONE;
    } else if (household->urge[i] == WKS_URGE_NONE) {
        household->urge[i] = (uint8_t)wks_search_activation_first_urge(self, i);
    }
    if (certainly_stays(self, i, age, u)) {
        household->search[i] = WKS_SEARCH_STAY;
        return;
    }
    const wks_search where = wks_search_where_of(self, i);
    odds_of(self, i, age, where, &of);
    if (!draw(self, i, &of, u)) return;
    const bool only_social = where == WKS_SEARCH_BOTH && household->place[i] == WKS_PLACE_HOUSED && !looks_on_market(self, i);
    household->search[i] = (uint8_t)(only_social ? WKS_SEARCH_SOCIAL : where);
    /* Who wants a social home and is in no system yet registers at once. */
    if (where != WKS_SEARCH_MARKET && household->registered_month[i] == WKS_NO_MONTH &&
        (household->place[i] != WKS_PLACE_COA || self->is_ban))
        self->flag[i] = 1;
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

void wks_search_activation_prepare(wks_search_pass *self, double *pull)
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
    self->most_ties = wks_search_ties_most(self);
    for (int32_t age = 0; age < WKS_SEARCH_AGES; age++) {
        self->start[age] = wks_math_clamp(p[WKS_SEARCH_P_START] * at_age(within, age), 0, 0.95) / 12;
        self->leave[age] = wks_math_clamp(p[WKS_SEARCH_P_LEAVE] * wks_balance_between(age), 0, 0.95) / 12;
    }
    for (int32_t years = 0; years < WKS_SEARCH_STAYS; years++) {
        self->stay[years] =
            p[WKS_SEARCH_P_FLOOR] + (1 - p[WKS_SEARCH_P_FLOOR]) * NEWCOMER * wks_math_exp(-(years + 0.5) / p[WKS_SEARCH_P_DURATION]);
    }
    for (int32_t band = 0; band < WKS_BALANCE_BANDS; band++) {
        self->most_leave[band] = 1;
        for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++)
            self->most_leave[band] = larger(self->most_leave[band], world->balance.leave[type][band]);
    }
    self->give_up = wks_math_monthly(p[WKS_SEARCH_P_GIVE_UP]);
    self->calm = wks_math_monthly(p[WKS_SEARCH_P_CALM]);
    self->latent_look = wks_math_monthly(p[WKS_SEARCH_P_LATENT_LOOK]);
    self->latent_press = wks_math_monthly(p[WKS_SEARCH_P_LATENT_PRESS]);
    self->most_rest =
        larger(1, p[WKS_SEARCH_P_MISFIT]) * (1 + COST_TENTHS * p[WKS_SEARCH_P_COST]) * larger(1, p[WKS_SEARCH_P_STUDENT]) *
        larger(1, (p[WKS_SEARCH_P_PRESSED_SOCIAL] + p[WKS_SEARCH_P_ORIENTED_SOCIAL]) * larger(1, p[WKS_SEARCH_P_OWNER_SOCIAL])) *
        larger(larger(p[WKS_SEARCH_P_SOCIAL], p[WKS_SEARCH_P_PRIVATE_RENT]), larger(p[WKS_SEARCH_P_ROOM], p[WKS_SEARCH_P_OWNER])) *
        most_pull;
}

/* Leaves as the exchange of tick 0 wants it: the level of each type and age of household that makes its hazards at the start add up to that. */
void wks_search_activation_balance(wks_search_pass *self)
{
    enum { UNITS = 1 << 24 };
    wks_world *world = self->world;
    wks_balance *balance = &world->balance;
    int64_t sum[WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS] = {{0}};
    odds of;

    memset(balance->leave, 0, sizeof balance->leave);
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (world->household.key[i] == 0 || world->household.place[i] != WKS_PLACE_HOUSED) continue;
        const int32_t years = wks_month_age(world->household.head_birth_month[i], world->month);
        const int32_t age = years < ADULT ? ADULT : years < OLDEST ? years : OLDEST;
        odds_of(self, i, age, WKS_SEARCH_MARKET, &of);
        sum[wks_household_type_of(&world->household, i)][wks_balance_band(age)] += (int64_t)(UNITS * of.leave);
    }
    for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++) {
        for (int32_t band = 0; band < WKS_BALANCE_BANDS; band++) {
            if (sum[type][band] > 0)
                balance->leave[type][band] = wks_math_clamp(
                    balance->out[type][band] * self->p[WKS_SEARCH_P_LEAVE] * UNITS / (12 * (double)sum[type][band]), 0.001, 40);
        }
    }
}
