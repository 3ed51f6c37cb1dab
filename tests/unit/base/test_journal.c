#include "base/journal.h"

#include "base/file.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

static void fill(const char *path, const char *const *line, int n)
{
    wks_journal journal;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_journal_open(path, "of a test", &journal, &err), &err);
    for (int i = 0; i < n; i++)
        assert_ok(wks_journal_append(&journal, line[i], &err), &err);
    assert_ok(wks_journal_flush(&journal, &err), &err);
    wks_journal_close(&journal);
}

static void cut(const char *path, size_t n)
{
    char *text = wks_folder_get(path);
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_write(path, text, n, &err), &err);
    free(text);
}

static void journal_gives_back_what_was_appended(void **state)
{
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "j");
    static const char *const line[] = {"one", "two, with blanks", ""};
    wks_journal journal;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    fill(path, line, 3);
    assert_ok(wks_journal_open(path, "of a test", &journal, &err), &err);
    assert_int_equal(journal.n_lines, 3);
    for (int i = 0; i < 3; i++)
        assert_string_equal(journal.line[i], line[i]);
    wks_journal_close(&journal);
    free(path);
    wks_folder_remove(folder);
}

/* However much of the last line reached the disk when the process was killed: the lines before it stay, and the journal goes on. */
static void journal_cut_anywhere_keeps_its_whole_lines(void **state)
{
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "j");
    static const char *const line[] = {"first", "second", "third"};
    static const char *const more[] = {"fourth"};
    (void)state;
    fill(path, line, 3);
    char *whole = wks_folder_get(path);
    const size_t n = strlen(whole);
    for (size_t keep = 0; keep <= n; keep++) {
        wks_journal journal;
        wks_err err = WKS_ERR_INIT;
        size_t n_whole = 0;
        for (size_t i = 0; i < keep; i++)
            n_whole += whole[i] == '\n';
        assert_ok(wks_file_write(path, whole, n, &err), &err);
        cut(path, keep);
        fill(path, more, 1);
        assert_ok(wks_journal_open(path, "of a test", &journal, &err), &err);
        const size_t kept = n_whole > 1 ? n_whole - 1 : 0;
        assert_int_equal(journal.n_lines, kept + 1);
        for (size_t i = 0; i < kept; i++)
            assert_string_equal(journal.line[i], line[i]);
        assert_string_equal(journal.line[kept], "fourth");
        wks_journal_close(&journal);
    }
    free(whole);
    free(path);
    wks_folder_remove(folder);
}

static void journal_sorted_does_not_know_the_order_of_appending(void **state)
{
    char *folder = wks_folder_make(), *a = wks_folder_path(folder, "a"), *b = wks_folder_path(folder, "b");
    static const char *const one[] = {"x", "z", "y"}, *const other[] = {"z", "y", "x", "y"};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    fill(a, one, 3);
    fill(b, other, 4);
    assert_ok(wks_journal_sort(a, "of a test", &err), &err);
    assert_ok(wks_journal_sort(b, "of a test", &err), &err);
    char *first = wks_folder_get(a), *second = wks_folder_get(b);
    assert_string_equal(first, second);
    free(first);
    free(second);
    free(a);
    free(b);
    wks_folder_remove(folder);
}

static void journal_errors(void **state)
{
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "j"), *missing = wks_folder_path(folder, "no/j");
    static const char *const line[] = {"first", "second"};
    wks_journal journal;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    fill(path, line, 2);
    assert_status(wks_journal_open(path, "of another", &journal, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "another study");
    char *text = wks_folder_get(path);
    *strstr(text, "first") = 'F';
    err = WKS_ERR_INIT;
    assert_ok(wks_file_write(path, text, strlen(text), &err), &err);
    assert_status(wks_journal_open(path, "of a test", &journal, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "line 2 is damaged");
    err = WKS_ERR_INIT;
    assert_status(wks_journal_open(missing, "of a test", &journal, &err), WKS_ERR_IO, &err);
    free(text);
    free(missing);
    free(path);
    wks_folder_remove(folder);
}

static wks_status work(void *context, wks_err *err)
{
    wks_journal journal;
    wks_status rc = wks_journal_open(context, "of a test", &journal, err);
    if (rc == WKS_OK) rc = wks_journal_append(&journal, "line", err);
    if (rc == WKS_OK) rc = wks_journal_sort(context, "of a test", err);
    wks_journal_close(&journal);
    return rc;
}

static void journal_without_memory_says_so(void **state)
{
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "j");
    (void)state;
    wks_chaos_run(work, path);
    free(path);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(journal_gives_back_what_was_appended),
        cmocka_unit_test(journal_cut_anywhere_keeps_its_whole_lines),
        cmocka_unit_test(journal_sorted_does_not_know_the_order_of_appending),
        cmocka_unit_test(journal_errors),
        cmocka_unit_test(journal_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
