/* Wijkbasisbanen from the event to the income, and the other programmes of livelihood: each exactly absent at nothing, and at its extreme. */
#include "base/text.h"
#include "process/process_registry.h"
#include "process/timeline.h"
#include "support/fixture_tick.h"

enum { MONTH = 2025 * 12 + 1, N = 4000, MAX_EVENTS = 3, LONG_AGO = 3000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_event event[MAX_EVENTS];
    char *area[1];
    char name[16];
} stage;

static const wks_spec *kind_of(const char *name)
{
    for (int32_t i = 0; i < wks_timeline_n_events; i++) {
        if (strcmp(wks_timeline_events[i]->name, name) == 0) return wks_timeline_events[i];
    }
    fail_msg("no event '%s'", name);
    return NULL;
}

/* Singles of 40 on a benefit in four buurten of two wijken, the lower the row the longer; nothing happens to them by itself. */
static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    wks_fixture_tick_empty_world(&s->world, MONTH, 4);
    wks_fixture_tick_singles(&s->world, N, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 40);
    for (int32_t i = 0; i < N; i++) {
        s->world.household.income_source[i] = WKS_INCOME_BENEFIT;
        s->world.household.income_eur[i] = 12000;
        s->world.household.is_distant[i] = 1;
        s->world.household.spell_month[i] = wks_month_cell(MONTH - LONG_AGO + i / 8); /* many at once: lots decide */
        s->world.household.region_month[i] = s->world.household.head_birth_month[i];
    }
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "livelihood", 0);
    wks_fixture_tick_set(&s->fixture, "livelihood", "exit_scale", 1.5);
    wks_fixture_tick_set(&s->fixture, "livelihood", "recover_scale", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "low_factor", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "debt_social", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "debt_owner", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "shock_factor", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "relapse", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "low_limit", 0.85);
    wks_fixture_tick_set(&s->fixture, "livelihood", "job_wage", 1.3);
    s->fixture.scenario.timeline = s->event;
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* From next month on, in all areas; `kind` of programme -1: not a programme. */
static wks_settings *add_event(stage *s, const char *name, int32_t kind)
{
    wks_event *event = &s->event[s->fixture.scenario.n_events++];
    event->key = (uint64_t)s->fixture.scenario.n_events;
    event->month = MONTH + 1;
    wks_fixture_tick_settings(kind_of(name), &event->settings);
    if (kind >= 0) *wks_fixture_tick_param(&event->settings, "kind") = kind;
    return &event->settings;
}

static wks_settings *add_jobs(stage *s, int32_t places, double accept, int32_t months)
{
    wks_settings *settings = add_event(s, "programme", 2);
    *wks_fixture_tick_param(settings, "places") = places;
    *wks_fixture_tick_param(settings, "accept") = accept;
    if (months > 0) *wks_fixture_tick_param(settings, "until") = MONTH + 1 + months;
    return settings;
}

/* Months of timeline and livelihood; every law after each. */
static void months(stage *s, int32_t n)
{
    wks_err err = WKS_ERR_INIT;

    for (int32_t m = 0; m < n; m++) {
        const wks_check_stocks before = wks_check_count(&s->world);
        wks_fixture_tick_next(&s->fixture);
        wks_fixture_tick_run(&s->fixture, "timeline");
        assert_ok(wks_check_balance(&s->world, &before, &err), &err);
        wks_fixture_tick_run(&s->fixture, "livelihood");
        assert_ok(wks_check_balance(&s->world, &before, &err), &err);
        assert_ok(wks_check_structure(&s->world, &err), &err);
    }
}

static int32_t taken(const stage *s)
{
    return (int32_t)wks_check_count(&s->world).jobs;
}

static int32_t with_source(const stage *s, wks_income_source source)
{
    int32_t n = 0;
    for (int32_t i = 0; i < N; i++)
        n += s->world.household.income_source[i] == source;
    return n;
}

