/* The catalogue, and the one door: every index by name gives what its own function gives, in a stable order. */
#include "segregation/index.h"

#include "base/mem.h"
#include "segregation/concentration.h"
#include "segregation/contiguity.h"
#include "segregation/evenness.h"
#include "segregation/index_table.h"
#include "segregation/kernel.h"
#include "segregation/local.h"
#include "segregation/multigroup.h"
#include "support/chaos.h"
#include "unit/segregation/places.h"

enum { N_AREAS = 60, N_GROUPS = 3 };

/* A table with everything an index may need: areas on a ring, each bordering the next two. */
typedef struct ring {
    places at;
    int64_t start[N_AREAS + 1];
    int32_t to[4 * N_AREAS];
    double weight[4 * N_AREAS];
    wks_index_links links;
    wks_index_place place;
} ring;

static void make_ring(ring *out, uint64_t k, bool with_gaps)
{
    places_random(&out->at, k, N_AREAS, N_GROUPS, 0.0, with_gaps);
    for (int32_t i = 0; i < N_AREAS; i++) {
        static const int32_t step[] = {1, 2, N_AREAS - 2, N_AREAS - 1};
        out->start[i] = 4 * i;
        for (int n = 0; n < 4; n++) {
            out->to[4 * i + n] = (i + step[n]) % N_AREAS;
            out->weight[4 * i + n] = step[n] % 2 == 1 ? 2.0 : 0.5;
        }
    }
    out->start[N_AREAS] = 4 * N_AREAS;
    out->links = (wks_index_links){N_AREAS, out->start, out->to, out->weight};
    out->place = (wks_index_place){.x = out->at.x,
                                   .y = out->at.y,
                                   .size = out->at.size,
                                   .contiguity = &out->links,
                                   .boundary = &out->links,
                                   .kernel = {WKS_INDEX_EXP, 1.0, (double)INFINITY}};
}

static void compute(const ring *of, bool all, int32_t one, int threads, wks_index_result *out)
{
    bool wanted[WKS_INDEX_TABLE_N] = {0};
    wks_err err = WKS_ERR_INIT;
    for (int32_t i = 0; i < wks_index_count; i++)
        wanted[i] = all || i == one;
    assert_ok(wks_index_compute(&of->at.table, &of->place, wanted, threads, out, &err), &err);
}

static double value_of(const wks_index_result *result, int32_t index, int32_t group, int32_t versus, int64_t area)
{
    for (size_t r = 0; r < result->n; r++) {
        const wks_index_row *row = &result->row[r];
        if (row->index == index && row->group == group && row->versus == versus && row->area == area) return row->value;
    }
    fail_msg("no row of %s, group %d, versus %d, area %lld", wks_index_table[index].name, group, versus, (long long)area);
    return 0;
}

/* ---- the catalogue ---- */

static void index_catalogue_is_complete(void **state)
{
    (void)state;
    assert_int_equal(wks_index_count, WKS_INDEX_TABLE_N);
    for (int32_t i = 0; i < wks_index_count; i++) {
        const wks_index_spec *spec = &wks_index_table[i];
        const char *const words[] = {spec->name,        spec->title_nl,    spec->title_en, spec->meaning_nl, spec->meaning_en,
                                     spec->misleads_nl, spec->misleads_en, spec->equation, spec->source};
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (words[k] == NULL || words[k][0] == '\0') fail_msg("%s lacks a text (%zu)", spec->name, k);
        assert_true(spec->low < spec->high);
        const int32_t first = wks_index_find(spec->name);
        assert_true(first <= i);
        if (first != i) assert_true(wks_index_table[first].rows != spec->rows); /* E and I: of the whole, and of areas */
    }
    assert_int_equal(wks_index_find("d"), -1);
    assert_int_equal(wks_index_find("A0.5"), WKS_INDEX_TABLE_A05);
    assert_int_equal(wks_index_find("E"), WKS_INDEX_TABLE_E);
}

/* ---- rows ---- */

static void index_rows_are_in_the_order_of_the_catalogue(void **state)
{
    static ring r;
    wks_index_result all;
    (void)state;
    make_ring(&r, 1, false);
    compute(&r, true, 0, 1, &all);
    size_t expected = 0;
    for (int32_t i = 0; i < wks_index_count; i++) {
        switch (wks_index_table[i].rows) {
        case WKS_INDEX_BY_GROUP: expected += N_GROUPS; break;
        case WKS_INDEX_BY_PAIR:
            expected += (size_t)(i == WKS_INDEX_TABLE_P_SPATIAL ? N_GROUPS * N_GROUPS : N_GROUPS * (N_GROUPS - 1));
            break;
        case WKS_INDEX_TOGETHER: expected += 1; break;
        case WKS_INDEX_BY_AREA: expected += N_AREAS; break;
        case WKS_INDEX_BY_AREA_GROUP: expected += (size_t)N_AREAS * N_GROUPS; break;
        }
    }
    assert_int_equal(all.n, expected);
    for (size_t k = 1; k < all.n; k++) {
        const wks_index_row *a = &all.row[k - 1], *b = &all.row[k];
        const int64_t left[] = {a->index, a->group, a->versus, a->area}, right[] = {b->index, b->group, b->versus, b->area};
        int at = 0;
        while (at < 3 && left[at] == right[at])
            at++;
        assert_true(left[at] < right[at]);
    }
    wks_index_result_free(&all);
    places_close(&r.at);
}

