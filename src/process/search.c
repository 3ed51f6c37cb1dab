#include "process/search.h"

#include <string.h>

#include "base/month.h"
#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/tick_list.h"
#include "world/belief.h"
#include "world/relations.h"

enum {
    P_START,
    P_START_SOCIAL,
    P_LEAVE,
    P_GIVE_UP,
    P_SOCIAL,
    P_PRIVATE_RENT,
    P_ROOM,
    P_STUDENT,
    P_OWNER,
    P_DURATION,
    P_FLOOR,
    P_MISFIT,
    P_LEEFBAARHEID,
    P_KIN,
    P_CHILDREN,
    P_BELIEF_FLOOR,
    P_BELIEF_FULL,
    P_LATENT_LOOK,
    P_MARKET_INCOME,
    P_STUDENT_LEAVE,
    P_URGENT_FAMILY,
    P_URGENT_SINGLE,
    P_URGENT_MEDICAL,
    P_URGENT_MONTHS,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_START] = {"start", WKS_PARAM_REAL, "-", 1.1, 0, 20, NULL, false, "assumption",
                 "factor from the yearly share that moved within its gemeente by age [S87] to the hazard of starting to look"},
    [P_START_SOCIAL] =
        {"start_social", WKS_PARAM_REAL, "-", 10, 0, 50, NULL, false,
         "assumption, so that about one registered household in three reacts [S57b, S60] and some ten seekers stand for a letting [S12]",
         "further factor on starting to look for a social home: most who try do not succeed"},
    [P_LEAVE] = {"leave", WKS_PARAM_REAL, "-", 1.25, 0, 10, NULL, false, "assumption",
                 "factor on the yearly share that moved to another gemeente by age [S87]"},
    [P_GIVE_UP] = {"give_up", WKS_PARAM_REAL, "1/yr", 0.10, 0, 1, NULL, false, "assumption", "housed seekers who stop looking"},
    [P_SOCIAL] = {"social", WKS_PARAM_REAL, "-", 0.14, 0, 10, NULL, false, "assumption", "factor on starting for social tenants"},
    [P_PRIVATE_RENT] = {"private_rent", WKS_PARAM_REAL, "-", 1.3, 0, 10, NULL, false, "assumption", "factor for private tenants"},
    [P_ROOM] = {"room", WKS_PARAM_REAL, "-", 2.2, 0, 10, NULL, false, "assumption", "factor for who lives in a room"},
    [P_STUDENT] = {"student", WKS_PARAM_REAL, "-", 0.15, 0, 10, NULL, false, "assumption: a student with a home stays until the study ends",
                   "further factor on starting for students who have a home"},
    [P_OWNER] = {"owner", WKS_PARAM_REAL, "-", 0.6, 0, 10, NULL, false, "assumption", "factor for owner-occupiers"},
    [P_DURATION] = {"duration", WKS_PARAM_REAL, "yr", 8, 0.5, 100, NULL, false,
                    "assumption: 42 % of new tenants had left within 5 years [S112]",
                    "scale at which the hazard falls with years at the address"},
    [P_FLOOR] = {"duration_floor", WKS_PARAM_REAL, "share", 0.4, 0, 1, NULL, false, "assumption",
                 "what is left of the hazard after a long stay"},
    [P_MISFIT] = {"misfit", WKS_PARAM_REAL, "-", 2.5, 1, 20, NULL, false, "assumption: household change moves people [S112]",
                  "factor when there are more persons than rooms"},
    [P_LEEFBAARHEID] = {"b_leefbaarheid", WKS_PARAM_REAL, "-", 0.10, 0, 0.4, NULL, false, "assumption",
                        "leaving rises by exp(b) when leefbaarheid is 0.14 below the city's mean"},
    [P_KIN] = {"kin", WKS_PARAM_REAL, "-", 0.7, 0, 1, NULL, false, "assumption: living near family strongly lowers moving [S115]",
               "factor on starting and leaving with close kin in the same buurt"},
    [P_CHILDREN] = {"leave_children", WKS_PARAM_REAL, "-", 0.65, 0, 1, NULL, false, "assumption: families move over shorter distances",
                    "factor on leaving the region for households with children"},
    [P_BELIEF_FLOOR] = {"belief_floor", WKS_PARAM_REAL, "share", 0.35, 0, 1, NULL, false,
                        "assumption: who has little inschrijfduur postpones reacting [S57b]",
                        "share that starts looking for a social home without any hope of success"},
    [P_BELIEF_FULL] = {"belief_full", WKS_PARAM_REAL, "1/yr", 0.25, 0.01, 1, NULL, false, "assumption",
                       "chance of success in a year at which nobody postpones"},
    [P_LATENT_LOOK] = {"latent_look", WKS_PARAM_REAL, "1/yr", 0.75, 0, 1, NULL, false, "assumption",
                       "latent units at parents that start looking"},
    [P_MARKET_INCOME] = {"market_income", WKS_PARAM_REAL, "-", 0.8, 0, 3, NULL, false, "assumption",
                         "income over the DAEB limit from which a housed household looks on the market as well"},
    [P_STUDENT_LEAVE] = {"student_leave", WKS_PARAM_REAL, "-", 0.3, 0, 1, NULL, false,
                         "assumption: moves between gemeenten at 18-24 are to the place of study",
                         "factor on leaving for students with a home here"},
    [P_URGENT_FAMILY] = {"urgent_family", WKS_PARAM_REAL, "1/mo", 0.12, 0, 1, NULL, false,
                         "assumption, so that about one regular letting in ten goes to urgents [S44]",
                         "families without a home of their own that get social urgency"},
    [P_URGENT_SINGLE] = {"urgent_single", WKS_PARAM_REAL, "1/mo", 0.01, 0, 1, NULL, false, "assumption: most spoedzoekers get none",
                         "others in shelter or with an ex-partner that get social urgency"},
    [P_URGENT_MEDICAL] = {"urgent_medical", WKS_PARAM_REAL, "1/mo", 0.003, 0, 1, NULL, false, "assumption",
                          "frail households in a home that is not accessible that get medical urgency"},
    [P_URGENT_MONTHS] = {"urgent_months", WKS_PARAM_INT, "months", 12, 1, 120, NULL, false,
                         "usual in huisvestingsverordeningen; assumption as a default", "months until urgency expires"},
};

