#include "base/rng.h"

#include <string.h>

#include <Random123/philox.h>

#include "base/vector.h"

enum { RNG_LAST_BLOCK = (1 << WKS_RNG_BLOCK_BITS) - 1 };

static philox4x32_ctr_t philox(uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0, uint32_t k1)
{
    philox4x32_ctr_t counter = {{c0, c1, c2, c3}};
    philox4x32_key_t key = {{k0, k1}};
    return philox4x32(counter, key);
}

wks_rng_seed wks_rng_seed_make(uint64_t seed, uint64_t replication)
{
    /* Philox is a bijection of its counter, so neighbouring seeds and replications give unrelated keys. The key here ("wijk", "sim1")
     * only separates this use from the draws themselves. */
    philox4x32_ctr_t mixed =
        philox((uint32_t)seed, (uint32_t)(seed >> 32), (uint32_t)replication, (uint32_t)(replication >> 32), 0x77696A6BU, 0x73696D31U);
    return (wks_rng_seed){{mixed.v[0], mixed.v[1]}};
}

/* The blocks of the stream are used up: it goes on at block 0 under a key made from the present one. The constant key here ("next", "key1")
 * only separates this use from the draws. */
static void next_key(wks_rng *rng)
{
    philox4x32_ctr_t mixed = philox(rng->key[0], rng->key[1], 0, 0, 0x6E657874U, 0x6B657931U);

    rng->key[0] = mixed.v[0];
    rng->key[1] = mixed.v[1];
    rng->counter[3] &= ~(uint32_t)RNG_LAST_BLOCK;
}

void wks_rng_refill(wks_rng *rng)
{
    if ((rng->counter[3] & RNG_LAST_BLOCK) == RNG_LAST_BLOCK) {
        next_key(rng);
    } else {
        rng->counter[3]++;
    }
    philox4x32_ctr_t block = philox(rng->counter[0], rng->counter[1], rng->counter[2], rng->counter[3], rng->key[0], rng->key[1]);
    for (int i = 0; i < 4; i++)
        rng->word[i] = block.v[i];
    rng->n_left = 4;
}

/* Finalizer of SplitMix64 (Steele, Lea & Flood 2014; constants: Stafford's mix 13): a bijection of 64 bits. */
static inline uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

uint64_t wks_rng_pair_key(uint64_t a, uint64_t b)
{
    return mix(mix(a + UINT64_C(0x9E3779B97F4A7C15)) ^ b);
}

static void words_plain(const uint32_t counter[4], const uint32_t key[2], int32_t n, uint32_t *out)
{
    for (int32_t i = 0; i < n; i += 4) {
        const uint32_t block[4] = {counter[0], counter[1], counter[2], counter[3] + (uint32_t)i / 4};
        uint32_t word[4];
        wks_rng_philox(block, key, word);
        for (int32_t k = 0; k < 4 && i + k < n; k++)
            out[i + k] = word[k];
    }
}

static void pair_words_plain(const wks_rng_seed *seed, uint64_t mixed, const uint64_t *b, int32_t n, uint32_t tick, wks_rng_purpose purpose,
                             uint32_t *out)
{
    for (int32_t i = 0; i < n; i++) {
        uint32_t word[4];
        wks_rng_four(seed, mix(mixed ^ b[i]), tick, purpose, word);
        out[i] = word[0];
    }
}

/* `last`: the fourth word of the counter, purpose and block. */
static void rows_plain(const wks_rng_seed *seed, const uint64_t *key, int32_t n, uint32_t tick, uint32_t last, uint32_t *const out[4])
{
    for (int32_t i = 0; i < n; i++) {
        const uint32_t counter[4] = {(uint32_t)key[i], (uint32_t)(key[i] >> 32), tick, last};
        uint32_t word[4];
        wks_rng_philox(counter, seed->key, word);
        for (int w = 0; w < 4; w++) {
            if (out[w] != NULL) out[w][i] = word[w];
        }
    }
}

#ifdef WKS_VECTOR_AVX2

