#include "base/rng.h"

#include <Random123/philox.h>

#include "support/check.h"

/* ---- known answers: Random123's kat_vectors, philox 4x32 10 ---- */

typedef struct answer {
    uint32_t counter[4], key[2], out[4];
} answer;

static const answer answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}, {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static void philox_published_vectors_are_met(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        uint32_t out[4];
        wks_rng_philox(answers[i].counter, answers[i].key, out);
        assert_memory_equal(out, answers[i].out, sizeof out);
    }
}

static void philox_inline_equals_random123(void **state)
{
    (void)state;
    uint32_t word[4] = {1, 2, 3, 4};
    const uint32_t key[2] = {5, 6};
    for (int i = 0; i < 20000; i++) {
        philox4x32_ctr_t counter = {{word[0], word[1], word[2], word[3]}};
        philox4x32_key_t k = {{key[0] ^ word[1], key[1] ^ word[2]}};
        philox4x32_ctr_t expected = philox4x32(counter, k);
        uint32_t out[4];
        wks_rng_philox(word, k.v, out);
        assert_memory_equal(out, expected.v, sizeof out);
        memcpy(word, out, sizeof word);
    }
}

/* ---- purposes ---- */

static void purposes_are_unique_and_fit_twelve_bits(void **state)
{
    (void)state;
    static const unsigned number[] = {
#define NUMBER(name, value) value,
        WKS_RNG_PURPOSES(NUMBER)
#undef NUMBER
    };
    static const char *const name[] = {
#define NAME(text, value) #text,
        WKS_RNG_PURPOSES(NAME)
#undef NAME
    };
    size_t n = sizeof number / sizeof number[0];
    for (size_t i = 0; i < n; i++) {
        assert_true(number[i] < 4096);
        for (size_t j = 0; j < i; j++) {
            assert_true(number[i] != number[j]);
            assert_string_not_equal(name[i], name[j]);
        }
        assert_string_equal(wks_rng_purpose_name(number[i]), name[i]);
    }
    assert_string_equal(wks_rng_purpose_name(4094), "?");
}

/* Results of old runs depend on these numbers: a line may be added here, none may change. */
static void purposes_keep_their_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        unsigned number;
    } pinned[] = {
        {"NONE", 0},
        {"CHILD_KEY", 1},
        {"SYNTH_FIT", 2},
        {"SYNTH_PERSON", 3},
        {"SYNTH_HOUSEHOLD", 4},
        {"SYNTH_DWELLING", 5},
        {"SYNTH_ASSIGN", 6},
        {"SYNTH_REGISTRATION", 7},
        {"SYNTH_LATENT", 8},
        {"SYNTH_POSITION", 9},
        {"DEATH", 16},
        {"BIRTH", 17},
        {"COUPLE_FORM", 18},
        {"COUPLE_SPLIT", 19},
        {"CARE", 20},
        {"LEAVE_HOME", 21},
        {"REGISTER", 22},
        {"INCOME", 32},
        {"WORK", 33},
        {"VULNERABILITY", 34},
        {"EVICTION", 35},
        {"PROGRAMME", 36},
        {"ARRIVAL", 48},
        {"ARRIVAL_PROFILE", 49},
        {"STATUSHOUDER", 50},
        {"CARE_LEAVER", 51},
        {"STUDENT", 52},
        {"REUNION", 53},
        {"LABOUR_START", 54},
        {"STOCK", 64},
        {"STOCK_SALE", 65},
        {"STOCK_LABEL", 66},
        {"STOCK_PROJECT", 74},
        {"STOCK_RETURN", 75},
        {"STOCK_IN_PLACE", 76},
        {"STOCK_REPLACE", 77},
        {"STOCK_RATE", 78},
        {"SEARCH", 80},
        {"SEARCH_ACTIVATE", 81},
        {"URGENCY", 82},
        {"ALLOC_LOT", 96},
        {"ALLOC_TASTE", 97},
        {"ALLOC_ACCEPT", 98},
        {"ALLOC_ADVERT", 99},
        {"ALLOC_CHANNEL", 100},
        {"ALLOC_REACT", 101},
        {"ALLOC_NO_SHOW", 102},
        {"TWO_RENTS", 106},
        {"MARKET_SAMPLE", 112},
        {"MARKET_TASTE", 113},
        {"MARKET_BID", 114},
        {"MARKET_ORDER", 115},
        {"MARKET_LOOK", 116},
        {"UITPOND", 117},
        {"TICK_ORDER", 118},
        {"LANDLORD_PICK", 119},
        {"DEPARTURE", 128},
        {"INSTITUTION", 129},
        {"ONWARD", 130},
        {"LABOUR_STAY", 131},
        {"LABOUR_SETTLE", 132},
        {"CARE_CONTRACT", 133},
        {"CARE_CONTRACT_END", 134},
        {"NEIGHBOURHOOD", 144},
        {"ENCOUNTER", 145},
        {"SUPPORT_SIGNAL", 146},
        {"SUPPORT_CASE", 147},
        {"LONELY", 148},
        {"LABEL", 150},
        {"GRID_PLACE", 160},
        {"GRID_ORDER", 161},
        {"GRID_MOVE", 162},
        {"GRID_TIE", 163},
        {"GRID_LOT", 164},
        {"QUEUE_ARRIVAL", 176},
        {"QUEUE_SERVICE", 177},
        {"QUEUE_LOT", 178},
        {"BOOTSTRAP", 192},
        {"PERMUTATION", 193},
        {"DESIGN", 194},
        {"THEORY_MEMBER", 195},
        {"CALIBRATE", 196},
        {"STUDY", 197},
        {"TEST", 4095},
    };
    size_t n = sizeof pinned / sizeof pinned[0];
    for (size_t i = 0; i < n; i++)
        assert_string_equal(wks_rng_purpose_name(pinned[i].number), pinned[i].name);
    size_t in_table = 0;
