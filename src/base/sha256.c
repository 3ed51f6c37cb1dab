#include "base/sha256.h"

#include <string.h>

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>

#define SHA __attribute__((target("sha,sse4.1,ssse3")))

static bool has_sha(void)
{
    unsigned a, b, c, d;

    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
}

/* The 64 words of a block, four at a time. */
SHA static void schedule(const uint8_t *block, __m128i w[16])
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);

    for (int i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i)), big_endian);
    for (int i = 4; i < 16; i++)
        w[i] =
            _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w[i - 4], w[i - 3]), _mm_alignr_epi8(w[i - 1], w[i - 2], 4)), w[i - 1]);
}

SHA static void take_blocks_fast(uint32_t state[8], const uint8_t *bytes, size_t n_blocks)
{
    const __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xB1);
    const __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xF0), w[16];

    for (size_t b = 0; b < n_blocks; b++) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        schedule(bytes + WKS_SHA256_BLOCK * b, w);
        for (int i = 0; i < 16; i++) {
            const __m128i word = _mm_add_epi32(w[i], _mm_loadu_si128((const __m128i *)(const void *)(K + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, word);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(word, 0x0E));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    const __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}
#else
static bool has_sha(void)
{
    return false;
}

static void take_blocks_fast(uint32_t state[8], const uint8_t *bytes, size_t n_blocks)
{
    (void)state;
    (void)bytes;
    (void)n_blocks;
}
#endif

/* ---- without them ---- */

static inline uint32_t turned(uint32_t x, int bits)
{
    return x >> bits | x << (32 - bits);
}

static void words_of(const uint8_t *block, uint32_t w[64])
{
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        const uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (turned(a, 7) ^ turned(a, 18) ^ a >> 3) + (turned(b, 17) ^ turned(b, 19) ^ b >> 10);
    }
}

/* Round k of eight: a stands in place -k, b behind it, and so on; nobody moves. */
static inline void round_of(uint32_t s[8], int k, uint32_t word)
{
    const uint32_t a = s[(8 - k) & 7], b = s[(9 - k) & 7], c = s[(10 - k) & 7];
    const uint32_t e = s[(12 - k) & 7], f = s[(13 - k) & 7], g = s[(14 - k) & 7];
    const uint32_t one = s[(15 - k) & 7] + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + word;

    s[(11 - k) & 7] += one;
    s[(15 - k) & 7] = one + (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void take_block(uint32_t state[8], const uint8_t *block)
{
    uint32_t w[64], s[8]; /* s: a to h */

    words_of(block, w);
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i += 8) { /* after eight rounds everybody is back in its own place */
        round_of(s, 0, K[i] + w[i]);
        round_of(s, 1, K[i + 1] + w[i + 1]);
        round_of(s, 2, K[i + 2] + w[i + 2]);
        round_of(s, 3, K[i + 3] + w[i + 3]);
        round_of(s, 4, K[i + 4] + w[i + 4]);
        round_of(s, 5, K[i + 5] + w[i + 5]);
        round_of(s, 6, K[i + 6] + w[i + 6]);
        round_of(s, 7, K[i + 7] + w[i + 7]);
    }
    for (int i = 0; i < 8; i++)
        state[i] += s[i];
}

static void take_blocks(wks_sha256 *self, const uint8_t *bytes, size_t n_blocks)
{
    if (self->is_fast) {
        take_blocks_fast(self->state, bytes, n_blocks);
        return;
    }
    for (size_t b = 0; b < n_blocks; b++)
        take_block(self->state, bytes + WKS_SHA256_BLOCK * b);
}

void wks_sha256_begin(wks_sha256 *self, bool may_be_fast)
{
    *self = (wks_sha256){
        .is_fast = may_be_fast && has_sha(),
        .state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
    };
}

void wks_sha256_add(wks_sha256 *self, const void *bytes, size_t n)
{
    const uint8_t *at = bytes;
    const size_t had = (size_t)(self->n % WKS_SHA256_BLOCK);

    self->n += n;
    if (had > 0) {
        const size_t more = n < WKS_SHA256_BLOCK - had ? n : WKS_SHA256_BLOCK - had;
        memcpy(self->rest + had, at, more);
        at += more;
        n -= more;
        if (had + more < WKS_SHA256_BLOCK) return;
        take_blocks(self, self->rest, 1);
    }
    take_blocks(self, at, n / WKS_SHA256_BLOCK);
    at += n - n % WKS_SHA256_BLOCK;
    if (n % WKS_SHA256_BLOCK > 0) memcpy(self->rest, at, n % WKS_SHA256_BLOCK);
}

static void put_big_endian(uint64_t value, size_t n, uint8_t *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(value >> (8 * (n - 1 - i)));
}

void wks_sha256_end(wks_sha256 *self, uint8_t out[WKS_SHA256_BYTES])
{
    uint8_t tail[2 * WKS_SHA256_BLOCK] = {0x80};
    const uint64_t n_bits = 8 * self->n;
    const size_t had = (size_t)(self->n % WKS_SHA256_BLOCK);
    const size_t n =
        (had < WKS_SHA256_BLOCK - 8 ? WKS_SHA256_BLOCK : 2 * WKS_SHA256_BLOCK) - had; /* to whole blocks, with room for the length */

    put_big_endian(n_bits, 8, tail + n - 8);
    wks_sha256_add(self, tail, n);
    for (size_t i = 0; i < 8; i++)
        put_big_endian(self->state[i], 4, out + 4 * i);
}
