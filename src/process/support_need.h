/* Need of households and who knows of it. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_NEED_H
#define WKS_PROCESS_SUPPORT_NEED_H

#include "process/support_state.h"

/** Need of a household in a home of its own, by trait, less what its care contract delivers; 0 elsewhere. O(1). */
wks_support_need wks_support_need_of(const wks_world *world, const double *p, int32_t household_row);
/** Who came from abroad less than `language_years` ago (where from is not asked): help in the own language is for them. */
bool wks_support_need_speaks_other(const wks_world *world, const double *p, int32_t household_row);
/** Chances by buurt that unknown need is found this month, from `reach`, `signal` and the hours of who goes and finds it; *out_lost the other way round. */
void wks_support_need_chances(const wks_world *world, const double *p, wks_support_chances *out, double *out_lost);
/** One month of rows begin to end: writes need, need_known and wait_month of each, help 0 of who cannot be helped, the lists and sums of the block. Only who
 *  has a need is drawn for, many at once. A body of wks_par_for. */
void wks_support_need_rows(int64_t begin, int64_t end, int64_t block, void *context);

#endif
