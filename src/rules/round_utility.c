#include "rules/round_utility.h"

#include <math.h>

#include "base/vector.h"
#include "num/draw.h"
#include "num/math.h"
#include "rules/passend.h"
#include "world/belief.h"
#include "world/region.h"

/* Assumptions, all of them:
 * incomes below the social minimum weigh rent as if they had that minimum (rent is paid from what comes in);
 * an owner-occupier weighs 3 % of the value a year as rent;
 * a latent unit's present place is worth LATENT_STAY, a little less than an ordinary home: it looks harder, and refuses less;
 * an advert this much better than staying is the "average" advert of process parameter `accept`. */
static const double SOCIAL_MINIMUM_EUR = 15000.0, OWNER_COST = 0.03, LATENT_STAY = 0.4, AVERAGE_GAIN = 1.5, LEEFBAARHEID_UNIT = 0.14;

/* What a latent unit holds a home against when it says why it refused (assumption). */
static const double LATENT_RENT_SHARE = 0.25;

/* What the people around a home are worth, the present one included: close kin in the buurt, light contacts with neighbours. */
static inline double people_of(const wks_round_behaviour *b, const wks_round_seeker *seeker, const wks_round_place *place)
{
    const double kin = seeker->kin_buurt_row >= 0 && seeker->kin_buurt_row == place->buurt_row ? b->weight_kin : 0.0;
    return kin + b->weight_contacts * place->contacts;
}

/* People there, less the stigma of a designation: what a buurt is worth besides leefbaarheid. */
static inline double of_buurt(const wks_round_behaviour *b, const wks_round_seeker *seeker, const wks_round_place *place)
{
    return people_of(b, seeker, place) - b->weight_stigma * place->stigma;
}

static double value_of(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place, double km)
{
    const wks_round_behaviour *b = month->behaviour;
    const double rent = wks_round_utility_rent(seeker, place), benefit = wks_law_benefit_at(&seeker->benefit, rent);
    const int32_t rooms = place->rooms < seeker->persons + 2 ? place->rooms : seeker->persons + 2;

    return -b->weight_rent * 12.0 * (rent - benefit) / seeker->income_eur + b->weight_size * rooms +
           b->weight_leefbaarheid * place->leefbaarheid / LEEFBAARHEID_UNIT - b->weight_distance * km + of_buurt(b, seeker, place);
}

void wks_round_utility_place(const wks_world *world, int32_t unit_row, double rent_eur, wks_round_place *out)
{
    const int32_t dwelling = world->unit.dwelling_row[unit_row];

    *out = (wks_round_place){
        .unit_key = world->unit.key[unit_row],
        .rent_eur = rent_eur,
        .least_rent_eur = rent_eur,
        .leefbaarheid = wks_world_leefbaarheid(world, world->dwelling.buurt_row[dwelling]),
        .stigma = world->buurt.stigma[world->dwelling.buurt_row[dwelling]],
        .contacts = wks_world_contacts_doublings(world, world->dwelling.buurt_row[dwelling]),
        .x_m = (double)world->dwelling.x_m[dwelling],
        .y_m = (double)world->dwelling.y_m[dwelling],
        .rooms = world->unit.kind[unit_row] == WKS_UNIT_ROOM ? 1 : world->dwelling.rooms[dwelling],
        .buurt_row = world->dwelling.buurt_row[dwelling],
    };
}

/* The place of a household's present home, as it weighs it. */
static void home_place(const wks_world *world, int32_t unit_row, wks_round_place *out)
{
    const int32_t dwelling = world->unit.dwelling_row[unit_row];
    const bool is_owner = world->dwelling.tenure[dwelling] == WKS_TENURE_OWNER;

    wks_round_utility_place(
        world, unit_row,
        is_owner ? OWNER_COST / 12.0 * (double)world->dwelling.value_eur[dwelling] : (double)world->unit.rent_eur[unit_row], out);
}

void wks_round_utility_advert(const wks_world *world, const wks_advert *advert, wks_round_place *out)
{
    wks_round_utility_place(world, advert->unit_row, (double)advert->rent_eur, out);
    if (advert->has_two_rents) out->least_rent_eur = 0.0;
}

