/* Help, version and wrong use: what a user meets first. */
#include "cli/program.h"

static const char *const commands[] = {"demo",    "synth",   "check",  "show",     "diff",  "run",
                                       "compare", "measure", "report", "describe", "manual"};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void help_lists_every_command(void **state)
{
    static const char *const asks[] = {"--help", "-h", "help"};
    (void)state;
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        wks_run run = program_run(NULL, 0, asks[i], NULL);
        for (int k = 0; k < N_COMMANDS; k++)
            assert_contains(run.out, commands[k]);
        assert_contains(run.out, "import");
        assert_contains(run.out, "Exit codes");
        assert_string_equal(run.err, "");
        wks_run_free(&run);
    }
}

static void help_of_every_command_tells_its_use(void **state)
{
    (void)state;
    for (int i = 0; i < N_COMMANDS; i++) {
        char usage[64];
        wks_run run = program_run(NULL, 0, commands[i], "--help", NULL);
        (void)snprintf(usage, sizeof usage, "Usage: wijksim %s", commands[i]);
        assert_contains(run.out, usage);
        assert_contains(run.out, "Examples:");
        assert_string_equal(run.err, "");
        wks_run same = program_run(NULL, 0, "help", commands[i], NULL);
        assert_string_equal(same.out, run.out);
        wks_run_free(&same);
        wks_run_free(&run);
    }
    wks_run run = program_run(NULL, 0, "run", "--help", NULL);
    assert_contains(run.out, "--max-time=HH:MM:SS");
    assert_contains(run.out, "-r, --replications=N|A-B");
    wks_run_free(&run);
}

static void version_names_version_commit_compiler_and_libraries(void **state)
{
    static const char *const says[] = {"wijksim ",   "commit ", "compiler ", "libraries ",      "gsl ",
                                       "libconfig ", "sqlite ", "geos ",     "GPL-3.0-or-later"};
    wks_run run = program_run(NULL, 0, "--version", NULL);
    (void)state;
    for (size_t i = 0; i < sizeof says / sizeof *says; i++)
        assert_contains(run.out, says[i]);
    assert_string_equal(run.err, "");
    wks_run_free(&run);
}

static void no_command_is_wrong_use(void **state)
{
    wks_run run = program_run(NULL, 2, NULL);
    (void)state;
    assert_contains(run.err, "usage: wijksim COMMAND");
    assert_string_equal(run.out, "");
    wks_run_free(&run);
}

