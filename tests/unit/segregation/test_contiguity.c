/* segregation/contiguity: Moran's I, Morrill and Wong by hand, on published contiguities against the full matrix formulas, and as laws. */
#include "segregation/contiguity.h"

#include "num/draw.h"
#include "num/points.h"
#include "places.h"
#include "segregation/evenness.h"
#include "tables.h"

static const double NOT_DEFINED = (double)NAN;

enum { MAX_PAIRS = 10000 };

typedef struct contiguity {
    size_t n;
    int64_t start[TABLES_MAX_AREAS + 1];
    int32_t item[MAX_PAIRS];
} contiguity;

/* Rook neighbours in a grid of rows x columns. */
static void grid(contiguity *out, int32_t rows, int32_t columns)
{
    int32_t k = 0;
    out->n = (size_t)(rows * columns);
    for (int32_t r = 0; r < rows; r++) {
        for (int32_t c = 0; c < columns; c++) {
            out->start[r * columns + c] = k;
            if (r > 0) out->item[k++] = (r - 1) * columns + c;
            if (r + 1 < rows) out->item[k++] = (r + 1) * columns + c;
            if (c > 0) out->item[k++] = r * columns + c - 1;
            if (c + 1 < columns) out->item[k++] = r * columns + c + 1;
        }
    }
    out->start[out->n] = k;
}

static double moran(const double *value, const contiguity *c)
{
    return wks_contiguity_moran(value, c->n, c->start, c->item, WKS_CONTIGUITY_ROWS, NULL);
}

static double moran_binary(const double *value, const contiguity *c)
{
    return wks_contiguity_moran(value, c->n, c->start, c->item, WKS_CONTIGUITY_BINARY, NULL);
}

static void moran_four_in_a_row_by_hand(void **unused)
{
    (void)unused;
    /* z -1.5 -.5 .5 1.5; means of neighbours -.5, (-1.5 + .5)/2 = -.5, (-.5 + 1.5)/2 = .5, .5
     * sum of products .75 + .25 + .25 + .75 = 2, sum of squares 5 */
    static contiguity c;
    grid(&c, 1, 4);
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    assert_close(moran(value, &c), 0.4, 1e-15, 0.0);
    /* every pair once each way: 2 (.75 - .25 + .75) = 2.5; n/S0 = 4/6 */
    assert_close(moran_binary(value, &c), 4.0 / 6.0 * 2.5 / 5.0, 1e-15, 0.0);
}

static void moran_chessboard_minus_one_halves_near_one(void **unused)
{
    (void)unused;
    static contiguity c;
    double chess[100], halves[100];
    grid(&c, 10, 10);
    for (int i = 0; i < 100; i++) {
        chess[i] = (i / 10 + i) % 2;
        halves[i] = i < 50;
    }
    assert_close(moran(chess, &c), -1.0, 1e-14, 0.0);
    assert_close(moran_binary(chess, &c), -1.0, 1e-14, 0.0);
    assert_close(moran_binary(halves, &c), 160.0 / 180.0, 1e-14, 0.0); /* 180 borders, 10 between the halves: (170 - 10)/180 */
    /* only rows 4 and 5 have a neighbour of the other kind: 1 of 4 inside (mean of signs .5 instead of 1), 1 of 3 at the 4 ends (1/3):
     * (80 + 16 * .5 + 4 / 3) / 100 */
    assert_close(moran(halves, &c), (80.0 + 8.0 + 4.0 / 3.0) / 100.0, 1e-14, 0.0);
}

static void moran_missing_value_and_island_left_out(void **unused)
{
    (void)unused;
    /* areas 0 - 1 - 2 - 3 in a row, 4 an island, 5 without value beside 0 and 6; 6 then has no neighbour left */
    const int64_t start[] = {0, 2, 4, 6, 7, 7, 9, 10};
    const int32_t item[] = {1, 5, 0, 2, 1, 3, 2, 0, 6, 5};
    const double value[] = {1.0, 2.0, 3.0, 4.0, 99.0, NOT_DEFINED, -50.0};
    size_t left_out = 99;
    assert_close(wks_contiguity_moran(value, 7, start, item, WKS_CONTIGUITY_ROWS, &left_out), 0.4, 1e-15, 0.0);
    assert_int_equal(left_out, 3);
    assert_close(wks_contiguity_moran(value, 7, start, item, WKS_CONTIGUITY_BINARY, &left_out), 1.0 / 3.0, 1e-15, 0.0);
    assert_int_equal(left_out, 3);
}

