#include "base/file.h"

#include <stdlib.h>
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

static void file_is_read_as_written(void **state)
{
    char *path = wks_folder_path(*state, "bytes");
    wks_err err = WKS_ERR_INIT;
    size_t n = 300000;
    char *bytes = wks_mem_array(n, 1);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(i * 7 % 251);
    assert_ok(wks_file_write(path, bytes, n, &err), &err);
    char *back = NULL;
    size_t n_back = 0;
    assert_ok(wks_file_read(path, &back, &n_back, &err), &err);
    assert_int_equal(n_back, n);
    assert_memory_equal(back, bytes, n);
    assert_int_equal(back[n], '\0');
    free(back);
    assert_ok(wks_file_write(path, "", 0, &err), &err);
    assert_ok(wks_file_read(path, &back, &n_back, &err), &err);
    assert_int_equal(n_back, 0);
    assert_string_equal(back, "");
    free(back);
    free(bytes);
    free(path);
}

static void file_read_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *bytes = NULL;
    size_t n = 0;
    char *path = wks_folder_path(*state, "absent");
    assert_status(wks_file_read(path, &bytes, &n, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "absent: No such file or directory");
    assert_null(bytes);
    err = WKS_ERR_INIT;
    assert_status(wks_file_read(*state, &bytes, &n, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "it is a folder");
    free(path);
}

static size_t entries(const char *folder)
{
    wks_err err = WKS_ERR_INIT;
    char **names = NULL;
    size_t n = 0;
    assert_ok(wks_file_list(folder, &names, &n, &err), &err);
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return n;
}

static void writer_shows_the_file_only_after_commit(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_put(*state, "result.csv", "old");
    wks_file_writer writer;
    assert_ok(wks_file_writer_open(path, &writer, &err), &err);
    assert_ok(wks_file_writer_put(&writer, "ne", 2, &err), &err);
    assert_ok(wks_file_writer_put(&writer, "w", 1, &err), &err);
    char *before = wks_folder_get(path);
    assert_string_equal(before, "old");
    assert_int_equal(entries(*state), 2);
    assert_ok(wks_file_writer_commit(&writer, &err), &err);
    char *after = wks_folder_get(path);
    assert_string_equal(after, "new");
    assert_int_equal(entries(*state), 1);
    wks_file_writer_discard(&writer); /* no effect after commit */
    free(before);
    free(after);
    free(path);
}

static void writer_discarded_leaves_no_trace(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "result.csv");
    wks_file_writer writer;
    assert_ok(wks_file_writer_open(path, &writer, &err), &err);
    assert_ok(wks_file_writer_put(&writer, "half", 4, &err), &err);
    wks_file_writer_discard(&writer);
    assert_int_equal(entries(*state), 0);
    free(path);
}

static void writer_new_file_has_usual_rights(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "f");
    mode_t mask = umask(022);
    assert_ok(wks_file_write(path, "x", 1, &err), &err);
    (void)umask(mask);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0644);
    free(path);
}