static void wrong_use_errors(void **state)
{
    static const struct {
        const char *word[5], *says;
    } cases[] = {
        {{"rnu"}, "'rnu' is not a command; nearest is 'run'"},
        {{"help", "compar"}, "'compar' is not a command; nearest is 'compare'"},
        {{"run"}, "expected SCENARIO (see wijksim run --help)"},
        {{"compare", "a.cfg"}, "expected BASE ALT..."},
        {{"run", "a.cfg", "b.cfg"}, "'b.cfg' is one too many; expected SCENARIO"},
        {{"demo", "a.cfg"}, "'a.cfg': wijksim demo takes no arguments"},
        {{"run", "--froce", "a.cfg"}, "unknown option --froce; nearest is --force"},
        {{"run", "--thread=x", "a.cfg"}, "--threads 'x' is not a whole number from 1"},
        {{"run", "--zzzzzz", "a.cfg"}, "unknown option --zzzzzz (see wijksim run --help)"},
        {{"run", "-x", "a.cfg"}, "unknown option -x; run takes --seed, "},
        {{"run", "-qz", "a.cfg"}, "unknown option -z; run takes --seed, "},
        {{"report", "out", "-o", "X"},
         "-o (--output) does not go with report, which writes DIR/report.html beside the tables; it takes --lang, "},
        {{"describe", "-o", "X"}, "unknown option -o: --output does not go with describe, which takes --json, --assumptions"},
        {{"show", "--force", "a.cfg"}, "--force does not go with show"},
        {{"describe", "-j2", "keys"}, "unknown option -j"},
        {{"run", "--see", "1", "a.cfg"}, "--see is short for more than one option"},
        {{"run", "--force=1", "a.cfg"}, "--force takes no value"},
        {{"run", "a.cfg", "-t"}, "-t needs a value"},
        {{"run", "a.cfg", "--output"}, "--output needs a value: --output DIR"},
        {{"run", "a.cfg", "-o", ""}, "--output is empty"},
        {{"run", "a.cfg", "-t", "0"}, "--ticks '0' is not a whole number from 1 to 10000000"},
        {{"run", "a.cfg", "-t", "12,5"}, "--ticks '12,5' is not a whole number"},
        {{"run", "a.cfg", "-r", "0"}, "--replications '0' is not a whole number from 1"},
        {{"run", "a.cfg", "-r", "9-3"}, "the last number must lie at or above the first"},
        {{"run", "a.cfg", "-r", "3-x"}, "--replications: the last number 'x'"},
        {{"run", "a.cfg", "-s", "-3"}, "--seed '-3' is not a whole number"},
        {{"run", "a.cfg", "-j", "0"}, "--threads '0' is not a whole number"},
        {{"run", "a.cfg", "--max-time", "90"}, "--max-time '90' is not a time as 01:30:00"},
        {{"run", "a.cfg", "--max-time", "1:70:00"}, "is not a time as 01:30:00"},
        {{"run", "a.cfg", "--progress", "dots"}, "none of auto, bar, lines, json, none"},
        {{"report", "a", "--lang", "de"}, "--lang 'de' is neither nl nor en"},
        {{"describe", "rule"}, "'rule' is none of rules, groups, indicators, processes, keys, studies, law, results; nearest is 'rules'"},
        {{"describe", "groups", "--assumptions"}, "--assumptions goes with rules, processes, keys, studies and law"},
        {{"manual", "html"}, "'html' is none of bash, man, markdown"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const *w = cases[i].word;
        wks_run run = program_run(NULL, 2, w[0], w[1], w[2], w[3], w[4], NULL);
        assert_contains(run.err, cases[i].says);
        assert_string_equal(run.out, "");
        wks_run_free(&run);
    }
}

static void options_may_stand_anywhere_and_be_shortened(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "run", "--rep=2-4", f->reference, "-qt3", "--dry", "--set", f->small, "--", NULL);
    assert_string_equal(run.out, "reference: replications 2 to 4 of 3 ticks would be written to results/reference\n");
    assert_string_equal(run.err, "");
    assert_false(program_has(f->folder, "results"));
    wks_run_free(&run);
}

static void import_without_its_program_says_so(void **state)
{
    (void)state;
    if (wks_file_exists(WKS_BIN_DIR "/wijksim-import")) {
        wks_run run = program_run(NULL, 0, "import", "--help", NULL);
        assert_contains(run.out, "cbs");
        wks_run_free(&run);
    } else {
        program_says(NULL, 2, "built without GDAL", "import", "cbs", "x", NULL);
    }
}

static void manual_writes_completion_pages_and_markdown(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "manual", "bash", NULL);
    assert_contains(run.out, "complete -F _wijksim wijksim");
    assert_contains(run.out, "--max-time");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "manual", "markdown", NULL);
    for (int i = 0; i < N_COMMANDS; i++)
        assert_contains(run.out, commands[i]);
    wks_run_free(&run);
    program_do(f->folder, 0, "manual", "man", "pages", NULL);
    char *page = program_get(f->folder, "pages/wijksim-run.1");
    assert_contains(page, ".SH OPTIONS");
    assert_contains(page, "\\-\\-max\\-time");
    free(page);
    assert_true(program_has(f->folder, "pages/wijksim.1"));
    program_says(f->folder, 2, "expected a folder", "manual", "man", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_lists_every_command),
        cmocka_unit_test(help_of_every_command_tells_its_use),
        cmocka_unit_test(version_names_version_commit_compiler_and_libraries),
        cmocka_unit_test(no_command_is_wrong_use),
        cmocka_unit_test(wrong_use_errors),
        with_fixture(options_may_stand_anywhere_and_be_shortened),
        cmocka_unit_test(import_without_its_program_says_so),
        with_fixture(manual_writes_completion_pages_and_markdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
