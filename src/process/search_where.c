#include "process/search_where.h"

wks_search wks_search_where_of(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const wks_law *law = &self->tick->law;
    const double limit = household->n_persons[i] > 1 ? law->income_multi_eur : law->income_single_eur;
    const double income = (double)household->income_eur[i];
    const bool registered = household->registered_month[i] != WKS_NO_MONTH;

    /* A referral is for the first home; who has one looks like others (the referral stays as where it came from). */
    if (household->urgency[i] != WKS_URGENCY_NONE && income <= limit) return WKS_SEARCH_SOCIAL;
    if (income > limit) return WKS_SEARCH_MARKET; /* no social home for who waits under a referral either */
    if (household->referral[i] != WKS_REFERRAL_NONE && household->place[i] != WKS_PLACE_HOUSED) return WKS_SEARCH_SOCIAL;
    if (household->is_student[i]) return WKS_SEARCH_BOTH; /* campus dwellings go through the same registration */
    if (household->place[i] == WKS_PLACE_OUTSIDE) return registered ? WKS_SEARCH_BOTH : WKS_SEARCH_MARKET;
    if (household->place[i] != WKS_PLACE_HOUSED || wks_search_where_must_go(household, i) ||
        income > self->p[WKS_SEARCH_P_MARKET_INCOME] * limit)
        return WKS_SEARCH_BOTH;
    return WKS_SEARCH_SOCIAL;
}
