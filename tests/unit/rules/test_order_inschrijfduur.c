#include "unit/rules/part_case.h"

static const char world[] = "month 2025-06\nbuurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "household none place=shelter income=20000 members=40m\n"
                            "household year place=shelter income=20000 members=40m registered=2024-06\n"
                            "household ten place=shelter income=20000 members=40m registered=2015-06\n";

static void inschrijfduur_is_months_since_registration(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"inschrijfduur\"; }", world);
    assert_close(part_key(&c, "none", "a"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "year", "a"), 12.0, 0.0, 0.0);
    assert_close(part_key(&c, "ten", "a"), 120.0, 0.0, 0.0);
    part_close(&c);
}

static void inschrijfduur_takes_no_parameters_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"inschrijfduur\"; years = 2; }", "unknown key 'years' in inschrijfduur");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inschrijfduur_is_months_since_registration),
        cmocka_unit_test(inschrijfduur_takes_no_parameters_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
