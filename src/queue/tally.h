/* What a queue is measured by, cumulative from the end of the warm-up: waits of those housed, and the area under the queue. */
#ifndef WKS_QUEUE_TALLY_H
#define WKS_QUEUE_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/carry.h"

/** Of one class of seekers. Times in ticks. */
typedef struct wks_tally {
    int64_t n_housed;
    double wait_mean, wait_squares; /* of those housed: mean, and sum of squared distances to it (Welford 1962) */
    double fit_sum;                 /* of those housed: value of the dwelling to them (choice) */
    int64_t n_arrived, n_waited;    /* who came, and of them who found no dwelling vacant */
    int64_t n_left;                 /* who gave up waiting */
    int64_t n_now;                  /* who wait now, measured or not */
    double area;                    /* integral of n_now over measured time */
    double waited;                  /* time that those who left the queue had waited inside the measured time */
} wks_tally;

/** Somebody is housed after `wait` ticks. */
void wks_tally_house(wks_tally *tally, double wait, double fit);
/** Mean of (wait - mean)^2 over those housed: exactly 0 when all waits are equal; NaN when nobody was housed. */
double wks_tally_variance(const wks_tally *tally);
/** part / whole; NaN when the whole is 0. */
double wks_tally_ratio(double part, double whole);
/** Little's law as an identity of areas: area = waited + what those who still wait have waited (`still`), to 1e-9 of the larger. */
bool wks_tally_balances(const wks_tally *tally, double still);
void wks_tally_carry(wks_tally *tally, wks_carry *carry);
/** Adds the tally to a running hash. */
uint64_t wks_tally_hash(const wks_tally *tally, uint64_t hash);

#endif
