/* fit/history: what is left holds the truth, its volume is the known one, nothing fits when nothing can, threads do not matter. */
#include "fit/history.h"

#include "base/rng.h"
#include "num/draw.h"
#include "num/math.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/fixture_linear.h"

enum { P = LINEAR_PARAMETERS };

static const wks_history_options usual = {.waves = 3, .points = 40, .cutoff = 3.0, .nth = 1, .seed = 5, .threads = 2};

static void match(const wks_history_options *options, const wks_archive_target *target, wks_archive *archive, wks_history *history)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_archive_init(archive, P, target, LINEAR_TARGETS, linear_evaluate, NULL, &err), &err);
    assert_ok(wks_history_match(archive, options, history, &err), &err);
}

/* Share of the cube where the model itself is within the cutoff: counted at keyed points. */
static double exact_volume(const wks_archive_target *target, double cutoff)
{
    enum { MANY = 400000 };
    const wks_rng_seed key = wks_rng_seed_make(3, 0);
    wks_rng rng = wks_rng_open(&key, 0, 0, WKS_RNG_TEST);
    int n = 0;

    for (int i = 0; i < MANY; i++) {
        double x[P];
        bool is_in = true;
        for (int k = 0; k < P; k++)
            x[k] = wks_rng_u01(&rng);
        for (int t = 0; t < LINEAR_TARGETS - 1; t++)
            is_in = is_in && wks_archive_square(&target[t], linear_outcome(x, t), linear_mc_variance, 0.0) <= cutoff * cutoff;
        n += is_in;
    }
    return (double)n / MANY;
}

static void volume_left_is_the_known_one(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_history history;
    int32_t row[200];

    linear_targets(truth, target);
    match(&usual, target, &archive, &history);
    assert_int_equal(history.n_waves, 3);
    assert_int_equal(archive.n, 120);
    assert_close(history.wave[2].volume, exact_volume(target, 3.0), 0.15, 0.0);
    assert_true(history.wave[0].check[0].q2 > 0.999);
    assert_int_equal(history.wave[0].check[0].n_points, 40);
    assert_int_equal(history.wave[0].check[3].n_points, 0); /* held out: no emulator */
    /* The emulators know a plane exactly after wave 1, so that what is run in waves 2 and 3 fits. */
    assert_true(wks_history_set(&archive, 3.0, 1, row) >= 78);
    wks_history_free(&history);
    wks_archive_free(&archive);
}

/* A model that bends, with noise that the variances tell: outcomes exp(x0) + x1, x1^2 + x2, sin-like x2 x0, all. */
static wks_status bent_evaluate(const double *point, int32_t n_points, double *mean, double *variance, void *context, wks_err *err)
{
    const wks_rng_seed key = wks_rng_seed_make(21, 0);

    (void)context;
    (void)err;
    for (int32_t i = 0; i < n_points; i++) {
        const double *x = point + i * P;
        uint64_t bits;
        memcpy(&bits, &x[0], sizeof bits);
        wks_rng rng = wks_rng_open(&key, bits, 0, WKS_RNG_TEST);
        const double exact[LINEAR_TARGETS] = {wks_math_exp(2.0 * x[0]) + x[1], x[1] * x[1] + x[2], 2.0 * x[2] * x[0] + x[0], x[0] + x[1]};
        for (int t = 0; t < LINEAR_TARGETS; t++) {
            mean[i * LINEAR_TARGETS + t] = exact[t] + 0.02 * wks_draw_normal(&rng);
            variance[i * LINEAR_TARGETS + t] = 0.0004;
        }
    }
    return WKS_OK;
}

static void truth_is_not_ruled_out(void **unused)
{
    (void)unused;
    enum { TRUTHS = 20 };
    int n_inside = 0;

    for (uint64_t s = 0; s < TRUTHS; s++) {
        wks_err err = WKS_ERR_INIT;
        const wks_rng_seed key = wks_rng_seed_make(31, 0);
        wks_rng rng = wks_rng_open(&key, s, 0, WKS_RNG_TEST);
        wks_archive archive;
        wks_history history;
        wks_archive_target target[LINEAR_TARGETS];
        double truth[P], mean[LINEAR_TARGETS], variance[LINEAR_TARGETS], low[P], high[P];
        int32_t row[200];
        for (int k = 0; k < P; k++)
            truth[k] = 0.1 + 0.8 * wks_rng_u01(&rng);
        assert_ok(bent_evaluate(truth, 1, mean, variance, NULL, &err), &err);
        for (int t = 0; t < LINEAR_TARGETS; t++) {
            const double noise = 0.05 * wks_draw_normal(&rng);
            target[t] = (wks_archive_target){.value = mean[t] + noise, .variance = 0.0025, .is_held_out = t == 3};
        }
        assert_ok(wks_archive_init(&archive, P, target, LINEAR_TARGETS, bent_evaluate, NULL, &err), &err);
        assert_ok(wks_history_match(&archive, &usual, &history, &err), &err);
        assert_false(history.is_empty);
        assert_true(history.wave[2].volume < 0.05);
        assert_true(history.wave[2].volume <= 1.1 * history.wave[0].volume); /* each is an estimate */
        const int32_t n = wks_history_set(&archive, 3.0, 1, row);
        assert_true(n >= 20);
        bool is_inside = true;
        for (int k = 0; k < P; k++) {
            low[k] = 1.0;
            high[k] = 0.0;
            for (int32_t i = 0; i < n; i++) {
                const double x = archive.point[row[i] * P + k];
                low[k] = x < low[k] ? x : low[k];
                high[k] = x > high[k] ? x : high[k];
            }
            is_inside = is_inside && low[k] <= truth[k] && truth[k] <= high[k];
        }
        n_inside += is_inside;
        wks_history_free(&history);
        wks_archive_free(&archive);
    }
    /* a cutoff of 3 errors rules the truth out once in a hundred or less; 18 is the house's "9 in 10" */
    assert_in_range(n_inside, 18, TRUTHS);
}

