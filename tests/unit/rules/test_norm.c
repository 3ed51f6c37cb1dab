#include "rules/norm.h"

#include "support/check.h"

enum { FIRST = 24000, MONTHS = 240 };

static void share_rounded_down_is_never_passed(void **state)
{
    static const double share[] = {0.0, 0.05, 0.075, 0.3, 0.5, 1.0};

    (void)state;
    for (size_t s = 0; s < sizeof share / sizeof share[0]; s++) {
        int32_t count = 0;
        for (int32_t total = 1; total <= 1000; total++) { /* all want it: as many as the norm has room for get it */
            count += wks_norm_share_holds(share[s], count + 1, total, WKS_NORM_DOWN);
            assert_true(count <= share[s] * total + 1e-9);
            assert_true(count + 1 > share[s] * total || count + 1 > share[s] * (total + 1) - 1);
        }
        assert_int_equal(count, (int32_t)(share[s] * 1000.0 + 1e-9));
    }
}

/* A share that is a whole number of the whole: exactly that many, for every per cent of every number. */
static void share_of_whole_numbers_is_exact_edge(void **state)
{
    (void)state;
    for (int32_t percent = 1; percent < 100; percent++) {
        for (int32_t total = 1; total <= 200; total++) {
            const double share = percent / 100.0;
            if (percent * total % 100 != 0) continue;
            const int32_t exact = percent * total / 100;
            assert_true(wks_norm_share_holds(share, exact, total, WKS_NORM_DOWN));
            assert_false(wks_norm_share_holds(share, exact + 1, total, WKS_NORM_DOWN));
            assert_true(wks_norm_share_holds(share, exact, total, WKS_NORM_UP));
            assert_false(wks_norm_share_holds(share, exact + 1, total, WKS_NORM_UP));
            assert_int_equal(wks_norm_most(share * total, 12, 12), exact);
        }
    }
}

static void share_rounded_up_is_less_than_one_ahead(void **state)
{
    int32_t count = 0;

    (void)state;
    assert_true(wks_norm_share_holds(0.05, 1, 1, WKS_NORM_UP));
    assert_false(wks_norm_share_holds(0.05, 2, 20, WKS_NORM_UP));
    assert_true(wks_norm_share_holds(0.05, 2, 21, WKS_NORM_UP));
    for (int32_t total = 1; total <= 1000; total++) {
        count += wks_norm_share_holds(0.3, count + 1, total, WKS_NORM_UP);
        assert_true(count < 0.3 * total + 1.0 && count >= 0.3 * total - 1e-9);
        assert_false(wks_norm_share_holds(0.0, 1, total, WKS_NORM_UP));
        assert_true(wks_norm_share_holds(1.0, total, total, WKS_NORM_UP));
    }
}

static void most_of_a_period_is_rounded_up(void **state)
{
    (void)state;
    assert_int_equal(wks_norm_most(0.0, 12, 12), 0);
    assert_int_equal(wks_norm_most(1.0, 1, 12), 1);
    assert_int_equal(wks_norm_most(6.0, 2, 12), 1);
    assert_int_equal(wks_norm_most(6.0, 3, 12), 2);
    assert_int_equal(wks_norm_most(6.0, 12, 12), 6);
    assert_int_equal(wks_norm_most(0.4, 12, 12), 1);
    assert_int_equal(wks_norm_most(1e300, 12, 12), INT32_MAX);
}

/* Everybody wants in every month: what is let keeps to the norm in every window, and reaches it in a whole period. */
static void pace_of_a_number_holds_in_every_window(void **state)
{
    static const int32_t periods[] = {1, 6, 12, 24};

    (void)state;
    for (int32_t norm = 0; norm <= 40; norm++) {
        for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
            for (int32_t is_paced = 0; is_paced < 2; is_paced++) {
                const int32_t period = periods[p];
                int32_t ring[24] = {0}, let[MONTHS] = {0}; /* month numbers are far above any period */
                for (int32_t now = 0; now < MONTHS; now++) {
                    ring[(FIRST + now) % period] = 0;
                    while (let[now] < 50 && wks_norm_pace_holds(norm, 1, ring, 1, period, FIRST + now, is_paced != 0)) {
                        ring[(FIRST + now) % period]++;
                        let[now]++;
                    }
                    int32_t count = 0;
                    for (int32_t m = 1; m <= period && m <= now + 1; m++) {
                        count += let[now + 1 - m];
                        if (is_paced != 0 || m == period) assert_true(count <= (norm * m + period - 1) / period);
                    }
                    if (now + 1 >= period) assert_int_equal(count, norm);
                }
                if (is_paced == 0 && norm < 50) assert_int_equal(let[0], norm); /* all at once */
                if (is_paced != 0) assert_int_equal(let[0], (norm + period - 1) / period);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(share_rounded_down_is_never_passed),      cmocka_unit_test(share_of_whole_numbers_is_exact_edge),
        cmocka_unit_test(share_rounded_up_is_less_than_one_ahead), cmocka_unit_test(most_of_a_period_is_rounded_up),
        cmocka_unit_test(pace_of_a_number_holds_in_every_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
