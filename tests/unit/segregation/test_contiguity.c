/* segregation/contiguity: Moran's I by hand, on published contiguities against the full matrix formula, and as laws. */
#include "segregation/contiguity.h"

#include "num/draw.h"
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

static void moran_four_in_a_row_by_hand(void **unused)
{
    (void)unused;
    /* z -1.5 -.5 .5 1.5; means of neighbours -.5, (-1.5 + .5)/2 = -.5, (-.5 + 1.5)/2 = .5, .5
     * sum of products .75 + .25 + .25 + .75 = 2, sum of squares 5 */
    static contiguity c;
    grid(&c, 1, 4);
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    assert_close(moran(value, &c), 0.4, 1e-15, 0.0);
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
    assert_close(wks_contiguity_moran(value, 7, start, item, WKS_CONTIGUITY_ROWS, NULL), 0.4, 1e-15, 0.0);
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
    assert_true(isnan(moran(two, &c)));
    assert_true(isnan(moran(none, &c)));
    assert_true(isnan(moran(infinite, &c)));
    assert_true(isnan(wks_contiguity_moran(equal, 0, c.start, c.item, WKS_CONTIGUITY_ROWS, NULL)));
    const int64_t no_neighbours[] = {0, 0, 0, 0, 0};
    const int32_t no_item[] = {0};
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    assert_true(isnan(wks_contiguity_moran(value, 4, no_neighbours, no_item, WKS_CONTIGUITY_ROWS, NULL)));
}

/* n/S0 * sum_ij w_ij z_i z_j / sum_i z_i^2 over a full matrix, in 80 bits; areas without neighbours or value crossed out first. */
static double moran_slowly(const double *value, const contiguity *c)
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
            const long double w = 1.0L / row;
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
        assert_close(moran_i, moran_slowly(value, &c), 1e-12, 1e-14);
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

/* Area names of a table, then pairs of a contiguity file in compressed rows. */
static void shared_contiguity(contiguity *out, const char *name, const char *file_name)
{
    static char area[512][32];
    static int32_t from[MAX_PAIRS], to[MAX_PAIRS];
    char path[1024], line[4096];
    const char *data = wks_check_need_shared_data();
    (void)snprintf(path, sizeof path, "%s/segregation/%s/table.csv", data, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    out->n = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        assert_true(out->n < 512);
        assert_int_equal(sscanf(line, "%31[^,],", area[out->n]), 1);
        out->n++;
    }
    (void)fclose(file);
    (void)snprintf(path, sizeof path, "%s/segregation/%s/%s", data, name, file_name);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    int32_t n_pairs = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        char i[32], j[32];
        assert_true(n_pairs < MAX_PAIRS);
        assert_int_equal(sscanf(line, "%31[^,],%31[^,],", i, j), 2);
        from[n_pairs] = to[n_pairs] = -1;
        for (size_t a = 0; a < out->n; a++) {
            if (strcmp(area[a], i) == 0) from[n_pairs] = (int32_t)a;
            if (strcmp(area[a], j) == 0) to[n_pairs] = (int32_t)a;
        }
        assert_true(from[n_pairs] >= 0 && to[n_pairs] >= 0);
        n_pairs++;
    }
    (void)fclose(file);
    int32_t k = 0;
    for (size_t a = 0; a < out->n; a++) {
        out->start[a] = k;
        for (int32_t p = 0; p < n_pairs; p++) {
            if (from[p] == (int32_t)a) out->item[k++] = to[p];
        }
    }
    out->start[out->n] = k;
    assert_true(k == n_pairs && k > 0);
}

static void moran_published_tables_equal_matrix_formula(void **unused)
{
    (void)unused;
    static contiguity c;
    static counts table;
    double value[512];
    const char *const files[] = {"w_rook.csv", "w_queen.csv"};
    for (size_t k = 0; k < N_SHARED_CASES; k++) {
        if (shared_cases[k][0] == 'r' && strstr(shared_cases[k], "sacramento") == NULL) continue; /* schools have no place */
        for (int f = 0; f < 2; f++) {
            shared_contiguity(&c, shared_cases[k], files[f]);
            for (int group = 0; shared_counts(&table, shared_cases[k], group); group++) {
                assert_true(table.n == c.n);
                for (size_t i = 0; i < c.n; i++)
                    value[i] = table.t[i] > 0.0 ? table.x[i] / table.t[i] : NOT_DEFINED;
                assert_close(moran(value, &c), moran_slowly(value, &c), 1e-12, 1e-13);
            }
        }
    }
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
        cmocka_unit_test(moran_published_tables_equal_matrix_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
