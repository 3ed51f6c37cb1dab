#include "grid/words.h"

#include "support/check.h"

static uint32_t all[5000];

static void word_i_is_the_same_however_it_is_asked_for(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(3, 4);
    wks_words words;

    (void)state;
    wks_words_all(&seed, 7, WKS_RNG_GRID_ORDER, 5000, all);
    wks_words_open(&words, &seed, 7, WKS_RNG_GRID_ORDER);
    for (int32_t i = 0; i < 5000; i++) {
        assert_int_equal(wks_words_u32(&words), all[i]);
        assert_int_equal(wks_words_at(&seed, 7, WKS_RNG_GRID_ORDER, i), all[i]);
    }
}

static void chunk_is_the_stream_of_its_number(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(3, 4);

    (void)state;
    wks_words_all(&seed, 7, WKS_RNG_GRID_ORDER, 5000, all);
    for (int32_t chunk = 0; chunk < 4; chunk++) {
        wks_rng rng = wks_rng_open(&seed, (uint64_t)chunk, 7, WKS_RNG_GRID_ORDER);
        for (int32_t i = 0; i < WKS_WORDS_CHUNK; i++)
            assert_int_equal(wks_rng_u32(&rng), all[chunk * WKS_WORDS_CHUNK + i]);
    }
}

static void below_stays_below_and_reaches_all(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(3, 4);
    int32_t n[5] = {0};
    wks_words words;

    (void)state;
    wks_words_open(&words, &seed, 1, WKS_RNG_GRID_MOVE);
    for (int32_t i = 0; i < 10000; i++) {
        const uint32_t k = wks_words_below(&words, 5);
        assert_true(k < 5);
        n[k]++;
        assert_int_equal(wks_words_below(&words, 1), 0);
    }
    for (int k = 0; k < 5; k++)
        assert_close(n[k], 2000, 0, 4 * 40); /* standard error 40 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_i_is_the_same_however_it_is_asked_for),
        cmocka_unit_test(chunk_is_the_stream_of_its_number),
        cmocka_unit_test(below_stays_below_and_reaches_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
