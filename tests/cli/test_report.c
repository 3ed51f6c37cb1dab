/* wijksim report: a page of every kind of folder that the program writes. */
#include "cli/program.h"

static const char parameters[] = "parameters = ( { name = \"a\"; low = 0; high = 1; }, { name = \"b\"; low = -2; high = 2; } );\n"
                                 "outcomes = ( { name = \"y\"; indicator = \"y\"; } );\n";

static void assert_page(const fixture *f, const char *dir, const char *says)
{
    char *folder = wks_folder_path(f->folder, dir);
    program_do(f->folder, 0, "report", dir, "--lang", "en", NULL);
    char *page = program_get(folder, "report.html");
    assert_contains(page, says);
    assert_contains(page, "</html>");
    free(page);
    program_do(f->folder, 0, "report", dir, NULL); /* replaces its own page */
    page = program_get(folder, "report.html");
    assert_contains(page, "<html lang=\"nl\">");
    free(page);
    free(folder);
}

static char *put_study(const fixture *f, const char *name, const char *more)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "name = \"%s\"; function = \"linear\"; replications = 1;\n%s%s", name, parameters, more);
    char *path = wks_folder_put(f->folder, "study.cfg", text.data);
    wks_text_free(&text);
    return path;
}

static void studies_have_pages(void **state)
{
    fixture *f = *state;
    char *path = put_study(f, "m", "design = { method = \"morris\"; trajectories = 8; };");
    program_do(f->folder, 0, "sweep", path, "-q", "-o", "morris", NULL);
    assert_page(f, "morris", "Which assumptions matter?");
    free(path);
    path = put_study(f, "s", "design = { method = \"saltelli\"; points = 64; };");
    program_do(f->folder, 0, "sweep", path, "-q", "-o", "saltelli", NULL);
    assert_page(f, "saltelli", "Share of the variance, alone (S1)");
    free(path);
    path = put_study(f, "g", "design = { method = \"grid\"; levels = 3; };");
    program_do(f->folder, 0, "sweep", path, "-q", "-o", "grid", NULL);
    assert_page(f, "grid", "Mean outcome along each parameter");
    free(path);
    path = put_study(f, "c",
                     "targets = ( { outcome = \"y\"; value = 1.0; sd = 0.2; source = \"made here\"; } );\n"
                     "calibration = { method = \"history\"; waves = 1; points = 20; };");
    program_do(f->folder, 0, "calibrate", path, "-q", "-o", "fit", NULL);
    assert_page(f, "fit", "No figure was held out: this report does not test the model.");
    free(path);
}

static void a_sweep_stands_beside_a_run_of_the_same_scenario(void **state)
{
    fixture *f = *state;
    char *reference = program_source("scenarios/00_reference.cfg"), *folder = wks_folder_path(f->folder, "run");
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text,
                  "name = \"s\"; scenarios = [ \"%s\" ]; ticks = 1; replications = 1;\n"
                  "parameters = ( { name = \"pace\"; path = \"processes.search.start\"; low = 0.5; high = 1.5; } );\n"
                  "outcomes = ( { name = \"n\"; indicator = \"lettings\"; } ); design = { method = \"morris\"; trajectories = 2; };\n",
                  reference);
    char *path = wks_folder_put(f->folder, "study.cfg", text.data);
    program_do(f->folder, 0, "sweep", path, "-q", "-o", "sweep", NULL);
    program_do(f->folder, 0, "run", reference, "-q", "-t", "2", "-r", "1", "-o", "run", NULL);
    program_do(f->folder, 0, "report", "run", "--sweep", "sweep", "--lang", "en", NULL);
    char *page = program_get(folder, "report.html");
    assert_contains(page, "Which assumptions matter?");
    assert_contains(page, ">How often people start to look (factor)</text>");
    free(page);
    program_says(f->folder, 3, "run: error: no results of a sweep", "report", "run", "--sweep", "run", NULL);
    program_says(f->folder, 2, "--sweep goes with the report of a run or a comparison", "report", "sweep", "--sweep", "sweep", NULL);
    program_do(f->folder, 0, "run", reference, "-q", "-t", "2", "-r", "1", "--set", "processes.search.leave=0.4", "-o", "other", NULL);
    program_says(f->folder, 3, "sweep: error: a sweep on another scenario: its first one says 'leave = ", "report", "other", "--sweep",
                 "sweep", NULL);
    free(path);
    free(reference);
    free(folder);
    wks_text_free(&text);
}

static void cities_have_pages(void **state)
{
    fixture *f = *state;
    static const char *const files[] = {"buurten.csv", "city.cfg", "margins.csv", "quality.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        wks_text from = WKS_TEXT_INIT, to = WKS_TEXT_INIT;
        wks_text_addf(&from, "scenarios/cities/modelstad/%s", files[i]);
        wks_text_addf(&to, "stad/%s", files[i]);
        char *source = program_source(from.data), *text = wks_folder_get(source);
        free(wks_folder_put(f->folder, to.data, text));
        free(source);
        free(text);
        wks_text_free(&from);
        wks_text_free(&to);
    }
    assert_page(f, "stad", "Where the figures come from");
    program_do(f->folder, 0, "synth", "stad", "-q", "-o", "people", NULL); /* the page in the city folder does not bother it */
    assert_page(f, "people", "How well the population made fits");
}

static void other_folders_are_refused(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "other/notes.txt", "nothing"));
    program_says(f->folder, 3, "other: error: no folder that a report can be made of", "report", "other", NULL);
    char *other = wks_folder_path(f->folder, "other");
    assert_false(program_has(other, "report.html"));
    free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(studies_have_pages, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(a_sweep_stands_beside_a_run_of_the_same_scenario, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(cities_have_pages, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(other_folders_are_refused, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