/* Yearly shares that moved in 2017, % of mean population, at the ages of [S87]; linear in between. */
enum { N_POINTS = 15, AGES = 121, STAYS = 64 };
static const double age_at[N_POINTS] = {18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70, 121};
static const double within[N_POINTS] = {5.1, 7.8, 10.9, 14.2, 12.9, 11.2, 8.3, 6.3, 4.9, 3.4, 2.7, 2.2, 2.2, 2.2, 2.2};
static const double between[N_POINTS] = {6.9, 10.3, 12.0, 13.0, 10.2, 8.6, 6.0, 4.0, 3.1, 2.4, 2.2, 1.8, 1.6, 1.3, 1.3};

typedef struct wks_search_pass {
    wks_world *world;
    const wks_tick *tick;
    const double *p;
    uint8_t *flag;      /* 1: register an adult now */
    const double *pull; /* by buurt: exp(-b (L - city mean)/0.14) */
    double start[AGES], leave[AGES], stay[STAYS];
    double give_up, latent_look;
    bool is_regie, is_ban; /* bills that are law in this scenario now */
    double most_rest;      /* bound on every factor of `start` beside age and stay */
} pass;

static double at_age(const double *table, int32_t age)
{
    int32_t k = 0;
    if (age <= 18) return table[0] / 100;
    while (k < N_POINTS - 2 && age >= age_at[k + 1])
        k++;
    return (table[k] + (table[k + 1] - table[k]) * (age - age_at[k]) / (age_at[k + 1] - age_at[k])) / 100;
}

static double tenure_factor(const pass *self, int32_t unit)
{
    const wks_world *world = self->world;
    if (world->unit.kind[unit] == WKS_UNIT_ROOM) return self->p[P_ROOM];
    switch ((wks_tenure)world->dwelling.tenure[world->unit.dwelling_row[unit]]) {
    case WKS_TENURE_SOCIAL: return self->p[P_SOCIAL];
    case WKS_TENURE_OWNER: return self->p[P_OWNER];
    case WKS_TENURE_CORPORATIE_FREE:
    case WKS_TENURE_PRIVATE_RENT:
    case WKS_N_TENURES: break;
    }
    return self->p[P_PRIVATE_RENT];
}

/* Duration, fit, kin and leefbaarheid of a housed household, as one factor. */
static double circumstances(const pass *self, int32_t i, double *out_kin)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t unit = household->unit_row[i];
    const int32_t dwelling = world->unit.dwelling_row[unit];
    const int32_t buurt = world->dwelling.buurt_row[dwelling];
    const int32_t years = (world->month - household->since_month[i]) / 12;
    const int32_t rooms = world->unit.kind[unit] == WKS_UNIT_ROOM ? 1 : world->dwelling.rooms[dwelling];
    double factor = self->stay[years < 0 ? 0 : years < STAYS ? years : STAYS - 1] * self->pull[buurt];

    if (household->is_student[i]) factor *= self->p[P_STUDENT];
    if (household->n_persons[i] > rooms) factor *= self->p[P_MISFIT];
    *out_kin = household->kin_buurt_row[i] == buurt ? self->p[P_KIN] : 1;
    return factor * tenure_factor(self, unit);
}

