/* What a rule set asks of applicants: nothing without parts, and all parts together. Each part has a file of its own. */
#include "unit/rules/conduct_case.h"

static void no_parts_ask_nothing(void **state)
{
    wks_conduct conduct;

    (void)state;
    wks_conduct_of(NULL, &conduct);
    assert_false(conduct.is_used || wks_conduct_has_penalty(&conduct));
    assert_int_equal(conduct.reaction_cap, 0);
}

static void parts_are_asked_together(void **state)
{
    wks_scenario scenario;
    wks_conduct conduct;

    (void)state;
    case_scenario(&scenario, "channels = ( { part = \"advertised\"; } ); conduct = ( { part = \"reaction_cap\"; most = 5; }, { part = "
                             "\"search_points\"; }, { part = \"situation_points\"; where = \"n_children > 0\"; }, { part = "
                             "\"situation_points\"; name = \"second\"; where = \"is_student\"; most = 3; } );");
    wks_conduct_of(&scenario.rules[0], &conduct);
    assert_true(conduct.is_used);
    assert_int_equal(conduct.reaction_cap, 5);
    assert_int_equal(conduct.search.reactions, 4);
    assert_int_equal(conduct.n_situations, 2);
    assert_close(conduct.situation[1].most, 3.0, 0.0, 0.0);
    assert_false(wks_conduct_has_penalty(&conduct));
    wks_scenario_free(&scenario);
}

/* Reacting for points, and minding their loss, only where they are worth something. */
static void points_count_where_a_part_reads_them(void **state)
{
    static const struct {
        const char *order;
        bool count;
    } of[] = {{"{ part = \"inschrijfduur\"; }", false},
              {"{ part = \"points\"; per_point = 0; }", false},
              {"{ part = \"points\"; }", true},
              {"{ part = \"weighted\"; sum = \"years_registered\"; }", false},
              {"{ part = \"weighted\"; sum = \"years_registered + 2 * points\"; }", true},
              {"{ part = \"where_first\"; where = \"points > 3\"; }, { part = \"lot\"; }", true}};

    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        wks_text rules = WKS_TEXT_INIT;
        wks_scenario scenario;
        wks_conduct conduct;
        wks_text_addf(&rules,
                      "channels = ( { part = \"advertised\"; } ); order = ( %s ); conduct = ( { part = \"search_points\"; }, { part = "
                      "\"refusal_penalty\"; points = 1.0; } );",
                      of[i].order);
        case_scenario(&scenario, rules.data);
        wks_conduct_of(&scenario.rules[0], &conduct);
        assert_true(wks_conduct_earns(&conduct) == of[i].count);
        assert_true(wks_conduct_has_penalty(&conduct) == of[i].count);
        wks_scenario_free(&scenario);
        wks_text_free(&rules);
    }
}

static void conduct_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"lot\"; }", "belongs in order");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_parts_ask_nothing),
        cmocka_unit_test(parts_are_asked_together),
        cmocka_unit_test(points_count_where_a_part_reads_them),
        cmocka_unit_test(conduct_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