static double stay_of(const wks_round_month *month, const wks_round_seeker *seeker, int32_t unit_row)
{
    const wks_world *world = month->world;
    wks_round_place home;

    if (unit_row < 0) return LATENT_STAY;
    home_place(world, unit_row, &home);
    return value_of(month, seeker, &home, 0.0);
}

/* Who believes to have no chance by the ranking hardly bothers to react there. */
static double postpone_of(const wks_round_month *month, int32_t household_row)
{
    const wks_round_behaviour *b = month->behaviour;

    if (month->rules->is_by_chance || wks_part_is_urgent(month->world, household_row)) return 0.0;
    const double hope = wks_belief_by_rules(month->world, household_row) / b->belief_full;
    return hope < 1.0 ? b->postpone * (1.0 - hope) : 0.0;
}

/* Who has a home, here or elsewhere, and only looks around. */
static bool is_choosy(const wks_household_table *household, int32_t row)
{
    const bool has_home = household->place[row] == WKS_PLACE_HOUSED || household->place[row] == WKS_PLACE_OUTSIDE;

    return has_home && household->urge[row] == WKS_URGE_ORIENTED;
}

bool wks_round_utility_earns(const wks_round_month *month, int32_t household_row)
{
    const wks_world *world = month->world;
    const wks_round_behaviour *b = month->behaviour;
    const double need = world->household.urge[household_row] == WKS_URGE_ORIENTED ? b->react_oriented : 1.0;

    if (!wks_conduct_may_earn(&month->rules->conduct, world, household_row)) return false;
    return wks_rng_once(&world->seed, world->household.key[household_row], 0, WKS_RNG_ALLOC_EFFORT) < b->points_effort * need;
}

void wks_round_utility_seeker(const wks_round_month *month, int32_t household_row, wks_round_seeker *out)
{
    const wks_world *world = month->world;
    const wks_household_table *household = &world->household;
    const int32_t unit = household->unit_row[household_row], host = household->host_row[household_row];
    const int32_t lives_in = unit >= 0 ? unit : host >= 0 ? household->unit_row[host] : WKS_NONE;
    const int32_t dwelling = lives_in < 0 ? WKS_NONE : world->unit.dwelling_row[lives_in];
    const double income = (double)household->income_eur[household_row];

    /* Field by field: clearing all of it first takes longer than filling it. */
    out->kind = 0;
    out->key = household->key[household_row];
    out->income_eur = income > SOCIAL_MINIMUM_EUR ? income : SOCIAL_MINIMUM_EUR;
    out->x_m = dwelling < 0 ? (double)NAN : (double)world->dwelling.x_m[dwelling];
    out->y_m = dwelling < 0 ? (double)NAN : (double)world->dwelling.y_m[dwelling];
    out->row = household_row;
    out->persons = wks_part_persons(world, household_row);
    out->age = wks_part_age(world, household_row);
    out->kin_buurt_row = household->kin_buurt_row[household_row];
    out->since_month = household->since_month[household_row];
    out->months_registered = wks_world_registered_months(world, household_row);
    out->benefit = wks_law_benefit_of(month->context.law, out->income_eur, out->persons, out->age);
    out->rent_cap_eur = wks_passend_cap_eur(month->context.law, wks_passend_class_by(month->context.law, income, out->persons, out->age));
    out->stay = stay_of(month, out, unit);
    /* Who looks in another region than its own has its own reason to go there: how far that is does not count. */
    if (month->context.turn_of > 0 && wks_region_lives_in(world, household_row) != month->context.turn_of - 1)
        out->x_m = out->y_m = (double)NAN;
    if (is_choosy(household, household_row)) out->stay += month->behaviour->choosy;
    out->postpone = month->behaviour->postpone > 0.0 ? postpone_of(month, household_row) : 0.0;
    out->n_least =
        month->rules->conduct.is_used && wks_round_utility_earns(month, household_row) ? month->rules->conduct.search.reactions : 0;
}

