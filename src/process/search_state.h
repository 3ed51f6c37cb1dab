/* What the files of process search share: its parameters and one month's pass over all households. Not for other processes. */
#ifndef WKS_PROCESS_SEARCH_STATE_H
#define WKS_PROCESS_SEARCH_STATE_H

#include "process/tick.h"

enum {
    WKS_SEARCH_P_START,
    WKS_SEARCH_P_PRESSED_SOCIAL,
    WKS_SEARCH_P_ORIENTED_SOCIAL,
    WKS_SEARCH_P_LEAVE,
    WKS_SEARCH_P_GIVE_UP,
    WKS_SEARCH_P_CALM,
    WKS_SEARCH_P_PRESS_MORE,
    WKS_SEARCH_P_OUTSIDE_PRESSED,
    WKS_SEARCH_P_LATENT_PRESS,
    WKS_SEARCH_P_SOCIAL,
    WKS_SEARCH_P_PRIVATE_RENT,
    WKS_SEARCH_P_ROOM,
    WKS_SEARCH_P_STUDENT,
    WKS_SEARCH_P_OWNER,
    WKS_SEARCH_P_OWNER_SOCIAL,
    WKS_SEARCH_P_DURATION,
    WKS_SEARCH_P_FLOOR,
    WKS_SEARCH_P_MISFIT,
    WKS_SEARCH_P_CHANGE,
    WKS_SEARCH_P_CHANGE_MONTHS,
    WKS_SEARCH_P_COST,
    WKS_SEARCH_P_COST_FROM,
    WKS_SEARCH_P_LEEFBAARHEID,
    WKS_SEARCH_P_TIPPING,
    WKS_SEARCH_P_KIN,
    WKS_SEARCH_P_LEAVE_KIN,
    WKS_SEARCH_P_CHILDREN,
    WKS_SEARCH_P_RISE,
    WKS_SEARCH_P_SETTLED,
    WKS_SEARCH_P_SETTLED_YEARS,
    WKS_SEARCH_P_BELIEF_FLOOR,
    WKS_SEARCH_P_BELIEF_FULL,
    WKS_SEARCH_P_POINTS_PULL,
    WKS_SEARCH_P_LATENT_LOOK,
    WKS_SEARCH_P_MARKET_INCOME,
    WKS_SEARCH_P_STUDENT_LEAVE,
    WKS_SEARCH_P_URGENT_FAMILY,
    WKS_SEARCH_P_URGENT_SINGLE,
    WKS_SEARCH_P_URGENT_MEDICAL,
    WKS_SEARCH_P_URGENT_MONTHS,
    WKS_SEARCH_N_PARAMS
};

enum { WKS_SEARCH_AGES = 121, WKS_SEARCH_STAYS = 64 };

typedef struct wks_search_pass {
    wks_world *world;
    const wks_tick *tick;
    const double *p;                                       /* parameters */
    uint8_t *flag;                                         /* household row: 1 when an adult registers now */
    const double *pull;                                    /* by buurt: exp(-b (L - city mean)/0.14) */
    double start[WKS_SEARCH_AGES], leave[WKS_SEARCH_AGES]; /* a month, by age */
    double stay[WKS_SEARCH_STAYS];                         /* factor by whole years at the address */
    double give_up, calm, latent_look, latent_press;       /* a month */
    double hope[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS];   /* share of the would-be starters in the queue that starts */
    /* Bounds, search_odds.h: of leaving by age (circumstances 1), of the factors that leaving and starting share (search_ties.h), of the rent over what comes
     * in, of all circumstances of a home; what is drawn beside them and by how much starting is raised, by [market][urge][registered]. `last`: the last word of a draw that
     * may still mean something (sieve.h), at any address and after any change. */
    double most_leave[WKS_SEARCH_AGES], most_ties, most_cost, most_here;
    double flat[2][WKS_N_URGES], wish[2][WKS_N_URGES][2];
    uint32_t last[2][WKS_N_URGES][2][WKS_SEARCH_AGES];
    bool is_regie, is_ban; /* bills that are law in this scenario now */
    bool earns;            /* the rule set in force gives points for reacting */
} wks_search_pass;

#endif
