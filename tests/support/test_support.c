/* The tests' own tools: a check that cannot fail would make every test worthless. */
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"
#include "support/run.h"

#include "base/file.h"
#include "base/mem.h"

#include <signal.h>

static void run_keeps_output_and_exit_code(void **state)
{
    (void)state;
    static const char *const command[] = {"sh", "-c", "echo out; echo err >&2; cat; exit 3", NULL};
    wks_run run = wks_run_program(command, NULL);
    assert_int_equal(run.exit_code, 3);
    assert_int_equal(run.signal, 0);
    assert_string_equal(run.out, "out\n");
    assert_string_equal(run.err, "err\n");
    wks_run_free(&run);
}

static void run_starts_in_the_folder(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "sub/here", "yes"));
    static const char *const command[] = {"cat", "sub/here", NULL};
    wks_run run = wks_run_program(command, folder);
    assert_int_equal(run.exit_code, 0);
    assert_string_equal(run.out, "yes");
    wks_run_free(&run);
    char *copy = wks_mem_string(folder);
    wks_folder_remove(folder);
    assert_false(wks_file_exists(copy));
    free(copy);
}

static void run_signals_arrive(void **state)
{
    (void)state;
    static const char *const deaf[] = {"sleep", "20", NULL};
    wks_run run = wks_run_program_signalled(deaf, NULL, SIGTERM, 50);
    assert_int_equal(run.exit_code, -1);
    assert_int_equal(run.signal, SIGTERM);
    wks_run_free(&run);
    static const char *const quick[] = {"true", NULL};
    run = wks_run_program_signalled(quick, NULL, SIGKILL, 10000);
    assert_int_equal(run.exit_code, 0);
    wks_run_free(&run);
}

static wks_status three_allocations(void *context, wks_err *err)
{
    int *tries = context;
    (*tries)++;
    void *memory[3] = {NULL, NULL, NULL};
    wks_status rc = WKS_OK;
    for (int i = 0; i < 3 && rc == WKS_OK; i++) {
        memory[i] = wks_mem_array(1, 1);
        if (memory[i] == NULL) rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory");
    }
    for (int i = 0; i < 3; i++)
        free(memory[i]);
    return rc;
}

static void chaos_fails_every_allocation_once(void **state)
{
    (void)state;
    int tries = 0;
    assert_int_equal(wks_chaos_run(three_allocations, &tries), 3);
    assert_int_equal(tries, 4);
}

/* Runs this program with the name of a check that must fail. */
static int exit_code_of(const char *self, const char *which)
{
    const char *const command[] = {self, which, NULL};
    wks_run run = wks_run_program(command, NULL);
    int code = run.exit_code;
    wks_run_free(&run);
    return code;
}

static char *self_path;

static void checks_fail_when_they_should_errors(void **state)
{
    (void)state;
    assert_int_equal(exit_code_of(self_path, "nothing"), 0);
    assert_int_equal(exit_code_of(self_path, "close"), 1);
    assert_int_equal(exit_code_of(self_path, "nan"), 1);
    assert_int_equal(exit_code_of(self_path, "status"), 1);
    assert_int_equal(exit_code_of(self_path, "problems"), 1);
    assert_int_equal(exit_code_of(self_path, "contains"), 1);
    assert_int_equal(exit_code_of(self_path, "chaos"), 1);
}

static wks_status careless(void *context, wks_err *err)
{
    (void)context;
    (void)err;
    free(wks_mem_array(1, 1)); /* does not look whether it got any */
    return WKS_OK;
}

static const char *wanted_failure;

static void fail_as_wanted(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    if (strcmp(wanted_failure, "close") == 0) assert_close(1.0, 1.001, 1e-6, 1e-6);
    if (strcmp(wanted_failure, "nan") == 0) assert_close(NAN, 1.0, 1, 1);
    if (strcmp(wanted_failure, "status") == 0) assert_status(WKS_ERR_IO, WKS_ERR_IO, &err); /* no message was left */
    if (strcmp(wanted_failure, "problems") == 0) assert_problems(&problems, "f: error: x\n");
    if (strcmp(wanted_failure, "contains") == 0) assert_contains("abc", "d");
    if (strcmp(wanted_failure, "chaos") == 0) (void)wks_chaos_run(careless, NULL);
    assert_close(1.0, 1.001, 1e-2, 0);
    assert_close(NAN, NAN, 0, 0);
    assert_close(INFINITY, INFINITY, 0, 0);
}

int main(int n_arguments, char **arguments)
{
    if (n_arguments > 1) {
        wanted_failure = arguments[1];
        const struct CMUnitTest failing[] = {cmocka_unit_test(fail_as_wanted)};
        return cmocka_run_group_tests(failing, NULL, NULL);
    }
    char *folder = wks_file_program_folder();
    self_path = folder == NULL ? NULL : wks_file_join(folder, "test_support_support");
    free(folder);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_keeps_output_and_exit_code),
        cmocka_unit_test(run_starts_in_the_folder),
        cmocka_unit_test(run_signals_arrive),
        cmocka_unit_test(chaos_fails_every_allocation_once),
        cmocka_unit_test(checks_fail_when_they_should_errors),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(self_path);
    return failed;
}
