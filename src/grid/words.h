/* Random words of a tick of a grid: a tick is keyed as a whole, its words are numbered from 0, and anyone can be had. */
#ifndef WKS_GRID_WORDS_H
#define WKS_GRID_WORDS_H

#include "base/rng.h"

enum { WKS_WORDS_CHUNK = 1024 }; /* words; the number of the chunk is the entity of the key */

/** Word i (from 0) of a purpose in a tick. */
uint32_t wks_words_at(const wks_rng_seed *seed, uint32_t tick, wks_rng_purpose purpose, int32_t i);
/** Words 0 to n - 1. */
void wks_words_all(const wks_rng_seed *seed, uint32_t tick, wks_rng_purpose purpose, int32_t n, uint32_t *out);

/** The words of a purpose in a tick, one after the other. */
typedef struct wks_words {
    wks_rng_seed seed;
    uint32_t tick;
    wks_rng_purpose purpose;
    uint64_t chunk; /* the next one */
    int32_t next;   /* in `word` */
    uint32_t word[WKS_WORDS_CHUNK];
} wks_words;

void wks_words_open(wks_words *words, const wks_rng_seed *seed, uint32_t tick, wks_rng_purpose purpose);
void wks_words_refill(wks_words *words);

static inline uint32_t wks_words_u32(wks_words *words)
{
    if (words->next == WKS_WORDS_CHUNK) wks_words_refill(words);
    return words->word[words->next++];
}

/** Two words, the low one first. */
static inline uint64_t wks_words_u64(wks_words *words)
{
    const uint64_t low = wks_words_u32(words);
    const uint64_t high = wks_words_u32(words);

    return high << 32 | low;
}

/** Uniform in [0, n), as wks_rng_below; n >= 1. */
static inline uint32_t wks_words_below(wks_words *words, uint32_t n)
{
    uint64_t product = (uint64_t)wks_words_u32(words) * n;

    if ((uint32_t)product < n) {
        const uint32_t threshold = (0U - n) % n;
        while ((uint32_t)product < threshold)
            product = (uint64_t)wks_words_u32(words) * n;
    }
    return (uint32_t)(product >> 32);
}

#endif
