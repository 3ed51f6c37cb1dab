#include "design/sensitivity.h"

#include "base/mem.h"
#include "base/rng.h"
#include "design/design.h"
#include "num/draw.h"
#include "support/chaos.h"
#include "support/check.h"

static const double pi = 3.14159265358979323846;

/* Functions of the unit cube with known indices. */
typedef double function(const double *u);

static double ishigami(const double *u)
{
    const double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x);
}

static const double g_a[] = {0, 1, 4.5, 9};
static double sobol_g(const double *u)
{
    double product = 1;
    for (int i = 0; i < 4; i++)
        product *= (fabs(4 * u[i] - 2) + g_a[i]) / (1 + g_a[i]);
    return product;
}

typedef struct known {
    function *f;
    int k;
    double first[4], total[4], second[4][4];
} known;

static known known_ishigami(void)
{
    const double a = 7, b = 0.1, p4 = pow(pi, 4), p8 = pow(pi, 8);
    const double v = a * a / 8 + b * p4 / 5 + b * b * p8 / 18 + 0.5, v1 = 0.5 * pow(1 + b * p4 / 5, 2), v2 = a * a / 8,
                 v13 = b * b * p8 * (1.0 / 18 - 1.0 / 50);
    return (known){ishigami, 3, {v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}, {{0, 0, v13 / v}}};
}

static known known_g(void)
{
    known out = {.f = sobol_g, .k = 4};
    double product = 1, v[4];
    for (int i = 0; i < 4; i++) {
        v[i] = 1 / (3 * (1 + g_a[i]) * (1 + g_a[i]));
        product *= 1 + v[i];
    }
    for (int i = 0; i < 4; i++) {
        out.first[i] = v[i] / (product - 1);
        out.total[i] = v[i] * product / (1 + v[i]) / (product - 1);
        for (int j = 0; j < 4; j++)
            out.second[i][j] = v[i] * v[j] / (product - 1);
    }
    return out;
}

typedef struct made {
    wks_sensitivity_plan plan;
    double *x, *y;
    wks_sensitivity_row *row;
    size_t n;
} made;

static void make(made *m, wks_sensitivity_method method, int32_t units, int32_t k, uint64_t seed, bool second_order, int32_t replications)
{
    wks_err err = WKS_ERR_INIT;
    *m = (made){.plan = {.method = method,
                         .n_parameters = k,
                         .n_replications = replications,
                         .second_order = second_order,
                         .bootstrap = 400,
                         .seed = seed}};
    m->plan.n_points = units * wks_sensitivity_unit(&m->plan);
    m->x = wks_mem_array((size_t)m->plan.n_points * (size_t)k, sizeof *m->x);
    m->y = wks_mem_array((size_t)m->plan.n_points * (size_t)replications, sizeof *m->y);
    m->plan.x = m->x;
    assert_non_null(m->x);
    assert_non_null(m->y);
    if (method == WKS_SENSITIVITY_MORRIS) assert_ok(wks_design_morris(units, k, 4, 0, seed, m->x, &err), &err);
    if (method == WKS_SENSITIVITY_SALTELLI) assert_ok(wks_design_saltelli(units, k, second_order, seed, m->x, &err), &err);
    if (method == WKS_SENSITIVITY_REGRESSION) assert_ok(wks_design_lhs(units, k, seed, m->x, &err), &err);
    assert_ok(wks_sensitivity_check(&m->plan, &err), &err);
}

static void evaluate(made *m, function *f, double noise)
{
    const wks_rng_seed seed = wks_rng_seed_make(m->plan.seed, 1);
    for (int32_t i = 0; i < m->plan.n_points; i++) {
        for (int32_t r = 0; r < m->plan.n_replications; r++) {
            wks_rng rng = wks_rng_open(&seed, (uint64_t)i, (uint32_t)r, WKS_RNG_TEST);
            m->y[i * m->plan.n_replications + r] = f(m->x + i * m->plan.n_parameters) + noise * wks_draw_normal(&rng);
        }
    }
}

static void analyse(made *m)
{
    wks_err err = WKS_ERR_INIT;
    free(m->row);
    assert_ok(wks_sensitivity_analyse(&m->plan, m->y, WKS_SENSITIVITY_OF_MEAN, &m->row, &m->n, &err), &err);
}