static void moran_own_neighbour_skipped(void **unused)
{
    (void)unused;
    const int64_t start[] = {0, 2, 5, 7, 8};
    const int32_t item[] = {0, 1, 0, 1, 2, 1, 3, 2};
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    assert_close(wks_contiguity_moran(value, 4, start, item, WKS_CONTIGUITY_ROWS, NULL), 0.4, 1e-15, 0.0);
}

static void moran_errors_not_defined_nan(void **unused)
{
    (void)unused;
    static contiguity c;
    grid(&c, 1, 4);
    const double equal[] = {0.1, 0.1, 0.1, 0.1}, two[] = {1.0, 2.0, NOT_DEFINED, NOT_DEFINED},
                 none[4] = {NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};
    const double infinite[] = {(double)INFINITY, 1.0, 2.0, NOT_DEFINED};
    assert_true(isnan(moran(equal, &c)));
    assert_close(moran(two, &c), -1.0, 1e-15, 0.0); /* two areas are each other's opposite */
    assert_true(isnan(moran(none, &c)));
    assert_close(moran(infinite, &c), -1.0, 1e-15, 0.0);
    assert_true(isnan(wks_contiguity_moran(equal, 0, c.start, c.item, WKS_CONTIGUITY_ROWS, NULL)));
    const int64_t no_neighbours[] = {0, 0, 0, 0, 0};
    const int32_t no_item[] = {0};
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    assert_true(isnan(wks_contiguity_moran(value, 4, no_neighbours, no_item, WKS_CONTIGUITY_ROWS, NULL)));
}

/* n/S0 * sum_ij w_ij z_i z_j / sum_i z_i^2 over a full matrix, in 80 bits; areas without neighbours or value crossed out first. */
static double moran_slowly(const double *value, const contiguity *c, wks_contiguity_form form)
{
    static unsigned char near[512][512];
    assert_true(c->n <= 512);
    long double mean = 0.0L, cross = 0.0L, squares = 0.0L, weights = 0.0L;
    size_t kept = 0;
    bool keep[512];
    memset(near, 0, sizeof near);
    for (size_t i = 0; i < c->n; i++) {
        for (int64_t k = c->start[i]; k < c->start[i + 1]; k++)
            near[i][c->item[k]] = isfinite(value[i]) && isfinite(value[c->item[k]]);
    }
    for (size_t i = 0; i < c->n; i++) {
        keep[i] = false;
        for (size_t j = 0; j < c->n; j++)
            keep[i] = keep[i] || near[i][j];
        if (!keep[i]) continue;
        mean += value[i];
        kept++;
    }
    mean /= (long double)kept;
    for (size_t i = 0; i < c->n; i++) {
        if (!keep[i]) continue;
        int row = 0;
        for (size_t j = 0; j < c->n; j++)
            row += near[i][j];
        squares += (value[i] - mean) * (value[i] - mean);
        for (size_t j = 0; j < c->n; j++) {
            if (!near[i][j]) continue;
            const long double w = form == WKS_CONTIGUITY_ROWS ? 1.0L / row : 1.0L;
            weights += w;
            cross += w * (value[i] - mean) * (value[j] - mean);
        }
    }
    return (double)((long double)kept / weights * cross / squares);
}

static void moran_random_values_equal_matrix_formula(void **unused)
{
    (void)unused;
    static contiguity c;
    const wks_rng_seed seed = wks_rng_seed_make(8, 1);
    for (uint64_t k = 0; k < 100; k++) {
        wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
        const uint32_t rows = 2 + wks_rng_below(&rng, 12), columns = 2 + wks_rng_below(&rng, 12);
        double value[256], changed[256];
        grid(&c, (int32_t)rows, (int32_t)columns);
        for (size_t i = 0; i < c.n; i++) {
            const double u = wks_rng_u01(&rng);
            value[i] = wks_rng_below(&rng, 6) == 0 && k % 2 == 0 ? NOT_DEFINED : 0.02 * u + (i < c.n / 2 ? 0.01 : 0.0);
            changed[i] = 5.0 - 3.0 * value[i];
        }
        const double moran_i = moran(value, &c);
        if (isnan(moran_i)) continue; /* a tiny grid with most values missing */
        assert_close(moran_i, moran_slowly(value, &c, WKS_CONTIGUITY_ROWS), 1e-12, 1e-14);
        assert_close(moran_binary(value, &c), moran_slowly(value, &c, WKS_CONTIGUITY_BINARY), 1e-12, 1e-14);
        assert_close(moran_binary(value, &c), moran_binary(changed, &c), 1e-10, 1e-12);
        assert_close(moran_i, moran(changed, &c), 1e-10, 1e-12); /* no unit, no origin, no sign */
        assert_true(moran_i >= -1.0 - 1e-12);
    }
}

