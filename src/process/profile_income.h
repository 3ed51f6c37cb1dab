/* Incomes by source and composition: the one place where households that form or arrive get an income. */
#ifndef WKS_PROCESS_PROFILE_INCOME_H
#define WKS_PROCESS_PROFILE_INCOME_H

#include "base/rng.h"
#include "scenario/law.h"
#include "world/household.h"

/** A yearly income in EUR of the present year: lognormal around a median by source, adults and age, which moves with the DAEB income limit of the year
 *  (so with law_index). Work: median 0.72 of the limit for one adult, 1.25 for two, lower below 25 (assumption, sd of logs 0.45).
 *  Benefit: near the bijstand norm; study: near the basic grant and side job; pension: AOW with or without a supplement. Two or three draws. */
double wks_profile_income_draw(wks_rng *rng, const wks_law *law, int32_t n_adults, int32_t age, wks_income_source source);

#endif
