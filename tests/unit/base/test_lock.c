#include "base/lock.h"

#include "support/check.h"
#include "support/folder.h"

static void locked_folder_keeps_others_out_errors(void **state)
{
    char *folder = wks_folder_make();
    (void)state;
    wks_lock first = {0}, second = {0};
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_lock_take(folder, &first, &err), &err);
    if (!first.is_held) skip(); /* no locks on this file system */
    assert_status(wks_lock_take(folder, &second, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "is being written by another wijksim");
    assert_false(second.is_held);
    wks_lock_release(&first);
    err = WKS_ERR_INIT;
    assert_ok(wks_lock_take(folder, &second, &err), &err);
    wks_lock_release(&second);
    assert_false(second.is_held);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(locked_folder_keeps_others_out_errors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