static void moran_values_dealt_at_random_mean_expected(void **unused)
{
    (void)unused;
    /* over all orders of the values the mean is -1/(n - 1); 4000 shuffles: within 4 standard errors */
    static contiguity c;
    grid(&c, 4, 5);
    const wks_rng_seed seed = wks_rng_seed_make(10, 1);
    double sum = 0.0, squares = 0.0;
    enum { N = 4000 };
    for (uint64_t k = 0; k < N; k++) {
        wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
        int32_t order[20];
        double value[20];
        for (int32_t i = 0; i < 20; i++)
            order[i] = i;
        wks_draw_shuffle(&rng, order, 20);
        for (int i = 0; i < 20; i++)
            value[i] = (double)(order[i] * order[i]);
        const double m = moran(value, &c);
        sum += m;
        squares += m * m;
    }
    const double mean = sum / N, error = sqrt((squares / N - mean * mean) / N);
    assert_close(mean, -1.0 / 19.0, 0.0, 4.0 * error);
    assert_true(4.0 * error < 0.02);
}

/* ---- Morrill, Wong ---- */

typedef struct three {
    double d, binary, rows, boundary;
} three;

static three dissimilarity(const double *x, const double *t, size_t n, const links *c)
{
    const double d = wks_evenness_dissimilarity(x, t, n);
    return (three){d, wks_contiguity_morrill(d, x, t, n, c->start, c->to, WKS_CONTIGUITY_BINARY),
                   wks_contiguity_morrill(d, x, t, n, c->start, c->to, WKS_CONTIGUITY_ROWS),
                   wks_contiguity_wong(d, x, t, n, c->start, c->to, c->weight)};
}

/* Over full matrices of weights. */
static three dissimilarity_slowly(const double *x, const double *t, size_t n, const links *c)
{
    static long double b[512][512], w[512][512];
    long double sum_x = 0, sum_y = 0, d = 0, up[3] = {0}, down[3] = {0};
    assert_true(n <= 512);
    memset(b, 0, sizeof b);
    memset(w, 0, sizeof w);
    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        sum_y += t[i] - x[i];
        for (int64_t k = c->start[i]; k < c->start[i + 1]; k++) {
            const size_t j = (size_t)c->to[k];
            b[i][j] = j != i && t[i] > 0.0 && t[j] > 0.0;
            w[i][j] = b[i][j] * c->weight[k];
        }
    }
    for (size_t i = 0; i < n; i++) {
        long double row = 0;
        d += fabsl(x[i] / sum_x - (t[i] - x[i]) / sum_y) / 2;
        for (size_t j = 0; j < n; j++)
            row += b[i][j];
        for (size_t j = 0; j < n; j++) {
            if (!(b[i][j] > 0)) continue;
            const long double contrast = fabsl(x[i] / (long double)t[i] - x[j] / (long double)t[j]);
            const long double weight[3] = {1, 1 / row, w[i][j]};
            for (int f = 0; f < 3; f++) {
                up[f] += weight[f] * contrast;
                down[f] += weight[f];
            }
        }
    }
    return (three){(double)d, (double)(d - up[0] / down[0]), (double)(d - up[1] / down[1]), (double)(d - up[2] / down[2])};
}

static void assert_same(three a, three b)
{
    assert_close(a.d, b.d, 1e-12, 1e-15);
    assert_close(a.binary, b.binary, 1e-11, 1e-14);
    assert_close(a.rows, b.rows, 1e-11, 1e-14);
    assert_close(a.boundary, b.boundary, 1e-11, 1e-14);
}

/* A row of four with a loose fifth and an empty sixth beside the first; the first lists itself. */
static void dissimilarity_row_by_hand(void **unused)
{
    (void)unused;
    const links c = {.start = {0, 3, 5, 7, 8, 8, 9}, .to = {0, 1, 5, 0, 2, 1, 3, 2, 0}, .weight = {50, 2, 9, 2, 1, 1, 4, 4, 9}};
    const double x[] = {10, 5, 5, 0, 0, 0}, t[] = {10, 10, 10, 10, 10, 0};
    const double p_d = 0.5 * (0.5 + 2 * fabs(0.25 - 5.0 / 30.0) + 1.0 / 3.0 + 1.0 / 3.0);
    const three a = dissimilarity(x, t, 6, &c);
    assert_close(a.d, p_d, 1e-15, 0.0);
    assert_close(a.binary, p_d - 1.0 / 3.0, 1e-15, 0.0);                     /* contrasts .5, 0, .5, each twice of 6 */
    assert_close(a.rows, p_d - (0.5 + 0.25 + 0.25 + 0.5) / 4.0, 1e-15, 0.0); /* means of the four rows */
    assert_close(a.boundary, p_d - (2 * 0.5 + 4 * 0.5) / 7.0, 1e-15, 0.0);
    assert_same(a, dissimilarity_slowly(x, t, 6, &c));
}

