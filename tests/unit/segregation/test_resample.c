/* segregation/resample: laws of redrawn and dealt tables by chi-square, what is computed from them by slow formulas, coverage of intervals, uniform
 * p-values, published bootstraps. All on fixed seeds: no test is flaky. */
#include "segregation/resample.h"

#include <gsl/gsl_cdf.h>

#include "base/mem.h"
#include "num/draw.h"
#include "schools.h"
#include "segregation/baseline.h"
#include "segregation/evenness.h"
#include "segregation/index_table.h"

static const wks_rng_seed SEED = {{123, 456}};

static void want(bool *wanted, const int *index, size_t n)
{
    memset(wanted, 0, WKS_INDEX_TABLE_N * sizeof *wanted);
    for (size_t i = 0; i < n; i++)
        wanted[index[i]] = true;
}
#define WANT(wanted, ...) want((wanted), (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

/* Point values and what draws say of them; `rows` of at least result->n. */
static void sample(const wks_table *table, const wks_index_place *place, const bool *wanted, const wks_resample_plan *plan,
                   wks_index_result *result, wks_resample_row *rows)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_index_compute(table, place, wanted, 1, result, &err), &err);
    assert_ok(wks_resample_rows(table, place, wanted, result, plan, rows, &err), &err);
}

/* ---- the laws ---- */

static void table_of(wks_table *t, size_t n_areas, size_t n_groups, const double *count)
{
    new_table(t, n_areas, n_groups);
    memcpy(t->count, count, n_areas * n_groups * sizeof *count);
    wks_table_sum(t, 1);
}

static double log_factorial(double n)
{
    return lgamma(n + 1.0);
}

/* log of the chance of a table: multinomial over the cells of `law`, or with both its margins. */
static double log_chance(const wks_table *law, const wks_table *t, bool is_dealt)
{
    double sum = is_dealt ? -log_factorial(law->all) : log_factorial(law->all);
    for (size_t c = 0; c < law->n_areas * law->n_groups; c++) {
        sum -= log_factorial(t->count[c]);
        if (!is_dealt && t->count[c] > 0.0) sum += t->count[c] * log(law->count[c] / law->all);
    }
    for (size_t i = 0; is_dealt && i < law->n_areas; i++)
        sum += log_factorial(law->total[i]);
    for (size_t g = 0; is_dealt && g < law->n_groups; g++)
        sum += log_factorial(law->group_total[g]);
    return sum;
}

/* Every table that was drawn, how often, and its exact chance; those never drawn in one cell. Returns the chi-square's tail. */
static double law_p(const wks_table *law, bool is_dealt, int n_draws)
{
    enum { MOST = 400, BASE = 16 };
    static uint64_t code[MOST];
    static double seen[MOST], chance[MOST];
    size_t n = 0;
    wks_table t;
    wks_err err = WKS_ERR_INIT;
    new_table(&t, law->n_areas, law->n_groups);
    for (int d = 0; d < n_draws; d++) {
        if (is_dealt) assert_ok(wks_resample_deal(law, &SEED, (uint32_t)d, &t, &err), &err);
        if (!is_dealt) wks_resample_redraw(law, &SEED, (uint32_t)d, &t);
        uint64_t key = 0;
        for (size_t c = 0; c < law->n_areas * law->n_groups; c++)
            key = key * BASE + (uint64_t)t.count[c];
        size_t k = 0;
        while (k < n && code[k] != key)
            k++;
        if (k == n) {
            assert_true(n < MOST);
            code[n] = key;
            seen[n] = 0.0;
            chance[n++] = exp(log_chance(law, &t, is_dealt));
        }
        seen[k] += 1.0;
    }
    wks_table_free(&t);
    double statistic = 0.0, rest_seen = 0.0, rest_chance = 1.0;
    int cells = 0;
    for (size_t k = 0; k < n; k++) {
        if (n_draws * chance[k] < 10.0) {
            rest_seen += seen[k];
            continue;
        }
        rest_chance -= chance[k];
        statistic += pow(seen[k] - n_draws * chance[k], 2.0) / (n_draws * chance[k]);
        cells++;
    }
    if (n_draws * rest_chance > 10.0) {
        statistic += pow(rest_seen - n_draws * rest_chance, 2.0) / (n_draws * rest_chance);
        cells++;
    }
    assert_true(cells > 1);
    return gsl_cdf_chisq_Q(statistic, (double)(cells - 1));
}

