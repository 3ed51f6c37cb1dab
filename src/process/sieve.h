/* Sieves: most rows have no event in a month, and their draw tells it alone, when it lies above a bound of all chances they may have. Bounds are whole
 * numbers on the draw's 32-bit word, so that a row is told by comparing; who is left is looked at as the equations say. */
#ifndef WKS_PROCESS_SIEVE_H
#define WKS_PROCESS_SIEVE_H

#include <stdint.h>

/* Rows whose words are made at once (wks_rng_rows): on the stack, in the nearest cache. */
enum { WKS_SIEVE_ROWS = 512 };

/** The last word that may still mean an event of a chance up to `bound`: for a larger one both wks_rng_unit(word) and wks_rng_unit64 with it as the
 *  high half are beyond the bound, with a word to spare (2^-32, far more than a sum or product of a few chances rounds). `bound` of 1 and over or NaN:
 *  all words may. */
static inline uint32_t wks_sieve_last(double bound)
{
    if (!(bound < 1 - 0x1p-31)) return UINT32_MAX;
    return bound > 0 ? (uint32_t)(bound * 0x1p32) + 1 : 0;
}

#endif
