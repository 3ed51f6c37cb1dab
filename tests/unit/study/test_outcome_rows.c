#include "study/outcome_rows.h"

#include "base/mem.h"
#include "city/synth.h"
#include "city/synth_world.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "sim/replication.h"
#include "support/check.h"
#include "support/folder.h"

static const char head[] =
    "name = \"proef\"; ticks = 12; output = { levels = [ \"city\", \"buurt\", \"wijk\" ]; };\n"
    "groups = ( { name = \"oud\"; where = \"age_years >= 65\"; use = [ \"measure\" ]; } );\n"
    "rules = ( { name = \"regio\"; channels = ( { part = \"advertised\"; } ); filters = ( { part = \"registered\"; } );\n"
    "            order = ( { part = \"inschrijfduur\"; } ); } );\n";

typedef struct made {
    wks_city city;
    wks_scenario scenario;
    wks_problems problems;
    wks_err err;
    wks_series seen; /* rows of the last tick */
} made;

static void begin(made *m, const char *more)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_text text = WKS_TEXT_INIT;
    char *path = wks_folder_path(wks_check_test_data(), "cities/valid/small");

    *m = (made){.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    wks_text_addf(&text, "%s%s", head, more);
    (void)wks_read_scenario_text("proef.cfg", text.data, text.length, &options, wks_everything_catalogue(), &m->scenario, &m->problems,
                                 &m->err);
    assert_ok(wks_folder_read(path, &m->city, &m->problems, &m->err), &m->err);
    wks_text_free(&text);
    free(path);
}

static void end(made *m)
{
    wks_series_free(&m->seen);
    wks_scenario_free(&m->scenario);
    wks_problems_free(&m->problems);
    wks_folder_free(&m->city);
}

static void copy_rows(const wks_series *from, wks_series *to)
{
    wks_err err = WKS_ERR_INIT;
    for (int32_t i = 0; i < from->n; i++) {
        const wks_series_row *row = &from->row[i];
        assert_ok(wks_series_add(to, row->indicator, row->group, row->scale, row->level, row->area_row, row->value, &err), &err);
    }
}

static wks_status watch(const wks_replication_view *view, void *context, wks_err *err)
{
    made *m = context;
    (void)err;
    if (view->world->tick < m->scenario.n_ticks) return WKS_OK;
    copy_rows(view->city, &m->seen);
    copy_rows(view->buurt, &m->seen);
    return WKS_OK;
}

/* Rows of the last tick as a run with people has them. */
static void run(made *m)
{
    wks_world population;
    wks_synth_report report = {0};
    uint64_t hash = 0;
    const wks_synth_options how = {.seed_population = 1, .start_month = m->scenario.start_month, .threads = 1};
    const wks_replication_options options = {.number = 1, .threads = 1, .observer = watch, .observer_context = m};

    wks_world_init(&population);
    assert_ok(wks_synth_city(&m->city, &how, &population, &report, &m->err), &m->err);
    assert_ok(wks_replication_run(&m->scenario, &population, &options, &hash, &m->err), &m->err);
    wks_synth_report_free(&report);
    wks_world_free(&population);
}

/* What the check is built on: the rows never depend on who lives there. */
static void rows_of_nobody_are_those_of_everybody(void **state)
{
    made m;
    wks_series nobody = {0};
    wks_observe *observe = NULL;
    wks_world world;
    (void)state;
    begin(&m, "");
    assert_problems(&m.problems, "");
    run(&m);
    wks_world_init(&world);
    assert_ok(wks_synth_world_nobody(&m.city, m.scenario.start_month, &world, &m.err), &m.err);
    assert_ok(wks_observe_create(&m.scenario, &world, &observe, &m.err), &m.err);
    assert_ok(wks_observe_tick(observe, &world, &m.err), &m.err);
    world.tick = m.scenario.n_ticks;
    world.month += m.scenario.n_ticks;
    assert_ok(wks_observe_tick(observe, &world, &m.err), &m.err);
    assert_ok(wks_observe_city(observe, &world, &nobody, &m.err), &m.err);
    assert_ok(wks_observe_buurt(observe, &world, &nobody, &m.err), &m.err);
    assert_true(m.seen.n > 500);
    assert_int_equal(nobody.n, m.seen.n);
    for (int32_t i = 0; i < nobody.n; i++) {
        assert_string_equal(nobody.row[i].indicator, m.seen.row[i].indicator);
        assert_string_equal(nobody.row[i].group, m.seen.row[i].group);
        assert_string_equal(nobody.row[i].scale, m.seen.row[i].scale);
        assert_string_equal(nobody.row[i].level, m.seen.row[i].level);
        assert_int_equal(nobody.row[i].area_row, m.seen.row[i].area_row);
    }
    wks_observe_destroy(observe);
    wks_world_free(&world);
    wks_series_free(&nobody);
    end(&m);
}