static void redrawn_tables_have_the_multinomial_law(void **unused)
{
    (void)unused;
    const double a[] = {1, 0, 2, 1, 1, 0}, b[] = {5, 1, 2, 2};
    wks_table t;
    table_of(&t, 3, 2, a);
    assert_true(law_p(&t, false, 40000) > 0.001);
    wks_table_free(&t);
    table_of(&t, 2, 2, b);
    assert_true(law_p(&t, false, 40000) > 0.001);
    wks_table_free(&t);
}

static void dealt_tables_have_the_law_of_both_margins(void **unused)
{
    (void)unused;
    const double a[] = {1, 0, 2, 1, 1, 0, 0, 3, 1}, b[] = {7, 1, 2, 5};
    wks_table t;
    table_of(&t, 3, 3, a);
    assert_true(law_p(&t, true, 40000) > 0.001);
    wks_table_free(&t);
    table_of(&t, 2, 2, b);
    assert_true(law_p(&t, true, 40000) > 0.001);
    wks_table_free(&t);
}

static void wrong_law_is_found(void **unused)
{
    (void)unused;
    const double b[] = {6, 2, 3, 5};
    wks_table t, wrong;
    table_of(&t, 2, 2, b);
    new_table(&wrong, 2, 2);
    double seen[20] = {0.0}, statistic = 0.0;
    int cells = 0;
    for (uint32_t d = 0; d < 20000; d++) { /* a redraw is no deal: its margins vary */
        wks_resample_redraw(&t, &SEED, d, &wrong);
        seen[(int)wrong.count[0]] += 1.0;
    }
    for (int k = 1; k <= 8; k++) {
        const double dealt[] = {k, 8 - k, 9 - k, k - 1};
        if (k - 1 < 0 || 9 - k < 0) continue;
        wks_table x;
        table_of(&x, 2, 2, dealt);
        const double e = 20000 * exp(log_chance(&t, &x, true));
        wks_table_free(&x);
        if (e < 10.0) continue;
        statistic += (seen[k] - e) * (seen[k] - e) / e;
        cells++;
    }
    assert_true(gsl_cdf_chisq_Q(statistic, cells) < 1e-6);
    wks_table_free(&t);
    wks_table_free(&wrong);
}

static void draws_keep_totals_and_margins(void **unused)
{
    (void)unused;
    for (uint64_t k = 0; k < 60; k++) {
        wks_table t, out;
        wks_err err = WKS_ERR_INIT;
        random_table(&t, k, 1 + (size_t)(k % 17), 1 + (size_t)(k % 5), k % 2 == 0 ? 4 : 2000000000, 3);
        new_table(&out, t.n_areas, t.n_groups);
        wks_resample_redraw(&t, &SEED, (uint32_t)k, &out);
        assert_true(out.all == t.all);
        for (size_t c = 0; c < t.n_areas * t.n_groups; c++)
            assert_true(t.count[c] > 0.0 || out.count[c] == 0.0);
        assert_ok(wks_resample_deal(&t, &SEED, (uint32_t)k, &out, &err), &err);
        assert_memory_equal(out.total, t.total, t.n_areas * sizeof *t.total);
        assert_memory_equal(out.group_total, t.group_total, t.n_groups * sizeof *t.group_total);
        assert_true(wks_table_is_whole(&out));
        wks_table_free(&t);
        wks_table_free(&out);
    }
}

