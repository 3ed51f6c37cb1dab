/* Time of one round of woonruimteverdeling in a made city: seekers, vacancies and adverts considered as asked for, ten rule parts. Prints one line of
 * figures: median and least of the runs in milliseconds, median processor time, and what the round did. Run by bench.sh; not a test.
 *   bench_round [SEEKERS [VACANCIES [CONSIDERED [THREADS [RUNS]]]]]      default 100000 2000 30 2 15 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "support/fixture_tick.h"
#include "unit/rules/round_case.h"

enum { N_BUURTEN = 100, LEAST_MONTHS = 1, MOST_MONTHS = 240 };

static const char rules[] =
    "channels = ( { part = \"advertised\"; } );"
    "filters = ( { part = \"registered\"; }, { part = \"income_limit\"; }, { part = \"passend\"; }, { part = \"occupancy\"; }, "
    "{ part = \"age_label\"; } );"
    "order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } );"
    "spreiding = ( { part = \"cap_share\"; group = \"arm\"; max_share = 0.9; }, { part = \"cap_inflow\"; group = \"jong\"; max_share = "
    "0.9; } );";

static int32_t below(wks_rng *rng, int32_t n)
{
    return (int32_t)wks_rng_below(rng, (uint32_t)n);
}

/* A home in a buurt, 400 m from its neighbours on a square of buurten. */
static int32_t home(wks_world *world, wks_rng *rng, int32_t number)
{
    static const uint8_t label[] = {WKS_LABEL_NONE, WKS_LABEL_NONE, WKS_LABEL_NONE, WKS_LABEL_NONE, WKS_LABEL_SENIOR, WKS_LABEL_JONGEREN};
    const int32_t buurt = below(rng, N_BUURTEN);
    const int32_t rooms = 2 + below(rng, 4);
    const int32_t rent = 420 + below(rng, 420);
    const int32_t unit = wks_fixture_tick_dwelling(world, number, buurt, WKS_TENURE_SOCIAL, 1, rent, 200000, rooms);
    const int32_t dwelling = world->unit.dwelling_row[unit];
    const int32_t x = below(rng, 400);
    const int32_t y = below(rng, 400);

    world->dwelling.label[dwelling] = label[below(rng, 6)];
    world->dwelling.x_m[dwelling] = (float)(100000 + 400 * (buurt % 10) + x);
    world->dwelling.y_m[dwelling] = (float)(400000 + 400 * (buurt / 10) + y);
    return unit;
}

static void seeker(wks_world *world, wks_rng *rng, int32_t number, int32_t unit)
{
    wks_err err = WKS_ERR_INIT;
    const int32_t row = wks_fixture_tick_household(world, number, unit, WKS_PLACE_HOUSED, WKS_NONE);
    const int32_t age = 20 + below(rng, 60);
    const int32_t size = below(rng, 4);
    const int32_t months = LEAST_MONTHS + below(rng, MOST_MONTHS);

    const int32_t head = wks_fixture_tick_person(world, 8 * number, row, WKS_ROLE_HEAD, WKS_SEX_WOMAN, age);
    for (int32_t k = 1; k <= size; k++)
        (void)wks_fixture_tick_person(world, 8 * number + k, row, k == 1 && size != 2 ? WKS_ROLE_PARTNER : WKS_ROLE_CHILD, WKS_SEX_MAN,
                                      k == 1 && size != 2 ? age : 5 + k);
    world->household.income_eur[row] = (float)(12000 + 10 * below(rng, 3500));
    world->household.income_source[row] = WKS_INCOME_WORK;
    world->household.since_month[row] = world->household.region_month[row] = wks_month_cell(world->month - months);
    world->household.search[row] = WKS_SEARCH_SOCIAL;
    world->household.search_month[row] = wks_month_cell(world->month - months % 24);
    assert_ok(wks_relations_register(world, head, world->month - (months < 12 * (age - 18) ? months : 12 * (age - 18)), &err), &err);
}

static void make(wks_world *world, int32_t n_seekers, int32_t n_vacant)
{
    const wks_rng_seed seed = wks_rng_seed_make(7, 7);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);

    wks_fixture_tick_empty_world(world, 2025 * 12, N_BUURTEN);
    for (int32_t i = 0; i < n_seekers + n_vacant; i++) {
        const int32_t unit = home(world, &rng, i);
        if (i < n_seekers) seeker(world, &rng, i, unit);
    }
    for (int32_t b = 0; b < N_BUURTEN; b++)
        world->buurt.won[b] = 0.01 * (b % 30) - 0.1;
    wks_world_clear_flows(world);
    world->seed = wks_rng_seed_make(1, 1);
    world->tick = 1;
    world->belief.wait_p50_months = 100.0;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static double processor_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

int main(int argc, char **argv)
{
    long given[] = {100000, 2000, 30, 2, 15};
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_round_behaviour behaviour = case_behaviour;
    wks_err err = WKS_ERR_INIT;
    wks_scenario scenario;
    wks_world start, world;
    wks_round *round = NULL;
    double ms[1000], processor[1000];

    for (int i = 1; i < argc && i <= 5; i++)
        given[i - 1] = strtol(argv[i], NULL, 10);
    if (given[0] < 1 || given[1] < 1 || given[2] < 2 || given[3] < 1 || given[4] < 1 || given[4] > 1000) {
        fprintf(stderr, "bench_round: expected SEEKERS VACANCIES CONSIDERED THREADS RUNS (at most 1000), all above 0\n");
        return 2;
    }
    behaviour.reactions_per_round = (double)(given[2] / 2); /* a seeker considers twice as many adverts as it may react to */
    behaviour.react_share = 1.0;
    case_scenario(&scenario, rules);
    make(&start, (int32_t)given[0], (int32_t)given[1]);
    wks_world_init(&world);
    assert_ok(wks_round_create(&scenario, &start, &round, &err), &err);
    for (int32_t run = -1; run < (int32_t)given[4]; run++) { /* the first one makes the buffers */
        assert_ok(wks_world_copy(&start, &world, &err), &err);
        world.threads = (int)given[3];
        const double begin = now_ms(), processor_begin = processor_ms();
        assert_ok(wks_round_run(round, &world, &law, &behaviour, &err), &err);
        if (run >= 0) processor[run] = processor_ms() - processor_begin;
        if (run >= 0) ms[run] = now_ms() - begin;
    }
    qsort(ms, (size_t)given[4], sizeof ms[0], by_value);
    qsort(processor, (size_t)given[4], sizeof processor[0], by_value);
    printf("{\"name\":\"round\",\"seekers\":%ld,\"vacancies\":%ld,\"considered\":%ld,\"threads\":%ld,\"runs\":%ld,\"median_ms\":%.2f,"
           "\"least_ms\":%.2f,\"processor_ms\":%.2f,\"reactions\":%lld,\"offers\":%lld,\"lettings\":%d,\"hash\":\"%016llx\"}\n",
           given[0], given[1], given[2], given[3], given[4], ms[given[4] / 2], ms[0], processor[given[4] / 2],
           (long long)world.letting.n_reactions, (long long)world.letting.n_offers, world.letting.n,
           (unsigned long long)wks_world_hash(&world));
    wks_round_destroy(round);
    wks_world_free(&start);
    wks_world_free(&world);
    wks_scenario_free(&scenario);
    return 0;
}
