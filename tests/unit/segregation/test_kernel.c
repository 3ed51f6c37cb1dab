/* segregation/kernel: environments and their indices against the double sum, by hand, on published tables, and for any number of threads. */
#include "segregation/kernel.h"

#include "base/mem.h"
#include "places.h"

static const double INF = (double)INFINITY, NOT_DEFINED = (double)NAN;
enum { MOST_GROUPS = 8 };

typedef struct all {
    wks_kernel_indices index;
    double exposure[MOST_GROUPS * MOST_GROUPS];
} all;

static all measure(const places *p, const wks_index_kernel *kernel, int threads)
{
    wks_err err = WKS_ERR_INIT;
    all out;
    double *around = calloc(p->table.n_areas * p->table.n_groups + 1, sizeof *around);
    assert_non_null(around);
    memset(&out, 0, sizeof out);
    assert_ok(wks_kernel_around(&p->table, p->x, p->y, kernel, threads, around, &err), &err);
    assert_ok(wks_kernel_measure(&p->table, around, threads, &out.index, out.exposure, &err), &err);
    free(around);
    return out;
}

/* ---- the slow way: 80 bits, libm, every pair ---- */

static long double weight_slowly(const wks_index_kernel *kernel, long double d)
{
    if (d > (long double)kernel->max) return 0.0L;
    if (kernel->kind == WKS_INDEX_EXP) return expl(-(long double)kernel->rate * d);
    const long double u = d / (long double)kernel->max;
    return (1.0L - u * u) * (1.0L - u * u);
}

static bool has_place(const places *p, size_t i)
{
    return isfinite(p->x[i]) && isfinite(p->y[i]) && p->table.total[i] > 0.0;
}

static long double between(const places *p, const wks_index_kernel *kernel, size_t i, size_t j)
{
    /* the distance itself in doubles: who is within max must not depend on digits no file has */
    const double dx = p->x[i] - p->x[j], dy = p->y[i] - p->y[j];
    return weight_slowly(kernel, (long double)sqrt(dx * dx + dy * dy));
}

static all measure_slowly(const places *p, const wks_index_kernel *kernel)
{
    const size_t n = p->table.n_areas, n_groups = p->table.n_groups;
    long double x[MOST_GROUPS] = {0}, t = 0, own[MOST_GROUPS] = {0}, tt = 0, e = 0, d = 0, r = 0, big_e = 0, big_i = 0, clustered = 0;
    long double exposure[MOST_GROUPS * MOST_GROUPS] = {0};
    all out;
    for (size_t i = 0; i < n; i++) {
        for (size_t g = 0; g < n_groups && has_place(p, i); g++)
            x[g] += p->table.count[g * n + i];
    }
    for (size_t g = 0; g < n_groups; g++)
        t += x[g];
    for (size_t i = 0; i < n; i++) {
        long double around[MOST_GROUPS] = {0}, sum = 0;
        if (!has_place(p, i)) continue;
        for (size_t j = 0; j < n; j++) {
            for (size_t g = 0; g < n_groups && has_place(p, j); g++)
                around[g] += between(p, kernel, i, j) * p->table.count[g * n + j];
        }
        for (size_t g = 0; g < n_groups; g++)
            sum += around[g];
        for (size_t g = 0; g < n_groups; g++) {
            const long double s = around[g] / sum, here = p->table.total[i];
            e -= s > 0 ? here * s * logl(s) : 0;
            d += here * fabsl(s - x[g] / t);
            r += here * s * (1 - s);
            own[g] += p->table.count[g * n + i] * around[g];
            for (size_t h = 0; h < n_groups; h++)
                exposure[h * n_groups + g] += p->table.count[h * n + i] * s;
        }
        tt += p->table.total[i] * sum;
    }
    for (size_t g = 0; g < n_groups; g++) {
        const long double part = x[g] / t;
        big_e -= part > 0 ? part * logl(part) : 0;
        big_i += part * (1 - part);
        clustered += x[g] > 0 ? own[g] / x[g] : 0;
        for (size_t h = 0; h < n_groups; h++)
            out.exposure[g * n_groups + h] = (double)(exposure[g * n_groups + h] / x[g]);
    }
    out.index = (wks_kernel_indices){(double)(1 - e / (t * big_e)), (double)(d / (2 * t * big_i)), (double)(1 - r / (t * big_i)),
                                     (double)(clustered * t / tt)};
    return out;
}

