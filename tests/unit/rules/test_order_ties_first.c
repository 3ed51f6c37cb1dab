#include "unit/rules/part_case.h"

static const char world[] = "buurten 4\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit same buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit near buurt=1 tenure=social rent=500 rooms=2\n"
                            "unit far buurt=2 tenure=social rent=500 rooms=2\n"
                            "household in_buurt unit=same income=20000 members=40m region=2000-01\n"
                            "household in_wijk unit=near income=20000 members=40m region=2000-01\n"
                            "household in_city unit=far income=20000 members=40m region=2000-01\n"
                            "household new_here place=shelter income=20000 members=40m region=2024-01\n";

/* A month of vacancy in which the unit is one of those at which residents go first (draw below 0.5), or is not. */
static void set_drawn(part_case *c, bool is_drawn)
{
    const wks_advert a = part_advert(c, "a");

    for (c->world.unit.vacant_month[a.unit_row] = 20000;; c->world.unit.vacant_month[a.unit_row]++) {
        if ((wks_part_unit_draw(&c->world, a.unit_row, 1) < 0.5) == is_drawn) return;
    }
}

static void assert_keys(const char *part, double buurt, double wijk, double city)
{
    part_case c;

    part_open(&c, "order", part, world);
    set_drawn(&c, true);
    assert_close(part_key(&c, "in_buurt", "a"), buurt, 0.0, 0.0);
    assert_close(part_key(&c, "in_wijk", "a"), wijk, 0.0, 0.0);
    assert_close(part_key(&c, "in_city", "a"), city, 0.0, 0.0);
    assert_close(part_key(&c, "new_here", "a"), 0.0, 0.0, 0.0);
    set_drawn(&c, false);
    assert_close(part_key(&c, "in_buurt", "a"), 0.0, 0.0, 0.0);
    part_close(&c);
}

static void ties_first_by_scale_prefers_residents_of_it(void **state)
{
    (void)state;
    assert_keys("{ part = \"ties_first\"; }", 1.0, 1.0, 1.0);
    assert_keys("{ part = \"ties_first\"; scale = \"wijk\"; }", 1.0, 1.0, 0.0);
    assert_keys("{ part = \"ties_first\"; scale = \"buurt\"; }", 1.0, 0.0, 0.0);
}

static void ties_first_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"ties_first\"; share = 0.51; }", "expected a number from 0 to 0.5");
    assert_part_problem("order", "{ part = \"ties_first\"; scale = \"stad\"; }", "scale is \"stad\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_first_by_scale_prefers_residents_of_it),
        cmocka_unit_test(ties_first_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
