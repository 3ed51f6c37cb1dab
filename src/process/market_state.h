/* What the files of process market share: its parameters and one month's pass over all seekers. Not for other processes. */
#ifndef WKS_PROCESS_MARKET_STATE_H
#define WKS_PROCESS_MARKET_STATE_H

#include "process/market_vacancy.h"
#include "process/tick.h"
#include "rules/permit.h"

enum {
    WKS_MARKET_P_FIRST,
    WKS_MARKET_P_LOOK,
    WKS_MARKET_P_SAMPLE,
    WKS_MARKET_P_ROUNDS,
    WKS_MARKET_P_ELSEWHERE,
    WKS_MARKET_P_LOAN,
    WKS_MARKET_P_INTEREST,
    WKS_MARKET_P_RELIEF,
    WKS_MARKET_P_UPKEEP,
    WKS_MARKET_P_FEES,
    WKS_MARKET_P_RENT_SHARE,
    WKS_MARKET_P_ROOM_SHARE,
    WKS_MARKET_P_STUDENT_LOAN,
    WKS_MARKET_P_BY_INCOME,
    WKS_MARKET_P_BID_SD,
    WKS_MARKET_P_RESERVE,
    WKS_MARKET_P_PRICE_FALL,
    WKS_MARKET_P_PRICE_FLOOR,
    WKS_MARKET_P_RENT_FALL,
    WKS_MARKET_P_RENT_FLOOR,
    WKS_MARKET_P_REGULATED,
    WKS_MARKET_P_B_COST,
    WKS_MARKET_P_B_SIZE,
    WKS_MARKET_P_B_HOUSE,
    WKS_MARKET_P_B_DISTANCE,
    WKS_MARKET_P_B_KIN,
    WKS_MARKET_P_KIN_KM,
    WKS_MARKET_P_B_LEEFBAARHEID,
    WKS_MARKET_P_B_CONTACTS,
    WKS_MARKET_P_B_SCHOOL,
    WKS_MARKET_P_B_STIGMA,
    WKS_MARKET_P_B_OWN_GROUP,
    WKS_MARKET_P_B_INCOME,
    WKS_MARKET_P_B_OWNER,
    WKS_MARKET_P_B_OWNER_YOUNG,
    WKS_MARKET_P_B_OWNER_OLD,
    WKS_MARKET_P_STAY,
    WKS_MARKET_P_STAY_LATENT,
    WKS_MARKET_P_PRICE_INDEX,
    WKS_MARKET_P_PRICE_SPEED,
    WKS_MARKET_P_PRICE_LEEFBAARHEID,
    WKS_MARKET_P_PRICE_STIGMA,
    WKS_MARKET_P_PRICE_RETURN,
    WKS_MARKET_P_PRICE_RANGE,
    WKS_MARKET_N_PARAMS
};

/* The year's lending norm and what owning costs, made once a month. */
typedef struct wks_market_norms {
    const wks_law *law;
    double annuity;      /* yearly payment over the loan, 30 years */
    double cost;         /* net yearly payment over the loan: after tax relief on the interest */
    double upkeep, fees; /* over the price */
    double loan_factor;  /* on the norm of the year */
    double rent_share, room_share, student_loan_eur;
} wks_market_norms;

/* What is the same for every home that one household looks at. */
typedef struct wks_market_seeker {
    uint64_t key;
    double income_eur;
    double income_log; /* only where income similarity counts */
    double loan_eur;   /* most that a bank lends, not looking at the home */
    double own_eur;    /* own money: net worth, the present home at the city's price level */
    double means_eur
        [WKS_MARKET_KINDS]; /* highest price that it can pay, kosten koper included; highest rents a month that landlords accept of it */
    double x_m, y_m;        /* present home; NaN without */
    double owner;           /* b_owner at its age */
    int32_t row, persons, kin_buurt_row, origin, age;
    int32_t region; /* where it looks (world/region.h) */
    bool is_tax_free, has_home, in_room, has_children, is_student;
    bool is_family;   /* with children and an income above the DAEB limit */
    bool has_benefit; /* `benefit` is filled in */
    wks_law_benefit benefit;
} wks_market_seeker;

/* Buurten as seekers see them this month; all counts of whole numbers, so that the order of rows does not matter. */
typedef struct wks_market_area {
    double pull;       /* leefbaarheid, light contacts and stigma in the utility */
    double school;     /* that of school programmes, for families with middle incomes */
    double x_m, y_m;   /* centre of its dwellings; NaN without geometry */
    double income_log; /* logarithm of its mean income */
    double origin_share[3];
} wks_market_area;

typedef struct wks_market_choice {
    uint64_t household_key;
    double bid; /* EUR for a home for sale, else a number by which the landlord orders */
    int32_t household_row;
    int32_t kind, item; /* place in ring[kind]; -1: rather waits */
    bool is_valid;      /* false: below the reserve price */
} wks_market_choice;

enum { WKS_MARKET_TASTE_BINS = 256 };

typedef struct wks_market_pass {
    const wks_world *world;
    const double *p;
    wks_market_norms norms;
    const wks_market_ring *ring;  /* owner, rent, room */
    const wks_market_area *area;  /* by buurt */
    const wks_region_map *region; /* not read where there is one region */
    const wks_permit *permit;     /* huisvestingsvergunning for cheap private rent */
    const int32_t *seeker;        /* rows of who looks this month */
    wks_market_choice *choice;    /* by seeker */
    int32_t round;
    double taste_bound[WKS_MARKET_TASTE_BINS + 1]; /* a draw's taste by its first eight bits: not above [bits + 1] */
} wks_market_pass;

#endif
