/* measure/segregation_level: rows equal the functions of src/segregation on tables counted by hand. */
#include "measure/segregation_level.h"

#include "fixture_measure.h"
#include "segregation/baseline.h"
#include "segregation/contiguity.h"
#include "segregation/evenness.h"
#include "segregation/exposure.h"
#include "segregation/gini.h"
#include "segregation/kernel.h"
#include "segregation/multigroup.h"

/* Four buurten, two a wijk. Families (n_children >= 1): 2 of 3, 0 of 2, 1 of 1, 0 of 2. */
static const char town[] = "buurten 4\n"
                           "unit a1 buurt=0 tenure=social rent=600\n"
                           "unit a2 buurt=0 tenure=social rent=600\n"
                           "unit a3 buurt=0 tenure=owner value=300000\n"
                           "unit b1 buurt=1 tenure=social rent=600\n"
                           "unit b2 buurt=1 tenure=social rent=600\n"
                           "unit c1 buurt=2 tenure=owner value=200000\n"
                           "unit d1 buurt=3 tenure=social rent=600\n"
                           "unit d2 buurt=3 tenure=social rent=600\n"
                           "household h1 unit=a1 income=24000 members=42m,40f,7f\n"
                           "household h2 unit=a2 income=15000 members=30m origin=europe source=benefit\n"
                           "household h3 unit=a3 income=60000 members=50m,48f,12f,9m\n"
                           "household h4 unit=b1 income=18000 members=70f source=pension origin=outside_europe\n"
                           "household h5 unit=b2 income=21000 members=33f\n"
                           "household h6 unit=c1 income=41000 members=33f,5m\n"
                           "household h7 unit=d1 income=22000 members=28f\n"
                           "household h8 unit=d2 income=17000 members=24m source=benefit origin=outside_europe\n"
                           "household h9 place=shelter income=9000 members=25m,3f\n";

static double by_buurt[] = {2, 0, 1, 0}, all_buurt[] = {3, 2, 1, 2};
static double by_wijk[] = {2, 1}, all_wijk[] = {5, 3};
static double by_cell[] = {2, 0, 1}, all_cell[] = {5, 2, 1}; /* a and b; d; c, to the north */

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_counts counts;
    wks_segregation_level *level;
    wks_series series;
} stage;

static void put(stage *s, const char *unit, float x_m, float y_m)
{
    const int32_t d = s->world.unit.dwelling_row[wks_fixture_world_unit(&s->world, unit)];
    s->world.dwelling.x_m[d] = x_m;
    s->world.dwelling.y_m[d] = y_m;
}

static void open_stage(stage *s, const char *more)
{
    static const char *const first_cell[] = {"a1", "a2", "a3", "b1", "b2"};
    wks_err err = WKS_ERR_INIT;

    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, town);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, more);
    wks_observe_refresh_groups(&s->scenario, &s->world);
    for (size_t i = 0; i < sizeof first_cell / sizeof *first_cell; i++)
        put(s, first_cell[i], 1010.0F, 2020.0F);
    put(s, "c1", 1010.0F, 2120.0F);
    put(s, "d1", 1110.0F, 2020.0F);
    put(s, "d2", 1199.0F, 2099.0F);
    for (int32_t b = 0; b < 4; b++)
        s->world.buurt.scored[b] = 1;
    assert_ok(wks_counts_create(4, 3, &s->counts, &err), &err);
    assert_ok(wks_segregation_level_create(&s->scenario, &s->level, &err), &err);
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_segregation_level_destroy(s->level);
    wks_counts_free(&s->counts);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void measure(stage *s, int32_t tick)
{
    wks_err err = WKS_ERR_INIT;
    s->world.tick = tick;
    wks_series_clear(&s->series);
    assert_ok(wks_counts_take(&s->counts, &s->world, NULL, &err), &err);
    assert_ok(wks_segregation_level_add(s->level, &s->world, &s->counts, &s->series, &err), &err);
}

static double value(const stage *s, const char *indicator, const char *group, const char *scale)
{
    return wks_fixture_measure_value(&s->series, indicator, group, scale, "", WKS_NONE);
}