/* ---- from draws to intervals ---- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double slow_d(const wks_table *t, size_t g)
{
    double sum = 0.0;
    for (size_t i = 0; i < t->n_areas; i++) {
        const double x = wks_table_group(t, g)[i];
        sum += fabs(x / t->group_total[g] - (t->total[i] - x) / (t->all - t->group_total[g]));
    }
    return sum / 2.0;
}

/* The order statistics of 41 draws are whole: q(.025) is the second smallest, q(.975) the second largest. */
static void interval_and_p_are_those_of_the_draws(void **unused)
{
    (void)unused;
    enum { N = 41 };
    wks_table t, out;
    wks_index_result result;
    wks_resample_row row[2];
    wks_err err = WKS_ERR_INIT;
    bool wanted[WKS_INDEX_TABLE_N];
    double redrawn[N], mean = 0.0, squares = 0.0, dealt = 0.0;
    int at_least = 0;
    random_table(&t, 9, 12, 2, 20, 4);
    new_table(&out, 12, 2);
    WANT(wanted, WKS_INDEX_TABLE_D);
    const wks_resample_plan plan = {N, N, 99, 2, 0};
    const wks_rng_seed seed = wks_rng_seed_make(99, 0);
    sample(&t, NULL, wanted, &plan, &result, row);
    assert_int_equal(result.n, 2);
    const double d = slow_d(&t, 0);
    for (uint32_t k = 0; k < N; k++) {
        wks_resample_redraw(&t, &seed, k, &out);
        redrawn[k] = slow_d(&out, 0);
        mean += redrawn[k] / N;
        assert_ok(wks_resample_deal(&t, &seed, k, &out, &err), &err);
        at_least += slow_d(&out, 0) >= d - 1e-12;
        dealt += slow_d(&out, 0) / N;
    }
    for (int k = 0; k < N; k++)
        squares += (redrawn[k] - mean) * (redrawn[k] - mean);
    qsort(redrawn, N, sizeof *redrawn, by_size);
    assert_close(row[0].ci_low, fmax(2 * d - redrawn[N - 2], 0.0), 1e-12, 0.0);
    assert_close(row[0].ci_high, fmin(2 * d - redrawn[1], 1.0), 1e-12, 0.0);
    assert_close(row[0].debiased, fmax(2 * d - mean, 0.0), 1e-12, 0.0);
    assert_close(row[0].se, sqrt(squares / (N - 1)), 1e-12, 0.0);
    assert_close(row[0].p_value, (1.0 + at_least) / (1.0 + N), 1e-15, 0.0);
    assert_close(row[0].chance, dealt, 1e-12, 0.0);
    wks_index_result_free(&result);
    wks_table_free(&t);
    wks_table_free(&out);
}

/* Every index without place, any number of threads, and values kept in pieces: the same bytes. */
static void threads_and_pieces_change_nothing(void **unused)
{
    (void)unused;
    enum { MOST = 4000 };
    static wks_resample_row one[MOST], other[MOST];
    wks_table t;
    wks_index_result result, again;
    bool wanted[WKS_INDEX_TABLE_N];
    for (int i = 0; i < WKS_INDEX_TABLE_N; i++)
        wanted[i] = i < WKS_INDEX_TABLE_MORAN_B;
    random_table(&t, 10, 40, 3, 30, 4);
    const wks_resample_plan plan = {30, 20, 7, 1, 0}, threaded = {30, 20, 7, 3, 0}, pieces = {30, 20, 7, 2, 2000},
                            seeded = {30, 20, 8, 2, 0};
    sample(&t, NULL, wanted, &plan, &result, one);
    assert_true(result.n > 100 && result.n < MOST);
    sample(&t, NULL, wanted, &threaded, &again, other);
    assert_memory_equal(one, other, result.n * sizeof *one);
    wks_index_result_free(&again);
    sample(&t, NULL, wanted, &pieces, &again, other);
    assert_memory_equal(one, other, result.n * sizeof *one);
    wks_index_result_free(&again);
    sample(&t, NULL, wanted, &seeded, &again, other);
    assert_true(memcmp(one, other, result.n * sizeof *one) != 0);
    for (size_t r = 0; r < result.n; r++) {
        const wks_index_spec *spec = &wks_index_table[result.row[r].index];
        if (isnan(one[r].ci_low)) continue;
        assert_true(one[r].ci_low <= one[r].ci_high && one[r].ci_low >= spec->low && one[r].ci_high <= spec->high);
        const int32_t index = result.row[r].index;
        const bool is_of_margins = (index >= WKS_INDEX_TABLE_E && index <= WKS_INDEX_TABLE_SC) || index == WKS_INDEX_TABLE_ED_FIXED ||
                                   index == WKS_INDEX_TABLE_ED_BINOM; /* every deal has them as they are */
        assert_true(is_of_margins ? isnan(one[r].p_value) != 0 : one[r].p_value > 0.0 && one[r].p_value <= 1.0);
        assert_int_equal(isnan(one[r].p_value) != 0, isnan(one[r].chance) != 0);
    }
    wks_index_result_free(&again);
    wks_index_result_free(&result);
    wks_table_free(&t);
}

/* ---- what statistics promise ---- */

