#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=0 tenure=social rent=500 rooms=2\n"
                            "household x place=shelter income=20000 members=40m\n"
                            "household y place=shelter income=20000 members=40m\n";

static void reaction_time_is_a_draw_of_the_pair_and_the_month(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"reaction_time\"; }", world);
    const double x = part_key(&c, "x", "a");
    assert_true(x > 0.0 && x < 1.0);
    assert_true(part_key(&c, "x", "b") < x || part_key(&c, "x", "b") > x);
    assert_true(part_key(&c, "y", "a") < x || part_key(&c, "y", "a") > x);
    c.world.tick++;
    assert_true(part_key(&c, "x", "a") < x || part_key(&c, "x", "a") > x);
    part_close(&c);
}

static void reaction_time_is_another_draw_than_the_lot(void **state)
{
    part_case c;
    int32_t n_same = 0;

    (void)state;
    part_open(&c, "order", "{ part = \"reaction_time\"; }", world);
    for (int32_t t = 0; t < 2000; t++, c.world.tick++) {
        const uint64_t x = wks_text_hash("x"), y = wks_text_hash("y"), unit = wks_text_hash("a");
        const bool is_faster = wks_part_speed(&c.world, x, unit) > wks_part_speed(&c.world, y, unit);
        n_same += is_faster == (wks_part_lot(&c.world, x, unit) > wks_part_lot(&c.world, y, unit));
    }
    assert_close(n_same / 2000.0, 0.5, 0.0, 4.0 * sqrt(0.25 / 2000.0));
    part_close(&c);
}

static void reaction_time_takes_no_parameters_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"reaction_time\"; speed = 2; }", "unknown key 'speed' in reaction_time");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reaction_time_is_a_draw_of_the_pair_and_the_month),
        cmocka_unit_test(reaction_time_is_another_draw_than_the_lot),
        cmocka_unit_test(reaction_time_takes_no_parameters_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
