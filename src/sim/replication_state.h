/* What makes up a replication of a city, and all of it as bytes. For this folder only. */
#ifndef WKS_SIM_REPLICATION_STATE_H
#define WKS_SIM_REPLICATION_STATE_H

#include "base/carry.h"
#include "sim/replication.h"

typedef struct wks_running {
    const wks_scenario *scenario;
    const wks_replication_options *options;
    wks_world world;
    wks_tick tick;
    wks_observe *observe;
    wks_compliance *compliance;
    wks_budget_account *budget;
    wks_monitor *monitor;
    wks_household_fate_log *fate; /* NULL: households are not followed */
    wks_household_life_list life; /* buffer */
    wks_series city, buurt;
    int32_t next_event;
    double lap_s; /* the clock when time was last told apart (options->spent) */
} wks_running;

struct wks_cityless;
/* Whichever of the two runs. */
struct wks_replication_state {
    wks_running *city;
    struct wks_cityless *cityless;
};

/** Carries over what a state must have in common with the scenario that it is continued under, with or without a city: model, seeds, number, ticks, groups,
 *  rule sets, `follow`. WKS_ERR_DATA says what differs. */
wks_status wks_replication_state_carry_shape(const wks_scenario *scenario, const wks_replication_options *options, wks_carry *carry,
                                             wks_err *err);
/** Carries the events of the past and what they made of the settings over: read, `run` has them as its scenario says, and WKS_ERR_DATA names what differs. */
wks_status wks_replication_state_carry_settings(wks_running *run, wks_carry *carry, wks_err *err);
/** Carries over what rule sets and observers keep, all made already. After the world. */
wks_status wks_replication_state_carry_memory(wks_running *run, wks_carry *carry, wks_err *err);

#endif
