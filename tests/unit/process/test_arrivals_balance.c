#include "process/arrivals_balance.h"

#include "process/process_registry.h"
#include "support/fixture_town.h"

enum { MONTH = 2025 * 12 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void open_stage(stage *s, double balance)
{
    wks_fixture_town_make(&s->world, &(wks_fixture_town_options){.n = 3000, .n_buurten = 6, .month = MONTH});
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "arrivals", "foreign", 0);
    wks_fixture_tick_set(&s->fixture, "arrivals", "labour", 0);
    wks_fixture_tick_set(&s->fixture, "arrivals", "students", 0);
    wks_fixture_tick_set(&s->fixture, "arrivals", "balance", balance);
    wks_fixture_tick_start(&s->fixture, "demography");
    wks_fixture_tick_start(&s->fixture, "arrivals");
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* Off: as many come as go in every cell without students, who go on other grounds. */
static void balance_off_exchanges_like_for_like(void **state)
{
    stage s;
    double total = 0;
    (void)state;
    open_stage(&s, 0);
    for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++) {
        for (int32_t band = 5; band < WKS_BALANCE_BANDS; band++) {
            assert_close(s.world.balance.in[type][band], s.world.balance.out[type][band], 1e-9, 1e-9);
            total += s.world.balance.in[type][band];
        }
    }
    assert_true(total > 50);
    close_stage(&s);
}

/* On: nobody's age class loses or gains persons, counted as the cells bring them; flows are never negative. */
static void balance_on_makes_good_what_life_changes(void **state)
{
    stage s;
    double net = 0, life = 0;
    (void)state;
    open_stage(&s, 1);
    for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++) {
        for (int32_t band = 0; band < WKS_BALANCE_BANDS; band++) {
            assert_true(s.world.balance.in[type][band] >= 0);
            assert_true(s.world.balance.out[type][band] >= 0);
            if (band < 11) continue; /* from 65: all members are of the last class */
            const int32_t adults = type == WKS_HOUSEHOLD_COUPLE || type == WKS_HOUSEHOLD_COUPLE_CHILDREN ? 2 : 1;
            net += adults * (s.world.balance.in[type][band] - s.world.balance.out[type][band]);
        }
    }
    life = s.world.balance.persons[4];
    assert_close(net, -life, 0.2, 3); /* partners below 65 and residents of institutions count elsewhere */
    close_stage(&s);
}

/* Who comes is like somebody of the cell: as many members, at most as old. */
static void examples_are_of_their_cell(void **state)
{
    stage s;
    int32_t n = 0;
    (void)state;
    open_stage(&s, 1);
    for (int32_t kind = 0; kind < 2; kind++) {
        for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++) {
            for (int32_t band = 0; band < WKS_BALANCE_BANDS; band++) {
                for (int32_t k = 0; k < s.world.balance.n_donors[kind][type][band]; k++, n++) {
                    const wks_balance_donor *one = &s.world.balance.donor[kind][type][band][k];
                    int32_t oldest = 0;
                    for (int32_t m = 0; m < one->n_members; m++)
                        oldest = one->age[m] > oldest ? one->age[m] : oldest;
                    assert_int_equal(wks_balance_band(oldest), band);
                    assert_int_equal(one->role[0], WKS_ROLE_HEAD);
                    if (type == WKS_HOUSEHOLD_SINGLE) assert_int_equal(one->n_members, 1);
                    if (type == WKS_HOUSEHOLD_COUPLE) assert_int_equal(one->n_members, 2);
                    assert_true(one->income_eur > 0);
                }
            }
        }
    }
    assert_true(n > 200);
    close_stage(&s);
}

/* Seekers on the market from outside are as many at the end of a month's arrivals as at the start, whoever was housed. */
static void pool_is_kept_full(void **state)
{
    stage s;
    int32_t start = 0, now = 0;
    (void)state;
    open_stage(&s, 1);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        start += s.world.household.key[i] != 0 && s.world.household.place[i] == WKS_PLACE_OUTSIDE &&
                 s.world.household.registered_month[i] == WKS_NO_MONTH;
    assert_close(start, wks_fixture_tick_get(&s.fixture, "arrivals", "pool") / 12 * wks_arrivals_balance_total(&s.world), 0, 1);
    for (int32_t m = 0; m < 6; m++) {
        wks_fixture_tick_month(&s.fixture, "departures");
        wks_fixture_tick_run(&s.fixture, "arrivals");
    }
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        now += s.world.household.key[i] != 0 && s.world.household.place[i] == WKS_PLACE_OUTSIDE &&
               s.world.household.registered_month[i] == WKS_NO_MONTH;
    assert_int_equal(now, start);
    close_stage(&s);
}

/* Leaving hazards at the start add up to what the exchange wants, and rows in another order give the same. */
static void start_does_not_depend_on_rows(void **state)
{
    uint64_t hash[2];
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        stage s;
        wks_fixture_town_make(&s.world, &(wks_fixture_town_options){.n = 2000, .n_buurten = 6, .month = MONTH, .reversed = k == 1});
        wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
        wks_fixture_tick_start(&s.fixture, "demography");
        wks_fixture_tick_start(&s.fixture, "arrivals");
        wks_fixture_tick_start(&s.fixture, "search");
        hash[k] = wks_world_hash(&s.world);
        close_stage(&s);
    }
    assert_true(hash[0] == hash[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balance_off_exchanges_like_for_like), cmocka_unit_test(balance_on_makes_good_what_life_changes),
        cmocka_unit_test(examples_are_of_their_cell),          cmocka_unit_test(pool_is_kept_full),
        cmocka_unit_test(start_does_not_depend_on_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
