/* A month that is told to be quiet is one in which the equations, asked one by one, change nothing; and what is told early is what is told in full. */
#include "process/livelihood_sieve.h"

#include "base/rng.h"
#include "support/fixture_town.h"

enum { DWELLINGS = 1200, MONTHS = 13 };

typedef struct stage {
    wks_world world;
    wks_law law;
    wks_livelihood_spells spells;
    wks_livelihood_vulnerability vulnerability;
    wks_livelihood_rent rent;
    wks_livelihood_sieve sieve;
    int32_t n_seen, n_quiet, n_quiet_with; /* the last with a trait that passes */
} stage;

/* `level` 1: near the defaults; larger: everything happens more often. */
static void make_rates(stage *s, double level)
{
    const wks_livelihood_spells_rates spells = {.job_loss = 0.08 * level,
                                                .distant_loss = 3,
                                                .turns_distant = 0.25,
                                                .between_jobs = 1.7 * level,
                                                .setback = 0.1 * level,
                                                .relapse = 2,
                                                .graduate = 0.22 * level,
                                                .low_limit = 0.85,
                                                .without_work = {0.06 * level, 1.2 * level, 1.5},
                                                .low_in_work = {level, level, 1}};
    const wks_livelihood_vulnerability_rates vulnerability = {.onset = {0.002 * level, 0.001 * level, 0.03 * level, 0.07 * level},
                                                              .recover = {0.1 * level, 0.1 * level, 0.2 * level, 0.5},
                                                              .frail = 0.024 * level,
                                                              .low_factor = 3,
                                                              .shock_factor = 2,
                                                              .debt_social = 1.6,
                                                              .debt_owner = 0.4,
                                                              .lonely_factor = 1.5,
                                                              .lonely_start = 0.1,
                                                              .carried_factor = 0.7,
                                                              .nuisance_help = 0.4,
                                                              .nuisance_beheer = 0.2};

    wks_livelihood_spells_make(&spells, &s->law, &s->spells);
    wks_livelihood_vulnerability_make(&vulnerability, &s->vulnerability);
    s->rent = (wks_livelihood_rent){.law = &s->law,
                                    .burden_limit = 0.3,
                                    .arrears = 0.03 * level,
                                    .arrears_end = 0.1,
                                    .plan = 0.05,
                                    .early_plan = 0.05,
                                    .plan_breaks = 0.05,
                                    .eviction = 0.1};
    wks_livelihood_sieve_make(&s->spells, &s->vulnerability, &s->rent, &s->sieve);
}

static void open_stage(stage *s, double level)
{
    const wks_fixture_town_options options = {.n = DWELLINGS, .n_buurten = 4, .month = 2025 * 12};

    memset(s, 0, sizeof *s);
    wks_fixture_town_make(&s->world, &options);
    s->world.seed = wks_rng_seed_make(7, 1);
    s->law = wks_law_of_year(2025, 0.025);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        s->world.household.lonely[i] = wks_fixture_town_pick(i, 40, 5) == 0;
        s->world.household.mixed[i] = (uint8_t)wks_fixture_town_pick(i, 41, 101);
        s->world.household.helped[i] = (uint8_t)(wks_fixture_town_pick(i, 42, 4) == 0 ? wks_fixture_town_pick(i, 43, 11) : 0);
        s->world.household.is_distant[i] = wks_fixture_town_pick(i, 46, 3) == 0;
        s->world.household.low_month[i] = WKS_NO_MONTH;
        if (wks_fixture_town_pick(i, 44, 4) == 0)
            s->world.household.vulnerability[i] = wks_livelihood_vulnerability_trait[wks_fixture_town_pick(i, 45, 4)];
    }
    make_rates(s, level);
}

/* What the steps write. */
typedef struct columns {
    float income_eur, usual_eur;
    int16_t spell_month, low_month;
    uint16_t vulnerability, low_past;
    uint8_t income_source, is_distant, is_student, arrears_months, repays, low_known;
} columns;

static columns columns_of(const wks_household_table *household, int32_t i)
{
    columns out;

    memset(&out, 0, sizeof out);
    out.income_eur = household->income_eur[i];
    out.usual_eur = household->usual_eur[i];
    out.spell_month = household->spell_month[i];
    out.low_month = household->low_month[i];
    out.vulnerability = household->vulnerability[i];
    out.low_past = household->low_past[i];
    out.income_source = household->income_source[i];
    out.is_distant = household->is_distant[i];
    out.is_student = household->is_student[i];
    out.arrears_months = household->arrears_months[i];
    out.repays = household->repays[i];
    out.low_known = household->low_known[i];
    return out;
}

static void put_columns(wks_household_table *household, int32_t i, const columns *from)
{
    household->income_eur[i] = from->income_eur;
    household->usual_eur[i] = from->usual_eur;
    household->spell_month[i] = wks_month_cell(from->spell_month);
    household->low_month[i] = wks_month_cell(from->low_month);
    household->vulnerability[i] = from->vulnerability;
    household->low_past[i] = from->low_past;
    household->income_source[i] = from->income_source;
    household->is_distant[i] = from->is_distant;
    household->is_student[i] = from->is_student;
    household->arrears_months[i] = from->arrears_months;
    household->repays[i] = from->repays;
    household->low_known[i] = from->low_known;
}