/* Social, market or both, by income, registration and need. */
static wks_search where_to_look(const pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const wks_law *law = &self->tick->law;
    const double limit = household->n_persons[i] > 1 ? law->income_multi_eur : law->income_single_eur;
    const double income = (double)household->income_eur[i];
    const bool registered = household->registered_month[i] != WKS_NO_MONTH;

    /* A referral is for the first home; who has one looks like others (the referral stays as where it came from). */
    if (household->urgency[i] != WKS_URGENCY_NONE && income <= limit) return WKS_SEARCH_SOCIAL;
    if (income > limit) return WKS_SEARCH_MARKET; /* no social home for who waits under a referral either */
    if (household->referral[i] != WKS_REFERRAL_NONE && household->place[i] != WKS_PLACE_HOUSED) return WKS_SEARCH_SOCIAL;
    if (household->is_student[i]) return WKS_SEARCH_BOTH; /* campus dwellings go through the same registration */
    if (household->place[i] == WKS_PLACE_OUTSIDE) return registered ? WKS_SEARCH_BOTH : WKS_SEARCH_MARKET;
    if (household->place[i] != WKS_PLACE_HOUSED || income > self->p[P_MARKET_INCOME] * limit) return WKS_SEARCH_BOTH;
    return WKS_SEARCH_SOCIAL;
}

/* Who has little hope postpones: the share of the would-be starters that starts now. */
static double hope(const pass *self, int32_t i, wks_search where)
{
    if (where == WKS_SEARCH_MARKET) return 1;
    const double belief = wks_belief_success(self->world, i);
    const double full = belief / self->p[P_BELIEF_FULL];
    return self->p[P_BELIEF_FLOOR] + (1 - self->p[P_BELIEF_FLOOR]) * (full < 1 ? full : 1);
}

/* Wet versterking regie (bill): who leaves care or detention and has no home is urgent by law. Ex-detainees: assumption (law_statute.c). */
static bool is_urgent_by_bill(const pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const uint8_t referral = household->referral[i];

    return self->is_regie && household->place[i] != WKS_PLACE_HOUSED &&
           (referral == WKS_REFERRAL_CARE_LEAVER || referral == WKS_REFERRAL_EX_DETAINEE);
}

/* Whether a referral stands for its own way to a home; under the priority ban (bill 36831) that of statushouders does not. */
static bool has_referral(const pass *self, int32_t i)
{
    const uint8_t referral = self->world->household.referral[i];

    return referral != WKS_REFERRAL_NONE && !(self->is_ban && referral == WKS_REFERRAL_STATUSHOUDER);
}

/* The municipality's decision on urgency, for who has none: a family or another without a home, or a frail household in a home it cannot use. */
static wks_urgency urgency_of(const pass *self, int32_t i)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const wks_place place = (wks_place)household->place[i];
    double p = 0;

    if (household->urgency[i] != WKS_URGENCY_NONE) return (wks_urgency)household->urgency[i];
    if (is_urgent_by_bill(self, i)) return WKS_URGENCY_SOCIAL;
    if (place == WKS_PLACE_HOUSED) {
        const int32_t unit = household->unit_row[i];
        const bool unfit =
            (household->vulnerability[i] & WKS_VULNERABLE_FRAIL) != 0 && !world->dwelling.accessible[world->unit.dwelling_row[unit]];
        p = unfit && (double)household->income_eur[i] <= self->tick->law.income_multi_eur ? self->p[P_URGENT_MEDICAL] : 0;
    } else if (!has_referral(self, i) && (place == WKS_PLACE_EX_PARTNER || place == WKS_PLACE_SHELTER || place == WKS_PLACE_HOSTED)) {
        p = household->n_children[i] > 0 ? self->p[P_URGENT_FAMILY] : place == WKS_PLACE_HOSTED ? 0 : self->p[P_URGENT_SINGLE];
    }
    if (!(p > 0) || wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_URGENCY) >= p) return WKS_URGENCY_NONE;
    return place == WKS_PLACE_HOUSED ? WKS_URGENCY_MEDICAL : WKS_URGENCY_SOCIAL;
}

