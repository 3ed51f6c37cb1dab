#include "segregation/gini.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "num/math.h"
#include "segregation/margins.h"

enum { GINI_FEW = 64, GINI_DIGIT_BITS = 11, GINI_DIGITS = 1 << GINI_DIGIT_BITS, GINI_FIRST_PASSES = 3, GINI_ALL_PASSES = 6 };

/* Shares are >= 0: their bits as whole numbers are in the same order. */
static inline uint64_t key_of(const wks_gini_area *area)
{
    uint64_t bits;
    memcpy(&bits, &area->share, sizeof bits);
    return bits;
}

/* Insertion sort; gives up, with nothing lost, after `most` moves. */
static bool sort_nearly_sorted(wks_gini_area *area, size_t n, size_t most)
{
    size_t moves = 0;
    for (size_t i = 1; i < n; i++) {
        const wks_gini_area moving = area[i];
        size_t j = i;
        for (; j > 0 && area[j - 1].share > moving.share; j--)
            area[j] = area[j - 1];
        area[j] = moving;
        moves += i - j;
        if (moves > most) return false;
    }
    return true;
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

/* Radix sort by the digits from bit `low` up; stable, so the result depends on nothing but the order given. Leaves the result in *area. */
static void sort_by_digits(wks_gini_area **area, wks_gini_area **other, size_t n, unsigned low, unsigned passes)
{
    for (unsigned pass = 0; pass < passes; pass++) {
        size_t count[GINI_DIGITS] = {0};
        const unsigned shift = low + pass * GINI_DIGIT_BITS;
        wks_gini_area *const from = *area, *const to = *other;
        for (size_t i = 0; i < n; i++)
            count[(key_of(&from[i]) >> shift) % GINI_DIGITS]++;
        if (!digit_starts(count, n)) continue;
        for (size_t i = 0; i < n; i++)
            to[count[(key_of(&from[i]) >> shift) % GINI_DIGITS]++] = from[i];
        *area = to;
        *other = from;
    }
}

/* The highest bit in which keys differ. */
static unsigned top_bit(const wks_gini_area *area, size_t n)
{
    uint64_t differing = 0;
    unsigned bit = 0;
    for (size_t i = 1; i < n; i++)
        differing |= key_of(&area[i]) ^ key_of(&area[0]);
    while (differing >> bit > 1)
        bit++;
    return bit;
}

/* Sorted by share, in `area` or in `other`. The 33 highest bits that differ put nearly all areas in order, an insertion sort the few that are left;
 * where many shares agree in those bits (nearly even, but for an outlier) all bits are sorted by. */
static wks_gini_area *sort_by_share(wks_gini_area *area, wks_gini_area *other, size_t n)
{
    const unsigned bits = GINI_FIRST_PASSES * GINI_DIGIT_BITS;
    if (n <= GINI_FEW) {
        (void)sort_nearly_sorted(area, n, n * n);
        return area;
    }
    const unsigned top = top_bit(area, n);
    sort_by_digits(&area, &other, n, top < bits ? 0 : top + 1 - bits, GINI_FIRST_PASSES);
    if (!sort_nearly_sorted(area, n, 4 * n)) sort_by_digits(&area, &other, n, 0, GINI_ALL_PASSES);
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
