#include "base/mem.h"

#include "support/check.h"

static void mem_array_is_zeroed(void **state)
{
    (void)state;
    int *array = wks_mem_array(100, sizeof *array);
    assert_non_null(array);
    for (int i = 0; i < 100; i++)
        assert_int_equal(array[i], 0);
    free(array);
    void *empty = wks_mem_array(0, 8);
    assert_non_null(empty);
    free(empty);
}

static void mem_pages_begin_at_one(void **state)
{
    (void)state;
    for (size_t n = 0; n < 5; n++) {
        uint16_t *array = wks_mem_pages(5000 * n, sizeof *array, 8192);
        assert_non_null(array);
        assert_int_equal((uintptr_t)array % 8192, 0);
        memset(array, 1, 5000 * n * sizeof *array);
        free(array);
    }
    assert_null(wks_mem_pages(SIZE_MAX / 2, 4, 8192));
    assert_null(wks_mem_pages(SIZE_MAX - 100, 1, 8192));
    wks_mem_fail_after(1);
    assert_null(wks_mem_pages(1, 1, 8192));
    wks_mem_fail_after(0);
}

static void mem_resize_keeps_and_zeroes(void **state)
{
    (void)state;
    int *array = wks_mem_array(4, sizeof *array);
    for (int i = 0; i < 4; i++)
        array[i] = i + 1;
    array = wks_mem_resize(array, 4, 400, sizeof *array);
    assert_non_null(array);
    for (int i = 0; i < 4; i++)
        assert_int_equal(array[i], i + 1);
    for (int i = 4; i < 400; i++)
        assert_int_equal(array[i], 0);
    array = wks_mem_resize(array, 400, 2, sizeof *array);
    assert_int_equal(array[1], 2);
    array = wks_mem_resize(array, 2, 0, sizeof *array);
    assert_non_null(array);
    free(array);
    int *fresh = wks_mem_resize(NULL, 0, 3, sizeof *fresh);
    assert_int_equal(fresh[2], 0);
    free(fresh);
}

/* Pages of a new tail may be given back instead of written: what stood there before must be gone all the same, and its neighbours must stay. */
static void mem_resize_large_zeroes_what_stood_there(void **state)
{
    const size_t most = (size_t)3 << 20, first = 300001, last = most - 7;
    unsigned char *a = wks_mem_array(most, 1);
    size_t wrong = 0;

    (void)state;
    assert_non_null(a);
    memset(a, 0xA5, most);
    a = wks_mem_resize(a, most, first, 1);
    assert_non_null(a);
    a = wks_mem_resize(a, first, last, 1);
    assert_non_null(a);
    for (size_t i = 0; i < last; i++)
        wrong += a[i] != (i < first ? 0xA5 : 0);
    assert_int_equal(wrong, 0);
    a = wks_mem_resize(a, last, (size_t)40 << 20, 1);
    assert_non_null(a);
    for (size_t i = 0; i < (size_t)40 << 20; i++)
        wrong += a[i] != (i < first ? 0xA5 : 0);
    assert_int_equal(wrong, 0);
    free(a);
}

static void mem_size_that_overflows_errors(void **state)
{
    (void)state;
    assert_null(wks_mem_array(SIZE_MAX / 2, 4));
    char *kept = wks_mem_string("kept");
    assert_null(wks_mem_resize(kept, 5, SIZE_MAX / 2, 4));
    assert_string_equal(kept, "kept");
    free(kept);
}

static void mem_copies_are_equal_and_own(void **state)
{
    (void)state;
    char *copy = wks_mem_string("buurt");
    assert_string_equal(copy, "buurt");
    char *bytes = wks_mem_copy("a\0b", 3);
    assert_memory_equal(bytes, "a\0b", 3);
    free(copy);
    free(bytes);
}

static void mem_capacity_grows_by_half(void **state)
{
    (void)state;
    assert_int_equal(wks_mem_capacity(0, 1), 16);
    assert_int_equal(wks_mem_capacity(100, 101), 150);
    assert_int_equal(wks_mem_capacity(100, 1000), 1000);
    assert_true(wks_mem_capacity(SIZE_MAX - 1, SIZE_MAX) == SIZE_MAX);
}

static void mem_nth_allocation_fails_once_errors(void **state)
{
    (void)state;
    wks_mem_fail_after(3);
    void *first = wks_mem_array(1, 1);
    void *second = wks_mem_string("x");
    assert_true(wks_mem_fail_pending());
    void *third = wks_mem_copy("y", 1);
    assert_false(wks_mem_fail_pending());
    void *fourth = wks_mem_resize(NULL, 0, 1, 1);
    wks_mem_fail_after(0);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(third);
    assert_non_null(fourth);
    free(first);
    free(second);
    free(fourth);
}

static void mem_peak_grows_with_use(void **state)
{
    (void)state;
    double before = wks_mem_peak_rss_mib();
    assert_true(before > 0);
    size_t n = (size_t)64 << 20;
    char *large = wks_mem_array(n, 1);
    assert_non_null(large);
    memset(large, 1, n);
    double after = wks_mem_peak_rss_mib();
    assert_int_equal(large[n / 2], 1);
    free(large);
    assert_true(after >= before + 48); /* pages are counted in batches */
    assert_true(wks_mem_peak_rss_mib() >= after - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mem_array_is_zeroed),
        cmocka_unit_test(mem_pages_begin_at_one),
        cmocka_unit_test(mem_resize_keeps_and_zeroes),
        cmocka_unit_test(mem_resize_large_zeroes_what_stood_there),
        cmocka_unit_test(mem_size_that_overflows_errors),
        cmocka_unit_test(mem_copies_are_equal_and_own),
        cmocka_unit_test(mem_capacity_grows_by_half),
        cmocka_unit_test(mem_nth_allocation_fails_once_errors),
        cmocka_unit_test(mem_peak_grows_with_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
