/* A round by region against rounds of one region each, in worlds where nothing of the others is on offer and nobody of them looks. */
#include "rules/round_region.h"

#include "unit/rules/round_case.h"

enum { REGIONS = 2, MONTHS = 3 };

/* Rule sets without counts of the whole city (as free_share of income_limit is one): regions have nothing to do with each other. */
static const char *const rules_apart[] = {
    "channels = ( { part = \"advertised\"; } ); filters = ( { part = \"registered\"; }, { part = \"occupancy\"; }, { part = \"age_label\"; "
    "} ); "
    "order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } );",
    "channels = ( { part = \"advertised\"; share = 0.6; }, { part = \"advertised\"; name = \"loting\"; share = 0.4; order = \"lot\"; } ); "
    "filters = ( { part = \"occupancy\"; } ); order = ( { part = \"points\"; urgency = 20; } ); "
    "spreiding = ( { part = \"cap_share\"; group = \"jong\"; max_share = 0.3; scale = \"complex\"; } );",
    "channels = ( { part = \"advertised\"; } ); filters = (); order = ( { part = \"doorstromer_first\"; } );",
};

static void by_gemeente(wks_world *world)
{
    world->by_gemeente = true;
    world->n_gemeenten = REGIONS;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        world->buurt.gemeente_row[b] = b % REGIONS;
}

/* Only this region, as a city of its own. Who looks here is told by `all`, the world with regions. */
static void keep_region(wks_world *world, const wks_world *all, const wks_region_map *map, int32_t region)
{
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        const int32_t buurt = world->dwelling.buurt_row[world->unit.dwelling_row[u]];
        if (wks_region_of_buurt(all, buurt) != region) world->unit.lettable_month[u] = wks_month_cell(world->month + 600);
    }
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (wks_region_looks_in(all, map, h) != region) world->household.search[h] = WKS_SEARCH_STAY;
    }
}

static const wks_letting *find(const wks_world *world, uint64_t unit_key)
{
    for (int32_t i = 0; i < world->letting.n; i++) {
        if (world->letting.item[i].unit_key == unit_key) return &world->letting.item[i];
    }
    return NULL;
}

static void assert_same(const wks_letting *a, const wks_letting *b)
{
    assert_non_null(b);
    assert_int_equal(a->household_key, b->household_key);
    assert_int_equal(a->candidates, b->candidates);
    assert_int_equal(a->rank, b->rank);
    assert_int_equal(a->refusals, b->refusals);
    assert_int_equal(a->order_part, b->order_part);
}

static void regions_are_rounds_of_their_own(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    int32_t n_let[REGIONS] = {0};

    (void)state;
    for (uint64_t number = 700; number < 730; number++) {
        const int32_t n_vacant = number % 3 == 0 ? 60 : 12, which = (int32_t)(number % 3);
        wks_world all, one[REGIONS];
        wks_round *round = NULL;
        wks_scenario scenario;
        int64_t until[CASE_BUURTEN];
        wks_region_map map = {.until = until};
        wks_err err = WKS_ERR_INIT;
        int32_t n = 0;
        case_scenario(&scenario, rules_apart[which]);
        case_world(&all, number, n_vacant, 80, number % 2);
        by_gemeente(&all);
        wks_region_map_fill(&all, &map);
        for (int32_t r = 0; r < REGIONS; r++) {
            case_world(&one[r], number, n_vacant, 80, number % 2);
            keep_region(&one[r], &all, &map, r);
            assert_ok(wks_round_create(&scenario, &one[r], &round, &err), &err);
            assert_ok(wks_round_run(round, &one[r], &law, &case_behaviour, &err), &err);
            wks_round_destroy(round);
            n += one[r].letting.n;
            n_let[r] += one[r].letting.n;
        }
        assert_ok(wks_round_create(&scenario, &all, &round, &err), &err);
        assert_ok(wks_round_run(round, &all, &law, &case_behaviour, &err), &err);
        assert_int_equal(all.letting.n, n);
        for (int32_t i = 0; i < all.letting.n; i++) {
            const int32_t region = wks_region_of_buurt(&all, all.dwelling.buurt_row[all.unit.dwelling_row[all.letting.item[i].unit_row]]);
            assert_same(&all.letting.item[i], find(&one[region], all.letting.item[i].unit_key));
        }
        wks_round_destroy(round);
        for (int32_t r = 0; r < REGIONS; r++)
            wks_world_free(&one[r]);
        wks_world_free(&all);
        wks_scenario_free(&scenario);
    }
    assert_true(n_let[0] > 50 && n_let[1] > 50);
}

