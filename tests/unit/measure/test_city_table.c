/* measure/city_table: counts, names and places of a small city made by hand. */
#include "measure/city_table.h"

#include "base/mem.h"
#include "city/nearest.h"
#include "fixture_measure.h"

/* Four buurten in two wijken; the last one without a published score. */
static const char town[] = "buurten 4\n"
                           "unit a1 buurt=0 tenure=social rent=600\n"
                           "unit a2 buurt=0 tenure=social rent=600\n"
                           "unit b1 buurt=1 tenure=social rent=600\n"
                           "unit c1 buurt=2 tenure=owner value=200000\n"
                           "unit d1 buurt=3 tenure=social rent=600\n"
                           "household h1 unit=a1 income=24000 members=42m,40f,7f\n"
                           "household h2 unit=a2 income=15000 members=30m origin=europe\n"
                           "household h3 unit=b1 income=18000 members=70f origin=outside_europe\n"
                           "household h4 unit=c1 income=41000 members=33f,5m\n"
                           "household h5 unit=d1 income=22000 members=28f referral=care_leaver\n";

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_city city;
    wks_city_area buurt[4], wijk[2];
} stage;

static void open_stage(stage *s)
{
    static char code[4][8] = {"BU1", "BU2", "BU3", "BU4"}, wijk_code[2][8] = {"WK1", "WK2"};
    static int32_t start[] = {0, 1, 3, 5, 6}, neighbour[] = {1, 0, 2, 1, 3, 2};
    wks_err err = WKS_ERR_INIT;

    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, town);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    s->city.buurt = s->buurt;
    s->city.n_buurten = 4;
    s->city.wijk = s->wijk;
    s->city.n_wijken = 2;
    for (int32_t w = 0; w < 2; w++)
        s->wijk[w].code = wijk_code[w];
    for (int32_t b = 0; b < 4; b++) {
        s->buurt[b].code = code[b];
        s->buurt[b].x_m = 1000.0 * (b + 1);
        s->buurt[b].y_m = 500;
        s->buurt[b].value[WKS_CITY_households] = 1;
        s->buurt[b].origin[WKS_CITY_lbm_won] = b < 3 ? WKS_CITY_ORIGIN_published : WKS_CITY_ORIGIN_estimated;
    }
    s->city.neighbour_start = start;
    s->city.neighbour = neighbour;
    assert_ok(wks_nearest_fill(&s->city, &err), &err);
}

static void close_stage(stage *s)
{
    free(s->city.near_start);
    free(s->city.near);
    free(s->city.near_x);
    free(s->city.near_y);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void make(stage *s, wks_profile_scale scale, const char *const *name, size_t n, wks_city_table *out)
{
    wks_err err = WKS_ERR_INIT;
    const wks_status rc = wks_city_table_make(&s->scenario, &s->city, &s->world, scale, name, n, out, &err);
    assert_ok(rc, &err);
}

static void assert_column(const wks_city_table *t, size_t group, const char *name, const double *expected)
{
    assert_string_equal(t->group[group], name);
    for (size_t i = 0; i < t->table.n_areas; i++)
        assert_close(wks_table_group(&t->table, group)[i], expected[i], 0, 0);
}

static void groups_and_their_rest_are_counted_by_buurt(void **state)
{
    static const char *const names[] = {"families", "referred"};
    stage s;
    wks_city_table t;
    (void)state;
    open_stage(&s);
    make(&s, WKS_PROFILE_BUURT, names, 2, &t);
    assert_int_equal(t.table.n_areas, 4);
    assert_int_equal(t.table.n_groups, 3);
    assert_column(&t, 0, "families", (const double[]){1, 0, 1, 0});
    assert_column(&t, 1, "referred", (const double[]){0, 0, 0, 1});
    assert_column(&t, 2, "rest", (const double[]){1, 1, 0, 0});
    assert_close(t.table.all, 5, 0, 0);
    assert_close(t.table.group_total[0], 2, 0, 0);
    assert_string_equal(t.area[2], "BU3");
    wks_city_table_free(&t);
    close_stage(&s);
}

static void categories_put_everybody_in_one_column(void **state)
{
    static const char *const names[] = {"origin"};
    stage s;
    wks_city_table t;
    (void)state;
    open_stage(&s);
    make(&s, WKS_PROFILE_WIJK, names, 1, &t);
    assert_int_equal(t.table.n_groups, WKS_N_ORIGINS);
    assert_column(&t, 0, "nl", (const double[]){1, 2});
    assert_column(&t, 2, "outside_europe", (const double[]){1, 0});
    assert_string_equal(t.area[1], "WK2");
    assert_true(t.place.x == NULL && t.place.size == NULL && t.place.contiguity == NULL);
    wks_city_table_free(&t);
    close_stage(&s);
}

/* In kilometres; the unscored one has no place and no borders. */
static void places_are_those_of_scored_buurten(void **state)
{
    static const char *const names[] = {"families"};
    stage s;
    wks_city_table t;
    (void)state;
    open_stage(&s);
    make(&s, WKS_PROFILE_BUURT, names, 1, &t);
    assert_close(t.place.x[2], 3, 1e-15, 0);
    assert_close(t.place.y[0], 0.5, 1e-15, 0);
    assert_true(isnan(t.place.x[3]) && t.place.size == NULL); /* no polygons */
    assert_int_equal(t.place.contiguity->n_areas, 4);
    assert_int_equal(t.contiguity.start[4], 4);
    assert_int_equal(t.contiguity.to[t.contiguity.start[2]], 1);
    assert_int_equal(t.contiguity.start[3], t.contiguity.start[4]);
    assert_close(t.place.kernel.rate, 1, 0, 0);
    wks_city_table_free(&t);
    close_stage(&s);
}

static void cells_have_a_centre_and_a_surface(void **state)
{
    static const char *const names[] = {"families"};
    stage s;
    wks_city_table t;
    (void)state;
    open_stage(&s);
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++) {
        s.world.dwelling.x_m[d] = 133020.0F;
        s.world.dwelling.y_m[d] = 459080.0F;
    }
    make(&s, WKS_PROFILE_100M, names, 1, &t);
    assert_int_equal(t.table.n_areas, 1);
    assert_string_equal(t.area[0], "E1330N4590");
    assert_close(t.place.x[0], 133.05, 1e-12, 0);
    assert_close(t.place.size[0], 0.01, 0, 0);
    wks_city_table_free(&t);
    make(&s, WKS_PROFILE_COMPLEX, names, 1, &t);
    assert_int_equal(t.table.n_areas, 4);
    assert_int_equal(strlen(t.area[0]), 16);
    wks_city_table_free(&t);
    close_stage(&s);
}