enum { TABLES = 300, N_COVERED = 5 };
static const int covered_index[N_COVERED] = {WKS_INDEX_TABLE_D, WKS_INDEX_TABLE_H, WKS_INDEX_TABLE_ETA2, WKS_INDEX_TABLE_M,
                                             WKS_INDEX_TABLE_H_MULTI};

/* `all` people over 20 areas with three groups, uneven: the law that residents are drawn from. */
static void law_of_areas(wks_table *out, double people)
{
    new_table(out, 20, 3);
    for (size_t i = 0; i < 20; i++) {
        out->count[i] = floor(people * (0.50 + 0.02 * (double)(i % 7)));
        out->count[20 + i] = floor(people * (0.07 + 0.03 * (double)i));
        out->count[40 + i] = floor(people * (i % 2 == 0 ? 0.20 : 0.05));
    }
    wks_table_sum(out, 1);
}

/* Share of tables drawn from a law whose interval holds the law's own index (of its first group). */
static void coverage(const wks_table *law, double *out)
{
    wks_table t;
    wks_index_result truth, result;
    wks_resample_row row[16];
    wks_err err = WKS_ERR_INIT;
    bool wanted[WKS_INDEX_TABLE_N];
    want(wanted, covered_index, N_COVERED);
    assert_ok(wks_index_compute(law, NULL, wanted, 1, &truth, &err), &err);
    assert_true(truth.n <= 16);
    memset(out, 0, N_COVERED * sizeof *out);
    new_table(&t, law->n_areas, law->n_groups);
    for (int k = 0; k < TABLES; k++) {
        const wks_resample_plan plan = {199, 0, 1000 + (uint64_t)k, 2, 0};
        wks_resample_redraw(law, &SEED, (uint32_t)k, &t);
        sample(&t, NULL, wanted, &plan, &result, row);
        for (size_t j = 0; j < N_COVERED; j++) {
            size_t r = 0;
            while (truth.row[r].index != covered_index[j])
                r++;
            out[j] += (row[r].ci_low <= truth.row[r].value && truth.row[r].value <= row[r].ci_high ? 1.0 : 0.0) / TABLES;
        }
        wks_index_result_free(&result);
    }
    wks_index_result_free(&truth);
    wks_table_free(&t);
}

static void intervals_cover_the_truth_nineteen_times_in_twenty(void **unused)
{
    (void)unused;
    double share[N_COVERED];
    wks_table law;
    law_of_areas(&law, 600.0);
    coverage(&law, share);
    for (size_t j = 0; j < N_COVERED; j++) {
        print_message("areas of 600: %s covered %.1f %%\n", wks_index_table[covered_index[j]].name, 100.0 * share[j]);
        assert_true(share[j] >= 0.90 && share[j] <= 0.985);
    }
    wks_table_free(&law);
}

/* What the header warns of: where chance is most of an index, reflection takes off too little, and intervals hold the truth less often. */
static void intervals_in_small_areas_cover_less(void **unused)
{
    (void)unused;
    double share[N_COVERED];
    wks_table law;
    law_of_areas(&law, 30.0);
    coverage(&law, share);
    for (size_t j = 0; j < N_COVERED; j++)
        print_message("areas of 30: %s covered %.1f %%\n", wks_index_table[covered_index[j]].name, 100.0 * share[j]);
    assert_true(share[0] < 0.90);
    wks_table_free(&law);
}

