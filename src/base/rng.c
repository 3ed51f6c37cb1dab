#include "base/rng.h"

#include <Random123/philox.h>

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
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

uint64_t wks_rng_pair_key(uint64_t a, uint64_t b)
{
    return mix(mix(a + UINT64_C(0x9E3779B97F4A7C15)) ^ b);
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