static double km_between(const wks_round_seeker *seeker, const wks_round_place *place)
{
    const double dx = seeker->x_m - place->x_m, dy = seeker->y_m - place->y_m;
    const double squared = dx * dx + dy * dy;

    return squared > 0.0 ? sqrt(squared) / 1000.0 : 0.0; /* false for NaN too */
}

static uint32_t taste_word(const wks_world *world, const wks_round_seeker *seeker, const wks_round_place *place)
{
    uint32_t word[4];

    wks_rng_four(&world->seed, wks_rng_pair_key(seeker->key, place->unit_key), (uint32_t)world->tick, WKS_RNG_ALLOC_TASTE, word);
    return word[0];
}

double wks_round_utility_of(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place)
{
    const double taste = wks_draw_bell(taste_word(month->world, seeker, place));

    return value_of(month, seeker, place, km_between(seeker, place)) + month->behaviour->taste_sd * taste;
}

void wks_round_utility_weigh(const wks_round_month *month, const wks_round_place *place, wks_round_home *out)
{
    const wks_round_behaviour *b = month->behaviour;
    const wks_round_seeker stranger = {.kin_buurt_row = WKS_NONE}, relative = {.kin_buurt_row = place->buurt_row};

    *out = (wks_round_home){
        .unit_key = place->unit_key,
        .rent_eur = place->rent_eur,
        .least_rent_eur = place->least_rent_eur,
        .leefbaarheid = b->weight_leefbaarheid * place->leefbaarheid / LEEFBAARHEID_UNIT,
        .buurt = of_buurt(b, &stranger, place),
        .buurt_kin = of_buurt(b, &relative, place),
        .x_m = place->x_m,
        .y_m = place->y_m,
        .rooms = place->rooms,
        .buurt_row = place->buurt_row,
        .by_chance = place->by_chance,
    };
}

enum { RUN = 32 };

/* Homes of a run side by side: one kind of work a loop, which compilers and processors do several at a time. */
typedef struct homes {
    uint64_t key[RUN];
    double rent[RUN], least_rent[RUN], leefbaarheid[RUN], x[RUN], y[RUN], rooms[RUN], buurt[RUN], less[RUN], value[RUN];
    uint32_t word[RUN];
} homes;

static inline double least(double a, double b)
{
    return a < b ? a : b;
}

static inline double most(double a, double b)
{
    return a > b ? a : b;
}

/* The part of the rent between two limits; 0 when there is none. As wks_law_benefit_between, without jumps. */
static inline double between(double rent, double low, double high)
{
    return most(least(rent, high) - low, 0.0);
}

/* The same sums in the same order as value_of, so that both give the same bits. */
WKS_VECTOR
static void value_run(const wks_round_behaviour *b, const wks_round_seeker *seeker, homes *home, int32_t n)
{
    const wks_law_benefit law = seeker->benefit;
    const double rooms_most = seeker->persons + 2, weight_rent = -b->weight_rent * 12.0, income = seeker->income_eur;
    const double weight_size = b->weight_size, weight_distance = b->weight_distance, taste_sd = b->taste_sd, x = seeker->x_m,
                 y = seeker->y_m;
    const double own_above_quality = law.own_eur > law.quality_eur ? law.own_eur : law.quality_eur;
    const double own_above_cap = law.own_eur > law.cap_eur ? law.own_eur : law.cap_eur;
    const double none_above = law.is_capped_only && law.limit_eur > 0.0 ? HUGE_VAL : law.limit_eur, rent_cap = seeker->rent_cap_eur;

    for (int32_t i = 0; i < n; i++) {
        const double rent = least(home->rent[i], most(rent_cap, home->least_rent[i])), counted = least(rent, law.limit_eur);
        const double right = between(counted, law.own_eur, law.quality_eur) + 0.65 * between(counted, own_above_quality, law.cap_eur) +
                             law.top_share * between(counted, own_above_cap, law.top_eur);
        const double benefit = rent > 0.0 && rent <= none_above ? right : 0.0;
        const double dx = x - home->x[i], dy = y - home->y[i], squared = dx * dx + dy * dy;
        const double km = squared > 0.0 ? sqrt(squared) / 1000.0 : 0.0;
        const double value = weight_rent * (rent - benefit) / income + weight_size * least(home->rooms[i], rooms_most) +
                             home->leefbaarheid[i] - weight_distance * km + home->buurt[i] + taste_sd * wks_draw_bell(home->word[i]);
        home->value[i] = value - home->less[i];
    }
}