/* Tables dealt by chance: p is uniform. A count of p <= a in n tables is binomial(n, a); bounds leave out 1e-4 on either side. */
static void p_values_of_chance_are_uniform(void **unused)
{
    (void)unused;
    enum { AREAS = 15 };
    const double level[] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9};
    const wks_resample_plan plan = {0, 199, 0, 2, 0};
    wks_table law, t;
    wks_err err = WKS_ERR_INIT;
    bool wanted[WKS_INDEX_TABLE_N];
    double p[3][TABLES];
    random_table(&law, 12, AREAS, 2, 80, 1000);
    new_table(&t, AREAS, 2);
    WANT(wanted, WKS_INDEX_TABLE_D, WKS_INDEX_TABLE_XPY, WKS_INDEX_TABLE_M);
    for (int k = 0; k < TABLES; k++) {
        wks_index_result result;
        wks_resample_row row[8];
        wks_resample_plan own = plan;
        own.seed = 5000 + (uint64_t)k;
        assert_ok(wks_resample_deal(&law, &SEED, (uint32_t)k, &t, &err), &err);
        sample(&t, NULL, wanted, &own, &result, row);
        assert_int_equal(result.n, 5);
        p[0][k] = row[0].p_value;
        p[1][k] = row[2].p_value;
        p[2][k] = row[4].p_value;
        wks_index_result_free(&result);
    }
    for (int j = 0; j < 3; j++) {
        for (size_t l = 0; l < sizeof level / sizeof *level; l++) {
            unsigned int n = 0;
            for (int k = 0; k < TABLES; k++)
                n += p[j][k] <= level[l] + 1e-12;
            print_message("index %d: p <= %.2f in %.1f %%\n", j, level[l], 100.0 * n / TABLES);
            assert_true(gsl_cdf_binomial_P(n, level[l], TABLES) > 1e-4);
            assert_true(n == 0 || gsl_cdf_binomial_Q(n - 1, level[l], TABLES) > 1e-4);
        }
    }
    wks_table_free(&law);
    wks_table_free(&t);
}

/* Segregation that is there has a small p and an interval above chance; chance is ED_fixed. */
static void mean_of_the_dealt_is_the_exact_expectation(void **unused)
{
    (void)unused;
    enum { N = 4000 };
    wks_table t, out;
    wks_index_result result;
    wks_resample_row row[8];
    wks_err err = WKS_ERR_INIT;
    bool wanted[WKS_INDEX_TABLE_N];
    random_table(&t, 13, 30, 3, 12, 4);
    new_table(&out, 30, 3);
    WANT(wanted, WKS_INDEX_TABLE_D);
    const wks_resample_plan plan = {0, N, 3, 2, 0};
    const wks_rng_seed seed = wks_rng_seed_make(3, 0);
    sample(&t, NULL, wanted, &plan, &result, row);
    for (size_t g = 0; g < 3; g++) {
        const double expected = wks_baseline_dissimilarity_fixed(wks_table_group(&t, g), t.total, t.n_areas);
        double squares = 0.0;
        for (uint32_t k = 0; k < N; k++) {
            assert_ok(wks_resample_deal(&t, &seed, k, &out, &err), &err);
            squares += pow(slow_d(&out, g) - expected, 2.0);
        }
        const double se = sqrt(squares / N / N);
        print_message("group %zu: D of the dealt %.5f, ED_fixed %.5f, standard error %.5f\n", g, row[g].chance, expected, se);
        assert_true(fabs(row[g].chance - expected) < 4.0 * se);
        assert_true(se < 0.01 * expected);
    }
    wks_index_result_free(&result);
    wks_table_free(&t);
    wks_table_free(&out);
}

/* R segregation, vignette, 500 redraws: debiased M 0.4219677 and 0.4218995, H 0.4153241 and 0.4152204 (two runs); standard errors 0.00078 and
 * 0.00071; intervals of M 0.42047 to 0.42349; M of 877739 pupils dealt: 0.004804. Each within what two such runs may differ by. */
static void schools_as_published(void **unused)
{
    (void)unused;
    schools s;
    wks_index_result result;
    wks_resample_row row[2];
    bool wanted[WKS_INDEX_TABLE_N];
    read_schools(&s, "r03_schools00");
    WANT(wanted, WKS_INDEX_TABLE_M, WKS_INDEX_TABLE_H_MULTI);
    const wks_resample_plan plan = {200, 40, 2, 2, 0};
    sample(&s.table, NULL, wanted, &plan, &result, row);
    print_message("M debiased %.6f, se %.6f, %.6f to %.6f, dealt %.6f\n", row[0].debiased, row[0].se, row[0].ci_low, row[0].ci_high,
                  row[0].chance);
    const double of_mean = 0.00078 / sqrt(200.0) + 0.00078 / sqrt(500.0);
    assert_close(row[0].debiased, 0.42193, 0.0, 4.0 * of_mean);
    assert_close(row[1].debiased, 0.41527, 0.0, 4.0 * of_mean);
    assert_close(row[0].se, 0.00079, 0.2, 0.0);
    assert_close(row[1].se, 0.00071, 0.2, 0.0);
    assert_close(row[0].ci_low, 0.42037, 0.0, 4e-4);
    assert_close(row[0].ci_high, 0.42345, 0.0, 4e-4);
    assert_close(row[0].chance, 0.004804403, 0.0, 4.0 * 7.7e-5 / sqrt(40.0));
    assert_close(row[1].chance, 0.004728413, 0.0, 4.0 * 7.6e-5 / sqrt(40.0));
    assert_close(row[0].p_value, 1.0 / 41.0, 1e-15, 0.0);
    wks_index_result_free(&result);
    free_schools(&s);
}

