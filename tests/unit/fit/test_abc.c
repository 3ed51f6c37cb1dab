/* fit/abc: the posterior of a linear model with normal errors is known; coverage over many truths; a target out of reach; the same bytes again. */
#include "fit/abc.h"

#include "base/rng.h"
#include "fit/posterior.h"
#include "num/draw.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/fixture_linear.h"

enum { P = LINEAR_PARAMETERS };

typedef wks_status method_call(wks_archive *archive, const wks_abc_options *options, wks_abc *out, wks_err *err);

static const wks_abc_options smc_options = {.accepted = 200, .evaluations = 20000, .generations = 20, .quantile = 0.5, .seed = 9};
static const wks_abc_options reject_options = {.accepted = 200, .evaluations = 60000, .seed = 9};

/* Posterior far from the edges of the cube: precision A' A / v, mean at the truth. Inverts by cofactors. */
static void exact_sd(double variance, double *sd)
{
    double a[3][3] = {{0.0}};

    for (int j = 0; j < 3; j++)
        for (int k = 0; k < 3; k++)
            for (int t = 0; t < LINEAR_TARGETS - 1; t++)
                a[j][k] += linear_slope[t][j] * linear_slope[t][k] / variance;
    const double det = a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
                       a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
    for (int k = 0; k < 3; k++) {
        const int u = (k + 1) % 3, v = (k + 2) % 3;
        sd[k] = sqrt((a[u][u] * a[v][v] - a[u][v] * a[v][u]) / det);
    }
}

static void run(method_call *method, const wks_abc_options *options, wks_archive_target *target, wks_archive *archive, wks_abc *abc)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_archive_init(archive, P, target, LINEAR_TARGETS, linear_evaluate, NULL, &err), &err);
    assert_ok(method(archive, options, abc, &err), &err);
}

static wks_posterior_margin margin(const wks_archive *archive, const wks_abc *abc, int k)
{
    wks_err err = WKS_ERR_INIT;
    wks_posterior_margin m;
    double *value = calloc((size_t)abc->n, sizeof *value);

    for (int32_t i = 0; i < abc->n; i++)
        value[i] = archive->point[abc->row[i] * P + k];
    assert_ok(wks_posterior_summarise(value, abc->weight, abc->n, 0.0, 1.0, &m, &err), &err);
    free(value);
    return m;
}

static void posterior_is_the_known_one(method_call *method, const wks_abc_options *options)
{
    const double truth[P] = {0.45, 0.55, 0.5};
    double sd[P];
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_abc abc;

    linear_targets(truth, target);
    run(method, options, target, &archive, &abc);
    exact_sd(0.01 + linear_mc_variance, sd);
    assert_true(abc.n >= options->accepted);
    assert_true(abc.widened == 1.0);
    assert_true(abc.effective > 60.0);
    for (int k = 0; k < P; k++) {
        const wks_posterior_margin m = margin(&archive, &abc, k);
        /* four standard errors of a mean and of an sd of `effective` draws; the cut at 99 % makes the sd up to 4 % smaller */
        assert_close(m.mean, truth[k], 0.0, 4.0 * sd[k] / sqrt(abc.effective));
        assert_close(m.sd, sd[k], 0.04 + 4.0 / sqrt(2.0 * abc.effective), 0.0);
    }
    wks_abc_free(&abc);
    wks_archive_free(&archive);
}

static void rejection_gives_the_known_posterior(void **unused)
{
    (void)unused;
    posterior_is_the_known_one(wks_abc_reject, &reject_options);
}

static void smc_gives_the_known_posterior(void **unused)
{
    (void)unused;
    posterior_is_the_known_one(wks_abc_smc, &smc_options);
}

/* Truth k and its targets, observed with the error that the targets state. */
static void observe(uint64_t number, double *truth, wks_archive_target *target)
{
    const wks_rng_seed key = wks_rng_seed_make(11, 0);
    wks_rng rng = wks_rng_open(&key, number, 0, WKS_RNG_TEST);

    for (int k = 0; k < P; k++)
        truth[k] = wks_rng_u01(&rng);
    linear_targets(truth, target);
    for (int t = 0; t < LINEAR_TARGETS; t++)
        target[t].value += sqrt(target[t].variance + linear_mc_variance) * wks_draw_normal(&rng);
}

static void smc_intervals_cover(void **unused)
{
    (void)unused;
    enum { TRUTHS = 100 };
    int n_covered = 0;

    for (uint64_t s = 0; s < TRUTHS; s++) {
        double truth[P];
        wks_archive_target target[LINEAR_TARGETS];
        wks_archive archive;
        wks_abc abc;
        observe(s, truth, target);
        run(wks_abc_smc, &smc_options, target, &archive, &abc);
        for (int k = 0; k < P; k++) {
            const wks_posterior_margin m = margin(&archive, &abc, k);
            n_covered += m.low <= truth[k] && truth[k] <= m.high;
        }
        wks_abc_free(&abc);
        wks_archive_free(&archive);
    }
    /* 300 intervals of 95 %: 285, sd 3.8 (more, where the three of a truth hang together: 6.5 at most) */
    assert_in_range(n_covered, 266, 300);
}

