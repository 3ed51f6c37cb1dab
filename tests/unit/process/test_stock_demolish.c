/* Demolition with notice: everybody rehoused or counted, rights to return honoured, nobody lost; and its extremes. Structure and balance of the world are
 * checked after every month. */
#include "process/process_registry.h"
#include "process/stock_demolish.h"
#include "process/stock_rehouse.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { HOMES = 12, OTHERS = 30 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_event event;
} stage;

/* A complex of 12 homes in buurt 0, lived in by pairs; in buurt 1 so many homes of three rooms that stand empty. */
static void open_stage(stage *s, int32_t n_vacant)
{
    char text[8000];
    size_t at = (size_t)snprintf(text, sizeof text, "month 2025-01\nbuurten 2\n");

    for (int32_t i = 0; i < HOMES; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "unit a%d buurt=0 tenure=social rent=500 rooms=3\n", i);
    for (int32_t i = 0; i < n_vacant; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "unit v%d buurt=1 tenure=social rent=500 rooms=3\n", i);
    for (int32_t i = 0; i < HOMES; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "household h%d unit=a%d income=26000 members=40m,38f\n", i, i);
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, text);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    s->event.key = 1;
    s->event.month = s->world.month + 1;
    wks_fixture_tick_settings(&wks_stock_demolish_spec, &s->event.settings);
    s->fixture.scenario.timeline = &s->event;
    s->fixture.scenario.n_events = 1;
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void set(stage *s, const char *param, double value)
{
    *wks_fixture_tick_param(&s->event.settings, param) = value;
}

static void order(stage *s, int32_t dwellings)
{
    wks_err err = WKS_ERR_INIT;

    s->event.settings.value[WKS_STOCK_DEMOLISH_DWELLINGS] = dwellings;
    assert_ok(wks_stock_rehouse_order(&s->fixture.tick, WKS_PROJECT_DEMOLISH, s->event.key, dwellings, &err), &err);
}

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++)
        wks_fixture_tick_month(&s->fixture, "stock");
}

static int32_t cases(const stage *s, wks_displaced_state state)
{
    int32_t n = 0;
    for (int32_t c = 0; c < s->world.displaced.base.n_rows; c++)
        n += s->world.displaced.state[c] == state;
    return n;
}

static int32_t rights(const stage *s, wks_displaced_right right)
{
    int32_t n = 0;
    for (int32_t c = 0; c < s->world.displaced.base.n_rows; c++)
        n += s->world.displaced.right[c] == right;
    return n;
}

static int32_t dwellings_in(const stage *s, int32_t buurt, int32_t tenure)
{
    int32_t n = 0;
    for (int32_t d = 0; d < s->world.dwelling.base.n_rows; d++)
        n += s->world.dwelling.key[d] != 0 && s->world.dwelling.buurt_row[d] == buurt &&
             (tenure < 0 || s->world.dwelling.tenure[d] == tenure);
    return n;
}

static void notice_gives_urgency_referral_and_a_case_and_stops_lettings(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 0);
    order(&s, HOMES);
    months(&s, 1);
    assert_int_equal(s.world.ledger.displaced, HOMES);
    assert_int_equal(s.world.ledger.demolition_short, 0);
    assert_int_equal(cases(&s, WKS_DISPLACED_WAITING), HOMES);
    assert_int_equal(rights(&s, WKS_RIGHT_OPEN), HOMES);
    for (int32_t h = 0; h < HOMES; h++) {
        assert_int_equal(s.world.household.urgency[h], WKS_URGENCY_HERHUISVESTING);
        assert_int_equal(s.world.household.urgency_month[h], s.world.month + 24);
        assert_int_equal(s.world.household.referral[h], WKS_REFERRAL_HERHUISVESTING);
        assert_int_not_equal(s.world.household.search_month[h], WKS_NO_MONTH);
        assert_int_equal(s.world.dwelling.to_demolish[s.world.unit.dwelling_row[s.world.household.unit_row[h]]], 1);
    }
    months(&s, 11); /* the date is in month 13: nothing is demolished before */
    assert_int_equal(dwellings_in(&s, 0, -1), HOMES);
    close_stage(&s);
}

static void without_a_vacancy_nobody_is_put_out_and_demolition_waits(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 0);
    order(&s, HOMES);
    months(&s, 40);
    assert_int_equal(cases(&s, WKS_DISPLACED_WAITING), HOMES);
    assert_int_equal(dwellings_in(&s, 0, -1), HOMES);
    assert_int_equal(s.world.ledger.demolition_waits, HOMES);
    assert_int_equal(s.world.ledger.removal_payments, 0);
    close_stage(&s);
}

