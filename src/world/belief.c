#include "world/belief.h"

/* Moving sums forget a twelfth a month. */
static const double keep = 11.0 / 12;
static const double prior_success = 0.15, prior_weight = 2;

int32_t wks_belief_class(int32_t months)
{
    static const int32_t until[] = {12, 24, 48, 72, 108, 156, 216};
    int32_t k = 0;
    while (k < WKS_BELIEF_DURATIONS - 1 && months >= until[k])
        k++;
    return k;
}

static double by_rules(const wks_world *world, int32_t type, int32_t duration)
{
    /* A prior of two seekers keeps empty classes from being certain of anything. */
    const double housed = world->belief.housed[type][duration] + prior_success * prior_weight;
    const double active = world->belief.active[type][duration] + prior_weight;
    const double success = housed / active;
    return success < 1 ? success : 1;
}

double wks_belief_by_rules(const wks_world *world, int32_t i)
{
    return by_rules(world, (int32_t)wks_household_type_of(&world->household, i), wks_belief_class(wks_world_registered_months(world, i)));
}

double wks_belief_success_of(const wks_world *world, int32_t type, int32_t duration)
{
    double active = prior_weight;
    for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
        active += world->belief.active[type][d];
    const double success = by_rules(world, type, duration) + world->belief.by_chance[type] / active;
    return success < 1 ? success : 1;
}

double wks_belief_success(const wks_world *world, int32_t i)
{
    return wks_belief_success_of(world, (int32_t)wks_household_type_of(&world->household, i),
                                 wks_belief_class(wks_world_registered_months(world, i)));
}

void wks_belief_take_active(wks_world *world, const int64_t active[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS])
{
    for (int32_t t = 0; t < WKS_BELIEF_TYPES; t++) {
        for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++) {
            world->belief.active[t][d] = keep * world->belief.active[t][d] + (double)active[t][d] / 12;
            world->belief.housed[t][d] *= keep;
        }
        world->belief.by_chance[t] *= keep;
    }
}

void wks_belief_take_lettings(wks_world *world)
{
    for (int32_t i = 0; i < world->letting.n; i++) {
        const wks_letting *letting = &world->letting.item[i];
        if (letting->reason != WKS_LETTING_RANKED) continue;
        if (letting->by_chance)
            world->belief.by_chance[letting->household_type] += 1;
        else
            world->belief.housed[letting->household_type][wks_belief_class(letting->months_registered)] += 1;
    }
}
