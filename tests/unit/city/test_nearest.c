/* city/nearest: the six nearest scored buurten, by hand. */
#include "city/nearest.h"

#include <math.h>
#include <stdlib.h>

#include "support/check.h"

enum { MOST = 20 };

static void open_city(wks_city *city, wks_city_area *buurt, int32_t n)
{
    memset(city, 0, sizeof *city);
    memset(buurt, 0, (size_t)n * sizeof *buurt);
    city->buurt = buurt;
    city->n_buurten = n;
    for (int32_t b = 0; b < n; b++) {
        static char code[MOST][16];
        (void)snprintf(code[b], sizeof code[b], "BU%08d", b);
        buurt[b].code = code[b];
        buurt[b].x_m = 100.0 * b;
        buurt[b].value[WKS_CITY_households] = 100;
    }
}

static void fill(wks_city *city)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_nearest_fill(city, &err), &err);
}

static void close_city(wks_city *city)
{
    free(city->near_start);
    free(city->near);
    free(city->near_x);
    free(city->near_y);
}

static void assert_near(const wks_city *city, int32_t b, const int32_t *expected, int32_t n)
{
    assert_int_equal(city->near_start[b + 1] - city->near_start[b], n);
    for (int32_t k = 0; k < n; k++)
        assert_int_equal(city->near[city->near_start[b] + k], expected[k]);
}

static void six_nearest_come_in_order_of_distance_and_code(void **state)
{
    static const int32_t of_0[] = {1, 2, 3, 4, 5, 6}, of_5[] = {4, 6, 3, 7, 2, 8};
    wks_city city;
    wks_city_area buurt[12];
    (void)state;
    open_city(&city, buurt, 12);
    fill(&city);
    assert_true(city.has_scores);
    assert_near(&city, 0, of_0, 6);
    assert_near(&city, 5, of_5, 6);
    close_city(&city);
}

static void buurten_without_score_or_place_take_no_part(void **state)
{
    static const int32_t of_0[] = {3, 4};
    wks_city city;
    wks_city_area buurt[5];
    (void)state;
    open_city(&city, buurt, 5);
    buurt[1].origin[WKS_CITY_lbm_won] = WKS_CITY_ORIGIN_estimated;
    buurt[2].x_m = (double)NAN;
    fill(&city);
    assert_near(&city, 0, of_0, 2);
    assert_near(&city, 1, NULL, 0);
    assert_near(&city, 2, NULL, 0);
    assert_false(wks_nearest_is_scored(&city, 1));
    assert_true(wks_nearest_is_scored(&city, 2));
    close_city(&city);
}

/* A made-up city: nothing is published, who lives somewhere counts. */
static void city_without_scores_counts_inhabited_buurten(void **state)
{
    static const int32_t of_0[] = {2, 3};
    wks_city city;
    wks_city_area buurt[4];
    (void)state;
    open_city(&city, buurt, 4);
    for (int32_t b = 0; b < 4; b++)
        buurt[b].origin[WKS_CITY_lbm_won] = WKS_CITY_ORIGIN_estimated;
    buurt[1].value[WKS_CITY_households] = 0;
    fill(&city);
    assert_false(city.has_scores);
    assert_near(&city, 0, of_0, 2);
    assert_near(&city, 1, NULL, 0);
    close_city(&city);
}

/* Corners 0, 0, 300, 0 (closed) have their mean at 75, not at the centre of the surface (100). */
static void centre_is_the_mean_of_the_corners(void **state)
{
    static double x[] = {0, 0, 300, 0}, y[] = {0, 300, 0, 0};
    static int32_t ring_start[] = {0, 1};
    static int64_t point_start[] = {0, 4};
    static const int32_t of_1[] = {0, 2};
    wks_city city;
    wks_city_area buurt[3];
    char *code[1];
    (void)state;
    open_city(&city, buurt, 3);
    code[0] = buurt[0].code;
    city.geometry =
        (wks_geometry){.n_areas = 1, .code = code, .ring_start = ring_start, .n_rings = 1, .point_start = point_start, .x = x, .y = y};
    buurt[0].x_m = buurt[0].y_m = 100;
    buurt[1].x_m = 75;
    buurt[1].y_m = 100; /* 25 from the mean of the corners */
    buurt[2].x_m = 75;
    buurt[2].y_m = 126; /* 26 from buurt 1 */
    fill(&city);
    assert_near(&city, 1, of_1, 2);
    close_city(&city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_nearest_come_in_order_of_distance_and_code),
        cmocka_unit_test(buurten_without_score_or_place_take_no_part),
        cmocka_unit_test(city_without_scores_counts_inhabited_buurten),
        cmocka_unit_test(centre_is_the_mean_of_the_corners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
