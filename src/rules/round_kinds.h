/* Kinds: items with the same vector of words are one kind. Filters are evaluated once for a kind of seekers and a kind of adverts. */
#ifndef WKS_RULES_ROUND_KINDS_H
#define WKS_RULES_ROUND_KINDS_H

#include "rules/round_state.h"

/** Gives item i (words word[i * n_words ...]) its kind, numbered in order of appearance; the vectors of the kinds go to kind_word (room for n items).
 *  `table` has room for wks_round_kinds_table(n) numbers. @return the number of kinds. O(n n_words). */
int32_t wks_round_kinds_assign(const uint64_t *word, int32_t n, int32_t n_words, int32_t *out_kind, uint64_t *kind_word, int32_t *table);
size_t wks_round_kinds_table(int32_t n);

/** The first filter that fails for a kind of seekers and a kind of adverts, -1 when all pass: n_seeker_kinds x n_advert_kinds. NULL: no memory. */
const int8_t *wks_round_kinds_matrix(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, wks_err *err);

/** Class of filter f in the words of a kind of seekers. */
static inline uint64_t wks_round_kinds_class(const uint64_t *class_word, int32_t f)
{
    return class_word[f / 10] >> (WKS_ROUND_CLASS_BITS * (f % 10)) & 63u;
}

#endif
