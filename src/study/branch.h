/* Scenarios that differ in later events only share their past: up to which tick? */
#ifndef WKS_STUDY_BRANCH_H
#define WKS_STUDY_BRANCH_H

#include "scenario/scenario.h"

/** The last tick up to which two scenarios are the same run: everything but name, title, question and timeline is equal, and so is every event up to then. Below n_ticks always (what
 *  comes at the last tick only is told by each on its own); 0: nothing to share, or no city. The population is not looked at. O(settings + events).
 *
 *  Only the events of a month act in it: process timeline asks for the month of each, and nothing looks at later ones but one measure (score_level.h, the gap of areas that the
 *  scenario names), which batch_trunk.c makes anew. Test: tests/repro/test_branch.c. */
int32_t wks_branch_shared_ticks(const wks_scenario *a, const wks_scenario *b);

#endif
