#include "queue/pick.h"

#include "base/rng.h"
#include "support/check.h"

enum { MOST = 60 };

/* How many lots go before lot i: larger, or equal and earlier. */
static int32_t place_of(const uint64_t *lot, int32_t n, int32_t i)
{
    int32_t place = 0;

    for (int32_t k = 0; k < n; k++)
        place += lot[k] > lot[i] || (lot[k] == lot[i] && k < i);
    return place;
}

static void chosen_are_the_largest_of_any_lots(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(1, 0);
    uint64_t lot[MOST], scratch[MOST];
    uint8_t chosen[MOST];

    (void)state;
    for (uint64_t round = 0; round < 5000; round++) {
        wks_rng rng = wks_rng_open(&seed, round, 0, WKS_RNG_TEST);
        const int32_t n = (int32_t)wks_rng_below(&rng, MOST) + 1;
        const int32_t m = (int32_t)wks_rng_below(&rng, (uint32_t)n + 2);
        const uint32_t different = wks_rng_below(&rng, 40) + 1; /* ties, also all equal */
        for (int32_t i = 0; i < n; i++)
            lot[i] = wks_rng_below(&rng, different);
        wks_pick_largest(lot, n, m, scratch, chosen);
        for (int32_t i = 0; i < n; i++)
            assert_int_equal(chosen[i], place_of(lot, n, i) < m);
    }
}

static void nobody_is_chosen_of_nobody(void **state)
{
    (void)state;
    wks_pick_largest(NULL, 0, 3, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chosen_are_the_largest_of_any_lots),
        cmocka_unit_test(nobody_is_chosen_of_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