enum {
    LANES = 4,
    GROUPS = 4,
    PAIR = 2
}; /* four counters a register, four registers at a time, of which two fit beside what they are multiplied by */

WKS_VECTOR_AVX2 static inline __m256i multiply(__m256i a, uint64_t constant)
{
    const __m256i low = _mm256_set1_epi64x((int64_t)(constant & UINT32_MAX)), high = _mm256_set1_epi64x((int64_t)(constant >> 32));
    const __m256i across = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a, 32), low), _mm256_mul_epu32(a, high));

    return _mm256_add_epi64(_mm256_mul_epu32(a, low), _mm256_slli_epi64(across, 32));
}

WKS_VECTOR_AVX2 static inline __m256i mix_lanes(__m256i z)
{
    z = multiply(_mm256_xor_si256(z, _mm256_srli_epi64(z, 30)), UINT64_C(0xBF58476D1CE4E5B9));
    z = multiply(_mm256_xor_si256(z, _mm256_srli_epi64(z, 27)), UINT64_C(0x94D049BB133111EB));
    return _mm256_xor_si256(z, _mm256_srli_epi64(z, 31));
}

/* The keys of the rounds: read from memory as they are used, they leave the registers to the counters. */
typedef struct round_keys {
    __m256i k[10][2];
} round_keys;

WKS_VECTOR_AVX2 static inline __attribute__((always_inline)) void keys_of(const uint32_t key[2], round_keys *out)
{
    __m256i k0 = _mm256_set1_epi64x((int64_t)key[0]), k1 = _mm256_set1_epi64x((int64_t)key[1]);

    for (int round = 0; round < 10; round++) { /* what runs over into the high half never reaches a low one */
        out->k[round][0] = k0;
        out->k[round][1] = k1;
        k0 = _mm256_add_epi64(k0, _mm256_set1_epi64x(INT64_C(0x9E3779B9)));
        k1 = _mm256_add_epi64(k1, _mm256_set1_epi64x(INT64_C(0xBB67AE85)));
    }
}

/* Each counter word is the low half of a lane; what is in the high half never reaches a low one. */
WKS_VECTOR_AVX2 static inline __attribute__((always_inline)) void philox_lanes(__m256i *c0, __m256i *c1, __m256i *c2, __m256i *c3,
                                                                               const round_keys *keys)
{
    const __m256i m0 = _mm256_set1_epi64x(0xD2511F53), m1 = _mm256_set1_epi64x(0xCD9E8D57);

    for (int round = 0; round < 10; round++) {
        for (int g = 0; g < PAIR; g++) {
            const __m256i product0 = _mm256_mul_epu32(m0, c0[g]), product1 = _mm256_mul_epu32(m1, c2[g]);
            c0[g] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), c1[g]), keys->k[round][0]);
            c2[g] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), c3[g]), keys->k[round][1]);
            c1[g] = product1;
            c3[g] = product0;
        }
    }
}

