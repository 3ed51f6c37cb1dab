/* Where households moved from and to: by tenure, by distance, and between wijken by calendar year (flows.csv). Of the moves that relations noted (world/moves.h). */
#ifndef WKS_MEASURE_FLOWS_H
#define WKS_MEASURE_FLOWS_H

#include "measure/window.h"
#include "scenario/scenario.h"
#include "world/world.h"

/* Bands of distance: under 500 m, 1, 2, 5 km, and further. */
enum { WKS_FLOWS_BANDS = 5 };
extern const char *const wks_flows_band_name[WKS_FLOWS_BANDS];

/** Sums of the last twelve months (fewer in the first year). */
typedef struct wks_flows_sums {
    int64_t tenure[WKS_N_MOVES_FOOTINGS][WKS_N_MOVES_FOOTINGS]; /* households, from and to */
    /* Households that moved from an address here into a home of their own, by distance as the crow flies; and what they would have done had they got another
     * home of those that were taken in the same month: each with the homes of the eight next households by key. */
    int64_t distance[WKS_FLOWS_BANDS], random[WKS_FLOWS_BANDS];
} wks_flows_sums;

/** One row of flows.csv. */
typedef struct wks_flows_row {
    int32_t year, from_wijk_row, to_wijk_row; /* wijk, or one of the two below */
    const char *group;                        /* of the scenario; "" for everybody */
    int64_t moves;                            /* households */
} wks_flows_row;
enum { WKS_FLOWS_SHELTER = -1, WKS_FLOWS_OUTSIDE = -2 };

typedef struct wks_flows wks_flows; /* opaque: twelve months and this calendar year */
wks_status wks_flows_create(const wks_scenario *scenario, wks_flows **out, wks_err *err);
void wks_flows_destroy(wks_flows *flows);
/** Carries it over; read into one just created. */
wks_status wks_flows_carry(wks_flows *flows, int32_t n_wijken, wks_carry *carry, wks_err *err);

/** Takes in the moves of this tick; once a tick, not for tick 0. O(moves log moves). */
wks_status wks_flows_tick(wks_flows *flows, const wks_world *world, wks_err *err);
wks_flows_sums wks_flows_sums_of(const wks_flows *flows);
/** Pairs of wijken between which somebody moved, of the year that ends with this tick: in December and at the last tick of the scenario (the first and last
 *  year may be shorter); none at other ticks. Ordered by from, to and group (everybody first); valid until the next call; the counts begin anew. With real
 *  people (world.hides_few) pairs and groups of fewer than ten are left out, and groups that leave fewer than ten others. O(moves of the year x groups). */
wks_status wks_flows_rows(wks_flows *flows, const wks_world *world, const wks_flows_row **out, int32_t *out_n, wks_err *err);

#endif
