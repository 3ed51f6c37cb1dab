/* How threads are used: replications side by side, and what is left inside each, as far as there is memory. No result depends on it. */
#ifndef WKS_STUDY_THREAD_PLAN_H
#define WKS_STUDY_THREAD_PLAN_H

#include <stdbool.h>
#include <stdint.h>

enum { WKS_THREAD_PLAN_WHY = 160 };

typedef struct wks_thread_plan {
    int at_once;                   /* replications side by side */
    int inside;                    /* threads in each; the first `threads - at_once * inside` of them have one more */
    int threads;                   /* in all, as -j says */
    bool fits;                     /* false: even one at a time is more than there is */
    char why[WKS_THREAD_PLAN_WHY]; /* what decided, in words */
} wks_thread_plan;

/** What is known before: `free_bytes` that the process may still take (INFINITY: no limit), a name for who says so, and what one replication takes of them. */
typedef struct wks_thread_plan_facts {
    int64_t n_jobs;
    int threads;
    double free_bytes, replication_bytes;
    const char *source;
} wks_thread_plan_facts;

/** As many replications side by side as there are threads, jobs and room for (a tenth of the memory is left alone); at least one. */
wks_thread_plan wks_thread_plan_make(const wks_thread_plan_facts *facts);

/** Threads of each of `n_running` replications when no other is left to begin: all of them, shared as evenly as it goes. `k` from 0. */
int wks_thread_plan_share(int threads, int n_running, int k);

#endif
