#include "report/map.h"

#include "support/check.h"
#include "world/leefbaarheid.h"

static void bounds_by_quantiles_are_rounded_and_rising(void **state)
{
    (void)state;
    double value[700], bound[WKS_MAP_N_CLASSES - 1];
    for (int i = 0; i < 700; i++)
        value[i] = 699 - i;
    assert_int_equal(wks_map_bounds(value, 700, bound), 6);
    const double expected[] = {100, 200, 300, 400, 500, 600};
    for (int i = 0; i < 6; i++)
        assert_close(bound[i], expected[i], 1e-12, 0.0);
}

static void decimals_print_a_bound_as_it_is(void **state)
{
    (void)state;
    assert_int_equal(wks_map_decimals(0.0075), 4);
    assert_int_equal(wks_map_decimals(-2.5), 1);
    assert_int_equal(wks_map_decimals(100.0), 0);
    assert_int_equal(wks_map_decimals(0.0), 0);
}

static void bounds_of_equal_values_are_none(void **state)
{
    (void)state;
    double value[] = {3, 3, 3, 3}, bound[WKS_MAP_N_CLASSES - 1];
    assert_int_equal(wks_map_bounds(value, 4, bound), 0);
    assert_int_equal(wks_map_bounds(value, 0, bound), 0);
}

static void bounds_around_zero_are_symmetric_with_a_middle_class(void **state)
{
    (void)state;
    double bound[WKS_MAP_N_CLASSES - 1];
    assert_int_equal(wks_map_bounds_around_zero(0.033, bound), 6);
    for (int i = 0; i < 3; i++)
        assert_close(bound[i], -bound[5 - i], 1e-12, 0.0);
    assert_int_equal(wks_map_class(bound, 6, 0.0), 3);
    for (int i = 1; i < 6; i++)
        assert_true(bound[i] > bound[i - 1]);
    (void)wks_map_bounds_around_zero(0.0, bound);
    assert_true(bound[0] < 0.0);
}

static void class_of_leefbaarheid_follows_the_published_bounds(void **state)
{
    (void)state;
    const double *bound = wks_leefbaarheid_bound;
    assert_int_equal(wks_map_class(bound, 8, -0.363), 1); /* Heechterp 2024: class 2, ruim onvoldoende */
    assert_int_equal(wks_map_class(bound, 8, -0.276), 3); /* Zwanenveld: class 4, zwak */
    assert_int_equal(wks_map_class(bound, 8, 0.0), 5);
    assert_int_equal(wks_map_class(bound, 8, 0.5), 8);
}

/* One square of 100 m with a hole in it, as two areas' worth of dossier. */
static wks_dossier square_with_hole(double *x, double *y, int64_t *point_start, int32_t *ring_start, uint8_t *is_hole, char **code)
{
    static const double outer[5][2] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}},
                        inner[5][2] = {{40, 40}, {60, 40}, {60, 60}, {40, 60}, {40, 40}};
    for (int i = 0; i < 5; i++) {
        x[i] = outer[i][0];
        y[i] = outer[i][1];
        x[5 + i] = inner[i][0];
        y[5 + i] = inner[i][1];
    }
    point_start[0] = 0;
    point_start[1] = 5;
    point_start[2] = 10;
    ring_start[0] = 0;
    ring_start[1] = 2;
    is_hole[0] = 0;
    is_hole[1] = 1;
    wks_dossier d = {.n_areas = 2};
    d.geometry = (wks_geometry){
        .n_areas = 1, .code = code, .ring_start = ring_start, .n_rings = 2, .is_hole = is_hole, .point_start = point_start, .x = x, .y = y};
    return d;
}

static void shapes_are_drawn_for_areas_that_have_one(void **state)
{
    (void)state;
    double x[10], y[10];
    int64_t point_start[3];
    int32_t ring_start[2];
    uint8_t is_hole[2];
    char name[] = "BU1", *code[] = {name};
    wks_err err = WKS_ERR_INIT;
    wks_text out = WKS_TEXT_INIT;
    wks_map map;
    wks_dossier d = square_with_hole(x, y, point_start, ring_start, is_hole, code);
    int32_t area[] = {wks_names_add(&d.names, "BU1"), wks_names_add(&d.names, "BU2")};
    d.area = area;
    assert_ok(wks_map_draw_shapes(&d, &map, &out, &err), &err);
    assert_int_equal(map.n_shapes, 1);
    assert_true(map.has_shape[0]);
    assert_false(map.has_shape[1]);
    assert_int_equal(map.height, WKS_MAP_WIDTH);
    /* The outer ring runs one way on the page, the hole the other: non-zero filling leaves it open. */
    assert_contains(out.data, "<path id=\"a0\" d=\"M0,0l1600,0,0,1600,-1600,0z");
    assert_contains(out.data, "M640,960l320,0,0,-320,-320,0z");
    assert_contains(out.data, "<path id=\"h0\"");
    assert_null(strstr(out.data, "a1\""));
    wks_map_free(&map);
    wks_text_free(&out);
    wks_names_free(&d.names);
}

/* Length of all hatch strokes = area / distance between lines, with the hole left out. */
static void hatching_covers_the_area_and_not_the_hole(void **state)
{
    (void)state;
    double x[10], y[10], drawn = 0.0;
    int64_t point_start[3];
    int32_t ring_start[2];
    uint8_t is_hole[2];
    char name[] = "BU1", *code[] = {name};
    wks_err err = WKS_ERR_INIT;
    wks_text out = WKS_TEXT_INIT;
    wks_map map;
    wks_dossier d = square_with_hole(x, y, point_start, ring_start, is_hole, code);
    int32_t area[] = {wks_names_add(&d.names, "BU1"), wks_names_add(&d.names, "BU2")};
    d.area = area;
    assert_ok(wks_map_draw_shapes(&d, &map, &out, &err), &err);
    const char *at = strstr(out.data, "id=\"h0\" d=\"");
    assert_non_null(at);
    for (at += 11; *at == 'M';) {
        int mx, my, dx, dy, n = 0;
        assert_int_equal(sscanf(at, "M%d,%dl%d,%d%n", &mx, &my, &dx, &dy, &n), 4);
        drawn += dx * 1.41421356;
        int middle_x = mx + dx / 2, middle_y = my + dy / 2;
        assert_false(middle_x > 645 && middle_x < 955 && middle_y > 645 && middle_y < 955);
        at += n;
    }
    double distance = 20.0 / 1.41421356;
    assert_close(drawn, (1600.0 * 1600.0 - 320.0 * 320.0) / distance, 0.01, 0.0);
    wks_map_free(&map);
    wks_text_free(&out);
    wks_names_free(&d.names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_by_quantiles_are_rounded_and_rising),
        cmocka_unit_test(decimals_print_a_bound_as_it_is),
        cmocka_unit_test(bounds_of_equal_values_are_none),
        cmocka_unit_test(bounds_around_zero_are_symmetric_with_a_middle_class),
        cmocka_unit_test(class_of_leefbaarheid_follows_the_published_bounds),
        cmocka_unit_test(shapes_are_drawn_for_areas_that_have_one),
        cmocka_unit_test(hatching_covers_the_area_and_not_the_hole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