static void target_out_of_reach_empty(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_history history;
    int32_t row[200];

    linear_targets(truth, target);
    target[0].value = 9.0;
    match(&usual, target, &archive, &history);
    assert_true(history.is_empty);
    assert_int_equal(history.n_waves, 1);
    assert_true(history.wave[0].volume == 0.0);
    assert_int_equal(wks_history_set(&archive, 3.0, 1, row), 0);
    wks_history_free(&history);
    wks_archive_free(&archive);
}

static void second_worst_forgives_one_target(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_history_options options = usual;
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_history history;
    int32_t row[200];

    linear_targets(truth, target);
    target[0].value = 9.0;
    options.nth = 2;
    match(&options, target, &archive, &history);
    assert_false(history.is_empty);
    assert_int_equal(wks_history_set(&archive, 3.0, 1, row), 0);
    assert_true(wks_history_set(&archive, 3.0, 2, row) > 70);
    wks_history_free(&history);
    wks_archive_free(&archive);
}

static void goes_on_until_enough_fit(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_history_options options = usual;
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_history history;
    int32_t row[400];

    linear_targets(truth, target);
    options.waves = 1;
    options.wanted = 100;
    options.evaluations = 400;
    match(&options, target, &archive, &history);
    assert_in_range(wks_history_set(&archive, 3.0, 1, row), 100, 160);
    assert_true(archive.n < 200);
    wks_history_free(&history);
    options.evaluations = 70;
    wks_archive_free(&archive);
    match(&options, target, &archive, &history);
    assert_int_equal(archive.n, 70);
    wks_history_free(&history);
    wks_archive_free(&archive);
}

static void threads_same_bytes(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive[2];
    wks_history history[2];
    wks_history_options options = usual;

    linear_targets(truth, target);
    for (int k = 0; k < 2; k++) {
        options.threads = k == 0 ? 1 : 3;
        match(&options, target, &archive[k], &history[k]);
    }
    assert_int_equal(archive[0].n, archive[1].n);
    assert_memory_equal(archive[0].point, archive[1].point, (size_t)archive[0].n * P * sizeof(double));
    for (int w = 0; w < 3; w++)
        assert_true(history[0].wave[w].volume == history[1].wave[w].volume);
    for (int k = 0; k < 2; k++) {
        wks_history_free(&history[k]);
        wks_archive_free(&archive[k]);
    }
}

static wks_status mostly_nothing(const double *point, int32_t n_points, double *mean, double *variance, void *context, wks_err *err)
{
    const wks_status rc = linear_evaluate(point, n_points, mean, variance, context, err);

    for (int32_t i = 4; i < n_points; i++)
        mean[i * LINEAR_TARGETS] = (double)NAN;
    return rc;
}

static void history_errors(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];
    wks_archive archive;
    wks_history history;
    wks_history_options options = usual;

    linear_targets(truth, target);
    assert_ok(wks_archive_init(&archive, P, target, LINEAR_TARGETS, mostly_nothing, NULL, &err), &err);
    options.points = 11;
    assert_status(wks_history_match(&archive, &options, &history, &err), WKS_ERR_USAGE, &err);
    wks_history_free(&history);
    err = WKS_ERR_INIT;
    assert_status(wks_history_match(&archive, &usual, &history, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "4 points have all fitted targets");
    wks_history_free(&history);
    wks_archive_free(&archive);
}

static wks_status small_run(void *context, wks_err *err)
{
    const wks_history_options options = {.waves = 1, .points = 12, .cutoff = 3.0, .nth = 1, .seed = 5, .threads = 1};
    wks_archive archive;
    wks_history history = {0};
    wks_status rc = wks_archive_init(&archive, P, context, LINEAR_TARGETS, linear_evaluate, NULL, err);

    if (rc == WKS_OK) rc = wks_history_match(&archive, &options, &history, err);
    wks_history_free(&history);
    wks_archive_free(&archive);
    return rc;
}

static void history_without_memory_nomem(void **unused)
{
    (void)unused;
    const double truth[P] = {0.45, 0.55, 0.5};
    wks_archive_target target[LINEAR_TARGETS];

    linear_targets(truth, target);
    assert_true(wks_chaos_run(small_run, target) > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(volume_left_is_the_known_one),
        cmocka_unit_test(truth_is_not_ruled_out),
        cmocka_unit_test(target_out_of_reach_empty),
        cmocka_unit_test(second_worst_forgives_one_target),
        cmocka_unit_test(goes_on_until_enough_fit),
        cmocka_unit_test(threads_same_bytes),
        cmocka_unit_test(history_errors),
        cmocka_unit_test(history_without_memory_nomem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
