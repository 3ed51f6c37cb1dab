#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit open buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit closed buurt=1 tenure=social rent=500 rooms=2\n"
                            "household worker place=shelter income=20000 members=40m source=work region=2024-01\n"
                            "household pensioner place=shelter income=20000 members=70m source=pension region=2024-01\n"
                            "household student place=shelter income=9000 members=20m source=study region=2024-01\n"
                            "household newcomer place=shelter income=15000 members=40m source=benefit region=2019-02\n"
                            "household resident place=shelter income=15000 members=40m source=benefit region=2019-01\n"
                            "household outsider place=outside income=15000 members=40m source=benefit region=1990-01\n";

static void art8_in_designated_areas_bars_newcomers_without_such_income(void **state)
{
    static const char *const allowed[] = {"worker", "pensioner", "student", "resident"}, *const barred[] = {"newcomer", "outsider"};
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"art8\"; areas = [ \"buurt-1\" ]; }", world);
    for (int32_t i = 0; i < 4; i++)
        assert_true(part_passes(&c, allowed[i], "closed"));
    for (int32_t i = 0; i < 2; i++) {
        assert_false(part_passes(&c, barred[i], "closed"));
        assert_true(part_passes(&c, barred[i], "open"));
    }
    part_close(&c);
}

static void art8_outside_its_term_lets_everybody_in(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"art8\"; areas = [ \"buurt-1\" ]; designated = \"2020-01\"; }", world);
    assert_true(part_passes(&c, "newcomer", "closed")); /* 2025-01: the four years are over */
    c.world.month -= 13;
    assert_false(part_passes(&c, "newcomer", "closed"));
    part_close(&c);
}

static void art8_without_areas_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"art8\"; }", "areas");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(art8_in_designated_areas_bars_newcomers_without_such_income),
        cmocka_unit_test(art8_outside_its_term_lets_everybody_in),
        cmocka_unit_test(art8_without_areas_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