static void places_are_filled_by_a_sixth_a_month_and_never_exceeded(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    (void)add_jobs(&s, 100, 1, 0);
    months(&s, 1);
    assert_int_equal(taken(&s), 17);
    months(&s, 4);
    assert_int_equal(taken(&s), 85);
    months(&s, 3);
    assert_int_equal(taken(&s), 100);
    assert_int_equal(with_source(&s, WKS_INCOME_WORK), 100);
    close_stage(&s);
}

static void longest_on_a_benefit_go_first_at_the_wage(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    (void)add_jobs(&s, 96, 1, 0);
    months(&s, 6);
    const double wage = 1.3 * wks_law_social_minimum(&s.fixture.tick.law, 1);
    for (int32_t i = 0; i < N; i++) {
        assert_int_equal(wks_household_has_job(&s.world.household, i), i < 96); /* eight have the same length of spell */
        assert_close((double)s.world.household.income_eur[i], i < 96 ? wage : 12000, 1e-6, 0);
    }
    assert_true(s.world.household.low_month[0] == WKS_NO_MONTH && s.world.household.low_month[N - 1] != WKS_NO_MONTH);
    close_stage(&s);
}

static void nobody_loses_income_by_a_job(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.household.income_eur[0] = 40000;
    (void)add_jobs(&s, 1, 1, 0);
    months(&s, 1);
    assert_int_equal(wks_household_has_job(&s.world.household, 0), 1);
    assert_close((double)s.world.household.income_eur[0], 40000, 0, 0);
    close_stage(&s);
}

static void accept_is_the_share_that_takes_a_place(void **state)
{
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_stage(&s);
        (void)add_jobs(&s, 2 * N, k * 0.5, 0);
        months(&s, 7);
        wks_fixture_tick_expect(taken(&s), N, k * 0.5, 4); /* who declines is not asked again */
        close_stage(&s);
    }
}

static void jobs_are_for_residents_of_the_areas(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_settings *settings = add_jobs(&s, 60, 1, 0);
    s.area[0] = s.name;
    settings->area[0] = s.area;
    settings->n_areas[0] = 1;
    (void)snprintf(s.name, sizeof s.name, "BU3");
    months(&s, 1);
    assert_int_equal(taken(&s), 0); /* no such buurt */
    s.world.buurt.key[3] = wks_text_hash("BU3");
    months(&s, 6);
    assert_int_equal(taken(&s), 60);
    for (int32_t i = 0; i < N; i++)
        assert_true(wks_rare_u64(&s.world.household.job, i) == 0 || wks_world_buurt_of(&s.world, i) == 3);
    for (int32_t b = 0; b < 4; b++)
        assert_int_equal(s.world.buurt.job_places[b], b == 3 ? 60 : 0);
    close_stage(&s);
}

static void the_end_of_the_programme_leaves_the_stated_part_in_work(void **state)
{
    static const double keeps[3] = {0, 0.3, 1};
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "livelihood", "job_keeps", keeps[k]);
        (void)add_jobs(&s, 2 * N, 1, 9);
        months(&s, 9);
        assert_int_equal(with_source(&s, WKS_INCOME_WORK), N);
        months(&s, 1);
        assert_int_equal(taken(&s), 0);
        wks_fixture_tick_expect(with_source(&s, WKS_INCOME_WORK), N, keeps[k], 4);
        assert_int_equal(with_source(&s, WKS_INCOME_WORK) + with_source(&s, WKS_INCOME_BENEFIT), N);
        for (int32_t i = 0; i < N; i++)
            assert_int_equal(wks_rare_u64(&s.world.household.job, i), 0);
        close_stage(&s);
    }
}

static void job_onward_has_its_yearly_rate_and_frees_the_place(void **state)
{
    stage s;
    int32_t onward = 0;
    (void)state;
    open_stage(&s);
    (void)add_jobs(&s, 2 * N, 1, 0);
    months(&s, 7);
    wks_fixture_tick_set(&s.fixture, "livelihood", "job_onward", 0.3);
    months(&s, 12);
    for (int32_t i = 0; i < N; i++)
        onward += wks_rare_u64(&s.world.household.job, i) == 0 && s.world.household.income_source[i] == WKS_INCOME_WORK;
    assert_int_equal(onward + taken(&s), N);
    wks_fixture_tick_expect(onward, N, 0.3, 4);
    close_stage(&s);
}

