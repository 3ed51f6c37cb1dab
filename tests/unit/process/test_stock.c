#include "process/process_registry.h"
#include "rules/part_list.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void open_stage(stage *s, const char *text)
{
    wks_fixture_world_make(&s->world, text);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static wks_tenure tenure_of(const stage *s, const char *unit)
{
    return (wks_tenure)s->world.dwelling.tenure[s->world.unit.dwelling_row[wks_fixture_world_unit(&s->world, unit)]];
}

/* u1 and u2 vacant since last month, u3 vacant for longer, u4 occupied; p1 private, r1 rooms of which one is vacant. */
static const char streets[] =
    "month 2025-01\nbuurten 2\n"
    "unit u1 buurt=0 tenure=social rent=850\nunit u2 buurt=1 tenure=social rent=850\nunit u3 buurt=1 tenure=social rent=850\n"
    "unit u4 buurt=0 tenure=social rent=850\nunit p1 buurt=0 tenure=private_rent rent=1100\nunit r1 buurt=0 tenure=social units=2 "
    "rent=400\n"
    "household h4 unit=u4 income=30000 members=40m\nhousehold hr unit=r1.0 income=9000 members=20m\n";

static void open_streets(stage *s)
{
    open_stage(s, streets);
    for (int32_t u = 0; u < s->world.unit.base.n_rows; u++) {
        if (s->world.unit.household_row[u] < 0) s->world.unit.vacant_month[u] = wks_month_cell(s->world.month);
    }
    s->world.unit.vacant_month[wks_fixture_world_unit(&s->world, "u3")] = wks_month_cell(s->world.month - 5);
}

static void nothing_happens_by_default(void **state)
{
    stage s;
    (void)state;
    open_streets(&s);
    const wks_check_stocks before = wks_check_count(&s.world);
    for (int32_t m = 0; m < 12; m++)
        wks_fixture_tick_month(&s.fixture, "stock");
    const wks_check_stocks after = wks_check_count(&s.world);
    assert_int_equal(before.dwellings, after.dwellings);
    assert_int_equal(before.units, after.units);
    assert_int_equal(tenure_of(&s, "u1"), WKS_TENURE_SOCIAL);
    close_stage(&s);
}

static void sale_at_share_one_sells_what_just_fell_vacant(void **state)
{
    stage s;
    (void)state;
    open_streets(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "sell", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_sold, 2);
    assert_int_equal(tenure_of(&s, "u1"), WKS_TENURE_OWNER);
    assert_int_equal(tenure_of(&s, "u2"), WKS_TENURE_OWNER);
    assert_int_equal(tenure_of(&s, "u3"), WKS_TENURE_SOCIAL);   /* had its draw five months ago */
    assert_int_equal(tenure_of(&s, "u4"), WKS_TENURE_SOCIAL);   /* lived in */
    assert_int_equal(tenure_of(&s, "r1.1"), WKS_TENURE_SOCIAL); /* rooms stay */
    assert_close((double)s.world.unit.rent_eur[wks_fixture_world_unit(&s.world, "u1")], 0, 0, 0);
    close_stage(&s);
}

static void sale_has_its_share_of_vacancies(void **state)
{
    stage s;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, 2025 * 12, 4);
    for (int32_t i = 0; i < 10000; i++)
        (void)wks_fixture_tick_dwelling(&s.world, i, i % 4, WKS_TENURE_SOCIAL, 1, 600, 200000, 3);
    for (int32_t u = 0; u < 10000; u++)
        s.world.unit.vacant_month[u] = wks_month_cell(s.world.month);
    wks_world_clear_flows(&s.world);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "stock", "sell", 0.3);
    wks_fixture_tick_month(&s.fixture, "stock");
    wks_fixture_tick_expect((double)s.world.ledger.dwellings_sold, 10000, 0.3, 4);
    close_stage(&s);
}

static void demolition_at_share_one_removes_and_goes_before_sale(void **state)
{
    stage s;
    (void)state;
    open_streets(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "sell", 1);
    wks_fixture_tick_set(&s.fixture, "stock", "demolish", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_removed, 2);
    assert_int_equal(s.world.ledger.dwellings_sold, 0);
    close_stage(&s);
}

static void uitponden_at_share_one_sells_private_rent(void **state)
{
    stage s;
    (void)state;
    open_streets(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "uitpond", 1);
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.uitpond, 1);
    assert_int_equal(s.world.ledger.dwellings_sold, 0);
    assert_int_equal(tenure_of(&s, "p1"), WKS_TENURE_OWNER);
    assert_int_equal(tenure_of(&s, "u1"), WKS_TENURE_SOCIAL);
    close_stage(&s);
}

static void orders_of_the_timeline_are_used_up(void **state)
{
    stage s;
    (void)state;
    open_streets(&s);
    s.world.buurt.to_sell[1] = 1;
    s.world.buurt.to_demolish[0] = 5;
    wks_fixture_tick_month(&s.fixture, "stock");
    assert_int_equal(s.world.ledger.dwellings_sold, 1);
    assert_int_equal(s.world.buurt.to_sell[1], 0);
    assert_int_equal(s.world.ledger.dwellings_removed, 1); /* u1 is the one vacant social home there */
    assert_int_equal(s.world.buurt.to_demolish[0], 4);
    close_stage(&s);
}

