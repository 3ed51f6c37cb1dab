#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit social buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit owned buurt=0 tenure=owner value=300000 rooms=4\n"
                            "unit rooms buurt=0 tenure=private_rent rent=500 units=2 rooms=3\n"
                            "household tenant unit=social income=20000 members=40m\n"
                            "household latent place=at_parents host=tenant income=20000 members=24m\n"
                            "household outside place=outside income=20000 members=24m\n"
                            "household roomer unit=rooms.0 income=20000 members=24m\n"
                            "household owner unit=owned income=20000 members=40m\n";

static void starter_first_is_who_leaves_no_home_behind(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"starter_first\"; }", world);
    assert_close(part_key(&c, "latent", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "outside", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "roomer", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "owner", "a"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "tenant", "a"), 0.0, 0.0, 0.0);
    part_close(&c);
}

static void starter_first_takes_no_parameters_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"starter_first\"; years = 2; }", "unknown key 'years' in starter_first");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starter_first_is_who_leaves_no_home_behind),
        cmocka_unit_test(starter_first_takes_no_parameters_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