static void expect_same(const columns *a, const columns *b)
{
    assert_memory_equal(a, b, sizeof *a);
}

/* The equations one by one, with all bounds of process vulnerability out of the way: they only spare work. */
static bool step_in_full(stage *s, int32_t i)
{
    const wks_livelihood_spells_boost none = {0, 0};
    const wks_livelihood_vulnerability_boost boost = {0.25 * s->world.household.helped[i] / 10, 0};
    const int32_t age = wks_month_age(s->world.household.head_birth_month[i], s->world.month);
    wks_livelihood_vulnerability plain = s->vulnerability;
    wks_rng rng = wks_rng_open(&s->world.seed, s->world.household.key[i], (uint32_t)s->world.tick, WKS_RNG_INCOME);

    for (int32_t strained = 0; strained < 2; strained++) {
        plain.most_first[strained] = 1;
        for (int32_t k = 0; k < WKS_LIVELIHOOD_VULNERABILITY_TRAITS; k++)
            plain.most_onset[strained][k] = 1;
    }
    wks_livelihood_spells_step(&s->spells, &s->world, i, age, &none, &rng);
    wks_livelihood_vulnerability_step(&plain, &s->world, i, age, &boost, &rng);
    return wks_livelihood_rent_step(&s->rent, &s->world, i, age, boost.debt, &rng);
}

static void step_with_bounds(stage *s, int32_t i, const uint32_t word[4])
{
    const wks_livelihood_spells_boost none = {0, 0};
    const wks_livelihood_vulnerability_boost boost = {0.25 * s->world.household.helped[i] / 10, 0};
    const int32_t age = wks_month_age(s->world.household.head_birth_month[i], s->world.month);
    wks_rng rng = wks_rng_resume(&s->world.seed, s->world.household.key[i], (uint32_t)s->world.tick, WKS_RNG_INCOME, word);

    wks_livelihood_spells_step(&s->spells, &s->world, i, age, &none, &rng);
    wks_livelihood_vulnerability_step(&s->vulnerability, &s->world, i, age, &boost, &rng);
    (void)wks_livelihood_rent_step(&s->rent, &s->world, i, age, boost.debt, &rng);
}

static void month_of_one(stage *s, int32_t i)
{
    wks_household_table *household = &s->world.household;
    uint32_t word[4][WKS_SIEVE_ROWS], own[4];
    bool is_quiet;

    wks_livelihood_spells_career(&s->spells, &s->world, i);
    wks_rng_four(&s->world.seed, household->key[i], (uint32_t)s->world.tick, WKS_RNG_INCOME, own);
    for (int32_t w = 0; w < 4; w++)
        word[w][0] = own[w];
    const columns before = columns_of(household, i);
    wks_livelihood_sieve_rows(&s->sieve, &s->world, i, 1, word, &is_quiet);
    const bool evicted = step_in_full(s, i);
    const columns full = columns_of(household, i);
    if (is_quiet) {
        expect_same(&full, &before);
        assert_false(evicted);
    }
    put_columns(household, i, &before);
    step_with_bounds(s, i, own);
    const columns bounded = columns_of(household, i);
    expect_same(&bounded, &full);
    s->n_seen++;
    s->n_quiet += is_quiet;
    s->n_quiet_with += is_quiet && (before.vulnerability & WKS_LIVELIHOOD_VULNERABILITY_PASSING) != 0;
}

static void remember_one(stage *s, int32_t i)
{
    wks_household_table *household = &s->world.household;
    const columns before = columns_of(household, i);

    wks_livelihood_spells_remember(&s->spells, &s->world, i);
    const columns slow = columns_of(household, i);
    put_columns(household, i, &before);
    wks_livelihood_sieve_remember(&s->sieve, &s->world, i, i + 1);
    const columns fast = columns_of(household, i);
    expect_same(&fast, &slow);
}

static double share_quiet(double level)
{
    stage s;
    open_stage(&s, level);
    for (int32_t m = 0; m < MONTHS; m++) {
        wks_world_next_tick(&s.world);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] == 0) continue;
            month_of_one(&s, i);
            remember_one(&s, i);
        }
    }
    wks_world_free(&s.world);
    if (level <= 1) assert_true(s.n_quiet_with > s.n_seen / 100);
    return (double)s.n_quiet / s.n_seen;
}

static void quiet_months_change_nothing_and_are_most(void **state)
{
    (void)state;
    assert_true(share_quiet(1) > 0.6);
}

static void the_same_when_much_happens(void **state)
{
    (void)state;
    assert_true(share_quiet(5) < share_quiet(1));
    assert_true(share_quiet(12) < 0.5);
}

static void limits_as_floats_tell_the_same(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, 1);
    for (int32_t more = 0; more < 2; more++) {
        const float limit = wks_livelihood_spells_low_float(&s.spells, more), below = nextafterf(limit, 0);
        assert_true((double)limit >= s.spells.low_eur[more]);
        assert_true((double)below < s.spells.low_eur[more]);
    }
    wks_world_free(&s.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_months_change_nothing_and_are_most),
        cmocka_unit_test(the_same_when_much_happens),
        cmocka_unit_test(limits_as_floats_tell_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
