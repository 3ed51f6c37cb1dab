/* fit/posterior: by hand. */
#include "fit/posterior.h"

#include "support/check.h"

static void margin_by_hand(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_posterior_margin m;
    const double value[] = {3.0, 1.0, 2.0, 9.0}, weight[] = {1.0, 1.0, 2.0, 0.0};

    assert_ok(wks_posterior_summarise(value, weight, 4, 0.0, 10.0, &m, &err), &err);
    assert_close(m.mean, 2.0, 1e-15, 0.0);
    assert_close(m.sd, sqrt(0.5), 1e-15, 0.0);
    /* middles of the steps: 1 at 0.125, 2 at 0.5, 3 at 0.875 */
    assert_close(m.low, 1.0, 1e-15, 0.0);
    assert_close(m.high, 3.0, 1e-15, 0.0);
    assert_close(m.first, 0.0, 0.0, 0.0);
    assert_ok(wks_posterior_summarise(value, weight, 4, 0.95, 3.0, &m, &err), &err);
    assert_close(m.first, 0.25, 1e-15, 0.0);
    assert_close(m.last, 0.25, 1e-15, 0.0);
}

static void margin_of_many_equal_steps_linear(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_posterior_margin m;
    double value[1000];

    for (int i = 0; i < 1000; i++)
        value[i] = (double)(999 - i) / 999.0;
    assert_ok(wks_posterior_summarise(value, NULL, 1000, 0.0, 1.0, &m, &err), &err);
    /* step i (from 0) has its middle at (i + 0.5) / 1000 */
    assert_close(m.low, 24.5 / 999.0, 1e-12, 0.0);
    assert_close(m.high, 974.5 / 999.0, 1e-12, 0.0);
    assert_close(m.first, 0.1, 1e-12, 0.0);
}

static void correlation_and_effective_number_by_hand(void **unused)
{
    (void)unused;
    const double a[] = {0.0, 1.0, 2.0}, b[] = {5.0, 3.0, 1.0}, c[] = {1.0, 1.0, 1.0}, w[] = {1.0, 2.0, 1.0}, v[] = {1.0, 0.0, 0.0};

    assert_close(wks_posterior_correlation(a, b, w, 3), -1.0, 1e-15, 0.0);
    assert_true(isnan(wks_posterior_correlation(a, c, w, 3)));
    assert_close(wks_posterior_effective(w, 3), 16.0 / 6.0, 1e-15, 0.0);
    assert_close(wks_posterior_effective(v, 3), 1.0, 1e-15, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margin_by_hand),
        cmocka_unit_test(margin_of_many_equal_steps_linear),
        cmocka_unit_test(correlation_and_effective_number_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