/* Four words of each of four blocks, one block after the other. */
WKS_VECTOR_AVX2 static inline void store_blocks(__m256i c0, __m256i c1, __m256i c2, __m256i c3, uint32_t *out)
{
    const __m256i first = _mm256_blend_epi32(c0, _mm256_slli_epi64(c1, 32), 0xAA),
                  last = _mm256_blend_epi32(c2, _mm256_slli_epi64(c3, 32), 0xAA);
    const __m256i even = _mm256_unpacklo_epi64(first, last), odd = _mm256_unpackhi_epi64(first, last);

    _mm256_storeu_si256((__m256i *)(void *)out, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256((__m256i *)(void *)&out[8], _mm256_permute2x128_si256(even, odd, 0x31));
}

/* Blocks of a stream, four a register: sixteen words each. */
WKS_VECTOR_AVX2 static inline __attribute__((always_inline)) void words_lanes(const uint32_t counter[4], const uint32_t key[2],
                                                                              const int n_groups, uint32_t *out)
{
    round_keys keys;

    keys_of(key, &keys);
    for (int first = 0; first < n_groups; first += PAIR) {
        __m256i c0[PAIR], c1[PAIR], c2[PAIR], c3[PAIR];
        for (int g = 0; g < PAIR; g++) {
            c0[g] = _mm256_set1_epi64x((int64_t)counter[0]);
            c1[g] = _mm256_set1_epi64x((int64_t)counter[1]);
            c2[g] = _mm256_set1_epi64x((int64_t)counter[2]);
            c3[g] = _mm256_add_epi64(_mm256_set1_epi64x((int64_t)counter[3] + LANES * (first + g)), _mm256_set_epi64x(3, 2, 1, 0));
        }
        philox_lanes(c0, c1, c2, c3, &keys);
        for (int g = 0; g < PAIR; g++)
            store_blocks(c0[g], c1[g], c2[g], c3[g], &out[4 * LANES * (first + g)]);
    }
}

/* Sixteen blocks: 64 words. */
WKS_VECTOR_AVX2 static void words_group(const uint32_t counter[4], const uint32_t key[2], uint32_t *out)
{
    words_lanes(counter, key, GROUPS, out);
}

/* Eight blocks: 32 words. */
WKS_VECTOR_AVX2 static void words_half_group(const uint32_t counter[4], const uint32_t key[2], uint32_t *out)
{
    words_lanes(counter, key, GROUPS / 2, out);
}

/* The low halves of four lanes. */
WKS_VECTOR_AVX2 static inline __m128i low_halves(__m256i lanes)
{
    return _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(lanes, _mm256_set_epi32(7, 5, 3, 1, 6, 4, 2, 0)));
}

WKS_VECTOR_AVX2 static void pair_words_group(const wks_rng_seed *seed, uint64_t mixed, const uint64_t *b, uint32_t tick,
                                             wks_rng_purpose purpose, uint32_t *out)
{
    round_keys keys;

    keys_of(seed->key, &keys);
    for (int first = 0; first < GROUPS; first += PAIR) {
        __m256i c0[PAIR], c1[PAIR], c2[PAIR], c3[PAIR];
        for (int g = 0; g < PAIR; g++) {
            c0[g] = mix_lanes(_mm256_xor_si256(_mm256_set1_epi64x((int64_t)mixed),
                                               _mm256_loadu_si256((const __m256i *)(const void *)&b[LANES * (first + g)])));
            c1[g] = _mm256_srli_epi64(c0[g], 32);
            c2[g] = _mm256_set1_epi64x((int64_t)tick);
            c3[g] = _mm256_set1_epi64x((int64_t)((uint32_t)purpose << WKS_RNG_BLOCK_BITS));
        }
        philox_lanes(c0, c1, c2, c3, &keys);
        for (int g = 0; g < PAIR; g++)
            _mm_storeu_si128((__m128i *)(void *)&out[LANES * (first + g)], low_halves(c0[g]));
    }
}

enum { HALVES = 2, WIDE = 8 }; /* AVX-512: eight counters a register, two registers at a time */

WKS_VECTOR_AVX512 static inline __attribute__((always_inline)) void philox_wide(__m512i *c0, __m512i *c1, __m512i *c2, __m512i *c3,
                                                                                const int n_halves, const uint32_t key[2])
{
    const __m512i m0 = _mm512_set1_epi64(0xD2511F53), m1 = _mm512_set1_epi64(0xCD9E8D57);
    uint32_t k0 = key[0], k1 = key[1];

    for (int round = 0; round < 10; round++) {
        const __m512i key0 = _mm512_set1_epi64((int64_t)k0), key1 = _mm512_set1_epi64((int64_t)k1);
        for (int g = 0; g < n_halves; g++) {
            const __m512i product0 = _mm512_mul_epu32(m0, c0[g]), product1 = _mm512_mul_epu32(m1, c2[g]);
            c0[g] = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(product1, 32), c1[g]), key0);
            c2[g] = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(product0, 32), c3[g]), key1);
            c1[g] = product1;
            c3[g] = product0;
        }
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
}

