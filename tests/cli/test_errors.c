/* Bad input: every problem at once, with its place, what was expected and the nearest valid name; exit 3 and nothing written. */
#include "cli/program.h"

static void assert_refused(const fixture *f, const char *scenario, const char *const *says)
{
    wks_run run = program_run(f->folder, 3, "run", scenario, "-q", "-o", "out", NULL);
    for (; *says != NULL; says++)
        assert_contains(run.err, *says);
    assert_string_equal(run.out, "");
    assert_false(program_has(f->folder, "out"));
    wks_run_free(&run);
}

static void missing_empty_and_truncated_scenarios_errors(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "empty.cfg", ""));
    free(wks_folder_put(f->folder, "cut.cfg", "ticks = 24;\nrules = ( { name = \"regio\";\n  channels = ( { part = \"adver"));
    free(wks_folder_put(f->folder, "binary.cfg", "ticks = \x01\x02\xff;\n"));
    assert_refused(f, "nowhere.cfg",
                   (const char *const[]){"nowhere.cfg: error: there is no such file; expected a file with settings", NULL});
    assert_refused(f, "empty.cfg",
                   (const char *const[]){"empty.cfg: error: no rules, so social dwellings could not be let; expected rules", NULL});
    assert_refused(f, "cut.cfg", (const char *const[]){"cut.cfg:3:", "not closed", NULL});
    assert_refused(f, "binary.cfg", (const char *const[]){"binary.cfg:1:", "UTF-8", NULL});
    assert_refused(f, ".", (const char *const[]){"error: cannot read .: it is a folder", NULL});
}

/* One message, not one for every key that the other kind has. */
static void a_study_is_no_scenario_errors(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "study.cfg", "scenarios = [ \"x.cfg\" ];\nparameters = ( { name = \"a\"; } );\n"));
    program_says(f->folder, 3, "study.cfg: error: is a study; expected a scenario", "check", "study.cfg", NULL);
    program_says(f->folder, 3, "error: is a scenario; expected a study", "sweep", f->reference, "-o", "out", NULL);
    wks_run run = program_run(f->folder, 3, "calibrate", f->reference, "-o", "out", NULL);
    assert_contains(run.err, "wijksim: 1 problem in the input\n");
    wks_run_free(&run);
    assert_false(program_has(f->folder, "out"));
}

/* Each scenario begins with the shipped reference as base. */
static void wrong_settings_errors(void **state)
{
    static const struct {
        const char *text, *says[4];
    } cases[] = {
        {"ticks = \"twaalf\";",
         {"bad.cfg:2:9: error: ticks is \"twaalf\"; expected a whole number from 1 to 2400 (months), without quotes"}},
        {"ticks = 12.5;", {"bad.cfg:2:9: error: ticks is 12.5; expected a whole number"}},
        {"tikcs = 12;", {"bad.cfg:2:1: error: unknown key 'tikcs'", "nearest valid name is 'ticks'"}},
        {"law_index = 0,03;", {"bad.cfg:2:13: error: '0,03' has a decimal comma; expected a decimal point: 0.03"}},
        {"city = \"modelstadt\";", {"bad.cfg:2:8: error: city 'modelstadt' is not found", "nearest valid name is 'modelstad'"}},
        {"name = \"a/b\";", {"bad.cfg:2:8: error: name 'a/b' cannot be a folder of results"}},
        {"name = \"..\";", {"error: name '..' cannot be a folder of results"}},
        {"base = \"elders.cfg\";", {"bad.cfg:2:1: error: 'base' is set twice"}},
        {"processes = { search = { raect = 0.2; }; };", {"bad.cfg:2:26: error: unknown key 'raect' in search"}},
        {"groups = ( { name = \"nieuw\"; where = \"inkomen < 3\"; use = [ \"rule\" ]; } );", {"bad.cfg:2:", "'inkomen'"}},
        {"groups = ( { name = \"afkomst\"; where = \"origin == europe\"; use = [ \"rule\" ]; } );", {"bad.cfg:2:", "origin"}},
        {"rules = ( { name = \"regio\"; spreiding = ( { part = \"cap_share\"; group = \"uitkering\"; max_share = 1.2; } ); } );",
         {"error: max_share is 1.2; expected a number from 0 to 1 (share)"}},
        {"rules = ( { name = \"regio\"; spreiding = ( { part = \"cap_share\"; group = \"uitkeering\"; max_share = 0.2; } ); } );",
         {"group is \"uitkeering\", which is no group of this scenario; nearest valid name is 'uitkering'"}},
        {"rules = ( { name = \"regio\"; spreiding = ( { part = \"cap_share\"; group = \"uitkering\"; max_share = 0.2; areas = [ "
         "\"BU99010109x\" ]; } ); } );",
         {"'BU99010109x' is no buurt or wijk of this city; expected a code of its buurten.csv; nearest valid name is 'BU9901010"}},
        {"rules = ( { name = \"regoi\"; spreiding = ( { part = \"cap_share\"; group = \"uitkering\"; max_share = 0.2; } ); } );",
         {"rule set 'regoi' has no channel", "to change a rule set that has them, its name: 'regio'"}},
        {"timeline = ( { at = \"2020-01\"; event = \"build\"; areas = [ \"BU99010101\" ]; n_dwellings = 10; } );",
         {"bad.cfg:2:", "2020-01"}},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "base = \"%s\";\n%s\n", f->reference, cases[i].text);
        free(wks_folder_put(f->folder, "bad.cfg", text.data));
        assert_refused(f, "bad.cfg", cases[i].says);
        wks_text_free(&text);
    }
}

