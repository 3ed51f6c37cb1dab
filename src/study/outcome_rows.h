/* Whether what is asked of results will have its row: told at the place where it is asked, before anything is run or written. */
#ifndef WKS_STUDY_OUTCOME_ROWS_H
#define WKS_STUDY_OUTCOME_ROWS_H

#include "base/problems.h"
#include "city/folder.h"
#include "scenario/scenario.h"

/** A row that is asked. */
typedef struct wks_outcome_rows_want {
    const char *indicator, *group, *scale, *area; /* "" where the row has nothing */
    const char *level;                            /* "buurt", "wijk", "" for the city; NULL: the area's own */
    const wks_config_node *node;                  /* the group that asks it, with keys of these names */
} wks_outcome_rows_want;

/** Holds what is asked against the rows that the scenario writes at its last tick. Which rows there are never depends on people, so they are taken of the city with nobody in it
 *  (of a model without a city: of its first ticks). Problems: an unknown or unwritten indicator, area, group and scale, each with what was expected and the nearest valid
 *  name; all of them at once.
 *  @param scenario  without errors, but for unknown indicators in `outcomes`
 *  @param city      NULL for a model without one
 *  @return WKS_OK also with problems. WKS_ERR_NOMEM. O(rows x n); no population is made. */
wks_status wks_outcome_rows_check(const wks_scenario *scenario, const wks_city *city, const wks_outcome_rows_want *want, int32_t n,
                                  wks_problems *problems, wks_err *err);

/** The same for the list `outcomes` of `declares`, held against the rows of `scenario`, often the same one.
 *  @param asked_only  leave out outcomes that ask no half-width. Unknown indicators are left to the reader of the scenario. */
wks_status wks_outcome_rows_check_declared(const wks_scenario *declares, const wks_scenario *scenario, const wks_city *city,
                                           bool asked_only, wks_problems *problems, wks_err *err);

/** Outcomes of which the reader told that their indicator is unknown. */
size_t wks_outcome_rows_unknown(const wks_scenario *scenario);

/** Areas that a scenario names elsewhere (rules, events), held against those of its city: problems. WKS_ERR_NOMEM. */
wks_status wks_outcome_rows_check_areas(const wks_scenario *scenario, const wks_city *city, wks_problems *problems, wks_err *err);

#endif
