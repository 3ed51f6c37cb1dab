/* num/fit and its exchanges: margins met, whole numbers that keep them exactly, zero cells avoided whenever a slow search says it is possible. */
#include "num/fit.h"

#include "base/mem.h"
#include "num/exchange.h"
#include "support/chaos.h"
#include "support/check.h"

enum { MAX_CELLS = 1024, MAX_SIZE = 16 };

typedef struct table {
    wks_fit_shape shape;
    int64_t n_cells;
    double cell[MAX_CELLS];
    int32_t whole[MAX_CELLS];
    double target[WKS_FIT_MAX_DIMS][MAX_SIZE];
    int32_t margin[WKS_FIT_MAX_DIMS][MAX_SIZE];
    const double *targets[WKS_FIT_MAX_DIMS];
    const int32_t *margins[WKS_FIT_MAX_DIMS];
} table;

static void table_shape(table *t, int32_t n_dims, const int32_t *size)
{
    memset(t, 0, sizeof *t);
    t->shape.n_dims = n_dims;
    for (int32_t d = 0; d < n_dims; d++)
        t->shape.size[d] = size[d];
    t->n_cells = wks_fit_cells(&t->shape);
    assert_true(t->n_cells <= MAX_CELLS);
    for (int32_t d = 0; d < WKS_FIT_MAX_DIMS; d++) {
        t->targets[d] = t->target[d];
        t->margins[d] = t->margin[d];
    }
}

/* Category of a cell in a dimension, by division: independent of the strides under test. */
static int32_t category(const table *t, int64_t cell, int32_t dim)
{
    for (int32_t d = t->shape.n_dims - 1; d > dim; d--)
        cell /= t->shape.size[d];
    return (int32_t)(cell % t->shape.size[dim]);
}

static double sum_of_cells(const table *t, int32_t dim, int32_t i)
{
    double sum = 0.0;
    for (int64_t c = 0; c < t->n_cells; c++) {
        if (category(t, c, dim) == i) sum += t->cell[c];
    }
    return sum;
}

static int64_t sum_of_whole(const table *t, int32_t dim, int32_t i)
{
    int64_t sum = 0;
    for (int64_t c = 0; c < t->n_cells; c++) {
        if (category(t, c, dim) == i) sum += t->whole[c];
    }
    return sum;
}

static void assert_margins_exact(const table *t)
{
    for (int64_t c = 0; c < t->n_cells; c++)
        assert_true(t->whole[c] >= 0);
    for (int32_t d = 0; d < t->shape.n_dims; d++) {
        for (int32_t i = 0; i < t->shape.size[d]; i++)
            assert_int_equal(sum_of_whole(t, d, i), t->margin[d][i]);
    }
}

static int64_t units_on_zero(const table *t)
{
    int64_t n = 0;
    for (int64_t c = 0; c < t->n_cells; c++) {
        if (t->cell[c] == 0.0) n += t->whole[c];
    }
    return n;
}

static wks_rng stream_of(uint64_t k)
{
    const wks_rng_seed seed = wks_rng_seed_make(5, 2);
    return wks_rng_open(&seed, k, 1, WKS_RNG_TEST);
}

/* Margins of `total` people dropped at random (so some categories are empty), the same in both forms. */
static void random_margins(table *t, wks_rng *rng, int32_t total, bool skewed)
{
    for (int32_t d = 0; d < t->shape.n_dims; d++) {
        for (int32_t k = 0; k < total; k++) {
            const double u = wks_rng_u01(rng);
            t->margin[d][(int32_t)((skewed ? u * u * u : u) * t->shape.size[d])]++;
        }
        for (int32_t i = 0; i < t->shape.size[d]; i++)
            t->target[d][i] = t->margin[d][i];
    }
}

static wks_status integerise(table *t, uint64_t key, wks_err *err)
{
    const wks_rng_seed seed = wks_rng_seed_make(11, 0);
    return wks_fit_integerise(&t->shape, t->cell, t->margins, &seed, key, t->whole, err);
}

/* ---- iterative proportional fitting ---- */

