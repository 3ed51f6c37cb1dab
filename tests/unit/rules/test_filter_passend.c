#include "unit/rules/part_case.h"

/* Published for 2025: low cap 682.96, high cap 731.93; low incomes 28,375 (one person), 38,500, pension age 27,775 and 37,350. */
static const char world[] = "buurten 1\n"
                            "unit cheap buurt=0 tenure=social rent=682.96 rooms=3\n"
                            "unit middle buurt=0 tenure=social rent=731.93 rooms=3\n"
                            "unit dear buurt=0 tenure=social rent=731.94 rooms=3\n"
                            "household single_low place=shelter income=28375 members=40m\n"
                            "household single_over place=shelter income=28376 members=40m\n"
                            "household old_over place=shelter income=27776 members=70m\n"
                            "household old_low place=shelter income=27775 members=70m\n"
                            "household couple_low place=shelter income=38500 members=40m,41f\n"
                            "household family_low place=shelter income=38500 members=40m,41f,8m\n"
                            "household family_over place=shelter income=38501 members=40m,41f,8m\n";

static void passend_by_size_and_age_uses_the_published_limits(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"passend\"; }", world);
    assert_true(part_passes(&c, "single_low", "cheap"));
    assert_false(part_passes(&c, "single_low", "middle"));
    assert_true(part_passes(&c, "single_over", "dear"));
    assert_true(part_passes(&c, "old_over", "dear"));
    assert_false(part_passes(&c, "old_low", "middle"));
    assert_false(part_passes(&c, "couple_low", "middle"));
    assert_true(part_passes(&c, "family_low", "middle"));
    assert_false(part_passes(&c, "family_low", "dear"));
    assert_true(part_passes(&c, "family_over", "dear"));
    part_close(&c);
}

static void passend_with_the_norm_of_the_law_lets_one_in_twenty_pass(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;
    int32_t n_dear = 0;

    (void)state;
    part_open(&c, "filters", "{ part = \"passend\"; compliance = 0.95; }", world);
    const wks_filter_part *part = c.settings->spec->implementation;
    const wks_advert cheap = part_advert(&c, "cheap"), dear = part_advert(&c, "dear");
    const int32_t low = wks_fixture_world_household(&c.world, "single_low"), over = wks_fixture_world_household(&c.world, "single_over");
    assert_true(part_passes(&c, "single_low", "dear")); /* may react; the norm decides at the offer */
    assert_ok(part->norm->open(&c.context, c.settings, &memory, &err), &err);
    for (int32_t n = 1; n <= 200; n++) {
        const bool allowed = part->norm->allows(&c.context, c.settings, memory, low, &dear);
        assert_true(part->norm->allows(&c.context, c.settings, memory, low, &cheap));
        assert_true(part->norm->allows(&c.context, c.settings, memory, over, &dear));
        part->norm->commit(&c.context, c.settings, memory, low, allowed ? &dear : &cheap);
        part->norm->commit(&c.context, c.settings, memory, over, &dear); /* does not count: no low income */
        n_dear += allowed;
        assert_true(n_dear <= 0.05 * n + 1e-9);
    }
    assert_int_equal(n_dear, 10);
    part->norm->close(memory);
    part_close(&c);
}

static void passend_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"passend\"; compliance = 95; }", "compliance is 95; expected a number from 0 to 1 (share)");
    assert_part_problem("filters", "{ part = \"passend\"; share = 0.95; }", "unknown key 'share' in passend");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passend_by_size_and_age_uses_the_published_limits),
        cmocka_unit_test(passend_with_the_norm_of_the_law_lets_one_in_twenty_pass),
        cmocka_unit_test(passend_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
