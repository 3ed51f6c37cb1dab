/* The cap on open reactions: the strictest of several; a cap of nothing is none. */
#include "unit/rules/conduct_case.h"

static void the_strictest_cap_counts(void **state)
{
    conduct_case c;
    wks_conduct twice = {0};

    (void)state;
    conduct_open(&c, "{ part = \"reaction_cap\"; most = 3; }");
    assert_int_equal(c.conduct.reaction_cap, 3);
    const wks_conduct_part *part = c.part.settings->spec->implementation;
    twice.reaction_cap = 2;
    part->add(c.part.settings, &twice);
    assert_int_equal(twice.reaction_cap, 2);
    conduct_close(&c);
}

static void cap_that_allows_nothing_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"reaction_cap\"; most = 0; }", "most is 0");
    assert_part_problem("conduct", "{ part = \"reaction_cap\"; most = 1001; }", "most is 1001");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_strictest_cap_counts),
        cmocka_unit_test(cap_that_allows_nothing_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
