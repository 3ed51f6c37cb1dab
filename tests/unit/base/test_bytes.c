/* Numbers and texts as bytes and back, and what a reader does with bytes that are not what they should be. */
#include "base/bytes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "support/check.h"

static void everything_put_comes_back_bit_by_bit(void **state)
{
    static const uint16_t number[] = {1, 258, 65535};
    uint16_t read[3] = {0};
    wks_bytes bytes = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    wks_bytes_put_u8(&bytes, 200);
    wks_bytes_put_i32(&bytes, -7);
    wks_bytes_put_i64(&bytes, INT64_MIN);
    wks_bytes_put_u64(&bytes, UINT64_MAX);
    wks_bytes_put_double(&bytes, -0.0);
    wks_bytes_put_double(&bytes, (double)NAN);
    wks_bytes_put_string(&bytes, "wijk");
    wks_bytes_put_string(&bytes, NULL);
    wks_bytes_put_numbers(&bytes, number, 3, sizeof number[0]);
    wks_bytes_put_block(&bytes, "xy", 2);
    assert_ok(wks_bytes_status(&bytes, &err), &err);

    wks_bytes_reader reader = {.data = bytes.data, .length = bytes.length};
    assert_int_equal(wks_bytes_get_u8(&reader), 200);
    assert_int_equal(wks_bytes_get_i32(&reader), -7);
    assert_true(wks_bytes_get_i64(&reader) == INT64_MIN);
    assert_true(wks_bytes_get_u64(&reader) == UINT64_MAX);
    assert_true(signbit(wks_bytes_get_double(&reader)));
    assert_true(isnan(wks_bytes_get_double(&reader)));
    char *text = wks_bytes_get_string(&reader), *none = wks_bytes_get_string(&reader);
    assert_string_equal(text, "wijk");
    assert_string_equal(none, "");
    wks_bytes_get_numbers(&reader, read, 3, sizeof read[0]);
    assert_memory_equal(read, number, sizeof number);
    assert_memory_equal(wks_bytes_get_block(&reader, 2), "xy", 2);
    assert_ok(wks_bytes_reader_end(&reader, &err), &err);
    free(text);
    free(none);
    wks_bytes_free(&bytes);
}

static void numbers_are_little_endian(void **state)
{
    static const unsigned char expected[] = {4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F};
    wks_bytes bytes = {0};
    (void)state;
    wks_bytes_put_i32(&bytes, 0x01020304);
    wks_bytes_put_double(&bytes, 1.0);
    assert_int_equal(bytes.length, sizeof expected);
    assert_memory_equal(bytes.data, expected, sizeof expected);
    wks_bytes_clear(&bytes);
    assert_int_equal(bytes.length, 0);
    wks_bytes_free(&bytes);
}

static void reading_beyond_the_end_fails_once_and_for_all(void **state)
{
    wks_bytes bytes = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    wks_bytes_put_i32(&bytes, 5);
    wks_bytes_put_u8(&bytes, 1);
    wks_bytes_reader reader = {.data = bytes.data, .length = bytes.length};
    assert_int_equal(wks_bytes_get_i32(&reader), 5);
    assert_int_equal(wks_bytes_get_i32(&reader), 0);
    assert_true(wks_bytes_reader_failed(&reader));
    assert_int_equal(wks_bytes_get_u8(&reader), 0); /* although there is one */
    wks_bytes_reader_fail(&reader, "something later");
    assert_status(wks_bytes_reader_status(&reader, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "state, byte 4: it ends too early");
    wks_bytes_free(&bytes);
}

static void what_is_left_over_is_an_error(void **state)
{
    wks_bytes_reader reader = {.data = "ab", .length = 2};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    (void)wks_bytes_get_u8(&reader);
    assert_status(wks_bytes_reader_end(&reader, &err), WKS_ERR_DATA, &err);
}

/* Sizes that the bytes cannot hold are refused before memory is asked for. */
static void absurd_sizes_are_refused(void **state)
{
    static const int32_t absurd[] = {-1, INT32_MIN, INT32_MAX, 3};
    (void)state;
    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; i++) {
        wks_bytes bytes = {0};
        wks_err err = WKS_ERR_INIT;
        wks_bytes_put_i32(&bytes, absurd[i]);
        wks_bytes_put_u64(&bytes, 0);
        wks_bytes_put_u64(&bytes, 0);
        wks_bytes_reader reader = {.data = bytes.data, .length = bytes.length}, again = reader;
        assert_int_equal(wks_bytes_get_count(&reader, sizeof(uint64_t)), 0);
        assert_status(wks_bytes_reader_status(&reader, &err), WKS_ERR_DATA, &err);
        if (absurd[i] != 3) assert_null(wks_bytes_get_string(&again));
        wks_bytes_free(&bytes);
    }
    wks_bytes_reader none = {0};
    assert_null(wks_bytes_get_block(&none, SIZE_MAX));
    uint64_t untouched = 9;
    wks_bytes_reader other = {.data = "abc", .length = 3};
    wks_bytes_get_numbers(&other, &untouched, SIZE_MAX / 2, sizeof untouched);
    assert_true(untouched == 9);
}

