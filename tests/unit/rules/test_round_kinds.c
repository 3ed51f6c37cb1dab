#include "rules/round_kinds.h"

#include "support/check.h"

enum { N = 500 };

static void kinds_of_vectors_are_equal_when_the_vectors_are(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(1, 1);

    (void)state;
    for (int32_t n_words = 1; n_words <= 4; n_words++) {
        static uint64_t word[4 * N], kind_word[4 * N];
        int32_t kind[N], *table = calloc(wks_round_kinds_table(N), sizeof *table);
        wks_rng rng = wks_rng_open(&seed, (uint64_t)n_words, 0, WKS_RNG_TEST);
        assert_non_null(table);
        for (int32_t i = 0; i < N * n_words; i++)
            word[i] = wks_rng_below(&rng, 3);
        const int32_t n_kinds = wks_round_kinds_assign(word, N, n_words, kind, kind_word, table);
        int32_t n_new = 0;
        for (int32_t i = 0; i < N; i++) {
            const size_t bytes = (size_t)n_words * sizeof *word;
            assert_memory_equal(&kind_word[kind[i] * n_words], &word[i * n_words], bytes);
            assert_true(kind[i] <= n_new); /* numbered in order of appearance */
            n_new += kind[i] == n_new;
            for (int32_t k = 0; k < i; k++)
                assert_int_equal(kind[i] == kind[k], memcmp(&word[i * n_words], &word[k * n_words], bytes) == 0);
        }
        assert_int_equal(n_new, n_kinds);
        free(table);
    }
}

static void kinds_class_reads_what_was_packed(void **state)
{
    uint64_t word[WKS_ROUND_CLASS_WORDS] = {0};

    (void)state;
    for (int32_t f = 0; f < WKS_LETTING_MAX_PARTS; f++)
        word[f / 10] |= (uint64_t)((f * 7 + 5) % 64) << (WKS_ROUND_CLASS_BITS * (f % 10));
    for (int32_t f = 0; f < WKS_LETTING_MAX_PARTS; f++)
        assert_int_equal(wks_round_kinds_class(word, f), (f * 7 + 5) % 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_vectors_are_equal_when_the_vectors_are),
        cmocka_unit_test(kinds_class_reads_what_was_packed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
