/* wijksim manual: bash completes what the program takes, and the man pages are without mistakes. */
#include "cli/program.h"

static wks_run shell(const fixture *f, const char *command)
{
    const char *const argv[] = {"/bin/bash", "-c", command, PROGRAM, NULL};
    wks_run run = wks_run_program(argv, f->folder);
    if (run.exit_code != 0) fail_msg("%s: exit %d\n%s%s", command, run.exit_code, run.out, run.err);
    return run;
}

/* What bash offers for the words of a line, the last one unfinished, between blanks. */
static wks_run complete(const fixture *f, const char *words, int n)
{
    wks_text command = WKS_TEXT_INIT;
    wks_text_addf(
        &command,
        "source <(\"$0\" manual bash); compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; _wijksim; printf ' %%s' \"${COMPREPLY[@]}\" ''",
        words, n - 1);
    wks_run run = shell(f, command.data);
    wks_text_free(&command);
    return run;
}

static void bash_completes_commands_options_and_values(void **state)
{
    const struct {
        const char *words;
        int n;
        const char *offers, *not ;
    } cases[] = {
        {"wijksim ve", 2, " verify ", "run"},
        {"wijksim ne", 2, " new ", "verify"},
        {"wijksim verify --re", 3, " --replication ", "--resume"},
        {"wijksim verify --js", 3, " --json ", "--set"},
        {"wijksim new --tr", 3, " --try ", "--json"},
        {"wijksim new --try lo", 4, " lottery ", "cap"},
        {"wijksim report --lang e", 4, " en ", "nl"},
        {"wijksim run --progress j", 4, " json ", "bar"},
        {"wijksim describe stu", 3, " studies ", "rules"},
        {"wijksim run scen", 3, " scenario.cfg ", "--"},
    };
    fixture *f = *state;
    free(wks_folder_put(f->folder, "scenario.cfg", ""));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_run run = complete(f, cases[i].words, cases[i].n);
        assert_contains(run.out, cases[i].offers);
        assert_null(strstr(run.out, cases[i].not ));
        wks_run_free(&run);
    }
}

static void man_pages_are_there_and_without_mistakes(void **state)
{
    static const char *const pages[] = {"wijksim.1", "wijksim-verify.1", "wijksim-new.1", "wijksim-run.1", "wijksim-diff.1"};
    fixture *f = *state;
    program_do(f->folder, 0, "manual", "man", "pages", NULL);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        wks_text name = WKS_TEXT_INIT;
        wks_text_addf(&name, "pages/%s", pages[i]);
        assert_true(program_has(f->folder, name.data));
        wks_text_free(&name);
    }
    if (!wks_file_exists("/usr/bin/groff")) skip();
    wks_run run = shell(f, "for page in pages/*.1; do groff -man -Tutf8 -ww -z \"$page\" 2>&1; done");
    assert_string_equal(run.out, "");
    wks_run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(bash_completes_commands_options_and_values),
        with_fixture(man_pages_are_there_and_without_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