static void all_problems_are_told_at_once(void **state)
{
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "base = \"%s\";\ntikcs = 3;\nlaw_index = \"veel\";\ncity = \"atlantis\";\nseeds = { dynamcs = 3; };\n",
                  f->reference);
    free(wks_folder_put(f->folder, "bad.cfg", text.data));
    assert_refused(f, "bad.cfg",
                   (const char *const[]){"bad.cfg:2:1: error: unknown key 'tikcs'", "bad.cfg:3:13: error: law_index is \"veel\"",
                                         "bad.cfg:4:8: error: city 'atlantis' is not found", "bad.cfg:5:11: error: unknown key 'dynamcs'",
                                         "wijksim: 4 problems in the input", NULL});
    wks_text_free(&text);
}

/* An outcome that no row will answer to: told before anything runs, by whatever reads the scenario. */
static void outcomes_without_rows_errors(void **state)
{
    static const char *const says[] = {
        "bad.cfg:2:52: error: indicator 'success_rate' has no row with group 'uitkeering' in scenario 'reference'; expected",
        "or none; nearest valid name is 'uitkering'",
        "bad.cfg:3:40: error: 'BU9901010' is no buurt or wijk of city 'modelstad'; expected the code of one; nearest valid name is "
        "'BU99010101'",
        "bad.cfg:4:15: error: unknown indicator \"succes_rate\"; nearest valid name is 'success_rate'",
        "wijksim: 3 problems in the input",
        NULL};
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text,
                  "base = \"%s\";\noutcomes = ( { indicator = \"success_rate\"; group = \"uitkeering\"; },\n"
                  "  { indicator = \"leefbaarheid\"; area = \"BU9901010\"; },\n{ indicator = \"succes_rate\"; } );\n",
                  f->reference);
    free(wks_folder_put(f->folder, "bad.cfg", text.data));
    assert_refused(f, "bad.cfg", says);
    wks_run check = program_run(f->folder, 3, "check", "bad.cfg", NULL),
            compare = program_run(f->folder, 3, "compare", "bad.cfg", f->cap, "-q", "-o", "out", NULL);
    for (size_t i = 0; says[i] != NULL; i++) {
        assert_contains(check.err, says[i]);
        assert_contains(compare.err, says[i]);
    }
    assert_false(program_has(f->folder, "out"));
    wks_run_free(&check);
    wks_run_free(&compare);
    wks_text_free(&text);
}