static void assert_same(const all *a, const all *b, size_t n_groups, double rel)
{
    /* H and R are one less a share: near 0 the difference counts against that share */
    assert_close(a->index.information, b->index.information, rel, 1e-14);
    assert_close(a->index.dissimilarity, b->index.dissimilarity, rel, 1e-14);
    assert_close(a->index.diversity, b->index.diversity, rel, 1e-14);
    assert_close(a->index.proximity, b->index.proximity, rel, 0.0);
    for (size_t p = 0; p < n_groups * n_groups; p++)
        assert_close(a->exposure[p], b->exposure[p], rel, 0.0);
}

static const wks_index_kernel kernels[] = {{WKS_INDEX_EXP, 1.0, (double)INFINITY},
                                           {WKS_INDEX_EXP, 0.3, 2.0},
                                           {WKS_INDEX_EXP, 2.5, 0.7},
                                           {WKS_INDEX_EXP, 0.0, 1.0},
                                           {WKS_INDEX_EXP, 0.0, (double)INFINITY},
                                           {WKS_INDEX_EXP, 400.0, (double)INFINITY},
                                           {WKS_INDEX_EXP, 1.0, 0.0},
                                           {WKS_INDEX_BIWEIGHT, 0.0, 1.5},
                                           {WKS_INDEX_BIWEIGHT, 0.0, 100.0},
                                           {WKS_INDEX_BIWEIGHT, 0.0, 1e-3}};
enum { N_KERNELS = sizeof kernels / sizeof *kernels };

static void random_tables_equal_the_double_sum(void **unused)
{
    static places p;
    static const double at[] = {0.0, -3.0, 150000.0, 1e9};
    (void)unused;
    for (uint64_t k = 0; k < 12; k++) {
        const size_t n_groups = 2 + k % 4;
        places_random(&p, k, 2 + 25 * k, n_groups, at[k % 4], k % 3 != 0);
        for (size_t q = 0; q < N_KERNELS; q++) {
            const all fast = measure(&p, &kernels[q], 1), slow = measure_slowly(&p, &kernels[q]);
            assert_same(&fast, &slow, n_groups, 1e-11);
        }
        places_close(&p);
    }
}

static void two_areas_by_hand(void **unused)
{
    static places p;
    (void)unused;
    places_open(&p, 2, 2);
    /* 3 and 1 in the one, 1 and 3 in the other, 1 apart, weight w = exp(-1): around 3 + w and 1 + 3w */
    const double count[] = {3, 1, 1, 3}, w = exp(-1.0), s = (3.0 + w) / (4.0 + 4.0 * w);
    memcpy(p.table.count, count, sizeof count);
    wks_table_sum(&p.table, 1);
    p.x[0] = 0.0;
    p.x[1] = 0.6;
    p.y[0] = 0.8;
    p.y[1] = 0.0;
    const all a = measure(&p, &(wks_index_kernel){WKS_INDEX_EXP, 1.0, INF}, 1);
    assert_close(a.index.information, 1.0 + (s * log(s) + (1 - s) * log(1 - s)) / log(2.0), 1e-13, 0.0);
    assert_close(a.index.dissimilarity, fabs(s - 0.5) / 0.5, 1e-14, 0.0); /* sum_g |s_g - 1/2| = 2 |s - 1/2|; 2 I = 1 */
    assert_close(a.index.diversity, 1.0 - 2 * s * (1 - s) / 0.5, 1e-13, 0.0);
    /* P_11 = (9 + 1 + 2 * 3 w)/16 = P_22, P_tt = (16 + 16 + 32 w)/64 */
    assert_close(a.index.proximity, (10.0 + 6.0 * w) / 16.0 / (0.5 + 0.5 * w), 1e-14, 0.0);
    assert_close(a.exposure[0], (3.0 * s + (1.0 - s)) / 4.0, 1e-14, 0.0);
    assert_close(a.exposure[1], 1.0 - (3.0 * s + (1.0 - s)) / 4.0, 1e-14, 0.0);
    places_close(&p);
}

