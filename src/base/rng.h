/* Randomness: every draw is a pure function of (seed, replication; entity key, tick, purpose, index).
 * Philox4x32-10 (Salmon et al. 2011; Random123 is included in rng.c only; the inline copy below, for speed, is tested against it):
 * counter = entity 64 bit | tick 32 | purpose 12 + block 20 bit; key = mixed (seed, replication).
 * A stream lives on the stack. One draw per statement: compilers evaluate arguments in different orders. */
#ifndef WKS_BASE_RNG_H
#define WKS_BASE_RNG_H

#include <stdint.h>

#include "base/err.h"

/* Append only; never reorder or reuse (a test holds the numbers). 38, 39 and 149 were used once and stay empty. */
/* clang-format off: one a line */
#define WKS_RNG_PURPOSES(X)   \
    X(NONE, 0)                \
    X(CHILD_KEY, 1)           \
    X(SYNTH_FIT, 2)           \
    X(SYNTH_PERSON, 3)        \
    X(SYNTH_HOUSEHOLD, 4)     \
    X(SYNTH_DWELLING, 5)      \
    X(SYNTH_ASSIGN, 6)        \
    X(SYNTH_REGISTRATION, 7)  \
    X(SYNTH_LATENT, 8)        \
    X(SYNTH_POSITION, 9)      \
    X(DEATH, 16)              \
    X(BIRTH, 17)              \
    X(COUPLE_FORM, 18)        \
    X(COUPLE_SPLIT, 19)       \
    X(CARE, 20)               \
    X(LEAVE_HOME, 21)         \
    X(REGISTER, 22)           \
    X(BALANCE, 23)            \
    X(INCOME, 32)             \
    X(WORK, 33)               \
    X(VULNERABILITY, 34)      \
    X(EVICTION, 35)           \
    X(PROGRAMME, 36)          \
    X(JOB, 37)                \
    X(ARRIVAL, 48)            \
    X(ARRIVAL_PROFILE, 49)    \
    X(STATUSHOUDER, 50)       \
    X(CARE_LEAVER, 51)        \
    X(STUDENT, 52)            \
    X(REUNION, 53)            \
    X(LABOUR_START, 54)       \
    X(STOCK, 64)              \
    X(STOCK_SALE, 65)         \
    X(STOCK_LABEL, 66)        \
    X(STOCK_SITE, 67)         \
    X(STOCK_SIZE, 68)         \
    X(STOCK_SITTING, 69)      \
    X(STOCK_CONVERT, 70)      \
    X(STOCK_TRANSFORM, 71)    \
    X(STOCK_ORDER, 72)        \
    X(STOCK_MADE, 73)         \
    X(STOCK_PROJECT, 74)      \
    X(STOCK_RETURN, 75)       \
    X(STOCK_IN_PLACE, 76)     \
    X(STOCK_REPLACE, 77)      \
    X(STOCK_RATE, 78)         \
    X(SEARCH, 80)             \
    X(SEARCH_ACTIVATE, 81)    \
    X(URGENCY, 82)            \
    X(SEARCH_REGION, 83)      \
    X(ALLOC_LOT, 96)          \
    X(ALLOC_TASTE, 97)        \
    X(ALLOC_ACCEPT, 98)       \
    X(ALLOC_ADVERT, 99)       \
    X(ALLOC_CHANNEL, 100)     \
    X(ALLOC_REACT, 101)       \
    X(ALLOC_NO_SHOW, 102)     \
    X(TWO_RENTS, 106)         \
    X(ALLOC_SPEED, 107)       \
    X(ALLOC_LABEL, 108)       \
    X(ALLOC_FILE, 109)        \
    X(ALLOC_EFFORT, 110)      \
    X(MARKET_SAMPLE, 112)     \
    X(MARKET_TASTE, 113)      \
    X(MARKET_BID, 114)        \
    X(MARKET_ORDER, 115)      \
    X(MARKET_LOOK, 116)       \
    X(UITPOND, 117)           \
    X(TICK_ORDER, 118)        \
    X(LANDLORD_PICK, 119)     \
    X(DEPARTURE, 128)         \
    X(INSTITUTION, 129)       \
    X(ONWARD, 130)            \
    X(LABOUR_STAY, 131)       \
    X(LABOUR_SETTLE, 132)     \
    X(CARE_CONTRACT, 133)     \
    X(CARE_CONTRACT_END, 134) \
    X(NEIGHBOURHOOD, 144)     \
    X(ENCOUNTER, 145)         \
    X(SUPPORT_SIGNAL, 146)    \
    X(SUPPORT_CASE, 147)      \
    X(LONELY, 148)            \
    X(LABEL, 150)             \
    X(GRID_PLACE, 160)        \
    X(GRID_ORDER, 161)        \
    X(GRID_MOVE, 162)         \
    X(GRID_TIE, 163)          \
    X(GRID_LOT, 164)          \
    X(QUEUE_ARRIVAL, 176)     \
    X(QUEUE_SERVICE, 177)     \
    X(QUEUE_LOT, 178)         \
    X(QUEUE_PATIENCE, 179)    \
    X(QUEUE_TYPE, 180)        \
    X(QUEUE_VALUE, 181)       \
    X(BOOTSTRAP, 192)         \
    X(PERMUTATION, 193)       \
    X(DESIGN, 194)            \
    X(THEORY_MEMBER, 195)     \
    X(CALIBRATE, 196)         \
    X(STUDY, 197)             \
    X(TEST, 4095)
