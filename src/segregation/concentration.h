/* Concentration (Massey & Denton): the space a group takes. Areas without residents or without a size (not finite, or below 0) are left out, also of
 * the totals; x, t are n counts of the group and of everybody, a_i the size of area i in any unit. */
#ifndef WKS_SEGREGATION_CONCENTRATION_H
#define WKS_SEGREGATION_CONCENTRATION_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** delta = 1/2 sum_i |x_i/X - a_i/A|, in [0, 1]: the share of the group that would have to move to live equally dense everywhere. NaN if the group is
 *  absent or A is 0. O(n). Source: Duncan, Cuzzort & Duncan (1961); Massey & Denton (1988). */
double wks_concentration_delta(const double *x, const double *t, const double *size, size_t n);

/** Rows of the areas that take part, smallest first, of one size those with most residents first: made once for all groups. `row` has room for n. O(n log n). WKS_ERR_NOMEM. */
wks_status wks_concentration_rank(const double *t, const double *size, size_t n, int32_t *row, size_t *out_n, wks_err *err);

/** ACO = 1 - (sum_i x_i a_i/X - S1) / (S2 - S1): the mean size of area that members of the group live in, between the smallest and the largest it could
 *  be. S1 = sum t_i a_i / T1 over the areas from the smallest up to n1, the first at which their residents number X or more, T1 these residents; S2 and
 *  T2 likewise from the largest down to n2 (from the other end of the same order). The order of rows in the table does not matter. 1 is most concentrated, 0 least; because n1 and n2 take whole areas, values pass either end a little.
 *  NaN if the group or the rest is absent, or if S1 and S2 are of the same areas or sizes.
 *  @param row,n_rows  of wks_concentration_rank
 *  O(n). Source: Massey & Denton (1988). */
double wks_concentration_absolute(const double *x, const double *t, const double *size, const int32_t *row, size_t n_rows);

/** RCO = (sum_i x_i a_i/X / (sum_i y_i a_i/Y) - 1) / (S1/S2 - 1), y_i = t_i - x_i all others, S1 and S2 as for ACO (n1, n2 of X): 1 if the group is as
 *  concentrated and the others as spread as they could be, 0 if both take the same space, below 0 if the group takes more. May pass 1 or -1 a little.
 *  NaN as ACO. O(n). Source: Massey & Denton (1988). */
double wks_concentration_relative(const double *x, const double *t, const double *size, const int32_t *row, size_t n_rows);

#endif