/* A chessboard of 2 x 2, side 1, biweight: neighbours weigh (1 - 1/4)^2 = 9/16 each within 2, the diagonal (1 - 1/2)^2 = 1/4. */
static void chessboard_by_hand(void **unused)
{
    static places p;
    (void)unused;
    places_open(&p, 4, 2);
    const double count[] = {10, 0, 0, 10, 0, 10, 10, 0};
    memcpy(p.table.count, count, sizeof count);
    wks_table_sum(&p.table, 1);
    for (int i = 0; i < 4; i++) {
        p.x[i] = i % 2;
        p.y[i] = i / 2; /* NOLINT(bugprone-integer-division) */
    }
    const all a = measure(&p, &(wks_index_kernel){WKS_INDEX_BIWEIGHT, 0.0, 2.0}, 1);
    const double s = 1.25 / (1.25 + 1.125);
    assert_close(a.exposure[0], s, 1e-14, 0.0);
    assert_close(a.exposure[3], s, 1e-14, 0.0);
    assert_close(a.index.dissimilarity, 2.0 * s - 1.0, 1e-13, 0.0);
    assert_close(a.index.proximity, 2.0 * s, 1e-14, 0.0); /* X P_xx = 10 (1.25), T P_tt = 10 (1.25 + 1.125), twice */
    /* only the area itself: what one finds without space */
    const all alone = measure(&p, &(wks_index_kernel){WKS_INDEX_EXP, 1.0, 0.5}, 1);
    assert_close(alone.index.information, 1.0, 1e-15, 0.0);
    assert_close(alone.index.dissimilarity, 1.0, 1e-15, 0.0);
    assert_close(alone.index.diversity, 1.0, 1e-15, 0.0);
    assert_close(alone.index.proximity, 2.0, 1e-15, 0.0);
    places_close(&p);
}

/* Five areas of 2 in a ring about one of 1 from the other group, near to that one only: environments 2/3 and 1/3 in the ring, P 10/11 and 1/11. */
static void scattered_majority_passes_the_ends(void **unused)
{
    static places p;
    (void)unused;
    places_open(&p, 6, 2);
    for (size_t i = 0; i < 5; i++) {
        p.x[i] = cos(1.2566370614359172 * (double)i);
        p.y[i] = sin(1.2566370614359172 * (double)i);
        p.table.count[i] = 2.0;
    }
    p.x[5] = p.y[5] = 0.0;
    p.table.count[11] = 1.0;
    wks_table_sum(&p.table, 1);
    const all a = measure(&p, &(wks_index_kernel){WKS_INDEX_EXP, 0.0, 1.1}, 1);
    assert_close(a.index.dissimilarity, 10.0 * 2.0 * (10.0 / 11 - 2.0 / 3) / (2.0 * 11.0 * 20.0 / 121), 1e-13, 0.0); /* 4/3 */
    assert_close(a.index.diversity, 1.0 - (10.0 * 4.0 / 9 + 20.0 / 121) / (11.0 * 20.0 / 121), 1e-13, 0.0);
    assert_true(a.index.dissimilarity > 1.3 && a.index.diversity < -1.0 && a.index.information < 0.0);
    places_close(&p);
}

static void cut_off_takes_in_its_own_distance(void **unused)
{
    const wks_index_kernel kernel = {WKS_INDEX_EXP, 1.0, 0.5}, biweight = {WKS_INDEX_BIWEIGHT, 0.0, 0.5};
    static places p;
    (void)unused;
    assert_close(wks_kernel_weight(&kernel, 0.0), 1.0, 0.0, 0.0);
    assert_close(wks_kernel_weight(&kernel, 0.5), exp(-0.5), 1e-15, 0.0);
    assert_true(wks_kernel_weight(&kernel, nextafter(0.5, 1.0)) == 0.0);
    assert_close(wks_kernel_weight(&biweight, 0.0), 1.0, 0.0, 0.0);
    assert_close(wks_kernel_weight(&biweight, 0.25), 9.0 / 16.0, 1e-15, 0.0);
    assert_true(wks_kernel_weight(&biweight, 0.5) == 0.0 && wks_kernel_weight(&biweight, 0.6) == 0.0);
    /* a row of areas 0.1 apart, far from 0: those at 3 steps are in or out as sqrt(dx^2) <= 0.3 says, on both sides of every cell */
    for (double at = -40.0; at < 40.0; at += 7.3) {
        places_open(&p, 60, 2);
        for (size_t i = 0; i < 60; i++) {
            p.x[i] = at + 0.1 * (double)i;
            p.y[i] = -at;
            p.table.count[i] = 1.0 + (double)(i % 3);
            p.table.count[60 + i] = 2.0 + (double)(i % 5);
        }
        wks_table_sum(&p.table, 1);
        const wks_index_kernel step = {WKS_INDEX_EXP, 0.0, 0.3};
        const all fast = measure(&p, &step, 1), slow = measure_slowly(&p, &step);
        assert_same(&fast, &slow, 2, 1e-13);
        places_close(&p);
    }
}