/* With every rule set, some looking elsewhere: nobody gets a home of a region in which it does not look; rows in another order and threads change nothing. */
static void nobody_is_housed_where_it_does_not_look(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_round_behaviour behaviour = case_behaviour;
    int32_t n_elsewhere = 0;

    (void)state;
    behaviour.elsewhere = 0.4;
    for (int32_t which = 0; which < CASE_N_RULES; which++) {
        wks_world world[2];
        wks_round *round[2] = {NULL, NULL};
        wks_scenario scenario;
        wks_err err = WKS_ERR_INIT;
        case_scenario(&scenario, case_rules[which]);
        for (int32_t i = 0; i < 2; i++) {
            case_world(&world[i], 800 + (uint64_t)which, 40, 1200, i == 0 ? 0 : 9);
            by_gemeente(&world[i]);
            world[i].threads = i == 0 ? 1 : 4;
            assert_ok(wks_round_create(&scenario, &world[i], &round[i], &err), &err);
        }
        for (int32_t month = 0; month < MONTHS; month++) {
            int64_t until[CASE_BUURTEN];
            wks_region_map anywhere = {until, 0.4}, own = {until, 0.0};
            int32_t looks[4000], lives[4000];
            assert_true(world[0].household.base.n_rows <= 4000);
            wks_region_map_fill(&world[0], &own);
            for (int32_t h = 0; h < world[0].household.base.n_rows; h++) {
                looks[h] = world[0].household.key[h] == 0 ? WKS_NONE : wks_region_looks_in(&world[0], &anywhere, h);
                lives[h] = world[0].household.key[h] == 0 ? WKS_NONE : wks_region_looks_in(&world[0], &own, h);
            }
            for (int32_t i = 0; i < 2; i++)
                assert_ok(wks_round_run(round[i], &world[i], &law, &behaviour, &err), &err);
            for (int32_t i = 0; i < world[0].letting.n; i++) {
                const wks_letting *letting = &world[0].letting.item[i];
                const bool is_direct = letting->reason == WKS_LETTING_DIRECT;
                const int32_t unit = letting->unit_row, h = letting->household_row;
                const int32_t region = wks_region_of_buurt(&world[0], world[0].dwelling.buurt_row[world[0].unit.dwelling_row[unit]]);
                if (letting->reason != WKS_LETTING_RESERVED) assert_int_equal(region, is_direct ? lives[h] : looks[h]);
                n_elsewhere += region != lives[h];
            }
            for (int32_t i = 0; i < 2; i++)
                case_next_month(&world[i]);
            assert_true(wks_world_hash(&world[0]) == wks_world_hash(&world[1]));
        }
        for (int32_t i = 0; i < 2; i++) {
            wks_round_destroy(round[i]);
            wks_world_free(&world[i]);
        }
        wks_scenario_free(&scenario);
    }
    assert_true(n_elsewhere > 10);
}

/* Every region begins once in as many months as there are regions. */
static void turns_go_round(void **state)
{
    wks_world world;

    (void)state;
    case_world(&world, 1, 4, 10, 0);
    by_gemeente(&world);
    for (world.tick = 1; world.tick < 9; world.tick++) {
        for (int32_t turn = 0; turn < REGIONS; turn++) {
            const int32_t region = wks_round_region_at(&world, turn);
            assert_int_equal(region, (turn + world.tick) % REGIONS);
            for (int32_t b = 0; b < world.buurt.base.n_rows; b++)
                assert_int_equal(wks_round_region_turn(&world, b) == turn, wks_region_of_buurt(&world, b) == region);
        }
    }
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_are_rounds_of_their_own),
        cmocka_unit_test(nobody_is_housed_where_it_does_not_look),
        cmocka_unit_test(turns_go_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