#define COUNT(name, value) in_table++;
    WKS_RNG_PURPOSES(COUNT)
#undef COUNT
    assert_true(in_table >= n);
}

/* ---- streams ---- */

static void stream_is_a_function_of_its_event(void **state)
{
    (void)state;
    wks_rng_seed seed = wks_rng_seed_make(42, 7);
    wks_rng a = wks_rng_open(&seed, 123, 45, WKS_RNG_DEATH);
    wks_rng b = wks_rng_open(&seed, 123, 45, WKS_RNG_DEATH);
    for (int i = 0; i < 1000; i++) {
        uint32_t x = wks_rng_u32(&a);
        uint32_t y = wks_rng_u32(&b);
        assert_int_equal(x, y);
    }
}

static void stream_words_are_philox_blocks_in_order(void **state)
{
    (void)state;
    wks_rng_seed seed = wks_rng_seed_make(1, 2);
    wks_rng rng = wks_rng_open(&seed, UINT64_C(0xAABBCCDD11223344), 9, WKS_RNG_BIRTH);
    for (uint32_t block = 0; block < 50; block++) {
        philox4x32_ctr_t counter = {{0x11223344, 0xAABBCCDD, 9, (uint32_t)WKS_RNG_BIRTH << 20 | block}};
        philox4x32_key_t key = {{seed.key[0], seed.key[1]}};
        philox4x32_ctr_t expected = philox4x32(counter, key);
        for (int i = 0; i < 4; i++)
            assert_int_equal(wks_rng_u32(&rng), expected.v[i]);
    }
}

static void once_and_four_are_the_beginning_of_the_stream(void **state)
{
    (void)state;
    wks_rng_seed seed = wks_rng_seed_make(3, 4);
    for (uint64_t entity = 1; entity < 200; entity++) {
        wks_rng rng = wks_rng_open(&seed, entity, 11, WKS_RNG_SEARCH);
        double first = wks_rng_u01(&rng);
        assert_true(first == wks_rng_once(&seed, entity, 11, WKS_RNG_SEARCH));
        uint32_t word[4];
        wks_rng_four(&seed, entity, 11, WKS_RNG_SEARCH, word);
        rng = wks_rng_open(&seed, entity, 11, WKS_RNG_SEARCH);
        for (int i = 0; i < 4; i++)
            assert_int_equal(wks_rng_u32(&rng), word[i]);
    }
}

static void unit_is_open_at_both_ends(void **state)
{
    (void)state;
    assert_true(wks_rng_unit64(0) == 0x1p-53);
    assert_true(wks_rng_unit64(UINT64_MAX) < 1.0);
    assert_true(wks_rng_unit64(UINT64_MAX) == 1.0 - 0x1p-53);
    assert_true(wks_rng_unit(0) == 0x1p-33);
    assert_true(wks_rng_unit(UINT32_MAX) < 1.0);
}

