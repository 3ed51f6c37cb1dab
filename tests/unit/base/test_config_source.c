/* What is wrong with a file of settings as a whole is one problem that says what was expected. */
#include "base/config_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "support/check.h"
#include "support/folder.h"

/* The one problem of reading a path, from its "error:" on. */
static char *problem_of(const char *path)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;
    char before = 0, *bytes = &before;
    size_t n = 1;

    assert_status(wks_config_source_read(path, &bytes, &n, &problems, &err), WKS_ERR_DATA, &err);
    assert_null(bytes);
    assert_int_equal(n, 0);
    assert_int_equal(problems.n_errors, 1);
    wks_problems_print(&problems, &text);
    const char *said = strstr(text.data, "error: ");
    assert_non_null(said);
    char *out = strdup(said);
    assert_non_null(out);
    wks_text_free(&text);
    wks_problems_free(&problems);
    return out;
}

static void assert_says(const char *path, const char *expected)
{
    char *said = problem_of(path);
    assert_contains(said, expected);
    free(said);
}

static void put_bytes(const char *folder, const char *name, const char *bytes, size_t n, const char *expected)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(folder, name);
    assert_ok(wks_file_write(path, bytes, n, &err), &err);
    assert_says(path, expected);
    free(path);
}

static void no_text_is_one_problem_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), workbook[5000] = {'P', 'K', 3, 4};
    put_bytes(folder, "a.cfg", workbook, sizeof workbook, "error: is a binary file; expected plain text in UTF-8");
    put_bytes(folder, "b.cfg", "\xFF\xFEn\0", 4, "error: is text in UTF-16; expected UTF-8");
    put_bytes(folder, "c.cfg", "\xFE\xFF\0n", 4, "error: is text in UTF-16; expected UTF-8");
    assert_says(folder, "it is a folder; expected a file with settings");
    wks_folder_remove(folder);
}

static void a_missing_file_names_the_one_that_was_meant_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *near = wks_folder_path(folder, "plafnod.cfg"), *below = wks_folder_path(folder, "reference.cfg");
    char *twice = wks_folder_path(folder, "twice.cfg"), *nowhere = wks_folder_path(folder, "none/x.cfg");
    free(wks_folder_put(folder, "plafond.cfg", "a = 1;"));
    free(wks_folder_put(folder, "scenarios/reference.cfg", "a = 1;"));
    free(wks_folder_put(folder, "one/twice.cfg", "a = 1;"));
    free(wks_folder_put(folder, "two/twice.cfg", "a = 1;"));
    assert_says(near, "there is no such file; expected a file with settings; nearest valid name is 'plafond.cfg'");
    assert_says(below, "/scenarios/reference.cfg'");
    char *said = problem_of(twice);
    assert_null(strstr(said, "there is one at")); /* which of the two is not known */
    free(said);
    assert_says(nowhere, "there is no folder '");
    free(near);
    free(below);
    free(twice);
    free(nowhere);
    wks_folder_remove(folder);
}

static void text_is_read_whole(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "a.cfg", "a = 1;\n"), *bytes = NULL;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    size_t n = 0;
    assert_ok(wks_config_source_read(path, &bytes, &n, &problems, &err), &err);
    assert_int_equal(n, 7);
    assert_string_equal(bytes, "a = 1;\n");
    free(bytes);
    free(path);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_one_problem_errors),
        cmocka_unit_test(a_missing_file_names_the_one_that_was_meant_errors),
        cmocka_unit_test(text_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