static void done(made *m)
{
    free(m->x);
    free(m->y);
    free(m->row);
}

static const wks_sensitivity_row *find(const made *m, const char *index, int32_t parameter, int32_t second)
{
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->row[i].index, index) == 0 && m->row[i].parameter == parameter && m->row[i].second == second) return &m->row[i];
    }
    fail_msg("no row %s of parameter %d", index, parameter);
    return NULL;
}

static void assert_inside(const wks_sensitivity_row *row, double expected)
{
    if (!(row->ci_low <= expected && expected <= row->ci_high))
        fail_msg("%s of parameter %d: %g not in %g .. %g", row->index, row->parameter, expected, row->ci_low, row->ci_high);
    assert_true(row->ci_low <= row->value && row->value <= row->ci_high);
}

/* ---- Saltelli ---- */

static void saltelli_gives_the_analytic_indices(void **state)
{
    const known all[] = {known_ishigami(), known_g()};
    (void)state;
    for (int f = 0; f < 2; f++) {
        for (uint64_t seed = 1; seed <= 5; seed++) {
            made m;
            make(&m, WKS_SENSITIVITY_SALTELLI, 1024, all[f].k, seed, true, 1);
            evaluate(&m, all[f].f, 0);
            analyse(&m);
            for (int i = 0; i < all[f].k; i++) {
                assert_inside(find(&m, "S1", i, -1), all[f].first[i]);
                assert_inside(find(&m, "ST", i, -1), all[f].total[i]);
                assert_close(find(&m, "S1", i, -1)->value, all[f].first[i], 0, 0.03);
                assert_close(find(&m, "ST", i, -1)->value, all[f].total[i], 0, 0.03);
                for (int j = i + 1; j < all[f].k; j++)
                    assert_inside(find(&m, "S2", i, j), all[f].second[i][j]);
            }
            done(&m);
        }
    }
}

/* Noise of the runs makes every parameter seem to matter (ST); with replications that is taken out again. */
static void saltelli_keeps_the_luck_of_runs_apart(void **state)
{
    const known all = known_ishigami();
    made m;
    (void)state;
    make(&m, WKS_SENSITIVITY_SALTELLI, 1024, 3, 2, false, 4);
    evaluate(&m, ishigami, 4); /* variance of a mean over 4: 4, beside 13.8 */
    analyse(&m);
    const double v = 13.8445875, share = 4 / (v + 4);
    for (int i = 0; i < 3; i++) {
        const wks_sensitivity_row *own = find(&m, "ST_parameters", i, -1), *first = find(&m, "S1_parameters", i, -1);
        assert_close(find(&m, "ST", i, -1)->value, all.total[i] * (1 - share) + share, 0, 0.05);
        assert_close(own->value, all.total[i], 0, 0.06);
        assert_close(first->value, all.first[i], 0, 0.08);
        assert_true(own->mc_low < own->value && own->value < own->mc_high);
    }
    done(&m);
}

/* ---- Morris ---- */

/* Slow reference: the mean and the mean size of the elementary effect over every start of the lattice. */
static void expect_morris(function *f, int k, int which, double *mu, double *mu_star)
{
    enum { P = 4 };
    const double step = P / (2.0 * (P - 1));
    int n = 1, count = 0;
    *mu = *mu_star = 0;
    for (int j = 0; j < k; j++)
        n *= P;
    for (int i = 0; i < n; i++) {
        double low[8], high[8];
        int rest = i;
        for (int j = 0; j < k; j++, rest /= P)
            low[j] = high[j] = (rest % P) / (double)(P - 1);
        if (low[which] > 0.5) continue;
        high[which] += step;
        const double effect = (f(high) - f(low)) / step;
        *mu += effect;
        *mu_star += fabs(effect);
        count++;
    }
    *mu /= count;
    *mu_star /= count;
}