static void everything_in_one_point_is_even(void **unused)
{
    static places p;
    (void)unused;
    places_random(&p, 1, 200, 3, 0.0, false);
    for (size_t i = 0; i < 200; i++) {
        p.x[i] = -1e12;
        p.y[i] = 3.0;
    }
    for (size_t q = 0; q < N_KERNELS; q++) {
        const all a = measure(&p, &kernels[q], 2);
        assert_close(a.index.information, 0.0, 0.0, 1e-12);
        assert_close(a.index.dissimilarity, 0.0, 0.0, 1e-12);
        assert_close(a.index.diversity, 0.0, 0.0, 1e-12);
        assert_close(a.index.proximity, 1.0, 1e-12, 0.0);
    }
    places_close(&p);
}

static void areas_left_out_change_nothing(void **unused)
{
    static places p, with;
    (void)unused;
    places_random(&p, 5, 100, 3, 0.0, false);
    places_open(&with, 104, 3);
    for (size_t i = 0; i < 104; i++) {
        const size_t from = i < 50 ? i : i < 54 ? 0 : i - 4; /* rows 50 to 53 are the ones to leave out */
        with.x[i] = p.x[from];
        with.y[i] = p.y[from];
        for (size_t g = 0; g < 3; g++)
            with.table.count[g * 104 + i] = i == 50 || i == 51 ? 0.0 : p.table.count[g * 100 + from];
    }
    with.x[51] = 1e300;
    with.x[52] = NOT_DEFINED;
    with.y[53] = -INF;
    wks_table_sum(&with.table, 1);
    for (size_t q = 0; q < N_KERNELS; q++) {
        const all a = measure(&p, &kernels[q], 1), b = measure(&with, &kernels[q], 1);
        assert_same(&a, &b, 3, 1e-13); /* sums are cut into the same blocks, cells may not be */
    }
    places_close(&p);
    places_close(&with);
}

static void far_apart_is_as_without_space(void **unused)
{
    static places p;
    (void)unused;
    places_random(&p, 6, 40, 2, 0.0, false);
    for (size_t i = 0; i < 40; i++) {
        p.x[i] = (i % 2 == 0 ? 1e300 : -1e300) + 1e290 * (double)i; /* dx^2 overflows: infinitely far */
        p.y[i] = 1e9 * (double)i;
    }
    const all a = measure(&p, &kernels[0], 1), b = measure(&p, &(wks_index_kernel){WKS_INDEX_EXP, 1.0, 0.0}, 1);
    assert_same(&a, &b, 2, 0.0);
    places_close(&p);
}

static void one_area_or_group_errors_not_defined(void **unused)
{
    static places p;
    (void)unused;
    places_open(&p, 1, 2);
    p.table.count[0] = 3.0;
    p.table.count[1] = 5.0;
    p.x[0] = p.y[0] = 7.0;
    wks_table_sum(&p.table, 1);
    const all one = measure(&p, &kernels[0], 1);
    assert_close(one.index.information, 0.0, 0.0, 1e-15);
    assert_close(one.index.dissimilarity, 0.0, 0.0, 1e-15);
    assert_close(one.index.proximity, 1.0, 1e-15, 0.0);
    assert_close(one.exposure[0], 3.0 / 8.0, 1e-15, 0.0);
    p.table.count[1] = 0.0; /* an absent group */
    wks_table_sum(&p.table, 1);
    const all absent = measure(&p, &kernels[0], 1);
    assert_true(isnan(absent.index.information) && isnan(absent.index.dissimilarity) && isnan(absent.index.diversity));
    assert_close(absent.index.proximity, 1.0, 1e-15, 0.0);
    assert_true(absent.exposure[0] == 1.0 && absent.exposure[1] == 0.0 && isnan(absent.exposure[2]) && isnan(absent.exposure[3]));
    p.table.count[0] = 0.0; /* nobody */
    wks_table_sum(&p.table, 1);
    const all nobody = measure(&p, &kernels[0], 1);
    assert_true(isnan(nobody.index.proximity) && isnan(nobody.exposure[0]));
    places_close(&p);
    places_open(&p, 0, 2);
    const all none = measure(&p, &kernels[7], 1);
    assert_true(isnan(none.index.information) && isnan(none.index.proximity) && isnan(none.exposure[1]));
    places_close(&p);
}

