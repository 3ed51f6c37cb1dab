/* wijksim new: what it writes is a scenario that runs, by options and by answers; and no file when the answers end. */
#include "cli/program.h"

/* Runs a shell command in the folder of the test; $0 is the program. */
static wks_run shell(const fixture *f, int expected, const char *command)
{
    const char *const argv[] = {"/bin/sh", "-c", command, PROGRAM, NULL};
    wks_run run = wks_run_program(argv, f->folder);
    if (run.exit_code != expected) fail_msg("%s: exit %d instead of %d\n%s%s", command, run.exit_code, expected, run.out, run.err);
    return run;
}

static void every_choice_is_a_scenario_without_problems(void **state)
{
    static const char *const tries[] = {"nothing", "cap", "lottery", "starters", "doorstromers", "seniors", "youth"};
    static const char *const rules[] = {"reference", "amsterdam_2022", "loting", "tilburg", "wbmgp", "groningen"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
            wks_run run = program_run(f->folder, 0, "new", "plan.cfg", "--force", "--try", tries[i], "--rules", rules[k], "--lang",
                                      i % 2 == 0 ? "nl" : "en", NULL);
            assert_string_equal(run.out, "plan.cfg\n");
            assert_string_equal(run.err, "");
            wks_run_free(&run);
        }
        program_do(f->folder, 0, "check", "plan.cfg", NULL);
    }
}

static void options_are_in_the_file_and_it_runs(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "new", "mijn_plan.cfg", "--city", f->small + strlen("city="), "--try", "cap", "--groups", "uitkering,jongeren",
               "-t", "14", "-r", "2", NULL);
    char *text = program_get(f->folder, "mijn_plan.cfg");
    assert_contains(text, "title = \"Een plafond "); /* the heading of a report */
    assert_contains(text, "\nname = \"mijn_plan\";\n");
    assert_contains(text, "\nticks = 14;\n");
    assert_contains(text, "\nreplications = 2;\n");
    assert_contains(text, "part = \"cap_share\"");
    assert_contains(text, "{ indicator = \"success_rate\"; group = \"jongeren\"; }");
    assert_contains(text, "\n// Aantal maanden\n");
    free(text);
    program_do(f->folder, 0, "run", "mijn_plan.cfg", "-q", "-o", "out", NULL);
    wks_run run = program_run(f->folder, 0, "diff", f->reference, "mijn_plan.cfg", "--lang", "en", NULL);
    assert_contains(run.out, "New spreiding rule, plafond (largest share of a group by area)");
    wks_run_free(&run);
}

static void answers_are_asked_in_dutch_and_a_wrong_one_again(void **state)
{
    fixture *f = *state;
    wks_run run = shell(
        f, 0,
        "printf 'modelstad\\nreference\\nplafon\\nlottery\\n2026-13\\n2026-03\\n24\\njongeren,ouderen\\n\\n' | \"$0\" new plan.cfg --ask");
    assert_contains(run.out, "1/7 In welke stad?");
    assert_contains(run.out, "4/7 In welke maand begint het?\n  JJJJ-MM, zoals 2025-01\n  [2025-01]: ");
    assert_contains(run.out, "'2026-13' kan niet; verwacht: JJJJ-MM");
    assert_contains(run.out, "7/7 Hoe vaak herhalen");
    assert_contains(run.out, "'plafon' kan niet; verwacht:");
    wks_run_free(&run);
    char *text = program_get(f->folder, "plan.cfg");
    assert_contains(text, "part = \"lot\"");
    assert_contains(text, "\nstart = \"2026-03\";\n");
    assert_contains(text, "\nticks = 24;\n");
    assert_contains(text, "\nreplications = 20;\n");
    assert_contains(text, "group = \"ouderen\"");
    free(text);
    run = shell(f, 0, "printf '\\n\\n' | \"$0\" new other.cfg --ask --lang en --city modelstad --rules reference --try cap -t 3 -r 2");
    assert_null(strstr(run.out, "1/7")); /* told by options */
    assert_contains(run.out, "6/7 Which groups matter to you?");
    wks_run_free(&run);
}

