#include "rules/quota.h"
#include "unit/rules/part_case.h"

static const char world[] = "month 2025-11\n"
                            "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n";

static void quota_holds_at_every_letting_of_a_year(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;
    int32_t n = 0;

    (void)state;
    part_open(&c, "filters", "{ part = \"registered\"; }", world);
    assert_ok(wks_quota_open(&c.world, &memory, &err), &err);
    for (int32_t i = 1; i <= 100; i++) {
        const bool fits = wks_quota_fits(memory, 0, 1, 0.1);
        wks_quota_add(memory, 0, fits ? 1 : WKS_NONE);
        n += fits;
        assert_true(10 * n <= i);
    }
    assert_int_equal(n, 10);                         /* a share of 0.1 of 10 is 1, whatever binary fractions make of it */
    assert_true(wks_quota_fits(memory, 0, 0, 0.01)); /* another band: 1 of 101 */
    wks_quota_tell(memory, 0, 1, 0.1, &text);
    assert_string_equal(text.data, "; the corporatie let 10 of 100 homes this year so, at most 0.1 of all, this letting included");
    wks_text_free(&text);
    wks_quota_close(memory);
    part_close(&c);
}

static void quota_in_a_new_year_counts_anew_edge(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    part_open(&c, "filters", "{ part = \"registered\"; }", world);
    for (int32_t m = 0; m < 3; m++, c.world.month++) { /* November, December, January */
        assert_ok(wks_quota_open(&c.world, &memory, &err), &err);
        assert_int_equal(((wks_quota *)memory)->total[0], m == 2 ? 0 : m);
        wks_quota_add(memory, 0, WKS_NONE);
    }
    wks_quota_close(memory);
    wks_quota_close(NULL);
    part_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quota_holds_at_every_letting_of_a_year),
        cmocka_unit_test(quota_in_a_new_year_counts_anew_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