static void ipf_two_by_two_by_hand(void **unused)
{
    (void)unused;
    /* Odds ratio of the seed 4 (cells 2 1 / 1 2) is kept; margins 5 5 / 5 5: a^2 / (5 - a)^2 = 4, a = 10/3. */
    table t;
    table_shape(&t, 2, (const int32_t[]){2, 2});
    const double seed[] = {2.0, 1.0, 1.0, 2.0};
    memcpy(t.cell, seed, sizeof seed);
    for (int d = 0; d < 2; d++)
        t.target[d][0] = t.target[d][1] = 5.0;
    wks_err err = WKS_ERR_INIT;
    double error;
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    assert_close(t.cell[0], 10.0 / 3.0, 1e-9, 0.0);
    assert_close(t.cell[1], 5.0 / 3.0, 1e-9, 0.0);
    assert_close(t.cell[2], 5.0 / 3.0, 1e-9, 0.0);
    assert_close(t.cell[3], 10.0 / 3.0, 1e-9, 0.0);
    assert_true(error < 1e-8);
}

static void ipf_uniform_seed_independence(void **unused)
{
    (void)unused;
    /* a seed of ones gives the product of the margins over total^(dims - 1) */
    table t;
    table_shape(&t, 3, (const int32_t[]){2, 3, 2});
    const double target[3][3] = {{30.0, 70.0}, {20.0, 50.0, 30.0}, {90.0, 10.0}};
    for (int d = 0; d < 3; d++)
        memcpy(t.target[d], target[d], sizeof target[d]);
    for (int64_t c = 0; c < t.n_cells; c++)
        t.cell[c] = 1.0;
    wks_err err = WKS_ERR_INIT;
    double error;
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    for (int64_t c = 0; c < t.n_cells; c++) {
        const double want = target[0][category(&t, c, 0)] * target[1][category(&t, c, 1)] * target[2][category(&t, c, 2)] / 1e4;
        assert_close(t.cell[c], want, 1e-9, 0.0);
    }
}

static void ipf_random_tables_margins_met_and_association_kept(void **unused)
{
    (void)unused;
    static const int32_t sizes[][4] = {{5, 2, 3, 0}, {3, 3, 2, 8}, {4, 7, 0, 0}, {9, 0, 0, 0}};
    static const int32_t n_dims[] = {3, 4, 2, 1};
    for (uint64_t k = 0; k < 400; k++) {
        wks_rng rng = stream_of(k);
        static table t;
        table_shape(&t, n_dims[k % 4], sizes[k % 4]);
        random_margins(&t, &rng, 200, k % 8 >= 4);
        static double seed[MAX_CELLS];
        for (int64_t c = 0; c < t.n_cells; c++)
            seed[c] = t.cell[c] = 0.01 + wks_rng_u01(&rng);
        wks_err err = WKS_ERR_INIT;
        double error;
        assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
        assert_true(error < 1e-6);
        for (int32_t d = 0; d < t.shape.n_dims; d++) {
            for (int32_t i = 0; i < t.shape.size[d]; i++)
                assert_close(sum_of_cells(&t, d, i), t.target[d][i], 1e-7, 1e-9);
        }
        if (t.shape.n_dims != 2) continue;
        /* the cross ratio of any two rows and columns is that of the seed */
        const double *x = t.cell;
        if (x[0] > 0.0 && x[1] > 0.0 && x[7] > 0.0 && x[8] > 0.0) {
            assert_close(x[0] * x[8] / (x[1] * x[7]), seed[0] * seed[8] / (seed[1] * seed[7]), 1e-10, 0.0);
        }
    }
}

static void ipf_zero_margin_empties_its_cells(void **unused)
{
    (void)unused;
    table t;
    table_shape(&t, 2, (const int32_t[]){2, 3});
    const double row[] = {0.0, 12.0}, column[] = {3.0, 4.0, 5.0};
    memcpy(t.target[0], row, sizeof row);
    memcpy(t.target[1], column, sizeof column);
    for (int i = 0; i < 6; i++)
        t.cell[i] = 1.0;
    wks_err err = WKS_ERR_INIT;
    double error;
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    for (int i = 0; i < 3; i++) {
        assert_true(t.cell[i] == 0.0);
        assert_close(t.cell[3 + i], column[i], 1e-12, 0.0);
    }
    memset(t.target, 0, sizeof t.target); /* an area without people */
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    for (int i = 0; i < 6; i++)
        assert_true(t.cell[i] == 0.0);
    assert_true(error == 0.0);
}

static void ipf_unreachable_margins_reports_error_left(void **unused)
{
    (void)unused;
    /* seed 1 0 / 1 1 with rows 6 4, columns 5 5: the first row can only reach 5, so its cell and the margins disagree by 1 */
    table t;
    table_shape(&t, 2, (const int32_t[]){2, 2});
    const double seed[] = {1.0, 0.0, 1.0, 1.0}, row[] = {6.0, 4.0}, column[] = {5.0, 5.0};
    memcpy(t.cell, seed, sizeof seed);
    memcpy(t.target[0], row, sizeof row);
    memcpy(t.target[1], column, sizeof column);
    wks_err err = WKS_ERR_INIT;
    double error;
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    assert_true(error > 0.4 && error < 1.1);
}