static void index_alone_is_as_among_all_and_for_any_threads(void **state)
{
    static ring r;
    (void)state;
    for (uint64_t k = 0; k < 4; k++) {
        wks_index_result all, two, one;
        make_ring(&r, k, k % 2 == 1);
        compute(&r, true, 0, 1, &all);
        compute(&r, true, 0, 3, &two);
        assert_int_equal(all.n, two.n);
        for (size_t i = 0; i < all.n; i++)
            assert_memory_equal(&all.row[i].value, &two.row[i].value, sizeof(double));
        size_t at = 0;
        for (int32_t i = 0; i < wks_index_count; i++) {
            compute(&r, false, i, 2, &one);
            for (size_t n = 0; n < one.n; n++, at++) {
                assert_int_equal(one.row[n].index, i);
                assert_memory_equal(&one.row[n].value, &all.row[at].value, sizeof(double));
            }
            wks_index_result_free(&one);
        }
        assert_int_equal(at, all.n);
        wks_index_result_free(&all);
        wks_index_result_free(&two);
        places_close(&r.at);
    }
}

static void index_values_lie_in_their_range(void **state)
{
    static ring r;
    (void)state;
    for (uint64_t k = 10; k < 40; k++) {
        wks_index_result all;
        make_ring(&r, k, k % 2 == 0);
        compute(&r, true, 0, 2, &all);
        for (size_t i = 0; i < all.n; i++) {
            const wks_index_spec *spec = &wks_index_table[all.row[i].index];
            const double v = all.row[i].value;
            if (!isnan(v) && !(v >= spec->low - 1e-12 && v <= spec->high + 1e-12)) fail_msg("%s is %.17g", spec->name, v);
        }
        wks_index_result_free(&all);
        places_close(&r.at);
    }
}

/* ---- values ---- */

static void index_by_name_is_the_function_of_that_name(void **state)
{
    static ring r;
    static double around[N_AREAS * N_GROUPS], exposure[N_GROUPS * N_GROUPS], local[N_AREAS], entropy[N_AREAS], share[N_AREAS];
    wks_index_result all;
    wks_err err = WKS_ERR_INIT;
    wks_kernel_indices kernel;
    wks_multigroup multi;
    (void)state;
    make_ring(&r, 3, false);
    const wks_table *t = &r.at.table;
    compute(&r, true, 0, 1, &all);
    for (int32_t g = 0; g < N_GROUPS; g++) {
        const double *x = wks_table_group(t, (size_t)g);
        const double d = wks_evenness_dissimilarity(x, t->total, N_AREAS);
        assert_close(value_of(&all, WKS_INDEX_TABLE_D, g, -1, -1), d, 0, 0);
        assert_close(value_of(&all, WKS_INDEX_TABLE_H, g, -1, -1), wks_evenness_theil(x, t->total, N_AREAS), 0, 0);
        assert_close(value_of(&all, WKS_INDEX_TABLE_DELTA, g, -1, -1), wks_concentration_delta(x, t->total, r.at.size, N_AREAS), 0, 0);
        assert_close(value_of(&all, WKS_INDEX_TABLE_DADJ, g, -1, -1),
                     wks_contiguity_morrill(d, x, t->total, N_AREAS, r.start, r.to, WKS_CONTIGUITY_BINARY), 0, 0);
        assert_close(value_of(&all, WKS_INDEX_TABLE_DW, g, -1, -1), wks_contiguity_wong(d, x, t->total, N_AREAS, r.start, r.to, r.weight),
                     0, 0);
        wks_contiguity_shares(x, t->total, N_AREAS, share);
        assert_close(value_of(&all, WKS_INDEX_TABLE_MORAN_W, g, -1, -1),
                     wks_contiguity_moran(share, N_AREAS, r.start, r.to, WKS_CONTIGUITY_ROWS, NULL), 0, 0);
        assert_close(value_of(&all, WKS_INDEX_TABLE_DMOD_BINOM, g, -1, -1),
                     (d - value_of(&all, WKS_INDEX_TABLE_ED_BINOM, g, -1, -1)) / (1 - value_of(&all, WKS_INDEX_TABLE_ED_BINOM, g, -1, -1)),
                     1e-12, 0);
        assert_close(value_of(&all, WKS_INDEX_TABLE_MINMAX, g, -1, -1), 2 * d / (1 + d), 1e-14, 0);
    }
    assert_ok(wks_multigroup_of(t, WKS_EVENNESS_ALL, 1, &multi, &err), &err);
    assert_close(value_of(&all, WKS_INDEX_TABLE_M, -1, -1, -1), multi.m, 0, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_G_MULTI, -1, -1, -1), multi.g, 0, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_C_MULTI, -1, -1, -1), multi.c, 0, 0);
    wks_local_areas(t, 1, local, entropy, NULL);
    for (int64_t i = 0; i < N_AREAS; i++) {
        assert_close(value_of(&all, WKS_INDEX_TABLE_LS_AREA, -1, -1, i), local[i], 0, 0);
        assert_close(value_of(&all, WKS_INDEX_TABLE_E_AREA, -1, -1, i), entropy[i], 0, 0);
    }
    assert_ok(wks_kernel_around(t, r.at.x, r.at.y, &r.place.kernel, 1, around, &err), &err);
    assert_ok(wks_kernel_measure(t, around, 1, &kernel, exposure, &err), &err);
    assert_close(value_of(&all, WKS_INDEX_TABLE_SP, -1, -1, -1), kernel.proximity, 0, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_H_SPATIAL, -1, -1, -1), kernel.information, 0, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_P_SPATIAL, 2, 2, -1), exposure[8], 0, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_P_SPATIAL, 0, 1, -1), exposure[1], 0, 0);
    wks_index_result_free(&all);
    places_close(&r.at);
}