static void smc_tolerance_falls_to_the_floor(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_abc abc;
    int32_t n_run = 0;

    linear_targets(truth, target);
    run(wks_abc_smc, &smc_options, target, &archive, &abc);
    assert_true(isinf(abc.generation[0].tolerance));
    for (int32_t g = 1; g < abc.n_generations; g++) {
        assert_true(abc.generation[g].tolerance < abc.generation[g - 1].tolerance);
        assert_true(abc.generation[g].n_kept >= smc_options.accepted);
    }
    for (int32_t g = 0; g < abc.n_generations; g++)
        n_run += abc.generation[g].n_run;
    assert_int_equal(n_run, archive.n);
    /* chi-square of 3 degrees of freedom, 99 % (any table) */
    assert_close(abc.tolerance, 11.344866730144373, 1e-9, 0.0);
    for (int32_t i = 0; i < abc.n; i++)
        assert_true(archive.distance[abc.row[i]] <= abc.tolerance);
    wks_abc_free(&abc);
    wks_archive_free(&archive);
}

static void target_out_of_reach_widened(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_abc abc;

    linear_targets(truth, target);
    target[0].value = 9.0; /* at most 3.5 in the cube: 54 errors off */
    run(wks_abc_smc, &smc_options, target, &archive, &abc);
    assert_true(abc.tolerance > wks_abc_floor(3));
    assert_close(abc.widened, abc.tolerance / wks_abc_floor(3), 1e-12, 0.0);
    wks_abc_free(&abc);
    wks_archive_free(&archive);
}

static void smc_twice_the_same_bytes_other_seed_others(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive[3];
    wks_abc abc[3];
    wks_abc_options options = smc_options;

    linear_targets(truth, target);
    for (int k = 0; k < 3; k++) {
        options.seed = k == 2 ? 10 : 9;
        run(wks_abc_smc, &options, target, &archive[k], &abc[k]);
    }
    assert_int_equal(archive[0].n, archive[1].n);
    assert_memory_equal(archive[0].point, archive[1].point, (size_t)archive[0].n * P * sizeof(double));
    assert_memory_equal(abc[0].weight, abc[1].weight, (size_t)abc[0].n * sizeof(double));
    assert_true(memcmp(archive[0].point, archive[2].point, P * sizeof(double)) != 0);
    for (int k = 0; k < 3; k++) {
        wks_abc_free(&abc[k]);
        wks_archive_free(&archive[k]);
    }
}

static wks_status nothing_defined(const double *point, int32_t n_points, double *mean, double *variance, void *context, wks_err *err)
{
    (void)point;
    (void)context;
    (void)err;
    for (int32_t i = 0; i < n_points * LINEAR_TARGETS; i++) {
        mean[i] = (double)NAN;
        variance[i] = 0.0;
    }
    return WKS_OK;
}

static void abc_errors(void **unused)
{
    (void)unused;
    method_call *const method[] = {wks_abc_reject, wks_abc_smc};
    const wks_abc_options options = {.accepted = 10, .evaluations = 100, .generations = 3, .quantile = 0.5},
                          wrong = {.accepted = 10, .evaluations = 9, .generations = 3, .quantile = 0.5};
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];

    linear_targets(truth, target);
    for (int m = 0; m < 2; m++) {
        wks_err err = WKS_ERR_INIT;
        wks_archive archive;
        wks_abc abc;
        assert_ok(wks_archive_init(&archive, P, target, LINEAR_TARGETS, nothing_defined, NULL, &err), &err);
        assert_status(method[m](&archive, &wrong, &abc, &err), WKS_ERR_USAGE, &err);
        wks_abc_free(&abc);
        err = WKS_ERR_INIT;
        assert_status(method[m](&archive, &options, &abc, &err), WKS_ERR_DATA, &err);
        wks_abc_free(&abc);
        wks_archive_free(&archive);
    }
}

static wks_status small_run(void *context, wks_err *err)
{
    const wks_abc_options options = {.accepted = 10, .evaluations = 100, .generations = 3, .quantile = 0.5};
    wks_archive archive;
    wks_abc abc = {0};
    wks_status rc = wks_archive_init(&archive, P, context, LINEAR_TARGETS, linear_evaluate, NULL, err);

    if (rc == WKS_OK) rc = wks_abc_smc(&archive, &options, &abc, err);
    wks_abc_free(&abc);
    wks_archive_free(&archive);
    return rc;
}

static void abc_without_memory_nomem(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];

    linear_targets(truth, target);
    assert_true(wks_chaos_run(small_run, target) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rejection_gives_the_known_posterior),
        cmocka_unit_test(smc_gives_the_known_posterior),
        cmocka_unit_test(smc_intervals_cover),
        cmocka_unit_test(smc_tolerance_falls_to_the_floor),
        cmocka_unit_test(target_out_of_reach_widened),
        cmocka_unit_test(smc_twice_the_same_bytes_other_seed_others),
        cmocka_unit_test(abc_errors),
        cmocka_unit_test(abc_without_memory_nomem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