static void ipf_totals_differ_by_rounding_accepted(void **unused)
{
    (void)unused;
    table t;
    table_shape(&t, 2, (const int32_t[]){2, 2});
    const double row[] = {60.0, 40.0}, column[] = {50.00004, 50.00004};
    memcpy(t.target[0], row, sizeof row);
    memcpy(t.target[1], column, sizeof column);
    for (int i = 0; i < 4; i++)
        t.cell[i] = 1.0;
    wks_err err = WKS_ERR_INIT;
    double error;
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    assert_close(t.cell[0], 30.0, 1e-9, 0.0); /* the first margin's total counts */
    assert_close(error, 0.00004, 1e-6, 0.0);
}

static void ipf_errors(void **unused)
{
    (void)unused;
    table t;
    table_shape(&t, 2, (const int32_t[]){2, 2});
    const double row[] = {60.0, 40.0}, column[] = {50.0, 50.0};
    memcpy(t.target[0], row, sizeof row);
    memcpy(t.target[1], column, sizeof column);
    double error;
    wks_err err = WKS_ERR_INIT;

    const double empty_row[] = {0.0, 0.0, 1.0, 1.0};
    memcpy(t.cell, empty_row, sizeof empty_row);
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "target 0 of margin 0 is 60 but none of its cells can be positive");

    const double negative[] = {1.0, 1.0, -1.0, 1.0};
    memcpy(t.cell, negative, sizeof negative);
    err = WKS_ERR_INIT;
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "seed cell 2 is -1; expected a finite number >= 0");

    for (int i = 0; i < 4; i++)
        t.cell[i] = 1.0;
    t.target[1][1] = 50.001;
    err = WKS_ERR_INIT;
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "margin 1 adds up to 100.001, margin 0 to 100; expected equal totals");
    t.target[1][1] = (double)NAN;
    err = WKS_ERR_INIT;
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
    t.target[1][1] = 50.0;
    t.shape.size[1] = 0;
    err = WKS_ERR_INIT;
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
    t.shape.n_dims = 7;
    err = WKS_ERR_INIT;
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
}

/* ---- published tables ---- */

static void fit_rows_and_columns(table *t, const int32_t *size, const double *seed, const double *row, const double *column)
{
    wks_err err = WKS_ERR_INIT;
    double error;
    table_shape(t, 2, size);
    memcpy(t->cell, seed, (size_t)t->n_cells * sizeof *seed);
    memcpy(t->target[0], row, (size_t)size[0] * sizeof *row);
    memcpy(t->target[1], column, (size_t)size[1] * sizeof *column);
    assert_ok(wks_fit_ipf(&t->shape, t->cell, t->targets, &error, &err), &err);
    assert_true(error < 1e-5);
}

/* Women of eight age groups by marital status (single, married, widowed or divorced): last year's table brought to this year's margins. Bishop,
 * Fienberg & Holland (1975), Discrete Multivariate Analysis, as in SAS/IML User's Guide, example "Iterative Proportional Fitting", from
 * which seed and margins were copied. Expected: the fixed point to two decimals, as that program prints it; calculated apart, in another
 * language. The seed has a zero cell, which stays one. */
static void ipf_census_of_bishop_fienberg_holland(void **unused)
{
    (void)unused;
    static const double seed[] = {1306, 83,   0,  619, 765,  3,  263, 1194, 9,   173,  1372, 28,
                                  171,  1393, 51, 159, 1372, 81, 208, 1350, 108, 1116, 4100, 2329};
    static const double age[] = {1412, 1402, 1450, 1541, 1681, 1532, 1662, 7644}, status[] = {3988, 11702, 2634};
    static const double expected[] = {1325.27, 86.73,   0.00,  615.56, 783.39,  3.05,  253.94, 1187.18, 8.88,   165.13,  1348.55, 27.32,
                                      173.41,  1454.71, 52.87, 147.21, 1308.12, 76.67, 202.33, 1352.28, 107.40, 1105.16, 4181.04, 2357.81};
    table t;
    fit_rows_and_columns(&t, (const int32_t[]){8, 3}, seed, age, status);
    for (int c = 0; c < 24; c++)
        assert_close(t.cell[c], expected[c], 0.0, 0.0051);
    assert_true(t.cell[2] == 0.0);
}

