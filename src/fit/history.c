#include "fit/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/rng.h"
#include "design/design.h"
#include "fit/emulator.h"

enum { CANDIDATES = 10000, ENOUGH_KEPT = 1000, MOST_KEPT = 4000, MOST_SIFTS = 3, CANDIDATE_BLOCK = 64 };

/* The emulators of one wave: a point is left when it passes all waves. */
typedef struct sieve {
    wks_emulator *emulator; /* one a target; held out: empty */
    double *mc_variance;    /* one a target: pooled over the training points */
} sieve;

typedef struct matching {
    wks_archive *archive;
    const wks_history_options *options;
    sieve *sieve; /* n_sieves */
    int32_t n_sieves;
    double *low, *high; /* the box in which all that is left lies */
    double *candidate;  /* CANDIDATES x n_parameters, in the box */
    double *worst;      /* CANDIDATES: implausibility by the latest emulators; infinity when out */
    int32_t *kept;      /* candidates that are left */
    int32_t n_kept;
    int32_t n_draws; /* candidate sets so far: their seeds */
} matching;

/* ---- the sieve ---- */

/* Implausibility by one wave's emulators; stops as soon as it is beyond the cutoff. */
static double emulated(const matching *m, const sieve *s, const double *x)
{
    double largest[2] = {0.0, 0.0};
    const int32_t at = m->options->nth == 2 ? 1 : 0;

    for (int32_t t = 0; t < m->archive->n_targets && largest[at] <= m->options->cutoff; t++) {
        double mean, variance;
        if (m->archive->target[t].is_held_out) continue;
        wks_emulator_predict(&s->emulator[t], x, &mean, &variance);
        wks_archive_keep_largest(largest, sqrt(wks_archive_square(&m->archive->target[t], mean, s->mc_variance[t], variance)));
    }
    return largest[at];
}

static double worst_of(const matching *m, const double *x)
{
    double value = 0.0;

    for (int32_t k = m->n_sieves - 1; k >= 0; k--) {
        const double now = emulated(m, &m->sieve[k], x);
        if (now > m->options->cutoff) return (double)INFINITY;
        if (k == m->n_sieves - 1) value = now;
    }
    return value;
}

static void judge(int64_t begin, int64_t end, int64_t block, void *context)
{
    matching *m = context;

    (void)block;
    for (int64_t i = begin; i < end; i++)
        m->worst[i] = worst_of(m, m->candidate + i * m->archive->n_parameters);
}

/* A new keyed set of candidates in the box, and which of them are left. */
static wks_status sift(matching *m, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t d = m->archive->n_parameters;
    const wks_rng_seed key = wks_rng_seed_make(m->options->seed, 0);
    wks_rng rng = wks_rng_open(&key, (uint64_t)m->n_draws++, 1, WKS_RNG_CALIBRATE);

    WKS_TRY(wks_design_lhs(CANDIDATES, d, wks_rng_u64(&rng), m->candidate, err));
    for (int32_t i = 0; i < CANDIDATES; i++)
        for (int32_t k = 0; k < d; k++) {
            double *x = &m->candidate[(int64_t)i * d + k];
            *x = m->low[k] + *x * (m->high[k] - m->low[k]);
        }
    wks_par_for(CANDIDATES, CANDIDATE_BLOCK, m->options->threads, judge, m);
    m->n_kept = 0;
    for (int32_t i = 0; i < CANDIDATES; i++)
        if (m->worst[i] <= m->options->cutoff) m->kept[m->n_kept++] = i;
out:
    return rc;
}

static double box_volume(const matching *m)
{
    double volume = 1.0;

    for (int32_t k = 0; k < m->archive->n_parameters; k++)
        volume *= m->high[k] - m->low[k];
    return volume;
}

/* The box around what is left, so that the next candidates are not wasted; wider by a twentieth, and by what n points miss of a range. */
static void tighten(matching *m)
{
    const int32_t d = m->archive->n_parameters;

    for (int32_t k = 0; k < d; k++) {
        double low = 1.0, high = 0.0;
        for (int32_t i = 0; i < m->n_kept; i++) {
            const double x = m->candidate[(int64_t)m->kept[i] * d + k];
            if (x < low) low = x;
            if (x > high) high = x;
        }
        const double margin = (0.05 + 2.0 / (double)(m->n_kept + 1)) * (high - low) + 0.005;
        m->low[k] = low - margin > m->low[k] ? low - margin : m->low[k];
        m->high[k] = high + margin < m->high[k] ? high + margin : m->high[k];
    }
}

/* Sifts, and again in the smaller box where few candidates were left: what is left is then seen well enough to measure and to choose from. */
static wks_status sift_well(matching *m, double *volume, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int k = 0; k < MOST_SIFTS; k++) {
        WKS_TRY(sift(m, err));
        if (m->n_kept == 0 && k > 0) continue; /* by bad luck: the box holds what was seen before */
        *volume = box_volume(m) * (double)m->n_kept / (double)CANDIDATES;
        if (m->n_kept == 0) break;
        tighten(m);
        if (m->n_kept >= ENOUGH_KEPT) break;
    }
