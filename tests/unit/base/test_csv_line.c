#include "base/csv_line.h"

#include "support/check.h"

static void csv_line_is_split_when_plain(void **state)
{
    (void)state;
    char out[32], *cell[3];
    int offset[3];
    const char text[] = "ab,,c d\nnext,1,2\n";

    assert_int_equal(wks_csv_line_split(text, sizeof text - 1, ',', 3, out, cell, offset), 8);
    assert_string_equal(cell[0], "ab");
    assert_string_equal(cell[1], "");
    assert_string_equal(cell[2], "c d");
    assert_int_equal(offset[1], 3);
    assert_int_equal(offset[2], 4);
}

static void csv_line_is_left_to_libcsv_when_not(void **state)
{
    (void)state;
    static const char *const lines[] = {"",          "\n",       "a,b,c",    "a,b\n",   "a,b,c,d\n", "a,\"b\",c\n",
                                        "a,b,c\r\n", " a,b,c\n", "a,b ,c\n", "a,b,\t\n"};
    char out[32], *cell[3];
    int offset[3];

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_int_equal(wks_csv_line_split(lines[i], strlen(lines[i]), ',', 3, out, cell, offset), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_line_is_split_when_plain),
        cmocka_unit_test(csv_line_is_left_to_libcsv_when_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