static void index_of_two_areas_by_hand(void **state)
{
    wks_table t;
    wks_err err = WKS_ERR_INIT;
    wks_index_result all;
    bool wanted[WKS_INDEX_TABLE_N] = {0};
    (void)state;
    assert_ok(wks_table_create(2, 3, &t, &err), &err);
    const double count[] = {30, 10, 10, 30, 0, 0}; /* the third group is absent */
    memcpy(t.count, count, sizeof count);
    wks_table_sum(&t, 1);
    for (int32_t i = 0; i < wks_index_count; i++)
        wanted[i] = (wks_index_table[i].needs & ~WKS_INDEX_NEEDS_WHOLE) == 0;
    assert_ok(wks_index_compute(&t, NULL, wanted, 1, &all, &err), &err);
    assert_close(value_of(&all, WKS_INDEX_TABLE_D, 0, -1, -1), 0.5, 1e-15, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_D_PAIR, 0, 1, -1), 0.5, 1e-15, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_XPX, 0, -1, -1), 0.625, 1e-15, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_XPY, 0, 1, -1), 0.375, 1e-15, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_XPY, 0, 2, -1), 0, 0, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_ETA2, 0, -1, -1), 0.25, 1e-15, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_E, -1, -1, -1), log(2), 1e-15, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_E_NORM, -1, -1, -1), log(2) / log(3), 1e-15, 0);
    assert_close(value_of(&all, WKS_INDEX_TABLE_C_MULTI, -1, -1, -1), 0.25, 1e-15, 0); /* K: groups present */
    assert_close(value_of(&all, WKS_INDEX_TABLE_LQ, 1, -1, 1), 1.5, 1e-15, 0);
    assert_true(isnan(value_of(&all, WKS_INDEX_TABLE_D, 2, -1, -1)));
    assert_true(isnan(value_of(&all, WKS_INDEX_TABLE_D_PAIR, 0, 2, -1)));
    assert_true(isnan(value_of(&all, WKS_INDEX_TABLE_XPY, 2, 0, -1)));
    assert_true(isnan(value_of(&all, WKS_INDEX_TABLE_LQ, 2, -1, 0)));
    wks_index_result_free(&all);
    wks_table_free(&t);
}

/* ---- memory ---- */

static wks_status compute_again(void *context, wks_err *err)
{
    const ring *of = context;
    wks_index_result all;
    bool wanted[WKS_INDEX_TABLE_N];
    memset(wanted, true, sizeof wanted);
    const wks_status rc = wks_index_compute(&of->at.table, &of->place, wanted, 1, &all, err);
    wks_index_result_free(&all);
    return rc;
}

static void index_without_memory_says_so(void **state)
{
    static ring r;
    (void)state;
    make_ring(&r, 5, true);
    assert_true(wks_chaos_run(compute_again, &r) > WKS_INDEX_TABLE_N);
    places_close(&r.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(index_catalogue_is_complete),
        cmocka_unit_test(index_rows_are_in_the_order_of_the_catalogue),
        cmocka_unit_test(index_alone_is_as_among_all_and_for_any_threads),
        cmocka_unit_test(index_values_lie_in_their_range),
        cmocka_unit_test(index_by_name_is_the_function_of_that_name),
        cmocka_unit_test(index_of_two_areas_by_hand),
        cmocka_unit_test(index_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