static void writer_full_disk_errors(void **state)
{
    (void)state;
    if (!wks_file_exists("/dev/full")) skip();
    wks_err err = WKS_ERR_INIT;
    assert_status(wks_file_write("/dev/full", "x", 1, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "No space left on device");
    struct stat info;
    assert_int_equal(stat("/dev/full", &info), 0);
    assert_true(S_ISCHR(info.st_mode)); /* not replaced by a file */
}

static void writer_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    assert_status(wks_file_write(*state, "x", 1, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "it is a folder");
    err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "no/such/folder");
    assert_status(wks_file_write(path, "x", 1, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "No such file or directory");
    free(path);
    if (geteuid() == 0) return; /* root may write everywhere */
    err = WKS_ERR_INIT;
    assert_int_equal(chmod(*state, 0500), 0);
    path = wks_folder_path(*state, "f");
    assert_status(wks_file_write(path, "x", 1, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "Permission denied");
    assert_int_equal(chmod(*state, 0700), 0);
    free(path);
}

static void folder_is_made_with_its_parents(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(*state, "a/b//c/");
    assert_false(wks_file_exists(path));
    assert_ok(wks_file_make_folder(path, &err), &err);
    assert_true(wks_file_is_folder(path));
    assert_false(wks_file_folder_has_entries(path));
    assert_ok(wks_file_make_folder(path, &err), &err);
    assert_true(wks_file_folder_has_entries(*state));
    assert_false(wks_file_folder_has_entries("/no/such/folder"));
    free(path);
}

static void folder_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *file = wks_folder_put(*state, "file", "x");
    char *below = wks_folder_path(*state, "file/below");
    assert_status(wks_file_make_folder(below, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "a file has that name");
    err = WKS_ERR_INIT;
    char **names = NULL;
    size_t n = 0;
    assert_status(wks_file_list(file, &names, &n, &err), WKS_ERR_IO, &err);
    assert_null(names);
    free(file);
    free(below);
}

static void list_is_sorted_by_bytes(void **state)
{
    wks_err err = WKS_ERR_INIT;
    static const char *const put[] = {"b", "a", "B", "10", "9", "\xC3\xA9", ".hidden"};
    static const char *const sorted[] = {".hidden", "10", "9", "B", "a", "b", "\xC3\xA9"};
    for (size_t i = 0; i < 7; i++)
        free(wks_folder_put(*state, put[i], ""));
    char **names = NULL;
    size_t n = 0;
    assert_ok(wks_file_list(*state, &names, &n, &err), &err);
    assert_int_equal(n, 7);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(names[i], sorted[i]);
        free(names[i]);
    }
    free(names);
}

static void file_is_removed(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_put(*state, "f", "x");
    assert_true(wks_file_exists(path));
    assert_ok(wks_file_remove(path, &err), &err);
    assert_false(wks_file_exists(path));
    assert_ok(wks_file_remove(path, &err), &err);
    assert_status(wks_file_remove(*state, &err), WKS_ERR_IO, &err);
    free(path);
}

static void check_take(char *made, const char *expected)
{
    assert_string_equal(made, expected);
    free(made);
}

static void path_parts(void **state)
{
    (void)state;
    check_take(wks_file_join("a", "b"), "a/b");
    check_take(wks_file_join("a/", "b"), "a/b");
    check_take(wks_file_join("a", "/b"), "/b");
    check_take(wks_file_join("", "b"), "b");
    check_take(wks_file_folder("a/b/c.cfg"), "a/b");
    check_take(wks_file_folder("c.cfg"), ".");
    check_take(wks_file_folder("/c.cfg"), "/");
    check_take(wks_file_stem("a/b.c/scenario.v2.cfg"), "scenario.v2");
    check_take(wks_file_stem("a.b/plain"), "plain");
    check_take(wks_file_stem(".hidden"), ".hidden");
}

static void sha256_gives_the_published_digests(void **state)
{
    char out[65];
    wks_file_sha256_bytes("abc", 3, out); /* FIPS 180-4 */
    assert_string_equal(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    wks_file_sha256_bytes("", 0, out);
    assert_string_equal(out, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    size_t n = 1000000;
    char *a = wks_mem_array(n + 1, 1);
    memset(a, 'a', n);
    char *path = wks_folder_put(*state, "a", a);
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_sha256(path, out, &err), &err);
    assert_string_equal(out, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(path);
    free(a);
}

static void sha256_errors(void **state)
{
    char out[65];
    wks_err err = WKS_ERR_INIT;
    assert_status(wks_file_sha256("/no/such/file", out, &err), WKS_ERR_IO, &err);
    err = WKS_ERR_INIT;
    assert_status(wks_file_sha256(*state, out, &err), WKS_ERR_IO, &err);
}

static void data_folder_is_found_from_the_build_tree(void **state)
{
    (void)state;
    char *program = wks_file_program_folder();
    assert_non_null(program);
    char *own = wks_file_join(program, "test_base_file");
    assert_true(wks_file_exists(own));
    assert_int_equal(unsetenv("WIJKSIM_DATA"), 0);
    char *data = wks_file_data_folder();
    assert_non_null(data);
    char *scenarios = wks_file_join(data, "scenarios");
    assert_true(wks_file_is_folder(scenarios));
    free(scenarios);
    free(data);
    free(own);
    free(program);
}

static void data_folder_given_by_the_environment_wins(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *scenarios = wks_folder_path(*state, "scenarios");
    assert_ok(wks_file_make_folder(scenarios, &err), &err);
    assert_int_equal(setenv("WIJKSIM_DATA", *state, 1), 0);
    check_take(wks_file_data_folder(), *state);
    assert_int_equal(setenv("WIJKSIM_DATA", scenarios, 1), 0);
    assert_null(wks_file_data_folder()); /* holds no scenarios/: said, not passed over */
    assert_int_equal(unsetenv("WIJKSIM_DATA"), 0);
    free(scenarios);
}

static void file_has_a_second_name_until_both_are_gone(void **state)
{
    wks_err err = WKS_ERR_INIT;
    struct stat a, b;
    char *path = wks_folder_put(*state, "one", "text"), *second = wks_folder_path(*state, "two"), *none = wks_folder_path(*state, "none");
    assert_ok(wks_file_share(path, second, &err), &err);
    assert_int_equal(stat(path, &a), 0);
    assert_int_equal(stat(second, &b), 0);
    assert_true(a.st_ino == b.st_ino);
    assert_ok(wks_file_remove(path, &err), &err);
    check_take(wks_folder_get(second), "text");
    assert_status(wks_file_share(none, path, &err), WKS_ERR_IO, &err);

    /* A disk that knows no second names: a copy with the same rights. /dev/shm is another disk than a folder in /tmp, or the link works. */
    err = WKS_ERR_INIT;
    char other[] = "/dev/shm/wks-share-XXXXXX";
    const int descriptor = mkstemp(other);
    if (descriptor >= 0) {
        assert_int_equal(write(descriptor, "far", 3), 3);
        assert_int_equal(fchmod(descriptor, 0600), 0);
        assert_int_equal(close(descriptor), 0);
        assert_ok(wks_file_share(other, path, &err), &err);
        assert_int_equal(unlink(other), 0);
        check_take(wks_folder_get(path), "far");
        assert_int_equal(stat(path, &a), 0);
        assert_int_equal(a.st_mode & 0777, 0600);
    }
    free(path);
    free(second);
    free(none);
}

static void claim_is_given_once(void **state)
{
    wks_err err = WKS_ERR_INIT;
    bool is_ours = false;
    char *path = wks_folder_path(*state, "mark"), *nowhere = wks_folder_path(*state, "no/mark");
    assert_ok(wks_file_claim(path, "first", &is_ours, &err), &err);
    assert_true(is_ours);
    assert_ok(wks_file_claim(path, "second", &is_ours, &err), &err);
    assert_false(is_ours);
    check_take(wks_folder_get(path), "first");
    assert_status(wks_file_claim(nowhere, "x", &is_ours, &err), WKS_ERR_IO, &err);
    free(path);
    free(nowhere);
}

static void entries_move_into_a_folder_that_has_others(void **state)
{
    wks_err err = WKS_ERR_INIT;
    char *from = wks_folder_path(*state, "from"), *to = wks_folder_path(*state, "to"), *missing = wks_folder_path(*state, "missing");
    free(wks_folder_put(*state, "from/a.csv", "new"));
    free(wks_folder_put(*state, "from/run/b.csv", "new"));
    free(wks_folder_put(*state, "from/other/c.csv", "new"));
    free(wks_folder_put(*state, "to/a.csv", "old"));
    free(wks_folder_put(*state, "to/run/mine.txt", "mine"));
    assert_ok(wks_file_move_entries(from, to, &err), &err);
    assert_false(wks_file_exists(from));
    static const char *const expected[][2] = {
        {"to/a.csv", "new"}, {"to/run/b.csv", "new"}, {"to/run/mine.txt", "mine"}, {"to/other/c.csv", "new"}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char *path = wks_folder_path(*state, expected[i][0]);
        check_take(wks_folder_get(path), expected[i][1]);
        free(path);
    }
    assert_status(wks_file_move_entries(missing, to, &err), WKS_ERR_IO, &err);
    err = WKS_ERR_INIT;
    assert_status(wks_file_rename(missing, to, &err), WKS_ERR_IO, &err);
    free(from);
    free(to);
    free(missing);
}

static void writer_takes_the_rest_of_a_file(void **state)
{
    wks_err err = WKS_ERR_INIT;
    wks_file_writer writer;
    char *path = wks_folder_put(*state, "table", "header\nrow\n"), *out = wks_folder_path(*state, "out");
    assert_ok(wks_file_writer_open(out, &writer, &err), &err);
    assert_ok(wks_file_writer_put_file(&writer, path, 0, &err), &err);
    assert_ok(wks_file_writer_put_file(&writer, path, strlen("header\n"), &err), &err);
    assert_ok(wks_file_writer_put_file(&writer, path, 1000, &err), &err);             /* nothing behind its end */
    assert_status(wks_file_writer_put_file(&writer, out, 0, &err), WKS_ERR_IO, &err); /* not there yet */
    err = WKS_ERR_INIT;
    assert_ok(wks_file_writer_commit(&writer, &err), &err);
    check_take(wks_folder_get(out), "header\nrow\nrow\n");
    free(path);
    free(out);
}

static wks_status use_files(void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *folder = context;
    char *path = wks_file_join(folder, "chaos");
    char *bytes = NULL;
    char **names = NULL;
    size_t n = 0;
    char digest[65];

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory");
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_file_write(path, "text", 4, err));
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    WKS_TRY(wks_file_sha256(path, digest, err));
    WKS_TRY(wks_file_list(folder, &names, &n, err));
out:
    for (size_t i = 0; names != NULL && i < n; i++)
        free(names[i]);
    free(names);
    free(bytes);
    free(path);
    return rc;
}

static void files_without_memory_errors(void **state)
{
    assert_true(wks_chaos_run(use_files, *state) > 5);
    assert_int_equal(entries(*state), 1); /* no temporary file is left by the failures */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(file_is_read_as_written, make, drop),
        cmocka_unit_test_setup_teardown(file_read_errors, make, drop),
        cmocka_unit_test_setup_teardown(writer_shows_the_file_only_after_commit, make, drop),
        cmocka_unit_test_setup_teardown(writer_discarded_leaves_no_trace, make, drop),
        cmocka_unit_test_setup_teardown(writer_new_file_has_usual_rights, make, drop),
        cmocka_unit_test(writer_full_disk_errors),
        cmocka_unit_test_setup_teardown(writer_errors, make, drop),
        cmocka_unit_test_setup_teardown(folder_is_made_with_its_parents, make, drop),
        cmocka_unit_test_setup_teardown(folder_errors, make, drop),
        cmocka_unit_test_setup_teardown(list_is_sorted_by_bytes, make, drop),
        cmocka_unit_test_setup_teardown(file_is_removed, make, drop),
        cmocka_unit_test_setup_teardown(file_has_a_second_name_until_both_are_gone, make, drop),
        cmocka_unit_test_setup_teardown(claim_is_given_once, make, drop),
        cmocka_unit_test_setup_teardown(entries_move_into_a_folder_that_has_others, make, drop),
        cmocka_unit_test_setup_teardown(writer_takes_the_rest_of_a_file, make, drop),
        cmocka_unit_test(path_parts),
        cmocka_unit_test_setup_teardown(sha256_gives_the_published_digests, make, drop),
        cmocka_unit_test_setup_teardown(sha256_errors, make, drop),
        cmocka_unit_test(data_folder_is_found_from_the_build_tree),
        cmocka_unit_test_setup_teardown(data_folder_given_by_the_environment_wins, make, drop),
        cmocka_unit_test_setup_teardown(files_without_memory_errors, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
