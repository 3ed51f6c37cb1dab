/* The month of households in process encounter against the plain way: every household by itself, with its own draw and its chances in full. */
#include "process/encounter_live.h"
#include "process/process_registry.h"
#include "support/fixture_town.h"

enum { MONTH = 2025 * 12, N_BUURTEN = 5, N = 1500, STEPS = WKS_ENCOUNTER_LIVE_STEPS };

typedef struct stage {
    wks_world world, before;
    wks_fixture_tick fixture;
    wks_encounter_gemengd_count complex[64], portiek[N];
    wks_encounter_gemengd mix;
} stage;

static int32_t pick(int32_t i, int32_t what, int32_t n)
{
    return wks_fixture_town_pick(i, 100 + what, n);
}

/* Portieken of four in the order of rows, one in seven without; a third of the homes gemengd; shared space in the first complex. */
static void furnish(wks_world *world)
{
    wks_household_table *household = &world->household;

    world->n_portieken = world->dwelling.base.n_rows / 4 + 1;
    assert_in_range(world->n_portieken, 1, N - 1);
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        world->dwelling.portiek[d] = pick(d, 0, 7) == 0 ? 0 : 1 + d / 4;
        world->dwelling.label[d] = pick(d, 1, 3) == 0 ? WKS_LABEL_GEMENGD : WKS_LABEL_NONE;
    }
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        household->motivated[i] = pick(i, 2, 3) == 0;
        household->came_as[i] = pick(i, 3, 5) == 0 ? WKS_CAME_AS_STATUSHOUDER : WKS_CAME_AS_NONE;
        household->referral[i] = pick(i, 4, 9) == 0 ? WKS_REFERRAL_CARE_LEAVER : WKS_REFERRAL_NONE;
    }
}

static void open_stage(stage *s)
{
    const wks_fixture_town_options options = {.n = N, .n_buurten = N_BUURTEN, .month = MONTH};

    wks_world_init(&s->before);
    wks_fixture_town_make(&s->world, &options);
    furnish(&s->world);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    assert_in_range(s->world.complex.base.n_rows, 2, 64);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
    wks_world_free(&s->before);
}

static void count(stage *s)
{
    const wks_world *world = &s->world;
    const wks_household_table *household = &world->household;

    memset(s->complex, 0, sizeof s->complex);
    memset(s->portiek, 0, sizeof s->portiek);
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        const int32_t h = world->unit.household_row[u], d = world->unit.dwelling_row[u];
        if (world->unit.key[u] == 0 || h < 0) continue;
        const bool is_mixed = world->dwelling.label[d] == WKS_LABEL_GEMENGD;
        wks_encounter_gemengd_count *at[2] = {&s->portiek[world->dwelling.portiek[d]], &s->complex[world->dwelling.complex_row[d]]};
        for (int k = 0; k < 2; k++) {
            at[k]->all++;
            at[k]->referred += wks_household_is_referred(household, h);
            at[k]->mixed += is_mixed;
            at[k]->carriers += is_mixed && wks_household_is_carrier(household, h);
            at[k]->askers += is_mixed && wks_household_is_asker(household, h);
        }
    }
    s->mix = (wks_encounter_gemengd){s->complex, s->portiek};
}

static double param(stage *s, const char *name)
{
    return *wks_fixture_tick_param(&s->fixture.process[wks_fixture_tick_index(&s->fixture, "encounter")], name);
}

static wks_encounter_lonely lonely_of(stage *s)
{
    const wks_encounter_lonely_rates rates = {param(s, "lonely_odds"),   param(s, "lonely_alone"),   param(s, "lonely_old"),
                                              param(s, "lonely_health"), param(s, "lonely_recover"), param(s, "lonely_contacts"),
                                              param(s, "base")};
    wks_encounter_lonely out;
    wks_encounter_lonely_make(&rates, &out);
    return out;
}

static void expect_lonely(const stage *s, const wks_encounter_lonely *lonely, int32_t i, double contacts, bool is_start)
{
    const wks_world *world = &s->world;
    const uint8_t was = is_start ? 0 : s->before.household.lonely[i];
    double onset, recover;

    assert_true(world->household.contacts[i] == (float)contacts);
    wks_encounter_lonely_chances(lonely, world, i, contacts, &onset, &recover);
    const double u = wks_rng_once(&world->seed, world->household.key[i], (uint32_t)world->tick, WKS_RNG_LONELY);
    const bool is_new = is_start || !(s->before.household.contacts[i] > 0);
    const bool is_lonely = is_new ? u * (onset + recover) < onset : was != 0 ? u >= recover : u < onset;
    assert_int_equal(world->household.lonely[i], is_lonely);
}