out:
    return rc;
}

/* ---- emulators ---- */

static bool is_defined(const wks_archive *archive, int32_t row)
{
    return isfinite(archive->distance[row]);
}

/* Rows that earlier waves do not rule out: the emulators of a later wave describe what is left, and all rows when that is too few. */
static int32_t training_rows(const matching *m, int32_t *row)
{
    const wks_archive *a = m->archive;
    int32_t n = 0;

    for (int32_t i = 0; i < a->n; i++)
        if (is_defined(a, i) && worst_of(m, a->point + (int64_t)i * a->n_parameters) <= m->options->cutoff) row[n++] = i;
    if (n < 5 * (a->n_parameters + 1)) {
        n = 0;
        for (int32_t i = 0; i < a->n; i++)
            if (is_defined(a, i)) row[n++] = i;
    }
    if (n > WKS_EMULATOR_MOST) { /* the latest */
        memmove(row, row + (n - WKS_EMULATOR_MOST), (size_t)WKS_EMULATOR_MOST * sizeof *row);
        n = WKS_EMULATOR_MOST;
    }
    return n;
}

static wks_status train(const wks_archive *a, const int32_t *row, int32_t n, int32_t target, double *x, double *y, sieve *s,
                        wks_history_check *check, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t d = a->n_parameters;
    wks_emulator *e = &s->emulator[target];

    for (int32_t i = 0; i < n; i++) {
        const int64_t at = (int64_t)row[i] * a->n_targets + target;
        memcpy(x + (int64_t)i * d, a->point + (int64_t)row[i] * d, (size_t)d * sizeof *x);
        y[i] = a->mean[at];
    }
    WKS_TRY(wks_emulator_fit(x, y, n, d, e, err));
    *check = (wks_history_check){.n_points = n, .q2 = e->q2, .rms = e->rms, .within = e->within};
out:
    return rc;
}

static wks_status add_sieve(matching *m, wks_history_check *check, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_archive *a = m->archive;
    sieve *s = &m->sieve[m->n_sieves];
    int32_t *row = wks_mem_array((size_t)a->n, sizeof *row);
    double *x = wks_mem_array((size_t)a->n * (size_t)a->n_parameters, sizeof *x), *y = wks_mem_array((size_t)a->n, sizeof *y);

    s->emulator = wks_mem_array((size_t)a->n_targets, sizeof *s->emulator);
    s->mc_variance = wks_mem_array((size_t)a->n_targets, sizeof *s->mc_variance);
    if (!row || !x || !y || !s->emulator || !s->mc_variance) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d emulators", (int)a->n_targets);
    const int32_t n = training_rows(m, row);
    if (n < a->n_parameters + 4) {
        WKS_FAIL(err, WKS_ERR_DATA, "%d points have all fitted targets; an emulator of %d parameters needs %d", (int)n,
                 (int)a->n_parameters, (int)a->n_parameters + 4);
    }
    wks_archive_pool(a, row, n);
    memcpy(s->mc_variance, a->pooled, (size_t)a->n_targets * sizeof *a->pooled);
    for (int32_t t = 0; t < a->n_targets; t++)
        if (!a->target[t].is_held_out) WKS_TRY(train(a, row, n, t, x, y, s, &check[t], err));
    m->n_sieves++;
out:
    free(row);
    free(x);
    free(y);
    return rc;
}

static void free_sieve(sieve *s, int32_t n_targets)
{
    for (int32_t t = 0; s->emulator != NULL && t < n_targets; t++)
        wks_emulator_free(&s->emulator[t]);
    free(s->emulator);
    free(s->mc_variance);
}

/* ---- where to run next ---- */

static double squared_gap(const double *a, const double *b, int32_t d)
{
    double sum = 0.0;

    for (int32_t k = 0; k < d; k++)
        sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sum;
}

static void narrow(double *gap, const matching *m, int32_t n, const double *x)
{
    const int32_t d = m->archive->n_parameters;

    for (int32_t i = 0; i < n; i++) {
        const double now = squared_gap(m->candidate + (int64_t)m->kept[i] * d, x, d);
        if (now < gap[i]) gap[i] = now;
    }
}

