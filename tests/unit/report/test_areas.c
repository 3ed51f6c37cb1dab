#include "report/areas.h"

#include "base/mem.h"
#include "report/make_results.h"

static void read(wks_dossier *out, int n_areas, bool with_map)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *dir = wks_folder_make();
    make_results_plan plan = make_results_usual();
    plan.n_areas = n_areas;
    plan.n_years = 1;
    plan.n_scenarios = 1;
    plan.with_map = with_map;
    make_results(dir, &plan);
    assert_ok(wks_dossier_read(dir, out, &problems, &err), &err);
    wks_folder_remove(dir);
}

static void a_wijk_has_its_own_name_or_that_of_its_first_buurt(void **state)
{
    (void)state;
    wks_dossier d;
    wks_text name = WKS_TEXT_INIT;
    read(&d, 3, true);
    wks_areas_name(&d, WKS_NOTATION_EN, "WK999900", &name);
    wks_text expected = WKS_TEXT_INIT;
    wks_text_addf(&expected, "%s etc.", d.area_name[0]);
    assert_string_equal(name.data, expected.data);
    wks_text_clear(&name);
    wks_areas_name(&d, WKS_NOTATION_EN, "BU99990002", &name);
    assert_string_equal(name.data, d.area_name[1]);
    wks_text_clear(&name);
    wks_areas_name(&d, WKS_NOTATION_EN, "outside", &name);
    wks_areas_name(&d, WKS_NOTATION_EN, "WK123456", &name);
    assert_int_equal(name.length, 0);
    d.geometry.wijk_name = wks_mem_array((size_t)d.geometry.n_areas, sizeof *d.geometry.wijk_name); /* now the map has names of wijken */
    for (int32_t i = 0; i < d.geometry.n_areas; i++)
        d.geometry.wijk_name[i] = wks_mem_string(i == 0 ? "" : "Wijk Noord");
    wks_areas_name(&d, WKS_NOTATION_EN, "WK999900", &name);
    assert_string_equal(name.data, "Wijk Noord");
    wks_text_free(&name);
    wks_text_free(&expected);
    wks_dossier_free(&d);
}

/* A buurt that is on no map has only its code for a name: the wijk is then named after the next. */
static void a_wijk_is_named_after_its_first_buurt_with_a_name(void **state)
{
    (void)state;
    wks_dossier d;
    wks_text name = WKS_TEXT_INIT, expected = WKS_TEXT_INIT;
    read(&d, 3, true);
    assert_true(strlen(d.area_name[0]) >= 2);
    char *const kept = d.area_name[0];
    d.area_name[0] = wks_mem_string("BU99990001");
    wks_areas_name(&d, WKS_NOTATION_NL, "WK999900", &name);
    wks_text_addf(&expected, "%s e.a.", d.area_name[1]);
    assert_string_equal(name.data, expected.data);
    free(d.area_name[0]);
    d.area_name[0] = kept;
    wks_text_free(&name);
    wks_text_free(&expected);
    wks_dossier_free(&d);
}

static void codes_in_a_line_get_names(void **state)
{
    (void)state;
    wks_dossier d;
    wks_text line = WKS_TEXT_INIT, expected = WKS_TEXT_INIT;
    read(&d, 2, true);
    wks_areas_name_codes(&d, WKS_NOTATION_NL, "areas: WK999900, BU99990001 en WK99990; BUREAU", &line);
    wks_text_addf(&expected, "areas: WK999900 (%s e.a.), BU99990001 (%s) en WK99990; BUREAU", d.area_name[0], d.area_name[0]);
    assert_string_equal(line.data, expected.data);
    wks_text_free(&line);
    wks_text_free(&expected);
    wks_dossier_free(&d);
}

static void without_a_map_the_order_is_that_of_codes(void **state)
{
    (void)state;
    wks_dossier d;
    wks_err err = WKS_ERR_INIT;
    size_t *order = NULL;
    bool is_by_place = true;
    read(&d, 4, false);
    assert_ok(wks_areas_order(&d, &order, &is_by_place, &err), &err);
    assert_false(is_by_place);
    for (size_t a = 0; a < d.n_areas; a++)
        assert_int_equal(order[a], a);
    free(order);
    wks_dossier_free(&d);
}

static void with_a_map_a_wijk_runs_from_west_to_east(void **state)
{
    (void)state;
    wks_dossier d;
    wks_err err = WKS_ERR_INIT;
    size_t *order = NULL;
    bool is_by_place = false;
    double last = -1e30;
    int seen = 0;
    read(&d, 12, true);
    assert_ok(wks_areas_order(&d, &order, &is_by_place, &err), &err);
    assert_true(is_by_place);
    for (size_t a = 0; a < d.n_areas; a++) {
        double x, y;
        const char *code = wks_dossier_text(&d, d.area[order[a]]);
        wks_geometry_centroid(&d.geometry, wks_geometry_row(&d.geometry, code), &x, &y);
        if (a > 0 && strncmp(code, wks_dossier_text(&d, d.area[order[a - 1]]), 8) == 0) assert_true(x >= last);
        last = x;
        seen |= 1 << order[a];
    }
    assert_int_equal(seen, (1 << 12) - 1);
    free(order);
    wks_dossier_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wijk_has_its_own_name_or_that_of_its_first_buurt),
        cmocka_unit_test(a_wijk_is_named_after_its_first_buurt_with_a_name),
        cmocka_unit_test(codes_in_a_line_get_names),
        cmocka_unit_test(without_a_map_the_order_is_that_of_codes),
        cmocka_unit_test(with_a_map_a_wijk_runs_from_west_to_east),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