/* SimpleWorld: five people, two ages by two sexes, as three zones. Lovelace & Dumont (2016), Spatial Microsimulation with R, ch. 2 and 5;
 * weights to seven digits as printed in the documentation of the R package rakeR for the same data. A cell holds as many equal weights as
 * it has people: 1 man and 1 woman under 50, 2 men and 1 woman from 50. It is also analytic: the odds ratio 1/2 of the seed stays. */
static void ipf_simpleworld_of_lovelace(void **unused)
{
    (void)unused;
    static const double seed[] = {1, 1, 2, 1};
    static const struct {
        double age[2], sex[2], weight[4]; /* weights: man and woman under 50, man and woman from 50 */
    } zone[] = {{{8, 4}, {6, 6}, {3.544004, 4.455996, 1.227998, 1.544004}},
                {{2, 8}, {4, 6}, {0.5498344, 1.4501656, 1.7250828, 4.5498344}},
                {{7, 4}, {3, 8}, {1.5498344, 5.4501656, 0.7250828, 2.5498344}}};
    for (size_t z = 0; z < sizeof zone / sizeof *zone; z++) {
        table t;
        fit_rows_and_columns(&t, (const int32_t[]){2, 2}, seed, zone[z].age, zone[z].sex);
        for (int c = 0; c < 4; c++)
            assert_close(t.cell[c] / seed[c], zone[z].weight[c], 0.0, 6e-7);
        assert_close(t.cell[0] * t.cell[3] / (t.cell[1] * t.cell[2]), 0.5, 1e-8, 0.0);
    }
}

/* ---- tables with an analytic fixed point ---- */

/* Nobody on the diagonal (movers between three places), margins 5 4 3 both ways: the symmetric table 3 2 1 is the only one that meets them
 * and keeps x12 x23 x31 = x13 x32 x21, the quasi-independence of the seed of ones. */
static void ipf_structural_zeros_on_the_diagonal_stay(void **unused)
{
    (void)unused;
    static const double seed[] = {0, 1, 1, 1, 0, 1, 1, 1, 0}, margin[] = {5, 4, 3}, expected[] = {0, 3, 2, 3, 0, 1, 2, 1, 0};
    table t;
    fit_rows_and_columns(&t, (const int32_t[]){3, 3}, seed, margin, margin);
    for (int c = 0; c < 9; c++)
        assert_close(t.cell[c], expected[c], 0.0, 1e-7);
    for (int i = 0; i < 3; i++)
        assert_true(t.cell[4 * i] == 0.0);
}

/* The seed times a factor for every category of three dimensions, one cell a structural zero: with the margins of that product the fit is
 * the product, since no other table has those margins and all odds ratios of the seed. */
static void ipf_three_way_table_keeps_the_odds_ratios_of_its_seed(void **unused)
{
    (void)unused;
    static const double a[] = {0.5, 2.0}, b[] = {1.0, 3.0, 0.25}, c[] = {4.0, 1.5};
    static const double seed[] = {1, 2, 0, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    table t;
    double expected[12], error;
    wks_err err = WKS_ERR_INIT;
    table_shape(&t, 3, (const int32_t[]){2, 3, 2});
    memcpy(t.cell, seed, sizeof seed);
    for (int64_t k = 0; k < 12; k++) {
        int32_t i = category(&t, k, 0), j = category(&t, k, 1), l = category(&t, k, 2);
        expected[k] = seed[k] * a[i] * b[j] * c[l];
        t.target[0][i] += expected[k];
        t.target[1][j] += expected[k];
        t.target[2][l] += expected[k];
    }
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    for (int64_t k = 0; k < 12; k++)
        assert_close(t.cell[k], expected[k], 1e-6, 0.0);
    assert_true(t.cell[2] == 0.0);
}

/* In a three-way table, too, the margin that no cell can meet is named, and so is one whose total is another. */
static void ipf_three_way_margins_that_cannot_be_met_errors(void **unused)
{
    (void)unused;
    static const double seed[] = {1, 0, 1, 0, 1, 0, 1, 0}; /* nothing in the second category of the last dimension */
    table t;
    double error;
    wks_err err = WKS_ERR_INIT;
    table_shape(&t, 3, (const int32_t[]){2, 2, 2});
    memcpy(t.cell, seed, sizeof seed);
    for (int d = 0; d < 3; d++)
        t.target[d][0] = t.target[d][1] = 10.0;
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "target 1 of margin 2 is 10 but none of its cells can be positive");
    memcpy(t.cell, seed, sizeof seed);
    t.target[2][0] = 21.0;
    t.target[2][1] = 0.0;
    err = WKS_ERR_INIT;
    assert_status(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "margin 2 adds up to 21, margin 0 to 20; expected equal totals");
    memcpy(t.cell, seed, sizeof seed);
    t.target[2][0] = 20.0; /* as it should be: the zeros stay and the rest is met */
    err = WKS_ERR_INIT;
    assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
    for (int k = 0; k < 8; k++)
        assert_close(t.cell[k], seed[k] > 0.0 ? 5.0 : 0.0, 1e-9, 0.0);
}

