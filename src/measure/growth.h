/* Why the number of households of a group changes: who moved in or out, what began or ended while people stayed (onset in place), and households that were formed
 * or ended. For each group of the scenario and for households with any vulnerability; for the city and for each buurt. */
#ifndef WKS_MEASURE_GROWTH_H
#define WKS_MEASURE_GROWTH_H

#include "measure/track.h"
#include "measure/window.h"
#include "scenario/scenario.h"
#include "world/world.h"

/* Households. Number now = before + in - out + onset - recovery + other, exactly, in every tick. OTHER: formed less ended (leaving home, separation, care;
 * joining another household, death) and homes taken over without a move. */
typedef enum wks_growth_flow {
    WKS_GROWTH_IN,
    WKS_GROWTH_OUT,
    WKS_GROWTH_ONSET,
    WKS_GROWTH_RECOVERY,
    WKS_GROWTH_OTHER,
    WKS_N_GROWTH_FLOWS
} wks_growth_flow;
extern const char *const wks_growth_indicator[WKS_N_GROWTH_FLOWS];

typedef struct wks_growth wks_growth; /* opaque: twelve months */
wks_status wks_growth_create(const wks_scenario *scenario, int32_t n_buurten, wks_growth **out, wks_err *err);
void wks_growth_destroy(wks_growth *growth);
/** Carries it over; read into one just created for as many groups and buurten. */
wks_status wks_growth_carry(wks_growth *growth, wks_carry *carry, wks_err *err);

/** Takes in this tick; once a tick, also tick 0, after groups are refreshed. What changes status and moves in one month changes first, at the old address.
 *  O(households that changed).
 *  @param track  between wks_track_find and wks_track_take */
wks_status wks_growth_push(wks_growth *growth, const wks_track *track, const wks_world *world, wks_err *err);

/** Sums of the last twelve months (fewer in the first year). @param slot  a group of the scenario, or n_groups: any vulnerability
 *  @param buurt_row  households with a home there; -1: households living in the city (with or without a home: not outside, not at COA) */
void wks_growth_sums_of(const wks_growth *growth, int32_t slot, int32_t buurt_row, int64_t out[WKS_N_GROWTH_FLOWS]);

/** Members now, counted by the last push in the same way. */
int64_t wks_growth_members(const wks_growth *growth, int32_t slot, int32_t buurt_row);

#endif
