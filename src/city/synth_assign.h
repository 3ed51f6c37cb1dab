/* Which household lives in which home. */
#ifndef WKS_CITY_SYNTH_ASSIGN_H
#define WKS_CITY_SYNTH_ASSIGN_H

#include "city/synth_plan.h"

/** Gives every household with a dwelling of its own a tenure and type (household.cell): household type x home by IPF of a seed table and
 *  whole numbers, then by income and age: the best earning own, private rent takes the younger and better earning of the others. */
wks_status wks_synth_assign_cells(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

/** Puts the households into the units of plan->dwelling: labels first (campus, jongeren, senior), then larger households and higher incomes
 *  in larger homes; rooms are filled in order of a draw. Every unit of a dwelling that is not vacant gets a household. */
wks_status wks_synth_assign_units(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

#endif
