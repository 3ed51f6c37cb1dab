/* What a home is worth to a household, in units of utility; the same for staying and for an advert. Source of the weights: process allocation. */
#ifndef WKS_RULES_ROUND_UTILITY_H
#define WKS_RULES_ROUND_UTILITY_H

#include "rules/round_state.h"

/** Fills a seeker (all but kind) from the world as it is now. */
void wks_round_utility_seeker(const wks_round_month *month, int32_t household_row, wks_round_seeker *out);
/** What makes a unit attractive, at the rent it is offered for. */
void wks_round_utility_place(const wks_world *world, int32_t unit_row, double rent_eur, wks_round_place *out);
/** True for who reacts as often as earns search points: a share of the pressed who can still earn them (points_effort), and
 *  react_oriented of that share of the oriented: the same households every month. O(members). */
bool wks_round_utility_earns(const wks_round_month *month, int32_t household_row);
/** Utility of an advert to a seeker, its taste for this dwelling included:
 *  - weight_rent * 12 (rent - huurtoeslag) / income + weight_size * min(rooms, persons + 2) + weight_leefbaarheid * L / 0.14 - weight_distance * km
 *  + taste_sd * z, z a standard normal drawn for the pair (ALLOC_TASTE). Distance counts 0 for who comes from elsewhere. */
double wks_round_utility_of(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place);
/** The same for n adverts that a seeker sees, less what keeps it from reacting where inschrijfduur or points decide (seeker->postpone): fills seen[i].utility, place[seen[i].advert] being the home. */
void wks_round_utility_seen(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place,
                            wks_round_seen *seen, int32_t n);
/** Chance that a candidate who is offered the home accepts (no-shows apart). `seniority` is its inschrijfduur over the usual one at letting (0 when the
 *  order is not by inschrijfduur), `one_offer` when refusing costs urgency or the referral. */
double wks_round_utility_accept(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place,
                                double seniority, bool one_offer);

#endif
