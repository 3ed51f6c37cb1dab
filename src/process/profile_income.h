/* Incomes by source, composition and age: the one place where households that form or arrive get an income. */
#ifndef WKS_PROCESS_PROFILE_INCOME_H
#define WKS_PROCESS_PROFILE_INCOME_H

#include "base/rng.h"
#include "scenario/law.h"
#include "world/world.h"

/* Income of a couple over that of one adult (assumption: part-time work of the second; AOW of a couple is 1.4, with supplements 1.6). Who joins or
 * loses a partner moves by the same factor, so that pairing and separating create no income: docs/odd.md, demography. */
#define WKS_PROFILE_INCOME_COUPLE 1.6

/** Mean income of a source in the present year at the city's level of tick 0, EUR a year; moves with the DAEB income limit of the year (so with
 *  law_index). Work: 0.80 of the limit for one adult of 30 to 60, times wks_profile_income_age; benefit 0.37, pension 0.47, study 0.20, none 0.20
 *  (assumptions, near the synthetic population); couples WKS_PROFILE_INCOME_COUPLE times as much. */
double wks_profile_income_mean(const wks_world *world, const wks_law *law, bool has_partner, int32_t age, wks_income_source source);

/** One income: lognormal around that mean, sd of logs 0.45 (work), 0.12 (benefit, study, none), 0.35 (pension). One draw. */
double wks_profile_income_draw(wks_rng *rng, const wks_world *world, const wks_law *law, bool has_partner, int32_t age,
                               wks_income_source source);

/** Income from work by age of the oldest member, 1 at 35; rises to 60, falls a little after (assumption, as in the synthetic population). */
double wks_profile_income_age(int32_t age);

/** Sets world->income_level from the incomes of the residents (process livelihood, tick 0). */
void wks_profile_income_calibrate(wks_world *world, const wks_law *law);

#endif
