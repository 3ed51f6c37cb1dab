/* A minimum in the unit cube without derivatives (NLopt; no other file knows it). One thread: NLopt's random generator is global, so searches must not
 * run side by side; each is seeded anew and gives the same path every time. */
#ifndef WKS_FIT_SEARCH_H
#define WKS_FIT_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

typedef enum wks_search_method {
    WKS_SEARCH_BOBYQA, /* local, quadratic models in a trust region (Powell 2009); in one dimension, where it does not exist, COBYLA (Powell 1994) */
    WKS_SEARCH_CRS,  /* global, controlled random search with local mutation (Kaelo and Ali 2006) */
    WKS_SEARCH_ISRES /* global, evolution strategy (Runarsson and Yao 2005) */
} wks_search_method;

/** The function; its value must be finite. An error stops the search and comes back. */
typedef wks_status wks_search_call(const double *x, double *value, void *context, wks_err *err);

typedef struct wks_search_options {
    wks_search_method method;
    int32_t dimension, evaluations; /* at most so many, >= 1 */
    double step;                    /* BOBYQA: first radius, 0.2 when 0 */
    double tolerance;               /* BOBYQA: ends when steps in x get smaller than this, or gains than `value_tolerance` */
    double value_tolerance;         /* absolute */
    uint64_t seed;                  /* CRS, ISRES */
} wks_search_options;

typedef struct wks_search_result {
    double value;
    int32_t n_evaluations;
    bool
        is_converged; /* BOBYQA: ended by a tolerance; CRS, ISRES (they use all evaluations): the last fifth gained no more than value_tolerance */
} wks_search_result;

/** @param x  in: where it starts (dimension values in [0, 1]); out: the best point found. WKS_ERR_NOMEM, errors of the function. */
wks_status wks_search_minimise(wks_search_call *function, void *context, const wks_search_options *options, double *x,
                               wks_search_result *result, wks_err *err);

#endif
