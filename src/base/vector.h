/* Wide vector instructions of the processor, chosen while the program runs. Only for work that gives the same bits with and without them: whole numbers,
 * and sums, products, quotients, roots and comparisons of doubles without reordering (no fused multiply-add: -ffp-contract=off).
 * WKS_VECTOR before a function: compiled twice, the program takes the fitting one when it starts (gcc, no sanitizer; else compiled once).
 * WKS_VECTOR_AVX2 before a function: written with the intrinsics of AVX2; not defined where there are none. Call it only if wks_vector_has_avx2().
 * WKS_VECTOR_AVX512: the same for AVX-512 (F and DQ). */
#ifndef WKS_BASE_VECTOR_H
#define WKS_BASE_VECTOR_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    defined(__OPTIMIZE__) && defined(__ELF__)
#define WKS_VECTOR __attribute__((target_clones("avx2", "default")))
#else
#define WKS_VECTOR
#endif

/** Asks for what is at an address before it is read: only a hint. */
#ifdef __GNUC__
#define WKS_VECTOR_PREFETCH(address) __builtin_prefetch(address)
#else
#define WKS_VECTOR_PREFETCH(address) ((void)(address))
#endif

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <stdbool.h>

#define WKS_VECTOR_AVX2 __attribute__((target("avx2")))
static inline bool wks_vector_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") != 0;
}

#define WKS_VECTOR_AVX512 __attribute__((target("avx512f,avx512dq")))
static inline bool wks_vector_has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0;
}
#endif

#endif