static void pension_ends_a_job(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    (void)add_jobs(&s, 2 * N, 1, 0);
    months(&s, 7);
    wks_fixture_tick_set(&s.fixture, "livelihood", "pension_age", 0);
    s.world.month += 12 * 30; /* all are past it */
    months(&s, 2);
    assert_int_equal(with_source(&s, WKS_INCOME_PENSION), N);
    assert_int_equal(taken(&s), 0);
    close_stage(&s);
}

/* --- off ----------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_after(const char *name, int32_t kind)
{
    stage s;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "exit_long", 0.3);
    wks_fixture_tick_set(&s.fixture, "livelihood", "nuisance", 0.3);
    wks_fixture_tick_set(&s.fixture, "livelihood", "debt", 0.3);
    wks_fixture_tick_set(&s.fixture, "livelihood", "own_business", 0.15);
    wks_fixture_tick_set(&s.fixture, "livelihood", "newcomer_years", 100);
    wks_fixture_tick_set(&s.fixture, "livelihood", "network", 0.5);
    if (name != NULL) (void)add_event(&s, name, kind); /* factors 1, effect 0, no places, no cost */
    months(&s, 9);
    const uint64_t hash = wks_world_hash(&s.world);
    close_stage(&s);
    return hash;
}

static void programmes_at_nothing_change_nothing(void **state)
{
    const uint64_t none = hash_after(NULL, -1);
    (void)state;
    for (int32_t kind = 0; kind < 5; kind++)
        assert_int_equal(none, hash_after("programme", kind));
    assert_int_equal(none, hash_after("arrival", -1));
    assert_int_equal(none, hash_after("safety", -1));
}

/* --- the others at their extreme -------------------------------------------------------------------------------------------- */

/* Benefits left within a year under an event with a factor, for `newcomers` since so many months (0: all born here). */
static int32_t left_benefit(const char *name, int32_t kind, double factor, int32_t since, double own)
{
    stage s;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "exit_long", 0.2);
    wks_fixture_tick_set(&s.fixture, "livelihood", "own_business", own);
    wks_fixture_tick_set(&s.fixture, "livelihood", "newcomer_years", 8);
    if (since > 0) {
        for (int32_t i = 0; i < N; i++)
            s.world.household.region_month[i] = wks_month_cell(MONTH - since);
    }
    *wks_fixture_tick_param(add_event(&s, name, kind), "factor") = factor;
    months(&s, 12);
    const int32_t n = with_source(&s, WKS_INCOME_WORK);
    close_stage(&s);
    return n;
}

static void workspaces_multiply_starts_on_ones_own_only(void **state)
{
    (void)state;
    wks_fixture_tick_expect(left_benefit("programme", 4, 3, 0, 0.25), N, 1 - exp(-0.2 * 1.5), 4);
    assert_int_equal(left_benefit("programme", 4, 3, 0, 0), left_benefit("programme", 4, 1, 0, 0));
    assert_int_equal(left_benefit("programme", 4, 0, 0, 1), 0);
}

static void arrival_neighbourhood_helps_newcomers_only(void **state)
{
    const int32_t without = left_benefit("arrival", -1, 1, 12, 0);
    (void)state;
    wks_fixture_tick_expect(left_benefit("arrival", -1, 2, 12, 0), N, 1 - exp(-0.4), 4);
    assert_int_equal(left_benefit("arrival", -1, 2, 0, 0), without);   /* born here */
    assert_int_equal(left_benefit("arrival", -1, 2, 120, 0), without); /* ten years ago */
    assert_int_equal(left_benefit("arrival", -1, 0, 12, 0), 0);
}

