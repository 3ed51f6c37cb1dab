/* Ranking of the candidates of one advert: lexicographic by the order parts, then by lot; only as much of it as the offers need (a heap). */
#ifndef WKS_RULES_ROUND_RANK_H
#define WKS_RULES_ROUND_RANK_H

#include "rules/round_state.h"

/* Keys of the seekers of a pool by order part; parts that depend on the advert are computed per advert. */
typedef struct wks_round_rank {
    wks_round_month *month;
    const wks_round_pool *pool;
    double *key; /* order part x seeker (parts that do not depend on the advert) */
    /* the advert being ranked */
    const wks_advert *advert;
    uint64_t unit_key;
    wks_part_ranking by;
    double *pair_key; /* order part x candidate (parts that do) */
    int32_t n;        /* candidates of the advert */
    struct wks_round_rank_entry *heap;
    int32_t n_left;
} wks_round_rank;

typedef struct wks_round_rank_entry {
    double first;              /* first key */
    int32_t seeker, candidate; /* in the pool; among the candidates of the advert */
} wks_round_rank_entry;

/** Computes the keys of all seekers. */
wks_status wks_round_rank_open(wks_round_month *month, const wks_round_pool *pool, wks_round_rank *out, wks_err *err);
/** Takes the candidates of an advert (seekers of the pool). O(n). */
wks_status wks_round_rank_take(wks_round_rank *rank, const wks_advert *advert, const int32_t *seeker, int32_t n, wks_err *err);
/** The next in order; -1 when there is no more. O(log n). */
int32_t wks_round_rank_next(wks_round_rank *rank, wks_round_rank_entry *out);
/** First order part in which this one differs from the next that is left; -1 if it is the last; WKS_LETTING_BY_LOT or _BY_WAIT when those decide. */
int32_t wks_round_rank_decider(const wks_round_rank *rank, const wks_round_rank_entry *entry);

/** Key of a candidate by order part p: larger goes first. Only where the ranking is by the order parts. */
double wks_round_rank_key(const wks_round_rank *rank, int32_t p, const wks_round_rank_entry *entry);

#endif
