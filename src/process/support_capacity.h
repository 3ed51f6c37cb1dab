/* Informal carrying capacity: what residents can give neighbours, derived from traits. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_CAPACITY_H
#define WKS_PROCESS_SUPPORT_CAPACITY_H

#include "process/support_state.h"

enum { WKS_SUPPORT_CAPACITY_OLD = 70, WKS_SUPPORT_CAPACITY_VERY_OLD = 80 }; /* years */

/** Thousandths of an hour a week of one adult, by age of the oldest (below 70, 70 to 79, 80 and over), work, and carrier in gemengd wonen. */
void wks_support_capacity_table(const double *p, int32_t out[3][2][2]);
/** Whether it lives in gemengd wonen and moved in with the motivation to carry. O(1). */
bool wks_support_capacity_carries(const wks_world *world, int32_t household_row);
/** What a household gives: 0 unless it has a home, is settled and has no needs of its own. O(1). */
int32_t wks_support_capacity_of(const wks_support_pass *pass, int32_t household_row);
/** The same of one that has a home, is settled and has no needs (no trait of WKS_SUPPORT_NEEDS). O(1). */
static inline int32_t wks_support_capacity_here(const wks_support_pass *pass, int32_t household_row)
{
    const wks_household_table *household = &pass->world->household;
    const int32_t months = pass->world->month - household->head_birth_month[household_row];
    const int32_t age = (months >= 12 * WKS_SUPPORT_CAPACITY_OLD) + (months >= 12 * WKS_SUPPORT_CAPACITY_VERY_OLD);
    const int32_t works = household->income_source[household_row] == WKS_INCOME_WORK;
    const int32_t carries = household->motivated[household_row] != 0 && wks_support_capacity_carries(pass->world, household_row);

    return (household->n_adults[household_row] < 2 ? household->n_adults[household_row] : 2) * pass->informal[age][works][carries];
}

#endif
