#include "base/pseudonym.h"

#include <sys/stat.h>

#include "base/file.h"
#include "support/check.h"
#include "support/folder.h"

static void keys_depend_on_secret_kind_and_number(void **state)
{
    (void)state;
    wks_err err = WKS_ERR_INIT;
    wks_pseudonym a, b;
    char one[WKS_PSEUDONYM_DIGITS + 1], two[WKS_PSEUDONYM_DIGITS + 1];

    assert_ok(wks_pseudonym_make(&a, &err), &err);
    assert_ok(wks_pseudonym_make(&b, &err), &err);
    wks_pseudonym_key(&a, "seeker", "4711", one);
    assert_int_equal(strlen(one), WKS_PSEUDONYM_DIGITS);
    assert_int_equal(strspn(one, "0123456789abcdef"), WKS_PSEUDONYM_DIGITS);
    wks_pseudonym_key(&a, "seeker", "4711", two);
    assert_string_equal(one, two);
    wks_pseudonym_key(&a, "dwelling", "4711", two);
    assert_string_not_equal(one, two);
    wks_pseudonym_key(&b, "seeker", "4711", two);
    assert_string_not_equal(one, two);
    wks_pseudonym_key(&a, "seeker", "4712", two);
    assert_string_not_equal(one, two);
    wks_pseudonym_key(&a, "seeke", "r4711", two); /* where the kind ends counts */
    assert_string_not_equal(one, two);
}

/* BLAKE2b of "seeker\0004711" with key bytes 0 to 31, 16 bytes; by Python's hashlib. */
static void key_is_known(void **state)
{
    (void)state;
    wks_pseudonym secret;
    char key[WKS_PSEUDONYM_DIGITS + 1];

    for (int i = 0; i < WKS_PSEUDONYM_SECRET_BYTES; i++)
        secret.secret[i] = (unsigned char)i;
    wks_pseudonym_key(&secret, "seeker", "4711", key);
    assert_string_equal(key, "ddf3d364efb657b4e8cbebd190d4abf7");
}

static void secret_is_kept_for_its_owner(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "secret");
    wks_err err = WKS_ERR_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_pseudonym a, b;
    struct stat info;

    assert_ok(wks_pseudonym_make(&a, &err), &err);
    assert_ok(wks_pseudonym_save(path, &a, &err), &err);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777u, 0600);
    assert_ok(wks_pseudonym_read(path, &b, &problems, &err), &err);
    assert_problems(&problems, "");
    assert_memory_equal(a.secret, b.secret, sizeof a.secret);
    wks_pseudonym_forget(&b);
    for (int i = 0; i < WKS_PSEUDONYM_SECRET_BYTES; i++)
        assert_int_equal(b.secret[i], 0);
    free(path);
    wks_folder_remove(folder);
}

static void secret_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "secret", "wijksim pseudonym secret 1\n0011\n");
    char *nowhere = wks_folder_path(folder, "none/secret");
    wks_err err = WKS_ERR_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_pseudonym a;

    assert_ok(wks_pseudonym_make(&a, &err), &err);
    assert_status(wks_pseudonym_save(path, &a, &err), WKS_ERR_IO, &err); /* never over an old one */
    err = WKS_ERR_INIT;
    assert_status(wks_pseudonym_save(nowhere, &a, &err), WKS_ERR_IO, &err);
    err = WKS_ERR_INIT;
    assert_status(wks_pseudonym_read(path, &a, &problems, &err), WKS_ERR_DATA, &err);
    assert_int_equal(problems.n_errors, 1);
    wks_problems_free(&problems);
    free(path);
    free(nowhere);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_depend_on_secret_kind_and_number),
        cmocka_unit_test(key_is_known),
        cmocka_unit_test(secret_is_kept_for_its_owner),
        cmocka_unit_test(secret_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
