/* A study that --max-time cuts off, gone on with, beside one that nothing stopped. For the tests of sweep and calibrate. */
#ifndef WKS_TESTS_CLI_LATE_H
#define WKS_TESTS_CLI_LATE_H

#include "cli/program.h"

/* Writes a study of about `size` trials that run a city; its path. */
typedef char *late_study(const fixture *f, int size);

/* Trials that were done, as standard error tells; it says how to go on, too. */
static inline long late_n_done(const char *message)
{
    static const char begins[] = "stopped with ";
    const char *at = strstr(message, begins);
    char *end;
    assert_non_null(at);
    const long n = strtol(at + strlen(begins), &end, 10);
    assert_contains(end, " trials done; the same command with --resume goes on");
    return n;
}

/* Runs it into the folder "late" with a second to go: as long a study as it takes for the clock to fall within. On a machine so busy that the second passes
 * before any trial is whole there is nothing to go on with: then once more. */
static inline char *late_stop(const fixture *f, const char *command, late_study *make)
{
    char *late = wks_folder_path(f->folder, "late");
    int size = 20;
    for (int i = 0; i < 20 && size <= 1280; i++) {
        char *study = make(f, size);
        const char *const argv[] = {PROGRAM, command, study, "-q", "-j", "1", "-o", "late", "--max-time", "00:00:01", NULL};
        wks_run run = wks_run_program(argv, f->folder);
        if (run.exit_code != 0 && run.exit_code != 5) fail_msg("exit %d: %s", run.exit_code, run.err);
        if (run.exit_code == 5) {
            const bool has_begun = late_n_done(run.err) > 0;
            assert_string_equal(run.out, "");
            program_assert_status(late, "interrupted");
            assert_false(program_has(late, "codebook.csv")); /* no table */
            wks_run_free(&run);
            if (has_begun) {
                free(late);
                return study;
            }
        } else {
            wks_run_free(&run);
            size *= 2;
        }
        free(study);
        wks_folder_remove(late);
        late = wks_folder_path(f->folder, "late");
    }
    free(late);
    fail_msg("%s: --max-time never fell within a study, up to one of %d trials", command, size);
    return NULL;
}

/* Gone on with, it ends as the one in the folder "whole". */
static inline void late_goes_on(const fixture *f, const char *command, const char *study)
{
    program_do(f->folder, 0, command, study, "-q", "-o", "late", "--resume", NULL);
    program_do(f->folder, 0, command, study, "-q", "-o", "whole", NULL);
}

#endif