/* The same as words_lanes, eight blocks a register: 32 words each. */
WKS_VECTOR_AVX512 static inline __attribute__((always_inline)) void words_lanes_wide(const uint32_t counter[4], const uint32_t key[2],
                                                                                     const int n_halves, uint32_t *out)
{
    const __m512i first = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0), second = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    __m512i c0[HALVES], c1[HALVES], c2[HALVES], c3[HALVES];

    for (int g = 0; g < n_halves; g++) {
        c0[g] = _mm512_set1_epi64((int64_t)counter[0]);
        c1[g] = _mm512_set1_epi64((int64_t)counter[1]);
        c2[g] = _mm512_set1_epi64((int64_t)counter[2]);
        c3[g] = _mm512_add_epi64(_mm512_set1_epi64((int64_t)counter[3] + WIDE * g), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
    }
    philox_wide(c0, c1, c2, c3, n_halves, key);
    for (int g = 0; g < n_halves; g++) {
        const __m512i low = _mm512_mask_blend_epi32(0xAAAA, c0[g], _mm512_slli_epi64(c1[g], 32));
        const __m512i high = _mm512_mask_blend_epi32(0xAAAA, c2[g], _mm512_slli_epi64(c3[g], 32));
        const __m512i even = _mm512_unpacklo_epi64(low, high), odd = _mm512_unpackhi_epi64(low, high);
        _mm512_storeu_si512(&out[4 * WIDE * g], _mm512_permutex2var_epi64(even, first, odd));
        _mm512_storeu_si512(&out[4 * WIDE * g + 16], _mm512_permutex2var_epi64(even, second, odd));
    }
}

WKS_VECTOR_AVX512 static void words_wide(const uint32_t counter[4], const uint32_t key[2], uint32_t *out)
{
    words_lanes_wide(counter, key, HALVES, out);
}

WKS_VECTOR_AVX512 static void words_half_wide(const uint32_t counter[4], const uint32_t key[2], uint32_t *out)
{
    words_lanes_wide(counter, key, HALVES / 2, out);
}

/* The same as pair_words_group for sixteen pairs, eight a register. */
WKS_VECTOR_AVX512 static void pair_words_wide(const wks_rng_seed *seed, uint64_t mixed, const uint64_t *b, uint32_t tick,
                                              wks_rng_purpose purpose, uint32_t *out)
{
    __m512i c0[HALVES], c1[HALVES], c2[HALVES], c3[HALVES];

    for (int g = 0; g < HALVES; g++) {
        __m512i z = _mm512_xor_si512(_mm512_set1_epi64((int64_t)mixed), _mm512_loadu_si512(&b[WIDE * g]));
        z = _mm512_mullo_epi64(_mm512_xor_si512(z, _mm512_srli_epi64(z, 30)), _mm512_set1_epi64((int64_t)UINT64_C(0xBF58476D1CE4E5B9)));
        z = _mm512_mullo_epi64(_mm512_xor_si512(z, _mm512_srli_epi64(z, 27)), _mm512_set1_epi64((int64_t)UINT64_C(0x94D049BB133111EB)));
        c0[g] = _mm512_xor_si512(z, _mm512_srli_epi64(z, 31));
        c1[g] = _mm512_srli_epi64(c0[g], 32);
        c2[g] = _mm512_set1_epi64((int64_t)tick);
        c3[g] = _mm512_set1_epi64((int64_t)((uint32_t)purpose << WKS_RNG_BLOCK_BITS));
    }
    philox_wide(c0, c1, c2, c3, HALVES, seed->key);
    for (int g = 0; g < HALVES; g++)
        _mm256_storeu_si256((__m256i *)(void *)&out[WIDE * g], _mm512_cvtepi64_epi32(c0[g]));
}

