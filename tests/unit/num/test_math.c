/* num/math: errors against 80-bit libm, extreme arguments, and bits that must be equal for every compiler, optimisation and processor. */
#include "num/math.h"

#include <float.h>

#include "support/check.h"

static uint64_t state;

/* splitmix64: the arguments must not depend on anything under test. */
static uint64_t next_bits(void)
{
    state += 0x9e3779b97f4a7c15U;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static double next_uniform(double low, double high)
{
    return low + (high - low) * ((double)(next_bits() >> 11) * 0x1p-53);
}

static double from_bits(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

static uint64_t to_bits(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

/* A positive normal double with any exponent. */
static double next_positive(void)
{
    return from_bits((next_bits() % 0x7fe0000000000000U) + 0x0010000000000000U - 1);
}

/* |got - want| in units in the last place of a double as large as want (subnormal: 2^-1074). */
static double ulps(double got, long double want)
{
    int e;
    (void)frexpl(want, &e);
    return (double)fabsl(((long double)got - want) / ldexpl(1.0L, e - 53 > -1074 ? e - 53 : -1074));
}

static void raise_to(double *largest, double d)
{
    if (d > *largest) *largest = d;
}

enum { N_ARGUMENTS = 200000 };

static void skip_without_long_double(void)
{
    if (LDBL_MANT_DIG < 64) skip(); /* no wider type to compare with on this processor */
}

static void exp_against_long_double_within_bound(void **unused)
{
    (void)unused;
    skip_without_long_double();
    double plain = 0.0, small = 0.0, subnormal = 0.0;
    state = 1;
    for (int i = 0; i < N_ARGUMENTS; i++) {
        const double x = next_uniform(-708.0, 709.7), near = next_uniform(-1.1, 1.1), low = next_uniform(-745.0, -708.5);
        raise_to(&plain, ulps(wks_math_exp(x), expl((long double)x)));
        raise_to(&small, ulps(wks_math_exp(near), expl((long double)near)));
        raise_to(&subnormal, ulps(wks_math_exp(low), expl((long double)low)));
    }
    print_message("exp: %.3f ulp over the range, %.3f near 0, %.3f subnormal\n", plain, small, subnormal);
    assert_true(plain < 0.70 && small < 0.70 && subnormal < 1.01);
}

static void log_against_long_double_within_bound(void **unused)
{
    (void)unused;
    skip_without_long_double();
    double plain = 0.0, near_one = 0.0, subnormal = 0.0;
    state = 2;
    for (int i = 0; i < N_ARGUMENTS; i++) {
        const double x = next_positive(), near = next_uniform(0.5, 2.0), tiny = from_bits(next_bits() >> 12 | 1);
        raise_to(&plain, ulps(wks_math_log(x), logl((long double)x)));
        raise_to(&near_one, ulps(wks_math_log(near), logl((long double)near)));
        raise_to(&subnormal, ulps(wks_math_log(tiny), logl((long double)tiny)));
    }
    print_message("log: %.3f ulp over the range, %.3f from 1/2 to 2, %.3f subnormal\n", plain, near_one, subnormal);
    assert_true(plain < 0.90 && near_one < 0.90 && subnormal < 0.90);
}

static void pow_against_long_double_within_bound(void **unused)
{
    (void)unused;
    skip_without_long_double();
    double plain = 0.0, extreme = 0.0;
    state = 3;
    for (int i = 0; i < N_ARGUMENTS; i++) {
        const double x = next_uniform(0.0, 10.0), y = next_uniform(-20.0, 20.0), base = next_positive();
        const double large = next_uniform(-700.0, 700.0) / log(base);
        raise_to(&plain, ulps(wks_math_pow(x, y), powl((long double)x, (long double)y)));
        raise_to(&extreme, ulps(wks_math_pow(base, large), powl((long double)base, (long double)large)));
    }
    print_message("pow: %.3f ulp for common arguments, %.3f with results up to e^700\n", plain, extreme);
    assert_true(plain < 0.80 && extreme < 0.80);
}

static void expm1_log1p_against_long_double_within_bound(void **unused)
{
    (void)unused;
    skip_without_long_double();
    double worst_expm1 = 0.0, worst_log1p = 0.0;
    state = 4;
    for (int i = 0; i < N_ARGUMENTS; i++) {
        const double sign = (i & 1) != 0 ? -1.0 : 1.0, tiny = sign * exp(next_uniform(-40.0, 0.0)), x = next_uniform(-5.0, 50.0);
        const double over = next_uniform(-0.999, 50.0);
        raise_to(&worst_expm1, ulps(wks_math_expm1(tiny), expm1l((long double)tiny)));
        raise_to(&worst_expm1, ulps(wks_math_expm1(x), expm1l((long double)x)));
        raise_to(&worst_log1p, ulps(wks_math_log1p(tiny), log1pl((long double)tiny)));
        raise_to(&worst_log1p, ulps(wks_math_log1p(over), log1pl((long double)over)));
    }
    print_message("expm1: %.3f ulp; log1p: %.3f ulp\n", worst_expm1, worst_log1p);
    assert_true(worst_expm1 < 3.0 && worst_log1p < 2.0);
}

static void assert_same(double got, double want)
{
    if (isnan(want)) {
        assert_true(isnan(got));
    } else {
        assert_true(to_bits(got) == to_bits(want));
    }
}

static void exp_extreme_arguments_limits(void **unused)
{
    (void)unused;
    assert_same(wks_math_exp(0.0), 1.0);
    assert_same(wks_math_exp(-0.0), 1.0);
    assert_same(wks_math_exp(0x1p-1074), 1.0);
    assert_same(wks_math_exp((double)INFINITY), (double)INFINITY);
    assert_same(wks_math_exp(-(double)INFINITY), 0.0);
    assert_same(wks_math_exp((double)NAN), (double)NAN);
    assert_same(wks_math_exp(-(double)NAN), (double)NAN);
    assert_same(wks_math_exp(1e308), (double)INFINITY);
    assert_same(wks_math_exp(-1e308), 0.0);
    assert_true(isfinite(wks_math_exp(0x1.62e42fefa39efp9)));                   /* log of the largest double */
    assert_same(wks_math_exp(0x1.62e42fefa39fp9), (double)INFINITY);            /* the next argument */
    assert_same(wks_math_exp(-0x1.74910d52d3051p9), 0x1p-1074);                 /* the last argument with a positive answer */
    assert_same(wks_math_exp(-0x1.74910d52d3052p9), 0.0);                       /* the next one */
    assert_true(wks_math_exp(-708.0) >= DBL_MIN && wks_math_exp(-709.0) > 0.0); /* both sides of the border between the two ways */
}

static void log_extreme_arguments_limits(void **unused)
{
    (void)unused;
    assert_same(wks_math_log(1.0), 0.0);
    assert_same(wks_math_log(0.0), -(double)INFINITY);
    assert_same(wks_math_log(-0.0), -(double)INFINITY);
    assert_same(wks_math_log(-0x1p-1074), (double)NAN);
    assert_same(wks_math_log(-1.0), (double)NAN);
    assert_same(wks_math_log(-(double)INFINITY), (double)NAN);
    assert_same(wks_math_log((double)NAN), (double)NAN);
    assert_same(wks_math_log((double)INFINITY), (double)INFINITY);
    assert_close(wks_math_log(DBL_MAX), 709.782712893384, 1e-15, 0.0);
    assert_close(wks_math_log(0x1p-1074), -744.44007192138127, 1e-15, 0.0);
    assert_close(wks_math_log(2.0), 0.69314718055994530942, 2e-16, 0.0);
    assert_close(wks_math_log(1.0 + 0x1p-52), 0x1p-52, 1e-15, 0.0);
}

static void pow_extreme_arguments_limits(void **unused)
{
    (void)unused;
    const double infinity = (double)INFINITY, nan = (double)NAN;
    assert_same(wks_math_pow(0.0, 0.0), 1.0);
    assert_same(wks_math_pow(nan, 0.0), 1.0);
    assert_same(wks_math_pow(1.0, nan), 1.0);
    assert_same(wks_math_pow(1.0, infinity), 1.0);
    assert_same(wks_math_pow(nan, 1.0), nan);
    assert_same(wks_math_pow(2.0, nan), nan);
    assert_same(wks_math_pow(-2.0, 2.0), nan);
    assert_same(wks_math_pow(0.0, 0.3), 0.0);
    assert_same(wks_math_pow(0.0, -0.3), infinity);
    assert_same(wks_math_pow(infinity, 0.3), infinity);
    assert_same(wks_math_pow(infinity, -0.3), 0.0);
    assert_same(wks_math_pow(2.0, infinity), infinity);
    assert_same(wks_math_pow(2.0, -infinity), 0.0);
    assert_same(wks_math_pow(0.5, infinity), 0.0);
    assert_same(wks_math_pow(1.0 + 0x1p-52, 1e300), infinity);
    assert_same(wks_math_pow(1.0 - 0x1p-53, 1e300), 0.0);
    assert_same(wks_math_pow(2.0, 1024.0), infinity);
    assert_same(wks_math_pow(2.0, -1074.0), 0x1p-1074);
    assert_same(wks_math_pow(2.0, -1080.0), 0.0);
    for (int k = -1074; k <= 1023; k++)
        assert_same(wks_math_pow(2.0, (double)k), ldexp(1.0, k)); /* exact answers come out exact */
    assert_same(wks_math_pow(10.0, 15.0), 1e15);
    assert_same(wks_math_pow(9.0, 0.5), 3.0);
}

static void arrays_any_arguments_same_bits_as_single(void **unused)
{
    (void)unused;
    enum { N = 1003 }; /* not a multiple of any vector width */
    static double x[N], by_exp[N], by_log[N];
    const double special[] = {0.0,
                              -0.0,
                              (double)INFINITY,
                              -(double)INFINITY,
                              (double)NAN,
                              -1.0,
                              0x1p-1074,
                              DBL_MIN,
                              DBL_MAX,
                              -DBL_MAX,
                              709.0,
                              -709.0,
                              710.5,
                              -745.2,
                              -800.0,
                              1e-300};
    state = 5;
    for (int i = 0; i < N; i++) {
        x[i] = (i & 1) != 0 ? from_bits(next_bits()) : next_uniform(-720.0, 720.0); /* any bits: subnormal, negative, NaN too */
        if (i % 60 == 0) x[i] = special[(size_t)(i / 60) % (sizeof special / sizeof *special)];
    }
    wks_math_exp_array(x, by_exp, N);
    wks_math_log_array(x, by_log, N);
    for (int i = 0; i < N; i++) {
        assert_same(by_exp[i], wks_math_exp(x[i]));
        assert_same(by_log[i], wks_math_log(x[i]));
        if (i % 3 == 0) x[i] *= 0.001; /* also where the series of expm1 is used */
    }
    wks_math_expm1_array(x, by_exp, N);
    for (int i = 0; i < N; i++)
        assert_same(by_exp[i], wks_math_expm1(x[i]));
    wks_math_exp_array(x, by_exp, 0);
}

static uint64_t mix(uint64_t hash, double x)
{
    return (hash ^ to_bits(x)) * 0x100000001b3U;
}

/* The hashes were computed once with gcc -O2; equal ones from clang, -O0, -O3, -march=native and masked processors are the point. */
static void functions_fixed_arguments_same_bits_everywhere(void **unused)
{
    (void)unused;
    uint64_t exp_hash = 0, log_hash = 0, pow_hash = 0, other_hash = 0;
    state = 6;
    for (int i = 0; i < N_ARGUMENTS; i++) {
        const double u = next_uniform(-740.0, 709.0), v = next_uniform(-3.0, 3.0), x = next_positive(), p = next_uniform(0.0, 1.0);
        exp_hash = mix(mix(exp_hash, wks_math_exp(u)), wks_math_exp(v));
        log_hash = mix(mix(log_hash, wks_math_log(x)), wks_math_log(p + 0.5));
        pow_hash = mix(mix(pow_hash, wks_math_pow(p, v)), wks_math_pow(x, v * 0.1));
        other_hash = mix(mix(mix(other_hash, wks_math_logistic(v)), wks_math_monthly(p)), wks_math_log1p(v * 0.3));
    }
    print_message("hashes: exp %016llx, log %016llx, pow %016llx, other %016llx\n", (unsigned long long)exp_hash,
                  (unsigned long long)log_hash, (unsigned long long)pow_hash, (unsigned long long)other_hash);
    assert_true(exp_hash == UINT64_C(0xe9cc1812acb99593));
    assert_true(log_hash == UINT64_C(0xaeda4a0b3be989d1));
    assert_true(pow_hash == UINT64_C(0xf766ef9dae235b53));
    assert_true(other_hash == UINT64_C(0x7b0f6443fa73fd83));
}

static void exp_log_growing_arguments_monotone(void **unused)
{
    (void)unused;
    double last_exp = 0.0, last_log = -(double)INFINITY;
    for (int i = -70000; i <= 70000; i++) {
        const double e = wks_math_exp((double)i * 0.01), l = wks_math_log(((double)i + 70001.0) * 0x1p-14);
        assert_true(e > last_exp);
        assert_true(l > last_log);
        last_exp = e;
        last_log = l;
    }
}

static void logistic_both_sides_symmetric_and_bounded(void **unused)
{
    (void)unused;
    assert_same(wks_math_logistic(0.0), 0.5);
    assert_same(wks_math_logistic((double)INFINITY), 1.0);
    assert_same(wks_math_logistic(-(double)INFINITY), 0.0);
    assert_same(wks_math_logistic((double)NAN), (double)NAN);
    assert_close(wks_math_logistic(-700.0), 9.8596765437597708567e-305, 4e-16, 0.0); /* e^-700: small answers keep their precision */
    assert_close(wks_math_logistic(1.0), 0.73105857863000487926, 4e-16, 0.0);
    state = 7;
    for (int i = 0; i < 10000; i++) {
        const double x = next_uniform(-50.0, 50.0);
        assert_close(wks_math_logistic(x) + wks_math_logistic(-x), 1.0, 4e-16, 0.0);
    }
}

static void monthly_any_probability_compounds_to_the_year(void **unused)
{
    (void)unused;
    assert_same(wks_math_monthly(0.0), 0.0);
    assert_same(wks_math_monthly(1.0), 1.0);
    skip_without_long_double();
    state = 8;
    for (int i = 0; i < 10000; i++) {
        const double p = (i & 1) != 0 ? next_uniform(0.0, 1.0) : exp(next_uniform(-40.0, -0.001));
        const long double year = -expm1l(12.0L * log1pl(-(long double)wks_math_monthly(p)));
        assert_close((double)year, p, 2e-15, 0.0);
    }
}

static void monthly_errors_outside_nan(void **unused)
{
    (void)unused;
    assert_same(wks_math_monthly(-1e-9), (double)NAN);
    assert_same(wks_math_monthly(1.0 + 0x1p-52), (double)NAN);
    assert_same(wks_math_monthly((double)NAN), (double)NAN);
    assert_same(wks_math_log1p(-1.0), -(double)INFINITY);
    assert_same(wks_math_log1p(-1.5), (double)NAN);
    assert_same(wks_math_log1p((double)NAN), (double)NAN);
    assert_same(wks_math_log1p((double)INFINITY), (double)INFINITY);
    assert_same(wks_math_expm1((double)NAN), (double)NAN);
    assert_same(wks_math_expm1(-(double)INFINITY), -1.0);
}

static void clamp_inside_outside_nan_limits(void **unused)
{
    (void)unused;
    assert_same(wks_math_clamp(0.5, 0.0, 1.0), 0.5);
    assert_same(wks_math_clamp(-0.5, 0.0, 1.0), 0.0);
    assert_same(wks_math_clamp(1.5, 0.0, 1.0), 1.0);
    assert_same(wks_math_clamp((double)INFINITY, 0.0, 1.0), 1.0);
    assert_same(wks_math_clamp((double)NAN, 0.0, 1.0), (double)NAN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_against_long_double_within_bound),
        cmocka_unit_test(log_against_long_double_within_bound),
        cmocka_unit_test(pow_against_long_double_within_bound),
        cmocka_unit_test(expm1_log1p_against_long_double_within_bound),
        cmocka_unit_test(exp_extreme_arguments_limits),
        cmocka_unit_test(log_extreme_arguments_limits),
        cmocka_unit_test(pow_extreme_arguments_limits),
        cmocka_unit_test(arrays_any_arguments_same_bits_as_single),
        cmocka_unit_test(functions_fixed_arguments_same_bits_everywhere),
        cmocka_unit_test(exp_log_growing_arguments_monotone),
        cmocka_unit_test(logistic_both_sides_symmetric_and_bounded),
        cmocka_unit_test(monthly_any_probability_compounds_to_the_year),
        cmocka_unit_test(monthly_errors_outside_nan),
        cmocka_unit_test(clamp_inside_outside_nan_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
