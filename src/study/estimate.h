/* What runs cost, before they are run: memory and processor time from the size of the city and of the result tables. `check` prints it, the batch plans by it. */
#ifndef WKS_STUDY_ESTIMATE_H
#define WKS_STUDY_ESTIMATE_H

#include "city/folder.h"
#include "scenario/scenario.h"

/** Bytes (and seconds of one processor) of a set of runs that share a process. Sizes are fitted to measured peaks (estimate.c); tests/bench/estimate.sh holds them to 20 %. */
typedef struct wks_estimate {
    double program;     /* code, libraries, stacks */
    double population;  /* all populations, as they wait to be copied */
    double replication; /* the largest replication under way, on one thread */
    double pasts;       /* states that wait for the scenarios that share the past of a replication (batch_trunk.h) */
    double tables;      /* what is read back at the end for summaries, contrasts and report */
    double seconds;
    int64_t n_jobs;
    bool uses_up; /* one single job, which takes the population instead of copying it */
} wks_estimate;

/** Households that the figures of a city count. */
double wks_estimate_households(const wks_city *city);

/** Adds `n_jobs` replications of a scenario to `sum` (all 0 at first).
 *  @param is_new    its population is not that of a scenario added before
 *  @param follows   the replications keep what becomes of each household
 *  @param compares  its tables are held against those of others (compare, demo); else a run of its own, which may use up its population when it has one job */
void wks_estimate_add(wks_estimate *sum, const wks_scenario *scenario, const wks_city *city, int64_t n_jobs, bool is_new, bool follows,
                      bool compares);

/** Replications of this city go on from checkpoints: each holds the state that it read beside the world it makes of it. */
void wks_estimate_add_resumed(wks_estimate *sum, const wks_city *city);
/** Adds `n_trials` runs of a scenario of a study: no tables are read back, and the populations are shared by all. */
void wks_estimate_add_trials(wks_estimate *sum, const wks_scenario *scenario, const wks_city *city, int64_t n_trials, bool is_new);

/** The replications of these runs keep their state at `n` ticks, for scenarios that turn off there. */
void wks_estimate_add_pasts(wks_estimate *sum, const wks_city *city, int32_t n);

/** Bytes of a replication under way with that many threads inside, and of the pasts it keeps. */
double wks_estimate_replication(const wks_estimate *estimate, int threads_inside);
/** Largest memory of the process in bytes with so many replications under way at once. */
double wks_estimate_peak(const wks_estimate *estimate, int at_once, int threads_inside);

#endif
