#include "unit/scenario/catalogue.h"

#include "support/folder.h"

static char *folder;

static int make(void **state)
{
    (void)state;
    folder = wks_folder_make();
    free(wks_folder_put(folder, "base.cfg", test_scenario));
    return 0;
}

static int drop(void **state)
{
    (void)state;
    wks_folder_remove(folder);
    return 0;
}

/* Reads a file of the folder with that text. */
static reading read_file(const char *name, const char *text)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    reading r = {.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    char *path = wks_folder_put(folder, name, text);

    r.rc = wks_read_scenario(path, &options, &test_catalogue, &r.scenario, &r.problems, &r.err);
    free(path);
    return r;
}

/* Problems without the folder in front. */
static void assert_said(const reading *r, const char *expected)
{
    wks_text text = WKS_TEXT_INIT;

    wks_problems_print(&r->problems, &text);
    assert_non_null(text.data);
    assert_int_equal(strncmp(text.data, folder, strlen(folder)), 0);
    assert_string_equal(text.data + strlen(folder) + 1, expected);
    wks_text_free(&text);
}

static void base_is_overlaid(void **state)
{
    reading r =
        read_file("sub/over.cfg", "base = \"../base.cfg\";\n"
                                  "ticks = 12;\n"
                                  "groups = ( { name = \"jong\"; where = \"age_years < 28\"; }, { name = \"arm\"; remove = true; } );\n"
                                  "rules = ( { name = \"regio\"; spreiding = ( { part = \"cap_share\"; max_share = 0.3; } );\n"
                                  "  order = ( { name = \"inschrijfduur\"; remove = true; }, \"lot\" ); } );\n"
                                  "timeline = ();\n"
                                  "processes = { market = { b_price = 4; }; };\n");

    (void)state;
    assert_problems(&r.problems, "");
    assert_ok(r.rc, &r.err);
    assert_string_equal(r.scenario.name, "cap");
    assert_int_equal(r.scenario.n_ticks, 12);
    assert_int_equal(r.scenario.n_groups, 2);
    assert_string_equal(r.scenario.group[1].name, "jong");
    assert_close(r.scenario.rules[0].spreiding[0].value[1], 0.3, 0, 0);
    assert_close(r.scenario.rules[0].spreiding[0].value[0], 0, 0, 0); /* group of the base */
    assert_int_equal(r.scenario.rules[0].n_order, 2);
    assert_string_equal(r.scenario.rules[0].order[1].name, "lot");
    assert_int_equal(r.scenario.n_events, 0);
    assert_close(wks_scenario_process(&r.scenario, "market")->value[0], 4, 0, 0);
    assert_close(wks_scenario_process(&r.scenario, "market")->value[1], 30, 0, 0);
    reading_free(&r);
}

static void name_without_key_is_that_of_the_file(void **state)
{
    char *text = replaced(test_scenario, "name = \"cap\";", "");
    reading r = read_file("my-plan.cfg", text);

    (void)state;
    assert_ok(r.rc, &r.err);
    assert_string_equal(r.scenario.name, "my-plan");
    reading_free(&r);
    free(text);
}

static void base_wrong_errors(void **state)
{
    reading r = read_file("a.cfg", "ticks = 3;\nbase = \"b.cfg\";\n");

    (void)state;
    assert_said(&r, "a.cfg:2:8: error: base \"b.cfg\" not found; expected a scenario file, its path relative to this file, or "
                    "scenarios/NAME of the program\n");
    assert_status(r.rc, WKS_ERR_DATA, &r.err);
    reading_free(&r);
    free(wks_folder_put(folder, "b.cfg", "base = \"a.cfg\";\n"));
    r = read_file("a.cfg", "ticks = 3;\nbase = \"b.cfg\";\n");
    assert_said(&r, "b.cfg:1:8: error: base \"a.cfg\" leads back to a scenario that is based on this one; expected a chain that ends\n");
    assert_status(r.rc, WKS_ERR_DATA, &r.err);
    reading_free(&r);
    r = read_file("a.cfg", "base = 3;\n");
    assert_said(&r, "a.cfg:1:8: error: base is a whole number; expected the path of a scenario between quotes\n");
    reading_free(&r);
    r = read_file("a.cfg", "base = \"base.cfg\";\ngroups = ( { name = \"rijk\"; remove = true; } );\n");
    assert_status(r.rc, WKS_ERR_DATA, &r.err);
    assert_contains(r.problems.item[0].text, "remove: no element is called 'rijk'");
    reading_free(&r);
}

static void base_in_text_errors(void **state)
{
    reading r = read_text("base = \"x.cfg\"; processes = { allocation = { enabled = false; }; };");

    (void)state;
    assert_problems(&r.problems, "test.cfg:1:1: error: base is only possible in a file; expected a complete scenario\n");
    reading_free(&r);
}

static void file_missing_or_cut_errors(void **state)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    reading r = {.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    char *path = wks_folder_path(folder, "nothing.cfg");

    (void)state;
    r.rc = wks_read_scenario(path, &options, &test_catalogue, &r.scenario, &r.problems, &r.err);
    assert_int_not_equal(r.rc, WKS_OK);
    reading_free(&r);
    free(path);
    r = read_file("cut.cfg", "groups = ( { name = \"a\"");
    assert_status(r.rc, WKS_ERR_DATA, &r.err);
    assert_int_equal(r.problems.n_errors, 1);
    reading_free(&r);
}

static void city_folder_is_found_beside_the_file(void **state)
{
    char *city = wks_folder_put(folder, "here/town/city.cfg", "name = \"Town\";\n"), *found;
    reading r = read_file("here/a.cfg", "city = \"town\"; processes = { allocation = { enabled = false; }; };");

    (void)state;
    assert_ok(r.rc, &r.err);
    found = wks_read_city_folder(&r.scenario);
    assert_non_null(found);
    assert_contains(found, "town");
    assert_int_equal(wks_read_city_node(&r.scenario)->line, 1);
    reading_free(&r);
    r = read_file("here/a.cfg", "city = \"no-such-town\"; processes = { allocation = { enabled = false; }; };");
    assert_null(wks_read_city_folder(&r.scenario));
    reading_free(&r);
    free(found);
    free(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_is_overlaid),           cmocka_unit_test(name_without_key_is_that_of_the_file),
        cmocka_unit_test(base_wrong_errors),          cmocka_unit_test(base_in_text_errors),
        cmocka_unit_test(file_missing_or_cut_errors), cmocka_unit_test(city_folder_is_found_beside_the_file),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
