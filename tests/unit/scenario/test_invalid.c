/* tests/data/invalid/<case>: scenario.cfg gives exactly the problems of errors.txt. A new case needs no code. With WKS_REGENERATE set the
 * expectation is written instead (then read what changed). */
#include "unit/scenario/catalogue.h"

#include "base/file.h"
#include "support/folder.h"

/* The problems with the folder of the case taken out of the paths. */
static char *said_by(const char *folder)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    reading r = {.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    char *path = wks_folder_path(folder, "scenario.cfg");
    wks_text text = WKS_TEXT_INIT, out = WKS_TEXT_INIT;
    const size_t length = strlen(folder);

    r.rc = wks_read_scenario(path, &options, &test_catalogue, &r.scenario, &r.problems, &r.err);
    assert_int_equal(r.rc, WKS_ERR_DATA);
    wks_problems_print(&r.problems, &text);
    for (const char *at = text.data; at != NULL && *at != '\0';) {
        if (strncmp(at, folder, length) == 0) {
            at += length + 1;
        } else {
            wks_text_add_char(&out, *at++);
        }
    }
    wks_text_free(&text);
    reading_free(&r);
    free(path);
    return out.data;
}

static void cases_give_their_messages(void **state)
{
    char *root = wks_folder_path(wks_check_test_data(), "invalid"), **names = NULL;
    wks_err err = WKS_ERR_INIT;
    size_t n = 0, n_wrong = 0;

    (void)state;
    assert_ok(wks_file_list(root, &names, &n, &err), &err);
    assert_true(n > 10);
    for (size_t i = 0; i < n; i++) {
        char *folder = wks_folder_path(root, names[i]), *said = said_by(folder), *path = wks_folder_path(folder, "errors.txt"), *expected;
        if (getenv("WKS_REGENERATE") != NULL) assert_ok(wks_file_write(path, said, strlen(said), &err), &err);
        expected = wks_folder_get(path);
        if (strcmp(said, expected) != 0) {
            print_error("%s\nsaid:\n%sexpected:\n%s", names[i], said, expected);
            n_wrong++;
        }
        free(expected);
        free(path);
        free(said);
        free(folder);
        free(names[i]);
    }
    free(names);
    free(root);
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cases_give_their_messages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
