#include "process/arrivals_profile.h"

#include "base/text.h"
#include "num/draw.h"
#include "process/arrivals_came.h"
#include "process/profile_income.h"
#include "world/relations.h"

wks_arrivals_profile wks_arrivals_profile_single(wks_came_as came_as, wks_place place, wks_income_source source)
{
    return (wks_arrivals_profile){.n_adults = 1, .came_as = came_as, .place = place, .source = source};
}

int32_t wks_arrivals_profile_age_of_mover(wks_rng *rng)
{
    static const double weight[] = {5, 12, 22, 20, 12, 8, 6, 5, 4, 6};
    static const int32_t from[] = {18, 20, 23, 27, 31, 36, 42, 50, 58, 66}, until[] = {20, 23, 27, 31, 36, 42, 50, 58, 66, 82};
    const int32_t i = wks_draw_weighted(rng, weight, 10);
    const uint32_t within = wks_rng_below(rng, (uint32_t)(until[i] - from[i]));
    return from[i] + (int32_t)within;
}

wks_origin wks_arrivals_profile_origin(wks_rng *rng, double nl, double europe)
{
    const double u = wks_rng_u01(rng);
    return u < nl ? WKS_ORIGIN_NL : u < nl + europe ? WKS_ORIGIN_EUROPE : WKS_ORIGIN_OUTSIDE_EUROPE;
}

uint64_t wks_arrivals_profile_stream(const wks_arrivals_profile_kind *kind)
{
    return wks_text_hash(kind->stream);
}

int32_t wks_arrivals_profile_count(const wks_world *world, const wks_arrivals_profile_kind *kind, double mean)
{
    wks_rng rng = wks_rng_open(&world->seed, wks_arrivals_profile_stream(kind), (uint32_t)world->tick, WKS_RNG_ARRIVAL);
    return mean > 0 ? (int32_t)wks_draw_poisson(&rng, mean) : 0;
}

static wks_status add_members(wks_world *world, uint64_t key, int32_t row, const wks_arrivals_profile *who, wks_rng *rng, wks_err *err)
{
    wks_status rc = WKS_OK;
    const uint32_t tick = (uint32_t)world->tick;
    const uint32_t sex = wks_rng_below(rng, 2);
    int32_t person = WKS_NONE;

    for (int32_t i = 0; i < who->n_adults + who->n_children; i++) {
        const bool child = i >= who->n_adults;
        const uint32_t months = wks_rng_below(rng, 12);
        const uint32_t child_sex = wks_rng_below(rng, 2);
        const uint32_t child_age = wks_rng_below(rng, (uint32_t)(who->age - 18 < 16 ? (who->age - 18 > 0 ? who->age - 18 : 1) : 16));
        const int32_t age = child ? (int32_t)child_age : who->age;
        const wks_role role = child ? WKS_ROLE_CHILD : i == 0 ? WKS_ROLE_HEAD : WKS_ROLE_PARTNER;
        const wks_sex own = child ? (wks_sex)child_sex : (wks_sex)(i == 0 ? sex : 1 - sex);
        WKS_TRY(wks_relations_person_add(world, wks_rng_child_key(key, tick, WKS_RNG_ARRIVAL_PROFILE, (uint32_t)i), row, own, role,
                                         who->origin, world->month - 12 * age - (int32_t)months, &person, err));
        if (who->student && !child) world->person.is_student[person] = 1;
        world->ledger.persons_arrived++;
    }
out:
    return rc;
}

/* Own money, vulnerability and distance from work of who arrives: assumptions. */
static void set_means(wks_world *world, int32_t row, const wks_arrivals_profile *who, double income, double u_trait, double u_equity,
                      double u_distant)
{
    wks_household_table *household = &world->household;

    household->is_distant[row] = who->source == WKS_INCOME_BENEFIT || u_distant < world->balance.distant;
    household->income_eur[row] = (float)income;
    household->income_source[row] = (uint8_t)who->source;
    household->equity_eur[row] = (float)(who->age > 35 && u_equity > 0.5 ? 2.5 * income * u_equity : 0.1 * income * u_equity);
    household->vulnerability[row] = u_trait < 0.05                                               ? WKS_VULNERABLE_LVB
                                    : who->referral == WKS_REFERRAL_EX_DETAINEE && u_trait < 0.4 ? WKS_VULNERABLE_ADDICTION
                                                                                                 : 0;
}

wks_status wks_arrivals_profile_make(wks_tick *tick, const wks_settings *settings, const wks_arrivals_profile_kind *kind, int32_t number,
                                     wks_arrivals_profile_made *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const uint64_t key = wks_rng_child_key(wks_arrivals_profile_stream(kind), (uint32_t)world->tick, WKS_RNG_ARRIVAL, (uint32_t)number);
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_ARRIVAL_PROFILE);
    const double u_type = wks_rng_u01(&rng);
    const double u_source = wks_rng_u01(&rng);
    const wks_arrivals_profile who = kind->draw(settings, u_type, u_source, &rng);
    const double income = wks_profile_income_draw(&rng, world, &tick->law, who.n_adults > 1, who.age, who.source);
    const double u_social = wks_rng_u01(&rng);
    const double u_trait = wks_rng_u01(&rng);
    const double u_equity = wks_rng_u01(&rng);
    const double waited = wks_draw_exponential(&rng, 1);
    const double u_distant = wks_rng_u01(&rng);
    int32_t row = WKS_NONE;

    WKS_TRY(wks_relations_household_add(world, key, who.place, WKS_NONE, &row, err));
    world->household.came_from[row] = (uint8_t)wks_arrivals_came_from(
        key, false, who.came_as == WKS_CAME_AS_FOREIGN || who.came_as == WKS_CAME_AS_LABOUR, who.age, who.n_adults, 0);
    WKS_TRY(add_members(world, key, row, &who, &rng, err));
    set_means(world, row, &who, income, u_trait, u_equity, u_distant);
    world->household.referral[row] = (uint8_t)who.referral;
    world->household.came_as[row] = (uint8_t)who.came_as;
    world->household.is_student[row] = who.student;
    world->household.kin_buurt_row[row] = WKS_NONE;
    world->household.search_month[row] = wks_month_cell(world->month);
    world->ledger.households_arrived++;
    *out = (wks_arrivals_profile_made){.row = row, .who = who, .u_social = u_social, .waited = waited};
out:
    return rc;
}

wks_status wks_arrivals_profile_make_many(wks_tick *tick, const wks_settings *settings, const wks_arrivals_profile_kind *kind, double mean,
                                          wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = wks_arrivals_profile_count(tick->world, kind, mean);
    wks_arrivals_profile_made made;
    for (int32_t i = 0; i < n; i++)
        WKS_TRY(wks_arrivals_profile_make(tick, settings, kind, i, &made, err));
out:
    return rc;
}