static void assert_even(const stage *s, const char *scale, const double *x, const double *t, size_t n)
{
    wks_gini_area scratch[16];
    const double d = wks_evenness_dissimilarity(x, t, n), fixed = wks_baseline_dissimilarity_fixed(x, t, n),
                 binomial = wks_baseline_dissimilarity_binomial(x, t, n);
    double sum_x = 0, sum_t = 0, squares = 0, gorard = 0;

    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        sum_t += t[i];
    }
    const double p = sum_x / sum_t;
    for (size_t i = 0; i < n; i++) {
        squares += t[i] * (x[i] / t[i] - p) * (x[i] / t[i] - p);
        gorard += fabs(x[i] / sum_x - t[i] / sum_t) / 2;
    }
    assert_close(value(s, "D", "families", scale), d, 0, 0);
    assert_close(value(s, "H", "families", scale), wks_evenness_theil(x, t, n), 0, 0);
    assert_close(value(s, "xPx", "families", scale), wks_exposure_isolation(x, t, n), 0, 0);
    assert_close(value(s, "G", "families", scale), wks_gini_coefficient(x, t, n, scratch), 0, 0);
    assert_close(value(s, "eta2", "families", scale), squares / (sum_t * p * (1 - p)), 1e-12, 0);
    assert_close(value(s, "gorard", "families", scale), gorard, 1e-12, 0);
    assert_close(value(s, "ED_fixed", "families", scale), fixed, 0, 0);
    assert_close(value(s, "ED_binom", "families", scale), binomial, 0, 0);
    assert_close(value(s, "Dmod_fixed", "families", scale), wks_baseline_modified(d, fixed), 0, 0);
    assert_close(value(s, "Dmod_binom", "families", scale), wks_baseline_modified(d, binomial), 0, 0);
}

static void every_scale_equals_the_functions_on_a_hand_made_count(void **state)
{
    /* complexes: social and owner of buurt 0; 1; 2; 3 */
    static const double by_complex[] = {1, 1, 0, 1, 0}, all_complex[] = {2, 1, 2, 1, 2};
    stage s;
    (void)state;
    open_stage(&s, "");
    measure(&s, 0);
    assert_close(value(&s, "D", "families", "buurt"), 0.5 * (2.0 / 3 - 1.0 / 5 + 2.0 / 5 + 1.0 / 3 + 2.0 / 5), 1e-12, 0);
    assert_close(value(&s, "D", "families", "wijk"), 0, 0, 1e-12 + fabs(2.0 / 3 - 3.0 / 5));
    assert_even(&s, "buurt", by_buurt, all_buurt, 4);
    assert_even(&s, "wijk", by_wijk, all_wijk, 2);
    assert_even(&s, "100m", by_cell, all_cell, 3);
    /* complexes are in the order of their keys: sums of the same numbers in another order */
    assert_close(value(&s, "D", "families", "complex"), wks_evenness_dissimilarity(by_complex, all_complex, 5), 1e-12, 0);
    assert_close(value(&s, "ED_fixed", "families", "complex"), wks_baseline_dissimilarity_fixed(by_complex, all_complex, 5), 1e-12, 0);
    assert_true(isnan(value(&s, "D", "referred", "100m"))); /* nobody: not defined, never 0 */
    close_stage(&s);
}

static void attributes_equal_the_functions_on_a_hand_made_count(void **state)
{
    /* origin by buurt: nl 2 1 1 1, europe 1 0 0 0, outside 0 1 0 1 */
    static const double origin[] = {2, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1};
    stage s;
    wks_table table;
    wks_multigroup expected;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, "");
    measure(&s, 0);
    assert_ok(wks_table_create(4, 3, &table, &err), &err);
    memcpy(table.count, origin, sizeof origin);
    wks_table_sum(&table, 1);
    assert_ok(wks_multigroup_of(&table, WKS_EVENNESS_ALL, 1, &expected, &err), &err);
    assert_close(value(&s, "M", "origin", "buurt"), expected.m, 1e-12, 0);
    assert_close(value(&s, "H_multi", "origin", "buurt"), expected.h, 1e-12, 0);
    assert_close(value(&s, "D_multi", "origin", "buurt"), expected.d, 1e-12, 0);
    assert_true(value(&s, "M", "household_type", "wijk") <= value(&s, "M", "household_type", "buurt"));
    assert_true(value(&s, "M", "income_source", "buurt") <= value(&s, "M", "income_source", "complex") + 1e-15);
    wks_table_free(&table);
    close_stage(&s);
}

