/* The last twelve months: lettings, reactions, active seekers and moves, for indicators that mean little in one month. */
#ifndef WKS_MEASURE_WINDOW_H
#define WKS_MEASURE_WINDOW_H

#include "world/world.h"

enum { WKS_WINDOW_MONTHS = 12, WKS_WINDOW_GROUPS = 33 }; /* groups of the scenario, and last everybody */

/* Links of chains that began with a new dwelling: moves into it, homes left in the first, second and third link, moves into the new dwelling and into
 * those of the first link from outside the city, and homes that these leave elsewhere. */
enum { WKS_WINDOW_LINKS = 8 };

/* Lettings of homes labelled gemengd wonen: to carriers who would have waited in the regular queue (registered, no urgency), other carriers, askers,
 * others. */
typedef enum wks_window_gemengd {
    WKS_WINDOW_NOT_GEMENGD,
    WKS_WINDOW_GEMENGD_QUEUE,
    WKS_WINDOW_GEMENGD_CARRIER,
    WKS_WINDOW_GEMENGD_ASKER,
    WKS_WINDOW_GEMENGD_OTHER,
    WKS_WINDOW_N_GEMENGD
} wks_window_gemengd;

/** One letting as the window keeps it. */
typedef struct wks_window_letting {
    uint32_t groups;
    int32_t buurt_row, wait_months, search_months, refusals, candidates, chain;
    float rent_eur, forgone_eur; /* of the contract; less than the streefhuur by so much */
    uint8_t is_starter,
        is_ranked;   /* starter: leaves no dwelling behind; ranked: a regular home by a list (no direct mediation, no campus) */
    uint8_t gemengd; /* wks_window_gemengd: who got a home labelled gemengd wonen */
} wks_window_letting;

/* Flows of the ledger that are indicators of the same name: homes, then people. */
/* clang-format off */
#define WKS_WINDOW_FLOWS(X)                                                                                             \
    X(homes_completed) X(built_social) X(built_middle) X(built_cheap) X(budget_not_built) X(dwellings_sold)             \
    X(dwellings_liberalised) X(ceiling_kept) X(ceiling_not_built) X(demolition_waits) X(removal_payments) X(suspensions) \
    X(evictions_social) X(registrations_lapsed) X(points_lost) X(statushouders_housed) X(statushouders_housed_persons)  \
    X(statushouders_joined) X(statushouders_left) X(jobs_begun) X(care_contracts) X(care_contracts_own) X(care_contracts_ended)
/* clang-format on */
#define WKS_WINDOW_FLOW(name) WKS_WINDOW_FLOW_##name,
enum { WKS_WINDOW_FLOWS(WKS_WINDOW_FLOW) WKS_WINDOW_N_FLOWS, WKS_WINDOW_N_HOME_FLOWS = WKS_WINDOW_FLOW_removal_payments };
#undef WKS_WINDOW_FLOW
extern const char *const wks_window_flow_name[WKS_WINDOW_N_FLOWS];

typedef struct wks_window_month {
    wks_window_letting *letting;
    int32_t n, capacity;
    int64_t adverts, reactions, offers, refusals, moves, evictions, births, deaths;
    int64_t refusals_by_reason[WKS_N_LETTING_REFUSALS];
    int64_t reactions_by_group[WKS_WINDOW_GROUPS - 1];
    int64_t chain[WKS_WINDOW_LINKS];
    int64_t flow[WKS_WINDOW_N_FLOWS];
    wks_purse_sum programmes;          /* what social programmes cost, all payers */
    int64_t active[WKS_WINDOW_GROUPS]; /* seekers with search social or both this month */
} wks_window_month;

typedef struct wks_window {
    wks_window_month month[WKS_WINDOW_MONTHS];
    int32_t n_months; /* filled, at most 12 */
    int32_t next;
    int64_t persons_before;             /* residents before the first month of the window; -1 when nothing was pushed */
    int64_t persons[WKS_WINDOW_MONTHS]; /* residents at the end of each month */
} wks_window;

void wks_window_free(wks_window *window);
/** Carries it over (base/carry.h); read into an empty one. */
wks_status wks_window_carry(wks_window *window, int32_t n_buurten, wks_carry *carry, wks_err *err);
/** Residents at tick 0, before anything is pushed. */
void wks_window_start(wks_window *window, int64_t persons);
/** Takes in this tick. @param active  seekers by group as counted by counts.h, WKS_WINDOW_GROUPS values;  @param persons  residents now */
wks_status wks_window_push(wks_window *window, const wks_world *world, const int64_t *active, int64_t persons, wks_err *err);

/** What the window says of one group (bit number, or 32 for everybody). NaN where nothing happened. Waits are inschrijfduur at letting, ranked only. */
typedef struct wks_window_facts {
    int64_t housed, housed_ranked;
    int64_t n_starters, n_refusals, n_links; /* what the shares and means below are made of; starters and refusals of the ranked */
    double active;                           /* mean a month */
    double rent_mean, forgone_sum;           /* EUR a month, of all lettings */
    double wait_mean, wait_p10, wait_p50, wait_p90, search_p50, refusals, starters_share, chain_mean, success_rate;
} wks_window_facts;
wks_status wks_window_facts_of(const wks_window *window, int32_t group, wks_window_facts *out, wks_err *err);

/** Sums over the window. */
typedef struct wks_window_sums {
    int64_t adverts, reactions, moves, evictions, births, deaths;
    int64_t refusals_by_reason[WKS_N_LETTING_REFUSALS];
    int64_t chain[WKS_WINDOW_LINKS];
    int64_t flow[WKS_WINDOW_N_FLOWS];
    wks_purse_sum programmes;
} wks_window_sums;
/** Residents gained by moves over the city's border: growth less births plus deaths. */
int64_t wks_window_net_migration(const wks_window *window);
wks_window_sums wks_window_sums_of(const wks_window *window);
int64_t wks_window_reactions_of(const wks_window *window, int32_t group);

#endif
