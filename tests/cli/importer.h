/* Running wijksim-import as a user does. For the tests of what it makes of files. */
#ifndef WKS_TESTS_CLI_IMPORTER_H
#define WKS_TESTS_CLI_IMPORTER_H

#include <unistd.h>

#include "city/folder.h"
#include "support/check.h"
#include "support/folder.h"
#include "support/run.h"

#define IMPORTER WKS_BIN_DIR "/wijksim-import"

enum { IMPORTER_MAX_ARGUMENTS = 24 };

/* Without GDAL there is none, and its tests end well. */
static inline bool importer_is_built(void)
{
    if (access(IMPORTER, X_OK) == 0) return true;
    print_message("skipped: wijksim-import is not built (no GDAL)\n");
    return false;
}

/* Runs `wijksim-import cbs ARGUMENTS...` (NULL at the end) in a folder and holds the exit code to what is expected. */
static inline wks_run importer_cbs(const char *folder, const char *const *arguments, int expected)
{
    const char *argv[IMPORTER_MAX_ARGUMENTS] = {IMPORTER, "cbs"};
    for (size_t i = 0; arguments[i] != NULL; i++) {
        assert_true(i + 3 < IMPORTER_MAX_ARGUMENTS);
        argv[i + 2] = arguments[i];
    }
    wks_run run = wks_run_program(argv, folder);
    if (run.exit_code != expected) fail_msg("exit %d instead of %d\n%s%s", run.exit_code, expected, run.out, run.err);
    return run;
}

/* The city it wrote, which must be read without an error, and unless it may warn (rounding of CBS) without a warning; wks_folder_free. */
static inline wks_city importer_city(const char *folder, const char *name, bool may_warn)
{
    wks_city city;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(folder, name);
    assert_ok(wks_folder_read(path, &city, &problems, &err), &err);
    assert_int_equal(problems.n_errors, 0);
    if (!may_warn) assert_problems(&problems, "");
    wks_problems_free(&problems);
    free(path);
    return city;
}

#endif