/* ---- whole numbers ---- */

static void integerise_random_fits_margins_exact_and_near(void **unused)
{
    (void)unused;
    static const int32_t sizes[][4] = {{5, 2, 3, 0}, {3, 3, 2, 8}, {4, 7, 0, 0}, {9, 0, 0, 0}, {6, 5, 4, 0}, {2, 2, 2, 2}};
    static const int32_t n_dims[] = {3, 4, 2, 1, 3, 4};
    double distance = 0.0, cells = 0.0;
    for (uint64_t k = 0; k < 1200; k++) {
        wks_rng rng = stream_of(k);
        static table t;
        table_shape(&t, n_dims[k % 6], sizes[k % 6]);
        random_margins(&t, &rng, (int32_t)wks_rng_below(&rng, 400), k % 12 >= 6);
        for (int64_t c = 0; c < t.n_cells; c++) {
            const double u = wks_rng_u01(&rng);
            t.cell[c] = k % 5 == 0 ? 1.0 : u; /* equal seeds: nothing but ties */
        }
        wks_err err = WKS_ERR_INIT;
        double error;
        assert_ok(wks_fit_ipf(&t.shape, t.cell, t.targets, &error, &err), &err);
        assert_ok(integerise(&t, k, &err), &err);
        assert_margins_exact(&t);
        assert_int_equal(units_on_zero(&t), 0); /* only the cells of empty margins are zero here */
        for (int64_t c = 0; c < t.n_cells; c++) {
            distance += fabs(t.whole[c] - t.cell[c]);
            cells += t.cell[c] > 0.0;
        }
    }
    print_message("integerise: mean distance %.3f of a unit a positive cell\n", distance / cells);
    assert_true(distance / cells < 0.5);
}

static void integerise_whole_cells_unchanged(void **unused)
{
    (void)unused;
    for (uint64_t k = 0; k < 100; k++) {
        wks_rng rng = stream_of(k);
        static table t;
        table_shape(&t, 3, (const int32_t[]){5, 2, 3});
        for (int64_t c = 0; c < t.n_cells; c++) {
            const uint32_t n = wks_rng_below(&rng, 6);
            const double noise = wks_rng_u01(&rng) - 0.5;
            t.cell[c] = n > 0 ? n + noise * 1e-10 : 0.0; /* as whole as a fit makes them */
            for (int32_t d = 0; d < 3; d++)
                t.margin[d][category(&t, c, d)] += (int32_t)n;
        }
        wks_err err = WKS_ERR_INIT;
        assert_ok(integerise(&t, k, &err), &err);
        for (int64_t c = 0; c < t.n_cells; c++)
            assert_int_equal(t.whole[c], (int32_t)floor(t.cell[c] + 0.5));
    }
}

static void integerise_largest_remainder_first(void **unused)
{
    (void)unused;
    table t;
    table_shape(&t, 1, (const int32_t[]){3});
    const double cell[] = {1.2, 0.9, 2.9};
    memcpy(t.cell, cell, sizeof cell);
    t.shape.n_dims = 2; /* 3 x 1: the second margin is the total */
    t.shape.size[1] = 1;
    t.margin[0][0] = 1;
    t.margin[0][1] = 1;
    t.margin[0][2] = 3;
    t.margin[1][0] = 5;
    wks_err err = WKS_ERR_INIT;
    assert_ok(integerise(&t, 1, &err), &err);
    assert_int_equal(t.whole[0], 1);
    assert_int_equal(t.whole[1], 1);
    assert_int_equal(t.whole[2], 3);
}

/* 1000 tables of two rows and columns with half a unit in each cell: either diagonal, by lot; the same again for the same key. */
static void integerise_ties_drawn_by_key(void **unused)
{
    (void)unused;
    int diagonal = 0;
    for (uint64_t k = 0; k < 1000; k++) {
        table t;
        table_shape(&t, 2, (const int32_t[]){2, 2});
        for (int i = 0; i < 4; i++)
            t.cell[i] = 0.5;
        for (int d = 0; d < 2; d++)
            t.margin[d][0] = t.margin[d][1] = 1;
        wks_err err = WKS_ERR_INIT;
        assert_ok(integerise(&t, k, &err), &err);
        assert_margins_exact(&t);
        const int32_t first = t.whole[0];
        diagonal += first;
        assert_ok(integerise(&t, k, &err), &err);
        assert_int_equal(t.whole[0], first);
    }
    assert_close(diagonal, 500.0, 0.0, 4.0 * 15.8); /* 4 standard deviations */
}

