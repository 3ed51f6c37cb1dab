/* Segregation of one group against the rest, on counts of areas. x_i of the group, t_i of everybody, y_i = t_i - x_i; X, T, Y their sums,
 * P = X/T. Areas with t_i = 0 have no weight. Definitions and sources of each: docs/indicators.md. */
#ifndef WKS_SEGREGATION_EVENNESS_H
#define WKS_SEGREGATION_EVENNESS_H

#include <stddef.h>

#include "segregation/table.h"

/** Index of dissimilarity D = 1/2 sum_i |x_i/X - y_i/Y|, y_i = t_i - x_i; in [0, 1]. NaN if the group or the rest is empty.
 *  @param x,t  n counts of the group and of everybody (x_i <= t_i, finite, >= 0); areas with t_i = 0 have no weight. O(n), no allocation.
 *  The same bits as wks_evenness_of. Source: Duncan & Duncan (1955). Biased upward in small units: see baseline.h. */
double wks_evenness_dissimilarity(const double *x, const double *t, size_t n);

/** D_pair = 1/2 sum_i |x_i/X - y_i/Y| for two named groups, all others ignored; in [0, 1]. NaN if either is empty. O(n), no allocation. */
double wks_evenness_dissimilarity_pair(const double *x, const double *y, size_t n, int threads);

/** D_pair of all pairs, pairs side by side; the same bits as one by one. @param out  n_groups * n_groups, symmetric; its diagonal is left alone */
void wks_evenness_pairs(const wks_table *table, int threads, double *out);

/** Information theory index H = 1 - sum_i t_i E_i / (T E), E = -P log P - (1 - P) log(1 - P), natural logarithms, 0 log 0 = 0; in [0, 1].
 *  NaN if E = 0 (the group or the rest is empty). Counts as above. O(n), two logarithms an area. The same bits as wks_evenness_of.
 *  Source: Theil (1972). */
double wks_evenness_theil(const double *x, const double *t, size_t n);

/** The group's part of M: sum_i (x_i/T) log(p_i/P), >= 0. Zero where the group is empty or alone. Time as above, no allocation. */
double wks_evenness_information(const double *x, const double *t, size_t n, int threads);

/** What to compute beside D, eta2, gorard and minmax, which come from one pass without a logarithm. */
enum {
    WKS_EVENNESS_GINI = 1,        /* g */
    WKS_EVENNESS_INFORMATION = 2, /* h, information */
    WKS_EVENNESS_ATKINSON = 4,    /* a01, a05, a09 */
    WKS_EVENNESS_ALL = 7
};

/** One group against the rest; NaN (gorard only without the group) if the group or the rest is empty, and for what was not asked. All in [0, 1]. */
typedef struct wks_evenness {
    double d;             /* D */
    double g;             /* G; gini.h */
    double h;             /* H */
    double eta2;          /* eta2 = sum_i t_i (p_i - P)^2 / (T P (1 - P)); Duncan & Duncan (1955), James & Taeuber (1985) */
    double a01, a05, a09; /* A0.1, A0.5, A0.9 = 1 - (sum_i (x_i/X)^b (y_i/Y)^(1-b))^(1/(1-b)); Atkinson (1970), Massey & Denton (1988) */
    double gorard;        /* 1/2 sum_i |x_i/X - t_i/T| = (1 - P) D, 0 where all are of the group; Gorard & Taylor (2002) */
    double minmax;        /* 2 D / (1 + D); O'Sullivan & Wong (2007) */
    double information;   /* sum_i (x_i/T) log(p_i/P): the group's part of M. Zero, not NaN, where it is empty or alone */
} wks_evenness;

/** All indices of a group against the rest. O(n log n). The same bits for any number of threads. WKS_ERR_NOMEM (only with the Gini).
 *  @param parts  flags above */
wks_status wks_evenness_of(const wks_table *table, size_t group, int parts, int threads, wks_evenness *out, wks_err *err);
/** The same for every group, groups side by side. @param out  n_groups */
wks_status wks_evenness_each(const wks_table *table, int parts, int threads, wks_evenness *out, wks_err *err);

#endif
