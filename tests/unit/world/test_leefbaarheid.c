#include "world/leefbaarheid.h"

#include <math.h>

#include "support/check.h"
#include "support/fixture_world.h"

/* Buurten with their published class (BZK 2024): Heechterp, Stokhasselt Noord-West, Biesdonk, Hoogbouw-Zuid, Beijum-Oost, Binnenstad-Noord (Groningen). */
static void class_of_a_total_is_the_published_one(void **state)
{
    static const struct {
        double total;
        int32_t class;
    } buurt[] = {{-0.363, 2},   {-0.341, 3},    {-0.276, 4},     {-0.219, 4},   {-0.249, 4},
                 {0.189053, 9}, {-0.106194, 5}, {-0.0794344, 6}, {0.0980488, 8}};
    (void)state;
    for (size_t i = 0; i < sizeof buurt / sizeof *buurt; i++)
        assert_int_equal(wks_leefbaarheid_class(buurt[i].total), buurt[i].class);
    assert_int_equal(wks_leefbaarheid_class(-2), 1);
    assert_int_equal(wks_leefbaarheid_class(2), 9);
    assert_int_equal(wks_leefbaarheid_class((double)NAN), 0);
}

static void bounds_rise_and_belong_to_the_class_above(void **state)
{
    (void)state;
    for (int32_t k = 0; k < WKS_LEEFBAARHEID_CLASSES - 1; k++) {
        assert_int_equal(wks_leefbaarheid_class(wks_leefbaarheid_bound[k]), k + 2);
        assert_int_equal(wks_leefbaarheid_class(wks_leefbaarheid_bound[k] - 1e-9), k + 1);
        assert_int_equal(wks_leefbaarheid_dimension_class(wks_leefbaarheid_dimension_bound[k]), k + 2);
        assert_int_equal(wks_leefbaarheid_dimension_class(wks_leefbaarheid_dimension_bound[k] - 1e-9), k + 1);
    }
}

/* 0.5, 1, 2 and 3 times 0.0784 around the national mean; classes of Binnenstad-Noord: won 5, fys 5, vrz 9, soc 5, onv 3. */
static void class_of_a_dimension_is_symmetric_about_the_mean(void **state)
{
    (void)state;
    for (int32_t k = 0; k < 4; k++)
        assert_close(wks_leefbaarheid_dimension_bound[k], -wks_leefbaarheid_dimension_bound[7 - k], 0, 1e-15);
    assert_int_equal(wks_leefbaarheid_dimension_class(-0.011174), 5);
    assert_int_equal(wks_leefbaarheid_dimension_class(0.0343143), 5);
    assert_int_equal(wks_leefbaarheid_dimension_class(0.310165), 9);
    assert_int_equal(wks_leefbaarheid_dimension_class(-0.0306654), 5);
    assert_int_equal(wks_leefbaarheid_dimension_class(-0.113587), 3);
    assert_int_equal(wks_leefbaarheid_dimension_class((double)NAN), 0);
}

static void limits_are_those_of_the_country_or_the_own_start(void **state)
{
    (void)state;
    assert_close(wks_leefbaarheid_within(WKS_LEEFBAARHEID_onv, 1, 0), 0.16, 0, 0);
    assert_close(wks_leefbaarheid_within(WKS_LEEFBAARHEID_onv, -1, 0), -0.34, 0, 0);
    assert_close(wks_leefbaarheid_within(WKS_LEEFBAARHEID_onv, -1, -0.4), -0.4, 0, 0);
    assert_close(wks_leefbaarheid_within(WKS_LEEFBAARHEID_soc, 0.1, 0), 0.1, 0, 0);
}

static void start_is_the_sum_of_the_five(void **state)
{
    wks_world world;
    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    world.buurt.won_start[1] = 0.01;
    world.buurt.fys_start[1] = 0.02;
    world.buurt.vrz_start[1] = 0.04;
    world.buurt.soc_start[1] = -0.08;
    world.buurt.onv_start[1] = 0.16;
    assert_close(wks_leefbaarheid_start(&world, 1), 0.15, 1e-12, 0);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(class_of_a_total_is_the_published_one),
        cmocka_unit_test(bounds_rise_and_belong_to_the_class_above),
        cmocka_unit_test(class_of_a_dimension_is_symmetric_about_the_mean),
        cmocka_unit_test(limits_are_those_of_the_country_or_the_own_start),
        cmocka_unit_test(start_is_the_sum_of_the_five),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
