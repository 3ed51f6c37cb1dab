/* Light contacts of a buurt: opportunities, their use, and who knows whom. A part of process encounter. */
#ifndef WKS_PROCESS_ENCOUNTER_CONTACTS_H
#define WKS_PROCESS_ENCOUNTER_CONTACTS_H

#include "process/encounter_homes.h"

/* Light contacts stay within these bounds of those at tick 0: people meet on the stairs and in the shop anyway, and have only so much time (assumption). */
#define WKS_ENCOUNTER_CONTACTS_LEAST 0.1
#define WKS_ENCOUNTER_CONTACTS_MOST  10.0

/* Parameters of process encounter. */
typedef struct wks_encounter_contacts_rates {
    double base;                    /* per adult per week, mean of the city at tick 0 */
    double by_settled, by_children; /* differences between buurten at tick 0 */
    double rise, fall;              /* per month: how fast contacts follow */
    double settled;                 /* elasticity to the share of settled households */
} wks_encounter_contacts_rates;

/** Tick 0: contacts 1, and the rate they stand for: higher where more households are settled or have children than in the city; at least a quarter of base.
 *  O(households). */
wks_status wks_encounter_contacts_start(wks_tick *tick, const wks_encounter_contacts_rates *rates, const wks_encounter_homes_sums *sum,
                                        wks_err *err);
/** One month of contacts_public. */
void wks_encounter_contacts_step(wks_world *world, const wks_encounter_contacts_rates *rates, const wks_encounter_homes_sums *sum);
/** A state that goes to its target by `rise` of the gap a month, or by `fall` when it is above it. */
static inline double wks_encounter_contacts_follow(double now, double target, double rise, double fall)
{
    return now + (target > now ? rise : fall) * (target - now);
}

#endif
