/* The month of households: their light contacts, and whether they are lonely. A part of process encounter. */
#ifndef WKS_PROCESS_ENCOUNTER_LIVE_H
#define WKS_PROCESS_ENCOUNTER_LIVE_H

#include "process/encounter_gemengd.h"
#include "process/encounter_homes.h"
#include "process/encounter_lonely.h"

/* Whole parts of light contacts beyond those in public (homes.sum.beyond), so that no order matters. */
enum { WKS_ENCOUNTER_LIVE_STEPS = 10000 };

typedef struct wks_encounter_live {
    const wks_encounter_gemengd_rates *rates;
    const wks_encounter_gemengd *mix;
    const wks_encounter_lonely *lonely;
    wks_encounter_homes *homes;
    bool has_lonely, is_start;
} wks_encounter_live;

/** Writes contacts, mixed and lonely of every household, and homes.sum.beyond. Whose draw says that nothing changes, whoever it is, is looked at no further
 *  (sieve.h). O(households), parallel. WKS_ERR_NOMEM. */
wks_status wks_encounter_live_month(wks_tick *tick, const wks_encounter_live *with, wks_err *err);

#endif
