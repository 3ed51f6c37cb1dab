/* The log of social lettings of one tick: what lettings.csv, compliance and explain are made of. */
#ifndef WKS_WORLD_LETTING_H
#define WKS_WORLD_LETTING_H

#include <stdint.h>

#include "base/err.h"

enum { WKS_LETTING_MAX_PARTS = 24 };

/* What decided against the next candidate when no ordering key did. */
typedef enum wks_letting_decider { WKS_LETTING_BY_LOT = -2, WKS_LETTING_BY_WAIT = -3, WKS_LETTING_BY_SPEED = -4 } wks_letting_decider;

typedef struct wks_letting {
    int64_t number; /* unique in a replication, in date order */
    uint64_t unit_key, household_key, from_household_key;
    int32_t unit_row, household_row, buurt_row, complex_row, owner_row;
    int32_t from_buurt_row;    /* where the household lived; -1 outside */
    int32_t rule_set, channel; /* indices into the scenario's rules and their channels */
    int32_t order_part; /* index of the ordering key that decided against the next candidate; -1 if alone; else wks_letting_decider */
    int32_t candidates, rank, refusals;
    int32_t months_registered, months_searching;
    float rent_eur, streefhuur_eur, income_eur; /* of the contract; what would be asked if no norm pressed */
    uint32_t groups;
    uint8_t urgency, referral, from_place, from_tenure, from_room, chain, reason; /* reason: wks_letting_reason */
    uint8_t household_type;
    uint8_t persons, age,
        income_source;     /* as the rules counted them before the move: household with grown-up children, oldest member in years */
    uint8_t for_ties;      /* 1: the unit was one of the share at which residents go first or alone */
    int32_t region_months; /* lived in the region; -1 from outside or COA */
    uint32_t against;  /* bit f: filter f of the rule set, one that counts this (rules/account.h), does not let this household through */
    uint8_t by_chance; /* 1 when inschrijfduur and points had no part in the ranking: what seekers learn about lots */
    int32_t excluded[WKS_LETTING_MAX_PARTS]; /* seekers excluded by part i of the rule set (filters then spreiding) */
} wks_letting;

typedef enum wks_letting_reason { WKS_LETTING_RANKED, WKS_LETTING_DIRECT, WKS_LETTING_RESERVED, WKS_N_LETTING_REASONS } wks_letting_reason;
extern const char *const wks_letting_reason_name[WKS_N_LETTING_REASONS];

/* Why an offer was refused: what told most against the home, compared with staying (rules/round_reason.h). */
typedef enum wks_letting_refusal {
    WKS_LETTING_REFUSAL_PRICE,
    WKS_LETTING_REFUSAL_SIZE,
    WKS_LETTING_REFUSAL_LEEFBAARHEID,
    WKS_LETTING_REFUSAL_DISTANCE,
    WKS_LETTING_REFUSAL_TASTE,
    WKS_LETTING_REFUSAL_BETTER,
    WKS_LETTING_REFUSAL_NO_SHOW,
    WKS_N_LETTING_REFUSALS
} wks_letting_refusal;
extern const char *const wks_letting_refusal_name[WKS_N_LETTING_REFUSALS];

/* What kept a household from a home. SPREIDING: its turn came and a spreiding part (a cap, a mix) stopped it. AREA: a filter that holds in named areas only
 * (a designation, a permit) was the first that kept it out of an advert. */
typedef enum wks_letting_cause { WKS_LETTING_SPREIDING, WKS_LETTING_AREA, WKS_N_LETTING_CAUSES } wks_letting_cause;

/* A household that was kept from a home by such a part, as it stood then; of AREA one advert a round. */
typedef struct wks_letting_passed {
    uint64_t household_key, unit_key;
    int32_t household_row, buurt_row; /* buurt of the home */
    float x_m, y_m, rent_eur;         /* of the home; NaN without position */
    uint8_t cause;                    /* wks_letting_cause */
} wks_letting_passed;

typedef struct wks_letting_log {
    wks_letting *item;
    int32_t n, capacity;
    wks_letting_passed *passed; /* of this tick */
    int32_t n_passed, passed_capacity;
    int64_t n_adverts, n_reactions, n_offers, n_refusals, n_unlet; /* of this tick */
    int64_t n_reactions_by_group[32];                              /* of this tick, by bit of household.groups */
    int64_t n_refusals_by_reason[WKS_N_LETTING_REFUSALS];          /* of this tick; they add up to n_refusals */
} wks_letting_log;

/** New zeroed record at the end. */
wks_status wks_letting_add(wks_letting_log *log, wks_letting **out, wks_err *err);
/** New zeroed record of a household that was passed over. */
wks_status wks_letting_pass(wks_letting_log *log, wks_letting_passed **out, wks_err *err);
void wks_letting_free(wks_letting_log *log);

#endif
