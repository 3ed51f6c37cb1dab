#include "rules/round_kinds.h"

#include <string.h>

size_t wks_round_kinds_table(int32_t n)
{
    size_t size = 16;

    while (size < 2 * (size_t)n)
        size *= 2;
    return size;
}

static size_t hash_of(const uint64_t *word, int32_t n_words)
{
    uint64_t hash = 0;

    for (int32_t i = 0; i < n_words; i++)
        hash = wks_rng_pair_key(hash, word[i]);
    return (size_t)hash;
}

int32_t wks_round_kinds_assign(const uint64_t *word, int32_t n, int32_t n_words, int32_t *out_kind, uint64_t *kind_word, int32_t *table)
{
    const size_t size = wks_round_kinds_table(n), bytes = (size_t)n_words * sizeof *word;
    int32_t n_kinds = 0;

    memset(table, 0xff, size * sizeof *table);
    for (int32_t i = 0; i < n; i++) {
        const uint64_t *of_item = &word[(size_t)i * (size_t)n_words];
        size_t at = hash_of(of_item, n_words) & (size - 1);
        while (table[at] >= 0 && memcmp(&kind_word[(size_t)table[at] * (size_t)n_words], of_item, bytes) != 0)
            at = (at + 1) & (size - 1);
        if (table[at] < 0) {
            memcpy(&kind_word[(size_t)n_kinds * (size_t)n_words], of_item, bytes);
            table[at] = n_kinds++;
        }
        out_kind[i] = table[at];
    }
    return n_kinds;
}

const int8_t *wks_round_kinds_matrix(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, wks_err *err)
{
    const int32_t n_filters = month->rules->set->n_filters;
    int8_t *fails =
        wks_round_buffer(month->round, WKS_ROUND_SLOT_FAILS, (size_t)pool->n_kinds * (size_t)board->n_kinds, sizeof *fails, err);

    if (fails == NULL) return NULL;
    for (int32_t s = 0; s < pool->n_kinds; s++) {
        const uint64_t *class_word = &pool->class_word[(size_t)s * WKS_ROUND_CLASS_WORDS];
        for (int32_t a = 0; a < board->n_kinds; a++) {
            const uint64_t *mask = &board->mask[(size_t)a * (size_t)n_filters];
            int32_t f = 0;
            while (f < n_filters && (mask[f] >> wks_round_kinds_class(class_word, f) & 1u) != 0)
                f++;
            fails[(size_t)s * (size_t)board->n_kinds + (size_t)a] = (int8_t)(f < n_filters ? f : -1);
        }
    }
    return fails;
}
