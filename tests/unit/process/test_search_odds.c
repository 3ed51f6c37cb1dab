/* Draws that are spared: a bound on the chances is one for every household of a town, whatever it does and wherever it lives. */
#include "process/search_odds.h"

#include "process/process_registry.h"
#include "process/search_activation.h"
#include "process/search_where.h"
#include "support/fixture_town.h"
#include "world/belief.h"

enum { MONTH = 2025 * 12 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_search_pass pass;
    double pull[16];
} stage;

static const wks_fixture_town_options options = {.n = 2500, .n_buurten = 6, .month = MONTH};

/* Other places, urges, urgencies and recent changes than a town has at its start, by number of the row. */
static void stir(wks_world *world)
{
    wks_household_table *household = &world->household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0) continue;
        const int32_t urge = wks_fixture_town_pick(i, 50, 4);
        household->search_month[i] = wks_month_cell(urge == 0 ? WKS_NO_MONTH : MONTH - wks_fixture_town_pick(i, 51, 30));
        household->urge[i] = (uint8_t)(urge == 3 ? WKS_URGE_NONE : urge);
        household->change_month[i] = wks_month_cell(MONTH - wks_fixture_town_pick(i, 52, 60));
        if (wks_fixture_town_pick(i, 53, 20) == 0) {
            household->urgency[i] = WKS_URGENCY_SOCIAL;
            household->urgency_month[i] = wks_month_cell(MONTH + wks_fixture_town_pick(i, 54, 3) - 1);
        }
        if (wks_fixture_town_pick(i, 55, 10) == 0)
            household->came_as[i] = WKS_CAME_AS_FOREIGN, household->region_month[i] = wks_month_cell(MONTH - 100);
        if (wks_fixture_town_pick(i, 56, 10) == 0) household->is_student[i] = !household->is_student[i];
    }
    world->balance.leave[WKS_HOUSEHOLD_COUPLE][3] = 3;
    world->buurt.school_boost[1] = 0.4;
    world->buurt.social_start[2] = 0.7;
}

static void open_stage(stage *s, int32_t which)
{
    static const char *const name[] = {"owner_social", "student",        "misfit", "cost",  "rise",
                                       "settled",      "duration_floor", "change", "leave", "press_more"};
    static const double value[] = {2, 3, 4, 1, 3, 2, 1, 5, 4, 3};

    wks_fixture_town_make(&s->world, &options);
    stir(&s->world);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (size_t k = 0; which > 0 && k < sizeof value / sizeof *value; k++)
        wks_fixture_tick_set(&s->fixture, "search", name[k], value[k]);
    s->pass = (wks_search_pass){.world = &s->world,
                                .tick = &s->fixture.tick,
                                .p = s->fixture.process[wks_fixture_tick_index(&s->fixture, "search")].value,
                                .earns = which == 2};
    wks_search_odds_prepare(&s->pass, s->pull);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static double sum_of(const stage *s, int32_t i, int32_t age)
{
    wks_search_odds of;
    wks_search_odds_of(&s->pass, i, age, wks_search_where_of(&s->pass, i), &of);
    return of.leave + of.stop + of.calm + of.press + of.orient;
}

static bool spares(const stage *s, int32_t i, int32_t age, double u)
{
    return wks_search_odds_spare(&s->pass, i, age, (uint64_t)(u * 0x1p52) << 12);
}

/* At the smallest draw that is spared (bisection) nothing may happen; and most draws of most households are spared. */
static void spared_draws_are_above_all_chances(void **state)
{
    (void)state;
    for (int32_t which = 0; which < 3; which++) {
        stage s;
        int32_t n = 0, n_spared = 0, n_near = 0;
        open_stage(&s, which);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] == 0) continue;
            const int32_t years = wks_month_age(s.world.household.head_birth_month[i], MONTH),
                          age = years < WKS_SEARCH_ADULT ? WKS_SEARCH_ADULT : years;
            const double sum = sum_of(&s, i, age);
            double low = 0, high = 1;
            n++;
            if (!spares(&s, i, age, 1 - 0x1p-52)) continue;
            while (high - low > 1e-12) {
                const double middle = (low + high) / 2;
                if (spares(&s, i, age, middle))
                    high = middle;
                else
                    low = middle;
            }
            assert_true(high >= sum);
            n_spared += high < 0.5;
            n_near += low < 2 * sum + 0.01;
        }
        assert_true(n > 2000 && n_spared > (which == 0 ? 3 * n / 4 : n / 3));
        if (which == 0) assert_true(n_near > n / 2);
        close_stage(&s);
    }
}

