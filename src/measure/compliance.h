/* What a supervisor (Autoriteit woningcorporaties, gemeente, provincie) would read: by corporatie and calendar year, was each norm met?
 * Recounted from the log of lettings and the stock, not from what the rule parts counted themselves. */
#ifndef WKS_MEASURE_COMPLIANCE_H
#define WKS_MEASURE_COMPLIANCE_H

#include "scenario/law.h"
#include "scenario/scenario.h"
#include "world/world.h"

/** The norms of the law by year; the last row that begins at or before a year holds. Sources: compliance.c. */
typedef struct wks_compliance_norm {
    int32_t from_year;
    double passend_min;          /* share of low incomes with a rent up to their aftoppingsgrens */
    double daeb_min;             /* share of lettings to incomes up to the DAEB limit */
    double daeb_least;           /* as low as an agreement may set it */
    double middle_max, free_max; /* shares of middle and of higher incomes; 1: no norm of their own */
    double middle_income_factor; /* upper limit of middle incomes over the DAEB limit */
    double ties_max;             /* share of the lettings reserved for residents */
} wks_compliance_norm;
extern const wks_compliance_norm wks_compliance_norms[];
extern const int32_t wks_compliance_n_norms;
const wks_compliance_norm *wks_compliance_norm_of(int32_t year);

/** One row of compliance.csv. */
typedef struct wks_compliance_row {
    int32_t year, owner_number; /* 0: all owners together */
    const char *list, *rule;    /* list "": a norm of the law; "spreiding": the part with that name in the rule set */
    double required, achieved;  /* achieved NaN: nothing to judge, or too few to be told */
    int32_t met;                /* 1, 0; -1 when achieved is NaN */
} wks_compliance_row;

typedef struct wks_compliance wks_compliance; /* opaque: counts of this calendar year */
wks_status wks_compliance_create(const wks_scenario *scenario, wks_compliance **out, wks_err *err);
void wks_compliance_destroy(wks_compliance *compliance);

/** Takes in the lettings of this tick and what the taakstelling added; call once a tick, not for tick 0. O(lettings). */
wks_status wks_compliance_tick(wks_compliance *compliance, const wks_world *world, const wks_law *law, wks_err *err);
/** The rows of the year that ends with this tick: in December, and at the last tick of the scenario (a year of fewer months is judged by these). None
 *  at other ticks, or without rules. All owners first, then corporaties by number; within an owner in a fixed order of rules. Valid until the
 *  next call; the counts begin anew. O(units x caps).
 *  With real people (world.hides_few) a share is told only of ten or more with ten or more others, for all owners only if it is told of each. */
wks_status wks_compliance_rows(wks_compliance *compliance, const wks_world *world, const wks_compliance_row **out, int32_t *out_n,
                               wks_err *err);

#endif