static void morris_covers_the_enumerated_effects(void **state)
{
    enum { SEEDS = 100 };
    const known all[] = {known_ishigami(), known_g()};
    int n = 0, n_covered = 0;
    (void)state;
    for (int f = 0; f < 2; f++) {
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            made m;
            make(&m, WKS_SENSITIVITY_MORRIS, 200, all[f].k, seed, false, 1);
            evaluate(&m, all[f].f, 0);
            analyse(&m);
            for (int i = 0; i < all[f].k; i++) {
                double mu, mu_star;
                expect_morris(all[f].f, all[f].k, i, &mu, &mu_star);
                const wks_sensitivity_row *row = find(&m, "mu_star", i, -1);
                if (row->ci_high - row->ci_low < 1e-9) continue; /* an effect of one size everywhere */
                n++;
                n_covered += row->ci_low <= mu_star && mu_star <= row->ci_high;
                assert_true(fabs(row->value - mu_star) <= 1.2 * (row->ci_high - row->ci_low)); /* 4.7 standard errors */
            }
            done(&m);
        }
    }
    assert_true(n > 5 * SEEDS);
    assert_true(n_covered >= 0.92 * n && n_covered <= 0.985 * n);
}

static double straight(const double *u)
{
    return 3 * u[0] - 2 * u[1] + 0 * u[2];
}

/* A mean of sizes is not negative, and nor is its interval: of three noisy replications it would be. */
static void morris_has_no_interval_below_zero(void **state)
{
    int n_at_zero = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        made m;
        make(&m, WKS_SENSITIVITY_MORRIS, 10, 3, seed, false, 3);
        evaluate(&m, ishigami, 40);
        analyse(&m);
        for (int i = 0; i < 3; i++) {
            const wks_sensitivity_row *star = find(&m, "mu_star", i, -1), *sigma = find(&m, "sigma", i, -1);
            assert_true(star->mc_low >= 0 && sigma->mc_low >= 0 && star->mc_low < star->value && star->value < star->mc_high);
            n_at_zero += !(star->mc_low > 0);
        }
        done(&m);
    }
    assert_true(n_at_zero > 0);
}

static void morris_of_a_straight_function_is_its_slope(void **state)
{
    static const double slope[] = {3, -2, 0};
    made m;
    (void)state;
    make(&m, WKS_SENSITIVITY_MORRIS, 10, 3, 1, false, 1);
    evaluate(&m, straight, 0);
    analyse(&m);
    for (int i = 0; i < 3; i++) {
        assert_close(find(&m, "mu", i, -1)->value, slope[i], 1e-12, 1e-12);
        assert_close(find(&m, "mu_star", i, -1)->value, fabs(slope[i]), 1e-12, 1e-12);
        assert_close(find(&m, "sigma", i, -1)->value, 0, 0, 1e-12);
        assert_int_equal(find(&m, "mu", i, -1)->n, 10);
    }
    done(&m);
}

/* A parameter of whole numbers whose step is none in every other trajectory: what it tells rests on the steps that move. */
static void morris_rests_on_steps_that_can_move(void **state)
{
    enum { UNITS = 24, K = 2 };
    made m;
    double sum = 0, squares = 0, effect[UNITS];
    (void)state;
    make(&m, WKS_SENSITIVITY_MORRIS, UNITS, K, 3, false, 1);
    for (int u = 0; u < UNITS; u += 2) { /* its value at the start of the trajectory, all along */
        for (int i = 1; i <= K; i++)
            m.x[(u * (K + 1) + i) * K + 1] = m.x[u * (K + 1) * K + 1];
    }
    for (int32_t i = 0; i < m.plan.n_points; i++)
        m.y[i] = m.x[i * K] + m.x[i * K + 1] * m.x[i * K + 1];
    analyse(&m);
    int n = 0;
    for (int u = 1; u < UNITS; u += 2) {
        for (int i = 0; i < K; i++) {
            const double *from = m.x + (u * (K + 1) + i) * K, *to = from + K;
            if (from[1] != to[1]) effect[n++] = (m.y[u * (K + 1) + i + 1] - m.y[u * (K + 1) + i]) / (to[1] - from[1]);
        }
    }
    assert_int_equal(n, UNITS / 2);
    for (int i = 0; i < n; i++)
        sum += effect[i];
    for (int i = 0; i < n; i++)
        squares += (effect[i] - sum / n) * (effect[i] - sum / n);
    assert_close(find(&m, "mu", 1, -1)->value, sum / n, 1e-12, 1e-12);
    assert_close(find(&m, "sigma", 1, -1)->value, sqrt(squares / (n - 1)), 1e-12, 1e-12);
    assert_int_equal(find(&m, "sigma", 1, -1)->n, n);
    assert_int_equal(find(&m, "sigma", 0, -1)->n, UNITS);
    assert_int_equal(find(&m, "sigma", 1, -1)->n_units, UNITS);
    assert_close(find(&m, "mu", 0, -1)->value, 1, 1e-12, 1e-12);
    for (int u = 1; u < UNITS; u += 2) { /* and where none can, nothing is told */
        for (int i = 1; i <= K; i++)
            m.x[(u * (K + 1) + i) * K + 1] = m.x[u * (K + 1) * K + 1];
    }
    analyse(&m);
    assert_true(isnan(find(&m, "mu_star", 1, -1)->value) && isnan(find(&m, "sigma", 1, -1)->value));
    assert_int_equal(find(&m, "mu_star", 1, -1)->n, 0);
    done(&m);
}

