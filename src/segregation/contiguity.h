/* Who borders whom: Moran's I, and dissimilarity less the contrast between neighbours (Morrill, Wong).
 * Neighbours are compressed rows: those of area i are to[start[i] .. start[i+1]-1], both directions listed, each once; an area listed as its own
 * neighbour is skipped. An area without a value (for shares: without residents) is no neighbour and has none. */
#ifndef WKS_SEGREGATION_CONTIGUITY_H
#define WKS_SEGREGATION_CONTIGUITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef enum wks_contiguity_form {
    WKS_CONTIGUITY_BINARY, /* every neighbour counts 1, whatever the weight in its file */
    WKS_CONTIGUITY_ROWS    /* every neighbour counts 1 / (number of neighbours of the area): rows sum to 1 */
} wks_contiguity_form;

/** Moran's I = (n/S0) sum_i sum_j w_ij z_i z_j / sum_i z_i^2, z_i the deviation from the mean of the n areas that take part, S0 = sum w_ij. Above
 *  -1/(n - 1) where like borders like; -1/(n - 1) is expected where places do not matter. Mostly in [-1, 1] (not a strict bound of the binary form).
 *  Form BINARY is moran_B; ROWS is moran_W, and moran_knn6 with the neighbours of wks_points_nearest.
 *  @param value         n values; those that are not finite are left out
 *  @param out_left_out  NULL, or gets the areas left out: without a value, or without a neighbour that has one
 *  NaN if fewer than 2 areas take part or nothing varies. O(n + pairs). Sources: Moran (1950); Cliff & Ord (1981). */
double wks_contiguity_moran(const double *value, size_t n, const int64_t *start, const int32_t *to, wks_contiguity_form form,
                            size_t *out_left_out);

/** Morrill's index d - sum_ij c_ij |p_i - p_j| / sum_ij c_ij, both sums over all ordered pairs of neighbours with residents, p_i = x_i/t_i; in [-1, 1].
 *  Form BINARY is Dadj; ROWS is Dadj_W.
 *  @param d    dissimilarity of the group against all others (evenness.h)
 *  @param x,t  n counts of the group and of everybody (x_i <= t_i, finite, >= 0)
 *  NaN if d is, or if no two neighbours have residents. O(n + pairs). Source: Morrill (1991), D(adj); as rows: Hong, O'Sullivan & Sadahiro (2014). */
double wks_contiguity_morrill(double d, const double *x, const double *t, size_t n, const int64_t *start, const int32_t *to,
                              wks_contiguity_form form);

/** Wong's D(w) = d - sum_ij b_ij |p_i - p_j| / sum_ij b_ij, b_ij the length of the boundary that i and j share (of any unit; a weight of 0 is no
 *  neighbour), both sums over all ordered pairs ("grand-sum weights"). The rest as for Morrill's. Source: Wong (1993), D(w). */
double wks_contiguity_wong(double d, const double *x, const double *t, size_t n, const int64_t *start, const int32_t *to,
                           const double *weight);

/** out[i] = x_i/t_i, NaN where t_i is 0: the values for Moran's I of a group. */
void wks_contiguity_shares(const double *x, const double *t, size_t n, double *out);

/** Whether area i takes part in Moran's I of shares: residents, and a neighbour with residents. t: everybody by area. */
bool wks_contiguity_takes_part(const double *t, const int64_t *start, const int32_t *to, size_t i);

/** Starts of compressed rows in 64 bits from 32; free() the result. WKS_ERR_NOMEM. */
wks_status wks_contiguity_widen(const int32_t *start, size_t n, int64_t **out, wks_err *err);

#endif