/* The base is named scenarios/NAME, so that the file means the same on another machine; in full where that name is another file here. */
static void base_is_named_without_a_full_path(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "new", "plan.cfg", NULL);
    char *text = program_get(f->folder, "plan.cfg");
    assert_contains(text, "\nbase = \"scenarios/00_reference.cfg\";\n");
    free(text);
    program_do(f->folder, 0, "new", "tilburg.cfg", "--rules", "tilburg", NULL);
    text = program_get(f->folder, "tilburg.cfg");
    assert_contains(text, "\nbase = \"scenarios/rules/tilburg.cfg\";\n");
    free(text);
    program_do(f->folder, 0, "check", "tilburg.cfg", NULL);
    free(wks_folder_put(f->folder, "scenarios/00_reference.cfg", "ticks = 1;\n"));
    program_do(f->folder, 0, "new", "beside.cfg", NULL);
    text = program_get(f->folder, "beside.cfg");
    assert_null(strstr(text, "\nbase = \"scenarios/"));
    assert_contains(text, "/scenarios/00_reference.cfg\";\n");
    free(text);
    free(wks_folder_put(f->folder, "far.cfg", "base = \"nowhere.cfg\";\n"));
    program_says(
        f->folder, 3,
        "base \"nowhere.cfg\" not found; expected a scenario file, its path relative to this file, or scenarios/NAME of the program",
        "check", "far.cfg", NULL);
}

/* A path in a scenario is seen from its own folder, one that is typed from the current folder: the file finds the city from wherever it is read, and still does
 * when both have moved. A path in full stays so. */
static void own_city_is_found_from_the_folder_of_the_scenario(void **state)
{
    static const struct {
        const char *file, *city, *written;
    } cases[] = {{"sub/dir/x.cfg", "eigen/stad", "../../eigen/stad"},
                 {"sub/dir/y.cfg", "./eigen/../eigen/stad/", "../../eigen/stad"},
                 {"z.cfg", "eigen/stad", "eigen/stad"},
                 {"eigen/v.cfg", "eigen/stad", "stad"},
                 {"eigen/stad/w.cfg", "eigen/stad", "."},
                 {"eigen/sta/u.cfg", "eigen/stad", "../stad"},
                 {"sub/q.cfg", "de \\\"stad\\\"", "../de \\\"stad\\\""}};
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "mkdir -p here/eigen && cp -r '%s' here/eigen/stad && cp -r here/eigen/stad 'here/de \"stad\"'",
                  f->small + strlen("city="));
    wks_run run = shell(f, 0, text.data);
    wks_run_free(&run);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_text_clear(&text);
        wks_text_addf(
            &text,
            "cd here && \"$0\" new %s --city \"%s\" && grep -Fx 'city = \"%s\";' %s && \"$0\" check -q %s && cd / && \"$0\" check -q "
            "\"$OLDPWD/%s\"",
            cases[i].file, cases[i].city, cases[i].written, cases[i].file, cases[i].file, cases[i].file);
        run = shell(f, 0, text.data);
        wks_run_free(&run);
    }
    run = shell(f, 0,
                "mv here there && cd there && for file in z.cfg sub/q.cfg sub/dir/*.cfg eigen/v.cfg eigen/stad/w.cfg eigen/sta/u.cfg; do "
                "\"$0\" check -q $file || exit 1; done");
    wks_run_free(&run);
    wks_text_clear(&text);
    wks_text_addf(&text, "\"$0\" new sub/full.cfg --city '%s' && grep -Fx 'city = \"%s\";' sub/full.cfg", f->small + strlen("city="),
                  f->small + strlen("city="));
    run = shell(f, 0, text.data);
    wks_run_free(&run);
    wks_text_free(&text);
}