static void text_with_a_zero_is_refused(void **state)
{
    wks_bytes_reader reader = {.data = "\3\0\0\0a\0b", .length = 7};
    (void)state;
    assert_null(wks_bytes_get_string(&reader));
    assert_true(reader.wrong != NULL);
}

static void without_memory_it_says_so(void **state)
{
    wks_bytes bytes = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    wks_mem_fail_after(1);
    wks_bytes_put_i32(&bytes, 1);
    wks_mem_fail_after(0);
    wks_bytes_put_i32(&bytes, 2);
    assert_int_equal(bytes.length, 0);
    assert_status(wks_bytes_status(&bytes, &err), WKS_ERR_NOMEM, &err);
    wks_bytes_free(&bytes);

    err = WKS_ERR_INIT;
    wks_bytes_reader reader = {.data = "\1\0\0\0a", .length = 5};
    wks_mem_fail_after(1);
    assert_null(wks_bytes_get_string(&reader));
    wks_mem_fail_after(0);
    assert_status(wks_bytes_reader_status(&reader, &err), WKS_ERR_NOMEM, &err);
}

/* What a sink was given: the next expected byte is i % 251. */
typedef struct wks_test_sink {
    size_t n, n_calls, refuses_at;
} sink;

static bool take(const char *data, size_t n, void *context)
{
    sink *self = context;
    self->n_calls++;
    if (self->n_calls == self->refuses_at) return false;
    assert_in_range(n, 1, WKS_BYTES_HELD);
    for (size_t i = 0; i < n; i++)
        assert_int_equal((unsigned char)data[i], (self->n + i) % 251);
    self->n += n;
    return true;
}

static void sink_gets_all_in_order_and_little_is_held(void **state)
{
    enum { N = 3 * WKS_BYTES_HELD + 1001 };
    sink self = {0};
    wks_bytes bytes = {.sink = take, .sink_context = &self};
    wks_err err = WKS_ERR_INIT;
    char *block = malloc(N);
    (void)state;
    assert_non_null(block);
    for (size_t i = 0; i < N; i++)
        block[i] = (char)(i % 251);
    wks_bytes_put_block(&bytes, block, 7);
    wks_bytes_put_numbers(&bytes, block + 7, (N - 8) / 8, 8); /* more at once than is held */
    const size_t n = 7 + (N - 8) / 8 * 8;
    for (size_t i = n; i < N; i++)
        wks_bytes_put_u8(&bytes, (uint8_t)(i % 251));
    assert_true(bytes.capacity <= 2 * (size_t)WKS_BYTES_HELD);
    wks_bytes_flush(&bytes);
    assert_int_equal(self.n, N);
    assert_ok(wks_bytes_status(&bytes, &err), &err);
    wks_bytes_free(&bytes);
    free(block);
}

static void sink_that_refuses_fails_once_and_for_all(void **state)
{
    sink self = {.refuses_at = 2};
    wks_bytes bytes = {.sink = take, .sink_context = &self};
    (void)state;
    for (size_t i = 0; i < 5 * (size_t)WKS_BYTES_HELD; i++)
        wks_bytes_put_u8(&bytes, (uint8_t)(i % 251));
    wks_bytes_flush(&bytes);
    assert_true(bytes.failed);
    assert_int_equal(self.n_calls, 2);
    wks_bytes_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_put_comes_back_bit_by_bit),
        cmocka_unit_test(numbers_are_little_endian),
        cmocka_unit_test(reading_beyond_the_end_fails_once_and_for_all),
        cmocka_unit_test(what_is_left_over_is_an_error),
        cmocka_unit_test(absurd_sizes_are_refused),
        cmocka_unit_test(text_with_a_zero_is_refused),
        cmocka_unit_test(without_memory_it_says_so),
        cmocka_unit_test(sink_gets_all_in_order_and_little_is_held),
        cmocka_unit_test(sink_that_refuses_fails_once_and_for_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