/* clang-format on */

typedef enum wks_rng_purpose {
#define WKS_RNG_ENUM(name, number) WKS_RNG_##name = number,
    WKS_RNG_PURPOSES(WKS_RNG_ENUM)
#undef WKS_RNG_ENUM
} wks_rng_purpose;

/** What is the same for all draws of one replication. */
typedef struct wks_rng_seed {
    uint32_t key[2];
} wks_rng_seed;

/** Mixes a 64-bit seed and a replication number (population draws use replication 0) into a Philox key. */
wks_rng_seed wks_rng_seed_make(uint64_t seed, uint64_t replication);

enum { WKS_RNG_BLOCK_BITS = 20 };

typedef struct wks_rng {
    uint32_t counter[4]; /* of the block in `word` */
    uint32_t key[2];
    uint32_t word[4];
    uint32_t n_left; /* unused words of the current block */
} wks_rng;

/** One Philox4x32-10 block: out = f(counter, key). Known answers: tests/unit/base/test_rng.c. About 11 ns. */
static inline void wks_rng_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)UINT32_C(0xD2511F53) * c0;
        uint64_t product1 = (uint64_t)UINT32_C(0xCD9E8D57) * c2;
        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)product1;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)product0;
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/** Four 32-bit words of block 0 at once (the cheapest way to several independent draws of one event). */
static inline void wks_rng_four(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose, uint32_t out_word[4])
{
    const uint32_t counter[4] = {(uint32_t)entity_key, (uint32_t)(entity_key >> 32), tick, (uint32_t)purpose << WKS_RNG_BLOCK_BITS};
    wks_rng_philox(counter, seed->key, out_word);
}

