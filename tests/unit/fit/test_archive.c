/* fit/archive: distances and implausibility by hand, what is not defined, held-out targets, errors of the callback. */
#include "fit/archive.h"

#include "support/chaos.h"
#include "support/check.h"
#include "support/fixture_linear.h"

static const double NOT_DEFINED = (double)NAN;

/* Outcomes (x, 10 x) with variances (0.04, NaN). */
static wks_status two_outcomes(const double *point, int32_t n_points, double *mean, double *variance, void *context, wks_err *err)
{
    if (context != NULL) return wks_err_set(err, WKS_ERR_STOPPED, "stopped");
    for (int32_t i = 0; i < n_points; i++) {
        mean[2 * i] = point[i] > 0.85 ? NOT_DEFINED : point[i];
        mean[2 * i + 1] = 10.0 * point[i];
        variance[2 * i] = 0.04;
        variance[2 * i + 1] = NOT_DEFINED;
    }
    return WKS_OK;
}

static void distance_by_hand(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_archive archive;
    const wks_archive_target target[2] = {{.value = 0.5, .variance = 0.05}, {.value = 8.0, .variance = 4.0}};
    const double point[] = {0.2, 0.8, 0.9};

    assert_ok(wks_archive_init(&archive, 1, target, 2, two_outcomes, NULL, &err), &err);
    assert_ok(wks_archive_add(&archive, point, 2, 1, &err), &err);
    assert_ok(wks_archive_add(&archive, point + 2, 1, 7, &err), &err);
    assert_int_equal(archive.n, 3);
    assert_int_equal(archive.stage[1], 1);
    assert_int_equal(archive.stage[2], 7);
    /* 0.3^2 / (0.05 + 0.04) + 6^2 / 4 = 1 + 9; a variance that is not known counts as 0 */
    assert_close(archive.distance[0], 10.0, 1e-14, 0.0);
    assert_close(archive.distance[1], 1.0, 1e-14, 0.0);
    assert_true(isinf(archive.distance[2]));
    assert_int_equal(wks_archive_best(&archive), 1);
    assert_close(wks_archive_implausibility(&archive, 0, 1), 3.0, 1e-14, 0.0);
    assert_close(wks_archive_implausibility(&archive, 0, 2), 1.0, 1e-14, 0.0);
    assert_true(isinf(wks_archive_implausibility(&archive, 2, 1)));
    wks_archive_free(&archive);
}

static void held_out_target_in_no_distance(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_archive archive;
    const wks_archive_target target[2] = {{.value = 0.5, .variance = 0.05, .is_held_out = true}, {.value = 8.0, .variance = 4.0}};
    const double point[] = {0.9};

    assert_ok(wks_archive_init(&archive, 1, target, 2, two_outcomes, NULL, &err), &err);
    assert_int_equal(wks_archive_fitted(&archive), 1);
    assert_ok(wks_archive_add(&archive, point, 1, 1, &err), &err);
    assert_close(archive.distance[0], 0.25, 1e-14, 0.0);
    assert_close(wks_archive_implausibility(&archive, 0, 1), 0.5, 1e-14, 0.0);
    assert_close(wks_archive_implausibility(&archive, 0, 2), 0.0, 0.0, 0.0);
    wks_archive_free(&archive);
}

static void archive_errors(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_archive archive;
    const wks_archive_target held = {.value = 1.0, .variance = 1.0, .is_held_out = true}, fitted = {.value = 1.0, .variance = 1.0};
    const double point[] = {0.5};
    int stops = 1;

    assert_status(wks_archive_init(&archive, 1, &held, 1, two_outcomes, NULL, &err), WKS_ERR_USAGE, &err);
    err = WKS_ERR_INIT;
    assert_status(wks_archive_init(&archive, 0, &fitted, 1, two_outcomes, NULL, &err), WKS_ERR_USAGE, &err);
    err = WKS_ERR_INIT;
    assert_ok(wks_archive_init(&archive, 1, &fitted, 1, two_outcomes, &stops, &err), &err);
    assert_status(wks_archive_add(&archive, point, 1, 1, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(archive.n, 0);
    wks_archive_free(&archive);
}

/* Outcome x with a variance of its own: 1 at x = 0.25, 3 elsewhere. */
static wks_status uneven(const double *point, int32_t n_points, double *mean, double *variance, void *context, wks_err *err)
{
    (void)context;
    (void)err;
    for (int32_t i = 0; i < n_points; i++) {
        mean[i] = point[i];
        variance[i] = point[i] == 0.25 ? 1.0 : 3.0;
    }
    return WKS_OK;
}

static void monte_carlo_variance_pooled_over_the_rows_asked(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_archive archive;
    const wks_archive_target target = {.value = 1.25, .variance = 2.0};
    const double point[] = {0.25, 0.75, 0.5};
    const int32_t row[] = {1, 2};

    assert_ok(wks_archive_init(&archive, 1, &target, 1, uneven, NULL, &err), &err);
    assert_ok(wks_archive_add(&archive, point, 2, 1, &err), &err);
    assert_ok(wks_archive_add(&archive, point + 2, 1, 2, &err), &err); /* counts by the pool of the first batch, (1 + 3) / 2 */
    assert_close(archive.distance[0], 1.0 / 4.0, 1e-14, 0.0);
    assert_close(archive.distance[1], 0.25 / 4.0, 1e-14, 0.0);
    assert_close(archive.distance[2], 0.5625 / 4.0, 1e-14, 0.0);
    wks_archive_pool(&archive, row, 2);
    assert_close(archive.distance[0], 1.0 / 5.0, 1e-14, 0.0);
    assert_close(wks_archive_implausibility(&archive, 2, 1), 0.75 / sqrt(5.0), 1e-14, 0.0);
    wks_archive_free(&archive);
}

static wks_status fill(void *context, wks_err *err)
{
    const wks_archive_target *target = context;
    const double point[LINEAR_PARAMETERS * 40] = {0.5};
    wks_archive archive;
    wks_status rc = wks_archive_init(&archive, LINEAR_PARAMETERS, target, LINEAR_TARGETS, linear_evaluate, NULL, err);

    for (int k = 0; rc == WKS_OK && k < 3; k++)
        rc = wks_archive_add(&archive, point, 40, k, err);
    wks_archive_free(&archive);
    return rc;
}

static void archive_without_memory_nomem(void **unused)
{
    (void)unused;
    const double truth[LINEAR_PARAMETERS] = {0.3, 0.6, 0.5};
    wks_archive_target target[LINEAR_TARGETS];

    linear_targets(truth, target);
    assert_true(wks_chaos_run(fill, target) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_by_hand),
        cmocka_unit_test(held_out_target_in_no_distance),
        cmocka_unit_test(monte_carlo_variance_pooled_over_the_rows_asked),
        cmocka_unit_test(archive_errors),
        cmocka_unit_test(archive_without_memory_nomem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
