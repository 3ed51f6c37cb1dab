/* Trials of a study: its scenarios run at a point of its parameters, in one replication, and the outcomes taken out. */
#ifndef WKS_STUDY_EVALUATE_H
#define WKS_STUDY_EVALUATE_H

#include "base/stop.h"
#include "city/folder.h"
#include "study/estimate.h"
#include "study/study_file.h"
#include "study/trials.h"

typedef struct wks_evaluate wks_evaluate;

/** Reads scenarios and cities of a study, looks whether every outcome will have its row (outcome_rows.h) and makes the populations. Mistakes are problems at their
 *  place. A study with a function needs none of it.
 *  @param study    must outlive the result
 *  @param threads  of a single replication when nothing runs beside it
 *  @param stop     may be NULL; raised: trials end with WKS_ERR_STOPPED
 *  @return WKS_OK, WKS_ERR_DATA when there are errors, WKS_ERR_NOMEM, WKS_ERR_IO. *out is NULL after an error. Time: a population for every city. */
wks_status wks_evaluate_create(const wks_study *study, int threads, wks_stop *stop, wks_evaluate **out, wks_problems *problems,
                               wks_err *err);
void wks_evaluate_destroy(wks_evaluate *evaluate);

/** From now on trials end with WKS_ERR_STOPPED, and the stop is raised, when the next month would end after `deadline` (on the clock of wks_machine_seconds; 0: none).
 *  One month of a scenario is always done. Without a stop nothing ends. */
void wks_evaluate_until(wks_evaluate *evaluate, double deadline);

/** wks_trials_evaluate; `context` is the wks_evaluate. Every scenario that an outcome needs runs once; a contrast is the difference of two runs of the same
 *  replication. A point that changes the population (seeds.population) makes its own. WKS_ERR_DATA: the scenario cannot have these values together. */
wks_status wks_evaluate_trial(const double *point, int32_t replication, double *out, void *context, wks_err *err);

/** Memory and time of `n_trials` trials, before they are run (estimate.h). */
wks_estimate wks_evaluate_estimate(const wks_evaluate *evaluate, int64_t n_trials);

/** What decides the outcomes beside point and replication: 64 hex digits over scenarios, cities, parameters, outcomes and program. */
const char *wks_evaluate_identity(const wks_evaluate *evaluate);
/** Scenario s as it is without parameters, and its city (NULL without one). NULL for a function. */
const wks_scenario *wks_evaluate_scenario(const wks_evaluate *evaluate, int32_t s);
const wks_city *wks_evaluate_city(const wks_evaluate *evaluate, int32_t s);

#endif
