/* segregation/decompose: published values of the schools, slow formulas, and the identities on random tables. */
#include "segregation/decompose.h"

#include "base/mem.h"
#include "schools.h"

/* M straight from its definition, libm's logarithm; over the areas that `is_in` names. */
static double slow_m(const wks_table *t, const int64_t *unit, int64_t which)
{
    double all = 0.0, m = 0.0;
    double *group = calloc(t->n_groups, sizeof *group);
    assert_non_null(group);
    for (size_t i = 0; i < t->n_areas; i++) {
        if (unit != NULL && unit[i] != which) continue;
        all += t->total[i];
        for (size_t g = 0; g < t->n_groups; g++)
            group[g] += wks_table_group(t, g)[i];
    }
    for (size_t i = 0; i < t->n_areas; i++) {
        for (size_t g = 0; g < t->n_groups; g++) {
            const double p = wks_table_group(t, g)[i] / all;
            if ((unit == NULL || unit[i] == which) && p > 0.0) m += p * log(p / (t->total[i] / all * (group[g] / all)));
        }
    }
    free(group);
    return all > 0.0 ? m : (double)NAN;
}

/* States: published by the R package segregation, vignette and mutual_within. */
static void schools_within_states_as_published(void **unused)
{
    (void)unused;
    schools s;
    read_schools(&s, "r03_schools00");
    int64_t *state = calloc(s.table.n_areas, sizeof *state);
    const wks_decompose_level level = {number_names(s.state, s.table.n_areas, state), state};
    wks_decompose_hierarchy h;
    wks_err err = WKS_ERR_INIT;
    assert_int_equal(level.n_units, 3);
    assert_ok(wks_decompose_nested(&s.table, &level, 1, &h, &err), &err);
    assert_close(h.m, 0.42553898, 0.0, 0.5e-8);
    assert_close(h.h, 0.4188083, 0.0, 0.5e-7);
    assert_close(h.entropy, 1.016071, 0.0, 0.5e-6);
    assert_close(h.step[1].m, 0.09924370, 0.0, 0.5e-8);
    assert_close(h.step[1].h, 0.09767398, 0.0, 0.5e-8);
    assert_close(h.step[0].m, 0.3262953, 0.0, 0.5e-7);
    assert_close(h.step[0].h, 0.3211343, 0.0, 0.5e-7);
    const double published[3][4] = {{0.4085965, 0.2768819, 0.4969216, 0.8092501},
                                    {0.2549959, 0.4035425, 0.2680884, 0.9361190},
                                    {0.3450221, 0.3195756, 0.3611257, 0.9402955}};
    for (int u = 0; u < 3; u++) {
        const wks_decompose_unit *unit = &h.step[1].unit[u];
        assert_close(unit->m, published[u][0], 0.0, 0.5001e-7);
        assert_close(unit->share, published[u][1], 0.0, 0.5001e-7);
        assert_close(unit->h, published[u][2], 0.0, 0.5001e-7);
        assert_close(unit->entropy_ratio, published[u][3], 0.0, 0.5001e-7);
    }
    assert_true(h.left_out == 0.0);
    wks_decompose_free(&h);
    free(state);
    free_schools(&s);
}

/* School in district in state: mutual_total_nested. */
static void schools_nested_as_published(void **unused)
{
    (void)unused;
    schools s;
    read_schools(&s, "r03_schools00");
    int64_t *state = calloc(s.table.n_areas, sizeof *state), *district = calloc(s.table.n_areas, sizeof *district);
    const size_t n_states = number_names(s.state, s.table.n_areas, state),
                 n_districts = number_names(s.district, s.table.n_areas, district);
    const wks_decompose_level level[2] = {{n_districts, district}, {n_states, state}};
    wks_decompose_hierarchy h;
    wks_err err = WKS_ERR_INIT;
    assert_int_equal(n_districts, 429);
    assert_ok(wks_decompose_nested(&s.table, level, 2, &h, &err), &err);
    const double published[3][2] = {{0.08758648, 0.08620114}, {0.23870880, 0.23493319}, {0.09924370, 0.09767398}};
    for (int l = 0; l < 3; l++) {
        assert_close(h.step[l].m, published[l][0], 0.0, 0.5001e-8);
        assert_close(h.step[l].h, published[l][1], 0.0, 0.5001e-8);
    }
    assert_close(h.step[0].m + h.step[1].m + h.step[2].m, h.m, 1e-13, 0.0);
    wks_decompose_free(&h);
    free(state);
    free(district);
    free_schools(&s);
}

