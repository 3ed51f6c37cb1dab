/* Ranking of the candidates of every advert: lexicographic by the order parts, then by lot. Made for all adverts at once, in parallel, from the world as it
 * is when the phase begins; of each advert only the first few are put in order at first, the others when the offers get that far. */
#ifndef WKS_RULES_ROUND_RANK_H
#define WKS_RULES_ROUND_RANK_H

#include "rules/round_state.h"

enum { WKS_ROUND_RANK_TOP = 16 };

typedef struct wks_round_rank_entry {
    uint64_t place;            /* larger goes first: what can be told by one number */
    uint64_t lot;              /* larger goes first among equals; 0: not drawn yet */
    int32_t seeker, candidate; /* in the pool; in the lists of candidates */
} wks_round_rank_entry;

typedef struct wks_round_rank {
    wks_round_month *month;
    const wks_round_pool *pool;
    const wks_round_board *board;
    const wks_round_lists *lists;
    double *pair_key;          /* order part that does, in their order, x candidate */
    int32_t n_candidates;      /* of all adverts */
    wks_round_rank_entry *top; /* advert x WKS_ROUND_RANK_TOP: the first in order */
    /* the advert being offered */
    int32_t advert;
    int32_t n, n_taken;         /* its candidates; how many were taken */
    wks_round_rank_entry *heap; /* those beyond the top, once they are needed */
    int32_t n_heap;
} wks_round_rank;

/** Keys of the seekers of a pool by the order parts that do not depend on the advert, as things stand now: once for the pool. O(seekers), partly in
 *  parallel. */
wks_status wks_round_rank_pool(wks_round_month *month, wks_round_pool *pool, wks_err *err);
/** Ranks the candidates of all adverts of the board; the pool has its keys. O(candidates), in parallel over adverts. */
wks_status wks_round_rank_open(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board,
                               const wks_round_lists *lists, wks_round_rank *out, wks_err *err);
/** Turns to an advert of the board. O(1). */
void wks_round_rank_take(wks_round_rank *rank, int32_t advert);
/** The next in order into `out`; `*out_is_none` when there is no more. O(1) for the first few, O(log n) after that. */
wks_status wks_round_rank_next(wks_round_rank *rank, wks_round_rank_entry *out, bool *out_is_none, wks_err *err);
/** First order part in which this one, the last taken, differs from the next that is left into `*out_part`; -1 if it is the last; WKS_LETTING_BY_LOT or
 *  _BY_WAIT when those decide. */
wks_status wks_round_rank_decider(wks_round_rank *rank, const wks_round_rank_entry *entry, int32_t *out_part, wks_err *err);
/** How the advert that is being offered is ranked. */
wks_part_ranking wks_round_rank_by(const wks_round_rank *rank);
/** Seekers of the pool among its candidates, i in 0 .. rank->n - 1, in any order. */
int32_t wks_round_rank_candidate(const wks_round_rank *rank, int32_t i);
/** Value of order part p of an entry (NaN counts as -infinity). */
double wks_round_rank_key(const wks_round_rank *rank, int32_t p, const wks_round_rank_entry *entry);

#endif