/* In a row, 0 - 1 - 2 - 3; the last is not scored. */
static void places_equal_the_functions_on_a_hand_made_count(void **state)
{
    static const int32_t start[] = {0, 1, 3, 5, 6}, item[] = {1, 0, 2, 1, 3, 2}, near_start[] = {0, 2, 4, 6, 6},
                         near[] = {1, 2, 0, 2, 1, 0};
    static const int64_t wide[] = {0, 1, 3, 5, 6}, wide_near[] = {0, 2, 4, 6, 6};
    static const double x_m[] = {0, 1000, 3000, NAN}, y_m[] = {0, 0, 0, NAN}, x_km[] = {0, 1, 3, NAN}, y_km[] = {0, 0, 0, NAN};
    static const double share[] = {2.0 / 3, 0, 1, NAN};
    stage s;
    wks_table table;
    double around[8];
    wks_kernel_indices expected;
    const wks_index_kernel kernel = {WKS_INDEX_EXP, 1.0, INFINITY};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, "");
    s.world.neighbour_start = start;
    s.world.neighbour = item;
    s.world.near_start = near_start;
    s.world.near = near;
    s.world.near_x = x_m;
    s.world.near_y = y_m;
    s.world.buurt.scored[3] = 0;
    measure(&s, 0);
    assert_close(value(&s, "moran_B", "families", "buurt"), wks_contiguity_moran(share, 4, wide, item, WKS_CONTIGUITY_BINARY, NULL), 0, 0);
    assert_close(value(&s, "moran_W", "families", "buurt"), wks_contiguity_moran(share, 4, wide, item, WKS_CONTIGUITY_ROWS, NULL), 0, 0);
    assert_close(value(&s, "moran_knn6", "families", "buurt"), wks_contiguity_moran(share, 4, wide_near, near, WKS_CONTIGUITY_ROWS, NULL),
                 0, 0);
    assert_ok(wks_table_create(4, 2, &table, &err), &err);
    for (size_t b = 0; b < 4; b++) {
        table.count[b] = by_buurt[b];
        table.count[4 + b] = all_buurt[b] - by_buurt[b];
    }
    wks_table_sum(&table, 1);
    assert_ok(wks_kernel_around(&table, x_km, y_km, &kernel, 1, around, &err), &err);
    assert_ok(wks_kernel_measure(&table, around, 1, &expected, NULL, &err), &err);
    assert_close(value(&s, "H_spatial", "families", "buurt"), expected.information, 0, 0);
    assert_close(value(&s, "D_spatial", "families", "buurt"), expected.dissimilarity, 0, 0);
    assert_true(isfinite(value(&s, "H_spatial", "origin", "buurt")));
    wks_table_free(&table);
    close_stage(&s);
}

static void without_places_what_needs_them_is_not_defined(void **state)
{
    static const char *const lost[] = {"moran_B", "moran_W", "moran_knn6", "H_spatial", "D_spatial"};
    stage s;
    (void)state;
    open_stage(&s, "");
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        s.world.dwelling.x_m[d] = NAN;
    measure(&s, 0);
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++)
        assert_true(isnan(value(&s, lost[i], "families", "buurt")));
    assert_true(isnan(value(&s, "D", "families", "100m")) && isnan(value(&s, "M", "origin", "100m")));
    assert_true(isfinite(value(&s, "D", "families", "complex")));
    close_stage(&s);
}

