/* School programmes, a rise out of low income and having settled: exactly 1 when off, and their factors on starting and leaving when on. */
#include "process/process_registry.h"
#include "support/fixture_tick.h"

enum { MONTH = 2025 * 12, N = 30000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* Owners of 30 with a child and 90,000 a year; the first two buurten have much social rent. Only looking on the market, at 0.112 a year. */
static void open_stage(stage *s)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 4);
    wks_fixture_tick_singles(&s->world, N, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 30);
    for (int32_t i = 0; i < N; i++) {
        (void)wks_fixture_tick_person(&s->world, N + i, i, WKS_ROLE_CHILD, WKS_SEX_MAN, 5);
        s->world.household.since_month[i] = s->world.household.change_month[i] = wks_month_cell(MONTH - 60);
        s->world.household.income_eur[i] = 90000;
        s->world.household.low_month[i] = WKS_NO_MONTH;
    }
    s->world.buurt.social_start[0] = s->world.buurt.social_start[1] = 0.6;
    wks_world_clear_flows(&s->world);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "search", 0);
    wks_fixture_tick_set(&s->fixture, "search", "start", 1);
    wks_fixture_tick_set(&s->fixture, "search", "owner", 1);
    wks_fixture_tick_set(&s->fixture, "search", "misfit", 1);
    wks_fixture_tick_set(&s->fixture, "search", "change", 1);
    wks_fixture_tick_set(&s->fixture, "search", "kin", 1);
    wks_fixture_tick_set(&s->fixture, "search", "duration", 2.5);
    wks_fixture_tick_set(&s->fixture, "search", "duration_floor", 1);
}

/* Who drew that this month: in the first two buurten, and in the others. */
static void count(stage *s, wks_search what, double *rich, double *poor)
{
    wks_fixture_tick_month(&s->fixture, "search");
    *rich = *poor = 0;
    for (int32_t i = 0; i < N; i++)
        *(wks_world_buurt_of(&s->world, i) < 2 ? poor : rich) += s->world.household.search[i] == what;
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

enum { HALF = N / 2 };
static const double START = 0.112 / 12, LEAVE = 0.086 / 12;

static void school_keeps_families_with_middle_incomes(void **state)
{
    static const double boost[4] = {0, -0.5, -1, 1};
    (void)state;
    for (int32_t k = 0; k < 4; k++) {
        stage s;
        double rich, poor;
        open_stage(&s);
        s.world.buurt.school_boost[0] = s.world.buurt.school_boost[1] = boost[k];
        count(&s, WKS_SEARCH_MARKET, &rich, &poor);
        wks_fixture_tick_expect(poor, HALF, START * (1 + boost[k]), 4);
        wks_fixture_tick_expect(rich, HALF, START, 4);
    }
}

static void school_holds_back_leaving_the_region_too(void **state)
{
    stage s;
    double rich, poor;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "search", "start", 0);
    wks_fixture_tick_set(&s.fixture, "search", "leave", 1);
    wks_fixture_tick_set(&s.fixture, "search", "leave_children", 1);
    wks_fixture_tick_set(&s.fixture, "search", "leave_kin", 1);
    s.world.buurt.school_boost[0] = s.world.buurt.school_boost[1] = -0.5;
    count(&s, WKS_SEARCH_LEAVE, &rich, &poor);
    wks_fixture_tick_expect(poor, HALF, 0.5 * LEAVE, 4);
    wks_fixture_tick_expect(rich, HALF, LEAVE, 4);
}

static void school_does_not_hold_who_has_no_children_or_a_low_income(void **state)
{
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        stage s;
        double n = 0;
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "search", "pressed_social", 1);
        wks_fixture_tick_set(&s.fixture, "search", "belief_floor", 1);
        wks_fixture_tick_set(&s.fixture, "search", "owner_social", 1);
        for (int32_t i = 0; i < N; i++) {
            if (k == 0) s.world.household.n_children[i] = 0;
            if (k == 1) s.world.household.income_eur[i] = 50000;
            s.world.household.registered_month[i] = WKS_NO_MONTH;
        }
        for (int32_t b = 0; b < 4; b++)
            s.world.buurt.school_boost[b] = -1;
        wks_fixture_tick_next(&s.fixture);
        wks_fixture_tick_run(&s.fixture, "search");
        for (int32_t i = 0; i < N; i++)
            n += s.world.household.search[i] != WKS_SEARCH_STAY;
        wks_fixture_tick_expect(n, N, START, 4);
        wks_fixture_tick_free(&s.fixture);
        wks_world_free(&s.world);
    }
}