/* Grants and ends urgency; who gets it looks for a social home from now on. */
static void decide_urgency(const pass *self, int32_t i)
{
    wks_world *world = self->world;
    wks_household_table *household = &world->household;

    if (household->urgency[i] != WKS_URGENCY_NONE && household->urgency_month[i] != WKS_NO_MONTH &&
        household->urgency_month[i] < world->month) {
        household->urgency[i] = WKS_URGENCY_NONE;
        household->urgency_month[i] = WKS_NO_MONTH;
        return;
    }
    const wks_urgency now = urgency_of(self, i);
    if (now == (wks_urgency)household->urgency[i]) return;
    household->urgency[i] = (uint8_t)now;
    household->urgency_month[i] = world->month + (int32_t)self->p[P_URGENT_MONTHS];
    if (household->search_month[i] == WKS_NO_MONTH) household->search_month[i] = world->month;
}

/* One draw between leaving, starting and stopping; who goes on looking just goes on. */
static void decide(const pass *self, int32_t i)
{
    wks_world *world = self->world;
    wks_household_table *household = &world->household;
    const int32_t years = wks_month_age(household->head_birth_month[i], world->month);
    const int32_t age = years < 18 ? 18 : years < AGES ? years : AGES - 1;
    const double u = wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_SEARCH);
    decide_urgency(self, i);
    const bool searching = household->search_month[i] != WKS_NO_MONTH;
    if (!searching && household->place[i] == WKS_PLACE_HOUSED) {
        /* Most stay whatever their home is like: told from the household's own row. */
        const int32_t stayed = (world->month - household->since_month[i]) / 12;
        const double stay = self->stay[stayed < 0 ? 0 : stayed < STAYS ? stayed : STAYS - 1];
        if (u >= 2 * self->leave[age] + self->start[age] * stay * self->most_rest) {
            household->search[i] = WKS_SEARCH_STAY;
            self->flag[i] = 0;
            return;
        }
    }
    const wks_search where = where_to_look(self, i);
    double start = 0, leave = 0, stop = 0;

    switch ((wks_place)household->place[i]) {
    case WKS_PLACE_HOUSED: {
        double kin = 1;
        const double factor = circumstances(self, i, &kin);
        leave = self->leave[age] * kin * (factor < 2 ? factor : 2) * (household->is_student[i] ? self->p[P_STUDENT_LEAVE] : 1);
        if (household->n_children[i] > 0) leave *= self->p[P_CHILDREN];
        if (searching) {
            stop = self->give_up;
        } else {
            start = self->start[age] * kin * factor * (where == WKS_SEARCH_MARKET ? 1 : self->p[P_START_SOCIAL] * hope(self, i, where));
        }
        break;
    }
    case WKS_PLACE_AT_PARENTS:
        leave = 0.5 * self->leave[age]; /* children at home leave half as often as who heads a home: assumption */
        if (!searching) start = self->latent_look * hope(self, i, where);
        break;
    case WKS_PLACE_EX_PARTNER:
    case WKS_PLACE_HOSTED:
    case WKS_PLACE_SHELTER:
    case WKS_PLACE_COA:
    case WKS_PLACE_OUTSIDE:
        if (!searching) start = 1;
        break;
    case WKS_N_PLACES: break;
    }
    self->flag[i] = 0;
    if (u < leave) {
        household->search[i] = WKS_SEARCH_LEAVE;
        return;
    }
    if (searching && u < leave + stop) {
        household->search[i] = WKS_SEARCH_STAY;
        household->search_month[i] = WKS_NO_MONTH;
        return;
    }
    if (!searching && u >= leave + start) {
        household->search[i] = WKS_SEARCH_STAY;
        return;
    }
    if (!searching) {
        household->search_month[i] = world->month;
        household->n_reactions[i] = 0;
        household->n_refusals[i] = 0;
    }
    household->search[i] = (uint8_t)where;
    /* Who wants a social home and is in no system yet registers at once; at the COA only who has to find one without precedence. */
    if (where != WKS_SEARCH_MARKET && household->registered_month[i] == WKS_NO_MONTH &&
        (household->place[i] != WKS_PLACE_COA || self->is_ban))
        self->flag[i] = 1;
}

static void look_at_households(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    (void)block;
    for (int64_t i = begin; i < end; i++) {
        self->flag[i] = 0;
        if (self->world->household.key[i] != 0) decide(self, (int32_t)i);
    }
}

static wks_status register_one(wks_world *world, int32_t row, wks_err *err)
{
    int32_t person = world->household.first_person_row[row];
    while (person >= 0 && world->month - world->person.birth_month[person] < 18 * 12)
        person = world->person.next_row[person];
    if (person < 0 || world->person.registration_row[person] >= 0) return WKS_OK;
    return wks_relations_register(world, person, world->month, err);
}

