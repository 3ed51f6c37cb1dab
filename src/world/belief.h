/* What seekers believe about success: learned from the results of the last twelve months by household type and inschrijfduur. Written by search (seekers)
 * and allocation (lettings), read by search. */
#ifndef WKS_WORLD_BELIEF_H
#define WKS_WORLD_BELIEF_H

#include "world/world.h"

/** Class of inschrijfduur: 0-1, 1-2, 2-4, 4-6, 6-9, 9-13, 13-18, 18+ years. */
int32_t wks_belief_class(int32_t months_registered);
/** Believed chance of being housed within a year by the ranking of the rules: housed over active of the last 12 months in its type and class; 0.15
 *  while there is nothing to learn from (assumption). */
double wks_belief_by_rules(const wks_world *world, int32_t household_row);
/** The same by any way: the ranking, plus what lots gave its type whatever the inschrijfduur. At most 1. */
double wks_belief_success(const wks_world *world, int32_t household_row);
/** The same of a household type and a class of inschrijfduur. */
double wks_belief_success_of(const wks_world *world, int32_t type, int32_t duration);
/** One month further: forgets a twelfth and takes in this month's active seekers, by type and class. */
void wks_belief_take_active(wks_world *world, const int64_t active[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS]);
/** Takes in the ranked lettings of this tick. */
void wks_belief_take_lettings(wks_world *world);

#endif