WKS_VECTOR_AVX512 static void rows_wide(const wks_rng_seed *seed, const uint64_t *key, uint32_t tick, uint32_t last, uint32_t *const out[4])
{
    __m512i c[4][HALVES];

    for (int g = 0; g < HALVES; g++) {
        c[0][g] = _mm512_loadu_si512(&key[WIDE * g]);
        c[1][g] = _mm512_srli_epi64(c[0][g], 32);
        c[2][g] = _mm512_set1_epi64((int64_t)tick);
        c[3][g] = _mm512_set1_epi64((int64_t)last);
    }
    philox_wide(c[0], c[1], c[2], c[3], HALVES, seed->key);
    for (int w = 0; w < 4; w++) {
        for (int g = 0; g < HALVES && out[w] != NULL; g++)
            _mm256_storeu_si256((__m256i *)(void *)&out[w][WIDE * g], _mm512_cvtepi64_epi32(c[w][g]));
    }
}

WKS_VECTOR_AVX2 static void rows_group(const wks_rng_seed *seed, const uint64_t *key, uint32_t tick, uint32_t last, uint32_t *const out[4])
{
    round_keys keys;

    keys_of(seed->key, &keys);
    for (int first = 0; first < GROUPS; first += PAIR) {
        __m256i c[4][PAIR];
        for (int g = 0; g < PAIR; g++) {
            c[0][g] = _mm256_loadu_si256((const __m256i *)(const void *)&key[LANES * (first + g)]);
            c[1][g] = _mm256_srli_epi64(c[0][g], 32);
            c[2][g] = _mm256_set1_epi64x((int64_t)tick);
            c[3][g] = _mm256_set1_epi64x((int64_t)last);
        }
        philox_lanes(c[0], c[1], c[2], c[3], &keys);
        for (int w = 0; w < 4; w++) {
            if (out[w] == NULL) continue;
            for (int g = 0; g < PAIR; g++)
                _mm_storeu_si128((__m128i *)(void *)&out[w][LANES * (first + g)], low_halves(c[w][g]));
        }
    }
}

WKS_VECTOR_AVX2 static void pair_words_avx2(const wks_rng_seed *seed, uint64_t mixed, const uint64_t *b, int32_t n, uint32_t tick,
                                            wks_rng_purpose purpose, uint32_t *out)
{
    uint64_t last[LANES * GROUPS] = {0};
    uint32_t word[LANES * GROUPS];
    int32_t first = 0;
    void (*const group)(const wks_rng_seed *, uint64_t, const uint64_t *, uint32_t, wks_rng_purpose, uint32_t *) =
        wks_vector_has_avx512() ? pair_words_wide : pair_words_group;

    for (; first + LANES * GROUPS <= n; first += LANES * GROUPS)
        group(seed, mixed, &b[first], tick, purpose, &out[first]);
    if (n - first <= LANES) { /* few: no more than they cost one by one */
        pair_words_plain(seed, mixed, &b[first], n - first, tick, purpose, &out[first]);
        return;
    }
    for (int32_t i = first; i < n; i++)
        last[i - first] = b[i];
    group(seed, mixed, last, tick, purpose, word);
    for (int32_t i = first; i < n; i++)
        out[i] = word[i - first];
}

#endif

void wks_rng_pair_words(const wks_rng_seed *seed, uint64_t a, const uint64_t *b, int32_t n, uint32_t tick, wks_rng_purpose purpose,
                        uint32_t *out)
{
    const uint64_t mixed = mix(a + UINT64_C(0x9E3779B97F4A7C15));

#ifdef WKS_VECTOR_AVX2
    if (wks_vector_has_avx2()) {
        pair_words_avx2(seed, mixed, b, n, tick, purpose, out);
        return;
    }
#endif
    pair_words_plain(seed, mixed, b, n, tick, purpose, out);
}

void wks_rng_words(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose, int32_t n, uint32_t *out)
{
    wks_rng_words_from(seed, entity_key, tick, purpose, 0, n, out);
}

