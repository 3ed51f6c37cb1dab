/* What a home is worth to a household, in units of utility; the same for staying and for an advert. Source of the weights: process allocation. */
#ifndef WKS_RULES_ROUND_UTILITY_H
#define WKS_RULES_ROUND_UTILITY_H

#include "rules/round_state.h"

/** What makes the home of an advert attractive, at the rents it is offered for. */
void wks_round_utility_advert(const wks_world *world, const wks_advert *advert, wks_round_place *out);
/** Fills a seeker (all but kind) from the world as it is now. */
void wks_round_utility_seeker(const wks_round_month *month, int32_t household_row, wks_round_seeker *out);
/** What makes a unit attractive, at the rent it is offered for. */
void wks_round_utility_place(const wks_world *world, int32_t unit_row, double rent_eur, wks_round_place *out);
/** Rent of a contract of this seeker: what is asked, or with two rents its own aftoppingsgrens when that is lower. */
static inline double wks_round_utility_rent(const wks_round_seeker *seeker, const wks_round_place *place)
{
    const double cap = seeker->rent_cap_eur > place->least_rent_eur ? seeker->rent_cap_eur : place->least_rent_eur;
    return place->rent_eur < cap ? place->rent_eur : cap;
}
/** True for who reacts as often as earns search points: a share of the pressed who can still earn them (points_effort), and
 *  react_oriented of that share of the oriented: the same households every month. O(members). */
bool wks_round_utility_earns(const wks_round_month *month, int32_t household_row);
/** Utility of an advert to a seeker, its taste for this dwelling included:
 *  - weight_rent * 12 (rent - huurtoeslag) / income + weight_size * min(rooms, persons + 2) + weight_leefbaarheid * L / 0.14 - weight_distance * km
 *  + weight_kin (close kin in the buurt) + weight_contacts * doublings of light contacts there since tick 0 + taste_sd * z, z a standard normal drawn for the pair (ALLOC_TASTE). Distance counts 0 for who comes from elsewhere. */
double wks_round_utility_of(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place);
/** Weighs a place as far as that is the same for all seekers. */
void wks_round_utility_weigh(const wks_round_month *month, const wks_round_place *place, wks_round_home *out);
/** The same utility for n adverts that a seeker sees, less what keeps it from reacting where inschrijfduur or points decide (seeker->postpone): fills
 *  seen[i].utility, home[seen[i].advert] being the home. The same bits. */
void wks_round_utility_seen(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_home *home, wks_round_seen *seen,
                            int32_t n);
/** The same utility term by term (kin and contacts count with distance: where the home is); their sum is wks_round_utility_of (stay of a seeker with a home, for wks_round_utility_home). */
typedef struct wks_round_utility_terms {
    double rent, size, leefbaarheid, distance, taste;
} wks_round_utility_terms;
wks_round_utility_terms wks_round_utility_split(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place);
/** Terms of staying in the present home. A latent unit has none: those of a home that costs a quarter of its income, with a room more than it has
 *  persons, in a buurt as the city's mean (assumption; they only tell why it refused, never whether). */
wks_round_utility_terms wks_round_utility_home(const wks_round_month *month, const wks_round_seeker *seeker);
/** Chance that a candidate who is offered the home accepts (no-shows apart). `seniority` is its inschrijfduur over the usual one at letting (0 when the
 *  order is not by inschrijfduur), `one_offer` when refusing costs urgency or the referral. */
double wks_round_utility_accept(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place,
                                double seniority, bool one_offer);

#endif