/* A buurt of half a million households draws more than 2^22 words from one stream. */
static void stream_beyond_its_last_block_goes_on_under_another_key(void **state)
{
    (void)state;
    const uint32_t n = 1U << 22;
    wks_rng_seed seed = wks_rng_seed_make(1, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 1, WKS_RNG_TEST);
    uint32_t first[8], next[8];
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t word = wks_rng_u32(&rng);
        if (i < 8) first[i] = word;
    }
    assert_int_equal(rng.n_left, 0);
    assert_int_equal(rng.counter[3] & 0xFFFFF, 0xFFFFF);
    for (int i = 0; i < 8; i++)
        next[i] = wks_rng_u32(&rng);
    assert_int_equal(rng.counter[3], (uint32_t)WKS_RNG_TEST << 20 | 1); /* never runs into another purpose */
    assert_true(rng.key[0] != seed.key[0] || rng.key[1] != seed.key[1]);
    assert_memory_not_equal(first, next, sizeof first);
    const uint32_t second[2] = {rng.key[0], rng.key[1]};
    for (uint32_t i = 8; i <= n; i++) /* and again, into a third stretch */
        (void)wks_rng_u32(&rng);
    assert_int_equal(rng.counter[3], (uint32_t)WKS_RNG_TEST << 20);
    assert_true(rng.key[0] != second[0] || rng.key[1] != second[1]);
}

/* ---- quality ---- */

