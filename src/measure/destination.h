/* Where those end up who had to leave their home or were kept from one: by distance, and what they gained or lost. From the cases of herhuisvesting
 * (world/project.h) and from households that a rule part passed over (world/letting.h). Measured only. */
#ifndef WKS_MEASURE_DESTINATION_H
#define WKS_MEASURE_DESTINATION_H

#include "scenario/scenario.h"
#include "world/row_order.h"
#include "world/world.h"

/* SPREIDING and AREA as wks_letting_cause: the first time in the run that a part of that kind kept the household from a home. */
typedef enum wks_destination_cause {
    WKS_DESTINATION_DEMOLITION,
    WKS_DESTINATION_RENOVATION,
    WKS_DESTINATION_SPREIDING,
    WKS_DESTINATION_AREA,
    WKS_N_DESTINATION_CAUSES
} wks_destination_cause;
extern const char *const wks_destination_cause_name[WKS_N_DESTINATION_CAUSES];

/* From the old home, or the one it was kept from, to the next home of its own. NONE: no such home, or no positions. */
typedef enum wks_destination_band {
    WKS_DESTINATION_SAME_HOME, /* renovated */
    WKS_DESTINATION_SAME_COMPLEX,
    WKS_DESTINATION_SAME_BUURT,
    WKS_DESTINATION_UNDER_1_KM,
    WKS_DESTINATION_1_2_KM,
    WKS_DESTINATION_2_5_KM,
    WKS_DESTINATION_OVER_5_KM,
    WKS_DESTINATION_NONE,
    WKS_N_DESTINATION_BANDS
} wks_destination_band;
extern const char *const wks_destination_band_name[WKS_N_DESTINATION_BANDS]; /* NONE: "" */

/** One row of destinations.csv: households that are alike in all of the first five. */
typedef struct wks_destination_row {
    uint8_t cause, band;
    int32_t from_buurt_row, to_buurt_row; /* to: -1 none */
    const char
        *destination; /* as wks_project_state_name; stayed: passed over, and did not move since; stopped: was elsewhere and looks no more */
    int64_t households;
    double leefbaarheid_change, rent_change_eur; /* means, of those for whom it is defined; NaN when of nobody */
} wks_destination_row;

typedef struct wks_destination_log wks_destination_log; /* opaque */
wks_status wks_destination_create(wks_destination_log **out, wks_err *err);
void wks_destination_destroy(wks_destination_log *log);
/** Carries it over; read into one just created. @param world  the one that goes with it, read before */
wks_status wks_destination_carry(wks_destination_log *log, const wks_world *world, wks_carry *carry, wks_err *err);
/** Takes in this tick, once, not for tick 0. Scores and rents are those at the end of the month in which the new home was found. O(cases + households). */
wks_status wks_destination_tick(wks_destination_log *log, const wks_world *world, wks_err *err);
/** Households have other rows from here on. */
wks_status wks_destination_reorder(wks_destination_log *log, const wks_row_order *order, wks_err *err);
/** What became of everybody so far: each case, and each household passed over, in exactly one row, so that rows of a cause add up to all of them. With real people
 *  none: a row would tell of few. Ordered by cause, areas, destination and band; valid until the next call. O(n log n). */
wks_status wks_destination_rows(wks_destination_log *log, const wks_world *world, const wks_destination_row **out, int32_t *out_n,
                                wks_err *err);

#endif