static void integerise_zero_cells_for_positive_margins_still_exact(void **unused)
{
    (void)unused;
    table t;
    table_shape(&t, 3, (const int32_t[]){2, 3, 2}); /* all cells zero */
    t.margin[0][1] = 7;
    t.margin[1][0] = 3;
    t.margin[1][2] = 4;
    t.margin[2][0] = 6;
    t.margin[2][1] = 1;
    wks_err err = WKS_ERR_INIT;
    assert_ok(integerise(&t, 1, &err), &err);
    assert_margins_exact(&t);
    assert_int_equal(units_on_zero(&t), 7);
}

static void integerise_floors_beyond_margins_taken_back(void **unused)
{
    (void)unused;
    for (uint64_t k = 0; k < 300; k++) { /* cells that have nothing to do with the margins */
        wks_rng rng = stream_of(k);
        static table t;
        table_shape(&t, 3, (const int32_t[]){4, 2, 3});
        random_margins(&t, &rng, 60, false);
        for (int64_t c = 0; c < t.n_cells; c++)
            t.cell[c] = 6.0 * wks_rng_u01(&rng);
        wks_err err = WKS_ERR_INIT;
        assert_ok(integerise(&t, k, &err), &err);
        assert_margins_exact(&t);
        assert_int_equal(units_on_zero(&t), 0);
    }
}

/* ---- zero cells: against a search through all tables ---- */

static bool completion_exists(const table *t, int32_t lack[WKS_FIT_MAX_DIMS][MAX_SIZE], int64_t cell, int32_t left)
{
    if (left == 0) return true;
    if (cell == t->n_cells) return false;
    int32_t most = t->cell[cell] > 0.0 ? left : 0;
    for (int32_t d = 0; d < t->shape.n_dims; d++) {
        const int32_t l = lack[d][category(t, cell, d)];
        if (l < most) most = l;
    }
    bool found = false;
    for (int32_t n = most; n >= 0 && !found; n--) {
        for (int32_t d = 0; d < t->shape.n_dims; d++)
            lack[d][category(t, cell, d)] -= n;
        found = completion_exists(t, lack, cell + 1, left - n);
        for (int32_t d = 0; d < t->shape.n_dims; d++)
            lack[d][category(t, cell, d)] += n;
    }
    return found;
}

typedef struct tally {
    int possible, missed;
} tally;

static void try_sparse(tally *out, const int32_t *size, int32_t n_dims, uint64_t k, int32_t total, double share_zero)
{
    wks_rng rng = stream_of(k);
    static table t;
    table_shape(&t, n_dims, size);
    random_margins(&t, &rng, total, false);
    for (int64_t c = 0; c < t.n_cells; c++) {
        const double u = wks_rng_u01(&rng), v = wks_rng_u01(&rng);
        t.cell[c] = u < share_zero ? 0.0 : v * 2.0 * total / (double)t.n_cells;
    }
    wks_err err = WKS_ERR_INIT;
    assert_ok(integerise(&t, k, &err), &err);
    assert_margins_exact(&t);
    int32_t lack[WKS_FIT_MAX_DIMS][MAX_SIZE];
    memcpy(lack, t.margin, sizeof lack);
    if (!completion_exists(&t, lack, 0, total)) {
        assert_true(units_on_zero(&t) > 0);
        return;
    }
    out->possible++;
    out->missed += units_on_zero(&t) > 0;
}

static void integerise_two_dimensions_zero_cells_avoided_whenever_possible(void **unused)
{
    (void)unused;
    tally seen = {0, 0};
    for (uint64_t k = 0; k < 3000; k++)
        try_sparse(&seen, (const int32_t[]){4, 5}, 2, k, 9, 0.3 + 0.05 * (double)(k % 9));
    print_message("2 dimensions: %d of 3000 tables can avoid zero cells, %d missed\n", seen.possible, seen.missed);
    assert_true(seen.possible > 500);
    assert_int_equal(seen.missed, 0);
}