static void many_groups_go_in_parts(void **unused)
{
    enum { GROUPS = 150, AREAS = 30 };
    static places p;
    static double around[GROUPS * AREAS];
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    places_random(&p, 8, AREAS, GROUPS, 0.0, false);
    assert_ok(wks_kernel_around(&p.table, p.x, p.y, &kernels[1], 2, around, &err), &err);
    for (size_t g = 0; g < GROUPS; g += 7) {
        for (size_t i = 0; i < AREAS; i++) {
            long double sum = 0;
            for (size_t j = 0; j < AREAS; j++)
                sum += between(&p, &kernels[1], i, j) * p.table.count[g * AREAS + j];
            assert_close(around[g * AREAS + i], (double)sum, 1e-13, 0.0);
        }
    }
    places_close(&p);
}

static void no_memory_errors_leave_nothing(void **unused)
{
    static places p;
    double around[3 * 40], exposure[9];
    wks_kernel_indices index;
    (void)unused;
    places_random(&p, 3, 40, 3, 0.0, true);
    for (int64_t k = 1; k <= 8; k++) { /* places, a list to sort, five columns of points, residents */
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(k);
        assert_status(wks_kernel_around(&p.table, p.x, p.y, &kernels[0], 1, around, &err), WKS_ERR_NOMEM, &err);
    }
    wks_mem_fail_after(0);
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_kernel_around(&p.table, p.x, p.y, &kernels[0], 1, around, &err), &err);
    for (int64_t k = 1; k <= 2; k++) {
        err = WKS_ERR_INIT;
        wks_mem_fail_after(k);
        assert_status(wks_kernel_measure(&p.table, around, 1, &index, exposure, &err), WKS_ERR_NOMEM, &err);
    }
    wks_mem_fail_after(0);
    places_close(&p);
}

static void threads_do_not_matter(void **unused)
{
    static places p;
    (void)unused;
    places_random(&p, 9, PLACES_MOST, 4, -2e5, true);
    for (size_t q = 0; q < N_KERNELS; q++) {
        const all one = measure(&p, &kernels[q], 1), two = measure(&p, &kernels[q], 2), seven = measure(&p, &kernels[q], 7);
        assert_memory_equal(&one, &two, sizeof one);
        assert_memory_equal(&one, &seven, sizeof one);
    }
    places_close(&p);
}

static void published_tables_equal_the_double_sum(void **unused)
{
    static const char *const cases[] = {"r01_sacramento_4g", "r02_sacramento_hisp", "s10_pattern_A", "s14_pattern_E", "s17_pattern_H"};
    static places p;
    (void)unused;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        places_shared(&p, cases[c]);
        for (size_t q = 0; q < N_KERNELS; q++) {
            const all fast = measure(&p, &kernels[q], 2), slow = measure_slowly(&p, &kernels[q]);
            assert_same(&fast, &slow, p.table.n_groups, 1e-11);
        }
        places_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_tables_equal_the_double_sum),
        cmocka_unit_test(two_areas_by_hand),
        cmocka_unit_test(chessboard_by_hand),
        cmocka_unit_test(scattered_majority_passes_the_ends),
        cmocka_unit_test(cut_off_takes_in_its_own_distance),
        cmocka_unit_test(everything_in_one_point_is_even),
        cmocka_unit_test(areas_left_out_change_nothing),
        cmocka_unit_test(far_apart_is_as_without_space),
        cmocka_unit_test(one_area_or_group_errors_not_defined),
        cmocka_unit_test(many_groups_go_in_parts),
        cmocka_unit_test(no_memory_errors_leave_nothing),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(published_tables_equal_the_double_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
