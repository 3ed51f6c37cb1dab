#include "grid/pages.h"

#include "base/mem.h"
#include "support/check.h"

/* Zeroed, also where the last page of 2 MiB ends, with room behind the last element. */
static void arrays_are_zero_and_have_room(void **state)
{
    static const size_t numbers[] = {0, 1, 1000, (size_t)1 << 20, ((size_t)3 << 20) + 5};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int32_t *array = wks_pages_array(numbers[i], sizeof *array);
        assert_non_null(array);
        for (size_t k = 0; k < numbers[i] + 2; k++)
            assert_int_equal(array[k], 0);
        memset(array, 1, (numbers[i] + 2) * sizeof *array);
        free(array);
    }
}

/* The first are zero, all can be written. */
static void some_of_an_array_is_zero(void **state)
{
    const size_t n = (size_t)1 << 20;

    (void)state;
    for (size_t now = 0; now <= n; now += n / 4) {
        int32_t *array = wks_pages_some(n, sizeof *array, now);
        assert_non_null(array);
        for (size_t k = 0; k < now; k++)
            assert_int_equal(array[k], 0);
        memset(array, 1, (n + 2) * sizeof *array);
        free(array);
    }
}

static void memory_that_fails_gives_null(void **state)
{
    (void)state;
    wks_mem_fail_after(1);
    assert_null(wks_pages_array(10, 4));
    wks_mem_fail_after(0);
    assert_null(wks_pages_array(SIZE_MAX / 2, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_are_zero_and_have_room),
        cmocka_unit_test(some_of_an_array_is_zero),
        cmocka_unit_test(memory_that_fails_gives_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