/* A random hierarchy of two levels; some areas in none. */
static void random_levels(uint64_t k, size_t n, size_t n_fine, size_t n_top, int64_t *fine, int64_t *top, bool with_left_out)
{
    const wks_rng_seed seed = wks_rng_seed_make(79, 1);
    wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
    for (size_t i = 0; i < n; i++) {
        fine[i] = (int64_t)wks_rng_below(&rng, (uint32_t)n_fine);
        const uint32_t lot = wks_rng_below(&rng, 9);
        top[i] = fine[i] % (int64_t)n_top;
        if (with_left_out && lot == 0) top[i] = -1;
        if (with_left_out && lot == 1) fine[i] = -1;
    }
}

static void check_identities(const wks_decompose_hierarchy *h)
{
    double m = 0.0, share_h = 0.0;
    for (size_t s = 0; s < h->n_steps; s++) {
        m += h->step[s].m;
        share_h += h->step[s].h;
        assert_true(h->step[s].m >= 0.0);
        assert_true(h->step[s].m_between <= h->m * (1.0 + 1e-12));
    }
    assert_close(m, h->m, 1e-12, 1e-15);
    if (h->entropy > 0.0) assert_close(share_h, h->h, 1e-12, 1e-15);
    for (size_t s = 1; s < h->n_steps; s++) {
        double within_m = 0.0, within_h = 0.0, share = 0.0;
        for (size_t u = 0; u < h->step[s].n_units; u++) {
            const wks_decompose_unit *unit = &h->step[s].unit[u];
            share += unit->share;
            assert_true(isnan(unit->m) == (unit->share == 0.0));
            if (!isnan(unit->m)) within_m += unit->share * unit->m;
            if (!isnan(unit->h)) within_h += unit->share * unit->entropy_ratio * unit->h;
        }
        assert_close(share, 1.0, 1e-13, 0.0);
        assert_close(h->step[s].m_between + within_m, h->m, 1e-12, 1e-15);
        assert_close(h->step[s].h_between + within_h, h->h, 1e-12, 1e-15);
    }
}

static void random_tables_decompose_and_agree_with_slow_formulas(void **unused)
{
    (void)unused;
    enum { MOST = 60 };
    int64_t fine[MOST], top[MOST], kept[MOST];
    wks_err err = WKS_ERR_INIT;
    for (uint64_t k = 0; k < 300; k++) {
        const size_t n = 1 + (size_t)(k * 7 % MOST), n_fine = 1 + (size_t)(k % 11), n_top = 1 + (size_t)(k % 3);
        wks_table t;
        wks_decompose_hierarchy h;
        random_table(&t, k, n, 2 + (size_t)(k % 5), k % 2 == 0 ? 5 : 3000, 3);
        random_levels(k, n, n_fine, n_top, fine, top, k % 4 == 3);
        const wks_decompose_level level[2] = {{n_fine, fine}, {n_top, top}};
        assert_ok(wks_decompose_nested(&t, level, 2, &h, &err), &err);
        double left_out = 0.0;
        for (size_t i = 0; i < n; i++) {
            kept[i] = fine[i] >= 0 && top[i] >= 0 ? 0 : -1;
            if (kept[i] < 0) left_out += t.total[i];
            if (kept[i] < 0) fine[i] = -1;
        }
        assert_true(h.left_out == left_out);
        assert_close(h.m, slow_m(&t, kept, 0), 1e-9, 1e-14);
        if (h.m >= 0.0) check_identities(&h);
        for (size_t u = 0; u < n_fine; u++)
            assert_close(h.step[1].unit[u].m, slow_m(&t, fine, (int64_t)u), 1e-9, 1e-14);
        wks_decompose_free(&h);
        wks_table_free(&t);
    }
}