/* Counts of every tick and the profile are two ways to the same figures. */
static void between_the_due_ticks_the_same_figures_and_no_others(void **state)
{
    static const char *const scales[] = {"buurt", "wijk"}, *const always[] = {"D", "H", "xPx"};
    stage s;
    double due[2][3];
    (void)state;
    open_stage(&s, "output = { segregation_every = 5; };");
    measure(&s, 5);
    for (int32_t i = 0; i < 6; i++)
        due[i / 3][i % 3] = value(&s, always[i % 3], "families", scales[i / 3]);
    measure(&s, 6);
    assert_int_equal(s.series.n, 2 * 2 * 3); /* two groups, two scales */
    for (int32_t i = 0; i < 6; i++)
        assert_close(value(&s, always[i % 3], "families", scales[i / 3]), due[i / 3][i % 3], 0, 0);
    assert_true(wks_segregation_level_is_due(&s.scenario, 0) && wks_segregation_level_is_due(&s.scenario, 36));
    assert_false(wks_segregation_level_is_due(&s.scenario, 12));
    close_stage(&s);
    open_stage(&s, "output = { buurt_every = 6; };"); /* by default with the buurt tables */
    assert_true(wks_segregation_level_is_due(&s.scenario, 6) && !wks_segregation_level_is_due(&s.scenario, 5));
    close_stage(&s);
}

static void rows_are_those_selected_only(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "output = { indicators = [ \"Dmod_fixed\", \"M\" ]; };");
    measure(&s, 0);
    assert_int_equal(s.series.n, 2 * 4 + 3 * 4);
    assert_close(
        value(&s, "Dmod_fixed", "families", "buurt"),
        wks_baseline_modified(wks_evenness_dissimilarity(by_buurt, all_buurt, 4), wks_baseline_dissimilarity_fixed(by_buurt, all_buurt, 4)),
        0, 0);
    measure(&s, 1);
    assert_int_equal(s.series.n, 0);
    close_stage(&s);
    open_stage(&s, "output = { indicators = [ \"persons\" ]; };");
    measure(&s, 0);
    assert_int_equal(s.series.n, 0);
    close_stage(&s);
}

static void rows_do_not_depend_on_the_state(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, "");
    measure(&s, 0);
    const int32_t n = s.series.n;
    for (int32_t h = 1; h <= 8; h++) {
        char name[8];
        (void)snprintf(name, sizeof name, "h%d", (int)h);
        const wks_status rc = wks_relations_depart(&s.world, wks_fixture_world_household(&s.world, name), &err);
        assert_ok(rc, &err);
    }
    measure(&s, 12);
    assert_int_equal(s.series.n, n);
    for (int32_t i = 0; i < n; i++)
        assert_false(isfinite(s.series.row[i].value) && s.series.row[i].value != 0); /* M of nobody may be 0 */
    close_stage(&s);
}

static void few_real_people_are_not_told(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    s.world.hides_few = true;
    measure(&s, 0);
    assert_true(s.series.n > 0);
    for (int32_t i = 0; i < s.series.n; i++)
        assert_true(isnan(s.series.row[i].value));
    measure(&s, 1);
    for (int32_t i = 0; i < s.series.n; i++)
        assert_true(isnan(s.series.row[i].value));
    close_stage(&s);
}

static void threads_do_not_matter(void **state)
{
    stage s;
    wks_series one;
    (void)state;
    open_stage(&s, "");
    measure(&s, 0);
    one = s.series;
    s.series = (wks_series){0};
    s.world.threads = 4;
    measure(&s, 0);
    assert_int_equal(one.n, s.series.n);
    for (int32_t i = 0; i < one.n; i++) {
        assert_string_equal(one.row[i].indicator, s.series.row[i].indicator);
        assert_memory_equal(&one.row[i].value, &s.series.row[i].value, sizeof(double));
    }
    wks_series_free(&one);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scale_equals_the_functions_on_a_hand_made_count),
        cmocka_unit_test(attributes_equal_the_functions_on_a_hand_made_count),
        cmocka_unit_test(places_equal_the_functions_on_a_hand_made_count),
        cmocka_unit_test(without_places_what_needs_them_is_not_defined),
        cmocka_unit_test(between_the_due_ticks_the_same_figures_and_no_others),
        cmocka_unit_test(rows_are_those_selected_only),
        cmocka_unit_test(rows_do_not_depend_on_the_state),
        cmocka_unit_test(few_real_people_are_not_told),
        cmocka_unit_test(threads_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