static void without_allocation_all_go_to_wisselwoningen_and_stay_when_rights_end(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, OTHERS);
    set(&s, "proposal_share", 0);
    order(&s, HOMES);
    months(&s, 13);
    assert_int_equal(cases(&s, WKS_DISPLACED_WISSELWONING), HOMES);
    assert_int_equal(s.world.ledger.wisselwoning_in, HOMES);
    assert_int_equal(s.world.ledger.removal_payments, HOMES);
    assert_int_equal(s.world.ledger.removal_eur, HOMES * 7500);
    assert_int_equal(s.world.ledger.moves, 0);
    assert_int_equal(dwellings_in(&s, 0, -1), 0); /* all portieken empty: gone in the same month */
    for (int32_t h = 0; h < HOMES; h++)
        assert_int_equal(s.world.household.in_wisselwoning[h], 1);
    months(&s, 25); /* built: 12 homes, 5 social, offered from the month after */
    assert_int_equal(dwellings_in(&s, 0, -1), HOMES);
    assert_int_equal(dwellings_in(&s, 0, WKS_TENURE_SOCIAL), 5);
    assert_int_equal(rights(&s, WKS_RIGHT_OFFERED), 5);
    months(&s, 17); /* no round lets them: the offers end, and the temporary home becomes the home */
    assert_int_equal(rights(&s, WKS_RIGHT_UNMET), HOMES);
    assert_int_equal(cases(&s, WKS_DISPLACED_CITY), HOMES);
    for (int32_t h = 0; h < HOMES; h++) {
        assert_int_equal(wks_rare_i32(&s.world.household.displaced, h), 0);
        assert_int_equal(s.world.household.urgency[h], WKS_URGENCY_NONE);
        assert_int_equal(s.world.household.referral[h], WKS_REFERRAL_NONE);
    }
    close_stage(&s);
}

static void offered_homes_are_let_to_who_returns_and_the_right_is_used(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    int32_t n = 0;
    (void)state;
    open_stage(&s, OTHERS);
    set(&s, "proposal_share", 0);
    set(&s, "notice_months", 0);
    set(&s, "build_months", 3);
    set(&s, "social", 1);
    order(&s, HOMES);
    months(&s, 5);
    assert_int_equal(rights(&s, WKS_RIGHT_OFFERED), HOMES);
    wks_world_next_tick(&s.world);
    for (int32_t h = 0; h < HOMES; h++) {
        const int32_t unit = wks_rare_i32(&s.world.household.reserved_unit_row, h);
        assert_int_not_equal(unit, WKS_NONE);
        assert_int_equal(s.world.dwelling.buurt_row[s.world.unit.dwelling_row[unit]], 0);
        assert_ok(wks_relations_move_in(&s.world, h, unit, true, &err), &err);
        n++;
    }
    assert_int_equal(s.world.ledger.returned, n);
    assert_int_equal(rights(&s, WKS_RIGHT_RETURNED), HOMES);
    assert_int_equal(cases(&s, WKS_DISPLACED_SAME_BUURT), HOMES);
    months(&s, 2);
    assert_int_equal(s.world.project.stage[0], WKS_PROJECT_DONE);
    close_stage(&s);
}

static void replacement_none_and_no_right_end_with_the_demolition(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, OTHERS);
    set(&s, "proposal_share", 0);
    set(&s, "notice_months", 0);
    set(&s, "build_months", 0);
    set(&s, "replace", 0);
    set(&s, "return_right", 0);
    order(&s, HOMES);
    months(&s, 3);
    assert_int_equal(dwellings_in(&s, 0, -1), 0);
    assert_int_equal(s.world.project.stage[0], WKS_PROJECT_DONE);
    assert_int_equal(rights(&s, WKS_RIGHT_NONE), HOMES);
    assert_int_equal(cases(&s, WKS_DISPLACED_CITY), HOMES);
    close_stage(&s);
}

static void more_than_there_is_counts_what_is_short(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 0);
    order(&s, HOMES + 50);
    months(&s, 1);
    assert_int_equal(s.world.ledger.demolition_short, 50);
    assert_int_equal(s.world.project.n_dwellings[0], HOMES);
    close_stage(&s);
}

static void area_without_social_homes_is_all_short(void **state)
{
    stage s;
    char name[] = "buurt-1", *areas[] = {name};
    (void)state;
    open_stage(&s, 0);
    s.event.settings.area[0] = areas;
    s.event.settings.n_areas[0] = 1;
    order(&s, 7);
    months(&s, 1);
    assert_int_equal(s.world.ledger.demolition_short, 7);
    assert_int_equal(s.world.ledger.displaced, 0);
    assert_int_equal(s.world.project.stage[0], WKS_PROJECT_DONE);
    months(&s, 30);
    assert_int_equal(dwellings_in(&s, 0, -1), HOMES);
    close_stage(&s);
}