/* What every household and buurt must have after the month that `before` came before. */
static void expect_month(stage *s, bool is_start)
{
    wks_world *world = &s->world;
    wks_buurt_table *buurt = &world->buurt;
    const wks_encounter_gemengd_rates rates = {.gain = param(s, "mix_gain"), .scatter = param(s, "scatter")};
    const wks_encounter_lonely lonely = lonely_of(s);
    int64_t adults[N_BUURTEN] = {0}, beyond[N_BUURTEN] = {0};

    count(s);
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        const int32_t b = wks_world_buurt_of(world, i);
        uint8_t mixed = 0;
        double factor = 1;
        if (world->household.place[i] == WKS_PLACE_HOUSED) {
            factor = wks_encounter_gemengd_factor(world, &rates, &s->mix, i, &mixed);
            adults[b] += world->household.n_adults[i];
            beyond[b] += world->household.n_adults[i] * (int64_t)((factor - 1) * STEPS + (factor < 1 ? -0.5 : 0.5));
        }
        assert_int_equal(world->household.mixed[i], mixed);
        expect_lonely(s, &lonely, i, buurt->contacts_start[b] * buurt->contacts_public[b] * factor, is_start);
    }
    for (int32_t b = 0; b < N_BUURTEN; b++) {
        const double inside = 1 + (double)beyond[b] / ((double)adults[b] * STEPS);
        if (is_start) assert_close(buurt->inside_start[b], inside, 0, 0);
        assert_close(buurt->contacts[b], buurt->contacts_public[b] * (inside / buurt->inside_start[b]), 0, 0);
    }
}

/* Who lives where changes from month to month: some have just come, others have new needs. */
static void stir(stage *s, int32_t month)
{
    wks_household_table *household = &s->world.household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (pick(i, 10 + month, 20) == 0) household->contacts[i] = 0;
        if (pick(i, 40 + month, 20) == 0) household->vulnerability[i] ^= WKS_VULNERABLE_LVB;
        if (pick(i, 70 + month, 40) == 0) household->referral[i] = WKS_REFERRAL_EX_DETAINEE;
    }
    s->world.complex.shared[0] = month < 6 ? 0.5 : 0;
}

static void all_months(stage *s)
{
    wks_err err = WKS_ERR_INIT;

    wks_fixture_tick_start(&s->fixture, "encounter");
    expect_month(s, true);
    for (int32_t m = 0; m < 12; m++) {
        stir(s, m);
        wks_world_free(&s->before);
        assert_ok(wks_world_copy(&s->world, &s->before, &err), &err);
        wks_fixture_tick_month(&s->fixture, "encounter");
        expect_month(s, false);
    }
}

static void month_is_as_household_by_household(void **state)
{
    static stage s;
    (void)state;
    open_stage(&s);
    all_months(&s);
    close_stage(&s);
}

/* Chances that change much with contacts, and lives that change every year. */
static void month_is_as_household_by_household_at_the_extremes(void **state)
{
    static stage s;
    (void)state;
    for (int k = 0; k < 2; k++) {
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "encounter", "lonely_contacts", k == 0 ? 1 : 0);
        wks_fixture_tick_set(&s.fixture, "encounter", "lonely_odds", 1);
        wks_fixture_tick_set(&s.fixture, "encounter", "lonely_alone", 10);
        wks_fixture_tick_set(&s.fixture, "encounter", "lonely_recover", k == 0 ? 0.9 : 0);
        wks_fixture_tick_set(&s.fixture, "encounter", "mix_gain", 2);
        wks_fixture_tick_set(&s.fixture, "encounter", "scatter", 1);
        all_months(&s);
        close_stage(&s);
    }
}

/* What the sieve lets go could not have changed: words around each chance, contacts within the bounds and beyond. */
static void sieve_lets_nobody_go_who_changes(void **state)
{
    static const double odds[] = {0, 0.06, 1}, recover[] = {0, 0.35, 1}, elasticity[] = {0, 0.5, 1}, contacts[] = {0.2, 1, 5, 9, 40};
    static const double inside[2] = {2, 6};
    static stage s;
    (void)state;
    open_stage(&s);
    for (int32_t k = 0; k < 27 * 5; k++) {
        const wks_encounter_lonely_rates rates = {odds[k % 3], 2.5, 1.5, 2, recover[k / 3 % 3], elasticity[k / 9 % 3], 5};
        wks_encounter_lonely lonely;
        wks_encounter_lonely_bounds bounds;
        wks_encounter_lonely_make(&rates, &lonely);
        wks_encounter_lonely_bound(&lonely, inside, 2, &bounds);
        for (int32_t i = 0; i < 200; i++) {
            double chance[2];
            wks_encounter_lonely_chances(&lonely, &s.world, i, contacts[k / 27], &chance[0], &chance[1]);
            for (int is_lonely = 0; is_lonely < 2; is_lonely++) {
                const double last = chance[is_lonely] * 0x1p32; /* at most 0.9 */
                s.world.household.lonely[i] = (uint8_t)is_lonely;
                if (chance[is_lonely] > 0)
                    assert_true(wks_encounter_lonely_may_change(&bounds, &s.world, i, contacts[k / 27], (uint32_t)last));
            }
        }
    }
    close_stage(&s);
}

static void sieve_lets_most_go(void **state)
{
    static stage s;
    int32_t n = 0;
    (void)state;
    open_stage(&s);
    const wks_encounter_lonely lonely = lonely_of(&s);
    const double contacts[1] = {5};
    wks_encounter_lonely_bounds bounds;
    wks_encounter_lonely_bound(&lonely, contacts, 1, &bounds);
    for (int32_t i = 0; i < 1000; i++)
        n += wks_encounter_lonely_may_change(&bounds, &s.world, i, 5, wks_rng_pair_key((uint64_t)i, 1) & UINT32_MAX);
    assert_in_range(n, 0, 50);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(month_is_as_household_by_household),
        cmocka_unit_test(month_is_as_household_by_household_at_the_extremes),
        cmocka_unit_test(sieve_lets_nobody_go_who_changes),
        cmocka_unit_test(sieve_lets_most_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
