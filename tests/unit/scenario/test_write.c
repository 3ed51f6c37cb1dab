#include "unit/scenario/catalogue.h"

#include "scenario/write.h"

static void resolved_reads_back_to_the_same(void **state)
{
    reading r = read_text(test_scenario), again;
    wks_text first = WKS_TEXT_INIT, second = WKS_TEXT_INIT;

    (void)state;
    wks_write_resolved(&r.scenario, NULL, &first);
    again = read_text(first.data);
    assert_problems(&again.problems, "");
    assert_ok(again.rc, &again.err);
    assert_string_equal(again.scenario.hash, r.scenario.hash);
    wks_write_resolved(&again.scenario, NULL, &second);
    assert_string_equal(second.data, first.data);
    assert_int_equal(again.scenario.n_ticks, 24);
    assert_close(again.scenario.rules[0].spreiding[0].value[1], 0.12, 0, 0);
    assert_close(wks_scenario_process(&again.scenario, "market")->value[0], 1.5, 0, 0);
    assert_true(again.scenario.group[0].rule && !again.scenario.group[1].rule);
    assert_int_equal(again.scenario.n_events, 2);
    wks_text_free(&first);
    wks_text_free(&second);
    reading_free(&r);
    reading_free(&again);
}

static void resolved_is_complete_and_names_city(void **state)
{
    reading r = read_text(test_scenario), moved;
    wks_text text = WKS_TEXT_INIT;

    (void)state;
    wks_write_resolved(&r.scenario, "/data/cities/modelstad", &text);
    assert_contains(text.data, "city = \"/data/cities/modelstad\";");
    assert_contains(text.data, "b_price = 1.5;");
    assert_contains(text.data, "theory = \"T1\";");
    assert_contains(text.data, "is_reversed = false;");
    assert_contains(text.data, "enabled = true;");
    assert_contains(text.data, "first_replication = 1;");
    moved = read_text(text.data);
    assert_string_equal(moved.scenario.hash, r.scenario.hash); /* where the city lies does not count */
    wks_text_free(&text);
    reading_free(&r);
    reading_free(&moved);
}

static void origins_name_file_line_and_default(void **state)
{
    const char *const set[] = {"processes.market.b_price=3"};
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_text text = WKS_TEXT_INIT;
    reading r;

    (void)state;
    options.set = set;
    options.n_set = 1;
    options.ticks = 36;
    r = read_text_with(test_scenario, &options);
    wks_write_origins(&r.scenario, &text);
    assert_contains(text.data, "ticks                                                = 36 months  # --ticks\n");
    assert_contains(text.data, "seeds.dynamics                                       = 7  # test.cfg:3\n");
    assert_contains(text.data, "seeds.population                                     = 1  # default\n");
    assert_contains(text.data, "rules.regio.spreiding.cap_share.max_share            = 0.12 share  # test.cfg:13\n");
    assert_contains(text.data, "processes.market.b_price                             = 3  # --set\n");
    assert_contains(text.data, "groups.verwezen.use                                  = [ \"measure\", \"rule\" ]  # test.cfg:5\n");
    assert_contains(text.data, "timeline.1.n_dwellings                               = 100 dwellings  # test.cfg:17\n");
    wks_text_free(&text);
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolved_reads_back_to_the_same),
        cmocka_unit_test(resolved_is_complete_and_names_city),
        cmocka_unit_test(origins_name_file_line_and_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
