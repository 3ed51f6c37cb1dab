#include "world/balance.h"

#include "support/check.h"

static void bands_are_those_of_their_first_ages(void **state)
{
    (void)state;
    for (int32_t age = -1; age < 130; age++) {
        int32_t band = 0;
        while (band + 1 < WKS_BALANCE_BANDS && age >= wks_balance_age(band + 1))
            band++;
        assert_int_equal(wks_balance_band(age), band);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_are_those_of_their_first_ages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
