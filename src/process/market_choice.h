/* Which of the vacancies that it meets a household wants: random utility. A part of process market. */
#ifndef WKS_PROCESS_MARKET_CHOICE_H
#define WKS_PROCESS_MARKET_CHOICE_H

#include "process/market_state.h"

/** What a household brings to every home that it looks at. */
void wks_market_choice_fill(const wks_market_pass *pass, int32_t household_row, wks_market_seeker *out);
static inline wks_market_seeker wks_market_choice_seeker(const wks_market_pass *pass, int32_t household_row)
{
    wks_market_seeker seeker;
    wks_market_choice_fill(pass, household_row, &seeker);
    return seeker;
}

/** False when a kind of homes is not for the household: without income; rooms, unless it is one or two persons without a self-contained home; homes for sale,
 *  for students. */
bool wks_market_choice_is_for(const wks_market_seeker *seeker, int32_t kind);

/** False when the household cannot or may not have the unit: of a kind that is not for it, above its means or the landlord's income norm, without a permit.
 *  Else its systematic utility. */
bool wks_market_choice_utility(const wks_market_pass *pass, wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy,
                               double *out);

/** Fills what vacancies bring to the bound below (`most`, `most_cost`): once a month, however many look at them. */
void wks_market_choice_bounds(const wks_market_pass *pass);

/* What a seeker brings to it: the same for all homes of a kind. */
typedef struct wks_market_eye {
    double own, per_income, size; /* utility whatever the home; 1 over its income; b_size */
    int32_t wanted;               /* rooms beyond which more are worth nothing */
    wks_market_class class;
} wks_market_eye;

wks_market_eye wks_market_choice_eye(const wks_market_pass *pass, const wks_market_seeker *seeker, int32_t kind);

/** What the utility cannot be above, from what is at hand without a root or a law: cost only lowers it, distances and other incomes only lower it, kin is at
 *  most next door. */
static inline double wks_market_choice_most(const wks_market_eye *eye, const wks_market_vacancy *vacancy)
{
    const int32_t rooms = vacancy->rooms < eye->wanted ? vacancy->rooms : eye->wanted;

    return vacancy->most[eye->class] + eye->size * rooms + vacancy->most_cost * eye->per_income + eye->own;
}

#endif
