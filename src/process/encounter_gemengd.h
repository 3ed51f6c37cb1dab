/* Contacts inside complexes: shared space, and between carriers (dragers) and askers (vragers) of gemengd wonen; how near they live. A part of process
 * encounter. Selection is rules' business (channel gemengd, target_mix), guidance an event's. */
#ifndef WKS_PROCESS_ENCOUNTER_GEMENGD_H
#define WKS_PROCESS_ENCOUNTER_GEMENGD_H

#include "process/encounter_homes.h"

/* Parameters of process encounter. */
typedef struct wks_encounter_gemengd_rates {
    double gain;       /* light contacts more, at the most, by carriers or askers around */
    double residual;   /* what is left of it without guidance */
    double fade, grow; /* per month */
    double scatter;    /* weight of the own portiek against the complex */
    double hours;      /* a week that a carrier gives where contacts are as at the start */
    double rise, fall; /* of shared space, as for buurten */
} wks_encounter_gemengd_rates;

/* Households of a complex or portiek. */
typedef struct wks_encounter_gemengd_count {
    int32_t all;                        /* of a portiek only */
    int32_t referred, carriers, askers; /* carriers and askers: in homes labelled gemengd */
    int32_t mixed;                      /* in homes labelled gemengd */
} wks_encounter_gemengd_count;

typedef struct wks_encounter_gemengd {
    wks_encounter_gemengd_count *complex, *portiek; /* by row; by number, from 0 (not told) */
} wks_encounter_gemengd;

/** Counts who lives where, from the households that are apart; all of a portiek only when there are some. O(households + complexes + portieken). */
wks_status wks_encounter_gemengd_take(wks_tick *tick, const wks_encounter_homes *homes, wks_encounter_gemengd *out, wks_err *err);
/** Tick 0: complexes that are mixed already have what is left without guidance. */
void wks_encounter_gemengd_start(wks_world *world, const wks_encounter_gemengd_rates *rates, const wks_encounter_gemengd *self);
/** One month of complex.mixed, complex.contacts and buurt.carried. */
void wks_encounter_gemengd_step(wks_world *world, const wks_encounter_gemengd_rates *rates, const wks_encounter_gemengd *self);
/** Light contacts of a household with a home against those of its buurt in public. @param out_mixed  for column household.mixed */
double wks_encounter_gemengd_factor(const wks_world *world, const wks_encounter_gemengd_rates *rates, const wks_encounter_gemengd *self,
                                    int32_t household_row, uint8_t *out_mixed);

#endif
