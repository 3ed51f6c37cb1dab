/* What hashes of columns are made of. */
#ifndef WKS_WORLD_COLUMNS_HASH_H
#define WKS_WORLD_COLUMNS_HASH_H

#include <stdint.h>
#include <string.h>

static inline uint64_t wks_columns_hash_step(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

/* Full avalanche (the finaliser of splitmix64), so that a sum of row hashes is as good as a hash of the sorted rows. */
static inline uint64_t wks_columns_hash_finish(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94D049BB133111EB);
    return hash ^ (hash >> 31);
}

/* -0 counts as 0 and every NaN as the same one. */
static inline uint64_t wks_columns_hash_double(double value)
{
    uint64_t bits;

    if (value != value) return UINT64_C(0x7FF8000000000000);
    memcpy(&bits, &value, sizeof bits);
    return value == 0.0 ? 0 : bits;
}

#endif
