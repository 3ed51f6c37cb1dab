/* Monthly rates of process demography by age, from its parameters and the levels of the city's balance. Not for other processes. */
#ifndef WKS_PROCESS_DEMOGRAPHY_RATES_H
#define WKS_PROCESS_DEMOGRAPHY_RATES_H

#include "process/tick.h"

enum {
    WKS_DEMOGRAPHY_P_DEATH_LEVEL,
    WKS_DEMOGRAPHY_P_DEATH_GROWTH,
    WKS_DEMOGRAPHY_P_DEATH_CARE,
    WKS_DEMOGRAPHY_P_FERTILITY,
    WKS_DEMOGRAPHY_P_FERTILITY_AGE,
    WKS_DEMOGRAPHY_P_FERTILITY_SD,
    WKS_DEMOGRAPHY_P_FERTILITY_SINGLE,
    WKS_DEMOGRAPHY_P_LEAVE_HOME,
    WKS_DEMOGRAPHY_P_STUDENT_SHARE,
    WKS_DEMOGRAPHY_P_LVB_SHARE,
    WKS_DEMOGRAPHY_P_DISTANT_INHERITS,
    WKS_DEMOGRAPHY_P_CARE_OLD,
    WKS_DEMOGRAPHY_P_CARE_PARTNER,
    WKS_DEMOGRAPHY_P_CARE_YOUNG,
    WKS_DEMOGRAPHY_P_REGISTER_YOUNG,
    WKS_DEMOGRAPHY_P_REGISTER_MIDDLE,
    WKS_DEMOGRAPHY_P_REGISTER_OLD,
    WKS_DEMOGRAPHY_P_LAPSE,
    WKS_DEMOGRAPHY_P_COUPLE,
    WKS_DEMOGRAPHY_P_COUPLE_PARENT,
    WKS_DEMOGRAPHY_P_SEPARATE,
    WKS_DEMOGRAPHY_P_MOTIVATED,
    WKS_DEMOGRAPHY_N_PARAMS
};

enum { WKS_DEMOGRAPHY_AGES = 121, WKS_DEMOGRAPHY_OLD = 80, WKS_DEMOGRAPHY_PARITIES = WKS_BALANCE_PARITIES };

/* Bounds on the chances of a person of a sex and age, whatever the household is (sieve.h): on each of the four words of its draw the last one that may
 * still mean an event. `yearly` on birthdays only. */
typedef struct wks_demography_bound {
    uint32_t death, family, care, yearly;
} wks_demography_bound;

typedef struct wks_demography_rates {
    double death[2][WKS_DEMOGRAPHY_AGES], birth[WKS_DEMOGRAPHY_AGES], leave_home[WKS_DEMOGRAPHY_AGES], care_old[WKS_DEMOGRAPHY_AGES];
    double by_parity[WKS_DEMOGRAPHY_PARITIES], birth_single, care_partner, care_young, death_care, register_p[3], lapse;
    wks_demography_bound bound[2][WKS_DEMOGRAPHY_AGES], most; /* `most`: over both sexes and all ages below WKS_DEMOGRAPHY_OLD */
} wks_demography_rates;

/** Rates of this moment. O(ages). */
void wks_demography_rates_make(const wks_world *world, const wks_settings *settings, wks_demography_rates *out);
/** Registering a year, on the birthday. */
double wks_demography_rates_register(const wks_demography_rates *rate, int32_t age);
/** Birth a month relative to the rate at her age: by children at home (0, 1, 2, 3 and more) and partner. */
double wks_demography_rates_birth_factor(const wks_demography_rates *rate, bool has_partner, int32_t n_children);

#endif
