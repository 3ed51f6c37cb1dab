#include "rules/round_reason.h"

#include "rules/round_utility.h"

wks_letting_refusal wks_round_reason_of(const wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place,
                                        double seniority, double *out_difference)
{
    const wks_round_utility_terms offered = wks_round_utility_split(month, seeker, place), home = wks_round_utility_home(month, seeker);
    const double difference[WKS_N_LETTING_REFUSALS] = {
        [WKS_LETTING_REFUSAL_PRICE] = offered.rent - home.rent,
        [WKS_LETTING_REFUSAL_SIZE] = offered.size - home.size,
        [WKS_LETTING_REFUSAL_LEEFBAARHEID] = offered.leefbaarheid - home.leefbaarheid,
        [WKS_LETTING_REFUSAL_DISTANCE] = offered.distance,
        [WKS_LETTING_REFUSAL_TASTE] = offered.taste,
        [WKS_LETTING_REFUSAL_BETTER] = -month->behaviour->accept_wait * seniority,
    };
    wks_letting_refusal most = WKS_LETTING_REFUSAL_BETTER;

    for (wks_letting_refusal i = WKS_LETTING_REFUSAL_PRICE; i < WKS_LETTING_REFUSAL_NO_SHOW; i++)
        if (difference[i] < difference[most]) most = i;
    for (int32_t i = 0; i < WKS_N_LETTING_REFUSALS && out_difference != NULL; i++)
        out_difference[i] = difference[i];
    return most;
}