/* Where every border divides, all of D goes: 2 x 2 chessboard by its sides. */
static void dissimilarity_chessboard_nothing_left(void **unused)
{
    (void)unused;
    const links c = {.start = {0, 2, 4, 6, 8}, .to = {1, 2, 0, 3, 0, 3, 1, 2}, .weight = {1, 3, 1, 2, 3, 1, 2, 1}};
    const double x[] = {10, 0, 0, 10}, t[] = {10, 10, 10, 10};
    const three a = dissimilarity(x, t, 4, &c);
    assert_close(a.d, 1.0, 1e-15, 0.0);
    assert_close(a.binary, 0.0, 0.0, 1e-15);
    assert_close(a.rows, 0.0, 0.0, 1e-15);
    assert_close(a.boundary, 0.0, 0.0, 1e-15);
}

static void dissimilarity_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const links none = {.start = {0, 0, 0}}, both = {.start = {0, 1, 2}, .to = {1, 0}, .weight = {1, 1}},
                zero = {.start = {0, 1, 2}, .to = {1, 0}};
    const double x[] = {1, 5}, t[] = {10, 10}, absent[] = {0, 0}, one[] = {10, 0};
    three a = dissimilarity(x, t, 2, &none); /* isolated areas */
    assert_true(!isnan(a.d) && isnan(a.binary) && isnan(a.rows) && isnan(a.boundary));
    a = dissimilarity(absent, t, 2, &both);
    assert_true(isnan(a.d) && isnan(a.binary) && isnan(a.rows) && isnan(a.boundary));
    a = dissimilarity(x, one, 2, &both); /* the other area is empty: x is nobody's there, only t counts */
    assert_true(isnan(a.binary) && isnan(a.rows) && isnan(a.boundary));
    a = dissimilarity(x, t, 2, &zero); /* borders of no length */
    assert_true(!isnan(a.binary) && isnan(a.boundary));
    a = dissimilarity(x, t, 1, &none);
    assert_true(a.d == 0.0 && isnan(a.binary));
}

static void dissimilarity_random_tables_equal_matrix_formula(void **unused)
{
    static links c;
    static counts table;
    const wks_rng_seed seed = wks_rng_seed_make(12, 1);
    (void)unused;
    for (uint64_t k = 0; k < 100; k++) {
        wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
        random_counts(&table, k);
        int64_t n = 0;
        for (size_t i = 0; i < table.n; i++) { /* neighbours one way only, too: the sums are over ordered pairs */
            c.start[i] = n;
            for (size_t j = 0; j < table.n; j++) {
                const double u = wks_rng_u01(&rng);
                if (u > 0.2) continue;
                c.to[n] = (int32_t)j;
                c.weight[n++] = 10.0 * u;
            }
        }
        c.start[table.n] = n;
        assert_same(dissimilarity(table.x, table.t, table.n, &c), dissimilarity_slowly(table.x, table.t, table.n, &c));
    }
}

/* ---- published ---- */

static void of_links(contiguity *out, size_t n, const links *c)
{
    out->n = n;
    memcpy(out->start, c->start, (n + 1) * sizeof *out->start);
    memcpy(out->item, c->to, (size_t)c->start[n] * sizeof *out->item);
}

