#include "grid/planes_wide.h"

#ifdef WKS_PLANES_WIDE

#define WIDE        __attribute__((target("avx512f,avx512vpopcntdq")))
#define WIDE_INLINE __attribute__((target("avx512f,avx512vpopcntdq"), always_inline)) static inline

enum { LANES = 8, SUM = 0x96, MAJORITY = 0xE8 }; /* of three bits: what vpternlog is told */

/* What a row adds, by number of agents in the box. */
typedef struct sums {
    __m512i n[WKS_PLANES_MOST + 1], alike[WKS_PLANES_MOST + 1], n_unhappy;
} sums;

WIDE_INLINE __m512i load(const uint64_t *from, __mmask8 is_there)
{
    return _mm512_maskz_loadu_epi64(is_there, from);
}

WIDE_INLINE __m512i sum_of(__m512i x, __m512i y, __m512i z)
{
    return _mm512_ternarylogic_epi64(x, y, z, SUM);
}

WIDE_INLINE __m512i carry_of(__m512i x, __m512i y, __m512i z)
{
    return _mm512_ternarylogic_epi64(x, y, z, MAJORITY);
}

/* A row of bits moved one cell: what stands to the left of each, and to the right. */
WIDE_INLINE __m512i left_of(const uint64_t *from, __m512i here, __mmask8 is_there)
{
    return _mm512_or_si512(_mm512_slli_epi64(here, 1), _mm512_srli_epi64(load(from - 1, is_there), 63));
}

WIDE_INLINE __m512i right_of(const uint64_t *from, __m512i here, __mmask8 is_there)
{
    return _mm512_or_si512(_mm512_srli_epi64(here, 1), _mm512_slli_epi64(load(from + 1, is_there), 63));
}

/* The sums (0 to 3) of a column and those beside it: 0 to 9, in four bits. */
WIDE_INLINE void add_beside(const uint64_t *s0, const uint64_t *s1, __mmask8 is_there, __m512i out[4])
{
    const __m512i m0 = load(s0, is_there), l0 = left_of(s0, m0, is_there), r0 = right_of(s0, m0, is_there);
    const __m512i m1 = load(s1, is_there), l1 = left_of(s1, m1, is_there), r1 = right_of(s1, m1, is_there);
    const __m512i carry0 = carry_of(l0, m0, r0), twos = sum_of(l1, m1, r1), fours = carry_of(l1, m1, r1);
    const __m512i carry1 = _mm512_and_si512(twos, carry0);

    out[0] = sum_of(l0, m0, r0);
    out[1] = _mm512_xor_si512(twos, carry0);
    out[2] = _mm512_xor_si512(fours, carry1);
    out[3] = _mm512_and_si512(fours, carry1);
}

/* x + y in four bits. */
WIDE_INLINE void add(const __m512i x[4], const __m512i y[4], __m512i out[4])
{
    __m512i carry = _mm512_and_si512(x[0], y[0]);

    out[0] = _mm512_xor_si512(x[0], y[0]);
    for (int k = 1; k < 4; k++) {
        out[k] = sum_of(x[k], y[k], carry);
        carry = carry_of(x[k], y[k], carry);
    }
}

/* Those of `is` whose number is n. */
WIDE_INLINE __m512i equals(__m512i is, const __m512i bit[4], int32_t n)
{
    for (int k = 0; k < 4; k++)
        is = (n >> k & 1) != 0 ? _mm512_and_si512(is, bit[k]) : _mm512_andnot_si512(bit[k], is);
    return is;
}

/* Bits where the number is at most `most`. */
WIDE_INLINE __m512i at_most(const __m512i bit[4], int32_t most)
{
    const __m512i all = _mm512_set1_epi64(-1);
    __m512i is = all;

    if (most < 0) return _mm512_setzero_si512();
    if (most > 15) return all;
    for (int k = 0; k < 4; k++) {
        const __m512i is_zero = _mm512_xor_si512(bit[k], all);
        is = (most >> k & 1) != 0 ? _mm512_or_si512(is, is_zero) : _mm512_and_si512(is, is_zero);
    }
    return is;
}

/* Numbers of four bits of the cells of `here`, added up: by word. */
WIDE_INLINE __m512i total(__m512i here, const __m512i bit[4])
{
    __m512i sum = _mm512_popcnt_epi64(_mm512_and_si512(here, bit[3]));

    for (int k = 3; k-- > 0;)
        sum = _mm512_add_epi64(_mm512_slli_epi64(sum, 1), _mm512_popcnt_epi64(_mm512_and_si512(here, bit[k])));
    return sum;
}

/* Eight words from number w on, or those that are there. */
WIDE_INLINE void look(const wks_planes_row *row, const int32_t *least, int32_t w, sums *s)
{
    const unsigned there = row->n - w < LANES ? (1U << (row->n - w)) - 1U : 0xFFU;
    const __mmask8 is_there = (__mmask8)there;
    const __m512i a = load(row->a + w, is_there), b = load(row->b + w, is_there), occupied = _mm512_or_si512(a, b);
    __m512i of_a[4], of_b[4], own[4], all[4], unhappy = _mm512_setzero_si512();

    add_beside(row->a0 + w, row->a1 + w, is_there, of_a);
    add_beside(row->b0 + w, row->b1 + w, is_there, of_b);
    add(of_a, of_b, all);
    for (int k = 0; k < 4; k++)
        own[k] = _mm512_or_si512(_mm512_and_si512(a, of_a[k]), _mm512_and_si512(b, of_b[k]));
    for (int32_t n = 1; n <= WKS_PLANES_MOST; n++) {
        const __m512i here = equals(occupied, all, n);
        unhappy = _mm512_or_si512(unhappy, _mm512_and_si512(here, at_most(own, least[n - 1])));
        s->n[n] = _mm512_add_epi64(s->n[n], _mm512_popcnt_epi64(here));
        s->alike[n] = _mm512_add_epi64(s->alike[n], total(here, own));
    }
    s->n_unhappy = _mm512_add_epi64(s->n_unhappy, _mm512_popcnt_epi64(unhappy));
    _mm512_mask_storeu_epi64(row->unhappy + w, is_there, unhappy);
}

WIDE void wks_planes_wide_row(const wks_planes_row *row, const int32_t *least, wks_planes_tally *tally)
{
    sums s = {.n_unhappy = _mm512_setzero_si512()};

    for (int32_t w = 0; w < row->n; w += LANES)
        look(row, least, w, &s);
    for (int32_t n = 1; n <= WKS_PLANES_MOST; n++) {
        tally->n[n] += _mm512_reduce_add_epi64(s.n[n]);
        tally->alike[n] += _mm512_reduce_add_epi64(s.alike[n]);
    }
    tally->n_unhappy += _mm512_reduce_add_epi64(s.n_unhappy);
}

#else
typedef int wks_planes_wide_is_empty;
#endif
