/* At which strength of a disputed link does the order of two scenarios turn? From runs under T0, T1 and T2 (docs/odd.md, theories). */
#ifndef WKS_STUDY_BREAKEVEN_H
#define WKS_STUDY_BREAKEVEN_H

#include "output/matrix.h"

extern const char wks_breakeven_header[];

/** Pairs of one outcome of two scenarios, replication by replication: `difference[t][k]` is b minus a under theory t (0 to 2), `strength[k]` where
 *  T1 stands in replication k; T0 stands at 0, T2 at strength_t2. */
typedef struct wks_breakeven_pairs {
    size_t n;
    const double *difference[3];
    const double *strength;
    double strength_t2; /* above 0 */
} wks_breakeven_pairs;

typedef enum wks_breakeven_verdict {
    WKS_BREAKEVEN_UNDEFINED, /* fewer than 2 pairs, or a value is not defined */
    WKS_BREAKEVEN_EQUAL,     /* no difference at all under any theory */
    WKS_BREAKEVEN_FEW,       /* fewer than 10 pairs: no interval is read */
    WKS_BREAKEVEN_NONE,      /* one order, shown at every strength from T0 to T2 */
    WKS_BREAKEVEN_ONE,       /* one order is shown below, the other above */
    WKS_BREAKEVEN_MORE,      /* the order that is shown turns more than once */
    WKS_BREAKEVEN_NOISE      /* at some strength no order is shown, and no two are opposite */
} wks_breakeven_verdict;

typedef struct wks_breakeven_result {
    double value; /* the lowest strength at which the mean difference changes sign; NaN when it does not */
    double ci_low,
        ci_high; /* strengths around it (NaN: all the strengths) at which the 95 % interval of the difference holds 0; NaN when there are none,
                             * or with fewer than 10 pairs */
    wks_breakeven_verdict verdict;
} wks_breakeven_result;

/** Between theories each replication's difference is linear in the strength: from (0, T0) over (strength[k], T1) to (strength_t2, T2). A replication whose
 *  strength is not inside (0, strength_t2) goes from T0 to T2 straight. At a strength the mean over replications has a paired t interval (Fieller's
 *  set by search: 400 steps, ends to 1e-9 of strength_t2). Cost: 500 intervals over n values. */
wks_breakeven_result wks_breakeven_find(const wks_breakeven_pairs *pairs);
/** What the table says: "flips", "does not flip between T0 and T2", ... */
const char *wks_breakeven_words(wks_breakeven_verdict verdict);

/** The runs of every scenario under one theory, in the same order for all theories. */
typedef struct wks_breakeven_runs {
    const wks_matrix *const *scenario; /* n_scenarios; the reference first */
    size_t n_scenarios;
} wks_breakeven_runs;

/** Writes breakeven.csv: every pair of scenarios, for the city's leefbaarheid (indicators that begin with "leefbaarheid", of everybody, at the last
 *  tick that all have).
 *  @param runs      3: under T0, T1, T2
 *  @param strength  of T1 by replication of runs[1].scenario[0]; NaN where not known
 *  @return WKS_OK, WKS_ERR_NOMEM, WKS_ERR_IO */
wks_status wks_breakeven_write(const char *path, const wks_breakeven_runs *runs, const double *strength, double strength_t2, wks_err *err);

#endif
