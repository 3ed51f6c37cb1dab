/* The five dimensions of a buurt: targets by theory, and how scores follow them. A part of process neighbourhood. */
#ifndef WKS_PROCESS_NEIGHBOURHOOD_SCORE_H
#define WKS_PROCESS_NEIGHBOURHOOD_SCORE_H

#include "process/neighbourhood_state.h"

/* The coefficients that a theory decides about; the others are those of the settings under every theory. */
typedef struct wks_neighbourhood_score_theory {
    double a_v, a_l, a_l_onv, a_n, a_p; /* of residents: composition and load. All 0 in T0 */
    double d_s, d_w;                    /* 1.23 and 0.22 in T2 unless switched off by 0 */
} wks_neighbourhood_score_theory;

wks_neighbourhood_score_theory wks_neighbourhood_score_under(const double *p, wks_neighbourhood_theory theory);

/** Load over informal capacity beyond the start, in multiples of that of the whole city at the start: 0 up to `overload_from` more than at the start,
 *  at most `overload_most`. Without capacity any load counts as most, unless it was like that at the start: then 0. */
double wks_neighbourhood_score_overload(const wks_world *world, const double *p, int32_t buurt_row);

/** Keeps what later change is measured against: composition, tenure, load, incomes of tick 0. */
void wks_neighbourhood_score_start(wks_world *world, const double *p, const wks_neighbourhood_sums *sum);
/** Turnover of the last twelve months; from tick 24 changes of it count. */
void wks_neighbourhood_score_turnover(wks_world *world, const wks_neighbourhood_sums *sum);
/** One month of the scores. O(buurten). */
void wks_neighbourhood_score_move(wks_world *world, const double *p, const wks_neighbourhood_sums *sum);

#endif
