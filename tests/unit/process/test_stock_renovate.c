/* Renovation with moves: contracts stay, homes are empty or lived in as told, everybody comes back, rents stay within the points. Structure and balance of
 * the world are checked after every month. */
#include "process/process_registry.h"
#include "process/stock_renovate.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { HOMES = 6 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_event event;
} stage;

static const wks_spec renovate = {"renovate", "event", "", "", wks_stock_renovate_param, WKS_STOCK_RENOVATE_N, NULL};

/* Six homes of 120 points, five lived in, and so many empty homes elsewhere. */
static void open_stage(stage *s, int32_t n_vacant, double in_place)
{
    char text[4000];
    size_t at = (size_t)snprintf(text, sizeof text, "month 2025-01\nbuurten 2\n");

    for (int32_t i = 0; i < HOMES; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "unit a%d buurt=0 tenure=social rent=500 asked=600 points=120 rooms=3\n", i);
    for (int32_t i = 0; i < n_vacant; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "unit v%d buurt=1 tenure=social rent=700 points=140 rooms=3\n", i);
    for (int32_t i = 0; i < HOMES - 1; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "household h%d unit=a%d income=26000 members=40m,38f since=2010-01\n", i, i);
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, text);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "stock", "rent_policy", 1);
    s->event.key = 1;
    wks_fixture_tick_settings(&renovate, &s->event.settings);
    s->event.settings.value[WKS_STOCK_RENOVATE_DWELLINGS] = HOMES;
    s->event.settings.value[WKS_STOCK_RENOVATE_NOTICE] = 2;
    s->event.settings.value[WKS_STOCK_RENOVATE_IN_PLACE] = in_place;
    s->fixture.scenario.timeline = &s->event;
    s->fixture.scenario.n_events = 1;
}

static void order(stage *s)
{
    char name[] = "buurt-0", *areas[] = {name};
    wks_err err = WKS_ERR_INIT;

    s->event.settings.area[0] = areas;
    s->event.settings.n_areas[0] = 1;
    assert_ok(wks_stock_rehouse_order(&s->fixture.tick, WKS_PROJECT_RENOVATE, s->event.key, HOMES, &err), &err);
    wks_fixture_tick_month(&s->fixture, "stock"); /* the areas are read in this month only */
    s->event.settings.n_areas[0] = 0;
}

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++)
        wks_fixture_tick_month(&s->fixture, "stock");
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static int32_t cases(const stage *s, wks_displaced_state state)
{
    int32_t n = 0;
    for (int32_t c = 0; c < s->world.displaced.base.n_rows; c++)
        n += s->world.displaced.state[c] == state;
    return n;
}

static void in_place_nobody_moves_and_points_and_rent_rise(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 4, 1);
    order(&s);
    months(&s, 2); /* works begin */
    assert_int_equal(cases(&s, WKS_DISPLACED_WAITING), HOMES - 1);
    assert_int_equal(s.world.ledger.wisselwoning_in, 0);
    months(&s, 4); /* and end after four months */
    assert_int_equal(cases(&s, WKS_DISPLACED_RENOVATED), HOMES - 1);
    for (int32_t i = 0; i < HOMES - 1; i++) {
        const int32_t unit = s.world.household.unit_row[i];
        assert_int_equal(s.world.dwelling.wws_points[s.world.unit.dwelling_row[unit]], 140);
        assert_close((double)s.world.unit.rent_eur[unit], 525, 1e-6, 0);
        assert_int_equal(wks_rare_i32(&s.world.household.displaced, i), 0);
    }
    assert_int_equal(s.world.project.stage[0], WKS_PROJECT_DONE);
    close_stage(&s);
}

static void who_must_out_keeps_contract_date_and_rent_and_comes_back(void **state)
{
    stage s;
    int32_t home[HOMES];
    (void)state;
    open_stage(&s, HOMES, 0);
    for (int32_t i = 0; i < HOMES - 1; i++)
        home[i] = s.world.household.unit_row[i];
    order(&s);
    months(&s, 2);
    assert_int_equal(s.world.ledger.wisselwoning_in, HOMES - 1);
    assert_int_equal(s.world.ledger.moves, 0);
    for (int32_t i = 0; i < HOMES - 1; i++) {
        assert_int_equal(wks_rare_i32(&s.world.household.contract_unit_row, i), home[i]);
        assert_int_equal(s.world.unit.household_row[home[i]], WKS_NONE);
        assert_close((double)s.world.unit.rent_eur[s.world.household.unit_row[i]], 500, 1e-6, 0); /* pays what it paid */
    }
    months(&s, 4);
    assert_int_equal(s.world.ledger.wisselwoning_out, HOMES - 1);
    for (int32_t i = 0; i < HOMES - 1; i++) {
        assert_int_equal(s.world.household.unit_row[i], home[i]);
        assert_int_equal(s.world.household.since_month[i], 2010 * 12);
        assert_close((double)s.world.unit.rent_eur[home[i]], 525, 1e-6, 0);
    }
    assert_close((double)s.world.unit.rent_eur[wks_fixture_world_unit(&s.world, "v0")], 700, 1e-6, 0); /* asked again */
    close_stage(&s);
}

