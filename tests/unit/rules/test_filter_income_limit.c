#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=600 rooms=3\n"
                            "unit b buurt=1 tenure=social rent=600 rooms=3\n"
                            "household single_at place=shelter income=49669 members=40m\n"
                            "household single_above place=shelter income=49670 members=40m\n"
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
    wks_text text = WKS_TEXT_INIT;
    norm_of(&c)->tell(&c.context, c.settings, memory, above, &a, &text);
    assert_string_equal(
        text.data, "income above the limit; the corporatie let 30 of 400 homes this year so, at most 0.075 of all, this letting included");
    wks_text_free(&text);
    norm_of(&c)->close(memory);
    part_close(&c);
}

/* 2021: 80-10-10, two limits for all households alike; 400 lettings take 40 of each band, whatever the order in which they come. */
static void income_limit_before_2022_has_two_bands(void **state)
{
    static const char world_2021[] = "buurten 1\n"
                                     "unit a buurt=0 tenure=social rent=600 rooms=3\n"
                                     "household low place=shelter income=40024 members=40m\n"
                                     "household middle place=shelter income=44655 members=40m,41f\n"
                                     "household high place=shelter income=44656 members=40m,41f\n";
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;
    int32_t n_middle = 0, n_high = 0;

    (void)state;
    part_open(&c, "filters", "{ part = \"income_limit\"; free_share = 0.0; }", world_2021);
    c.law = wks_law_of_year(2021, 0.0);
    const wks_advert a = part_advert(&c, "a");
    const int32_t low = wks_fixture_world_household(&c.world, "low"), middle = wks_fixture_world_household(&c.world, "middle");
    const int32_t high = wks_fixture_world_household(&c.world, "high");
    assert_true(part_passes(&c, "low", "a") && part_passes(&c, "middle", "a") && part_passes(&c, "high", "a"));
    assert_ok(norm_of(&c)->open(&c.context, c.settings, &memory, &err), &err);
    for (int32_t n = 1; n <= 400; n++) {
        const bool is_high = norm_of(&c)->allows(&c.context, c.settings, memory, high, &a);
        const bool is_middle = !is_high && norm_of(&c)->allows(&c.context, c.settings, memory, middle, &a);
        assert_true(norm_of(&c)->allows(&c.context, c.settings, memory, low, &a));
        norm_of(&c)->commit(&c.context, c.settings, memory, is_high ? high : is_middle ? middle : low, &a);
        n_high += is_high;
        n_middle += is_middle;
        assert_true(n_high <= 0.10 * n && n_middle <= 0.10 * n);
    }
    assert_int_equal(n_high, 40);
    assert_int_equal(n_middle,
                     40 - 1); /* the high band takes every tenth letting, the middle one the next: the last does not fit any more */
    norm_of(&c)->close(memory);
    part_close(&c);
}

/* norm = "free_share" asks what a year would have been under another norm. */
static void income_limit_with_free_share_in_every_year_has_one_band(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"income_limit\"; free_share = 0.0; norm = \"free_share\"; }", world);
    c.law = wks_law_of_year(2021, 0.0);
    assert_false(part_passes(&c, "single_at", "a"));
    c.law = wks_law_of_year(2025, 0.0);
    assert_true(part_passes(&c, "single_at", "a"));
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

static void income_limit_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"income_limit\"; free_share = 1.2; }",
                        "free_share is 1.2; expected a number from 0 to 1 (share)");
    assert_part_problem("filters", "{ part = \"income_limit\"; free_shares = 0.1; }", "nearest valid name is 'free_share'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_limit_of_2025_splits_at_the_published_amounts),
        cmocka_unit_test(income_limit_with_free_share_keeps_it_at_every_letting),
        cmocka_unit_test(income_limit_before_2022_has_two_bands),
        cmocka_unit_test(income_limit_with_free_share_in_every_year_has_one_band),
        cmocka_unit_test(income_limit_in_january_counts_anew),
        cmocka_unit_test(income_limit_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
