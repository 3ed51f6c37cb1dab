#include "process/process_registry.h"
#include "process/profile_income.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { FEBRUARY = 2025 * 12 + 1, N = 20000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* Everything off: no hazards, no indexation. */
static void open_stage(stage *s)
{
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "livelihood", 0);
    wks_fixture_tick_set(&s->fixture, "livelihood", "exit_scale", 1.5);
    wks_fixture_tick_set(&s->fixture, "livelihood", "low_factor", 1);
}

static void open_singles(stage *s, int32_t month, wks_income_source source, int32_t age)
{
    wks_fixture_tick_empty_world(&s->world, month, 4);
    wks_fixture_tick_singles(&s->world, N, WKS_TENURE_OWNER, WKS_SEX_MAN, age);
    for (int32_t i = 0; i < N; i++)
        s->world.household.income_source[i] = (uint8_t)source;
    open_stage(s);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++) {
        wks_fixture_tick_next(&s->fixture);
        wks_fixture_tick_run(&s->fixture, "livelihood");
    }
}

static int64_t with_source(const stage *s, wks_income_source source)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.income_source[i] == source;
    return n;
}

static int64_t with_trait(const stage *s, uint16_t trait)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += (s->world.household.vulnerability[i] & trait) != 0;
    return n;
}

static void job_loss_has_its_yearly_rate_by_income_and_partner(void **state)
{
    /* 1.15 of the rate for a middle income, 2.6 for a low one, half with a partner: a yearly 0.033 as a monthly hazard. */
    const double monthly = 1 - pow(1 - 0.033, 1.0 / 12);
    (void)state;
    for (int32_t low = 0; low < 2; low++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
        for (int32_t i = 0; i < N; i++)
            s.world.household.income_eur[i] = low ? 25000 : 50000;
        wks_fixture_tick_set(&s.fixture, "livelihood", "job_loss", 0.033);
        months(&s, 12);
        wks_fixture_tick_expect((double)with_source(&s, WKS_INCOME_BENEFIT), N, 1 - pow(1 - monthly * (low ? 2.6 : 1.15), 12), 4);
        close_stage(&s);
    }
}

static void return_to_work_falls_with_the_spell(void **state)
{
    double back[2];
    (void)state;
    for (int32_t lasting = 0; lasting < 2; lasting++) {
        stage s;
        double stays = 1;
        open_singles(&s, FEBRUARY, WKS_INCOME_BENEFIT, 40);
        wks_fixture_tick_set(&s.fixture, "livelihood", "exit_short", 0.7);
        wks_fixture_tick_set(&s.fixture, "livelihood", "exit_long", 0.08);
        for (int32_t i = 0; i < N; i++)
            s.world.household.spell_month[i] = FEBRUARY - (lasting ? 120 : 0);
        months(&s, 12);
        for (int32_t m = 1; m <= 12; m++)
            stays *= 1 - (0.08 + 0.7 * exp(-((lasting ? 120 : 0) + m) / 12.0 / 1.5)) / 12;
        back[lasting] = (double)with_source(&s, WKS_INCOME_WORK);
        wks_fixture_tick_expect(back[lasting], N, 1 - stays, 4);
        close_stage(&s);
    }
    assert_true(back[1] < back[0] / 4);
}

static void graduation_has_its_yearly_rate_and_ends_the_study(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_STUDY, 22);
    for (int32_t i = 0; i < N; i++)
        s.world.household.is_student[i] = 1;
    wks_fixture_tick_set(&s.fixture, "livelihood", "graduate", 0.22);
    months(&s, 12);
    const int64_t graduated = with_source(&s, WKS_INCOME_WORK);
    wks_fixture_tick_expect((double)graduated, N, 0.22, 4);
    for (int32_t i = 0; i < N; i++)
        assert_int_equal(s.world.household.is_student[i], s.world.household.income_source[i] == WKS_INCOME_STUDY);
    close_stage(&s);
}

static void pension_starts_at_the_age(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 66);
    months(&s, 12);
    for (int32_t i = 0; i < N; i++) {
        const int32_t age = wks_month_age(s.world.household.head_birth_month[i], s.world.month);
        assert_int_equal(s.world.household.income_source[i], age >= 67 ? WKS_INCOME_PENSION : WKS_INCOME_WORK);
    }
    assert_int_equal(with_source(&s, WKS_INCOME_PENSION), N);
    close_stage(&s);
}

static void nothing_happens_with_all_rates_at_zero(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 61); /* an age without careers */
    months(&s, 10);
    for (int32_t i = 0; i < N; i++) {
        assert_int_equal(s.world.household.income_source[i], WKS_INCOME_WORK);
        assert_int_equal(s.world.household.vulnerability[i], 0);
        assert_true((double)s.world.household.income_eur[i] <= 30000 && (double)s.world.household.income_eur[i] > 29000);
    }
    close_stage(&s);
}

