/* Wijkbasisbanen: what a place means for who has one. Who gets one: timeline_jobs.h. Part of process livelihood. */
#ifndef WKS_PROCESS_LIVELIHOOD_JOBS_H
#define WKS_PROCESS_LIVELIHOOD_JOBS_H

#include "process/livelihood_spells.h"

typedef struct wks_livelihood_jobs {
    double wage_eur; /* a year, at the minimum wage */
    double onward;   /* a month: to other work */
    double keeps;    /* of who is in one when the programme ends: goes on working */
} wks_livelihood_jobs;

/** One month of one household, before its spells: takes up the job (income from work, at the wage and never below what it had), goes on to other
 *  work, or falls back to a benefit when the programme has ended and it does not keep the work. Writes job, income_source, spell_month, income_eur,
 *  usual_eur of its row. One draw (PROGRAMME, by key and tick) of who has a job; nothing of others. Who came to pension age or studies leaves the place.
 *  @return true when a place falls free */
bool wks_livelihood_jobs_step(const wks_livelihood_jobs *self, const wks_livelihood_spells *spells, wks_world *world, int32_t row,
                              int32_t age, wks_rng *rng);

#endif
