/* fit/search and fit/optimum: known minima, the same path every time, errors, agreement of starts. */
#include "fit/search.h"

#include "fit/optimum.h"
#include "support/check.h"
#include "support/fixture_linear.h"

/* Two hollows in the unit square: a wide one of depth 0.5 near (0.2, 0.2), a narrow one of depth 1 at (0.75, 0.6). */
static wks_status hollows(const double *x, double *value, void *context, wks_err *err)
{
    const double a = (x[0] - 0.2) * (x[0] - 0.2) + (x[1] - 0.2) * (x[1] - 0.2),
                 b = (x[0] - 0.75) * (x[0] - 0.75) + (x[1] - 0.6) * (x[1] - 0.6);
    int *calls = context;

    if (calls != NULL && (*calls)++ == 5) return wks_err_set(err, WKS_ERR_STOPPED, "stopped");
    *value = a < b ? a - 0.5 : 4.0 * b - 1.0;
    return WKS_OK;
}

static void search_global_finds_the_deep_hollow(void **unused)
{
    (void)unused;
    const wks_search_method method[] = {WKS_SEARCH_CRS, WKS_SEARCH_ISRES};

    for (int m = 0; m < 2; m++) {
        for (uint64_t seed = 1; seed <= 5; seed++) {
            wks_err err = WKS_ERR_INIT;
            wks_search_result result;
            double x[2] = {0.1, 0.1};
            const wks_search_options options = {
                .method = method[m], .dimension = 2, .evaluations = 3000, .tolerance = 1e-4, .value_tolerance = 1e-6, .seed = seed};
            assert_ok(wks_search_minimise(hollows, NULL, &options, x, &result, &err), &err);
            assert_close(x[0], 0.75, 0.0, 0.03); /* within the deep hollow, near its bottom */
            assert_close(x[1], 0.6, 0.0, 0.03);
            assert_true(result.n_evaluations <= 3000);
        }
    }
}

static void search_local_stays_in_its_hollow(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_search_result result;
    double x[2] = {0.1, 0.1};
    const wks_search_options options = {
        .method = WKS_SEARCH_BOBYQA, .dimension = 2, .evaluations = 200, .step = 0.1, .tolerance = 1e-5, .value_tolerance = 1e-9};

    assert_ok(wks_search_minimise(hollows, NULL, &options, x, &result, &err), &err);
    assert_true(result.is_converged);
    assert_close(x[0], 0.2, 0.0, 1e-3);
    assert_close(result.value, -0.5, 0.0, 1e-6);
}

static wks_status parabola(const double *x, double *value, void *context, wks_err *err)
{
    (void)context;
    (void)err;
    *value = (x[0] - 0.3) * (x[0] - 0.3);
    return WKS_OK;
}

static void search_one_dimension_finds(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_search_result result;
    double x = 0.9;
    const wks_search_options options = {.method = WKS_SEARCH_BOBYQA, .dimension = 1, .evaluations = 100, .tolerance = 1e-5};

    assert_ok(wks_search_minimise(parabola, NULL, &options, &x, &result, &err), &err);
    assert_close(x, 0.3, 0.0, 1e-3);
}

static void search_errors_come_back(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_search_result result;
    double x[2] = {0.1, 0.1};
    int calls = 0;
    const wks_search_options options = {.method = WKS_SEARCH_CRS, .dimension = 2, .evaluations = 200, .seed = 1};

    assert_status(wks_search_minimise(hollows, &calls, &options, x, &result, &err), WKS_ERR_STOPPED, &err);
    assert_int_equal(calls, 6);
}

static void find(wks_search_method method, int32_t evaluations, const double *truth, wks_archive *archive, wks_archive_target *target,
                 wks_optimum *optimum)
{
    wks_err err = WKS_ERR_INIT;
    const wks_optimum_options options = {.method = method, .evaluations = evaluations, .starts = 3, .seed = 4};

    linear_targets(truth, target);
    assert_ok(wks_archive_init(archive, LINEAR_PARAMETERS, target, LINEAR_TARGETS, linear_evaluate, NULL, &err), &err);
    assert_ok(wks_optimum_find(archive, &options, optimum, &err), &err);
}

