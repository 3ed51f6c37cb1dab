#include "process/search_urgency.h"

/* Refused with an urgency since it lost its home or wish arose (round_offers.c). */
static bool has_lost_urgency(const wks_household_table *household, int32_t i)
{
    const int32_t lost = household->urgency_month[i];

    return household->urgency[i] == WKS_URGENCY_NONE && lost != WKS_NO_MONTH && lost >= household->since_month[i];
}

/* Wet versterking regie (bill): who leaves care or detention and has no home is urgent by law, once for as long as it has none. Ex-detainees: assumption (law_statute.c). */
static bool is_urgent_by_bill(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const uint8_t referral = household->referral[i];

    return self->is_regie && household->place[i] != WKS_PLACE_HOUSED && !has_lost_urgency(household, i) &&
           (referral == WKS_REFERRAL_CARE_LEAVER || referral == WKS_REFERRAL_EX_DETAINEE);
}

/* Whether a referral stands for its own way to a home; under the priority ban (bill 36831) that of statushouders does not. */
static bool has_referral(const wks_search_pass *self, int32_t i)
{
    const uint8_t referral = self->world->household.referral[i];

    return referral != WKS_REFERRAL_NONE && !(self->is_ban && referral == WKS_REFERRAL_STATUSHOUDER);
}

/* The municipality's decision on urgency, for who has none: a family or another without a home, or a frail household in a home it cannot use. */
static wks_urgency urgency_of(const wks_search_pass *self, int32_t i)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const wks_place place = (wks_place)household->place[i];
    double p = 0;

    if (household->urgency[i] != WKS_URGENCY_NONE) return (wks_urgency)household->urgency[i];
    if (is_urgent_by_bill(self, i)) return WKS_URGENCY_SOCIAL;
    if (place == WKS_PLACE_HOUSED) {
        const int32_t unit = household->unit_row[i];
        const bool unfit =
            (household->vulnerability[i] & WKS_VULNERABLE_FRAIL) != 0 && !world->dwelling.accessible[world->unit.dwelling_row[unit]];
        p = unfit && (double)household->income_eur[i] <= self->tick->law.income_multi_eur ? self->p[WKS_SEARCH_P_URGENT_MEDICAL] : 0;
    } else if (!has_referral(self, i) && (place == WKS_PLACE_EX_PARTNER || place == WKS_PLACE_SHELTER || place == WKS_PLACE_HOSTED)) {
        p = household->n_children[i] > 0 ? self->p[WKS_SEARCH_P_URGENT_FAMILY]
            : place == WKS_PLACE_HOSTED  ? 0
                                         : self->p[WKS_SEARCH_P_URGENT_SINGLE];
    }
    if (!(p > 0) || wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_URGENCY) >= p) return WKS_URGENCY_NONE;
    return place == WKS_PLACE_HOUSED ? WKS_URGENCY_MEDICAL : WKS_URGENCY_SOCIAL;
}

void wks_search_urgency_decide(const wks_search_pass *self, int32_t i)
{
    wks_world *world = self->world;
    wks_household_table *household = &world->household;

    if (household->urgency[i] != WKS_URGENCY_NONE && household->urgency_month[i] != WKS_NO_MONTH &&
        household->urgency_month[i] < world->month) {
        household->urgency[i] = WKS_URGENCY_NONE;
        household->urgency_month[i] = WKS_NO_MONTH;
        return;
    }
    const wks_urgency now = urgency_of(self, i);
    if (now == (wks_urgency)household->urgency[i]) return;
    household->urgency[i] = (uint8_t)now;
    household->urgency_month[i] = wks_month_cell(world->month + (int32_t)self->p[WKS_SEARCH_P_URGENT_MONTHS]);
    if (household->search_month[i] == WKS_NO_MONTH) household->search_month[i] = wks_month_cell(world->month);
    household->urge[i] = WKS_URGE_PRESSED;
}
