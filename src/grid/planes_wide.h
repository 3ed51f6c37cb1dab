/* The look at a row of planes.h for processors that count the bits of eight words at once (AVX-512 with VPOPCNTDQ): 512 cells a step. The same numbers as the
 * text for any processor in planes.c. */
#ifndef WKS_GRID_PLANES_WIDE_H
#define WKS_GRID_PLANES_WIDE_H

#include "base/vector.h"
#include "grid/planes.h"

/** A row: n words each. Column sums have a word of room on both sides. */
typedef struct wks_planes_row {
    const uint64_t *a, *b;             /* who is there */
    const uint64_t *a0, *a1, *b0, *b1; /* sums of three rows, low and high bit */
    uint64_t *unhappy;                 /* set */
    int32_t n;
} wks_planes_row;

#if defined(WKS_VECTOR_AVX512) && defined(__OPTIMIZE__)
#define WKS_PLANES_WIDE
static inline bool wks_planes_has_wide(void)
{
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vpopcntdq") != 0;
}

/** Adds the row to the tally. Only if wks_planes_has_wide(). */
void wks_planes_wide_row(const wks_planes_row *row, const int32_t *least, wks_planes_tally *tally);
#endif

#endif
