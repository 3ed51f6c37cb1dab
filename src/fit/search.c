#include "fit/search.h"

#include <math.h>
#include <nlopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct searching {
    wks_search_call *function;
    void *context;
    nlopt_opt opt;
    wks_status rc;
    wks_err *err;
    int32_t n_evaluations, most, mark; /* mark: four fifths of most */
    double value, *x;                  /* best so far: NLopt's own answer is not promised after a forced stop or in ISRES */
    double value_at_mark;
} searching;

static double one_value(unsigned n, const double *x, double *gradient, void *context)
{
    searching *s = context;
    double value = 0.0;

    (void)gradient;
    const bool is_over = s->n_evaluations >= s->most; /* some methods look at the limit late */
    if (s->rc == WKS_OK && !is_over) s->rc = s->function(x, &value, s->context, s->err);
    if (s->rc != WKS_OK || is_over) {
        (void)nlopt_force_stop(s->opt);
        return HUGE_VAL;
    }
    if (s->n_evaluations == 0 || value < s->value) {
        s->value = value;
        memcpy(s->x, x, n * sizeof *x);
    }
    s->n_evaluations++;
    if (s->n_evaluations == s->mark) s->value_at_mark = s->value;
    return value;
}

static nlopt_algorithm algorithm_of(const wks_search_options *options)
{
    switch (options->method) {
    case WKS_SEARCH_CRS: return NLOPT_GN_CRS2_LM;
    case WKS_SEARCH_ISRES: return NLOPT_GN_ISRES;
    case WKS_SEARCH_BOBYQA: break;
    }
    return options->dimension > 1 ? NLOPT_LN_BOBYQA : NLOPT_LN_COBYLA;
}

static nlopt_opt make(searching *s, const wks_search_options *options)
{
    nlopt_opt opt = nlopt_create(algorithm_of(options), (unsigned)options->dimension);
    const double step = options->step > 0.0 ? options->step : 0.2;

    if (opt == NULL) return NULL;
    /* The global methods take one small improvement for the end: they get no tolerances. */
    if (options->method == WKS_SEARCH_BOBYQA &&
        (nlopt_set_xtol_abs1(opt, options->tolerance) < 0 || nlopt_set_ftol_abs(opt, options->value_tolerance) < 0)) {
        nlopt_destroy(opt);
        return NULL;
    }
    if (nlopt_set_min_objective(opt, one_value, s) < 0 || nlopt_set_lower_bounds1(opt, 0.0) < 0 || nlopt_set_upper_bounds1(opt, 1.0) < 0 ||
        nlopt_set_maxeval(opt, options->evaluations) < 0 || nlopt_set_initial_step1(opt, step) < 0) {
        nlopt_destroy(opt);
        return NULL;
    }
    return opt;
}

wks_status wks_search_minimise(wks_search_call *function, void *context, const wks_search_options *options, double *x,
                               wks_search_result *result, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *at = wks_mem_copy(x, (size_t)options->dimension * sizeof *x), value = 0.0;
    searching s = {.function = function, .context = context, .err = err, .x = x};

    *result = (wks_search_result){.value = (double)NAN};
    s.most = options->evaluations;
    s.mark = (int32_t)(0.8 * (double)s.most);
    s.opt = at == NULL ? NULL : make(&s, options);
    if (s.opt == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a search in %d dimensions", (int)options->dimension);
    nlopt_srand((unsigned long)(options->seed & UINT32_MAX));
    const nlopt_result ended = nlopt_optimize(s.opt, at, &value);
    WKS_TRY(s.rc);
    if (ended == NLOPT_OUT_OF_MEMORY) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a search in %d dimensions", (int)options->dimension);
    /* Other negative codes (rounding limits progress, a degenerate model) end a search that has gone as far as it can: not converged. */
    if (s.n_evaluations == 0) WKS_FAIL(err, WKS_ERR_USAGE, "the search did not start: %s", nlopt_result_to_string(ended));
    *result = (wks_search_result){.value = s.value, .n_evaluations = s.n_evaluations};
    result->is_converged = options->method == WKS_SEARCH_BOBYQA
                               ? ended == NLOPT_FTOL_REACHED || ended == NLOPT_XTOL_REACHED || ended == NLOPT_SUCCESS
                               : s.n_evaluations > s.mark && s.mark > 0 && s.value_at_mark - s.value <= options->value_tolerance;
out:
    if (s.opt != NULL) nlopt_destroy(s.opt);
    free(at);
    return rc;
}
