/* What spreiding parts decide about vacancies: before they are let (sale, another segment, a label), and in which order direct mediation proposes them. */
#ifndef WKS_RULES_ROUND_VACANCIES_H
#define WKS_RULES_ROUND_VACANCIES_H

#include "rules/instead.h"
#include "rules/round_state.h"

/* An advert in the order in which a direct channel proposes it. */
typedef struct wks_round_vacancies_item {
    double prefer;
    int32_t index; /* among the adverts in date order */
} wks_round_vacancies_item;

/** Asks the parts about n vacancies in date order; those that leave the social stock leave the list (order kept), those that got another
 *  label get the channel that goes with it. */
void wks_round_vacancies_decide(wks_round_month *month, wks_advert *advert, int32_t *n);
/** Takes one vacancy out of the social stock (it must be possible) and tells the parts. */
void wks_round_vacancies_instead(wks_round_month *month, const wks_advert *advert, wks_part_vacancy what);
/** The adverts of a direct channel as it proposes them: as the first part with a preference wants, else (and among equals) in date order. */
wks_status wks_round_vacancies_order(wks_round_month *month, const wks_advert *advert, int32_t n, int32_t channel,
                                     wks_round_vacancies_item **out, int32_t *out_n, wks_err *err);

#endif
