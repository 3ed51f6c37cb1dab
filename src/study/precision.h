/* How many replications are enough: half the 95 % interval at most what is asked, and still so over further replications. Pure functions of numbers. */
#ifndef WKS_STUDY_PRECISION_H
#define WKS_STUDY_PRECISION_H

#include "study/contrast.h"

/** One thing that is asked: differences (or values of one scenario) in order of replication. Zero-initialised but for asked and method. */
typedef struct wks_precision_goal {
    double asked; /* half-width, > 0 */
    wks_contrast_method method;
    double *value; /* n; NaN where not defined */
    double *half;  /* n_judged: over the first i + 1 of them; NaN where there is no interval */
    size_t n, n_judged, capacity;
} wks_precision_goal;

void wks_precision_free(wks_precision_goal *goal);
/** The next replication. WKS_ERR_NOMEM. */
wks_status wks_precision_add(wks_precision_goal *goal, double value, wks_err *err);

typedef struct wks_precision_state {
    size_t n;          /* replications judged */
    size_t held_since; /* from so many replications on all goals have held; 0: not all hold now */
    bool is_reached;   /* and they have for as long as the look-ahead asks */
} wks_precision_state;

/** Judges goals of equally many replications, one replication after the other from the tenth on, with the interval that contrasts.csv has. What was judged is
 *  kept, so adding and judging in batches gives what judging once gives. O(new replications x all of them), with bootstrap goals x redraws. WKS_ERR_NOMEM. */
wks_status wks_precision_judge(wks_precision_goal *goal, size_t n_goals, int32_t look_ahead, wks_precision_state *out, wks_err *err);

/** From so many replications on the goal has held without a break until now; 0: it does not hold now. */
size_t wks_precision_held_since(const wks_precision_goal *goal);
/** Half the interval over all; NaN when there is none. */
double wks_precision_half(const wks_precision_goal *goal);

/** Further replications for which a criterion that holds at n must hold: k up to n = 100, above that k n / 100, rounded down.
 *  Source: Hoad, Robinson and Davies (2010), Automated selection of the number of replications for a discrete-event simulation, J. Oper. Res. Soc. 61:
 *  kLimit = 5. */
size_t wks_precision_look_ahead(size_t n, int32_t k);

/** The number of replications to run next: `first` batches on in steps of `batch` until above n, never above `most` (but n when it is above). Depends on
 *  nothing else, so results are the same for any number of threads and after a resume. */
int32_t wks_precision_next(int32_t n, int32_t first, int32_t batch, int32_t most);

#endif
