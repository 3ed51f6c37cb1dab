/* What the files of process departures share: its parameters, and what may happen to a household in a month. Not for other processes. */
#ifndef WKS_PROCESS_DEPARTURES_STATE_H
#define WKS_PROCESS_DEPARTURES_STATE_H

#include "process/tick.h"

enum {
    WKS_DEPARTURES_P_OUTSIDE_MARKET,
    WKS_DEPARTURES_P_OUTSIDE_STUDENT,
    WKS_DEPARTURES_P_OUTSIDE_SOCIAL,
    WKS_DEPARTURES_P_HOSTED,
    WKS_DEPARTURES_P_HOSTED_SHELTER,
    WKS_DEPARTURES_P_EX_PARTNER,
    WKS_DEPARTURES_P_EX_PARTNER_LEAVES,
    WKS_DEPARTURES_P_SHELTER,
    WKS_DEPARTURES_P_SHELTER_HOSTED,
    WKS_DEPARTURES_P_SHELTER_RELIANT,
    WKS_DEPARTURES_P_AT_PARENTS,
    WKS_DEPARTURES_P_ONWARD,
    WKS_DEPARTURES_P_LABOUR_MONTHS,
    WKS_DEPARTURES_P_LABOUR_SETTLES,
    WKS_DEPARTURES_P_GRADUATE,
    WKS_DEPARTURES_P_CAMPUS_MONTHS,
    WKS_DEPARTURES_P_CAMPUS_LEAVES,
    WKS_DEPARTURES_P_CARE_CONTRACT,
    WKS_DEPARTURES_P_CARE_MONTHS,
    WKS_DEPARTURES_P_CARE_OWN,
    WKS_DEPARTURES_P_CARE_BACK,
    WKS_DEPARTURES_N_PARAMS
};

typedef enum wks_departures_event {
    WKS_DEPARTURES_NONE,
    WKS_DEPARTURES_DEPART,
    WKS_DEPARTURES_HOSTED,
    WKS_DEPARTURES_SHELTER,
    WKS_DEPARTURES_WISH_LAPSES,
    WKS_DEPARTURES_STUDY_ENDS,  /* the contract of who no longer studies */
    WKS_DEPARTURES_CARE_BEGINS, /* a home with a care contract */
    WKS_DEPARTURES_CARE_OWN,    /* which becomes the tenant's own */
    WKS_DEPARTURES_CARE_ENDS    /* or ends: shelter, or back to an institution */
} wks_departures_event;

/* In the three years after the first home (CBS 2025/21: one in six moves to another gemeente in that time). */
enum { WKS_DEPARTURES_ONWARD_MONTHS = 36 };

#endif