static void integerise_more_dimensions_zero_cells_nearly_always_avoided(void **unused)
{
    (void)unused;
    tally seen = {0, 0};
    for (uint64_t k = 0; k < 1500; k++)
        try_sparse(&seen, (const int32_t[]){5, 2, 3}, 3, k, 7, 0.3 + 0.05 * (double)(k % 9));
    for (uint64_t k = 0; k < 500; k++)
        try_sparse(&seen, (const int32_t[]){2, 3, 2, 2}, 4, k, 6, 0.3 + 0.05 * (double)(k % 9));
    print_message("3 and 4 dimensions: %d of 2000 tables can avoid zero cells, %d missed\n", seen.possible, seen.missed);
    assert_true(seen.possible > 300);
    assert_true(seen.missed * 100 <= seen.possible);
}

static void exchange_nothing_forbidden_nothing_done(void **unused)
{
    (void)unused;
    const wks_fit_shape shape = {2, {2, 2}};
    const uint8_t allowed[] = {1, 0, 1, 1};
    int32_t count[] = {3, 0, 1, 2};
    int64_t left;
    wks_err err = WKS_ERR_INIT;
    wks_mem_fail_after(1); /* it does not even ask for memory */
    assert_ok(wks_exchange_clear(&shape, allowed, count, &left, &err), &err);
    wks_mem_fail_after(0);
    assert_int_equal(left, 0);
    assert_int_equal(count[0], 3);
}

/* The unit on (0, 2) needs two partners, one after the other. Allowed: (0,0) (1,0) (1,1) (2,1) (2,2). */
static void exchange_chain_of_two_partners_found(void **unused)
{
    (void)unused;
    const wks_fit_shape shape = {2, {3, 3}};
    const uint8_t allowed[] = {1, 0, 0, 1, 1, 0, 0, 1, 1};
    int32_t count[] = {0, 0, 1, 1, 0, 0, 0, 1, 0};
    const int32_t want[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    int64_t left;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_exchange_clear(&shape, allowed, count, &left, &err), &err);
    assert_int_equal(left, 0);
    assert_memory_equal(count, want, sizeof want);
}

static void exchange_impossible_counts_what_is_left(void **unused)
{
    (void)unused;
    const wks_fit_shape shape = {2, {2, 2}};
    const uint8_t allowed[] = {0, 0, 1, 1};
    int32_t count[] = {2, 1, 1, 0};
    int64_t left;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_exchange_clear(&shape, allowed, count, &left, &err), &err);
    assert_int_equal(left, 3);
    assert_int_equal(count[0] + count[1], 3);
    assert_int_equal(count[0] + count[2], 3);
}