static void adaptive_landlord_lowers_the_rent_of_what_nobody_takes(void **state)
{
    (void)state;
    for (int32_t fixed = 0; fixed < 2; fixed++) {
        stage s;
        open_streets(&s);
        wks_fixture_tick_set(&s.fixture, "stock", "rent_policy", fixed);
        wks_fixture_tick_set(&s.fixture, "stock", "patience", 2);
        s.world.unit.n_adverts[wks_fixture_world_unit(&s.world, "u1")] = 2;
        s.world.unit.n_adverts[wks_fixture_world_unit(&s.world, "u2")] = 1;
        wks_fixture_tick_month(&s.fixture, "stock");
        const double cap = s.fixture.tick.law.rent_cap_low_eur;
        assert_close((double)s.world.unit.rent_eur[wks_fixture_world_unit(&s.world, "u1")], fixed ? 850 : cap, 1e-6, 0);
        assert_close((double)s.world.unit.rent_eur[wks_fixture_world_unit(&s.world, "u2")], 850, 1e-6, 0);
        close_stage(&s);
    }
}

static void building_adds_its_yearly_share_by_tenure(void **state)
{
    stage s;
    int64_t built = 0, tenure[WKS_N_TENURES] = {0};
    (void)state;
    wks_fixture_tick_empty_world(&s.world, 2025 * 12, 5);
    wks_fixture_tick_singles(&s.world, 4000, WKS_TENURE_SOCIAL, WKS_SEX_MAN, 40);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "stock", "build", 0.10);
    wks_fixture_tick_set(&s.fixture, "stock", "build_small", 0);
    wks_fixture_tick_set(&s.fixture, "stock", "budget", 1); /* counted: not held back */
    for (int32_t m = 0; m < 12; m++) {
        wks_fixture_tick_month(&s.fixture, "stock");
        built += s.world.ledger.dwellings_added;
    }
    /* The fraction of a month is made whole by a draw: at most 1 a buurt, segment (three are built) and month. */
    assert_true(fabs((double)built - 400) < 4 * sqrt(12 * 5 * 3 * 0.25));
    for (int32_t d = 4000; d < s.world.dwelling.base.n_rows; d++) {
        tenure[s.world.dwelling.tenure[d]]++;
        assert_int_equal(s.world.unit.lettable_month[s.world.dwelling.first_unit_row[d]], s.world.dwelling.built_month[d] + 1);
        assert_int_equal(s.world.dwelling.rooms[d], 3); /* like those that are there */
    }
    wks_fixture_tick_expect((double)tenure[WKS_TENURE_SOCIAL], (double)built, 0.30, 4);
    wks_fixture_tick_expect((double)tenure[WKS_TENURE_OWNER], (double)built, 0.33, 4);
    close_stage(&s);
}

static void building_of_social_homes_stops_at_the_ceiling_of_the_rules(void **state)
{
    wks_rule_set rules = {.from_month = WKS_NO_MONTH, .until_month = INT32_MAX, .n_spreiding = 1};
    wks_settings ceiling;
    int64_t n_built = 0, n_not = 0;
    stage s;

    (void)state;
    wks_fixture_tick_settings(&wks_spreiding_social_ceiling_spec, &ceiling);
    rules.spreiding = &ceiling;
    open_streets(&s);
    s.fixture.scenario.rules = &rules;
    s.fixture.scenario.n_rules = 1;
    wks_fixture_tick_set(&s.fixture, "stock", "build", 0.2);
    wks_fixture_tick_set(&s.fixture, "stock", "build_social", 1);
    for (int32_t m = 0; m < 240; m++) {
        wks_fixture_tick_month(&s.fixture, "stock");
        n_built += s.world.ledger.dwellings_added;
        n_not += s.world.ledger.ceiling_not_built;
    }
    assert_int_equal(n_built, 0); /* five of six dwellings are social */
    assert_true(n_not > 0);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    uint64_t hash[2];
    (void)state;
    for (int32_t reversed = 0; reversed < 2; reversed++) {
        const wks_fixture_town_options options = {.n = 1000, .n_buurten = 5, .month = 2025 * 12, .reversed = reversed == 1};
        stage s;
        wks_fixture_town_make(&s.world, &options);
        wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
        wks_fixture_tick_set(&s.fixture, "stock", "sell", 0.5);
        wks_fixture_tick_set(&s.fixture, "stock", "demolish", 0.2);
        wks_fixture_tick_set(&s.fixture, "stock", "uitpond", 0.5);
        wks_fixture_tick_set(&s.fixture, "stock", "build", 0.1);
        for (int32_t b = 0; b < 5; b++)
            s.world.buurt.to_sell[b] = s.world.buurt.to_demolish[b] = 1;
        for (int32_t u = 0; u < s.world.unit.base.n_rows; u++) {
            if (s.world.unit.household_row[u] < 0) s.world.unit.vacant_month[u] = wks_month_cell(s.world.month);
        }
        for (int32_t m = 0; m < 6; m++)
            wks_fixture_tick_month(&s.fixture, "stock");
        hash[reversed] = wks_world_hash(&s.world);
        close_stage(&s);
    }
    assert_int_equal(hash[0], hash[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_happens_by_default),
        cmocka_unit_test(sale_at_share_one_sells_what_just_fell_vacant),
        cmocka_unit_test(sale_has_its_share_of_vacancies),
        cmocka_unit_test(demolition_at_share_one_removes_and_goes_before_sale),
        cmocka_unit_test(uitponden_at_share_one_sells_private_rent),
        cmocka_unit_test(orders_of_the_timeline_are_used_up),
        cmocka_unit_test(adaptive_landlord_lowers_the_rent_of_what_nobody_takes),
        cmocka_unit_test(building_adds_its_yearly_share_by_tenure),
        cmocka_unit_test(building_of_social_homes_stops_at_the_ceiling_of_the_rules),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