/* Takes up to `wanted` of the candidates that are left, each farthest from what was run and what was taken (the first of equals). @return how many. */
static wks_status spread(const matching *m, int32_t wanted, double *point, int32_t *n_taken, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_archive *a = m->archive;
    const int32_t d = a->n_parameters, n = m->n_kept < MOST_KEPT ? m->n_kept : MOST_KEPT;
    double *gap = wks_mem_array((size_t)n, sizeof *gap);

    *n_taken = 0;
    if (gap == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d candidates", (int)n);
    for (int32_t i = 0; i < n; i++)
        gap[i] = (double)INFINITY;
    for (int32_t row = 0; row < a->n; row++)
        narrow(gap, m, n, a->point + (int64_t)row * d);
    while (*n_taken < wanted && *n_taken < n) {
        int32_t next = 0;
        for (int32_t i = 1; i < n; i++)
            if (gap[i] > gap[next]) next = i;
        double *x = point + (int64_t)(*n_taken)++ * d;
        memcpy(x, m->candidate + (int64_t)m->kept[next] * d, (size_t)d * sizeof *x);
        narrow(gap, m, n, x);
        gap[next] = -1.0;
    }
out:
    free(gap);
    return rc;
}

static wks_status run_left(matching *m, int32_t wanted, int32_t stage, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = 0;
    double *point = wks_mem_array((size_t)wanted * (size_t)m->archive->n_parameters, sizeof *point);

    if (point == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d points", (int)wanted);
    if (m->n_sieves == 0) {
        n = wanted;
        WKS_TRY(wks_design_lhs(n, m->archive->n_parameters, m->options->seed, point, err));
    } else {
        WKS_TRY(spread(m, wanted, point, &n, err));
    }
    WKS_TRY(wks_archive_add(m->archive, point, n, stage, err));
out:
    free(point);
    return rc;
}

/* ---- the whole ---- */

static wks_status one_wave(matching *m, wks_history *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_history_wave *wave = &out->wave[out->n_waves];

    wave->first = m->archive->n;
    wave->check = wks_mem_array((size_t)m->archive->n_targets, sizeof *wave->check);
    if (wave->check == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a wave");
    out->n_waves++;
    WKS_TRY(run_left(m, m->options->points, out->n_waves, err));
    wave->n = m->archive->n - wave->first;
    WKS_TRY(add_sieve(m, wave->check, err));
    WKS_TRY(sift_well(m, &wave->volume, err));
    out->is_empty = m->n_kept == 0;
out:
    return rc;
}

static wks_status more(matching *m, wks_history *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_history_options *o = m->options;
    int32_t stage = out->n_waves, *row = NULL;

    while (!out->is_empty && m->archive->n < o->evaluations) {
        free(row);
        row = wks_mem_array((size_t)m->archive->n, sizeof *row);
        if (row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d rows", (int)m->archive->n);
        if (wks_history_set(m->archive, o->cutoff, o->nth, row) >= o->wanted) break;
        const int32_t left = o->evaluations - m->archive->n;
        WKS_TRY(sift(m, err));
        if (m->n_kept == 0) break;
        WKS_TRY(run_left(m, left < o->points ? left : o->points, ++stage, err));
    }
out:
    free(row);
    return rc;
}

static bool reserve(matching *m)
{
    const size_t d = (size_t)m->archive->n_parameters;

    m->sieve = wks_mem_array((size_t)m->options->waves, sizeof *m->sieve);
    m->low = wks_mem_array(d, sizeof *m->low);
    m->high = wks_mem_array(d, sizeof *m->high);
    m->candidate = wks_mem_array(CANDIDATES * d, sizeof *m->candidate);
    m->worst = wks_mem_array(CANDIDATES, sizeof *m->worst);
    m->kept = wks_mem_array(CANDIDATES, sizeof *m->kept);
    return m->sieve && m->low && m->high && m->candidate && m->worst && m->kept;
}

wks_status wks_history_match(wks_archive *archive, const wks_history_options *options, wks_history *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    matching m = {.archive = archive, .options = options};

    *out = (wks_history){.n_targets = archive->n_targets};
    if (options->waves < 1 || options->points < 2 * (archive->n_parameters + 3) || !(options->cutoff > 0.0)) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%d waves of %d points; expected at least 1 wave of %d, and a cutoff above 0", (int)options->waves,
                 (int)options->points, 2 * ((int)archive->n_parameters + 3));
    }
    out->wave = wks_mem_array((size_t)options->waves, sizeof *out->wave);
    if (out->wave == NULL || !reserve(&m)) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d waves", (int)options->waves);
    for (int32_t k = 0; k < archive->n_parameters; k++)
        m.high[k] = 1.0;
    while (out->n_waves < options->waves && !out->is_empty)
        WKS_TRY(one_wave(&m, out, err));
    WKS_TRY(more(&m, out, err));
out:
    for (int32_t k = 0; m.sieve != NULL && k < options->waves; k++)
        free_sieve(&m.sieve[k], archive->n_targets);
    free(m.sieve);
    free(m.low);
    free(m.high);
    free(m.candidate);
    free(m.worst);
    free(m.kept);
    return rc;
}

void wks_history_free(wks_history *history)
{
    for (int32_t k = 0; k < history->n_waves; k++)
        free(history->wave[k].check);
    free(history->wave);
    *history = (wks_history){0};
}

int32_t wks_history_set(const wks_archive *archive, double cutoff, int32_t nth, int32_t *row)
{
    int32_t n = 0;

    for (int32_t i = 0; i < archive->n; i++)
        if (wks_archive_implausibility(archive, i, nth) <= cutoff) row[n++] = i;
    return n;
}