/* ---- Moran's I ---- */

/* A row of areas, each the neighbour of the next; areas `alone` and `alone + 1` have no links. */
static void line_of_areas(wks_index_links *out, size_t n, size_t alone)
{
    *out = (wks_index_links){n, calloc(n + 1, sizeof *out->start), calloc(2 * n, sizeof *out->to), NULL};
    int64_t at = 0;
    for (size_t i = 0; i < n; i++) {
        out->start[i] = at;
        if (i == alone || i == alone + 1) continue;
        if (i > 0 && i - 1 != alone + 1 && i - 1 != alone) out->to[at++] = (int32_t)i - 1;
        if (i + 1 < n && i + 1 != alone && i + 1 != alone + 1) out->to[at++] = (int32_t)i + 1;
    }
    out->start[n] = at;
}

static void moran_of_a_gradient_is_found_and_of_chance_is_not(void **unused)
{
    (void)unused;
    enum { N = 24 };
    double x[N], y[N] = {0.0};
    wks_table t;
    wks_index_links links;
    wks_index_result result;
    wks_resample_row row[6];
    bool wanted[WKS_INDEX_TABLE_N];
    new_table(&t, N, 2);
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)i;
        t.count[i] = i == 5 ? 0.0 : 3.0 * (double)i + 1.0; /* area 5 is empty, 10 and 11 border nothing */
        t.count[N + i] = i == 5 ? 0.0 : 100.0;
    }
    wks_table_sum(&t, 1);
    line_of_areas(&links, N, 10);
    const wks_index_place place = {.x = x, .y = y, .contiguity = &links};
    WANT(wanted, WKS_INDEX_TABLE_MORAN_B, WKS_INDEX_TABLE_MORAN_W, WKS_INDEX_TABLE_MORAN_KNN6);
    const wks_resample_plan plan = {19, 199, 5, 2, 0};
    sample(&t, &place, wanted, &plan, &result, row);
    assert_int_equal(result.n, 6);
    for (int r = 0; r < 6; r++) {
        assert_close(row[r].p_value, 1.0 / 200.0, 1e-15, 0.0);
        assert_true(fabs(row[r].chance) < 0.15 && row[r].ci_high > row[r].chance);
        const double n = r < 4 ? N - 3 : N - 1;
        assert_close(row[r].chance, -1.0 / (n - 1.0), 0.0, 4.0 * 0.25 / sqrt(199.0)); /* its expectation; sd about 0.2 */
    }
    wks_index_result_free(&result);
    for (size_t i = 0; i < N; i++)
        t.count[i] = i == 5 ? 0.0 : (double)(1 + i * 37 % 23); /* no pattern */
    wks_table_sum(&t, 1);
    sample(&t, &place, wanted, &plan, &result, row);
    for (int r = 0; r < 6; r++)
        assert_true(row[r].p_value > 0.02);
    wks_index_result_free(&result);
    free(links.start);
    free(links.to);
    wks_table_free(&t);
}

/* ---- edges ---- */

static void all_nan(const wks_resample_row *row)
{
    assert_true(isnan(row->ci_low) && isnan(row->ci_high) && isnan(row->debiased) && isnan(row->se) && isnan(row->p_value) &&
                isnan(row->chance));
}

