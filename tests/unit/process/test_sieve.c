#include "process/sieve.h"

#include <math.h>

#include "base/rng.h"
#include "support/check.h"

/* A word beyond the bound is no event, of either kind of uniform; few words below it are looked at for nothing. */
static void beyond_the_last_word_lies_no_event(void **state)
{
    static const double chance[] = {0, 1e-12, 1e-9, 0.00123, 0.03, 0.5, 0.999999, 1 - 0x1p-33, 1};

    (void)state;
    for (size_t i = 0; i < sizeof chance / sizeof *chance; i++) {
        const uint32_t last = wks_sieve_last(chance[i]);
        if (last == UINT32_MAX) { /* nothing is sifted out */
            assert_true(chance[i] > 0.999999);
            continue;
        }
        assert_true(wks_rng_unit(last + 1) > chance[i]);
        assert_true(wks_rng_unit64((uint64_t)(last + 1) << 32) > chance[i]);
        if (last > 1) assert_true(wks_rng_unit(last - 2) <= chance[i]);
    }
}

static void a_bound_that_is_no_number_sifts_nothing(void **state)
{
    (void)state;
    assert_int_equal(wks_sieve_last(-1), 0);
    assert_int_equal(wks_sieve_last((double)NAN), UINT32_MAX);
    assert_int_equal(wks_sieve_last(7), UINT32_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beyond_the_last_word_lies_no_event),
        cmocka_unit_test(a_bound_that_is_no_number_sifts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
