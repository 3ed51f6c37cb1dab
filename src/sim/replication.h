/* One replication: (scenario, replication number) decides everything. Emits to an observer; knows nothing of files. */
#ifndef WKS_SIM_REPLICATION_H
#define WKS_SIM_REPLICATION_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/bytes.h"
#include "base/stop.h"
#include "measure/budget.h"
#include "measure/compliance.h"
#include "measure/household_fate.h"
#include "measure/household_life.h"
#include "measure/monitor.h"
#include "measure/observe.h"
#include "process/tick.h"

/** What an observer is told after every tick (tick 0 = the start). The series are valid during the call only; n = 0 when nothing is due. */
typedef struct wks_replication_view {
    int32_t replication;
    const wks_world *world;
    const wks_series *city, *buurt;
    const wks_observe_queue *queue;
    int32_t n_queue;
    const wks_compliance_row *compliance; /* of the calendar year that ends here */
    int32_t n_compliance;
    const wks_budget_row *budget; /* idem */
    int32_t n_budget;
    const wks_flows_row *flows; /* likewise */
    int32_t n_flows;
    const wks_destination_row *destinations; /* at the last tick */
    int32_t n_destinations;
    const wks_monitor_row *monitor; /* of the quarter that ends here */
    int32_t n_monitor;
    const wks_household_fate *fate; /* every household by key, at the last tick of a run that follows them; else NULL */
    int32_t n_fates;
    const wks_household_life
        *life; /* every resident household, at tick 0, the end of each year and the last tick of a run that follows them */
    int32_t n_lives;
} wks_replication_view;

typedef wks_status wks_replication_observer(const wks_replication_view *view, void *context, wks_err *err);

/** A replication between two ticks, while `pause` is asked. Opaque. */
typedef struct wks_replication_state wks_replication_state;
/** Asked after every tick was told to the observer, tick 0 too (without a city also between the ticks that have rows), and once more with is_stopping before the
 *  replication ends with WKS_ERR_STOPPED. May call wks_replication_save. An error ends the replication. */
typedef wks_status wks_replication_pause(const wks_replication_state *state, int32_t tick, bool is_stopping, void *context, wks_err *err);
/** Puts everything that later ticks depend on behind what `out` holds, as bytes that options->from takes. O(rows x columns). WKS_ERR_NOMEM. */
wks_status wks_replication_save(const wks_replication_state *state, wks_bytes *out, wks_err *err);

/** Where the time of a replication went, in seconds on the clock: processes in the order of wks_process_registry, then what is no process. For benchmarks;
 *  nothing of it is in a result. */
enum {
    WKS_REPLICATION_MOST_PROCESSES = 32,
    WKS_REPLICATION_BETWEEN = WKS_REPLICATION_MOST_PROCESSES, /* order of rows, year, events, order of processes */
    WKS_REPLICATION_GROUPS,                                   /* which groups each household belongs to */
    WKS_REPLICATION_MEASURE,                                  /* what the observer is told */
    WKS_REPLICATION_OBSERVER,                                 /* the observer and `pause` */
    WKS_REPLICATION_PLACES
};
typedef struct wks_replication_spent {
    double place_s[WKS_REPLICATION_PLACES];
} wks_replication_spent;

typedef struct wks_replication_options {
    int32_t number;
    int threads;            /* inside a tick */
    const atomic_int *lent; /* threads inside a tick from the next one on, which another thread may change; NULL: `threads` all along */
    bool verify;            /* check every law at every tick */
    bool follow;            /* keep what becomes of each household: view.fate */
    bool keep_order;        /* never put rows in the order of homes (world/row_order.h); no result depends on it */
    wks_stop *stop;         /* raised: end at the next tick with WKS_ERR_STOPPED; may be NULL */
    wks_replication_observer *observer;
    void *observer_context;
    wks_replication_pause *pause; /* or NULL */
    void *pause_context;
    /* State of this replication to continue from, or NULL: from tick 0. The observer is told of later ticks only. Saved under this scenario, or under one that
     * differs from it in events after that tick only: then what is told and the hash equal those of a run from tick 0. What else differs (seed, number, groups,
     * rule sets, settings of processes as past events left them, `follow`) is refused with WKS_ERR_DATA, and so are damaged bytes. */
    const wks_bytes *from;
    int32_t
        until; /* end after this tick; 0 or below: the scenario's last. What comes at the last tick only is not told before it. Without a
                      city it may be some ticks later: at most 4096, or until the next rows */
    wks_world
        *take; /* the population itself when nobody needs it any more: it is used up (and empty afterwards) instead of copied; or NULL */
    wks_replication_spent *spent;  /* adds up where the time goes; NULL: nobody asks */
    struct wks_round_trace *trace; /* follows the rounds (rules/round_trace.h); NULL: nobody does */
} wks_replication_options;

/** A scenario without a city runs without population (which may be NULL): its view has a world of nobody that knows the tick only, and comes at the
 *  ticks that have rows only.
 *
 *  Runs a replication on a copy of `population` (a world at tick 0), or on options->take, which then is that population. With options->from nothing is copied:
 *  the population only says which city it is and lends what the city lends it. `out_hash` is the state hash at the end. */
wks_status wks_replication_run(const wks_scenario *scenario, const wks_world *population, const wks_replication_options *options,
                               uint64_t *out_hash, wks_err *err);

#endif
