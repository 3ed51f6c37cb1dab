#include "process/tick_list.h"

#include "base/rng.h"
#include "support/check.h"

enum { N = 203 };

/* Bytes that are mostly 0, with all neighbours of the one that is sought. */
static void fill(uint8_t *bytes, uint32_t seed)
{
    for (uint32_t i = 0; i < N; i++) {
        const uint64_t draw = wks_rng_child_key(seed + 1, i, WKS_RNG_TEST, 0);
        bytes[i] = draw % 5 == 0 ? (uint8_t)(draw >> 32) : draw % 7 == 0 ? (uint8_t)(4 + draw % 3) : 0;
    }
}

static void the_next_row_is_the_first_that_has_it(void **state)
{
    static const uint8_t sought[] = {0, 1, 5, 127, 128, 255};
    uint8_t bytes[N];

    (void)state;
    for (uint32_t seed = 0; seed < 20; seed++) {
        fill(bytes, seed);
        for (int32_t from = 0; from <= N; from++) {
            int32_t any = from;
            while (any < N && bytes[any] == 0)
                any++;
            assert_int_equal(wks_tick_list_next(bytes, from, N), any);
            for (size_t k = 0; k < sizeof sought; k++) {
                int32_t row = from;
                while (row < N && bytes[row] != sought[k])
                    row++;
                assert_int_equal(wks_tick_list_next_of(bytes, sought[k], from, N), row);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_row_is_the_first_that_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