/** 64 bits as a uniform in (0, 1): (u52 + 1/2) * 2^-52, exact. */
static inline double wks_rng_unit64(uint64_t bits)
{
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

/** First uniform of a stream, for events with one draw. */
static inline double wks_rng_once(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose)
{
    uint32_t word[4];
    wks_rng_four(seed, entity_key, tick, purpose, word);
    return wks_rng_unit64((uint64_t)word[1] << 32 | word[0]);
}

/** Opens the stream of one event. After 2^20 blocks (2^22 words: a buurt of half a million households needs more) it goes on under a key
 *  derived from its own, without end. */
static inline wks_rng wks_rng_open(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose)
{
    wks_rng rng = {
        .counter = {(uint32_t)entity_key, (uint32_t)(entity_key >> 32), tick, (uint32_t)purpose << WKS_RNG_BLOCK_BITS},
        .key = {seed->key[0], seed->key[1]},
        .n_left = 4,
    };
    wks_rng_philox(rng.counter, rng.key, rng.word);
    return rng;
}

/** The same for who has the words of block 0 already (wks_rng_rows). */
static inline wks_rng wks_rng_resume(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose,
                                     const uint32_t word[4])
{
    return (wks_rng){
        .counter = {(uint32_t)entity_key, (uint32_t)(entity_key >> 32), tick, (uint32_t)purpose << WKS_RNG_BLOCK_BITS},
        .key = {seed->key[0], seed->key[1]},
        .word = {word[0], word[1], word[2], word[3]},
        .n_left = 4,
    };
}

/** The first n words of an event's stream at once: what n calls of wks_rng_u32 on the opened stream give, faster. n at most 4 * 2^20. */
void wks_rng_words(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose, int32_t n, uint32_t *out);
/** The same from word `first` on, a multiple of 4: out[0] is that word. */
void wks_rng_words_from(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose, int32_t first, int32_t n,
                        uint32_t *out);

/** The words of block 0 of n entities, for loops over rows: out[w][i] is word w of wks_rng_four(seed, key[i], tick, purpose); a word that is not wanted
 *  has NULL. Several at a time, with the vector instructions of the processor: about 2 ns an entity with AVX-512, 3 with AVX2. Whole numbers only, so the
 *  same everywhere. @param key  n values @param out  4 arrays of n values, or NULL */
void wks_rng_rows(const wks_rng_seed *seed, const uint64_t *key, int32_t n, uint32_t tick, wks_rng_purpose purpose, uint32_t *const out[4]);

/** The same words of another block (below 2^20) of their streams: words 4 block to 4 block + 3 of each. */
void wks_rng_rows_at(const wks_rng_seed *seed, const uint64_t *key, int32_t n, uint32_t tick, wks_rng_purpose purpose, uint32_t block,
                     uint32_t *const out[4]);

/** Fills the next block of a stream: used by the functions below. */
void wks_rng_refill(wks_rng *rng);

static inline uint32_t wks_rng_u32(wks_rng *rng)
{
    if (rng->n_left == 0) wks_rng_refill(rng);
    rng->n_left--;
    return rng->word[3 - rng->n_left];
}

/** Two words, the low one first. */
static inline uint64_t wks_rng_u64(wks_rng *rng)
{
    uint64_t low = wks_rng_u32(rng);
    uint64_t high = wks_rng_u32(rng);
    return high << 32 | low;
}

/** Uniform in the open interval (0, 1): (u52 + 1/2) * 2^-52; never 0 or 1. */
static inline double wks_rng_u01(wks_rng *rng)
{
    return wks_rng_unit64(wks_rng_u64(rng));
}

/** Uniform whole number in [0, n), without bias (Lemire 2019: multiply, and reject the few words that would favour some); n >= 1. */
static inline uint32_t wks_rng_below(wks_rng *rng, uint32_t n)
{
    WKS_BUG_IF(n == 0);
    uint64_t product = (uint64_t)wks_rng_u32(rng) * n;
    if ((uint32_t)product < n) {
        uint32_t threshold = (0U - n) % n;
        while ((uint32_t)product < threshold)
            product = (uint64_t)wks_rng_u32(rng) * n;
    }
    return (uint32_t)(product >> 32);
}

/** A 32-bit word as a uniform in (0, 1): (word + 1/2) * 2^-32. */
static inline double wks_rng_unit(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}

/** Key of a pair (ordered), for draws about two entities. About 2 ns. */
uint64_t wks_rng_pair_key(uint64_t a, uint64_t b);
/** First word of block 0 of n pairs (a, b[i]): out[i] is word 0 of wks_rng_four(seed, wks_rng_pair_key(a, b[i]), tick, purpose). Several at a time,
 *  with the vector instructions of the processor: 3 ns a pair with AVX2. Whole numbers only, so the same everywhere. */
void wks_rng_pair_words(const wks_rng_seed *seed, uint64_t a, const uint64_t *b, int32_t n, uint32_t tick, wks_rng_purpose purpose,
                        uint32_t *out);
/** Key of an entity born in the simulation: function of parent's key, tick, purpose and index (seed not involved, so it is the same in
 *  every scenario and replication). Never 0. */
uint64_t wks_rng_child_key(uint64_t parent_key, uint32_t tick, wks_rng_purpose purpose, uint32_t index);

/** Name of a purpose, "?" for a number without one. */
const char *wks_rng_purpose_name(unsigned number);

#endif
