/* Threads that stand by to help with the blocks of a loop (pthreads; for base/par). Who posts a loop works on it itself and waits only for blocks that a helper
 * has begun: a helper to whom the system gives no processor just now holds nothing up. That is why these are not OpenMP's threads, whose loops end when every
 * thread of the team has come by: two of those took twice the time of one on a machine with other work (docs/performance.md, "A busy machine"). */
#ifndef WKS_BASE_CREW_H
#define WKS_BASE_CREW_H

#include <stdbool.h>
#include <stdint.h>

typedef void wks_crew_body(int64_t block, void *context);

/** Runs body(block) once for each of 0..n_blocks-1, in no order, on this thread and at most `helpers` others; returns when all are done. Everything the bodies
 *  wrote is seen by the caller. Helpers are started when first asked for and live as long as the program; when the system gives none, this thread does all.
 *  Many threads may post at the same time, at most WKS_CREW_POSTS with helpers; what is beyond runs on the caller alone. */
void wks_crew_run(int64_t n_blocks, int helpers, wks_crew_body *body, void *context);

/** True on a thread that is running a block of wks_crew_run, the caller's own included: loops inside blocks are serial. */
bool wks_crew_is_inside(void);

enum { WKS_CREW_POSTS = 64, WKS_CREW_MOST = 1024 };

#endif