static void fractional_absent_or_not_drawn_is_unknown(void **unused)
{
    (void)unused;
    const double fraction[] = {1.5, 2, 3, 4}, absent[] = {3, 5, 2, 2, 0, 0}, nobody[] = {0, 0, 0, 0};
    const wks_resample_plan plan = {20, 20, 1, 1, 0}, none = {0, 0, 1, 1, 0}, redraws = {20, 0, 1, 1, 0};
    wks_table t;
    wks_index_result result;
    wks_resample_row row[4];
    bool wanted[WKS_INDEX_TABLE_N];
    WANT(wanted, WKS_INDEX_TABLE_D);
    table_of(&t, 2, 2, fraction);
    sample(&t, NULL, wanted, &plan, &result, row);
    all_nan(&row[0]);
    wks_index_result_free(&result);
    wks_table_free(&t);
    table_of(&t, 2, 2, nobody);
    sample(&t, NULL, wanted, &plan, &result, row);
    all_nan(&row[1]);
    wks_index_result_free(&result);
    wks_table_free(&t);
    table_of(&t, 2, 3, absent);
    sample(&t, NULL, wanted, &plan, &result, row);
    assert_true(!isnan(row[0].ci_low) && !isnan(row[0].p_value));
    all_nan(&row[2]); /* the group nobody is in */
    wks_index_result_free(&result);
    sample(&t, NULL, wanted, &none, &result, row);
    all_nan(&row[0]);
    wks_index_result_free(&result);
    sample(&t, NULL, wanted, &redraws, &result, row);
    assert_true(!isnan(row[0].ci_low) && isnan(row[0].p_value));
    wks_index_result_free(&result);
    wks_table_free(&t);
}

/* Wholly apart: no redraw is otherwise, no deal is more so. One area: nothing to deal. */
static void extremes_apart_and_alone(void **unused)
{
    (void)unused;
    const double apart[] = {50, 50, 0, 0, 0, 0, 50, 50}, alone[] = {5, 7};
    const wks_resample_plan plan = {50, 99, 1, 2, 0};
    wks_table t;
    wks_index_result result;
    wks_resample_row row[4];
    bool wanted[WKS_INDEX_TABLE_N];
    WANT(wanted, WKS_INDEX_TABLE_D);
    table_of(&t, 4, 2, apart);
    sample(&t, NULL, wanted, &plan, &result, row);
    assert_true(row[0].ci_low == 1.0 && row[0].ci_high == 1.0 && row[0].debiased == 1.0 && row[0].se == 0.0);
    assert_close(row[0].p_value, 0.01, 1e-15, 0.0);
    wks_index_result_free(&result);
    wks_table_free(&t);
    table_of(&t, 1, 2, alone);
    sample(&t, NULL, wanted, &plan, &result, row);
    assert_true(row[0].ci_low == 0.0 && row[0].ci_high == 0.0 && row[0].p_value == 1.0 && row[0].chance == 0.0);
    wks_index_result_free(&result);
    wks_table_free(&t);
}

static void errors_no_memory_anywhere(void **unused)
{
    (void)unused;
    const double count[] = {3, 5, 2, 2};
    const wks_resample_plan plan = {3, 3, 1, 1, 0};
    wks_table t;
    wks_index_result result;
    wks_resample_row row[4];
    wks_err ok = WKS_ERR_INIT;
    bool wanted[WKS_INDEX_TABLE_N];
    WANT(wanted, WKS_INDEX_TABLE_D);
    table_of(&t, 2, 2, count);
    assert_ok(wks_index_compute(&t, NULL, wanted, 1, &result, &ok), &ok);
    for (int64_t n = 1;; n++) {
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        const wks_status rc = wks_resample_rows(&t, NULL, wanted, &result, &plan, row, &err);
        const bool is_done = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        assert_true(is_done ? rc == WKS_OK : rc == WKS_ERR_NOMEM);
        if (is_done) break;
        assert_true(n < 500);
    }
    wks_index_result_free(&result);
    wks_table_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redrawn_tables_have_the_multinomial_law),
        cmocka_unit_test(dealt_tables_have_the_law_of_both_margins),
        cmocka_unit_test(wrong_law_is_found),
        cmocka_unit_test(draws_keep_totals_and_margins),
        cmocka_unit_test(interval_and_p_are_those_of_the_draws),
        cmocka_unit_test(threads_and_pieces_change_nothing),
        cmocka_unit_test(intervals_cover_the_truth_nineteen_times_in_twenty),
        cmocka_unit_test(intervals_in_small_areas_cover_less),
        cmocka_unit_test(p_values_of_chance_are_uniform),
        cmocka_unit_test(mean_of_the_dealt_is_the_exact_expectation),
        cmocka_unit_test(schools_as_published),
        cmocka_unit_test(moran_of_a_gradient_is_found_and_of_chance_is_not),
        cmocka_unit_test(fractional_absent_or_not_drawn_is_unknown),
        cmocka_unit_test(extremes_apart_and_alone),
        cmocka_unit_test(errors_no_memory_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