/* ---- regression ---- */

static void regression_of_a_straight_function_explains_all(void **state)
{
    made m;
    (void)state;
    make(&m, WKS_SENSITIVITY_REGRESSION, 400, 3, 1, false, 1);
    evaluate(&m, straight, 0);
    analyse(&m);
    assert_close(find(&m, "R2", -1, -1)->value, 1, 1e-12, 0);
    assert_close(find(&m, "SRC", 0, -1)->value, 3 / sqrt(13), 0, 0.02); /* sizes are shares of the standard deviation */
    assert_close(find(&m, "SRC", 1, -1)->value, -2 / sqrt(13), 0, 0.02);
    assert_close(find(&m, "SRC", 2, -1)->value, 0, 0, 1e-9);
    assert_true(find(&m, "PRCC", 0, -1)->value > 0.95);
    assert_true(find(&m, "PRCC", 1, -1)->value < -0.95);
    assert_true(fabs(find(&m, "PRCC", 2, -1)->value) < 0.15);
    done(&m);
}

/* Slow reference: partial correlation as the correlation of what two regressions on one other variable leave. */
static double partial(const double *a, const double *b, const double *c, int n)
{
    double mean[3] = {0}, s[3][3] = {{0}};
    const double *v[] = {a, b, c};
    for (int i = 0; i < 3; i++)
        for (int r = 0; r < n; r++)
            mean[i] += v[i][r] / n;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int r = 0; r < n; r++)
                s[i][j] += (v[i][r] - mean[i]) * (v[j][r] - mean[j]);
    const double ab = s[0][1] - s[0][2] * s[1][2] / s[2][2], aa = s[0][0] - s[0][2] * s[0][2] / s[2][2],
                 bb = s[1][1] - s[1][2] * s[1][2] / s[2][2];
    return ab / sqrt(aa * bb);
}

static double bent(const double *u)
{
    return exp(3 * u[0]) + 4 * u[1];
}

static void partial_rank_correlation_is_that_of_the_definition(void **state)
{
    enum { N = 60 };
    made m;
    double x[N], z[N], y[N];
    (void)state;
    make(&m, WKS_SENSITIVITY_REGRESSION, N, 2, 3, false, 1);
    evaluate(&m, bent, 2);
    analyse(&m);
    for (int i = 0; i < N; i++) {
        x[i] = z[i] = y[i] = 1;
        for (int j = 0; j < N; j++) {
            x[i] += m.x[2 * j] < m.x[2 * i];
            z[i] += m.x[2 * j + 1] < m.x[2 * i + 1];
            y[i] += m.y[j] < m.y[i];
        }
    }
    assert_close(find(&m, "PRCC", 0, -1)->value, partial(x, y, z, N), 1e-10, 0);
    assert_close(find(&m, "PRCC", 1, -1)->value, partial(z, y, x, N), 1e-10, 0);
    done(&m);
}

/* ---- what is not defined ---- */

