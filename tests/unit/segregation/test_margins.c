/* segregation/margins: sums of two, and logarithms of ratios near 1. */
#include "segregation/margins.h"

#include "tables.h"

static void margins_by_hand(void **unused)
{
    (void)unused;
    const double x[] = {1.0, 0.0, 3.5}, t[] = {4.0, 2.0, 4.0};
    const wks_margins m = wks_margins_of(x, t, 3, 2);
    assert_true(m.x == 4.5 && m.y == 5.5 && m.t == 10.0 && m.p == 0.45 && m.q == 0.55);
    assert_true(wks_margins_are_two(&m));
    const wks_margins alone = wks_margins_of(t, t, 3, 1), none = wks_margins_of(x, x, 0, 1);
    assert_true(alone.p == 1.0 && alone.q == 0.0 && !wks_margins_are_two(&alone));
    assert_true(none.t == 0.0 && none.p == 0.0 && !wks_margins_are_two(&none));
}

static void margins_tiny_rest_exact(void **unused)
{
    (void)unused;
    const double x[] = {1e15, 7.0}, t[] = {1e15, 8.0}; /* X/T is 1 but for the last bits; the rest keeps its own sum */
    const wks_margins m = wks_margins_of(x, t, 2, 1);
    assert_true(m.y == 1.0);
    assert_close(m.q, 1e-15, 1e-13, 0.0);
}

static void log_ratio_all_sizes_equal_logl(void **unused)
{
    (void)unused;
    enum { N = 4000 };
    static double part[N], expected[N], out[N];
    const wks_rng_seed seed = wks_rng_seed_make(2, 1);
    for (size_t i = 0; i < N; i++) {
        wks_rng rng = wks_rng_open(&seed, i, 0, WKS_RNG_TEST);
        const double u = wks_rng_u01(&rng) - 0.5, v = wks_rng_u01(&rng);
        expected[i] = 1e9 * v;
        part[i] = expected[i] * (1.0 + ldexp(u, -(int)(i % 40)));
        if (i % 5 == 1) part[i] = 1e-9 * v * v;
        if (i % 5 == 2) part[i] = 1e15 * (u + 0.5);
        if (i % 50 == 3) part[i] = expected[i];
        if (i % 50 == 4) part[i] = 0.0;
    }
    wks_margins_log_ratio(part, expected, N, out);
    for (size_t i = 0; i < N; i++) {
        const long double z = ((long double)part[i] - expected[i]) / expected[i];
        const long double exact = part[i] > 0.0 ? (fabsl(z) < 0.5L ? log1pl(z) : logl(part[i] / (long double)expected[i])) : 0.0L;
        assert_close(out[i], (double)exact, 1e-15, 0.0);
    }
}

static void log_ratio_without_people_zero(void **unused)
{
    (void)unused;
    const double part[] = {0.0, 0.0, 3.0}, expected[] = {0.0, 2.0, 3.0};
    double out[] = {9.0, 9.0, 9.0};
    wks_margins_log_ratio(part, expected, 3, out);
    assert_true(out[0] == 0.0 && out[1] == 0.0 && out[2] == 0.0);
    wks_margins_log_ratio(part, expected, 0, out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margins_by_hand),
        cmocka_unit_test(margins_tiny_rest_exact),
        cmocka_unit_test(log_ratio_all_sizes_equal_logl),
        cmocka_unit_test(log_ratio_without_people_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
