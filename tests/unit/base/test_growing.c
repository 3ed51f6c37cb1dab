#include "base/growing.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

static int make(void **state)
{
    *state = wks_folder_make();
    return 0;
}

static int drop(void **state)
{
    wks_folder_remove(*state);
    return 0;
}

static void put(wks_growing *growing, const char *text)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_growing_put(growing, text, strlen(text), &err), &err);
}

static void assert_text(const char *folder, const char *name, const char *expected)
{
    char *path = wks_folder_path(folder, name), *text = wks_folder_get(path);
    assert_string_equal(text, expected);
    free(text);
    free(path);
}

static bool is_there(const char *folder, const char *name)
{
    char *path = wks_folder_path(folder, name);
    const bool is = wks_file_exists(path);
    free(path);
    return is;
}

/* "one\n" and a mark, then "two\n" that no mark knows; left as a killed session would, with all of it. */
static wks_growing_mark leave_two(const char *path)
{
    wks_growing growing;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_growing_begin(path, &growing, &err), &err);
    put(&growing, "one\n");
    assert_ok(wks_growing_sync(&growing, &err), &err);
    const wks_growing_mark mark = growing.mark;
    put(&growing, "two\n");
    wks_growing_leave(&growing, growing.mark);
    return mark;
}

static void growing_has_another_name_until_it_is_whole(void **state)
{
    wks_growing growing;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "rows");
    assert_ok(wks_growing_begin(path, &growing, &err), &err);
    put(&growing, "a\n");
    assert_false(is_there(*state, "rows"));
    assert_true(is_there(*state, "rows.part"));
    assert_ok(wks_growing_commit(&growing, &err), &err);
    assert_text(*state, "rows", "a\n");
    assert_false(is_there(*state, "rows.part"));
    wks_growing_discard(&growing); /* no effect */
    assert_true(is_there(*state, "rows"));
    free(path);
}

static void discarded_growing_leaves_nothing(void **state)
{
    wks_growing growing;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "rows");
    assert_ok(wks_growing_begin(path, &growing, &err), &err);
    put(&growing, "a\n");
    wks_growing_discard(&growing);
    assert_false(wks_file_folder_has_entries(*state));
    free(path);
}

static void left_growing_is_cut_back_to_its_mark(void **state)
{
    wks_growing growing;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "rows");
    assert_ok(wks_growing_begin(path, &growing, &err), &err);
    put(&growing, "one\n");
    const wks_growing_mark mark = growing.mark;
    put(&growing, "two\n");
    wks_growing_leave(&growing, mark);
    assert_text(*state, "rows.part", "one\n");
    free(path);
}

static void resumed_growing_goes_on_behind_its_mark(void **state)
{
    wks_growing growing;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "rows");
    const wks_growing_mark mark = leave_two(path);
    assert_text(*state, "rows.part", "one\ntwo\n");
    assert_ok(wks_growing_check(path, mark, &err), &err);
    assert_text(*state, "rows.part", "one\ntwo\n"); /* looking changes nothing */
    assert_ok(wks_growing_resume(path, mark, &growing, &err), &err);
    put(&growing, "three\n");
    const wks_growing_mark end = growing.mark;
    assert_ok(wks_growing_commit(&growing, &err), &err);
    assert_text(*state, "rows", "one\nthree\n");

    /* One that had got its name already is taken back; the sum is that of its bytes, in however many pieces they came. */
    assert_ok(wks_growing_resume(path, end, &growing, &err), &err);
    assert_false(is_there(*state, "rows"));
    put(&growing, "f");
    put(&growing, "our\n");
    const wks_growing_mark later = growing.mark;
    assert_ok(wks_growing_commit(&growing, &err), &err);
    assert_text(*state, "rows", "one\nthree\nfour\n");
    assert_ok(wks_growing_check(path, later, &err), &err);
    free(path);
}

static void growing_begins_anew_over_what_was_left(void **state)
{
    wks_growing growing;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "rows"), *part = wks_folder_path(*state, "rows.part");
    char *other = wks_folder_put(*state, "other", "keep me");
    (void)leave_two(path);
    assert_ok(wks_growing_begin(path, &growing, &err), &err);
    wks_growing_leave(&growing, growing.mark);
    assert_text(*state, "rows.part", "");
    assert_int_equal(unlink(part), 0);
    assert_int_equal(symlink(other, part), 0); /* a link is replaced, never written through */
    assert_ok(wks_growing_begin(path, &growing, &err), &err);
    put(&growing, "x");
    assert_ok(wks_growing_commit(&growing, &err), &err);
    assert_text(*state, "other", "keep me");
    free(path);
    free(part);
    free(other);
}

static void growing_resume_errors(void **state)
{
    wks_growing growing;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "rows"), *part = wks_folder_path(*state, "rows.part");
    const wks_growing_mark mark = leave_two(path);
    assert_int_equal(truncate(part, 3), 0);
    assert_status(wks_growing_resume(path, mark, &growing, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "rows.part is cut short: 3 bytes instead of 4 or more");
    free(wks_folder_put(*state, "rows.part", "onE\ntwo\n"));
    err = WKS_ERR_INIT;
    assert_status(wks_growing_resume(path, mark, &growing, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "rows.part is damaged");
    assert_text(*state, "rows.part", "onE\ntwo\n");
    assert_int_equal(unlink(part), 0);
    err = WKS_ERR_INIT;
    assert_status(wks_growing_resume(path, mark, &growing, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "is not there");

    char *other = wks_folder_put(*state, "other", "one\ntwo\n");
    assert_int_equal(symlink(other, part), 0); /* not followed: cutting it back would cut somebody else's file */
    err = WKS_ERR_INIT;
    assert_status(wks_growing_resume(path, mark, &growing, &err), WKS_ERR_DATA, &err);
    assert_text(*state, "other", "one\ntwo\n");
    assert_int_equal(unlink(part), 0);
    assert_int_equal(mkfifo(part, 0600), 0); /* no plain file; and nobody waits for it */
    err = WKS_ERR_INIT;
    assert_status(wks_growing_resume(path, mark, &growing, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "is no plain file");
    assert_int_equal(unlink(part), 0);
    free(other);
    free(path);
    free(part);
}

static wks_status work(void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_growing growing = {0};
    const char *path = context;
    WKS_TRY(wks_growing_begin(path, &growing, err));
    WKS_TRY(wks_growing_put(&growing, "one\n", 4, err));
    const wks_growing_mark mark = growing.mark;
    wks_growing_leave(&growing, mark);
    WKS_TRY(wks_growing_resume(path, mark, &growing, err));
    WKS_TRY(wks_growing_commit(&growing, err));
out:
    wks_growing_discard(&growing);
    return rc;
}

static void growing_without_memory_errors(void **state)
{
    char *path = wks_folder_path(*state, "rows");
    assert_true(wks_chaos_run(work, path) > 4);
    free(path);
}

#define with_folder(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_folder(growing_has_another_name_until_it_is_whole),
        with_folder(discarded_growing_leaves_nothing),
        with_folder(left_growing_is_cut_back_to_its_mark),
        with_folder(resumed_growing_goes_on_behind_its_mark),
        with_folder(growing_begins_anew_over_what_was_left),
        with_folder(growing_resume_errors),
        with_folder(growing_without_memory_errors),

    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