/* Correlation of uniforms of two streams that differ in one place of their event; |r| < 5/sqrt(n). */
static void check_uncorrelated(const double *x, const double *y, int n)
{
    double mean_x = 0, mean_y = 0;
    for (int i = 0; i < n; i++) {
        mean_x += x[i] / n;
        mean_y += y[i] / n;
    }
    double xy = 0, xx = 0, yy = 0;
    for (int i = 0; i < n; i++) {
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    assert_true(fabs(xy / sqrt(xx * yy)) < 5 / sqrt(n));
    assert_close(mean_x, 0.5, 0, 5 * sqrt(1.0 / 12 / n));
    assert_close(xx / n, 1.0 / 12, 0, 5 * sqrt(1.0 / 180 / n));
}

static void neighbouring_streams_are_uncorrelated(void **state)
{
    (void)state;
    enum { N = 20000 };
    static double x[N], entity[N], tick[N], purpose[N], replication[N], other_seed[N], index[N];
    wks_rng_seed seed = wks_rng_seed_make(1, 0);
    wks_rng_seed next = wks_rng_seed_make(1, 1);
    wks_rng_seed second = wks_rng_seed_make(2, 0);
    for (int i = 0; i < N; i++) {
        uint64_t key = (uint64_t)i;
        x[i] = wks_rng_once(&seed, key, 5, WKS_RNG_DEATH);
        entity[i] = wks_rng_once(&seed, key + 1, 5, WKS_RNG_DEATH);
        tick[i] = wks_rng_once(&seed, key, 6, WKS_RNG_DEATH);
        purpose[i] = wks_rng_once(&seed, key, 5, WKS_RNG_BIRTH);
        replication[i] = wks_rng_once(&next, key, 5, WKS_RNG_DEATH);
        other_seed[i] = wks_rng_once(&second, key, 5, WKS_RNG_DEATH);
        wks_rng rng = wks_rng_open(&seed, key, 5, WKS_RNG_DEATH);
        (void)wks_rng_u01(&rng);
        index[i] = wks_rng_u01(&rng);
    }
    check_uncorrelated(x, entity, N);
    check_uncorrelated(x, tick, N);
    check_uncorrelated(x, purpose, N);
    check_uncorrelated(x, replication, N);
    check_uncorrelated(x, other_seed, N);
    check_uncorrelated(x, index, N);
}

static void uniforms_fill_their_interval_evenly(void **state)
{
    (void)state;
    enum { CELLS = 64, N = 640000 };
    double count[CELLS] = {0};
    wks_rng_seed seed = wks_rng_seed_make(99, 3);
    for (uint64_t i = 0; i < N; i++)
        count[(int)(wks_rng_once(&seed, i, 0, WKS_RNG_TEST) * CELLS)]++;
    double chi2 = 0;
    for (int i = 0; i < CELLS; i++)
        chi2 += (count[i] - (double)N / CELLS) * (count[i] - (double)N / CELLS) / ((double)N / CELLS);
    assert_true(chi2 > 25 && chi2 < 125); /* 63 degrees of freedom: one in 100,000 on either side */
}

static void below_is_unbiased(void **state)
{
    (void)state;
    wks_rng_seed seed = wks_rng_seed_make(5, 0);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    /* n = 3 * 2^30: taking the rest of a division (or the multiplication alone) would give some values 4/3 of their share. */
    const uint32_t n = UINT32_C(3) << 30;
    const int draws = 300000;
    int third[3] = {0, 0, 0};
    int modulo[3] = {0, 0, 0};
    for (int i = 0; i < draws; i++) {
        uint32_t value = wks_rng_below(&rng, n);
        assert_true(value < n);
        third[value >> 30]++;
        modulo[value % 3]++;
    }
    double sd = sqrt(draws * 2.0 / 9);
    for (int i = 0; i < 3; i++) {
        assert_close(third[i], draws / 3.0, 0, 5 * sd);
        assert_close(modulo[i], draws / 3.0, 0, 5 * sd);
    }
    for (int i = 0; i < 100; i++)
        assert_int_equal(wks_rng_below(&rng, 1), 0);
    int six[6] = {0};
    for (int i = 0; i < 60000; i++)
        six[wks_rng_below(&rng, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_close(six[i], 10000, 0, 5 * sqrt(60000 * 5.0 / 36));
}

/* ---- keys ---- */

static int compare_keys(const void *a, const void *b)
{
    const uint64_t *x = a;
    const uint64_t *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void keys_do_not_collide(void **state)
{
    (void)state;
    enum { N = 200000 };
    static uint64_t key[2 * N];
    for (uint32_t i = 0; i < N; i++) {
        key[i] = wks_rng_child_key(i / 100, i % 10, i % 20 < 10 ? WKS_RNG_BIRTH : WKS_RNG_LEAVE_HOME, i % 100 / 20);
        key[N + i] = wks_rng_pair_key(i / 500, i % 500);
        assert_true(key[i] != 0);
    }
    qsort(key, 2 * N, sizeof key[0], compare_keys);
    for (int i = 1; i < 2 * N; i++)
        assert_true(key[i] != key[i - 1]);
}

static void words_of_a_stream_at_once_equal_one_by_one(void **state)
{
    enum { MOST = 300 };
    const wks_rng_seed seed = wks_rng_seed_make(5, 6);
    uint32_t word[MOST + 1];

    (void)state;
    for (int32_t n = 0; n <= MOST; n++) {
        wks_rng rng = wks_rng_open(&seed, 0xFEDCBA9876543210 + (uint64_t)n, 77, WKS_RNG_ALLOC_REACT);
        word[n] = 4711;
        wks_rng_words(&seed, 0xFEDCBA9876543210 + (uint64_t)n, 77, WKS_RNG_ALLOC_REACT, n, word);
        for (int32_t i = 0; i < n; i++)
            assert_int_equal(word[i], wks_rng_u32(&rng));
        assert_int_equal(word[n], 4711); /* and nothing beyond */
        const int32_t first = n / 2 / 4 * 4;
        uint32_t later[MOST];
        wks_rng_words_from(&seed, 0xFEDCBA9876543210 + (uint64_t)n, 77, WKS_RNG_ALLOC_REACT, first, n - first, later);
        for (int32_t i = first; i < n; i++)
            assert_int_equal(later[i - first], word[i]);
    }
}

static void words_of_pairs_at_once_equal_one_by_one(void **state)
{
    enum { MOST = 70 };
    const wks_rng_seed seed = wks_rng_seed_make(8, 1);
    uint64_t b[MOST];
    uint32_t word[MOST + 1], four[4];

    (void)state;
    for (int32_t i = 0; i < MOST; i++)
        b[i] = wks_rng_child_key(99, 1, WKS_RNG_TEST, (uint32_t)i);
    for (int32_t n = 0; n <= MOST; n++) {
        const uint64_t a = UINT64_MAX - (uint64_t)n;
        word[n] = 4711;
        wks_rng_pair_words(&seed, a, b, n, 5, WKS_RNG_ALLOC_TASTE, word);
        for (int32_t i = 0; i < n; i++) {
            wks_rng_four(&seed, wks_rng_pair_key(a, b[i]), 5, WKS_RNG_ALLOC_TASTE, four);
            assert_int_equal(word[i], four[0]);
        }
        assert_int_equal(word[n], 4711);
    }
}

static void words_of_many_rows_equal_one_by_one(void **state)
{
    enum { MOST = 70 };
    const wks_rng_seed seed = wks_rng_seed_make(9, 2);
    uint64_t key[MOST];
    uint32_t word[4][MOST + 1], four[4];

    (void)state;
    for (int32_t i = 0; i < MOST; i++)
        key[i] = wks_rng_child_key(98, 1, WKS_RNG_TEST, (uint32_t)i);
    for (int32_t n = 0; n <= MOST; n++) {
        /* Every subset of words that are wanted. */
        uint32_t *const out[4] = {n % 2 == 0 ? word[0] : NULL, n / 2 % 2 == 0 ? word[1] : NULL, n / 4 % 2 == 0 ? word[2] : NULL,
                                  n / 8 % 2 == 0 ? word[3] : NULL};
        for (int w = 0; w < 4; w++)
            word[w][n] = 4711;
        wks_rng_rows(&seed, key, n, (uint32_t)n, WKS_RNG_DEATH, out);
        for (int32_t i = 0; i < n; i++) {
            wks_rng_four(&seed, key[i], (uint32_t)n, WKS_RNG_DEATH, four);
            for (int w = 0; w < 4; w++)
                assert_true(out[w] == NULL || out[w][i] == four[w]);
        }
        for (int w = 0; w < 4; w++)
            assert_int_equal(word[w][n], 4711);
    }
}

/* Block by block what the streams of the rows give one after another. */
static void words_of_many_rows_go_on_as_their_streams(void **state)
{
    enum { MOST = 40, BLOCKS = 5 };
    const wks_rng_seed seed = wks_rng_seed_make(9, 2);
    uint64_t key[MOST];
    uint32_t word[4][MOST];
    uint32_t *const out[4] = {word[0], word[1], word[2], word[3]};

    (void)state;
    for (int32_t i = 0; i < MOST; i++)
        key[i] = wks_rng_child_key(98, 1, WKS_RNG_TEST, (uint32_t)i);
    for (int32_t n = 1; n <= MOST; n++) {
        for (int32_t i = 0; i < n; i++) {
            wks_rng rng = wks_rng_open(&seed, key[i], 3, WKS_RNG_DEATH);
            for (uint32_t block = 0; block < BLOCKS; block++) {
                if (i == 0 || n == MOST) wks_rng_rows_at(&seed, key, n, 3, WKS_RNG_DEATH, block, out);
                for (int w = 0; w < 4; w++) {
                    const uint32_t next = wks_rng_u32(&rng);
                    if (i == 0 || n == MOST) assert_int_equal(word[w][i], next);
                }
            }
        }
    }
}

static void pair_key_knows_the_order(void **state)
{
    (void)state;
    assert_true(wks_rng_pair_key(1, 2) != wks_rng_pair_key(2, 1));
    assert_true(wks_rng_pair_key(1, 2) == wks_rng_pair_key(1, 2));
}

static void seeds_and_replications_give_other_keys(void **state)
{
    (void)state;
    uint64_t key[400];
    size_t n = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        for (uint64_t replication = 0; replication < 20; replication++) {
            wks_rng_seed made = wks_rng_seed_make(seed, replication);
            key[n++] = (uint64_t)made.key[1] << 32 | made.key[0];
        }
    }
    qsort(key, n, sizeof key[0], compare_keys);
    for (size_t i = 1; i < n; i++)
        assert_true(key[i] != key[i - 1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_published_vectors_are_met),
        cmocka_unit_test(philox_inline_equals_random123),
        cmocka_unit_test(purposes_are_unique_and_fit_twelve_bits),
        cmocka_unit_test(purposes_keep_their_numbers),
        cmocka_unit_test(stream_is_a_function_of_its_event),
        cmocka_unit_test(stream_words_are_philox_blocks_in_order),
        cmocka_unit_test(once_and_four_are_the_beginning_of_the_stream),
        cmocka_unit_test(unit_is_open_at_both_ends),
        cmocka_unit_test(stream_beyond_its_last_block_goes_on_under_another_key),
        cmocka_unit_test(neighbouring_streams_are_uncorrelated),
        cmocka_unit_test(uniforms_fill_their_interval_evenly),
        cmocka_unit_test(below_is_unbiased),
        cmocka_unit_test(keys_do_not_collide),
        cmocka_unit_test(words_of_a_stream_at_once_equal_one_by_one),
        cmocka_unit_test(words_of_pairs_at_once_equal_one_by_one),
        cmocka_unit_test(words_of_many_rows_equal_one_by_one),
        cmocka_unit_test(words_of_many_rows_go_on_as_their_streams),
        cmocka_unit_test(pair_key_knows_the_order),
        cmocka_unit_test(seeds_and_replications_give_other_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