static void arrival_neighbourhood_gives_a_network_at_its_rate(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        int32_t n = 0;
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "livelihood", "network", 0.4);
        wks_fixture_tick_set(&s.fixture, "livelihood", "newcomer_years", 8);
        for (int32_t i = 0; i < N; i++)
            s.world.household.region_month[i] = wks_month_cell(MONTH - 12);
        *wks_fixture_tick_param(add_event(&s, "arrival", -1), "factor") = 1 + on;
        months(&s, 12);
        for (int32_t i = 0; i < N; i++) {
            n += s.world.household.kin_buurt_row[i] >= 0;
            if (s.world.household.kin_buurt_row[i] >= 0)
                assert_int_equal(s.world.household.kin_buurt_row[i], wks_world_buurt_of(&s.world, i));
        }
        wks_fixture_tick_expect(n, N, on ? 1 - exp(-0.4) : 0, 4);
        close_stage(&s);
    }
}

static int32_t nuisance_files(double factor, double onset, double recover, uint16_t at_start)
{
    stage s;
    int32_t n = 0;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "nuisance", onset);
    wks_fixture_tick_set(&s.fixture, "livelihood", "recover_nuisance", recover);
    for (int32_t i = 0; i < N; i++)
        s.world.household.vulnerability[i] = at_start;
    *wks_fixture_tick_param(add_event(&s, "safety", -1), "nuisance") = factor;
    months(&s, 12);
    for (int32_t i = 0; i < N; i++)
        n += (s.world.household.vulnerability[i] & WKS_VULNERABLE_NUISANCE) != 0;
    close_stage(&s);
    return n;
}

static void safety_lowers_onset_and_length_of_nuisance_files(void **state)
{
    const uint16_t ill = WKS_VULNERABLE_ADDICTION, file = WKS_VULNERABLE_NUISANCE;
    (void)state;
    wks_fixture_tick_expect(nuisance_files(0.5, 0.4, 0, ill), N, 1 - sqrt(0.6), 4);
    wks_fixture_tick_expect(nuisance_files(0.5, 0, 0.4, file), N, 0.6 * 0.6, 4);
    assert_int_equal(nuisance_files(0, 0.4, 0, ill), 0);
    assert_int_equal(nuisance_files(0, 0, 0.4, file), 0);
}

/* Each kind of programme is paid from its own item. */
static void costs_are_booked_by_kind(void **state)
{
    static const wks_purse_item item[5] = {WKS_PURSE_FOR_work, WKS_PURSE_FOR_debt, WKS_PURSE_FOR_work, WKS_PURSE_FOR_school,
                                           WKS_PURSE_FOR_workspace};
    (void)state;
    for (int32_t kind = 0; kind < 5; kind++) {
        stage s;
        open_stage(&s);
        *wks_fixture_tick_param(add_event(&s, "programme", kind), "eur_year") = 1200;
        months(&s, 1);
        for (int32_t i = 0; i < WKS_PURSE_N_ITEMS; i++)
            assert_int_equal(s.world.purse.cent[WKS_PURSE_gemeente][i], i == (int32_t)item[kind] ? 10000 : 0);
        close_stage(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_filled_by_a_sixth_a_month_and_never_exceeded),
        cmocka_unit_test(longest_on_a_benefit_go_first_at_the_wage),
        cmocka_unit_test(nobody_loses_income_by_a_job),
        cmocka_unit_test(accept_is_the_share_that_takes_a_place),
        cmocka_unit_test(jobs_are_for_residents_of_the_areas),
        cmocka_unit_test(the_end_of_the_programme_leaves_the_stated_part_in_work),
        cmocka_unit_test(job_onward_has_its_yearly_rate_and_frees_the_place),
        cmocka_unit_test(pension_ends_a_job),
        cmocka_unit_test(programmes_at_nothing_change_nothing),
        cmocka_unit_test(workspaces_multiply_starts_on_ones_own_only),
        cmocka_unit_test(arrival_neighbourhood_helps_newcomers_only),
        cmocka_unit_test(arrival_neighbourhood_gives_a_network_at_its_rate),
        cmocka_unit_test(safety_lowers_onset_and_length_of_nuisance_files),
        cmocka_unit_test(costs_are_booked_by_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