static void a_misspelt_name_gets_the_nearest(void **state)
{
    static const struct {
        const char *option, *value, *says;
    } cases[] = {{"--city", "modelstd", "; nearest valid name is 'modelstad'"},
                 {"--rules", "amsterdam_2032", "; nearest valid name is 'amsterdam_2022'"},
                 {"--try", "lotery", "; nearest valid name is 'lottery'"},
                 {"--groups", "ouderen,jongern", "'jongern' cannot be; expected:"},
                 {"--groups", "ouderen,jongern", "; nearest valid name is 'jongeren'"}};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        program_says(f->folder, 2, cases[i].says, "new", "plan.cfg", "--lang", "en", cases[i].option, cases[i].value, NULL);
    program_says(f->folder, 2, "bedoelde u 'modelstad'?", "new", "plan.cfg", "--city", "modelstd", NULL);
    assert_false(program_has(f->folder, "plan.cfg"));
}

/* scenarios/cities/breda has scenarios, and a city only when a user has built it. */
static void only_cities_that_are_built_can_be_chosen(void **state)
{
    fixture *f = *state;
    char *built = program_source("scenarios/cities/breda/buurten.csv");
    if (!wks_file_exists(built)) {
        wks_run run = program_run(f->folder, 2, "new", "plan.cfg", "--lang", "en", "--city", "breda", NULL);
        assert_contains(run.err, "'breda' is no city yet (without buurten.csv); scripts/make-cities.sh makes it");
        assert_contains(run.err, "; expected: modelregio modelstad");
        assert_null(strstr(run.err, " tilburg"));
        wks_run_free(&run);
    }
    free(built);
    free(wks_folder_put(f->folder, "leeg/readme.txt", "no city"));
    program_says(f->folder, 2, "'leeg' is no city yet (without buurten.csv); expected:", "new", "plan.cfg", "--lang", "en", "--city",
                 "leeg", NULL);
    assert_false(program_has(f->folder, "plan.cfg"));
}

static void answers_that_end_leave_no_file(void **state)
{
    fixture *f = *state;
    wks_run run = shell(f, 2, "printf 'modelstad\\nreference\\n' | \"$0\" new plan.cfg --ask");
    assert_contains(run.err, "the answers ended before the last question: no file was written");
    wks_run_free(&run);
    assert_false(program_has(f->folder, "plan.cfg"));
}

/* On a terminal it asks by itself: `script` gives it one. */
static void terminal_is_asked(void **state)
{
    fixture *f = *state;
    if (!wks_file_exists("/usr/bin/script")) skip();
    wks_run run = shell(f, 0, "printf '\\n\\ncap\\n\\n12\\n\\n2\\n' | /usr/bin/script -qec \"'$0' new plan.cfg\" /dev/null");
    assert_contains(run.out, "3/7 Wat wilt u uitproberen?");
    wks_run_free(&run);
    char *text = program_get(f->folder, "plan.cfg");
    assert_contains(text, "\nticks = 12;\n");
    free(text);
}

static void wrong_use_is_refused(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "plan.cfg", "mine"));
    program_says(f->folder, 2, "plan.cfg exists; choose another name, or --force", "new", "plan.cfg", NULL);
    char *text = program_get(f->folder, "plan.cfg");
    assert_string_equal(text, "mine");
    free(text);
    program_says(f->folder, 2, "'atlantis' kan niet; verwacht: ", "new", "a.cfg", "--city", "atlantis", NULL);
    program_says(f->folder, 2, "'x' cannot be; expected: reference", "new", "a.cfg", "--rules", "x", "--lang", "en", NULL);
    program_says(f->folder, 2, "'jong' cannot be; expected: verwezen", "new", "a.cfg", "--groups", "uitkering,jong", "--lang", "en", NULL);
    assert_false(program_has(f->folder, "a.cfg"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(every_choice_is_a_scenario_without_problems),
        with_fixture(options_are_in_the_file_and_it_runs),
        with_fixture(answers_are_asked_in_dutch_and_a_wrong_one_again),
        with_fixture(base_is_named_without_a_full_path),
        with_fixture(own_city_is_found_from_the_folder_of_the_scenario),
        with_fixture(a_misspelt_name_gets_the_nearest),
        with_fixture(only_cities_that_are_built_can_be_chosen),
        with_fixture(answers_that_end_leave_no_file),
        with_fixture(terminal_is_asked),
        with_fixture(wrong_use_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