static void every_row_of_a_run_may_be_asked(void **state)
{
    made m;
    wks_config_node *node = NULL;
    (void)state;
    begin(&m, "");
    run(&m);
    node = wks_config_new(NULL, WKS_CONFIG_GROUP, "proef.cfg", 7, 3);
    assert_non_null(node);
    wks_outcome_rows_want *want = wks_mem_array((size_t)m.seen.n, sizeof *want);
    assert_non_null(want);
    for (int32_t i = 0; i < m.seen.n; i++) {
        const wks_series_row *row = &m.seen.row[i];
        const bool is_wijk = strcmp(row->level, "wijk") == 0;
        const char *area = row->area_row < 0 ? "" : (is_wijk ? m.city.wijk : m.city.buurt)[row->area_row].code;
        want[i] = (wks_outcome_rows_want){row->indicator, row->group, row->scale, area, i % 2 == 0 ? NULL : row->level, node};
    }
    assert_ok(wks_outcome_rows_check(&m.scenario, &m.city, want, m.seen.n, &m.problems, &m.err), &m.err);
    assert_problems(&m.problems, "");
    free(want);
    wks_config_free(node);
    end(&m);
}

static void check_says(const char *outcome, const char *expected)
{
    made m;
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "outcomes = (\n{ %s } );\n", outcome);
    begin(&m, text.data);
    assert_ok(wks_outcome_rows_check_declared(&m.scenario, &m.scenario, &m.city, false, &m.problems, &m.err), &m.err);
    assert_problems(&m.problems, expected);
    wks_text_free(&text);
    end(&m);
}

static void mistakes_are_told_at_their_place(void **state)
{
    (void)state;
    check_says("indicator = \"success_rate\"; group = \"oud\";", "");
    check_says("indicator = \"leefbaarheid\";", "");
    check_says("indicator = \"success_rate\"; group = \"odu\";",
               "proef.cfg:6:39: error: indicator 'success_rate' has no row with group 'odu' in scenario 'proef'; expected 'oud' or none; "
               "nearest valid name is 'oud'\n");
    check_says("indicator = \"success_rate\"; scale = \"wijkk\";",
               "proef.cfg:6:39: error: indicator 'success_rate' has no row with scale 'wijkk' in scenario 'proef'; expected none\n");
    check_says("indicator = \"leefbaarheid\"; area = \"BU99990102x\";",
               "proef.cfg:6:38: error: 'BU99990102x' is no buurt or wijk of city 'klein'; expected the code of one; nearest valid name is "
               "'BU99990002'\n");
    check_says("indicator = \"D\"; group = \"oud\"; scale = \"buut\";",
               "proef.cfg:6:43: error: indicator 'D' has no row with scale 'buut' for group 'oud' in scenario 'proef'; expected 'complex', "
               "'100m', 'buurt', 'wijk'; nearest valid name is 'buurt'\n");
    check_says(
        "indicator = \"D\"; group = \"odu\"; scale = \"buurt\"; }, { indicator = \"leefbarheid\"; area = \"BU9\";",
        "proef.cfg:6:28: error: indicator 'D' has no row with group 'odu' in scenario 'proef'; expected 'oud'; nearest valid name is "
        "'oud'\n"
        "proef.cfg:6:69: error: unknown indicator \"leefbarheid\"; nearest valid name is 'leefbaarheid'\n"
        "proef.cfg:6:91: error: 'BU9' is no buurt or wijk of city 'klein'; expected one of BU99990001, BU99990002, BU99990101, WK999900, "
        "WK999901\n");
}

/* A list without buurten has no row of a buurt; only what asks a half-width is asked of the other scenarios. */
static void other_scenario_must_write_what_is_judged(void **state)
{
    made first, other;
    (void)state;
    begin(&first, "outcomes = ( { indicator = \"leefbaarheid\"; area = \"BU99990101\"; } );");
    begin(&other, "");
    other.scenario.output.buurt = false;
    assert_ok(wks_outcome_rows_check_declared(&first.scenario, &other.scenario, &other.city, true, &other.problems, &other.err),
              &other.err);
    assert_problems(&other.problems, "");
    first.scenario.outcome[0].half_width = 1;
    assert_ok(wks_outcome_rows_check_declared(&first.scenario, &other.scenario, &other.city, true, &other.problems, &other.err),
              &other.err);
    assert_problems(&other.problems, "proef.cfg:5:51: error: indicator 'leefbaarheid' has no row of area BU99990101 in scenario 'proef', "
                                     "whose output.levels has no \"buurt\"; expected it there\n");
    end(&first);
    end(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_nobody_are_those_of_everybody),
        cmocka_unit_test(every_row_of_a_run_may_be_asked),
        cmocka_unit_test(mistakes_are_told_at_their_place),
        cmocka_unit_test(other_scenario_must_write_what_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
