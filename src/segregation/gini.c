#include "segregation/gini.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "num/math.h"
#include "segregation/margins.h"

enum { GINI_FEW = 48, GINI_BYTES = 8, GINI_DIGITS = 256 };

/* Shares are >= 0: their bits as whole numbers are in the same order. */
static inline uint64_t key_of(const wks_gini_area *area)
{
    uint64_t bits;
    memcpy(&bits, &area->share, sizeof bits);
    return bits;
}

static void sort_few(wks_gini_area *area, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const wks_gini_area moving = area[i];
        size_t j = i;
        for (; j > 0 && area[j - 1].share > moving.share; j--)
            area[j] = area[j - 1];
        area[j] = moving;
    }
}

/* Where each digit starts; false if all keys have the same digit, so that there is nothing to sort by. */
static bool digit_starts(size_t *count, size_t n)
{
    size_t start = 0;
    for (size_t d = 0; d < GINI_DIGITS; d++) {
        const size_t many = count[d];
        if (many == n) return false;
        count[d] = start;
        start += many;
    }
    return true;
}

/* Sorted by share, in `area` or in `other`: radix sort from the last byte, stable, so the result does not depend on anything but the order given. */
static wks_gini_area *sort_by_share(wks_gini_area *area, wks_gini_area *other, size_t n)
{
    size_t count[GINI_BYTES][GINI_DIGITS];
    if (n <= GINI_FEW) {
        sort_few(area, n);
        return area;
    }
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++) {
        const uint64_t key = key_of(&area[i]);
        for (size_t b = 0; b < GINI_BYTES; b++)
            count[b][(key >> (8 * b)) & 0xff]++;
    }
    for (size_t b = 0; b < GINI_BYTES; b++) {
        if (!digit_starts(count[b], n)) continue;
        for (size_t i = 0; i < n; i++)
            other[count[b][(key_of(&area[i]) >> (8 * b)) & 0xff]++] = area[i];
        wks_gini_area *const sorted = other;
        other = area;
        area = sorted;
    }
    return area;
}

/* Along the areas by rising share, C_j = sum of t_i (p_i - p) before j falls from 0 and comes back to it:
 * sum_{i<j} t_i t_j (p_j - p_i) = -sum_j t_j (C_j + C_{j+1}), every term >= 0. */
static double between_curves(const wks_gini_area *area, size_t n, double p)
{
    double before = 0.0, sum = 0.0;
    for (size_t j = 0; j < n; j++) {
        const double after = before + area[j].total * (area[j].share - p);
        sum -= area[j].total * (before + after);
        before = after;
    }
    return sum;
}

double wks_gini_coefficient(const double *x, const double *t, size_t n, wks_gini_area *scratch)
{
    const wks_margins margins = wks_margins_of(x, t, n, 1);
    const bool is_rest = margins.p > 0.5; /* G is the same for both: the smaller one's shares are the more precise */
    size_t used = 0, mixed = 0;
    if (!wks_margins_are_two(&margins)) return (double)NAN;
    for (size_t i = 0; i < n; i++) {
        if (!(t[i] > 0.0)) continue;
        scratch[used].share = (is_rest ? t[i] - x[i] : x[i]) / t[i];
        scratch[used].total = t[i];
        used++;
        mixed += x[i] > 0.0 && x[i] < t[i];
    }
    if (mixed == 0) return 1.0;
    const wks_gini_area *sorted = sort_by_share(scratch, scratch + n, used);
    if (sorted[0].share == sorted[used - 1].share) return 0.0;
    const double sum = between_curves(sorted, used, is_rest ? margins.q : margins.p);
    return wks_math_clamp(sum / margins.t / margins.t / (margins.p * margins.q), 0.0, 1.0); /* rounding only */
}