static void careers_follow_the_age_profile(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 24);
    const double before = wks_profile_income_age(24), after = wks_profile_income_age(34);
    months(&s, 120);
    for (int32_t i = 0; i < N; i += 100)
        assert_close((double)s.world.household.income_eur[i], 30000 * after / before, 1e-4, 0);
    close_stage(&s);
}

static void incomes_and_limits_move_together_in_january(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, 2027 * 12, WKS_INCOME_BENEFIT, 40);
    wks_fixture_tick_set(&s.fixture, "livelihood", "income_index", 0.025);
    const double limit = wks_law_of_year(2027, 0.025).income_single_eur;
    months(&s, 120);
    const double growth = pow(1.025, 10);
    assert_close((double)s.world.household.income_eur[5], 30000 * growth, 1e-5, 0);
    assert_close(s.fixture.tick.law.income_single_eur / limit, growth, 1e-12, 0);
    close_stage(&s);
}

static void rents_rise_in_july_for_tenants_and_in_january_for_adverts(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "month 2025-12\nunit u1 tenure=social rent=600 asked=700\nunit u2 tenure=social rent=700\n"
                                     "household h1 unit=u1 income=30000 members=40m\n");
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "rent_index", 0.03);
    const int32_t let = wks_fixture_world_unit(&s.world, "u1"), vacant = wks_fixture_world_unit(&s.world, "u2");
    months(&s, 1);
    assert_close((double)s.world.unit.rent_eur[let], 600, 1e-6, 0);
    assert_close((double)s.world.unit.rent_eur[vacant], 721, 1e-6, 0);
    assert_close((double)s.world.dwelling.rent_eur[s.world.unit.dwelling_row[let]], 721, 1e-6, 0);
    months(&s, 6);
    assert_close((double)s.world.unit.rent_eur[let], 618, 1e-6, 0);
    assert_close((double)s.world.unit.rent_eur[vacant], 721, 1e-6, 0);
    close_stage(&s);
}

static void owners_pay_off_and_others_save_towards_a_part_of_income(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(
        &s.world, "month 2025-12\nunit u1 tenure=owner value=400000\nunit u2 tenure=social rent=700\nunit u3 tenure=owner value=400000\n"
                  "household h1 unit=u1 income=60000 equity=100000 members=61m\n"
                  "household h2 unit=u2 income=30000 equity=0 members=61m\n"
                  "household h3 unit=u3 income=60000 equity=379000 members=61m\n");
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "amortise", 0.03);
    wks_fixture_tick_set(&s.fixture, "livelihood", "savings", 0.25);
    months(&s, 1);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h1")], 112000, 1e-5, 0);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h2")], 750, 1e-5, 0);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h3")], 380000, 1e-5, 0);
    months(&s, 11);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h2")], 750, 1e-5, 0);
    close_stage(&s);
}

static void onset_and_recovery_have_their_yearly_rates(void **state)
{
    static const struct {
        const char *onset, *recover;
        uint16_t trait;
    } cases[] = {{"psychiatric", "recover_psychiatric", WKS_VULNERABLE_PSYCHIATRIC},
                 {"addiction", "recover_addiction", WKS_VULNERABLE_ADDICTION},
                 {"debt", "recover_debt", WKS_VULNERABLE_DEBT}};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
        wks_fixture_tick_set(&s.fixture, "livelihood", cases[k].onset, 0.05);
        months(&s, 12);
        const double monthly = 0.7 * (1 - pow(0.95, 1.0 / 12));
        const int64_t n = with_trait(&s, cases[k].trait);
        wks_fixture_tick_expect((double)n, N, 1 - pow(1 - monthly, 12), 4);
        assert_int_equal(with_trait(&s, 0xFFFF), n);
        wks_fixture_tick_set(&s.fixture, "livelihood", cases[k].onset, 0);
        wks_fixture_tick_set(&s.fixture, "livelihood", cases[k].recover, 0.3);
        months(&s, 12);
        wks_fixture_tick_expect((double)with_trait(&s, cases[k].trait), (double)n, 0.7, 4);
        close_stage(&s);
    }
}

static void onset_is_higher_on_a_benefit(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_BENEFIT, 40);
    wks_fixture_tick_set(&s.fixture, "livelihood", "debt", 0.05);
    wks_fixture_tick_set(&s.fixture, "livelihood", "low_factor", 3);
    months(&s, 12);
    wks_fixture_tick_expect((double)with_trait(&s, WKS_VULNERABLE_DEBT), N, 1 - pow(1 - 3 * (1 - pow(0.95, 1.0 / 12)), 12), 4);
    close_stage(&s);
}