/* A decimal comma, the commonest slip, hides nothing; and a comparison counts the problems of all its scenarios. */
static void decimal_comma_hides_nothing_and_all_files_count(void **state)
{
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "base = \"%s\";\nlaw_index = 0,03;\ntikcs = 3;\ncity = \"atlantis\";\nticks = 2401;\n", f->reference);
    free(wks_folder_put(f->folder, "bad.cfg", text.data));
    free(wks_folder_put(f->folder, "worse.cfg", "law_index = 0,03;\ncity = ;\nticks = ;\n"));
    assert_refused(f, "bad.cfg",
                   (const char *const[]){"bad.cfg:2:13: error: '0,03' has a decimal comma", "bad.cfg:3:1: error: unknown key 'tikcs'",
                                         "bad.cfg:4:8: error: city 'atlantis' is not found", "bad.cfg:5:9: error: ticks is 2401",
                                         "wijksim: 4 problems in the input", NULL});
    assert_refused(f, "worse.cfg", (const char *const[]){"worse.cfg:1:13: error: '0,03'", "worse.cfg:2:8:", "worse.cfg:3:9:", NULL});
    program_says(f->folder, 3, "wijksim: 7 problems in the input", "compare", f->reference, "bad.cfg", "worse.cfg", "-q", "-o", "out",
                 NULL);
    wks_text_free(&text);
}

static void wrong_set_errors(void **state)
{
    static const struct {
        const char *set, *says;
    } cases[] = {
        {"tikcs=3", "--set 'tikcs=3': error: unknown key 'tikcs'"},
        {"ticks=drie", "ticks is \"drie\"; expected a whole number"},
        {"ticks", "--set 'ticks': error: 'ticks' sets nothing"},
        {"city=atlantis", "--set 'city=atlantis': error: city 'atlantis' is not found"},
        {"rules.regio.filters.pasend.remove=true",
         "no element of the list is called 'pasend'; expected the name or the index of one; nearest valid "
         "name is 'passend'"},
        {"rules.regio.spreiding.cap_share.max_share=0,1",
         "max_share is \"0,1\"; expected a number from 0 to 1 (share), with a decimal point"},
        {"rules.regioo.spreiding.cap_share.max_share=0.1", "regioo"},
        {"processes.search.enabled=ja", "enabled is"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        program_says(f->folder, 3, cases[i].says, "run", f->cap, "-q", "-o", "out", "--set", cases[i].set, NULL);
        assert_false(program_has(f->folder, "out"));
    }
}

/* ---- cities ---- */

static char *small_file(const fixture *f, const char *name)
{
    return program_get(f->small + strlen("city="), name);
}

/* Puts `to` in the place of every `from`. */
static char *replaced(const char *text, const char *from, const char *to)
{
    wks_text out = WKS_TEXT_INIT;
    int n = 0;
    for (const char *at; (at = strstr(text, from)) != NULL; text = at + strlen(from), n++) {
        wks_text_add_bytes(&out, text, (size_t)(at - text));
        wks_text_add(&out, to);
    }
    wks_text_add(&out, text);
    assert_true(n > 0);
    return out.data;
}

/* A scenario "bad.cfg" on a city in the folder "stad". */
static void put_city(const fixture *f, const char *config, const char *buurten)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "base = \"%s\"; city = \"stad\";\n", f->reference);
    free(wks_folder_put(f->folder, "bad.cfg", text.data));
    if (config != NULL) free(wks_folder_put(f->folder, "stad/city.cfg", config));
    if (buurten != NULL) free(wks_folder_put(f->folder, "stad/buurten.csv", buurten));
    wks_text_free(&text);
}

static void missing_city_files_errors(void **state)
{
    fixture *f = *state;
    char *config = small_file(f, "city.cfg");
    put_city(f, NULL, NULL);
    free(wks_folder_put(f->folder, "stad/readme.txt", "not a city"));
    assert_refused(f, "bad.cfg", (const char *const[]){"stad/city.cfg", "stad/buurten.csv", NULL});
    put_city(f, config, NULL);
    assert_refused(f, "bad.cfg", (const char *const[]){"stad/buurten.csv: error:", NULL});
    free(config);
}

