#include "base/marks.h"

#include "support/check.h"

/* By looking at every row. */
static int64_t plainly(const uint8_t *mark, int64_t n, int64_t row)
{
    while (row < n && mark[row] == 0)
        row++;
    return row < n ? row : n;
}

static void next_is_the_next_marked_row(void **state)
{
    uint8_t mark[64 + WKS_MARKS_BEHIND];
    (void)state;
    for (uint64_t seed = 0; seed < 500; seed++) {
        const int64_t n = (int64_t)(seed % 65);
        memset(mark, 1, sizeof mark); /* what lies behind n does not count */
        for (int64_t i = 0; i < n; i++)
            mark[i] = (seed * UINT64_C(0x9e3779b97f4a7c15) >> (i % 61)) % 11 == 0;
        for (int64_t row = 0; row <= n; row++)
            assert_int_equal(wks_marks_next(mark, n, row), plainly(mark, n, row));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(next_is_the_next_marked_row)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
