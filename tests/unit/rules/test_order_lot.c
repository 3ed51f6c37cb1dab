#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=0 tenure=social rent=500 rooms=2\n"
                            "household one place=shelter income=20000 members=40m\n"
                            "household two place=shelter income=20000 members=40m registered=1995-01 urgency=medical\n";

static void lot_is_a_draw_of_the_pair_and_the_month(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"lot\"; }", world);
    const double first = part_key(&c, "one", "a");
    assert_true(first > 0.0 && first < 1.0);
    assert_close(part_key(&c, "one", "a"), first, 0.0, 0.0);
    assert_true(fabs(part_key(&c, "one", "b") - first) > 0.0);
    assert_true(fabs(part_key(&c, "two", "a") - first) > 0.0);
    c.world.tick++;
    assert_true(fabs(part_key(&c, "one", "a") - first) > 0.0);
    part_close(&c);
}

static void lot_gives_everybody_the_same_chance(void **state)
{
    enum { N = 20000 };
    part_case c;
    int32_t n_won = 0;

    (void)state;
    part_open(&c, "order", "{ part = \"lot\"; }", world);
    for (int32_t i = 0; i < N; i++) {
        c.world.tick = i;
        n_won += part_key(&c, "one", "a") > part_key(&c, "two", "a");
    }
    assert_close(n_won / (double)N, 0.5, 0.0, 4.0 * sqrt(0.25 / N));
    part_close(&c);
}

static void lot_takes_no_parameters_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"lot\"; years = 2; }", "unknown key 'years' in lot");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lot_is_a_draw_of_the_pair_and_the_month),
        cmocka_unit_test(lot_gives_everybody_the_same_chance),
        cmocka_unit_test(lot_takes_no_parameters_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