static void optimum_finds_the_truth(void **unused)
{
    (void)unused;
    const double truth[LINEAR_PARAMETERS] = {0.3, 0.6, 0.55};
    const struct {
        wks_search_method method;
        int32_t evaluations;
    } cases[] = {{WKS_SEARCH_BOBYQA, 240}, {WKS_SEARCH_CRS, 6000}, {WKS_SEARCH_ISRES, 9000}};

    for (int c = 0; c < 3; c++) {
        wks_archive archive;
        wks_archive_target target[LINEAR_TARGETS];
        wks_optimum optimum;
        find(cases[c].method, cases[c].evaluations, truth, &archive, target, &optimum);
        for (int k = 0; k < LINEAR_PARAMETERS; k++)
            assert_close(archive.point[optimum.best * LINEAR_PARAMETERS + k], truth[k], 0.0, 0.02);
        assert_int_equal(optimum.n_paths, 3);
        assert_int_equal(optimum.n_agree, 3);
        assert_true(archive.n <= cases[c].evaluations);
        assert_int_equal(3 + optimum.path[0].n + optimum.path[1].n + optimum.path[2].n, archive.n);
        assert_int_equal(archive.stage[2], 0);
        assert_int_equal(archive.stage[optimum.path[1].first], 2);
        if (c == 0) assert_true(optimum.path[0].is_converged);
        wks_optimum_free(&optimum);
        wks_archive_free(&archive);
    }
}

static void optimum_twice_the_same_path(void **unused)
{
    (void)unused;
    const double truth[LINEAR_PARAMETERS] = {0.3, 0.6, 0.55};
    const wks_search_method method[] = {WKS_SEARCH_BOBYQA, WKS_SEARCH_CRS, WKS_SEARCH_ISRES};

    for (int m = 0; m < 3; m++) {
        wks_archive archive[2];
        wks_archive_target target[2][LINEAR_TARGETS];
        wks_optimum optimum[2];
        for (int k = 0; k < 2; k++)
            find(method[m], 600, truth, &archive[k], target[k], &optimum[k]);
        assert_int_equal(archive[0].n, archive[1].n);
        assert_memory_equal(archive[0].point, archive[1].point, (size_t)archive[0].n * LINEAR_PARAMETERS * sizeof(double));
        for (int k = 0; k < 2; k++) {
            wks_optimum_free(&optimum[k]);
            wks_archive_free(&archive[k]);
        }
    }
}

static void optimum_errors_too_few_evaluations(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    const double truth[LINEAR_PARAMETERS] = {0.3, 0.6, 0.55};
    wks_archive archive;
    wks_archive_target target[LINEAR_TARGETS];
    wks_optimum optimum;
    const wks_optimum_options options = {.method = WKS_SEARCH_BOBYQA, .evaluations = 20, .starts = 3, .seed = 4};

    linear_targets(truth, target);
    assert_ok(wks_archive_init(&archive, LINEAR_PARAMETERS, target, LINEAR_TARGETS, linear_evaluate, NULL, &err), &err);
    assert_status(wks_optimum_find(&archive, &options, &optimum, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "expected at least 24");
    wks_optimum_free(&optimum);
    wks_archive_free(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_global_finds_the_deep_hollow),
        cmocka_unit_test(search_local_stays_in_its_hollow),
        cmocka_unit_test(search_one_dimension_finds),
        cmocka_unit_test(search_errors_come_back),
        cmocka_unit_test(optimum_finds_the_truth),
        cmocka_unit_test(optimum_twice_the_same_path),
        cmocka_unit_test(optimum_errors_too_few_evaluations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