void wks_rng_words_from(const wks_rng_seed *seed, uint64_t entity_key, uint32_t tick, wks_rng_purpose purpose, int32_t first, int32_t n,
                        uint32_t *out)
{
    enum { GROUP = 64, HALF = GROUP / 2, FEW = 8 };
    uint32_t counter[4] = {(uint32_t)entity_key, (uint32_t)(entity_key >> 32), tick,
                           ((uint32_t)purpose << WKS_RNG_BLOCK_BITS) + (uint32_t)first / 4};
    int32_t done = 0;

#ifdef WKS_VECTOR_AVX2
    uint32_t word[HALF];
    const bool is_wide = n > FEW && wks_vector_has_avx512(), is_vector = n > FEW && wks_vector_has_avx2();
    for (; is_vector && n - done >= GROUP; done += GROUP, counter[3] += GROUP / 4)
        (is_wide ? words_wide : words_group)(counter, seed->key, &out[done]);
    while (is_vector && n - done > FEW) {
        const int32_t n_here = n - done < HALF ? n - done : HALF;
        (is_wide ? words_half_wide : words_half_group)(counter, seed->key, n_here == HALF ? &out[done] : word);
        if (n_here < HALF) memcpy(&out[done], word, (size_t)n_here * sizeof *word);
        done += n_here;
        counter[3] += HALF / 4;
    }
#endif
    words_plain(counter, seed->key, n - done, &out[done]);
}

void wks_rng_rows_at(const wks_rng_seed *seed, const uint64_t *key, int32_t n, uint32_t tick, wks_rng_purpose purpose, uint32_t block,
                     uint32_t *const out[4])
{
    const uint32_t last = (uint32_t)purpose << WKS_RNG_BLOCK_BITS | block;
    int32_t first = 0;

#ifdef WKS_VECTOR_AVX2
    enum { GROUP = LANES * GROUPS };
    void (*const group)(const wks_rng_seed *, const uint64_t *, uint32_t, uint32_t, uint32_t *const *) =
        wks_vector_has_avx512() ? rows_wide : rows_group;
    for (; first + GROUP <= n && wks_vector_has_avx2(); first += GROUP) {
        uint32_t *const here[4] = {out[0] == NULL ? NULL : &out[0][first], out[1] == NULL ? NULL : &out[1][first],
                                   out[2] == NULL ? NULL : &out[2][first], out[3] == NULL ? NULL : &out[3][first]};
        group(seed, &key[first], tick, last, here);
    }
    if (n - first > LANES && wks_vector_has_avx2()) { /* fewer cost no more one by one */
        uint64_t padded[GROUP] = {0};
        uint32_t word[4][GROUP];
        uint32_t *const here[4] = {word[0], word[1], word[2], word[3]};
        memcpy(padded, &key[first], (size_t)(n - first) * sizeof *key);
        group(seed, padded, tick, last, here);
        for (int w = 0; w < 4; w++) {
            if (out[w] != NULL) memcpy(&out[w][first], word[w], (size_t)(n - first) * sizeof *out[w]);
        }
        return;
    }
#endif
    uint32_t *const rest[4] = {out[0] == NULL ? NULL : &out[0][first], out[1] == NULL ? NULL : &out[1][first],
                               out[2] == NULL ? NULL : &out[2][first], out[3] == NULL ? NULL : &out[3][first]};
    rows_plain(seed, &key[first], n - first, tick, last, rest);
}

void wks_rng_rows(const wks_rng_seed *seed, const uint64_t *key, int32_t n, uint32_t tick, wks_rng_purpose purpose, uint32_t *const out[4])
{
    wks_rng_rows_at(seed, key, n, tick, purpose, 0, out);
}

uint64_t wks_rng_child_key(uint64_t parent_key, uint32_t tick, wks_rng_purpose purpose, uint32_t index)
{
    philox4x32_ctr_t mixed =
        philox((uint32_t)parent_key, (uint32_t)(parent_key >> 32), tick, index, (uint32_t)WKS_RNG_CHILD_KEY, (uint32_t)purpose);
    uint64_t key = (uint64_t)mixed.v[1] << 32 | mixed.v[0];
    return key == 0 ? (uint64_t)mixed.v[2] + 1 : key;
}

const char *wks_rng_purpose_name(unsigned number)
{
    switch (number) {
#define RNG_NAME(name, value) \
    case value: return #name;
        WKS_RNG_PURPOSES(RNG_NAME)
#undef RNG_NAME
    default: return "?";
    }
}