static void nan_drops_its_whole_base_sample(void **state)
{
    static const wks_sensitivity_method method[] = {WKS_SENSITIVITY_SALTELLI, WKS_SENSITIVITY_MORRIS, WKS_SENSITIVITY_REGRESSION};
    (void)state;
    for (int i = 0; i < 3; i++) {
        made whole, less;
        make(&whole, method[i], 40, 3, 4, false, 2);
        evaluate(&whole, ishigami, 0.5);
        make(&less, method[i], 40, 3, 4, false, 2);
        evaluate(&less, ishigami, 0.5);
        const int32_t size = wks_sensitivity_unit(&whole.plan);
        whole.y[2 * size - 1] = NAN;                                                  /* the last run of the first sample */
        memmove(less.x, less.x + size * 3, (size_t)(39 * size * 3) * sizeof *less.x); /* the same without that sample */
        memmove(less.y, less.y + size * 2, (size_t)(39 * size * 2) * sizeof *less.y);
        less.plan.n_points = 39 * size;
        analyse(&whole);
        analyse(&less);
        for (size_t r = 0; r < whole.n; r++) {
            assert_int_equal(whole.row[r].n, 39);
            if (method[i] == WKS_SENSITIVITY_REGRESSION && strcmp(whole.row[r].index, "PRCC") == 0)
                continue; /* ranks are over all points */
            if (strcmp(whole.row[r].index, "R2_rank") == 0) continue;
            assert_close(whole.row[r].value, less.row[r].value, 1e-9, 1e-9);
        }
        done(&whole);
        done(&less);
    }
}

static double level(const double *u)
{
    (void)u;
    return 0.1;
}

static void constant_outcome_has_no_shares(void **state)
{
    made m;
    (void)state;
    make(&m, WKS_SENSITIVITY_SALTELLI, 16, 3, 1, false, 3);
    evaluate(&m, level, 0);
    analyse(&m);
    assert_true(isnan(find(&m, "S1", 0, -1)->value));
    assert_true(isnan(find(&m, "ST", 0, -1)->ci_low));
    done(&m);
    make(&m, WKS_SENSITIVITY_MORRIS, 16, 3, 1, false, 3);
    evaluate(&m, level, 0);
    analyse(&m);
    assert_close(find(&m, "mu_star", 0, -1)->value, 0, 0, 0);
    done(&m);
    make(&m, WKS_SENSITIVITY_REGRESSION, 16, 3, 1, false, 3);
    evaluate(&m, level, 0);
    analyse(&m);
    assert_true(isnan(find(&m, "SRC", 0, -1)->value));
    done(&m);
}

/* An outcome whose spread, and not whose mean, follows a parameter. */
static void log_variance_finds_what_moves_the_spread(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&m, WKS_SENSITIVITY_REGRESSION, 200, 2, 6, false, 30);
    for (int32_t i = 0; i < m.plan.n_points; i++) {
        const wks_rng_seed seed = wks_rng_seed_make(9, 1);
        for (int32_t r = 0; r < 30; r++) {
            wks_rng rng = wks_rng_open(&seed, (uint64_t)i, (uint32_t)r, WKS_RNG_TEST);
            m.y[i * 30 + r] = (1 + 3 * m.x[2 * i]) * wks_draw_normal(&rng);
        }
    }
    assert_ok(wks_sensitivity_analyse(&m.plan, m.y, WKS_SENSITIVITY_OF_LOG_VARIANCE, &m.row, &m.n, &err), &err);
    assert_true(find(&m, "SRC", 0, -1)->value > 0.8);
    assert_true(fabs(find(&m, "SRC", 1, -1)->value) < 0.2);
    analyse(&m);
    assert_true(fabs(find(&m, "SRC", 0, -1)->value) < 0.25);
    done(&m);
}

