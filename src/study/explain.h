/* One letting or one household of a run, told from a rerun of its replication. */
#ifndef WKS_STUDY_EXPLAIN_H
#define WKS_STUDY_EXPLAIN_H

#include "city/folder.h"
#include "rules/round_trace.h"
#include "scenario/scenario.h"

typedef struct wks_explain_options {
    int64_t letting;        /* -1: none */
    uint64_t household_key; /* 0: none */
    int32_t replication;
    int32_t last_tick; /* no further */
    int threads;
    const wks_scenario *reference; /* whose rules are tried too; NULL: none */
} wks_explain_options;

/** How a household was at the end of a month. */
typedef struct wks_explain_state {
    bool is_there;
    uint8_t place, search, urgency, referral, tenure; /* tenure: WKS_N_TENURES for a latent unit */
    int32_t registered_month, buurt_row, persons;
    int32_t suspended_until, turn_month; /* may not react before; is not proposed a home before; WKS_NO_MONTH */
    uint64_t unit_key;
    float income_eur, rent_eur;
} wks_explain_state;
typedef struct wks_explain_moment {
    int32_t tick, month;
    wks_explain_state state;
} wks_explain_moment;

/* Other rules that are tried, in this order: the reference (when there is one), a plain list, a plain lottery. */
enum { WKS_EXPLAIN_PLAIN = 2 };

typedef struct wks_explain {
    wks_round_trace trace;
    const char *rival_name[WKS_ROUND_TRACE_RIVALS]; /* "reference", "list", "lot" */
    wks_scenario plain[WKS_EXPLAIN_PLAIN];
    wks_explain_moment *moment; /* of the household followed: the first, and whenever something changed but age and income */
    int32_t n_moments, moment_capacity;
    wks_text rows; /* of lettings.csv, as this run gives them */
    int32_t last_month;
} wks_explain;

/** Reruns the replication up to last_tick. `population` is used up. @return as wks_replication_run. Cost: that of the run up to there. */
wks_status wks_explain_run(const wks_scenario *scenario, const wks_city *city, wks_world *population, const wks_explain_options *options,
                           wks_explain *out, wks_err *err);
void wks_explain_free(wks_explain *explain);

#endif
