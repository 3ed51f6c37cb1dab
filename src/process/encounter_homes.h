/* Whose neighbours a household has this month, and who must be looked at one by one. A part of process encounter. */
#ifndef WKS_PROCESS_ENCOUNTER_HOMES_H
#define WKS_PROCESS_ENCOUNTER_HOMES_H

#include "process/tick.h"

/* Instead of a row of a buurt. APART: what happens inside its complex or portiek may count (encounter_gemengd.h). */
enum { WKS_ENCOUNTER_HOMES_NOBODY = -1, WKS_ENCOUNTER_HOMES_ELSEWHERE = -2, WKS_ENCOUNTER_HOMES_APART = -3 };

/* Households with a home in a buurt. */
typedef struct wks_encounter_homes_sums {
    int64_t households, settled, adults; /* settled: at the address for a year or more */
    int64_t beyond;                      /* light contacts of adults beyond those in public, in ten thousandths (encounter_live.h) */
} wks_encounter_homes_sums;

typedef struct wks_encounter_homes {
    int64_t block_size, n_blocks;
    int32_t *
        buurt; /* by household: row of the buurt whose light contacts in public are its own (a guest: its host's), n_buurten in shelter; or as above */
    int32_t *portiek;              /* by household: number of its portiek; 0 not told, or no home of its own */
    int32_t *apart, *n_apart;      /* rows of APART, ascending: of block k from k * block_size, n_apart[k] of them */
    wks_encounter_homes_sums *sum; /* by buurt */
} wks_encounter_homes;

/** Fills them, in buffers of the tick. O(households), parallel; whole numbers. WKS_ERR_NOMEM. */
wks_status wks_encounter_homes_take(wks_tick *tick, wks_encounter_homes *out, wks_err *err);

#endif
