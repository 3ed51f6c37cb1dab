/* What a supervisor (Autoriteit woningcorporaties, gemeente, provincie) would read: by corporatie and calendar year, was each norm met?
 * The norms are those of the law of the year (scenario/law.h), and those of the rule set in force: of every part that has an account (rules/account.h). Recounted from the log of lettings and the stock, not from what the rule parts counted themselves. */
#ifndef WKS_MEASURE_COMPLIANCE_H
#define WKS_MEASURE_COMPLIANCE_H

#include "scenario/law.h"
#include "scenario/scenario.h"
#include "world/world.h"

/** One row of compliance.csv. */
typedef struct wks_compliance_row {
    int32_t year, owner_number; /* 0: all owners together */
    const char *list, *rule;    /* list "": a norm of the law; "filters", "spreiding", "conduct": the part of that name in the rule set */
    double required, achieved;  /* achieved NaN: nothing to judge, or too few to be told */
    int32_t met;                /* 1, 0; -1 when achieved is NaN, or the year is not whole */
    int32_t months;             /* of the year that are counted */
} wks_compliance_row;

typedef struct wks_compliance wks_compliance; /* opaque: counts of this calendar year */
wks_status wks_compliance_create(const wks_scenario *scenario, wks_compliance **out, wks_err *err);
void wks_compliance_destroy(wks_compliance *compliance);
/** Carries the counts of the year over; read into one just created for the same scenario. @param world  the one that goes with it, read before */
wks_status wks_compliance_carry(wks_compliance *compliance, const wks_world *world, wks_carry *carry, wks_err *err);

/** Takes in the lettings of this tick and what the taakstelling added; call once a tick, not for tick 0. O(lettings). */
wks_status wks_compliance_tick(wks_compliance *compliance, const wks_world *world, const wks_law *law, wks_err *err);
/** The rows of the year that ends with this tick: in December, and at the last tick of the scenario. A norm is one of a year: of a year of fewer months it is told what was
 *  achieved, not whether that will do. The first year is whole when the run begins with its January (tick 0: the state, in which nothing happens yet). None
 *  at other ticks, or without rules. All owners first, then corporaties by number; within an owner in a fixed order of rules. Valid until the
 *  next call; the counts begin anew. O(units x caps).
 *  With real people (world.hides_few) a share is told only of ten or more with ten or more others, for all owners only if it is told of each. */
wks_status wks_compliance_rows(wks_compliance *compliance, const wks_world *world, const wks_law *law, const wks_compliance_row **out,
                               int32_t *out_n, wks_err *err);

#endif
