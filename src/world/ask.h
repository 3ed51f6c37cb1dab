/* Asks for rows that a loop is about to change, one after the other, ahead of its turn: rows of households, persons and homes lie all over memory, and a chain of
 * them (household, member, registration) is one wait each. Steps: call each for an item further away than the step after it. Only hints: no result
 * depends on them, and a row that changes hands in between is only asked for in vain. */
#ifndef WKS_WORLD_ASK_H
#define WKS_WORLD_ASK_H

#include "base/vector.h"
#include "world/world.h"

/* How many items ahead each step goes. */
enum { WKS_ASK_FAR = 12, WKS_ASK_NEAR = 8, WKS_ASK_NEXT = 4 };

/** First step of a list of persons. */
static inline void wks_ask_person(const wks_world *world, int32_t person_row)
{
    const wks_person_table *person = &world->person;

    WKS_VECTOR_PREFETCH(&person->key[person_row]);
    WKS_VECTOR_PREFETCH(&person->household_row[person_row]);
    WKS_VECTOR_PREFETCH(&person->next_row[person_row]);
    WKS_VECTOR_PREFETCH(&person->birth_month[person_row]);
    WKS_VECTOR_PREFETCH(&person->role[person_row]);
    WKS_VECTOR_PREFETCH(&person->registration_row[person_row]);
}

/** First step of a list of households. */
static inline void wks_ask_household(const wks_world *world, int32_t household_row)
{
    const wks_household_table *household = &world->household;

    WKS_VECTOR_PREFETCH(&household->key[household_row]);
    WKS_VECTOR_PREFETCH(&household->first_person_row[household_row]);
    WKS_VECTOR_PREFETCH(&household->unit_row[household_row]);
    WKS_VECTOR_PREFETCH(&household->host_row[household_row]);
    WKS_VECTOR_PREFETCH(&household->place[household_row]);
    WKS_VECTOR_PREFETCH(&household->groups[household_row]);
    WKS_VECTOR_PREFETCH(&household->since_month[household_row]);
    WKS_VECTOR_PREFETCH(&household->came_from[household_row]);
    WKS_VECTOR_PREFETCH(&household->n_persons[household_row]);
}

/** Second step: who belongs to it, and the home. */
static inline void wks_ask_members(const wks_world *world, int32_t household_row)
{
    const int32_t person = world->household.first_person_row[household_row], unit = world->household.unit_row[household_row];

    if (person >= 0) wks_ask_person(world, person);
    if (unit < 0) return;
    WKS_VECTOR_PREFETCH(&world->unit.dwelling_row[unit]);
    WKS_VECTOR_PREFETCH(&world->unit.household_row[unit]);
    WKS_VECTOR_PREFETCH(&world->unit.lettable_month[unit]);
}

/** Only its address: the unit of a household, then (second step) the dwelling of that. */
static inline void wks_ask_address(const wks_world *world, int32_t household_row)
{
    const int32_t unit = world->household.unit_row[household_row];

    if (unit >= 0) WKS_VECTOR_PREFETCH(&world->unit.dwelling_row[unit]);
}

static inline void wks_ask_buurt(const wks_world *world, int32_t household_row)
{
    const int32_t unit = world->household.unit_row[household_row];

    if (unit >= 0) WKS_VECTOR_PREFETCH(&world->dwelling.buurt_row[world->unit.dwelling_row[unit]]);
}

/** Third step: its second member, the first one's registration, and the dwelling. */
static inline void wks_ask_rest(const wks_world *world, int32_t household_row)
{
    const int32_t person = world->household.first_person_row[household_row], unit = world->household.unit_row[household_row];
    const int32_t second = person < 0 ? WKS_NONE : world->person.next_row[person];
    const int32_t registration = person < 0 ? WKS_NONE : world->person.registration_row[person];
    const int32_t dwelling = unit < 0 ? WKS_NONE : world->unit.dwelling_row[unit];

    if (second >= 0) wks_ask_person(world, second);
    if (registration >= 0) {
        WKS_VECTOR_PREFETCH(&world->registration.key[registration]);
        WKS_VECTOR_PREFETCH(&world->registration.since_month[registration]);
    }
    if (dwelling < 0) return;
    WKS_VECTOR_PREFETCH(&world->dwelling.buurt_row[dwelling]);
    WKS_VECTOR_PREFETCH(&world->dwelling.tenure[dwelling]);
    WKS_VECTOR_PREFETCH(&world->dwelling.complex_row[dwelling]);
}

#endif