static void few_real_people_may_not_be_told_by_area(void **state)
{
    static const char *const names[] = {"families"};
    stage s;
    wks_city_table t;
    (void)state;
    open_stage(&s);
    make(&s, WKS_PROFILE_BUURT, names, 1, &t);
    assert_true(t.may_tell[0] && t.may_tell[7] && t.may_tell_group[0]);
    wks_city_table_free(&t);
    s.world.hides_few = true;
    make(&s, WKS_PROFILE_BUURT, names, 1, &t);
    for (int32_t i = 0; i < 8; i++)
        assert_false(t.may_tell[i]);
    assert_false(t.may_tell_group[0] || t.may_tell_group[1]);
    wks_city_table_free(&t);
    close_stage(&s);
}

static void groups_errors_unknown_twice_overlapping_no_memory(void **state)
{
    static const char *const unknown[] = {"gezinnen"}, *const twice[] = {"families", "families"}, *const mixed[] = {"families", "origin"},
                             *const overlapping[] = {"families", "hidden"}, *const fine[] = {"families"};
    static const struct {
        const char *const *name;
        size_t n;
        const char *message;
    } wrong[] = {{unknown, 1, "no group 'gezinnen'"},
                 {twice, 2, "is named twice"},
                 {mixed, 2, "no group 'origin'"},
                 {overlapping, 2, "more than one"}};
    stage s;
    wks_city_table t;
    (void)state;
    open_stage(&s);
    s.world.household.income_eur[wks_fixture_world_household(&s.world, "h1")] = 15000; /* now also of the group hidden */
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        wks_err err = WKS_ERR_INIT;
        assert_int_equal(wks_city_table_make(&s.scenario, &s.city, &s.world, WKS_PROFILE_BUURT, wrong[i].name, wrong[i].n, &t, &err),
                         WKS_ERR_USAGE);
        assert_non_null(strstr(err.message, wrong[i].message));
    }
    for (int64_t n = 1;; n++) {
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        const wks_status rc = wks_city_table_make(&s.scenario, &s.city, &s.world, WKS_PROFILE_BUURT, fine, 1, &t, &err);
        const bool is_over = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        wks_city_table_free(&t);
        if (is_over) break;
        assert_int_equal(rc, WKS_ERR_NOMEM);
    }
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_and_their_rest_are_counted_by_buurt), cmocka_unit_test(categories_put_everybody_in_one_column),
        cmocka_unit_test(places_are_those_of_scored_buurten),         cmocka_unit_test(cells_have_a_centre_and_a_surface),
        cmocka_unit_test(few_real_people_may_not_be_told_by_area),    cmocka_unit_test(groups_errors_unknown_twice_overlapping_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