/* Every area a unit: all is between. All areas one unit: all is within. */
static void extremes_all_between_or_all_within(void **unused)
{
    (void)unused;
    int64_t own[12], one[12] = {0};
    wks_table t;
    wks_decompose_hierarchy h;
    wks_err err = WKS_ERR_INIT;
    random_table(&t, 5, 12, 3, 100, 4);
    for (int64_t i = 0; i < 12; i++)
        own[i] = i;
    const wks_decompose_level level[2] = {{12, own}, {1, one}};
    assert_ok(wks_decompose_nested(&t, level, 2, &h, &err), &err);
    assert_true(h.step[0].m == 0.0);
    assert_close(h.step[1].m, h.m, 1e-14, 0.0);
    assert_close(h.step[2].m, 0.0, 0.0, 1e-15);
    wks_decompose_free(&h);
    assert_ok(wks_decompose_nested(&t, level, 0, &h, &err), &err); /* no levels: the areas in the whole */
    assert_close(h.step[0].m, slow_m(&t, NULL, 0), 1e-12, 0.0);
    wks_decompose_free(&h);
    wks_table_free(&t);
}

static void without_people_or_with_one_group_undefined(void **unused)
{
    (void)unused;
    const int64_t unit[3] = {0, 1, 1}, nowhere[3] = {-1, -1, -1};
    const wks_decompose_level level = {3, unit}, outside = {3, nowhere}; /* unit 2 has no areas */
    wks_table t;
    wks_decompose_hierarchy h;
    wks_err err = WKS_ERR_INIT;
    new_table(&t, 3, 2);
    wks_table_sum(&t, 1);
    assert_ok(wks_decompose_nested(&t, &level, 1, &h, &err), &err);
    assert_true(isnan(h.m) && isnan(h.h) && isnan(h.entropy) && isnan(h.step[1].m) && isnan(h.step[1].unit[0].m));
    wks_decompose_free(&h);
    t.count[0] = t.count[1] = t.count[2] = 5.0; /* the first group only */
    wks_table_sum(&t, 1);
    assert_ok(wks_decompose_nested(&t, &level, 1, &h, &err), &err);
    assert_true(h.m == 0.0 && isnan(h.h) && h.step[1].unit[1].m == 0.0 && isnan(h.step[1].unit[1].h) && isnan(h.step[1].unit[2].m));
    wks_decompose_free(&h);
    assert_ok(wks_decompose_nested(&t, &outside, 1, &h, &err), &err);
    assert_true(isnan(h.m) && h.left_out == 15.0);
    wks_decompose_free(&h);
    wks_table_free(&t);
}

static void levels_that_do_not_nest_are_errors(void **unused)
{
    (void)unused;
    const int64_t fine[3] = {0, 0, 1}, crossing[3] = {0, 1, 1}, beyond[3] = {0, 0, 2};
    const wks_decompose_level level[2] = {{2, fine}, {2, crossing}}, wrong = {2, beyond};
    wks_table t;
    wks_decompose_hierarchy h;
    wks_err err = WKS_ERR_INIT, other = WKS_ERR_INIT;
    random_table(&t, 6, 3, 2, 10, 100);
    assert_status(wks_decompose_nested(&t, level, 2, &h, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "unit 0 of level 0 lies in units 0 and 1");
    assert_status(wks_decompose_nested(&t, &wrong, 1, &h, &other), WKS_ERR_DATA, &other);
    assert_contains(other.message, "area 2 is in unit 2");
    wks_table_free(&t);
}

static void errors_no_memory_anywhere(void **unused)
{
    (void)unused;
    const int64_t fine[4] = {0, 0, 1, 2}, top[4] = {0, 0, 1, 1};
    const wks_decompose_level level[2] = {{3, fine}, {2, top}};
    wks_table t;
    random_table(&t, 7, 4, 2, 10, 100);
    for (int64_t n = 1;; n++) {
        wks_decompose_hierarchy h;
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        const wks_status rc = wks_decompose_nested(&t, level, 2, &h, &err);
        const bool is_done = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        assert_true(is_done == (rc == WKS_OK));
        assert_true(is_done || rc == WKS_ERR_NOMEM);
        wks_decompose_free(&h);
        if (is_done) break;
        assert_true(n < 100);
    }
    wks_table_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schools_within_states_as_published),
        cmocka_unit_test(schools_nested_as_published),
        cmocka_unit_test(random_tables_decompose_and_agree_with_slow_formulas),
        cmocka_unit_test(extremes_all_between_or_all_within),
        cmocka_unit_test(without_people_or_with_one_group_undefined),
        cmocka_unit_test(levels_that_do_not_nest_are_errors),
        cmocka_unit_test(errors_no_memory_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