static void published_tables_equal_matrix_formulas(void **unused)
{
    static const char *const files[] = {"w_rook.csv", "w_queen.csv", "boundary.csv"};
    static contiguity c;
    static places p;
    static links w;
    static int64_t start[PLACES_MOST + 1];
    static int32_t nearest[6 * PLACES_MOST];
    double value[512];
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    for (size_t k = 0; k < N_SHARED_CASES; k++) {
        const char *name = shared_cases[k];
        if (name[0] == 'r' && strstr(name, "sacramento") == NULL) continue; /* schools have no place */
        places_shared(&p, name);
        const size_t n = p.table.n_areas;
        for (int f = 0; f < 4; f++) {
            if (f < 3) {
                places_shared_links(&w, &p, name, files[f]);
                of_links(&c, n, &w);
            } else { /* six nearest */
                assert_ok(wks_points_nearest(p.x, p.y, n, 6, 2, start, nearest, &err), &err);
                assert_int_equal(start[n], 6 * n);
                c.n = n;
                memcpy(c.start, start, (n + 1) * sizeof *start);
                memcpy(c.item, nearest, 6 * n * sizeof *nearest);
            }
            for (size_t g = 0; g < p.table.n_groups; g++) {
                const double *x = wks_table_group(&p.table, g);
                wks_contiguity_shares(x, p.table.total, n, value);
                assert_close(moran(value, &c), moran_slowly(value, &c, WKS_CONTIGUITY_ROWS), 1e-11, 1e-13);
                assert_close(moran_binary(value, &c), moran_slowly(value, &c, WKS_CONTIGUITY_BINARY), 1e-11, 1e-13);
                if (f < 3) assert_same(dissimilarity(x, p.table.total, n, &w), dissimilarity_slowly(x, p.table.total, n, &w));
            }
        }
        places_close(&p);
    }
}

/* Patterns of Morrill (1991) and Wong (1993) by hand: 10 x 10 cells with 180 borders of one length; what differs over each as drawn. A: a corner of
 * 5 x 5 has 10 borders. C: every second cell of every second line, 90. F: a corner of 3 x 3, 6; G: the same inside, 12. D and E have cells of one
 * half, in which 1200 and 1250 of the others live. */
static void published_patterns_by_hand(void **unused)
{
    static const double d[] = {1.0, 1.0, 1.0, 1.0 - 1200.0 / 7600.0, 1.0 - 1250.0 / 7550.0, 1.0, 1.0, 1.0};
    static const double borders[] = {10, 31, 90, 9.5, 30.5, 6, 12, 18};
    static places p;
    static links w;
    (void)unused;
    for (size_t k = 0; k < N_PLACES_PATTERNS; k++) {
        places_shared(&p, places_patterns[k]);
        const double *x = wks_table_group(&p.table, 0);
        places_shared_links(&w, &p, places_patterns[k], "boundary.csv");
        const three a = dissimilarity(x, p.table.total, 100, &w);
        assert_close(a.d, d[k], 1e-12, 0.0);
        assert_close(a.binary, d[k] - borders[k] / 180.0, 1e-12, 0.0);
        assert_close(a.boundary, d[k] - borders[k] / 180.0, 1e-12, 0.0);
        places_close(&p);
    }
}

/* Hispanic people of the Sacramento area, neighbours by side or corner: PySAL's tests (SpatialDissim) have 0.2611974332919437, with lengths in degrees
 * (BoundarySpatialDissim) 0.2667626 in its examples. */
static void published_sacramento(void **unused)
{
    static places p;
    static links w;
    (void)unused;
    places_shared(&p, "r02_sacramento_hisp");
    places_shared_links(&w, &p, "r02_sacramento_hisp", "w_queen.csv");
    const double *x = wks_table_group(&p.table, 0);
    const three a = dissimilarity(x, p.table.total, p.table.n_areas, &w);
    assert_close(a.d, 0.32184656076566864, 1e-13, 0.0);
    assert_close(a.binary, 0.2611974332919437, 1e-13, 0.0);
    places_shared_links(&w, &p, "r02_sacramento_hisp", "boundary.csv");
    assert_close(dissimilarity(x, p.table.total, p.table.n_areas, &w).boundary, 0.2667626367289605, 0.002, 0.0);
    places_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moran_four_in_a_row_by_hand),
        cmocka_unit_test(moran_chessboard_minus_one_halves_near_one),
        cmocka_unit_test(moran_missing_value_and_island_left_out),
        cmocka_unit_test(moran_own_neighbour_skipped),
        cmocka_unit_test(moran_errors_not_defined_nan),
        cmocka_unit_test(moran_random_values_equal_matrix_formula),
        cmocka_unit_test(moran_values_dealt_at_random_mean_expected),
        cmocka_unit_test(dissimilarity_row_by_hand),
        cmocka_unit_test(dissimilarity_chessboard_nothing_left),
        cmocka_unit_test(dissimilarity_errors_not_defined_nan),
        cmocka_unit_test(dissimilarity_random_tables_equal_matrix_formula),
        cmocka_unit_test(published_tables_equal_matrix_formulas),
        cmocka_unit_test(published_patterns_by_hand),
        cmocka_unit_test(published_sacramento),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
