/* Loneliness of households: two states with hazards that depend on who they are and on light contacts. A part of process encounter. */
#ifndef WKS_PROCESS_ENCOUNTER_LONELY_H
#define WKS_PROCESS_ENCOUNTER_LONELY_H

#include "process/tick.h"

enum { WKS_ENCOUNTER_LONELY_CLASSES = 8 };

/* Parameters of process encounter. */
typedef struct wks_encounter_lonely_rates {
    double odds;               /* of being lonely, of a household with none of the following */
    double alone, old, health; /* factors on the odds */
    double recover;            /* share of spells that end within a year */
    double contacts;           /* elasticity of the odds to light contacts */
    double base;               /* light contacts at which the above holds */
} wks_encounter_lonely_rates;

/* The same for one month. */
typedef struct wks_encounter_lonely {
    double onset_log[WKS_ENCOUNTER_LONELY_CLASSES]; /* log(1 - monthly probability) by class */
    double recover_log;
    double half; /* half of the elasticity: onset and recovery share it */
    double base;
} wks_encounter_lonely;

void wks_encounter_lonely_make(const wks_encounter_lonely_rates *rates, wks_encounter_lonely *out);
/** Chance of onset and of recovery in a month at these light contacts (per adult per week). */
void wks_encounter_lonely_chances(const wks_encounter_lonely *self, const wks_world *world, int32_t household_row, double contacts,
                                  double *out_onset, double *out_recover);
/* Last words of draws (sieve.h) that may change something at light contacts from `low` to `high`. */
typedef struct wks_encounter_lonely_bounds {
    double low, high;
    uint32_t onset[WKS_ENCOUNTER_LONELY_CLASSES], onset_any, recover;
} wks_encounter_lonely_bounds;

/** Bounds for these light contacts (n values; no bounds when one is not above 0), and for half to twice as many. Chances of onset fall with contacts and
 *  those of recovery rise, so the ends bound all between; a part in 10^9 more pays for what pow and expm1 round. O(n). */
void wks_encounter_lonely_bound(const wks_encounter_lonely *self, const double *contacts, int32_t n, wks_encounter_lonely_bounds *out);
/** No bounds: every draw may change something. */
void wks_encounter_lonely_unbound(wks_encounter_lonely_bounds *out);
/** False only when a month of `step` with this high word of its draw cannot change a household that is not new. */
bool wks_encounter_lonely_may_change(const wks_encounter_lonely_bounds *bounds, const wks_world *world, int32_t household_row,
                                     double contacts, uint32_t word);
/** One month of one household: one draw (LONELY). Who is new (at tick 0 everybody) is drawn from the long run. */
void wks_encounter_lonely_step(const wks_encounter_lonely *self, wks_world *world, int32_t household_row, double contacts, bool is_new);

#endif
