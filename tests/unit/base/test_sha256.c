#include "base/sha256.h"

#include <sodium.h>

#include "support/check.h"

static void digest_of(const uint8_t *bytes, size_t n, size_t step, bool may_be_fast, uint8_t out[WKS_SHA256_BYTES])
{
    wks_sha256 sha;

    wks_sha256_begin(&sha, may_be_fast);
    for (size_t at = 0; at < n; at += step)
        wks_sha256_add(&sha, bytes + at, n - at < step ? n - at : step);
    wks_sha256_end(&sha, out);
}

/* FIPS 180-4, "abc". */
static void known_answer(void **state)
{
    static const uint8_t expected[WKS_SHA256_BYTES] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                                       0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                                       0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
    uint8_t out[WKS_SHA256_BYTES];
    (void)state;
    digest_of((const uint8_t *)"abc", 3, 3, true, out);
    assert_memory_equal(out, expected, sizeof expected);
    digest_of((const uint8_t *)"abc", 3, 3, false, out);
    assert_memory_equal(out, expected, sizeof expected);
}

static void every_length_in_every_portion_is_libsodiums(void **state)
{
    uint8_t bytes[300], out[WKS_SHA256_BYTES], expected[WKS_SHA256_BYTES];
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 37 + (i >> 3));
    for (size_t n = 0; n <= sizeof bytes; n++) {
        (void)crypto_hash_sha256(expected, bytes, n);
        for (size_t step = 1; step <= 200; step += step < 70 ? 1 : 29) {
            digest_of(bytes, n, step, true, out);
            assert_memory_equal(out, expected, sizeof expected);
            digest_of(bytes, n, step, false, out);
            assert_memory_equal(out, expected, sizeof expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answer),
        cmocka_unit_test(every_length_in_every_portion_is_libsodiums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