static void nuisance_starts_mostly_where_there_are_problems(void **state)
{
    int64_t n[2];
    (void)state;
    for (int32_t with = 0; with < 2; with++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_PENSION, 70);
        for (int32_t i = 0; i < N; i++)
            s.world.household.vulnerability[i] = with ? WKS_VULNERABLE_ADDICTION : WKS_VULNERABLE_LVB;
        wks_fixture_tick_set(&s.fixture, "livelihood", "nuisance", 0.2);
        months(&s, 12);
        n[with] = with_trait(&s, WKS_VULNERABLE_NUISANCE);
        close_stage(&s);
    }
    assert_true(n[0] > 0 && n[1] > 10 * n[0]);
}

static void frailty_doubles_every_six_years_and_spares_the_young(void **state)
{
    double n[3];
    static const int32_t age[3] = {64, 74, 80};
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_PENSION, age[k]);
        wks_fixture_tick_set(&s.fixture, "livelihood", "frail", 0.04);
        months(&s, 1);
        months(&s, 5);
        n[k] = (double)with_trait(&s, WKS_VULNERABLE_FRAIL);
        close_stage(&s);
    }
    assert_true(n[0] < 60); /* a few turn 65 meanwhile */
    assert_true(n[2] > 1.7 * n[1] && n[2] < 2.3 * n[1]);
    assert_true(n[2] > 0.018 * N && n[2] < 0.025 * N);
}

static void eviction_follows_arrears_and_saturates(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        wks_fixture_world_make(&s.world, "unit u1 tenure=social rent=600\nunit u2 tenure=social rent=600\n"
                                         "household h1 unit=u1 income=30000 members=40m arrears=5\n"
                                         "household h2 unit=u2 income=30000 members=40m\n");
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "livelihood", "eviction", on);
        wks_fixture_tick_set(&s.fixture, "livelihood", "burden_limit", 1);
        wks_fixture_tick_month(&s.fixture, "livelihood");
        const int32_t late = wks_fixture_world_household(&s.world, "h1");
        assert_int_equal(s.world.ledger.evictions, on);
        assert_int_equal(s.world.household.place[late], on ? WKS_PLACE_SHELTER : WKS_PLACE_HOUSED);
        if (on) assert_int_equal(s.world.household.arrears_months[late], 0);
        assert_int_equal(s.world.household.place[wks_fixture_world_household(&s.world, "h2")], WKS_PLACE_HOUSED);
        close_stage(&s);
    }
}

static void arrears_arise_in_debt_or_above_the_burden_only(void **state)
{
    static const struct {
        const char *line;
        bool expected;
    } cases[] = {{"household h1 unit=u1 income=45000 members=40m\n", false},
                 {"household h1 unit=u1 income=45000 members=40m vulnerable=debt\n", true},
                 {"household h1 unit=u1 income=14000 members=40m\n", true}};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        stage s;
        char text[200];
        (void)snprintf(text, sizeof text, "unit u1 tenure=private_rent rent=1000\n%s", cases[k].line);
        wks_fixture_world_make(&s.world, text);
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "livelihood", "arrears", 1);
        wks_fixture_tick_set(&s.fixture, "livelihood", "burden_limit", 0.4);
        months(&s, 4);
        assert_int_equal(s.world.household.arrears_months[0], cases[k].expected ? 4 : 0);
        close_stage(&s);
    }
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    static const char *const only[] = {"livelihood"};
    (void)state;
    wks_fixture_town_same_anyhow(wks_process_registry, wks_process_registry_size, only, 1, 5000, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(job_loss_has_its_yearly_rate_by_income_and_partner),
        cmocka_unit_test(return_to_work_falls_with_the_spell),
        cmocka_unit_test(graduation_has_its_yearly_rate_and_ends_the_study),
        cmocka_unit_test(pension_starts_at_the_age),
        cmocka_unit_test(nothing_happens_with_all_rates_at_zero),
        cmocka_unit_test(careers_follow_the_age_profile),
        cmocka_unit_test(incomes_and_limits_move_together_in_january),
        cmocka_unit_test(rents_rise_in_july_for_tenants_and_in_january_for_adverts),
        cmocka_unit_test(owners_pay_off_and_others_save_towards_a_part_of_income),
        cmocka_unit_test(onset_and_recovery_have_their_yearly_rates),
        cmocka_unit_test(onset_is_higher_on_a_benefit),
        cmocka_unit_test(nuisance_starts_mostly_where_there_are_problems),
        cmocka_unit_test(frailty_doubles_every_six_years_and_spares_the_young),
        cmocka_unit_test(eviction_follows_arrears_and_saturates),
        cmocka_unit_test(arrears_arise_in_debt_or_above_the_burden_only),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