static void integerise_errors(void **unused)
{
    (void)unused;
    table t;
    table_shape(&t, 2, (const int32_t[]){2, 2});
    t.margin[0][0] = t.margin[1][1] = 3;
    wks_err err = WKS_ERR_INIT;
    t.margin[0][1] = 1;
    assert_status(integerise(&t, 1, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "margin 1 adds up to 3, margin 0 to 4; expected equal totals below 2^31");
    t.margin[0][1] = -1;
    err = WKS_ERR_INIT;
    assert_status(integerise(&t, 1, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "target 1 of margin 0 is -1; expected >= 0");
    t.margin[0][1] = 0;
    const double bad[] = {-0.5, (double)NAN, (double)INFINITY, 3e9};
    for (int i = 0; i < 4; i++) {
        t.cell[3] = bad[i];
        err = WKS_ERR_INIT;
        assert_status(integerise(&t, 1, &err), WKS_ERR_DATA, &err);
    }
    t.cell[3] = 0.0;
    t.shape.n_dims = 0;
    err = WKS_ERR_INIT;
    assert_status(integerise(&t, 1, &err), WKS_ERR_DATA, &err);
}

/* A fit, its whole numbers and exchanges, with every allocation failing once. */
static wks_status fit_and_integerise(void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    table *t = context;
    for (int64_t c = 0; c < t->n_cells; c++)
        t->cell[c] = 1.0;
    double error;
    WKS_TRY(wks_fit_ipf(&t->shape, t->cell, t->targets, &error, err));
    for (int64_t c = 0; c < t->n_cells; c++)
        t->cell[c] = c % 4 == 0 ? t->cell[c] : 0.0; /* so that exchanges are needed */
    WKS_TRY(integerise(t, 1, err));
    assert_margins_exact(t);
out:
    return rc;
}

static void fit_memory_errors(void **unused)
{
    (void)unused;
    static table t;
    table_shape(&t, 3, (const int32_t[]){5, 2, 3});
    wks_rng rng = stream_of(1);
    random_margins(&t, &rng, 40, false);
    assert_int_equal(wks_chaos_run(fit_and_integerise, &t), 3);
}

/* ---- rounding to a total ---- */

static void round_to_total_remainders_and_ties(void **unused)
{
    (void)unused;
    const double value[] = {1.5, 2.5, 0.25, 1.75, 0.0};
    int64_t out[5];
    wks_fit_round_to_total(value, 5, 6, out); /* floors 1 2 0 1 0; two more: .75, then the first of the two halves */
    const int64_t want[] = {2, 2, 0, 2, 0};
    assert_memory_equal(out, want, sizeof want);
}

static void round_to_total_other_sum_scaled(void **unused)
{
    (void)unused;
    const double share[] = {0.5, 0.3, 0.2}, none[] = {0.0, 0.0, 0.0};
    int64_t out[3];
    wks_fit_round_to_total(share, 3, 7, out); /* quotas 3.5 2.1 1.4 */
    assert_int_equal(out[0], 4);
    assert_int_equal(out[1], 2);
    assert_int_equal(out[2], 1);
    wks_fit_round_to_total(none, 3, 8, out);
    assert_int_equal(out[0], 3);
    assert_int_equal(out[1], 3);
    assert_int_equal(out[2], 2);
    wks_fit_round_to_total(share, 3, 0, out);
    assert_int_equal(out[0] + out[1] + out[2], 0);
    wks_fit_round_to_total(share, 0, 0, out);
}

static void round_to_total_random_sum_exact_and_within_one(void **unused)
{
    (void)unused;
    for (uint64_t k = 0; k < 500; k++) {
        wks_rng rng = stream_of(k);
        double value[60], sum = 0.0;
        int64_t out[60], whole = 0;
        const int32_t n = 1 + (int32_t)wks_rng_below(&rng, 60);
        const double size = k % 7 == 0 ? 1e12 : 10.0;
        for (int32_t i = 0; i < n; i++) {
            const double u = wks_rng_u01(&rng);
            value[i] = k % 3 == 0 ? floor(u * size) / 4.0 : u * size;
            sum += value[i];
        }
        const int64_t total = (int64_t)floor(sum + wks_rng_u01(&rng));
        wks_fit_round_to_total(value, n, total, out);
        const double scale = sum > 0.0 ? (double)total / sum : 0.0;
        for (int32_t i = 0; i < n; i++) {
            whole += out[i];
            if (sum > 0.0) assert_true(fabs((double)out[i] - value[i] * scale) <= 1.0 + 1e-9);
        }
        assert_true(whole == total);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ipf_two_by_two_by_hand),
        cmocka_unit_test(ipf_uniform_seed_independence),
        cmocka_unit_test(ipf_random_tables_margins_met_and_association_kept),
        cmocka_unit_test(ipf_zero_margin_empties_its_cells),
        cmocka_unit_test(ipf_unreachable_margins_reports_error_left),
        cmocka_unit_test(ipf_totals_differ_by_rounding_accepted),
        cmocka_unit_test(ipf_errors),
        cmocka_unit_test(ipf_census_of_bishop_fienberg_holland),
        cmocka_unit_test(ipf_simpleworld_of_lovelace),
        cmocka_unit_test(ipf_structural_zeros_on_the_diagonal_stay),
        cmocka_unit_test(ipf_three_way_table_keeps_the_odds_ratios_of_its_seed),
        cmocka_unit_test(ipf_three_way_margins_that_cannot_be_met_errors),
        cmocka_unit_test(integerise_random_fits_margins_exact_and_near),
        cmocka_unit_test(integerise_whole_cells_unchanged),
        cmocka_unit_test(integerise_largest_remainder_first),
        cmocka_unit_test(integerise_ties_drawn_by_key),
        cmocka_unit_test(integerise_zero_cells_for_positive_margins_still_exact),
        cmocka_unit_test(integerise_floors_beyond_margins_taken_back),
        cmocka_unit_test(integerise_two_dimensions_zero_cells_avoided_whenever_possible),
        cmocka_unit_test(integerise_more_dimensions_zero_cells_nearly_always_avoided),
        cmocka_unit_test(exchange_nothing_forbidden_nothing_done),
        cmocka_unit_test(exchange_chain_of_two_partners_found),
        cmocka_unit_test(exchange_impossible_counts_what_is_left),
        cmocka_unit_test(integerise_errors),
        cmocka_unit_test(fit_memory_errors),
        cmocka_unit_test(round_to_total_remainders_and_ties),
        cmocka_unit_test(round_to_total_other_sum_scaled),
        cmocka_unit_test(round_to_total_random_sum_exact_and_within_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
