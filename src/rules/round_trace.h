/* Follows rounds for `explain`: the whole ranked list of one letting, or everything that became of one household's reactions; and who would have been
 * housed under other rules, this letting only. Off unless wks_round_follow was called; changes no result. */
#ifndef WKS_RULES_ROUND_TRACE_H
#define WKS_RULES_ROUND_TRACE_H

#include "rules/round.h"

enum { WKS_ROUND_TRACE_KEYS = 12, WKS_ROUND_TRACE_RIVALS = 4, WKS_ROUND_TRACE_TOLD = 240 };

/** A candidate in the ranking of one dwelling, as it stood before its first offer. */
typedef struct wks_round_trace_candidate {
    uint64_t household_key;
    int32_t household_row, rank; /* from 1 */
    double
        key[WKS_ROUND_TRACE_KEYS]; /* by order part, larger first; NaN where the ranking is not by the order parts, -HUGE_VAL undefined */
    double lot;                    /* in (0, 1), larger first: decides what the keys leave equal; of a first reactor: how fast */
    double rent_eur;               /* it would pay: less than asked with two rents, for low incomes */
    int32_t months_registered, months_waiting, persons;
    double income_eur;
    double difference[WKS_N_LETTING_REFUSALS]; /* what speaks for (+) or against (-) the home compared with staying, in utility */
    double accept_chance;                      /* if it answers the offer */
    bool is_asked;                             /* an offer was considered: outcome tells; else the list ended before */
    uint8_t outcome, reason;                   /* wks_round_outcome; wks_letting_refusal when refused or no-show */
    int32_t blocked_by;                        /* part that stopped it, numbered as wks_letting.excluded; else -1 */
    char told[WKS_ROUND_TRACE_TOLD];           /* what that part says about it; "" when it stopped nobody */
} wks_round_trace_candidate;

/** Who would have been housed under other rules: the same candidates, ranked by those, with the same luck and answers; who was housed already this
 *  month still is, filters of those rules are asked, caps and norms are not (they depend on all lettings before). */
typedef struct wks_round_trace_rival {
    bool is_there;        /* those rules were in force */
    int32_t n_candidates; /* that its filters let through, not yet housed */
    int32_t rank, refusals;
    uint64_t household_key; /* 0: nobody would have taken it */
    int32_t order_part;     /* of its rule set; as wks_letting.order_part */
} wks_round_trace_rival;

/* How the dwelling came to its channel. */
typedef enum wks_round_trace_route {
    WKS_ROUND_TRACE_DRAWN,        /* by the shares of the channels that apply to it */
    WKS_ROUND_TRACE_ONLY,         /* no other channel applies */
    WKS_ROUND_TRACE_AFTER_DIRECT, /* proposals of the landlord found nobody this month */
    WKS_ROUND_TRACE_SENT_ON,      /* a spreiding part sent it on in an earlier month */
    WKS_ROUND_TRACE_RESERVED,
    WKS_ROUND_TRACE_THEN,  /* a channel that did not let it sent it on in an earlier month (parameter then) */
    WKS_ROUND_TRACE_BY_LOT /* the corporatie lets this complex by lot this year */
} wks_round_trace_route;

typedef struct wks_round_trace_advert {
    int32_t tick, month, rule_set;
    int64_t letting; /* -1: not let */
    uint64_t unit_key, complex_key;
    int32_t owner_number;
    wks_advert advert;
    int32_t vacant_month, n_adverts; /* vacant since; months it was offered before */
    int32_t n_same_month;            /* place in this month's order of letting, from 1 */
    wks_round_trace_route route;
    double channel_share; /* of the channels that apply */
    wks_part_ranking ranking;
    int32_t n_lookers; /* seekers of this month, or those the channel may propose */
    int32_t excluded[WKS_LETTING_MAX_PARTS];
    int32_t order_part; /* that decided against the next in line; -1: the lot, or nobody was left */
    int32_t n_candidates;
    wks_round_trace_candidate *candidate; /* in order of rank; when a household is followed: that household only */
    int32_t n_listed;                     /* of them */
    uint64_t winner_key;                  /* 0: not let */
    float contract_rent_eur;              /* of the winner; below what was asked with two rents */
    uint8_t result;                       /* wks_round_result: what became of it this month */
    uint8_t own_label;                    /* advert.label is that of this letting (part relabel) */
    wks_round_trace_rival rival[WKS_ROUND_TRACE_RIVALS];
} wks_round_trace_advert;

typedef struct wks_round_trace {
    int64_t letting;                                   /* the letting to follow; -1: none */
    uint64_t household_key;                            /* the household to follow; 0: none */
    const wks_scenario *rival[WKS_ROUND_TRACE_RIVALS]; /* other rules; borrowed */
    int32_t n_rivals;
    /* filled */
    wks_round_trace_advert *advert;
    int32_t n_adverts, capacity;
    char told[WKS_ROUND_TRACE_TOLD]; /* by the part that stopped the present candidate */
    bool is_open;                    /* the last advert is being offered */
    wks_round *scratch[WKS_ROUND_TRACE_RIVALS];
} wks_round_trace;

#define WKS_ROUND_TRACE_INIT ((wks_round_trace){.letting = -1})
void wks_round_trace_free(wks_round_trace *trace);

/* For round_offers.c only. */
struct wks_round_month;
struct wks_round_rank;
struct wks_round_guard;
struct wks_round_place;
struct wks_round_seeker;
/** The candidates of an advert are ranked, nobody was asked yet. */
wks_status wks_round_trace_begin(struct wks_round_month *month, const struct wks_round_rank *rank, const struct wks_round_place *place,
                                 int32_t number, const int32_t *excluded, wks_err *err);
/** A reserved unit: one candidate, no ranking. */
wks_status wks_round_trace_reserved(struct wks_round_month *month, const struct wks_round_seeker *seeker,
                                    const struct wks_round_place *place, const wks_advert *advert, int32_t number, wks_err *err);
/** A part stopped this candidate: keeps what the part tells about it, for the offer that follows. */
void wks_round_trace_stopped(struct wks_round_month *month, const struct wks_round_guard *guard, int32_t household_row,
                             const wks_advert *advert);
void wks_round_trace_offer(wks_round_trace *trace, const wks_round_offer *offer);
void wks_round_trace_end(struct wks_round_month *month, uint8_t result); /* wks_round_result */

#endif