void wks_round_utility_seen(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_home *home, wks_round_seen *seen,
                            int32_t n)
{
    homes side;

    for (int32_t first = 0; first < n; first += RUN) {
        const int32_t n_run = n - first < RUN ? n - first : RUN;
        wks_round_seen *run = &seen[first];
        for (int32_t i = 0; i < n_run; i++) {
            const wks_round_home *at = &home[run[i].advert];
            const bool has_kin = seeker->kin_buurt_row >= 0 && seeker->kin_buurt_row == at->buurt_row;
            side.key[i] = at->unit_key;
            side.rent[i] = at->rent_eur;
            side.least_rent[i] = at->least_rent_eur;
            side.leefbaarheid[i] = at->leefbaarheid;
            side.x[i] = at->x_m;
            side.y[i] = at->y_m;
            side.rooms[i] = at->rooms;
            side.buurt[i] = has_kin ? at->buurt_kin : at->buurt;
            side.less[i] = at->by_chance ? 0.0 : seeker->postpone;
        }
        wks_rng_pair_words(&month->world->seed, seeker->key, side.key, n_run, (uint32_t)month->world->tick, WKS_RNG_ALLOC_TASTE, side.word);
        value_run(month->behaviour, seeker, &side, n_run);
        for (int32_t i = 0; i < n_run; i++)
            run[i].utility = side.value[i];
    }
}

static wks_round_utility_terms split(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place)
{
    const wks_round_behaviour *b = month->behaviour;
    const double rent = wks_round_utility_rent(seeker, place), benefit = wks_law_benefit_at(&seeker->benefit, rent);
    const int32_t rooms = place->rooms < seeker->persons + 2 ? place->rooms : seeker->persons + 2;

    return (wks_round_utility_terms){.rent = -b->weight_rent * 12.0 * (rent - benefit) / seeker->income_eur,
                                     .size = b->weight_size * rooms,
                                     .leefbaarheid = b->weight_leefbaarheid * place->leefbaarheid / LEEFBAARHEID_UNIT -
                                                     b->weight_stigma * place->stigma,
                                     .distance = people_of(b, seeker, place)};
}

wks_round_utility_terms wks_round_utility_split(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place)
{
    wks_round_utility_terms terms = split(month, seeker, place);

    terms.distance -= month->behaviour->weight_distance * km_between(seeker, place);
    terms.taste = month->behaviour->taste_sd * wks_draw_bell(taste_word(month->world, seeker, place));
    return terms;
}

wks_round_utility_terms wks_round_utility_home(const wks_round_month *month, const wks_round_seeker *seeker)
{
    const wks_round_behaviour *b = month->behaviour;
    const int32_t unit = month->world->household.unit_row[seeker->row];
    wks_round_place home;

    if (unit >= 0) {
        home_place(month->world, unit, &home);
        return split(month, seeker, &home);
    }
    return (wks_round_utility_terms){.rent = -b->weight_rent * LATENT_RENT_SHARE,
                                     .size = b->weight_size * (seeker->persons + 1),
                                     .leefbaarheid = b->weight_leefbaarheid * month->world->leefbaarheid_mean / LEEFBAARHEID_UNIT};
}

double wks_round_utility_accept(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place,
                                double seniority, bool one_offer)
{
    const wks_round_behaviour *b = month->behaviour;
    const double gain = wks_round_utility_of(month, seeker, place) - seeker->stay - AVERAGE_GAIN;

    const double penalty = wks_conduct_has_penalty(&month->rules->conduct) ? b->accept_penalty : 0.0;

    return wks_math_logistic(b->accept_base + gain - b->accept_wait * seniority + (one_offer ? b->accept_urgent : 0.0) + penalty);
}
