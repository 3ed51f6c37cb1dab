#include "export/zip_check.h"

#include <string.h>

#include "support/check.h"

/* A directory with one sheet of `length` bytes, and the end. */
static FILE *zip_of(uint32_t length)
{
    static const char name[] = "xl/worksheets/sheet1.xml";
    unsigned char bytes[46 + sizeof name - 1 + 22] = {'P', 'K', 1, 2};
    unsigned char *end = bytes + 46 + sizeof name - 1;
    FILE *stream = tmpfile();
    assert_non_null(stream);
    bytes[24] = (unsigned char)(length & 0xffu);
    bytes[25] = (unsigned char)(length >> 8 & 0xffu);
    bytes[28] = sizeof name - 1;
    memcpy(bytes + 46, name, sizeof name - 1);
    memcpy(end, "PK\5\6", 4);
    end[10] = 1;
    assert_int_equal(fwrite(bytes, 1, sizeof bytes, stream), sizeof bytes);
    return stream;
}

static void a_sheet_shorter_than_its_rows_is_an_error(void **state)
{
    (void)state;
    const int64_t size[2] = {1000, 0};
    wks_err err = WKS_ERR_INIT;
    FILE *whole = zip_of(1200), *cut = zip_of(900), *empty = tmpfile();
    assert_non_null(empty);
    assert_ok(wks_zip_check_sheets(whole, "a.xlsx", size, 1, &err), &err);
    assert_int_equal(wks_zip_check_sheets(whole, "a.xlsx", size, 2, &err), WKS_ERR_IO);
    err = WKS_ERR_INIT;
    assert_int_equal(wks_zip_check_sheets(cut, "a.xlsx", size, 1, &err), WKS_ERR_IO);
    assert_contains(err.message, "0 of 1 sheets are whole");
    err = WKS_ERR_INIT;
    assert_int_equal(wks_zip_check_sheets(empty, "a.xlsx", size, 1, &err), WKS_ERR_IO);
    (void)fclose(whole);
    (void)fclose(cut);
    (void)fclose(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_sheet_shorter_than_its_rows_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
