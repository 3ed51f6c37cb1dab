/* Threads: fixed blocks, so that results never depend on how many threads there are. Long jobs and the number of processors are OpenMP's (no other file knows
 * it), the many short loops of a tick a crew's that stands by (base/crew.h). */
#ifndef WKS_BASE_PAR_H
#define WKS_BASE_PAR_H

#include <stdint.h>

enum { WKS_PAR_BLOCK = 4096 };

/** Work on rows [begin, end) of block number `block`; must only write what belongs to its rows or its block. */
typedef void wks_par_body(int64_t begin, int64_t end, int64_t block, void *context);

/** Runs body over 0..n in blocks of `block_size` (<= 0: WKS_PAR_BLOCK) with at most `threads` threads. Serial when there is one block,
 *  one thread, or when called inside another parallel loop. Blocks are the same for any number of threads. */
void wks_par_for(int64_t n, int64_t block_size, int threads, wks_par_body *body, void *context);

/** A block size for loops whose blocks each hold a table of their own: at least `least` rows, and so many that there are at most 64 blocks
 *  (a function of n and least only, so results still do not depend on threads). */
int64_t wks_par_block_size(int64_t n, int64_t least);

/** Number of blocks that wks_par_for will use. */
int64_t wks_par_blocks(int64_t n, int64_t block_size);

/** Sum of block results in block order. */
double wks_par_sum(const double *block_value, int64_t n_blocks);

/** Independent jobs (replications), each on one thread, taken in order; inside a job wks_par_for runs serially when jobs run side by
 *  side. */
typedef void wks_par_job(int64_t job, void *context);
void wks_par_jobs(int64_t n, int threads, wks_par_job *job, void *context);

/** The same for jobs of a moment, many times a tick. */
void wks_par_each(int64_t n, int threads, wks_par_job *job, void *context);

/** As wks_par_jobs with every job on a thread of its own that may use threads inside: what wks_par_for is asked for there, it gets. When the system gives no
 *  more threads, those that began do all jobs. */
void wks_par_side_by_side(int64_t n, int at_once, wks_par_job *job, void *context);

/** Processors this process may use (environment OMP_NUM_THREADS wins). */
int wks_par_default_threads(void);
/** Processors in the affinity mask of this process. */
int wks_par_processors(void);

#endif
