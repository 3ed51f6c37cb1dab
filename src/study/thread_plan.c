#include "study/thread_plan.h"

#include <math.h>
#include <stdio.h>

static const double usable_share = 0.9; /* the estimate may be off, and others live here too */
static const double mib = 1048576;

int wks_thread_plan_share(int threads, int n_running, int k)
{
    if (n_running <= 0) return threads;
    const int share = threads / n_running + (k < threads % n_running);
    return share < 1 ? 1 : share;
}

static int that_fit(const wks_thread_plan_facts *facts)
{
    if (!(facts->replication_bytes > 0) || isinf(facts->free_bytes)) return facts->threads;
    const double n = floor(usable_share * facts->free_bytes / facts->replication_bytes);
    return n > facts->threads ? facts->threads : (int)n;
}

wks_thread_plan wks_thread_plan_make(const wks_thread_plan_facts *facts)
{
    const int room = that_fit(facts);
    const int jobs = facts->n_jobs < 1 ? 1 : facts->n_jobs > facts->threads ? facts->threads : (int)facts->n_jobs;
    wks_thread_plan plan = {.threads = facts->threads, .fits = room >= 1};

    plan.at_once = jobs < room ? jobs : room < 1 ? 1 : room;
    plan.inside = wks_thread_plan_share(facts->threads, plan.at_once, plan.at_once - 1);
    if (room < jobs) {
        (void)snprintf(plan.why, sizeof plan.why, "%.0f MiB a replication, %.0f MiB free (%s)", facts->replication_bytes / mib,
                       facts->free_bytes / mib, facts->source);
    } else if (jobs < facts->threads) {
        (void)snprintf(plan.why, sizeof plan.why, "no more replications than that");
    } else {
        (void)snprintf(plan.why, sizeof plan.why, "a thread each");
    }
    return plan;
}
