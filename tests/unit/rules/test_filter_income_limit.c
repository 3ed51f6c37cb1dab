#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=600 rooms=3\n"
                            "unit b buurt=1 tenure=social rent=600 rooms=3\n"
                            "household single_at place=shelter income=49669 members=40m\n"
                            "household single_above place=shelter income=49670 members=40m\n"
                            "household single_rich place=shelter income=90000 members=40m\n"
                            "household couple_at place=shelter income=54847 members=40m,41f\n"
                            "household couple_above place=shelter income=54848 members=40m,41f\n";

static const wks_spreiding_part *norm_of(const part_case *c)
{
    const wks_filter_part *part = c->settings->spec->implementation;

    return part->norm;
}

static void income_limit_of_2025_splits_at_the_published_amounts(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"income_limit\"; free_share = 0.0; }", world);
    assert_true(part_passes(&c, "single_at", "a"));
    assert_false(part_passes(&c, "single_above", "a"));
    assert_true(part_passes(&c, "couple_at", "a"));
    assert_false(part_passes(&c, "couple_above", "a"));
    part_close(&c);
}

static void income_limit_with_free_share_keeps_it_at_every_letting(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;
    int32_t n_above = 0;

    (void)state;
    part_open(&c, "filters", "{ part = \"income_limit\"; free_share = 0.075; }", world);
    const wks_advert a = part_advert(&c, "a");
    const int32_t below = wks_fixture_world_household(&c.world, "single_at"), above = wks_fixture_world_household(&c.world, "single_above");
    assert_true(part_passes(&c, "single_above", "a")); /* may react; the norm decides at the offer */
    assert_ok(norm_of(&c)->open(&c.context, c.settings, &memory, &err), &err);
    for (int32_t n = 1; n <= 400; n++) { /* above as often as the norm allows */
        const bool allowed = norm_of(&c)->allows(&c.context, c.settings, memory, above, &a);
        assert_true(norm_of(&c)->allows(&c.context, c.settings, memory, below, &a));
        norm_of(&c)->commit(&c.context, c.settings, memory, allowed ? above : below, &a);
        n_above += allowed;
        assert_true(n_above <= 0.075 * n);
    }
    assert_int_equal(n_above, 30);
    norm_of(&c)->close(memory);
    part_close(&c);
}

static void income_limit_in_january_counts_anew(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    part_open(&c, "filters", "{ part = \"income_limit\"; free_share = 0.5; }", world);
    const wks_advert a = part_advert(&c, "a");
    const int32_t below = wks_fixture_world_household(&c.world, "single_at"), above = wks_fixture_world_household(&c.world, "single_above");
    c.world.month = 2025 * 12 + 11;
    assert_ok(norm_of(&c)->open(&c.context, c.settings, &memory, &err), &err);
    norm_of(&c)->commit(&c.context, c.settings, memory, below, &a);
    assert_true(norm_of(&c)->allows(&c.context, c.settings, memory, above, &a));
    c.world.month++;
    assert_ok(norm_of(&c)->open(&c.context, c.settings, &memory, &err), &err);
    assert_false(norm_of(&c)->allows(&c.context, c.settings, memory, above, &a));
    norm_of(&c)->close(memory);
    part_close(&c);
}

/* How many of 200 lettings in a row may go to this household, all others to one below the limit. */
static int32_t allowed_of_200(const char *part, int32_t year, const char *household)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;
    int32_t n_allowed = 0;

    part_open(&c, "filters", part, world);
    c.law = wks_law_of_year(year, 0.0);
    c.law.income_single_eur = 49669.0;
    c.law.income_multi_eur = 54847.0;
    const wks_advert a = part_advert(&c, "a");
    const int32_t below = wks_fixture_world_household(&c.world, "single_at"), other = wks_fixture_world_household(&c.world, household);
    assert_true(part_passes(&c, household, "a"));
    assert_ok(norm_of(&c)->open(&c.context, c.settings, &memory, &err), &err);
    for (int32_t n = 0; n < 200; n++) {
        const bool is_allowed = norm_of(&c)->allows(&c.context, c.settings, memory, other, &a);
        norm_of(&c)->commit(&c.context, c.settings, memory, is_allowed ? other : below, &a);
        n_allowed += is_allowed;
    }
    norm_of(&c)->close(memory);
    part_close(&c);
    return n_allowed;
}

static void income_limit_by_law_follows_the_year(void **state)
{
    static const char law[] = "{ part = \"income_limit\"; norm = \"law\"; }",
                      agreed[] = "{ part = \"income_limit\"; norm = \"agreement\"; }";

    (void)state;
    assert_int_equal(allowed_of_200(law, 2025, "single_above"), 15);
    assert_int_equal(allowed_of_200(agreed, 2025, "single_above"), 30);
    assert_int_equal(allowed_of_200(law, 2025, "single_rich"), 15);
    assert_int_equal(allowed_of_200(agreed, 2021, "single_above"), 20); /* 80-10-10 knew no agreements */
}

/* Until 2021 lower-middle incomes had ten per cent of their own. */
static void income_limit_before_2022_has_a_band_for_lower_middle_incomes(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;
    int32_t n_middle = 0, n_rich = 0;

    (void)state;
    part_open(&c, "filters", "{ part = \"income_limit\"; norm = \"law\"; }", world);
    c.law.year = 2021;
    const wks_advert a = part_advert(&c, "a");
    const int32_t below = wks_fixture_world_household(&c.world, "single_at"),
                  middle = wks_fixture_world_household(&c.world, "single_above");
    const int32_t rich = wks_fixture_world_household(&c.world, "single_rich");
    assert_ok(norm_of(&c)->open(&c.context, c.settings, &memory, &err), &err);
    for (int32_t n = 0; n < 201; n++) {
        const bool is_middle = norm_of(&c)->allows(&c.context, c.settings, memory, middle, &a);
        const bool is_rich = !is_middle && norm_of(&c)->allows(&c.context, c.settings, memory, rich, &a);
        norm_of(&c)->commit(&c.context, c.settings, memory, is_middle ? middle : is_rich ? rich : below, &a);
        n_middle += is_middle;
        n_rich += is_rich;
    }
    assert_int_equal(n_middle, 20);
    assert_int_equal(n_rich, 20);
    norm_of(&c)->close(memory);
    part_close(&c);
}

static void income_limit_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"income_limit\"; free_share = 1.2; }",
                        "free_share is 1.2; expected a number from 0 to 1 (share)");
    assert_part_problem("filters", "{ part = \"income_limit\"; norm = \"85\"; }",
                        "norm is \"85\"; expected one of \"share\", \"law\", \"agreement\"");
    assert_part_problem("filters", "{ part = \"income_limit\"; free_shares = 0.1; }", "nearest valid name is 'free_share'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_limit_of_2025_splits_at_the_published_amounts),
        cmocka_unit_test(income_limit_with_free_share_keeps_it_at_every_letting),
        cmocka_unit_test(income_limit_in_january_counts_anew),
        cmocka_unit_test(income_limit_by_law_follows_the_year),
        cmocka_unit_test(income_limit_before_2022_has_a_band_for_lower_middle_incomes),
        cmocka_unit_test(income_limit_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
