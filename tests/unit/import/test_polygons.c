#include "import/polygons.h"

#include "support/check.h"

static void ring(wks_polygons *p, const char *code, bool is_hole, const double *xy, size_t n)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_polygons_open_ring(p, code, is_hole, n, &err), &err);
    for (size_t i = 0; i < n; i++)
        wks_polygons_add_point(p, xy[2 * i], xy[2 * i + 1]);
    wks_polygons_close_ring(p);
}

static const double square[] = {0, 0, 100, 0, 100, 100, 0, 100, 0, 0};
static const double hole[] = {10, 10, 20, 10, 20, 20, 10, 20, 10, 10};
static const double far_square[] = {500, 0, 600, 0, 600, 100, 500, 100, 500, 0};

static void polygons_are_sorted_and_parts_joined(void **state)
{
    (void)state;
    wks_polygons p = {0};
    wks_geometry g;
    wks_err err = WKS_ERR_INIT;
    ring(&p, "BU2", false, square, 5);
    ring(&p, "BU1", false, far_square, 5);
    ring(&p, "BU2", true, hole, 5);
    ring(&p, "BU2", false, far_square, 5);
    assert_ok(wks_polygons_pack(&p, &g, &err), &err);
    assert_int_equal(g.n_areas, 2);
    assert_string_equal(g.code[0], "BU1");
    assert_int_equal(g.ring_start[1], 1);
    assert_int_equal(g.ring_start[2], 4);
    assert_false(g.is_hole[1]);
    assert_true(g.is_hole[2]);
    assert_close(wks_polygons_area_ha(&g, 0), 1.0, 0, 1e-12);
    assert_close(wks_polygons_area_ha(&g, 1), 1.0 - 0.01 + 1.0, 0, 1e-12);
    wks_geometry_free(&g);
    wks_polygons_free(&p);
}

static void polygons_rounding_drops_what_vanishes(void **state)
{
    (void)state;
    static const double tiny[] = {0, 0, 0.04, 0, 0.04, 0.04, 0, 0};
    static const double doubled[] = {0, 0, 0.01, 0.02, 100.04, 0, 100, 100, 0, 100};
    wks_polygons p = {0};
    ring(&p, "BU1", false, tiny, 4);
    assert_int_equal(p.n_rings, 0);
    assert_int_equal(p.n_vanished, 1);
    ring(&p, "BU1", false, doubled, 5); /* open: closed by us; second point falls on the first */
    assert_int_equal(p.n_rings, 1);
    assert_int_equal(p.ring[0].n, 5);
    assert_close(p.x[1], 100, 0, 1e-12);
    assert_close(p.x[4], 0, 0, 0);
    wks_polygons_free(&p);
}

static void polygons_subset_keeps_what_is_asked(void **state)
{
    (void)state;
    static const bool keep[] = {false, true};
    wks_polygons p = {0};
    wks_geometry g, part;
    wks_err err = WKS_ERR_INIT;
    ring(&p, "BU1", false, far_square, 5);
    ring(&p, "BU2", false, square, 5);
    ring(&p, "BU2", true, hole, 5);
    assert_ok(wks_polygons_pack(&p, &g, &err), &err);
    assert_ok(wks_polygons_subset(&g, keep, &part, &err), &err);
    assert_int_equal(part.n_areas, 1);
    assert_int_equal(part.n_rings, 2);
    assert_string_equal(part.code[0], "BU2");
    assert_close(wks_polygons_area_ha(&part, 0), 0.99, 0, 1e-12);
    wks_geometry_free(&part);
    wks_geometry_free(&g);
    wks_polygons_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polygons_are_sorted_and_parts_joined),
        cmocka_unit_test(polygons_rounding_drops_what_vanishes),
        cmocka_unit_test(polygons_subset_keeps_what_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
