#include "study/precision.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void wks_precision_free(wks_precision_goal *goal)
{
    free(goal->value);
    free(goal->half);
    goal->value = goal->half = NULL;
    goal->n = goal->n_judged = goal->capacity = 0;
}

wks_status wks_precision_add(wks_precision_goal *goal, double value, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (goal->n == goal->capacity) {
        const size_t larger = wks_mem_capacity(goal->capacity, goal->capacity + 1);
        double *values = wks_mem_resize(goal->value, goal->capacity, larger, sizeof *values);
        if (values == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu replications", larger);
        goal->value = values;
        double *halves = wks_mem_resize(goal->half, goal->capacity, larger, sizeof *halves);
        if (halves == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu replications", larger);
        goal->half = halves;
        goal->capacity = larger;
    }
    goal->value[goal->n++] = value;
out:
    return rc;
}

size_t wks_precision_look_ahead(size_t n, int32_t k)
{
    return n <= 100 ? (size_t)k : (size_t)k * n / 100;
}

size_t wks_precision_held_since(const wks_precision_goal *goal)
{
    size_t since = goal->n_judged;

    while (since > 0 && goal->half[since - 1] <= goal->asked) /* false for NaN */
        since--;
    return since == goal->n_judged ? 0 : since + 1;
}

double wks_precision_half(const wks_precision_goal *goal)
{
    return goal->n_judged == 0 ? (double)NAN : goal->half[goal->n_judged - 1];
}

/* Over the first n replications. */
static void judge_at(wks_precision_goal *goal, size_t n, const wks_bootstrap *table, const double *zero, double *scratch)
{
    wks_contrast_method method = goal->method;
    const wks_stat_paired pair = wks_contrast_interval(zero, goal->value, n, table, scratch, &method);

    goal->half[n - 1] = pair.n_pairs < WKS_CONTRAST_LEAST_PAIRS ? (double)NAN : (pair.ci_high - pair.ci_low) / 2;
    goal->n_judged = n;
}

static bool any_redrawn(const wks_precision_goal *goal, size_t n_goals)
{
    for (size_t g = 0; g < n_goals; g++) {
        if (goal[g].method == WKS_CONTRAST_BOOTSTRAP) return true;
    }
    return false;
}

static wks_status judge_all_at(wks_precision_goal *goal, size_t n_goals, size_t n, const double *zero, double *scratch, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_redrawn = n >= WKS_CONTRAST_LEAST_PAIRS && n <= WKS_BOOTSTRAP_MOST && any_redrawn(goal, n_goals);
    wks_bootstrap table = {0};

    if (is_redrawn) WKS_TRY(wks_bootstrap_init(&table, n, err));
    for (size_t g = 0; g < n_goals; g++) {
        if (goal[g].n_judged < n) judge_at(&goal[g], n, is_redrawn ? &table : NULL, zero, scratch);
    }
out:
    wks_bootstrap_free(&table);
    return rc;
}

wks_status wks_precision_judge(wks_precision_goal *goal, size_t n_goals, int32_t look_ahead, wks_precision_state *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = n_goals == 0 ? 0 : goal[0].n;
    double *zero = wks_mem_array(2 * n + 2 * WKS_BOOTSTRAP_REDRAWS, sizeof *zero); /* zeros, then scratch */
    bool holds = n > 0;

    *out = (wks_precision_state){.n = n};
    if (zero == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu replications", n);
    for (size_t k = n == 0 ? 1 : goal[0].n_judged + 1; k <= n; k++)
        WKS_TRY(judge_all_at(goal, n_goals, k, zero, zero + n, err));
    for (size_t g = 0; g < n_goals; g++) {
        const size_t since = wks_precision_held_since(&goal[g]);
        WKS_BUG_IF(goal[g].n != n);
        holds = holds && since > 0;
        if (since > out->held_since) out->held_since = since;
    }
    if (!holds) out->held_since = 0;
    out->is_reached = holds && n - out->held_since >= wks_precision_look_ahead(out->held_since, look_ahead);
out:
    free(zero);
    return rc;
}

int32_t wks_precision_next(int32_t n, int32_t first, int32_t batch, int32_t most)
{
    int64_t next = first;

    if (n >= most) return n;
    if (next <= n) next += ((int64_t)(n - first) / batch + 1) * batch;
    return next > most ? most : (int32_t)next;
}
