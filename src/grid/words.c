#include "grid/words.h"

uint32_t wks_words_at(const wks_rng_seed *seed, uint32_t tick, wks_rng_purpose purpose, int32_t i)
{
    const uint32_t block = (uint32_t)(i % WKS_WORDS_CHUNK) / 4;
    const uint32_t counter[4] = {(uint32_t)i / WKS_WORDS_CHUNK, 0, tick, ((uint32_t)purpose << WKS_RNG_BLOCK_BITS) + block};
    uint32_t word[4];

    wks_rng_philox(counter, seed->key, word);
    return word[i % 4];
}

void wks_words_all(const wks_rng_seed *seed, uint32_t tick, wks_rng_purpose purpose, int32_t n, uint32_t *out)
{
    uint64_t chunk = 0;

    for (int32_t i = 0; i < n; i += WKS_WORDS_CHUNK)
        wks_rng_words(seed, chunk++, tick, purpose, n - i < WKS_WORDS_CHUNK ? n - i : WKS_WORDS_CHUNK, out + i);
}

void wks_words_open(wks_words *words, const wks_rng_seed *seed, uint32_t tick, wks_rng_purpose purpose)
{
    words->seed = *seed;
    words->tick = tick;
    words->purpose = purpose;
    words->chunk = 0;
    words->next = WKS_WORDS_CHUNK;
}

void wks_words_refill(wks_words *words)
{
    wks_rng_words(&words->seed, words->chunk++, words->tick, words->purpose, WKS_WORDS_CHUNK, words->word);
    words->next = 0;
}
