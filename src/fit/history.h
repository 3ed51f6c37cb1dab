/* History matching: what the targets rule out, wave by wave. In a wave, points of the space that is left are run; an emulator per fitted target
 * (emulator.h) then says of every other point how implausible it is, I = |value - E| / sqrt(V_emulator + V_obs + V_disc + V_mc), and points beyond the
 * cutoff in any wave are out. What is returned as fitting are points that were really run and are not implausible by what the model itself gave.
 * Source: Craig et al. (1997), Vernon et al. (2010), Andrianakis et al. (2015). */
#ifndef WKS_FIT_HISTORY_H
#define WKS_FIT_HISTORY_H

#include "fit/archive.h"

typedef struct wks_history_options {
    int32_t waves;       /* >= 1 */
    int32_t points;      /* a wave, at least 2 (parameters + 3), and not below 10 a parameter by choice */
    int32_t wanted;      /* after the waves, go on in what is left until so many points fit (0: none) ... */
    int32_t evaluations; /* ... or so many were run in all (0: no limit beyond the waves) */
    double cutoff;       /* 3 */
    int32_t nth;         /* 1: the worst target decides; 2: the second worst */
    uint64_t seed;
    int threads; /* for the candidates */
} wks_history_options;

/** What leave-one-out says about an emulator (emulator.h). */
typedef struct wks_history_check {
    int32_t n_points;
    double q2, rms, within;
} wks_history_check;

typedef struct wks_history_wave {
    int32_t first, n;         /* rows of the archive */
    double volume;            /* share of the cube that is left after it (estimated from keyed candidates) */
    wks_history_check *check; /* one a target; n_points 0 for held-out ones */
} wks_history_wave;

typedef struct wks_history {
    wks_history_wave *wave; /* n_waves; further batches towards `wanted` are stages of the archive beyond them */
    int32_t n_waves, n_targets;
    bool is_empty; /* the emulators ruled everything out */
} wks_history;

/** Runs the waves; points go into the archive with the wave as stage (from 1). First wave: keyed Latin hypercube (RNG purpose DESIGN); later ones: the
 *  candidates that are left and lie farthest from one another and from what was run. Stops early when nothing is left (is_empty). Points without a value
 *  (NaN) are implausible and train no emulator; WKS_ERR_DATA when fewer than parameters + 4 have one. The same for any number of threads.
 *  A wave costs 10,000 to 30,000 predictions a target beside the model. */
wks_status wks_history_match(wks_archive *archive, const wks_history_options *options, wks_history *out, wks_err *err);
void wks_history_free(wks_history *history);

/** Rows of the archive that fit: run, and implausibility at most `cutoff`. @param row  room for archive->n. @return how many. */
int32_t wks_history_set(const wks_archive *archive, double cutoff, int32_t nth, int32_t *row);

#endif