static void risers_leave_buurten_with_much_social_rent_sooner(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        double rich, poor;
        open_stage(&s);
        if (on) wks_fixture_tick_set(&s.fixture, "search", "rise", 3);
        for (int32_t i = 0; i < N; i++)
            s.world.household.low_past[i] = 1u << 4; /* low four months ago */
        count(&s, WKS_SEARCH_MARKET, &rich, &poor);
        wks_fixture_tick_expect(poor, HALF, START * (on ? 3 : 1), 4);
        wks_fixture_tick_expect(rich, HALF, START, 4);
    }
}

static void who_is_low_or_rose_long_ago_is_no_riser(void **state)
{
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        stage s;
        double rich, poor;
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "search", "rise", 3);
        for (int32_t i = 0; i < N; i++) {
            s.world.household.low_past[i] = k == 0 ? 1 : 1u << 12;
            if (k == 0) s.world.household.low_month[i] = wks_month_cell(MONTH - 1);
        }
        count(&s, WKS_SEARCH_MARKET, &rich, &poor);
        wks_fixture_tick_expect(poor, HALF, START, 4);
    }
}

/* Exactly 1 in every household, so that not a byte of the search changes; wrong only where the programme and the families are. */
static void ties_without_programme_are_exactly_one(void **state)
{
    stage s;
    double rich, poor;
    int64_t drawn[2];
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        open_stage(&s);
        if (k == 1) {
            wks_fixture_tick_set(&s.fixture, "search", "rise", 1);
            wks_fixture_tick_set(&s.fixture, "search", "settled", 1);
            for (int32_t i = 0; i < N; i++) {
                s.world.household.low_past[i] = 1u << 4;
                s.world.household.came_as[i] = WKS_CAME_AS_FOREIGN;
                s.world.household.region_month[i] = wks_month_cell(MONTH - 240);
            }
        }
        count(&s, WKS_SEARCH_MARKET, &rich, &poor);
        drawn[k] = (int64_t)rich * N + (int64_t)poor;
    }
    assert_true(drawn[0] > 0);
    assert_int_equal(drawn[0], drawn[1]);
    open_stage(&s);
    s.world.buurt.school_boost[0] = s.world.buurt.school_boost[1] = -1;
    count(&s, WKS_SEARCH_MARKET, &rich, &poor);
    assert_true(poor < 0.5); /* nobody: kept altogether */
    assert_int_equal((int64_t)rich, drawn[0] / N);
}

static void settled_newcomers_leave_sooner_only_when_switched_on(void **state)
{
    static const struct {
        double settled, expected;
        int32_t years;
        wks_came_as as;
    } cases[] = {{1, 1, 6, WKS_CAME_AS_FOREIGN},
                 {1.5, 1.5, 6, WKS_CAME_AS_FOREIGN},
                 {1.5, 1.5, 6, WKS_CAME_AS_STATUSHOUDER},
                 {1.5, 1, 4, WKS_CAME_AS_FOREIGN},
                 {1.5, 1, 6, WKS_CAME_AS_REGION}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage s;
        double rich, poor;
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "search", "settled", cases[k].settled);
        wks_fixture_tick_set(&s.fixture, "search", "settled_years", 5);
        for (int32_t i = 0; i < N; i++) {
            s.world.household.region_month[i] = wks_month_cell(MONTH - 12 * cases[k].years);
            s.world.household.came_as[i] = (uint8_t)cases[k].as;
        }
        count(&s, WKS_SEARCH_MARKET, &rich, &poor);
        wks_fixture_tick_expect(poor, HALF, START * cases[k].expected, 4);
        wks_fixture_tick_expect(rich, HALF, START, 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(school_keeps_families_with_middle_incomes),
        cmocka_unit_test(school_holds_back_leaving_the_region_too),
        cmocka_unit_test(school_does_not_hold_who_has_no_children_or_a_low_income),
        cmocka_unit_test(risers_leave_buurten_with_much_social_rent_sooner),
        cmocka_unit_test(who_is_low_or_rose_long_ago_is_no_riser),
        cmocka_unit_test(ties_without_programme_are_exactly_one),
        cmocka_unit_test(settled_newcomers_leave_sooner_only_when_switched_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
