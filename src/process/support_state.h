/* Private to process support: what its files hand to one another within a tick. */
#ifndef WKS_PROCESS_SUPPORT_STATE_H
#define WKS_PROCESS_SUPPORT_STATE_H

#include "process/tick.h"

/* Parameters, in the order of the table in support.c. */
enum {
    WKS_SUPPORT_P_HOURS,
    WKS_SUPPORT_P_SHARE_GGZ,
    WKS_SUPPORT_P_SHARE_BEHEERDER,
    WKS_SUPPORT_P_SHARE_PRESENCE,
    WKS_SUPPORT_P_SHARE_CONTACT_POINT,
    WKS_SUPPORT_P_SHARE_LANGUAGE,
    WKS_SUPPORT_P_RECRUIT,
    WKS_SUPPORT_P_NOTICE,
    WKS_SUPPORT_P_FOLLOW,
    WKS_SUPPORT_P_GGZ_WORTH,
    WKS_SUPPORT_P_LIGHT,
    WKS_SUPPORT_P_REACH,
    WKS_SUPPORT_P_SIGNAL,
    WKS_SUPPORT_P_SIGNAL_HOURS,
    WKS_SUPPORT_P_LANGUAGE_YEARS,
    WKS_SUPPORT_P_BEHEER_FULL,
    WKS_SUPPORT_P_HALF_LIFE,
    WKS_SUPPORT_P_NEED_PSYCHIATRIC,
    WKS_SUPPORT_P_NEED_ADDICTION,
    WKS_SUPPORT_P_NEED_LVB,
    WKS_SUPPORT_P_NEED_DEBT,
    WKS_SUPPORT_P_NEED_FRAIL,
    WKS_SUPPORT_P_EUR_HOUR,
    WKS_SUPPORT_P_CARE_EUR_HOUR,
    WKS_SUPPORT_P_INFORMAL,
    WKS_SUPPORT_P_SETTLED,
    WKS_SUPPORT_P_INFORMAL_WORK,
    WKS_SUPPORT_P_INFORMAL_OLD,
    WKS_SUPPORT_P_INFORMAL_CARRIER,
    WKS_SUPPORT_N_PARAMS
};

/* Traits from which need comes. */
enum {
    WKS_SUPPORT_NEEDS =
        WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_LVB | WKS_VULNERABLE_DEBT | WKS_VULNERABLE_FRAIL
};

/* What a household needs, in tenths of an hour a week after its care contract; `special`: the part from psychiatric problems and addiction. */
typedef struct wks_support_need {
    int32_t all, special;
} wks_support_need;

/* Sums over the households of a buurt: whole numbers, so their order does not matter. */
typedef struct wks_support_sums {
    int64_t need, met; /* tenths of an hour a week */
    int64_t informal;  /* thousandths of an hour a week */
} wks_support_sums;

/* Rows of households by block of rows, ascending: block k has n[k] of them from row[k * block_size]. */
typedef struct wks_support_list {
    int32_t *row, *n;
} wks_support_list;

/* Chances this month in one buurt. Unknown need is found: by who rents of a corporatie, by who came from abroad lately. */
typedef struct wks_support_chances {
    double found[2][2];
} wks_support_chances;

typedef struct wks_support_pass {
    wks_world *world;
    const double *p;
    const wks_support_chances *chances; /* by buurt */
    double lost;                        /* known need that nobody helps with is lost from sight */
    int32_t informal[3][2][2];          /* support_capacity.h */
    int64_t block_size, n_blocks;
    wks_support_list waits, helped; /* households with a home whose need is known: without help until now, and with */
    wks_support_list after;         /* whose help may have ended: `helped` above 0 */
    int64_t *care;                  /* by block: what care contracts deliver, tenths of an hour a week */
    int32_t *turned_away;           /* by block: households that waited and whose case fits nowhere this month */
    int64_t *waited;                /* by block: the months they have waited, added up */
    wks_support_sums *block;        /* n_blocks x n_buurten */
    bool is_start;
} wks_support_pass;

#endif