static void bad_city_files_errors(void **state)
{
    fixture *f = *state;
    char *config = small_file(f, "city.cfg"), *buurten = small_file(f, "buurten.csv");
    char *text = replaced(buurten, ",100,40,30,30,", ",veel,40,30,30,"), *comma = replaced(buurten, ",0.55,", ",\"0,55\",");
    char *cut = strndup(buurten, strlen(buurten) - 60), *header = replaced(buurten, ",households,", ",huishoudens,");
    put_city(f, config, "");
    assert_refused(f, "bad.cfg", (const char *const[]){"stad/buurten.csv", "empty", NULL});
    put_city(f, config, text);
    assert_refused(f, "bad.cfg", (const char *const[]){"buurten.csv:2:", "'veel'", "buurten.csv:3:", NULL});
    put_city(f, config, comma);
    assert_refused(f, "bad.cfg", (const char *const[]){"buurten.csv:2:", "decimal", NULL});
    put_city(f, config, cut);
    assert_refused(f, "bad.cfg", (const char *const[]){"buurten.csv:4:", NULL});
    put_city(f, config, header);
    assert_refused(f, "bad.cfg", (const char *const[]){"buurten.csv:1:", "'huishoudens'", "households", NULL});
    put_city(f, "name = \"klein\"; titel = \"x\";", buurten);
    assert_refused(f, "bad.cfg", (const char *const[]){"city.cfg:1:", "unknown key 'titel'", "nearest valid name is 'title'", NULL});
    free(config);
    free(buurten);
    free(text);
    free(comma);
    free(cut);
    free(header);
}

static void rules_in_a_city_without_social_dwellings_errors(void **state)
{
    fixture *f = *state;
    char *config = small_file(f, "city.cfg"), *buurten = small_file(f, "buurten.csv"),
         *sold = replaced(buurten, ",0.55,0.3,0.15,", ",0.85,0,0.15,");
    put_city(f, config, sold);
    assert_refused(f, "bad.cfg",
                   (const char *const[]){"00_reference.cfg:", "the rules allocate social dwellings and city 'klein' has none", NULL});
    program_do(f->folder, 0, "run", "bad.cfg", "-q", "-t", "2", "-r", "1", "-o", "out", "--set", "processes.allocation.enabled=false",
               NULL);
    free(config);
    free(buurten);
    free(sold);
}

static void synth_errors(void **state)
{
    fixture *f = *state;
    const char *city = f->small + strlen("city=");
    program_says(f->folder, 3, "city 'atlantis' is not found", "synth", "atlantis", "-o", "people", NULL);
    program_says(f->folder, 3, "scenarios/cities; nearest valid name is 'modelstad'", "synth", "modelstda", "-o", "people", NULL);
    free(wks_folder_put(f->folder, "leeg/readme.txt", ""));
    program_says(f->folder, 3, "city.cfg", "synth", "leeg", "-o", "people", NULL);
    assert_false(program_has(f->folder, "people"));
    program_do(f->folder, 0, "synth", city, "-o", "people", "-q", NULL);
    assert_true(program_has(f->folder, "people/households.csv") && program_has(f->folder, "people/fit.csv"));
    program_says(f->folder, 2, "people exists and is not empty", "synth", city, "-o", "people", "-q", NULL);
    program_do(f->folder, 0, "synth", city, "-o", "people", "-q", "--force", NULL);
}

static void report_errors(void **state)
{
    fixture *f = *state;
    program_says(f->folder, 3, "there is no folder nowhere; expected the one that run, compare, demo, sweep or calibrate wrote", "report",
                 "nowhere", NULL);
    free(wks_folder_put(f->folder, "leeg/readme.txt", ""));
    program_says(f->folder, 3, "nearest valid name is 'leeg'", "report", "leag", NULL);
    program_says(f->folder, 3, "leeg/readme.txt is a file; expected the folder", "report", "leeg/readme.txt", NULL);
    program_says(f->folder, 3, "leeg: error: no folder that a report can be made of", "report", "leeg", NULL);
    assert_false(program_has(f->folder, "leeg/report.html"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(missing_empty_and_truncated_scenarios_errors),
        with_fixture(a_study_is_no_scenario_errors),
        with_fixture(wrong_settings_errors),
        with_fixture(all_problems_are_told_at_once),
        with_fixture(outcomes_without_rows_errors),
        with_fixture(decimal_comma_hides_nothing_and_all_files_count),
        with_fixture(wrong_set_errors),
        with_fixture(missing_city_files_errors),
        with_fixture(bad_city_files_errors),
        with_fixture(rules_in_a_city_without_social_dwellings_errors),
        with_fixture(synth_errors),
        with_fixture(report_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
