/* Random points in polygons. */
#include "support/check.h"

#include "city/synth_position.h"

/* A square of 100 m with a hole of 60 m, and an area without rings. */
static int32_t ring_start[] = {0, 2, 2};
static int64_t point_start[] = {0, 5, 10};
static uint8_t is_hole[] = {0, 1};
static double x[] = {0, 100, 100, 0, 0, 20, 20, 80, 80, 20}, y[] = {0, 0, 100, 100, 0, 20, 80, 80, 20, 20};
static char code_a[] = "A", code_b[] = "B";
static char *code[] = {code_a, code_b};
static const wks_geometry geometry = {
    .n_areas = 2, .code = code, .ring_start = ring_start, .n_rings = 2, .is_hole = is_hole, .point_start = point_start, .x = x, .y = y};

static void point_in_a_hole_is_outside(void **state)
{
    const wks_synth_position position = wks_synth_position_open(&geometry, "A");

    (void)state;
    assert_true(wks_synth_position_is_inside(&position, 10.0, 50.0));
    assert_false(wks_synth_position_is_inside(&position, 50.0, 50.0));
    assert_false(wks_synth_position_is_inside(&position, 150.0, 50.0));
}

static void points_drawn_are_inside_and_spread(void **state)
{
    const wks_synth_position position = wks_synth_position_open(&geometry, "A");
    const wks_rng_seed seed = wks_rng_seed_make(7, 0);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    double sum = 0.0;

    (void)state;
    for (int32_t i = 0; i < 2000; i++) {
        float px, py, qx, qy;
        wks_synth_position_draw(&position, &rng, &px, &py);
        assert_true(wks_synth_position_is_inside(&position, (double)px, (double)py));
        wks_synth_position_near(&position, &rng, px, py, 40.0, &qx, &qy);
        assert_true(wks_synth_position_is_inside(&position, (double)qx, (double)qy));
        assert_true(fabs((double)(qx - px)) <= 40.001 && fabs((double)(qy - py)) <= 40.001);
        sum += (double)px;
    }
    assert_close(sum / 2000.0, 50.0, 0.0, 4.0);
}

static void area_without_polygon_gives_nan(void **state)
{
    static const char *const name[2] = {"B", "nowhere"};
    const wks_rng_seed seed = wks_rng_seed_make(7, 0);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);

    (void)state;
    for (int32_t i = 0; i < 2; i++) {
        const wks_synth_position position = wks_synth_position_open(&geometry, name[i]);
        float px, py;
        wks_synth_position_draw(&position, &rng, &px, &py);
        assert_true(isnan(px) && isnan(py));
        wks_synth_position_near(&position, &rng, px, py, 40.0, &px, &py);
        assert_true(isnan(px) && isnan(py));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(point_in_a_hole_is_outside),
        cmocka_unit_test(points_drawn_are_inside_and_spread),
        cmocka_unit_test(area_without_polygon_gives_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