/* Whatever ends a household settles its case, in the words of what happened. */
static void death_departure_eviction_and_merging_settle_the_case(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, 1);
    order(&s, HOMES);
    months(&s, 1);
    wks_world_next_tick(&s.world);
    const wks_check_stocks before = wks_check_count(&s.world);
    assert_ok(wks_relations_depart(&s.world, wks_fixture_world_household(&s.world, "h0"), &err), &err);
    assert_ok(wks_relations_move_out(&s.world, wks_fixture_world_household(&s.world, "h1"), WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    assert_ok(wks_relations_person_die(&s.world, wks_fixture_world_person(&s.world, "h2/0"), &err), &err);
    assert_ok(wks_relations_person_die(&s.world, wks_fixture_world_person(&s.world, "h2/1"), &err), &err);
    assert_ok(wks_relations_merge(&s.world, wks_fixture_world_household(&s.world, "h3"), wks_fixture_world_household(&s.world, "h4"), &err),
              &err);
    assert_ok(
        wks_relations_move_in(&s.world, wks_fixture_world_household(&s.world, "h5"), wks_fixture_world_unit(&s.world, "v0"), true, &err),
        &err);
    assert_int_equal(cases(&s, WKS_DISPLACED_LEFT), 1);
    assert_int_equal(cases(&s, WKS_DISPLACED_UNHOUSED), 1);
    assert_int_equal(cases(&s, WKS_DISPLACED_DISSOLVED), 1);
    assert_int_equal(cases(&s, WKS_DISPLACED_JOINED), 1);
    assert_int_equal(cases(&s, WKS_DISPLACED_CITY), 1);
    assert_int_equal(cases(&s, WKS_DISPLACED_WAITING), HOMES - 5);
    assert_int_equal(rights(&s, WKS_RIGHT_ENDED), 4);
    assert_int_equal(rights(&s, WKS_RIGHT_OPEN), HOMES - 4); /* who found a home may still return */
    assert_ok(wks_check_structure(&s.world, &err), &err);
    assert_ok(wks_check_balance(&s.world, &before, &err), &err);
    months(&s, 1);
    assert_int_equal(s.world.ledger.removal_payments, 3); /* left, joined, moved */
    close_stage(&s);
}

static void without_an_order_nothing_is_done_or_drawn(void **state)
{
    stage a, b;
    (void)state;
    open_stage(&a, OTHERS);
    open_stage(&b, OTHERS);
    wks_fixture_tick_set(&b.fixture, "stock", "demolish_rate", 0);
    months(&a, 12);
    months(&b, 12);
    assert_int_equal(a.world.project.base.n_rows, 0);
    assert_int_equal(wks_world_hash(&a.world), wks_world_hash(&b.world));
    close_stage(&a);
    close_stage(&b);
}

/* 60 complexes of 10 old homes: at 12 % a year, in the 4 years before they are used up, about as many as the hazard says. */
static void yearly_rate_announces_that_share_in_whole_old_complexes(void **state)
{
    stage s;
    int32_t n = 0;
    (void)state;
    memset(&s, 0, sizeof s);
    wks_fixture_tick_empty_world(&s.world, 2025 * 12, 60);
    for (int32_t i = 0; i < 600; i++)
        (void)wks_fixture_tick_dwelling(&s.world, i, i % 60, WKS_TENURE_SOCIAL, 1, 600, 200000, 3);
    for (int32_t d = 0; d < 600; d++)
        s.world.dwelling.built_month[d] = wks_month_cell(1950 * 12);
    wks_world_clear_flows(&s.world);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "stock", "demolish_rate", 0.1);
    months(&s, 12);
    for (int32_t r = 0; r < s.world.project.base.n_rows; r++) {
        assert_int_equal(s.world.project.n_dwellings[r], 10);
        n++;
    }
    wks_fixture_tick_expect((double)n, 60, 0.1, 4);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notice_gives_urgency_referral_and_a_case_and_stops_lettings),
        cmocka_unit_test(without_a_vacancy_nobody_is_put_out_and_demolition_waits),
        cmocka_unit_test(without_allocation_all_go_to_wisselwoningen_and_stay_when_rights_end),
        cmocka_unit_test(offered_homes_are_let_to_who_returns_and_the_right_is_used),
        cmocka_unit_test(replacement_none_and_no_right_end_with_the_demolition),
        cmocka_unit_test(more_than_there_is_counts_what_is_short),
        cmocka_unit_test(area_without_social_homes_is_all_short),
        cmocka_unit_test(death_departure_eviction_and_merging_settle_the_case),
        cmocka_unit_test(without_an_order_nothing_is_done_or_drawn),
        cmocka_unit_test(yearly_rate_announces_that_share_in_whole_old_complexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
