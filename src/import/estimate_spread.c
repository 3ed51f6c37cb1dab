#include "import/estimate_spread.h"

#include <math.h>

#include "num/math.h"

/* ---- intercepts ---- */

static double amount_of(const wks_estimate_spread_item *item, bool is_log, double intercept)
{
    double eta = wks_math_clamp(item->eta + intercept, -40.0, 40.0);
    double amount = item->base * (is_log ? wks_math_exp(eta) : wks_math_logistic(eta));
    return wks_math_clamp(amount, item->low, item->high);
}

/* Which items take part in a sum. */
typedef struct choice {
    const double *wijk_total;
    bool known, unknown; /* of wijken with and without a total */
} choice;

static bool takes_part(const choice *c, const wks_estimate_spread_item *item)
{
    return isfinite(c->wijk_total[item->wijk]) ? c->known : c->unknown;
}

static double sum_of(const wks_estimate_spread_item *item, int32_t n, bool is_log, const choice *c, double intercept)
{
    double sum = 0.0;
    for (int32_t i = 0; i < n; i++)
        if (c == NULL || takes_part(c, &item[i])) sum += amount_of(&item[i], is_log, item[i].shift + intercept);
    return sum;
}

/* The intercept with which the chosen items add up to `total`: the sum rises with it. */
static double solve(const wks_estimate_spread_item *item, int32_t n, bool is_log, const choice *c, double total)
{
    double low = -60.0, high = 60.0;
    for (int32_t step = 0; step < 64; step++) {
        double middle = 0.5 * (low + high);
        if (sum_of(item, n, is_log, c, middle) < total)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

static int32_t end_of_wijk(const wks_estimate_spread_item *item, int32_t n, int32_t first)
{
    int32_t end = first;
    while (end < n && item[end].wijk == item[first].wijk)
        end++;
    return end;
}

static void shift_wijken(wks_estimate_spread_item *item, int32_t n, bool is_log, const double *wijk_total)
{
    for (int32_t first = 0, end; first < n; first = end) {
        end = end_of_wijk(item, n, first);
        double total = wijk_total[item[first].wijk];
        if (!isfinite(total)) continue;
        double a = solve(&item[first], end - first, is_log, NULL, total);
        for (int32_t i = first; i < end; i++)
            item[i].shift = a;
    }
}

/* Items of wijken without a figure: from what is left of the gemeente, but not far from what the other wijken say (their figures may be of
 * another year, and what is left then is mostly growth). */
static void shift_rest(wks_estimate_spread_item *item, int32_t n, bool is_log, const double *wijk_total, double total, double pooled)
{
    static const double far = 1.0;
    const choice known = {wijk_total, true, false}, rest = {wijk_total, false, true};
    double a = pooled;
    if (isfinite(total)) {
        double left = total - sum_of(item, n, is_log, &known, 0.0);
        a = solve(item, n, is_log, &rest, left);
        if (isfinite(pooled)) a = wks_math_clamp(a, pooled - far, pooled + far);
    }
    for (int32_t i = 0; i < n; i++)
        if (takes_part(&rest, &item[i])) item[i].shift = a;
}

void wks_estimate_spread(wks_estimate_spread_item *item, int32_t n, bool is_log, const double *wijk_total, double total)
{
    const choice known = {wijk_total, true, false};
    double known_total = 0.0, pooled = NAN;
    int32_t n_known = 0;
    for (int32_t i = 0; i < n; i++) {
        item[i].shift = 0.0;
        n_known += takes_part(&known, &item[i]);
        if (i == 0 || item[i].wijk != item[i - 1].wijk) known_total += isfinite(wijk_total[item[i].wijk]) ? wijk_total[item[i].wijk] : 0.0;
    }
    if (n_known > 0) pooled = solve(item, n, is_log, &known, known_total);
    shift_wijken(item, n, is_log, wijk_total);
    if (n_known < n && (n_known > 0 || isfinite(total))) shift_rest(item, n, is_log, wijk_total, total, pooled);
    double together = isfinite(total) ? solve(item, n, is_log, NULL, total) : 0.0;
    for (int32_t i = 0; i < n; i++)
        item[i].amount = amount_of(&item[i], is_log, item[i].shift + together);
}

/* ---- whole numbers ---- */

static const double almost_whole = 1e-6; /* far above the error of a solved intercept, far below a person */

static double down(double x)
{
    return floor(x + almost_whole);
}

static double least(const wks_estimate_spread_item *item)
{
    return ceil(item->low - almost_whole);
}

/* Down, then one more for the largest remainders (or one less for the smallest) until they add up. */
static void round_items(wks_estimate_spread_item *item, int32_t n, double total)
{
    double given = 0.0;
    for (int32_t i = 0; i < n; i++) {
        double whole = fmax(fmin(down(item[i].amount), down(item[i].high)), least(&item[i]));
        item[i].shift = item[i].amount - whole; /* the remainder; the intercept is not needed any more */
        item[i].amount = whole;
        given += whole;
    }
    while (given != total) {
        double step = given < total ? 1.0 : -1.0;
        int32_t best = -1;
        for (int32_t i = 0; i < n; i++) {
            double next = item[i].amount + step;
            if (next > down(item[i].high) || next < least(&item[i])) continue;
            if (best < 0 || step * item[i].shift > step * item[best].shift) best = i;
        }
        if (best < 0) return; /* the bounds forbid it */
        item[best].amount += step;
        item[best].shift -= step;
        given += step;
    }
}

void wks_estimate_spread_whole(wks_estimate_spread_item *item, int32_t n, wks_estimate_spread_item *wijk, double total)
{
    int32_t n_wijken = 0;
    double sum = 0.0;
    for (int32_t first = 0, end; first < n; first = end) {
        end = end_of_wijk(item, n, first);
        wks_estimate_spread_item w = {item[first].wijk, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
        for (int32_t i = first; i < end; i++) {
            w.amount += item[i].amount;
            w.low += least(&item[i]);
            w.high += down(item[i].high);
        }
        sum += w.amount;
        wijk[n_wijken++] = w;
    }
    round_items(wijk, n_wijken, floor((isfinite(total) ? total : sum) + 0.5));
    for (int32_t first = 0, end, k = 0; first < n; first = end, k++) {
        end = end_of_wijk(item, n, first);
        round_items(&item[first], end - first, wijk[k].amount);
    }
}