/* What is looked up by type and inschrijfduur is what each household believes. */
static void hope_is_that_of_the_own_belief(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 0);
    s.world.belief.housed[WKS_HOUSEHOLD_SINGLE][2] = 5;
    s.world.belief.by_chance[WKS_HOUSEHOLD_COUPLE] = 1;
    for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
        s.world.belief.active[WKS_HOUSEHOLD_SINGLE][d] = 10 + d;
    wks_search_odds_prepare(&s.pass, s.pull);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        if (s.world.household.key[i] == 0) continue;
        const int32_t type = (int32_t)wks_household_type_of(&s.world.household, i);
        const double full = wks_belief_success(&s.world, i) / s.pass.p[WKS_SEARCH_P_BELIEF_FULL],
                     floor = s.pass.p[WKS_SEARCH_P_BELIEF_FLOOR];
        const double hope = s.pass.hope[type][wks_belief_class(wks_world_registered_months(&s.world, i))];
        assert_close(hope, floor + (1 - floor) * (full < 1 ? full : 1), 1e-12, 0);
    }
    close_stage(&s);
}

/* One household after another, each with its own draw and its exact chances, as before there were bounds. */
static void months_are_those_without_a_bound(void **state)
{
    static uint8_t flag[20000];
    int32_t seen[WKS_N_SEARCHES] = {0};
    (void)state;
    for (int32_t which = 0; which < 3; which++) {
        stage s;
        open_stage(&s, which);
        const int32_t n = s.world.household.base.n_rows;
        s.pass.flag = flag;
        assert_true(n < 20000);
        static wks_search expected[20000];
        for (int32_t i = 0; i < n; i++) {
            const wks_household_table *household = &s.world.household;
            const bool searching = household->search_month[i] != WKS_NO_MONTH;
            expected[i] = WKS_N_SEARCHES;
            /* Urgency and a first urge are drawn before: leave out whom they may touch. */
            if (household->key[i] == 0 || household->urgency[i] != WKS_URGENCY_NONE || household->place[i] != WKS_PLACE_HOUSED) continue;
            if ((household->vulnerability[i] & WKS_VULNERABLE_FRAIL) != 0 || (searching && household->urge[i] == WKS_URGE_NONE)) continue;
            if (!searching) s.world.household.urge[i] = WKS_URGE_NONE;
            const int32_t years = wks_month_age(household->head_birth_month[i], MONTH),
                          age = years < WKS_SEARCH_ADULT ? WKS_SEARCH_ADULT : years;
            const double u = wks_rng_once(&s.world.seed, household->key[i], (uint32_t)s.world.tick, WKS_RNG_SEARCH);
            wks_search_odds of;
            wks_search_odds_of(&s.pass, i, age, wks_search_where_of(&s.pass, i), &of);
            expected[i] = u < of.leave                                                           ? WKS_SEARCH_LEAVE
                          : u < of.leave + of.stop                                               ? WKS_SEARCH_STAY
                          : searching || u < of.leave + of.stop + of.calm + of.press + of.orient ? WKS_SEARCH_MARKET
                                                                                                 : WKS_SEARCH_STAY;
        }
        wks_search_activation_decide(&s.pass, 0, n / 2);
        wks_search_activation_decide(&s.pass, n / 2, n);
        for (int32_t i = 0; i < n; i++) {
            const wks_search now = (wks_search)s.world.household.search[i];
            if (expected[i] == WKS_N_SEARCHES) continue;
            /* Any of the three ways to look. */
            assert_int_equal(now == WKS_SEARCH_LEAVE || now == WKS_SEARCH_STAY ? now : WKS_SEARCH_MARKET, expected[i]);
            seen[expected[i]]++;
        }
        close_stage(&s);
    }
    assert_true(seen[WKS_SEARCH_STAY] > 300 && seen[WKS_SEARCH_LEAVE] > 30 && seen[WKS_SEARCH_MARKET] > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spared_draws_are_above_all_chances),
        cmocka_unit_test(hope_is_that_of_the_own_belief),
        cmocka_unit_test(months_are_those_without_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
