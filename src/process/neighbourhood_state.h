/* What the files of process neighbourhood share: its parameters and the sums over residents and dwellings of a buurt. Not for other folders. */
#ifndef WKS_PROCESS_NEIGHBOURHOOD_STATE_H
#define WKS_PROCESS_NEIGHBOURHOOD_STATE_H

#include "process/tick.h"

enum {
    WKS_NEIGHBOURHOOD_P_THEORY,
    WKS_NEIGHBOURHOOD_P_MEMBERS, /* read by scenario/members.c */
    WKS_NEIGHBOURHOOD_P_K,
    WKS_NEIGHBOURHOOD_P_A_V,
    WKS_NEIGHBOURHOOD_P_SUPPORT,
    WKS_NEIGHBOURHOOD_P_A_M,
    WKS_NEIGHBOURHOOD_P_A_C,
    WKS_NEIGHBOURHOOD_P_A_L,
    WKS_NEIGHBOURHOOD_P_A_L_ONV,
    WKS_NEIGHBOURHOOD_P_OVERLOAD_FROM,
    WKS_NEIGHBOURHOOD_P_OVERLOAD_MOST,
    WKS_NEIGHBOURHOOD_P_D_S,
    WKS_NEIGHBOURHOOD_P_D_W,
    WKS_NEIGHBOURHOOD_P_A_N,
    WKS_NEIGHBOURHOOD_P_A_W,
    WKS_NEIGHBOURHOOD_P_A_B,
    WKS_NEIGHBOURHOOD_P_A_R,
    WKS_NEIGHBOURHOOD_P_A_D,
    WKS_NEIGHBOURHOOD_P_A_F,
    WKS_NEIGHBOURHOOD_P_A_P,
    WKS_NEIGHBOURHOOD_P_RENEWAL_FADE,
    WKS_NEIGHBOURHOOD_P_ABSORB,
    WKS_NEIGHBOURHOOD_P_ABSORB_BELOW,
    WKS_NEIGHBOURHOOD_P_ABSORB_EARLY,
    WKS_NEIGHBOURHOOD_P_ABSORB_EARLY_BELOW,
    WKS_NEIGHBOURHOOD_P_ABSORB_SHARE,
    WKS_NEIGHBOURHOOD_P_STIGMA_WBMGP,
    WKS_NEIGHBOURHOOD_P_STIGMA_FADE,
    WKS_NEIGHBOURHOOD_N_PARAMS
};

typedef enum wks_neighbourhood_theory {
    WKS_NEIGHBOURHOOD_T0,
    WKS_NEIGHBOURHOOD_T1,
    WKS_NEIGHBOURHOOD_T2,
    WKS_NEIGHBOURHOOD_N_THEORIES
} wks_neighbourhood_theory;

/* Of one buurt: whole numbers, so that the order of rows and blocks does not matter. */
typedef struct wks_neighbourhood_sums {
    int64_t vulnerable; /* households with psychiatric problems, addiction, lvb or debt */
    int64_t met_tenths; /* of those, tenths of the need that are met, added up */
    int64_t nuisance;   /* nuisance files */
    int64_t moved;      /* households that moved in this month */
    int64_t income_eur; /* a year, of all */
    int64_t dwellings, social, fresh, renovated;
} wks_neighbourhood_sums;

static inline double wks_neighbourhood_per(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

#endif
