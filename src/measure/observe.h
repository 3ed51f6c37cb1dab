/* The observer of one replication: counts over time windows (12 months) and the indicators of a tick. Groups are refreshed here. */
#ifndef WKS_MEASURE_OBSERVE_H
#define WKS_MEASURE_OBSERVE_H

#include "measure/destination.h"
#include "measure/flows.h"
#include "measure/series.h"
#include "scenario/scenario.h"
#include "world/row_order.h"
#include "world/world.h"

extern const wks_indicator_spec wks_observe_indicators[];
extern const int32_t wks_observe_indicators_count;

typedef struct wks_observe wks_observe; /* opaque: moving windows */
wks_status wks_observe_create(const wks_scenario *scenario, const wks_world *world, wks_observe **out, wks_err *err);
void wks_observe_destroy(wks_observe *observe);
/** Carries the windows over; read into one just created for the same scenario. @param world  the one that goes with it, read before */
wks_status wks_observe_carry(wks_observe *observe, const wks_world *world, wks_carry *carry, wks_err *err);

/** Sets household.groups of every household by the scenario's predicates. Parallel. */
void wks_observe_refresh_groups(const wks_scenario *scenario, wks_world *world);

/** Takes in what happened in this tick (lettings, ledger); call once a tick, also for tick 0. */
wks_status wks_observe_tick(wks_observe *observe, const wks_world *world, wks_err *err);
/** Households, and persons, have other rows from here on. */
wks_status wks_observe_reorder_households(wks_observe *observe, const wks_row_order *order, wks_err *err);
wks_status wks_observe_reorder_persons(wks_observe *observe, const wks_row_order *order, wks_err *err);
/** Rows of city.csv / of buurt.csv for this tick, appended. */
wks_status wks_observe_city(wks_observe *observe, const wks_world *world, wks_series *out, wks_err *err);
wks_status wks_observe_buurt(wks_observe *observe, const wks_world *world, wks_series *out, wks_err *err);

/** Rows of destinations.csv: at the last tick of the scenario, none at others (destination.h). */
wks_status wks_observe_destinations(wks_observe *observe, const wks_world *world, const wks_destination_row **out, int32_t *out_n,
                                    wks_err *err);
/** Rows of flows.csv: of the calendar year that ends with this tick, none at others (flows.h). */
wks_status wks_observe_flows(wks_observe *observe, const wks_world *world, const wks_flows_row **out, int32_t *out_n, wks_err *err);

/** One row of queue.csv. NaN where nobody. Where too few are meant to be told (world.hides_few), counts are -1 and the rest NaN. */
typedef struct wks_observe_queue {
    const char *group;
    int64_t registered, active, reactions, housed;
    double success_rate, wait_p10, wait_p50, wait_p90, search_p50;
} wks_observe_queue;
/** The queue by group over the last 12 months (groups of the scenario with use measure, and "" for everybody). Free *out with free(). */
wks_status wks_observe_queue_rows(wks_observe *observe, const wks_world *world, wks_observe_queue **out, int32_t *out_n, wks_err *err);

#endif