static void design_that_is_none_errors(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&m, WKS_SENSITIVITY_MORRIS, 3, 3, 1, false, 1);
    m.x[(4 + 1) * 3] += 0.01;
    m.x[(4 + 1) * 3 + 1] += 0.01;
    assert_status(wks_sensitivity_check(&m.plan, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "rows 5 to 8 of the design are no trajectory");
    done(&m);
    err = WKS_ERR_INIT;
    make(&m, WKS_SENSITIVITY_SALTELLI, 3, 3, 1, false, 1);
    m.x[(5 + 2) * 3] += 0.01;
    assert_status(wks_sensitivity_check(&m.plan, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "rows 6 to 10 of the design are no block");
    m.plan.n_points--;
    err = WKS_ERR_INIT;
    assert_status(wks_sensitivity_check(&m.plan, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "expected blocks of 5");
    done(&m);
}

/* ---- parts of the variance ---- */

static void parts_without_interaction_are_exact(void **state)
{
    static const double point[] = {1, 4, 7, 8}, luck[] = {-1, 0, 1};
    double y[12];
    (void)state;
    for (int i = 0; i < 4; i++)
        for (int r = 0; r < 3; r++)
            y[i * 3 + r] = point[i] + luck[r];
    const wks_sensitivity_parts parts = wks_sensitivity_decompose(y, 4, 3);
    assert_close(parts.mean, 5, 1e-12, 0);
    assert_close(parts.between, 10, 1e-12, 0);
    assert_close(parts.parameters, 10, 1e-12, 0);
    assert_close(parts.luck, 1, 1e-12, 0);
    assert_close(parts.interaction, 0, 0, 1e-12);
    y[3] = NAN;
    assert_int_equal(wks_sensitivity_decompose(y, 4, 3).n_points, 3);
    assert_int_equal(wks_sensitivity_decompose(y, 4, 3).n_dropped, 1);
    assert_true(isnan(wks_sensitivity_decompose(y, 4, 1).interaction));
}

/* Unbiased: 2,000 made tables with variance 4 of points, 1 of luck, 9 of what is left. */
static void parts_are_right_on_average(void **state)
{
    enum { P = 6, R = 4, TABLES = 2000 };
    double sum[3] = {0}, squares[3] = {0};
    static const double expected[] = {4, 1, 9};
    (void)state;
    for (uint64_t t = 0; t < TABLES; t++) {
        const wks_rng_seed seed = wks_rng_seed_make(t, 0);
        double y[P * R], luck[R];
        for (int r = 0; r < R; r++) {
            wks_rng rng = wks_rng_open(&seed, (uint64_t)r, 0, WKS_RNG_TEST);
            luck[r] = wks_draw_normal(&rng);
        }
        for (int i = 0; i < P; i++) {
            wks_rng rng = wks_rng_open(&seed, (uint64_t)i, 1, WKS_RNG_TEST);
            const double own = 2 * wks_draw_normal(&rng);
            for (int r = 0; r < R; r++)
                y[i * R + r] = own + luck[r] + 3 * wks_draw_normal(&rng);
        }
        const wks_sensitivity_parts parts = wks_sensitivity_decompose(y, P, R);
        const double got[] = {parts.parameters, parts.luck, parts.interaction};
        for (int i = 0; i < 3; i++) {
            sum[i] += got[i] / TABLES;
            squares[i] += got[i] * got[i] / TABLES;
        }
    }
    for (int i = 0; i < 3; i++) {
        const double se = sqrt((squares[i] - sum[i] * sum[i]) / TABLES);
        assert_true(fabs(sum[i] - expected[i]) < 4 * se);
    }
}

static wks_status work(void *context, wks_err *err)
{
    made *m = context;
    wks_sensitivity_row *row = NULL;
    size_t n;
    const wks_status rc = wks_sensitivity_analyse(&m->plan, m->y, WKS_SENSITIVITY_OF_MEAN, &row, &n, err);
    free(row);
    return rc;
}

static void analysis_without_memory_says_so(void **state)
{
    made m;
    (void)state;
    make(&m, WKS_SENSITIVITY_SALTELLI, 12, 3, 1, false, 3);
    evaluate(&m, straight, 1);
    m.plan.bootstrap = 10;
    wks_chaos_run(work, &m);
    done(&m);
    make(&m, WKS_SENSITIVITY_REGRESSION, 12, 3, 1, false, 3);
    evaluate(&m, straight, 1);
    m.plan.bootstrap = 10;
    wks_chaos_run(work, &m);
    done(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saltelli_gives_the_analytic_indices),
        cmocka_unit_test(saltelli_keeps_the_luck_of_runs_apart),
        cmocka_unit_test(morris_covers_the_enumerated_effects),
        cmocka_unit_test(morris_has_no_interval_below_zero),
        cmocka_unit_test(morris_of_a_straight_function_is_its_slope),
        cmocka_unit_test(morris_rests_on_steps_that_can_move),
        cmocka_unit_test(regression_of_a_straight_function_explains_all),
        cmocka_unit_test(partial_rank_correlation_is_that_of_the_definition),
        cmocka_unit_test(nan_drops_its_whole_base_sample),
        cmocka_unit_test(constant_outcome_has_no_shares),
        cmocka_unit_test(log_variance_finds_what_moves_the_spread),
        cmocka_unit_test(design_that_is_none_errors),
        cmocka_unit_test(parts_without_interaction_are_exact),
        cmocka_unit_test(parts_are_right_on_average),
        cmocka_unit_test(analysis_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