static void without_a_wisselwoning_works_wait_and_nobody_is_put_out(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 0, 0);
    s.world.dwelling.label[s.world.unit.dwelling_row[wks_fixture_world_unit(&s.world, "a5")]] =
        WKS_LABEL_SENIOR; /* empty, and not for them */
    order(&s);
    months(&s, 30);
    assert_int_equal(cases(&s, WKS_DISPLACED_WAITING), HOMES - 1);
    assert_int_equal(s.world.ledger.demolition_waits, HOMES - 1);
    assert_int_equal(s.world.project.n_left[0], HOMES - 1); /* the empty home is done */
    close_stage(&s);
}

/* One empty home that is ready is enough: one household after the other goes there and back. */
static void an_empty_home_of_the_complex_serves_everybody_in_turn(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 0, 0);
    order(&s);
    months(&s, 5); /* the empty home is still under works */
    assert_int_equal(cases(&s, WKS_DISPLACED_WAITING), HOMES - 1);
    months(&s, 31);
    assert_int_equal(cases(&s, WKS_DISPLACED_RENOVATED), HOMES - 1);
    assert_int_equal(s.world.project.stage[0], WKS_PROJECT_DONE);
    close_stage(&s);
}

static void rent_stays_within_the_points(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 4, 1);
    s.event.settings.value[WKS_STOCK_RENOVATE_RENT] = 500;
    order(&s);
    months(&s, 6);
    const double most = wks_law_wws_rent(&s.fixture.tick.law, 140);
    const double limit = most < s.fixture.tick.law.rent_limit_eur ? most : s.fixture.tick.law.rent_limit_eur;
    assert_close((double)s.world.unit.rent_eur[s.world.household.unit_row[0]], limit, 1e-6, 0);
    assert_true(limit > 525);
    close_stage(&s);
}

static void who_leaves_the_wisselwoning_for_good_gives_the_contract_up(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, HOMES + 1, 0);
    order(&s);
    months(&s, 2);
    const int32_t kept = wks_rare_i32(&s.world.household.contract_unit_row, 0);
    int32_t empty = WKS_NONE;
    for (int32_t u = 0; u < s.world.unit.base.n_rows; u++) {
        const int32_t d = s.world.unit.dwelling_row[u];
        if (s.world.dwelling.buurt_row[d] == 1 && s.world.unit.household_row[u] == WKS_NONE) empty = u;
    }
    wks_world_next_tick(&s.world);
    assert_ok(wks_relations_move_in(&s.world, 0, empty, true, &err), &err);
    assert_int_equal(wks_rare_i32(&s.world.household.contract_unit_row, 0), WKS_NONE);
    assert_int_equal(wks_rare_i32(&s.world.unit.contract_row, kept), WKS_NONE);
    assert_int_equal(cases(&s, WKS_DISPLACED_CITY), 1);
    assert_ok(wks_check_structure(&s.world, &err), &err);
    months(&s, 4);
    assert_true(s.world.unit.lettable_month[kept] <= s.world.month); /* done: for a new tenant, at the rent asked and what was added */
    assert_close((double)s.world.unit.rent_eur[kept], 625, 1e-6, 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_place_nobody_moves_and_points_and_rent_rise),
        cmocka_unit_test(who_must_out_keeps_contract_date_and_rent_and_comes_back),
        cmocka_unit_test(without_a_wisselwoning_works_wait_and_nobody_is_put_out),
        cmocka_unit_test(an_empty_home_of_the_complex_serves_everybody_in_turn),
        cmocka_unit_test(rent_stays_within_the_points),
        cmocka_unit_test(who_leaves_the_wisselwoning_for_good_gives_the_contract_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
