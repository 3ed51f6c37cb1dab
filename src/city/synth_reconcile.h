/* Published figures of buurten (rounded, suppressed, filled) to whole numbers that add up. */
#ifndef WKS_CITY_SYNTH_RECONCILE_H
#define WKS_CITY_SYNTH_RECONCILE_H

#include "city/synth_plan.h"

/** Whole margins of every buurt: ages, sexes and origins add up to persons, household types to households, tenures and dwelling types to
 * dwellings; persons, their groups and households add up to the gemeente's figures where those are published (exact at that level). The
 * rounding noise of CBS (to 5) is taken as equal for all cells that are not 0: the gap is spread evenly over them (least squares), small
 * cells less; what is 0 stays 0. Household types that the persons of a buurt cannot make up (too few adults), or that its dwellings could
 * not hold, are changed as little as needed and made good in the largest buurten. A gemeente figure that is further than 5 % from its
 * buurten is not used.
 * @param out  n_buurten. O(buurten x rounds). */
wks_status wks_synth_reconcile_city(const wks_city *city, const wks_rng_seed *seed, wks_synth_plan_cells *out, wks_err *err);

/** Fewest adults that households need: one each alone, two in households without children, a parent in each with children, and a grown
 * child where the minors do not suffice. type = one person, without, with children. */
int64_t wks_synth_reconcile_adults_needed(const int32_t *type, int64_t minors);

/** Changes the household types as little as possible until the adults suffice and there are at most `most` households: with children to one
 *  person (a grown child less), without children to one person, then fewer households. */
void wks_synth_reconcile_types(int32_t *type, int64_t adults, int64_t minors, int64_t most);

/** Whole numbers near value[0..n) (>= 0) with the given total: the gap within rounding (2 each) first, in proportion to the size beyond it.
 *  Zeros stay 0 unless all are. total < 0 or NaN: the rounded sum. */
wks_status wks_synth_reconcile_totals(const double *value, int32_t n, double total, int64_t *out, wks_err *err);

/** Values value[n][m] moved evenly so that rows add up to row_total and columns to column_total (equal sums); still fractions, >= 0. Rows
 * of zeros with a total get the shares of the columns. Where zeros make it impossible, rows are met and columns nearly. */
wks_status wks_synth_reconcile_matrix(double *value, int32_t n, int32_t m, const int64_t *row_total, const int64_t *column_total,
                                      wks_err *err);

#endif