typedef struct wks_search_active {
    const wks_world *world;
    int64_t (*count)[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS]; /* a table a block */
} active_pass;

static void count_active(int64_t begin, int64_t end, int64_t block, void *context)
{
    active_pass *self = context;
    const wks_household_table *household = &self->world->household;

    memset(self->count[block], 0, sizeof self->count[block]);
    for (int64_t i = begin; i < end; i++) {
        if (household->key[i] == 0 || (household->search[i] != WKS_SEARCH_SOCIAL && household->search[i] != WKS_SEARCH_BOTH)) continue;
        const int32_t type = (int32_t)wks_household_type_of(household, (int32_t)i);
        self->count[block][type][wks_belief_class(wks_world_registered_months(self->world, (int32_t)i))]++;
    }
}

/* This month's active seekers, for what everybody will believe next month. */
static wks_status tell_belief(wks_tick *tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows;
    const int64_t n_blocks = wks_par_blocks(n, 0);
    int64_t total[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS] = {{0}};
    active_pass self = {world, wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks, sizeof total)};

    if (self.count == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts of seekers");
    wks_par_for(n, 0, world->threads, count_active, &self);
    for (int64_t b = 0; b < n_blocks; b++) {
        for (int32_t t = 0; t < WKS_BELIEF_TYPES; t++) {
            for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
                total[t][d] += self.count[b][t][d];
        }
    }
    wks_belief_take_active(world, (const int64_t(*)[WKS_BELIEF_DURATIONS])total);
out:
    return rc;
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows, n_buurten = world->buurt.base.n_rows;
    double *pull = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)n_buurten, sizeof *pull);
    wks_tick_item *item = NULL;
    int32_t n_items = 0;
    pass self = {.world = world, .tick = tick, .p = p, .flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1), .pull = pull};

    if (self.flag == NULL || pull == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    for (int32_t b = 0; b < n_buurten; b++) {
        pull[b] = wks_math_exp(-p[P_LEEFBAARHEID] * (wks_world_leefbaarheid(world, b) - world->leefbaarheid_mean) / 0.14);
    }
    for (int32_t age = 0; age < AGES; age++) {
        self.start[age] = wks_math_clamp(p[P_START] * at_age(within, age), 0, 0.95) / 12;
        self.leave[age] = wks_math_clamp(p[P_LEAVE] * at_age(between, age), 0, 0.95) / 12;
    }
    for (int32_t years = 0; years < STAYS; years++) {
        self.stay[years] = p[P_FLOOR] + (1 - p[P_FLOOR]) * 1.6 * wks_math_exp(-(years + 0.5) / p[P_DURATION]);
    }
    self.is_regie = wks_scenario_is_law(tick->scenario, WKS_LAW_BILL_VERSTERKING_REGIE, world->month);
    self.is_ban = wks_scenario_is_law(tick->scenario, WKS_LAW_BILL_PRIORITY_BAN, world->month);
    self.give_up = wks_math_monthly(p[P_GIVE_UP]);
    self.most_rest = larger(1, p[P_MISFIT]) * larger(1, p[P_STUDENT]) * larger(1, p[P_START_SOCIAL]) *
                     larger(larger(p[P_SOCIAL], p[P_PRIVATE_RENT]), larger(p[P_ROOM], p[P_OWNER]));
    double most_pull = 1;
    for (int32_t b = 0; b < n_buurten; b++)
        most_pull = larger(most_pull, pull[b]);
    self.most_rest *= most_pull;
    self.latent_look = wks_math_monthly(p[P_LATENT_LOOK]);
    wks_par_for(n, 0, world->threads, look_at_households, &self);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self.flag, world->household.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(register_one(world, item[k].row, err));
    WKS_TRY(tell_belief(tick, err));
out:
    return rc;
}

/* Until there are lettings to learn from, the usual inschrijfduur at letting is 1.3 times that of who is looking (what the model itself settles at). */
static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_world *world = tick->world;
    int64_t months = 0, n = 0;

    (void)settings;
    (void)err;
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (world->household.key[i] == 0 || world->household.search_month[i] == WKS_NO_MONTH ||
            world->household.registered_month[i] == WKS_NO_MONTH)
            continue;
        months += world->month - world->household.registered_month[i];
        n++;
    }
    world->belief.wait_p50_months = n > 0 ? 1.3 * (double)months / (double)n : 0;
    return WKS_OK;
}

static const wks_process process = {run, start};
const wks_spec wks_search_spec = {
    "search", "process", "each household draws once: stay, look for social or market homes, or leave the region", "", params,
    N_PARAMS, &process};
